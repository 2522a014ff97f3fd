//! Figures: numbers of a report with the word that they count and the words around them.
//!
//! Works on the tokens of any language. Dates, years and times are no figures, nor are numbers that belong to a name or
//! stand before a word that nobody counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::common::CommonWords;
use super::stem;
use crate::text::{Shape, Token, sentences};

/// Numbers spelled out, names of months, and units.
const NUMBERS: &str = include_str!("numbers.tsv");

/// Tokens on each side of a figure that tell what it is about.
const AROUND: usize = 8;

/// Words around two spans of time that must be the same for the spans to be of one thing.
const SPAN_WORDS: usize = 2;

/// Figures of one report that are looked at.
const MOST: usize = 48;

/// Numbers of one word that reports must have for it to be what they count.
const RECURS: usize = 3;

/// A number of one report.
pub(super) struct Figure<'a> {
    pub(super) report: usize,
    /// A table has its unit.
    certain: bool,
    /// Its unit does not stand right beside it, or it belongs to a name.
    doubtful: bool,
    /// Without separators, so that `9,000` and `9.000` are one.
    pub(super) value: String,
    pub(super) shown: &'a str,
    pub(super) unit: u64,
    pub(super) unit_shown: &'a str,
    around: BTreeSet<u64>,
    pub(super) sentence: &'a str,
}

impl Figure<'_> {
    fn is_large(&self) -> bool {
        self.value.len() > 3 && self.value.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// How many words around two figures are the same; 0 where they count different things.
    pub(super) fn common(&self, other: &Self) -> usize {
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

/// The figures of each of these bodies, which come with their tokens.
///
/// A number may stand before any word ("Article 5-like"). It counts one of the table's units, or thousands of what it
/// stands right before, or a word that several reports count, each time another number.
pub(super) fn of_all<'a, 't>(
    bodies: impl Iterator<Item = (&'a str, &'t Vec<Token>)>,
) -> Vec<Vec<Figure<'a>>> {
    let bodies = bodies.enumerate();
    let mut all: Vec<Vec<Figure<'a>>> = bodies
        .map(|(report, (body, tokens))| read(report, body, tokens))
        .collect();
    let mut counted: BTreeMap<u64, (BTreeSet<String>, BTreeSet<usize>)> = BTreeMap::new();
    for figure in all.iter().flatten().filter(|figure| !figure.doubtful) {
        let (values, reports) = counted.entry(figure.unit).or_default();
        values.insert(figure.value.clone());
        reports.insert(figure.report);
    }
    let recurs = |unit: u64| {
        counted
            .get(&unit)
            .is_some_and(|(values, reports)| values.len() >= RECURS && reports.len() > 1)
    };
    for figures in &mut all {
        figures.retain(|figure| {
            figure.certain || !figure.doubtful && (figure.is_large() || recurs(figure.unit))
        });
    }
    all
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
    let number = words.get(at).filter(|word| may_be_number(word))?;
    let printed = slice(body, number);
    let mut value = value(printed, number.shape)?;
    if is_date_or_clock(body, words, at) {
        return None;
    }
    let (mut unit, mut beside) = unit(body, words, at)?;
    let mut end = number.start as usize + printed.len();
    // "5 million euros" are euros
    let magnitude = slice(body, words.get(unit)?);
    if beside && TABLES.magnitudes.contains(&stem(body, words.get(unit)?)) {
        value.extend(magnitude.to_lowercase().chars().take(1));
        let of = self::unit(body, words, unit);
        let known = |of: usize| TABLES.is_unit(words.get(of).map_or(0, |word| stem(body, word)));
        if let Some((of, true)) = of.filter(|&(of, _)| known(of)) {
            end = words[unit].start as usize + magnitude.len();
            (unit, beside) = (of, true);
        }
    }
    let (start, word) = (number.start as usize, words.get(unit)?);
    // "one day" counts nothing
    if value == "1" && TABLES.spans.contains(&stem(body, word)) {
        return None;
    }
    let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(words.len());
    let own = stem(body, word);
    let around = words[near]
        .iter()
        .filter(|word| counts(body, word))
        .map(|word| stem(body, word))
        .filter(|stem| *stem != own);
    Some(Figure {
        report: 0,
        certain: TABLES.is_unit(own) || word.shape == Shape::Bigram,
        doubtful: !beside || is_name_before(body, words, at),
        value,
        shown: body.get(start..end)?,
        unit: own,
        unit_shown: slice(body, word),
        around: around.collect(),
        sentence: "",
    })
}

/// The place of the word that a number counts, and whether it stands right beside the number.
///
/// A table's unit may stand behind words that say nothing ("12 of the people"), but not behind a comma.
fn unit(body: &str, words: &[Token], at: usize) -> Option<(usize, bool)> {
    let mut before = words.get(at)?;
    for (place, word) in words.iter().enumerate().skip(at + 1).take(3) {
        let from = before.start as usize + usize::from(before.len);
        let between = body.get(from..word.start as usize)?;
        if between
            .chars()
            .any(|sign| !matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '-' | '%' | '‑'))
        {
            return None;
        }
        if counts(body, word) {
            return Some((place, place == at + 1));
        }
        before = word;
    }
    None
}

