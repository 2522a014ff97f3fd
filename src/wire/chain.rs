//! Datelines whose agency is a link in a chain of place, day and name, in whatever order a house prints them:
//! `Москва. 3 марта. INTERFAX.RU - `, `Berlin. dpa. `, `Tehran, IRNA – `, `PTI, New Delhi, Mar 3: `, `dpa Berlin. `,
//! `(dpa) Die …`, `القاهرة (رويترز) - `, `/ritzau/ Byen …`; and those of a place and a day closed by a full stop, `Lima, mar. 3. La …`.
//!
//! Only for the line where a text begins, and only with a name of the table.

use super::agency::{self, Kind, Tag, lookup};
use super::dash::{dash, first_dash};
use super::dateline::{Dateline, floor, place_of};
use super::place::{Likeness, is_known, likeness};
use super::when::is_day;

/// The furthest that the last link may end.
const REACH: usize = 100;

/// Links of the longest chain: `Riyadh, March 03, 2023, SPA`, and two full stops of abbreviations.
const LINKS: usize = 6;

/// Shorter lines are captions and credits of pictures.
const PARAGRAPH: usize = 60;

/// What parts two links.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    Comma,
    Stop,
    Colon,
    Dash,
}

/// A link: where it ends, what parts it from the next, where that starts.
#[derive(Clone, Copy, Debug)]
struct Link {
    end: usize,
    sign: Sign,
    next: usize,
}

/// A dateline of one of these forms at the start of a line.
pub(super) fn dateline(line: &str) -> Option<Dateline<'_>> {
    if line.len() < PARAGRAPH {
        return None;
    }
    let first = line.chars().next()?;
    match first {
        '(' => opened(line, ')'),
        '/' => opened(line, '/'),
        _ if first.is_uppercase() || first.is_lowercase() => {
            linked(line).or_else(|| day_and_stop(line))
        }
        _ if first.is_alphabetic() => linked(line).or_else(|| tagged(line)),
        _ => None,
    }
}

/// `(dpa) Die …`, `/TT/ Staden …`, `(ANSA) ROMA, 3 MAR - …`: the agency alone, without a dash.
fn opened(line: &str, close: char) -> Option<Dateline<'_>> {
    let inside = line.get(1..floor(line, 48))?;
    let length = inside.find(close)?;
    let name = known(inside.get(..length)?, Kind::Agency)?;
    let behind = 1 + length + 1;
    let found = Dateline {
        place: None,
        tag: Some(Tag::Known(name)),
        byline: None,
        end: dash(line, behind).unwrap_or(behind),
    };
    let rest = line.get(found.end..)?;
    let text = rest.trim_start();
    let end = line.len() - text.len();
    if let Some(placed) = placed(line, Dateline { end, ..found }) {
        return Some(placed);
    }
    let begins = text.starts_with(char::is_uppercase) && text.contains('.');
    (begins && text.len() < rest.len()).then_some(Dateline { end, ..found })
}

/// The place and day that follow an agency, up to a dash or a colon.
fn placed<'a>(line: &'a str, found: Dateline<'a>) -> Option<Dateline<'a>> {
    let rest = line.get(found.end..)?;
    let at = first_dash(rest.get(..floor(rest, 60))?)?;
    let place = place_of(rest.get(..at)?)?;
    let dated = likeness(place)? == Likeness::Dated && place.starts_with(char::is_uppercase);
    (dated || is_known(first_part(place))).then_some(Dateline {
        place: Some(place),
        end: dash(line, found.end + at)?,
        ..found
    })
}

