//! JSON rows of every archive → pages. The hot path of the program: rows are parsed typed and borrowed, and a row is
//! looked at more closely only where its shape asks for it.

mod fields;
mod loose;
mod record;
mod row;
pub(super) mod scan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::lines::{is_utf8, parts, too_large};
use super::{Chunk, Limits, Paged, Warning, encoding};
use crate::article::{Place, SkipReason, Skipped};
use row::Row;

/// Rows inside rows that are followed: envelopes of envelopes.
const MOST_DEPTH: u32 = 4;

/// The records of a chunk of JSON.
pub(super) fn pages(chunk: &Chunk, limits: Limits) -> Paged<'_> {
    let mut paged = Paged::default();
    let clean = is_utf8(chunk);
    for (place, part) in parts(chunk) {
        if part.len() as u64 > limits.record {
            paged.skipped.push(too_large(place, limits.record));
        } else if part.trim_ascii().is_empty() {
        } else if clean {
            read(part, &place, &mut paged);
        } else {
            let (text, damaged) = encoding::decode(part, chunk.encoding);
            if damaged {
                paged
                    .warnings
                    .push(Warning::damaged(place.clone(), chunk.encoding));
            }
            match text {
                Cow::Borrowed(text) => read(text.as_bytes(), &place, &mut paged),
                Cow::Owned(text) => read_owned(&text, &place, &mut paged),
            }
        }
    }
    paged
}

/// One value. `part` is UTF-8 already: this is the path without copies.
fn read<'a>(part: &'a [u8], place: &Place, paged: &mut Paged<'a>) {
    let text = std::str::from_utf8(part).unwrap_or_default();
    match serde_json::from_str::<Row<'a>>(text) {
        Ok(row) => record::pages(row, place, MOST_DEPTH, paged),
        Err(_) => read_owned(text, place, paged),
    }
}

/// One value that is not a plain object, or needs repair, or was decoded: its pages own their texts.
fn read_owned(text: &str, place: &Place, paged: &mut Paged<'_>) {
    let text = text.trim_start_matches(['\u{feff}', '\u{1e}']);
    let mut found = Paged::default();
    let error = match serde_json::from_str::<loose::Loose<'_>>(text) {
        Ok(value) => {
            record::value_pages(value, place, MOST_DEPTH, &mut found);
            None
        }
        Err(error) => Some(error),
    };
    if let Some(error) = error {
        paged.skipped.push(broken(place, &error));
        return;
    }
    for page in found.pages {
        paged.pages.push(page.into_owned());
    }
    paged.skipped.append(&mut found.skipped);
}

fn broken(place: &Place, error: &serde_json::Error) -> Skipped {
    let text = if error.is_eof() {
        "a JSON record that ends early: the line was cut in half; write it again".to_owned()
    } else {
        format!("no valid JSON ({error}); write this record again")
    };
    skipped(place, text)
}

fn skipped(place: &Place, text: String) -> Skipped {
    Skipped {
        place: place.clone(),
        reason: SkipReason::Record(text),
    }
}
