//! The weights, learned from the learned halves by coordinate descent.

use std::collections::BTreeSet;

use wirefold::article::Key;
use wirefold::event::Weights;

use crate::score::{Invented, score};
use crate::sets::{Doc, Set, half, thinned};

/// Coordinate descent: each weight in turn is moved up and down as long as the learned halves get better: alone, beside
/// all other sets, and thinned out in several ways, so that no single report decides.
pub fn learned(sets: &[Set], mut weights: Weights) -> Weights {
    let all: Vec<Doc> = sets.iter().flat_map(|set| set.docs.clone()).collect();
    let invented = Invented::read(Some(true));
    let mut cases: Vec<(Set, Vec<Doc>)> = Vec::new();
    for set in sets {
        let own: BTreeSet<Key> = set.docs.iter().map(|doc| doc.key).collect();
        let others = all.iter().filter(|doc| !own.contains(&doc.key));
        let learned = half(set, true);
        cases.extend((0..THINNED).map(|round| (thinned(&learned, round), Vec::new())));
        cases.push((learned.clone(), others.cloned().collect()));
        cases.push((learned, Vec::new()));
    }
    // three quarters labelled sets, one quarter twins and siblings; by the share of errors that is left, so that a set
    // that is nearly solved counts as much as a hard one
    let left = |score: f64| (1.03 - score).ln();
    let quality = |weights: &Weights| {
        let sets: f64 = cases
            .iter()
            .map(|(set, beside)| {
                let scores = score(set, beside, weights);
                scores.iter().map(|&score| left(score)).sum::<f64>() / 3.0
            })
            .sum();
        // twins are kept apart under a lower bar, too, and siblings joined under a higher one: the templates are few
        let moved = |by: i64| {
            let bar = weights.get("height") + by;
            invented.score(&[], &weights.with("height", bar))
        };
        let (lower, higher) = (moved(-MARGIN), moved(MARGIN));
        let pairs = [lower[0], higher[1], lower[2], higher[3]];
        let pairs: f64 = pairs.into_iter().map(left).sum();
        -0.75 * sets / cases.len() as f64 - 0.25 * pairs / 4.0
    };
    let mut best = quality(&weights);
    for step in [300, 150, 70] {
        for (name, value) in weights.values().to_vec() {
            // what days say is a rule, not a measure
            if name.starts_with("day_") {
                continue;
            }
            for direction in [1, -1] {
                let mut now = value;
                loop {
                    let next = now + direction * (now.abs() * step / 1000).max(1);
                    let tried = weights.with(name, next);
                    let reached = quality(&tried);
                    if reached <= best + 1e-3 || next == now {
                        break;
                    }
                    (best, now, weights) = (reached, next, tried);
                    eprintln!("{best:.4} {name} {now}");
                }
            }
        }
    }
    weights
}

/// By so much of the cosine, in thousandths, the bar is moved for the invented pairs.
pub const MARGIN: i64 = 12;

/// Each set's learned half is thinned out in so many ways.
pub const THINNED: u64 = 6;
