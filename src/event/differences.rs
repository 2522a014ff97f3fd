//! Figures of several reports of one event: those that they share, and those in which they differ, with the sentences.
//!
//! A figure is a number with the word it counts and the words around it. Two figures of two reports speak of the same
//! thing when they count the same and stand among the same words; they differ when neither report has the other's
//! number for it. Works on the tokens of any language; dates, years and times are no figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::common::CommonWords;
use super::stem;
use crate::article::Key;
use crate::text::{Shape, Token, sentences};

/// Numbers spelled out, and names of months.
const NUMBERS: &str = include_str!("numbers.tsv");

/// Tokens on each side of a figure that tell what it is about.
const AROUND: usize = 8;

/// Words around two spans of time that must be the same for the spans to be of one thing.
const SPAN_WORDS: usize = 2;

/// Figures of one report that are looked at.
const MOST: usize = 48;

/// One report of an event.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The story.
    pub id: Key,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its text.
    pub body: &'a str,
    /// Who wrote it: the agency, else the publisher.
    pub source: Option<&'a str>,
    /// When it was published.
    pub published: Option<crate::article::Moment>,
}

/// A figure that several reports have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedFigure {
    /// As the first of them prints it, with the word it counts: `12 people`.
    pub figure: String,
    /// The stories that have it, in the order given.
    pub stories: Vec<Key>,
}

/// Something that reports count differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The word that is counted, as the first report prints it.
    pub about: String,
    /// Who says what, in the order of the reports.
    pub claims: Vec<Claim>,
}

/// What one report says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The story.
    pub story: Key,
    /// The number, as printed.
    pub value: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// A number of one report.
struct Figure<'a> {
    report: usize,
    /// Without separators, so that `9,000` and `9.000` are one.
    value: String,
    shown: &'a str,
    unit: u64,
    unit_shown: &'a str,
    around: BTreeSet<u64>,
    sentence: &'a str,
}

impl Figure<'_> {
    /// How many words around two figures are the same; 0 where they count different things.
    fn common(&self, other: &Self) -> usize {
        if self.unit != other.unit {
            return 0;
        }
        let common = self.around.intersection(&other.around).count();
        // "three years" and "80 years" need more than one word to be of the same thing
        if TABLES.spans.contains(&self.unit) && common < SPAN_WORDS {
            return 0;
        }
        common
    }
}

/// Figures that the reports share and in which they differ: of `most` kinds each, those of most reports first.
///
/// `tokens` are those of each report's body.
pub(super) fn figures(
    reports: &[Report<'_>],
    tokens: &[Vec<Token>],
    most: usize,
) -> (Vec<SharedFigure>, Vec<Difference>) {
    let all: Vec<Vec<Figure<'_>>> = reports
        .iter()
        .zip(tokens)
        .enumerate()
        .map(|(at, (report, tokens))| read(at, report.body, tokens))
        .collect();
    let mut shared: BTreeMap<(&str, u64), (String, BTreeSet<usize>)> = BTreeMap::new();
    let mut ties: Vec<[(usize, usize); 2]> = Vec::new();
    for (at, own) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            for (number, figure) in own.iter().enumerate() {
                if let Some(same) = other.iter().find(|same| agree(figure, same)) {
                    let shown = || format!("{} {}", figure.shown, figure.unit_shown);
                    let key = (figure.value.as_str(), figure.unit);
                    let entry = shared
                        .entry(key)
                        .or_insert_with(|| (shown(), BTreeSet::new()));
                    entry.1.extend([figure.report, same.report]);
                } else if let Some(rival) = rival(figure, own, other) {
                    ties.push([(at, number), (other[rival].report, rival)]);
                }
            }
        }
    }
    let mut shared: Vec<(String, BTreeSet<usize>)> = shared.into_values().collect();
    shared.sort_by_key(|(_, who)| (std::cmp::Reverse(who.len()), who.first().copied()));
    shared.truncate(most);
    let stories = |who: BTreeSet<usize>| who.iter().map(|&at| reports[at].id).collect();
    let shared = shared
        .into_iter()
        .map(|(figure, who)| SharedFigure {
            figure,
            stories: stories(who),
        })
        .collect();
    (shared, differences(reports, &all, &ties, most))
}

