//! The tables of stories: what an addition touched is clustered and elected anew, by the code that a fold uses.
//!
//! A component of matches can be clustered alone with the same result. So all components that hold an article that is
//! new, whose matches changed or whose facts changed are read, told again, and written over what stood there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::locals::Locals;
use super::{ArchiveError, matches};
use crate::article::{ArticleNo, Key};
use crate::cluster::cluster;
use crate::elect::{Copy, Holds, Story};
use crate::fold::tell;
use crate::report::members;
use crate::verify::{Match, Ratio, Relation};

/// Beyond so many touched articles all matches are read at once.
const ONE_BY_ONE: usize = 20_000;

/// What became of the stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Ids of stories of new articles alone, in order.
    pub new_stories: Vec<Key>,
    /// New articles in stories that were known: row and story, by row.
    pub new_copies: Vec<(u32, Key)>,
    /// The same, where the new article is an update of the story or is updated by it.
    pub updates: Vec<(u32, Key)>,
    /// Ids that are gone, with the ids of the stories that their first members stand in now.
    pub retired: Vec<(Key, Option<Key>)>,
}

/// Tells all stories again that hold a touched row. Rows from `fresh` on are new.
pub fn retell(
    db: &Connection,
    locals: &mut Locals,
    touched: &BTreeSet<u32>,
    fresh: u32,
    run: i64,
) -> Result<Change, ArchiveError> {
    let (rows, ties) = components(db, touched)?;
    let mut told = chosen(db, locals, &rows)?;
    let before: Vec<bool> = told
        .members
        .iter_mut()
        .map(|member| std::mem::take(&mut member.roundup))
        .collect();
    let ties: Vec<Match> = ties
        .iter()
        .map(|m| told.local(db, m))
        .collect::<Result<_, _>>()?;
    let ranks = &told.ranks;
    let clustering = cluster(&ties, &|no| ranks[no.index()]);
    let has_body = std::mem::take(&mut told.has_body);
    let mut stories = tell(
        &mut told.members,
        &|no| has_body[no.index()],
        &clustering,
        &ties,
    );
    // in the order of their table
    stories.sort_unstable_by_key(|story| story.id);
    for (no, &was) in before.iter().enumerate() {
        let now = told.members[no].roundup;
        if now != was {
            db.prepare_cached("UPDATE articles SET roundup = ?2 WHERE no = ?1")?
                .execute(params![told.rows[no], now])?;
        }
    }
    write(db, &told, &stories, fresh, run)
}

/// These rows alone, and nothing else.
fn chosen(db: &Connection, locals: &mut Locals, rows: &[u32]) -> Result<Locals, ArchiveError> {
    // a first fill: all are told, none is needed afterwards
    if rows == locals.rows {
        return Ok(std::mem::take(locals));
    }
    let mut chosen = Locals::default();
    for &row in rows {
        let no = locals.handle(db, row)?.index();
        chosen.push(
            row,
            locals.ranks[no],
            locals.has_body[no],
            locals.members[no].clone(),
        );
    }
    Ok(chosen)
}

/// All rows that hang together with a touched one, ascending, and the matches between them.
fn components(
    db: &Connection,
    touched: &BTreeSet<u32>,
) -> Result<(Vec<u32>, Vec<Match>), ArchiveError> {
    let mut all: HashMap<u32, Vec<Match>> = HashMap::new();
    let whole = touched.len() > ONE_BY_ONE;
    if whole {
        for m in matches::all(db)? {
            all.entry(m.a.0).or_default().push(m);
            all.entry(m.b.0).or_default().push(m);
        }
    }
    let mut seen = touched.clone();
    let mut open: Vec<u32> = touched.iter().copied().collect();
    let mut ties = Vec::new();
    while let Some(row) = open.pop() {
        let of = if whole {
            all.remove(&row).unwrap_or_default()
        } else {
            matches::of(db, row)?
        };
        for m in of {
            let other = if m.a.0 == row { m.b.0 } else { m.a.0 };
            if seen.insert(other) {
                open.push(other);
            }
            // met from both sides, kept once
            if m.a.0 == row {
                ties.push(m);
            }
        }
    }
    ties.sort_unstable_by_key(|m| (m.a.0, m.b.0));
    Ok((seen.into_iter().collect(), ties))
}

