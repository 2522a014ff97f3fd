//! What stands before a dateline's tag: places, regions and a day, `LONDON/KYIV/WASHINGTON, Aug 17`.
//!
//! The places that need no further sign are data (`places.tsv`), as are the words in capitals that start no dateline.

use std::sync::LazyLock;

use super::table::Table;
use super::when;

/// How much a text before a tag or a dash looks like a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Likeness {
    /// Words with capitals, as any name.
    Name,
    /// Words all in capitals.
    Capitals,
    /// With a day, or a region behind a place in capitals.
    Dated,
    /// A place of the table.
    Known,
}

static WORDS: LazyLock<Table<bool>> = LazyLock::new(|| {
    let rows = include_str!("places.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    Table::new(rows.map(|(kind, name)| (name.to_lowercase(), kind == "place")))
});

/// Judges `PLACE[/PLACE][, REGION][, DAY]`; `None` if it is nothing of the kind.
pub(super) fn likeness(text: &str) -> Option<Likeness> {
    // the longest seen has 60 bytes
    if text.is_empty() || text.len() > 90 {
        return None;
    }
    let mut best = None;
    let mut parts = 0;
    for part in text.split(',').map(str::trim) {
        parts += 1;
        let is_first = parts == 1;
        let kind = match part_likeness(part) {
            Some(_) if parts > 4 => return None,
            // `Aug 29, 2014`
            None if !is_first && is_year(part) => Likeness::Dated,
            // `MADRID, 3`
            None if !is_first && when::is_weekday(part) => Likeness::Dated,
            None if best >= Some(Likeness::Capitals) && is_number(part) => Likeness::Dated,
            kind => kind?,
        };
        let region = !is_first && best == Some(Likeness::Capitals) && kind < Likeness::Dated;
        best = best.max(Some(if region { Likeness::Dated } else { kind }));
    }
    best
}

/// Whether the words in capitals are none that start a dateline.
pub(super) fn is_stopped(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .any(|word| WORDS.get_lower(word) == Some(&false))
        && !is_known(text)
}

/// Whether this is a place of the table.
pub(super) fn is_known(text: &str) -> bool {
    WORDS.get_lower(text.trim()) == Some(&true)
}

fn part_likeness(part: &str) -> Option<Likeness> {
    let first = part.chars().next()?;
    if part.bytes().any(|b| b.is_ascii_digit()) {
        return dated(part).then_some(Likeness::Dated);
    }
    if !first.is_uppercase() && !matches!(first, '[' | '\'' | '’') {
        return None;
    }
    let mut words = 0;
    let mut all = true;
    for word in part.split([' ', '/', '\u{a0}']).filter(|w| !w.is_empty()) {
        words += 1;
        let word = word.trim_matches(['[', ']', '(', ')', '\'', '’', '"']);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let particle = words > 1 && word.len() <= 5 && word.chars().all(char::is_lowercase);
        let inside = |c: char| {
            c.is_alphabetic()
                || matches!(
                    c,
                    '.' | '-' | '‑' | '\'' | '’' | '`' | '\u{300}'..='\u{36f}'
                )
        };
        if words > 8 || !(capital || particle) || !word.chars().all(inside) {
            return None;
        }
        all &= !word.chars().any(char::is_lowercase);
    }
    if part.split(['/', '[']).any(is_known) {
        return Some(Likeness::Known);
    }
    Some(
        if all && part.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            Likeness::Capitals
        } else {
            Likeness::Name
        },
    )
}

/// `Aug 17`, `Praha 5. května`.
fn dated(part: &str) -> bool {
    // the full stop of `3 mar.` is the month's
    let part = part.trim_end_matches('.');
    when::is_day(part)
        || part.match_indices(' ').take(4).any(|(at, _)| {
            let (place, day) = part.split_at(at);
            !place.bytes().any(|b| b.is_ascii_digit())
                && part_likeness(place).is_some()
                && when::is_day(day)
        })
}

/// A day of some month.
fn is_number(part: &str) -> bool {
    part.len() <= 2 && part.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.starts_with(['1', '2']) && part.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_what_only_looks_like_one() {
        for (text, expected) in [
            ("LONDON/KYIV/WASHINGTON, Aug 17", Some(Likeness::Known)),
            ("KYIV, Ukraine", Some(Likeness::Known)),
            ("YILAN, Taiwan", Some(Likeness::Dated)),
            ("LISBOA, 18 jun", Some(Likeness::Known)),
            ("МОСКВА, 26 августа", Some(Likeness::Known)),
            ("Nov 20", Some(Likeness::Dated)),
            ("STOCKHOLM, Aug 29, 2014", Some(Likeness::Known)),
            ("Damascus [Syria], June 9", Some(Likeness::Known)),
            ("FLUSHING MEADOWS", Some(Likeness::Capitals)),
            ("Praha 5. května", Some(Likeness::Dated)),
            ("Gross-Gerau", Some(Likeness::Name)),
            ("he said", None),
            ("The 12 men", None),
            ("A Long Sentence that goes on and on Without any End", None),
        ] {
            assert_eq!(likeness(text), expected, "{text}");
        }
        assert!(is_stopped("WORLD EXCLUSIVE"));
        assert!(!is_stopped("FLUSHING MEADOWS"));
    }
}
