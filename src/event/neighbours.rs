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

/// Where a story stands in the list of one of its terms: its place among all holders, and the place of the list's first.
#[derive(Clone, Copy, Default)]
struct Place {
    own: u32,
    first: u32,
}

/// The index: holders of each term, in the order of time, and for each story where it stands among them.
struct Index {
    holders: Vec<Holder>,
    /// By rank, so many a story: nobody searches for a list.
    places: Vec<Place>,
    /// Where the places of a rank end.
    ends: Vec<u32>,
    /// Places that a story has at most.
    width: usize,
}

impl Index {
    fn new(mut holders: Vec<Holder>, stories: usize, width: usize) -> Self {
        holders.par_sort_unstable();
        let mut places = vec![Place::default(); stories * width];
        let mut ends: Vec<u32> = (0..stories).map(|rank| (rank * width) as u32).collect();
        let (mut first, mut term) = (0, None);
        for (holder, own) in holders.iter().zip(0u32..) {
            if term != Some(holder.term()) {
                (first, term) = (own, Some(holder.term()));
            }
            if let Some(end) = ends.get_mut(holder.rank() as usize)
                && let Some(place) = places.get_mut(*end as usize)
            {
                *place = Place { own, first };
                *end += 1;
            }
        }
        Self {
            holders,
            places,
            ends,
            width,
        }
    }

    /// The places of a story, by term.
    fn places(&self, rank: u32) -> &[Place] {
        let from = rank as usize * self.width;
        let end = self
            .ends
            .get(rank as usize)
            .map_or(from, |&end| end as usize);
        self.places.get(from..end).unwrap_or_default()
    }

    /// The holder at a place, which has one.
    fn at(&self, place: u32) -> Holder {
        self.holders[place as usize]
    }

    /// Holders of a list around a place in it, at most so many on each side, and the first ones of the list.
    fn around(&self, place: Place, window: usize) -> impl Iterator<Item = &Holder> {
        let (own, first) = (place.own as usize, place.first as usize);
        let from = first.max(own.saturating_sub(window));
        let centres = &self.holders[first..from.min(first + CENTRES)];
        let term = self.holders[own].term();
        let later = self.holders[own + 1..].iter().take(window);
        let later = later.take_while(move |holder| holder.term() == term);
        centres.iter().chain(&self.holders[from..own]).chain(later)
    }
}

/// Pairs of stories worth comparing, ascending, each once; `by_time` holds the stories in the order of time.
///
/// `least` is what the weightiest terms of two stories must have in common, in parts of the square of a unit.
pub(super) fn pairs(vectors: &[Vector], by_time: &[u32], least: u64) -> Vec<(u32, u32)> {
    let effort = Effort::of(by_time.len());
    let indexed = effort.times(INDEXED);
    let holders = by_time.par_iter().zip(0u32..by_time.len() as u32);
    let holders = holders.flat_map_iter(|(&story, rank)| {
        let parts = vectors[story as usize].heaviest(indexed);
        parts.map(move |part| Holder::new(part, rank))
    });
    let index = Index::new(holders.collect(), by_time.len(), indexed);
    let mut pairs: Vec<u64> = by_time
        .par_chunks(BLOCK)
        .zip((0u32..by_time.len() as u32).into_par_iter().step_by(BLOCK))
        .map_init(
            || Met::new(by_time.len(), effort),
            |met, (block, first)| {
                let mut found = Vec::with_capacity(BLOCK * 4);
                for (&story, rank) in block.iter().zip(first..) {
                    // the index speaks of ranks
                    for &(_, other) in met.by(&index, rank, least) {
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
    /// Weights and places of the terms that it looks under.
    terms: Vec<(u32, Place)>,
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
            terms: Vec::new(),
            products: vec![0; stories],
            seen: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Those that share most with the story of rank `own`, with what they share.
    fn by(&mut self, index: &Index, own: u32, least: u64) -> &[(u64, u32)] {
        self.terms.clear();
        let weighed = |&place: &Place| (index.at(place.own).weight(), place);
        self.terms.extend(index.places(own).iter().map(weighed));
        // the heaviest, the first term among equals
        let order = |&(weight, place): &(u32, Place)| (std::cmp::Reverse(weight), place.own);
        if self.terms.len() > self.probed {
            self.terms.select_nth_unstable_by_key(self.probed, order);
            self.terms.truncate(self.probed);
        }
        for &(weight, place) in &self.terms {
            for holder in index.around(place, self.window) {
                let product = u64::from(holder.weight()) * u64::from(weight);
                if product > 0
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
