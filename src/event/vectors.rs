//! [`StoryTerms`] of many stories → unit vectors, and what unrelated stories of the same set have in common.
//!
//! TF-IDF in integers. Counted frequencies are mixed with what a word's looks say, so that four stories can be weighed
//! as well as a hundred thousand. What unrelated stories have in common is measured on the set itself, for scripts whose
//! terms say little.

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
const MOST: usize = 96;

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
        if self.parts.len() <= other.parts.len() {
            Opened::new(self).shared(other)
        } else {
            Opened::new(other).shared(self)
        }
    }

    /// What it shares with the rest of a sum that it is part of: the product, and the terms that weigh most in it, at
    /// most so many.
    pub(super) fn bond(&self, sum: &Self, most: usize) -> (i64, Vec<u32>) {
        let mut rest = &sum.parts[..];
        let mut product = 0;
        let mut shared: Vec<u64> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            rest = from_term(rest, part.id());
            let all = rest.first().filter(|other| other.id() == part.id());
            let others = all.map_or(0, |all| all.weight.saturating_sub(part.weight));
            let share = u64::from(part.weight) * u64::from(others);
            product += share;
            if share > 0 {
                // the least identity first among equals
                let share = (share / UNIT as u64).min(u64::from(u32::MAX));
                shared.push(share << 32 | u64::from(!part.id()));
            }
        }
        let terms = largest(shared, most);
        let terms = terms.into_iter().map(|key| !(key as u32)).collect();
        ((product / UNIT as u64) as i64, terms)
    }

    /// The heaviest parts, heaviest first, at most so many; the least identity first among equals.
    pub(super) fn heaviest(&self, most: usize) -> Vec<Part> {
        let keys = self.parts.iter().zip(0u32..);
        let keys = keys.map(|(part, at)| u64::from(part.weight) << 32 | u64::from(!at));
        let keys = largest(keys.collect(), most);
        let part = |key: u64| self.parts.get(!(key as u32) as usize).copied();
        keys.into_iter().filter_map(part).collect()
    }
}

/// The largest keys, the largest first.
fn largest(mut keys: Vec<u64>, most: usize) -> Vec<u64> {
    if keys.len() > most {
        keys.select_nth_unstable_by(most, |one, other| other.cmp(one));
        keys.truncate(most);
    }
    keys.sort_unstable_by(|one, other| other.cmp(one));
    keys
}

/// The parts from a term on, which is seldom far.
fn from_term(parts: &[Part], id: u32) -> &[Part] {
    let mut step = 1;
    while parts.get(step).is_some_and(|part| part.id() < id) {
        step *= 2;
    }
    let near = &parts[step / 2..(step + 1).min(parts.len())];
    &parts[step / 2 + near.partition_point(|part| part.id() < id)..]
}

/// A vector whose terms are found at once, for one that is compared with several.
pub(super) struct Opened<'a> {
    parts: &'a [Part],
    /// Place of a part, from 1, by its term; 0 is free. Twice the parts that a sum keeps, at least.
    slots: [u16; SLOTS],
}

/// Slots of an opened vector.
const SLOTS: usize = 2048;

impl<'a> Opened<'a> {
    pub(super) fn new(vector: &'a Vector) -> Self {
        let mut slots = [0; SLOTS];
        let parts = &vector.parts[..vector.parts.len().min(SLOTS / 2)];
        for (part, place) in parts.iter().zip(1u16..) {
            let mut at = part.id() as usize % SLOTS;
            while slots[at] != 0 {
                at = (at + 1) % SLOTS;
            }
            slots[at] = place;
        }
        Self { parts, slots }
    }

