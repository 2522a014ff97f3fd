//! Lists that print headline, publisher and time of an item on one line: `Title - Daily News - 3 hours ago`, rows of tables,
//! a link with its source behind it. The lines vote for where their parts stand; those that fit are cut into one unit a part,
//! and read as cards from there on.

use std::cell::RefCell;
use std::ops::Range;

use super::fold::measure;
use super::furniture;
use super::head::is_agency;
use super::kind::{Kind, ends_sentence};
use super::line::{Marker, is_space};
use super::signs::{Sign, is_wide, signs, trim};
use super::unit::{Unit, is_name};
use crate::memo::{Memo, remembered};
use crate::wire::when::{find_in, find_time};

/// On which side of the headline its publisher stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Side {
    Right,
    Left,
}

/// Where the time stands among the parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Last,
    First,
    Middle,
}

/// How a line is laid out.
type Layout = (Place, Sign, Side);

/// One way to cut a line.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Cut {
    layout: Layout,
    title: Range<usize>,
    name: Range<usize>,
    time: Range<usize>,
}

/// Lines that make a list.
const LEAST: usize = 3;

/// Bytes of a line that may be a row.
const ROW: Range<usize> = 24..360;

/// The parts of each unit that is a row of a list, in the order of the line; empty for all others, and no entry at all where
/// the page has no such list.
pub(super) fn rows(units: &[Unit<'_>]) -> Vec<Vec<Range<usize>>> {
    let mut ways: Vec<(usize, Vec<Cut>)> = Vec::new();
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| may_be(unit)) {
        let cuts = cuts(unit);
        if !cuts.is_empty() {
            ways.push((index, cuts));
        }
    }
    if ways.len() < LEAST {
        return Vec::new();
    }
    let mut parts = vec![Vec::new(); units.len()];
    let mut found = false;
    // a page may hold two such lists
    for _ in 0..2 {
        let Some(layout) = elect(units, &ways) else {
            break;
        };
        found = true;
        ways.retain(|(index, cuts)| {
            let Some(cut) = cuts.iter().find(|cut| cut.layout == layout) else {
                return true;
            };
            let mut own = [cut.title.clone(), cut.name.clone(), cut.time.clone()];
            own.sort_by_key(|part| part.start);
            if let Some(parts) = parts.get_mut(*index) {
                parts.extend(own);
            }
            false
        });
    }
    if found { parts } else { Vec::new() }
}

/// A cheap look: an item or a line of several parts, no sentence.
fn may_be(unit: &Unit<'_>) -> bool {
    let text = &*unit.text;
    let parted = unit.marker != Marker::None
        || unit.link.is_some()
        || matches!(unit.kind, Kind::Ticker | Kind::Time)
        || memchr::memchr2(b'|', b'\t', text.as_bytes()).is_some();
    parted
        && ROW.contains(&text.len())
        && !matches!(unit.kind, Kind::Rule | Kind::Count | Kind::Label(_))
        && !ends_sentence(text)
}

