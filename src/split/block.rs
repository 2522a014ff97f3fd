//! Source blocks: the lines of a page that print a time, with the publisher's name where the line has one. Each is the
//! anchor of a card or of the main article.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::fold::fold;
use super::furniture;
use super::kind::has_part_sign;
use super::label::Labels;
use super::line::is_space;
use super::phrases::{Phrase, phrases};
use super::press::is_press;
use super::signed::are_names;
use super::time::{Timed, is_part_sign};
use super::unit::{Kind, Unit, is_name};
use crate::wire::when::find_in;

/// A unit with a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Anchor {
    /// Its index.
    pub(super) unit: usize,
    /// Whether its line names the publisher, too.
    pub(super) named: bool,
    /// The key of that name.
    pub(super) name_key: Option<u64>,
}

/// The anchors of a section.
pub(super) fn anchors(
    units: &[Unit<'_>],
    zone: &Range<usize>,
    free: &dyn Fn(usize) -> bool,
) -> Vec<Anchor> {
    zone.clone()
        .filter(|&index| {
            free(index) && units.get(index).is_some_and(|unit| unit.kind == Kind::Time)
        })
        .map(|index| {
            let name = units
                .get(index)
                .and_then(super::unit::Unit::timed)
                .and_then(|time| name_in(&time));
            Anchor {
                unit: index,
                named: name.is_some(),
                name_key: name.map(|name| xxh3_64(fold(name).as_bytes())),
            }
        })
        .collect()
}

/// The publisher's name beside a time: `Daily News •` and `Daily News | Town |` in front of it, `• Daily News` behind. A slash
/// parts off a section.
pub(super) fn name_in<'a>(time: &Timed<'a>) -> Option<&'a str> {
    // `Daily News by Ann Lee / 5h`
    if time.sign.starts_with('/') && !time.before.contains(" by ") && !is_press(time.before) {
        return None;
    }
    if time.before.is_empty() {
        return name_behind(time);
    }
    let first = printer_in_parts(time.before);
    let name = without_source(first.unwrap_or(time.before).trim_matches(is_edge));
    // `posted by u/ann 5 hours ago` names no publisher
    let name = name_alone(name);
    let name = if time.sign.starts_with(['•', '·', '⋅']) {
        without_person(name)
    } else {
        name
    };
    (!is_sent(name) && is_name(name) && furniture::byline(name).is_none()).then_some(name)
}

/// Who prints a text, where a line names that in one of several parts: `Daily News | Town`, `Ann Lee · Daily News`.
pub(super) fn printer_in_parts(text: &str) -> Option<&str> {
    if !has_part_sign(text) {
        return None;
    }
    let parts = || {
        let parts = text
            .split(['|', '·', '⋅', '•'])
            .map(|part| part.trim_matches(is_edge));
        parts.filter(|part| !part.is_empty())
    };
    let (first, second) = (parts().next()?, parts().nth(1)?);
    let known = parts().find(|part| is_press(part));
    let person = are_names(first) && is_name(second) && furniture::byline(second).is_none();
    known.or(Some(if person { second } else { first }))
}

/// `Daily News - Ann Lee`, in front of a dot and the time: the name of the publisher.
fn without_person(text: &str) -> &str {
    match text.split_once(" - ") {
        Some((first, second)) if is_press(second) && !is_press(first) => second,
        Some((first, _)) if is_name(first) => first,
        _ => text,
    }
}

/// Whether a word tells what a reader did with an article.
pub(super) fn is_sent(word: &str) -> bool {
    ["posted", "submitted", "authored", "sent", "shared"]
        .iter()
        .any(|sent| word.eq_ignore_ascii_case(sent))
}

fn is_edge(c: char) -> bool {
    is_space(c)
        || matches!(
            c,
            '•' | '·' | '⋅' | '|' | '/' | ',' | '-' | '–' | '—' | ':' | '('
        )
}

/// A name behind the time and a sign: `3 hours ago • Daily News`.
fn name_behind<'a>(time: &Timed<'a>) -> Option<&'a str> {
    let after = time.after.trim_start_matches(is_part_sign);
    if after.len() == time.after.len() && !time.sign_behind.starts_with(is_part_sign) {
        return source_behind(after);
    }
    let name = after
        .split(['|', '·', '⋅', '•'])
        .next()?
        .trim_matches(is_edge);
    let name = without_source(name);
    let labelled = || Labels::shipped().effect(name).is_some();
    let capital = name
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !c.is_numeric());
    // with a comma it is a place
    let plain = is_name(name)
        && capital
        && !furniture::is_count(name)
        && !name.contains(", ")
        && find_in(name).is_none();
    (plain && furniture::byline(name).is_none() && !labelled()).then_some(name)
}

/// `来源: 中国日报　北京` behind a time: the name.
fn source_behind(after: &str) -> Option<&str> {
    let named = without_source(after);
    let end = named.find(['\u{3000}', '\t']).unwrap_or(named.len());
    let name = named.get(..end)?.trim();
    (named.len() < after.len() && is_name(name)).then_some(name)
}

/// `via Daily News`, `Source: Daily News` → `Daily News`.
pub(super) fn without_source(name: &str) -> &str {
    // most names have neither
    if !name.starts_with(['v', 'V']) && memchr::memchr2(b':', 0xef, name.as_bytes()).is_none() {
        return name;
    }
    if name
        .get(..VIA.len())
        .is_some_and(|word| word.eq_ignore_ascii_case(VIA))
    {
        return name.get(VIA.len()..).unwrap_or("").trim();
    }
    let Some((word, rest)) = name.split_once([':', '：']) else {
        return name;
    };
    let word = word.trim();
    let is_source =
        word.len() <= SOURCE && phrases(Phrase::Source).contains(&&*word.to_lowercase());
    if is_source && !rest.trim().is_empty() {
        rest.trim()
    } else {
        name
    }
}

/// Whether a line is only what stands in front of a source: `Source:`.
pub(super) fn is_source_word(line: &str) -> bool {
    let word = line.strip_suffix([':', '：']).map(str::trim);
    word.is_some_and(|word| {
        word.len() <= SOURCE && phrases(Phrase::Source).contains(&&*word.to_lowercase())
    })
}

/// What links to a source say.
const VIA: &str = "via ";

/// Bytes of the longest word for a source.
const SOURCE: usize = 16;

/// The name of a publisher without what stands behind it on its line: a person, a count, a button. `Daily News by Ann Lee`,
/// `Daily News⋅12 comments`, `Daily News Follow`.
pub(super) fn name_alone(name: &str) -> &str {
    let by = memchr::memmem::find(name.as_bytes(), b" by ");
    let name = by.and_then(|at| name.get(..at)).unwrap_or(name);
    let counted = || name.get(furniture::without_counts(name)).unwrap_or(name);
    let kept = if has_part_sign(name) { counted() } else { name };
    let button = phrases(Phrase::Follow)
        .iter()
        .find_map(|button| kept.strip_suffix(button));
    let kept = button.filter(|rest| rest.ends_with(' ')).unwrap_or(kept);
    kept.trim_matches(|c: char| is_space(c) || matches!(c, '·' | '⋅' | '•' | '|'))
}
