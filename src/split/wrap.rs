//! Lines that belong together: paragraphs that a dumper wrapped at a width, and lines that an extractor broke at the signs
//! between their parts.

use super::furniture;
use super::kind::is_stop;
use super::line::{Line, Marker, is_space};
use crate::wire::when::{find_near, find_time, is_clock, is_day, is_weekday};

/// How a dumper wrapped the page's lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wrap {
    /// Characters of a full line.
    width: u32,
    /// Lines from one of a paragraph to its next: two where an empty one stands between all.
    step: usize,
}

/// How the lines are wrapped; `None` where paragraphs stand on one line.
pub(super) fn wrapped(lines: &[Line<'_>]) -> Option<Wrap> {
    let widest = widest(lines)?;
    if widest < SCREEN {
        let wrap = Wrap {
            width: widest,
            step: 1,
        };
        return is_screen(lines, widest).then_some(wrap);
    }
    if is_full(lines, widest, 1) {
        return Some(Wrap {
            width: widest,
            step: 1,
        });
    }
    if widest <= NARROW && all_go_on(lines, widest) {
        return Some(Wrap {
            width: widest,
            step: 1,
        });
    }
    let blank = |at: usize| lines.get(at).is_some_and(|line| line.is_blank);
    let solid = (0..lines.len()).filter(|&at| !blank(at));
    let (mut all, mut apart) = (0, 0);
    for at in solid {
        all += 1;
        apart += usize::from(at + 1 >= lines.len() || blank(at + 1));
    }
    let double = all >= DOUBLE && apart * 10 >= all * 9 && is_full(lines, widest, 2);
    double.then_some(Wrap {
        width: widest,
        step: 2,
    })
}

/// Whether blank lines stand between all lines but those that are full and go on in small letters: one paragraph of two lines
/// proves how such a page is wrapped.
fn all_go_on(lines: &[Line<'_>], widest: u32) -> bool {
    let mut pairs = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(line, next)| !line.is_blank && !next.is_blank)
        .filter(|(_, next)| next.marker == Marker::None)
        .peekable();
    pairs.peek().is_some()
        && pairs.all(|(line, next)| {
            line.width + 14 > widest
                && !line.text.ends_with(is_stop)
                && next.text.starts_with(char::is_lowercase)
                && !is_apart(next)
        })
}

/// Bytes of a line that is a time.
const TIME: usize = 48;

/// Whether a line in small letters goes on with none: a site's name, a time (`hace 2 horas`).
fn is_apart(line: &Line<'_>) -> bool {
    let text = &*line.text;
    let site = || !text.contains(' ') && text.trim_end_matches('.').contains('.');
    let apart = || text.len() <= TIME && (site() || find_time(text).is_some()) || tells_time(text);
    *line.apart.get_or_init(apart)
}

/// Whether a line is one of who sent it when: `submitted 5 hours ago by ann to r/news`, `via ann 3 hours ago | 12 comments`.
fn tells_time(text: &str) -> bool {
    text.len() <= 2 * TIME
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && find_near(text, TIME / 2).is_some()
}

/// Lines of a page that prove an empty line between all.
const DOUBLE: usize = 8;

/// The length of the longest lines, where it may be that of a wrapped page.
fn widest(lines: &[Line<'_>]) -> Option<u32> {
    let widths = || {
        lines
            .iter()
            .map(|line| line.width)
            .filter(|&width| width > 0)
    };
    // a few headings may be wider than the text
    let spare = (widths().count() / 50).min(SPARE);
    let mut top = [0; SPARE + 1];
    for width in widths() {
        if width > top[spare] {
            let at = top.partition_point(|&wider| wider >= width);
            top.copy_within(at..SPARE, at + 1);
            top[at] = width;
        }
    }
    let (first, widest) = (top[0], top[spare]);
    let fits = (TELETEXT..=260).contains(&widest) && first <= widest + 16;
    fits.then_some(widest)
}

/// Whether most long lines reach the width and go on in the next one, so many lines below.
fn is_full(lines: &[Line<'_>], widest: u32, step: usize) -> bool {
    let wide = lines.iter().filter(|line| line.width > widest / 2).count();
    let pairs = lines.iter().zip(lines.iter().skip(step));
    let full: Vec<&Line<'_>> = pairs
        .filter(|(line, next)| {
            line.width + 14 > widest && !next.text.is_empty() && !line.text.ends_with(is_stop)
        })
        .map(|(_, next)| next)
        .collect();
    // a line of text that was wrapped goes on in small letters more often than not; items of a list do not
    let small = |next: &&&Line<'_>| {
        let text = &*next.text;
        let small = text.starts_with(|c: char| !c.is_uppercase() && !c.is_ascii_digit());
        let lower = text.starts_with(char::is_lowercase);
        // in scripts without capitals a name under a headline looks like the rest of it, but is short
        let letter = lower || step == 1 && next.width * 2 > widest;
        small && letter && !is_apart(next)
    };
    // hardly a line of text is short where nothing is wrapped
    let least = if step == 1 && widest <= NARROW { 2 } else { 3 };
    full.len() >= least
        && full.len() * 5 >= wide
        && full.iter().filter(small).count() * 2 >= full.len()
}

/// Characters of a line of teletext, and of the narrowest of other pages.
const TELETEXT: u32 = 32;
const SCREEN: u32 = 50;

/// Lines of a narrow page that prove that it is wrapped.
const FORCED: usize = 4;

/// Whether most lines of a narrow page go on in the next: in small letters, with a word that had no room.
fn is_screen(lines: &[Line<'_>], widest: u32) -> bool {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let solid = pairs.filter(|(line, next)| {
        let plain = line.marker == Marker::None && next.marker == Marker::None;
        plain && !line.text.is_empty() && !next.text.is_empty() && !line.text.ends_with(is_stop)
    });
    let (mut all, mut forced) = (0, 0);
    for (line, next) in solid {
        let word = next.text.split(is_space).next().unwrap_or("");
        let room = line.width + 1 + word.chars().count() as u32 <= widest;
        all += 1;
        forced += usize::from(!room && next.text.starts_with(char::is_lowercase));
    }
    forced >= FORCED && forced * 2 >= all
}

/// Characters of a screen's line.
const NARROW: u32 = 82;

/// Lines that may be wider than the others.
const SPARE: usize = 6;

/// The end of the paragraph that starts at a line.
pub(super) fn paragraph_end(lines: &[Line<'_>], start: usize, wrap: Option<Wrap>) -> usize {
    let Some(Wrap { width, step }) = wrap else {
        return start + 1;
    };
    let mut last = start;
    while let (Some(above), Some(line)) = (lines.get(last), lines.get(last + step)) {
        let word = line.text.split(is_space).next().unwrap_or("");
        let fits = above.width + 1 + word.chars().count() as u32 + 3 < width;
        let starts = line.marker != Marker::None || line.text.is_empty();
        // an indented line under a full sentence starts a paragraph
        let new = above.text.ends_with(is_stop) && line.indent > above.indent + 1;
        let between = step == 2 && !lines.get(last + 1).is_some_and(|line| line.is_blank);
        if fits || starts || new || between || is_apart(line) || furniture::is_rule(&above.text) {
            break;
        }
        last += step;
    }
    // a headline and the line below it look like a wrapped paragraph
    let pair = (last == start + step).then(|| lines.get(last)).flatten();
    if pair.is_some_and(|second| {
        second.text.starts_with(char::is_uppercase) && !second.text.ends_with(is_stop)
    }) {
        return start + 1;
    }
    last + 1
}

/// Whether only a sign stands on a line that parts words of one line: an extractor broke it there.
pub(super) fn is_separator(line: &Line<'_>) -> bool {
    line.width == 1
        && (matches!(&*line.text, "·" | "|" | "∙" | "⋅" | "•")
            || line.text.is_empty() && line.marker == Marker::Bullet)
}

/// Bytes of a line that is a day, and of one that is a clock.
const DATED: usize = 40;
const CLOCK: usize = 16;

/// Lines with only a clock that make a list.
const CLOCKS: usize = 3;

/// The end of a time that starts at a line and goes on in the next ones: `Tuesday`, `4 October 2022,`, `15:44`.
pub(super) fn dated_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    // hardly a line has a number below it
    let below = lines.get(start + 1)?;
    let digit = below
        .text
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_digit);
    if !digit || below.text.len() > DATED {
        return None;
    }
    let text = |at: usize| {
        let line = lines.get(at)?;
        let plain = line.marker == Marker::None || at == start;
        plain.then(|| line.text.trim_end_matches([',', ' ', '-', '|']))
    };
    let first = text(start).filter(|text| (2..=DATED).contains(&text.len()))?;
    let day = if is_weekday(first) { start + 1 } else { start };
    let dated = text(day).filter(|text| text.len() <= DATED && !text.contains(':') && is_day(text));
    let clocked = || text(day + 1).filter(|text| text.len() <= CLOCK && is_clock(text));
    // the day above a list is not that of its first item alone
    let alone = || {
        let clock = |line: &&Line<'_>| line.text.len() <= CLOCK && is_clock(&line.text);
        lines.iter().filter(clock).take(CLOCKS).count() < CLOCKS
    };
    let clock = dated
        .and_then(|_| clocked())
        .filter(|_| alone())
        .map(|_| day + 1);
    let last = clock.or(dated.map(|_| day).filter(|&day| day > start))?;
    Some(last + 1)
}

/// Characters of a part of a line that was broken at its signs.
const PART: u32 = 48;

/// The end of a line that starts at a line and was broken at the signs between its parts: name, `·`, person, `·`, time.
pub(super) fn separated_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let is_part =
        |line: &Line<'_>| !line.text.is_empty() && line.width <= PART && !is_separator(line);
    lines.get(start).filter(|line| is_part(line))?;
    let mut end = start + 1;
    while lines.get(end).is_some_and(is_separator) && lines.get(end + 1).is_some_and(is_part) {
        end += 2;
    }
    (end > start + 1).then_some(end)
}
