//! Digests: one article of many items, each with a title and a dateline of its own, parted by rules. They stay one.

use std::ops::Range;

use super::page::Draft;
use super::region::has_dateline;
use super::unit::{Kind, Unit};
use crate::article::Role;

/// Items that make a digest.
const LEAST: usize = 3;

/// The digest that a page is, if it is one: rules between items, and a dateline behind most of them.
pub(super) fn digest(units: &[Unit<'_>], part: &Range<usize>) -> Option<Draft> {
    let own = units.get(part.clone())?;
    let rule = |unit: &Unit<'_>| unit.kind == Kind::Rule && unit.text.starts_with(['_', '-', '*']);
    let rules = own.iter().filter(|unit| rule(unit)).count();
    let paragraphs = own.iter().filter(|unit| unit.kind == Kind::Prose).count();
    // rules are common; only where they part a few paragraphs each are they looked at closely
    if rules < LEAST || paragraphs < LEAST || paragraphs > 12 * rules {
        return None;
    }
    let dated: Vec<usize> = part
        .clone()
        .filter(|&at| {
            units
                .get(at)
                .is_some_and(|unit| unit.kind == Kind::Prose && has_dateline(unit))
        })
        .collect();
    let (first, last) = (*dated.first()?, *dated.last()?);
    let between = (first..last)
        .filter(|&at| units.get(at).is_some_and(rule))
        .count();
    if dated.len() < LEAST || between + 1 < dated.len() {
        return None;
    }
    let start = (part.start..first).find(|&at| units.get(at).is_some_and(Unit::is_title))?;
    let end = (last..part.end)
        .find(|&at| {
            units
                .get(at)
                .is_some_and(|unit| matches!(unit.kind, Kind::Label(_) | Kind::Rule))
        })
        .unwrap_or(part.end);
    let body = (start + 1..end)
        .filter(|&at| {
            units
                .get(at)
                .is_some_and(|unit| matches!(unit.kind, Kind::Prose | Kind::Short | Kind::Rule))
        })
        .collect();
    Some(Draft {
        role: Role::Main,
        title: units.get(start).map(|unit| unit.text.clone().into_owned()),
        publisher: None,
        time: None,
        byline: None,
        signed: None,
        body,
        tail: Vec::new(),
        head: vec![start],
        weak: None,
    })
}
