//! The parts of one card by a template: those above its time, looked for upwards, then those below.

use std::ops::Range;

use super::Part::{self, Body, Name, Title};
use super::sight::{
    BULLET, FILLER, FULL, KICKER, MARKED, NAME, PARAGRAPH, PROSE, SECTION, SENTENCE, SHORT, SMALL,
    Sight, TEASER, TIME, TITLE, WALL,
};
use super::{Card, Template};
use crate::split::block::Anchor;

/// Fillers between two parts of a card.
const FILLERS: u32 = 5;

/// The parts of the card of a time that stand above it, down from `low`.
pub(super) fn above(units: &[Sight], low: usize, anchor: &Anchor, parts: &[Part]) -> Card {
    let mut card = Card {
        span: anchor.unit..anchor.unit + 1,
        anchor: Some(anchor.unit),
        ..Card::default()
    };
    let mut at = anchor.unit;
    for (index, &part) in parts.iter().enumerate().rev() {
        if part == Name && anchor.named {
            continue;
        }
        let below = at;
        let mut skipped = 0;
        while at > low && skipped < FILLERS && units.get(at - 1).is_some_and(|unit| unit.is(FILLER))
        {
            at -= 1;
            skipped += 1;
        }
        let found = at.checked_sub(1).filter(|&index| index >= low);
        let Some(unit) = found
            .and_then(|index| units.get(index))
            .filter(|unit| !unit.is(WALL))
        else {
            card.missing += 1;
            at = below;
            continue;
        };
        // a teaser without a final stop counts where a headline stands above it
        let titled = parts.get(index.wrapping_sub(1)) == Some(&Title)
            && at >= low + 2
            && units.get(at - 2).is_some_and(|unit| unit.is(FULL));
        let echo = part == Body
            && at >= low + 2
            && units.get(at - 2).is_some_and(|above| above.key == unit.key);
        if fits(unit, part, titled) && !echo {
            at = take_up(units, low, at, part, &mut card);
        } else {
            card.missing += 1;
            at = below;
        }
    }
    card.span.start = at.min(anchor.unit);
    card
}

fn fits(unit: &Sight, part: Part, relaxed: bool) -> bool {
    match part {
        Title => unit.is(TITLE),
        Name => unit.is(NAME),
        Body => unit.is(PROSE) || relaxed && unit.is(TEASER),
    }
}

/// Takes the unit above `at` as a part, with its repetitions; the new upper end.
fn take_up(units: &[Sight], low: usize, at: usize, part: Part, card: &mut Card) -> usize {
    let index = at - 1;
    let mut top = index;
    match part {
        Title => {
            card.title = Some(index);
            top = echo_up(units, low, index);
        }
        Name => card.name = Some(index),
        Body => {
            while top > low && units.get(top - 1).is_some_and(|unit| unit.is(PARAGRAPH)) {
                top -= 1;
            }
            card.body = top..at;
        }
    }
    top
}

/// The first of the repetitions of a title: the same text right above it, or with one line between.
fn echo_up(units: &[Sight], low: usize, index: usize) -> usize {
    let Some(key) = units.get(index).map(|unit| unit.key) else {
        return index;
    };
    let same = |at: usize| units.get(at).is_some_and(|unit| unit.key == key);
    let mut top = index;
    loop {
        if top > low && same(top - 1) {
            top -= 1;
        } else if top > low + 1
            && same(top - 2)
            && units.get(top - 1).is_some_and(|unit| unit.is(SMALL))
        {
            top -= 2;
        } else {
            return top;
        }
    }
}

/// Reads the parts below the times.
pub(super) fn below_all(
    units: &[Sight],
    zone: &Range<usize>,
    anchors: &[Anchor],
    template: Template,
    cards: &mut [Card],
) {
    let mut longest = 0;
    for index in 0..cards.len() {
        let last = index + 1 == cards.len();
        let high = cards
            .get(index + 1)
            .map_or(zone.end, |next| next.span.start);
        let limit = if last && index > 0 {
            longest.max(1)
        } else {
            usize::MAX
        };
        let (Some(card), Some(anchor)) = (cards.get_mut(index), anchors.get(index)) else {
            break;
        };
        // below the last card stands the rest of the page
        let told = last && longest > 0;
        below(units, high, anchor, template, limit, told, card);
        longest = longest.max(card.body.len());
    }
}

