//! The head of the main article: title, publisher, time and byline, looked for upwards from where the text starts.

use std::ops::Range;

use super::behind::signed_behind;
use super::block::name_in;
use super::furniture;
use super::line::Marker;
use super::people::person;
use super::press::is_press;
use super::printed::labels_time;
use super::printer::{printer, source};
use super::signed::{
    are_names, clean_byline, credited, first_part, is_agency, names_agency, printer_with, signer,
    split_site,
};
use super::site::Site;
use super::time::{Timed, is_part_sign};
use super::title::{headline, title};
use super::unit::{Kind, Unit};
use crate::wire::when::is_weekday;

/// What the head of an article says.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// Its headline.
    pub(super) title: Option<String>,
    /// Who printed it.
    pub(super) publisher: Option<String>,
    /// As printed.
    pub(super) time: Option<String>,
    /// Who signed.
    pub(super) byline: Option<String>,
    /// The line that signs, whole.
    pub(super) signed: Option<String>,
    /// The units that say it.
    pub(super) units: Vec<usize>,
}

/// How far a time or byline may stand from title and text, in units.
const NEAR: usize = 14;

/// Characters of a line of persons.
const PERSON: u32 = 100;

/// How far below a title the breadcrumb that repeats it may stand, in units.
const ECHO: usize = 1024;

/// Reads the head of an article whose text stands in `region`.
pub(super) fn head(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    region: Range<usize>,
    body: &[usize],
    site: &Site<'_, '_>,
) -> Head {
    let mut head = Head::default();
    let title = title(units, bounds, region.start, body);
    let top = title.unwrap_or(region.start);
    if let Some(unit) = title.and_then(|title| units.get(title)) {
        let near = bounds.start..bounds.end.min(top.saturating_add(ECHO));
        let near = units.get(near).unwrap_or_default();
        head.title = Some(headline(near, unit));
        head.units.push(top);
        let key = unit.key;
        let echoes = (bounds.start..region.start)
            .filter(|&at| at != top && units.get(at).is_some_and(|unit| unit.key == key));
        head.units
            .extend(echoes.filter(|at| at.abs_diff(top) <= NEAR));
    }
    time(units, bounds, top, &region, &mut head);
    source(units, bounds, top, region.start, &mut head);
    byline(units, bounds, top, &region, &mut head);
    agency_alone(units, top, &region, &mut head);
    if head.publisher.is_none() {
        head.publisher = site.name().map(str::to_owned);
    }
    printer(units, bounds, top, region.start, &mut head);
    head
}

fn time(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    top: usize,
    region: &Range<usize>,
    head: &mut Head,
) {
    let low = top.saturating_sub(4).max(bounds.start);
    let below = (region.end..bounds.end.min(region.end + 3))
        .filter(|&at| units.get(at).is_some_and(|unit| unit.kind == Kind::Time));
    let order = (top..region.start)
        .chain((low..top).rev())
        .chain(region.clone().take(4))
        .chain(below);
    for index in order {
        let Some(unit) = units
            .get(index)
            .filter(|unit| matches!(unit.kind, Kind::Time | Kind::Ticker))
        else {
            continue;
        };
        let Some(time) = unit.timed() else { continue };
        // of several in a row the first is that of the publication
        let first = |at: usize| {
            at.checked_sub(1)
                .filter(|&above| above >= low && above < top)
        };
        let above = first(index).and_then(|above| Some((above, units.get(above)?.timed()?)));
        let (index, time) = above.filter(|_| index < top).unwrap_or((index, time));
        head.time = Some(time.raw.to_owned());
        head.units.push(index);
        let above = index
            .checked_sub(1)
            .filter(|&above| above >= bounds.start && above != top);
        names(units, above, top, &time, head);
        return;
    }
}

