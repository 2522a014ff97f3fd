//! The join of some articles with others that pass by once: the candidate pairs of a *focus* with all, exactly as
//! [`Join`](super::Join) would count them over the whole set. An archive's additions are joined so, and whatever has a
//! window.
//!
//! The articles of the focus lie in memory; others stream past them. Of a list that was longer than [`STAR`] before, the
//! centres are known, and its holders are collected only where the focus changes them. Links between others can only be
//! lost, when a list grows into a star or a centre gives way: [`Linked::loosened`] names who must be looked at.

use std::collections::BTreeSet;

use rayon::prelude::*;

use lists::{Holder, Lists, Settled, holder};

use super::postings::{self, PARTS};
use super::stretch::Stretch;
use super::wanted::{ByHash, Hashes, Wanted};
use super::{CENTRES, Pair, Postings, STAR, Shared, Size, Threshold};
use crate::article::Rank;
use crate::sketch::Packed;

/// An article of the join.
#[derive(Clone, Copy, Debug)]
pub struct Sketched {
    /// Its number, or its row.
    pub no: u32,
    /// Its rank.
    pub rank: Rank,
    /// Of its sketch.
    pub size: Size,
    /// When it appeared.
    pub stretch: Stretch,
}

/// An article that all holders of a hash in its stretch are linked to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Centre {
    /// Its row.
    pub no: u32,
    /// Where the hash stands in it.
    pub place: u16,
    /// Its rank.
    pub rank: Rank,
    /// Of its sketch.
    pub size: Size,
}

/// All centres of one list, by rank.
pub type Star = Vec<Centre>;

/// The stars of one hash, by stretch.
pub type Stars = Vec<(Stretch, Star)>;

/// What the join found.
#[derive(Debug, Default)]
pub struct Linked {
    /// The candidate pairs of the focus, each once, in a defined order: `a` stands in the focus.
    pub pairs: Vec<Pair>,
    /// Stars that are new or have other centres, by hash.
    pub stars: Vec<(u32, Stretch, Star)>,
    /// Old articles that may have lost links to other old ones.
    pub loosened: BTreeSet<u32>,
}

/// Gathers the focus, then what others have of its hashes.
#[derive(Debug)]
pub struct Linker {
    /// The focus first, then others as they are met.
    locals: Vec<Sketched>,
    focus: u32,
    by_no: ByHash<u32>,
    /// Postings as in the index of a fold, with the places of articles among the locals.
    parts: Vec<Vec<u64>>,
    /// Stars from before that hold hashes of the focus.
    stars: ByHash<Stars>,
    /// The hashes whose stars the focus does not change.
    known: Hashes,
    wanted: Wanted,
}

impl Default for Linker {
    fn default() -> Self {
        Self::of(Postings::default(), &[])
    }
}

impl Linker {
    /// The focus from an index; `articles` stand beside it, those that are not of the focus as `None`.
    pub fn of(postings: Postings, articles: &[Option<Sketched>]) -> Self {
        let mut place = vec![None; articles.len()];
        let mut locals = Vec::new();
        for (article, place) in articles.iter().zip(&mut place) {
            if let Some(article) = article {
                *place = Some(locals.len() as u32);
                locals.push(*article);
            }
        }
        let mut parts = postings.into_parts();
        if locals.len() < articles.len() {
            parts.par_iter_mut().for_each(|part| {
                part.retain_mut(|posting| {
                    let local = place[holder(*posting).local as usize];
                    local.is_some_and(|local| {
                        *posting = postings::moved(*posting, local);
                        true
                    })
                });
            });
        }
        let by_no = locals.iter().map(|article| article.no).zip(0..).collect();
        Self {
            focus: locals.len() as u32,
            locals,
            by_no,
            parts,
            stars: ByHash::default(),
            known: Hashes::default(),
            wanted: Wanted::default(),
        }
    }

