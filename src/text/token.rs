//! Words of a body: UAX #29 word boundaries, with a fast path for ASCII and the punctuation of Latin text that gives the
//! same words (a property test holds the two together).
//!
//! A word is normalised (NFKC, lower case, straight apostrophes) and hashed with XXH3-64, seed 0. Scripts that are
//! written without spaces are cut into overlapping character bigrams; see `script`.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use super::class::{CLASS, Class, class_at, is_stable};
use super::hash::lower_ascii;
use super::scan::{BLOCK, Masks, scan};
use super::script::without_spaces;

/// Hears the tokens of a body, in order.
pub trait TokenSink {
    /// Whether it wants the hashes; it hears zeros otherwise.
    const HASHED: bool = true;
    /// One word: its hash, its first byte in the body and its length there.
    fn word(&mut self, hash: u64, start: usize, len: usize);
    /// One character bigram (or a lone character) of a script without spaces.
    fn bigram(&mut self, hash: u64, start: usize, len: usize);
}

/// Sends every token of `body` to `sink`.
pub fn tokenise(body: &str, sink: &mut impl TokenSink) {
    Tokeniser::default().tokenise(body, sink);
}

/// Tokenises one body after another in the same memory.
#[derive(Debug, Default)]
pub struct Tokeniser {
    masks: Vec<Masks>,
    scratch: String,
}

impl Tokeniser {
    /// Sends every token of `body` to `sink`.
    pub fn tokenise(&mut self, body: &str, sink: &mut impl TokenSink) {
        scan(body.as_bytes(), &mut self.masks);
        let mut at = 0;
        while let Some(start) = self.next(at) {
            at = self.token(body, start, sink);
        }
    }

    /// The next byte from `at` that a token may start with.
    #[inline]
    fn next(&self, at: usize) -> Option<usize> {
        let mut block = at / BLOCK;
        let masks = self.masks.get(block)?;
        let mut left = (masks.word | masks.special) >> (at % BLOCK) << (at % BLOCK);
        while left == 0 {
            block += 1;
            let masks = self.masks.get(block)?;
            left = masks.word | masks.special;
        }
        Some(block * BLOCK + left.trailing_zeros() as usize)
    }

    /// Where the run of letters and digits that starts at `start` ends.
    #[inline]
    fn end(&self, start: usize) -> usize {
        let mut block = start / BLOCK;
        let Some(masks) = self.masks.get(block) else {
            return start;
        };
        let mut others = !masks.word >> (start % BLOCK) << (start % BLOCK);
        while others == 0 {
            block += 1;
            let Some(masks) = self.masks.get(block) else {
                return block * BLOCK;
            };
            others = !masks.word;
        }
        block * BLOCK + others.trailing_zeros() as usize
    }

    /// Whether a token may go on at `at`.
    #[inline]
    fn may_go_on(&self, at: usize) -> bool {
        let masks = self.masks.get(at / BLOCK).copied().unwrap_or_default();
        (masks.word | masks.special) >> (at % BLOCK) & 1 == 1
    }

    /// Reads the token that starts at `start`; returns where to go on.
    #[inline]
    fn token(&mut self, body: &str, start: usize, sink: &mut impl TokenSink) -> usize {
        let bytes = body.as_bytes();
        let end = self.end(start).min(bytes.len());
        // a lone run of letters and digits, or one with a mark behind that joins nothing
        let closed = match bytes.get(end).map(|&byte| CLASS[byte as usize]) {
            None | Some(Class::Other) => true,
            Some(Class::Mid | Class::MidLetter | Class::MidDigit) => !self.may_go_on(end + 1),
            Some(_) => false,
        };
        if closed && end > start {
            sink.word(lower_ascii(&bytes[start..end]), start, end - start);
            return end;
        }
        self.careful(body, start, sink)
    }

    /// Reads a token that has more than letters and digits.
    fn careful(&mut self, body: &str, start: usize, sink: &mut impl TokenSink) -> usize {
        match class_at(body.as_bytes(), start) {
            Some((Class::Letter | Class::Digit | Class::Join, _)) => {
                fast_word(body, start, &mut self.scratch, sink)
            }
            Some((Class::Run, _)) => fast_run(body, start, &mut self.scratch, sink),
            Some((Class::Wide, _)) => slow_run(body, start, &mut self.scratch, sink),
            Some((_, length)) => start + length,
            None => start + 1,
        }
    }
}

