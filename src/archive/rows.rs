//! One article ↔ one row of the table `articles`, with its sightings.

use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

use super::ArchiveError;
use crate::article::{
    AgencyEvidence, Article, Credit, Key, Moment, Place, Published, Rank, Role, TimeUnit,
};
use crate::fold::Member;

/// The columns that [`member`] reads, in its order.
pub const COLUMNS: &str = "no, key, id, role, url, title, publisher, byline, language, published, published_raw, \
    published_unit, fetched, agency, agency_evidence, agency_known, dateline, words, partial, digest, roundup, weak, \
    content, claim, bytes";

/// A row as it was read: the article without its places.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The row.
    pub no: u32,
    /// Its rank.
    pub rank: Rank,
    /// The row's own id where it has one.
    pub claim: Option<String>,
    /// Bytes of the body.
    pub bytes: u32,
    /// The article; `seen` is empty.
    pub member: Member,
}

/// Reads a row of [`COLUMNS`].
pub fn member(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let word = |at: usize| -> rusqlite::Result<Option<String>> { row.get(at) };
    let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
        Ok(word(at)?.as_deref().and_then(Moment::parse))
    };
    let key: String = row.get(1)?;
    let key = Key::parse(&key).ok_or(rusqlite::Error::InvalidColumnType(
        1,
        "key".into(),
        rusqlite::types::Type::Text,
    ))?;
    let article = Article {
        key,
        id: row.get(2)?,
        place: Place {
            source: Arc::from(""),
            offset: 0,
            line: 0,
        },
        role: word(3)?
            .and_then(|w| Role::parse(&w))
            .unwrap_or(Role::Listed),
        url: word(4)?,
        title: word(5)?,
        publisher: word(6)?,
        language: word(8)?,
        published: Published {
            at: moment(9)?,
            raw: word(10)?,
            unit: word(11)?.and_then(|w| TimeUnit::parse(&w)),
        },
        fetched: moment(12)?,
        credit: Credit {
            byline: word(7)?,
            agency: word(13)?,
            evidence: word(14)?.and_then(|w| AgencyEvidence::parse(&w)),
            known: row.get::<_, Option<bool>>(15)?.unwrap_or(false),
            dateline: word(16)?,
        },
        body: String::new(),
        words: row.get(17)?,
        partial: row.get(18)?,
        digest: row.get(19)?,
        weak: word(21)?,
    };
    Ok(Stored {
        no: row.get(0)?,
        rank: Rank(row.get::<_, i64>(22)? as u64, key),
        claim: word(23)?,
        bytes: row.get(24)?,
        member: Member {
            article,
            seen: Vec::new(),
            roundup: row.get(20)?,
            story: None,
        },
    })
}

/// One article by its row, without its places.
pub fn load(db: &Connection, no: u32) -> Result<Option<Stored>, ArchiveError> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS} FROM articles WHERE no = ?1"))?;
    Ok(statement.query_row([no], member).optional()?)
}

/// One article by its key, without its places.
pub fn find(db: &Connection, key: Key) -> Result<Option<Stored>, ArchiveError> {
    let mut statement =
        db.prepare_cached(&format!("SELECT {COLUMNS} FROM articles WHERE key = ?1"))?;
    Ok(statement.query_row([key.to_string()], member).optional()?)
}

/// The places of an article, in the order of arrival.
pub fn places(db: &Connection, no: u32) -> Result<Vec<Place>, ArchiveError> {
    let mut statement = db.prepare_cached(
        "SELECT source, \"offset\", line FROM sightings WHERE article = ?1 ORDER BY n",
    )?;
    let places = statement.query_map([no], |row| {
        Ok(Place {
            source: Arc::from(row.get::<_, String>(0)?),
            offset: row.get::<_, i64>(1)? as u64,
            line: row.get::<_, i64>(2)? as u64,
        })
    })?;
    Ok(places.collect::<Result<_, _>>()?)
}

/// Writes the places of an article from the `n`th on.
pub fn insert_places(
    db: &Connection,
    no: u32,
    run: i64,
    n: usize,
    places: &[Place],
) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached(
        "INSERT INTO sightings (article, n, run, source, \"offset\", line) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for (place, n) in places.iter().zip(n as i64..) {
        statement.execute(params![
            no,
            n,
            run,
            &*place.source,
            place.offset as i64,
            place.line as i64
        ])?;
    }
    Ok(())
}

/// Writes a new article's row, but for its places.
pub fn insert(
    db: &Connection,
    no: u32,
    run: i64,
    (content, bytes): (u64, u32),
    member: &Member,
) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached(
        "INSERT INTO articles (no, run, key, content, claim, id, role, url, title, publisher, byline, language, published, \
         published_raw, published_unit, fetched, agency, agency_evidence, agency_known, dateline, words, partial, digest, \
         roundup, weak, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let article = &member.article;
    let key = article.key.to_string();
    statement.raw_bind_parameter(1, no)?;
    statement.raw_bind_parameter(2, run)?;
    statement.raw_bind_parameter(4, content as i64)?;
    statement.raw_bind_parameter(5, (article.id != key).then_some(&article.id))?;
    statement.raw_bind_parameter(3, key)?;
    statement.raw_bind_parameter(26, bytes)?;
    statement.raw_bind_parameter(8, &article.url)?;
    statement.raw_bind_parameter(9, &article.title)?;
    statement.raw_bind_parameter(10, &article.publisher)?;
    bind_settled(&mut statement, 7, member)?;
    statement.raw_execute()?;
    Ok(())
}

/// Writes what sightings settle, over the row of a known article.
pub fn update(db: &Connection, no: u32, member: &Member) -> Result<(), ArchiveError> {
    let mut statement = db.prepare_cached(
        "UPDATE articles SET role = ?2, id = ?1, byline = ?6, language = ?7, published = ?8, published_raw = ?9, \
         published_unit = ?10, fetched = ?11, agency = ?12, agency_evidence = ?13, agency_known = ?14, dateline = ?15, \
         words = ?16, partial = ?17, digest = ?18, roundup = ?19, weak = ?20 WHERE no = ?21",
    )?;
    bind_settled(&mut statement, 2, member)?;
    statement.raw_bind_parameter(21, no)?;
    statement.raw_execute()?;
    Ok(())
}

/// Binds id, role and all that follows the publisher; `role` is the place of the role's parameter.
fn bind_settled(
    statement: &mut CachedStatement<'_>,
    role: usize,
    member: &Member,
) -> Result<(), ArchiveError> {
    let article = &member.article;
    let credit = &article.credit;
    let time = |at: Option<Moment>| at.map(|at| at.to_string());
    statement.raw_bind_parameter(role - 1, &article.id)?;
    statement.raw_bind_parameter(role, article.role.as_str())?;
    let rest: [&dyn rusqlite::ToSql; 15] = [
        &credit.byline,
        &article.language,
        &time(article.published.at),
        &article.published.raw,
        &article.published.unit.map(TimeUnit::as_str),
        &time(article.fetched),
        &credit.agency,
        &credit.evidence.map(AgencyEvidence::as_str),
        &credit.agency.as_ref().map(|_| credit.known),
        &credit.dateline,
        &article.words,
        &article.partial,
        &article.digest,
        &member.roundup,
        &article.weak,
    ];
    for (value, at) in rest.into_iter().zip(role + 4..) {
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}
