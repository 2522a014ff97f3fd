//! Stage `pairs`: postings → candidate pairs, by the core's rule for lists and its threshold.
//!
//! A bucket of postings holds whole lists: all holders of its hashes. What two articles share over them is a *link*;
//! links of the same pair from other buckets add up (counts are added, spans joined), in any order. With `part` the stage stops at
//! links, each in the bucket of its larger number; without, what it read is all there is, and the threshold decides.
//! A star's centres have the least numbers, so no bucket of links gathers more than its share of a long list.

use std::io;

use super::pack::{Packed, put};
use super::stream::{Ascending, Kind, Lines, Sink, unpacked};
use crate::candidates::{Shared, Size, Threshold, links};

/// Links that are collected before equal pairs are summed.
const BATCH: usize = 2 << 20;

/// Bytes that make a line.
const LINE: usize = 48 << 10;

/// What the stage is to do.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Stop at links.
    pub part: bool,
    /// Buckets of links.
    pub buckets: u32,
    /// What makes a candidate.
    pub threshold: Threshold,
}

/// A kept hash of an article; sorts by hash, then rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    hash: u32,
    number: u32,
    place: u16,
}

/// What two articles share; `a` has the larger number.
#[derive(Clone, Copy)]
struct Link {
    a: u32,
    b: u32,
    shared: Shared,
}

/// Runs the stage.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn pairs(lines: &mut Lines<'_>, settings: Settings, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut ascending = Ascending::default();
    let mut bucket = Bucket::new(settings);
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Postings | Kind::Links => {}
            Kind::Count | Kind::Skipped => {
                sink.line(line)?;
                continue;
            }
            _ => continue,
        }
        // without `part` links of one pair may come from any bucket of postings
        if ascending.enters(line.bucket)? && (settings.part || line.kind == Kind::Links) {
            bucket.finish(sink)?;
        }
        if line.kind == Kind::Postings {
            bucket.take_postings(line.payload)?;
        } else {
            bucket.take_links(line.payload)?;
        }
    }
    bucket.finish(sink)?;
    sink.counts(&[
        ("links", bucket.links_written),
        ("candidates", bucket.pairs_written),
    ])
}

/// What is known of one bucket.
struct Bucket {
    settings: Settings,
    postings: Vec<Posting>,
    links: Vec<Link>,
    /// Links up to which none are summed.
    room: usize,
    sizes: Vec<(u32, Size)>,
    links_written: u64,
    pairs_written: u64,
}

impl Bucket {
    fn new(settings: Settings) -> Self {
        Self {
            settings,
            postings: Vec::new(),
            links: Vec::new(),
            room: BATCH,
            sizes: Vec::new(),
            links_written: 0,
            pairs_written: 0,
        }
    }

    fn take_postings(&mut self, payload: &[u8]) -> io::Result<()> {
        let bytes = unpacked(payload)?;
        let mut packed = Packed(&bytes);
        while !packed.is_empty() {
            let number = packed.u32()?;
            let size = size(&mut packed)?;
            self.sizes.push((number, size));
            for _ in 0..packed.u32()? {
                self.postings.push(Posting {
                    hash: packed.four()?,
                    number,
                    place: packed.u16()?,
                });
            }
        }
        Ok(())
    }

    fn take_links(&mut self, payload: &[u8]) -> io::Result<()> {
        let bytes = unpacked(payload)?;
        let mut packed = Packed(&bytes);
        while !packed.is_empty() {
            let a = packed.u32()?;
            let size_a = size(&mut packed)?;
            self.sizes.push((a, size_a));
            for _ in 0..packed.u32()? {
                let b = packed.u32()?;
                let size_b = size(&mut packed)?;
                self.sizes.push((b, size_b));
                let hits = packed.u32()?;
                let mut span = || -> io::Result<(u16, u16)> {
                    let first = packed.u16()?;
                    Ok((first, first.saturating_add(packed.u16()?)))
                };
                let (span_a, span_b) = (span()?, span()?);
                let shared = Shared {
                    hits,
                    span_a,
                    span_b,
                };
                self.links.push(Link { a, b, shared });
            }
        }
        if self.links.len() > self.room {
            self.sum();
            self.settle_sizes();
        }
        Ok(())
    }