/// Sends every token of `body` to `sink` by the Unicode path alone: what [`tokenise`] must equal.
pub fn tokenise_by_unicode(body: &str, sink: &mut impl TokenSink) {
    let mut scratch = String::new();
    slow_words(body, 0, &mut scratch, sink);
}

/// Reads the word that starts at `start`; returns where to go on.
fn fast_word<S: TokenSink>(body: &str, start: usize, scratch: &mut String, sink: &mut S) -> usize {
    let bytes = body.as_bytes();
    let mut last = Class::Other;
    let mut alphanumeric = false;
    let mut plain = true;
    let mut end = start;
    while let Some((class, len)) = class_at(bytes, end) {
        match class {
            Class::Letter | Class::Digit => {
                alphanumeric = true;
                plain &= len == 1;
                (last, end) = (class, end + len);
            }
            Class::Join => {
                plain = false;
                (last, end) = (class, end + 1);
            }
            Class::MidLetter | Class::MidDigit | Class::Mid => {
                let Some((next, length)) = class_at(bytes, end + len) else {
                    break;
                };
                if next == Class::Wide {
                    return slow_run(body, start, scratch, sink);
                }
                let joins = next == last
                    && match last {
                        Class::Letter => class != Class::MidDigit,
                        Class::Digit => class != Class::MidLetter,
                        _ => false,
                    };
                if !joins {
                    break;
                }
                plain &= len == 1 && length == 1;
                end += len + length;
            }
            // a mark of `_` joins Katakana, too
            Class::Run if last == Class::Join => return slow_run(body, start, scratch, sink),
            Class::Wide => return slow_run(body, start, scratch, sink),
            Class::Other | Class::Run => break,
        }
    }
    if alphanumeric {
        let word = &body[start..end];
        let hash = match () {
            () if !S::HASHED => 0,
            () if plain => lower_ascii(word.as_bytes()),
            () => normal_hash(word, scratch),
        };
        sink.word(hash, start, end - start);
    }
    end
}

/// Reads the characters of a script without spaces that start at `start`; returns where to go on.
fn fast_run(body: &str, start: usize, scratch: &mut String, sink: &mut impl TokenSink) -> usize {
    let bytes = body.as_bytes();
    let mut end = start;
    loop {
        match class_at(bytes, end) {
            Some((Class::Run, length)) => end += length,
            // what hangs on the last of them is known to the tables of Unicode alone
            Some((Class::Wide | Class::Join, _)) => return slow_run(body, start, scratch, sink),
            _ => break,
        }
    }
    flush_run(body, Some((start, end)), 0, scratch, sink);
    end
}

/// Reads from `start` to the next ASCII white space by the Unicode path; returns where to go on.
fn slow_run(body: &str, start: usize, scratch: &mut String, sink: &mut impl TokenSink) -> usize {
    let rest = &body.as_bytes()[start..];
    let len = rest
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(rest.len());
    slow_words(&body[start..start + len], start, scratch, sink);
    start + len
}

/// The tokens of `text`, which stands at `base` in its body.
fn slow_words<S: TokenSink>(text: &str, base: usize, scratch: &mut String, sink: &mut S) {
    // the run of characters of scripts without spaces that is being read
    let mut run: Option<(usize, usize)> = None;
    for (at, segment) in text.split_word_bound_indices() {
        // a letter-like mark may hang on a punctuation mark: the word starts behind that
        let word = segment.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let (at, segment) = (at + segment.len() - word.len(), word);
        if segment.chars().next().is_some_and(without_spaces) {
            run = match run {
                Some((from, to)) if to == at => Some((from, at + segment.len())),
                other => {
                    flush_run(text, other, base, scratch, sink);
                    Some((at, at + segment.len()))
                }
            };
        } else if segment.chars().any(char::is_alphanumeric) {
            flush_run(text, run.take(), base, scratch, sink);
            sink.word(wanted::<S>(segment, scratch), base + at, segment.len());
        }
    }
    flush_run(text, run, base, scratch, sink);
}

/// Sends the overlapping bigrams of a run; a run of one character is one token.
fn flush_run<S: TokenSink>(
    text: &str,
    run: Option<(usize, usize)>,
    base: usize,
    scratch: &mut String,
    sink: &mut S,
) {
    let Some((from, to)) = run else { return };
    let run = &text[from..to];
    let mut starts = run
        .char_indices()
        .map(|(at, _)| at)
        .filter(|&at| !run[at..].starts_with(is_mark));
    let Some(mut first) = starts.next() else {
        return;
    };
    let Some(mut second) = starts.next() else {
        return sink.bigram(wanted::<S>(run, scratch), base + from, run.len());
    };
    loop {
        let third = starts.next();
        let bigram = &run[first..third.unwrap_or(run.len())];
        sink.bigram(
            wanted::<S>(bigram, scratch),
            base + from + first,
            bigram.len(),
        );
        let Some(third) = third else { return };
        (first, second) = (second, third);
    }
}

