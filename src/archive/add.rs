//! One addition: look-up, link, judge and write in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::incoming::{Incoming, see};
use super::linking::note;
use super::locals::Locals;
use super::store::number;
use super::stories::{self, Retold};
use super::story_rows::{self, Change};
use super::texts::Fresh;
use super::{Archive, ArchiveError, Db, State, lock, log_ahead, retime, rows, schema};
use crate::article::{Key, Moment, SkipReason, Skipped};
use crate::fold::stretch;
use crate::progress::{Phase, Progress};
use crate::threads;
use crate::verify::Match;

/// A story or an article of an addition, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The story's id.
    pub story: Key,
    /// Headline.
    pub title: Option<String>,
    /// Who printed it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub agency: Option<String>,
}

/// What an addition brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addition {
    /// The run's number in the archive.
    pub run: i64,
    /// Articles that were not there before, headlines included.
    pub new_articles: u64,
    /// Sightings of articles that were there already.
    pub seen_again: u64,
    /// Stories of new articles alone.
    pub new_stories: Vec<Told>,
    /// New articles in stories that were known.
    pub new_copies: Vec<Told>,
    /// New articles that update a story that was known.
    pub updates: Vec<Told>,
    /// Ids that are gone, with those that they became; `None` where the story is gone altogether.
    pub retired: Vec<(Key, Option<Key>)>,
}

/// What all steps of one transaction need.
pub(super) struct Job<'a> {
    pub(super) db: &'a Db,
    pub(super) progress: &'a dyn Progress,
    pub(super) run: i64,
    pub(super) window: Option<i64>,
}

/// Begins the one write transaction, waiting for other jobs; on an error everything is as it was before.
pub(super) fn transaction<T>(
    archive: &Archive,
    progress: &dyn Progress,
    work: impl FnOnce() -> Result<T, ArchiveError>,
) -> Result<T, ArchiveError> {
    lock(&archive.db).execute_batch("BEGIN IMMEDIATE")?;
    let result = work().and_then(|done| {
        progress.start(Phase::Commit, 0);
        let db = lock(&archive.db);
        db.execute_batch("COMMIT")?;
        // after a first fill; where another job is at work, the next one does it
        match log_ahead(&db, Duration::ZERO) {
            Ok(()) | Err(ArchiveError::Busy) => Ok(done),
            Err(error) => Err(error),
        }
    });
    if result.is_err() {
        let db = lock(&archive.db);
        if !db.is_autocommit() {
            // the first error is the one to report; closing rolls back, too
            let _ = db.execute_batch("ROLLBACK");
        }
    }
    result
}

impl Archive {
    /// Adds articles, all or none.
    ///
    /// # Errors
    /// When another job holds the lock too long, or the archive cannot be written: nothing is changed.
    pub fn add(
        &mut self,
        incoming: Incoming,
        progress: &dyn Progress,
    ) -> Result<Addition, ArchiveError> {
        threads::run(self.options.threads, || {
            transaction(self, progress, || {
                let window = ready(&lock(&self.db), self.options.window)?;
                let run = next_run(&lock(&self.db))?;
                let job = Job {
                    db: &self.db,
                    progress,
                    run,
                    window,
                };
                let made: Option<String> = schema::meta(&lock(&self.db), "fingerprint")?;
                if made.as_deref() != Some(&schema::fingerprint()) {
                    // other rules made what is derived: it must not be mixed with what these make
                    let change = job.rebuild()?;
                    job.log(
                        &lock(&self.db),
                        "rebuild",
                        (0, 0),
                        &Addition::default(),
                        &change,
                    )?;
                    return Job {
                        run: run + 1,
                        ..job
                    }
                    .add(incoming);
                }
                job.add(incoming)
            })
        })?
    }
}

/// Makes the file an archive of the newest schema; its window.
fn ready(db: &Connection, asked: Option<i64>) -> Result<Option<i64>, ArchiveError> {
    // again, now that nobody else can write
    let state = schema::state(db)?;
    match state {
        State::Empty => {
            schema::migrate(db, 0)?;
            schema::set_meta(db, "window", &asked)?;
            schema::set_meta(db, "fingerprint", &schema::fingerprint())?;
        }
        State::Archive(version) if version < schema::SCHEMA => schema::migrate(db, version)?,
        State::Archive(_) => {}
    }
    let has: Option<i64> = schema::meta::<Option<i64>>(db, "window")?.flatten();
    match asked {
        Some(asked) if has != Some(asked) => Err(ArchiveError::Window { has, asked }),
        _ => {
            if has.is_some() {
                schema::index_stretches(db)?;
            }
            Ok(has)
        }
    }
}

