//! [`Sketch`](crate::sketch::Sketch) → [`Pair`]: which articles are worth a verdict.
//!
//! An inverted index over the kept hashes. Two shared hashes make a hit; a hit that shares enough of the smaller sketch,
//! and more than one short passage, makes a candidate pair. No list is dropped: a long one becomes a star around its members of the highest priority.

mod arrange;
mod counter;
mod join;
mod linker;
mod postings;
mod star;
mod stretch;
mod wanted;

pub use join::Join;
pub use linker::{Centre, Linked, Linker, Sketched, Star, Stars, still_candidates};
pub use postings::{MOST_ARTICLES, Postings};
pub use star::{CENTRES, STAR, linked};
pub use stretch::Stretch;
pub use wanted::ByHash;

use crate::article::ArticleNo;

/// Two articles that share enough of their sketches to be worth a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pair {
    /// The later one.
    pub a: ArticleNo,
    /// The earlier one.
    pub b: ArticleNo,
    /// How many kept hashes they share, over the lists that link them.
    pub hits: u32,
    /// Whether these are half of the smaller sketch or more.
    pub close: bool,
}

/// What makes a hit a candidate pair.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Shared kept hashes, at least.
    pub hits: u32,
    /// Shared kept hashes over the size of the smaller sketch, at least, in thousandths.
    pub share: u32,
    /// A lone passage of up to so many words in both, that is less than half of the shorter body, is no candidate: it is a
    /// quote, a paragraph of background, a footer.
    pub passage: u32,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            hits: 2,
            share: 150,
            passage: 100,
        }
    }
}

/// What two sketches share.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared {
    /// Kept hashes.
    pub hits: u32,
    /// First and last place of them in the one body.
    pub span_a: (u16, u16),
    /// First and last place of them in the other.
    pub span_b: (u16, u16),
}

impl Shared {
    /// Adds a hash that stands at these places.
    #[inline]
    pub fn count(&mut self, place_a: u16, place_b: u16) {
        self.join(&Self {
            hits: 1,
            span_a: (place_a, place_a),
            span_b: (place_b, place_b),
        });
    }

    /// Adds what the same two sketches share over other hashes.
    #[inline]
    pub fn join(&mut self, other: &Self) {
        let widen = |a: (u16, u16), b: (u16, u16)| (a.0.min(b.0), a.1.max(b.1));
        if self.hits == 0 {
            *self = *other;
        } else {
            self.hits += other.hits;
            self.span_a = widen(self.span_a, other.span_a);
            self.span_b = widen(self.span_b, other.span_b);
        }
    }
}

/// What is known of a body besides its sketch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Kept hashes.
    pub kept: u32,
    /// Tokens.
    pub tokens: u32,
}

/// What of a body's size decides whether it is a candidate with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    /// Shared kept hashes, at least, if this is the smaller sketch.
    pub hits: u32,
    /// Tokens, up to the number from which on more make no difference ([`Threshold::most_tokens`]).
    pub tokens: u32,
}

impl Threshold {
    /// Tokens of a body from which on more make no difference.
    #[must_use]
    pub fn most_tokens(self) -> u32 {
        self.passage * 2 + 1
    }

    /// What a body of this size needs.
    #[must_use]
    pub fn need(self, size: Size) -> Need {
        let share = (u64::from(self.share) * u64::from(size.kept)).div_ceil(1000);
        Need {
            hits: self.hits.min(size.kept).max(share as u32),
            tokens: size.tokens.min(self.most_tokens()),
        }
    }

    /// Whether bodies with these needs that share so much are a candidate pair: what [`Threshold::passes`] says of their
    /// sizes.
    #[must_use]
    pub fn meets(self, shared: &Shared, a: Need, b: Need) -> bool {
        shared.hits >= a.hits.min(b.hits) && !self.is_passage(shared, a.tokens.min(b.tokens))
    }

    /// Whether bodies of these sizes that share so much are a candidate pair.
    #[inline]
    pub fn passes(self, shared: &Shared, a: Size, b: Size) -> bool {
        self.enough(shared.hits, a, b) && !self.is_passage(shared, a.tokens.min(b.tokens))
    }

    /// Whether bodies of these sizes share enough hashes, wherever these stand.
    #[inline]
    pub fn enough(self, hits: u32, a: Size, b: Size) -> bool {
        let smaller = a.kept.min(b.kept);
        // a sketch of one hash can share no second
        hits >= self.hits.min(smaller)
            && u64::from(hits) * 1000 >= u64::from(self.share) * u64::from(smaller)
    }

    /// Whether all that is shared is one short passage of both.
    fn is_passage(self, shared: &Shared, shorter: u32) -> bool {
        // a shingle's place is that of its last token
        let extent =
            |(first, last): (u16, u16)| u32::from(last - first) + crate::sketch::WORDS as u32;
        let longer = extent(shared.span_a).max(extent(shared.span_b));
        longer <= self.passage
            && longer * 2 < shorter
            && shared.span_a.1.max(shared.span_b.1) < crate::sketch::LAST_PLACE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn needs_say_of_a_pair_what_the_sizes_say(
            hits in 0u32..40, kept in [0u32..300, 0..300], tokens in [0u32..500, 0..500],
            first in [0u16..300, 0..300], extent in [0u16..120, 0..120]
        ) {
            let threshold = Threshold::default();
            let size = |at: usize| Size { kept: kept[at], tokens: tokens[at] };
            let span = |at: usize| (first[at], first[at] + extent[at]);
            let shared = Shared { hits, span_a: span(0), span_b: span(1) };
            let needs = [0, 1].map(|at| threshold.need(size(at)));
            prop_assert_eq!(
                threshold.meets(&shared, needs[0], needs[1]),
                threshold.passes(&shared, size(0), size(1))
            );
        }
    }
}