fn agree(one: &Figure<'_>, other: &Figure<'_>) -> bool {
    one.value == other.value && one.unit == other.unit
}

/// The figure of `other` that speaks of the same thing with another number, if each is the other's best partner and
/// neither report has the other's number for that thing.
fn rival(figure: &Figure<'_>, own: &[Figure<'_>], other: &[Figure<'_>]) -> Option<usize> {
    let best = |of: &Figure<'_>, among: &[Figure<'_>]| {
        let scored = among
            .iter()
            .enumerate()
            .map(|(at, one)| (of.common(one), at));
        scored
            .filter(|(common, _)| *common > 0)
            .max_by_key(|&(common, at)| (common, std::cmp::Reverse(at)))
    };
    let (_, found) = best(figure, other)?;
    let partner = other.get(found)?;
    let (_, back) = best(partner, own)?;
    let mutual = own.get(back).is_some_and(|back| std::ptr::eq(back, figure));
    let told =
        own.iter().any(|one| agree(one, partner)) || other.iter().any(|one| agree(figure, one));
    (mutual && !told).then_some(found)
}

/// Ties put together: all that is tied speaks of one thing.
fn differences(
    reports: &[Report<'_>],
    all: &[Vec<Figure<'_>>],
    ties: &[[(usize, usize); 2]],
    most: usize,
) -> Vec<Difference> {
    let mut groups: Vec<BTreeSet<(usize, usize)>> = Vec::new();
    for tie in ties {
        let (with, mut rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| tie.iter().any(|end| group.contains(end)));
        let mut joined: BTreeSet<(usize, usize)> = with.into_iter().flatten().collect();
        joined.extend(tie);
        rest.push(joined);
        groups = rest;
    }
    groups.sort_by_key(|group| {
        let who: BTreeSet<usize> = group.iter().map(|(report, _)| *report).collect();
        (std::cmp::Reverse(who.len()), group.first().copied())
    });
    groups.truncate(most);
    let difference = |group: BTreeSet<(usize, usize)>| {
        let figures: Vec<&Figure<'_>> =
            group.iter().map(|&(report, at)| &all[report][at]).collect();
        let claim = |figure: &&Figure<'_>| Claim {
            story: reports[figure.report].id,
            value: figure.shown.to_owned(),
            sentence: figure.sentence.to_owned(),
        };
        Difference {
            about: figures
                .first()
                .map_or(String::new(), |first| first.unit_shown.to_owned()),
            claims: figures.iter().map(claim).collect(),
        }
    };
    groups.into_iter().map(difference).collect()
}

/// The figures of one body.
fn read<'a>(report: usize, body: &'a str, tokens: &[Token]) -> Vec<Figure<'a>> {
    let mut found = Vec::new();
    if !tokens.iter().any(may_be_number) {
        return found;
    }
    for sentence in sentences(body, tokens) {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some(words) = tokens.get(range) else {
            continue;
        };
        let shown = body
            .get(sentence.bytes.start as usize..sentence.bytes.end as usize)
            .unwrap_or_default();
        for at in 0..words.len() {
            if found.len() == MOST {
                return found;
            }
            if let Some(mut figure) = figure(body, words, at) {
                figure.report = report;
                figure.sentence = shown;
                found.push(figure);
            }
        }
    }
    found
}

