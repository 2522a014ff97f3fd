//! What can go wrong with an archive, told apart where a person does something else about it.

use std::fmt;
use std::io;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHORT_READ as SHORT_READ;

/// Why an archive could not be used. Nothing was changed by the command that got it.
#[derive(Debug)]
pub enum ArchiveError {
    /// Another job kept the lock for longer than was waited.
    Busy,
    /// There is no such file.
    Missing,
    /// The archive was made by a newer program.
    Newer {
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// A SQLite file that is no archive.
    Foreign,
    /// No SQLite file, or a damaged one; what was found.
    Corrupt(String),
    /// The file or its folder cannot be written.
    ReadOnly,
    /// No room is left.
    Full,
    /// Another window was asked for than the archive has; both in seconds.
    Window {
        /// The archive's.
        has: Option<i64>,
        /// What was asked for.
        asked: i64,
    },
    /// The archive must be rebuilt before it can answer; why.
    Stale(String),
    /// Reading or writing failed below SQLite.
    Io(io::Error),
    /// Anything else that SQLite reports.
    Sqlite(rusqlite::Error),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("another job holds the archive: nothing was changed; run the command again, or wait longer (--wait 10m)"),
            Self::Missing => f.write_str("there is no such archive: wirefold add makes one"),
            Self::Newer { found, known } => write!(
                f,
                "made by a newer wirefold (schema {found}, this program knows {known}): use that one; nothing was changed"
            ),
            Self::Foreign => f.write_str("a SQLite file, but no archive of wirefold: nothing was changed; name another file"),
            Self::Corrupt(found) => write!(
                f,
                "damaged, or no archive ({found}): nothing was changed; restore a copy, or move the file away and add the dumps again"
            ),
            Self::ReadOnly => f.write_str("the archive or its folder cannot be written: nothing was changed; check the permissions"),
            Self::Full => f.write_str("no room is left on the disk: nothing was changed; make room and run the command again"),
            Self::Window { has, asked } => write!(
                f,
                "the archive keeps {} and cannot take --window {}: leave the option out, or run wirefold archive rebuild --window",
                window(*has),
                days(*asked),
            ),
            Self::Stale(why) => write!(f, "{why}: run wirefold archive rebuild"),
            Self::Io(error) => error.fmt(f),
            Self::Sqlite(error) => error.fmt(f),
        }
    }
}

fn window(seconds: Option<i64>) -> String {
    seconds.map_or_else(
        || "no window".to_owned(),
        |seconds| format!("a window of {}", days(seconds)),
    )
}

/// A span as it is typed.
pub fn days(seconds: i64) -> String {
    match seconds {
        s if s % 86_400 == 0 => format!("{}d", s / 86_400),
        s if s % 3600 == 0 => format!("{}h", s / 3600),
        s => format!("{}m", s / 60),
    }
}

impl std::error::Error for ArchiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Sqlite(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ArchiveError {
    fn from(error: io::Error) -> Self {
        // what a store of texts reports may be SQLite's own error in a wrapper
        match error.downcast::<Self>() {
            Ok(inner) => inner,
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Self::Full,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<ArchiveError> for io::Error {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Io(error) => error,
            other => Self::other(other),
        }
    }
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Corrupt(error.to_string()),
                error => Self::Sqlite(error),
            };
        };
        let said = || message.clone().unwrap_or_else(|| error.to_string());
        match code.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                Self::ReadOnly
            }
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(said()),
            ErrorCode::SystemIoFailure if code.extended_code == SHORT_READ => Self::Corrupt(said()),
            _ => Self::Sqlite(error),
        }
    }
}