    #[inline]
    fn find(&self, id: u32) -> Option<Part> {
        let mut at = id as usize % SLOTS;
        loop {
            let place = usize::from(self.slots[at]).checked_sub(1)?;
            let part = self.parts.get(place)?;
            if part.id() == id {
                return Some(*part);
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// What it shares with another.
    pub(super) fn shared(&self, other: &Vector) -> Shared {
        let mut sums = [0u64; 4];
        for part in &other.parts {
            if let Some(same) = self.find(part.id()) {
                // a name in one and a word in the other: a name
                let kind = part.kind().max(same.kind());
                sums[kind] += u64::from(part.weight) * u64::from(same.weight);
            }
        }
        Shared([sums[0], sums[1], sums[2]])
    }
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
        // each thread counts the terms of its own range: they are ascending in every story
        let width = counts.len().div_ceil(rayon::current_num_threads().max(1));
        let ranges = counts.par_chunks_mut(width).enumerate();
        ranges.for_each(|(range, counts)| {
            let first = range * width;
            for story in stories {
                let terms = story.terms();
                let slot = |term: Term| (term.id() >> shift) as usize;
                let from = terms.partition_point(|&term| slot(term) < first);
                for &term in &terms[from..] {
                    let Some(count) = counts.get_mut(slot(term) - first) else {
                        break;
                    };
                    *count += 1;
                }
            }
        });
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
    hapax: i64,
    /// What a term weighs more, by kind, and in the lead on top of that; in thousandths.
    kinds: [[i64; 2]; KINDS],
    /// How rare terms of small counts are, by class.
    table: Vec<[i32; TABLED]>,
}

/// Counts below it have a row of the table of their own; above it there are [`STEPS`] rows for each doubling.
const EXACT: u32 = 64;
const STEPS: u32 = 32;

/// Rows for all counts of stories.
const TABLED: usize = (EXACT + (u32::BITS - EXACT.ilog2()) * STEPS) as usize;

/// The row of a count.
fn row(count: u32) -> usize {
    if count < EXACT {
        return count as usize;
    }
    let octave = count.ilog2();
    let step = (count >> (octave - STEPS.ilog2())) % STEPS;
    (EXACT + (octave - EXACT.ilog2()) * STEPS + step) as usize
}

/// The least count of a row.
fn least(row: usize) -> i64 {
    let Some(above) = (row as i64)
        .checked_sub(i64::from(EXACT))
        .filter(|&above| above >= 0)
    else {
        return row as i64;
    };
    let (octave, step) = (above / i64::from(STEPS), above % i64::from(STEPS));
    (i64::from(STEPS) + step) << (octave + i64::from(EXACT.ilog2() - STEPS.ilog2()))
}

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
        let lead = weights.get("lead");
        let kind = |name: &str| [weights.get(name), weights.get(name) * lead / 1000];
        let tabled = |share| std::array::from_fn(|row| rarity(share, least(row)) as i32);
        Self {
            kinds: [[1000, lead], kind("name"), kind("number")],
            table: CLASS_SHARE.iter().map(|&share| tabled(share)).collect(),
            frequencies,
            // of a few stories, terms of one alone are no noise yet
            hapax: 1000 - (1000 - weights.get("hapax")) * seen / (seen + prior).max(1),
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
        // all look-ups side by side: they lie anywhere in a large table
        let counts = story.terms().iter().map(|&term| self.frequencies.of(term));
        let counts: Vec<u32> = counts.collect();
        for (&term, count) in story.terms().iter().zip(counts) {
            let kind = usize::from(term.is_name()) + 2 * usize::from(term.is_number());
            let factor = self.kinds[kind][usize::from(term.in_lead())];
            let weight = self.weight(term, count) * factor / 1000;
            if weight <= 0 {
                continue;
            }
            length += (weight * weight) as u64;
            if count > 1 {
                parts.push(Part::new(term.id(), kind, weight as u32));
            } else {
                rest[kind] += (weight * weight) as u64;
            }
        }
        let length = length.isqrt().max(1);
        if parts.len() > MOST {
            // the heaviest, the least tag first among equals; they stay in their order
            let order = |part: &Part| u64::from(part.weight) << 32 | u64::from(!part.tag);
            let mut keys: Vec<u64> = parts.iter().map(order).collect();
            let by_weight = |one: &u64, other: &u64| other.cmp(one);
            let (_, &mut least, _) = keys.select_nth_unstable_by(MOST - 1, by_weight);
            parts.retain(|part| {
                let kept = order(part) >= least;
                if !kept {
                    rest[part.kind()] += u64::from(part.weight).pow(2);
                }
                kept
            });
        }
        for part in &mut parts {
            // the quotient of two whole numbers below 2^53, rounded down: exact, and divided faster than in integers
            part.weight = (f64::from(part.weight) * UNIT as f64 / length as f64) as u32;
        }
        let scaled = |square: u64| (square.isqrt() * UNIT as u64 / length).pow(2);
        Vector::new(parts, rest.map(scaled))
    }

    /// How much a term that `count` stories hold says, below 2^24.
    fn weight(&self, term: Term, count: u32) -> i64 {
        let rarity = i64::from(self.table[term.class()][row(count)]);
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

/// What unrelated stories of a set have in common: the median of these pairs of it, most of which are unrelated, in parts
/// of [`UNIT`]. At least what is usual, with which few pairs are mixed.
pub(super) fn centre(vectors: &[Vector], pairs: &[(usize, usize)], weights: &Weights) -> i64 {
    let mut seen: Vec<i64> = pairs
        .par_iter()
        .map(|&(a, b)| vectors[a].shared(&vectors[b]).product())
        .collect();
    let usual = UNIT * weights.get("centre") / 1000;
    let (middle, n) = (seen.len() / 2, seen.len() as i64);
    if seen.is_empty() {
        return usual;
    }
    let (_, median, _) = seen.select_nth_unstable(middle);
    let imagined = weights.get("prior_pairs") / 1000;
    usual.max((*median * n + usual * imagined) / (n + imagined).max(1))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_has_a_row_that_begins_just_below_it() {
        for count in (0..5000).chain([u32::MAX / 3, u32::MAX]) {
            let from = least(row(count));
            let count = i64::from(count);
            assert!(
                from <= count && count - from <= count / 32,
                "{count} {from}"
            );
            assert!(row(count as u32) < TABLED);
        }
    }

    #[test]
    fn an_opened_vector_shares_what_a_walk_through_both_finds() {
        let part = |id: u32, weight: u32| Part::new(id, (id % 3) as usize, weight);
        // identities that meet in one slot, too
        let one = Vector::new(
            (0..300)
                .map(|n| part(n * 7 % 2048 + n / 100 * 2048, n))
                .collect(),
            [0; 3],
        );
        let other = Vector::new((0..400).map(|n| part(n * 5, 400 - n)).collect(), [0; 3]);
        let mut sums = [0u64; 3];
        for a in &one.parts {
            for b in other.parts.iter().filter(|b| b.id() == a.id()) {
                sums[a.kind().max(b.kind())] += u64::from(a.weight) * u64::from(b.weight);
            }
        }
        assert_eq!(one.shared(&other), Shared(sums));
        assert_eq!(other.shared(&one), Shared(sums));
    }
}
