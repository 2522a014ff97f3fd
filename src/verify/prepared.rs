//! What is computed once for an article, however many pairs it stands in.
//!
//! Body → tokens → word 4-grams with a compact table of their places. Sentences, quotations and the like are made
//! lazily: most pairs are decided without them.

use std::ops::Range;
use std::sync::OnceLock;

use super::sentences::{Detail, Furniture, Index, REPEATED, furniture_of};
use crate::sketch::{BIGRAMS, WORDS, shingles, short_shingle, word_shingles};
use crate::text::{Shape, Token, document};

/// Stands where no shingle ends.
pub(super) const NONE: u64 = 0;

/// An article made ready for comparison.
#[derive(Debug)]
pub struct Prepared<'a> {
    pub(super) body: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) publisher: Option<&'a str>,
    pub(super) tokens: Vec<Token>,
    /// Hash of the shingle that ends at each token, or [`NONE`].
    pub(super) grams: Vec<u64>,
    /// Number of different shingles.
    pub(super) distinct: u32,
    table: Table,
    /// Positions of shingles that stood before, a bit each; empty where none did.
    repeats: Vec<u64>,
    content: OnceLock<u64>,
    furniture: OnceLock<Vec<Furniture>>,
    detail: OnceLock<Detail>,
    index: OnceLock<Index>,
    words: OnceLock<Table>,
    headline: OnceLock<Vec<u64>>,
}

/// Words that are looked for one by one, at most.
const FEW: usize = 8;

/// Words of a headline that are looked at.
const HEADLINE: usize = 64;

impl<'a> Prepared<'a> {
    /// Prepares an article by its body and its title.
    pub fn new(body: &'a str, title: Option<&'a str>) -> Self {
        Self::from_tokens(body, title, document(body).tokens)
    }

    /// The same where the tokens of the body are known.
    pub fn from_tokens(body: &'a str, title: Option<&'a str>, tokens: Vec<Token>) -> Self {
        let grams = grams(&tokens);
        let mut repeats = Vec::new();
        let mut distinct = 0;
        let table = Table::new(
            grams.len(),
            |place| grams[place],
            |place, fresh| {
                distinct += u32::from(fresh);
                if !fresh {
                    repeats.resize(grams.len().div_ceil(64), 0u64);
                    repeats[place / 64] |= 1 << (place % 64);
                }
            },
        );
        Self {
            body,
            title: title.filter(|title| !title.trim().is_empty()),
            publisher: None,
            tokens,
            grams,
            distinct,
            table,
            repeats,
            content: OnceLock::new(),
            furniture: OnceLock::new(),
            detail: OnceLock::new(),
            index: OnceLock::new(),
            words: OnceLock::new(),
            headline: OnceLock::new(),
        }
    }

    /// The same article, known to be printed by `publisher`.
    #[must_use]
    pub fn published_by(self, publisher: Option<&'a str>) -> Self {
        Self {
            publisher: publisher.filter(|publisher| !publisher.trim().is_empty()),
            ..self
        }
    }

    /// Number of different shingles: |A|.
    pub fn shingles(&self) -> u32 {
        self.distinct
    }

    /// Words and bigrams of the body.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the body has no word.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The first place of a shingle.
    #[inline]
    pub(super) fn first(&self, gram: u64) -> Option<usize> {
        self.table.find(gram, |place| self.grams[place])
    }

