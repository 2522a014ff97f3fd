//! Lists without times whose headlines are told from other lines by the names of publishers right below or above them, or of
//! sections above, and pages that hold nothing but headlines.

use std::ops::Range;

use super::kicker::is_kicker;
use super::line::Marker;
use super::page::Reader;
use super::template::Card;
use super::unit::{Kind, Unit};
use super::untimed::is_between;
use super::zone::{Zone, ZoneKind};

impl Reader<'_, '_> {
    /// Lists without times whose headlines are told by the names of publishers.
    pub(super) fn named_lists(&mut self, zones: &[Zone]) {
        for zone in zones.iter().filter(|zone| zone.kind != ZoneKind::Off) {
            let times = zone.range.clone().filter(|&at| {
                let unit = self.units.get(at);
                unit.is_some_and(|unit| unit.kind == Kind::Time)
            });
            // a day may stand above a list
            if times.take(2).count() > 1 {
                continue;
            }
            for card in pairs(self.units, &zone.range) {
                if card.span.clone().any(|at| self.is_claimed(at)) {
                    continue;
                }
                let draft = self.card_draft(&card);
                self.claim(draft);
            }
        }
    }

    /// Headlines below the names of their sections.
    pub(super) fn kicked_lists(&mut self, zone: &Zone) {
        for card in kicked(self.units, &zone.range) {
            if !card.span.clone().any(|at| self.is_claimed(at)) {
                let mut draft = self.card_draft(&card);
                draft.weak = Some("a title without publisher and time");
                self.claim(draft);
            }
        }
    }
}

/// Where a card prints its publisher.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    /// Headline, publisher.
    Below,
    /// Publisher, headline, text.
    Told,
    /// Publisher, headline.
    Above,
}

/// Cards that make a list.
const LEAST: usize = 3;

/// Headlines that make a page of headlines.
const HEADLINES: usize = 4;

/// Lines between two cards that are none of theirs.
const APART: usize = 4;

