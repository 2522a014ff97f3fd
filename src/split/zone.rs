//! Sections of a page: labels cut it; pages that follow one another in one text are cut first.

use std::ops::Range;

use super::label::Effect;
use super::line::Marker;
use super::unit::{Kind, Unit};

/// A section of the page.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    /// Its units.
    pub(super) range: Range<usize>,
    /// What its label said.
    pub(super) kind: ZoneKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ZoneKind {
    /// Before any label.
    Open,
    /// Below the label of a section of other articles.
    Related,
    /// Below the label of a list.
    Listed,
    /// Below the end of an article.
    Off,
}

/// Paragraphs of a page that another may follow.
const TEXT: usize = 2;

/// Lines of the menu on top of a page, and words of one.
const MENU: usize = 3;
const ENTRY: u32 = 4;

/// Units from the menu of a page to its headline, from there to its text, and between two paragraphs.
const HEADLINE: usize = 4;
const HEAD: usize = 8;
const BETWEEN: usize = 3;

/// Whether a line may be one of a menu.
fn is_menu(unit: &Unit<'_>) -> bool {
    match unit.kind {
        Kind::Label(Effect::Furniture | Effect::More) => true,
        Kind::Short => unit.words <= ENTRY && !unit.is_short_sentence(),
        _ => false,
    }
}

