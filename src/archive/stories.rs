//! Stories told again: what an addition touched is clustered and elected anew, by the code that a fold uses.
//!
//! A component of matches can be clustered alone with the same result. So all components that hold an article that is
//! new, whose matches changed or whose facts changed are read, told again, and written over what stood there.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::locals::Locals;
use super::{ArchiveError, matches};
use crate::cluster::cluster;
use crate::elect::Story;
use crate::fold::tell;
use crate::verify::Match;

/// Beyond so many touched articles all matches are read at once.
const ONE_BY_ONE: usize = 20_000;

/// Stories with their articles, before they are written.
#[derive(Debug)]
pub struct Retold {
    /// The articles.
    pub locals: Locals,
    /// In the order of their table.
    pub stories: Vec<Story>,
    /// Articles that cover several stories now and did not before, or the other way round: handles.
    pub roundups: Vec<u32>,
}

/// All stories that hold a touched row.
pub fn retell(
    db: &Connection,
    locals: Locals,
    touched: &BTreeSet<u32>,
) -> Result<Retold, ArchiveError> {
    let (rows, ties) = components(db, touched)?;
    let mut told = chosen(db, locals, &rows)?;
    let ties: Vec<Match> = ties
        .iter()
        .map(|m| told.local(db, m))
        .collect::<Result<_, _>>()?;
    Ok(told_of(told, &ties))
}

/// The stories of these articles and no others; `ties` are the matches between their handles.
pub fn told_of(mut locals: Locals, ties: &[Match]) -> Retold {
    let before: Vec<bool> = locals
        .members
        .iter_mut()
        .map(|member| std::mem::take(&mut member.roundup))
        .collect();
    let ranks = &locals.ranks;
    let clustering = cluster(ties, &|no| ranks[no.index()]);
    let has_body = std::mem::take(&mut locals.has_body);
    let mut stories = tell(
        &mut locals.members,
        &|no| has_body[no.index()],
        &clustering,
        ties,
    );
    locals.has_body = has_body;
    stories.sort_unstable_by_key(|story| story.id);
    let changed = before.iter().zip(&locals.members).zip(0..);
    let roundups = changed
        .filter(|((was, now), _)| **was != now.roundup)
        .map(|(_, handle)| handle)
        .collect();
    Retold {
        locals,
        stories,
        roundups,
    }
}

/// These rows alone, and nothing else.
fn chosen(db: &Connection, mut locals: Locals, rows: &[u32]) -> Result<Locals, ArchiveError> {
    if rows == locals.rows {
        return Ok(locals);
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
