//! Which stories are worth comparing: an inverted index over each story's weightiest terms.
//!
//! Lists of any length are kept but read through a window: a story meets the holders of a term that stand nearest to
//! it in time, and the first ones of the list, so that the work stays linear and a large event stays connected.

use rayon::prelude::*;

use super::effort::Effort;
use super::vectors::{Part, UNIT, Vector};

/// A story of a large set is found by so many of its terms.
const INDEXED: usize = 16;

/// A story looks under so many of its terms.
const PROBED: usize = 10;

/// Holders on each side of a story that it meets in one list.
const WINDOW: usize = 4;

/// First holders of a list that every story of the list meets.
const CENTRES: usize = 2;

/// A story is compared with so many others at most.
const MOST: usize = 6;

/// Stories that look for others in one go.
const BLOCK: usize = 128;

/// A holder of a term: the term's identity (24 bits), the holder's rank in time (26), the term's weight there (14).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder(u64);

impl Holder {
    fn new(part: Part, rank: u32) -> Self {
        let weight = part.weight.min(UNIT as u32 - 1);
        Self(u64::from(part.id()) << 40 | u64::from(rank) << 14 | u64::from(weight))
    }

    fn term(self) -> u32 {
        (self.0 >> 40) as u32
    }

    fn rank(self) -> u32 {
        (self.0 >> 14) as u32 & ((1 << 26) - 1)
    }

    fn weight(self) -> u32 {
        self.0 as u32 & (UNIT as u32 - 1)
    }
}

/// The index: holders of each term, in the order of time.
struct Index {
    holders: Vec<Holder>,
    /// Where the holders of a term begin, by the upper bits of its identity.
    starts: Vec<u32>,
    shift: u32,
}

impl Index {
    fn new(mut holders: Vec<Holder>) -> Self {
        holders.par_sort_unstable();
        let bits = (holders.len() as u64).max(2).ilog2().clamp(4, 20);
        let shift = super::terms::ID_BITS - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for holder in &holders {
            starts[(holder.term() >> shift) as usize + 1] += 1;
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

    /// The holders of one term.
    fn list(&self, id: u32) -> &[Holder] {
        let bucket = (id >> self.shift) as usize;
        let (from, to) = (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        );
        let near = &self.holders[from..to];
        let start = near.partition_point(|holder| holder.term() < id);
        let len = near[start..].partition_point(|holder| holder.term() == id);
        &near[start..start + len]
    }
}

/// Pairs of stories worth comparing, ascending, each once; `by_time` holds the stories in the order of time.
///
/// `least` is what the weightiest terms of two stories must have in common, in parts of the square of a unit.
pub(super) fn pairs(vectors: &[Vector], by_time: &[u32], least: u64) -> Vec<(u32, u32)> {
    let effort = Effort::of(by_time.len());
    let indexed = effort.times(INDEXED);
    let top: Vec<Vec<Part>> = by_time
        .par_iter()
        .map(|&story| vectors[story as usize].heaviest(indexed))
        .collect();
    let holders = top.iter().zip(0u32..).flat_map(|(parts, rank)| {
        let holder = move |part: &Part| Holder::new(*part, rank);
        parts.iter().map(holder)
    });
    let index = Index::new(holders.collect());
    let mut pairs: Vec<u64> = top
        .par_chunks(BLOCK)
        .zip((0u32..by_time.len() as u32).into_par_iter().step_by(BLOCK))
        .map_init(
            || Met::new(by_time.len(), effort),
            |met, (block, first)| {
                let mut found = Vec::with_capacity(BLOCK * 4);
                for (parts, rank) in block.iter().zip(first..) {
                    // the index speaks of ranks
                    let story = by_time[rank as usize];
                    for &(_, other) in met.by(&index, parts, rank, least) {
                        let other = by_time[other as usize];
                        found.push(u64::from(story.min(other)) << 32 | u64::from(story.max(other)));
                    }
                }
                found
            },
        )
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let halves = |pair: u64| ((pair >> 32) as u32, pair as u32);
    pairs.into_iter().map(halves).collect()
}

/// Looks for the stories that share weighty terms with one, again and again in the same memory.
struct Met {
    probed: usize,
    window: usize,
    most: usize,
    /// Sum of the products of weights over all lists that both are in, by rank; all zero between two stories.
    products: Vec<u64>,
    /// The ranks that have one.
    seen: Vec<u32>,
    /// Sum of products and rank.
    sums: Vec<(u64, u32)>,
}

impl Met {
    fn new(stories: usize, effort: Effort) -> Self {
        Self {
            probed: effort.times(PROBED),
            window: effort.times(WINDOW),
            most: effort.times(MOST),
            products: vec![0; stories],
            seen: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Those that share most with the story of rank `own`, with what they share.
    fn by(&mut self, index: &Index, parts: &[Part], own: u32, least: u64) -> &[(u64, u32)] {
        for part in parts.iter().take(self.probed) {
            let list = index.list(part.id());
            let at = list.partition_point(|holder| holder.rank() < own);
            let from = at.saturating_sub(self.window);
            let to = (at + self.window + 1).min(list.len());
            let centres = &list[..CENTRES.min(from)];
            for holder in centres.iter().chain(&list[from..to]) {
                let product = u64::from(holder.weight()) * u64::from(part.weight);
                if holder.rank() != own
                    && product > 0
                    && let Some(sum) = self.products.get_mut(holder.rank() as usize)
                {
                    if *sum == 0 {
                        self.seen.push(holder.rank());
                    }
                    *sum += product;
                }
            }
        }
        self.sums.clear();
        for rank in self.seen.drain(..) {
            let sum = std::mem::take(&mut self.products[rank as usize]);
            if sum >= least {
                self.sums.push((sum, rank));
            }
        }
        let order = |&(sum, rank): &(u64, u32)| (std::cmp::Reverse(sum), rank);
        if self.sums.len() > self.most {
            self.sums.select_nth_unstable_by_key(self.most, order);
            self.sums.truncate(self.most);
        }
        &self.sums
    }
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
        assert!(found.contains(&(0, 199)) && found.len() <= 200 * Effort::of(200).times(MOST));
    }
}
