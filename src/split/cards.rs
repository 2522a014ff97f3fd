//! The cards of a page, read: each section by the template that it or the page has voted for, then lines with time and
//! title, then titles alone.

use std::ops::Range;

use super::behind::signed_behind;
use super::block::{Anchor, anchors, name_alone, name_in, without_source};
use super::furniture::byline;
use super::line::Marker;
use super::page::{Draft, Reader};
use super::press::is_press;
use super::signed::printer_with;
use super::tail::tail;
use super::template::{Card, Section, TEMPLATES};
use super::time::one_line;
use super::unit::{Kind, Unit, is_name};
use super::untimed;
use super::zone::{Zone, ZoneKind};
use crate::article::Role;

impl Reader<'_, '_> {
    /// Reads the cards of all sections by the vote.
    pub(super) fn cards(&mut self, zones: &[Zone]) {
        let sections: Vec<(Range<usize>, ZoneKind, Vec<Anchor>)> = zones
            .iter()
            .flat_map(|zone| self.free_runs(zone))
            .map(|(range, kind)| {
                let found = anchors(self.units, &range, &|unit| !self.is_claimed(unit));
                (range, kind, found)
            })
            .collect();
        let mut votes = [0; TEMPLATES.len()];
        let mut tried = Vec::with_capacity(sections.len());
        for (range, _, anchors) in &sections {
            let mut readings = [Tried::default(); TEMPLATES.len()];
            if !anchors.is_empty() {
                let mut section = Section::new(self.sights(), range, anchors);
                for (&template, reading) in TEMPLATES.iter().zip(&mut readings) {
                    reading.score = section.read(template);
                    reading.cards = section.cards.len();
                }
            }
            for (vote, reading) in votes.iter_mut().zip(&readings) {
                *vote += reading.score;
            }
            tried.push(readings);
        }
        for ((range, kind, anchors), readings) in sections.iter().zip(tried) {
            let elected = elect(&readings, &votes);
            if let Some((index, &template)) = elected.and_then(|at| Some((at, TEMPLATES.get(at)?)))
            {
                let mut section = Section::new(self.sights(), range, anchors);
                section.read(template);
                let mut cards = section.cards;
                if self.heads_list(&cards) {
                    cards.remove(0);
                }
                if *kind != ZoneKind::Open || is_list(&cards) {
                    self.take_cards(range, index, &cards);
                }
            }
            self.tickers(range);
        }
    }

    /// Whether the first card is the head of a mail or list, its name and day, above cards that have texts.
    fn heads_list(&self, cards: &[Card]) -> bool {
        let Some((first, rest)) = cards.split_first() else {
            return false;
        };
        let title = first.title.filter(|&title| title <= TOP);
        let name = title.and_then(|title| self.units.get(title));
        let few = name.is_some_and(|unit| unit.words <= NAME && unit.is_name());
        let told = rest.iter().all(|card| !card.body.is_empty());
        few && first.body.is_empty() && told && rest.len() >= 2
    }

    /// The stretches of a section that nothing has claimed.
    fn free_runs(&self, zone: &Zone) -> Vec<(Range<usize>, ZoneKind)> {
        let mut runs = Vec::new();
        let mut start = zone.range.start;
        for unit in zone.range.clone() {
            if self.is_claimed(unit) {
                if start < unit {
                    runs.push((start..unit, zone.kind));
                }
                start = unit + 1;
            }
        }
        if start < zone.range.end {
            runs.push((start..zone.range.end, zone.kind));
        }
        runs
    }

    fn take_cards(&mut self, range: &Range<usize>, template: usize, cards: &[Card]) {
        let more = untimed::untimed(self.units, range, template, cards);
        for card in cards.iter().chain(&more) {
            let draft = self.card_draft(card);
            self.claim(draft);
        }
    }

    pub(super) fn card_draft(&self, card: &Card) -> Draft {
        let unit = |index: usize| self.units.get(index);
        let time = card.anchor.and_then(unit).and_then(Unit::timed);
        // a sign that parted it from the time may be left at its end
        let signs =
            |c: char| c.is_whitespace() || matches!(c, '·' | '⋅' | '•' | '|' | '–' | '—' | '-');
        let name = card.name.and_then(unit);
        let name =
            name.map(|unit| name_alone(bare(without_source(unit.text.trim_end_matches(signs)))));
        let (signed, named) = match name.and_then(|name| name.strip_suffix(':')) {
            Some(source) => source
                .rsplit_once(" / ")
                .map_or((None, Some(source)), |(person, name)| {
                    (Some(person), Some(name))
                }),
            None => match name.and_then(|name| name.split_once(", ")) {
                // `Ann Lee, Daily News`
                Some((person, source)) if is_press(source) && !is_press(person) => {
                    (Some(person), Some(source))
                }
                _ => (None, name),
            },
        };
        let glued = time.and_then(|time| name_in(&time)).map(str::to_owned);
        let (printer, helped) = self.card_byline(card);
        let tail = self.card_tail(card);
        let head = card
            .span
            .clone()
            .filter(|index| !card.body.contains(index))
            .collect();
        Draft {
            role: Role::Listed,
            title: card
                .title
                .and_then(unit)
                .map(|unit| unit.text.clone().into_owned()),
            publisher: glued.or_else(|| named.or(printer).map(str::to_owned)),
            time: time.map(|time| time.raw.to_owned()),
            byline: signed.or_else(|| signed_behind(&time?)).map(str::to_owned),
            signed: helped.filter(|_| signed.is_none()).map(str::to_owned),
            body: card.body.clone().collect(),
            tail,
            head,
            weak: (card.missing > 0 && !card.confirmed)
                .then_some("a card that lacks parts of its page's template"),
        }
    }

