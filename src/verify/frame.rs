//! Which lines of a body are page furniture rather than prose: weighed down in comparisons, never deleted.
//!
//! A line is judged by itself: set phrases of copyright notices, promotions, captions and page controls (a table
//! beside this file), and lines too short to be a sentence.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// Set phrases of notices, promotions and controls, lower case, one a line.
const NOTICES: &str = include_str!("furniture.tsv");

/// Set phrases of captions and picture credits, lower case, one a line.
const PICTURES: &str = include_str!("pictures.tsv");

/// A line of fewer words is a label, not a sentence, unless it ends like one.
const LABEL: usize = 7;

/// A line of more words is a text, whatever set phrase stands in it.
const LONG: usize = 90;

/// Why a line is furniture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Why {
    /// Too short to be a sentence.
    Label,
    /// A copyright notice, a promotion, a control of the page.
    Notice,
    /// A caption: prose where a body has no other.
    Picture,
}

/// The lines of a body that are page furniture, in order; `words` counts the words of a range of bytes.
pub(super) fn furniture(
    body: &str,
    mut words: impl FnMut(Range<usize>) -> usize,
) -> Vec<(Range<usize>, Why)> {
    let mut notices = starts(phrases(&NOTICES_PATTERN, NOTICES), body);
    let mut pictures = starts(phrases(&PICTURES_PATTERN, PICTURES), body);
    let mut lines = Vec::new();
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        let range = end..end + line.len();
        end = range.end;
        let count = words(range.clone());
        let notice = notices.any_before(end);
        let picture = pictures.any_before(end);
        let why = if count == 0 || count > LONG {
            None
        } else if count < LABEL && !line.trim_end().ends_with(ENDS) {
            Some(Why::Label)
        } else if notice {
            Some(Why::Notice)
        } else {
            picture.then_some(Why::Picture)
        };
        lines.extend(why.map(|why| (range, why)));
    }
    lines
}

/// Places in a body, asked for in order.
struct Starts(std::iter::Peekable<std::vec::IntoIter<usize>>);

impl Starts {
    /// Whether a place not asked for yet stands before `end`.
    fn any_before(&mut self, end: usize) -> bool {
        let mut any = false;
        while self.0.next_if(|&at| at < end).is_some() {
            any = true;
        }
        any
    }
}

fn starts(pattern: Option<&Regex>, body: &str) -> Starts {
    let all: Vec<usize> = pattern
        .into_iter()
        .flat_map(|pattern| pattern.find_iter(body))
        .map(|found| found.start())
        .collect();
    Starts(all.into_iter().peekable())
}

static NOTICES_PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
static PICTURES_PATTERN: OnceLock<Option<Regex>> = OnceLock::new();

/// All set phrases of a table in one pattern; a test compiles both.
fn phrases(pattern: &'static OnceLock<Option<Regex>>, table: &str) -> Option<&'static Regex> {
    pattern
        .get_or_init(|| {
            let all: Vec<String> = table
                .lines()
                .filter(|phrase| !phrase.is_empty() && !phrase.starts_with('#'))
                .map(regex::escape)
                .collect();
            Regex::new(&format!("(?i){}", all.join("|"))).ok()
        })
        .as_ref()
}

/// Marks at the end of a sentence.
const ENDS: [char; 14] = [
    '.', '!', '?', '…', '"', '”', '’', '»', '。', '！', '？', '」', '』', ':',
];

/// Whether a set phrase of furniture stands in `text`.
#[cfg(test)]
pub(super) fn knows(text: &str) -> bool {
    let find = |pattern: Option<&Regex>| pattern.unwrap().is_match(text);
    find(phrases(&NOTICES_PATTERN, NOTICES)) || find(phrases(&PICTURES_PATTERN, PICTURES))
}
