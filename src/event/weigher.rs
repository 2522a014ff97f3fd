//! [`StoryTerms`] of many stories → unit vectors: TF-IDF in integers.
//!
//! Counted frequencies are mixed with what a word's looks say, so that four stories can be weighed as well as a hundred
//! thousand.

use rayon::prelude::*;

use super::effort::Effort;
use super::terms::{ID_BITS, StoryTerms, Term};
use super::vectors::{KINDS, Part, UNIT, Vector};
use super::weights::{Weights, log2};

/// Weight of how often a term stood, by its level: 1 + ln(times), in 256ths.
const LEVEL_WEIGHT: [i64; 8] = [256, 433, 537, 611, 715, 818, 913, 1023];

/// Share of stories that hold a given word, by its class, in thousandths: 1.5 · e^(-letters / 2), at least .002.
const CLASS_SHARE: [i64; 8] = [500, 330, 200, 123, 60, 23, 6, 10];

/// Terms of one story of a large set that are kept, the heaviest; the others count in its length only.
const MOST: usize = 96;

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
    /// Terms of a story that are kept.
    most: usize,
    hapax: i64,
    /// The same of a pair of syllables, where the stories are written in syllables.
    lone_pair: Option<i64>,
    /// What a term weighs more, by kind, and in the lead on top of that; in thousandths.
    kinds: [[i64; 2]; KINDS],
    /// How rare terms of small counts are, by class.
    table: Vec<[i32; TABLED]>,
}

/// Memory for one story after another.
#[derive(Default)]
struct Scratch {
    parts: Vec<Part>,
    counts: Vec<u32>,
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
    /// For stories that are written in `syllables`, or not.
    pub(super) fn new(frequencies: &'a Frequencies, syllables: bool, weights: &Weights) -> Self {
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
        // of a few stories, terms of one alone are no noise yet
        let hapax = weights.get("hapax");
        let softened = 1000 - (1000 - hapax) * seen / (seen + prior).max(1);
        Self {
            kinds: [[1000, lead], kind("name"), kind("number")],
            table: CLASS_SHARE.iter().map(|&share| tabled(share)).collect(),
            frequencies,
            most: Effort::of(frequencies.stories as usize).times(MOST),
            hapax: softened,
            // but every second pair of neighbours is no word: noise at once
            lone_pair: syllables.then_some(i64::midpoint(softened, hapax)),
        }
    }

    /// Unit vectors of all stories, in their order.
    pub(super) fn vectors(&self, stories: &[&StoryTerms]) -> Vec<Vector> {
        let vectors = stories
            .par_iter()
            .map_init(Scratch::default, |scratch, story| {
                self.vector(story, scratch)
            });
        vectors.collect()
    }

    fn vector(&self, story: &StoryTerms, scratch: &mut Scratch) -> Vector {
        let mut length = 0u64;
        let Scratch { parts, counts } = scratch;
        parts.clear();
        let mut rest = [0u64; KINDS];
        // all look-ups side by side: they lie anywhere in a large table
        counts.clear();
        counts.extend(story.terms().iter().map(|&term| self.frequencies.of(term)));
        for (&term, &count) in story.terms().iter().zip(counts.iter()) {
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
        if parts.len() > self.most {
            // the heaviest, the least tag first among equals; they stay in their order
            let order = |part: &Part| u64::from(part.weight) << 32 | u64::from(!part.tag());
            let mut keys: Vec<u64> = parts.iter().map(order).collect();
            let by_weight = |one: &u64, other: &u64| other.cmp(one);
            let (_, &mut least, _) = keys.select_nth_unstable_by(self.most - 1, by_weight);
            parts.retain(|part| {
                let kept = order(part) >= least;
                if !kept {
                    rest[part.kind()] += u64::from(part.weight).pow(2);
                }
                kept
            });
        }
        for part in &mut *parts {
            // the quotient of two whole numbers below 2^53, rounded down: exact, and divided faster than in integers
            part.weight = (f64::from(part.weight) * UNIT as f64 / length as f64) as u32;
        }
        let scaled = |square: u64| (square.isqrt() * UNIT as u64 / length).pow(2);
        Vector::new(parts.clone(), rest.map(scaled)).of_terms(story.terms().len())
    }

    /// How much a term that `count` stories hold says, below 2^24.
    fn weight(&self, term: Term, count: u32) -> i64 {
        let rarity = i64::from(self.table[term.class()][row(count)]);
        if rarity <= 0 {
            return 0;
        }
        let weight = rarity * LEVEL_WEIGHT[term.level()] / 64;
        if count > 1 {
            return weight;
        }
        let lone_pair = self.lone_pair.filter(|_| term.is_pair());
        weight * lone_pair.unwrap_or(self.hapax) / 1000
    }
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
}
