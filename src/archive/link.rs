//! The join of an addition with the archive: the candidate pairs of some articles with all others, exactly as
//! [`Join`](crate::candidates::Join) would count them over the whole set.
//!
//! The articles in question (`focus`: the new ones, and those whose time changed) lie in memory; the archive's sketches
//! stream past them once. Of a hash that was held by more than [`STAR`] articles before, the archive keeps the centres,
//! and its holders are collected only where the addition changes them. Links between old articles can only be lost by
//! an addition, when a list grows into a star or a centre gives way: [`Linked::loosened`] names who must be looked at.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use lists::{Holder, Lists, holder};

use super::sketches::Packed;
use super::star::{Centre, Star};
use super::wanted::{ByHash, Hashes, Wanted};
use crate::article::Rank;
use crate::candidates::{CENTRES, STAR, Shared, Size, Threshold};

/// Lists are spread over parts by the upper bits of their hashes.
const PARTS: usize = 1024;

/// An article of the join.
#[derive(Clone, Copy, Debug)]
pub struct Sketched {
    /// Its row.
    pub no: u32,
    /// Its rank.
    pub rank: Rank,
    /// Of its sketch.
    pub size: Size,
}

/// Two rows that share enough to be worth a verdict: the first stands in the focus.
pub type Found = (u32, u32);

/// What the join found.
#[derive(Debug, Default)]
pub struct Linked {
    /// The candidate pairs of the focus, each once, in a defined order.
    pub pairs: Vec<Found>,
    /// Stars that are new or have other centres, by hash.
    pub stars: Vec<(u32, Star)>,
    /// Old articles that may have lost links to other old ones.
    pub loosened: BTreeSet<u32>,
}

/// Gathers the focus, then what the archive has of its hashes.
#[derive(Debug)]
pub struct Linker {
    /// The focus first, then others as they are met.
    locals: Vec<Sketched>,
    focus: u32,
    by_no: HashMap<u32, u32>,
    /// `hash << 42 | local << 16 | place`, as in the index of a fold.
    parts: Vec<Vec<u64>>,
    /// Stars of the archive that hold hashes of the focus.
    stars: ByHash<Star>,
    /// Of those, the ones that the focus does not change.
    known: Hashes,
    wanted: Wanted,
}

impl Default for Linker {
    fn default() -> Self {
        Self {
            locals: Vec::new(),
            focus: 0,
            by_no: HashMap::new(),
            parts: vec![Vec::new(); PARTS],
            stars: ByHash::default(),
            known: Hashes::default(),
            wanted: Wanted::default(),
        }
    }
}

fn part(hash: u32) -> usize {
    (hash >> 22) as usize
}

fn posting(hash: u32, local: u32, place: u16) -> u64 {
    u64::from(hash) << 42 | u64::from(local) << 16 | u64::from(place)
}

fn hash_of(part: usize, posting: u64) -> u32 {
    (part as u32) << 22 | (posting >> 42) as u32
}

impl Linker {
    /// Adds an article of the focus; `old`: it stands in the archive already.
    pub fn push(&mut self, article: Sketched, sketch: Packed<'_>) {
        let local = self.locals.len() as u32;
        for (hash, place) in sketch.kept() {
            self.parts[part(hash)].push(posting(hash, local, place));
        }
        self.by_no.insert(article.no, local);
        self.locals.push(article);
        self.focus += 1;
    }

    /// The hashes of the focus, each once, ascending.
    pub fn hashes(&mut self) -> Vec<u32> {
        self.parts
            .par_iter_mut()
            .for_each(|part| part.sort_unstable());
        let parts = self.parts.par_iter().enumerate().map(|(at, part)| {
            let mut hashes: Vec<u32> = part.iter().map(|&p| hash_of(at, p)).collect();
            hashes.dedup();
            hashes
        });
        parts.flatten_iter().collect()
    }

    /// Takes the archive's stars that hold hashes of the focus, before anything is scanned.
    pub fn know(&mut self, stars: ByHash<Star>) {
        let mut known: Hashes = stars.keys().copied().collect();
        for (at, part) in self.parts.iter().enumerate() {
            for &posting in part {
                let hash = hash_of(at, posting);
                let Some(star) = stars.get(&hash) else {
                    continue;
                };
                let article = self.locals[holder(posting).local as usize];
                if star.last().is_none_or(|last| article.rank <= last.rank) {
                    known.remove(&hash);
                }
            }
        }
        let all = self.parts.iter().enumerate();
        let hashes = all.flat_map(|(at, part)| part.iter().map(move |&p| hash_of(at, p)));
        self.wanted = Wanted::new(hashes.filter(|hash| !known.contains(hash)));
        self.stars = stars;
        self.known = known;
    }

    /// An article of the archive passes by.
    pub fn pass(&mut self, article: Sketched, sketch: Packed<'_>) {
        for (at, hash) in sketch.hashes().enumerate() {
            if !self.wanted.holds(hash) {
                continue;
            }
            let local = self.local(article);
            // the focus is in the lists already
            if local >= self.focus {
                let place = sketch.place(at);
                self.parts[part(hash)].push(posting(hash, local, place));
            }
        }
    }

