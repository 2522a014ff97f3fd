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

/// A section, to be read by templates.
pub(super) struct Section<'s> {
    units: &'s [Sight],
    zone: &'s Range<usize>,
    anchors: &'s [Anchor],
    /// What stands above the times by the first parts of templates, which several share.
    above: Vec<(&'static [Part], Vec<Card>)>,
    /// The cards by the last template.
    pub(super) cards: Vec<Card>,
}

impl<'s> Section<'s> {
    /// The section of a page that has these times.
    pub(super) fn new(units: &'s [Sight], zone: &'s Range<usize>, anchors: &'s [Anchor]) -> Self {
        Self {
            units,
            zone,
            anchors,
            above: Vec::new(),
            cards: Vec::new(),
        }
    }

    /// Reads it by a template: its cards, in page order. Returns how well the template explains the section.
    pub(super) fn read(&mut self, template: Template) -> i32 {
        self.read_above(template);
        let (units, cards) = (self.units, &mut self.cards);
        parts::below_all(units, self.zone, self.anchors, template, cards);
        let needs_title = template.before.contains(&Title) || template.after.contains(&Title);
        let score = score::score(units, self.zone, self.anchors, cards, template);
        cards.retain(|card| {
            if needs_title {
                card.title.is_some()
            } else {
                !card.body.is_empty()
            }
        });
        score
    }

    /// Starts the cards with what stands above their times.
    fn read_above(&mut self, template: Template) {
        let known = self
            .above
            .iter()
            .find(|(parts, _)| *parts == template.before);
        if let Some((_, cards)) = known {
            self.cards.clone_from(cards);
            return;
        }
        self.cards.clear();
        let mut low = self.zone.start;
        for anchor in self.anchors {
            let card = parts::above(self.units, low, anchor, template.before);
            self.cards.push(card);
            low = anchor.unit + 1;
        }
        self.above.push((template.before, self.cards.clone()));
    }
}
