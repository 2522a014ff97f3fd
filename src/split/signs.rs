//! The signs and spaces that part what stands on one line: which there are, where, and a part without those at its ends.

use std::ops::Range;

use super::line::is_space;

/// What parts two parts of a line, by rank: the first of equally good ones is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Sign {
    /// Where the link ends that is the headline.
    Link,
    /// A tab.
    Tab,
    /// `|`
    Bar,
    /// `·`, `•`
    Dot,
    /// ` - `, ` – `
    Dash,
    /// ` / `
    Slash,
    /// `(`, `[`
    Bracket,
    /// Two spaces or more.
    Wide,
    /// `, `
    Comma,
    /// `: `
    Colon,
    /// A space between words of a script that has none.
    Space,
    /// A capital glued to the last word of the headline.
    Glue,
    /// Only the capitals of the name tell.
    Capitals,
}

/// Whether most of a text is of a script without spaces.
pub(super) fn is_wide(text: &str) -> bool {
    let wide = |text: &str| text.chars().filter(|c| *c >= '\u{3040}').count();
    !text.is_ascii() && wide(text) * 2 > text.chars().count()
}

/// The signs of a line that may part it, in order.
pub(super) fn signs(text: &str) -> Vec<(Range<usize>, Sign)> {
    let wide = is_wide(text);
    let mut found: Vec<(Range<usize>, Sign)> = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.find(is_sign) {
        let start = text.len() - rest.len() + next;
        let end = text.get(start..).map_or(text.len(), |tail| {
            text.len() - tail.trim_start_matches(is_sign).len()
        });
        let run = text.get(start..end).unwrap_or("");
        if let Some(sign) = sign(run, wide) {
            found.push((start..end, sign));
        }
        rest = text.get(end..).unwrap_or("");
    }
    found
}

fn is_sign(c: char) -> bool {
    if c.is_ascii() {
        return matches!(
            c,
            ' ' | '\t'..='\r' | '|' | '-' | '/' | ',' | ':' | '(' | ')' | '[' | ']'
        );
    }
    is_space(c)
        || matches!(
            c,
            '｜' | '·'
                | '⋅'
                | '•'
                | '∙'
                | '–'
                | '—'
                | '：'
                | '（'
                | '）'
                | '【'
                | '】'
                | '»'
                | '›'
        )
}

/// What a run of spaces and signs is.
fn sign(run: &str, wide: bool) -> Option<Sign> {
    let spaced = run.starts_with(is_space) && run.ends_with(is_space);
    let mut signs = run.chars().filter(|c| !is_space(*c));
    let Some(first) = signs.next() else {
        return match run.chars().count() {
            _ if run.contains('\t') => Some(Sign::Tab),
            1 => wide.then_some(Sign::Space),
            _ => Some(Sign::Wide),
        };
    };
    match first {
        '|' | '｜' | '»' | '›' => Some(Sign::Bar),
        '·' | '⋅' | '•' | '∙' => Some(Sign::Dot),
        '(' | '[' | '（' | '【' => (run.starts_with(is_space) || wide).then_some(Sign::Bracket),
        ')' | ']' | '）' | '】' => Some(Sign::Bracket),
        '-' | '–' | '—' => spaced.then_some(Sign::Dash),
        '/' => spaced.then_some(Sign::Slash),
        ',' => run.ends_with(is_space).then_some(Sign::Comma),
        _ => run.ends_with(is_space).then_some(Sign::Colon),
    }
}

/// A range without the spaces and signs at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(own) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let opens = own.trim_start_matches(is_sign);
    let start = range.start + own.len() - opens.len();
    let kept =
        opens.trim_end_matches(|c: char| is_sign(c) && !matches!(c, ')' | ']' | '）' | '】'));
    let end = start + kept.len();
    let inner = kept.trim_end_matches(is_sign);
    // a bracket that was opened inside is the text's own
    let closes = kept.len() > inner.len() && !inner.contains(['(', '[', '（', '【']);
    if closes {
        start..start + inner.len()
    } else {
        start..end
    }
}
