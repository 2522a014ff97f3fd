//! Which lines of a body are page furniture rather than prose: weighed down in comparisons, never deleted.
//!
//! A line is judged by itself: set phrases of copyright notices, promotions, captions and page controls (a table
//! beside this file), and lines too short to be a sentence.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// Set phrases of furniture, lower case, one a line.
const PHRASES: &str = include_str!("furniture.tsv");

/// A line of fewer words is a label, not a sentence, unless it ends like one.
const LABEL: usize = 7;

/// A line of more words is a text, whatever set phrase stands in it.
const LONG: usize = 90;

/// Byte ranges of the lines of a body that are page furniture, in order; `words` counts the words of a range.
pub(super) fn furniture(
    body: &str,
    mut words: impl FnMut(Range<usize>) -> usize,
) -> Vec<Range<usize>> {
    let mut phrases = phrases()
        .find_iter(body)
        .map(|found| found.start())
        .peekable();
    let mut lines = Vec::new();
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        let range = end..end + line.len();
        end = range.end;
        let set_phrase = phrases.peek().is_some_and(|&at| at < end);
        while phrases.next_if(|&at| at < end).is_some() {}
        let count = words(range.clone());
        let label = count < LABEL && !line.trim_end().ends_with(ENDS);
        if count > 0 && (label || set_phrase && count <= LONG) {
            lines.push(range);
        }
    }
    lines
}

/// All set phrases in one pattern.
fn phrases() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let all: Vec<String> = PHRASES
            .lines()
            .filter(|phrase| !phrase.is_empty() && !phrase.starts_with('#'))
            .map(regex::escape)
            .collect();
        // the table is ours: a test compiles it
        Regex::new(&format!("(?i){}", all.join("|"))).unwrap_or_else(|_| never())
    })
}

/// Matches nothing.
fn never() -> Regex {
    #[allow(clippy::unwrap_used)]
    Regex::new("[^\\s\\S]").unwrap()
}

/// Marks at the end of a sentence.
const ENDS: [char; 14] = [
    '.', '!', '?', '…', '"', '”', '’', '»', '。', '！', '？', '」', '』', ':',
];

/// Whether a set phrase of furniture stands in `text`.
#[cfg(test)]
pub(super) fn knows(text: &str) -> bool {
    phrases().is_match(text)
}
