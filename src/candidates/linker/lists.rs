//! The settled lists of a join: counts, for each article of the focus, what it shares with which others.

use std::ops::Range;

use rayon::prelude::*;

use super::Sketched;
use crate::article::ArticleNo;
use crate::candidates::stretch::Stretch;
use crate::candidates::{Pair, Shared, Threshold};

/// An article in a list, and where the hash stands in it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(2))]
pub(super) struct Holder {
    pub(super) local: u32,
    pub(super) place: u16,
}

/// Reads a posting.
pub(super) fn holder(posting: u64) -> Holder {
    let holder = crate::candidates::postings::holder(posting);
    Holder {
        local: holder.article(),
        place: holder.place,
    }
}

/// The list of a hash in one stretch.
#[derive(Debug)]
pub(super) struct Settled<'a> {
    pub(super) stretch: Stretch,
    /// Ascending; of a star that is known those of the focus.
    pub(super) holders: &'a [Holder],
    /// Of a star.
    pub(super) centres: Option<Vec<Holder>>,
}

/// No star, no list.
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct List {
    /// Where its holders stand: first those outside the focus, then those in it, ascending.
    start: u32,
    end: u32,
    /// The number of its centres, or [`NONE`].
    star: u32,
    /// The lists of the hash whose articles may match those of this one, itself among them.
    first: u32,
    last: u32,
    /// One more of those, or [`NONE`].
    untimed: u32,
}

impl List {
    fn is_star(&self) -> bool {
        self.star != NONE
    }

    fn holders(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The settled lists.
#[derive(Debug)]
pub(super) struct Lists {
    focus: u32,
    holders: Vec<Holder>,
    all: Vec<List>,
    /// The centres of those that are stars.
    stars: Vec<Vec<Holder>>,
    /// The lists of each article of the focus, and where their hashes stand in it.
    of: Vec<(u32, u16)>,
    of_starts: Vec<u32>,
}

impl Lists {
    /// None yet; so many articles are in the focus.
    pub(super) fn new(focus: u32) -> Self {
        Self {
            focus,
            holders: Vec::new(),
            all: Vec::new(),
            stars: Vec::new(),
            of: Vec::new(),
            of_starts: Vec::new(),
        }
    }

    /// Adds the lists of one hash, by ascending stretch.
    pub(super) fn push(&mut self, settled: &[Settled<'_>]) {
        let base = self.all.len() as u32;
        let count = settled.len() as u32;
        let untimed = settled
            .first()
            .is_some_and(|list| list.stretch == Stretch::UNTIMED);
        let beside = |at: usize, other: Option<usize>| {
            let other = other.and_then(|other| settled.get(other));
            other.is_some_and(|other| {
                other.stretch != Stretch::UNTIMED && other.stretch.is_beside(settled[at].stretch)
            })
        };
        for (at, list) in settled.iter().enumerate() {
            let own = base + at as u32;
            let (first, last) = if list.stretch == Stretch::UNTIMED {
                (base, base + count)
            } else {
                let before = u32::from(beside(at, at.checked_sub(1)));
                (own - before, own + 1 + u32::from(beside(at, Some(at + 1))))
            };
            let start = self.holders.len() as u32;
            let outside = list
                .holders
                .partition_point(|holder| holder.local < self.focus);
            let (focus, outside) = list.holders.split_at(outside);
            self.holders.extend_from_slice(outside);
            self.holders.extend_from_slice(focus);
            let star = list.centres.as_ref().map_or(NONE, |centres| {
                self.stars.push(centres.clone());
                self.stars.len() as u32 - 1
            });
            self.all.push(List {
                start,
                end: self.holders.len() as u32,
                star,
                first,
                last,
                untimed: if untimed && list.stretch != Stretch::UNTIMED {
                    base
                } else {
                    NONE
                },
            });
        }
    }

    /// Fills `of` by a counting sort.
    pub(super) fn index(&mut self) {
        let focus = self.focus as usize;
        let mut starts = vec![0u32; focus + 1];
        for holder in &self.holders {
            if let Some(count) = starts.get_mut(holder.local as usize + 1) {
                *count += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut of = vec![(0, 0); starts[focus] as usize];
        for (list, number) in self.all.iter().zip(0..) {
            for holder in &self.holders[list.holders()] {
                let local = holder.local as usize;
                if local < focus {
                    of[next[local] as usize] = (number, holder.place);
                    next[local] += 1;
                }
            }
        }
        (self.of, self.of_starts) = (of, starts);
    }

    /// The candidate pairs of the focus.
    pub(super) fn pairs(&self, locals: &[Sketched], threshold: Threshold) -> Vec<Pair> {
        let block = 64;
        let blocks: Vec<Vec<Pair>> = (0..self.focus.div_ceil(block))
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
        pairs: &mut Vec<Pair>,
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
                pairs.push(Pair {
                    a: ArticleNo(me.no),
                    b: ArticleNo(other.no),
                    hits: shared.hits,
                    close: shared.hits * 2 >= me.size.kept.min(other.size.kept),
                });
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
        for &(number, place) in lists {
            let own = self.all[number as usize];
            let is_centre = own.is_star()
                && self
                    .centres(own)
                    .iter()
                    .any(|centre| { centre.local } == local);
            let mut of = |other: u32| {
                let list = self.all[other as usize];
                if list.is_star() && !(is_centre && other == number) {
                    let centres = self.centres(list).iter();
                    for centre in centres.filter(|centre| met(centre.local)) {
                        tell(centre.local, place, centre.place);
                    }
                } else {
                    let holders = self.holders[list.holders()].iter();
                    for holder in holders.take_while(|holder| met(holder.local)) {
                        tell(holder.local, place, holder.place);
                    }
                }
            };
            if own.is_star() && !is_centre {
                of(number);
                continue;
            }
            (own.first..own.last).for_each(&mut of);
            if own.untimed != NONE {
                of(own.untimed);
            }
        }
    }

    /// The centres of a star; none of another list.
    fn centres(&self, list: List) -> &[Holder] {
        self.stars
            .get(list.star as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// Brings the heads of lists into the cache, all at once: they lie anywhere, and each would be waited for.
    #[inline]
    fn fetch(&self, lists: &[(u32, u16)]) {
        let heads = lists.iter().map(|&(list, _)| self.all[list as usize].start);
        let read = heads.map(|start| {
            self.holders
                .get(start as usize)
                .map_or(0, |holder| holder.local)
        });
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
