//! [`StoryTerms`] of many stories → unit vectors, and what unrelated stories of the same set have in common.
//!
//! TF-IDF in integers. Counted frequencies are mixed with what a word's looks say, so that four stories can be
//! weighed as well as a hundred thousand. The centre and spread of the similarities of unrelated stories are measured
//! on the set itself: they are what makes one threshold serve every language and every size.

use rayon::prelude::*;

use super::terms::{ID_BITS, StoryTerms, Term};
use super::weights::{Weights, is_common, log2};

/// The length of a unit vector.
pub(super) const UNIT: i64 = 1 << 14;

/// Weight of how often a term stood, by its level: 1 + ln(times), in 256ths.
const LEVEL_WEIGHT: [i64; 8] = [256, 433, 537, 611, 715, 818, 913, 1023];

/// Share of stories that hold a given word, by its class, in thousandths: 1.5 · e^(-letters / 2), at least .002.
const CLASS_SHARE: [i64; 8] = [500, 330, 200, 123, 60, 23, 6, 10];

/// Share of stories that hold a given common word of the language table.
const COMMON_SHARE: i64 = 300;

/// So many pairs of stories are measured at most.
const SAMPLE: usize = 8192;

/// A term of a story with its share of the unit vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub(super) id: u32,
    pub(super) weight: u32,
}

/// One story as a unit vector over the terms that another story has, too; ascending by term.
pub(super) type Vector = Vec<Part>;

/// How alike two stories are: the cosine, in parts of [`UNIT`].
pub(super) fn cosine(a: &[Part], b: &[Part]) -> i64 {
    let (mut sum, mut i, mut j) = (0u64, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.id == y.id {
            sum += u64::from(x.weight) * u64::from(y.weight);
        }
        i += usize::from(x.id <= y.id);
        j += usize::from(y.id <= x.id);
    }
    (sum / UNIT as u64) as i64
}

/// In how many stories each term stands. Terms share a counter where a set is large; that is harmless.
pub(super) struct Frequencies {
    counts: Vec<u32>,
    shift: u32,
    stories: u64,
}

impl Frequencies {
    /// Counts the terms of all stories.
    pub(super) fn count(stories: &[&StoryTerms]) -> Self {
        let all: usize = stories.iter().map(|story| story.terms().len()).sum();
        let bits = ((all as u64 * 8).max(2).ilog2() + 1).clamp(12, 22);
        let mut counts = vec![0u32; 1 << bits];
        let shift = ID_BITS - bits;
        for term in stories.iter().flat_map(|story| story.terms()) {
            counts[(term.id() >> shift) as usize] += 1;
        }
        Self {
            counts,
            shift,
            stories: stories.len() as u64,
        }
    }

    fn of(&self, term: Term) -> u32 {
        self.counts[(term.id() >> self.shift) as usize]
    }
}

/// Weighs the terms of a set.
pub(super) struct Weigher<'a> {
    frequencies: &'a Frequencies,
    prior: i64,
    hapax: i64,
    /// log2 of the share above which a term says nothing, times all stories, counted and imagined.
    ceiling: i64,
}

impl<'a> Weigher<'a> {
    pub(super) fn new(frequencies: &'a Frequencies, weights: &Weights) -> Self {
        let prior = weights.get("prior_stories") / 1000;
        let seen = frequencies.stories as i64;
        let all = frequencies.stories * 1000 + prior as u64 * 1000;
        let ceiling = log2(all * weights.get("half") as u64 / 1000);
        Self {
            frequencies,
            prior,
            // of a few stories, terms of one alone are no noise yet
            hapax: 1000 - (1000 - weights.get("hapax")) * seen / (seen + prior).max(1),
            ceiling,
        }
    }

    /// Unit vectors of all stories, in their order.
    pub(super) fn vectors(&self, stories: &[&StoryTerms]) -> Vec<Vector> {
        stories.par_iter().map(|story| self.vector(story)).collect()
    }

    fn vector(&self, story: &StoryTerms) -> Vector {
        let mut length = 0u64;
        let mut parts = Vec::with_capacity(story.terms().len());
        for &term in story.terms() {
            let count = self.frequencies.of(term);
            let weight = self.weight(term, count);
            if weight > 0 {
                length += (weight * weight) as u64;
                if count > 1 {
                    let id = term.id();
                    let weight = weight as u32;
                    parts.push(Part { id, weight });
                }
            }
        }
        let length = length.isqrt().max(1);
        for part in &mut parts {
            part.weight = (u64::from(part.weight) * UNIT as u64 / length) as u32;
        }
        parts
    }

    /// How much a term that `count` stories hold says, below 2^24.
    fn weight(&self, term: Term, count: u32) -> i64 {
        let share = if is_common(term) {
            COMMON_SHARE.max(CLASS_SHARE[term.class()])
        } else {
            CLASS_SHARE[term.class()]
        };
        let held = i64::from(count) * 1000 + self.prior * share;
        let rarity = self.ceiling - log2(held.max(1) as u64);
        if rarity <= 0 {
            return 0;
        }
        let weight = rarity * LEVEL_WEIGHT[term.level()] / 64;
        if count > 1 {
            weight
        } else {
            weight * self.hapax / 1000
        }
    }
}

/// What unrelated stories of a set have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Unrelated {
    /// The median of their similarities, in parts of [`UNIT`].
    pub(super) centre: i64,
    /// Between the quartiles of their similarities.
    pub(super) spread: i64,
}

impl Unrelated {
    /// Measures pairs of the set (most pairs are unrelated) and mixes in what is usual.
    pub(super) fn measure(vectors: &[Vector], weights: &Weights) -> Self {
        let pairs = sample(vectors.len());
        let mut seen: Vec<i64> = pairs
            .par_iter()
            .map(|&(a, b)| cosine(&vectors[a], &vectors[b]))
            .collect();
        seen.sort_unstable();
        let at = |share: usize| seen.get(seen.len() * share / 100).copied().unwrap_or(0);
        let (imagined, n) = (weights.get("prior_pairs") / 1000, seen.len() as i64);
        let mix = |measured: i64, usual: i64| {
            (measured * n + usual * UNIT / 1000 * imagined) / (n + imagined).max(1)
        };
        let spread = mix(at(75) - at(25), weights.get("spread"));
        Self {
            centre: mix(at(50), weights.get("centre")),
            spread: spread.min(weights.get("spread_most") * UNIT / 1000),
        }
    }
}

/// Pairs of `n` stories: all of a small set, an even choice of a large one. Stories are in the order of their keys,
/// which are hashes: neighbours there are strangers.
fn sample(n: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    'steps: for step in 1..n.max(1) {
        for a in 0..n - step {
            pairs.push((a, a + step));
            if pairs.len() == SAMPLE {
                break 'steps;
            }
        }
    }
    pairs
}
