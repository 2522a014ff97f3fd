//! The texts of some rows of an archive, by the handles of a fold.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::Decompressor;

use super::ArchiveError;
use super::incoming::Incoming;
use crate::article::ArticleNo;
use crate::fold::Bodies;

/// A connection that threads share, one statement at a time.
pub type Db = Arc<Mutex<Connection>>;

/// The connection; a thread that broke off in a statement has left it usable.
pub fn lock(db: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    db.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The compressed texts of an addition: not looked up in the database, where threads wait for each other.
#[derive(Clone, Copy)]
pub struct Fresh<'a> {
    /// The addition.
    pub incoming: &'a Incoming,
    /// The first of its rows.
    pub first: u32,
    /// The place among the incoming, by row from `first` on.
    pub at: &'a [u32],
}

impl<'a> Fresh<'a> {
    fn packed(self, row: u32) -> Option<io::Result<Cow<'a, [u8]>>> {
        let at = self.at.get(row.checked_sub(self.first)? as usize)?;
        Some(self.incoming.body(*at as usize))
    }
}

/// Gives bodies back.
pub struct Texts<'a> {
    db: Db,
    /// The row behind each handle.
    rows: Vec<u32>,
    fresh: Option<Fresh<'a>>,
}

impl<'a> Texts<'a> {
    /// The texts of these rows: handle `n` is the `n`th.
    pub fn new(db: Db, rows: Vec<u32>) -> Self {
        let fresh = None;
        Self { db, rows, fresh }
    }

    /// Takes the texts of an addition from where they came from.
    pub fn with(self, fresh: Option<Fresh<'a>>) -> Self {
        Self { fresh, ..self }
    }
}

impl fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Bodies for Texts<'_> {
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>> {
        let row = *self.rows.get(no.index()).ok_or(io::ErrorKind::NotFound)?;
        if let Some(packed) = self.fresh.and_then(|fresh| fresh.packed(row)) {
            return unpacked(&packed?).map(Cow::Owned);
        }
        let packed = packed(&lock(&self.db), row)?;
        unpacked(&packed).map(Cow::Owned)
    }
}

/// The compressed body of a row; empty for a headline, which has none.
pub fn packed(db: &Connection, row: u32) -> Result<Vec<u8>, ArchiveError> {
    let mut statement = db.prepare_cached("SELECT zstd FROM bodies WHERE article = ?1")?;
    let found = statement.query_row([row], |row| row.get(0)).optional()?;
    if let Some(packed) = found {
        return Ok(packed);
    }
    let mut statement = db.prepare_cached("SELECT bytes FROM articles WHERE no = ?1")?;
    let bytes: Option<u32> = statement.query_row([row], |row| row.get(0)).optional()?;
    match bytes {
        Some(0) => Ok(Vec::new()),
        _ => Err(ArchiveError::Corrupt(format!(
            "the text of article {row} is missing"
        ))),
    }
}

/// Bytes that one byte may unpack to at once; news unpacks to two or three.
const MOST: usize = 64;

thread_local! {
    static UNPACKER: RefCell<Decompressor<'static>> = RefCell::default();
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
    let room = packed.len() * MOST + 1024;
    let at_once = UNPACKER.with_borrow_mut(|unpacker| unpacker.decompress(packed, room));
    // otherwise streamed: what a hostile file claims of its size is not believed
    let bytes = at_once
        .or_else(|_| zstd::stream::decode_all(packed))
        .map_err(|error| broken(&error))?;
    String::from_utf8(bytes).map_err(|error| broken(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_unpacks_however_well_it_was_packed() {
        for text in ["", "A ferry ran aground.", &"na ".repeat(200_000)] {
            let packed = if text.is_empty() {
                Vec::new()
            } else {
                zstd::bulk::compress(text.as_bytes(), 1).unwrap()
            };
            assert_eq!(unpacked(&packed).unwrap(), text);
        }
    }

    #[test]
    fn what_is_broken_is_an_error() {
        let packed = zstd::bulk::compress(b"A ferry ran aground off Norhaven.", 1).unwrap();
        for cut in 1..packed.len() {
            assert!(unpacked(&packed[..cut]).is_err());
        }
        assert!(unpacked(&zstd::bulk::compress(b"\xff\xfe", 1).unwrap()).is_err());
    }
}
