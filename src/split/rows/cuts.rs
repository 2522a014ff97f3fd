//! The ways to cut a line into headline, publisher and time, by the signs that part them, by its link, by the capitals of a
//! name.

use std::cell::RefCell;
use std::ops::Range;

use super::times::{has_digit, time, time_in_words};
use super::{Cut, Place, Side, part};
use crate::memo::{Memo, remembered};
use crate::split::fold::measure;
use crate::split::furniture;
use crate::split::press;
use crate::split::signed::is_agency;
use crate::split::signs::{Sign, signs, trim};
use crate::split::unit::{Unit, is_name};
use crate::wire::when::find_time;

fn is_title(text: &str) -> bool {
    let (chars, words) = measure(text);
    words >= 3 && chars >= 9 && furniture::byline(text).is_none()
}

/// A name as pages print it: with a capital, a digit or a domain.
fn names(text: &str) -> bool {
    let first = text.chars().next();
    let domain = || text.contains('.') && !text.contains(' ');
    let starts = first.is_some_and(|c| !c.is_lowercase()) || domain() || is_agency(text);
    let short = text.split_whitespace().count() <= 5 && text.chars().count() <= 40;
    starts && short && is_name(text) && find_time(text).is_none()
}

/// Lines of which a thread remembers whether they print a time.
const REMEMBERED: usize = 1 << 12;

thread_local! {
    static TIMED: RefCell<Memo<bool>> = const { RefCell::new(Memo::new(REMEMBERED)) };
}

/// The ways to cut a line into headline, publisher and time.
pub(super) fn cuts(unit: &Unit<'_>) -> Vec<Cut> {
    let text = &*unit.text;
    // most items of lists print no time, and pages of a batch share many
    let timed = || {
        let signs = signs(text);
        // without a digit a time is a part of its own: `an hour ago`
        let may = signs.len() >= 2 || has_digit(text);
        may && time(text, 0..text.len(), &signs).is_some()
    };
    if unit.link.is_none() && !remembered(&TIMED, text, timed) {
        return Vec::new();
    }
    let signs = signs(text);
    if let Some(link) = unit.link.as_ref().filter(|link| link.len() < text.len())
        && is_title(part(unit, link))
        && find_time(part(unit, link)).is_none()
    {
        return linked(text, link, &signs).into_iter().collect();
    }
    let Some((place, time)) = time(text, 0..text.len(), &signs) else {
        return Vec::new();
    };
    let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let fits = |pair: &Pair| is_title(at(&pair.2)) && names(at(&pair.3));
    let pairs = pairs(text, &signs, place, &time).into_iter().filter(fits);
    pairs
        .map(|(sign, side, title, name)| Cut {
            layout: (place, sign, side),
            title,
            name,
            time: time.clone(),
        })
        .collect()
}

/// The cut of a line whose time is in words, as the capitals or the table of publishers tell the name in front of it.
pub(super) fn worded(text: &str) -> Option<Cut> {
    let time = time_in_words(text)?;
    let pairs = pairs(text, &[], Place::Last, &time);
    let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let (sign, side, title, name) = pairs.into_iter().next()?;
    (is_title(at(&title)) && names(at(&name))).then_some(Cut {
        layout: (Place::Last, sign, side),
        title,
        name,
        time,
    })
}

/// Signs behind a time in the middle of a line whose last part is a headline.
const MORE: usize = 2;

/// What parts headline and name, on which side the name stands, and both.
type Pair = (Sign, Side, Range<usize>, Range<usize>);

