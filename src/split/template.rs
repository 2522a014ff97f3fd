//! The page's vote: in which order its cards print title, publisher, time and text. Every order of the list below is
//! tried on a section; the one that explains most of it wins, and the section is read by it.

use std::ops::Range;

use super::block::Anchor;
use super::label::Effect;
use super::line::Marker;
use super::unit::{Kind, Unit};

/// A part of a card besides its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Its headline.
    Title,
    /// The name of its publisher.
    Name,
    /// Its text.
    Body,
}

use Part::{Body, Name, Title};

/// An order of parts around the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Template {
    /// Above the time, in page order.
    pub(super) before: &'static [Part],
    /// Below it.
    pub(super) after: &'static [Part],
}

const fn order(before: &'static [Part], after: &'static [Part]) -> Template {
    Template { before, after }
}

/// All orders that have been seen or follow from those by leaving parts out. The first of equals wins.
pub(super) const TEMPLATES: [Template; 24] = [
    order(&[Title, Name], &[Body]),
    order(&[Name], &[Title, Body]),
    order(&[Name, Title, Body], &[]),
    order(&[Title, Body, Name], &[]),
    order(&[Title, Body], &[]),
    order(&[Title], &[Body]),
    order(&[], &[Title, Body]),
    order(&[Title], &[]),
    order(&[], &[Title]),
    order(&[Title, Name], &[]),
    order(&[Name], &[Title]),
    order(&[Name, Title], &[]),
    order(&[Name, Title], &[Body]),
    order(&[Title], &[Name]),
    order(&[Title], &[Name, Body]),
    order(&[Title], &[Body, Name]),
    order(&[], &[Name, Title]),
    order(&[], &[Name, Title, Body]),
    order(&[], &[Title, Name]),
    order(&[], &[Title, Name, Body]),
    order(&[], &[Title, Body, Name]),
    order(&[Title, Body], &[Name]),
    order(&[Body], &[]),
    order(&[], &[Body]),
];

/// One card, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Card {
    /// Its units, all of them.
    pub(super) span: Range<usize>,
    /// The unit of its title.
    pub(super) title: Option<usize>,
    /// The unit of its publisher; `None` where the time's line names it, or nothing does.
    pub(super) name: Option<usize>,
    /// The unit of its time; `None` for a card that prints none.
    pub(super) anchor: Option<usize>,
    /// The units of its text.
    pub(super) body: Range<usize>,
    /// Parts of the template that it lacks.
    pub(super) missing: u32,
    /// A bullet below the time repeats the publisher: as good as proof.
    pub(super) confirmed: bool,
}

