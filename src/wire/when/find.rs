//! Times on the lines of a page: lines that are a time, lines with a publisher glued to one, times inside a line.
//!
//! All give byte ranges of the line, so that the splitter can account for every byte.

use std::cell::OnceCell;
use std::ops::Range;

use super::grammar::{Reading, read};
use super::may::may_hold_time;
use super::words::{Mark, ends_in_digits, meaning};
use crate::article::TimeUnit;

/// Longer lines are no line of a source block.
const LONGEST: usize = 120;

/// A publisher and a time on one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glued {
    /// Bytes of the publisher (or of an author, where a site prints one there).
    pub publisher: Range<usize>,
    /// Bytes of the time, without a label such as `Updated`.
    pub time: Range<usize>,
}

/// The bytes of the time, if the line is one and nothing else: `3 hours ago`, `time3 hours ago`, `Updated 14 hours ago`,
/// `November 19, 2019 / 12:21 AM / Updated 14 hours ago` (the first of the two), `4h`, `14:05`.
///
/// A label before it, signs around it and a reading time behind it (`5 min read`) do not count as something else.
#[must_use]
pub fn find_time(line: &str) -> Option<Range<usize>> {
    whole(line).map(|found| found.0)
}

/// As [`find_time`], with what was read.
pub(super) fn whole(line: &str) -> Option<(Range<usize>, Reading)> {
    if line.len() > LONGEST || !may_hold_time(line) {
        return None;
    }
    whole_of(line)
}

/// As [`whole`], of a line of bounded length that may hold a time.
fn whole_of(line: &str) -> Option<(Range<usize>, Reading)> {
    let mut start = skip_signs(line, 0);
    for _ in 0..6 {
        if let Some((end, reading)) = read(line, start)
            && (closes(line, end) || line.get(end..) == Some("."))
        {
            return Some((start..end, reading));
        }
        start = skip_label(line, start)?;
    }
    None
}

/// Splits a line into a publisher and a time glued or set beside it, in either order: `NHK8 hours ago`,
/// `Yahoo23-04-2025`, `Fox Nation•October 3, 2016`, `Author 1 day ago`, `3 hours ago • NHK`.
///
/// Digits between a name and a number are shared out by what is possible (`France 248 hours ago` is `France 24` and
/// 8 hours), by `is_publisher` – the names found elsewhere on the page – and by a table of names that end in digits.
pub fn find_glued(line: &str, is_publisher: &dyn Fn(&str) -> bool) -> Option<Glued> {
    // a time alone has parts that could pass for a name: `Il y a 1 heure`
    if whole(line).is_some() {
        return None;
    }
    Held::new(line)?.glued_name(is_publisher)
}

/// A line that may hold a time, with all that can be read on it: read once for all that is asked of it.
pub(crate) struct Held<'t> {
    line: &'t str,
    /// Where each reading starts and ends.
    readings: OnceCell<Vec<(usize, usize, Reading)>>,
}

impl<'t> Held<'t> {
    /// `None` where no time can stand on the line.
    pub(crate) fn new(line: &'t str) -> Option<Self> {
        may_hold_time(line).then(|| Self {
            line,
            readings: OnceCell::new(),
        })
    }

    fn readings(&self) -> &[(usize, usize, Reading)] {
        self.readings.get_or_init(|| {
            let all = starts(self.line);
            all.filter_map(|start| read(self.line, start).map(|(end, found)| (start, end, found)))
                .collect()
        })
    }

    /// As [`find_time`].
    pub(crate) fn whole(&self) -> Option<Range<usize>> {
        let short = self.line.len() <= LONGEST;
        short.then(|| whole_of(self.line))?.map(|found| found.0)
    }

    /// As [`find_glued`], where the line is known to be no time alone.
    pub(crate) fn glued_name(&self, is_publisher: &dyn Fn(&str) -> bool) -> Option<Glued> {
        if self.line.len() > LONGEST {
            return None;
        }
        behind_name(self.line, self.readings(), is_publisher).or_else(|| before_name(self.line))
    }

    /// As [`find_in`].
    pub(crate) fn inside(&self) -> Option<Range<usize>> {
        let mut all = self.readings().iter();
        all.find(|(.., reading)| !reading.is_weak())
            .map(|&(start, end, _)| start..end)
    }
}

/// The first time inside a line that could not be anything else (no bare clock, no `4h`): for bylines such as
/// `By Ann Lee - Friday, April 28, 2023`.
#[must_use]
pub fn find_in(line: &str) -> Option<Range<usize>> {
    find_near(line, usize::MAX)
}

