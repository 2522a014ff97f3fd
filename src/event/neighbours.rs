//! Which stories are worth comparing: an inverted index over each story's weightiest terms.
//!
//! Lists of any length are kept but read through a window: a story meets the holders of a term that stand nearest to
//! it in time, and the first ones of the list, so that the work stays linear and a large event stays connected.

use rayon::prelude::*;

use super::vectors::{Part, Vector};

/// A story is found by so many of its terms.
const INDEXED: usize = 24;

/// A story looks under so many of its terms.
const PROBED: usize = 12;

/// Holders on each side of a story that it meets in one list.
const WINDOW: usize = 12;

/// First holders of a list that every story of the list meets.
const CENTRES: usize = 2;

/// A story is compared with so many others at most.
const MOST: usize = 12;

/// The index: holders of each term, in the order of time.
struct Index {
    /// Term and rank of a holder, sorted.
    holders: Vec<u64>,
    /// Where the holders of a term begin, by the upper bits of its identity.
    starts: Vec<u32>,
    shift: u32,
}

impl Index {
    fn new(entries: Vec<u64>) -> Self {
        let mut holders = entries;
        holders.par_sort_unstable();
        let bits = (holders.len() as u64).max(2).ilog2().clamp(4, 20);
        let shift = super::terms::ID_BITS - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for entry in &holders {
            starts[(entry >> 32 >> shift) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            holders,
            starts,
            shift,
        }
    }

    /// The entries of one term.
    fn list(&self, id: u32) -> &[u64] {
        let bucket = (id >> self.shift) as usize;
        let (from, to) = (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        );
        let near = &self.holders[from..to];
        let start = near.partition_point(|entry| ((entry >> 32) as u32) < id);
        let len = near[start..].partition_point(|entry| (entry >> 32) as u32 == id);
        &near[start..start + len]
    }
}

/// Pairs of stories worth comparing, ascending, each once; `by_time` holds the stories in the order of time.
///
/// `least` is what the weightiest terms of a story must have in common with another, in parts of the square of a unit.
pub(super) fn pairs(vectors: &[Vector], by_time: &[u32], least: u64) -> Vec<(u32, u32)> {
    let mut rank = vec![0u32; vectors.len()];
    for (at, &story) in by_time.iter().enumerate() {
        rank[story as usize] = at as u32;
    }
    let top: Vec<Vec<Part>> = vectors
        .par_iter()
        .map(|vector| weightiest(&vector.parts))
        .collect();
    let entries = top
        .iter()
        .zip(&rank)
        .flat_map(|(parts, &rank)| {
            let entry = move |part: &Part| (u64::from(part.id()) << 32) | u64::from(rank);
            parts.iter().map(entry)
        })
        .collect();
    let index = Index::new(entries);
    let mut pairs: Vec<(u32, u32)> = (0..vectors.len() as u32)
        .into_par_iter()
        .flat_map_iter(|story| {
            let met = meet(&index, &top[story as usize], rank[story as usize], least);
            // the index speaks of ranks
            let others = met.into_iter().map(|rank| by_time[rank as usize]);
            others.map(move |other| (story.min(other), story.max(other)))
        })
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The heaviest parts, heaviest first.
fn weightiest(vector: &[Part]) -> Vec<Part> {
    let mut parts = vector.to_vec();
    let order = |part: &Part| (std::cmp::Reverse(part.weight), part.id());
    if parts.len() > INDEXED {
        parts.select_nth_unstable_by_key(INDEXED, order);
        parts.truncate(INDEXED);
    }
    parts.sort_unstable_by_key(order);
    parts
}

/// Ranks of the stories that share weighty terms with the one of rank `own`.
fn meet(index: &Index, parts: &[Part], own: u32, least: u64) -> Vec<u32> {
    let mut met: Vec<(u32, u32)> = Vec::new();
    for part in parts.iter().take(PROBED) {
        let list = index.list(part.id());
        let at = list.partition_point(|entry| (*entry as u32) < own);
        let from = at.saturating_sub(WINDOW);
        let to = (at + WINDOW + 1).min(list.len());
        let centres = &list[..CENTRES.min(from)];
        for entry in centres.iter().chain(&list[from..to]) {
            if *entry as u32 != own {
                met.push((*entry as u32, part.weight));
            }
        }
    }
    met.sort_unstable();
    let mut sums: Vec<(u64, u32)> = Vec::new();
    for (rank, weight) in met {
        let share = u64::from(weight) * u64::from(weight);
        match sums.last_mut() {
            Some((sum, last)) if *last == rank => *sum += share,
            _ => sums.push((share, rank)),
        }
    }
    sums.retain(|(sum, _)| *sum >= least);
    sums.sort_unstable_by_key(|&(sum, rank)| (std::cmp::Reverse(sum), rank));
    sums.truncate(MOST);
    sums.into_iter().map(|(_, rank)| rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_of_a_rare_term_meet_and_a_long_list_stays_connected() {
        let vectors: Vec<Vector> = (0..200)
            .map(|story| {
                let own = Part::new(1000 + story / 2, 0, 9000);
                Vector::new(vec![Part::new(7, 0, 800), own], [0; 3])
            })
            .collect();
        let by_time: Vec<u32> = (0..200).collect();
        let found = pairs(&vectors, &by_time, 0);
        for story in (0..200u32).step_by(2) {
            assert!(found.contains(&(story, story + 1)));
        }
        // through the long list, too, and not with everybody
        assert!(found.contains(&(0, 199)) && found.len() <= 200 * MOST);
    }
}