    /// All lines of the bucket are there.
    fn finish(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.settle_sizes();
        let mut postings = std::mem::take(&mut self.postings);
        postings.sort_unstable();
        // equal postings are one: a shard that is read twice adds nothing
        postings.dedup_by_key(|posting| (posting.hash, posting.number));
        for list in postings.chunk_by(|a, b| a.hash == b.hash) {
            links(list, |b, a| {
                let mut shared = Shared::default();
                shared.count(a.place, b.place);
                self.links.push(Link {
                    a: a.number,
                    b: b.number,
                    shared,
                });
            });
            if self.links.len() > self.room {
                self.sum();
                if self.settings.part {
                    self.write_links(sink)?;
                }
            }
        }
        self.sum();
        if self.settings.part {
            self.write_links(sink)?;
        } else {
            self.write_pairs(sink)?;
        }
        self.sizes.clear();
        Ok(())
    }

    /// Links of the same pair become one.
    fn sum(&mut self) {
        self.links.sort_unstable_by_key(|link| (link.a, link.b));
        self.links.dedup_by(|next, kept| {
            let same = (next.a, next.b) == (kept.a, kept.b);
            if same {
                kept.shared.join(&next.shared);
            }
            same
        });
        self.room = BATCH.max(self.links.len() * 2);
    }

    fn settle_sizes(&mut self) {
        self.sizes.sort_unstable_by_key(|&(number, _)| number);
        self.sizes.dedup_by_key(|&mut (number, _)| number);
    }

    fn size(&self, number: u32) -> Size {
        self.sizes
            .binary_search_by_key(&number, |&(number, _)| number)
            .ok()
            .and_then(|at| self.sizes.get(at))
            .map_or(Size::default(), |&(_, size)| size)
    }

    fn write_links(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        let links = std::mem::take(&mut self.links);
        self.links_written += links.len() as u64;
        self.room = BATCH;
        let mut lines = vec![Vec::new(); self.settings.buckets as usize];
        for of_a in links.chunk_by(|a, b| a.a == b.a) {
            let Some(&Link { a, .. }) = of_a.first() else {
                continue;
            };
            let bucket = bucket(a, self.settings.buckets);
            let Some(line) = lines.get_mut(bucket as usize) else {
                continue;
            };
            put(line, u64::from(a));
            put_size(line, self.size(a));
            put(line, of_a.len() as u64);
            for Link { b, shared, .. } in of_a {
                put(line, u64::from(*b));
                put_size(line, self.size(*b));
                put(line, u64::from(shared.hits));
                for (first, last) in [shared.span_a, shared.span_b] {
                    put(line, u64::from(first));
                    put(line, u64::from(last - first));
                }
            }
            if line.len() >= LINE {
                sink.packed(Kind::Links, bucket, line)?;
                line.clear();
            }
        }
        for (line, bucket) in lines.iter().zip(0..) {
            if !line.is_empty() {
                sink.packed(Kind::Links, bucket, line)?;
            }
        }
        Ok(())
    }

    fn write_pairs(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        let links = std::mem::take(&mut self.links);
        self.room = BATCH;
        let mut line = Vec::new();
        for Link { a, b, shared } in links {
            if !self
                .settings
                .threshold
                .passes(&shared, self.size(a), self.size(b))
            {
                continue;
            }
            self.pairs_written += 1;
            put(&mut line, u64::from(a));
            put(&mut line, u64::from(b));
            if line.len() >= LINE {
                sink.packed(Kind::Pairs, 0, &line)?;
                line.clear();
            }
        }
        if !line.is_empty() {
            sink.packed(Kind::Pairs, 0, &line)?;
        }
        Ok(())
    }
}

fn put_size(line: &mut Vec<u8>, size: Size) {
    put(line, u64::from(size.kept));
    put(line, u64::from(size.tokens));
}

fn size(packed: &mut Packed<'_>) -> io::Result<Size> {
    Ok(Size {
        kept: packed.u32()?,
        tokens: packed.u32()?,
    })
}

/// The bucket of an article's links.
pub(super) fn bucket(number: u32, buckets: u32) -> u64 {
    let spread = number.wrapping_mul(0x9e37_79b1);
    (u64::from(spread) * u64::from(buckets)) >> 32
}
