//! The headline of the main article: which unit above its text it is, by look, place and the words that both share.

use std::ops::Range;

use super::content::{Words, content};
use super::furniture;
use super::label::Effect;
use super::line::Marker;
use super::people::person;
use super::unit::{Kind, Unit, ends_sentence};

/// How far above the text a title is looked for, in units.
const REACH: usize = 120;

/// The title as printed, without the kicker that a breadcrumb of the page shows to stand in front of it.
pub(super) fn headline(units: &[Unit<'_>], unit: &Unit<'_>) -> String {
    let text = &*unit.text;
    for other in units
        .iter()
        .filter(|other| other.kind == Kind::Short && other.chars == unit.chars + 1)
    {
        // `Kicker: title` elsewhere, `Kicker title` here
        if let Some((kicker, title)) = other.text.split_once(": ")
            && text
                .strip_prefix(kicker)
                .is_some_and(|rest| rest.trim_start() == title)
        {
            return title.to_owned();
        }
    }
    // the page prints it without the kicker that a space parts from it
    let bare = |other: &&Unit<'_>| {
        other.chars < unit.chars && other.is_full_title() && text.ends_with(&*other.text)
    };
    let kicked = |other: &Unit<'_>| {
        let kicker = text
            .strip_suffix(&*other.text)
            .and_then(|kicker| kicker.strip_suffix(' '));
        kicker.is_some_and(|kicker| {
            kicker.split(' ').count() <= KICKER && kicker.ends_with(char::is_alphanumeric)
        })
    };
    if let Some(bare) = units.iter().filter(bare).find(|other| kicked(other)) {
        return bare.text.clone().into_owned();
    }
    // `1 Title`: a rank of a pasted list
    let rank = text
        .strip_prefix("1 ")
        .filter(|rest| rest.starts_with(char::is_uppercase));
    rank.unwrap_or(text).to_owned()
}

/// Words of a kicker in front of a title.
const KICKER: usize = 4;

pub(super) fn title(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    start: usize,
    body: &[usize],
) -> Option<usize> {
    let mut words = Words::default();
    // a request to the reader at the end is no text
    let asks = |at: &usize| {
        let last = body.last() == Some(at);
        last && units
            .get(*at)
            .is_some_and(|unit| furniture::is_promo(&unit.text))
    };
    let told = body.iter().take(6).filter(|at| !asks(at));
    for unit in told.filter_map(|&unit| units.get(unit)) {
        words.add(super::label::floor(&unit.text, 600));
    }
    let low = start.saturating_sub(REACH).max(bounds.start);
    let mut best: Option<(i32, usize)> = None;
    // from the text upwards, since the title is near it; of equals the upper one wins
    for index in (low..start).rev() {
        let Some(unit) = units.get(index).filter(|unit| unit.is_title()) else {
            continue;
        };
        let most = best.map_or(1, |(most, _)| most);
        if look_score(units, index, start, unit) + SHARED < most {
            continue;
        }
        let score = title_score(units, index, start, unit, &words);
        if score >= most {
            best = Some((score, index));
        }
    }
    let Some((score, index)) = best else {
        return far(units, bounds.start..low, &words);
    };
    // of two headlines on top of each other the lower one is the dek
    let mut above = index.checked_sub(1);
    while let Some(at) = above.filter(|&at| at > low && units.get(at).is_some_and(is_button)) {
        above = at.checked_sub(1);
    }
    let upper = above.filter(|&upper| upper >= low);
    let lower = units.get(index)?;
    // set apart by a blank line, only what the page prints again or what is shorter
    let apart = lower.gap;
    let dek = upper.filter(|&upper| {
        units.get(upper).is_some_and(|unit| {
            unit.is_full_title()
                && unit.marker == Marker::None
                && (!apart || unit.echoes > 1 || is_above_dek(unit, lower))
                && title_score(units, upper, start, unit, &words) + DEK >= score
        })
    });
    let index = dek.unwrap_or(index);
    let near = low.max(index.saturating_sub(SAID))..index;
    Some(said_above(units, near, index).unwrap_or(index))
}

/// How far above a headline another may say the same, in units.
const SAID: usize = 10;

/// The headline above one that says nearly the same: that of a film, or of a picture.
fn said_above(units: &[Unit<'_>], above: Range<usize>, index: usize) -> Option<usize> {
    let is_open = |unit: &Unit<'_>| {
        unit.is_full_title() && unit.marker == Marker::None && unit.words >= SPOKEN
    };
    let mut open = above
        .filter(|&at| units.get(at).is_some_and(is_open))
        .rev()
        .peekable();
    open.peek()?;
    let headline = &*units.get(index)?.text;
    let own = content(headline).len();
    let mut words = Words::default();
    words.add(headline);
    open.find(|&at| {
        units.get(at).is_some_and(|unit| {
            let (shared, said) = shared(&unit.text, &words);
            shared * 5 >= said.max(own) * 3
        })
    })
}

