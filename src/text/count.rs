//! How many words a body has: what [`super::tokenise`] gives, counted without reading the words one by one.
//!
//! Words begin where a run of letters and digits begins and nothing joins it to the run before (UAX #29: `U.S`, `3.5`).
//! In ASCII that is a matter of a few masks, 64 bytes at a time. Stretches with anything else go to the tokeniser: no
//! word goes over white space, so they are cut there.

use super::scan::{BLOCK, Marks, marks};
use super::token::{TokenSink, Tokeniser};

/// Stretches that need the tokeniser are one where so few bytes or fewer stand between them.
const CLOSE: usize = 64;

/// Words of a body as a person counts them: bigrams count as one word for two.
#[must_use]
pub fn count_words(body: &str) -> u32 {
    let bytes = body.as_bytes();
    let mut tokeniser = Tokeniser::default();
    let mut counter = Counter::default();
    let mut at = 0;
    while let Some(special) = next_special(bytes, at) {
        let start = word_start(bytes, at, special);
        let end = stretch_end(bytes, special);
        counter.words += plain(bytes.get(at..start).unwrap_or_default());
        tokeniser.tokenise(body.get(start..end).unwrap_or_default(), &mut counter);
        at = end;
    }
    counter.words += plain(bytes.get(at..).unwrap_or_default());
    counter.words + counter.bigrams.div_ceil(2)
}

/// The next byte outside ASCII, or the next `_`.
fn next_special(bytes: &[u8], from: usize) -> Option<usize> {
    let special = |byte: &u8| !byte.is_ascii() || *byte == b'_';
    let rest = bytes.get(from..)?;
    let (blocks, _) = rest.as_chunks::<BLOCK>();
    // a plain loop over all bytes of a block becomes a few wide instructions
    let clean = blocks
        .iter()
        .take_while(|block| !block.iter().fold(false, |any, byte| any | special(byte)))
        .count();
    let found = rest.get(clean * BLOCK..)?.iter().position(special)?;
    Some(from + clean * BLOCK + found)
}

/// The byte behind the last white space before `at`; `from` at least.
fn word_start(bytes: &[u8], from: usize, at: usize) -> usize {
    let before = bytes.get(from..at).unwrap_or_default();
    let space = before.iter().rposition(u8::is_ascii_whitespace);
    from + space.map_or(0, |space| space + 1)
}

/// The first white space from `at` on behind which no special byte is close.
fn stretch_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        let word = rest.iter().position(u8::is_ascii_whitespace);
        let Some(word) = word else {
            return bytes.len();
        };
        end += word;
        let ahead = bytes.get(..bytes.len().min(end + CLOSE)).unwrap_or(bytes);
        match next_special(ahead, end) {
            Some(next) => end = next,
            None => return end,
        }
    }
}

/// Words of plain ASCII without `_`.
fn plain(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut before = Marks::default();
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for block in blocks {
        let here = marks(block);
        count += begun(&here, &before);
        before = here;
    }
    if !rest.is_empty() {
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        count += begun(&marks(&last), &before);
    }
    count
}

/// Words that begin in a block.
#[inline]
fn begun(here: &Marks, before: &Marks) -> u32 {
    let words = [before.letters | before.digits, here.letters | here.digits];
    let starts = words[1] & !back(words, 1);
    let joined = |kind: [u64; 2], marks: [u64; 2]| kind[1] & back(marks, 1) & back(kind, 2);
    let joins = joined(
        [before.letters, here.letters],
        [before.mid | before.mid_letter, here.mid | here.mid_letter],
    ) | joined(
        [before.digits, here.digits],
        [before.mid | before.mid_digit, here.mid | here.mid_digit],
    );
    (starts & !joins).count_ones()
}

/// The mask of the bytes one or two places before those of the second block of two.
#[inline]
fn back([before, here]: [u64; 2], places: u32) -> u64 {
    here << places | before >> (64 - places)
}

#[derive(Default)]
struct Counter {
    words: u32,
    bigrams: u32,
}

impl TokenSink for Counter {
    const HASHED: bool = false;

    fn word(&mut self, _: u64, _: usize, _: usize) {
        self.words += 1;
    }

    fn bigram(&mut self, _: u64, _: usize, _: usize) {
        self.bigrams += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;
    use proptest::prelude::*;

    fn one_by_one(body: &str) -> u32 {
        let mut counter = Counter::default();
        tokenise(body, &mut counter);
        counter.words + counter.bigrams.div_ceil(2)
    }

    #[test]
    fn words_are_counted_as_they_are_read() {
        for (body, words) in [
            ("", 0),
            ("It's 3.5, U.S. time_out—“so”: 10:30", 7),
            ("東京で会談。 a.b.c 1,000;000 a,b x:y", 7),
        ] {
            assert_eq!(count_words(body), words, "{body}");
            assert_eq!(one_by_one(body), words, "{body}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn any_text_has_as_many_words_as_tokens(
            body in "[a-zA-Z0-9_:;,.' \\n\"-]{0,200}([\u{2018}\u{2019}\u{2014}éß東で字\u{ad}a. _\\t]{0,6}[a-z0-9.,:;' ]{0,150}){0,3}"
        ) {
            prop_assert_eq!(count_words(&body), one_by_one(&body));
        }

        #[test]
        fn so_has_any_other_text(body in "\\PC{0,120}") {
            prop_assert_eq!(count_words(&body), one_by_one(&body));
        }
    }
}
