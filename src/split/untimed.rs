//! Cards that print no time: read by the template that the page's other cards have voted for, told by the lines of their
//! sources or an agency's datelines, or, below a section label, as titles with an optional teaser.

use std::ops::Range;

use super::cards::is_menu;
use super::halves::is_source;
use super::label::Effect;
use super::line::Marker;
use super::people::person;
use super::region::{has_dateline, names_agency};
use super::template::{Card, Part, TEMPLATES};
use super::unit::{Kind, Unit};

/// Cards between and behind timed ones that lack only the time, where the template ends with the publisher.
pub(super) fn untimed(
    units: &[Unit<'_>],
    zone: &Range<usize>,
    template: usize,
    timed: &[Card],
) -> Vec<Card> {
    let Some(template) = TEMPLATES.get(template) else {
        return Vec::new();
    };
    let order: Vec<Part> = template
        .before
        .iter()
        .chain(template.after)
        .copied()
        .filter(|&part| part != Part::Name)
        .collect();
    if timed.len() < 3 || order != [Part::Title, Part::Body] || !template.after.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, card) in timed.iter().enumerate() {
        let low = index
            .checked_sub(1)
            .and_then(|above| timed.get(above))
            .map_or(zone.start, |above| above.span.end);
        let mut end = card.span.start;
        while let Some(card) = triple(units, low, end) {
            end = card.span.start;
            found.push(card);
        }
    }
    let mut start = timed.last().map_or(zone.end, |card| card.span.end);
    while let Some(card) =
        triple(units, start, (start + 3).min(zone.end)).filter(|card| card.span.start == start)
    {
        start = card.span.end;
        found.push(card);
    }
    found
}