    /// Whether the shingle at `place` stood before.
    #[inline]
    pub(super) fn repeats(&self, place: usize) -> bool {
        self.repeats
            .get(place / 64)
            .is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// How many shingles at these places did not stand before.
    #[inline]
    pub(super) fn fresh(&self, places: Range<usize>) -> u32 {
        let all = places.len() as u32;
        if self.repeats.is_empty() {
            return all;
        }
        all - places
            .map(|place| u32::from(self.repeats(place)))
            .sum::<u32>()
    }

    /// Where the shingle that ends at `place` starts.
    #[inline]
    pub(super) fn start(&self, place: usize) -> usize {
        let wide = self
            .tokens
            .get(place)
            .is_some_and(|token| token.shape == Shape::Bigram);
        let width = if wide { BIGRAMS } else { WORDS };
        (place + 1).saturating_sub(width)
    }

    /// Sentences, quotations and classes of words.
    pub(super) fn detail(&self) -> &Detail {
        self.detail.get_or_init(|| {
            let first = |place: usize| {
                let gram = self.repeats(place).then(|| self.grams[place]);
                gram.and_then(|gram| self.first(gram))
            };
            let repeats = !self.repeats.is_empty();
            Detail::of(self.body, &self.tokens, self.furniture(), repeats, &first)
        })
    }

    fn furniture(&self) -> &[Furniture] {
        self.furniture
            .get_or_init(|| furniture_of(&self.tokens, self.body))
    }

    /// Whether every word is prose: no line of furniture, and no passage stands twice.
    pub(super) fn is_all_prose(&self) -> bool {
        let places = if self.repeats.is_empty() {
            0..0
        } else {
            0..self.grams.len()
        };
        let mut row = 0;
        let stands_twice = places.into_iter().any(|place| {
            row = if self.repeats(place) { row + 1 } else { 0 };
            row >= REPEATED
        });
        !stands_twice && self.furniture().is_empty()
    }

    /// Where each word stands.
    pub(super) fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::new(&self.tokens, &self.detail().sentences))
    }

    /// The first words of the title.
    pub(super) fn headline(&self) -> &[u64] {
        self.headline.get_or_init(|| {
            let title = self.title.map(document).unwrap_or_default();
            let words = title.tokens.iter().map(|token| token.hash);
            words.take(HEADLINE).collect()
        })
    }

    /// How many of some words stand in the body.
    pub(super) fn count_of(&self, words: impl Iterator<Item = u64> + Clone) -> u32 {
        let hash = |place: usize| self.tokens[place].hash;
        // a table pays for many words only
        let few = self.words.get().is_none() && words.clone().nth(FEW).is_none();
        let found = |word: &u64| {
            if few {
                return self.tokens.iter().any(|token| token.hash == *word);
            }
            let table = || Table::new(self.tokens.len(), hash, |_, _| ());
            let table = self.words.get_or_init(table);
            table.find(*word, hash).is_some()
        };
        words.filter(found).count() as u32
    }

    /// Hash of the whole token sequence. It need only tell texts apart: equal ones are compared word by word.
    pub(super) fn content(&self) -> u64 {
        let add = |sum: u64, token: &Token| {
            let product = (sum ^ token.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            product.rotate_left(31)
        };
        *self.content.get_or_init(|| self.tokens.iter().fold(0, add))
    }

    /// Whether both hold the same tokens.
    pub(super) fn same_tokens(&self, other: &Self) -> bool {
        self.tokens.len() == other.tokens.len()
            && self.content() == other.content()
            && std::iter::zip(&self.tokens, &other.tokens).all(|(a, b)| a.hash == b.hash)
    }
}

/// The shingle that ends at each token; [`NONE`] near the start.
fn grams(tokens: &[Token]) -> Vec<u64> {
    let hashes: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
    let mut grams = vec![NONE; hashes.len()];
    if tokens.iter().all(|token| token.shape != Shape::Bigram) {
        if let Some(grams) = grams.get_mut(WORDS - 1..) {
            word_shingles(&hashes, grams);
        }
    } else {
        let tokens = tokens.iter();
        let tokens = tokens.map(|token| (token.hash, token.shape == Shape::Bigram));
        for (gram, shingle) in grams.iter_mut().zip(shingles(tokens)) {
            *gram = shingle.unwrap_or(NONE);
        }
    }
    // a body shorter than a shingle is one shingle
    if grams.iter().all(|&gram| gram == NONE)
        && let (Some(last), Some(short)) = (grams.last_mut(), short_shingle(&hashes))
    {
        *last = short;
    }
    grams
}

/// Open addressing over the places of hashes: the hashes themselves stay where they are, asked for by their place.
#[derive(Debug)]
struct Table {
    /// Place + 1 of the first hash of its kind; 0 is free. A power of two long.
    slots: Vec<u32>,
    shift: u32,
}

impl Table {
    /// Indexes `len` hashes; tells for each place whether its hash is the first of its kind.
    fn new(len: usize, hash: impl Fn(usize) -> u64, mut seen: impl FnMut(usize, bool)) -> Self {
        let size = (len * 2).next_power_of_two().max(8);
        let mut table = Self {
            slots: vec![0; size],
            shift: 64 - size.trailing_zeros(),
        };
        for place in 0..len {
            let wanted = hash(place);
            if wanted == NONE {
                continue;
            }
            let slot = table.slot(wanted, &hash);
            let fresh = table.slots[slot] == 0;
            if fresh {
                table.slots[slot] = place as u32 + 1;
            }
            seen(place, fresh);
        }
        table
    }

    /// The slot that holds `wanted`, or the free one where it belongs.
    #[inline]
    fn slot(&self, wanted: u64, hash: impl Fn(usize) -> u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (wanted.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return slot,
                place if hash(place as usize - 1) == wanted => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    #[inline]
    fn find(&self, wanted: u64, hash: impl Fn(usize) -> u64) -> Option<usize> {
        (self.slots[self.slot(wanted, hash)] as usize).checked_sub(1)
    }
}
