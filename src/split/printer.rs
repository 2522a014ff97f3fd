//! Who prints the main article, where a line of its head names the source, or is the name of a publisher: above the title,
//! or below it.

use std::ops::Range;

use super::block::{is_source_word, without_source};
use super::head::Head;
use super::line::Marker;
use super::press::is_press;
use super::signed::{are_names, is_agency};
use super::title::is_button;
use super::unit::{Kind, Unit};

/// Units above the title in which the name of who prints it may stand, and below it.
const ABOVE: usize = 3;
const BELOW: usize = 14;

/// Units above the title in which the line of a source may stand.
const SOURCE: usize = 2;

/// Bytes of the longest name of a source.
const NAME: usize = 60;

/// Takes the line of the head that names the source, `Source: Daily News`: who prints it, whatever else its time's line says,
/// or an agency beside a known publisher.
pub(super) fn source(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    top: usize,
    start: usize,
    head: &mut Head,
) {
    for at in top.saturating_sub(SOURCE).max(bounds.start)..start.min(top + BELOW) {
        let short = |unit: &&Unit<'_>| unit.kind == Kind::Short && unit.echoes == 1;
        let Some(unit) = units.get(at).filter(short) else {
            continue;
        };
        let (name, last) = match units.get(at + 1) {
            // `Source:` above the name
            Some(below) if is_source_word(&unit.text) && below.is_name() => (&*below.text, at + 1),
            _ => (without_source(&unit.text), at),
        };
        let behind = last > at || name.len() < unit.text.len() && unit.text.ends_with(name);
        if !behind || name.len() > NAME || name.ends_with('.') {
            continue;
        }
        if is_agency(name) {
            head.signed = Some(name.to_owned());
        }
        if head.publisher.is_none() || !is_agency(name) {
            head.publisher = Some(name.to_owned());
        }
        head.units.extend(at..=last);
        return;
    }
}

/// The name of who prints it near the title at `top`; a person whom the head took for one signs. `start` is where the text
/// starts.
pub(super) fn printer(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    top: usize,
    start: usize,
    head: &mut Head,
) {
    let person = |name: &str| are_names(name) && !is_press(name) && !is_agency(name);
    if head.title.is_none() || head.publisher.as_deref().is_some_and(|name| !person(name)) {
        return;
    }
    let unit = |at: usize| Some((at, units.get(at)?));
    // an agency above the title is an entry of a menu; in other scripts its name is no abbreviation
    let is_printer = |unit: &Unit<'_>| {
        unit.is_press()
            && unit.marker == Marker::None
            && (!unit.text.is_ascii() || !is_agency(&unit.text))
    };
    let above = (bounds.start..top).rev().take(ABOVE + 2).filter_map(unit);
    let mut above = above.skip_while(|(_, unit)| !unit.is_name() || is_button(unit));
    // but not with a button and the number of its readers below
    let followed = |at: usize| {
        let below = |by: usize| units.get(at + by).is_some_and(is_button);
        let counted = units
            .get(at + 2)
            .is_some_and(|unit| unit.kind == Kind::Count);
        at + 2 < top && below(1) && counted
    };
    let below = || (top + 1..start).take(BELOW).filter_map(unit);
    let found = above
        .find(|(at, unit)| is_printer(unit) || unit.is_press() && followed(*at))
        .or_else(|| below().find(|(_, unit)| is_printer(unit)));
    if let Some((at, unit)) = found {
        let signed = head.publisher.replace(unit.text.clone().into_owned());
        head.byline = head.byline.take().or(signed);
        head.units.push(at);
    }
}
