//! The content words of a text, or its pairs of characters in a script without spaces: what a title shares with its text.
//! They are numbers; which word a number stands for is not asked.

use std::ops::ControlFlow;

use xxhash_rust::xxh3::xxh3_64;

use super::fold::push_small;
use crate::text::class::{Class, class_at};
use crate::text::scan::{BLOCK, Marks, runs};

/// The content words of the beginning of an article.
#[derive(Debug)]
pub(super) struct Words {
    all: Vec<u64>,
    /// The last character of a script without spaces.
    last: Option<char>,
    /// A bit for the lowest bits of each, once mixed: most words that are asked for are not there.
    bits: [u64; WORDS],
}

/// Words of bits.
const WORDS: usize = 64;

impl Default for Words {
    fn default() -> Self {
        Self {
            all: Vec::with_capacity(512),
            last: None,
            bits: [0; WORDS],
        }
    }
}

impl Words {
    /// Adds those of a text.
    pub(super) fn add(&mut self, text: &str) {
        let from = self.all.len();
        collect(text, &mut self.all, &mut self.last);
        for &word in self.all.get(from..).unwrap_or_default() {
            let (at, bit) = place(word);
            if let Some(bits) = self.bits.get_mut(at) {
                *bits |= bit;
            }
        }
    }

    /// Whether it is one of them.
    pub(super) fn has(&self, word: u64) -> bool {
        let (at, bit) = place(word);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0) && self.all.contains(&word)
    }
}

/// The bit of a word.
fn place(word: u64) -> (usize, u64) {
    let mixed = word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
    (mixed as usize / 64 % WORDS, 1 << (mixed % 64))
}

/// The content words of a text, each once.
pub(super) fn content(text: &str) -> Vec<u64> {
    let mut found = Vec::with_capacity(32);
    collect(text, &mut found, &mut None);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(text: &str, into: &mut Vec<u64>, last: &mut Option<char>) {
    if text.is_ascii() {
        collect_ascii(text.as_bytes(), into);
        return;
    }
    let bytes = text.as_bytes();
    let mut small = String::new();
    let mut at = 0;
    // words of ASCII alone stand between white space; what has another character is walked through character by character
    while let Some(start) = word_start(bytes, at) {
        collect_ascii(bytes.get(at..start).unwrap_or_default(), into);
        let end = word_end(bytes, start);
        collect_wide(text.get(start..end).unwrap_or_default(), &mut small, into);
        at = end;
    }
    collect_ascii(bytes.get(at..).unwrap_or_default(), into);
    // characters of scripts without spaces start with such a byte
    if bytes.iter().fold(0, |most, &byte| byte.max(most)) < 0xe3 {
        return;
    }
    for c in text.chars().filter(|&c| c >= WIDE) {
        // a character has 21 bits
        let pair = |before| (1 << 21 | u64::from(before)) << 21 | u64::from(c);
        into.extend(last.replace(c).map(pair));
    }
}

/// Where the next word with a character outside ASCII starts, behind white space or at `from`.
fn word_start(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (blocks, _) = rest.as_chunks::<BLOCK>();
    let clean = blocks.iter().take_while(|block| block.is_ascii()).count();
    let outside = |byte: &u8| !byte.is_ascii();
    let at = clean * BLOCK + rest.get(clean * BLOCK..)?.iter().position(outside)?;
    let space = rest.get(..at)?.iter().rposition(u8::is_ascii_whitespace);
    Some(from + space.map_or(0, |space| space + 1))
}

/// The first white space of ASCII from `at` on.
fn word_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(rest.len())
}

/// The content words of a text of any characters.
fn collect_wide(text: &str, small: &mut String, into: &mut Vec<u64>) {
    let (mut start, mut at) = (0, 0);
    while at <= text.len() {
        let (inside, length) = alphanumeric(text, at);
        if !inside {
            let word = text.get(start..at).unwrap_or_default();
            into.extend(content_word(word, small));
            start = at + length;
        }
        at += length;
    }
}