    /// Adds an article to the focus, if it is not there.
    pub fn push(&mut self, article: Sketched, sketch: Packed<'_>) {
        let local = self.locals.len() as u32;
        if *self.by_no.entry(article.no).or_insert(local) != local {
            return;
        }
        for (hash, place) in sketch.kept() {
            self.parts[postings::part(hash)].push(postings::posting(hash, local, place));
        }
        self.locals.push(article);
        self.focus += 1;
    }

    /// The stretches that the focus lies in.
    pub fn stretches(&self) -> BTreeSet<Stretch> {
        self.locals.iter().map(|article| article.stretch).collect()
    }

    /// The hashes of the focus, each once, ascending.
    pub fn hashes(&mut self) -> Vec<u32> {
        self.parts
            .par_iter_mut()
            .for_each(|part| part.sort_unstable());
        let parts = self.parts.par_iter().enumerate().map(|(at, part)| {
            let mut hashes: Vec<u32> = part.iter().map(|&p| postings::hash(at, p)).collect();
            hashes.dedup();
            hashes
        });
        parts.flatten_iter().collect()
    }

    /// Takes the stars that hold hashes of the focus, before anything passes by.
    pub fn know(&mut self, stars: ByHash<Stars>) {
        let mut known: Hashes = stars.keys().copied().collect();
        for (at, part) in self.parts.iter().enumerate() {
            for &posting in part {
                let hash = postings::hash(at, posting);
                let Some(stars) = stars.get(&hash) else {
                    continue;
                };
                let article = self.locals[holder(posting).local as usize];
                let mut own = stars.iter().filter(|(at, _)| *at == article.stretch);
                let last = own.next().and_then(|(_, star)| star.last());
                if last.is_none_or(|last| article.rank <= last.rank) {
                    known.remove(&hash);
                }
            }
        }
        let all = self.parts.iter().enumerate();
        let hashes = all.flat_map(|(at, part)| part.iter().map(move |&p| postings::hash(at, p)));
        self.wanted = Wanted::new(hashes.filter(|hash| !known.contains(hash)));
        self.stars = stars;
        self.known = known;
    }

    /// An article passes by. All of a stretch must, if one does.
    pub fn pass(&mut self, article: Sketched, sketch: Packed<'_>) {
        for (at, hash) in sketch.hashes().enumerate() {
            if !self.wanted.holds(hash) {
                continue;
            }
            let local = self.local(article);
            // the focus is in the lists already
            if local >= self.focus {
                let place = sketch.place(at);
                self.parts[postings::part(hash)].push(postings::posting(hash, local, place));
            }
        }
    }

    fn local(&mut self, article: Sketched) -> u32 {
        *self.by_no.entry(article.no).or_insert_with(|| {
            self.locals.push(article);
            self.locals.len() as u32 - 1
        })
    }

    /// Joins. `is_old` says of an article of the focus whether it was there before.
    pub fn join(mut self, threshold: Threshold, is_old: &dyn Fn(u32) -> bool) -> Linked {
        let mut lists = Lists::new(self.focus);
        let mut linked = Linked::default();
        self.parts
            .par_iter_mut()
            .for_each(|part| part.sort_unstable());
        let mut group = Vec::new();
        for at in 0..PARTS {
            let postings = std::mem::take(&mut self.parts[at]);
            for list in postings.chunk_by(|&a, &b| postings::list_of(a) == postings::list_of(b)) {
                let Some(&first) = list.first() else { continue };
                group.clear();
                group.extend(list.iter().map(|&posting| holder(posting)));
                self.hash(
                    postings::hash(at, first),
                    &mut group,
                    is_old,
                    &mut lists,
                    &mut linked,
                );
            }
        }
        lists.index();
        linked.pairs = lists.pairs(&self.locals, threshold);
        linked
    }