    fn local(&mut self, article: Sketched) -> u32 {
        *self.by_no.entry(article.no).or_insert_with(|| {
            self.locals.push(article);
            self.locals.len() as u32 - 1
        })
    }

    /// Joins. `is_old` says of an article of the focus whether it stood in the archive before.
    pub fn join(mut self, threshold: Threshold, is_old: &dyn Fn(u32) -> bool) -> Linked {
        let mut lists = Lists::new(self.focus);
        let mut linked = Linked::default();
        self.parts
            .par_iter_mut()
            .for_each(|part| part.sort_unstable());
        for at in 0..PARTS {
            let postings = std::mem::take(&mut self.parts[at]);
            for list in postings.chunk_by(|&a, &b| a >> 42 == b >> 42) {
                let Some(&first) = list.first() else { continue };
                let hash = hash_of(at, first);
                self.list(hash, list, is_old, &mut lists, &mut linked);
            }
        }
        lists.index();
        linked.pairs = lists.pairs(&self.locals, threshold);
        linked
    }

    /// Settles one list: short, a star that is known, or a star whose holders are all here.
    fn list(
        &mut self,
        hash: u32,
        postings: &[u64],
        is_old: &dyn Fn(u32) -> bool,
        lists: &mut Lists,
        linked: &mut Linked,
    ) {
        let known = self.known.contains(&hash);
        let before = self.stars.remove(&hash);
        if !known && before.is_none() && postings.len() <= STAR {
            if postings.len() > 1 {
                lists.push(postings, None);
            }
            return;
        }
        if known {
            let centres = before.unwrap_or_default();
            let centres: Vec<Holder> = centres.iter().map(|centre| self.centre(centre)).collect();
            return lists.push(postings, Some(centres));
        }
        let mut by_rank: Vec<(Rank, Holder)> = postings
            .iter()
            .map(|&posting| holder(posting))
            .map(|holder| (self.locals[holder.local as usize].rank, holder))
            .collect();
        by_rank.sort_unstable_by_key(|&(rank, _)| rank);
        by_rank.truncate(CENTRES);
        let after: Star = by_rank
            .iter()
            .map(|&(rank, Holder { local, place })| Centre {
                no: self.locals[local as usize].no,
                place,
                rank,
                size: self.locals[local as usize].size,
            })
            .collect();
        self.loosen(postings, before.as_deref(), &after, is_old, linked);
        if before.as_ref() != Some(&after) {
            linked.stars.push((hash, after));
        }
        lists.push(
            postings,
            Some(by_rank.into_iter().map(|(_, h)| h).collect()),
        );
    }

    fn centre(&mut self, centre: &Centre) -> Holder {
        let local = self.local(Sketched {
            no: centre.no,
            rank: centre.rank,
            size: centre.size,
        });
        Holder {
            local,
            place: centre.place,
        }
    }

    /// Notes the old articles that lose links by a list's becoming a star, or by a centre's giving way.
    fn loosen(
        &self,
        postings: &[u64],
        before: Option<&[Centre]>,
        after: &[Centre],
        is_old: &dyn Fn(u32) -> bool,
        linked: &mut Linked,
    ) {
        let is_centre = |no: u32| after.iter().any(|centre| centre.no == no);
        let lose = |no: &u32| !is_centre(*no) && is_old(*no);
        if let Some(before) = before {
            let centres = before.iter().map(|centre| centre.no);
            linked.loosened.extend(centres.filter(lose));
        } else {
            let holders = postings.iter().map(|&p| holder(p).local as usize);
            let holders = holders.map(|local| self.locals[local].no);
            linked.loosened.extend(holders.filter(lose));
        }
    }
}

/// Whether two old articles are still a candidate pair; `star` gives the centres of a hash that is a star now.
pub fn still_candidates<E>(
    (a, sketch_a): (Sketched, Packed<'_>),
    (b, sketch_b): (Sketched, Packed<'_>),
    threshold: Threshold,
    star: &mut dyn FnMut(u32) -> Result<Option<Star>, E>,
) -> Result<bool, E> {
    let mut shared = Shared::default();
    let mut others = sketch_b.kept().peekable();
    for (hash, place) in sketch_a.kept() {
        while others.next_if(|&(other, _)| other < hash).is_some() {}
        let Some((_, theirs)) = others.next_if(|&(other, _)| other == hash) else {
            continue;
        };
        let linked = star(hash)?.is_none_or(|star| {
            star.iter()
                .any(|centre| centre.no == a.no || centre.no == b.no)
        });
        if linked {
            shared.count(place, theirs);
        }
    }
    Ok(threshold.passes(&shared, a.size, b.size))
}

/// Counting over the settled lists.
mod lists;

#[cfg(test)]
mod tests;
