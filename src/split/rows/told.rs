//! Headline and text on one line, between the line of the publisher and that of the time: `Daily News`, `Rain floods the old
//! town - The river rose …`, `3h`. Parted where a page has several.

use std::ops::Range;

use super::LEAST;
use crate::split::kind::{Kind, ends_sentence};
use crate::split::unit::Unit;

/// What parts headline and text.
const SIGNS: [&str; 3] = [" - ", " – ", " — "];

/// Words of a headline, and of a text.
const TITLE: usize = 3;
const TEXT: usize = 4;

/// Where headline and text of each such unit stand; none where the page has few.
pub(super) fn told(units: &[Unit<'_>]) -> Vec<(usize, [Range<usize>; 2])> {
    let timed = |unit: &Unit<'_>| unit.timed().is_some_and(|time| time.before.is_empty());
    let mut found = Vec::new();
    for (at, own) in units.windows(3).enumerate() {
        let [name, line, time] = own else { continue };
        if time.kind == Kind::Time
            && matches!(line.kind, Kind::Prose | Kind::Short)
            && name.is_name()
            && timed(time)
            && let Some(parts) = parts(&line.text)
        {
            found.push((at + 1, parts));
        }
    }
    if found.len() >= LEAST {
        found
    } else {
        Vec::new()
    }
}

fn parts(text: &str) -> Option<[Range<usize>; 2]> {
    let signs = SIGNS
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, sign.len())));
    let (at, sign) = signs.min()?;
    let (title, rest) = (text.get(..at)?, text.get(at + sign..)?);
    let fits = title.split_whitespace().count() >= TITLE
        && rest.split_whitespace().count() >= TEXT
        && !ends_sentence(title)
        && ends_sentence(rest);
    fits.then(|| [0..at, at + sign..text.len()])
}