fn below(
    units: &[Sight],
    high: usize,
    anchor: &Anchor,
    template: Template,
    limit: usize,
    told: bool,
    card: &mut Card,
) {
    let mut at = anchor.unit + 1;
    if let Some(end) = bullets(units, at..high, anchor, card.name) {
        at = end;
        card.confirmed = true;
    }
    for &part in template.after {
        if part == Name && anchor.named {
            continue;
        }
        let start = at;
        let mut skipped = 0;
        while at < high
            && skipped < FILLERS
            && units.get(at).is_some_and(|unit| {
                unit.is(FILLER)
                    || repeats(units, card, unit)
                    || part == Title && is_kicker(units, at, high)
            })
        {
            at += 1;
            skipped += 1;
        }
        let Some(unit) = units.get(at).filter(|unit| at < high && !unit.is(WALL)) else {
            card.missing += 1;
            at = start;
            continue;
        };
        // a teaser says more than its headline
        let title = card.title.and_then(|title| units.get(title));
        let longer = title.is_none_or(|title| unit.chars >= title.chars);
        let relaxed = longer && (ends_card(units, at + 1..high) || told);
        if !fits(unit, part, relaxed) {
            card.missing += 1;
            at = start;
            continue;
        }
        at = take_down(units, at..high, part, limit, card);
    }
    card.span.end = at.max(card.span.end);
    // the title once more, below the time
    while card.span.end < high
        && units
            .get(card.span.end)
            .is_some_and(|unit| repeats(units, card, unit))
    {
        card.span.end += 1;
    }
}

/// Whether nothing stands in a range that could be another part of a card.
fn ends_card(units: &[Sight], range: Range<usize>) -> bool {
    range.len() <= FILLERS as usize
        && units
            .get(range)
            .is_some_and(|rest| rest.iter().all(|unit| unit.is(FILLER)))
}

fn repeats(units: &[Sight], card: &Card, unit: &Sight) -> bool {
    card.title
        .and_then(|title| units.get(title))
        .is_some_and(|title| title.key == unit.key)
}

fn take_down(
    units: &[Sight],
    range: Range<usize>,
    part: Part,
    limit: usize,
    card: &mut Card,
) -> usize {
    let at = range.start;
    let mut end = at + 1;
    match part {
        Title => {
            card.title = Some(at);
            while end < range.end
                && units
                    .get(end)
                    .is_some_and(|unit| repeats(units, card, unit))
            {
                end += 1;
            }
        }
        Name => card.name = Some(at),
        Body => {
            let mut taken = 1;
            while taken < limit
                && end < range.end
                && units
                    .get(end)
                    .is_some_and(|unit| unit.is(PROSE) || unit.is(SENTENCE))
            {
                taken += 1;
                end += 1;
            }
            card.body = at..end;
        }
    }
    end
}

/// Whether a word or two stand here right above a headline, outside the lists of bullets.
fn is_kicker(units: &[Sight], at: usize, high: usize) -> bool {
    let kicker = units
        .get(at)
        .is_some_and(|unit| unit.is(KICKER) && !unit.is(MARKED));
    kicker && at + 1 < high && units.get(at + 1).is_some_and(|next| next.is(FULL))
}

/// Bullets below the time, of which the last repeats the publisher, or the lines that lost them: where they end.
fn bullets(
    units: &[Sight],
    range: Range<usize>,
    anchor: &Anchor,
    name: Option<usize>,
) -> Option<usize> {
    let key = name
        .and_then(|name| units.get(name))
        .map(|unit| unit.key)
        .or(anchor.name_key)?;
    let reach = range.end.min(range.start + REACH);
    let mut own =
        (range.start..reach).filter(|&at| units.get(at).is_some_and(|unit| !unit.is(FILLER)));
    let mut names = 0;
    own.find_map(|at| {
        let unit = units.get(at)?;
        let bullet = unit.is(BULLET);
        if !(unit.is(SHORT) || bullet && !unit.is(PROSE)) {
            return Some(None);
        }
        // where the bullets are lost, it stands right there, or below the name of a section
        let next_is_time = || units.get(at + 1).is_some_and(|next| next.is(TIME));
        if unit.key == key && (bullet || !next_is_time()) {
            return Some(Some(at + 1));
        }
        names += 1;
        let section = names == 1 && unit.is(SECTION);
        (!bullet && !section).then_some(None)
    })
    .flatten()
}

/// Units below a time among which its publisher stands once more.
const REACH: usize = 5;
