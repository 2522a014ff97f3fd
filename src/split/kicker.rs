//! Kickers glued to titles (`AnalysisWhy bread is dear`, `Live updatesStorm nears coast`): taken off where the table knows them
//! or the page shows them to be its own.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use super::page::Draft;
use super::unit::{Kind, Unit};

static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("kickers.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .collect()
});

/// Bytes of a kicker.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=24;

/// Words of a title behind one.
const WORDS: usize = 3;

/// Takes the kickers off the titles of a page.
pub(super) fn without_kickers(units: &[Unit<'_>], drafts: &mut [Draft]) {
    let titles = || drafts.iter().filter_map(|draft| draft.title.as_deref());
    if !titles().any(|title| parted(title).is_some()) {
        return;
    }
    // what stands behind each kicker: a name of two words, glued, has always the same
    let mut behind = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (kicker, rest) in titles().filter_map(parted) {
        let word = rest.split(' ').next().unwrap_or(rest);
        behind.entry(kicker).or_default().insert(word);
    }
    let lines: HashSet<&str> = units
        .iter()
        .filter(|unit| unit.kind == Kind::Short && unit.words <= WORDS as u32)
        .map(|unit| &*unit.text)
        .collect();
    let is_kicker = |kicker: &str| {
        KNOWN.contains(kicker.to_lowercase().as_str())
            || lines.contains(kicker)
            || behind.get(kicker).is_some_and(|words| words.len() > 1)
    };
    let bare: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| {
            let (kicker, rest) = parted(draft.title.as_deref()?)?;
            is_kicker(kicker).then(|| rest.to_owned())
        })
        .collect();
    for (draft, bare) in drafts.iter_mut().zip(bare) {
        draft.title = bare.or(draft.title.take());
    }
}

/// A kicker and the title behind it, if one could be glued there: a small letter, then a capital that starts a word.
fn parted(title: &str) -> Option<(&str, &str)> {
    let head = title
        .as_bytes()
        .get(..LENGTH.end() + 8)
        .unwrap_or(title.as_bytes());
    let glued =
        |pair: &[u8]| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase());
    if head.is_ascii() && !head.windows(2).any(glued) {
        return None;
    }
    let mut before = ' ';
    let at = title
        .char_indices()
        .take_while(|(at, _)| at <= LENGTH.end())
        .find(|&(_, c)| std::mem::replace(&mut before, c).is_lowercase() && c.is_uppercase())
        .map(|(at, _)| at)
        .filter(|at| LENGTH.contains(at))?;
    let (kicker, rest) = (title.get(..at)?, title.get(at..)?);
    let words = kicker.split(' ').count();
    // `SpaceX sues`: a letter alone is no word, but for an article
    let first = rest.split(' ').next().unwrap_or(rest);
    let word = first.chars().nth(1).is_some() || matches!(first, "A" | "I" | "É" | "À");
    let fits = kicker.starts_with(char::is_uppercase)
        && kicker.chars().all(|c| c.is_alphabetic() || c == ' ')
        && words <= WORDS
        && word
        && rest.split_whitespace().count() >= WORDS;
    fits.then_some((kicker, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kicker_ends_where_a_capital_follows_a_small_letter() {
        assert_eq!(
            parted("Live updatesStorm nears the coast"),
            Some(("Live updates", "Storm nears the coast"))
        );
        assert_eq!(
            parted("OpinionA town without a river"),
            Some(("Opinion", "A town without a river"))
        );
        for title in [
            "SpaceX sues a rival over patents",
            "Rain floods old town for the second time",
            "YouTube pays less for films",
            "McDonald sells its farm by the sea",
            "VideoGames sell",
        ] {
            assert_eq!(parted(title), None, "{title}");
        }
    }
}
