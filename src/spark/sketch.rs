//! Stage `sketch`: articles in the order of their ranks → members with their numbers, and their kept hashes.
//!
//! Equal keys have equal ranks, so sightings of one article are neighbours: they are merged here. An article's number
//! says its rank among all articles of the corpus; every later stage speaks of numbers, four bytes an article.

use std::io;

use super::pack::{put, put_eight};
use super::pairs::packed_stretch;
use super::record;
use super::stream::{Ascending, Kind, Line, Lines, Sink, bad};
use crate::article::{Article, Place};
use crate::candidates::Stretch;
use crate::fold::{Member, line_hashes, merge, stretch};
use crate::sketch::{Kept, Sketcher};

/// Bytes of postings of one bucket that make a line.
const LINE: usize = 48 << 10;

/// Bytes of postings that are held back in all.
const HELD: usize = 32 << 20;

/// The sightings of one article.
struct Group {
    bucket: u64,
    order: String,
    member: Option<Member>,
    clash: bool,
}

/// Merges, numbers and sketches; one stage's run.
struct Stage<'s, 'w> {
    sink: &'s mut Sink<'w>,
    sketcher: Sketcher,
    window: Option<i64>,
    postings: Vec<Vec<u8>>,
    held: usize,
    next: u64,
    /// articles, headlines, seen again, kept hashes
    counts: [u64; 4],
    text: Vec<u8>,
}

/// Runs the stage; postings go to so many buckets, and say in which stretch of a window they stand.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn sketch(
    lines: &mut Lines<'_>,
    (buckets, window): (u32, Option<i64>),
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let mut stage = Stage {
        sink,
        sketcher: Sketcher::default(),
        window,
        postings: vec![Vec::new(); buckets as usize],
        held: 0,
        next: 0,
        counts: [0; 4],
        text: Vec::new(),
    };
    let mut ascending = Ascending::default();
    let mut group: Option<Group> = None;
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::First | Kind::Article | Kind::Headline | Kind::Clash => {}
            Kind::Count | Kind::Skipped => {
                stage.sink.line(line)?;
                continue;
            }
            _ => continue,
        }
        ascending.enters(line.bucket)?;
        let same = |group: &Group| group.bucket == line.bucket && group.order == line.order;
        if !group.as_ref().is_some_and(same) {
            if let Some(done) = group.take() {
                if done.bucket == line.bucket && done.order.as_str() > line.order {
                    return Err(bad("articles do not come in the order of their ranks"));
                }
                stage.member(done)?;
            }
            group = Some(Group {
                bucket: line.bucket,
                order: line.order.to_owned(),
                member: None,
                clash: false,
            });
        }
        if let Some(group) = &mut group {
            stage.take(group, line)?;
        }
    }
    if let Some(done) = group {
        stage.member(done)?;
    }
    stage.finish()
}

impl Stage<'_, '_> {
    /// Adds a line to the group that it belongs to.
    fn take(&mut self, group: &mut Group, line: Line<'_>) -> io::Result<()> {
        match line.kind {
            Kind::First => {
                let text = std::str::from_utf8(line.payload).unwrap_or_default();
                self.next = text
                    .parse()
                    .map_err(|_| bad(format!("no number of a first article: {text}")))?;
            }
            Kind::Clash => group.clash = true,
            _ => {
                let (article, seen) = record::read(line.payload)?;
                match &mut group.member {
                    None => group.member = Some(member(article, seen)),
                    Some(member) => {
                        self.counts[2] += 1;
                        merge(member, article);
                    }
                }
            }
        }
        Ok(())
    }

    /// All sightings of an article are there.
    fn member(&mut self, group: Group) -> io::Result<()> {
        let Some(mut member) = group.member else {
            return Ok(());
        };
        if group.clash {
            member.article.id = member.article.key.to_string();
        }
        self.sketcher.sketch(&member.article.body);
        member.article.words = self.sketcher.words();
        self.text.clear();
        record::write(&member.article, &member.seen, &mut self.text)?;
        if member.article.body.is_empty() {
            self.counts[1] += 1;
            return self.sink.line(Line {
                kind: Kind::Headline,
                bucket: group.bucket,
                order: &group.order,
                payload: &self.text,
            });
        }
        let number = u32::try_from(self.next)
            .map_err(|_| bad("more than 4,294,967,296 articles: split the corpus"))?;
        self.next += 1;
        self.counts[0] += 1;
        let (bucket, order) = (u64::from(number), format!("{number:010}"));
        self.sink.line(Line {
            kind: Kind::Member,
            bucket,
            order: &order,
            payload: &self.text,
        })?;
        let mut hashes: Vec<u64> = line_hashes(&member.article.body).collect();
        hashes.sort_unstable();
        hashes.dedup();
        if !hashes.is_empty() {
            self.text.clear();
            for hash in hashes {
                put_eight(&mut self.text, hash);
            }
            self.sink
                .packed_at(Kind::Lines, bucket, &order, &self.text)?;
        }
        self.post(number, stretch(&member.article, self.window))
    }

    /// Adds the kept hashes of the last sketch to the postings of their buckets.
    fn post(&mut self, number: u32, stretch: Stretch) -> io::Result<()> {
        let buckets = self.postings.len() as u32;
        let mut kept: Vec<(u32, Kept)> = self
            .sketcher
            .kept()
            .iter()
            .map(|&kept| (bucket(kept.hash(), buckets), kept))
            .collect();
        kept.sort_unstable();
        self.counts[3] += kept.len() as u64;
        let (size, tokens) = (kept.len(), self.sketcher.tokens());
        for run in kept.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(bucket, _)) = run.first() else {
                continue;
            };
            let Some(postings) = self.postings.get_mut(bucket as usize) else {
                continue;
            };
            let before = postings.len();
            put(postings, u64::from(number));
            put(postings, size as u64);
            put(postings, u64::from(tokens));
            put(postings, packed_stretch(stretch));
            put(postings, run.len() as u64);
            for (_, kept) in run {
                postings.extend_from_slice(&kept.hash().to_le_bytes());
                put(postings, u64::from(kept.place()));
            }
            self.held += postings.len() - before;
            if postings.len() >= LINE {
                self.held -= postings.len();
                self.sink
                    .packed(Kind::Postings, u64::from(bucket), postings)?;
                postings.clear();
            }
        }
        if self.held >= HELD {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        for (postings, bucket) in self.postings.iter_mut().zip(0..) {
            if !postings.is_empty() {
                self.sink.packed(Kind::Postings, bucket, postings)?;
                *postings = Vec::new();
            }
        }
        self.held = 0;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        let [articles, headlines, seen_again, kept] = self.counts;
        self.sink.counts(&[
            ("articles", articles),
            ("headlines", headlines),
            ("seen_again", seen_again),
            ("kept_hashes", kept),
        ])
    }
}

fn member(article: Article, seen: Vec<Place>) -> Member {
    Member {
        article,
        seen,
        roundup: false,
        story: None,
    }
}

/// The bucket of a kept hash. Kept hashes are small, so they are spread first.
fn bucket(hash: u32, buckets: u32) -> u32 {
    let spread = hash.wrapping_mul(0x9e37_79b1);
    ((u64::from(spread) * u64::from(buckets)) >> 32) as u32
}
