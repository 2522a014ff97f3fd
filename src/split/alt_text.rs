//! Texts of pictures in front of headlines, as extractors glue them there.

use super::bytes::spaces;
use super::page::Draft;
use super::unit::Unit;

/// Takes the text of a picture off the front of titles: where the rest stands as a line of its own elsewhere, that is the
/// title.
pub(super) fn without(units: &[Unit<'_>], drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| draft.title.is_none()) {
        return;
    }
    let titles = units.iter().filter(|unit| unit.is_full_title());
    let lines: Vec<(u32, &str)> = titles.map(|unit| (look(&unit.text), &*unit.text)).collect();
    // most rests look like no line: more words of bits than lines
    let mut looks = vec![0u64; lines.len().next_power_of_two()];
    let mask = looks.len() - 1;
    let place = |look: u32| ((look >> 12) as usize & mask, 1u64 << (look >> 26));
    for &(look, _) in &lines {
        let (at, bit) = place(look);
        looks[at] |= bit;
    }
    let is_line = |text: &str| {
        let look = look(text);
        let (at, bit) = place(look);
        looks[at] & bit != 0 && lines.contains(&(look, text))
    };
    for draft in drafts {
        let Some(title) = draft.title.as_deref() else {
            continue;
        };
        let rest = spaces(title)
            .skip(ALT_TEXT - 1)
            .filter_map(|at| title.get(at + 1..))
            .find(|rest| is_line(rest));
        if let Some(rest) = rest {
            draft.title = Some(rest.to_owned());
        }
    }
}

/// What a line looks like, by its length and some of its bytes.
fn look(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let byte = |byte: Option<&u8>| byte.map_or(0, |&byte| u32::from(byte));
    let some = byte(bytes.first()) << 16 | byte(bytes.get(2)) << 8 | byte(bytes.last());
    (some ^ (text.len() as u32) << 20).wrapping_mul(0x9e37_79b1)
}

/// Words of a picture's text, at least.
const ALT_TEXT: usize = 3;
