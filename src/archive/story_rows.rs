//! The rows of stories: the tables `stories`, `members` and `lineage`, and what became of the stories.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

use super::ArchiveError;
use super::add::Told;
use super::locals::Locals;
use super::stories::Retold;
use crate::article::{ArticleNo, Key};
use crate::elect::{Copy, Holds, Story};
use crate::report::members;
use crate::verify::{Ratio, Relation};

/// What became of the stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Stories of new articles alone, by id.
    pub new_stories: Vec<Told>,
    /// New articles in stories that were known, with their rows, by row.
    pub new_copies: Vec<(u32, Told)>,
    /// The same, where the new article is an update of the story or is updated by it.
    pub updates: Vec<(u32, Told)>,
    /// Ids that are gone, with the ids of the stories that their first members stand in now.
    pub retired: Vec<(Key, Option<Key>)>,
}

/// Where an article stood before.
struct Before {
    story: Key,
    run: i64,
    row: (u32, String, Option<String>, Option<u32>),
}

/// Writes stories over what stood there. Rows from `fresh` on are new.
pub fn write(
    db: &Connection,
    retold: &Retold,
    fresh: u32,
    run: i64,
) -> Result<Change, ArchiveError> {
    let (told, stories) = (&retold.locals, &retold.stories);
    for &handle in &retold.roundups {
        let at = handle as usize;
        db.prepare_cached("UPDATE articles SET roundup = ?2 WHERE no = ?1")?
            .execute(params![told.rows[at], told.members[at].roundup])?;
    }
    let mut before: HashMap<u32, Before> = HashMap::new();
    for &row in told.rows.iter().filter(|&&row| row < fresh) {
        if let Some(was) = stood(db, row)? {
            before.insert(row, was);
        }
    }
    let old: BTreeSet<Key> = before.values().map(|was| was.story).collect();
    let mut runs: BTreeMap<Key, Runs> = BTreeMap::new();
    for &id in &old {
        runs.extend(take(db, id)?.map(|runs| (id, runs)));
    }
    let mut change = Change::default();
    let mut writer = Writer::new(db, run)?;
    for story in stories {
        note(&mut change, told, story, &before, fresh);
        writer.story(told, story, &before, runs.get(&story.id))?;
    }
    let current: BTreeSet<Key> = stories.iter().map(|story| story.id).collect();
    let gone: BTreeSet<Key> = old.difference(&current).copied().collect();
    let mut now: BTreeMap<Key, Key> = BTreeMap::new();
    for story in stories.iter().filter(|_| !gone.is_empty()) {
        let keys = members(story).map(|no| told.members[no.index()].article.key);
        now.extend(
            keys.filter(|key| gone.contains(key))
                .map(|key| (key, story.id)),
        );
    }
    for id in gone {
        let new = now.get(&id).copied();
        if let Some(new) = new {
            db.prepare_cached(
                "INSERT OR REPLACE INTO lineage (old, new, run) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![id.to_string(), new.to_string(), run])?;
        }
        change.retired.push((id, new));
    }
    change.new_copies.sort_by_key(|&(row, _)| row);
    change.updates.sort_by_key(|&(row, _)| row);
    Ok(change)
}

/// The story an article stands in, and what its row says.
fn stood(db: &Connection, row: u32) -> Result<Option<Before>, ArchiveError> {
    let mut statement = db.prepare_cached(
        "SELECT story, run, place, relation, holds, via FROM members WHERE article = ?1",
    )?;
    let found = statement
        .query_row([row], |r| {
            let story: String = r.get(0)?;
            let was = (r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?);
            Ok((story, r.get::<_, i64>(1)?, was))
        })
        .optional()?;
    let Some((story, run, row)) = found else {
        return Ok(None);
    };
    let story = key(&story)?;
    Ok(Some(Before { story, run, row }))
}

/// Reads an id of a story.
pub fn key(text: &str) -> Result<Key, ArchiveError> {
    Key::parse(text).ok_or_else(|| ArchiveError::Corrupt(format!("{text} is no id of a story")))
}

/// The runs that a story had, and its copies then.
struct Runs {
    first: i64,
    changed: i64,
    copies: u32,
}

/// Takes a story's rows out.
fn take(db: &Connection, id: Key) -> Result<Option<Runs>, ArchiveError> {
    let id = id.to_string();
    let runs = db
        .prepare_cached(
            "DELETE FROM stories WHERE id = ?1 RETURNING run, changed, canonical, copies",
        )?
        .query_row([&id], |row| {
            Ok(Runs {
                first: row.get(0)?,
                changed: row.get(1)?,
                copies: row.get(2)?,
            })
        })
        .optional()?;
    db.prepare_cached("DELETE FROM members WHERE story = ?1")?
        .execute([&id])?;
    Ok(runs)
}

/// Notes what is new in a story.
fn note(
    change: &mut Change,
    told: &Locals,
    story: &Story,
    before: &HashMap<u32, Before>,
    fresh: u32,
) {
    let shown = |no: ArticleNo, agency: Option<&String>| {
        let article = &told.members[no.index()].article;
        Told {
            story: story.id,
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            agency: agency.cloned(),
        }
    };
    let is_known = members(story).any(|no| before.contains_key(&told.row(no)));
    if !is_known {
        let new = shown(story.canonical, story.origin.agency.as_ref());
        return change.new_stories.push(new);
    }
    let is_new = |no: ArticleNo| told.row(no) >= fresh;
    let article = |no: ArticleNo| {
        let agency = told.members[no.index()].article.credit.agency.as_ref();
        (told.row(no), shown(no, agency))
    };
    if is_new(story.canonical) {
        // the copy that was read before tells what the new one is to it
        let updated = story
            .copies
            .iter()
            .any(|copy| copy.relation == Relation::Update && !is_new(copy.article));
        let list = if updated {
            &mut change.updates
        } else {
            &mut change.new_copies
        };
        list.push(article(story.canonical));
    }
    for copy in story.copies.iter().filter(|copy| is_new(copy.article)) {
        let list = match copy.relation {
            Relation::Update => &mut change.updates,
            Relation::Identical | Relation::Copy | Relation::Excerpt | Relation::Rewrite => {
                &mut change.new_copies
            }
        };
        list.push(article(copy.article));
    }
}

/// One row of the table `members`.
struct Row<'a> {
    article: u32,
    place: u32,
    relation: &'a str,
    copy: Option<&'a Copy>,
    via: Option<u32>,
}