/// The layout of most rows.
fn elect(units: &[Unit<'_>], ways: &[(usize, Vec<Cut>)]) -> Option<Layout> {
    let mut layouts: Vec<Layout> = ways
        .iter()
        .flat_map(|(_, cuts)| cuts.iter().map(|cut| cut.layout))
        .collect();
    layouts.sort_unstable();
    let best = layouts
        .chunk_by(|one, next| one == next)
        .map(|run| (run.len(), std::cmp::Reverse(run[0])))
        .max()?;
    let (votes, std::cmp::Reverse(layout)) = best;
    let own = || {
        let with = ways
            .iter()
            .map(|(index, cuts)| (index, cuts.iter().find(|cut| cut.layout == layout)));
        with.filter_map(|(&index, cut)| Some((units.get(index)?, cut?)))
    };
    let full = own()
        .filter(|(unit, cut)| is_full(part(unit, &cut.title)))
        .count();
    let agree = votes * 3 >= ways.len() * 2 || votes >= 8;
    // a colon parts a headline, too
    let sure = layout.1 != Sign::Colon || votes * 10 >= ways.len() * 9;
    (votes >= LEAST && agree && sure && full * 3 >= votes * 2).then_some(layout)
}

fn part<'u>(unit: &'u Unit<'_>, range: &Range<usize>) -> &'u str {
    unit.text.get(range.clone()).unwrap_or("")
}

fn is_title(text: &str) -> bool {
    let (chars, words) = measure(text);
    words >= 3 && chars >= 9 && furniture::byline(text).is_none()
}

fn is_full(text: &str) -> bool {
    let (chars, words) = measure(text);
    words >= 5 && chars >= 20 || is_wide(text) && chars >= 8
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
fn cuts(unit: &Unit<'_>) -> Vec<Cut> {
    let text = &*unit.text;
    // most items of lists print no time, and pages of a batch share many
    let timed = || time(text, 0..text.len(), &signs(text)).is_some();
    if unit.link.is_none() && !remembered(&TIMED, text, timed) {
        return Vec::new();
    }
    let signs = signs(text);
    // without a digit a time is a part of its own: `an hour ago`
    if signs.len() < 2 && unit.link.is_none() && !has_digit(text) {
        return Vec::new();
    }
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
    let capitals = capitals(text.get(rest.clone()).unwrap_or(""));
    if let Some(at) = capitals.filter(|_| place == Place::Last) {
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

/// The time on a part of a line, between signs or at the end of it.
fn time(
    text: &str,
    whole: Range<usize>,
    signs: &[(Range<usize>, Sign)],
) -> Option<(Place, Range<usize>)> {
    let starts: Vec<usize> = std::iter::once(whole.start)
        .chain(signs.iter().map(|sign| sign.0.end))
        .collect();
    let ends: Vec<usize> = signs
        .iter()
        .map(|sign| sign.0.start)
        .chain([whole.end])
        .collect();
    let mut best: Option<(Place, Range<usize>)> = None;
    for (at, &start) in starts.iter().enumerate() {
        // a time may hold signs: `March 3, 2025`
        for &end in ends.iter().skip(at).take(4).rev() {
            let range = trim(text, start..end.max(start));
            let piece = text.get(range.clone()).unwrap_or("");
            if !is_time(piece) {
                continue;
            }
            let closes = trim(text, range.end..whole.end).is_empty();
            let place = match () {
                () if closes => Place::Last,
                () if range.start == trim(text, whole.clone()).start => Place::First,
                () => Place::Middle,
            };
            if best.as_ref().is_none_or(|(most, _)| place < *most) {
                best = Some((place, range));
            }
            break;
        }
    }
    // only a space in front of it
    best.or_else(|| {
        starts
            .iter()
            .rev()
            .take(3)
            .find_map(|&low| last_time(text, low..whole.end))
    })
}

/// Bytes of a printed time, and of one without a digit.
const TIME: usize = 48;
const WORDS: usize = 24;

/// Whether a part of a line is a time.
fn is_time(piece: &str) -> bool {
    let most = if has_digit(piece) { TIME } else { WORDS };
    (2..=most).contains(&piece.len()) && find_time(piece).is_some()
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A time with a digit at the end of a part of a line, behind a space.
fn last_time(text: &str, part: Range<usize>) -> Option<(Place, Range<usize>)> {
    let mut low = part.start.max(part.end.saturating_sub(TIME));
    while !text.is_char_boundary(low) {
        low += 1;
    }
    if low > part.start {
        low += text.get(low..part.end)?.find(' ')?;
    }
    let tail = text.get(low..part.end).filter(|tail| has_digit(tail))?;
    let raw = find_in(tail)?;
    let apart = tail.get(..raw.start)?.ends_with(is_space);
    let closes = trim(tail, raw.end..tail.len()).is_empty();
    (apart && closes).then_some((Place::Last, low + raw.start..low + raw.end))
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

#[cfg(test)]
mod tests {
    use crate::split::label::Labels;
    use crate::split::{line, unit};

    /// The parts of the rows of a list.
    fn parts(text: &str) -> Vec<Vec<String>> {
        let lines = line::lines(text);
        let units = unit::units(&lines, Labels::shipped());
        let mut found: Vec<(usize, Vec<String>)> = Vec::new();
        for unit in &units {
            match found.last_mut().filter(|row| row.0 == unit.lines.start) {
                Some(row) => row.1.push(unit.text.to_string()),
                None => found.push((unit.lines.start, vec![unit.text.to_string()])),
            }
        }
        found.into_iter().map(|row| row.1).collect()
    }

    const TITLES: [&str; 3] = [
        "Harbour town votes to keep its lighthouse",
        "Bus drivers end strike after talks",
        "Rare owl returns to the northern forest",
    ];
    const NAMES: [&str; 3] = ["The Port Post", "Metro 9", "Northern Star"];
    const TIMES: [&str; 3] = ["2 hours ago", "an hour ago", "March 3, 2025"];

    fn list(row: &dyn Fn(&str, &str, &str) -> String) -> String {
        let rows = (0..3).map(|at| row(TITLES[at], NAMES[at], TIMES[at]));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Every row gives these parts, in this order.
    fn come_apart(text: &str, expected: [&[&str; 3]; 3]) {
        let rows = parts(text);
        assert_eq!(rows.len(), 3, "{text}");
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(row, &expected.map(|parts| parts[at]), "{text}");
        }
    }

    #[test]
    fn rows_come_apart_whatever_stands_between_their_parts() {
        for sign in [" - ", " | ", " · ", " / ", "\t", "  ", " — "] {
            let text = list(&|title, name, time| format!("* {title}{sign}{name}{sign}{time}"));
            come_apart(&text, [&TITLES, &NAMES, &TIMES]);
            let text = list(&|title, name, time| format!("- {time}{sign}{name}{sign}{title}"));
            come_apart(&text, [&TIMES, &NAMES, &TITLES]);
            let text = list(&|title, name, time| format!("- {name}{sign}{time}{sign}{title}"));
            come_apart(&text, [&NAMES, &TIMES, &TITLES]);
        }
    }

    #[test]
    fn a_link_or_bold_text_is_the_headline() {
        for text in [
            list(&|title, name, time| format!("* [{title}](u) {name} {time}")),
            list(&|title, name, time| format!("* **{title}** {name} · {time}")),
            list(&|title, name, time| format!("* [{title}](u) [{name}](v), {time}")),
            list(&|title, name, time| format!("| 1 | [{title}](u) | {name} | {time} |")),
        ] {
            come_apart(&text, [&TITLES, &NAMES, &TIMES]);
        }
    }

    #[test]
    fn brackets_and_capitals_part_a_name() {
        for text in [
            list(&|title, name, time| format!("* {title} ({name}, {time})")),
            list(&|title, name, time| format!("* {title} [{name}] {time}")),
            list(&|title, name, time| format!("- {title} {name} {time}")),
        ] {
            come_apart(&text, [&TITLES, &NAMES, &TIMES]);
        }
    }

    #[test]
    fn sentences_and_days_of_a_list_stay_whole() {
        for text in [
            "- March 3, 2025 - The council voted to keep the tower.\n- March 4, 2025 - Work began.\n- March 5, 2025 - It was done.",
            "* A line of a list - with a dash\n* Another line of it - with one\n* A third line of it - with one",
        ] {
            assert!(parts(text).iter().all(|row| row.len() == 1), "{text}");
        }
    }
}
