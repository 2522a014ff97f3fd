//! Some rows of an archive in memory, under the dense handles that judging, clustering and electing work with.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{ArchiveError, rows};
use crate::article::{ArticleNo, Rank};
use crate::fold::Member;
use crate::verify::Match;

/// Articles by handle, found again by row.
#[derive(Debug, Default)]
pub struct Locals {
    /// The row behind each handle.
    pub rows: Vec<u32>,
    /// The articles, without bodies and places.
    pub members: Vec<Member>,
    /// Their ranks.
    pub ranks: Vec<Rank>,
    /// Whether they have a body.
    pub has_body: Vec<bool>,
    by_row: HashMap<u32, u32>,
}

impl Locals {
    /// Adds an article that is in memory already.
    pub fn push(&mut self, row: u32, rank: Rank, has_body: bool, member: Member) {
        let local = self.rows.len() as u32;
        self.by_row.insert(row, local);
        self.rows.push(row);
        self.ranks.push(rank);
        self.has_body.push(has_body);
        self.members.push(member);
    }

    /// The handle of a row, which is read from the archive if it is not here.
    ///
    /// # Errors
    /// When the archive has no such row, or it cannot be read.
    pub fn handle(&mut self, db: &Connection, row: u32) -> Result<ArticleNo, ArchiveError> {
        if let Some(&local) = self.by_row.get(&row) {
            return Ok(ArticleNo(local));
        }
        let stored = rows::load(db, row)?
            .ok_or_else(|| ArchiveError::Corrupt(format!("article {row} is missing")))?;
        self.push(row, stored.rank, stored.bytes > 0, stored.member);
        Ok(ArticleNo(self.rows.len() as u32 - 1))
    }

    /// The row behind a handle.
    pub fn row(&self, no: ArticleNo) -> u32 {
        self.rows[no.index()]
    }

    /// A match between rows as one between handles.
    ///
    /// # Errors
    /// When one of the rows cannot be read.
    pub fn local(&mut self, db: &Connection, m: &Match) -> Result<Match, ArchiveError> {
        Ok(Match {
            a: self.handle(db, m.a.0)?,
            b: self.handle(db, m.b.0)?,
            ..*m
        })
    }

    /// Matches between handles as ones between rows, in the order of their table.
    pub fn all_stored(&self, found: &[Match]) -> Vec<Match> {
        let stored = found.iter().map(|m| Match {
            a: ArticleNo(self.row(m.a)),
            b: ArticleNo(self.row(m.b)),
            ..*m
        });
        let mut stored: Vec<Match> = stored.collect();
        stored.sort_unstable_by_key(|m| (m.a.0.min(m.b.0), m.a.0.max(m.b.0)));
        stored
    }
}