/// The rows of a story: the canonical, then the copies.
fn rows<'a>(told: &'a Locals, story: &'a Story) -> impl Iterator<Item = Row<'a>> {
    let canonical = Row {
        article: told.row(story.canonical),
        place: 0,
        relation: "canonical",
        copy: None,
        via: None,
    };
    let copies = story.copies.iter().zip(1..).map(move |(copy, place)| Row {
        article: told.row(copy.article),
        place,
        relation: copy.relation.as_str(),
        copy: Some(copy),
        via: copy.via.map(|via| told.row(via)),
    });
    std::iter::once(canonical).chain(copies)
}

impl Row<'_> {
    fn holds(&self) -> Option<&'static str> {
        self.copy.and_then(|copy| copy.holds).map(Holds::as_str)
    }

    /// Whether the article stood in the story before, as it does now.
    fn is_as(&self, before: Option<&Before>, story: Key) -> bool {
        before.is_some_and(|was| {
            let (place, relation, holds, via) = &was.row;
            was.story == story
                && (*place, relation.as_str(), holds.as_deref(), *via)
                    == (self.place, self.relation, self.holds(), self.via)
        })
    }

    fn write(
        &self,
        into: &mut CachedStatement<'_>,
        story: &str,
        run: i64,
    ) -> Result<(), ArchiveError> {
        let share = |of: fn(&Copy) -> Ratio| {
            self.copy
                .map(|copy| f64::from(of(copy).thousandths()) / 1000.0)
        };
        into.execute(params![
            self.article,
            story,
            self.place,
            self.relation,
            share(|copy| copy.jaccard),
            share(|copy| copy.containment),
            share(|copy| copy.verbatim),
            self.holds(),
            self.via,
            self.copy.is_some_and(|copy| copy.uncredited),
            run
        ])?;
        Ok(())
    }
}

/// Writes the rows of stories, one after another.
struct Writer<'d> {
    stories: CachedStatement<'d>,
    members: CachedStatement<'d>,
    run: i64,
}

impl<'d> Writer<'d> {
    fn new(db: &'d Connection, run: i64) -> Result<Self, ArchiveError> {
        let stories = db.prepare_cached(
            "INSERT INTO stories (id, canonical, copies, title, agency, published, reason, origin, origin_reason, run, \
             changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let members = db.prepare_cached(
            "INSERT INTO members (article, story, place, relation, jaccard, containment, verbatim, holds, via, uncredited, \
             run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        Ok(Self {
            stories,
            members,
            run,
        })
    }

    /// Writes one story's rows; `was`: the runs that it had.
    fn story(
        &mut self,
        told: &Locals,
        story: &Story,
        before: &HashMap<u32, Before>,
        was: Option<&Runs>,
    ) -> Result<(), ArchiveError> {
        let (id, run) = (story.id.to_string(), self.run);
        let mut unchanged = true;
        for row in rows(told, story) {
            let was = before.get(&row.article);
            unchanged &= row.is_as(was, story.id);
            let since = was.filter(|was| was.story == story.id);
            row.write(&mut self.members, &id, since.map_or(run, |was| was.run))?;
        }
        let copies = story.copies.len() as u32;
        let (first, changed) = match was {
            Some(was) if unchanged && was.copies == copies => (was.first, was.changed),
            Some(was) => (was.first, run),
            None => (run, run),
        };
        let earliest = members(story)
            .filter_map(|no| told.members[no.index()].article.published.at)
            .min();
        self.stories.execute(params![
            id,
            told.row(story.canonical),
            copies,
            told.members[story.canonical.index()].article.title,
            story.origin.agency,
            earliest.map(|at| at.to_string()),
            story.reason,
            story.origin.article.map(|no| told.row(no)),
            story.origin.reason,
            first,
            changed
        ])?;
        Ok(())
    }
}
