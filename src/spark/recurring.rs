//! Stages `lines` and `recurring`: which lines stand in so many stories of the corpus that they are furniture.
//!
//! `lines` clusters the articles of whole components by their numbers alone (these are in the order of the ranks) and
//! says in which stories each line stands; `recurring` counts, a bucket of lines at a time. No text is needed: `sketch`
//! wrote the hashes of each article's lines. A line that is known to recur is not told again, so that a frame on a
//! million pages gathers nowhere.

use std::collections::HashMap;
use std::io;

use super::articles::share;
use super::compare::{match_of, number};
use super::pack::{Packed, put_eight};
use super::stream::{Ascending, Kind, Line, Lines, Sink, bad, unpacked};
use crate::article::{ArticleNo, Key, Rank};
use crate::cluster::cluster;
use crate::fold::recurs;
use crate::verify::Match;

/// Articles that are clustered in one go, if their buckets allow it.
const ENOUGH: usize = 1 << 16;

/// Marks that are held before equal ones become one.
const BATCH: usize = 1 << 20;

/// Bytes that make a line of the stream.
const LINE: usize = 48 << 10;

/// That a line stands in a story; a story goes by the least number of its members.
type Mark = (u64, u32);

/// Runs `lines`; lines go to so many buckets by their hashes.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn lines(lines: &mut Lines<'_>, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut group = Group::default();
    let mut marks = Marks::default();
    let mut ascending = Ascending::default();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Lines | Kind::Matches => {
                if ascending.enters(line.bucket)? && group.articles.len() >= ENOUGH {
                    std::mem::take(&mut group).tell(&mut marks);
                }
                group.take(line)?;
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    group.tell(&mut marks);
    marks.settle();
    marks.write(buckets, sink)
}

/// Runs `recurring`.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn recurring(lines: &mut Lines<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut marks = Marks::default();
    let mut found = Vec::new();
    let mut ascending = Ascending::default();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Marks => {
                if ascending.enters(line.bucket)? {
                    marks.recurring(&mut found);
                }
                let bytes = unpacked(line.payload)?;
                let mut packed = Packed(&bytes);
                while !packed.is_empty() {
                    marks.add((packed.eight()?, packed.four()?));
                }
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    marks.recurring(&mut found);
    for part in found.chunks(LINE / 8) {
        let bytes: Vec<u8> = part.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        sink.packed(Kind::Recurring, 0, &bytes)?;
    }
    sink.counts(&[("recurring_lines", found.len() as u64)])
}

/// Articles that are clustered in one go.
#[derive(Default)]
struct Group {
    /// The hashes of the lines of each, by its number.
    articles: HashMap<u32, Vec<u64>>,
    matches: Vec<Match>,
}

impl Group {
    fn take(&mut self, line: Line<'_>) -> io::Result<()> {
        let bytes = unpacked(line.payload)?;
        let mut packed = Packed(&bytes);
        if line.kind == Kind::Lines {
            let hashes = self.articles.entry(number(line.order)?).or_default();
            while !packed.is_empty() {
                hashes.push(packed.eight()?);
            }
            return Ok(());
        }
        while !packed.is_empty() {
            self.matches.push(match_of(&mut packed)?);
        }
        Ok(())
    }

    /// Clusters the group and marks its lines.
    fn tell(self, marks: &mut Marks) {
        let rank = |no: ArticleNo| Rank(u64::from(no.0), Key(u64::from(no.0)));
        let mut story: HashMap<u32, u32> = HashMap::new();
        for cluster in cluster(&self.matches, &rank).clusters {
            let least = cluster.members.iter().map(|no| no.0).min();
            story.extend(
                cluster
                    .members
                    .iter()
                    .map(|no| no.0)
                    .zip(least.into_iter().cycle()),
            );
        }
        for (number, hashes) in self.articles {
            let story = story.get(&number).copied().unwrap_or(number);
            for hash in hashes {
                marks.add((hash, story));
            }
        }
    }
}

/// Marks, each once; of a line that recurs only as many as tell it.
#[derive(Default)]
struct Marks {
    all: Vec<Mark>,
    /// Marks up to which none are settled.
    room: usize,
}

impl Marks {
    fn add(&mut self, mark: Mark) {
        self.all.push(mark);
        if self.all.len() > self.room.max(BATCH) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.all.sort_unstable();
        self.all.dedup();
        let mut run = (0, 0);
        self.all.retain(|&(hash, _)| {
            run = if run.0 == hash {
                (hash, run.1 + 1)
            } else {
                (hash, 0)
            };
            !recurs(run.1)
        });
        self.room = self.all.len() * 2;
    }

    fn write(&self, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        // buckets ascend with the hash
        for of_bucket in self
            .all
            .chunk_by(|a, b| share(a.0, buckets) == share(b.0, buckets))
        {
            let Some(&(first, _)) = of_bucket.first() else {
                continue;
            };
            for part in of_bucket.chunks(LINE / 12) {
                line.clear();
                for &(hash, story) in part {
                    put_eight(&mut line, hash);
                    line.extend_from_slice(&story.to_le_bytes());
                }
                sink.packed(Kind::Marks, share(first, buckets), &line)?;
            }
        }
        Ok(())
    }

    /// Takes the lines that recur to `found`; the bucket is complete.
    fn recurring(&mut self, found: &mut Vec<u64>) {
        self.settle();
        let lines = self.all.chunk_by(|a, b| a.0 == b.0);
        let recurring = lines.filter(|marks| recurs(marks.len()));
        found.extend(
            recurring
                .filter_map(|marks| marks.first())
                .map(|&(hash, _)| hash),
        );
        self.all.clear();
        self.room = 0;
    }
}

/// The hashes of a line of kind `recurring`.
pub(super) fn hashes_of(line: &Line<'_>) -> io::Result<Vec<u64>> {
    let bytes = unpacked(line.payload)?;
    if bytes.len() % 8 != 0 {
        return Err(bad("a list of recurring lines is cut"));
    }
    let mut packed = Packed(&bytes);
    let mut hashes = Vec::with_capacity(bytes.len() / 8);
    while !packed.is_empty() {
        hashes.push(packed.eight()?);
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_counts_once_a_story_and_is_told_no_more_than_needed() {
        let mut marks = Marks::default();
        for n in 0..100 {
            marks.add((7, n % 5));
            marks.add((8, n % 6));
            marks.add((9, n));
        }
        marks.settle();
        assert_eq!(marks.all.len(), 5 + 6 + 6);
        let mut found = Vec::new();
        marks.recurring(&mut found);
        assert_eq!(found, [8, 9]);
        assert!(marks.all.is_empty());
    }
}