/// The headline of a text that stands far below it, behind a row of pictures: the page prints it again, and half of its
/// words are in the text.
fn far(units: &[Unit<'_>], above: Range<usize>, words: &Words) -> Option<usize> {
    let is_headline = |unit: &Unit<'_>| {
        let again = unit.is_full_title() && unit.echoes > 1 && unit.marker == Marker::None;
        again && {
            let (shared, own) = shared(&unit.text, words);
            shared * 2 >= own
        }
    };
    above
        .rev()
        .find(|&at| units.get(at).is_some_and(is_headline))
}

/// Whether a line set apart above another looks like the headline above its dek: six words, and less than there.
fn is_above_dek(unit: &Unit<'_>, dek: &Unit<'_>) -> bool {
    unit.words >= 6 && unit.chars < dek.chars && dek.chars >= 60 && dek.marker == Marker::None
}

/// By how much a dek may look more like the title than the title above it.
const DEK: i32 = 32;

/// Whether a unit between title and dek says nothing.
pub(super) fn is_button(unit: &Unit<'_>) -> bool {
    matches!(
        unit.kind,
        Kind::Label(Effect::Furniture | Effect::More) | Kind::Count
    )
}

/// How many content words of a line are among others, and how many it has.
fn shared(line: &str, words: &Words) -> (usize, usize) {
    let own = content(line);
    (
        own.iter().filter(|&&word| words.has(word)).count(),
        own.len(),
    )
}

fn title_score(
    units: &[Unit<'_>],
    index: usize,
    start: usize,
    unit: &Unit<'_>,
    words: &Words,
) -> i32 {
    let (shared, own) = shared(&unit.text, words);
    let share = (shared * SHARED as usize).checked_div(own).unwrap_or(0) as i32;
    let alone = match shared {
        0 if start - index > 4 && unit.words < SPOKEN => 20,
        0 if start - index > 4 => 12,
        _ => 0,
    };
    // who wrote it
    let signs = unit.marker == Marker::None && unit.is_name() && person(&unit.text).is_some();
    look_score(units, index, start, unit) + share - alone - if signs { 40 } else { 0 }
}

/// Words of a headline that says enough to stand above a text without its words.
const SPOKEN: u32 = 6;

/// What a title gets that has all its words from the text.
const SHARED: i32 = 40;

/// What a unit gets as a title by its look and place.
fn look_score(units: &[Unit<'_>], index: usize, start: usize, unit: &Unit<'_>) -> i32 {
    let near = (index + 1..start).take(6).any(|at| {
        units
            .get(at)
            .is_some_and(|unit| matches!(unit.kind, Kind::Time | Kind::Byline))
    });
    let distance = (start - index) as i32;
    let mut score = match unit.marker {
        Marker::Heading(level) => 22 - 2 * i32::from(level),
        Marker::None => 0,
        Marker::Bullet | Marker::Number => -25,
    };
    score += if unit.echoes >= 2 { 12 } else { 0 };
    score += if near { 18 } else { 0 };
    // a line with the owner of a picture below it is a caption
    let owned = units.get(index + 1).is_some_and(|below| {
        below.kind == Kind::Caption && below.chars <= 60 && below.text.starts_with('©')
    });
    score -= if owned { 40 } else { 0 };
    // below the time and who signed stands a dek, if a headline does above
    let low = index.saturating_sub(8);
    let signed = (low..index).any(|at| {
        units
            .get(at)
            .is_some_and(|unit| matches!(unit.kind, Kind::Time | Kind::Byline))
    });
    score -= if signed && !near { 15 } else { 0 };
    // the site's name
    score -= if unit.is_press() && unit.words <= 4 {
        40
    } else {
        0
    };
    score += match unit.words {
        0..=2 => -20,
        3 => -6,
        4..=25 => 8,
        _ => -5,
    };
    if unit.kind == Kind::Prose || ends_sentence(&unit.text) && unit.text.ends_with('.') {
        score -= 25;
    }
    if distance <= 3 {
        score += 8;
    }
    score - distance / 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    #[test]
    fn a_kicker_that_the_page_prints_the_title_without_is_no_part_of_it() {
        let page = "* Home\n* Old lighthouse moves forty metres inland\n\nThe bay Old lighthouse moves forty metres inland\n";
        let read = |page: &str| {
            testing::read(page, |units, _| {
                units.last().map(|unit| headline(units, unit))
            })
        };
        assert_eq!(
            read(page).as_deref(),
            Some("Old lighthouse moves forty metres inland")
        );
        let other = page.replace("* Old", "* An old");
        assert_eq!(
            read(&other).as_deref(),
            Some("The bay Old lighthouse moves forty metres inland")
        );
    }
}