/// Marks that hang on the character before them and are no character of a bigram.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The hash of a word where it is wanted.
fn wanted<S: TokenSink>(word: &str, scratch: &mut String) -> u64 {
    if S::HASHED {
        normal_hash(word, scratch)
    } else {
        0
    }
}

/// Hash of a word after NFKC, lower case and straight apostrophes.
fn normal_hash(word: &str, scratch: &mut String) -> u64 {
    scratch.clear();
    let mut push = |c: char| match c {
        '\u{2018}' | '\u{2019}' => scratch.push('\''),
        // invisible: soft hyphen, zero-width characters
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
        c => scratch.push(c),
    };
    if word.chars().all(is_stable) {
        word.chars()
            .flat_map(char::to_lowercase)
            .for_each(&mut push);
    } else {
        word.nfkc().flat_map(char::to_lowercase).for_each(&mut push);
    }
    xxh3_64(scratch.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Default, PartialEq, Debug)]
    struct Seen(Vec<(u64, usize, usize, bool)>);

    impl TokenSink for Seen {
        fn word(&mut self, hash: u64, start: usize, len: usize) {
            self.0.push((hash, start, len, false));
        }
        fn bigram(&mut self, hash: u64, start: usize, len: usize) {
            self.0.push((hash, start, len, true));
        }
    }

    fn words(body: &str) -> Vec<&str> {
        let mut seen = Seen::default();
        tokenise(body, &mut seen);
        seen.0
            .iter()
            .map(|&(_, start, len, _)| &body[start..start + len])
            .collect()
    }

    fn both(body: &str) -> (Seen, Seen) {
        let (mut fast, mut slow) = (Seen::default(), Seen::default());
        tokenise(body, &mut fast);
        tokenise_by_unicode(body, &mut slow);
        (fast, slow)
    }

    #[test]
    fn words_are_those_of_uax_29() {
        assert_eq!(
            words("It's 3.5, U.S. time_out—“so”: 10:30"),
            ["It's", "3.5", "U.S", "time_out", "so", "10", "30"]
        );
        assert_eq!(
            words("Señor naïve—Zürich’s"),
            ["Señor", "naïve", "Zürich’s"]
        );
    }

    #[test]
    fn scripts_without_spaces_become_bigrams() {
        assert_eq!(
            words("東京で会談。米国 AI"),
            ["東京", "京で", "で会", "会談", "米国", "AI"]
        );
        assert_eq!(words("カタカナ語"), ["カタ", "タカ", "カナ", "ナ語"]);
    }

    #[test]
    fn case_width_and_apostrophes_do_not_matter() {
        let hash = |body: &str| both(body).0.0[0].0;
        assert_eq!(hash("Don't"), hash("don’t"));
        assert_eq!(hash("ABC"), hash("ＡＢＣ"));
        assert_eq!(hash("A_b"), xxh3_64(b"a_b"));
    }

    #[test]
    fn every_character_gives_the_same_by_both_paths() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| c.is_alphanumeric()) {
            let body = format!("{c} a{c}b {c}:{c}’1{c}1 _{c}_ カ{c}、{c}。東{c}");
            let (fast, slow) = both(&body);
            assert_eq!(fast, slow, "{body}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn the_fast_path_gives_what_unicode_gives(
            body in "[a-zA-Z0-9_:;,.' \\n\"\u{2018}\u{2019}\u{2013}\u{2014}\u{201c}\u{2026}\u{a0}éß\u{301}東で字カ\u{ad}\u{200d}א한ไท-]{0,24}"
        ) {
            let (fast, slow) = both(&body);
            prop_assert_eq!(fast, slow);
        }

        #[test]
        fn letters_outside_ascii_join_as_those_of_ascii_do(body in "[aB1_.':,’ÀéßŉŀǅжЩΣς東でカー。、・々ｱ한\u{301}\u{3099} ]{0,12}") {
            let (fast, slow) = both(&body);
            prop_assert_eq!(fast, slow);
        }

        #[test]
        fn any_text_gives_the_same_by_both_paths(body in "\\PC{0,40}") {
            let (fast, slow) = both(&body);
            prop_assert_eq!(fast, slow);
        }
    }
}
