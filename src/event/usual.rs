//! What unrelated stories of a set have in common, measured on the set itself: scripts and languages differ in it.

use rayon::prelude::*;

use super::vectors::{UNIT, Vector};
use super::weights::Weights;

/// So many pairs of stories are measured at most.
const SAMPLE: usize = 8192;

/// What unrelated stories of a set have in common: the median of these pairs of it, most of which are unrelated, in parts
/// of [`UNIT`]. Few pairs are mixed with what is usual, and what any set may have beyond that is no sign of a script or a
/// language: a folder about three topics has more in common than a day's news, and no other bar.
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
    let measured = (*median * n + usual * imagined) / (n + imagined).max(1);
    usual.max(measured - UNIT * weights.get("leeway") / 1000)
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
    use super::super::vectors::Part;
    use super::*;

    /// The centre of a set, in thousandths, whose stories have so much in common, all with all.
    fn centre_of(common: f64) -> i64 {
        let length = UNIT as f64;
        let (shared, own) = (length * common.sqrt(), length * (1.0 - common).sqrt());
        let story = |at: u32| {
            let parts = vec![
                Part::new(1, 0, shared as u32),
                Part::new(at + 2, 0, own as u32),
            ];
            Vector::new(parts, [0; 3])
        };
        let vectors: Vec<Vector> = (0..200).map(story).collect();
        centre(&vectors, &sample(vectors.len()), Weights::learned()) * 1000 / UNIT
    }

    #[test]
    fn three_topics_raise_no_bar_but_a_script_whose_texts_are_all_alike_does() {
        let usual = centre_of(0.0);
        assert_eq!(centre_of(0.06), usual);
        assert!(centre_of(0.2) > usual + 80);
    }
}
