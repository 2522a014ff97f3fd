//! How well a template explains a section, by the cards that it makes of it.

use std::ops::Range;

use super::Part::{Name, Title};
use super::sight::{FULL, MARKED, PRESS, PROSE, Sight, TITLE};
use super::{Card, Template};
use crate::split::block::Anchor;

/// Cards of a list that is long enough to compare them.
const LIST: usize = 4;

/// Cards of which more than one must name its publisher.
const FEW: usize = 3;

/// Units between two cards that are left out, of which no more weigh.
const LEFT: usize = 3;

/// Whether a card ends inside a line, the rest of which is left out or another's.
fn is_torn(units: &[Sight], card: &Card) -> bool {
    let same = |one: usize, two: usize| {
        units
            .get(one)
            .zip(units.get(two))
            .is_some_and(|(one, two)| one.line == two.line)
    };
    let first = card.span.start;
    first > 0 && same(first - 1, first) || same(card.span.end.saturating_sub(1), card.span.end)
}

pub(super) fn score(
    units: &[Sight],
    zone: &Range<usize>,
    anchors: &[Anchor],
    cards: &[Card],
    template: Template,
) -> i32 {
    let (start, end) = (zone.start, zone.end);
    let needs_title = template.before.contains(&Title) || template.after.contains(&Title);
    let (mut score, mut names, mut named) = (0, 0, 0);
    for (card, anchor) in cards.iter().zip(anchors) {
        let valid = if needs_title {
            card.title.is_some()
        } else {
            !card.body.is_empty()
        };
        if !valid {
            score -= 10;
            continue;
        }
        score += 20 * i32::from(card.title.is_some());
        let name = card.name.and_then(|name| units.get(name));
        let own = 15 * i32::from(name.is_some() || anchor.named);
        // a line between all cards is furniture sooner than the name of their one publisher
        let own = own
            - 5 * i32::from(
                name.is_some_and(|name| name.echoes as usize >= cards.len() && cards.len() >= LIST),
            );
        // the headline of another card is no name
        let own = own - 8 * i32::from(name.is_some_and(|name| name.is(FULL) && !name.is(PRESS)));
        names += own + 6 * i32::from(name.is_some_and(|name| name.is(PRESS)));
        named += usize::from(own > 0);
        score -= 15 * i32::from(is_torn(units, card));
        score += 10 * i32::from(!card.body.is_empty());
        score += 20 * i32::from(card.confirmed);
        score -= 10 * card.missing as i32;
        // a headline ought to look like one
        if let Some(title) = card.title.and_then(|title| units.get(title)) {
            score -= 18 * i32::from(title.is(PROSE));
            score += 4 * i32::from(title.is(FULL)) + 3 * i32::from(title.is(MARKED));
            score -= 12 * i32::from(title.is(PRESS) && !title.is(FULL));
        }
    }
    // the name above the first card alone is no part of cards
    if cards.len() < FEW || named > 1 {
        score += names;
    }
    for pair in cards.windows(2) {
        let [above, next] = pair else { continue };
        let between = units
            .get(above.span.end..next.span.start)
            .unwrap_or_default();
        let left = between
            .iter()
            .filter(|unit| unit.is(TITLE) || unit.is(PROSE))
            .take(LEFT)
            .count();
        score -= 8 * left as i32;
    }
    // a headline below the last card belongs to its time
    let last = cards.last().map(|card| card.span.end);
    let left = last.filter(|&at| at < end).and_then(|at| units.get(at));
    // and a name there shows that names stand below
    let named = template.before.contains(&Name) && !template.after.contains(&Name);
    let name = left.is_some_and(|unit| named && unit.is(PRESS) && !unit.is(FULL));
    score -= 8 * i32::from(left.is_some_and(|unit| unit.is(FULL))) + 20 * i32::from(name);
    // so does one right above the first
    let first = cards
        .first()
        .and_then(|card| card.span.start.checked_sub(1));
    let above = first.filter(|&at| at >= start).and_then(|at| units.get(at));
    score - 8 * i32::from(above.is_some_and(|unit| unit.is(FULL)))
}
