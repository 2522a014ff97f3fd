//! A cheap look before the grammar: whether a time can stand on a line at all.

use super::words::{Mark, Meaning, meaning};

/// A cheap look before the grammar: a digit, or a word at either end that stands for a number or a marker.
pub(super) fn may_hold_time(line: &str) -> bool {
    if line.bytes().any(|b| b.is_ascii_digit()) {
        return !line.is_ascii() || may_read(line.as_bytes());
    }
    let telling = |word: &str| {
        meaning(word).is_some_and(|m| {
            m.marks.has(Mark::After)
                || m.marks.has(Mark::Before)
                || m.back.is_some()
                || m.marks.has(Mark::Now)
        })
    };
    if line.is_ascii() {
        let words = || line.split(|c: char| !c.is_ascii_alphabetic());
        let some = |word: &&str| !word.is_empty();
        return words().find(some).is_some_and(telling)
            || words().rev().filter(some).take(4).any(telling);
    }
    let words = || {
        line.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    words().next().is_some_and(telling)
        || words().rev().take(4).any(telling)
        || !line.is_ascii() && line.contains(|c: char| c.is_numeric() && !c.is_ascii())
}

/// Whether anything of a line of ASCII could be read as a time: without a word of which times are made, and without
/// numbers that a sign joins (`14:05`, `3.4.`) or one of eight digits, nothing can.
fn may_read(line: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        let rest = line.get(at..).unwrap_or_default();
        let run = |inside: fn(&u8) -> bool| rest.iter().take_while(|byte| inside(byte)).count();
        if byte.is_ascii_alphabetic() {
            let length = run(u8::is_ascii_alphabetic);
            if rest.get(..length).is_some_and(makes_times) {
                return true;
            }
            at += length;
        } else if byte.is_ascii_digit() {
            let length = run(u8::is_ascii_digit);
            if length >= 8 || rest.get(length..).is_some_and(joins_numbers) {
                return true;
            }
            at += length;
        } else {
            at += 1;
        }
    }
    false
}

/// Whether a time may start or go on with a word within a run of letters: at its start, at a capital behind a small
/// letter, and at an `a` or `an` at its end, since `an hour ago` is glued to names.
fn makes_times(run: &[u8]) -> bool {
    let tells = |word: &[u8]| {
        let word = std::str::from_utf8(word).ok();
        word.and_then(meaning).is_some_and(is_telling)
    };
    let article = |word: &[u8], length: usize| {
        let end = word.len().checked_sub(length).and_then(|at| word.get(at..));
        word.len() > length && end.is_some_and(|end| end.first() == Some(&b'a') && tells(end))
    };
    let camel =
        |pair: &[u8]| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase());
    // from the last word to the first
    let mut rest = run;
    while !rest.is_empty() {
        let start = rest.windows(2).rposition(camel).map_or(0, |at| at + 1);
        let (before, word) = rest.split_at(start);
        if tells(word) || article(word, 1) || article(word, 2) {
            return true;
        }
        rest = before;
    }
    false
}

/// Words that no time is made of alone, whatever numbers stand beside them.
const LOOSE: [Mark; 11] = [
    Mark::Joined,
    Mark::Joins,
    Mark::Half,
    Mark::One,
    Mark::Before,
    Mark::After,
    Mark::Short,
    Mark::Filler,
    Mark::Label,
    Mark::Weekday,
    Mark::Ordinal,
];

/// Whether a word says more than how the parts of a time hang together.
fn is_telling(meaning: &Meaning) -> bool {
    meaning.month.is_some()
        || meaning.unit.is_some()
        || meaning.back.is_some()
        || meaning.afternoon.is_some()
        || meaning.suffix.is_some()
        || meaning.marks.beyond(&LOOSE)
}

/// Whether a sign and another number follow a number.
fn joins_numbers(rest: &[u8]) -> bool {
    let space = |byte: &&u8| !matches!(byte, b' ' | b'\t'..=b'\r');
    let mut signs = rest.iter().filter(space);
    matches!(signs.next(), Some(b':' | b'-' | b'.' | b'/'))
        && signs.next().is_some_and(u8::is_ascii_digit)
}
