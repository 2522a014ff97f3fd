//! What unrelated stories of a set have in common, measured on the set itself: scripts and languages differ in it.

use rayon::prelude::*;

use super::vectors::{UNIT, Vector};
use super::weights::Weights;

/// So many pairs of stories are measured at most.
const SAMPLE: usize = 8192;

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
