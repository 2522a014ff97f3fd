//! Lines of a record's text that are none of it: known furniture, boxes of other stories between its paragraphs and below
//! them, what its writers say of themselves at the end.

use std::borrow::Cow;
use std::ops::Range;

use super::caption;
use super::furniture;
use super::kind::{Kind, ends_sentence};
use super::label::{Effect, Labels};
use super::printed::look;
use crate::wire;

/// The lines of a text as `split('\n')` gives them, with where each starts.
pub(super) fn split_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', text.as_bytes())
        .chain([text.len()])
        .map(move |end| {
            let at = std::mem::replace(&mut start, end + 1);
            (at, text.get(at..end).unwrap_or(""))
        })
}

/// Bytes of a line that may be furniture, of one above a box, and of a headline.
const LINE: usize = 160;
const LABEL: usize = 48;

/// Bytes of a number at the end of a text that counts something.
const COUNT: usize = 6;

/// Headlines of a box between two paragraphs; words of each, and of a crosshead, which may stand below it.
const BOX: usize = 5;
const HEADLINE: usize = 3;
const CROSSHEAD: usize = 4;

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Furniture by itself.
    Furniture,
    /// A picture's, by its look.
    Caption,
    /// A label: below it may stand other stories.
    Label,
    /// A line like a headline.
    Headline,
    /// Anything else.
    Text,
}

fn said(line: &str, labels: &Labels, boxed: bool) -> Said {
    if line.is_empty() || line.len() > LINE || line.len() > 100 && ends_sentence(line) {
        return Said::Text;
    }
    match labels.effect(line) {
        // `Quelle: dpa` is for the credits to tell
        Some(Effect::Caption) if wire::credits_agency(line) => return Said::Text,
        Some(Effect::Furniture | Effect::More | Effect::Caption) => return Said::Furniture,
        Some(Effect::Related | Effect::End) if line.len() <= LABEL => return Said::Label,
        _ => {}
    }
    match () {
        () if caption::is_caption(line) => Said::Caption,
        () if boxed && is_headline(line) => Said::Headline,
        () => Said::Text,
    }
}

fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let full = words >= HEADLINE
        && !line.ends_with(['.', ':'])
        && !line.contains(" | ")
        && furniture::byline(line).is_none();
    furniture::is_count(line) || furniture::is_promo(line) || full && !line.starts_with(['"', '“'])
}

/// The text without its short lines that are known furniture, and without boxes: a label, headlines below it. Borrowed where
/// it has none.
pub(super) fn without_boxes(text: &str) -> Cow<'_, str> {
    let labels = Labels::shipped();
    let mut gone: Vec<Range<usize>> = Vec::new();
    // what looks like a caption and is all that there is is the text
    let mut captions: Vec<Range<usize>> = Vec::new();
    let mut is_text = false;
    // the headlines below the last label, while nothing else stands there
    let mut boxed: Option<Vec<Range<usize>>> = None;
    for (at, line) in split_lines(text).filter(|(_, line)| !line.is_empty()) {
        let own = at..at + line.len();
        match (said(line.trim(), labels, boxed.is_some()), &mut boxed) {
            (Said::Furniture, _) => gone.push(own),
            (Said::Caption, _) => captions.push(own),
            (Said::Label, _) => {
                gone.extend(boxed.take().into_iter().flatten());
                gone.push(own);
                boxed = Some(Vec::new());
            }
            (Said::Headline, Some(lines)) => lines.push(own),
            (Said::Headline | Said::Text, _) => {
                is_text = true;
                if let Some(lines) = boxed.take() {
                    gone.extend(between(text, lines));
                }
            }
        }
    }
    if is_text {
        gone.append(&mut captions);
    }
    if let Some(lines) = boxed {
        // what goes below the last label is less than what stays
        let first = lines.first().map_or(text.len(), |line| line.start);
        if first * 2 > text.len() {
            gone.extend(lines);
        }
    }
    without(text, gone)
}

/// The lines of a box that goes on with text below it: a crosshead at its end stays.
fn between(text: &str, mut lines: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if lines.len() > BOX {
        return Vec::new();
    }
    let words = |line: &Range<usize>| {
        let line = text.get(line.clone()).unwrap_or("");
        line.split_whitespace().count()
    };
    if lines.len() > 1 {
        lines.pop_if(|line| words(line) <= CROSSHEAD);
    }
    lines
}

