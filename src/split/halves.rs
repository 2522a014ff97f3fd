//! Lines that hold two or three parts of an article, told without the other lines of the page: headline and address, source
//! and headline, the name of a text and the text.

use std::ops::Range;

use super::kind::Kind;
use super::look::Traits;
use super::phrases::{Phrase, phrases};
use super::unit::{Unit, is_name};
use crate::wire::when::find_time;

/// The bytes of the two units that stand on one line: a text behind its name, a headline with its address and exact time behind it
/// (`Title https://site.example/1 2025-03-04T09:15:00Z`), or below the line of a source with its text behind a dash
/// (`Ann Lee / Daily News:`, `Title — text`).
pub(super) fn halves(
    unit: &Unit<'_>,
    above: Option<&Unit<'_>>,
) -> Option<(Range<usize>, Range<usize>)> {
    let text = &*unit.text;
    if unit.may(Traits::OPENED) {
        let full = opening(text).filter(|full| text.len() > full.len() + 1);
        if let Some(full) = full {
            return Some((0..full.len(), full.len() + 1..text.len()));
        }
        if let Some(parts) = dated(text, above) {
            return Some(parts);
        }
    }
    if unit.traits.has(Traits::LINK) {
        let (rest, time) = text.rsplit_once(' ')?;
        let (title, link) = rest.trim_end().rsplit_once(' ')?;
        let exact = time.len() >= 10 && time.as_bytes().get(4) == Some(&b'-');
        let linked = link.starts_with("http") && exact && find_time(time).is_some();
        return linked.then(|| {
            (
                0..title.trim_end().len(),
                text.len() - time.len()..text.len(),
            )
        });
    }
    let at = above
        .is_some_and(is_source)
        .then(|| text.find(" — "))
        .flatten()?;
    let (title, rest) = (text.get(..at)?.trim_end(), text.get(at + " — ".len()..)?);
    let start = text.len() - rest.trim_start().len();
    (title.split_whitespace().count() >= 4).then_some((0..title.len(), start..text.len()))
}

/// What archives print in front of a text.
fn opening(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first();
    let own = |full: &&&str| first == full.as_bytes().first() && text.starts_with(**full);
    phrases(Phrase::Full).iter().find(own).copied()
}

/// Whether a text may be parted behind what it opens with.
pub(super) fn opens(text: &str) -> bool {
    bullet(text).is_some() || opening(text).is_some()
}

/// Bytes of a day in front of a teaser, and of a teaser.
const DAY: usize = 32;
const TEASER: usize = 40;

/// Where a bullet may stand that parts a day and a teaser.
fn bullet(text: &str) -> Option<usize> {
    let head = text.as_bytes().get(..DAY)?;
    let long = text.len() > DAY + TEASER;
    long.then(|| head.iter().position(|&byte| byte == 0xe2))?
}

/// The day in front of the teaser below a headline: `March 6, 2026 • The old lighthouse …`.
fn dated(text: &str, above: Option<&Unit<'_>>) -> Option<(Range<usize>, Range<usize>)> {
    let at = bullet(text)?.checked_sub(1)?;
    let (day, rest) = (text.get(..at)?, text.get(at..)?);
    let start = at + rest.strip_prefix(" • ").map(|_| " • ".len())?;
    let titled = above.is_some_and(|above| above.kind == Kind::Short);
    let whole = titled && find_time(day).is_some_and(|time| time == (0..at));
    whole.then_some((0..at, start..text.len()))
}

/// Bytes of a source at the start of a line.
const SOURCE: usize = 90;

/// Source, headline and text of a line that holds all three: `Ann Lee / Daily News: Title — text`.
pub(super) fn sourced(text: &str) -> Option<[Range<usize>; 3]> {
    let head = text.as_bytes().get(..SOURCE.min(text.len()))?;
    memchr::memchr(b'/', head)?;
    let colon = memchr::memmem::find(head, b": ")?;
    let (person, name) = text.get(..colon)?.split_once(" / ")?;
    let start = colon + ": ".len();
    let dash = start + text.get(start..)?.find(" — ")?;
    let title = text.get(start..dash)?.trim();
    let rest = text.get(dash + " — ".len()..)?;
    let fits = is_name(person) && is_name(name) && title.split_whitespace().count() >= 4;
    fits.then(|| {
        let title = start..start + title.len();
        [
            0..colon + 1,
            title,
            text.len() - rest.trim_start().len()..text.len(),
        ]
    })
}

/// Whether a line names who wrote and printed what stands below it: `Ann Lee / Daily News:`.
pub(super) fn is_source(unit: &Unit<'_>) -> bool {
    if unit.kind != Kind::Short || unit.chars > 80 {
        return false;
    }
    let Some(name) = unit.text.strip_suffix(':') else {
        return false;
    };
    let mut parts = name.split(" / ");
    parts.clone().count() <= 2 && parts.all(is_name)
}

#[cfg(test)]
mod tests {
    use crate::split::testing;

    #[test]
    fn a_day_in_front_of_a_teaser_is_its_time() {
        let teaser =
            "The oldest lighthouse of the bay is moved inland before the next winter comes.";
        let texts = |page: &str| {
            testing::read(page, |units, _| {
                units
                    .iter()
                    .map(|unit| unit.text.to_string())
                    .collect::<Vec<_>>()
            })
        };
        let title = "Old lighthouse moves inland";
        assert_eq!(
            texts(&format!("{title}\n\nMarch 6, 2026 • {teaser}\n")),
            [title, "March 6, 2026", teaser]
        );
        assert_eq!(
            texts(&format!("{title}\n\nIn the bay • {teaser}\n")).len(),
            2
        );
    }
}
