//! Stories of an archive → a [`Fold`], as one fold of all its inputs would give it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::texts::{Texts, lock, packed, unpacked};
use super::{Archive, ArchiveError, Query, rows, schema, story_rows};
use crate::article::{Article, ArticleNo, Key, Moment, Place, SkipReason, Skipped};
use crate::candidates::Stretch;
use crate::elect::{Copy, Holds, Origin, Story, by_time};
use crate::event::{AFTER, BEFORE};
use crate::fold::{Counts, Fold, Member, order, time};
use crate::progress::Progress;
use crate::verify::{Ratio, Relation};

impl Archive {
    /// The stories that are asked for, with all their members. Headlines, events, and what was skipped, only where all
    /// are.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn fold(&self, query: &Query, progress: &dyn Progress) -> Result<Fold, ArchiveError> {
        let mut fold = self.stories(query)?;
        // what an event is depends on all stories
        if query.is_all() && self.options.events {
            fold.group(self.window()?, progress)?;
        }
        Ok(fold)
    }

    /// The events with a story that appeared in a span, both ends (in seconds) included, and all their stories. Where
    /// the archive has a window, no more is read than the stretches on which they depend; else all stories are.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn events(&self, span: (i64, i64), progress: &dyn Progress) -> Result<Fold, ArchiveError> {
        let window = self.window()?;
        let stretch = |at| Stretch::of(Some(at), window);
        let reach = (
            Stretch(stretch(span.0).0.saturating_sub(BEFORE)),
            Stretch(stretch(span.1).0.saturating_add(AFTER)),
        );
        // a bound outside the calendar is none: no time sorts before nothing, or behind a tilde
        let days = window.map(|window| {
            let first = day(reach.0.0.saturating_mul(window), "");
            let end = reach.1.0.saturating_add(1).saturating_mul(window);
            let last = day(end, "T23:59:59Z");
            (
                first.unwrap_or_default(),
                last.unwrap_or_else(|| "~".to_owned()),
            )
        });
        let mut fold = self.stories(&Query {
            appeared: days,
            ..Query::default()
        })?;
        let Fold {
            stories, articles, ..
        } = &mut fold;
        // days are wider than stretches, and what is told must not depend on the span that is asked for
        stories.retain(|story| {
            let at = time(story, articles).map(stretch);
            window.is_none() || at.is_some_and(|at| reach.0 <= at && at <= reach.1)
        });
        fold.group(window, progress)?;
        let asked = |story: &&Story| {
            time(story, &fold.articles).is_some_and(|at| span.0 <= at && at <= span.1)
        };
        let asked: HashSet<Key> = fold
            .stories
            .iter()
            .filter(asked)
            .map(|story| story.id)
            .collect();
        fold.events
            .retain(|event| event.stories.iter().any(|id| asked.contains(id)));
        Ok(fold)
    }

    /// Two articles match only if their times lie within so many seconds.
    fn window(&self) -> Result<Option<i64>, ArchiveError> {
        Ok(schema::meta::<Option<i64>>(&lock(&self.db), "window")?.flatten())
    }

    /// One article with its body, by the id that is shown or by its key.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<Article>, ArchiveError> {
        let db = lock(&self.db);
        let found: Option<u32> = db
            .query_row(
                "SELECT no FROM articles WHERE key = ?1 \
                 UNION ALL SELECT no FROM articles WHERE claim = ?1 AND id = claim LIMIT 1",
                [id],
                |row| row.get(0),
            )
            .optional()?;
        let Some(stored) = found.map(|no| rows::load(&db, no)).transpose()?.flatten() else {
            return Ok(None);
        };
        let mut article = stored.member.article;
        article.body = unpacked(&packed(&db, stored.no)?)?;
        if let Some(place) = rows::places(&db, stored.no)?.into_iter().next() {
            article.place = place;
        }
        Ok(Some(article))
    }

    /// All that was added, without events.
    pub(super) fn whole(&self) -> Result<Fold, ArchiveError> {
        self.stories(&Query::default())
    }

    fn stories(&self, query: &Query) -> Result<Fold, ArchiveError> {
        // a connection of its own: the fold's texts come from the same snapshot
        let db = super::reader(&self.path, &self.options)?;
        if query.words.is_some() {
            super::search::catch_up(&db)?;
        }
        db.execute_batch("BEGIN")?;
        let reader = Reader::new(&db, query)?;
        let (fold, rows) = reader.fold(query)?;
        let db = Arc::new(Mutex::new(db));
        Ok(Fold {
            bodies: Box::new(Texts::new(db, rows)),
            ..fold
        })
    }
}

