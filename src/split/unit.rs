//! [`Line`]s → [`Unit`]s: lines that a dumper wrapped are one again, and each unit is told by its look and its words.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use super::bytes::word_count;
use super::halves::{halves, sourced};
pub(super) use super::kind::{Kind, ends_sentence};
use super::label::{Effect, Labels};
use super::line::{LONG, Line, Marker};
use super::look::{Look, Traits, seen};
use super::proofs::{
    comments, dated_titles, ends_in_head, names_behind, reading_times, short_times, strip_ranks,
    titles_in_front,
};
use super::rows::rows;
use super::time::{Spans, Timed};
use super::wrap::{dated_end, is_separator, paragraph_end, separated_end, wrapped};

/// One or more lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// Its lines, in the page.
    pub(super) lines: Range<usize>,
    /// Their text, joined by single spaces.
    pub(super) text: Cow<'a, str>,
    /// How its first line is marked.
    pub(super) marker: Marker,
    /// Bytes of the longest link in its text.
    pub(super) link: Option<Range<usize>>,
    /// Whether a blank line stands above it.
    pub(super) gap: bool,
    /// What it looks like.
    pub(super) kind: Kind,
    /// Equal for units of equal text but for case, quotes and spaces.
    pub(super) key: u64,
    /// How many units of the page have this key.
    pub(super) echoes: u32,
    /// Characters (bytes for a long text).
    pub(super) chars: u32,
    /// Words; characters for scripts without spaces.
    pub(super) words: u32,
    /// Whether it is the name of a section.
    section: bool,
    /// Where a time stands on it.
    pub(super) time: Option<Spans>,
    pub(super) traits: Traits,
    /// Whether it opens with a dateline, once that was asked.
    pub(super) dated: OnceCell<bool>,
}

impl Unit<'_> {
    /// The time on it.
    pub(super) fn timed(&self) -> Option<Timed<'_>> {
        self.time.as_ref().map(|time| time.of(&self.text))
    }

    /// Whether it could be a headline.
    pub(super) fn is_title(&self) -> bool {
        let open =
            matches!(self.kind, Kind::Short) || self.kind == Kind::Prose && self.chars <= 160;
        open && (8..=250).contains(&self.chars)
            && self.words >= 2
            && self.traits.has(Traits::LETTERS)
            && !self.is_tail_credit()
            && !self.traits.has(Traits::CRUMBS)
    }

    /// Whether it is a headline for sure enough to stand alone: of some length.
    pub(super) fn is_full_title(&self) -> bool {
        self.is_title() && self.is_full()
    }

    /// Whether it has the length of a headline that stands alone.
    pub(super) fn is_full(&self) -> bool {
        // a wide character takes the room of two
        let wide = self.text.len() as u32 >= 2 * self.chars;
        self.kind == Kind::Short && self.words >= 4 && (self.chars >= 18 || wide && self.chars >= 9)
    }

    /// Whether it could be the name of a publisher.
    pub(super) fn is_name(&self) -> bool {
        self.kind == Kind::Short && !self.section && self.traits.has(Traits::NAME)
    }

    /// Whether it is the name of a publisher, as far as a table tells.
    pub(super) fn is_press(&self) -> bool {
        self.is_name() && self.traits.has(Traits::PRESS)
    }

    /// Whether it is the name of a section of news.
    pub(super) fn is_section(&self) -> bool {
        self.section
    }

    /// Whether it only credits who else reported.
    pub(super) fn is_tail_credit(&self) -> bool {
        self.traits.has(Traits::CREDIT)
    }

    /// Whether it is a sentence, too short to be told from a headline by its length.
    pub(super) fn is_short_sentence(&self) -> bool {
        // a wide character says as much as two, unless words are parted as in Korean
        let words = || match self.text.len() as u32 >= 2 * self.chars {
            true if self.text.contains(' ') => 5,
            true => 8,
            false => 4,
        };
        self.traits.has(Traits::STOPS)
            && self.kind == Kind::Short
            && self.marker == Marker::None
            && self.words >= words()
    }

    /// Whether one of these traits may be its: of a long text they are not known.
    pub(super) fn may(&self, traits: u16) -> bool {
        self.traits.has(traits) || self.text.len() > LONG
    }

    /// Whether the sign of copyright stands in it, and it is no paragraph.
    pub(super) fn has_copyright(&self) -> bool {
        self.traits.has(Traits::COPYRIGHT)
    }
}

