//! Datelines at the start of a line: `LONDON/KYIV/WASHINGTON, Aug 17 (Reuters) – `, `WASHINGTON, May 12 (AFP) -- `,
//! `AP - `, `(ANSA) - Rome, October 11 - `, `МОСКВА, 26 августа. /ТАСС/. `, `PUTRAJAYA, Nov 22 — `.
//!
//! A scanner by hand: it looks at the first bytes of a line, and most lines are refused at the first look.

use super::agency::{Tag, lookup, tag};
use super::chain;
use super::dash::{alone, dash, first_dash, lost_dash, skip_spaces};
use super::place::{Likeness, is_known, is_stopped, likeness};
use super::when::is_day;
use memchr::{memchr, memchr2};

/// A dateline found at the start of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dateline<'a> {
    /// Place and day, without tag and dash.
    pub(super) place: Option<&'a str>,
    /// The tag, if there is one that says something.
    pub(super) tag: Option<Tag<'a>>,
    /// A byline on the same line before it (`By Ann Lee NEW YORK (Reuters) – `), without `By`.
    pub(super) byline: Option<&'a str>,
    /// Byte of the line where the text starts.
    pub(super) end: usize,
}

/// The furthest that a tag or a dash may stand from the start of its line.
const REACH: usize = 160;

/// A dateline with the tag of a known agency: it stands for itself on any line.
pub(super) fn known(line: &str) -> Option<Dateline<'_>> {
    let found = tagged(line).or_else(|| agency_first(line))?;
    matches!(found.tag, Some(Tag::Known(_))).then_some(found)
}

/// Any dateline: also with an unknown or empty tag, or bare. Only for the line where the text begins.
pub(super) fn any(line: &str) -> Option<Dateline<'_>> {
    tagged(line)
        .or_else(|| agency_first(line))
        .or_else(|| bracketed(line))
        .or_else(|| chain::dateline(line))
        .or_else(|| bare(line))
        .or_else(|| dash_lost(line))
}

/// A bare dateline that is beyond doubt: a place of the table in capitals and a dash, with a paragraph behind.
pub(super) fn sure(line: &str) -> Option<Dateline<'_>> {
    let found = bare(line).filter(|_| line.len() >= 80)?;
    let place = found.place?;
    let dashed = !line.get(..found.end)?.contains(':');
    (dashed && capitals_first(place) && likeness(place) == Some(Likeness::Known)).then_some(found)
}

/// `PLACE, DAY (TAG) DASH`; all but the tag may be missing.
fn tagged(line: &str) -> Option<Dateline<'_>> {
    let reach = line.as_bytes().get(..REACH).unwrap_or(line.as_bytes());
    let open = memchr2(b'(', b'/', reach)?;
    match reach.get(open)? {
        // `Town (State) [Country], May 3 (AGENCY): `
        b'(' => round(line, open)
            .or_else(|| round(line, open + 1 + memchr(b'(', reach.get(open + 1..)?)?)),
        // the slash of `LONDON/KYIV`
        _ => slashed(line, open).or_else(|| round(line, memchr(b'(', reach)?)),
    }
}

fn round(line: &str, open: usize) -> Option<Dateline<'_>> {
    let inside = line.get(open + 1..)?;
    let inside = inside.get(..floor(inside, 64))?;
    let length = memchr(b')', inside.as_bytes())?;
    let text = inside.get(..length)?.trim();
    let before = line.get(..open)?.trim();
    let after = open + length + 2;
    let end = dash(line, after);
    if text.is_empty() {
        // a tag that someone stripped
        let place = place_of(before)?;
        return (likeness(place)? >= Likeness::Capitals).then_some(Dateline {
            place: Some(place),
            tag: None,
            byline: None,
            end: end?,
        });
    }
    match tag(text) {
        Tag::Unknown(text) => stranger(before, text, end?),
        found => {
            let head = head(before)?;
            let end = end
                .or_else(|| lost_dash(line, after, head.place))
                .or_else(|| alone(line, after, head.place, text))?;
            let found = Dateline {
                tag: Some(found),
                end,
                ..head
            };
            Some(place_behind(line, found))
        }
    }
}

/// `(ANSA) - MILANO, 16 MAG - `: the place behind the agency.
fn place_behind<'a>(line: &'a str, found: Dateline<'a>) -> Dateline<'a> {
    let open = found
        .place
        .is_none_or(|place| place.bytes().any(|b| b.is_ascii_digit()) && !place.contains(','));
    let place = || {
        let rest = line.get(found.end..)?;
        let at = first_dash(rest.get(..floor(rest, 60))?)?;
        let place = place_of(rest.get(..at)?)?;
        let good = likeness(place)? >= Likeness::Dated && !rest.get(at..)?.starts_with(':');
        good.then_some(Dateline {
            place: Some(place),
            end: dash(line, found.end + at)?,
            ..found
        })
    };
    open.then(place).flatten().unwrap_or(found)
}

