//! What tells a word, whatever its ending: its first letters. Works for every alphabet, without a list of endings.
//!
//! Reports of one happening inflect its words: a name stands in another case, a verb in another tense, a possessive in
//! English, an article before it in French. Of the ways that were tried on labelled sets (whole words, one or two
//! letters less, two thirds of a word, the first four to seven letters) five letters were best for English, and Russian
//! and German need them or fewer.

use std::hint::select_unpredictable;

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::{Ends, lower_ascii};

/// Letters of a word that tell it from others.
const LETTERS: usize = 5;

/// The hash of what tells `word`; `hash` is that of the whole normalised word.
///
/// Where an apostrophe joins two parts, the longer one counts: `Lumo's`, `l'incendie`. Of two parts of one length it is the
/// last one.
pub(super) fn hash_of(word: &str, hash: u64) -> u64 {
    if word.is_ascii() {
        let Some(part) = longest(word, &['\'']) else {
            return of_plain(word, hash);
        };
        return of_plain(part, xxh3_64(part.to_ascii_lowercase().as_bytes()));
    }
    match longest(word, &['\'', '’']) {
        Some(part) => first_letters(part),
        // a character has four bytes at most
        None if word.chars().nth(LETTERS).is_none() => hash,
        None => first_letters(word),
    }
}

/// The longest part between apostrophes; `None` for a word without one.
fn longest<'a>(word: &'a str, apostrophes: &[char]) -> Option<&'a str> {
    if !word.contains(apostrophes) {
        return None;
    }
    word.split(apostrophes)
        .max_by_key(|part| part.chars().count())
}

/// The same for an ASCII word without an apostrophe.
#[inline]
pub(super) fn of_plain(word: &str, hash: u64) -> u64 {
    match word.as_bytes().first_chunk::<LETTERS>() {
        // a word with `_` in it is not one that the quick hash knows
        Some(first) if word.len() > LETTERS && !first.contains(&b'_') => lower_ascii(first),
        Some(first) if word.len() > LETTERS => {
            xxh3_64(&first.map(|byte| byte.to_ascii_lowercase()))
        }
        _ => hash,
    }
}

/// The same for a word of few ASCII letters.
#[inline]
pub(super) fn of_letters(word: Ends, hash: u64) -> u64 {
    let first = word.beginning(LETTERS as u64).hash();
    select_unpredictable(word.length() > LETTERS, first, hash)
}

fn first_letters(word: &str) -> u64 {
    let letters = word.nfkc().flat_map(char::to_lowercase).take(LETTERS);
    xxh3_64(letters.collect::<String>().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TokenSink, tokenise};

    /// Hears the words of a text.
    struct Stems<'a>(&'a str, Vec<u64>);

    /// Hears them as the quick path tells them.
    #[derive(Default)]
    struct Quick(Vec<u64>);

    impl TokenSink for Quick {
        fn word(&mut self, _: u64, _: usize, _: usize) {}

        fn plain(&mut self, word: Ends, _: usize) {
            self.0.push(of_letters(word, word.hash()));
        }

        fn bigram(&mut self, _: u64, _: usize, _: usize) {}
    }

    impl TokenSink for Stems<'_> {
        fn word(&mut self, hash: u64, start: usize, len: usize) {
            self.1.push(hash_of(&self.0[start..start + len], hash));
        }

        fn bigram(&mut self, hash: u64, _: usize, _: usize) {
            self.1.push(hash);
        }
    }

    fn stems(text: &str) -> Vec<u64> {
        let mut heard = Stems(text, Vec::new());
        tokenise(text, &mut heard);
        heard.1
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [
            "Lumo Lumo's Lumo’s LUMO",
            "rescue rescued RESCUERS",
            "Überschwemmung überschwemmt",
            "Приволжска Приволжске приволжский",
            "incendie l'incendie L’incendie incendies",
        ] {
            let mut found = stems(forms);
            found.dedup();
            assert_eq!(found.len(), 1, "{forms}");
        }
    }

    #[test]
    fn the_quick_path_tells_words_by_the_same_letters() {
        let text = "Nine words: I am RESCUED near Northumberland from Harbourmasters by bridges.";
        let mut quick = Quick::default();
        tokenise(text, &mut quick);
        let all = stems(text);
        assert_eq!(quick.0, all[1..]);
    }

    #[test]
    fn short_words_are_told_as_a_whole_and_accents_however_they_are_written() {
        let found = stems("fire fires fired firm");
        assert!(found[0] != found[1] && found[1] != found[2] && found[0] != found[3]);
        // composed and decomposed
        assert_eq!(stems("Nghiệm")[0], stems("Nghie\u{323}\u{302}m")[0]);
        assert_eq!(stems("d'"), stems("D"));
    }
}
