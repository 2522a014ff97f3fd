//! Printed times inside short lines: what stands in front, the time itself, what stands behind. Reading a time is
//! [`crate::wire::when`]'s work; this file only says what the rest of the line is.

use std::ops::Range;

use super::block::is_sent;
use super::bytes::word_count;
use super::furniture::byline;
use super::label::floor;
use super::line::is_space;
use super::signs::is_wide;
use super::unit::is_name;
use crate::wire::when::{Held, find_in, find_time, is_clock, is_named_day};

/// Where a time stands on a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Spans {
    /// Bytes in front of it, trimmed: publisher, byline, section; empty often.
    pub(super) before: Range<usize>,
    /// As printed.
    pub(super) raw: Range<usize>,
    /// Bytes behind it, trimmed.
    pub(super) after: Range<usize>,
}

/// A line that holds a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Timed<'a> {
    /// In front of the time.
    pub(super) before: &'a str,
    /// As printed.
    pub(super) raw: &'a str,
    /// Behind it.
    pub(super) after: &'a str,
    /// What parts it from the words in front.
    pub(super) sign: &'a str,
    /// And from those behind.
    pub(super) sign_behind: &'a str,
}

impl Spans {
    /// The words at these bytes of the line.
    pub(super) fn of<'a>(&self, text: &'a str) -> Timed<'a> {
        let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
        Timed {
            before: at(&self.before),
            raw: at(&self.raw),
            after: at(&self.after),
            sign: text
                .get(self.before.end..self.raw.start)
                .unwrap_or("")
                .trim(),
            sign_behind: text
                .get(self.raw.end..self.after.start)
                .unwrap_or("")
                .trim(),
        }
    }

    /// The same of a line with so many more bytes in front.
    pub(super) fn moved(self, by: usize) -> Self {
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        Self {
            before: moved(self.before),
            raw: moved(self.raw),
            after: moved(self.after),
        }
    }

    fn new(text: &str, raw: Range<usize>) -> Self {
        Self {
            before: trim(text, 0..raw.start),
            after: trim(text, raw.end..text.len()),
            raw,
        }
    }
}

/// The time in a line, if it holds one. `is_publisher` knows names of the page that end in digits.
pub(super) fn timed(text: &str, is_publisher: &dyn Fn(&str) -> bool) -> Option<Spans> {
    // `NOW Island` is a name
    let named = |spans: &Spans| {
        let time = spans.of(text);
        time.raw == "NOW" && time.before.is_empty() && !time.after.is_empty()
    };
    time_in(text, is_publisher).filter(|spans| !named(spans))
}

fn time_in(text: &str, is_publisher: &dyn Fn(&str) -> bool) -> Option<Spans> {
    // without a digit only a short line is a time: `an hour ago`, `yesterday`
    if text.len() > 44 && text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Some(held) = Held::new(text) else {
        return behind_sign(text).or_else(|| leading(text).map(|raw| Spans::new(text, raw)));
    };
    if let Some(raw) = held.whole() {
        // labels around a time that is the whole line say nothing
        return Some(Spans {
            before: raw.start..raw.start,
            after: raw.end..raw.end,
            raw,
        });
    }
    if let Some(spans) = behind_sign(text).or_else(|| in_brackets(text)) {
        return Some(spans);
    }
    // it is no time alone, as was seen above
    if let Some(glued) = held.glued_name(is_publisher) {
        let first = glued.publisher.start < glued.time.start;
        let none = glued.time.start..glued.time.start;
        let spans = Spans {
            before: if first {
                glued.publisher.clone()
            } else {
                none.clone()
            },
            after: if first { none } else { glued.publisher },
            raw: glued.time,
        };
        if !tells(text, &spans) {
            return Some(spans);
        }
    }
    if let Some(raw) = leading(text) {
        return Some(Spans::new(text, raw));
    }
    let raw = held.inside()?;
    if is_named_day(text, text.get(..raw.start)?, raw.start) {
        return None;
    }
    let spans = Spans::new(text, raw);
    let Timed {
        before, raw, after, ..
    } = spans.of(text);
    let signs = raw.contains(['/', ':', '-', '.', ',']);
    let counted = raw.contains(|c: char| c.is_numeric());
    let vague = !counted || !signs && word_count(raw) < 3 || raw.ends_with("ago");
    // signs on both sides, or who sent it: `Daily News · 2 hours ago · 12 comments`, `submitted 2 hours ago by ann`
    let parted = |end: &str| end.is_empty() || end.ends_with(is_part_sign);
    let sender = after.trim_start_matches(['*', ' ']);
    let sent = words(before) <= 1 && sender.starts_with("by ")
        || before
            .split_once(" by ")
            .is_some_and(|(word, who)| is_sent(word) && words(who) == 1);
    let vague = vague
        && !sent
        && !(parted(before) && (after.is_empty() || after.starts_with(is_part_sign)));
    let words = word_count(before).max(word_count(after));
    (!vague || words <= 2).then_some(spans)
}