/// The parts before a known tag: `By Ann Lee NEW YORK, May 3`.
fn head(before: &str) -> Option<Dateline<'_>> {
    let empty = Dateline {
        place: None,
        tag: None,
        byline: None,
        end: 0,
    };
    if before.is_empty() {
        return Some(empty);
    }
    if let Some(rest) = by(before) {
        let start = capitals_at_end(rest);
        let (names, place) = rest.split_at_checked(start)?;
        return Some(Dateline {
            byline: Some(names.trim_end_matches(['=', ' ', ',', '-', '–', '—']))
                .filter(|n| !n.is_empty()),
            place: place_of(place),
            ..empty
        });
    }
    let place = place_of(before)?;
    // `Wien. (apa)`
    let place = place
        .strip_suffix('.')
        .filter(|cut| is_known(cut))
        .unwrap_or(place);
    likeness(place)?;
    Some(Dateline {
        place: Some(place),
        ..empty
    })
}

/// A tag that is in no table: only behind something that is clearly a place, or alone and written like a name.
fn stranger<'a>(before: &'a str, text: &'a str, end: usize) -> Option<Dateline<'a>> {
    let bare = Dateline {
        place: None,
        tag: None,
        byline: None,
        end,
    };
    let named = text.chars().count() >= 2
        && text.len() <= 32
        && text.split(' ').count() <= 4
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || " .&/'-".contains(c))
        && !is_stopped(text);
    if before.is_empty() {
        // `(Guantanamo Bay Navy Base, Cuba) -- `
        if text.contains(',') || is_known(text) {
            return (likeness(text)? >= Likeness::Name).then_some(Dateline {
                place: Some(text),
                ..bare
            });
        }
        return (named && text.split(' ').count() <= 2).then_some(Dateline {
            tag: Some(Tag::Unknown(text)),
            ..bare
        });
    }
    let place = place_of(before)?;
    let place_like = likeness(place)? >= Likeness::Capitals && !is_stopped(place);
    (named && place_like).then_some(Dateline {
        place: Some(place),
        tag: Some(Tag::Unknown(text)),
        ..bare
    })
}

/// `MOSCOW, January 21. /TASS/. `
fn slashed(line: &str, open: usize) -> Option<Dateline<'_>> {
    let inside = line.get(open + 1..)?;
    let length = memchr(
        b'/',
        inside.as_bytes().get(..24).unwrap_or(inside.as_bytes()),
    )?;
    let Tag::Known(name) = tag(inside.get(..length)?) else {
        return None;
    };
    let place = place_of(line.get(..open)?.trim().trim_end_matches('.'))?;
    likeness(place)?;
    let after = open + length + 2;
    let end = dash(line, after).or_else(|| {
        let rest = line.get(after..)?;
        Some(after + rest.len() - rest.trim_start_matches(['.', ' ', '\u{a0}']).len())
    })?;
    Some(Dateline {
        place: Some(place),
        tag: Some(Tag::Known(name)),
        byline: None,
        end,
    })
}

/// `AP - `, `CNN — `, `(ANSA) - Rome, October 11 - `, `By IANS, Hyderabad: `.
fn agency_first(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, REACH))?;
    if let Some(rest) = by(reach) {
        // an agency signs, and a place stands behind it
        let (name, place) = rest.split_once(", ")?;
        let colon = place.find(": ")?;
        let place = place.get(..colon)?;
        let agency = lookup(name)?;
        likeness(place)?;
        // `rest` is the end of `reach`
        let end = reach.len() - rest.len() + name.len() + 2 + colon;
        return Some(Dateline {
            place: Some(place),
            tag: Some(tag(agency.name)),
            byline: None,
            end: dash(line, end)?,
        });
    }
    let length = reach
        .find(|c: char| !(c.is_alphabetic() || c == '-' || c == '.'))
        .filter(|length| (2..=24).contains(length))?;
    // a colon behind a name is somebody's statement
    let end =
        dash(line, length).filter(|_| !reach.get(length..).is_some_and(|r| r.starts_with(':')))?;
    let Tag::Known(name) = tag(reach.get(..length)?) else {
        return None;
    };
    Some(Dateline {
        place: None,
        tag: Some(Tag::Known(name)),
        byline: None,
        end,
    })
}