/// The figure at `at` of a sentence's tokens.
fn figure<'a>(body: &'a str, words: &[Token], at: usize) -> Option<Figure<'a>> {
    let word = words.get(at).filter(|word| may_be_number(word))?;
    let shown = slice(body, word);
    let value = value(shown, word.shape)?;
    let unit = words[at + 1..]
        .iter()
        .take(3)
        .find(|word| counts(body, word))?;
    let beside = [at.checked_sub(1), Some(at + 1)];
    let date = beside
        .into_iter()
        .flatten()
        .filter_map(|at| words.get(at))
        .any(|word| is_month(slice(body, word)));
    // a number with a colon behind it, or before it, is a time
    let end = words[at].start as usize + shown.len();
    let clock = body[end..].starts_with(':') || body[..words[at].start as usize].ends_with(':');
    if date || clock {
        return None;
    }
    let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(words.len());
    let unit_stem = stem(body, unit);
    let around = words[near]
        .iter()
        .filter(|word| counts(body, word))
        .map(|word| stem(body, word))
        .filter(|stem| *stem != unit_stem);
    Some(Figure {
        report: 0,
        value,
        shown,
        unit: unit_stem,
        unit_shown: slice(body, unit),
        around: around.collect(),
        sentence: "",
    })
}

/// Whether a word is worth a look: it has a digit, or its hash is that of a number spelled out.
fn may_be_number(word: &Token) -> bool {
    word.shape == Shape::Number || TABLES.hashes.has(word.hash)
}

/// A number without its separators; `None` for years, versions and what is no number.
fn value(shown: &str, shape: Shape) -> Option<String> {
    if shape != Shape::Number {
        return spelled(shown);
    }
    let plain = shown
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let year = shown.len() == 4 && (shown.starts_with("19") || shown.starts_with("20"));
    if !plain || year {
        return None;
    }
    let groups: Vec<&str> = shown.split(['.', ',']).collect();
    let (first, rest) = groups.split_first()?;
    // three digits behind each separator: thousands
    if rest.iter().all(|group| group.len() == 3) && !first.starts_with('0') {
        return Some(groups.concat());
    }
    Some(groups.join("."))
}

/// Whether a word can be what a number counts, or tell what is counted: no number, no common word.
fn counts(body: &str, word: &Token) -> bool {
    word.shape != Shape::Number
        && !CommonWords::of(None).has(word.hash)
        && !(TABLES.hashes.has(word.hash) && spelled(slice(body, word)).is_some())
}

fn stem(body: &str, word: &Token) -> u64 {
    if word.shape == Shape::Bigram {
        return word.hash;
    }
    stem::hash_of(slice(body, word), word.hash)
}

/// The stem of a word of a table, in small letters.
fn stem_of(word: &str) -> u64 {
    stem::hash_of(word, xxh3_64(word.as_bytes()))
}

fn slice<'a>(body: &'a str, word: &Token) -> &'a str {
    let start = word.start as usize;
    body.get(start..start + usize::from(word.len))
        .unwrap_or_default()
}

/// The tables of numbers, months and spans of time; spans by their stems.
struct Tables {
    spans: BTreeSet<u64>,
    /// The words of `spelled`.
    hashes: CommonWords,
    spelled: BTreeMap<&'static str, &'static str>,
    months: BTreeSet<&'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let row = |kind: &'static str| {
        NUMBERS
            .lines()
            .filter_map(move |line| line.split_once('\t').filter(|(of, _)| *of == kind))
            .map(|(_, words)| words.split(' ').collect::<Vec<_>>())
    };
    let words: Vec<&str> = row("word").flatten().collect();
    Tables {
        hashes: CommonWords::read(&words.join(" ")),
        spelled: row("word")
            .flat_map(|words| {
                let pair = |pair: &[&'static str]| Some((*pair.first()?, *pair.get(1)?));
                words.chunks(2).filter_map(pair).collect::<Vec<_>>()
            })
            .collect(),
        months: row("month").flatten().collect(),
        spans: row("span").flatten().map(stem_of).collect(),
    }
});

fn spelled(word: &str) -> Option<String> {
    // the longest spelled number has ten letters
    if word.len() > 24 {
        return None;
    }
    let lower = word.to_lowercase();
    TABLES
        .spelled
        .get(lower.as_str())
        .map(|digits| (*digits).to_owned())
}

