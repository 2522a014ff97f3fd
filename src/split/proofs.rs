//! What only the other lines of a page prove of one: that a number in front is a rank, that `5h` behind a name is a time, that
//! the words behind a time are a name, that a reader comments.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use super::block::name_in;
use super::fold::fold;
use super::kind::Kind;
use super::label::Effect;
use super::line::Marker;
use super::look::Traits;
use super::phrases::{Phrase, phrases};
use super::press::is_press;
use super::time::{Spans, is_long, short_form, words};
use super::unit::Unit;

/// Ranks in front of the titles of a list (`1 Title`, `2 Title`, `3 Title`): three in a row prove them.
pub(super) fn strip_ranks(units: &mut [Unit<'_>]) {
    let rank = |unit: &Unit<'_>| {
        if !unit.text.as_bytes().first()?.is_ascii_digit() {
            return None;
        }
        let digits = unit.text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = unit.text.get(digits..)?;
        let spaced = rest.starts_with(' ') && unit.kind == Kind::Short;
        (digits <= 2 && spaced)
            .then(|| unit.text.get(..digits)?.parse::<u32>().ok())
            .flatten()
    };
    let ranks: Vec<Option<u32>> = units.iter().map(rank).collect();
    if ranks.iter().all(Option::is_none) {
        return;
    }
    let follows = |at: usize| matches!((ranks.get(at), ranks.get(at + 1)), (Some(Some(one)), Some(Some(two))) if one + 1 == *two);
    let ranked: Vec<usize> = (0..units.len())
        .filter(|&at| {
            let back = |steps: usize| at.checked_sub(steps).is_some_and(follows);
            let numbered = ranks.get(at).is_some_and(Option::is_some)
                && units
                    .get(at)
                    .is_some_and(|unit| unit.marker == Marker::Number);
            numbered || follows(at) && (follows(at + 1) || back(1)) || back(1) && back(2)
        })
        .collect();
    for at in ranked {
        let Some(unit) = units.get_mut(at) else {
            continue;
        };
        let rest = unit
            .text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .to_owned();
        let gone = unit.text.len() - rest.len();
        unit.link = unit.link.take().filter(|link| link.start >= gone);
        unit.link = unit
            .link
            .take()
            .map(|link| link.start - gone..link.end - gone);
        unit.key = xxh3_64(fold(&rest).as_bytes());
        unit.marker = Marker::Number;
        unit.traits = Traits::of(&rest, &rest.to_lowercase());
        unit.text = Cow::Owned(rest);
    }
}

/// Units below a time in which the text starts.
const HEAD: usize = 10;

