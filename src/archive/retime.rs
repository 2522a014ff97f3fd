//! Articles of an archive with a window whose time is another now: an article that is seen again may turn out to be
//! older than it seemed. It leaves the lists of one stretch for those of another; a star that it leaves may become a short
//! list, or need another centre.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::reach::Reach;
use super::{ArchiveError, matches};
use crate::article::Rank;
use crate::candidates::{CENTRES, Centre, STAR, Star, Stretch};

/// An article's time before, as a stretch, and now.
pub type Move = (Stretch, Stretch);

/// Puts articles into their new stretches and settles the stars that they leave. All rows that must be linked anew: these,
/// and those to which the stars meant something.
pub fn settle(db: &Connection, moves: &BTreeMap<u32, Move>) -> Result<BTreeSet<u32>, ArchiveError> {
    let mut anew: BTreeSet<u32> = moves.keys().copied().collect();
    let mut left: BTreeMap<Stretch, BTreeMap<u32, Star>> = BTreeMap::new();
    for (&no, &(from, to)) in moves.iter().filter(|(_, (from, to))| from != to) {
        db.prepare_cached("UPDATE sketches SET stretch = ?2 WHERE article = ?1")?
            .execute(params![no, to.0])?;
        let Some((_, packed)) = matches::sketch(db, no)? else {
            continue;
        };
        for (hash, _) in crate::sketch::Packed::new(&packed).kept() {
            if let Some(star) = matches::star(db, hash, from)? {
                left.entry(from).or_default().insert(hash, star);
            }
        }
    }
    for (stretch, stars) in left {
        anew.extend(recount(db, stretch, &stars)?);
    }
    Ok(anew)
}

/// Makes stars of a stretch again from those that hold them now; the rows whose links change by it.
fn recount(
    db: &Connection,
    stretch: Stretch,
    stars: &BTreeMap<u32, Star>,
) -> Result<BTreeSet<u32>, ArchiveError> {
    let mut holders: BTreeMap<u32, Vec<(Rank, Centre)>> = BTreeMap::new();
    matches::scan(
        db,
        u32::MAX,
        &Reach::only(stretch),
        &mut |article, sketch| {
            for (hash, place) in sketch.kept().filter(|(hash, _)| stars.contains_key(hash)) {
                let centre = Centre {
                    no: article.no,
                    place,
                    rank: article.rank,
                    size: article.size,
                };
                holders
                    .entry(hash)
                    .or_default()
                    .push((article.rank, centre));
            }
        },
    )?;
    let mut changed = BTreeSet::new();
    for (&hash, before) in stars {
        let mut holders = holders.remove(&hash).unwrap_or_default();
        if holders.len() <= STAR {
            matches::delete_star(db, hash, stretch)?;
            changed.extend(holders.iter().map(|(_, centre)| centre.no));
            continue;
        }
        holders.sort_unstable_by_key(|&(rank, _)| rank);
        holders.truncate(CENTRES);
        let after: Star = holders.into_iter().map(|(_, centre)| centre).collect();
        if after != *before {
            matches::insert_star(db, hash, stretch, &after)?;
            // one that came may have taken the place of another
            changed.extend(before.iter().chain(&after).map(|centre| centre.no));
        }
    }
    Ok(changed)
}
