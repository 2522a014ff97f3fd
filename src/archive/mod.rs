//! The archive: articles and their stories in one SQLite file, equal to one fold of all that was ever added.
//!
//! *Locking.* An addition reads and prepares its inputs first, then takes the one write lock (`BEGIN IMMEDIATE`), looks
//! up, links and writes, and commits once: it is there whole or not at all. Others wait for the lock as long as they were
//! told to. Readers never wait and see whole additions only (WAL); only a first fill, which leaves nothing to read while it
//! lasts, does without that log.
//! *Compatibility.* `application_id` and `user_version` tell what a file is; older schemas are migrated by the first
//! addition, a newer one is refused. Derived tables made with other tokens, sketches or thresholds are made again.
//! *Cost.* An addition scans the archive's sketches once (some 450 bytes an article; with a window only those that lie in
//! reach of it) and otherwise touches only what its articles are linked to.
//! *Filesystems.* WAL needs a local disk; other hosts pipe to the one that has it.

mod add;
mod care;
mod error;
mod export;
mod incoming;
mod linking;
mod locals;
mod matches;
mod query;
mod reach;
mod read;
mod rebuild;
mod retime;
mod rows;
mod schema;
mod search;
mod star;
mod store;
mod stories;
mod story_rows;
mod texts;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use add::{Addition, Told};
pub use care::Info;
pub use error::ArchiveError;
pub use incoming::{Incoming, Prepared, prepared};
pub use query::Query;
use schema::State;
use texts::{Db, lock};

/// How an archive is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for another job's lock.
    pub wait: Duration,
    /// Two articles match only if their times lie within so many seconds; `None`: as the archive has it.
    pub window: Option<i64>,
    /// Threads; 0: as many as there are processors.
    pub threads: usize,
    /// Whether stories are grouped into events when they are read.
    pub events: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(60),
            window: None,
            threads: 0,
            events: true,
        }
    }
}

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    db: Db,
    path: PathBuf,
    options: Options,
}

impl Archive {
    /// Opens an archive to add to it; makes the file if there is none.
    ///
    /// # Errors
    /// When it cannot be opened or must not be written.
    pub fn open(path: &Path, options: Options) -> Result<Self, ArchiveError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = connect(path, flags, &options)?;
        // an empty file is filled first: a log would hold everything a second time
        if schema::state(&db)? != State::Empty {
            log_ahead(&db, options.wait)?;
        }
        // every commit is on the disk before it is reported
        db.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self::of(db, path, options))
    }

    /// Opens an archive that must be there, to read it.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn read(path: &Path, options: Options) -> Result<Self, ArchiveError> {
        let db = reader(path, &options)?;
        Ok(Self::of(db, path, options))
    }

    fn of(db: Connection, path: &Path, options: Options) -> Self {
        Self {
            db: Arc::new(Mutex::new(db)),
            path: path.to_owned(),
            options,
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Sets the mode that stands in the file. While others make or leave the log, SQLite refuses without waiting.
fn log_ahead(db: &Connection, wait: Duration) -> Result<(), ArchiveError> {
    let started = Instant::now();
    loop {
        let mode =
            db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode.map_err(ArchiveError::from) {
            Ok(mode) if mode.eq_ignore_ascii_case("wal") => return Ok(()),
            Ok(_) => {
                return Err(ArchiveError::Io(std::io::Error::other(
                    "this file system cannot hold a write-ahead log: keep the archive on a local disk",
                )));
            }
            Err(ArchiveError::Busy) if started.elapsed() < wait => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => return Err(error),
        }
    }
}

/// A connection to an archive that must be there.
fn reader(path: &Path, options: &Options) -> Result<Connection, ArchiveError> {
    if !path.exists() {
        return Err(ArchiveError::Missing);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |path: &Path, flags| {
        let db = connect(path, flags, options)?;
        match schema::state(&db)? {
            State::Empty => Err(ArchiveError::Missing),
            State::Archive(_) => Ok(db),
        }
    };
    match open(path, flags) {
        // where nothing can be written, nobody writes: the file is read as it lies there, unless a log is beside it
        Err(ArchiveError::ReadOnly | ArchiveError::Io(_))
            if !["-wal", "-journal"]
                .iter()
                .any(|log| beside(path, log).exists()) =>
        {
            open(
                &as_it_lies(path),
                OpenFlags::SQLITE_OPEN_READ_ONLY
                    | OpenFlags::SQLITE_OPEN_URI
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
        }
        result => result,
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The URI of a file that nobody changes.
fn as_it_lies(path: &Path) -> PathBuf {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                uri.push(char::from(*byte));
            }
            other => {
                // writing to a string cannot fail
                let _ = write!(uri, "%{other:02x}");
            }
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}

/// Opens the file without trusting it: what stands in its schema runs nothing, and damaged pages are errors.
fn connect(path: &Path, flags: OpenFlags, options: &Options) -> Result<Connection, ArchiveError> {
    let db = Connection::open_with_flags(path, flags).map_err(|error| cannot_open(path, error))?;
    db.busy_timeout(options.wait)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "mmap_size", 0)?;
    // 64 MiB: what a small addition to a large archive touches
    db.pragma_update(None, "cache_size", -65_536)?;
    // of a new file; an old one keeps its own
    db.pragma_update(None, "page_size", 8192)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

fn cannot_open(path: &Path, error: rusqlite::Error) -> ArchiveError {
    use rusqlite::ErrorCode::CannotOpen;
    if error.sqlite_error_code() != Some(CannotOpen) {
        return error.into();
    }
    match std::fs::File::open(path) {
        Err(cause) => ArchiveError::Io(cause),
        Ok(_) => ArchiveError::ReadOnly,
    }
}
