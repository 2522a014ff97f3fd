//! Headlines below a main article that no label announces: a run of them, with no more between two than the name of a
//! section, who signed, a time or a button.

use std::collections::HashSet;
use std::ops::Range;

use super::template::Card;
use super::unit::{Kind, Unit};
use super::untimed::is_between;

/// Headlines of a run, at least; units between two of them, at most.
const RUN: usize = 3;
const BETWEEN: usize = 3;

/// Words of a headline in such a run, and of one that is more than the entry of a menu.
const WORDS: u32 = 5;
const LONG: u32 = 6;

/// Characters that make up for a word: of languages that write compounds as one.
const CHARS: u32 = 32;

/// Words of a line that is longer than a headline: a caption, a sentence.
const MOST: u32 = 18;

/// Words of a line between two headlines.
const SECTION: u32 = 3;

/// The headlines of each run in a stretch of the page, without those that are somebody's.
pub(super) fn runs(
    units: &[Unit<'_>],
    range: &Range<usize>,
    claimed: &dyn Fn(usize) -> bool,
) -> Vec<Card> {
    let mut found = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut between = 0;
    for at in range.clone() {
        // below the owner of the page stands nothing but its menus
        let Some(unit) = units.get(at).filter(|unit| !unit.has_copyright()) else {
            break;
        };
        let free = !claimed(at);
        if free && is_headline(unit) {
            run.push(at);
            between = 0;
        } else if free && between < BETWEEN && may_part(unit) {
            between += 1;
        } else {
            close(units, &mut run, &mut found);
        }
    }
    close(units, &mut run, &mut found);
    found
}

/// Ends a run: its headlines are cards if there are enough, each once.
fn close(units: &[Unit<'_>], run: &mut Vec<usize>, found: &mut Vec<Card>) {
    if run.len() < RUN {
        run.clear();
        return;
    }
    let mut keys = HashSet::new();
    run.retain(|&at| units.get(at).is_some_and(|unit| keys.insert(unit.key)));
    let long = run.iter().filter(|&&at| units.get(at).is_some_and(is_long));
    if run.len() >= RUN && long.count() * 2 > run.len() {
        found.extend(run.iter().map(|&at| Card {
            span: at..at + 1,
            title: Some(at),
            ..Card::default()
        }));
    }
    run.clear();
}

fn is_long(unit: &Unit<'_>) -> bool {
    // the names of sections have capitals
    let small = || {
        unit.text
            .split(' ')
            .filter(|word| word.starts_with(char::is_lowercase))
            .count()
    };
    unit.words >= LONG || unit.chars >= CHARS && small() >= 2
}

fn is_headline(unit: &Unit<'_>) -> bool {
    unit.is_full_title()
        && unit.words <= MOST
        && (unit.words >= WORDS || unit.chars >= CHARS && !unit.text.contains('&'))
        && !unit.is_short_sentence()
        && !is_glued(&unit.text)
}

/// Whether words are glued as in a menu (`NewsSportOpinion`): at two places a capital stands behind a small letter.
fn is_glued(text: &str) -> bool {
    let pairs = text.chars().zip(text.chars().skip(1));
    let glued = pairs.filter(|(one, other)| one.is_lowercase() && other.is_uppercase());
    glued.take(2).count() == 2
}

fn may_part(unit: &Unit<'_>) -> bool {
    match unit.kind {
        Kind::Short => unit.words <= SECTION,
        Kind::Time | Kind::Byline | Kind::Caption => true,
        _ => is_between(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    fn titles(text: &str) -> Vec<String> {
        testing::read(text, |units, all| {
            let cards = runs(units, all, &|_| false).into_iter();
            let title = |card: Card| Some(units.get(card.title?)?.text.clone().into_owned());
            cards.filter_map(title).collect()
        })
    }

    #[test]
    fn sections_and_times_may_stand_between_headlines() {
        let text = "World\n\nOld lighthouse moves forty metres inland\n\nSport\n\nFerry crew wins the regatta again\n\n\
                    12:40\n\nHarbour town gets its tower clock back\n";
        assert_eq!(titles(text).len(), 3);
    }

    #[test]
    fn long_words_make_up_for_few() {
        let text = "* Hafenmeister zeigt neuen Leuchtturm bei Nacht\n* Fischereigenossenschaft bekommt neues Kühlhaus\n\
                    * Fährverbindung wird im Winter nicht mehr bedient\n* Bürgermeisterkandidaten diskutieren über Brückenneubau\n";
        assert_eq!(titles(text).len(), 4);
    }

    #[test]
    fn two_headlines_and_the_entries_of_a_menu_are_no_run() {
        let two = "World\n\nOld lighthouse moves forty metres inland\n\nFerry crew wins the regatta again\n";
        assert_eq!(titles(two), [""; 0]);
        let menu = "About us\nTerms of use and sale\nWork with our team\nContact the newsroom here now\nPrivacy\n";
        assert_eq!(titles(menu), [""; 0]);
    }
}
