//! Markdown's inline syntax, taken off a line: links and images, emphasis, the cells of a table's row. Where the longest link
//! of a line stands is kept: it is the headline as a rule.

use std::borrow::Cow;
use std::ops::Range;

use super::line::is_space;

/// A line's text without syntax.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plain<'a> {
    /// What a reader sees.
    pub(super) text: Cow<'a, str>,
    /// Bytes of its longest link.
    pub(super) link: Option<Range<usize>>,
}

/// The places of the signs of which one is part of all syntax; hardly a line has one.
pub(super) fn signs(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr3_iter(b']', b'*', b'_', text.as_bytes())
}

/// Takes the syntax off a line.
pub(super) fn plain(text: &str) -> Plain<'_> {
    if signs(text).next().is_none() {
        return Plain {
            text: Cow::Borrowed(text),
            link: None,
        };
    }
    let Plain { text, link } = unlinked(text);
    match text {
        Cow::Borrowed(text) if memchr::memchr2(b'*', b'_', text.as_bytes()).is_none() => Plain {
            text: Cow::Borrowed(text),
            link,
        },
        text => unstressed(text, link),
    }
}

/// Markdown's links and images without their syntax: `[text](address)` → `text`, images vanish.
fn unlinked(text: &str) -> Plain<'_> {
    let same = Plain {
        text: Cow::Borrowed(text),
        link: None,
    };
    let bytes = text.as_bytes();
    let is_link = |at: usize| bytes.get(at + 1) == Some(&b'(');
    if !memchr::memchr_iter(b']', bytes).any(is_link) {
        return same;
    }
    let mut out = String::with_capacity(text.len());
    let mut longest: Option<Range<usize>> = None;
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some((label, after)) = link(&rest[open..]) else {
            out.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        let image = rest[..open].ends_with('!');
        out.push_str(&rest[..open - usize::from(image)]);
        if !image {
            let start = out.len();
            // extractors print a heading inside a link with its underline
            out.push_str(label.trim_end_matches(['-', '=']).trim_end());
            if longest
                .as_ref()
                .is_none_or(|link| link.len() < out.len() - start)
            {
                longest = Some(start..out.len());
            }
        }
        rest = after;
    }
    out.push_str(rest);
    trimmed(&out, longest)
}

/// The text without space around it, and its link moved with it.
fn trimmed<'a>(text: &str, link: Option<Range<usize>>) -> Plain<'a> {
    let kept = text.trim_start_matches(is_space);
    let head = text.len() - kept.len();
    let kept = kept.trim_end_matches(is_space);
    let moved = |at: usize| at.saturating_sub(head).min(kept.len());
    Plain {
        text: Cow::Owned(kept.to_owned()),
        link: link.map(|link| moved(link.start)..moved(link.end)),
    }
}

/// `[label](address)rest` → label and rest.
fn link(text: &str) -> Option<(&str, &str)> {
    let close = text.find("](")?;
    let label = text.get(1..close)?;
    if label.contains('[') && !label.starts_with("![") {
        return None;
    }
    let after = text.get(close + 2..)?;
    let end = after.find(')')?;
    Some((label, after.get(end + 1..)?))
}