/// `القاهرة (رويترز) - `, `नई दिल्ली, 3 मार्च (भाषा) `, `أبوظبي في 3 مارس / وام / `: a script without capitals, where only
/// the tag tells that a place stands before it.
fn tagged(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, REACH))?;
    let open = reach.find(['(', '/'])?;
    let close = if reach.get(open..)?.starts_with('(') {
        ')'
    } else {
        '/'
    };
    let inside = reach.get(open + 1..)?;
    let length = inside.find(close)?;
    let name = known(inside.get(..length)?.trim(), Kind::Agency)?;
    let place = place_of(reach.get(..open)?)?;
    let other = |c: char| !(c.is_alphanumeric() || " ,،.-'/\u{200c}".contains(c) || is_mark(c));
    if place.split(' ').count() > 9 || place.contains(other) {
        return None;
    }
    let behind = open + length + 2;
    let end = dash(line, behind).unwrap_or_else(|| {
        let rest = line.get(behind..).unwrap_or_default();
        line.len()
            - rest
                .trim_start_matches(['।', '.', ' ', '\u{a0}', '،'])
                .len()
    });
    Some(Dateline {
        place: Some(place),
        tag: Some(Tag::Known(name)),
        byline: None,
        end,
    })
}

/// Signs of vowels and the like, which are no letters of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// A chain with an agency in it.
fn linked(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, REACH))?;
    let (mut at, mut before) = (0, None);
    for _ in 0..LINKS {
        let link = link(reach, at);
        let name = reach.get(at..link.map_or(reach.len(), |link| link.end))?;
        let found = match (before, link) {
            (None, Some(link)) => leads(line, name, link),
            (Some(sign), Some(link)) => {
                closed(line, at, sign, link).or_else(|| followed(line, at, name))
            }
            (Some(_), None) => followed(line, at, name),
            (None, None) => None,
        };
        if found.is_some() {
            return found;
        }
        (at, before) = (link?.next, Some(link?.sign));
    }
    None
}

/// The agency at the start: `PTI, New Delhi, Mar 3: `, `Liputan6.com, Jakarta - `, `Agenzia Nova - Roma, 3 mar - `,
/// `dpa Berlin. `.
fn leads<'a>(line: &'a str, name: &'a str, link: Link) -> Option<Dateline<'a>> {
    let found = |tag, place, end| Dateline {
        place,
        tag: Some(tag),
        byline: None,
        end,
    };
    if let Some((agency, place)) = name.split_once(' ')
        && matches!(link.sign, Sign::Stop | Sign::Dash)
        && let Some(agency) = known(agency, Kind::Agency)
        && is_known(place)
    {
        return Some(found(Tag::Known(agency), Some(place), link.next));
    }
    let tag = tag_of(name)?;
    match link.sign {
        Sign::Comma => placed(line, found(tag, None, link.next)),
        Sign::Dash if tag == Tag::Own || name.contains(' ') => {
            let found = found(tag, None, link.next);
            Some(placed(line, found).unwrap_or(found))
        }
        _ => None,
    }
}

/// The agency as a link of its own behind the place: `Berlin. dpa. `, `WASHINGTON — AFP: `, `Sydney, AAP - `.
fn closed(line: &str, at: usize, before: Sign, link: Link) -> Option<Dateline<'_>> {
    let name = line.get(at..link.end)?;
    let tag = tag_of(name)?;
    let fits = match link.sign {
        Sign::Dash => true,
        Sign::Stop => tag != Tag::Own,
        Sign::Colon => tag != Tag::Own && before != Sign::Stop,
        Sign::Comma => false,
    };
    let strict = before == Sign::Stop || tag == Tag::Own;
    let place = place_of(line.get(..at)?)?.trim_end_matches('.');
    if !fits || !is_chain(place, strict) {
        return None;
    }
    Some(Dateline {
        place: Some(place),
        tag: Some(tag),
        byline: None,
        end: link.next,
    })
}

/// The agency in capitals with no sign behind: `Baku, March 3, AZERTAC The …`; a day must stand before.
fn followed<'a>(line: &'a str, at: usize, name: &str) -> Option<Dateline<'a>> {
    let space = name.find(' ')?;
    let word = name.get(..space)?;
    let capitals = word.chars().filter(|c| c.is_uppercase()).count() >= 3
        && !word.chars().any(char::is_lowercase);
    let begins = name.get(space + 1..)?.starts_with(char::is_uppercase);
    let dated = line.get(..at)?.bytes().any(|b| b.is_ascii_digit());
    if !(capitals && begins && dated) {
        return None;
    }
    let tag = Tag::Known(known(word, Kind::Agency)?);
    let place = place_of(line.get(..at)?)?.trim_end_matches('.');
    if !is_chain(place, true) {
        return None;
    }
    Some(Dateline {
        place: Some(place),
        tag: Some(tag),
        byline: None,
        end: at + space + 1,
    })
}

