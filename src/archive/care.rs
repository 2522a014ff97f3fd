//! Looking after an archive: what it holds, whether it is sound, taking old articles out.

use rusqlite::Connection;
use xxhash_rust::xxh3::xxh3_64;

use super::add::{Addition, Job, next_run, transaction};
use super::texts::{packed, unpacked};
use super::{Archive, ArchiveError, lock, schema};
use crate::article::{Key, Moment};
use crate::progress::Progress;
use crate::threads;

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Of the tables.
    pub schema: i64,
    /// Names and counts, in the order in which they are shown.
    pub counts: Vec<(&'static str, u64)>,
    /// Two articles match only if their times lie within so many seconds.
    pub window: Option<i64>,
    /// Time of the earliest and of the latest article.
    pub times: Option<(String, String)>,
    /// When the last run was.
    pub last_run: Option<String>,
    /// Whether the derived tables were made by other rules than this program's.
    pub stale: bool,
}

impl Archive {
    /// What the archive holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn info(&self) -> Result<Info, ArchiveError> {
        let db = lock(&self.db);
        let number = |sql: &str| -> Result<u64, ArchiveError> {
            Ok(db.query_row(sql, (), |row| row.get::<_, i64>(0))? as u64)
        };
        let articles = number("SELECT count(*) FROM articles WHERE bytes > 0")?;
        let bytes =
            number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?;
        let counts = vec![
            ("articles", articles),
            (
                "headlines",
                number("SELECT count(*) FROM articles WHERE bytes = 0")?,
            ),
            ("sightings", number("SELECT count(*) FROM sightings")?),
            ("stories", number("SELECT count(*) FROM stories")?),
            (
                "copies",
                number("SELECT count(*) FROM members WHERE place > 0")?,
            ),
            ("matches", number("SELECT count(*) FROM matches")?),
            ("runs", number("SELECT count(*) FROM runs")?),
            (
                "text_bytes",
                number("SELECT coalesce(sum(bytes), 0) FROM articles")?,
            ),
            ("file_bytes", bytes),
            ("bytes_an_article", bytes / articles.max(1)),
        ];
        let times = db.query_row(
            "SELECT min(published), max(published) FROM articles",
            (),
            |row| Ok(row.get(0).ok().zip(row.get(1).ok())),
        )?;
        let made: Option<String> = schema::meta(&db, "fingerprint")?;
        Ok(Info {
            schema: number("PRAGMA user_version")? as i64,
            counts,
            window: schema::meta::<Option<i64>>(&db, "window")?.flatten(),
            times,
            last_run: db.query_row("SELECT max(started) FROM runs", (), |row| row.get(0))?,
            stale: made.as_deref() != Some(&schema::fingerprint()),
        })
    }

    /// What is wrong with the archive: nothing, if it is sound.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn faults(&self) -> Result<Vec<String>, ArchiveError> {
        let db = lock(&self.db);
        let mut faults = Vec::new();
        let mut statement = db.prepare("PRAGMA integrity_check(20)")?;
        for line in statement.query_map((), |row| row.get::<_, String>(0))? {
            faults.push(line?);
        }
        faults.retain(|line| line != "ok");
        if faults.is_empty() {
            for (what, sql) in LAWS {
                let broken: i64 = db.query_row(sql, (), |row| row.get(0))?;
                if broken > 0 {
                    faults.push(format!("{broken} {what}"));
                }
            }
            faults.extend(texts(&db)?);
        }
        Ok(faults)
    }

    /// Makes sketches, matches and stories again from the kept texts.
    ///
    /// # Errors
    /// When another job holds the lock too long, or the archive cannot be written: nothing is changed.
    pub fn rebuild(&mut self, progress: &dyn Progress) -> Result<Addition, ArchiveError> {
        self.in_transaction("rebuild", progress, |db, asked| match asked {
            Some(window) => schema::set_meta(db, "window", &Some(window)).map(|()| 0),
            None => Ok(0),
        })
    }

    /// Takes out all articles whose time (published, else fetched) is before `cutoff`. The stories are then those of
    /// what is left.
    ///
    /// # Errors
    /// As for [`Archive::rebuild`].
    pub fn prune(
        &mut self,
        cutoff: Moment,
        progress: &dyn Progress,
    ) -> Result<(u64, Addition), ArchiveError> {
        let mut gone = 0;
        let addition = self.in_transaction("prune", progress, |db, _| {
            gone = prune(db, cutoff)?;
            Ok(gone)
        })?;
        Ok((gone, addition))
    }

    /// How many articles [`Archive::prune`] would take out.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn older(&self, cutoff: Moment) -> Result<u64, ArchiveError> {
        let sql = format!("SELECT count(*) FROM articles WHERE {OLD}");
        let count =
            lock(&self.db).query_row(&sql, [cutoff.to_string()], |row| row.get::<_, i64>(0))?;
        Ok(count as u64)
    }

    /// Does something to the articles, then makes everything else again, all in one transaction.
    fn in_transaction(
        &mut self,
        command: &str,
        progress: &dyn Progress,
        first: impl FnOnce(&Connection, Option<i64>) -> Result<u64, ArchiveError> + Send,
    ) -> Result<Addition, ArchiveError> {
        threads::run(self.options.threads, || {
            transaction(self, progress, || {
                first(&lock(&self.db), self.options.window)?;
                let run = next_run(&lock(&self.db))?;
                let window = schema::meta::<Option<i64>>(&lock(&self.db), "window")?.flatten();
                let job = Job {
                    db: &self.db,
                    progress,
                    run,
                    window,
                };
                let change = job.rebuild()?;
                let mut addition = Addition {
                    run,
                    ..Addition::default()
                };
                job.log(&lock(&self.db), command, (0, 0), &addition, &change)?;
                addition.retired = change.retired;
                Ok(addition)
            })
        })?
    }
}