/// The number of the next run.
pub(super) fn next_run(db: &Connection) -> Result<i64, ArchiveError> {
    Ok(
        db.query_row("SELECT coalesce(max(run), 0) + 1 FROM runs", (), |row| {
            row.get(0)
        })?,
    )
}

impl Job<'_> {
    fn add(&self, mut incoming: Incoming) -> Result<Addition, ArchiveError> {
        let db = lock(self.db);
        let fresh: u32 =
            db.query_row("SELECT coalesce(max(no), 0) + 1 FROM articles", (), |row| {
                row.get(0)
            })?;
        self.progress
            .start(Phase::Store, incoming.members.len() as u64);
        let mut known = self.known(&db, &mut incoming, fresh)?;
        let (mut locals, focus) = number(&mut incoming, fresh, self.window, &mut known);
        let new_articles = locals.rows.len();
        let new_skipped = skipped(&db, self.run, &incoming.skipped)?;
        let anew = retime::settle(&db, &known.retimed)?;
        let pairs = self.pairs(&db, focus, &mut locals, (fresh, &anew), &mut known.touched)?;
        drop(db);
        let texts = Fresh {
            incoming: &incoming,
            first: fresh,
            at: &known.new,
        };
        self.progress
            .start(Phase::Verify, (pairs.len() + new_articles) as u64);
        // one thread writes what is new while the others judge it
        let (stored, found) = rayon::join(
            || self.store(&texts, &locals),
            || self.judge(&pairs, &locals, Some(texts)),
        );
        stored?;
        settle_ids(&lock(self.db), &locals, fresh)?;
        let retold = self.retell(locals, &found?, fresh, known.touched)?;
        let db = lock(self.db);
        let change = story_rows::write(&db, &retold, fresh, self.run)?;
        let mut addition = Addition {
            run: self.run,
            new_articles: new_articles as u64,
            seen_again: known.seen_again + incoming.seen_again,
            ..Addition::default()
        };
        let repeated = new_articles == 0 && known.new_places == 0 && new_skipped == 0;
        let pages = if repeated {
            (0, 0)
        } else {
            (incoming.pages, incoming.furniture)
        };
        self.log(&db, "add", pages, &addition, &change)?;
        addition.new_stories = change.new_stories;
        let told = |list: Vec<(u32, Told)>| list.into_iter().map(|(_, told)| told).collect();
        (addition.new_copies, addition.updates) = (told(change.new_copies), told(change.updates));
        addition.retired = change.retired;
        Ok(addition)
    }

    /// Stores the matches and tells the stories of all touched articles again.
    fn retell(
        &self,
        locals: Locals,
        found: &[Match],
        fresh: u32,
        mut touched: BTreeSet<u32>,
    ) -> Result<Retold, ArchiveError> {
        self.progress.start(Phase::Stories, touched.len() as u64);
        let stored = locals.all_stored(found);
        if fresh == 1 {
            // there is nothing but what is here: the stories are told while the matches are written
            let (noted, retold) = rayon::join(
                || note(&lock(self.db), &stored),
                || stories::told_of(locals, found),
            );
            return noted.map(|()| retold);
        }
        let db = lock(self.db);
        note(&db, &stored)?;
        touched.extend(stored.iter().flat_map(|m| [m.a.0, m.b.0]));
        stories::retell(&db, locals, &touched)
    }

    /// Settles what the archive knows already by value, and notes new places.
    fn known(
        &self,
        db: &Connection,
        incoming: &mut Incoming,
        fresh: u32,
    ) -> Result<Known, ArchiveError> {
        let mut known = Known::default();
        if fresh == 1 {
            return Ok(known);
        }
        for (at, member) in incoming.members.iter().enumerate() {
            let Some(stored) = rows::find(db, member.article.key)? else {
                continue;
            };
            known.at.insert(at as u32);
            known.seen_again += 1;
            let no = stored.no;
            let shown = stored.member.article.id.clone();
            let mut merged = stored.member.clone();
            merged.article.id = stored
                .claim
                .unwrap_or_else(|| merged.article.key.to_string());
            merged.seen = rows::places(db, no)?;
            let before = merged.seen.len();
            // the first place takes the settled values along, the others only themselves
            for place in &member.seen {
                let mut seen = member.article.clone();
                seen.place = place.clone();
                see(&mut merged, seen);
            }
            merged.article.id = shown;
            merged.article.place = stored.member.article.place.clone();
            let places = merged.seen.split_off(before);
            rows::insert_places(db, no, self.run, before, &places)?;
            known.new_places += places.len() as u64;
            merged.seen.clear();
            if merged.article != stored.member.article {
                rows::update(db, no, &merged)?;
                known.touched.insert(no);
                let (before, now) = (&stored.member.article, &merged.article);
                if self.window.is_some() && before.time() != now.time() {
                    let stretch = |article| stretch(article, self.window);
                    known.retimed.insert(no, (stretch(before), stretch(now)));
                }
            }
        }
        Ok(known)
    }

    /// Notes the run.
    pub(super) fn log(
        &self,
        db: &Connection,
        command: &str,
        (pages, furniture): (u64, u64),
        addition: &Addition,
        change: &Change,
    ) -> Result<(), ArchiveError> {
        db.execute(
            "INSERT INTO runs (run, started, program, command, pages, furniture, new_articles, seen_again, new_stories, \
             new_copies, updates) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.run,
                Moment::at(jiff::Timestamp::now()).to_string(),
                concat!("wirefold ", env!("CARGO_PKG_VERSION")),
                command,
                pages as i64,
                furniture as i64,
                addition.new_articles as i64,
                addition.seen_again as i64,
                change.new_stories.len() as i64,
                change.new_copies.len() as i64,
                change.updates.len() as i64,
            ],
        )?;
        Ok(())
    }
}