/// Whether a text could be the name of a publisher: short, few words, no sentence.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 60
        && word_count(text) <= 6
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['?', '!', ':', '…', ','])
        && !text.contains(" / ")
        && !text.contains('@')
        && !text.starts_with("http")
        // `In "News"`: where a blog filed it
        && !(text.starts_with("In ") && text.ends_with(['"', '”']))
        // forums and their readers
        && !text.starts_with("r/")
        && !text.starts_with("u/")
}

/// Makes the units of a page.
pub(super) fn units<'a>(lines: &[Line<'a>], labels: &Labels) -> Vec<Unit<'a>> {
    let wrap = wrapped(lines);
    let names = names_in_digits(lines);
    let mut units: Vec<Unit<'a>> = Vec::with_capacity(lines.len());
    let mut gap = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.text.is_empty() {
            gap |= line.marker == Marker::None;
            at += 1;
            continue;
        }
        let end = separated_end(lines, at)
            .or_else(|| dated_end(lines, at))
            .unwrap_or_else(|| paragraph_end(lines, at, wrap));
        let unit = unit(lines, at..end, gap, labels, &names);
        underline(&mut units, &unit);
        let parts = match halves(&unit, units.last()) {
            Some((first, second)) => vec![first, second],
            None if unit.may(Traits::SOURCED) => sourced(&unit.text).map_or(Vec::new(), Vec::from),
            None => Vec::new(),
        };
        for (number, range) in parts.iter().cloned().enumerate() {
            let gap = gap && number == 0;
            let text = part(&unit.text, range);
            units.push(made(text, unit.marker, at..end, gap, labels, &names));
        }
        if parts.is_empty() {
            units.push(unit);
        }
        gap = false;
        at = end;
    }
    strip_ranks(&mut units);
    let mut units = in_parts(units, labels, &names);
    count_echoes(&mut units);
    short_times(&mut units);
    names_behind(&mut units);
    comments(&mut units);
    reading_times(&mut units);
    dated_titles(&mut units);
    titles_in_front(&mut units);
    ends_in_head(&mut units);
    units
}

/// The units with the rows of lists cut into their parts.
fn in_parts<'a>(units: Vec<Unit<'a>>, labels: &Labels, names: &HashSet<&str>) -> Vec<Unit<'a>> {
    let rows = rows(&units);
    if rows.is_empty() {
        return units;
    }
    let mut all = Vec::with_capacity(units.len() + 2 * rows.len());
    for (unit, parts) in units.into_iter().zip(rows) {
        if parts.is_empty() {
            all.push(unit);
            continue;
        }
        for (number, range) in parts.into_iter().enumerate() {
            let (marker, gap) = if number == 0 {
                (unit.marker, unit.gap)
            } else {
                (Marker::None, false)
            };
            let text = part(&unit.text, range);
            all.push(made(text, marker, unit.lines.clone(), gap, labels, names));
        }
    }
    all
}

/// A part of a text, borrowed as the whole is.
fn part<'a>(text: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or("")),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or("").to_owned()),
    }
}