/// What elsewhere ends an article stands in its head, too: a button `Comments`, the owner of a picture. There it means nothing.
pub(super) fn ends_in_head(units: &mut [Unit<'_>]) {
    let is_time = |kind: Kind| matches!(kind, Kind::Time | Kind::Ticker | Kind::Byline);
    for at in 0..units.len() {
        if units[at].kind != Kind::Label(Effect::End) {
            continue;
        }
        // a dek may stand above
        let low = at.saturating_sub(HEAD);
        let prose = units[low..at]
            .iter()
            .filter(|unit| unit.kind == Kind::Prose);
        if prose.count() > 1 {
            continue;
        }
        let timed = units[low..at].iter().any(|unit| is_time(unit.kind));
        let below = units[at + 1..].iter().take(HEAD);
        let mut below = below.skip_while(|unit| {
            matches!(
                unit.kind,
                Kind::Label(Effect::End | Effect::Furniture | Effect::More)
            ) || matches!(
                unit.kind,
                Kind::Caption | Kind::Count | Kind::Byline | Kind::Time
            )
        });
        if timed && below.next().is_some_and(|unit| unit.kind == Kind::Prose) {
            units[at].kind = Kind::Label(Effect::Furniture);
        }
    }
}

/// A reader's comment ends the article above it: `Ann Lee says:` with a time right below.
pub(super) fn comments(units: &mut [Unit<'_>]) {
    for at in 1..units.len() {
        let says = |unit: &Unit<'_>| {
            let opens =
                unit.kind == Kind::Short && unit.text.ends_with(':') && unit.words <= COMMENT;
            opens
                && phrases(Phrase::Says)
                    .iter()
                    .any(|says| unit.text.ends_with(says))
        };
        if units[at].kind == Kind::Time && says(&units[at - 1]) {
            units[at - 1].kind = Kind::Label(Effect::End);
            units[at].kind = Kind::Label(Effect::Furniture);
        }
    }
}

/// Minutes without `ago` are the length of a text where the page prints other times beside them.
pub(super) fn reading_times(units: &mut [Unit<'_>]) {
    let minutes = |unit: &Unit<'_>| {
        unit.kind == Kind::Time
            && unit.chars <= 8
            && unit.timed().is_some_and(|time| {
                let unit = time
                    .raw
                    .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                time.before.is_empty()
                    && time.after.is_empty()
                    && matches!(unit, "min" | "min." | "Min" | "Min." | "MIN")
            })
    };
    let lengths: Vec<usize> = (0..units.len()).filter(|&at| minutes(&units[at])).collect();
    if lengths.is_empty() {
        return;
    }
    let times = units.iter().filter(|unit| unit.kind == Kind::Time).count() - lengths.len();
    if times * 2 >= lengths.len() {
        for at in lengths {
            units[at].kind = Kind::Count;
        }
    }
}

/// Words of the line that says who comments.
const COMMENT: u32 = 6;

/// Short forms of times behind names (`Daily News 5h`) count where a page has several.
pub(super) fn short_times(units: &mut [Unit<'_>]) {
    let found: Vec<(usize, Spans)> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind == Kind::Short && unit.chars <= 48)
        .filter(|(_, unit)| unit.traits.has(Traits::SHORT_TIME))
        .filter_map(|(index, unit)| Some((index, short_form(&unit.text)?)))
        .collect();
    // those that other signs tell prove the rest
    let told = units
        .iter()
        .filter(|unit| unit.kind == Kind::Time && unit.traits.has(Traits::SHORT_TIME))
        .take(3);
    if found.is_empty() || found.len() + told.count() < 3 {
        return;
    }
    for (index, spans) in found {
        if let Some(unit) = units.get_mut(index) {
            unit.kind = Kind::Time;
            unit.time = Some(spans);
        }
    }
}

/// Lines one below the other that end in a time, in a script without spaces.
const ROWS: usize = 3;

/// A long text and a time on one line are headline and time where several such lines touch; alone they may be a name and its
/// time. Other scripts part the two by a sign.
pub(super) fn titles_in_front(units: &mut [Unit<'_>]) {
    let row = |unit: &Unit<'_>| {
        let time = (unit.kind == Kind::Time).then(|| unit.timed()).flatten();
        time.is_some_and(|time| {
            time.after.is_empty() && words(time.before) < 5 && is_long(time.before)
        })
    };
    if units.windows(ROWS).any(|rows| rows.iter().all(row)) {
        for unit in units.iter_mut().filter(|unit| row(unit)) {
            unit.kind = Kind::Ticker;
        }
    }
}

/// Words of a headline that ends in a day.
const DATED: usize = 2;

/// A headline that ends in a day (`Harbour report 20 April 2022`) looks like a name and a time. With a time alone on the line
/// below it is a headline, where it is marked as one or others of the page stand above times in the same way.
pub(super) fn dated_titles(units: &mut [Unit<'_>]) {
    let whole = |unit: &Unit<'_>| {
        let time = (unit.kind == Kind::Time).then(|| unit.timed()).flatten();
        time.is_some_and(|time| time.before.is_empty() && time.after.is_empty())
    };
    let dated = |unit: &Unit<'_>| {
        let time = (unit.kind == Kind::Time).then(|| unit.timed()).flatten();
        time.is_some_and(|time| {
            let day = time.after.is_empty() && time.raw.ends_with(|c: char| c.is_ascii_digit());
            day && time.sign.is_empty() && words(time.before) >= DATED && !is_press(time.before)
        })
    };
    let titled = |marker: Marker| {
        let same = |pair: &&[Unit<'_>]| {
            pair[0].marker == marker && pair[0].is_full_title() && whole(&pair[1])
        };
        units.windows(2).filter(same).take(2).count() == 2
    };
    let found: Vec<usize> = units
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| dated(&pair[0]) && whole(&pair[1]))
        .filter(|(_, pair)| matches!(pair[0].marker, Marker::Heading(_)) || titled(pair[0].marker))
        .map(|(at, _)| at)
        .collect();
    for at in found {
        if let Some(unit) = units.get_mut(at) {
            unit.kind = Kind::Short;
            unit.time = None;
        }
    }
}

/// Words of a name that stands behind a time.
const NAME: usize = 4;

/// A time with some words behind a sign (`3 hours ago | The Evening Courier`) may open a headline or name a publisher. Where
/// they stand apart from each other and most are short, they are names.
pub(super) fn names_behind(units: &mut [Unit<'_>]) {
    let parted = |unit: &Unit<'_>| {
        unit.kind == Kind::Ticker && unit.timed().is_some_and(|time| time.before.is_empty())
    };
    let tickers: Vec<usize> = (0..units.len())
        .filter(|&at| units.get(at).is_some_and(parted))
        .collect();
    let named: Vec<usize> = tickers
        .iter()
        .copied()
        .filter(|&at| {
            let time = units.get(at).and_then(Unit::timed);
            time.is_some_and(|time| name_in(&time).is_some() && words(time.after) <= NAME)
        })
        .collect();
    let touching = tickers
        .windows(2)
        .filter(|pair| pair[0] + 1 == pair[1])
        .count();
    if named.len() * 3 < tickers.len() * 2 || touching * 3 > tickers.len() {
        return;
    }
    for at in named {
        if let Some(unit) = units.get_mut(at) {
            unit.kind = Kind::Time;
        }
    }
}
