//! Publishers in brackets behind headlines or teasers: `… votes to keep its tower (Harbour Gazette)`. Cut off where a page has
//! several.

use std::ops::Range;

use super::LEAST;
use crate::split::kind::Kind;
use crate::split::look::{Traits, named_behind};
use crate::split::press::is_press;
use crate::split::signed::is_agency;
use crate::split::unit::{Unit, is_name};

/// Bytes of a line that has one.
const LINE: Range<usize> = 24..900;

/// Where text and name of each unit stand that ends in a publisher's name in brackets; none where the page has few.
pub(super) fn tails(units: &[Unit<'_>]) -> Vec<(usize, [Range<usize>; 2])> {
    let ends = |unit: &&Unit<'_>| unit.text.ends_with(')') && LINE.contains(&unit.text.len());
    if units.iter().filter(ends).take(LEAST).count() < LEAST {
        return Vec::new();
    }
    let found: Vec<(usize, [Range<usize>; 2])> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| matches!(unit.kind, Kind::Short | Kind::Prose))
        .filter_map(|(at, unit)| Some((at, tail(&unit.text)?)))
        .collect();
    let press = found.iter().filter(|(at, [_, name])| {
        let text = units.get(*at).and_then(|unit| unit.text.get(name.clone()));
        text.is_some_and(is_press)
    });
    let press = press.count();
    if found.len() >= LEAST && press * 2 >= found.len() {
        found
    } else {
        Vec::new()
    }
}

/// Where headline and name of each line stand that ends in a publisher's name behind a sign (`… its tower — Harbour Gazette`);
/// none where the page has few, or lines that end in other words behind such a sign.
pub(super) fn behind_signs(units: &[Unit<'_>]) -> Vec<(usize, [Range<usize>; 2])> {
    let parted = |(at, unit): (usize, &Unit<'_>)| {
        if unit.kind != Kind::Short || !unit.traits.has(Traits::PARTED) {
            return None;
        }
        Some((at, named_behind(&unit.text)?))
    };
    let all = units.iter().enumerate().filter_map(parted);
    let found: Vec<(usize, [Range<usize>; 2])> = all.collect();
    let press = |(at, [_, name]): &(usize, [Range<usize>; 2])| {
        let text = units.get(*at).and_then(|unit| unit.text.get(name.clone()));
        text.is_some_and(is_press)
    };
    let known = found.iter().filter(|row| press(row)).count();
    if known >= LEAST && known * 3 >= found.len() * 2 {
        found
    } else {
        Vec::new()
    }
}

/// A text and the name in brackets behind it.
fn tail(text: &str) -> Option<[Range<usize>; 2]> {
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind(" (")?;
    let name = inner.get(open + 2..)?;
    let capital =
        name.starts_with(|c: char| !c.is_lowercase() && !c.is_numeric()) || is_press(name);
    let words = inner.get(..open)?.split_whitespace().count();
    let fits = capital
        && words >= 3
        && name.split_whitespace().count() <= 5
        && is_name(name)
        && !is_agency(name)
        && !name.contains(['/', '(', ','])
        // domains are taken off headlines later, all of a page or none
        && (name.contains(' ') || !name.contains('.'));
    fits.then(|| {
        [
            0..inner.get(..open).unwrap_or("").trim_end().len(),
            open + 2..inner.len(),
        ]
    })
}