/// Lines that are a name ending in a digit: they tell where name and time part in `Channel 915 hours ago`.
fn names_in_digits<'l>(lines: &'l [Line<'_>]) -> HashSet<&'l str> {
    let digit = |text: &str| {
        text.as_bytes().last().is_some_and(u8::is_ascii_digit)
            && text.starts_with(char::is_alphabetic)
    };
    lines
        .iter()
        .map(|line| &*line.text)
        .filter(|text| text.len() <= 40 && digit(text))
        .collect()
}

/// A row of `=` or `-` under a short line makes it a heading (Markdown).
fn underline(units: &mut [Unit<'_>], rule: &Unit<'_>) {
    if rule.kind == Kind::Rule
        && rule.text.starts_with('|')
        && let Some(head) = units
            .last_mut()
            .filter(|head| head.marker == Marker::Bullet)
    {
        head.kind = Kind::Label(Effect::Furniture);
        return;
    }
    if rule.kind == Kind::Rule
        && !rule.gap
        && rule.text.starts_with(['=', '-'])
        && rule.text.len() >= 3
        && let Some(above) = units.last_mut().filter(|above| above.kind == Kind::Short)
    {
        let level = if rule.text.starts_with('=') { 1 } else { 2 };
        above.marker = Marker::Heading(level);
    }
}

fn count_echoes(units: &mut [Unit<'_>]) {
    // by the slots of a table that is at most half full: the first unit of each key, its number plus one
    let mut table = vec![0; (2 * units.len()).next_power_of_two()];
    let mask = table.len() - 1;
    let mut firsts = Vec::with_capacity(units.len());
    for at in 0..units.len() {
        let key = units[at].key;
        let mut slot = key as usize & mask;
        let taken = |slot: usize, units: &[Unit<'_>]| {
            let first = (table[slot] as usize).checked_sub(1);
            first.is_some_and(|first| units[first].key != key)
        };
        while taken(slot, units) {
            slot = (slot + 1) & mask;
        }
        if table[slot] == 0 {
            table[slot] = at as u32 + 1;
        } else {
            units[table[slot] as usize - 1].echoes += 1;
        }
        firsts.push(table[slot] - 1);
    }
    for (at, first) in firsts.into_iter().enumerate() {
        units[at].echoes = units[first as usize].echoes;
    }
}

fn unit<'a>(
    lines: &[Line<'a>],
    range: Range<usize>,
    gap: bool,
    labels: &Labels,
    names: &HashSet<&str>,
) -> Unit<'a> {
    let own = lines.get(range.clone()).unwrap_or_default();
    let text = match own {
        [] => Cow::Borrowed(""),
        [line] => unbadged(&line.text),
        several if several.iter().any(is_separator) => Cow::Owned(
            several
                .iter()
                .filter(|line| !is_separator(line))
                .map(|line| &*line.text)
                .collect::<Vec<_>>()
                .join(" | "),
        ),
        several => Cow::Owned(
            several
                .iter()
                .filter(|line| !line.is_blank)
                .map(|line| &*line.text)
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    let marker = own.first().map_or(Marker::None, |line| line.marker);
    let link = match own {
        [line] => line.link.clone().filter(|link| link.end <= text.len()),
        _ => None,
    };
    Unit {
        link,
        ..made(text, marker, range, gap, labels, names)
    }
}

/// The unit of a text.
fn made<'a>(
    text: Cow<'a, str>,
    marker: Marker,
    range: Range<usize>,
    gap: bool,
    labels: &Labels,
    names: &HashSet<&str>,
) -> Unit<'a> {
    let Look {
        kind,
        key,
        chars,
        words,
        section,
        time,
        traits,
        ..
    } = seen(&text, labels, names);
    Unit {
        lines: range,
        marker,
        link: None,
        gap,
        kind,
        key,
        echoes: 1,
        chars,
        words,
        section,
        time,
        traits,
        dated: OnceCell::new(),
        text,
    }
}

/// A headline without the badges behind it: `Storm nears coast[new]`.
fn unbadged<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    let cut = |text: &str| {
        if !text.ends_with(']') {
            return None;
        }
        let open = text.rfind('[')?;
        let badge = text.get(open + 1..)?.strip_suffix(']')?;
        (open >= 8 && badge.len() <= 8 && badge.chars().all(char::is_alphabetic)).then_some(open)
    };
    match (text, cut(text)) {
        (Cow::Borrowed(text), Some(end)) => {
            Cow::Borrowed(text.get(..end).unwrap_or(text).trim_end())
        }
        (Cow::Owned(text), Some(end)) => {
            Cow::Owned(text.get(..end).unwrap_or(text).trim_end().to_owned())
        }
        _ => text.clone(),
    }
}
