//! JSON rows of every archive → pages. The hot path of the program: rows are parsed typed and borrowed, and a row is
//! looked at more closely only where its shape asks for it.

mod article;
mod exported;
mod fields;
mod loose;
mod record;
mod repair;
mod row;
mod rows;
pub(super) mod scan;
#[cfg(test)]
mod tests;

pub use article::ArticleRow;

use std::borrow::Cow;
use std::ops::Range;

use super::lines::{parts, text_at, too_large, utf8};
use super::{Chunk, Limits, Paged, Record, Warning, bad_record, encoding};
use crate::article::{Place, Skipped};
use loose::Loose;
use row::Row;
use rows::Rows;

/// Rows inside rows that are followed: envelopes of envelopes.
const MOST_DEPTH: u32 = 4;

/// The records of a chunk of JSON.
pub(super) fn pages(chunk: &Chunk, limits: Limits) -> Paged<'_> {
    let mut paged = Paged::default();
    let whole = utf8(chunk);
    let mut rows = Rows::new(whole.unwrap_or_default());
    for (place, part) in parts(chunk) {
        if part.len() as u64 > limits.record {
            paged.skipped.push(too_large(&place, limits.record));
        } else if part.trim_ascii().is_empty() {
        } else if let Some(text) = whole.and_then(|whole| text_at(whole, chunk, &place, part)) {
            read(
                text,
                || rows.row(range(chunk, &place, part)),
                &place,
                &mut paged,
            );
        } else {
            let (text, damaged) = encoding::decode(part, chunk.encoding);
            if damaged {
                paged
                    .warnings
                    .push(Warning::damaged(place.clone(), chunk.encoding));
            }
            match text {
                Cow::Borrowed(text) => {
                    let row = || serde_json::from_str(text).ok();
                    read(text, row, &place, &mut paged);
                }
                Cow::Owned(text) => read_owned(&text, &place, &mut paged),
            }
        }
    }
    paged
}

/// The pages of a whole text of JSON: a document, or a value a line.
pub(super) fn document(text: &str, place: &Place, paged: &mut Paged<'_>) {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return read_owned(text, place, paged);
    }
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        read_owned(line, place, paged);
    }
}

/// The bytes of a part of a chunk that starts at `place`.
fn range(chunk: &Chunk, place: &Place, part: &[u8]) -> Range<usize> {
    let start = place.offset.saturating_sub(chunk.place.offset) as usize;
    start..start + part.len()
}

/// One value, which `row` reads if it is a plain object. This is the path without copies.
fn read<'a>(
    text: &'a str,
    row: impl FnOnce() -> Option<Row<'a>>,
    place: &Place,
    paged: &mut Paged<'a>,
) {
    if text.starts_with(exported::START)
        && let Some(page) = exported::page(text, place)
    {
        return paged.pages.push(page);
    }
    match row() {
        Some(row) => record::pages(row, place, MOST_DEPTH, paged),
        None => read_owned(text, place, paged),
    }
}

/// One value that is not a plain object, or needs repair, or was decoded: its pages own their texts.
fn read_owned(text: &str, place: &Place, paged: &mut Paged<'_>) {
    let text = text.trim_start_matches(['\u{feff}', '\u{1e}']);
    let mut found = Paged::default();
    let parsed = serde_json::from_str::<Loose<'_>>(text);
    let fixed = parsed.as_ref().err().and_then(|_| repair::repaired(text));
    let parsed = match &fixed {
        // what is still broken is told as it was
        Some(fixed) => serde_json::from_str(fixed).or(parsed),
        None => parsed,
    };
    match parsed {
        Ok(value) => record::value_pages(value, place, MOST_DEPTH, &mut found),
        Err(error) => found.skipped.push(broken(place, &error)),
    }
    for page in found.pages {
        paged.pages.push(page.into_owned());
    }
    paged.skipped.append(&mut found.skipped);
    paged.warnings.append(&mut found.warnings);
}

/// The record and the text of the article that a document's JSON-LD describes, if it describes one.
pub(super) fn linked_data(script: &str) -> Option<(Record<'static>, Option<String>)> {
    with_linked(script, described)
}

/// When the page was published that a document's JSON-LD describes.
pub(super) fn linked_page_time(script: &str) -> Option<String> {
    with_linked(script, |value| {
        let page = typed_in(value, 8, &|kind| is_named(kind, &|name| name == "WebPage"))?;
        match page.get("datePublished") {
            Some(Loose::Text(time)) => Some(time.to_string()),
            _ => None,
        }
    })
}

/// What a script of JSON-LD tells, repaired if need be.
fn with_linked<T>(script: &str, tell: impl Fn(Loose<'_>) -> Option<T>) -> Option<T> {
    let text = script
        .trim()
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>");
    if let Ok(value) = serde_json::from_str(text) {
        return tell(value);
    }
    tell(serde_json::from_str(&repair::repaired(text)?).ok()?)
}

fn described(value: Loose<'_>) -> Option<(Record<'static>, Option<String>)> {
    let found = typed_in(value, 8, &is_article)?;
    let (record, text) = record::described(found)?;
    Some((record.into_owned(), text.map(Cow::into_owned)))
}

/// The first object whose type is such a one.
fn typed_in<'a>(
    value: Loose<'a>,
    depth: u32,
    is_such: &impl Fn(&Loose<'_>) -> bool,
) -> Option<Loose<'a>> {
    match value {
        Loose::List(items) if depth > 0 => items
            .into_iter()
            .find_map(|item| typed_in(item, depth - 1, is_such)),
        Loose::Map(members) if depth > 0 => {
            let value = Loose::Map(members);
            if value.get("@type").is_some_and(is_such) {
                return Some(value);
            }
            let Loose::Map(members) = value else {
                return None;
            };
            members
                .into_iter()
                .filter(|(name, _)| {
                    matches!(name.as_ref(), "@graph" | "mainEntity" | "mainEntityOfPage")
                })
                .find_map(|(_, value)| typed_in(value, depth - 1, is_such))
        }
        _ => None,
    }
}

fn is_article(kind: &Loose<'_>) -> bool {
    is_named(kind, &|name| {
        name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report"
    })
}

fn is_named(kind: &Loose<'_>, is_such: &impl Fn(&str) -> bool) -> bool {
    match kind {
        Loose::Text(name) => is_such(name),
        Loose::List(names) => names.iter().any(|name| is_named(name, is_such)),
        _ => false,
    }
}

fn broken(place: &Place, error: &serde_json::Error) -> Skipped {
    let text = if error.is_eof() {
        "a JSON record that ends early: the line was cut in half; write it again".to_owned()
    } else {
        format!("no valid JSON ({error}); write this record again")
    };
    bad_record(place, text)
}
