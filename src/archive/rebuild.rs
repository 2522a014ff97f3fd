//! Makes what is derived again from the kept texts: sketches, stars, matches and stories.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rusqlite::{Connection, params};
use xxhash_rust::xxh3::xxh3_64;

use super::add::Job;
use super::linking::{Focus, note};
use super::locals::Locals;
use super::story_rows::{self, Change};
use super::texts::{packed, unpacked};
use super::{ArchiveError, lock, matches, schema, stories};
use crate::article::{Key, Moment, Rank};
use crate::candidates::{Postings, Size, Sketched, Stretch};
use crate::progress::Phase;
use crate::sketch::{Sketch, Sketcher, pack};

/// Articles that are sketched again in one go.
const BLOCK: usize = 4096;

/// An article with a body.
struct Row {
    no: u32,
    key: Key,
    stretch: Stretch,
}

/// A text that was sketched again.
struct Again {
    article: Sketched,
    words: u32,
    sketch: Sketch,
}

impl Job<'_> {
    /// Makes all derived tables again from the texts.
    pub(super) fn rebuild(&self) -> Result<Change, ArchiveError> {
        let db = lock(self.db);
        db.execute_batch("DELETE FROM sketches; DELETE FROM stars; DELETE FROM matches")?;
        if self.window.is_some() {
            schema::index_stretches(&db)?;
        }
        let rows = rows(&db, self.window)?;
        let focus = self.sketch(&db, &rows)?;
        let mut touched = rows.iter().map(|row| row.no).collect();
        let mut locals = Locals::default();
        // to the join, all are new
        let pairs = self.pairs(&db, focus, &mut locals, (1, &BTreeSet::new()), &mut touched)?;
        drop(db);
        self.progress.start(Phase::Verify, pairs.len() as u64);
        let stored = locals.all_stored(&self.judge(&pairs, &locals, None)?);
        let db = lock(self.db);
        note(&db, &stored)?;
        touched.extend(stored.iter().flat_map(|m| [m.a.0, m.b.0]));
        self.progress.start(Phase::Stories, touched.len() as u64);
        let retold = stories::retell(&db, locals, &touched)?;
        let change = story_rows::write(&db, &retold, u32::MAX, self.run)?;
        schema::set_meta(&db, "fingerprint", &schema::fingerprint())?;
        Ok(change)
    }

    /// Sketches all texts again and stores the sketches.
    fn sketch(&self, db: &Connection, rows: &[Row]) -> Result<Focus, ArchiveError> {
        self.progress.start(Phase::Store, rows.len() as u64);
        let mut focus = Focus {
            postings: Postings::default(),
            articles: Vec::with_capacity(rows.len()),
        };
        let mut bytes = Vec::new();
        for block in rows.chunks(BLOCK) {
            for again in sketch_again(db, block)? {
                let no = again.article.no;
                db.prepare_cached("UPDATE articles SET words = ?2 WHERE no = ?1 AND words <> ?2")?
                    .execute(params![no, again.words])?;
                bytes.clear();
                pack(&again.sketch.0, &mut bytes);
                matches::insert_sketch(db, &again.article, &bytes)?;
                focus
                    .postings
                    .push(&again.sketch.0, again.article.size.tokens);
                focus.articles.push(Some(again.article));
            }
            self.progress.advance(block.len() as u64);
        }
        Ok(focus)
    }
}

/// All articles with a body.
fn rows(db: &Connection, window: Option<i64>) -> Result<Vec<Row>, ArchiveError> {
    let mut statement = db.prepare(
        "SELECT no, key, coalesce(published, fetched) FROM articles WHERE bytes > 0 ORDER BY no",
    )?;
    let mut found = statement.query(())?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let key = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let time: Option<String> = row.get(2)?;
        let time = time.as_deref().and_then(Moment::parse);
        rows.push(Row {
            no: row.get(0)?,
            key: story_rows::key(key)?,
            stretch: Stretch::of(time.map(|time| time.seconds), window),
        });
    }
    Ok(rows)
}

fn sketch_again(db: &Connection, block: &[Row]) -> Result<Vec<Again>, ArchiveError> {
    let texts: Vec<Vec<u8>> = block
        .iter()
        .map(|row| packed(db, row.no))
        .collect::<Result<_, _>>()?;
    block
        .par_iter()
        .zip(texts)
        .map_init(Sketcher::default, |sketcher, (row, text)| {
            let body = unpacked(&text)?;
            let sketch = Sketch(sketcher.sketch(&body).to_vec());
            let article = Sketched {
                no: row.no,
                rank: Rank(xxh3_64(body.as_bytes()), row.key),
                size: Size {
                    kept: sketch.0.len() as u32,
                    tokens: sketcher.tokens(),
                },
                stretch: row.stretch,
            };
            Ok(Again {
                article,
                words: sketcher.words(),
                sketch,
            })
        })
        .collect()
}
