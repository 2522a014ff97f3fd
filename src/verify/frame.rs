//! Which lines of a body are page furniture rather than prose: weighed down in comparisons, never deleted.
//!
//! A line is judged by itself: set phrases of copyright notices, promotions, captions and page controls (a table
//! beside this file), and lines too short to be a sentence.

use std::ops::Range;
use std::sync::OnceLock;

use crate::text::lines;
use crate::wire::marks::Marks;

/// Set phrases of notices, promotions and controls, lower case, one a line.
const NOTICES: &str = include_str!("furniture.tsv");

/// Set phrases of captions and picture credits, lower case, one a line.
const PICTURES: &str = include_str!("pictures.tsv");

/// A line of fewer words is a label, not a sentence, unless it ends like one.
const LABEL: usize = 7;

/// A line of more words is a text, whatever set phrase stands in it.
const LONG: usize = 90;

/// The same for a caption, which may tell the whole story in brief.
const LONG_CAPTION: usize = 150;

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
    let (mut notices, mut pictures) = starts(body);
    let mut found = Vec::new();
    let mut end = 0;
    for line in lines(body) {
        let range = end..end + line.len();
        end = range.end;
        let count = words(range.clone());
        let notice = notices.any_before(end);
        let picture = pictures.any_before(end);
        let why = match count {
            0 => None,
            ..LABEL if !line.trim_end().ends_with(ENDS) => Some(Why::Label),
            ..=LONG if notice => Some(Why::Notice),
            ..=LONG_CAPTION if picture => Some(Why::Picture),
            _ => None,
        };
        found.extend(why.map(|why| (range, why)));
    }
    found
}

/// Places in a body, asked for in order.
struct Starts(std::iter::Peekable<std::vec::IntoIter<usize>>);

impl Starts {
    fn new(mut places: Vec<usize>) -> Self {
        places.sort_unstable();
        Self(places.into_iter().peekable())
    }

    /// Whether a place not asked for yet stands before `end`.
    fn any_before(&mut self, end: usize) -> bool {
        let mut any = false;
        while self.0.next_if(|&at| at < end).is_some() {
            any = true;
        }
        any
    }
}

/// Where set phrases of notices and of captions start.
fn starts(body: &str) -> (Starts, Starts) {
    let (mut notices, mut pictures) = (Vec::new(), Vec::new());
    let phrases = phrases();
    for (number, start) in phrases.marks.places_in(body) {
        if phrases.is_notice.get(number) == Some(&true) {
            notices.push(start);
        } else {
            pictures.push(start);
        }
    }
    (Starts::new(notices), Starts::new(pictures))
}

/// All set phrases of both tables.
struct Phrases {
    marks: Marks,
    /// Whether the phrase of a number is one of notices.
    is_notice: Vec<bool>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let notices = spellings(NOTICES);
        let both = notices.iter().cloned().chain(spellings(PICTURES));
        // they live as long as the program
        let marks = Marks::of_any_case(both.map(|phrase| &*phrase.leak()));
        let is_notice = marks
            .all()
            .iter()
            .map(|phrase| notices.iter().any(|notice| notice == phrase));
        let is_notice = is_notice.collect();
        Phrases { marks, is_notice }
    })
}

/// The phrases of a table; those with other than ASCII letters also in capitals and with a capital initial.
fn spellings(table: &str) -> Vec<String> {
    let phrases = table
        .lines()
        .filter(|phrase| !phrase.is_empty() && !phrase.starts_with('#'));
    let mut all = Vec::new();
    for phrase in phrases {
        all.push(phrase.to_ascii_lowercase());
        let mut rest = phrase.chars();
        if let Some(initial) = rest.next().filter(|_| !phrase.is_ascii()) {
            all.extend([
                phrase.to_uppercase().to_ascii_lowercase(),
                initial
                    .to_uppercase()
                    .chain(rest)
                    .collect::<String>()
                    .to_ascii_lowercase(),
            ]);
        }
    }
    all
}

/// Marks at the end of a sentence.
const ENDS: [char; 14] = [
    '.', '!', '?', '…', '"', '”', '’', '»', '。', '！', '？', '」', '』', ':',
];

/// Whether a set phrase of furniture stands in `text`.
#[cfg(test)]
pub(super) fn knows(text: &str) -> bool {
    phrases().marks.any_in(text)
}
