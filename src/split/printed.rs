//! What a page for readers prints near its headline: the time, who signed, the agency; told line by line as on a dump.

use super::fold::measure;
use super::furniture;
use super::kind::{Kind, ends_sentence, kind};
use super::signed::{clean_byline, first_part, is_agency, names_agency, split_site};
use crate::input::Near;
use crate::wire;
use crate::wire::when::{find_in, find_time};

/// What the lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Printed<'a> {
    /// As printed.
    pub(super) time: Option<&'a str>,
    /// Who signed.
    pub(super) byline: Option<String>,
    /// The line that names an agency.
    pub(super) signed: Option<&'a str>,
}

/// Bytes of a line that is no more than an agency and a place.
const SHORT: usize = 60;

/// Lines below the headline among which an agency may sign alone; further down it credits a picture.
const SIGNED: usize = 5;

/// Reads the lines near a headline: of each kind the nearest below it, and a time above where none stands below.
pub(super) fn printed(near: &Near) -> Printed<'_> {
    let mut printed = Printed::default();
    for (at, line) in near.below.iter().enumerate() {
        let (told, spans) = look(line);
        match (told, spans) {
            (Kind::Time, Some(spans)) => {
                let time = spans.of(line);
                printed.time = printed.time.or(Some(time.raw));
                sign(&mut printed, time.before);
            }
            (Kind::Byline, _) => sign(&mut printed, line),
            (Kind::Short, _) if at < SIGNED && line.len() <= SHORT && printed.signed.is_none() => {
                // with a name or above a caption it credits a picture
                let caption = near
                    .below
                    .get(at + 1)
                    .is_some_and(|next| ends_sentence(next));
                printed.signed = Some(line.as_str()).filter(|line| !caption && signs_alone(line));
            }
            _ => {}
        }
    }
    let above = || near.above.iter().find_map(|line| time(line));
    let beside = || {
        near.below
            .iter()
            .take(SIGNED)
            .find_map(|line| time_beside(line))
    };
    printed.time = printed.time.or_else(above).or_else(beside);
    printed
}

/// The time in a short line with somebody's name or a section's: `11.12.2019 - Ann Lee`.
fn time_beside(line: &str) -> Option<&str> {
    if line.len() > SIGNATURE || ends_sentence(line) {
        return None;
    }
    line.get(find_in(line)?)
}

/// Who signed: as printed, unless the document itself names somebody else. What it says of itself counts for less only
/// where that is an agency.
pub(super) fn byline(printed: Option<String>, author: Option<&str>) -> Option<String> {
    let author = author.map(str::trim).filter(|author| !author.is_empty());
    let (Some(printed), Some(author)) = (&printed, author) else {
        return printed.or_else(|| author.map(str::to_owned));
    };
    // what follows the name is no part of it: `Ann Lee Updated`, `Ann Lee ann@site.example`
    if let Some(name) = printed
        .get(..author.len())
        .filter(|name| name.to_lowercase() == author.to_lowercase())
    {
        return Some(name.to_owned());
    }
    let lower = printed.to_lowercase();
    let same = author
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| lower.contains(&word.to_lowercase()));
    Some(if same || is_agency(author) {
        printed.clone()
    } else {
        author.to_owned()
    })
}

/// Whether a line is an agency's name, with a place or without, and nobody's else.
fn signs_alone(line: &str) -> bool {
    let signs = wire::signs(line);
    signs.agency && !signs.people
}

/// Bytes of who signs in front of a time.
const SIGNATURE: usize = 100;

/// `Updated` above a time.
pub(super) fn labels_time(line: &str, next: &str) -> bool {
    line.len() <= 24
        && next.len() <= 60
        && find_time(next).is_some()
        && find_time(&format!("{line} {next}")).is_some()
}

/// Who stands in front of a time that is labelled as one (`Published`), and the time.
pub(super) fn labelled(line: &str) -> Option<(&str, &str)> {
    let time = find_in(line).filter(|_| line.len() <= 2 * SIGNATURE)?;
    let after = line.get(time.end..)?.trim_start();
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let before = line.get(..time.start)?.trim_end();
    let label = before.rfind(' ').map_or(0, |space| space + 1);
    // `met on July 7, 2017` labels nothing
    if before.len() - label < 4 {
        return None;
    }
    let (who, rest) = (line.get(..label)?.trim(), line.get(label..time.end)?);
    let found = find_time(rest).filter(|found| found.start > 0)?;
    (who.len() <= SIGNATURE && !ends_sentence(who)).then_some((who, rest.get(found)?))
}

