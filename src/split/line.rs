//! Page text → [`Line`]s: where each starts, how it is marked (bullet, number, heading), what stands on it without
//! the mark. Nothing here knows what a line means; that is [`super::unit`].

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::links;
use super::markdown::{plain, row, signs};
use crate::wire::when::find_time;

/// How a line is marked as an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Marker {
    /// Not marked.
    None,
    /// A list item: `•`, `*`, `+`, `- `.
    Bullet,
    /// A numbered list item: `3. `.
    Number,
    /// A heading of Markdown, with its level.
    Heading(u8),
}

/// One line of the page.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Byte of the page's text where the line starts.
    pub(super) start: usize,
    /// White space in front, in characters.
    pub(super) indent: u32,
    /// Its mark.
    pub(super) marker: Marker,
    /// Bytes of the longest link in its text.
    pub(super) link: Option<Range<usize>>,
    /// What stands on it: trimmed, without mark and without the syntax of links.
    pub(super) text: Cow<'a, str>,
    /// Whether nothing stands on it, not even a mark.
    pub(super) is_blank: bool,
    /// Characters of its text with the mark.
    pub(super) width: u32,
    /// Whether it goes on with no line above it, once that was asked.
    pub(super) apart: OnceCell<bool>,
}

impl Line<'_> {
    /// A line with nothing on it.
    fn blank(start: usize) -> Self {
        Self {
            start,
            indent: 0,
            link: None,
            marker: Marker::None,
            text: Cow::Borrowed(""),
            is_blank: true,
            width: 0,
            apart: OnceCell::new(),
        }
    }
}

/// A longer line is a paragraph whatever its form; it is not looked at character by character.
pub(super) const LONG: usize = 400;

/// Cuts a page into lines. As many as `str::lines` gives.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(memchr::memchr_iter(b'\n', bytes).count() + 1);
    let links = links::numbered(text);
    let mut signs = signs(text).peekable();
    let mut line = |start: usize, end: usize| {
        while signs.next_if(|&at| at < start).is_some() {}
        let signed = signs.peek().is_some_and(|&at| at < end);
        line(start, text.get(start..end).unwrap_or(""), signed, links)
    };
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).map(|at| at + 1) {
        if end == start + 1 {
            lines.push(Line::blank(start));
            start = end;
            continue;
        }
        lines.push(line(start, end));
        start = end;
    }
    if start < text.len() {
        lines.push(line(start, text.len()));
    }
    lines
}

/// A line; `signed` is whether a sign of Markdown stands on it, `links` whether its page counts its links.
fn line(start: usize, raw: &str, signed: bool, links: bool) -> Line<'_> {
    let body = trim_end(raw);
    let trimmed = trim_start(body);
    let indent = if body.len() == trimmed.len() {
        0
    } else {
        body[..body.len() - trimmed.len()].chars().count() as u32
    };
    let (marker, rest) = marked(unquoted(trimmed));
    // the third level of a list, as text browsers print it
    let (marker, rest) = match rest.strip_prefix("o ") {
        Some(rest) if marker == Marker::None && indent >= NESTED => (Marker::Bullet, rest),
        _ => (marker, rest),
    };
    let rest = numbered(rest);
    let rest = if rest.starts_with('_') {
        without_icon(rest)
    } else {
        rest
    };
    let width = if trimmed.len() > LONG {
        trimmed.len()
    } else {
        characters(trimmed)
    };
    let mut line = Line {
        start,
        indent,
        marker,
        link: None,
        is_blank: trimmed.is_empty(),
        text: Cow::Borrowed(rest),
        width: width as u32,
        apart: OnceCell::new(),
    };
    if rest.starts_with('|')
        && let Some(cells) = row(rest)
    {
        let found = plain(&cells);
        line.marker = Marker::Bullet;
        line.link = found.link;
        line.text = Cow::Owned(found.text.into_owned());
    } else if signed {
        let found = plain(rest);
        line.link = found.link;
        line.text = found.text;
    }
    if links && let Some(text) = links::without(&line.text) {
        line.text = Cow::Owned(text);
        line.link = None;
    }
    line
}

/// Columns in front of an item of the third level.
const NESTED: u32 = 2;

/// `__Share`: emphasis that nothing closes is what a converter made of an icon.
fn without_icon(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("__") else {
        return text;
    };
    let words = rest.trim_start_matches(is_space);
    if words.starts_with(char::is_alphanumeric) && !rest.contains('_') {
        words
    } else {
        text
    }
}

/// As many as `text.chars().count()`, of a text of up to [`LONG`] bytes: the bytes that start one.
fn characters(text: &str) -> usize {
    const STEP: usize = 32;
    if text.is_ascii() {
        return text.len();
    }
    // a loop over all bytes of a step becomes a few wide instructions
    let start = |sum: u8, byte: &u8| sum + u8::from((*byte as i8) >= -0x40);
    let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
    let mut last = [0x80; STEP];
    last[..rest.len()].copy_from_slice(rest);
    let steps = steps.iter().chain(std::iter::once(&last));
    steps
        .map(|step| usize::from(step.iter().fold(0, start)))
        .sum()
}

/// Without white space at its end; most lines have none but the line end.
pub(super) fn trim_end(text: &str) -> &str {
    let text = text.trim_ascii_end();
    match text.as_bytes().last() {
        Some(b'!'..=b'~') | None => text,
        _ => text.trim_end_matches(is_space),
    }
}

