//! JSON Lines → chunks of whole lines. The hot path: a line end is looked for once a block.

use std::ops::Range;
use std::sync::Arc;

use encoding_rs::UTF_8;

use super::chunks::{Cut, Cutter, Options};
use super::stream::Stream;
use super::{Chunk, Kind, bad_record};
use crate::article::{Place, Skipped};

/// Bytes of lines that are cut off together, at most.
const BLOCK: usize = 256 << 10;

/// Cuts at line ends.
pub(super) struct Lines;

impl Cutter for Lines {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        // what is made of a block should stay in the cache until its articles are taken
        let options = Options {
            block: options.block.min(BLOCK),
            ..*options
        };
        block(stream, &options, |bytes| memchr::memrchr(b'\n', bytes)).map(|cut| {
            cut.map(|(place, bytes)| Chunk {
                separator: b'\n',
                ..Chunk::new(place, Kind::Json, bytes)
            })
        })
    }
}

/// The next block that ends where `last` finds the last end of a record, counted from the start of what is held.
///
/// A record that grows over the limit is passed over and told; one that a fault cuts is dropped, as the fault is told.
pub(super) fn block(
    stream: &mut Stream,
    options: &Options,
    last: impl Fn(&[u8]) -> Option<usize>,
) -> Option<Result<(Place, Vec<u8>), Skipped>> {
    // the first block is what was looked at to tell the form: the sooner the others have something to do
    let first = Some(stream.held().len()).filter(|&held| held > 0 && stream.is_at_start());
    let mut want = first
        .unwrap_or(options.block)
        .clamp(1, options.block.max(1));
    loop {
        stream.fill(want);
        if let Some(end) = last(stream.held()) {
            return Some(Ok(stream.take(end + 1)));
        }
        let held = stream.held().len();
        if stream.drained() {
            if stream.faulty() {
                stream.skip(held);
            }
            return (held > 0 && !stream.faulty()).then(|| Ok(stream.take(held)));
        }
        if held as u64 > options.limits.record {
            return Some(Err(pass_over(stream, options, &last)));
        }
        want = held.saturating_mul(2).max(want);
    }
}

/// Passes over the record that starts here, to its end.
fn pass_over(
    stream: &mut Stream,
    options: &Options,
    last: impl Fn(&[u8]) -> Option<usize>,
) -> Skipped {
    let skipped = too_large(&stream.place(), options.limits.record);
    loop {
        // what is behind the record's end stays: the last end found may be a later record's, so go byte by byte
        let held = stream.held();
        let first = first_end(held, &last);
        if let Some(end) = first {
            stream.skip(end + 1);
            return skipped;
        }
        stream.skip(held.len());
        if stream.drained() {
            return skipped;
        }
        stream.fill(options.block.max(1));
    }
}

/// The first end of a record, by halving on the last one.
fn first_end(held: &[u8], last: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
    let mut end = last(held)?;
    while let Some(earlier) = last(&held[..end]) {
        end = earlier;
    }
    Some(end)
}

/// The message for a record over the limit.
pub(super) fn too_large(place: &Place, limit: u64) -> Skipped {
    let text = format!(
        "a record of more than {limit} bytes was passed over; raise --max-record to read it"
    );
    bad_record(place, text)
}

/// The records or pages of a chunk, with where each starts.
pub(super) fn parts(chunk: &Chunk) -> Parts<'_> {
    Parts {
        chunk,
        given: 0,
        at: 0,
        line: chunk.place.line,
    }
}

/// See [`parts`].
pub(super) struct Parts<'a> {
    chunk: &'a Chunk,
    given: usize,
    at: usize,
    line: u64,
}

impl Parts<'_> {
    /// The bytes of the next part.
    fn range(&self) -> Option<Range<usize>> {
        if let Some(records) = &self.chunk.records {
            return records.get(self.given).cloned();
        }
        let rest = self
            .chunk
            .bytes
            .get(self.at..)
            .filter(|rest| !rest.is_empty())?;
        let length = match self.chunk.separator {
            // pages end at form feeds and at NULs
            b'\x0c' => memchr::memchr2(b'\x0c', 0, rest),
            other => memchr::memchr(other, rest),
        };
        Some(self.at..self.at + length.unwrap_or(rest.len()))
    }

    /// Passes the bytes up to an index.
    fn pass(&mut self, to: usize) {
        let passed = self.chunk.bytes.get(self.at..to).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at = to;
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = (Place, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let range = self.range()?;
        self.pass(range.start);
        let place = Place {
            source: Arc::clone(&self.chunk.place.source),
            offset: self.chunk.place.offset + range.start as u64,
            line: self.line,
        };
        self.given += 1;
        let part = self.chunk.bytes.get(range.clone()).unwrap_or_default();
        if self.chunk.records.is_none() && self.chunk.separator == b'\n' {
            // no line end within
            self.at = range.end + 1;
            self.line += 1;
        } else if self.chunk.records.is_none() {
            self.pass(range.end);
            self.at += 1;
        }
        Some((place, part))
    }
}

/// A chunk as text, if it is valid UTF-8 as a whole: then its parts need no check of their own.
pub(super) fn utf8(chunk: &Chunk) -> Option<&str> {
    (chunk.encoding == UTF_8)
        .then(|| simdutf8::basic::from_utf8(&chunk.bytes).ok())
        .flatten()
}

/// The part of a chunk that starts at `place`, of the chunk's text.
pub(super) fn text_at<'a>(
    text: &'a str,
    chunk: &Chunk,
    place: &Place,
    part: &[u8],
) -> Option<&'a str> {
    let start = usize::try_from(place.offset.checked_sub(chunk.place.offset)?).ok()?;
    text.get(start..start + part.len())
}
