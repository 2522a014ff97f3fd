//! The tables of derived pairs and lists: matches, sketches, stars.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::reach::Reach;
use super::{ArchiveError, star};
use crate::article::{ArticleNo, Key, Rank};
use crate::candidates::{ByHash, Size, Sketched, Star, Stars, Stretch};
use crate::sketch::Packed;
use crate::verify::{Match, Ratio, Relation};

/// Beyond so many hashes the whole table of stars is read instead of looking each one up.
const LOOK_UPS: usize = 200_000;

/// A match between two rows.
pub type Tie = Match;

fn pack(m: &Match) -> [u8; 32] {
    let ratios = [m.jaccard, m.containment, m.verbatim_a, m.verbatim_b];
    let mut bytes = [0; 32];
    for (chunk, number) in bytes
        .chunks_exact_mut(4)
        .zip(ratios.iter().flat_map(|r| [r.of, r.all]))
    {
        chunk.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

fn corrupt(what: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(0, what.into(), rusqlite::types::Type::Blob)
}

/// Reads `a, b, relation, figures`.
fn tie(row: &Row<'_>) -> rusqlite::Result<Tie> {
    let relation = row.get_ref(2)?.as_str()?;
    let relation = Relation::parse(relation).ok_or_else(|| corrupt("relation"))?;
    let figures: [u8; 32] = row.get(3)?;
    let number = |at: usize| {
        let bytes = figures
            .get(at * 4..at * 4 + 4)
            .and_then(|b| b.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    };
    let ratio = |at: usize| Ratio {
        of: number(at * 2),
        all: number(at * 2 + 1),
    };
    Ok(Match {
        a: ArticleNo(row.get(0)?),
        b: ArticleNo(row.get(1)?),
        relation,
        jaccard: ratio(0),
        containment: ratio(1),
        verbatim_a: ratio(2),
        verbatim_b: ratio(3),
    })
}

/// Stores a match of two rows.
pub fn insert(db: &Connection, m: &Tie) -> Result<(), ArchiveError> {
    let m = if m.a.0 < m.b.0 {
        *m
    } else {
        Match {
            a: m.b,
            b: m.a,
            verbatim_a: m.verbatim_b,
            verbatim_b: m.verbatim_a,
            ..*m
        }
    };
    let mut statement = db.prepare_cached(
        "INSERT OR REPLACE INTO matches (a, b, relation, figures) VALUES (?1, ?2, ?3, ?4)",
    )?;
    statement.execute(params![m.a.0, m.b.0, m.relation.as_str(), pack(&m)])?;
    Ok(())
}

/// Deletes the match of two rows.
pub fn delete(db: &Connection, a: u32, b: u32) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached("DELETE FROM matches WHERE a = ?1 AND b = ?2")?;
    statement.execute([a.min(b), a.max(b)])?;
    Ok(())
}

/// The matches of one row.
pub fn of(db: &Connection, no: u32) -> Result<Vec<Tie>, ArchiveError> {
    let mut statement = db.prepare_cached(
        "SELECT a, b, relation, figures FROM matches WHERE a = ?1 \
         UNION ALL SELECT a, b, relation, figures FROM matches WHERE b = ?1",
    )?;
    let ties = statement.query_map([no], tie)?;
    Ok(ties.collect::<Result<_, _>>()?)
}

/// All matches.
pub fn all(db: &Connection) -> Result<Vec<Tie>, ArchiveError> {
    let mut statement = db.prepare("SELECT a, b, relation, figures FROM matches")?;
    let ties = statement.query_map((), tie)?;
    Ok(ties.collect::<Result<_, _>>()?)
}

/// Stores a sketch.
pub fn insert_sketch(
    db: &Connection,
    article: &Sketched,
    packed: &[u8],
) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached(
        "INSERT OR REPLACE INTO sketches (article, tokens, content, key, kept, stretch) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        article.no,
        article.size.tokens,
        article.rank.0 as i64,
        article.rank.1.0 as i64,
        packed,
        article.stretch.0
    ])?;
    Ok(())
}

const SKETCH: &str = "SELECT article, tokens, content, key, kept, stretch FROM sketches";

