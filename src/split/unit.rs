//! [`Line`]s → [`Unit`]s: lines that a dumper wrapped are one again, and each unit is told by its look and its words.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::furniture;
use super::kind::kind;
pub(super) use super::kind::{Kind, ends_sentence, is_stop};
use super::label::{Effect, Labels, fold};
use super::line::{LONG, Line, Marker, is_space};
use super::memo::{Memo, remembered};
use super::region::is_tail_credit;
use super::time::{Spans, Timed, short_form};
use crate::wire::when::find_time;

/// One or more lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// Its lines, in the page.
    pub(super) lines: Range<usize>,
    /// Their text, joined by single spaces.
    pub(super) text: Cow<'a, str>,
    /// How its first line is marked.
    pub(super) marker: Marker,
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
    time: Option<Spans>,
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
            && self.text.chars().any(char::is_alphabetic)
            && !is_tail_credit(&self.text)
    }

    /// Whether it is a headline for sure enough to stand alone: of some length.
    pub(super) fn is_full_title(&self) -> bool {
        // a wide character takes the room of two
        let wide = self.text.len() as u32 >= 2 * self.chars;
        self.is_title()
            && self.kind == Kind::Short
            && self.words >= 4
            && (self.chars >= 18 || wide && self.chars >= 9)
    }

    /// Whether it could be the name of a publisher.
    pub(super) fn is_name(&self) -> bool {
        self.kind == Kind::Short && !self.section && is_name(&self.text)
    }
}

/// Whether a text could be the name of a publisher: short, few words, no sentence.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 60
        && text.split_whitespace().count() <= 6
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['?', '!', ':', '…', ','])
        && !text.contains(" / ")
}

/// Makes the units of a page.
pub(super) fn units<'a>(lines: &[Line<'a>], labels: &Labels) -> Vec<Unit<'a>> {
    let wrap = wrap_width(lines);
    let names = names_in_digits(lines);
    let mut units: Vec<Unit<'a>> = Vec::new();
    let mut gap = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.text.is_empty() {
            gap |= line.marker == Marker::None;
            at += 1;
            continue;
        }
        let end = separated_end(lines, at).unwrap_or_else(|| paragraph_end(lines, at, wrap));
        let unit = unit(lines, at..end, gap, labels, &names);
        underline(&mut units, &unit);
        match halves(&unit, units.last()) {
            Some((first, second)) => {
                for (half, gap) in [(first, gap), (second, false)] {
                    let text = part(&unit.text, half);
                    units.push(made(text, unit.marker, at..end, gap, labels, &names));
                }
            }
            None => units.push(unit),
        }
        gap = false;
        at = end;
    }
    strip_ranks(&mut units);
    count_echoes(&mut units);
    short_times(&mut units);
    units
}

/// A part of a text, borrowed as the whole is.
fn part<'a>(text: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or("")),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or("").to_owned()),
    }
}