fn is_month(word: &str) -> bool {
    let lower = word.to_lowercase();
    (3..=lower.chars().count().min(6)).any(|letters| {
        let end = lower
            .char_indices()
            .nth(letters)
            .map_or(lower.len(), |(end, _)| end);
        let whole = end == lower.len();
        // a short form is a month only as a whole word: "mar", not "market"
        (whole || letters >= 4) && TABLES.months.contains(&lower[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::document;

    fn report(id: u64, body: &str) -> Report<'_> {
        Report {
            id: Key(id),
            title: None,
            body,
            source: None,
            published: None,
        }
    }

    fn found(bodies: &[&str]) -> (Vec<SharedFigure>, Vec<Difference>) {
        let reports: Vec<Report<'_>> = bodies
            .iter()
            .enumerate()
            .map(|(id, body)| report(id as u64, body))
            .collect();
        let tokens: Vec<_> = bodies.iter().map(|body| document(body).tokens).collect();
        figures(&reports, &tokens, 9)
    }

    #[test]
    fn a_toll_of_twelve_here_and_fifteen_there() {
        let (shared, differ) = found(&[
            "The quake killed at least 12 people in Tarsk. Some 9,000 homes lost power on August 3.",
            "Fifteen people were killed by the quake in Tarsk, officials said. Power failed in 9,000 homes.",
        ]);
        assert_eq!(differ.len(), 1, "{differ:?}");
        assert_eq!(differ[0].about, "people");
        let values: Vec<&str> = differ[0]
            .claims
            .iter()
            .map(|claim| claim.value.as_str())
            .collect();
        assert_eq!(values, ["12", "Fifteen"]);
        assert!(differ[0].claims[1].sentence.starts_with("Fifteen people"));
        assert_eq!(shared.len(), 1, "{shared:?}");
        assert_eq!(shared[0].figure, "9,000 homes");
    }

    #[test]
    fn other_languages_differ_too() {
        for (one, two) in [
            (
                "Bei dem Beben starben 12 Menschen in Karsum.",
                "In Karsum starben 15 Menschen bei dem Beben.",
            ),
            (
                "При пожаре погибли 5 человек на складе.",
                "На складе при пожаре погибли 8 человек.",
            ),
            ("地震で12人が死亡した。", "地震で15人が死亡した。"),
        ] {
            let (_, differ) = found(&[one, two]);
            assert_eq!(differ.len(), 1, "{one} {differ:?}");
        }
    }

    #[test]
    fn what_both_say_is_no_difference() {
        let (_, differ) = found(&[
            "Police counted 40 injured people. Later 12 people were killed.",
            "Some 12 people were killed and 40 injured people were treated.",
        ]);
        assert!(differ.is_empty(), "{differ:?}");
    }

    #[test]
    fn dates_years_and_times_are_no_figures() {
        let (shared, differ) = found(&[
            "On August 12 voters went to the polls at 9:30 in 2024 elections.",
            "On August 13 voters went to the polls at 8:30 in 2028 elections.",
        ]);
        assert!(
            shared.is_empty() && differ.is_empty(),
            "{shared:?} {differ:?}"
        );
    }

    #[test]
    fn thousands_are_one_number_in_any_separator() {
        assert_eq!(value("9,000", Shape::Number), value("9.000", Shape::Number));
        assert_eq!(value("4.25", Shape::Number), value("4,25", Shape::Number));
        assert_eq!(value("2024", Shape::Number), None);
    }

    #[test]
    fn spans_of_time_differ_only_where_they_are_of_one_thing() {
        let (_, apart) = found(&[
            "The deadliest months in more than three years began in June.",
            "Leaders hope to end the deadliest war in 80 years soon.",
        ]);
        assert_eq!(apart, []);
        let (_, apart) = found(&[
            "The court sent the banker to prison for 6 years on Monday.",
            "The banker will be in prison for 8 years.",
        ]);
        assert_eq!(apart.len(), 1);
    }
}
