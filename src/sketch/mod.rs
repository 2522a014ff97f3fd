//! A body → [`Sketch`]: scaled MinHash (FracMinHash, as in sourmash) of its word 4-grams, made in one pass over the text.
//!
//! Of every shingle's 64-bit hash those below 2^64 / [`SCALE`] are kept, by their upper 32 bits; of a short body at
//! least the [`FLOOR`] smallest. Containment of two bodies is estimated without bias from the kept hashes they share.
//! Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash", 2022.

mod packed;
mod shingle;

pub use packed::{PACKED_BYTES, Packed, pack};
pub use shingle::{
    BIGRAMS, Shingler, WORDS, bigram_shingle, short_shingle, word_shingle, word_shingles,
};

use crate::text::{TokenSink, Tokeniser};

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
    tokens: Tokens,
    /// What was kept, and behind it room that was used before.
    kept: Vec<Kept>,
    len: usize,
    /// Room for putting it in order.
    room: Vec<Kept>,
}

impl Sketcher {
    /// Sketches `body`; the result is valid until the next call.
    pub fn sketch(&mut self, body: &str) -> &[Kept] {
        // no two tokens without a byte between them or three bytes in them
        let most_tokens = body.len() / 2 + 2;
        if self.kept.len() < most_tokens {
            self.kept.resize(most_tokens, Kept(0));
            self.tokens.hashes.resize(most_tokens, 0);
        }
        self.tokens.len = 0;
        self.tokens.bigrams.clear();
        self.tokeniser.tokenise(body, &mut self.tokens);
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
        let bigrams = self.tokens.bigrams.len() as u32;
        self.tokens() - bigrams + bigrams.div_ceil(2)
    }

    /// Tokens of the last body.
    pub fn tokens(&self) -> u32 {
        self.tokens.len as u32
    }

    /// Keeps the hashes up to `most`, in order.
    fn keep(&mut self, most: u32) {
        self.len = 0;
        let hashes = self.tokens.hashes.get(..self.tokens.len);
        let (hashes, bigrams) = (hashes.unwrap_or_default(), &self.tokens.bigrams);
        let (kept, len) = (&mut self.kept[..], &mut self.len);
        let mut push = |place: u32, shingle: u64| {
            if let Some(slot) = kept.get_mut(*len) {
                // written always, counted if kept: no branch that three of four times goes the other way
                *slot = Kept::new(shingle, place);
                *len += usize::from(slot.hash() <= most);
            }
        };
        if bigrams.is_empty() {
            let places = WORDS as u32 - 1..;
            std::iter::zip(places, word_shingles(hashes)).for_each(|(at, s)| push(at, s));
        } else {
            mixed_shingles(hashes, bigrams, &mut push);
        }
        if *len == 0
            && most == u32::MAX
            && let (Some(shingle), Some(slot)) = (short_shingle(hashes), kept.first_mut())
        {
            *slot = Kept::new(shingle, 0);
            *len = 1;
        }
        self.settle();
    }

    /// Puts what was kept in order, each hash once, at its first place.
    fn settle(&mut self) {
        let kept = &mut self.kept[..self.len];
        in_order(kept, &mut self.room);
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

/// Tells `push` the shingles of a body with bigrams among its tokens, at these places, and where each ends.
fn mixed_shingles(hashes: &[u64], bigrams: &[u32], push: &mut impl FnMut(u32, u64)) {
    let mut shingler = Shingler::default();
    let mut bigrams = bigrams.iter().peekable();
    for (place, &hash) in (0..).zip(hashes) {
        let shingle = match bigrams.next_if_eq(&&place) {
            Some(_) => shingler.bigram(hash),
            None => shingler.word(hash),
        };
        if let Some(shingle) = shingle {
            push(place, shingle);
        }
    }
}

/// Parts that hashes are spread over by their upper bits, at most.
const PARTS: usize = 1 << 10;

/// Sorts hashes, which lie evenly: about one to a part, then part by part.
fn in_order(kept: &mut [Kept], room: &mut Vec<Kept>) {
    if kept.len() < 2 {
        return;
    }
    let parts = kept.len().next_power_of_two().min(PARTS);
    let all = kept.iter().fold(0, |all, kept| all | kept.0);
    let shift = (64 - all.leading_zeros()).saturating_sub(parts.trailing_zeros());
    let part = |kept: &Kept| (kept.0 >> shift) as usize & (PARTS - 1);
    let mut ends = [0u32; PARTS];
    for kept in &*kept {
        ends[part(kept)] += 1;
    }
    let mut sum = 0;
    for end in &mut ends[..parts] {
        sum += *end;
        *end = sum - *end;
    }
    room.clear();
    room.extend_from_slice(kept);
    for &from in &*room {
        let next = &mut ends[part(&from)];
        kept[*next as usize] = from;
        *next += 1;
    }
    let mut start = 0;
    for &end in &ends[..parts] {
        let end = end as usize;
        if end > start + 1 {
            kept[start..end].sort_unstable();
        }
        start = end;
    }
}

/// The hashes of a body's tokens.
#[derive(Default)]
struct Tokens {
    /// Long enough for all; filled up to `len`.
    hashes: Vec<u64>,
    len: usize,
    /// Which of them are bigrams.
    bigrams: Vec<u32>,
}

impl TokenSink for Tokens {
    #[inline]
    fn word(&mut self, hash: u64, _: usize, _: usize) {
        if let Some(slot) = self.hashes.get_mut(self.len) {
            *slot = hash;
            self.len += 1;
        }
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        self.bigrams.push(self.len as u32);
        self.word(hash, 0, 0);
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
    fn hashes_are_put_in_order_however_they_lie() {
        for (count, of) in [
            (0, 1),
            (1, u64::MAX),
            (2, 9),
            (2, u64::MAX),
            (40, 7),
            (900, 3),
            (5000, 1 << 62),
        ] {
            let value = |n: u64| Kept((!n).wrapping_mul(0x9e37_79b9_7f4a_7c15) % of);
            let mut kept: Vec<Kept> = (0..count).map(value).collect();
            let mut sorted = kept.clone();
            sorted.sort_unstable();
            in_order(&mut kept, &mut vec![Kept(5); 3]);
            assert_eq!(kept, sorted);
        }
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