/// Title, text and publisher on three units that end at `end`.
fn triple(units: &[Unit<'_>], low: usize, end: usize) -> Option<Card> {
    let start = end.checked_sub(3).filter(|&start| start >= low)?;
    let [title, body, name] = units.get(start..end)? else {
        return None;
    };
    let fits = title.is_title()
        && name.is_name()
        && name.marker == Marker::None
        && (body.kind == Kind::Prose || body.kind == Kind::Short && body.words >= 5)
        && body.chars >= title.chars / 2;
    fits.then(|| Card {
        span: start..end,
        title: Some(start),
        name: Some(start + 2),
        anchor: None,
        body: start + 1..start + 2,
        ..Card::default()
    })
}

/// Buttons and counts that stand between two cards.
pub(super) fn is_between(unit: &Unit<'_>) -> bool {
    matches!(
        unit.kind,
        Kind::Count | Kind::Rule | Kind::Label(Effect::More | Effect::Furniture)
    )
}

/// Cards that start with the line of their source and have title and text on the next one: two or more.
pub(super) fn sourced(units: &[Unit<'_>], zone: &Range<usize>) -> Vec<Card> {
    let own = units.get(zone.clone()).unwrap_or_default();
    let cards: Vec<Card> = own
        .windows(3)
        .zip(zone.start..)
        .filter(|(card, _)| is_source(&card[0]) && card[1].lines == card[2].lines)
        .map(|(_, at)| Card {
            span: at..at + 3,
            title: Some(at + 1),
            name: Some(at),
            body: at + 2..at + 3,
            ..Card::default()
        })
        .collect();
    if cards.len() > 1 { cards } else { Vec::new() }
}

/// Headlines with one paragraph below each that opens with an agency's dateline: two or more in a row.
pub(super) fn datelined(units: &[Unit<'_>], zone: &Range<usize>) -> Vec<Card> {
    let card = |at: usize| {
        let [title, body] = units.get(at..at + 2)? else {
            return None;
        };
        let below = units.get(at + 2).filter(|_| at + 2 < zone.end);
        let last = below.is_none_or(|unit| unit.is_title() || is_between(unit));
        let fits = title.kind == Kind::Short
            && title.is_title()
            && body.kind == Kind::Prose
            && last
            && has_dateline(body)
            && names_agency(body);
        fits.then(|| Card {
            span: at..at + 2,
            title: Some(at),
            body: at + 1..at + 2,
            ..Card::default()
        })
    };
    let (mut best, mut run): (Vec<Card>, Vec<Card>) = Default::default();
    let (mut at, mut tried) = (zone.start, 0);
    while at + 1 < zone.end {
        if let Some(card) = card(at) {
            at = card.span.end;
            run.push(card);
            continue;
        }
        if run.is_empty() || !units.get(at).is_some_and(is_between) {
            best = longer(best, std::mem::take(&mut run));
            // a page whose texts open otherwise is not asked to its end
            let told = units
                .get(at + 1)
                .is_some_and(|unit| unit.kind == Kind::Prose);
            tried += usize::from(told);
            if tried > TRIED && best.is_empty() {
                break;
            }
        }
        at += 1;
    }
    let best = longer(best, run);
    if best.len() > 1 { best } else { Vec::new() }
}

/// Paragraphs below headlines that are asked for a dateline before a page counts as one without.
const TRIED: usize = 6;

fn longer(one: Vec<Card>, other: Vec<Card>) -> Vec<Card> {
    if other.len() > one.len() { other } else { one }
}

/// Titles with an optional teaser, in a section that prints no times.
pub(super) fn titles(
    units: &[Unit<'_>],
    zone: &Range<usize>,
    open: bool,
    claimed: &dyn Fn(usize) -> bool,
) -> Vec<Card> {
    let mut found: Vec<Card> = Vec::new();
    let mut at = zone.start;
    let mut menu = 0;
    while at < zone.end {
        let Some(unit) = units.get(at) else { break };
        if claimed(at) {
            menu = 0;
            at += 1;
            continue;
        }
        if is_headline(units, zone, at) {
            let card = titled(units, zone, at, claimed);
            // among the entries of a menu some are longer than others
            let entry = unit.marker == Marker::Bullet && card.span.len() == 1;
            at = card.span.end.max(at + 1);
            if !open
                || !card.body.is_empty()
                || units
                    .get(card.span.start)
                    .is_some_and(|unit| unit.marker != Marker::None)
            {
                found.push(card);
            }
            menu = if entry { (menu - 1).max(0) } else { 0 };
            continue;
        }
        // where the menus of the page's foot start, the section is over
        menu += i32::from(is_menu(unit) || unit.kind == Kind::Short && unit.words <= 2);
        if menu >= 5 && !open {
            break;
        }
        at += 1;
    }
    if open && found.len() < 4 {
        found.retain(|card| is_apart(units, card));
    }
    found
}

/// Characters of a teaser that stands apart.
const TEASER: u32 = 60;

/// Whether title and teaser stand apart from all else, with blank lines above both: an article outside the lists.
pub(super) fn is_apart(units: &[Unit<'_>], card: &Card) -> bool {
    let unit = |at: Option<usize>| at.and_then(|at| units.get(at));
    let below = units.get(card.span.end);
    unit(card.title).is_some_and(|title| title.gap && title.is_full_title())
        && units
            .get(card.body.clone())
            .and_then(<[_]>::first)
            .is_some_and(|body| body.gap && body.chars >= TEASER)
        && below.is_none_or(|below| below.gap)
}

/// Times that a page prints a headline at most: in a box, in a list, above the text and in what is left of a menu.
const ECHOES: u32 = 4;

fn is_headline(units: &[Unit<'_>], zone: &Range<usize>, at: usize) -> bool {
    let Some(unit) = units.get(at).filter(|unit| unit.is_title()) else {
        return false;
    };
    let next = units.get(at + 1).filter(|_| at + 1 < zone.end);
    let fits = if unit.is_full() {
        // a sentence that stands apart is left over from a text
        let apart = unit.gap && next.is_none_or(|next| next.gap);
        !(apart && unit.is_short_sentence())
    } else {
        // short titles count where a teaser stands below or the line is printed twice; more often it is the name of a section
        unit.kind == Kind::Short
            && unit.echoes <= ECHOES
            && next.is_some_and(|next| next.kind == Kind::Prose || next.key == unit.key)
    };
    // who wrote the article above is none
    let may_sign = unit.marker == Marker::None && unit.is_name();
    fits && !(may_sign && person(&unit.text).is_some())
}

fn titled(
    units: &[Unit<'_>],
    zone: &Range<usize>,
    at: usize,
    claimed: &dyn Fn(usize) -> bool,
) -> Card {
    let key = units.get(at).map(|unit| unit.key);
    let mut title = at;
    let mut end = at + 1;
    // the title again, with at most one line (a kicker) between
    for reach in 1..=2 {
        let again = title + reach;
        if again < zone.end && !claimed(again) && units.get(again).map(|unit| unit.key) == key {
            title = again;
            end = again + 1;
            break;
        }
    }
    let mut body = 0..0;
    // under a title printed twice any longer line is its teaser
    let teaser = |unit: &Unit<'_>| {
        let line = unit.kind == Kind::Short && unit.marker == Marker::None && unit.words >= 6;
        let apart = unit.gap && line && unit.words >= 12;
        unit.kind == Kind::Prose || title > at && line || apart
    };
    if end < zone.end && !claimed(end) && units.get(end).is_some_and(teaser) {
        body = end..end + 1;
        end += 1;
    }
    // `• Title` above a line with a name
    let marked = units
        .get(at)
        .is_some_and(|unit| unit.marker == Marker::Bullet);
    let named = |unit: &Unit<'_>| {
        unit.is_name() && unit.marker == Marker::None && unit.words <= 3 && unit.chars <= 30
    };
    let mut name = None;
    if marked && end < zone.end && !claimed(end) && units.get(end).is_some_and(named) {
        name = Some(end);
        end += 1;
    }
    while end < zone.end
        && units
            .get(end)
            .is_some_and(|unit| unit.kind == Kind::Label(Effect::More))
    {
        end += 1;
    }
    Card {
        span: at..end,
        name,
        title: Some(title),
        body,
        ..Card::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    fn found(text: &str) -> Vec<String> {
        testing::read(text, |units, zone| {
            let cards = titles(units, zone, false, &|_| false);
            let title = |card: &Card| units[card.title.unwrap_or(0)].text.to_string();
            cards.iter().map(title).collect()
        })
    }

    #[test]
    fn a_section_ends_where_menus_start() {
        let list = "* Bakers say flour is cheap again\n* Fishermen get new nets after the storm\n";
        let menu = "* Air\n* Sea\n* Rail\n* Roads and bridges in town\n* Mail\n* Trams\n* Parks\n* Parks and gardens to visit\n";
        assert_eq!(
            found(&format!("{list}{menu}")),
            [
                "Bakers say flour is cheap again",
                "Fishermen get new nets after the storm",
                "Roads and bridges in town"
            ]
        );
    }

    #[test]
    fn the_name_of_a_section_is_no_headline() {
        let teaser = "The council on Wednesday put off its vote on new lanes until the autumn.";
        let cards = format!("Our town\n\n{teaser}\n\n").repeat(5);
        assert!(found(&cards).is_empty());
        assert_eq!(found(&format!("Our town\n\n{teaser}\n")), ["Our town"]);
    }
}
