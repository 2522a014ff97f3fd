//! The settled lists of a join with an archive: counts, for each article of the focus, what it shares with which others.

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

/// Marks the last holder of a list, and a list that is a star.
const MARK: u32 = 1 << 31;

/// The settled lists.
#[derive(Debug)]
pub(super) struct Lists {
    focus: u32,
    /// Of all lists, one after another: first those outside the focus, then those in it, ascending; [`MARK`] on the last.
    holders: Vec<Holder>,
    /// Where those that are stars start, ascending, and their centres.
    stars: Vec<(u32, Vec<Holder>)>,
    /// Where the lists of each article of the focus start ([`MARK`]: a star), and where their hashes stand in it.
    of: Vec<(u32, u16)>,
    of_starts: Vec<u32>,
}

impl Lists {
    /// None yet; so many articles are in the focus.
    pub(super) fn new(focus: u32) -> Self {
        Self {
            focus,
            holders: Vec::new(),
            stars: Vec::new(),
            of: Vec::new(),
            of_starts: Vec::new(),
        }
    }

    /// Adds a list, ascending and not empty; a star brings its centres.
    pub(super) fn push(&mut self, postings: &[u64], centres: Option<Vec<Holder>>) {
        let start = self.holders.len() as u32;
        let outside = postings.partition_point(|&posting| holder(posting).local < self.focus);
        let (focus, outside) = postings.split_at(outside);
        let all = outside.iter().chain(focus);
        self.holders.extend(all.map(|&posting| holder(posting)));
        if let Some(last) = self.holders.last_mut() {
            last.local |= MARK;
        }
        if let Some(centres) = centres {
            self.stars.push((start, centres));
        }
    }

    /// Fills `of` by a counting sort.
    pub(super) fn index(&mut self) {
        let focus = self.focus as usize;
        let mut starts = vec![0u32; focus + 1];
        for holder in &self.holders {
            if let Some(count) = starts.get_mut((holder.local & !MARK) as usize + 1) {
                *count += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut of = vec![(0, 0); starts[focus] as usize];
        let mut start = 0;
        let mut stars = self.stars.iter().peekable();
        for list in self.holders.chunk_by(|holder, _| holder.local & MARK == 0) {
            let is_star = stars.next_if(|&&(star, _)| star == start).is_some();
            let marked = if is_star { start | MARK } else { start };
            for holder in list {
                let local = (holder.local & !MARK) as usize;
                if local < focus {
                    of[next[local] as usize] = (marked, holder.place);
                    next[local] += 1;
                }
            }
            start += list.len() as u32;
        }
        (self.of, self.of_starts) = (of, starts);
    }

    /// The candidate pairs of the focus.
    pub(super) fn pairs(&self, locals: &[Sketched], threshold: Threshold) -> Vec<Found> {
        let block = 64;
        let blocks: Vec<Vec<Found>> = (0..self.focus.div_ceil(block))
            .into_par_iter()
            .map_init(
                || Counter {
                    hits: vec![0; locals.len()],
                    ..Counter::default()
                },
                |counter, index| {
                    let mut pairs = Vec::new();
                    for local in index * block..((index + 1) * block).min(self.focus) {
                        self.pairs_of(local, locals, threshold, counter, &mut pairs);
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
        locals: &[Sketched],
        threshold: Threshold,
        Counter {
            hits,
            touched,
            shared,
        }: &mut Counter,
        pairs: &mut Vec<Found>,
    ) {
        self.linked(local, |other, _, _| {
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
            self.linked(local, |other, place, theirs| {
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
    fn linked(&self, local: u32, mut tell: impl FnMut(u32, u16, u16)) {
        let range =
            self.of_starts[local as usize] as usize..self.of_starts[local as usize + 1] as usize;
        let lists = &self.of[range];
        self.fetch(lists);
        let met = |other: u32| other >= self.focus || other < local;
        for &(marked, place) in lists {
            let start = marked & !MARK;
            if marked & MARK != 0
                && let Some(centres) = self.star(start)
                && centres.iter().all(|centre| { centre.local } != local)
            {
                for centre in centres.iter().filter(|centre| met(centre.local)) {
                    tell(centre.local, place, centre.place);
                }
                continue;
            }
            for holder in &self.holders[start as usize..] {
                let other = holder.local & !MARK;
                if !met(other) {
                    break;
                }
                tell(other, place, holder.place);
                if holder.local & MARK != 0 {
                    break;
                }
            }
        }
    }

    #[cold]
    fn star(&self, start: u32) -> Option<&[Holder]> {
        let at = self.stars.binary_search_by_key(&start, |&(star, _)| star);
        at.ok().map(|at| self.stars[at].1.as_slice())
    }

    /// Brings the heads of lists into the cache, all at once: they lie anywhere, and each would be waited for.
    #[inline]
    fn fetch(&self, lists: &[(u32, u16)]) {
        let heads = lists.iter().map(|&(marked, _)| marked & !MARK);
        let read = heads.map(|start| self.holders[start as usize].local);
        std::hint::black_box(read.fold(0, |all, local| all ^ local));
    }
}

/// What is shared with each article; all zero between two articles.
#[derive(Debug, Default)]
struct Counter {
    hits: Vec<u32>,
    touched: Vec<u32>,
    shared: Vec<Shared>,
}
