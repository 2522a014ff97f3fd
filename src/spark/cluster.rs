//! Stage `cluster`: the articles of whole components with their matches → stories, by the core's clustering and election.
//!
//! Components do not depend on each other, so those of a bucket, or of several small ones, are folded in one go. Bodies
//! wait in the fold's spool: a story of a hundred thousand articles is written without holding it. Lines that recur over
//! the corpus come before the articles, and are set aside.

use std::collections::HashMap;
use std::io::{self, Write};

use super::compare::{match_of, number};
use super::pack::Packed;
use super::record;
use super::recurring::hashes_of;
use super::stream::{Ascending, Kind, Line, Lines, Sink, bad, unpacked};
use crate::article::ArticleNo;
use crate::elect::Story;
use crate::fold::{Fold, Folder, Settings, set_aside_known};
use crate::report::json::{self, Json};
use crate::verify::Match;

/// Articles that are folded in one go, if their buckets allow it.
const ENOUGH: usize = 8192;

/// Bytes of a piece of a story.
const PIECE: usize = 1 << 16;

/// Runs the stage.
///
/// # Errors
/// When the lines are not sorted, an article is missing, or they cannot be read or written.
pub fn cluster(lines: &mut Lines<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut group = Group::new();
    let mut counts = [0; 2];
    let mut recurring = Vec::new();
    let mut ascending = Ascending::default();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Member | Kind::Matches => {
                if ascending.enters(line.bucket)? && group.numbers.len() >= ENOUGH {
                    std::mem::replace(&mut group, Group::new()).write(
                        &recurring,
                        sink,
                        &mut counts,
                    )?;
                }
                group.take(line)?;
            }
            Kind::Recurring => recurring.extend(hashes_of(&line)?),
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    group.write(&recurring, sink, &mut counts)?;
    sink.counts(&[("stories", counts[0]), ("copies", counts[1])])
}

/// Articles that are folded in one go.
struct Group {
    folder: Folder,
    /// An article's number in the corpus → in the folder.
    numbers: HashMap<u32, ArticleNo>,
    matches: Vec<Match>,
}

impl Group {
    fn new() -> Self {
        Self {
            folder: Folder::new(Settings::default()),
            numbers: HashMap::new(),
            matches: Vec::new(),
        }
    }

    fn take(&mut self, line: Line<'_>) -> io::Result<()> {
        if line.kind == Kind::Member {
            let number = number(line.order)?;
            let (article, seen) = record::read(line.payload)?;
            if !self.numbers.contains_key(&number) {
                let no = self.folder.hold(article, seen)?;
                self.numbers.insert(number, no);
            }
            return Ok(());
        }
        let bytes = unpacked(line.payload)?;
        let mut packed = Packed(&bytes);
        while !packed.is_empty() {
            self.matches.push(match_of(&mut packed)?);
        }
        Ok(())
    }

    /// Folds the group and writes its stories.
    fn write(
        self,
        recurring: &[u64],
        sink: &mut Sink<'_>,
        counts: &mut [u64; 2],
    ) -> io::Result<()> {
        let matches: io::Result<Vec<Match>> = self
            .matches
            .iter()
            .map(|m| {
                let no = |number: ArticleNo| {
                    self.numbers.get(&number.0).copied().ok_or_else(|| {
                        bad(format!(
                            "article {} of a match is not in its bucket",
                            number.0
                        ))
                    })
                };
                Ok(Match {
                    a: no(m.a)?,
                    b: no(m.b)?,
                    ..*m
                })
            })
            .collect();
        let mut fold = self.folder.stories(&matches?);
        set_aside_known(&mut fold, recurring.to_vec())?;
        for story in &fold.stories {
            counts[0] += 1;
            counts[1] += story.copies.len() as u64;
            let mut pieces = Pieces {
                sink,
                order: order(&fold, story),
                number: 0,
                piece: Vec::new(),
            };
            let mut json = Json::new(&mut pieces);
            json::story(&mut json, &fold, story, None)?;
            json.finish()?;
            pieces.flush()?;
        }
        Ok(())
    }
}

/// Writes a story in pieces that no worker has trouble with, each a line; BUCKET numbers them.
struct Pieces<'s, 'w> {
    sink: &'s mut Sink<'w>,
    order: String,
    number: u64,
    piece: Vec<u8>,
}

impl Write for Pieces<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.piece.is_empty() {
            self.sink.line(Line {
                kind: Kind::Story,
                bucket: self.number,
                order: &self.order,
                payload: &self.piece,
            })?;
            self.number += 1;
            self.piece.clear();
        }
        Ok(())
    }
}

/// Sorts stories as the report does: most copies first, then the newest, then by id.
fn order(fold: &Fold, story: &Story) -> String {
    let copies = u64::MAX - story.copies.len() as u64;
    let time = match json::earliest(fold, story) {
        // seconds ascend through zero as unsigned ones do with the sign turned
        Some(at) => {
            let seconds = u64::MAX - (at.seconds as u64 ^ 1 << 63);
            format!("0{seconds:016x}{}", u8::from(!at.day_only))
        }
        None => "1".repeat(18),
    };
    format!("{copies:016x}{time}{}", story.id)
}
