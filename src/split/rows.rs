//! Lists that print headline, publisher and time of an item on one line: `Title - Daily News - 3 hours ago`, rows of tables,
//! a link with its source behind it. The lines vote for where their parts stand; those that fit are cut into one unit a part,
//! and read as cards from there on.

use std::ops::Range;

use super::fold::measure;
use super::kind::{Kind, ends_sentence};
use super::line::Marker;
use super::look::Traits;
use super::signs::{Sign, is_wide};
use super::unit::Unit;
use cuts::cuts;

mod cuts;
mod tails;
mod times;
mod told;

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
    // lines with nothing between their parts: a list has several
    let plain = |unit: &&Unit<'_>| unit.kind == Kind::Short && unit.traits.has(Traits::NUMBER);
    let plain = units.iter().filter(plain).take(LEAST).count() == LEAST;
    for (index, unit) in units
        .iter()
        .enumerate()
        .filter(|(_, unit)| may_be(unit, plain))
    {
        let cuts = cuts(unit);
        if !cuts.is_empty() {
            ways.push((index, cuts));
        }
    }
    let mut tails = tails::tails(units);
    tails.extend(told::told(units));
    if ways.len() < LEAST && tails.is_empty() {
        tails = tails::behind_signs(units);
    }
    if ways.len() < LEAST && tails.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![Vec::new(); units.len()];
    let mut found = !tails.is_empty();
    for (at, tail) in tails {
        if let Some(parts) = parts.get_mut(at) {
            parts.extend(tail);
        }
    }
    // a page may hold two such lists
    for _ in 0..2 {
        let Some(layout) = elect(units, &ways) else {
            break;
        };
        found = true;
        // beside times with numbers stand some in words
        let worded = |unit: &Unit<'_>| {
            let plain = layout.1 == Sign::Capitals && unit.kind == Kind::Short;
            (plain && ROW.contains(&unit.text.len()))
                .then(|| cuts::worded(&unit.text))
                .flatten()
        };
        for (parts, cut) in parts.iter_mut().zip(units.iter().map(worded)) {
            if let Some(cut) = cut.filter(|cut| cut.layout == layout && parts.is_empty()) {
                parts.extend([cut.title, cut.name, cut.time]);
            }
        }
        ways.retain(|(index, cuts)| {
            let Some(cut) = cuts.iter().find(|cut| cut.layout == layout) else {
                return true;
            };
            let mut own = [cut.title.clone(), cut.name.clone(), cut.time.clone()];
            own.sort_by_key(|part| part.start);
            if let Some(parts) = parts.get_mut(*index).filter(|parts| parts.is_empty()) {
                parts.extend(own);
            }
            false
        });
    }
    if found { parts } else { Vec::new() }
}

/// A cheap look: an item or a line of several parts, no sentence.
fn may_be(unit: &Unit<'_>, plain: bool) -> bool {
    let text = &*unit.text;
    let parted = unit.marker != Marker::None
        || unit.link.is_some()
        || matches!(unit.kind, Kind::Ticker | Kind::Time)
        || unit.traits.has(Traits::BARRED)
        || plain && unit.kind == Kind::Short && unit.traits.has(Traits::NUMBER);
    parted
        && ROW.contains(&text.len())
        && !matches!(unit.kind, Kind::Rule | Kind::Count | Kind::Label(_))
        && !ends_sentence(text)
}

/// Bytes at the end of a row in which the number of its time stands.
const NUMBER: usize = 16;

/// Whether a time with a number may end a line.
pub(super) fn ends_in_number(text: &str) -> bool {
    let low = text.len().saturating_sub(NUMBER);
    text.as_bytes()[low..].iter().any(u8::is_ascii_digit)
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

fn is_full(text: &str) -> bool {
    let (chars, words) = measure(text);
    words >= 5 && chars >= 20 || is_wide(text) && chars >= 8
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
