//! Who prints news: names of publishers, told by a table of known ones and of the words that such names end with.

use std::sync::LazyLock;

use super::block::without_source;
use super::bytes::word_count;
use super::domains::is_domain;
use super::line::is_space;
use super::phrases::{Phrase, phrases};
use crate::wire::table::Table;

/// The rows of a kind, in small letters.
fn rows(kind: &str) -> impl Iterator<Item = &'static str> {
    let rows = include_str!("press.tsv").lines();
    let rows = rows.filter_map(|row| row.split_once('\t'));
    rows.filter(move |row| row.0 == kind).map(|row| row.1)
}

fn words(kind: &str) -> Table<()> {
    Table::new(rows(kind).map(|word| (word.to_owned(), ())))
}

/// What the table says.
struct Press {
    names: Table<()>,
    lasts: Table<()>,
    firsts: Table<()>,
    /// Words long enough to end a compound, by their last byte.
    ends: Vec<Vec<&'static str>>,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let mut ends = vec![Vec::new(); 256];
    for word in rows("word").filter(|word| word.len() >= COMPOUND) {
        let last = word.as_bytes().last().copied().unwrap_or(0);
        if let Some(ends) = ends.get_mut(usize::from(last)) {
            ends.push(word);
        }
    }
    Press {
        names: words("name"),
        firsts: words("first"),
        lasts: words("word"),
        ends,
    }
});

/// What a name of a publisher starts with.
const ARTICLES: [&str; 8] = ["The", "Der", "Die", "Das", "El", "La", "Le", "Il"];

/// Bytes of a word that ends compounds: `Hafenblatt`.
const COMPOUND: usize = 5;

/// Bytes and words of a name.
const LONGEST: usize = 60;
const WORDS: usize = 6;

/// Whether a short text is the name of one who prints news: `Harbour Gazette`, `El País`, `gazette.example`.
pub(super) fn is_press(name: &str) -> bool {
    name.len() <= LONGEST && is_press_in(name, &name.to_lowercase())
}

/// Whether the table has a name, in small letters: as it is, without its article, without the place, section or edition
/// behind it.
fn known(small: &str) -> bool {
    let names = &PRESS.names;
    let has = |name: &str| {
        names.has(name)
            || name
                .strip_prefix("the ")
                .is_some_and(|name| names.has(name))
    };
    if has(small) {
        return true;
    }
    let may = |any, &byte: &u8| any | matches!(byte, b':' | b'|' | b'(' | b'-' | b' ');
    if !small.as_bytes().iter().fold(false, may) {
        return false;
    }
    // `Daily News (London)`, `Daily News - World`, `Daily News: Science`, `Daily News | Town`
    let dash = || memchr::memmem::find(small.as_bytes(), b" - ");
    let end = memchr::memchr3(b':', b'|', b'(', small.as_bytes());
    let end = end.or_else(|| memchr::memchr(b'-', small.as_bytes()).and_then(|_| dash()));
    let front = end.and_then(|end| small.get(..end)).map(str::trim);
    front.is_some_and(|front| !front.is_empty() && has(front))
        || small
            .rsplit_once(' ')
            .is_some_and(|(front, last)| phrases(Phrase::Edition).contains(&last) && has(front))
}

/// The same of a name of which the small letters are known.
pub(super) fn is_press_in(name: &str, small: &str) -> bool {
    let bare = |text| -> &str {
        let text: &str = text;
        text.trim_matches(|c| is_space(c) || matches!(c, '(' | ')'))
    };
    let (name, small) = (without_source(bare(name)), without_source(bare(small)));
    if name.is_empty() || name.len() > LONGEST {
        return false;
    }
    let press = &*PRESS;
    if known(small) || is_domain(small) {
        return true;
    }
    if name.starts_with(char::is_lowercase) {
        return false;
    }
    if let (Some((first, _)), Some((_, last))) = (small.split_once(' '), small.rsplit_once(' ')) {
        let few = word_count(small) <= WORDS;
        return few && (press.lasts.has(last) || press.firsts.has(first));
    }
    // a script without spaces, or a compound
    let last = usize::from(small.as_bytes().last().copied().unwrap_or(0));
    let ends = |word: &&str| small.len() > word.len() && small.ends_with(*word);
    let words = press.ends.get(last);
    words.is_some_and(|words| words.iter().any(ends))
}

/// Where the name of a publisher starts at the end of a text, behind a space: of a known one the longest name, of another
/// the word in front of one that such names end with.
pub(super) fn behind(text: &str) -> Option<usize> {
    let starts = || {
        text.rmatch_indices(' ')
            .map(|(at, _)| at + 1)
            .take(WORDS - 1)
    };
    let name = |at: usize| text.get(at..).unwrap_or("");
    let capital = |at: usize| !name(at).starts_with(char::is_lowercase);
    let known = starts().filter(|&at| capital(at) && PRESS.names.has(&name(at).to_lowercase()));
    if let Some(at) = known.last() {
        return Some(at);
    }
    let last = starts().next().filter(|&at| capital(at))?;
    if !name(last).contains(' ') && is_press(name(last)) {
        return Some(last);
    }
    let word = name(last).to_lowercase();
    let two = starts().nth(1).filter(|&at| capital(at))?;
    let article = starts().nth(2).filter(|&at| {
        let word = name(at).split(' ').next();
        word.is_some_and(|word| ARTICLES.contains(&word))
    });
    PRESS.lasts.has(&word).then_some(article.unwrap_or(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_or_end_like_one() {
        for name in [
            "El País",
            "BBC",
            "Norhaven Courier",
            "Hafenblatt",
            "Dalbladet",
            "gazette.example",
            "Báo Bờ Biển",
            "港湾新聞",
        ] {
            assert!(is_press(name), "{name}");
        }
        for name in [
            "Kessler",
            "Ann Lee",
            "World",
            "Storm nears coast",
            "the bulletin",
        ] {
            assert!(!is_press(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_found_behind_a_headline() {
        let name = |text: &'static str| behind(text).and_then(|at| text.get(at..));
        assert_eq!(
            name("Alte Stege verschwinden aus der Bucht Hafenblatt"),
            Some("Hafenblatt")
        );
        assert_eq!(
            name("Minister tritt zurück Norhavener Bote"),
            Some("Norhavener Bote")
        );
        assert_eq!(
            name("Minister tritt zurück Süddeutsche Zeitung"),
            Some("Süddeutsche Zeitung")
        );
        assert_eq!(name("Minister tritt zurück"), None);
    }
}
