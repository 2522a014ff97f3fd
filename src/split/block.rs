//! Source blocks: the lines of a page that print a time, with the publisher's name where the line has one. Each is the
//! anchor of a card or of the main article.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::fold::fold;
use super::furniture;
use super::time::Timed;
use super::unit::{Kind, Unit, is_name};

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

/// The publisher's name in front of a time: `Daily News •`, `Daily News | Town |`. A slash parts off a section.
pub(super) fn name_in<'a>(time: &Timed<'a>) -> Option<&'a str> {
    if time.sign.starts_with('/') {
        return None;
    }
    let name = time.before.split(" | ").next()?.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '•' | '·' | '|' | '/' | ',' | '-' | '–' | '—' | ':' | '(')
    });
    (is_name(name) && furniture::byline(name).is_none()).then_some(name)
}
