//! What tells a word of a text from others, and what it looks like: how common it is by its length, a name, a number.

use super::stem;
use super::terms::{CLASS_OTHER, Term};
use crate::text::{Ends, is_plain};

/// What tells a word, and its class and name bit. `sentence`: capitals tell names, but not at the start of a sentence.
#[inline]
pub(super) fn heard(text: &str, start: usize, len: usize, hash: u64, sentence: bool) -> (u64, u32) {
    let word = text.get(start..start + len).unwrap_or_default();
    let plain = is_plain(word.as_bytes());
    if !plain && word.bytes().any(|byte| byte.is_ascii_digit()) {
        return (hash, (CLASS_OTHER << Term::CLASS) | Term::NAME);
    }
    let (letters, capital, told) = if plain {
        let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        (len, capital, stem::of_plain(word, hash))
    } else {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        (word.chars().count(), capital, stem::hash_of(word, hash))
    };
    let class = CLASSES.get(letters).copied().unwrap_or(LONGEST_CLASS);
    let name = sentence && capital && !starts_sentence(text, start);
    (
        told,
        (class << Term::CLASS) | (u32::from(name) * Term::NAME),
    )
}

/// The same for a word of few ASCII letters and digits.
#[inline]
pub(super) fn heard_plain(
    text: &str,
    word: Ends,
    start: usize,
    hash: u64,
    sentence: bool,
) -> (u64, u32) {
    if word.has_digit() {
        return (hash, (CLASS_OTHER << Term::CLASS) | Term::NAME);
    }
    let class = CLASSES.get(word.length()).copied().unwrap_or(LONGEST_CLASS);
    let name = sentence && word.initial().is_ascii_uppercase() && !starts_sentence(text, start);
    let told = stem::of_letters(word, hash);
    (
        told,
        (class << Term::CLASS) | (u32::from(name) * Term::NAME),
    )
}

/// The class of a word by its letters; of a longer one.
const CLASSES: [u32; 10] = [0, 0, 0, 1, 2, 3, 4, 4, 5, 5];
const LONGEST_CLASS: u32 = 6;

/// Whether the word at `start` starts a sentence, a paragraph or a quotation.
fn starts_sentence(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let end = before.bytes().rposition(|byte| byte != b' ');
    match end.and_then(|end| before.get(..=end)?.chars().next_back()) {
        None => true,
        Some(last) => matches!(
            last,
            '.' | '!' | '?' | ':' | '…' | '\n' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\''
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TokenSink, tokenise};

    /// Hears the words that the quick path knows, and compares both ways to look at them.
    struct Both<'a>(&'a str, usize);

    impl TokenSink for Both<'_> {
        fn word(&mut self, _: u64, _: usize, _: usize) {}

        fn plain(&mut self, word: Ends, start: usize) {
            let (text, hash, len) = (self.0, word.hash(), word.length());
            for sentence in [false, true] {
                let quick = heard_plain(text, word, start, hash, sentence);
                assert_eq!(quick, heard(text, start, len, hash, sentence), "{start}");
            }
            self.1 += 1;
        }

        fn bigram(&mut self, _: u64, _: usize, _: usize) {}
    }

    #[test]
    fn the_quick_look_at_a_word_says_what_the_slow_one_says() {
        let text = "In Tarsk, 12 boats (of 3rd class) sank.  Ann “Lee” Holt said: “Go”… Nobody went, \
                    B2B rescuers of the Harbourmastership in Northumberland wrote.\nThe end — Runa Ask.";
        let mut both = Both(text, 0);
        tokenise(text, &mut both);
        assert!(both.1 > 20);
    }
}
