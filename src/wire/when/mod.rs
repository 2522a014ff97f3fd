//! Printed times → [`Published`]: relative ones against an anchor, those without a year or a zone by the contract's rules.
//!
//! Finding times on a page is in [`find`]; the words of all languages are data in `words.tsv`. No clock is read here.

mod calendar;
mod find;
mod grammar;
mod lexer;
mod may;
mod relative;
mod words;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};

use crate::article::{Moment, Published, TimeUnit};
use crate::memo::{Memo, remembered};
use grammar::{Clock, Day, Reading};
use words::Zone;

pub use find::{Glued, find_glued, find_in, find_time};
pub(crate) use find::{Held, find_near, is_named_day};

/// Reads a printed time in any of the known forms and languages.
///
/// `anchor` is when the page was fetched: relative times, times without a year and a clock alone need it. `zone` holds
/// where none is printed. [`Published::at`] is `None` where the text is no time, where the anchor is missing, and where
/// day and month could be swapped (`03-04-2025`) unless one of the two days lies after the anchor.
#[must_use]
pub fn published(raw: &str, anchor: Option<Moment>, zone: &TimeZone) -> Published {
    let kept = Published {
        raw: Some(raw.to_owned()),
        ..Published::default()
    };
    // by far the most common form in records
    if let Some(at) = Moment::parse(raw) {
        return Published {
            at: Some(at),
            ..kept
        };
    }
    let Some(reading) = remembered(&READINGS, raw, || find::whole(raw).map(|found| found.1)) else {
        return kept;
    };
    let unit = match reading {
        Reading::Ago { unit, .. } => Some(unit),
        Reading::Back { clock: None, .. } => Some(TimeUnit::Day),
        _ => None,
    };
    Published {
        at: resolve(reading, anchor, zone),
        unit,
        ..kept
    }
}

/// Printed times of which a thread remembers what they say: lists print few different ones.
const REMEMBERED: usize = 1 << 10;

thread_local! {
    static READINGS: RefCell<Memo<Option<Reading>>> = const { RefCell::new(Memo::new(REMEMBERED)) };
}

fn resolve(reading: Reading, anchor: Option<Moment>, zone: &TimeZone) -> Option<Moment> {
    match reading {
        Reading::Ago { amount, unit, .. } => ago(amount, unit, anchor?, zone),
        Reading::Back { days, clock } => {
            let day = local(anchor?, zone)?
                .date()
                .checked_sub(Span::new().try_days(days).ok()?)
                .ok()?;
            at(day, clock, None, zone)
        }
        Reading::Day {
            day,
            clock,
            zone: printed,
        } => {
            let date = calendar_day(day, anchor, zone)?;
            at(date, clock, printed, zone)
        }
        Reading::Clock {
            clock,
            zone: printed,
        } => last_clock(clock, printed, anchor?, zone),
    }
}

/// So long before the anchor. From a day on, the result is a day: more is not known.
fn ago(amount: i64, unit: TimeUnit, anchor: Moment, zone: &TimeZone) -> Option<Moment> {
    let seconds = match unit {
        TimeUnit::Second => 1,
        TimeUnit::Minute => 60,
        TimeUnit::Hour => 3600,
        _ => {
            let span = match unit {
                TimeUnit::Day => Span::new().try_days(amount),
                TimeUnit::Week => Span::new().try_weeks(amount),
                TimeUnit::Month => Span::new().try_months(amount),
                _ => Span::new().try_years(amount),
            };
            let day = local(anchor, zone)?.date().checked_sub(span.ok()?).ok()?;
            return Some(Moment::day(day));
        }
    };
    // three hours before some time of a day may be the day before
    if anchor.day_only {
        return None;
    }
    Some(Moment {
        seconds: anchor.seconds - amount * seconds,
        day_only: false,
    })
}

/// The day of the calendar: a missing year is that of the latest such day not after the anchor.
fn calendar_day(day: Day, anchor: Option<Moment>, zone: &TimeZone) -> Option<Date> {
    let today = anchor.and_then(|at| local(at, zone)).map(DateTime::date);
    let Some(year) = day.year else {
        let today = today?;
        // four years back reach a 29th of February, but for the turn of a century
        return (0..=8)
            .filter_map(|back| Date::new(today.year() - back, day.month, day.number).ok())
            .find(|date| *date <= today);
    };
    let date = Date::new(year, day.month, day.number).ok();
    if !day.swappable {
        return date;
    }
    let swapped = Date::new(year, day.number, day.month).ok();
    // zones differ by up to a day
    let latest = today?.checked_add(1.day()).ok()?;
    match (
        date.filter(|d| *d <= latest),
        swapped.filter(|d| *d <= latest),
    ) {
        (Some(only), None) | (None, Some(only)) => Some(only),
        _ => None,
    }
}

/// The latest such clock not after the anchor.
fn last_clock(
    clock: Clock,
    printed: Option<Zone>,
    anchor: Moment,
    zone: &TimeZone,
) -> Option<Moment> {
    if anchor.day_only {
        return None;
    }
    let zone = &zone_of(printed, zone)?;
    let today = local(anchor, zone)?.date();
    [today, today.yesterday().ok()?]
        .into_iter()
        .filter_map(|day| at(day, Some(clock), None, zone))
        .find(|moment| moment.seconds <= anchor.seconds)
}

fn at(day: Date, clock: Option<Clock>, printed: Option<Zone>, zone: &TimeZone) -> Option<Moment> {
    let Some(clock) = clock else {
        return Some(Moment::day(day));
    };
    let time = Time::new(clock.hour, clock.minute, clock.second, 0).ok()?;
    let stamp = zone_of(printed, zone)?
        .to_timestamp(day.to_datetime(time))
        .ok()?;
    Some(Moment::at(stamp))
}

fn zone_of(printed: Option<Zone>, zone: &TimeZone) -> Option<TimeZone> {
    match printed {
        None => Some(zone.clone()),
        Some(Zone::Named(name)) => TimeZone::get(name).ok(),
        Some(Zone::Offset(minutes)) => Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed),
    }
}

/// The moment on the zone's calendar; a day stays the day that it is.
fn local(moment: Moment, zone: &TimeZone) -> Option<DateTime> {
    let stamp = Timestamp::from_second(moment.seconds).ok()?;
    let zone = if moment.day_only {
        &TimeZone::UTC
    } else {
        zone
    };
    Some(zone.to_datetime(stamp))
}

/// Whether the text is a day, with or without a year and a clock: `Aug 17`, `18 jun`, `26 августа`, `10 août 2015`.
pub(crate) fn is_day(text: &str) -> bool {
    matches!(find::whole(text), Some((_, Reading::Day { .. })))
}

/// Whether the text is a clock: `15:44 Uhr`, `10:22 am`.
pub(crate) fn is_clock(text: &str) -> bool {
    matches!(find::whole(text), Some((_, Reading::Clock { .. })))
}

/// Whether the text is the name of a day of the week.
pub(crate) fn is_weekday(text: &str) -> bool {
    words::meaning(text).is_some_and(|m| m.marks.has(words::Mark::Weekday))
}
