//! The texts of some rows of an archive, by the handles of a fold.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::{Connection, OptionalExtension};

use super::ArchiveError;
use crate::article::ArticleNo;
use crate::fold::Bodies;

/// A connection that threads share, one statement at a time.
pub type Db = Arc<Mutex<Connection>>;

/// The connection; a thread that broke off in a statement has left it usable.
pub fn lock(db: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    db.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Gives bodies back.
pub struct Texts {
    db: Db,
    /// The row behind each handle.
    rows: Vec<u32>,
}

impl Texts {
    /// The texts of these rows: handle `n` is the `n`th.
    pub fn new(db: Db, rows: Vec<u32>) -> Self {
        Self { db, rows }
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Bodies for Texts {
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>> {
        let row = *self.rows.get(no.index()).ok_or(io::ErrorKind::NotFound)?;
        let packed = packed(&lock(&self.db), row)?;
        unpacked(&packed).map(Cow::Owned)
    }
}

/// The compressed body of a row; empty for a headline, which has none.
pub fn packed(db: &Connection, row: u32) -> Result<Vec<u8>, ArchiveError> {
    let mut statement = db.prepare_cached(
        "SELECT bytes, zstd FROM articles LEFT JOIN bodies ON article = no WHERE no = ?1",
    )?;
    let found = statement
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((0u32, None)) => Ok(Vec::new()),
        Some((_, Some(packed))) => Ok(packed),
        _ => Err(ArchiveError::Corrupt(format!(
            "the text of article {row} is missing"
        ))),
    }
}

/// Unpacks a body.
///
/// # Errors
/// When it is no frame of zstd, or no text.
pub fn unpacked(packed: &[u8]) -> io::Result<String> {
    let broken = |error: &dyn fmt::Display| {
        io::Error::from(ArchiveError::Corrupt(format!(
            "a text cannot be unpacked: {error}"
        )))
    };
    if packed.is_empty() {
        return Ok(String::new());
    }
    // streamed: what a hostile file claims of its size is not believed
    let bytes = zstd::stream::decode_all(packed).map_err(|error| broken(&error))?;
    String::from_utf8(bytes).map_err(|error| broken(&error))
}
