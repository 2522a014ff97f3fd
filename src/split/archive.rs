//! Exports of news archives (Nexis, Factiva, ProQuest, Europresse and their like): documents one behind the other, parted by
//! lines that count or name them. Each has a head of short lines and fields, a text, and fields again.

use std::ops::Range;

use super::block::{name_alone, name_in};
use super::furniture;
use super::kind::Kind;
use super::label::Effect;
use super::labelled::{Field, field};
use super::look::Traits;
use super::page::Draft;
use super::phrases::{Phrase, phrases};
use super::press::is_press;
use super::signed::{are_names, is_agency};
use super::tail::tail;
use super::time::Timed;
use super::unit::Unit;
use crate::article::Role;

/// Bytes of the longest line between documents.
const LINE: usize = 80;

/// Whether a line stands between two documents.
fn is_between(unit: &Unit<'_>) -> bool {
    unit.traits.has(Traits::BETWEEN) && !matches!(unit.kind, Kind::Prose | Kind::Rule)
}

/// Whether a line may stand between two documents.
pub(super) fn parts_documents(text: &str) -> bool {
    // most lines start otherwise
    let words = match text.as_bytes().first().map(|first| first | 0x20) {
        Some(b'd') => "document",
        Some(b'e') => "end of",
        Some(b'c') => "copyright and",
        Some(b'n') => "news·",
        Some(b'0'..=b'9') => "",
        _ => return false,
    };
    let head = text.get(..words.len());
    if !head.is_some_and(|head| head.eq_ignore_ascii_case(words)) || text.len() > LINE {
        return false;
    }
    let text = text.trim();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    // `Document FTFT000020221005eia50001q`, `news·20221004·LM·5678901`
    let is_id = |id: &str| id.len() >= ID && !id.contains(' ') && digits(id) >= ID / 2;
    let behind = text.get(words.len()..).unwrap_or("");
    match words {
        "document" if behind.strip_prefix(' ').is_some_and(is_id) => true,
        "news·" => is_id(behind),
        _ => phrases(Phrase::Between)
            .iter()
            .any(|row| is_masked(text, row)),
    }
}

/// Bytes of the number of a document.
const ID: usize = 14;

/// Whether a line in small letters is a row of the table, which has `#` for each number.
fn is_masked(text: &str, row: &str) -> bool {
    let mut before = ' ';
    let masked = text.chars().flat_map(char::to_lowercase).filter_map(|c| {
        let digit = c.is_ascii_digit();
        let masked = if digit { '#' } else { c };
        let last = std::mem::replace(&mut before, masked);
        (!digit || last != '#').then_some(masked)
    });
    masked.eq(row.chars())
}

