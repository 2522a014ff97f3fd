//! The rows of the articles that an addition brings: numbered first, so that they can be linked, and written while
//! their pairs are judged.

use rusqlite::{Connection, params};

use super::add::{Job, Known};
use super::incoming::{Incoming, Packed};
use super::linking::Focus;
use super::locals::Locals;
use super::texts::{Fresh, lock};
use super::{ArchiveError, matches, rows};
use crate::fold::{Member, stretch};

/// Gives the new articles their rows, from `fresh` on, and puts those with a body into the focus of the join.
pub(super) fn number(
    incoming: &mut Incoming,
    fresh: u32,
    window: Option<i64>,
    known: &mut Known,
) -> (Locals, Focus) {
    let mut locals = Locals::default();
    let members = std::mem::take(&mut incoming.members);
    let mut focus = Focus {
        postings: std::mem::take(&mut incoming.postings),
        articles: vec![None; members.len()],
    };
    for (at, member) in members.into_iter().enumerate() {
        if known.at.contains(&(at as u32)) {
            continue;
        }
        let no = fresh + locals.rows.len() as u32;
        let packed = incoming.packed[at];
        known.new.push(at as u32);
        known.new_places += member.seen.len() as u64;
        if packed.bytes > 0 {
            focus.articles[at] = Some(packed.sketched(no, stretch(&member.article, window)));
            known.touched.insert(no);
        }
        locals.push(no, packed.rank, packed.bytes > 0, member);
    }
    (locals, focus)
}

impl Job<'_> {
    /// Writes the rows of the new articles, which stand first among the locals. Others may use the connection between
    /// two of them.
    pub(super) fn store(&self, fresh: &Fresh<'_>, locals: &Locals) -> Result<(), ArchiveError> {
        for ((&at, &no), member) in fresh.at.iter().zip(&locals.rows).zip(&locals.members) {
            let at = at as usize;
            let packed = fresh.incoming.packed[at];
            let (blobs, sketch) = fresh.incoming.blobs(at)?;
            let blobs = blobs.split_at(sketch.min(blobs.len()));
            self.insert(&lock(self.db), no, member, &packed, blobs)?;
            self.progress.advance(1);
        }
        Ok(())
    }

    fn insert(
        &self,
        db: &Connection,
        no: u32,
        member: &Member,
        packed: &Packed,
        (sketch, body): (&[u8], &[u8]),
    ) -> Result<(), ArchiveError> {
        rows::insert(db, no, self.run, (packed.rank.0, packed.bytes), member)?;
        rows::insert_places(db, no, self.run, 0, &member.seen)?;
        if packed.bytes > 0 {
            db.prepare_cached("INSERT INTO bodies (article, zstd) VALUES (?1, ?2)")?
                .execute(params![no, body])?;
            let stretch = stretch(&member.article, self.window);
            matches::insert_sketch(db, &packed.sketched(no, stretch), sketch)?;
        }
        Ok(())
    }
}