/// The signs that part a name, a time and counts.
pub(super) fn is_part_sign(c: char) -> bool {
    matches!(c, '|' | '·' | '⋅' | '•' | '∙' | '–' | '—' | '-')
}

/// Whether a line of words only ends in a word of time: `a game still popular today`, `tools of 3000 years ago`.
fn tells(text: &str, spans: &Spans) -> bool {
    let Timed { before, raw, .. } = spans.of(text);
    let apart = text
        .get(spans.before.end..spans.raw.start)
        .is_some_and(|gap| !gap.is_empty() && gap.trim().is_empty());
    let vague = !raw.contains(|c: char| c.is_ascii_digit()) || raw.ends_with("ago");
    (apart || before.ends_with(|c: char| c.is_ascii_digit()))
        && vague
        && (word_count(before) >= 5 || raw.starts_with("than "))
}

/// The signs that part a headline from its publisher and time on one line.
const SIGNS: [&str; 6] = [" - ", " – ", " — ", " | ", " • ", " · "];

/// Where the last of these signs stands, and where it ends.
fn last_sign(text: &str) -> Option<(usize, usize)> {
    // all start with a space
    memchr::memrchr_iter(b' ', text.as_bytes()).find_map(|at| {
        let rest = text.get(at..)?;
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
        Some((at, at + sign.len()))
    })
}

/// Words of a line; signs that stand alone are none.
pub(super) fn words(text: &str) -> usize {
    let word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(word).count()
}

/// Words of a line that may be a headline with more behind it; characters where no spaces part them.
const HEADLINE: usize = 5;
const WIDE: usize = 10;

/// Whether a text is long enough to be a headline.
pub(super) fn is_long(text: &str) -> bool {
    words(text) >= HEADLINE
        || !text.is_ascii() && is_wide(text) && text.chars().nth(WIDE - 1).is_some()
}

/// A time behind a long line and a sign: `Rain floods the old town - Daily News - 3 hours ago`.
fn behind_sign(text: &str) -> Option<Spans> {
    let (at, end) = last_sign(text)?;
    if words(text.get(..at)?) < HEADLINE {
        return None;
    }
    let last = text.get(end..)?;
    let raw = find_time(last).filter(|raw| raw.len() == last.trim_end().len())?;
    let mut raw = end + raw.start..end + raw.end;
    let mut before = trim(text, 0..at);
    // the sign may part a day from its clock
    let ahead = text.get(before.clone())?;
    let clock = || text.get(raw.clone()).is_some_and(is_clock);
    let day = clock().then(|| find_in(ahead)).flatten();
    let day = day.filter(|day| day.end == ahead.len());
    if let Some(day) = day {
        raw.start = before.start + day.start;
        before = trim(text, before.start..raw.start);
    }
    Some(Spans {
        before,
        after: raw.end..raw.end,
        raw,
    })
}

/// A time in brackets behind a long line: `Rain floods the old town - Daily News (3 hours ago)`.
fn in_brackets(text: &str) -> Option<Spans> {
    let rest = text.strip_suffix([')', '）'])?;
    let open = rest.rfind(['(', '（'])?;
    let before = text.get(..open)?;
    // where no spaces part words, none stands here, either
    if !(before.ends_with(is_space) || is_wide(before)) || !is_long(before) {
        return None;
    }
    let start = open + rest.get(open..)?.chars().next()?.len_utf8();
    let inside = rest.get(start..)?;
    let raw = find_time(inside).filter(|raw| raw.len() == inside.trim().len())?;
    let raw = start + raw.start..start + raw.end;
    Some(Spans {
        before: trim(text, 0..open),
        after: raw.end..raw.end,
        raw,
    })
}

/// Headline and publisher in front of a time on one line.
pub(super) fn one_line<'a>(time: &Timed<'a>) -> Option<(&'a str, Option<&'a str>)> {
    let before = time.before;
    let names = |(at, end): (usize, usize)| {
        let (title, name) = (before.get(..at)?, before.get(end..)?);
        let fits = word_count(title) >= 4 && is_name(name) && word_count(name) <= 4;
        fits.then_some((title, Some(name)))
    };
    if byline(before).is_some() {
        return None;
    }
    last_sign(before)
        .and_then(names)
        .or_else(|| is_long(before).then_some((before, None)))
}