/// Cards of headline and publisher, or publisher, headline and text: three or more in a row, where half of the names or
/// more are those of publishers.
fn pairs(units: &[Unit<'_>], zone: &Range<usize>) -> Vec<Card> {
    let names = zone
        .clone()
        .filter(|&at| units.get(at).is_some_and(is_press));
    if names.take(2).count() < 2 {
        return Vec::new();
    }
    let mut best: Vec<Card> = Vec::new();
    for order in [Order::Below, Order::Told, Order::Above] {
        let mut run: Vec<Card> = Vec::new();
        let mut at = zone.start;
        while at < zone.end {
            let low = run.last().map_or(zone.start, |card| card.span.end);
            if at > low + APART {
                best = longer(units, best, std::mem::take(&mut run));
            }
            if let Some(card) = card(units, at, zone.end, order) {
                at = card.span.end;
                run.push(card);
                continue;
            }
            let between = units.get(at).is_some_and(|unit| {
                is_between(unit) || unit.kind == Kind::Short && unit.words <= 4
            });
            if !between {
                best = longer(units, best, std::mem::take(&mut run));
            }
            at += 1;
        }
        best = longer(units, best, run);
    }
    best
}

fn is_press(unit: &Unit<'_>) -> bool {
    unit.is_press() && unit.kind == Kind::Short
}

/// The longer of two runs; a run counts where names of publishers prove it.
fn longer(units: &[Unit<'_>], best: Vec<Card>, run: Vec<Card>) -> Vec<Card> {
    let name = |card: &Card| {
        card.name
            .and_then(|name| units.get(name))
            .is_some_and(is_press)
    };
    let proven = run.iter().filter(|card| name(card)).count() * 2 >= run.len();
    if run.len() >= LEAST && proven && run.len() > best.len() {
        run
    } else {
        best
    }
}

/// The card that starts at a unit.
fn card(units: &[Unit<'_>], at: usize, end: usize, order: Order) -> Option<Card> {
    let unit = |at: usize| units.get(at).filter(|_| at < end);
    let (title, name, told) = match order {
        Order::Below => (at, at + 1, None),
        Order::Told => (at + 1, at, Some(at + 2)),
        Order::Above => (at + 1, at, None),
    };
    let (headline, by) = (unit(title)?, unit(name)?);
    let body = told.map(unit);
    let is_text = |unit: &Unit<'_>| unit.kind == Kind::Prose && unit.chars <= 500;
    let short = headline.is_title() && headline.words >= 3 && by.is_press();
    let fits = (headline.is_full_title() || short)
        && !headline.is_press()
        && by.is_name()
        && by.words <= 5
        && by.chars <= 40
        && body.is_none_or(|body| body.is_some_and(is_text));
    fits.then(|| Card {
        span: at..told.map_or(at + 2, |told| told + 1),
        title: Some(title),
        name: Some(name),
        body: told.map_or(0..0, |told| told..told + 1),
        ..Card::default()
    })
}

/// Headlines below the names of their sections (`Local`, headline, `Local`, headline) or below a line that ends in a colon:
/// three or more in a row, where the page prints most of the names again.
fn kicked(units: &[Unit<'_>], zone: &Range<usize>) -> Vec<Card> {
    let mut found: Vec<Card> = Vec::new();
    let mut run: Vec<Card> = Vec::new();
    let close = |run: &mut Vec<Card>, found: &mut Vec<Card>| {
        let again = run.iter().filter(|card| {
            let kicker = units.get(card.span.start);
            kicker.is_some_and(|unit| unit.echoes > 1 || unit.text.ends_with(':'))
        });
        if run.len() >= LEAST && again.count() * 3 >= run.len() * 2 {
            found.append(run);
        }
        run.clear();
    };
    let mut at = zone.start;
    while at < zone.end {
        let pair = units.get(at..at + 2).filter(|_| at + 2 <= zone.end);
        if pair.is_some_and(is_kicked) {
            run.push(Card {
                span: at..at + 2,
                title: Some(at + 1),
                ..Card::default()
            });
            at += 2;
            continue;
        }
        let between = |unit: &Unit<'_>| is_between(unit) || unit.kind == Kind::Caption;
        if !units.get(at).is_some_and(between) {
            close(&mut run, &mut found);
        }
        at += 1;
    }
    close(&mut run, &mut found);
    found
}

/// Words of a line above a headline that ends in a colon.
const COLON: u32 = 8;

/// Whether two units are the name of a section, or what a headline is about, and the headline.
fn is_kicked(pair: &[Unit<'_>]) -> bool {
    let [kicker, title] = pair else { return false };
    let colon = || {
        let short = kicker.kind == Kind::Short && kicker.words <= COLON;
        short && kicker.text.ends_with(':') && !title.text.ends_with(':')
    };
    title.is_full_title()
        && !title.is_short_sentence()
        && (is_kicker(kicker) || colon())
        && !kicker.is_press()
        && (title.marker == Marker::None || title.marker == kicker.marker)
}

/// The headlines of a page that holds nothing else: no time, no text, no names.
pub(super) fn headlines(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Card> {
    let own = || part.clone().filter_map(|at| Some((at, units.get(at)?)));
    let told = own().filter(|(_, unit)| unit.kind == Kind::Prose).count();
    let titles: Vec<usize> = own()
        .filter(|(_, unit)| is_headline(unit))
        .map(|(at, _)| at)
        .collect();
    if titles.len() < HEADLINES || told * 2 > titles.len() {
        return Vec::new();
    }
    let card = |title: usize| Card {
        span: title..title + 1,
        title: Some(title),
        ..Card::default()
    };
    titles.into_iter().map(card).collect()
}

fn is_headline(unit: &Unit<'_>) -> bool {
    let numbered = matches!(unit.marker, Marker::Bullet) && unit.words < 5;
    unit.is_full_title() && !unit.is_press() && !numbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::label::Labels;
    use crate::split::{line, unit};

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let lines = line::lines(text);
        let units = unit::units(&lines, Labels::shipped());
        let part = 0..units.len();
        let mut cards = pairs(&units, &part);
        if cards.is_empty() {
            cards = headlines(&units, &part);
        }
        let text = |at: usize| units[at].text.to_string();
        let own = |card: &Card| (text(card.title.unwrap_or(0)), card.name.map(text));
        cards.iter().map(own).collect()
    }

    #[test]
    fn names_below_or_above_tell_headlines() {
        let cards = |rows: &[(&str, &str)]| -> Vec<(String, Option<String>)> {
            rows.iter()
                .map(|(title, name)| ((*title).to_owned(), Some((*name).to_owned())))
                .collect()
        };
        let all = [
            ("Harbour town votes to keep its lighthouse", "The Port Post"),
            ("Bus drivers end strike after long talks", "Metro Courier"),
            ("Rare owl returns to the northern forest", "Northern Star"),
        ];
        let below = all
            .map(|(title, name)| format!("{title}\n{name}\n5 min read\n"))
            .concat();
        assert_eq!(read(&below), cards(&all));
        let above = all
            .map(|(title, name)| format!("{name}\n{title}\n"))
            .concat();
        assert_eq!(read(&above), cards(&all));
    }

    #[test]
    fn a_page_of_headlines_has_them_all() {
        let page = "RIVER STILL RISING AT NIGHT\nEngineers open the last gates...\nClerk speaks: 'I just fell asleep'...\nOld piers pulled from the bay...\nWEATHER\n";
        assert_eq!(read(page).len(), 4);
        assert!(read("Home\nAbout us\nRain floods the old town again\n").is_empty());
    }

    #[test]
    fn headlines_below_their_sections_are_found() {
        let page = "Hits This Hour\n\nLocal\n\nFerry company says sorry for lost week\n\nLocal\n\nOwl chicks hatch in the church tower\n\nTrade\n\nMarket hall to stay open all winter\n\nTerms of use\n";
        let found = crate::split::testing::read(page, |units, zone| kicked(units, zone).len());
        assert_eq!(found, 3);
        let topics = "How the council voted:\nBus lanes put off until the autumn\nOnly in the north:\nFlour is cheaper than a year ago\nTalk of the town:\nA goose stops the morning train\n";
        assert_eq!(
            crate::split::testing::read(topics, |units, zone| kicked(units, zone).len()),
            3
        );
        let once = page
            .replacen("Local", "Town", 1)
            .replacen("Local", "Sport", 1);
        assert_eq!(
            crate::split::testing::read(&once, |units, zone| kicked(units, zone).len()),
            0
        );
    }
}
