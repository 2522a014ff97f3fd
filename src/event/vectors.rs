//! [`StoryTerms`] of many stories → unit vectors, and what unrelated stories of the same set have in common.
//!
//! TF-IDF in integers. Counted frequencies are mixed with what a word's looks say, so that four stories can be
//! weighed as well as a hundred thousand. The centre and spread of the similarities of unrelated stories are measured
//! on the set itself: they are what makes one threshold serve every language and every size.

use rayon::prelude::*;

use super::terms::{ID_BITS, StoryTerms, Term};
use super::weights::{Weights, log2};

/// The length of a unit vector.
pub(super) const UNIT: i64 = 1 << 14;

/// Weight of how often a term stood, by its level: 1 + ln(times), in 256ths.
const LEVEL_WEIGHT: [i64; 8] = [256, 433, 537, 611, 715, 818, 913, 1023];

/// Share of stories that hold a given word, by its class, in thousandths: 1.5 · e^(-letters / 2), at least .002.
const CLASS_SHARE: [i64; 8] = [500, 330, 200, 123, 60, 23, 6, 10];

/// Terms of one story that are kept, the heaviest; the others count in its length only.
const MOST: usize = 128;

/// So many pairs of stories are measured at most.
const SAMPLE: usize = 8192;

/// What a term is, for telling twins apart: words make the frame, names and numbers fill it.
pub(super) const KINDS: usize = 3;

/// A term of a story with its share of the unit vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// The term's identity, then two bits: 0 a word, 1 a name, 2 a number.
    tag: u32,
    pub(super) weight: u32,
}

impl Part {
    pub(super) fn new(id: u32, kind: usize, weight: u32) -> Self {
        Self {
            tag: (id << 2) | kind as u32,
            weight,
        }
    }

    pub(super) fn id(self) -> u32 {
        self.tag >> 2
    }

    fn kind(self) -> usize {
        (self.tag & 3) as usize
    }
}

/// One story, or several added up, over the heaviest terms that another story has, too; ascending by term.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Vector {
    pub(super) parts: Vec<Part>,
    /// The squared length of all other terms, by kind.
    rest: [u64; KINDS],
    /// The length of all parts, by kind.
    length: [u64; KINDS],
}

/// What two vectors share, by kind: the sums of products.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Shared([u64; KINDS]);

impl Vector {
    pub(super) fn new(parts: Vec<Part>, rest: [u64; KINDS]) -> Self {
        let mut length = rest;
        for part in &parts {
            length[part.kind()] += u64::from(part.weight).pow(2);
        }
        Self {
            parts,
            rest,
            length: length.map(u64::isqrt),
        }
    }

    /// The two added up, cut to the `most` heaviest parts.
    pub(super) fn plus(&self, other: &Self, most: usize) -> Self {
        let mut sum = Vec::with_capacity(self.parts.len() + other.parts.len());
        let mut later = &other.parts[..];
        for part in &self.parts {
            let before = later.partition_point(|other| other.id() < part.id());
            sum.extend_from_slice(&later[..before]);
            later = &later[before..];
            let mut part = *part;
            if let Some((same, after)) = later
                .split_first()
                .filter(|(first, _)| first.id() == part.id())
            {
                part.weight = part.weight.saturating_add(same.weight);
                part.tag = part.tag.max(same.tag);
                later = after;
            }
            sum.push(part);
        }
        sum.extend_from_slice(later);
        if sum.len() > most {
            sum.select_nth_unstable_by_key(most, |part| (std::cmp::Reverse(part.weight), part.tag));
            sum.truncate(most);
            sum.sort_unstable_by_key(|part| part.tag);
        }
        let rest = std::array::from_fn(|kind| self.rest[kind] + other.rest[kind]);
        Self::new(sum, rest)
    }

    /// What it shares with another.
    pub(super) fn shared(&self, other: &Self) -> Shared {
        let (mut left, mut right) = (&self.parts[..], &other.parts[..]);
        if left.len() > right.len() {
            (left, right) = (right, left);
        }
        if right.len() > left.len() * 8 {
            return shared_by_search(left, right);
        }
        let mut sums = [0u64; 4];
        while let ([one, ..], [two, ..]) = (left, right) {
            let order = one.id().cmp(&two.id());
            if order.is_eq() {
                // a name in one and a word in the other: a name
                sums[one.kind().max(two.kind())] += u64::from(one.weight) * u64::from(two.weight);
            }
            left = &left[usize::from(order.is_le())..];
            right = &right[usize::from(order.is_ge())..];
        }
        Shared([sums[0], sums[1], sums[2]])
    }
}

