//! What unrelated stories of a set have in common, measured on the set itself: scripts and languages differ in it.

use rayon::prelude::*;

use super::vectors::{UNIT, Vector};
use super::weights::Weights;

/// So many pairs of stories are measured at most.
const SAMPLE: usize = 8192;

/// What unrelated stories of a set have in common: the median of these pairs of it, most of which are unrelated, in parts
/// of [`UNIT`]. Few pairs are mixed with what is usual. A script or a language may have more in common, and so has a folder
/// about one running topic, whose happenings are told apart by what goes beyond that.
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
    usual.max(measured)
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

    /// The centre of a set of so many stories, in thousandths, which have so much in common, all with all.
    fn centre_of(stories: u32, common: f64) -> i64 {
        let length = UNIT as f64;
        let (shared, own) = (length * common.sqrt(), length * (1.0 - common).sqrt());
        let story = |at: u32| {
            let parts = vec![
                Part::new(1, 0, shared as u32),
                Part::new(at + 2, 0, own as u32),
            ];
            Vector::new(parts, [0; 3])
        };
        let vectors: Vec<Vector> = (0..stories).map(story).collect();
        centre(&vectors, &sample(vectors.len()), Weights::learned()) * 1000 / UNIT
    }

    #[test]
    fn what_all_stories_have_in_common_is_what_is_usual_there_unless_they_are_few() {
        let usual = centre_of(200, 0.0);
        assert!(centre_of(200, 0.2) > usual + 150);
        assert!(centre_of(8, 0.2) < usual + 20);
    }
}