/// The bytes of the two units that stand on one line: a headline with its address and exact time behind it
/// (`Title https://site.example/1 2025-03-04T09:15:00Z`), or below the line of a source with its text behind a dash
/// (`Ann Lee / Daily News:`, `Title — text`).
fn halves(unit: &Unit<'_>, above: Option<&Unit<'_>>) -> Option<(Range<usize>, Range<usize>)> {
    let text = &*unit.text;
    if text.contains("http") && unit.chars <= 400 {
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

/// Whether a line names who wrote and printed what stands below it: `Ann Lee / Daily News:`.
pub(super) fn is_source(unit: &Unit<'_>) -> bool {
    let name = unit.text.strip_suffix(':').unwrap_or("");
    let mut parts = name.split(" / ");
    unit.kind == Kind::Short && unit.chars <= 80 && parts.clone().count() <= 2 && parts.all(is_name)
}

/// Ranks in front of the titles of a list (`1 Title`, `2 Title`, `3 Title`): three in a row prove them.
fn strip_ranks(units: &mut [Unit<'_>]) {
    let rank = |unit: &Unit<'_>| {
        let digits = unit.text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = unit.text.get(digits..)?;
        let spaced = rest.starts_with(' ') && unit.kind == Kind::Short;
        (digits <= 2 && spaced)
            .then(|| unit.text.get(..digits)?.parse::<u32>().ok())
            .flatten()
    };
    let ranks: Vec<Option<u32>> = units.iter().map(rank).collect();
    let follows = |at: usize| matches!((ranks.get(at), ranks.get(at + 1)), (Some(Some(one)), Some(Some(two))) if one + 1 == *two);
    let ranked: Vec<usize> = (0..units.len())
        .filter(|&at| {
            let back = |steps: usize| at.checked_sub(steps).is_some_and(follows);
            let numbered = ranks.get(at).is_some_and(Option::is_some)
                && units
                    .get(at)
                    .is_some_and(|unit| unit.marker == Marker::Number);
            numbered || follows(at) && (follows(at + 1) || back(1)) || back(1) && back(2)
        })
        .collect();
    for at in ranked {
        let Some(unit) = units.get_mut(at) else {
            continue;
        };
        let rest = unit
            .text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .to_owned();
        unit.key = xxh3_64(fold(&rest).as_bytes());
        unit.marker = Marker::Number;
        unit.text = Cow::Owned(rest);
    }
}

/// Short forms of times behind names (`Daily News 5h`) count where a page has several.
fn short_times(units: &mut [Unit<'_>]) {
    let found: Vec<(usize, Spans)> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind == Kind::Short && unit.chars <= 48)
        .filter_map(|(index, unit)| Some((index, short_form(&unit.text)?)))
        .collect();
    if found.len() < 3 {
        return;
    }
    for (index, spans) in found {
        if let Some(unit) = units.get_mut(index) {
            unit.kind = Kind::Time;
            unit.time = Some(spans);
        }
    }
}

/// Lines that are a name ending in a digit: they tell where name and time part in `Channel 915 hours ago`.
fn names_in_digits<'l>(lines: &'l [Line<'_>]) -> HashSet<&'l str> {
    let digit = |text: &str| {
        text.ends_with(|c: char| c.is_ascii_digit()) && text.starts_with(char::is_alphabetic)
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
    let mut keys: Vec<(u64, u32)> = units.iter().map(|unit| unit.key).zip(0..).collect();
    keys.sort_unstable();
    for run in keys.chunk_by(|one, next| one.0 == next.0) {
        for &(_, at) in run {
            if let Some(unit) = units.get_mut(at as usize) {
                unit.echoes = run.len() as u32;
            }
        }
    }
}

/// The length at which a dumper wrapped the page's lines; `None` where paragraphs stand on one line.
fn wrap_width(lines: &[Line<'_>]) -> Option<u32> {
    let mut widths: Vec<u32> = lines
        .iter()
        .map(|line| line.width)
        .filter(|&width| width > 0)
        .collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    // a few headings may be wider than the text
    let spare = (widths.len() / 50).min(6);
    let widest = *widths.get(spare)?;
    if !(50..=260).contains(&widest) || widths.first().is_some_and(|&first| first > widest + 16) {
        return None;
    }
    let wide = widths.iter().filter(|&&width| width > widest / 2).count();
    let full = |pair: &&[Line<'_>]| {
        pair[0].width + 14 > widest && !pair[1].text.is_empty() && !pair[0].text.ends_with(is_stop)
    };
    let full: Vec<&[Line<'_>]> = lines.windows(2).filter(full).collect();
    // a line of text that was wrapped goes on in small letters more often than not; items of a list do not
    let goes_on = full
        .iter()
        .filter(|pair| {
            pair[1]
                .text
                .starts_with(|c: char| !c.is_uppercase() && !c.is_ascii_digit())
        })
        .count();
    let full = if goes_on * 2 >= full.len() {
        full.len()
    } else {
        0
    };
    (full >= 3 && full * 5 >= wide).then_some(widest)
}

/// The end of the paragraph that starts at a line.
fn paragraph_end(lines: &[Line<'_>], start: usize, wrap: Option<u32>) -> usize {
    let mut end = start + 1;
    let Some(wrap) = wrap else {
        return end;
    };
    while let (Some(above), Some(line)) = (lines.get(end - 1), lines.get(end)) {
        let word = line.text.split(is_space).next().unwrap_or("");
        let fits = above.width + 1 + word.chars().count() as u32 + 3 < wrap;
        let starts = line.marker != Marker::None || line.text.is_empty();
        // an indented line under a full sentence starts a paragraph
        let new = above.text.ends_with(is_stop) && line.indent > above.indent + 1;
        if fits || starts || new || furniture::is_rule(&above.text) {
            break;
        }
        end += 1;
    }
    // a headline and the line below it look like a wrapped paragraph
    let pair = lines
        .get(start..end)
        .filter(|pair| pair.len() == 2)
        .and_then(|pair| pair.last());
    if pair.is_some_and(|second| {
        second.text.starts_with(char::is_uppercase) && !second.text.ends_with(is_stop)
    }) {
        return start + 1;
    }
    end
}

/// Whether only a sign stands on a line that parts words of one line: an extractor broke it there.
fn is_separator(line: &Line<'_>) -> bool {
    line.width == 1
        && (matches!(&*line.text, "·" | "|" | "∙" | "⋅" | "•")
            || line.text.is_empty() && line.marker == Marker::Bullet)
}

/// Characters of a part of a line that was broken at its signs.
const PART: u32 = 48;

/// The end of a line that starts at a line and was broken at the signs between its parts: name, `·`, person, `·`, time.
fn separated_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let is_part =
        |line: &Line<'_>| !line.text.is_empty() && line.width <= PART && !is_separator(line);
    lines.get(start).filter(|line| is_part(line))?;
    let mut end = start + 1;
    while lines.get(end).is_some_and(is_separator) && lines.get(end + 1).is_some_and(is_part) {
        end += 2;
    }
    (end > start + 1).then_some(end)
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
                .map(|line| &*line.text)
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    let marker = own.first().map_or(Marker::None, |line| line.marker);
    made(text, marker, range, gap, labels, names)
}

/// What a text is told by, wherever it stands.
#[derive(Clone)]
struct Look {
    kind: Kind,
    key: u64,
    chars: u32,
    words: u32,
    section: bool,
    time: Option<Spans>,
    /// Whether it may depend on the names of its page.
    named: bool,
}

/// Lines of which a thread remembers the look.
const REMEMBERED: usize = 1 << 14;

thread_local! {
    static LOOKS: RefCell<Memo<Look>> = const { RefCell::new(Memo::new(REMEMBERED)) };
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
        ..
    } = seen(&text, labels, names);
    Unit {
        lines: range,
        marker,
        gap,
        kind,
        key,
        echoes: 1,
        chars,
        words,
        section,
        time,
        text,
    }
}

/// The look of a text, remembered where it is short and depends on nothing else.
fn seen(text: &str, labels: &Labels, names: &HashSet<&str>) -> Look {
    // a long text is told at a glance
    if text.len() > LONG {
        return look(text, labels, names);
    }
    let known = remembered(&LOOKS, text, || look(text, labels, &HashSet::new()));
    if known.named && !names.is_empty() {
        return look(text, labels, names);
    }
    known
}

fn look(text: &str, labels: &Labels, names: &HashSet<&str>) -> Look {
    let (chars, words) = measure(text);
    let folded = (text.len() <= LONG).then(|| fold(text));
    let effect = folded
        .as_deref()
        .and_then(|folded| labels.effect_of(folded, text));
    let named = Cell::new(false);
    let is_publisher = |name: &str| {
        named.set(true);
        names.contains(name)
    };
    let (kind, time) = kind(text, chars, words, effect, &is_publisher);
    Look {
        kind,
        key: xxh3_64(folded.as_deref().unwrap_or(text).as_bytes()),
        chars,
        words,
        section: effect == Some(Effect::Section),
        time,
        named: named.get(),
    }
}

/// A headline without the badges behind it: `Storm nears coast[new]`.
fn unbadged<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    let cut = |text: &str| {
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

/// Characters and words. A long text is estimated.
pub(super) fn measure(text: &str) -> (u32, u32) {
    if text.len() > LONG {
        return (text.len() as u32, (text.len() / 6) as u32);
    }
    if text.is_ascii() {
        let space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
        let before = std::iter::once(b' ').chain(text.bytes());
        let starts = before
            .zip(text.bytes())
            .filter(|&(before, byte)| space(before) && !space(byte));
        return (text.len() as u32, starts.count() as u32);
    }
    let mut chars = 0;
    let mut wide = 0;
    for c in text.chars() {
        chars += 1;
        wide += u32::from(is_wide(c));
    }
    let words = text.split(is_space).filter(|word| !word.is_empty()).count() as u32;
    // two characters of Chinese or Japanese make about a word
    (chars, words + wide / 2)
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