/// Reads one snapshot.
struct Reader<'a> {
    db: &'a Connection,
    rows: Vec<u32>,
    by_row: HashMap<u32, u32>,
    members: Vec<Member>,
    headlines: Vec<ArticleNo>,
}

impl<'a> Reader<'a> {
    fn new(db: &'a Connection, query: &Query) -> Result<Self, ArchiveError> {
        if !query.is_all() {
            query.ask(db)?;
        }
        Ok(Self {
            db,
            rows: Vec::new(),
            by_row: HashMap::new(),
            members: Vec::new(),
            headlines: Vec::new(),
        })
    }

    fn fold(mut self, query: &Query) -> Result<(Fold, Vec<u32>), ArchiveError> {
        self.articles(query.is_all())?;
        self.places()?;
        let mut stories = self.stories(query.is_all())?;
        order(&mut stories, &self.members);
        for story in &stories {
            for no in crate::report::members(story) {
                self.members[no.index()].story = Some(story.id);
            }
        }
        let members = &self.members;
        self.headlines
            .sort_by(|a, b| by_time(&members[a.index()].article, &members[b.index()].article));
        let skipped = if query.is_all() {
            skipped(self.db)?
        } else {
            Vec::new()
        };
        let fold = Fold {
            counts: counts(self.db)?,
            articles: self.members,
            headlines: self.headlines,
            stories,
            events: Vec::new(),
            skipped,
            recurring: Vec::new(),
            bodies: Box::new(Nothing),
        };
        Ok((fold, self.rows))
    }

    fn articles(&mut self, all: bool) -> Result<(), ArchiveError> {
        let columns = rows::COLUMNS;
        let sql = if all {
            format!("SELECT {columns} FROM articles ORDER BY no")
        } else {
            format!(
                "SELECT {columns} FROM articles WHERE no IN \
                 (SELECT m.article FROM members m JOIN asked ON asked.id = m.story) ORDER BY no"
            )
        };
        let mut statement = self.db.prepare(&sql)?;
        for stored in statement.query_map((), rows::member)? {
            let stored = stored?;
            let no = ArticleNo(self.rows.len() as u32);
            self.by_row.insert(stored.no, no.0);
            self.rows.push(stored.no);
            self.members.push(stored.member);
            if stored.bytes == 0 {
                self.headlines.push(no);
            }
        }
        Ok(())
    }

    /// Fills in where each article stood.
    fn places(&mut self) -> Result<(), ArchiveError> {
        for (member, &row) in self.members.iter_mut().zip(&self.rows) {
            member.seen = rows::places(self.db, row)?;
            if let Some(first) = member.seen.first() {
                member.article.place = first.clone();
            }
        }
        Ok(())
    }