/// What stands in front of the time: who signed, or the publisher, which may stand on the line above, too.
fn names(units: &[Unit<'_>], above: Option<usize>, top: usize, time: &Timed<'_>, head: &mut Head) {
    let first = first_part(time.before);
    let name_above = above.filter(|&above| {
        units.get(above).is_some_and(|unit| {
            let few = unit.is_name() && unit.marker == Marker::None && unit.words <= 4;
            few && !is_weekday(&unit.text) && !labels_time(&unit.text, time.raw)
        })
    });
    let text_above = || {
        name_above
            .and_then(|above| units.get(above))
            .map(|unit| unit.text.clone().into_owned())
    };
    if let Some(signed) = furniture::byline(time.before) {
        let (signed, site) = split_site(signed);
        head.byline = Some(clean_byline(first_part(signed)));
        head.signed = Some(signed.to_owned());
        head.publisher = head.publisher.take().or_else(|| site.map(str::to_owned));
        return;
    }
    if first.len() < time.before.len() && !time.before.contains(" | ") && are_names(first) {
        head.byline = Some(clean_byline(first));
        head.signed = Some(time.before.to_owned());
        return;
    }
    let parts = || time.before.split(is_part_sign).map(str::trim);
    let by = parts()
        .find_map(person)
        .or_else(|| signed_behind(time))
        .map(str::to_owned);
    let named = name_in(time).map(str::to_owned);
    // `Daily News` above `Jane Roe 1 day ago`
    if let (Some(person), Some(publisher)) = (&named, text_above())
        && are_names(person)
        && time.sign.is_empty()
    {
        // `ANN LEE` above `Associated PressDecember 2, 2016`: there the agency stands by the time
        let swapped = is_agency(person);
        let (person, publisher) = if swapped {
            (publisher, person.clone())
        } else {
            (person.clone(), publisher)
        };
        head.byline = Some(person);
        head.publisher = Some(publisher);
        head.units.extend(name_above);
        return;
    }
    // `Ann Lee 4 October 2022`, `Ann Lee · Daily News · 4 October 2022`
    if let Some(by) = by {
        let whole = person(time.before).is_some();
        head.signed = Some(credited(time.before, &by).to_owned());
        head.byline = Some(by);
        head.publisher = named.filter(|name| !whole && person(name).is_none());
        return;
    }
    head.units.extend(name_above.filter(|_| named.is_none()));
    let below = name_above.is_some_and(|above| above > top);
    printed_by(named, text_above(), below, head);
}

/// The name on the time's line, or the one above: the publisher, or who signed where that stands below the title.
fn printed_by(named: Option<String>, above: Option<String>, below: bool, head: &mut Head) {
    // `PTI` between title and time
    let alone = named.is_none();
    if let Some(agency) = above
        .as_deref()
        .filter(|name| alone && below && is_agency(name))
    {
        head.signed = head.signed.take().or_else(|| Some(agency.to_owned()));
        return;
    }
    // `Daily News avec AFP`
    let printed = named.or(above);
    if let Some((first, Some(helped))) = printed.as_deref().and_then(printer_with) {
        head.signed = head.signed.take().or_else(|| Some(helped.to_owned()));
        head.publisher = Some(first.to_owned());
        return;
    }
    // a person below the title
    let person = |name: &str| are_names(name) && !is_press(name) && !is_agency(name);
    if alone && below && printed.as_deref().is_some_and(person) {
        let alone = printed.as_deref().and_then(signer).map(str::to_owned);
        head.byline = head.byline.take().or(alone).or(printed);
        return;
    }
    head.publisher = printed;
}

fn byline(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    top: usize,
    region: &Range<usize>,
    head: &mut Head,
) {
    if head.byline.is_some() {
        return;
    }
    // without a title the head may start further up
    let reach = if head.title.is_some() { 2 } else { 6 };
    let low = top.saturating_sub(reach).max(bounds.start);
    let order = (top..region.start)
        .chain(low..top)
        .chain(region.clone().take(6));
    for index in order.clone() {
        let Some(unit) = units.get(index).filter(|unit| unit.kind == Kind::Byline) else {
            continue;
        };
        if let Some(name) = furniture::byline(&unit.text) {
            let agency = |text: &str| names_agency(text);
            let whole =
                (!agency(name) && agency(&unit.text)).then(|| unit.text.clone().into_owned());
            let (name, site) = split_site(name);
            let printer = printer_with(name);
            let helped = printer.and_then(|(_, helped)| helped);
            if printer.is_none() {
                let cleaned = || clean_byline(first_part(name));
                head.byline = Some(signer(name).map_or_else(cleaned, str::to_owned));
            }
            let signed = if printer.is_none() {
                Some(name)
            } else {
                helped
            };
            head.signed = whole.or_else(|| signed.map(str::to_owned));
            let site = site.or(printer.map(|(first, _)| first));
            if head.publisher.is_none() {
                head.publisher = site.map(str::to_owned);
            }
            head.units.push(index);
            return;
        }
    }
    for index in order.filter(|&index| index > top && index < region.start && index - top <= 8) {
        let short = units
            .get(index)
            .filter(|unit| unit.kind == Kind::Short && unit.chars <= 60 && unit.echoes == 1);
        let Some(unit) = short else { continue };
        // the line may name an agency without `By`: `Agency: ANP`, `News - ANP`
        if head.signed.is_none() && names_agency(&unit.text) {
            head.signed = Some(unit.text.clone().into_owned());
        }
        if index - top <= 4 && unit.marker == Marker::None && are_names(&unit.text) {
            let name = signer(&unit.text).unwrap_or(&unit.text).to_owned();
            head.signed = head.signed.take().or_else(|| Some(name.clone()));
            head.byline = Some(name);
            head.units.push(index);
            return;
        }
    }
    person_alone(units, top, region, head);
}

/// An agency on a line of its own, where a person has signed, too.
fn agency_alone(units: &[Unit<'_>], top: usize, region: &Range<usize>, head: &mut Head) {
    if head.byline.is_none() || head.signed.as_deref().is_some_and(names_agency) {
        return;
    }
    let wired =
        |unit: &&Unit<'_>| unit.kind == Kind::Short && unit.echoes == 1 && is_agency(&unit.text);
    let below = units
        .get(top + 1..region.start.min(top + 1 + NEAR))
        .unwrap_or_default();
    if let Some(unit) = below.iter().find(wired) {
        head.signed = Some(unit.text.clone().into_owned());
    }
}

/// A person on a line of its own in the head, or right below the text.
fn person_alone(units: &[Unit<'_>], top: usize, region: &Range<usize>, head: &mut Head) {
    let low = region
        .start
        .min(top + 1)
        .max(region.start.saturating_sub(NEAR));
    let below = region.end..region.end + 1;
    for index in (low..region.start).chain(below) {
        let short = |unit: &&Unit<'_>| {
            unit.kind == Kind::Short && unit.marker == Marker::None && unit.chars <= PERSON
        };
        let Some(unit) = units.get(index).filter(short) else {
            continue;
        };
        if let Some(name) = signer(&unit.text) {
            head.byline = Some(name.to_owned());
            head.signed = head
                .signed
                .take()
                .or_else(|| Some(credited(&unit.text, name).to_owned()));
            head.units.push(index);
            return;
        }
    }
}