/// A number beside a month, or with a colon behind or before it.
fn is_date_or_clock(body: &str, words: &[Token], at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let mut beside = beside.filter_map(|at| words.get(at));
    let Some(number) = words.get(at) else {
        return false;
    };
    let (start, end) = (
        number.start as usize,
        number.start as usize + usize::from(number.len),
    );
    beside.any(|word| is_month(slice(body, word)))
        || body.get(end..).is_some_and(|rest| rest.starts_with(':'))
        || body
            .get(..start)
            .is_some_and(|before| before.ends_with(':'))
}

/// Whether a number belongs to a name: `Article 5`, `Boeing 737`.
fn is_name_before(body: &str, words: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    before.is_some_and(|word| {
        let end = word.start as usize + usize::from(word.len);
        let joined = words
            .get(at)
            .and_then(|number| body.get(end..number.start as usize));
        matches!(word.shape, Shape::Capital | Shape::Upper)
            && counts(body, word)
            && joined.is_some_and(|between| between == " " || between == "-")
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

/// The tables of numbers, months and units; units by their stems.
struct Tables {
    spans: BTreeSet<u64>,
    magnitudes: BTreeSet<u64>,
    /// The words of `spelled`.
    hashes: CommonWords,
    units: BTreeSet<u64>,
    spelled: BTreeMap<&'static str, &'static str>,
    months: BTreeSet<&'static str>,
}

impl Tables {
    fn is_unit(&self, stem: u64) -> bool {
        [&self.units, &self.spans, &self.magnitudes]
            .iter()
            .any(|table| table.contains(&stem))
    }
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
        magnitudes: row("magnitude").flatten().map(stem_of).collect(),
        units: row("unit").flatten().map(stem_of).collect(),
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

    fn printed(bodies: &[&str]) -> Vec<String> {
        let tokens: Vec<_> = bodies.iter().map(|body| document(body).tokens).collect();
        let all = of_all(bodies.iter().copied().zip(&tokens));
        let print = |figure: &Figure<'_>| format!("{} {}", figure.shown, figure.unit_shown);
        all.iter().flatten().map(print).collect()
    }

    #[test]
    fn thousands_are_one_number_in_any_separator() {
        assert_eq!(value("9,000", Shape::Number), value("9.000", Shape::Number));
        assert_eq!(value("4.25", Shape::Number), value("4,25", Shape::Number));
        assert_eq!(value("2024", Shape::Number), None);
    }

    #[test]
    fn dates_years_and_times_are_no_figures() {
        let texts =
            ["On August 12 people went to the polls at 9:30 in 2024 elections of 2,000 seats."];
        assert_eq!(printed(&texts), ["2,000 seats"]);
    }

    #[test]
    fn a_number_of_a_name_or_before_any_word_counts_nothing() {
        let texts = [
            "Leaders spoke of Article 5-like guarantees, of the Nordic 30 index and of 5, like before.",
            "They want Article 5-like guarantees. The Nordic 30 index fell and 19 suspected the worst.",
        ];
        assert_eq!(printed(&texts), [""; 0]);
    }

    #[test]
    fn what_reports_count_differently_is_counted() {
        let texts = [
            "Some say 47 horses and 50 horses.",
            "No, 12 horses. Of 75,000 files one burned.",
        ];
        assert_eq!(
            printed(&texts),
            ["47 horses", "50 horses", "12 horses", "75,000 files"]
        );
    }

    #[test]
    fn millions_are_of_something() {
        let texts = ["It cost 5 million euros, some 30 percent more. Of 3 million nobody spoke."];
        assert_eq!(
            printed(&texts),
            ["5 million euros", "30 percent", "3 million"]
        );
    }
}