/// What a line looks like by itself.
pub(super) fn look(line: &str) -> (Kind, Option<super::time::Spans>) {
    let (chars, words) = measure(line);
    kind(line, chars, words, None, &|_| false)
}

fn time(line: &str) -> Option<&str> {
    match look(line) {
        (Kind::Time, Some(spans)) => Some(spans.of(line).raw),
        _ => None,
    }
}

fn sign<'a>(printed: &mut Printed<'a>, line: &'a str) {
    let Some(name) = furniture::byline(line) else {
        return;
    };
    if printed.signed.is_none() {
        printed.signed = Some(name).filter(|name| names_agency(name));
    }
    if printed.byline.is_none() {
        printed.byline = person(name);
    }
}

/// The person of a byline: without addresses, numbers and the label of a time.
fn person(name: &str) -> Option<String> {
    let name = first_part(split_site(name).0);
    let end = name
        .split_inclusive(' ')
        .take_while(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            !word.contains(['@', '(', ')'])
                && !word.contains(|c: char| c.is_ascii_digit())
                && !matches!(
                    word,
                    "Updated" | "Published" | "Posted" | "UPDATED" | "PUBLISHED"
                )
        })
        .map(str::len)
        .sum();
    Some(clean_byline(name.get(..end)?)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(below: &[&str], above: &[&str]) -> Near {
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        Near {
            below: own(below),
            above: own(above),
        }
    }

    #[test]
    fn the_nearest_lines_count() {
        let lines = near(
            &[
                "Share",
                "By ANN LEE",
                "AP Harbour Writer",
                "Published August 14, 2010",
                "3 hours ago",
            ],
            &["Mon, Oct 14, 2024 page1"],
        );
        let printed = printed(&lines);
        assert_eq!(printed.time, Some("August 14, 2010"));
        assert_eq!(printed.byline.as_deref(), Some("ANN LEE"));
    }

    #[test]
    fn an_agency_and_a_time_above_are_found() {
        let lines = near(
            &["A dek of the story", "AFP, LISBON"],
            &["Harbour", "Mon, Oct 14, 2024 page1"],
        );
        let printed = printed(&lines);
        assert_eq!(printed.time, Some("Mon, Oct 14, 2024"));
        assert_eq!(printed.signed, Some("AFP, LISBON"));
        assert_eq!(printed.byline, None);
        assert_eq!(super::printed(&Near::default()), Printed::default());
    }

    #[test]
    fn a_time_beside_a_name_counts_where_none_stands_alone() {
        let lines = near(&["11.12.2019 - Ann Lee, harbour desk"], &[]);
        assert_eq!(printed(&lines).time, Some("11.12.2019"));
        let lines = near(&["The ferry that sank on 11.12.2019 was raised."], &[]);
        assert_eq!(printed(&lines).time, None);
    }

    #[test]
    fn what_credits_a_picture_signs_nothing() {
        for below in [
            &["Al Roe, Associated Press"][..],
            &["(Ann Lee / Associated Press)"],
            &["AP", "May 3: The old harbour at night."],
            &["a", "b", "c", "d", "e", "AP"],
        ] {
            assert_eq!(printed(&near(below, &[])), Printed::default(), "{below:?}");
        }
    }

    #[test]
    fn the_name_is_as_printed_where_it_is_the_same() {
        let told = |printed: &str, author: &str| byline(Some(printed.to_owned()), Some(author));
        assert_eq!(
            told("ANN LEE Updated", "Ann Lee").as_deref(),
            Some("ANN LEE")
        );
        assert_eq!(
            told("Ann Lee and Tom Roe", "Ann Lee, Tom Roe").as_deref(),
            Some("Ann Lee and Tom Roe")
        );
        assert_eq!(
            told("ANN LEE", "Associated Press").as_deref(),
            Some("ANN LEE")
        );
        assert_eq!(told("Al Roe", "Ann Lee").as_deref(), Some("Ann Lee"));
        assert_eq!(byline(None, Some("Ann Lee")).as_deref(), Some("Ann Lee"));
        let lines = near(&["By Ann Lee annlee@site.example (509) 555-1234"], &[]);
        assert_eq!(printed(&lines).byline.as_deref(), Some("Ann Lee"));
    }
}
