//! The page's vote: in which order its cards print title, publisher, time and text. Every order of the list below is
//! tried on a section; the one that explains most of it wins, and the section is read by it.

use std::ops::Range;

use super::block::Anchor;
pub(super) use sight::Sight;

mod parts;
mod score;
mod sight;

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
    units: &[Sight],
    zone: &Range<usize>,
    anchors: &[Anchor],
    template: Template,
    cards: &mut Vec<Card>,
) -> i32 {
    cards.clear();
    let mut low = zone.start;
    for anchor in anchors {
        cards.push(parts::above(units, low, anchor, template));
        low = anchor.unit + 1;
    }
    parts::below_all(units, zone, anchors, template, cards);
    let needs_title = template.before.contains(&Title) || template.after.contains(&Title);
    let score = score::score(units, anchors, cards, template);
    cards.retain(|card| {
        if needs_title {
            card.title.is_some()
        } else {
            !card.body.is_empty()
        }
    });
    score
}