/// The same, where it starts at byte `most` or before.
pub(crate) fn find_near(line: &str, most: usize) -> Option<Range<usize>> {
    if !may_hold_time(line) {
        return None;
    }
    starts(line)
        .take_while(|&start| start <= most)
        .filter_map(|start| read(line, start).map(|(end, reading)| (start..end, reading)))
        .find(|(_, reading)| !reading.is_weak())
        .map(|found| found.0)
}

/// Name first, time last.
fn behind_name(
    line: &str,
    readings: &[(usize, usize, Reading)],
    is_publisher: &dyn Fn(&str) -> bool,
) -> Option<Glued> {
    let mut best: Option<(u8, Glued)> = None;
    for &(start, end, reading) in readings {
        let Some(glued) = split_at(line, start, end, reading) else {
            continue;
        };
        let name = line.get(glued.publisher.clone())?;
        let rank = match () {
            () if is_publisher(name) => 2,
            () if ends_in_digits(name) => 1,
            () => 0,
        };
        if best.as_ref().is_none_or(|b| rank > b.0) {
            best = Some((rank, glued));
        }
    }
    best.map(|found| found.1)
}

/// The split at the time from `start` to `end`.
fn split_at(line: &str, start: usize, end: usize, reading: Reading) -> Option<Glued> {
    if !closes(line, end) {
        return None;
    }
    let before = line.get(..start)?;
    let publisher = name_range(line, 0..strip_label(before).len())?;
    let apart = publisher.end < start;
    let glued_word = !apart && line.get(start..)?.starts_with(char::is_lowercase);
    if glued_word && !matches!(reading, Reading::Ago { .. } | Reading::Back { .. }) {
        return None;
    }
    // `Windows 10`, `Route 4 h`: a short form needs a sign or a glue between
    let inside = before.ends_with(|c: char| c.is_ascii_digit());
    let weak = reading.is_weak() && (inside || apart && !before.trim_end().ends_with(is_sign));
    (in_range(reading, apart) && !weak && !is_named_day(line, before, start)).then_some(Glued {
        publisher,
        time: start..end,
    })
}

/// Whether a word for a day is the last of a name: `India Today`. With a sign between it is a day.
pub(crate) fn is_named_day(line: &str, before: &str, start: usize) -> bool {
    let word = line.get(start..).unwrap_or("");
    word.starts_with(char::is_uppercase)
        && !word.contains(|c: char| c.is_numeric())
        && before.ends_with(is_space)
        && !before.trim_end().ends_with(is_sign)
}

/// Time first, name last: only with a sign between, or glued.
fn before_name(line: &str) -> Option<Glued> {
    let start = skip_signs(line, 0);
    let (end, _) = read(line, start)?;
    let rest = line.get(end..)?;
    let parted = rest.trim_start().starts_with(is_sign);
    let glued = rest.starts_with(char::is_uppercase);
    let publisher = name_range(line, end..line.len())?;
    ((parted || glued) && line.get(publisher.clone())?.len() <= 40).then_some(Glued {
        publisher,
        time: start..end,
    })
}

/// The range without spaces and signs around it, if that can be a name.
fn name_range(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = line.get(range.clone())?;
    let head = text.len() - text.trim_start_matches(|c| is_space(c) || is_sign(c)).len();
    let name = text.trim_matches(|c: char| is_space(c) || is_sign(c));
    let letters = name.chars().any(char::is_alphabetic);
    let upper = name
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase() || name.len() <= 24 || is_domain(name));
    let start = range.start + head;
    // a bracket inside a name closes it: `Town Courier (TX)`
    let closed = name.contains('(') && text.get(head + name.len()..)?.starts_with(')');
    let name = if closed {
        text.get(head..head + name.len() + 1)?
    } else {
        name
    };
    (letters && upper && name.chars().count() <= 60).then_some(start..start + name.len())
}

/// Whether the first word is the name of a domain: `gazette.example - Ann Lee`.
fn is_domain(name: &str) -> bool {
    let word = name.split_whitespace().next().unwrap_or("");
    let end = word.rsplit_once('.').map_or("", |(_, end)| end);
    end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// `NHK Updated ` → `NHK `.
fn strip_label(before: &str) -> &str {
    let trimmed = before.trim_end_matches(|c: char| is_space(c) || c == ':');
    let last = trimmed.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
        at + trimmed[at..].chars().next().map_or(1, char::len_utf8)
    });
    let word = trimmed.get(last..).unwrap_or_default();
    let Some(found) = meaning(word).filter(|_| last > 0) else {
        return before;
    };
    if found.marks.has(Mark::Label) {
        let rest = trimmed.get(..last).unwrap_or_default();
        // `Publié le`
        return if word.len() <= 3 {
            strip_label(rest)
        } else {
            rest
        };
    }
    // `Veröffentlicht am`
    let inner = trimmed.get(..last).unwrap_or_default();
    if found.marks.has(Mark::Filler) && trimmed.len() < before.len() {
        let stripped = strip_label(inner);
        if stripped.len() < inner.len() {
            return stripped;
        }
    }
    before
}