/// What of an addition the archive knows already.
#[derive(Default)]
pub(super) struct Known {
    /// Their places among the incoming.
    pub(super) at: HashSet<u32>,
    /// The places of those that are new, row by row.
    pub(super) new: Vec<u32>,
    /// Rows that must be told again: new ones, and those whose facts changed.
    pub(super) touched: BTreeSet<u32>,
    /// Rows whose time changed, where there is a window.
    retimed: BTreeMap<u32, retime::Move>,
    pub(super) new_places: u64,
    seen_again: u64,
}

/// An id that two different articles claim is replaced by the key in both. Rows from `fresh` on are new.
fn settle_ids(db: &Connection, locals: &Locals, fresh: u32) -> Result<(), ArchiveError> {
    let mut claims: HashMap<&str, Vec<u32>> = HashMap::new();
    for (&row, member) in locals.rows.iter().zip(&locals.members) {
        if row >= fresh {
            claims.entry(&member.article.id).or_default().push(row);
        }
    }
    let mut settle = db.prepare_cached("UPDATE articles SET id = key WHERE no = ?1")?;
    // where two old ones claim it, all old ones are settled already
    let mut same = db.prepare_cached(
        "SELECT no FROM articles WHERE claim = ?1 AND no < ?2 \
         UNION ALL SELECT no FROM articles WHERE key = ?1 AND no < ?2 LIMIT 2",
    )?;
    for (claim, new) in claims {
        let mut old: Vec<u32> = Vec::new();
        if fresh > 1 {
            let rows = same.query_map(params![claim, fresh], |row| row.get(0))?;
            old = rows.collect::<Result<_, _>>()?;
        }
        if old.len() + new.len() > 1 {
            let unsettled = old.iter().filter(|_| old.len() == 1);
            for row in unsettled.chain(&new) {
                settle.execute([row])?;
            }
        }
    }
    Ok(())
}

/// Keeps what gave no article; how many were not known.
fn skipped(db: &Connection, run: i64, skipped: &[Skipped]) -> Result<u64, ArchiveError> {
    let mut statement = db.prepare_cached(
        "INSERT OR IGNORE INTO skipped (source, \"offset\", reason, line, input, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut new = 0;
    for Skipped { place, reason } in skipped {
        let input = matches!(reason, SkipReason::Input(_));
        new += statement.execute(params![
            &*place.source,
            place.offset as i64,
            reason.message(),
            place.line as i64,
            input,
            run
        ])? as u64;
    }
    Ok(new)
}
