//! Full-text search by FTS5 over titles and texts. The index is made by the first search and caught up by later ones:
//! who never searches pays nothing, and a first fill stays quick.

use rusqlite::Connection;

use super::{ArchiveError, schema, texts};

/// Indexes what has come since the last search, in a transaction of its own.
pub fn catch_up(db: &Connection) -> Result<(), ArchiveError> {
    let last: u32 = db.query_row("SELECT coalesce(max(no), 0) FROM articles", (), |row| {
        row.get(0)
    })?;
    if done(db)? >= last {
        return Ok(());
    }
    db.execute_batch("BEGIN IMMEDIATE")?;
    let result = index(db);
    db.execute_batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    result
}

fn done(db: &Connection) -> Result<u32, ArchiveError> {
    Ok(schema::meta(db, "searchable")?.unwrap_or(0))
}

fn index(db: &Connection) -> Result<(), ArchiveError> {
    // without the texts, which stand compressed in their own table
    db.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(title, body, content='', contentless_delete=1, detail=full, \
         tokenize='unicode61 remove_diacritics 2')",
    )?;
    let from = done(db)?;
    let mut articles =
        db.prepare("SELECT no, title, bytes FROM articles WHERE no > ?1 ORDER BY no")?;
    let mut insert = db.prepare("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?;
    let mut rows = articles.query([from])?;
    let mut last = from;
    while let Some(row) = rows.next()? {
        let (no, title, bytes): (u32, Option<String>, u32) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let body = if bytes > 0 {
            texts::unpacked(&texts::packed(db, no)?)?
        } else {
            String::new()
        };
        insert.execute((no, title, body))?;
        last = no;
    }
    schema::set_meta(db, "searchable", &last)
}

/// The rows that hold all these words, as a JSON list.
pub fn find(db: &Connection, words: &str) -> Result<String, ArchiveError> {
    // each word quoted: what is typed is never FTS5's own syntax
    let quoted: Vec<String> = words
        .split_whitespace()
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    if quoted.is_empty() {
        return Ok("[]".to_owned());
    }
    let mut statement =
        db.prepare("SELECT json_group_array(rowid) FROM words WHERE words MATCH ?1")?;
    Ok(statement.query_row([quoted.join(" ")], |row| row.get(0))?)
}