/// A clock or day in front of other words: `23 h 48 Rain floods the town`.
fn leading(text: &str) -> Option<Range<usize>> {
    if !text.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let head = floor(text, 24);
    let mut best = None;
    for (end, _) in head.char_indices().filter(|&(_, c)| is_space(c)).take(3) {
        let prefix = text.get(..end)?;
        let rest = text.get(end..)?.trim_start();
        let starts = rest.starts_with(|c: char| {
            !c.is_lowercase() && !c.is_ascii_digit() && !matches!(c, '-' | '/' | ',' | ':')
        });
        let parted = prefix.contains(|c: char| !c.is_ascii_digit());
        if parted && starts && find_time(prefix).is_some_and(|raw| raw == (0..end)) {
            best = Some(0..end);
        }
    }
    best
}

/// A short form behind a name, set apart: `Daily News 5h`. Only a page with several of them proves it a time.
pub(super) fn short_form(text: &str) -> Option<Spans> {
    let (name, last) = text.rsplit_once(is_space)?;
    if let Some(number) = name.rfind(is_space).filter(|_| !last.is_ascii()) {
        // `VTV 13 ngày`
        let start = number + text.get(number..)?.chars().next()?.len_utf8();
        let raw = text.get(start..)?;
        let counted = raw.len() <= 16 && raw.starts_with(|c: char| c.is_ascii_digit());
        let name = text.get(..number)?;
        if counted && word_count(name) <= 5 && find_time(raw).is_some() {
            return Some(Spans::new(text, start..text.len()));
        }
    }
    let fits =
        last.len() <= 5 && last.starts_with(|c: char| c.is_ascii_digit()) && word_count(name) <= 5;
    let raw = text.len() - last.len()..text.len();
    (fits && find_time(last).is_some()).then(|| Spans::new(text, raw))
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let trimmed = part.trim_matches(is_space);
    if trimmed.is_empty() {
        return range.start..range.start;
    }
    let start = range.start + (part.len() - part.trim_start_matches(is_space).len());
    start..start + trimmed.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str, &str)> {
        let spans = timed(text, &|_| false)?;
        let time = spans.of(text);
        Some((time.before, time.raw, time.after))
    }

    #[test]
    fn a_line_with_a_time_comes_apart() {
        assert_eq!(parts("time3 hours ago"), Some(("", "3 hours ago", "")));
        assert_eq!(parts("NHK8 hours ago"), Some(("NHK", "8 hours ago", "")));
        assert_eq!(
            parts("France 248 hours ago"),
            Some(("France 24", "8 hours ago", ""))
        );
        assert_eq!(
            parts("23 h 48 Rain floods the old town"),
            Some(("", "23 h 48", "Rain floods the old town"))
        );
        assert_eq!(
            parts("By Ann Lee - Daily Wire - Friday, April 28, 2023"),
            Some(("By Ann Lee - Daily Wire", "Friday, April 28, 2023", ""))
        );
        assert_eq!(
            parts("Rain floods the old town - Daily News - 3 hours ago"),
            Some(("Rain floods the old town - Daily News", "3 hours ago", ""))
        );
        assert_eq!(
            parts("Rain floods the old town for a second time - Daily News (3 hours ago)"),
            Some((
                "Rain floods the old town for a second time - Daily News",
                "3 hours ago",
                ""
            ))
        );
        assert_eq!(
            parts("港町の灯台を六十年ぶりに公開(2月24日 17時35分)"),
            Some(("港町の灯台を六十年ぶりに公開", "2月24日 17時35分", ""))
        );
        assert_eq!(parts("NOW Island"), None);
        assert_eq!(
            parts("Tools of makers who lived there 3000 years ago"),
            None
        );
        assert_eq!(parts("Flour is cheaper than a year ago"), None);
        assert_eq!(parts("No time here"), None);
        assert_eq!(parts("Town drops plan for a second fish market"), None);
    }

    #[test]
    fn short_forms_behind_names_are_found() {
        let spans =
            short_form("Daily News 5h").map(|spans| spans.of("Daily News 5h").before.to_owned());
        assert_eq!(spans.as_deref(), Some("Daily News"));
        assert_eq!(short_form("The shop on Route 66"), None);
    }
}