/// Where an article stood before.
struct Before {
    story: Key,
    run: i64,
    row: (u32, String, Option<String>, Option<u32>),
}

fn write(
    db: &Connection,
    told: &Locals,
    stories: &[Story],
    fresh: u32,
    run: i64,
) -> Result<Change, ArchiveError> {
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
    let mut now: BTreeMap<Key, Key> = BTreeMap::new();
    for story in stories {
        for no in members(story) {
            now.insert(told.members[no.index()].article.key, story.id);
        }
        note(&mut change, told, story, &before, fresh);
        store(db, told, story, &before, &runs, run)?;
    }
    let current: BTreeSet<Key> = stories.iter().map(|story| story.id).collect();
    for &id in old.difference(&current) {
        let new = now.get(&id).copied();
        if let Some(new) = new {
            db.prepare_cached(
                "INSERT OR REPLACE INTO lineage (old, new, run) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![id.to_string(), new.to_string(), run])?;
        }
        change.retired.push((id, new));
    }
    change.new_stories.sort_unstable();
    change.new_copies.sort_unstable();
    change.updates.sort_unstable();
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
    let is_known = members(story).any(|no| before.contains_key(&told.row(no)));
    if !is_known {
        return change.new_stories.push(story.id);
    }
    let is_new = |no: ArticleNo| told.row(no) >= fresh;
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
        list.push((told.row(story.canonical), story.id));
    }
    for copy in story.copies.iter().filter(|copy| is_new(copy.article)) {
        let list = match copy.relation {
            Relation::Update => &mut change.updates,
            Relation::Identical | Relation::Copy | Relation::Excerpt | Relation::Rewrite => {
                &mut change.new_copies
            }
        };
        list.push((told.row(copy.article), story.id));
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
fn rows<'a>(told: &Locals, story: &'a Story) -> Vec<Row<'a>> {
    let canonical = Row {
        article: told.row(story.canonical),
        place: 0,
        relation: "canonical",
        copy: None,
        via: None,
    };
    let copies = story.copies.iter().zip(1..).map(|(copy, place)| Row {
        article: told.row(copy.article),
        place,
        relation: copy.relation.as_str(),
        copy: Some(copy),
        via: copy.via.map(|via| told.row(via)),
    });
    std::iter::once(canonical).chain(copies).collect()
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

    fn write(&self, db: &Connection, story: &str, run: i64) -> Result<(), ArchiveError> {
        let share = |of: fn(&Copy) -> Ratio| {
            self.copy
                .map(|copy| f64::from(of(copy).thousandths()) / 1000.0)
        };
        db.prepare_cached(
            "INSERT INTO members (article, story, place, relation, jaccard, containment, verbatim, holds, via, uncredited, \
             run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
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

/// Writes one story's rows.
fn store(
    db: &Connection,
    told: &Locals,
    story: &Story,
    before: &HashMap<u32, Before>,
    runs: &BTreeMap<Key, Runs>,
    run: i64,
) -> Result<(), ArchiveError> {
    let id = story.id.to_string();
    let rows = rows(told, story);
    let mut unchanged = true;
    for row in &rows {
        let was = before.get(&row.article);
        unchanged &= row.is_as(was, story.id);
        let since = was.filter(|was| was.story == story.id);
        row.write(db, &id, since.map_or(run, |was| was.run))?;
    }
    let copies = story.copies.len() as u32;
    let (first, changed) = match runs.get(&story.id) {
        Some(was) if unchanged && was.copies == copies => (was.first, was.changed),
        Some(was) => (was.first, run),
        None => (run, run),
    };
    let earliest = members(story)
        .filter_map(|no| told.members[no.index()].article.published.at)
        .min();
    db.prepare_cached(
        "INSERT INTO stories (id, canonical, copies, title, agency, published, reason, origin, origin_reason, run, changed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
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
