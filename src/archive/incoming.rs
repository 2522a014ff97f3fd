//! What an `add` brings, gathered before the archive is locked: articles each once, texts compressed, sketches packed.
//!
//! [`prepared`] is the work that runs on each batch in parallel; [`Incoming`] takes its results in order. Texts and
//! sketches wait in a spool, so that a first fill holds only what the stories need.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use xxhash_rust::xxh3::xxh3_64;

use super::ArchiveError;
use crate::article::{Article, Rank, Skipped};
use crate::candidates::{MOST_ARTICLES, Postings, Size, Sketched, Stretch};
use crate::fold::{Member, Spool, merge};
use crate::input::Warning;
use crate::intake::Batch;
use crate::sketch::{self, Kept, Sketcher};

/// Of zstd: texts of a few kilobytes gain little from higher ones.
const LEVEL: i32 = 1;

/// An article, its body taken out, and where sketch and body stand among the blobs.
#[derive(Debug)]
struct Item {
    article: Article,
    packed: Packed,
}

/// What is known of an article's texts.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// The article's rank.
    pub rank: Rank,
    /// Of the sketch.
    pub size: Size,
    /// Bytes of the body.
    pub bytes: u32,
    /// Where its blobs start.
    offset: u64,
    /// Bytes of the compressed body behind the sketch.
    body: u32,
}

impl Packed {
    /// The article as it is linked, under its row.
    pub fn sketched(&self, no: u32, stretch: Stretch) -> Sketched {
        Sketched {
            no,
            rank: self.rank,
            size: self.size,
            stretch,
        }
    }

    fn sketch_bytes(&self) -> u32 {
        self.size.kept * sketch::PACKED_BYTES
    }
}

/// A batch whose work is done.
#[derive(Debug, Default)]
pub struct Prepared {
    items: Vec<Item>,
    /// All sketches, one after another.
    kept: Vec<Kept>,
    blobs: Vec<u8>,
    skipped: Vec<Skipped>,
    pages: u64,
    furniture: u64,
    /// What should be told.
    pub warnings: Vec<Warning>,
    /// Bytes of input.
    pub bytes: u64,
}

/// Sketches and compresses a batch.
///
/// # Errors
/// When zstd has no memory left.
pub fn prepared(batch: Batch) -> io::Result<Prepared> {
    let mut sketcher = Sketcher::default();
    let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
    let mut prepared = Prepared {
        skipped: batch.skipped,
        pages: batch.pages,
        furniture: batch.furniture,
        warnings: batch.warnings,
        bytes: batch.bytes,
        ..Prepared::default()
    };
    for mut article in batch.articles {
        let body = std::mem::take(&mut article.body);
        let offset = prepared.blobs.len() as u64;
        let sketch = sketcher.sketch(&body);
        sketch::pack(sketch, &mut prepared.blobs);
        prepared.kept.extend_from_slice(sketch);
        let size = Size {
            kept: sketch.len() as u32,
            tokens: sketcher.tokens(),
        };
        article.words = sketcher.words();
        let compressed = compressor.compress(body.as_bytes())?;
        prepared.blobs.extend_from_slice(&compressed);
        let rank = Rank(xxh3_64(body.as_bytes()), article.key);
        let (bytes, body) = (body.len() as u32, compressed.len() as u32);
        prepared.items.push(Item {
            article,
            packed: Packed {
                rank,
                size,
                bytes,
                offset,
                body,
            },
        });
    }
    Ok(prepared)
}

/// All that one command adds.
#[derive(Debug, Default)]
pub struct Incoming {
    /// Each article once, with its places.
    pub members: Vec<Member>,
    /// Beside `members`.
    pub packed: Vec<Packed>,
    /// Beside them: their sketches.
    pub postings: Postings,
    /// What gave no article.
    pub skipped: Vec<Skipped>,
    /// Pages and records read.
    pub pages: u64,
    /// Lines of page furniture set aside.
    pub furniture: u64,
    /// Sightings of articles that came before in the same input.
    pub seen_again: u64,
    spool: Spool,
    by_key: HashMap<u64, u32>,
}

impl Incoming {
    /// Takes the next batch, or what gave none.
    ///
    /// # Errors
    /// When texts cannot be spooled, or there are more articles than one archive can hold.
    pub fn take(
        &mut self,
        batch: Result<io::Result<Prepared>, Skipped>,
    ) -> Result<(), ArchiveError> {
        let batch = match batch {
            Ok(batch) => batch?,
            Err(skipped) => {
                self.skipped.push(skipped);
                return Ok(());
            }
        };
        self.skipped.extend(batch.skipped);
        self.pages += batch.pages;
        self.furniture += batch.furniture;
        let base = self.spool.append(batch.blobs)?;
        let mut kept = &batch.kept[..];
        for mut item in batch.items {
            let (sketch, rest) = kept.split_at(item.packed.size.kept as usize);
            kept = rest;
            item.packed.offset += base;
            self.take_item(item, sketch)?;
        }
        Ok(())
    }

    fn take_item(&mut self, item: Item, sketch: &[Kept]) -> Result<(), ArchiveError> {
        let number = self.members.len() as u32;
        let known = *self.by_key.entry(item.article.key.0).or_insert(number);
        if known != number {
            self.seen_again += 1;
            see(&mut self.members[known as usize], item.article);
            return Ok(());
        }
        if self.members.len() == MOST_ARTICLES {
            return Err(io::Error::other("more than 67 million articles in one archive").into());
        }
        let seen = vec![item.article.place.clone()];
        self.postings.push(sketch, item.packed.size.tokens);
        self.packed.push(item.packed);
        self.members.push(Member {
            article: item.article,
            seen,
            roundup: false,
            story: None,
        });
        Ok(())
    }

    /// The packed sketch and, behind it, the compressed body of an article; the length of the first.
    ///
    /// # Errors
    /// When the spool cannot be read back.
    pub fn blobs(&self, at: usize) -> io::Result<(Cow<'_, [u8]>, usize)> {
        let packed = self.packed(at)?;
        let sketch = packed.sketch_bytes();
        let both = self.spool.bytes(packed.offset, sketch + packed.body)?;
        Ok((both, sketch as usize))
    }

    /// The compressed body of an article.
    ///
    /// # Errors
    /// When the spool cannot be read back.
    pub fn body(&self, at: usize) -> io::Result<Cow<'_, [u8]>> {
        let packed = self.packed(at)?;
        let offset = packed.offset + u64::from(packed.sketch_bytes());
        self.spool.bytes(offset, packed.body)
    }

    fn packed(&self, at: usize) -> io::Result<&Packed> {
        self.packed.get(at).ok_or(io::ErrorKind::NotFound.into())
    }
}

/// Merges another sighting of the same article; the same place counts once.
pub fn see(member: &mut Member, seen: Article) {
    let again = member.seen.contains(&seen.place);
    merge(member, seen);
    if again {
        member.seen.pop();
    }
}
