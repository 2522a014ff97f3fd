//! Boxes of other articles inside a text: where the text goes on below one.

use std::ops::Range;

use super::label::Effect;
use super::line::Marker;
use super::unit::{Kind, Unit};

/// Units of a box, and its headlines.
const BOX: usize = 8;
const HEADLINES: usize = 4;

/// Characters of a paragraph that is no teaser.
const GOES_ON: u32 = 90;

/// Where the text goes on, if the label at `index` opens a box inside it: a few headlines without teasers, then
/// paragraphs again.
pub(super) fn aside(units: &[Unit<'_>], index: usize, range: &Range<usize>) -> Option<usize> {
    let kind = |at: usize| {
        units
            .get(at)
            .filter(|_| at < range.end)
            .map(|unit| unit.kind)
    };
    let text_above =
        (range.start.max(index.saturating_sub(2))..index).any(|at| kind(at) == Some(Kind::Prose));
    if !text_above {
        return None;
    }
    let between = |kind: Option<Kind>| {
        let label = matches!(
            kind,
            Some(Kind::Label(
                Effect::Furniture | Effect::More | Effect::Related
            ))
        );
        label
            || matches!(
                kind,
                Some(Kind::Short | Kind::Count | Kind::Caption | Kind::Rule)
            )
    };
    let below = index + 1..index + 1 + BOX;
    let first = below.clone().find(|&at| !between(kind(at)))?;
    let headlines = (index + 1..first)
        .filter(|&at| kind(at) == Some(Kind::Short))
        .count();
    let paragraphs = (first..first + 3)
        .take_while(|&at| kind(at) == Some(Kind::Prose))
        .count();
    let long = units
        .get(first)
        .is_some_and(|unit| unit.chars >= GOES_ON && unit.marker == Marker::None);
    let closes = !matches!(
        kind(first + 1),
        Some(Kind::Short | Kind::Time | Kind::Ticker)
    );
    let goes_on = headlines <= HEADLINES && long && (paragraphs >= 2 || paragraphs == 1 && closes);
    goes_on.then_some(first)
}
