//! Which stories of an archive are asked for → conditions of a query.

use rusqlite::Connection;
use rusqlite::types::ToSql;

use super::{ArchiveError, search};
use crate::article::Key;

/// Which stories; all conditions must hold. The default is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// With a member published then or later: RFC 3339, or a date.
    pub since: Option<String>,
    /// With a member published then or earlier.
    pub until: Option<String>,
    /// That appeared in this span: the first member published, or else fetched, then or later, and then or earlier.
    pub appeared: Option<(String, String)>,
    /// Written by this agency, without regard to case.
    pub agency: Option<String>,
    /// Printed by this publisher, without regard to case.
    pub publisher: Option<String>,
    /// With a member that holds all these words in its title or text.
    pub words: Option<String>,
    /// With at least so many copies.
    pub min_copies: usize,
    /// With a member that carries an agency's text and names none.
    pub uncredited: bool,
    /// That this run made or changed.
    pub run: Option<i64>,
    /// This one, or what became of it.
    pub story: Option<Key>,
}

impl Query {
    /// Whether it asks for all stories.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The ids of the stories, in a temporary table `asked (id)`.
    pub(super) fn ask(&self, db: &Connection) -> Result<(), ArchiveError> {
        let (conditions, values) = self.conditions(db)?;
        db.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS asked (id TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM asked",
        )?;
        let sql = format!("INSERT INTO asked SELECT s.id FROM stories s WHERE {conditions}");
        let values: Vec<&dyn ToSql> = values.iter().map(AsRef::as_ref).collect();
        db.execute(&sql, values.as_slice())?;
        Ok(())
    }

    /// The condition on a story `s`, and the values of its parameters.
    fn conditions(&self, db: &Connection) -> Result<(String, Vec<Box<dyn ToSql>>), ArchiveError> {
        let mut conditions: Vec<String> = Vec::new();
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        let mut with = |condition: &str, value: Box<dyn ToSql>| {
            conditions.push(condition.replace('?', &format!("?{}", values.len() + 1)));
            values.push(value);
        };
        if let Some(since) = &self.since {
            with(&member("a.published >= ?"), Box::new(since.clone()));
        }
        if let Some(until) = &self.until {
            with(&member("a.published <= ?"), Box::new(end(until)));
        }
        if let Some((from, to)) = &self.appeared {
            for (side, at) in [(">=", from), ("<=", to)] {
                let fetched = member(&format!("a.fetched {side} ?"));
                let at = Box::new(at.clone());
                with(
                    &format!("(s.published {side} ? OR s.published IS NULL AND {fetched})"),
                    at,
                );
            }
        }
        if let Some(agency) = &self.agency {
            with("s.agency = ? COLLATE NOCASE", Box::new(agency.clone()));
        }
        if let Some(publisher) = &self.publisher {
            let same = member("a.publisher = ? COLLATE NOCASE");
            with(&same, Box::new(publisher.clone()));
        }
        if self.min_copies > 0 {
            with("s.copies >= ?", Box::new(self.min_copies as i64));
        }
        if self.uncredited {
            with(&member("m.uncredited = ?"), Box::new(true));
        }
        if let Some(run) = self.run {
            with("s.changed = ?", Box::new(run));
        }
        if let Some(story) = self.story {
            with("s.id = ?", Box::new(follow(db, story)?.to_string()));
        }
        if let Some(words) = &self.words {
            let rows = member("a.no IN (SELECT value FROM json_each(?))");
            with(&rows, Box::new(search::find(db, words)?));
        }
        if conditions.is_empty() {
            conditions.push("1".to_owned());
        }
        Ok((conditions.join(" AND "), values))
    }
}

/// Says of a story that a member has something.
fn member(condition: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM members m JOIN articles a ON a.no = m.article WHERE m.story = s.id AND {condition})"
    )
}

/// The last moment of a time: a day holds all of its moments.
fn end(until: &str) -> String {
    if until.len() == 10 {
        format!("{until}T23:59:59Z")
    } else {
        until.to_owned()
    }
}

/// The story that a former id became; the id itself where nothing is known of it.
fn follow(db: &Connection, id: Key) -> Result<Key, ArchiveError> {
    let text = id.to_string();
    // an id is the key of a member: where that article stands, the story is
    let mut statement = db.prepare(
        "SELECT id FROM stories WHERE id = ?1 \
         UNION ALL SELECT m.story FROM articles a JOIN members m ON m.article = a.no WHERE a.key = ?1 LIMIT 1",
    )?;
    let mut lineage =
        db.prepare("SELECT new FROM lineage WHERE old = ?1 ORDER BY run DESC LIMIT 1")?;
    let mut at = text;
    for _ in 0..1000 {
        let now: Option<String> = first(&mut statement, &at)?;
        if let Some(now) = now {
            return super::story_rows::key(&now);
        }
        match first(&mut lineage, &at)? {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(id)
}

fn first(
    statement: &mut rusqlite::Statement<'_>,
    id: &str,
) -> Result<Option<String>, ArchiveError> {
    use rusqlite::OptionalExtension;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}
