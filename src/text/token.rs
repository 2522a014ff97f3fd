//! Words of a body: UAX #29 word boundaries, with a fast path for ASCII and the punctuation of Latin text that gives the
//! same words (a property test holds the two together).
//!
//! A word is normalised (NFKC, lower case, straight apostrophes) and hashed with XXH3-64, seed 0. Scripts that are
//! written without spaces are cut into overlapping character bigrams; see `script`.

use std::cell::Cell;

use super::careful::{careful, slow_words};
use super::class::{CLASS, Class};
use super::hash::{Ends, lower_ascii, lower_ascii_at};
use super::runs::Runs;

/// Hears the tokens of a body, in order.
pub trait TokenSink {
    /// Whether it wants the hashes; it hears zeros otherwise.
    const HASHED: bool = true;
    /// One word: its hash, its first byte in the body and its length there.
    fn word(&mut self, hash: u64, start: usize, len: usize);
    /// A word of few ASCII letters and digits: most are.
    #[inline]
    fn plain(&mut self, word: Ends, start: usize) {
        let hash = if Self::HASHED { word.hash() } else { 0 };
        self.word(hash, start, word.length());
    }
    /// Words in a row that have ASCII letters and digits alone, by where each begins and ends in `body`.
    #[inline]
    fn row(&mut self, body: &[u8], words: &[[u32; 2]]) {
        for &[start, end] in words {
            let (start, end) = (start as usize, end as usize);
            if let Some(word) = Ends::of(body, start, end) {
                self.plain(word, start);
            } else {
                self.word(lower_ascii(&body[start..end]), start, end - start);
            }
        }
    }
    /// One character bigram (or a lone character) of a script without spaces.
    fn bigram(&mut self, hash: u64, start: usize, len: usize);
}

/// Bytes of a text up to which the memory for it is kept for the next one.
const USUAL: usize = 1 << 18;

/// Sends every token of `body` to `sink`.
pub fn tokenise(body: &str, sink: &mut impl TokenSink) {
    thread_local! {
        static KEPT: Cell<Tokeniser> = const { Cell::new(Tokeniser::new()) };
    }
    let mut tokeniser = KEPT.take();
    tokeniser.tokenise(body, sink);
    if body.len() <= USUAL {
        KEPT.set(tokeniser);
    }
}

/// Tokenises one body after another in the same memory.
#[derive(Debug, Default)]
pub struct Tokeniser {
    runs: Runs,
    scratch: String,
}

impl Tokeniser {
    const fn new() -> Self {
        Self {
            runs: Runs::new(),
            scratch: String::new(),
        }
    }

    /// Sends every token of `body` to `sink`.
    pub fn tokenise<S: TokenSink>(&mut self, body: &str, sink: &mut S) {
        let bytes = body.as_bytes();
        self.runs.scan(bytes);
        let runs = self.runs.all();
        let mut hard = self.runs.hard_from(0);
        let mut next = 0;
        loop {
            let easy = easy(&runs[next..], hard);
            sink.row(bytes, &runs[next..next + easy]);
            next += easy;
            let Some(&[start, end]) = runs.get(next) else {
                return;
            };
            let (start, mut end) = (start as usize, end as usize);
            next += 1;
            while end == hard
                && let Some(&[behind, its_end]) = runs.get(next)
            {
                let after = self.runs.hard_from(behind as usize);
                if after < its_end as usize {
                    break;
                }
                hard = after;
                if !joins(bytes, end) {
                    break;
                }
                end = its_end as usize;
                next += 1;
            }
            if end >= hard {
                let scratch = &mut self.scratch;
                (next, hard) = careful_run(body, &self.runs, next, (start, end), scratch, sink);
            } else {
                sink.word(lower_ascii_at(bytes, start, end), start, end - start);
            }
        }
    }
}

/// How many runs end before the first place that needs a closer look.
fn easy(runs: &[[u32; 2]], hard: usize) -> usize {
    const STEP: usize = 8;
    let before = |run: &[u32; 2]| (run[1] as usize) < hard;
    let (steps, _) = runs.as_chunks::<STEP>();
    let whole = steps
        .iter()
        .take_while(|step| before(&step[STEP - 1]))
        .count()
        * STEP;
    whole + runs[whole..].iter().take_while(|run| before(run)).count()
}

/// Reads the run at `at..end`, and those that its tokens go into; `next` is the one behind it. Returns the next one to
/// read, and the next place that needs a closer look.
fn careful_run<S: TokenSink>(
    body: &str,
    runs: &Runs,
    mut next: usize,
    (mut at, mut end): (usize, usize),
    scratch: &mut String,
    sink: &mut S,
) -> (usize, usize) {
    loop {
        while at < end {
            at = careful(body, at, scratch, sink);
        }
        let behind = runs
            .all()
            .get(next)
            .map(|run| run.map(|edge| edge as usize));
        match behind {
            Some([start, its_end]) if start < at => end = its_end,
            _ => return (next, runs.hard_from(behind.map_or(at, |run| run[0]))),
        }
        next += 1;
    }
}

/// Whether the mark at `at` joins the ASCII letters or digits on both sides.
fn joins(bytes: &[u8], at: usize) -> bool {
    let class = |at: usize| {
        bytes
            .get(at)
            .map_or(Class::Other, |&byte| CLASS[byte as usize])
    };
    let (before, mark, after) = (class(at.wrapping_sub(1)), class(at), class(at + 1));
    before == after
        && match before {
            Class::Letter => mark != Class::MidDigit,
            Class::Digit => mark != Class::MidLetter,
            _ => false,
        }
}

/// Sends every token of `body` to `sink` by the Unicode path alone: what [`tokenise`] must equal.
pub fn tokenise_by_unicode(body: &str, sink: &mut impl TokenSink) {
    let mut scratch = String::new();
    slow_words(body, 0, &mut scratch, sink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

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