/// `Lima, mar. 3. La …`: a place of the table, a day, a full stop.
fn day_and_stop(line: &str) -> Option<Dateline<'_>> {
    let reach = line.get(..floor(line, 60))?;
    let place = link(reach, 0).filter(|link| link.sign == Sign::Comma)?;
    let rest = reach.get(place.next..)?;
    let digit = rest.bytes().take(24).any(|b| b.is_ascii_digit());
    if !digit || !is_known(reach.get(..place.end)?) {
        return None;
    }
    let mut stops = rest.match_indices(". ").map(|(at, _)| at).take(2);
    let stop = stops.find(|at| rest.get(..*at).is_some_and(is_day))?;
    let end = place.next + stop;
    let begins = line.get(end + 2..)?.starts_with(char::is_uppercase);
    begins.then_some(Dateline {
        place: line.get(..end),
        tag: None,
        byline: None,
        end: end + 2,
    })
}

/// Whether the links before an agency are a place and a day. Strictly: a place of the table or one in capitals.
fn is_chain(text: &str, strict: bool) -> bool {
    let parts = text.replace(". ", ", ");
    let first = first_part(&parts);
    let capitals =
        first.chars().filter(|c| c.is_alphabetic()).count() >= 4 && first.to_uppercase() == first;
    let good = is_known(first) || capitals || !strict && first.split(' ').count() <= 3;
    good && (likeness(&parts).is_some() || caseless(first))
}

/// Whether a name is written in a script without capitals.
fn caseless(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| !c.is_uppercase() && !c.is_lowercase())
        && text.split(' ').count() <= 3
}

fn first_part(place: &str) -> &str {
    place.split([',', '/']).next().unwrap_or(place).trim()
}

/// The tag of a link: an agency, or a site by its own name.
fn tag_of(name: &str) -> Option<Tag<'_>> {
    if name.len() > 40 {
        return None;
    }
    if let Some(name) = known(name, Kind::Syndicate) {
        return Some(Tag::Known(name));
    }
    let own = lookup(name).is_some_and(|found| found.kind == Kind::Own);
    (own || agency::is_site(name)).then_some(Tag::Own)
}

/// An agency as the table writes it or in capitals: `na` and `map` are words.
fn known(name: &str, least: Kind) -> Option<&'static str> {
    let found = lookup(name).filter(|found| found.kind == Kind::Agency || found.kind == least)?;
    let lower = name.chars().all(|c| !c.is_uppercase()) && !caseless(name);
    let own = agency::is_lower(name);
    (!lower || own).then_some(found.name)
}

/// The link that starts at `at`.
fn link(reach: &str, at: usize) -> Option<Link> {
    let rest = reach.get(at..)?;
    let bytes = rest.as_bytes();
    for (start, c) in rest.char_indices() {
        let space = |at: usize| bytes.get(at).is_none_or(|&b| b == b' ' || b == 0xc2);
        let sign = match c {
            ',' if space(start + 1) => Sign::Comma,
            '،' => Sign::Comma,
            '.' if space(start + 1) => Sign::Stop,
            ':' if space(start + 1) => Sign::Colon,
            '—' | '–' => Sign::Dash,
            '-' if start > 0 && (space(start + 1) || space(start - 1)) => Sign::Dash,
            '-' if bytes.get(start + 1) == Some(&b'-') => Sign::Dash,
            '(' | '"' | '“' | '”' | '«' | '?' | '!' | ';' => return None,
            _ => continue,
        };
        let end = rest.get(..start)?.trim_end().len();
        let behind = rest.get(start..)?;
        let skipped = match sign {
            Sign::Dash => behind.trim_start_matches([' ', '\u{a0}', '-', '–', '—']),
            _ => behind.get(c.len_utf8()..)?.trim_start(),
        };
        return (end > 0).then_some(Link {
            end: at + end,
            sign,
            next: reach.len() - skipped.len(),
        });
    }
    None
}