/// A text without some of its lines.
fn without(text: &str, mut gone: Vec<Range<usize>>) -> Cow<'_, str> {
    if gone.is_empty() {
        return Cow::Borrowed(text);
    }
    gone.sort_by_key(|line| line.start);
    let mut gone = gone.iter().peekable();
    let mut kept = String::with_capacity(text.len());
    for (at, line) in split_lines(text) {
        if gone.next_if(|gone| gone.start == at).is_none() {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept.truncate(kept.trim_end().len());
    Cow::Owned(kept)
}

/// Lines at the end of a text that are looked at, and bytes of what a writer says of himself.
const ENDING: usize = 6;
const BIO: usize = 400;

/// The text without lines at its end that introduce nothing (`Read more:`), ask for something, tell a time, or tell of who
/// signed.
pub(super) fn without_ending<'t>(text: &'t str, byline: Option<&str>) -> &'t str {
    let mut kept = text.trim_end();
    for _ in 0..ENDING {
        let Some(start) = memchr::memrchr(b'\n', kept.as_bytes()) else {
            break;
        };
        let line = kept.get(start + 1..).unwrap_or("").trim();
        let told = || byline.is_some_and(|byline| tells_of(line, byline));
        if !(is_idle(line) || told()) {
            break;
        }
        kept = kept.get(..start).unwrap_or("").trim_end();
    }
    kept
}

/// Whether a line at the end of a text says nothing.
fn is_idle(line: &str) -> bool {
    if line.len() > LINE || ends_sentence(line) {
        return false;
    }
    let short = line.len() <= LABEL;
    let words = || line.split_whitespace().count();
    short && line.ends_with(':') && words() <= CROSSHEAD
        || line.len() <= 2 * LABEL && furniture::is_promo(line) && !line.contains('@')
        || line.len() <= COUNT && furniture::is_count(line)
        || !line.contains(' ') && line.contains('@') && !wire::credits_agency(line)
        || !line.contains(' ') && line.contains('/') && line.contains('.')
        || line.bytes().any(|byte| byte.is_ascii_digit()) && matches!(look(line).0, Kind::Time)
}

/// What a line about its writer says behind his name.
const TELLS: [&str; 16] = [
    "is",
    "covers",
    "writes",
    "reports",
    "can",
    "was",
    "has",
    "joined",
    "ist",
    "berichtet",
    "schreibt",
    "arbeitet",
    "leitet",
    "est",
    "jest",
    "är",
];

/// Whether a line tells of one who signed: `Ann Lee covers the harbour for the Gazette.`
pub(super) fn tells_of(line: &str, byline: &str) -> bool {
    if line.len() > BIO {
        return false;
    }
    let names = byline
        .split([',', '&'])
        .flat_map(|names| names.split(" and "));
    names.map(str::trim).any(|name| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let told = [name, last]
            .into_iter()
            .find_map(|name| line.strip_prefix(name));
        let verb = told.and_then(|rest| rest.strip_prefix(' '));
        let verb = verb.and_then(|rest| rest.split(' ').next());
        name.contains(' ') && verb.is_some_and(|verb| TELLS.contains(&verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "The ferry sailed again on Tuesday, its owner said on the quay in the morning.\n";
    const MORE: &str =
        "Two more trips a day are planned until Sunday, the harbour office told readers.\n";

    #[test]
    fn boxes_between_paragraphs_and_below_them_go() {
        let lines = "Old lighthouse to become museum\nSchool of four gets a piano\n";
        for label in ["RELATED STORIES:", "Most Popular", "Read next"] {
            let text = format!("{TEXT}{label}\n{lines}{MORE}{label}\n{lines}1\n");
            assert_eq!(
                without_boxes(&text),
                format!("{TEXT}{MORE}").trim_end(),
                "{label}"
            );
        }
    }

    #[test]
    fn what_is_all_that_there_is_is_no_caption() {
        let line = "The ferry sailed again. (AFP/Ann)";
        assert_eq!(without_boxes(line), line);
        assert_eq!(
            without_boxes(&format!("{TEXT}{line}\n{MORE}")),
            format!("{TEXT}{MORE}").trim_end()
        );
    }

    #[test]
    fn crossheads_and_lists_stay() {
        let lines = "Old lighthouse to become museum\nA new start\n";
        let text = format!("{TEXT}Related stories\n{lines}{MORE}");
        let kept = format!("{TEXT}A new start\n{MORE}");
        assert_eq!(without_boxes(&text), kept.trim_end());
        let list =
            format!("{TEXT}What the boats carry\nBread and flour for a week\nThe mail\n{MORE}");
        assert!(matches!(without_boxes(&list), Cow::Borrowed(_)));
    }

    #[test]
    fn what_the_end_says_of_its_writer_goes() {
        let text = format!("{TEXT}{MORE}Ann Lee covers the harbour for the Gazette.\nRead more:\n");
        let kept = format!("{TEXT}{MORE}");
        assert_eq!(
            without_ending(&text, Some("Ann Lee and Tom Roe")),
            kept.trim_end()
        );
        let other = format!("{TEXT}Ann Lee covers the harbour for the Gazette.");
        assert_eq!(without_ending(&other, Some("Tom Roe")), other);
        assert_eq!(without_ending(&other, None), other);
    }
}
