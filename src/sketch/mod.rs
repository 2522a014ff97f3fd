//! A body → [`Sketch`]: scaled MinHash (FracMinHash, as in sourmash) of its word 4-grams, made in one pass over the text.
//!
//! Of every shingle's 64-bit hash those below 2^64 / [`SCALE`] are kept, by their upper 32 bits; of a short body at
//! least the [`FLOOR`] smallest. Containment of two bodies is estimated without bias from the kept hashes they share.
//! Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash", 2022.

mod keep;
mod packed;
mod shingle;

pub use keep::word_shingles;
pub use packed::{PACKED_BYTES, Packed, pack};
pub use shingle::{
    BIGRAMS, Shingler, WORDS, bigram_shingle, shingles, short_shingle, word_shingle,
};

use crate::text::{TokenSink, Tokeniser, hash_words};
use keep::{keep_tokens, keep_words};

/// One in so many shingles is kept.
pub const SCALE: u64 = 4;

/// So many of the smallest hashes are kept at least: short bodies would be lost otherwise.
pub const FLOOR: usize = 24;

/// Hashes up to it are kept, by their upper 32 bits.
const KEPT: u32 = (u32::MAX as u64 / SCALE) as u32 - 1;

/// One kept hash and where it stands first: `hash << 32 | place`.
///
/// The hash is the upper 32 bits of the shingle's; the place is the number of its last token in the body, from 0, at
/// most [`LAST_PLACE`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct Kept(pub u64);

/// Places beyond it are not told apart.
pub const LAST_PLACE: u16 = u16::MAX;

impl Kept {
    fn new(shingle: u64, place: u32) -> Self {
        Self(shingle >> 32 << 32 | u64::from(place.min(u32::from(LAST_PLACE))))
    }

    /// Upper 32 bits of the shingle's hash.
    pub fn hash(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Number of its last token in the body.
    pub fn place(self) -> u16 {
        self.0 as u16
    }
}

/// The kept hashes of one body, ascending, without repetition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sketch(pub Vec<Kept>);

/// The sketch of a body.
#[must_use]
pub fn sketch(body: &str) -> Sketch {
    let mut sketcher = Sketcher::default();
    sketcher.sketch(body);
    Sketch(sketcher.kept().to_vec())
}

/// Makes sketches one after another in the same memory, and counts words on the way.
#[derive(Default)]
pub struct Sketcher {
    tokeniser: Tokeniser,
    heard: Heard,
    /// What was kept, and behind it room that was used before.
    kept: Vec<Kept>,
    len: usize,
}

impl Sketcher {
    /// Sketches `body`; the result is valid until the next call.
    pub fn sketch(&mut self, body: &str) -> &[Kept] {
        self.heard.clear(body.len());
        self.tokeniser.tokenise(body, &mut self.heard);
        self.keep(KEPT);
        if self.len < FLOOR {
            // a short body: all its hashes, then the smallest of them
            self.keep(u32::MAX);
            self.len = self.len.min(FLOOR);
        }
        self.kept()
    }

    /// What was kept of the last body.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept[..self.len]
    }

    /// Words of the last body as a person counts them: two bigrams count as a word.
    pub fn words(&self) -> u32 {
        let bigrams = self.heard.bigrams;
        self.tokens() - bigrams + bigrams.div_ceil(2)
    }

    /// Tokens of the last body.
    pub fn tokens(&self) -> u32 {
        self.heard.len as u32
    }

    /// Keeps the hashes of the body up to `most`, in order, each once, at its first place.
    fn keep(&mut self, most: u32) {
        let (tokens, kinds) = self.heard.tokens();
        if self.kept.len() < tokens.len() {
            self.kept.resize(tokens.len(), Kept(0));
        }
        self.len = match kinds {
            None => keep_words(tokens, most, &mut self.kept),
            Some(kinds) => keep_tokens(tokens, kinds, most, &mut self.kept),
        };
        if self.len == 0
            && most == u32::MAX
            && let (Some(shingle), Some(slot)) = (short_shingle(tokens), self.kept.first_mut())
        {
            *slot = Kept::new(shingle, 0);
            self.len = 1;
        }
        let kept = &mut self.kept[..self.len];
        kept.sort_unstable();
        let mut last = 0;
        for at in 1..kept.len() {
            if kept[at].hash() != kept[last].hash() {
                last += 1;
                kept[last] = kept[at];
            }
        }
        self.len = self.len.min(last + 1);
    }
}

/// The tokens of a body.
#[derive(Default)]
struct Heard {
    /// Their hashes, and behind them room that was used before.
    hashes: Vec<u64>,
    len: usize,
    /// Whether each is a bigram; of those behind the last bigram nothing is said.
    is_bigram: Vec<bool>,
    bigrams: u32,
}

impl Heard {
    /// Makes room for those of a body of so many bytes.
    fn clear(&mut self, bytes: usize) {
        // no two tokens without a byte between them or three bytes in them
        let most = bytes / 2 + 2;
        if self.hashes.len() < most {
            self.hashes.resize(most, 0);
        }
        self.len = 0;
        self.is_bigram.clear();
        self.bigrams = 0;
    }

    #[inline]
    fn push(&mut self, hash: u64) {
        if let Some(slot) = self.hashes.get_mut(self.len) {
            *slot = hash;
            self.len += 1;
        }
    }

    /// The hashes and, where there is a bigram, which are bigrams.
    fn tokens(&mut self) -> (&[u64], Option<&[bool]>) {
        let kinds = (self.bigrams > 0).then(|| {
            self.is_bigram.resize(self.len, false);
            &*self.is_bigram
        });
        (&self.hashes[..self.len], kinds)
    }
}

impl TokenSink for Heard {
    #[inline]
    fn word(&mut self, hash: u64, _: usize, _: usize) {
        self.push(hash);
    }

    #[inline]
    fn row(&mut self, body: &[u8], words: &[[u32; 2]]) {
        if let Some(room) = self.hashes.get_mut(self.len..self.len + words.len()) {
            hash_words(body, words, room);
            self.len += words.len();
        }
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        self.is_bigram.resize(self.len, false);
        self.is_bigram.push(true);
        self.bigrams += 1;
        self.push(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(range: std::ops::Range<u32>) -> String {
        range
            .map(|n| format!("word{n}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_long_body_keeps_a_quarter_and_a_short_one_the_smallest() {
        let long = sketch(&words(0..4000)).0.len();
        assert!((900..1100).contains(&long), "{long} of 3997");
        assert_eq!(sketch(&words(0..40)).0.len(), FLOOR);
        assert_eq!(sketch(&words(0..10)).0.len(), 7);
        assert_eq!(sketch("two words").0.len(), 1);
        assert_eq!(sketch("").0.len(), 0);
    }

    #[test]
    fn an_excerpt_shares_what_it_kept() {
        let (whole, part) = (sketch(&words(0..400)).0, sketch(&words(100..300)).0);
        let shared = part
            .iter()
            .filter(|a| whole.iter().any(|b| a.hash() == b.hash()))
            .count();
        assert!(
            shared * 100 >= part.len() * 95,
            "{shared} of {}",
            part.len()
        );
    }

    #[test]
    fn the_values_are_the_same_on_every_machine() {
        assert_eq!(
            sketch("European leaders will join him on Monday")
                .0
                .iter()
                .map(|kept| kept.hash())
                .collect::<Vec<_>>(),
            [1_041_090_478, 1_598_979_310, 2_141_228_701, 2_212_191_675]
        );
    }
}
