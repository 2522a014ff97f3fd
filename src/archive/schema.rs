//! The tables, how a file is known to be an archive, and what its derived tables were made with.
//!
//! `application_id` marks the file, `user_version` is the schema. Migrations are append-only: number `n` leads from
//! schema `n` to `n + 1`, and an empty file is schema 0.

use rusqlite::{Connection, OptionalExtension};
use xxhash_rust::xxh3::Xxh3;

use super::ArchiveError;
use crate::candidates::{CENTRES, STAR, Threshold};
use crate::sketch::sketch;
use crate::verify::{Judge, Prepared, Thresholds};

/// "wFld": marks the file as an archive.
const APPLICATION: i64 = 0x7746_6c64;

/// Lead from each schema to the next.
const MIGRATIONS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema_2.sql")];

/// The newest schema.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing is in it yet.
    Empty,
    /// An archive with this schema.
    Archive(i64),
}

/// What the file is.
///
/// # Errors
/// [`ArchiveError::Foreign`] and [`ArchiveError::Newer`] for what must not be touched.
pub fn state(db: &Connection) -> Result<State, ArchiveError> {
    // one statement sees one state of the file, whatever others commit meanwhile
    let (objects, application, version): (i64, i64, i64) = db.query_row(
        "SELECT (SELECT count(*) FROM sqlite_schema), application_id, user_version \
         FROM pragma_application_id, pragma_user_version",
        (),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    if application == APPLICATION {
        return if version > SCHEMA {
            Err(ArchiveError::Newer {
                found: version,
                known: SCHEMA,
            })
        } else {
            Ok(State::Archive(version))
        };
    }
    if application == 0 && version == 0 && objects == 0 {
        Ok(State::Empty)
    } else {
        Err(ArchiveError::Foreign)
    }
}

/// Brings the file to the newest schema. Inside the caller's transaction.
pub fn migrate(db: &Connection, from: i64) -> Result<(), ArchiveError> {
    for migration in MIGRATIONS.iter().skip(from as usize) {
        db.execute_batch(migration)?;
    }
    db.pragma_update(None, "application_id", APPLICATION)?;
    db.pragma_update(None, "user_version", SCHEMA)?;
    Ok(())
}

/// A value of the table `meta`.
pub fn meta<T: rusqlite::types::FromSql>(
    db: &Connection,
    name: &str,
) -> Result<Option<T>, ArchiveError> {
    let mut statement = db.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Sets a value of the table `meta`.
pub fn set_meta(
    db: &Connection,
    name: &str,
    value: &dyn rusqlite::ToSql,
) -> Result<(), ArchiveError> {
    db.execute(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )?;
    Ok(())
}

/// What bounds a scan, in an archive with a window: others always read all.
pub fn index_stretches(db: &Connection) -> Result<(), ArchiveError> {
    db.execute_batch("CREATE INDEX IF NOT EXISTS sketches_stretch ON sketches (stretch)")?;
    Ok(())
}

/// A text whose sketch and verdict show how tokens, shingles and thresholds are.
const SAMPLE: &str = "The harbour board's 3 members met on Monday, 1,200 km away—naïve? ＡＢＣ ﬁne. \
    港の理事会は新しい税の支払いを拒んだ。 Die Brücke bleibt am 5. Mai gesperrt, teilte die Behörde mit. \
    Compagnie d’État: «l’accord est signé», a-t-elle dit; the ferry left at 9:15 and has not come back since.";

/// What the derived tables depend on: another fingerprint means that they are made again from the kept texts.
pub fn fingerprint() -> String {
    let mut hash = Xxh3::new();
    for kept in sketch(SAMPLE).0 {
        hash.update(&kept.0.to_le_bytes());
    }
    let longer = format!("{SAMPLE} A new quay is to be built by the end of the year.");
    let (a, b) = (Prepared::new(SAMPLE, None), Prepared::new(&longer, None));
    let verdict = Judge::new(Thresholds::default()).verdict(&a, &b);
    let rules = format!(
        "{:?} {:?} {STAR} {CENTRES} {verdict:?}",
        Thresholds::default(),
        Threshold::default()
    );
    hash.update(rules.as_bytes());
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), hash.digest())
}