/// What must hold between the tables: a name for what breaks it, and how many rows do.
const LAWS: [(&str, &str); 6] = [
    (
        "articles without a place where they stood",
        "SELECT count(*) FROM articles WHERE no NOT IN (SELECT article FROM sightings)",
    ),
    (
        "articles with a body that stand in no story",
        "SELECT count(*) FROM articles WHERE bytes > 0 AND no NOT IN (SELECT article FROM members)",
    ),
    (
        "members of stories that are not there",
        "SELECT count(*) FROM members WHERE story NOT IN (SELECT id FROM stories)",
    ),
    (
        "stories without their canonical, or with another number of copies than they say",
        "SELECT count(*) FROM stories s WHERE s.copies + 1 <> (SELECT count(*) FROM members WHERE story = s.id) \
         OR NOT EXISTS (SELECT 1 FROM members WHERE article = s.canonical AND story = s.id AND place = 0)",
    ),
    (
        "articles with a body and no sketch",
        "SELECT count(*) FROM articles WHERE bytes > 0 AND no NOT IN (SELECT article FROM sketches)",
    ),
    (
        "matches of articles that are not there",
        "SELECT count(*) FROM matches WHERE a NOT IN (SELECT no FROM articles) OR b NOT IN (SELECT no FROM articles)",
    ),
];

/// Articles that are not what their keys were made of.
fn texts(db: &Connection) -> Result<Vec<String>, ArchiveError> {
    let mut statement = db.prepare(
        "SELECT no, content, key, claim, url, publisher, title FROM articles ORDER BY no",
    )?;
    let mut rows = statement.query(())?;
    let (mut broken, mut first) = (0u64, None);
    while let Some(row) = rows.next()? {
        let no: u32 = row.get(0)?;
        if !proven(db, no, row).unwrap_or(false) {
            broken += 1;
            first.get_or_insert(no);
        }
    }
    let fault =
        |no| format!("{broken} articles that are not as they were added, first number {no}");
    Ok(first.map(fault).into_iter().collect())
}

fn proven(db: &Connection, no: u32, row: &rusqlite::Row<'_>) -> Result<bool, ArchiveError> {
    let body = unpacked(&packed(db, no)?)?;
    let part = |at: usize| row.get::<_, Option<String>>(at);
    let (claim, url, publisher, title) = (part(3)?, part(4)?, part(5)?, part(6)?);
    let key = Key::of(
        claim.as_deref(),
        url.as_deref(),
        publisher.as_deref(),
        title.as_deref(),
        &body,
    );
    Ok(row.get::<_, String>(2)? == key.to_string()
        && row.get::<_, i64>(1)? as u64 == xxh3_64(body.as_bytes()))
}

/// Articles that a prune takes out.
const OLD: &str = "coalesce(published, fetched) < ?1";

fn prune(db: &Connection, cutoff: Moment) -> Result<u64, ArchiveError> {
    let cutoff = cutoff.to_string();
    let old = format!("(SELECT no FROM articles WHERE {OLD})");
    for table in ["bodies", "sightings", "sketches", "members"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE article IN {old}"),
            [&cutoff],
        )?;
    }
    let searchable: Option<u32> = schema::meta(db, "searchable")?;
    if searchable.is_some() {
        db.execute(
            &format!("DELETE FROM words WHERE rowid IN {old}"),
            [&cutoff],
        )?;
    }
    let gone = db.execute(&format!("DELETE FROM articles WHERE {OLD}"), [&cutoff])?;
    // a number of a row that is gone may come again: what was indexed up to it must not stand for the new one
    let last: u32 = db.query_row("SELECT coalesce(max(no), 0) FROM articles", (), |row| {
        row.get(0)
    })?;
    if let Some(searchable) = searchable {
        schema::set_meta(db, "searchable", &searchable.min(last))?;
    }
    // an id that two claimed and one claims now is shown again
    db.execute(
        "UPDATE articles SET id = claim WHERE claim IS NOT NULL AND id <> claim AND \
         (SELECT count(*) FROM articles o WHERE o.claim = articles.claim) = 1 AND \
         NOT EXISTS (SELECT 1 FROM articles o WHERE o.key = articles.claim)",
        (),
    )?;
    db.execute(
        "DELETE FROM stories WHERE id NOT IN (SELECT story FROM members)",
        (),
    )?;
    Ok(gone as u64)
}
