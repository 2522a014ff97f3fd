//! Stage `ids`: the ids that articles claim → the articles of which two or more claim the same.
//!
//! Claims are packed, so that they cost no line of their own. With `part` the sightings of one article are brought
//! together first, for its id is the least of theirs; then an id goes by its hash, as on one machine.

use std::io;

use xxhash_rust::xxh3::xxh3_64;

use super::articles::{bucket, order, share};
use super::pack::{Packed, put, put_eight};
use super::stream::{Ascending, Kind, Line, Lines, Sink, unpacked};
use crate::article::{Key, Rank};

/// Bytes that make a line.
const LINE: usize = 16 << 10;

/// Lines in the making, one a bucket.
#[derive(Debug)]
pub(super) struct Claims {
    kind: Kind,
    lines: Vec<Vec<u8>>,
}

impl Claims {
    /// Of so many buckets.
    pub(super) fn new(kind: Kind, buckets: u32) -> Self {
        Self {
            kind,
            lines: vec![Vec::new(); buckets as usize],
        }
    }

    /// Adds that an article claims an id: to the bucket of the article.
    pub(super) fn claim(
        &mut self,
        id: &str,
        rank: Rank,
        headline: bool,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let bucket = bucket(rank, headline, self.lines.len() as u32);
        self.add(bucket, rank, headline, sink, |line| {
            put(line, id.len() as u64);
            line.extend_from_slice(id.as_bytes());
        })
    }

    fn add(
        &mut self,
        bucket: u64,
        rank: Rank,
        headline: bool,
        sink: &mut Sink<'_>,
        id: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        let Some(line) = self.lines.get_mut(bucket as usize) else {
            return Ok(());
        };
        put_eight(line, rank.0);
        put_eight(line, rank.1.0);
        line.push(u8::from(headline));
        id(line);
        if line.len() >= LINE {
            sink.packed(self.kind, bucket, line)?;
            line.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for (line, bucket) in self.lines.iter().zip(0..) {
            if !line.is_empty() {
                sink.packed(self.kind, bucket, line)?;
            }
        }
        Ok(())
    }
}

/// Runs the stage; `buckets` are those of ids with `part`, else those of articles.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn ids(lines: &mut Lines<'_>, part: bool, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut ascending = Ascending::default();
    let mut claims = Claims::new(Kind::Claims, buckets);
    let mut named: Vec<(Rank, bool, String)> = Vec::new();
    let mut hashed: Vec<(u64, Rank, bool)> = Vec::new();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Id if part => {
                if ascending.enters(line.bucket)? {
                    least(&mut named, &mut claims, sink)?;
                }
                let bytes = unpacked(line.payload)?;
                let mut packed = Packed(&bytes);
                while !packed.is_empty() {
                    let (rank, headline) = article(&mut packed)?;
                    let id = String::from_utf8_lossy(packed.bytes()?).into_owned();
                    named.push((rank, headline, id));
                }
            }
            Kind::Claims if !part => {
                if ascending.enters(line.bucket)? {
                    clashes(&mut hashed, buckets, sink)?;
                }
                let bytes = unpacked(line.payload)?;
                let mut packed = Packed(&bytes);
                while !packed.is_empty() {
                    let (rank, headline) = article(&mut packed)?;
                    hashed.push((packed.eight()?, rank, headline));
                }
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    least(&mut named, &mut claims, sink)?;
    claims.finish(sink)?;
    clashes(&mut hashed, buckets, sink)
}

fn article(packed: &mut Packed<'_>) -> io::Result<(Rank, bool)> {
    let rank = Rank(packed.eight()?, Key(packed.eight()?));
    Ok((rank, packed.u64()? == 1))
}

/// The sightings of a bucket of articles are all there: the least id of each goes to the bucket of its hash.
fn least(
    named: &mut Vec<(Rank, bool, String)>,
    claims: &mut Claims,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    named.sort_unstable();
    named.dedup_by_key(|(rank, ..)| *rank);
    for (rank, headline, id) in named.drain(..) {
        let id = xxh3_64(id.as_bytes());
        let bucket = share(id, claims.lines.len() as u32);
        claims.add(bucket, rank, headline, sink, |line| put_eight(line, id))?;
    }
    Ok(())
}

/// The claims of a bucket of ids are all there.
fn clashes(
    hashed: &mut Vec<(u64, Rank, bool)>,
    buckets: u32,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    hashed.sort_unstable();
    // a claim that came twice
    hashed.dedup();
    for of_one in hashed.chunk_by(|a, b| a.0 == b.0) {
        for &(_, rank, headline) in of_one.iter().filter(|_| of_one.len() > 1) {
            sink.line(Line {
                kind: Kind::Clash,
                bucket: bucket(rank, headline, buckets),
                order: &order(rank),
                payload: b"",
            })?;
        }
    }
    hashed.clear();
    Ok(())
}