/// Reads a section by a template: its cards, in page order, into `cards`. Returns how well the template explains the
/// section.
pub(super) fn read(
    units: &[Unit<'_>],
    zone: &Range<usize>,
    anchors: &[Anchor],
    template: Template,
    cards: &mut Vec<Card>,
) -> i32 {
    cards.clear();
    let mut low = zone.start;
    for anchor in anchors {
        cards.push(above(units, low, anchor, template));
        low = anchor.unit + 1;
    }
    below_all(units, zone, anchors, template, cards);
    let needs_title = template.before.contains(&Title) || template.after.contains(&Title);
    let score = score(units, anchors, cards, template);
    cards.retain(|card| {
        if needs_title {
            card.title.is_some()
        } else {
            !card.body.is_empty()
        }
    });
    score
}

/// Such units between two parts of a card.
const FILLERS: u32 = 5;

/// Units that stand between the parts of a card and mean nothing.
fn is_filler(unit: &Unit<'_>) -> bool {
    matches!(
        unit.kind,
        Kind::Count
            | Kind::Rule
            | Kind::Caption
            | Kind::Byline
            | Kind::Label(Effect::Furniture | Effect::More)
    )
}

/// Units at which no card reaches across.
fn is_wall(unit: &Unit<'_>) -> bool {
    matches!(
        unit.kind,
        Kind::Label(Effect::Related | Effect::Listed | Effect::Start | Effect::End | Effect::Under)
    )
}

fn above(units: &[Unit<'_>], low: usize, anchor: &Anchor, template: Template) -> Card {
    let mut card = Card {
        span: anchor.unit..anchor.unit + 1,
        anchor: Some(anchor.unit),
        ..Card::default()
    };
    let mut at = anchor.unit;
    for (index, &part) in template.before.iter().enumerate().rev() {
        if part == Name && anchor.named {
            continue;
        }
        let below = at;
        let mut skipped = 0;
        while at > low && skipped < FILLERS && units.get(at - 1).is_some_and(is_filler) {
            at -= 1;
            skipped += 1;
        }
        let found = at.checked_sub(1).filter(|&index| index >= low);
        let Some(unit) = found
            .and_then(|index| units.get(index))
            .filter(|unit| !is_wall(unit))
        else {
            card.missing += 1;
            at = below;
            continue;
        };
        // a teaser without a final stop counts where a headline stands above it
        let titled = template.before.get(index.wrapping_sub(1)) == Some(&Title)
            && at >= low + 2
            && units.get(at - 2).is_some_and(Unit::is_title);
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

fn fits(unit: &Unit<'_>, part: Part, relaxed: bool) -> bool {
    match part {
        Title => unit.is_title(),
        Name => unit.is_name(),
        Body => unit.kind == Kind::Prose || relaxed && unit.kind == Kind::Short && unit.words >= 5,
    }
}

/// Takes the unit above `at` as a part, with its repetitions; the new upper end.
fn take_up(units: &[Unit<'_>], low: usize, at: usize, part: Part, card: &mut Card) -> usize {
    let index = at - 1;
    let mut top = index;
    match part {
        Title => {
            card.title = Some(index);
            top = echo_up(units, low, index);
        }
        Name => card.name = Some(index),
        Body => {
            while top > low
                && units
                    .get(top - 1)
                    .is_some_and(|unit| unit.kind == Kind::Prose && unit.chars > 160)
            {
                top -= 1;
            }
            card.body = top..at;
        }
    }
    top
}

/// The first of the repetitions of a title: the same text right above it, or with one line between.
fn echo_up(units: &[Unit<'_>], low: usize, index: usize) -> usize {
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
            && units.get(top - 1).is_some_and(|unit| unit.chars < 40)
        {
            top -= 2;
        } else {
            return top;
        }
    }
}

/// Reads the parts below the times.
fn below_all(
    units: &[Unit<'_>],
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
        below(units, high, anchor, template, limit, card);
        longest = longest.max(card.body.len());
    }
}

fn below(
    units: &[Unit<'_>],
    high: usize,
    anchor: &Anchor,
    template: Template,
    limit: usize,
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
            && units
                .get(at)
                .is_some_and(|unit| is_filler(unit) || repeats(units, card, unit))
        {
            at += 1;
            skipped += 1;
        }
        let Some(unit) = units.get(at).filter(|unit| at < high && !is_wall(unit)) else {
            card.missing += 1;
            at = start;
            continue;
        };
        let relaxed = at + 1 == high;
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

fn repeats(units: &[Unit<'_>], card: &Card, unit: &Unit<'_>) -> bool {
    card.title
        .and_then(|title| units.get(title))
        .is_some_and(|title| title.key == unit.key)
}

fn take_down(
    units: &[Unit<'_>],
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
                && units.get(end).is_some_and(|unit| unit.kind == Kind::Prose)
            {
                taken += 1;
                end += 1;
            }
            card.body = at..end;
        }
    }
    end
}

/// Bullets below the time, of which the last repeats the publisher, or the lines that lost them: where they end.
fn bullets(
    units: &[Unit<'_>],
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
        (range.start..reach).filter(|&at| units.get(at).is_some_and(|unit| !is_filler(unit)));
    let mut names = 0;
    own.find_map(|at| {
        let unit = units.get(at)?;
        let bullet = unit.marker == Marker::Bullet;
        if unit.kind != Kind::Short && !(bullet && unit.kind != Kind::Prose) {
            return Some(None);
        }
        // where the bullets are lost, it stands right there, or below the name of a section
        let next_is_time = || {
            units
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Time)
        };
        if unit.key == key && (bullet || !next_is_time()) {
            return Some(Some(at + 1));
        }
        names += 1;
        let section = names == 1 && unit.words <= 3;
        (!bullet && !section).then_some(None)
    })
    .flatten()
}

/// Units below a time among which its publisher stands once more.
const REACH: usize = 5;

/// Cards of a list that is long enough to compare them.
const LIST: usize = 4;

/// Whether a card ends inside a line, the rest of which is left out or another's.
fn is_torn(units: &[Unit<'_>], card: &Card) -> bool {
    let same = |one: usize, two: usize| {
        units
            .get(one)
            .zip(units.get(two))
            .is_some_and(|(one, two)| one.lines == two.lines)
    };
    let first = card.span.start;
    first > 0 && same(first - 1, first) || same(card.span.end.saturating_sub(1), card.span.end)
}

fn score(units: &[Unit<'_>], anchors: &[Anchor], cards: &[Card], template: Template) -> i32 {
    let needs_title = template.before.contains(&Title) || template.after.contains(&Title);
    let mut score = 0;
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
        score += 15 * i32::from(name.is_some() || anchor.named);
        // a line between all cards is furniture sooner than the name of their one publisher
        score -= 5 * i32::from(
            name.is_some_and(|name| name.echoes as usize >= cards.len() && cards.len() >= LIST),
        );
        score -= 15 * i32::from(is_torn(units, card));
        score += 10 * i32::from(!card.body.is_empty());
        score += 20 * i32::from(card.confirmed);
        score -= 10 * card.missing as i32;
        // a headline ought to look like one
        if let Some(title) = card.title.and_then(|title| units.get(title)) {
            score -= 18 * i32::from(title.kind == Kind::Prose);
            score +=
                4 * i32::from(title.is_full_title()) + 3 * i32::from(title.marker != Marker::None);
        }
    }
    for pair in cards.windows(2) {
        let [above, next] = pair else { continue };
        let between = units
            .get(above.span.end..next.span.start)
            .unwrap_or_default();
        let left = between
            .iter()
            .filter(|unit| unit.is_title() || unit.kind == Kind::Prose)
            .count();
        score -= 8 * left.min(3) as i32;
    }
    score
}
