//! Where the time stands on a line of several parts.

use std::ops::Range;

use super::Place;
use crate::split::line::is_space;
use crate::split::signs::{Sign, trim};
use crate::wire::when::{find_in, find_time};

/// The time on a part of a line, between signs or at the end of it.
pub(super) fn time(
    text: &str,
    whole: Range<usize>,
    signs: &[(Range<usize>, Sign)],
) -> Option<(Place, Range<usize>)> {
    let starts: Vec<usize> = std::iter::once(whole.start)
        .chain(signs.iter().map(|sign| sign.0.end))
        .collect();
    let ends: Vec<usize> = signs
        .iter()
        .map(|sign| sign.0.start)
        .chain([whole.end])
        .collect();
    let mut best: Option<(Place, Range<usize>)> = None;
    for (at, &start) in starts.iter().enumerate() {
        // a time may hold signs: `March 3, 2025`
        for &end in ends.iter().skip(at).take(4).rev() {
            let range = trim(text, start..end.max(start));
            let piece = text.get(range.clone()).unwrap_or("");
            if !is_time(piece) {
                continue;
            }
            let closes = trim(text, range.end..whole.end).is_empty();
            let place = match () {
                () if closes => Place::Last,
                () if range.start == trim(text, whole.clone()).start => Place::First,
                () => Place::Middle,
            };
            if best.as_ref().is_none_or(|(most, _)| place < *most) {
                best = Some((place, range));
            }
            break;
        }
    }
    // only a space in front of it
    best.or_else(|| {
        starts
            .iter()
            .rev()
            .take(3)
            .find_map(|&low| last_time(text, low..whole.end))
    })
}

/// Bytes of a printed time, and of one without a digit.
const TIME: usize = 48;
const WORDS: usize = 24;

/// Whether a part of a line is a time.
fn is_time(piece: &str) -> bool {
    let most = if has_digit(piece) { TIME } else { WORDS };
    (2..=most).contains(&piece.len()) && find_time(piece).is_some()
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A time in words at the end of a line, behind a space: `vor einer Stunde`, `yesterday`.
pub(super) fn time_in_words(text: &str) -> Option<Range<usize>> {
    let mut spaces = text.rmatch_indices(' ').map(|(at, _)| at + 1).take(4);
    let time = |at: &usize| text.get(*at..).is_some_and(is_time);
    let first = spaces.by_ref().find(time)?;
    let longer = spaces.take_while(time).last();
    Some(longer.unwrap_or(first)..text.len())
}

/// A time with a digit at the end of a part of a line, behind a space.
fn last_time(text: &str, part: Range<usize>) -> Option<(Place, Range<usize>)> {
    let mut low = part.start.max(part.end.saturating_sub(TIME));
    while !text.is_char_boundary(low) {
        low += 1;
    }
    if low > part.start {
        low += text.get(low..part.end)?.find(' ')?;
    }
    let tail = text.get(low..part.end).filter(|tail| has_digit(tail))?;
    let raw = find_in(tail)?;
    let apart = tail.get(..raw.start)?.ends_with(is_space);
    let closes = trim(tail, raw.end..tail.len()).is_empty();
    (apart && closes).then_some((Place::Last, low + raw.start..low + raw.end))
}
