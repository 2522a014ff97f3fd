//! Kickers glued to titles (`AnalysisWhy bread is dear`, `Live updatesStorm nears coast`), and names of sections in front of
//! them: taken off where the table knows them or the page shows them to be its own.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use super::bytes::spaces;
use super::page::Draft;
use super::shapes::Shapes;
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

/// A word or two above a headline, the name of its section as a rule.
pub(super) fn is_kicker(unit: &Unit<'_>) -> bool {
    unit.kind == Kind::Short && unit.words <= 3 && unit.chars <= 30 && !unit.is_full()
}

/// Takes the kickers off the titles of a page.
pub(super) fn without_kickers(units: &[Unit<'_>], drafts: &mut [Draft]) {
    let all = drafts.iter().enumerate();
    let found: Vec<(usize, &str, &str)> = all
        .filter_map(|(at, draft)| {
            let (kicker, rest) = parted(draft.title.as_deref()?)?;
            Some((at, kicker, rest))
        })
        .collect();
    // a name of two words, glued, has always the same behind it
    let again = |kicker: &str, rest: &str| {
        let other = |rest: &str, own: &str| rest.split(' ').next() != own.split(' ').next();
        let mut all = found.iter();
        all.any(|(_, own, behind)| *own == kicker && other(behind, rest))
    };
    let is_line = |kicker: &str| {
        let own = |unit: &Unit<'_>| unit.text == kicker && is_section(unit);
        units.iter().any(own)
    };
    let known = |kicker: &str, rest: &str| {
        KNOWN.contains(kicker.to_lowercase().as_str()) || is_line(kicker) || again(kicker, rest)
    };
    let bare: Vec<(usize, String)> = found
        .iter()
        .filter(|(_, kicker, rest)| known(kicker, rest))
        .map(|&(at, _, rest)| (at, rest.to_owned()))
        .collect();
    retitle(drafts, bare);
}

/// Gives some articles, by their numbers, other titles.
fn retitle(drafts: &mut [Draft], titles: Vec<(usize, String)>) {
    for (at, title) in titles {
        if let Some(draft) = drafts.get_mut(at) {
            draft.title = Some(title);
        }
    }
}

/// Titles of a page with the name of one of its sections in front, at least; one in so many of all.
const SPACED: usize = 3;
const SHARE: usize = 4;

/// Takes the names of sections off the titles of a page, where a space alone parts them (`Town Rain floods the old mill`) and
/// lines of the page are no more than such a name.
pub(super) fn without_sections(units: &[Unit<'_>], drafts: &mut [Draft]) {
    let enough = |count: usize| count >= SPACED && count * SHARE >= drafts.len();
    // a page that names publishers prints the headlines of others
    let own = drafts
        .iter()
        .filter(|draft| draft.publisher.is_none())
        .count();
    if !enough(own) {
        return;
    }
    // most beginnings of titles are told by that to be no line of the page
    let lines = units.iter().filter(|unit| is_section(unit));
    let shapes = Shapes::of(lines.map(|unit| &*unit.text));
    let may: Vec<(usize, &str, &str)> = drafts
        .iter()
        .enumerate()
        .flat_map(|(at, draft)| {
            let title = draft.title.as_deref().into_iter();
            title
                .flat_map(|title| spaced(title, &shapes))
                .map(move |(section, rest)| (at, section, rest))
        })
        .collect();
    if !enough(may.len()) {
        return;
    }
    let mut lines: Vec<(&str, bool)> = may
        .iter()
        .map(|&(_, section, _)| (section, false))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    for unit in units.iter().filter(|unit| is_section(unit)) {
        let at = lines.binary_search_by(|(line, _)| line.cmp(&&*unit.text));
        if let Some(line) = at.ok().and_then(|at| lines.get_mut(at)) {
            line.1 = true;
        }
    }
    // of several names in front of one title the longest
    let found: BTreeMap<usize, (&str, String)> = may
        .iter()
        .filter(|(_, section, _)| lines.binary_search(&(section, true)).is_ok())
        .map(|&(at, section, rest)| (at, (section, rest.to_owned())))
        .collect();
    let sections: BTreeSet<&str> = found.values().map(|(section, _)| *section).collect();
    if sections.len() < 2 || !enough(found.len()) {
        return;
    }
    let bare: Vec<(usize, String)> = found
        .into_iter()
        .map(|(at, (_, title))| (at, title))
        .collect();
    retitle(drafts, bare);
}

/// What may be the name of a section in front of a title, and the title: a capital starts it, and small letters go on.
fn spaced<'t, 's>(
    title: &'t str,
    shapes: &'s Shapes<16>,
) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t, 's> {
    let starts = spaces(title).take_while(|at| at <= LENGTH.end());
    let starts = starts.take(WORDS);
    starts.filter_map(|at| {
        // most titles go on in small letters
        let small = |byte: &u8| byte.is_ascii_lowercase();
        if title.as_bytes().get(at + 1).is_none_or(small) || !LENGTH.contains(&at) {
            return None;
        }
        let (section, rest) = (title.get(..at)?, title.get(at + 1..)?);
        if !shapes.may_have(section) {
            return None;
        }
        let capital = || {
            let open = rest.trim_start_matches(['"', '„', '“', '«', '»', '‘', '\'', '›']);
            section.starts_with(char::is_uppercase) && open.starts_with(char::is_uppercase)
        };
        (capital() && goes_on(rest)).then_some((section, rest))
    })
}

/// Whether a line may be no more than the name of a section.
fn is_section(unit: &Unit<'_>) -> bool {
    unit.kind == Kind::Short && unit.words <= WORDS as u32
}

/// Whether small letters start one word in four: not where all have capitals.
fn goes_on(title: &str) -> bool {
    let (mut words, mut small, mut apart) = (1, 0, false);
    for byte in title.bytes() {
        // a letter that is none of ASCII counts as it does most often
        small += u32::from(apart && (byte.is_ascii_lowercase() || !byte.is_ascii()));
        apart = byte == b' ';
        words += u32::from(apart);
    }
    small >= 2 && small * 4 >= words
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
    use crate::split::page::drafts;
    use crate::split::testing;

    fn titles(text: &str) -> Vec<String> {
        testing::read(text, |units, _| {
            drafts(units)
                .into_iter()
                .filter_map(|draft| draft.title)
                .collect()
        })
    }

    #[test]
    fn the_names_of_sections_that_the_page_lists_are_no_part_of_titles() {
        let menu = "Politik\n\nHafen\n\nSport\n\nMeistgelesen\n\n";
        let list = "Politik Bürgermeister will den alten Leuchtturm retten\n\nHafen Fähren fahren wieder nach dem Sturm\n\n\
                    Sport Ruderer gewinnen zum dritten Mal die Regatta\n\nAlter Markt bekommt neue Steine bis zum Herbst\n\n";
        let want = [
            "Bürgermeister will den alten Leuchtturm retten",
            "Fähren fahren wieder nach dem Sturm",
            "Ruderer gewinnen zum dritten Mal die Regatta",
            "Alter Markt bekommt neue Steine bis zum Herbst",
        ];
        assert_eq!(titles(&format!("{menu}{list}")), want);
        assert_eq!(
            titles(&format!("Meistgelesen\n\n{list}"))[1],
            "Hafen Fähren fahren wieder nach dem Sturm"
        );
    }

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
