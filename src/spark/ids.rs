//! Stage `ids`: the ids that articles claim → the articles of which two or more claim the same.
//!
//! An id goes by its hash, as on one machine. Claims are packed, so that they cost no line of their own.

use std::io;

use xxhash_rust::xxh3::xxh3_64;

use super::articles::{bucket, order, share};
use super::pack::{Packed, put_eight};
use super::stream::{Ascending, Kind, Line, Lines, Sink, unpacked};
use crate::article::{Key, Rank};

/// Bytes that make a line.
const LINE: usize = 16 << 10;

/// That an article claims an id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Claim {
    id: u64,
    rank: Rank,
    headline: bool,
}

/// Claims on their way to the buckets of their ids.
#[derive(Debug, Default)]
pub(super) struct Claims {
    lines: Vec<Vec<u8>>,
}

impl Claims {
    /// Adds a claim.
    pub(super) fn claim(
        &mut self,
        id: &str,
        headline: bool,
        rank: Rank,
        buckets: u32,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        self.lines.resize(buckets as usize, Vec::new());
        let id = xxh3_64(id.as_bytes());
        let bucket = share(id, buckets);
        let Some(line) = self.lines.get_mut(bucket as usize) else {
            return Ok(());
        };
        for value in [id, rank.0, rank.1.0] {
            put_eight(line, value);
        }
        line.push(u8::from(headline));
        if line.len() >= LINE {
            sink.packed(Kind::Id, bucket, line)?;
            line.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for (line, bucket) in self.lines.iter().zip(0..) {
            if !line.is_empty() {
                sink.packed(Kind::Id, bucket, line)?;
            }
        }
        Ok(())
    }
}

/// Runs the stage; `buckets` are those of articles.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn ids(lines: &mut Lines<'_>, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut ascending = Ascending::default();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Id => {
                if ascending.enters(line.bucket)? {
                    clashes(&mut claims, buckets, sink)?;
                }
                let bytes = unpacked(line.payload)?;
                let mut packed = Packed(&bytes);
                while !packed.is_empty() {
                    claims.push(Claim {
                        id: packed.eight()?,
                        rank: Rank(packed.eight()?, Key(packed.eight()?)),
                        headline: packed.u64()? == 1,
                    });
                }
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    clashes(&mut claims, buckets, sink)
}

/// The claims of a bucket are all there.
fn clashes(claims: &mut Vec<Claim>, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
    claims.sort_unstable();
    // sightings of one article
    claims.dedup();
    for of_one in claims.chunk_by(|a, b| a.id == b.id) {
        for claim in of_one.iter().filter(|_| of_one.len() > 1) {
            sink.line(Line {
                kind: Kind::Clash,
                bucket: bucket(claim.rank, claim.headline, buckets),
                order: &order(claim.rank),
                payload: b"",
            })?;
        }
    }
    claims.clear();
    Ok(())
}
