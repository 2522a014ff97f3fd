//! The settled lists of a join with an archive: counts, for each article of the focus, what it shares with which others.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Found, Sketched};
use crate::candidates::{Shared, Threshold};

/// An article in a list, and where the hash stands in it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(2))]
pub(super) struct Holder {
    pub(super) local: u32,
    pub(super) place: u16,
}

/// Reads a posting.
pub(super) fn holder(posting: u64) -> Holder {
    Holder {
        local: (posting >> 16) as u32 & ((1 << 26) - 1),
        place: posting as u16,
    }
}

/// Marks a list that is a star.
const STARRED: u32 = 1 << 31;

/// The settled lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    holders: Vec<Holder>,
    starts: Vec<u32>,
    /// Centres of those that are stars, by list.
    stars: HashMap<u32, Vec<Holder>>,
    /// The lists of each article of the focus, and where their hashes stand in it; [`STARRED`] marks a star.
    of: Vec<(u32, u16)>,
    of_starts: Vec<u32>,
}

impl Lists {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            starts: vec![0],
            ..Self::default()
        }
    }

    /// Adds a list; a star brings its centres.
    pub(super) fn push(&mut self, postings: &[u64], centres: Option<Vec<Holder>>) {
        let list = self.starts.len() as u32 - 1;
        self.holders.extend(postings.iter().map(|&p| holder(p)));
        self.starts.push(self.holders.len() as u32);
        if let Some(centres) = centres {
            self.stars.insert(list, centres);
        }
    }

    fn list(&self, list: u32) -> &[Holder] {
        &self.holders[self.starts[list as usize] as usize..self.starts[list as usize + 1] as usize]
    }

    /// Fills `of` by a counting sort.
    pub(super) fn index(&mut self, focus: u32) {
        let mut starts = vec![0u32; focus as usize + 1];
        let in_focus = |holder: &&Holder| holder.local < focus;
        for holder in self.holders.iter().filter(in_focus) {
            starts[holder.local as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut of = vec![(0, 0); starts[focus as usize] as usize];
        for list in 0..self.starts.len() as u32 - 1 {
            let starred = if self.stars.contains_key(&list) {
                STARRED
            } else {
                0
            };
            for holder in self.list(list).iter().filter(in_focus) {
                let slot = &mut next[holder.local as usize];
                of[*slot as usize] = (list | starred, holder.place);
                *slot += 1;
            }
        }
        (self.of, self.of_starts) = (of, starts);
    }

    /// The candidate pairs of the focus.
    pub(super) fn pairs(
        &self,
        locals: &[Sketched],
        focus: u32,
        threshold: Threshold,
    ) -> Vec<Found> {
        let block = 64;
        let blocks: Vec<Vec<Found>> = (0..focus.div_ceil(block))
            .into_par_iter()
            .map_init(
                || Counter {
                    hits: vec![0; locals.len()],
                    ..Counter::default()
                },
                |counter, index| {
                    let mut pairs = Vec::new();
                    for local in index * block..((index + 1) * block).min(focus) {
                        self.pairs_of(local, (locals, focus), threshold, counter, &mut pairs);
                    }
                    pairs
                },
            )
            .collect();
        blocks.concat()
    }

    /// The candidate pairs of one article of the focus with those outside it, and with the earlier ones in it: first how
    /// much each shares, which most fail by, then where.
    fn pairs_of(
        &self,
        local: u32,
        (locals, focus): (&[Sketched], u32),
        threshold: Threshold,
        Counter {
            hits,
            touched,
            shared,
        }: &mut Counter,
        pairs: &mut Vec<Found>,
    ) {
        self.linked(local, focus, |other, _, _| {
            let hits = &mut hits[other as usize];
            if *hits == 0 {
                touched.push(other);
            }
            *hits += 1;
        });
        let me = locals[local as usize];
        touched.retain(|&other| {
            let count = std::mem::take(&mut hits[other as usize]);
            threshold.enough(count, me.size, locals[other as usize].size)
        });
        touched.sort_unstable();
        // from here on `hits` says where an article's share is summed up
        for (&other, at) in touched.iter().zip(1..) {
            hits[other as usize] = at;
        }
        shared.clear();
        shared.resize(touched.len(), Shared::default());
        if !touched.is_empty() {
            self.linked(local, focus, |other, place, theirs| {
                let at = hits[other as usize].wrapping_sub(1);
                if let Some(shared) = shared.get_mut(at as usize) {
                    shared.count(place, theirs);
                }
            });
        }
        for (other, shared) in touched.drain(..).zip(&*shared) {
            hits[other as usize] = 0;
            let other = locals[other as usize];
            if threshold.passes(shared, me.size, other.size) {
                pairs.push((me.no, other.no));
            }
        }
    }

    /// Tells of every article that a list links to one of the focus, and of the places of the hash in both: those
    /// outside the focus, and the earlier ones in it.
    #[inline]
    fn linked(&self, local: u32, focus: u32, mut tell: impl FnMut(u32, u16, u16)) {
        let range =
            self.of_starts[local as usize] as usize..self.of_starts[local as usize + 1] as usize;
        for &(list, place) in &self.of[range] {
            if list & STARRED != 0
                && let Some(centres) = self.stars.get(&(list & !STARRED))
                && centres.iter().all(|centre| { centre.local } != local)
            {
                for centre in centres {
                    if centre.local >= focus || centre.local < local {
                        tell(centre.local, place, centre.place);
                    }
                }
                continue;
            }
            // ascending: the focus, then the others
            let holders = self.list(list & !STARRED);
            for holder in holders.iter().take_while(|holder| holder.local < local) {
                tell(holder.local, place, holder.place);
            }
            for holder in holders
                .iter()
                .rev()
                .take_while(|holder| holder.local >= focus)
            {
                tell(holder.local, place, holder.place);
            }
        }
    }
}

/// What is shared with each article; all zero between two articles.
#[derive(Debug, Default)]
struct Counter {
    hits: Vec<u32>,
    touched: Vec<u32>,
    shared: Vec<Shared>,
}