    /// The publisher that the byline of a card names (`Par Daily News avec AFP`), and who signs or helped.
    fn card_byline(&self, card: &Card) -> (Option<&str>, Option<&str>) {
        let units = self.units.get(card.span.clone()).unwrap_or_default();
        let line = units.iter().find(|unit| unit.kind == Kind::Byline);
        let Some(name) = line.and_then(|unit| byline(&unit.text)) else {
            return (None, None);
        };
        match printer_with(name) {
            Some((first, helped)) => (Some(first), helped),
            None => (None, Some(name)),
        }
    }

    /// The credits right below the text of a card: of one that is more than a teaser.
    fn card_tail(&self, card: &Card) -> Vec<usize> {
        let end = card.body.end;
        if card.body.len() < 2 || end < card.span.end {
            return Vec::new();
        }
        let free = |at: &usize| {
            let unit = self.units.get(*at);
            !self.is_claimed(*at)
                && unit.is_some_and(|unit| !unit.is_press() && !unit.is_full_title())
        };
        let all = tail(self.units, end, self.units.len());
        all.into_iter().take_while(free).collect()
    }

    /// Lines with a time and a title.
    fn tickers(&mut self, range: &Range<usize>) {
        let lines: Vec<usize> = range
            .clone()
            .filter(|&unit| {
                !self.is_claimed(unit)
                    && self
                        .units
                        .get(unit)
                        .is_some_and(|unit| unit.kind == Kind::Ticker)
            })
            .collect();
        if lines.len() < 2 {
            return;
        }
        for unit in lines {
            let Some(time) = self.units.get(unit).and_then(super::unit::Unit::timed) else {
                continue;
            };
            let line = if time.after.is_empty() {
                one_line(&time)
            } else {
                Some((time.after, None))
            };
            let Some((title, name)) = line else { continue };
            // a row of a table: name, tab, title
            let cells = title
                .split_once('\t')
                .filter(|(name, _)| is_name(name.trim()));
            let (title, name) = match cells {
                Some((name, title)) if !title.contains('\t') => (title.trim(), Some(name.trim())),
                _ => (title, name),
            };
            let draft = Draft {
                role: Role::Listed,
                title: Some(title.to_owned()),
                publisher: name.map(str::to_owned),
                time: Some(time.raw.to_owned()),
                byline: None,
                signed: None,
                body: Vec::new(),
                tail: Vec::new(),
                head: vec![unit],
                weak: None,
            };
            self.claim(draft);
        }
    }

    /// Titles without a time: below a label, or on a page that is only a list.
    pub(super) fn titles(&mut self, zone: &Zone, main: bool) {
        let wanted = match zone.kind {
            ZoneKind::Related | ZoneKind::Listed => true,
            ZoneKind::Open | ZoneKind::Off => !main,
        };
        let found = untimed::titles(
            self.units,
            &zone.range,
            zone.kind == ZoneKind::Open,
            &|unit| self.is_claimed(unit),
        );
        for card in found {
            if zone.kind == ZoneKind::Off && !main && !untimed::is_apart(self.units, &card) {
                continue;
            }
            // outside the sections of articles only a card that prints its title twice above a teaser is one
            if !wanted && (card.body.is_empty() || card.title == Some(card.span.start)) {
                continue;
            }
            let mut draft = self.card_draft(&card);
            draft.weak = Some("a title without publisher and time");
            self.claim(draft);
        }
    }
}

/// Units above the name of a list, and words of it.
const TOP: usize = 3;
const NAME: u32 = 4;

/// A name without the brackets around it.
fn bare(name: &str) -> &str {
    let inside = name
        .strip_prefix('(')
        .and_then(|name| name.strip_suffix(')'));
    inside
        .filter(|inside| !inside.contains('('))
        .unwrap_or(name)
}

/// What a template made of a section.
#[derive(Clone, Copy, Default)]
struct Tried {
    /// How well it explains the section.
    score: i32,
    /// How many cards it finds.
    cards: usize,
}

/// The template that a section is read by: its own winner, or the page's where its own vote is about as good.
fn elect(readings: &[Tried], votes: &[i32]) -> Option<usize> {
    let best = readings.iter().map(|reading| reading.score).max()?;
    let size = readings.iter().map(|reading| reading.cards).max()?;
    if best <= 0 || size == 0 {
        return None;
    }
    let slack = if size >= 3 { 0 } else { 12 };
    let good = |reading: &Tried| reading.score >= best - slack && reading.cards > 0;
    (0..readings.len())
        .filter(|&index| readings.get(index).is_some_and(good))
        .max_by_key(|&index| {
            let vote = votes.get(index).copied().unwrap_or(0);
            (vote, std::cmp::Reverse(index))
        })
}

/// Whether cards that no label announces are a list rather than the head of an article.
fn is_list(cards: &[Card]) -> bool {
    let full = cards.iter().filter(|card| card.missing == 0).count();
    let titled = cards.iter().all(|card| card.title.is_some());
    full >= 3
        || full >= 2 && cards.len() >= 3 && titled
        || full >= 2
            && cards
                .iter()
                .all(|card| card.title.is_some() && !card.body.is_empty())
}

/// Whether a unit is an item of a menu rather than a headline.
pub(super) fn is_menu(unit: &Unit<'_>) -> bool {
    unit.marker != Marker::None && unit.words <= 3
}
