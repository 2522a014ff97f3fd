//! The words of printed times in all languages at once: what a word can mean in one.
//!
//! The table is data (`words.tsv`); the grammar next door decides which of a word's meanings fits where it stands.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::table::Table;
use crate::article::TimeUnit;

/// A zone as printed behind a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Zone {
    /// Minutes east of Greenwich.
    Offset(i32),
    /// A zone with summer time, by its name in the IANA database.
    Named(&'static str),
}

/// What a word does in a time besides having a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// `vor`, `il y a`: stands before the number.
    Before,
    /// `ago`, `назад`: stands after the unit.
    After,
    /// A unit that needs no marker: `4h`.
    Short,
    /// `about`, `de`, `at`.
    Filler,
    /// `Uhr`, `г.`: closes a clock or a year.
    Trail,
    /// `Updated`, `Publié le`.
    Label,
    /// A day of the week.
    Weekday,
    /// `st`, `nd`.
    Ordinal,
    /// `just now`.
    Now,
    /// `tháng`: the number of a month follows.
    MonthWord,
    /// `half an hour`: half of the unit that follows.
    Half,
    /// `går`: a day only behind the next.
    Joined,
    /// `i`, of `i går`.
    Joins,
    /// `hodinou`: one of it where no number stands, but for a marker.
    One,
}

/// A set of [`Mark`]s.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marks(u16);

impl Marks {
    pub(crate) fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u16) != 0
    }

    /// Whether another one is in it than these.
    pub(crate) fn beyond(self, others: &[Mark]) -> bool {
        let others = others.iter().fold(0, |all, &mark| all | 1 << mark as u16);
        self.0 & !others != 0
    }

    fn set(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u16;
    }
}

/// What a number followed by this word counts, as in `5月`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Suffix {
    /// 年
    Year,
    /// 月
    Month,
    /// 日
    Day,
    /// 時
    Hour,
    /// 分
    Minute,
}

/// All that a word can mean in a printed time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Meaning {
    /// 1 to 12.
    pub month: Option<i8>,
    /// What it counts.
    pub unit: Option<TimeUnit>,
    /// A number as a word.
    pub number: Option<i64>,
    /// A day by name: so many days back.
    pub back: Option<i64>,
    /// The half of the day: false before noon.
    pub afternoon: Option<bool>,
    /// A zone.
    pub zone: Option<Zone>,
    /// Counts like 年, 月, 日.
    pub suffix: Option<Suffix>,
    /// The rest.
    pub marks: Marks,
}

static WORDS: LazyLock<Table<Meaning>> = LazyLock::new(|| {
    let mut words = BTreeMap::<&'static str, Meaning>::new();
    for (word, kind, value) in rows() {
        if kind != "name" {
            add(words.entry(word).or_default(), kind, value);
        }
    }
    Table::new(words.into_iter().map(|(word, all)| (word.to_owned(), all)))
});

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows()
        .filter(|row| row.1 == "name")
        .map(|row| row.0)
        .collect()
});

/// The meanings of a word: in lower case, with a capital, or in capitals; mixed (`DWa`) it is a name.
pub(crate) fn meaning(word: &str) -> Option<&'static Meaning> {
    // the longest word of the table has 66 bytes, in ASCII 16
    if word.is_ascii() {
        if word.len() > 32 || !WORDS.may_hold(word) {
            return None;
        }
        let bytes = word.as_bytes();
        let small = bytes.iter().any(u8::is_ascii_lowercase);
        let inner = bytes.get(1..).unwrap_or_default();
        let large = inner.iter().any(u8::is_ascii_uppercase);
        return match (small, large) {
            (true, true) => None,
            (true, false) if bytes.first().is_some_and(u8::is_ascii_lowercase) => WORDS.get(word),
            _ => WORDS.get_lower(word),
        };
    }
    if word.len() > 56 {
        return None;
    }
    let small = |byte: u8| byte.is_ascii_lowercase() || !byte.is_ascii();
    if word.bytes().all(small)
        && let Some(found) = WORDS.get(word)
    {
        return Some(found);
    }
    let mut inner = word.chars().skip(1);
    let mixed = word.chars().any(char::is_lowercase) && inner.any(char::is_uppercase);
    if mixed {
        return None;
    }
    WORDS.get_lower(word)
}

/// Whether a publisher of this name, with digits at its end, is in the table.
pub(crate) fn ends_in_digits(name: &str) -> bool {
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((
                cells.next()?,
                cells.next()?,
                cells.next().unwrap_or_default(),
            ))
        })
}

fn add(meaning: &mut Meaning, kind: &str, value: &'static str) {
    let marks = &mut meaning.marks;
    match kind {
        "month" => meaning.month = value.parse().ok(),
        "unit" => meaning.unit = TimeUnit::parse(value),
        "number" => meaning.number = value.parse().ok(),
        "back" => meaning.back = value.parse().ok(),
        "am" => meaning.afternoon = Some(false),
        "pm" => meaning.afternoon = Some(true),
        "zone" => meaning.zone = Some(value.parse().map_or(Zone::Named(value), Zone::Offset)),
        "suffix" => meaning.suffix = suffix(value),
        "before" => marks.set(Mark::Before),
        "after" => marks.set(Mark::After),
        "short" => marks.set(Mark::Short),
        "filler" => marks.set(Mark::Filler),
        "trail" => marks.set(Mark::Trail),
        "label" => marks.set(Mark::Label),
        "weekday" => marks.set(Mark::Weekday),
        "ordinal" => marks.set(Mark::Ordinal),
        "now" => marks.set(Mark::Now),
        "half" => marks.set(Mark::Half),
        "one" => marks.set(Mark::One),
        "joined" => marks.set(Mark::Joined),
        "joins" => marks.set(Mark::Joins),
        "monthword" => marks.set(Mark::MonthWord),
        _ => debug_assert!(false, "unknown kind {kind} in words.tsv"),
    }
}

fn suffix(value: &str) -> Option<Suffix> {
    match value {
        "year" => Some(Suffix::Year),
        "month" => Some(Suffix::Month),
        "day" => Some(Suffix::Day),
        "hour" => Some(Suffix::Hour),
        "minute" => Some(Suffix::Minute),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_says_something() {
        for (word, kind, value) in rows() {
            let mut meaning = Meaning::default();
            if kind != "name" {
                add(&mut meaning, kind, value);
                assert_ne!(meaning, Meaning::default(), "{word} {kind} {value}");
                assert!(
                    !word.contains(' '),
                    "{word}: words are looked up one by one"
                );
            }
            if let Some(Zone::Named(name)) = meaning.zone {
                assert!(jiff::tz::TimeZone::get(name).is_ok(), "{name}");
            }
        }
    }

    #[test]
    fn words_are_found_in_each_case_that_is_printed() {
        for word in ["AUGUST", "Août", "МАЯ", "août"] {
            assert!(meaning(word).is_some_and(|m| m.month.is_some()), "{word}");
        }
        assert_eq!(meaning("Yomiuri"), None);
        assert_eq!(meaning("DWa"), None);
    }
}