/// Without white space at its start.
pub(super) fn trim_start(text: &str) -> &str {
    let text = text.trim_ascii_start();
    match text.as_bytes().first() {
        Some(b'!'..=b'~') | None => text,
        _ => text.trim_start_matches(is_space),
    }
}

/// A line without the mark of a quotation (`> text`).
fn unquoted(text: &str) -> &str {
    text.strip_prefix("> ")
        .map_or(text, |rest| rest.trim_start_matches(is_space))
}

/// White space, and the marks that extractors leave around text: no-break space, zero width, byte order, direction.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{202a}'..='\u{202e}')
}

/// Takes the marks off a trimmed line: the outermost tells the marker.
fn marked(mut text: &str) -> (Marker, &str) {
    let mut marker = Marker::None;
    // marks nest in flattened lists (`*   * item`, `2. # title`)
    for _ in 0..3 {
        let Some((found, rest)) = mark(text) else {
            break;
        };
        if marker == Marker::None || matches!(found, Marker::Heading(_)) {
            marker = found;
        }
        text = trim_start(rest);
    }
    (marker, text)
}

/// Bytes of a line that is a day and its time.
const DAY: usize = 60;

/// The number of a link in front of its words, as text browsers print it: `[12]Rain floods the town`.
fn numbered(text: &str) -> &str {
    let rest = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let fits = |number: &str, rest: &str| {
        (1..=3).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '«' | '\''))
    };
    rest.filter(|(number, rest)| fits(number, rest))
        .map_or(text, |(_, rest)| rest)
}

fn mark(text: &str) -> Option<(Marker, &str)> {
    // no mark is a letter
    if text.as_bytes().first()?.is_ascii_alphabetic() {
        return None;
    }
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let spaced = rest.is_empty() || rest.starts_with(is_space);
    match first {
        '•' | '◦' | '▪' | '■' | '●' | '‣' | '∙' | '・' | '◆' | '◇' | '▶' | '►' => {
            Some((Marker::Bullet, rest))
        }
        // a rule of stars or dashes is no item
        '*' | '+' | '-'
            if spaced && (rest.is_empty() || rest.contains(char::is_alphanumeric))
                || first == '*' && nested(rest) =>
        {
            Some((Marker::Bullet, rest))
        }
        '#' => {
            let level = text.bytes().take_while(|&b| b == b'#').count();
            let after = text.get(level..)?;
            (level <= 6 && after.starts_with(' ')).then_some((Marker::Heading(level as u8), after))
        }
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let after = text.get(digits..)?.strip_prefix('.')?;
            let numbered = digits <= 2 && after.starts_with(is_space);
            // `12. Mai 2025` is a day
            let day = || text.len() <= DAY && find_time(text).is_some_and(|time| time.start == 0);
            (numbered && !day() && !opens_with_day(text)).then_some((Marker::Number, after))
        }
        _ => None,
    }
}

/// `4. März 2025 Rain floods the town`: a day with its year, not the fourth item.
fn opens_with_day(text: &str) -> bool {
    let ends = text.match_indices(is_space).map(|(at, _)| at).skip(2);
    ends.take(1).filter_map(|end| text.get(..end)).any(|head| {
        head.bytes().filter(u8::is_ascii_digit).count() >= 5 && find_time(head).is_some()
    })
}

/// `*   * item`: a list in a list, not the rule `* * *`.
fn nested(rest: &str) -> bool {
    rest.starts_with("   ")
        && rest.trim_start().starts_with("* ")
        && rest.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> (Marker, String) {
        let line = line(0, text, true, false);
        (line.marker, line.text.into_owned())
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(one("  •  Sports\n"), (Marker::Bullet, "Sports".into()));
        assert_eq!(one("- Daily News"), (Marker::Bullet, "Daily News".into()));
        assert_eq!(one("__Latest news"), (Marker::None, "Latest news".into()));
        assert_eq!(one("  *   * Sign in"), (Marker::Bullet, "Sign in".into()));
        assert_eq!(one("#### A title"), (Marker::Heading(4), "A title".into()));
        assert_eq!(one(" 3. Third"), (Marker::Number, "Third".into()));
        // the number of a link, as text browsers print it
        let link = one("  * [12]Rain floods the town");
        assert_eq!(link, (Marker::Bullet, "Rain floods the town".into()));
        assert_eq!(one("[12] a note"), (Marker::None, "[12] a note".into()));
    }

    #[test]
    fn what_only_looks_like_a_mark_stays() {
        for text in [
            "* * *",
            "---",
            "-The dash of speech",
            "3.5 percent more",
            "#hashtag",
            "2019. A year",
            "12. Mai 2025, 10:15",
            "19. května 2019",
        ] {
            assert_eq!(one(text), (Marker::None, text.into()), "{text}");
        }
    }

    #[test]
    fn lines_know_where_they_start() {
        let all = lines("ab\r\n\n  cd");
        let starts: Vec<usize> = all.iter().map(|line| line.start).collect();
        assert_eq!(starts, [0, 4, 5]);
        assert_eq!((all[2].indent, all[2].width, &*all[2].text), (2, 2, "cd"));
    }
}