/// Whether a menu opens another page: a site or a button of its head is among its lines, and below stand a headline, a time
/// or who signed, and a text of two paragraphs.
fn opens_page(units: &[Unit<'_>], run: Range<usize>) -> bool {
    let lines = units.get(run.clone()).unwrap_or_default();
    let named = |unit: &Unit<'_>| unit.is_press() || unit.kind == Kind::Label(Effect::Furniture);
    if lines.len() < MENU || !lines.iter().any(named) {
        return false;
    }
    let below = |from: usize, reach: usize| from..units.len().min(from + reach);
    let at = |index: usize| units.get(index);
    // a short one looks like the last entry
    let Some(title) =
        below(run.end - 1, HEADLINE + 1).find(|&index| at(index).is_some_and(Unit::is_full_title))
    else {
        return false;
    };
    let signs = |unit: &Unit<'_>| matches!(unit.kind, Kind::Time | Kind::Ticker | Kind::Byline);
    let head = below(title + 1, HEAD);
    let Some(signed) = head.clone().find(|&index| at(index).is_some_and(signs)) else {
        return false;
    };
    let is_text = |index: usize| {
        at(index).is_some_and(|unit| unit.kind == Kind::Prose || unit.is_short_sentence())
    };
    let Some(first) = below(signed + 1, HEAD).find(|&index| is_text(index)) else {
        return false;
    };
    let plain = |index: usize| {
        at(index)
            .is_some_and(|unit| !signs(unit) && (unit.is_short_sentence() || !unit.is_full_title()))
    };
    let between = below(signed + 1, HEAD)
        .take_while(|&index| index < first)
        .all(|index| at(index).is_some_and(|unit| signs(unit) || !unit.is_full_title()));
    between
        && below(first + 1, BETWEEN)
            .take_while(|&index| plain(index))
            .any(is_text)
}

/// Pages that follow one another without a separator: each starts at its start label, or with the menu of a site below the
/// text of another.
pub(super) fn parts(units: &[Unit<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    // paragraphs of this page, and lines of a menu right above
    let (mut told, mut menu) = (0, 0);
    for (index, unit) in units.iter().enumerate() {
        // a logo in the head of the page is no new page
        let starts = unit.kind == Kind::Label(Effect::Start) && index > start + 3;
        told += usize::from(unit.kind == Kind::Prose || unit.is_short_sentence());
        if is_menu(unit) {
            menu += 1;
        } else {
            let run = index - menu..index;
            menu = 0;
            if told >= TEXT && run.start > start && opens_page(units, run.clone()) {
                parts.push(start..run.start);
                start = run.start;
                told = 0;
            }
        }
        if starts {
            told = 0;
            parts.push(start..index);
            start = index;
        }
    }
    parts.push(start..units.len());
    parts
}

/// Whether a label above all text stands among the entries of a menu: `Latest`, `Politics`, `Sport`.
fn is_entry(units: &[Unit<'_>], index: usize) -> bool {
    let entry = |unit: &Unit<'_>| {
        is_menu(unit)
            && !unit.is_full_title()
            && !unit.gap
            && !unit.is_press()
            && unit.marker == Marker::None
    };
    units
        .get(index + 1..index + 3)
        .is_some_and(|below| below.iter().all(entry))
}

/// Whether a label stands between two entries of a menu of items.
fn in_menu(units: &[Unit<'_>], index: usize) -> bool {
    let item = |at: Option<usize>| {
        let unit = at.and_then(|at| units.get(at));
        unit.is_some_and(|unit| unit.marker == Marker::Bullet && is_menu(unit))
    };
    let own = units
        .get(index)
        .is_some_and(|unit| unit.marker == Marker::Bullet);
    own && item(index.checked_sub(1)) && item(Some(index + 1))
}

/// Units of an article between the lines that end it and the one before.
const ARTICLE: usize = 120;

/// Whether the line that ends an article here ends another one below: between them are a headline and a text.
fn article_follows(units: &[Unit<'_>], part: &Range<usize>, index: usize) -> bool {
    let Some(end) = units.get(index).filter(|unit| unit.echoes > 1) else {
        return false;
    };
    let (mut title, mut text) = (false, false);
    let below = index + 1..part.end.min(index + 1 + ARTICLE);
    for unit in below.filter_map(|at| units.get(at)) {
        if unit.key == end.key {
            return text;
        }
        title |= unit.is_full_title();
        text |= title && unit.kind == Kind::Prose;
    }
    false
}

/// The sections of one page, cut at its labels.
pub(super) fn zones(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut start = part.start;
    let mut kind = ZoneKind::Open;
    let mut told = false;
    for index in part.clone() {
        told |= units
            .get(index)
            .is_some_and(|unit| unit.kind == Kind::Prose);
        let next = match units.get(index).map(|unit| unit.kind) {
            Some(Kind::Label(Effect::Related | Effect::Listed))
                if !told && is_entry(units, index) =>
            {
                continue;
            }
            Some(Kind::Label(Effect::End)) if !told && in_menu(units, index) => continue,
            Some(Kind::Label(Effect::Related)) => ZoneKind::Related,
            Some(Kind::Label(Effect::Listed)) => ZoneKind::Listed,
            Some(Kind::Label(Effect::End)) if article_follows(units, part, index) => {
                ZoneKind::Listed
            }
            Some(Kind::Label(Effect::End | Effect::Under)) => ZoneKind::Off,
            _ => continue,
        };
        zones.push(Zone {
            range: start..index,
            kind,
        });
        start = index + 1;
        kind = next;
    }
    zones.push(Zone {
        range: start..part.end,
        kind,
    });
    zones.retain(|zone| !zone.range.is_empty());
    zones
}

/// Whether a stretch of prose is the text of a card in a list of cards.
pub(super) fn in_cards(units: &[Unit<'_>], zones: &[Zone], region: &Range<usize>) -> bool {
    let Some(zone) = zones.iter().find(|zone| zone.range.contains(&region.start)) else {
        return false;
    };
    if is_long(units, region) {
        return false;
    }
    let times = |range: Range<usize>| {
        range
            .filter(|&unit| units.get(unit).is_some_and(|unit| unit.kind == Kind::Time))
            .count()
    };
    let near = region.start.saturating_sub(5).max(zone.range.start)..region.start;
    let others = times(zone.range.start..near.start) + times(region.start..zone.range.end) + 1;
    let least = if zone.kind == ZoneKind::Open { 3 } else { 2 };
    times(near) > 0 && others >= least && zone.kind != ZoneKind::Off
}

/// Paragraphs and characters of a text that is more than that of a card.
const PARAGRAPHS: usize = 6;
const CHARS: u32 = 1500;

/// Whether a stretch is one long text: many paragraphs, and hardly a time between them.
fn is_long(units: &[Unit<'_>], region: &Range<usize>) -> bool {
    let own = units.get(region.clone()).unwrap_or_default();
    let prose = || own.iter().filter(|unit| unit.kind == Kind::Prose);
    let timed = |unit: &&Unit<'_>| matches!(unit.kind, Kind::Time | Kind::Ticker);
    own.iter().filter(timed).count() * 8 <= prose().count()
        && prose().count() >= PARAGRAPHS
        && prose().map(|unit| unit.chars).sum::<u32>() >= CHARS
}