impl Vector {
    /// The terms that weigh most in what it shares with a sum that it is part of, at most so many.
    pub(super) fn binding(&self, sum: &Self, most: usize) -> Vec<u32> {
        let mut rest = &sum.parts[..];
        let mut shared: Vec<(u64, u32)> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            rest = &rest[rest.partition_point(|other| other.id() < part.id())..];
            let all = rest.first().filter(|other| other.id() == part.id());
            let others = all.map_or(0, |all| all.weight.saturating_sub(part.weight));
            if others > 0 {
                shared.push((u64::from(part.weight) * u64::from(others), part.id()));
            }
        }
        let order = |&(weight, id): &(u64, u32)| (std::cmp::Reverse(weight), id);
        if shared.len() > most {
            shared.select_nth_unstable_by_key(most, order);
            shared.truncate(most);
        }
        shared.sort_unstable_by_key(order);
        shared.into_iter().map(|(_, id)| id).collect()
    }
}

/// The same where one vector has far more parts than the other.
fn shared_by_search(few: &[Part], many: &[Part]) -> Shared {
    let mut sums = [0u64; 4];
    let mut rest = many;
    for one in few {
        rest = &rest[rest.partition_point(|other| other.id() < one.id())..];
        if let Some(other) = rest.first().filter(|other| other.id() == one.id()) {
            sums[one.kind().max(other.kind())] += u64::from(one.weight) * u64::from(other.weight);
        }
    }
    Shared([sums[0], sums[1], sums[2]])
}

impl Shared {
    /// The product of the two vectors; for two stories the cosine, in parts of [`UNIT`].
    pub(super) fn product(self) -> i64 {
        (self.0.iter().sum::<u64>() / UNIT as u64) as i64
    }

    /// The cosine over one kind of terms alone, in thousandths; `None` where one of the two has no such term.
    pub(super) fn within(self, kind: usize, a: &Vector, b: &Vector) -> Option<i64> {
        let lengths = a.length[kind] * b.length[kind];
        (lengths > 0).then(|| (self.0[kind].saturating_mul(1000) / lengths).min(1000) as i64)
    }
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
        let bits = ((all as u64 * 8).max(2).ilog2() + 1).clamp(12, 21);
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
    /// How rare terms of small counts are, by class.
    table: Vec<[i64; TABLED]>,
}

/// Counts for which rarities are looked up.
const TABLED: usize = 512;

impl<'a> Weigher<'a> {
    pub(super) fn new(frequencies: &'a Frequencies, weights: &Weights) -> Self {
        let prior = weights.get("prior_stories") / 1000;
        let seen = frequencies.stories as i64;
        let all = frequencies.stories * 1000 + prior as u64 * 1000;
        let ceiling = log2(all * weights.get("half") as u64 / 1000);
        let rarity = |share: i64, count: i64| {
            let held = count * 1000 + prior * share;
            ceiling - log2(held.max(1) as u64)
        };
        let tabled = |share| std::array::from_fn(|count| rarity(share, count as i64));
        Self {
            table: CLASS_SHARE.iter().map(|&share| tabled(share)).collect(),
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
        let mut rest = [0u64; KINDS];
        for &term in story.terms() {
            let count = self.frequencies.of(term);
            let weight = self.weight(term, count);
            if weight <= 0 {
                continue;
            }
            let kind = usize::from(term.is_name()) + 2 * usize::from(term.is_number());
            length += (weight * weight) as u64;
            if count > 1 {
                parts.push(Part::new(term.id(), kind, weight as u32));
            } else {
                rest[kind] += (weight * weight) as u64;
            }
        }
        let length = length.isqrt().max(1);
        if parts.len() > MOST {
            let order = |part: &Part| (std::cmp::Reverse(part.weight), part.tag);
            parts.select_nth_unstable_by_key(MOST, order);
            for part in parts.drain(MOST..) {
                rest[part.kind()] += u64::from(part.weight).pow(2);
            }
            parts.sort_unstable_by_key(|part| part.tag);
        }
        for part in &mut parts {
            part.weight = (u64::from(part.weight) * UNIT as u64 / length) as u32;
        }
        let scaled = |square: u64| (square.isqrt() * UNIT as u64 / length).pow(2);
        Vector::new(parts, rest.map(scaled))
    }

    /// How much a term that `count` stories hold says, below 2^24.
    fn weight(&self, term: Term, count: u32) -> i64 {
        let class = term.class();
        let tabled = self.table[class].get(count as usize).copied();
        let rarity = tabled.unwrap_or_else(|| {
            let held = i64::from(count) * 1000 + self.prior * CLASS_SHARE[class];
            self.ceiling - log2(held as u64)
        });
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
    pub(super) fn measure(vectors: &[Vector], pairs: &[(usize, usize)], weights: &Weights) -> Self {
        let mut seen: Vec<i64> = pairs
            .par_iter()
            .map(|&(a, b)| vectors[a].shared(&vectors[b]).product())
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
pub(super) fn sample(n: usize) -> Vec<(usize, usize)> {
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
