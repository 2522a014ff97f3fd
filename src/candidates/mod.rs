//! [`Sketch`](crate::sketch::Sketch) → [`Pair`]: which articles are worth a verdict.
//!
//! An inverted index over the kept hashes. Two shared hashes make a hit; a hit that shares enough of the smaller sketch
//! makes a candidate pair. No list is dropped: a long one becomes a star around its members of the highest priority.

mod postings;
mod star;

pub use postings::{Join, Postings};
pub use star::{CENTRES, STAR};

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
}

/// What makes a hit a candidate pair.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Shared kept hashes, at least.
    pub hits: u32,
    /// Shared kept hashes over the size of the smaller sketch, at least, in thousandths.
    pub share: u32,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            hits: 2,
            share: 150,
        }
    }
}

impl Threshold {
    /// Whether so many shared hashes of sketches of these sizes make a candidate pair.
    #[inline]
    pub fn passes(self, hits: u32, size_a: u32, size_b: u32) -> bool {
        let smaller = size_a.min(size_b);
        // a sketch of one hash can share no second
        hits >= self.hits.min(smaller)
            && u64::from(hits) * 1000 >= u64::from(self.share) * u64::from(smaller)
    }
}