/// The text without the signs of emphasis: `**bold**`, `*so*`, `_so_`.
fn unstressed(text: Cow<'_, str>, mut link: Option<Range<usize>>) -> Plain<'_> {
    let linked = link.is_some();
    if !text.contains(char::is_alphanumeric) {
        return Plain { text, link };
    }
    let mut cut: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text
        .get(at..)
        .and_then(|rest| memchr::memchr2(b'*', b'_', rest.as_bytes()))
    {
        let start = at + found;
        let size = run(&text, start);
        if let Some(close) = closing(&text, start, size) {
            cut.push(start..start + size);
            cut.push(close..close + size);
            // without a link, what is set in bold stands out as one does
            let inner = start + size..close;
            if !linked && size >= 2 && link.as_ref().is_none_or(|link| link.len() < inner.len()) {
                link = Some(inner);
            }
        }
        at = start + size;
    }
    if cut.is_empty() {
        return Plain { text, link };
    }
    cut.sort_unstable_by_key(|cut| cut.start);
    cut.dedup();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for cut in &cut {
        out.push_str(text.get(from..cut.start).unwrap_or(""));
        from = cut.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or(""));
    let before = |at: usize| {
        let gone = cut
            .iter()
            .map(|cut| cut.end.min(at).saturating_sub(cut.start));
        at - gone.sum::<usize>()
    };
    trimmed(&out, link.map(|link| before(link.start)..before(link.end)))
}

/// How many of the same sign stand from a byte on.
fn run(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    bytes
        .iter()
        .take_while(|byte| Some(*byte) == bytes.first())
        .count()
}

/// Where the emphasis that opens with `size` signs at a byte closes.
fn closing(text: &str, open: usize, size: usize) -> Option<usize> {
    let sign = text.get(open..open + size).filter(|_| size <= 3)?;
    let outer = |c: char| !c.is_alphanumeric();
    let opens = text.get(..open)?.chars().next_back().is_none_or(outer)
        && text
            .get(open + size..)?
            .chars()
            .next()
            .is_some_and(|c| !is_space(c));
    if !opens {
        return None;
    }
    let mut at = open + size;
    while let Some(found) = text.get(at..)?.find(sign) {
        let start = at + found;
        let end = start + run(text, start);
        let closes = end - start == size
            && text
                .get(..start)?
                .chars()
                .next_back()
                .is_some_and(|c| !is_space(c))
            && text.get(end..)?.chars().next().is_none_or(outer);
        if closes {
            return Some(start);
        }
        at = end;
    }
    None
}

/// The cells of a table's row, a bar between two: `| 1. | [Title](address) | Daily News |` → `[Title](address) | Daily News`.
/// Empty cells and the rank in front are left out; `None` for no row.
pub(super) fn row(text: &str) -> Option<String> {
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    if !inner.contains(char::is_alphanumeric) {
        return None;
    }
    let mut cells: Vec<&str> = inner
        .split('|')
        .map(|cell| cell.trim_matches(is_space))
        .collect();
    cells.retain(|cell| !cell.is_empty());
    let rank = |cell: &str| {
        cell.len() <= 4
            && cell
                .trim_end_matches('.')
                .bytes()
                .all(|b| b.is_ascii_digit())
    };
    if cells.len() > 1 && cells.first().is_some_and(|cell| rank(cell)) {
        cells.remove(0);
    }
    Some(cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> String {
        plain(line).text.into_owned()
    }

    #[test]
    fn links_lose_their_syntax() {
        assert_eq!(text("[Home](https://a.example/)"), "Home");
        assert_eq!(text("![alt](x.png) see [this ----](y) now"), "see this now");
        assert_eq!(text("a [bracket] stays"), "a [bracket] stays");
    }

    #[test]
    fn the_longest_link_is_known() {
        for line in [
            "**[Rain floods town](u)** [Daily](v) · 2h",
            "![i](x) *[Rain floods town](u)*, [Daily](v)",
            "Daily: _so_ [Rain floods town](u)",
        ] {
            let plain = plain(line);
            let link = plain
                .link
                .and_then(|link| plain.text.get(link).map(str::to_owned));
            assert_eq!(link.as_deref(), Some("Rain floods town"), "{line}");
        }
    }

    #[test]
    fn emphasis_goes_and_other_stars_stay() {
        assert_eq!(
            text("**Rain** floods *the* _old_ ***town***."),
            "Rain floods the old town."
        );
        for line in [
            "* * *",
            "____",
            "5*3*2",
            "snake_case_name",
            "a * b * c",
            "***",
            "2 ** 3",
        ] {
            assert_eq!(text(line), line);
        }
    }

    #[test]
    fn rows_of_tables_come_as_cells() {
        assert_eq!(
            row("| 1. | | [A b](u) | Daily |").as_deref(),
            Some("[A b](u) | Daily")
        );
        assert_eq!(row("|---|:-:|"), None);
        assert_eq!(row("a | b"), None);
    }
}