/// The content words of a text of ASCII.
fn collect_ascii(bytes: &[u8], into: &mut Vec<u64>) {
    let inside = |marks: &Marks| marks.letters | marks.digits;
    let _ = runs(bytes, inside, |start, end| {
        let word = bytes.get(start..end).unwrap_or_default();
        into.extend((word.len() >= LEAST).then(|| number(word)));
        ControlFlow::Continue(())
    });
}

/// Whether the character at `at` is a letter or digit, and its length; behind the end none is.
#[inline]
fn alphanumeric(text: &str, at: usize) -> (bool, usize) {
    match class_at(text.as_bytes(), at) {
        Some((Class::Letter | Class::Digit | Class::Run, length)) => (true, length),
        Some((Class::Wide, _)) => {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            c.map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
        }
        Some((_, length)) => (false, length),
        None => (false, 1),
    }
}

/// Letters of a content word, at least.
const LEAST: usize = 4;

/// The first character of the scripts without spaces.
const WIDE: char = '\u{3040}';

/// The first six bytes of a word of ASCII, in small letters, as a number.
fn number(word: &[u8]) -> u64 {
    // digits have the bit that makes letters small
    const SMALL: u64 = 0x2020_2020_2020;
    if let Some(&head) = word.first_chunk::<8>() {
        return u64::from_be_bytes(head) >> 16 | SMALL;
    }
    let letter = |all, byte: &u8| all << 8 | u64::from(byte.to_ascii_lowercase());
    word.iter().take(HEAD).fold(0, letter)
}

/// Letters by which words are told.
const HEAD: usize = 6;

/// The first six letters of a word of four or more, in small letters, as a number.
fn content_word(word: &str, small: &mut String) -> Option<u64> {
    if word.is_ascii() {
        return (word.len() >= LEAST).then(|| number(word.as_bytes()));
    }
    word.chars().nth(LEAST - 1)?;
    small.clear();
    if word.contains('Σ') {
        // its form depends on what follows
        small.push_str(&word.to_lowercase());
    } else {
        let head = word.chars().take(HEAD);
        head.for_each(|c| push_small(c, small));
    }
    let end = small
        .char_indices()
        .nth(HEAD)
        .map_or(small.len(), |(at, _)| at);
    let head = small.get(..end)?;
    Some(if head.is_ascii() {
        number(head.as_bytes())
    } else {
        // the highest bit keeps them apart from words of ASCII
        xxh3_64(head.as_bytes()) | 1 << 63
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_has_the_words_of_its_title_in_any_form() {
        let mut words = Words::default();
        words.add("The ferries were flooding; Überschwemmungen am Fluss. 東京で会談した");
        let shared = |title: &str| {
            content(title)
                .iter()
                .filter(|&&word| words.has(word))
                .count()
        };
        assert_eq!(shared("Ferries flooded"), 1);
        assert_eq!(shared("FLOODING the old town"), 1);
        assert_eq!(shared("überschwemmung im Norden"), 1);
        assert_eq!(shared("東京で"), 2);
        assert_eq!(shared("Rain"), 0);
    }

    proptest! {
        #[test]
        fn words_of_ascii_are_those_between_other_signs(text in "[a-zA-Z0-9 .,'-]{0,200}") {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() >= LEAST);
            let small = words.map(str::to_ascii_lowercase);
            let expected: Vec<u64> = small
                .map(|word| word.bytes().take(HEAD).fold(0, |all, byte| all << 8 | u64::from(byte)))
                .collect();
            let mut found = Vec::new();
            collect(&text, &mut found, &mut None);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn words_among_others_are_those_found_character_by_character(text in "([a-zA-Z0-9 .,'-]{0,90}[éßΣ’—ж東\u{a0}\\n]{0,2}){0,5}") {
            let (mut found, mut expected) = (Vec::new(), Vec::new());
            collect(&text, &mut found, &mut None);
            collect_wide(&text, &mut String::new(), &mut expected);
            // pairs of characters of scripts without spaces have this bit
            found.retain(|&word| word >> 42 != 1);
            prop_assert_eq!(found, expected);
        }
    }
}