/// The articles of an export; none of a page that is none.
pub(super) fn drafts(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Draft> {
    let cuts: Vec<usize> = part
        .clone()
        .filter(|&at| units.get(at).is_some_and(is_between))
        .collect();
    if cuts.is_empty() {
        return Vec::new();
    }
    let starts = std::iter::once(part.start).chain(cuts.iter().map(|cut| cut + 1));
    let ends = cuts.iter().copied().chain([part.end]);
    let found: Vec<Draft> = starts
        .zip(ends)
        .filter_map(|(start, end)| document(units, start..end))
        .collect();
    // a line that only looks like a number of documents
    if found.len() + 1 >= cuts.len().div_ceil(2) {
        found
    } else {
        Vec::new()
    }
}

/// Lines of a document by what they are for.
#[derive(Default)]
struct Parts {
    title: Option<usize>,
    publisher: Option<usize>,
    time: Option<usize>,
    byline: Option<usize>,
    /// Where the text starts and ends.
    text: Option<Range<usize>>,
    fields: Vec<(usize, Field, usize)>,
}

fn document(units: &[Unit<'_>], range: Range<usize>) -> Option<Draft> {
    let mut parts = Parts::default();
    let is_other = |unit: &Unit<'_>| {
        matches!(
            unit.kind,
            Kind::Label(_) | Kind::Rule | Kind::Count | Kind::Caption
        ) || is_claim(&unit.text)
    };
    for at in range.clone() {
        let Some(unit) = units.get(at) else { break };
        if let Some((field, start)) = field(unit) {
            parts.fields.push((at, field, start));
        } else if unit.kind == Kind::Prose && !is_other(unit) {
            let start = parts.text.as_ref().map_or(at, |text| text.start);
            parts.text = Some(start..at + 1);
        } else if unit.is_short_sentence()
            && !is_other(unit)
            && let Some(text) = parts.text.as_mut()
        {
            text.end = at + 1;
        }
    }
    let text = parts.text.clone()?;
    head(units, range.start..text.start, &mut parts);
    Some(draft(units, &range, &parts, text)).filter(|draft| draft.title.is_some())
}

/// `(c) 2022 Reuters Limited`, `Copyright 2021 The Daily News`.
fn is_claim(text: &str) -> bool {
    let small = text.get(..9).map(str::to_ascii_lowercase);
    small.is_some_and(|small| small.starts_with("(c)") || small == "copyright")
}

/// `Late Edition - Final`: the issue that an article stood in.
fn is_issue(text: &str) -> bool {
    let small = text.to_lowercase();
    let mut words = phrases(Phrase::Issue).iter();
    words.any(|words| small.starts_with(*words))
}

/// Reads the lines above the text.
fn head(units: &[Unit<'_>], range: Range<usize>, parts: &mut Parts) {
    let plain = |at: usize| {
        let unit = units.get(at)?;
        let free = field(unit).is_none() && !is_claim(&unit.text);
        (free && unit.kind == Kind::Short).then_some(unit)
    };
    let is_time = |at: &usize| {
        units.get(*at).is_some_and(|unit| {
            matches!(unit.kind, Kind::Time | Kind::Ticker) && field(unit).is_none()
        })
    };
    // a clock alone belongs to the day above it
    parts.time = range.clone().find(is_time);
    let press = |unit: &Unit<'_>| is_press(&unit.text) || is_agency(&unit.text);
    parts.publisher = range
        .clone()
        .find(|&at| plain(at).is_some_and(press))
        .or_else(|| {
            let time = parts.time?;
            let named = units.get(time).and_then(Unit::timed);
            if named.is_some_and(|time| name_in(&time).is_some()) {
                return None;
            }
            let near = [time.checked_sub(1), Some(time + 1)];
            near.into_iter()
                .flatten()
                .filter(|at| range.contains(at))
                .find(|&at| plain(at).is_some_and(|unit| unit.is_name() && unit.words <= 4))
        });
    let open = |at: &usize| {
        let unit = plain(*at).filter(|_| Some(*at) != parts.publisher);
        unit.is_some_and(|unit| !is_issue(&unit.text))
    };
    let full = |at: &usize| plain(*at).is_some_and(Unit::is_full_title);
    let title = range.clone().filter(open).find(full);
    parts.title = title.or_else(|| {
        range
            .clone()
            .filter(open)
            .find(|&at| plain(at).is_some_and(Unit::is_title))
    });
    let below = parts.title.map_or(range.start, |title| title + 1)..range.end;
    parts.byline = below
        .clone()
        .find(|&at| units.get(at).is_some_and(|unit| unit.kind == Kind::Byline))
        .or_else(|| {
            let signs = |unit: &Unit<'_>| are_names(&unit.text) && !press(unit);
            below.clone().find(|&at| plain(at).is_some_and(signs))
        });
}

fn draft(units: &[Unit<'_>], range: &Range<usize>, parts: &Parts, text: Range<usize>) -> Draft {
    let unit = |at: Option<usize>| at.and_then(|at| units.get(at));
    let line = |at: Option<usize>| unit(at).map(|unit| unit.text.trim().to_owned());
    let value = |wanted: Field| {
        let (at, _, start) = parts.fields.iter().find(|known| known.1 == wanted)?;
        let text = units.get(*at)?.text.get(*start..)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let body: Vec<usize> = text
        .clone()
        .filter(|&at| {
            units
                .get(at)
                .is_some_and(|unit| is_text(unit) && field(unit).is_none())
        })
        .collect();
    let timed = unit(parts.time).and_then(Unit::timed);
    let beside = || name_in(&timed?).map(str::to_owned);
    let publisher = line(parts.publisher)
        .or_else(|| value(Field::Publisher))
        .or_else(beside);
    // `The Daily News; London`
    let publisher =
        publisher.map(|name| name_alone(name.split(';').next().unwrap_or(&name)).to_owned());
    let signed = unit(parts.byline).map(|unit| {
        furniture::byline(&unit.text)
            .unwrap_or(&unit.text)
            .to_owned()
    });
    let tail = tail(units, text.end, range.end);
    Draft {
        role: Role::Listed,
        title: value(Field::Title).or_else(|| line(parts.title)),
        publisher,
        time: timed
            .map(|time: Timed<'_>| time.raw.to_owned())
            .or_else(|| value(Field::Time)),
        byline: signed.or_else(|| value(Field::Byline)),
        signed: None,
        head: range
            .clone()
            .filter(|at| !body.contains(at) && !tail.contains(at))
            .collect(),
        body,
        tail,
        weak: None,
    }
}

fn is_text(unit: &Unit<'_>) -> bool {
    match unit.kind {
        Kind::Prose | Kind::Short => !is_claim(&unit.text),
        Kind::Label(Effect::Section) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    fn read(text: &str) -> Vec<Draft> {
        testing::read(text, drafts)
    }

    #[test]
    fn documents_are_read_whatever_the_order_of_their_heads() {
        let text = "The ferry ran again on Tuesday after three days of storm, its owner said on the quay.\n";
        let heads = [
            "Ferry to the island runs again\n\nThe Harbour Gazette\n\nMarch 3, 2021 Wednesday\n\nCopyright 2021 Harbour Press\n\nLength: 40 words\n\nBody\n\n",
            "The Harbour Gazette\n\nMarch 3, 2021 Wednesday\n\nFerry to the island runs again\n\nBYLINE: Ann Lee\n\nLENGTH: 40 words\n\n",
        ];
        for head in heads {
            let one = |n: u32| {
                format!(
                    "Document {n} of 2\n\n{head}{text}\nLoad-Date: March 4, 2021\n\nEnd of Document\n\n"
                )
            };
            let drafts = read(&(one(1) + &one(2)));
            assert_eq!(drafts.len(), 2, "{head}");
            assert_eq!(
                drafts[1].title.as_deref(),
                Some("Ferry to the island runs again")
            );
            assert_eq!(drafts[1].publisher.as_deref(), Some("The Harbour Gazette"));
            assert!(
                drafts[1]
                    .time
                    .as_deref()
                    .is_some_and(|time| time.starts_with("March 3, 2021"))
            );
            assert_eq!(drafts[1].body.len(), 1);
        }
    }

    #[test]
    fn a_page_without_such_lines_is_none() {
        assert!(
            read(
                "Document the river\nIt rose again on Monday, the town said, and fell at night.\n"
            )
            .is_empty()
        );
    }
}