/// The ways to part what stands beside the time.
fn pairs(
    text: &str,
    signs: &[(Range<usize>, Sign)],
    place: Place,
    time: &Range<usize>,
) -> Vec<Pair> {
    let (left, right) = (trim(text, 0..time.start), trim(text, time.end..text.len()));
    if place == Place::Middle {
        let sign = signs.iter().find(|sign| sign.0.start >= time.end);
        let sign = sign.map_or(Sign::Wide, |sign| sign.1);
        // `Daily News | 3 May 2024 | World | Reach: 3M | Page 2`: what stands behind is no headline
        let more = signs
            .iter()
            .filter(|own| own.1 == sign && own.0.start >= time.end);
        if more.count() > MORE {
            return Vec::new();
        }
        return vec![
            (sign, Side::Left, right.clone(), left.clone()),
            (sign, Side::Right, left, right),
        ];
    }
    let rest = if left.is_empty() { right } else { left };
    let inside = |sign: &&(Range<usize>, Sign)| sign.0.start > rest.start && sign.0.end < rest.end;
    let inner: Vec<&(Range<usize>, Sign)> = signs.iter().filter(inside).collect();
    let mut kinds: Vec<Sign> = inner.iter().map(|sign| sign.1).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut pairs = Vec::new();
    for kind in kinds {
        let mut own = inner.iter().filter(|sign| sign.1 == kind);
        let Some(first) = own.next() else { continue };
        let last = own.next_back().unwrap_or(first);
        let parts = |sign: &Range<usize>| {
            let before = trim(text, rest.start..sign.start);
            (before, trim(text, sign.end..rest.end))
        };
        let (title, name) = parts(&last.0);
        pairs.push((kind, Side::Right, title, name));
        let (name, title) = parts(&first.0);
        pairs.push((kind, Side::Left, title, name));
    }
    let own = text.get(rest.clone()).unwrap_or("");
    if let Some(at) = glue(own).filter(|_| place == Place::Last) {
        let at = rest.start + at;
        pairs.push((Sign::Glue, Side::Right, rest.start..at, at..rest.end));
    }
    let at = press::behind(own).or_else(|| capitals(own));
    if let Some(at) = at.filter(|_| place == Place::Last) {
        let at = rest.start + at;
        let (title, name) = (trim(text, rest.start..at), trim(text, at..rest.end));
        pairs.push((Sign::Capitals, Side::Right, title, name));
    }
    pairs
}

/// A line whose link is its headline: publisher and time are what stands around it.
fn linked(text: &str, link: &Range<usize>, signs: &[(Range<usize>, Sign)]) -> Option<Cut> {
    let (left, right) = (trim(text, 0..link.start), trim(text, link.end..text.len()));
    let outside = if left.is_empty() {
        right.clone()
    } else {
        left.clone()
    };
    let own: Vec<(Range<usize>, Sign)> = signs
        .iter()
        .filter(|(range, _)| range.start >= outside.start && range.end <= outside.end)
        .cloned()
        .collect();
    let (place, time, name) = if left.is_empty() || right.is_empty() {
        let (_, time) = time(text, outside.clone(), &own)?;
        let (before, after) = (
            trim(text, outside.start..time.start),
            trim(text, time.end..outside.end),
        );
        let place = if left.is_empty() {
            Place::Last
        } else {
            Place::First
        };
        (place, time, if before.is_empty() { after } else { before })
    } else if find_time(text.get(left.clone())?).is_some() {
        (Place::First, left, right)
    } else {
        find_time(text.get(right.clone())?)?;
        (Place::Last, right, left)
    };
    let side = if name.start < link.start {
        Side::Left
    } else {
        Side::Right
    };
    names(text.get(name.clone())?).then_some(Cut {
        layout: (place, Sign::Link, side),
        title: link.clone(),
        name,
        time,
    })
}

/// Where a name starts that is glued to the last word of a headline: `Rain floods the old townDaily News`.
fn glue(text: &str) -> Option<usize> {
    let spaces = text.rmatch_indices(' ').map(|(at, _)| at + 1);
    let low = spaces.take(CAPITALS).last()?;
    let mut before = ' ';
    let glued = |(_, c): &(usize, char)| {
        std::mem::replace(&mut before, *c).is_lowercase() && c.is_uppercase()
    };
    let at = text.get(low..)?.char_indices().find(glued)?.0 + low;
    // `McDonald`
    let first = text.get(..at)?.rsplit(' ').next()?;
    (first.len() > 3).then_some(at)
}

/// Words of a name that only its capitals tell.
const CAPITALS: usize = 4;

/// Where a name starts at the end of a headline that is not written in capitals: `Rain floods the old town Daily News`.
fn capitals(text: &str) -> Option<usize> {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let small = text
        .rmatch_indices(' ')
        .take(CAPITALS)
        .take_while(|&(at, _)| text.get(at + 1..).is_some_and(capital))
        .map(|(at, _)| at)
        .last()?;
    let before = text.get(..small)?.rsplit(' ').next()?;
    before.starts_with(char::is_lowercase).then_some(small)
}
