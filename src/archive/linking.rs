//! What an addition changes among the matches: pairs of its articles are found, judged and stored; matches of old
//! articles that are no candidates any more are taken away.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use super::add::Job;
use super::link::{Linked, Linker, Sketched, still_candidates};
use super::locals::Locals;
use super::sketches::Packed;
use super::star::Star;
use super::texts::{Fresh, Texts};
use super::{ArchiveError, matches};
use crate::article::ArticleNo;
use crate::candidates::{Pair, Threshold};
use crate::fold::{judge, may_match};
use crate::progress::Phase;
use crate::verify::Match;

impl Job<'_> {
    /// The pairs of the focus that must be judged, as handles; matches of others that are no candidates any more are
    /// taken away.
    pub(super) fn pairs(
        &self,
        db: &Connection,
        mut linker: Linker,
        locals: &mut Locals,
        fresh: u32,
        retimed: &BTreeSet<u32>,
        touched: &mut BTreeSet<u32>,
    ) -> Result<Vec<Pair>, ArchiveError> {
        self.progress.start(Phase::Join, u64::from(fresh));
        // to an empty archive everything is new
        if fresh > 1 {
            let hashes = linker.hashes();
            linker.know(matches::stars(db, &hashes)?);
            matches::scan(db, fresh - 1, &mut |article, sketch| {
                linker.pass(article, sketch);
            })?;
        }
        let linked = linker.join(Threshold::default(), &|no| no < fresh);
        for (hash, star) in &linked.stars {
            matches::insert_star(db, *hash, star)?;
        }
        unlink(db, &linked, fresh, retimed, touched)?;
        let mut pairs = Vec::with_capacity(linked.pairs.len());
        for &(a, b) in &linked.pairs {
            let (a, b) = (locals.handle(db, a)?, locals.handle(db, b)?);
            let article = |no: ArticleNo| &locals.members[no.index()].article;
            if may_match(article(a), article(b), self.window) {
                pairs.push(Pair {
                    a,
                    b,
                    hits: 0,
                    close: true,
                });
            }
        }
        Ok(pairs)
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

/// Stores the matches that were found.
pub(super) fn note(
    db: &Connection,
    found: &[Match],
    locals: &Locals,
    touched: &mut BTreeSet<u32>,
) -> Result<(), ArchiveError> {
    let mut stored: Vec<_> = found.iter().map(|m| locals.stored(m)).collect();
    stored.sort_unstable_by_key(|m| (m.a.0.min(m.b.0), m.a.0.max(m.b.0)));
    for m in &stored {
        matches::insert(db, m)?;
        touched.extend([m.a.0, m.b.0]);
    }
    Ok(())
}

/// Articles whose time changed are linked anew: which pairs lie in the window is another question now.
pub(super) fn relink(
    db: &Connection,
    retimed: &BTreeSet<u32>,
    linker: &mut Linker,
    touched: &mut BTreeSet<u32>,
) -> Result<(), ArchiveError> {
    for &no in retimed {
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
    fresh: u32,
    retimed: &BTreeSet<u32>,
    touched: &mut BTreeSet<u32>,
) -> Result<(), ArchiveError> {
    let mut pairs = BTreeSet::new();
    let is_old = |no: u32| no < fresh && !retimed.contains(&no);
    for &no in &linked.loosened {
        let ties = matches::of(db, no)?.into_iter().map(|m| (m.a.0, m.b.0));
        pairs.extend(ties.filter(|&(a, b)| is_old(a) && is_old(b)));
    }
    let mut sketches: BTreeMap<u32, Option<(Sketched, Vec<u8>)>> = BTreeMap::new();
    let mut stars: HashMap<u32, Option<Star>> = HashMap::new();
    for (a, b) in pairs {
        for no in [a, b] {
            if let Entry::Vacant(entry) = sketches.entry(no) {
                entry.insert(matches::sketch(db, no)?);
            }
        }
        let (Some(Some(one)), Some(Some(other))) = (sketches.get(&a), sketches.get(&b)) else {
            continue;
        };
        let mut star = |hash: u32| -> Result<Option<Star>, ArchiveError> {
            if let Some(star) = stars.get(&hash) {
                return Ok(star.clone());
            }
            let star = matches::star(db, hash)?;
            stars.insert(hash, star.clone());
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