/// Whether what stands behind a time takes nothing away from it.
fn closes(line: &str, end: usize) -> bool {
    let Some(rest) = line.get(end..) else {
        return false;
    };
    let rest = rest.trim_matches(|c: char| is_space(c) || is_sign(c));
    if rest.is_empty() {
        return true;
    }
    // `/ Updated 14 hours ago`, `• 4 min read`, `09:41Modifié le : 5 mars`
    let apart = |c: char| is_space(c) || is_sign(c) || c.is_uppercase();
    if !line.get(end..).is_some_and(|r| r.starts_with(apart)) {
        return false;
    }
    let reading = rest.ends_with("min read") || rest.ends_with("minute read");
    reading || skip_label(rest, 0).is_some_and(|_| rest.len() < 60 && whole(rest).is_some())
}

/// Whether pages print such a number. Glued to a name only what no larger unit says shorter: 59 minutes, 23 hours,
/// 30 days; set apart from it somewhat more.
fn in_range(reading: Reading, apart: bool) -> bool {
    let Reading::Ago { amount, unit, .. } = reading else {
        return true;
    };
    let (glued, spaced) = match unit {
        TimeUnit::Second | TimeUnit::Minute => (59, 120),
        TimeUnit::Hour => (23, 72),
        TimeUnit::Day => (30, 60),
        TimeUnit::Week => (9, 52),
        TimeUnit::Month => (11, 24),
        TimeUnit::Year => (60, 60),
    };
    (0..=if apart { spaced } else { glued }).contains(&amount)
}

/// Where a time may start: at digits and words.
fn starts(line: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    // markers stand before digits
    let digit = line.bytes().rposition(|byte| byte.is_ascii_digit());
    line.char_indices().filter_map(move |(at, c)| {
        let previous = std::mem::replace(&mut before, c);
        // `Hafenbotevor 2 Stunden`
        let marks = matches!(c, 'v' | 'h' | 'i' | 'f' | 'p') && digit.is_some_and(|last| last > at);
        if marks && previous.is_lowercase() && is_marker(line, at) {
            return Some(at);
        }
        // a lower-case word inside a word can only be a number: `Daily Maverickan hour ago`; capitals are one word: `DW`
        let inside =
            previous.is_alphabetic() && c.is_lowercase() && !(c == 'a' && opens_one(line, at))
                || previous.is_uppercase() && c.is_uppercase();
        (c.is_numeric() || c.is_alphabetic() && !inside).then_some(at)
    })
}

/// Whether `a` or `an` stands at this byte and a word behind it, no number: `an hour ago`, not the end of `Moran 1d`.
fn opens_one(line: &str, at: usize) -> bool {
    let rest = line.get(at + 1..).unwrap_or_default();
    let rest = rest.strip_prefix('n').unwrap_or(rest);
    let word = rest.strip_prefix(' ').unwrap_or_default();
    word.starts_with(char::is_alphabetic)
}

/// Whether a marker stands at this byte that opens a time, and a space behind it: `vor 2 Stunden`, `il y a 2 h`.
fn is_marker(line: &str, at: usize) -> bool {
    let rest = line.get(at..).unwrap_or_default();
    let word = rest
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    let behind = rest.get(word.len()..).unwrap_or_default();
    word.len() > 1
        && (behind.starts_with(' ') && behind.contains(|c: char| c.is_ascii_digit()))
        && meaning(word).is_some_and(|m| m.marks.has(Mark::Before))
        && (word != "il" || behind.starts_with(" y a "))
}

fn skip_signs(line: &str, from: usize) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start_matches(|c| is_space(c) || is_sign(c)).len()
}

/// Behind the label word that stands at `from`, its colon and spaces.
fn skip_label(line: &str, from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    let end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let is_label = |word: &str| {
        meaning(word).is_some_and(|m| m.marks.has(Mark::Label) || m.marks.has(Mark::Filler))
    };
    if is_label(word) {
        return Some(skip_signs(line, from + end));
    }
    // glued to the article of `a day ago`: `timea day ago`
    let glued = word.strip_suffix("an").or_else(|| word.strip_suffix('a'));
    glued
        .filter(|word| is_label(word))
        .map(|word| from + word.len())
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '|'
            | '/'
            | '-'
            | '–'
            | '—'
            | ','
            | ':'
            | ';'
            | '*'
            | '('
            | ')'
            | '['
            | ']'
            | '>'
            | '»'
            | '：'
            | '｜'
            | '●'
            | '▪'
            | '【'
            | '】'
            | '（'
            | '）'
            | '⋅'
            | '∙'
            | '&'
    )
}
