//! Sections of a page: labels cut it; pages that follow one another in one text are cut first.

use std::ops::Range;

use super::label::Effect;
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

/// Pages that follow one another without a separator: each starts at its start label.
pub(super) fn parts(units: &[Unit<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, unit) in units.iter().enumerate() {
        // a logo in the head of the page is no new page
        if unit.kind == Kind::Label(Effect::Start) && index > start + 3 {
            parts.push(start..index);
            start = index;
        }
    }
    parts.push(start..units.len());
    parts
}

/// The sections of one page, cut at its labels.
pub(super) fn zones(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut start = part.start;
    let mut kind = ZoneKind::Open;
    for index in part.clone() {
        let next = match units.get(index).map(|unit| unit.kind) {
            Some(Kind::Label(Effect::Related)) => ZoneKind::Related,
            Some(Kind::Label(Effect::Listed)) => ZoneKind::Listed,
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