    /// Settles the lists of one hash, stretch by stretch: short, a star that is known, or a star whose holders are all
    /// here.
    fn hash(
        &mut self,
        hash: u32,
        holders: &mut [Holder],
        is_old: &dyn Fn(u32) -> bool,
        lists: &mut Lists,
        linked: &mut Linked,
    ) {
        let before = self.stars.remove(&hash).unwrap_or_default();
        if holders.len() == 1 && before.is_empty() {
            return;
        }
        let stretch = |locals: &[Sketched], holder: Holder| locals[holder.local as usize].stretch;
        holders.sort_by_key(|&holder| stretch(&self.locals, holder));
        let mut settled: Vec<Settled<'_>> = holders
            .chunk_by(|&a, &b| stretch(&self.locals, a) == stretch(&self.locals, b))
            .map(|holders| Settled {
                stretch: holders
                    .first()
                    .map_or(Stretch::WHOLE, |&h| stretch(&self.locals, h)),
                holders,
                centres: None,
            })
            .collect();
        if self.known.contains(&hash) {
            // its own centres are all that such a list links an article to
            for list in &mut settled {
                let star = before.iter().find(|(stretch, _)| *stretch == list.stretch);
                let centres = star.iter().flat_map(|(_, star)| star);
                let centres = centres.map(|centre| self.centre(centre, list.stretch));
                list.centres = Some(centres.collect());
            }
        } else {
            for list in settled.iter_mut().filter(|list| list.holders.len() > STAR) {
                let star = before.iter().find(|(stretch, _)| *stretch == list.stretch);
                let star = star.map(|(_, star)| &star[..]);
                list.centres = Some(self.star((hash, list), star, is_old, linked));
            }
        }
        lists.push(&settled);
    }

    /// The centres of a long list whose holders are all here.
    fn star(
        &self,
        (hash, list): (u32, &Settled<'_>),
        before: Option<&[Centre]>,
        is_old: &dyn Fn(u32) -> bool,
        linked: &mut Linked,
    ) -> Vec<Holder> {
        let rank = |holder: &Holder| self.locals[holder.local as usize].rank;
        let mut by_rank: Vec<(Rank, Holder)> = list
            .holders
            .iter()
            .map(|holder| (rank(holder), *holder))
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
        self.loosen(list.holders, before, &after, is_old, linked);
        if before != Some(&after) {
            linked.stars.push((hash, list.stretch, after));
        }
        by_rank.into_iter().map(|(_, holder)| holder).collect()
    }

    fn centre(&mut self, centre: &Centre, stretch: Stretch) -> Holder {
        let local = self.local(Sketched {
            no: centre.no,
            rank: centre.rank,
            size: centre.size,
            stretch,
        });
        Holder {
            local,
            place: centre.place,
        }
    }

    /// Notes the old articles that lose links by a list's becoming a star, or by a centre's giving way.
    fn loosen(
        &self,
        holders: &[Holder],
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
            let holders = holders.iter().map(|holder| holder.local as usize);
            let holders = holders.map(|local| self.locals[local].no);
            linked.loosened.extend(holders.filter(lose));
        }
    }
}

/// Whether two old articles are still a candidate pair; `star` gives the centres of a list that is a star now.
pub fn still_candidates<E>(
    (a, sketch_a): (Sketched, Packed<'_>),
    (b, sketch_b): (Sketched, Packed<'_>),
    threshold: Threshold,
    star: &mut dyn FnMut(u32, Stretch) -> Result<Option<Star>, E>,
) -> Result<bool, E> {
    let mut shared = Shared::default();
    let mut others = sketch_b.kept().peekable();
    for (hash, place) in sketch_a.kept() {
        while others.next_if(|&(other, _)| other < hash).is_some() {}
        let Some((_, theirs)) = others.next_if(|&(other, _)| other == hash) else {
            continue;
        };
        let stars = [star(hash, a.stretch)?, star(hash, b.stretch)?];
        let holds =
            |star: &Option<Star>, no: u32| star.iter().flatten().any(|centre| centre.no == no);
        let linked = if a.stretch == b.stretch {
            stars.iter().all(Option::is_none) || holds(&stars[0], a.no) || holds(&stars[1], b.no)
        } else {
            let stands = |star: &Option<Star>, no: u32| star.is_none() || holds(star, no);
            stands(&stars[0], a.no) && stands(&stars[1], b.no)
        };
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