/// `[SINGAPORE] `.
fn bracketed(line: &str) -> Option<Dateline<'_>> {
    let inside = line.strip_prefix('[')?;
    let length = memchr(
        b']',
        inside.as_bytes().get(..40).unwrap_or(inside.as_bytes()),
    )?;
    let place = inside.get(..length)?;
    let known = is_known(place) && !place.chars().any(char::is_lowercase);
    let end = length + 2;
    known.then(|| Dateline {
        place: Some(place),
        tag: None,
        byline: None,
        end: dash(line, end).unwrap_or_else(|| skip_spaces(line, end)),
    })
}

/// `PUTRAJAYA, Nov 22 — `, `SINGAPORE: `, `London/Teheran - `, `МОСКВА, 26 авг — РИА Новости. `
pub(super) fn bare(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, 72))?;
    let at = first_dash(reach)?;
    let place = place_of(reach.get(..at)?)?;
    let kind = likeness(place)?;
    let colon = reach.get(at..)?.starts_with(':');
    let capitals = capitals_first(place);
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let words = place.split([' ', '/']).count();
    let day_alone = || is_day(place) && reach.get(at..).is_some_and(|r| r.starts_with("--"));
    let good = match kind {
        Likeness::Known => capitals || !colon && is_place_only(place),
        Likeness::Dated => (capitals || day_alone()) && !is_stopped(place),
        Likeness::Capitals => !colon && letters >= 4 && words <= 3 && !is_stopped(place),
        Likeness::Name => false,
    };
    if !good {
        return None;
    }
    let mut found = Dateline {
        place: Some(place),
        tag: None,
        byline: None,
        end: dash(line, at)?,
    };
    // the agency behind the dash, closed by a full stop
    let rest = line.get(found.end..)?;
    if let Some(stop) = rest.get(..floor(rest, 40))?.find(". ")
        && let Tag::Known(name) = tag(rest.get(..stop)?)
    {
        found.tag = Some(Tag::Known(name));
        found.end += stop + 2;
    }
    // `July 13--WASHINGTON -- `
    Some(if kind == Likeness::Dated {
        place_behind(line, found)
    } else {
        found
    })
}

/// `AMSTERDAM  Cyclist …`, `SAN FRANCISCO Venture …`: a known place in capitals before a word that is not.
fn dash_lost(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, 40))?;
    let mut end = 0;
    for word in reach.split_inclusive(' ') {
        let capitals = word.chars().all(|c| !c.is_lowercase()) && word.trim().chars().count() > 1;
        if !capitals {
            break;
        }
        end += word.len();
    }
    let place = reach.get(..end)?.trim_end();
    let next = line.get(end..)?.trim_start();
    let mut letters = next.chars();
    let goes_on = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    let fits = place.len() >= 4 && goes_on && line.len() >= 60 && is_known(place);
    fits.then(|| Dateline {
        place: Some(place),
        tag: None,
        byline: None,
        end: skip_spaces(line, end),
    })
}

/// Without the signs around it.
pub(super) fn place_of(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | '—' | '*' | '•' | '_')
    });
    // the full stop behind a day; that of `Wash.` belongs to it
    let text = match text.strip_suffix('.') {
        Some(cut) if cut.ends_with(|c: char| c.is_ascii_digit()) => cut,
        _ => text,
    };
    (!text.is_empty()).then_some(text)
}

fn capitals_first(place: &str) -> bool {
    let first = place.split(',').next().unwrap_or(place);
    let first = first.split('[').next().unwrap_or(first);
    first.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !first.chars().any(char::is_lowercase)
}

/// Every place of `A/B` is in the table, and nothing but a region or a day stands with it.
fn is_place_only(place: &str) -> bool {
    let first = place.split(',').next().unwrap_or(place);
    first.split('/').all(is_known)
}

/// Where the place in capitals starts at the end of `Ann Lee NEW YORK, May 3`; the length if there is none.
fn capitals_at_end(text: &str) -> usize {
    let first = text.split(',').next().unwrap_or(text);
    let mut start = text.len();
    let mut at = first.len();
    for word in first.rsplit(' ') {
        at = at.saturating_sub(word.len());
        let capitals = word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && !word.chars().any(char::is_lowercase);
        if !capitals {
            break;
        }
        start = at;
        at = at.saturating_sub(1);
    }
    start
}

/// Behind `By `, in any of its cases.
pub(super) fn by(text: &str) -> Option<&str> {
    ["By ", "BY ", "by ", "By: "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map(str::trim_start)
}

/// The last character bound at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