fn sketched<'r>(row: &'r Row<'_>) -> rusqlite::Result<(Sketched, Packed<'r>)> {
    let packed = Packed::new(row.get_ref(4)?.as_blob()?);
    let article = Sketched {
        no: row.get(0)?,
        rank: Rank(
            row.get::<_, i64>(2)? as u64,
            Key(row.get::<_, i64>(3)? as u64),
        ),
        size: Size {
            kept: packed.kept_hashes(),
            tokens: row.get(1)?,
        },
        stretch: Stretch(row.get(5)?),
    };
    Ok((article, packed))
}

/// Reads the sketches of a reach up to a row.
pub fn scan(
    db: &Connection,
    up_to: u32,
    reach: &Reach,
    each: &mut dyn FnMut(Sketched, Packed<'_>),
) -> Result<(), ArchiveError> {
    for &(first, last) in reach.ranges() {
        // where it is all, the order of the rows is quicker than an index
        let stretch = if *reach == Reach::all() {
            "+stretch"
        } else {
            "stretch"
        };
        let mut statement = db.prepare_cached(&format!(
            "{SKETCH} WHERE article <= ?1 AND {stretch} BETWEEN ?2 AND ?3"
        ))?;
        let mut rows = statement.query(params![up_to, first, last])?;
        while let Some(row) = rows.next()? {
            let (article, packed) = sketched(row)?;
            each(article, packed);
        }
    }
    Ok(())
}

/// One row's sketch, packed.
pub fn sketch(db: &Connection, no: u32) -> Result<Option<(Sketched, Vec<u8>)>, ArchiveError> {
    let mut statement = db.prepare_cached(&format!("{SKETCH} WHERE article = ?1"))?;
    let found = statement.query_row([no], |row| {
        let (article, _) = sketched(row)?;
        Ok((article, row.get(4)?))
    });
    Ok(found.optional()?)
}

/// The star of a hash in a stretch.
pub fn star(db: &Connection, hash: u32, stretch: Stretch) -> Result<Option<Star>, ArchiveError> {
    let mut statement =
        db.prepare_cached("SELECT centres FROM stars WHERE hash = ?1 AND stretch = ?2")?;
    let centres: Option<Vec<u8>> = statement
        .query_row(params![hash, stretch.0], |row| row.get(0))
        .optional()?;
    centres.map(|bytes| unpack(&bytes)).transpose()
}

fn unpack(bytes: &[u8]) -> Result<Star, ArchiveError> {
    star::unpack(bytes).ok_or_else(|| ArchiveError::Corrupt("a star cannot be read".to_owned()))
}

/// The stars of a reach among these hashes (ascending).
pub fn stars(
    db: &Connection,
    hashes: &[u32],
    reach: &Reach,
) -> Result<ByHash<Stars>, ArchiveError> {
    let mut found: ByHash<Stars> = ByHash::default();
    let mut take = |row: &Row<'_>| -> Result<(), ArchiveError> {
        let stretch = Stretch(row.get(1)?);
        if reach.holds(stretch) {
            let centres = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            let stars = found.entry(row.get(0)?).or_default();
            stars.push((stretch, unpack(centres)?));
        }
        Ok(())
    };
    if hashes.len() > LOOK_UPS {
        let mut statement = db.prepare("SELECT hash, stretch, centres FROM stars")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            if hashes.binary_search(&row.get(0)?).is_ok() {
                take(row)?;
            }
        }
        return Ok(found);
    }
    let mut statement = db.prepare_cached(
        "SELECT hash, stretch, centres FROM stars WHERE hash = ?1 AND stretch BETWEEN ?2 AND ?3",
    )?;
    for &hash in hashes {
        for &(first, last) in reach.ranges() {
            let mut rows = statement.query(params![hash, first, last])?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
        }
    }
    Ok(found)
}

/// Stores a star.
pub fn insert_star(
    db: &Connection,
    hash: u32,
    stretch: Stretch,
    star: &Star,
) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached(
        "INSERT OR REPLACE INTO stars (hash, stretch, centres) VALUES (?1, ?2, ?3)",
    )?;
    statement.execute(params![hash, stretch.0, star::pack(star)])?;
    Ok(())
}

/// Deletes a star.
pub fn delete_star(db: &Connection, hash: u32, stretch: Stretch) -> Result<(), ArchiveError> {
    db.prepare_cached("DELETE FROM stars WHERE hash = ?1 AND stretch = ?2")?
        .execute(params![hash, stretch.0])?;
    Ok(())
}
