//! What an addition changes among the matches: pairs of its articles are found, judged and stored; matches of old
//! articles that are no candidates any more are taken away.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use super::add::Job;
use super::locals::Locals;
use super::reach::Reach;
use super::texts::{Fresh, Texts};
use super::{ArchiveError, matches};
use crate::article::{ArticleNo, Key, Rank};
use crate::candidates::{
    Centre, Linked, Linker, Pair, Postings, Sketched, Star, Stretch, Threshold, still_candidates,
};
use crate::fold::{judge, may_match};
use crate::progress::Phase;
use crate::sketch::Packed;
use crate::verify::Match;

/// What is linked: the new articles beside their postings; those that are known or have no body as `None`.
pub(super) struct Focus {
    pub(super) postings: Postings,
    pub(super) articles: Vec<Option<Sketched>>,
}

impl Job<'_> {
    /// The pairs of the focus that must be judged, as handles; matches of others that are no candidates any more are
    /// taken away. Rows from `fresh` on are new; old ones in `anew` are linked once more.
    pub(super) fn pairs(
        &self,
        db: &Connection,
        focus: Focus,
        locals: &mut Locals,
        (fresh, anew): (u32, &BTreeSet<u32>),
        touched: &mut BTreeSet<u32>,
    ) -> Result<Vec<Pair>, ArchiveError> {
        self.progress.start(Phase::Join, u64::from(fresh));
        // to an empty archive everything is new
        let linked = if fresh == 1 && self.window.is_none() {
            link_all(focus)
        } else {
            let mut linker = Linker::of(focus.postings, &focus.articles);
            relink(db, anew, &mut linker, touched)?;
            if fresh > 1 {
                self.pass(db, &mut linker, fresh)?;
            }
            linker.join(Threshold::default(), &|no| no < fresh)
        };
        for (hash, stretch, star) in &linked.stars {
            matches::insert_star(db, *hash, *stretch, star)?;
        }
        unlink(db, &linked, (fresh, anew), touched)?;
        let mut pairs = Vec::with_capacity(linked.pairs.len());
        for pair in linked.pairs {
            let (a, b) = (locals.handle(db, pair.a.0)?, locals.handle(db, pair.b.0)?);
            let article = |no: ArticleNo| &locals.members[no.index()].article;
            if may_match(article(a), article(b), self.window) {
                pairs.push(Pair { a, b, ..pair });
            }
        }
        Ok(pairs)
    }

    /// Lets the archive's sketches pass by the focus, as far as the window reaches.
    fn pass(&self, db: &Connection, linker: &mut Linker, fresh: u32) -> Result<(), ArchiveError> {
        let reach = match self.window {
            Some(_) => Reach::of(&linker.stretches()),
            None => Reach::all(),
        };
        let hashes = linker.hashes();
        linker.know(matches::stars(db, &hashes, &reach)?);
        matches::scan(db, fresh - 1, &reach, &mut |article, sketch| {
            linker.pass(article, sketch);
        })
    }

    /// The matches among some pairs.
    pub(super) fn judge(
        &self,
        pairs: &[Pair],
        locals: &Locals,
        fresh: Option<Fresh<'_>>,
    ) -> Result<Vec<Match>, ArchiveError> {
        let texts = Texts::new(self.db.clone(), locals.rows.clone()).with(fresh);
        Ok(judge(pairs, &locals.members, &texts, self.progress)?)
    }
}

/// Stores matches.
pub(super) fn note(db: &Connection, stored: &[Match]) -> Result<(), ArchiveError> {
    for m in stored {
        matches::insert(db, m)?;
    }
    Ok(())
}

/// Joins articles that stand in no archive yet.
fn link_all(Focus { postings, articles }: Focus) -> Linked {
    let rank = |article: &Option<Sketched>| article.map_or(Rank(0, Key(0)), |article| article.rank);
    let ranks: Vec<Rank> = articles.iter().map(rank).collect();
    let join = postings.seal(&ranks);
    // what has no body stands in no list
    let article = |no: ArticleNo| articles.get(no.index()).copied().flatten();
    let stars = join.stars().map(|(hash, centres)| {
        let centres = centres.into_iter().filter_map(|(no, place)| {
            article(no).map(|article| Centre {
                no: article.no,
                place,
                rank: article.rank,
                size: article.size,
            })
        });
        let mut star: Star = centres.collect();
        star.sort_unstable_by_key(|centre| centre.rank);
        (hash, Stretch::WHOLE, star)
    });
    let row = |no: ArticleNo| article(no).map(|article| ArticleNo(article.no));
    let pairs = join.pairs(Threshold::default()).into_iter();
    Linked {
        stars: stars.collect(),
        pairs: pairs
            .filter_map(|pair| {
                Some(Pair {
                    a: row(pair.a)?,
                    b: row(pair.b)?,
                    ..pair
                })
            })
            .collect(),
        loosened: BTreeSet::new(),
    }
}

/// Old articles that must be linked once more: all their matches are found again.
fn relink(
    db: &Connection,
    anew: &BTreeSet<u32>,
    linker: &mut Linker,
    touched: &mut BTreeSet<u32>,
) -> Result<(), ArchiveError> {
    touched.extend(anew);
    for &no in anew {
        for m in matches::of(db, no)? {
            touched.extend([m.a.0, m.b.0]);
            matches::delete(db, m.a.0, m.b.0)?;
        }
        if let Some((sketched, packed)) = matches::sketch(db, no)? {
            linker.push(sketched, Packed::new(&packed));
        }
    }
    Ok(())
}

/// Deletes matches of old articles that the addition's longer lists no longer make candidates.
fn unlink(
    db: &Connection,
    linked: &Linked,
    (fresh, anew): (u32, &BTreeSet<u32>),
    touched: &mut BTreeSet<u32>,
) -> Result<(), ArchiveError> {
    let mut pairs = BTreeSet::new();
    let is_old = |no: u32| no < fresh && !anew.contains(&no);
    for &no in &linked.loosened {
        let ties = matches::of(db, no)?.into_iter().map(|m| (m.a.0, m.b.0));
        pairs.extend(ties.filter(|&(a, b)| is_old(a) && is_old(b)));
    }
    let mut sketches: BTreeMap<u32, Option<(Sketched, Vec<u8>)>> = BTreeMap::new();
    let mut stars: HashMap<(u32, Stretch), Option<Star>> = HashMap::new();
    for (a, b) in pairs {
        for no in [a, b] {
            if let Entry::Vacant(entry) = sketches.entry(no) {
                entry.insert(matches::sketch(db, no)?);
            }
        }
        let (Some(Some(one)), Some(Some(other))) = (sketches.get(&a), sketches.get(&b)) else {
            continue;
        };
        let mut star = |hash: u32, stretch: Stretch| -> Result<Option<Star>, ArchiveError> {
            if let Some(star) = stars.get(&(hash, stretch)) {
                return Ok(star.clone());
            }
            let star = matches::star(db, hash, stretch)?;
            stars.insert((hash, stretch), star.clone());
            Ok(star)
        };
        let still = still_candidates(
            (one.0, Packed::new(&one.1)),
            (other.0, Packed::new(&other.1)),
            Threshold::default(),
            &mut star,
        )?;
        if !still {
            matches::delete(db, a, b)?;
            touched.extend([a, b]);
        }
    }
    Ok(())
}