    fn stories(&self, all: bool) -> Result<Vec<Story>, ArchiveError> {
        let asked = if all {
            ""
        } else {
            "JOIN asked ON asked.id = s.id "
        };
        let mut statement = self.db.prepare(&format!(
            "SELECT s.id, s.canonical, s.reason, s.origin, s.agency, s.origin_reason FROM stories s {asked}ORDER BY s.id"
        ))?;
        let mut members = self.db.prepare(
            "SELECT article, relation, jaccard, containment, verbatim, holds, via, uncredited FROM members \
             WHERE story = ?1 AND place > 0 ORDER BY place",
        )?;
        let mut found = statement.query(())?;
        let mut stories = Vec::new();
        while let Some(row) = found.next()? {
            let id: String = row.get(0)?;
            let mut copies = Vec::new();
            let mut rows = members.query(params![id])?;
            while let Some(row) = rows.next()? {
                copies.push(self.copy(row)?);
            }
            stories.push(Story {
                id: story_rows::key(&id)?,
                canonical: self.handle(row.get(1)?)?,
                reason: row.get(2)?,
                origin: Origin {
                    article: row
                        .get::<_, Option<u32>>(3)?
                        .map(|no| self.handle(no))
                        .transpose()?,
                    agency: row.get(4)?,
                    reason: row.get(5)?,
                },
                copies,
            });
        }
        Ok(stories)
    }

    fn copy(&self, row: &Row<'_>) -> Result<Copy, ArchiveError> {
        let share = |at: usize| -> Result<Ratio, ArchiveError> {
            let share: f64 = row.get(at)?;
            // three decimals are kept, and three are printed
            Ok(Ratio {
                of: (share.clamp(0.0, 1.0) * 1000.0).round() as u32,
                all: 1000,
            })
        };
        let relation: String = row.get(1)?;
        let holds: Option<String> = row.get(5)?;
        Ok(Copy {
            article: self.handle(row.get(0)?)?,
            relation: Relation::parse(&relation)
                .ok_or_else(|| ArchiveError::Corrupt(format!("{relation} is no relation")))?,
            jaccard: share(2)?,
            containment: share(3)?,
            verbatim: share(4)?,
            holds: holds.map(|word| {
                if word == Holds::Canonical.as_str() {
                    Holds::Canonical
                } else {
                    Holds::Copy
                }
            }),
            via: row
                .get::<_, Option<u32>>(6)?
                .map(|no| self.handle(no))
                .transpose()?,
            uncredited: row.get(7)?,
        })
    }

    fn handle(&self, row: u32) -> Result<ArticleNo, ArchiveError> {
        let found = self.by_row.get(&row).copied().map(ArticleNo);
        found.ok_or_else(|| ArchiveError::Corrupt(format!("article {row} is missing")))
    }
}

/// The day of a moment, as times are kept, with something behind it; `None` outside the years that a calendar has.
fn day(seconds: i64, behind: &str) -> Option<String> {
    let moment = Moment {
        seconds,
        day_only: true,
    };
    moment.timestamp()?;
    Some(format!("{moment}{behind}"))
}

/// What is counted over all runs; a repetition counts nothing.
fn counts(db: &Connection) -> Result<Counts, ArchiveError> {
    let number = |sql: &str| -> Result<u64, ArchiveError> {
        Ok(db.query_row(sql, (), |row| row.get::<_, i64>(0))? as u64)
    };
    Ok(Counts {
        pages: number("SELECT coalesce(sum(pages), 0) FROM runs")?,
        furniture: number("SELECT coalesce(sum(furniture), 0) FROM runs")?,
        seen_again: number(
            "SELECT (SELECT count(*) FROM sightings) - (SELECT count(*) FROM articles)",
        )?,
        candidates: 0,
    })
}

fn skipped(db: &Connection) -> Result<Vec<Skipped>, ArchiveError> {
    let mut statement = db.prepare(
        "SELECT source, \"offset\", line, reason, input FROM skipped ORDER BY source, \"offset\", reason",
    )?;
    let rows = statement.query_map((), |row| {
        let reason: String = row.get(3)?;
        Ok(Skipped {
            place: Place {
                source: row.get::<_, String>(0)?.into(),
                offset: row.get::<_, i64>(1)? as u64,
                line: row.get::<_, i64>(2)? as u64,
            },
            reason: if row.get(4)? {
                SkipReason::Input(reason)
            } else {
                SkipReason::Record(reason)
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stands where the texts come later.
#[derive(Debug)]
struct Nothing;

impl crate::fold::Bodies for Nothing {
    fn body(&self, _: ArticleNo) -> std::io::Result<std::borrow::Cow<'_, str>> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}
