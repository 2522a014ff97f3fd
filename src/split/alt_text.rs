//! Texts of pictures in front of headlines, as extractors glue them there.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::page::Draft;
use super::unit::Unit;

/// Takes the text of a picture off the front of titles: where the rest stands as a line of its own elsewhere, that is the
/// title.
pub(super) fn without(units: &[Unit<'_>], drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| draft.title.is_none()) {
        return;
    }
    let titles = units.iter().filter(|unit| unit.is_full_title());
    let lines = || titles.clone().map(|unit| &*unit.text);
    // a bit for each length and first byte: most rests look like no line
    let place = |text: &str| {
        let first = text.bytes().next().unwrap_or(0);
        let look = (text.len() * 67 + usize::from(first)) % (64 * LOOKS);
        (look / 64, 1u64 << (look % 64))
    };
    let mut looks = [0u64; LOOKS];
    for (at, bit) in lines().map(place) {
        looks[at] |= bit;
    }
    let all = OnceCell::<HashSet<&str>>::new();
    let is_line = |text: &str| {
        let (at, bit) = place(text);
        looks[at] & bit != 0 && all.get_or_init(|| lines().collect()).contains(text)
    };
    for draft in drafts {
        let Some(title) = draft.title.as_deref() else {
            continue;
        };
        let rest = memchr::memchr_iter(b' ', title.as_bytes())
            .skip(ALT_TEXT - 1)
            .filter_map(|at| title.get(at + 1..))
            .find(|rest| is_line(rest));
        if let Some(rest) = rest {
            draft.title = Some(rest.to_owned());
        }
    }
}

/// Words of bits for what lines look like.
const LOOKS: usize = 32;

/// Words of a picture's text, at least.
const ALT_TEXT: usize = 3;
