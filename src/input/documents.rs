//! HTML and feeds → chunks of one document each: several may follow one another in a stream (`cat *.html`), or stand
//! between form feeds or NULs.

use super::chunks::{Cut, Cutter, Options};
use super::lines::too_large;
use super::stream::Stream;
use super::{Chunk, Kind, Paged, Record, Warning, encoding, feed, html, sniff};

/// Cuts where a document ends and another begins.
#[derive(Default)]
pub(super) struct Documents {
    /// Bytes held in which no end was found.
    scanned: usize,
}

/// End tags of documents.
const ENDS: [&[u8]; 4] = [b"html", b"rss", b"feed", b"rdf:rdf"];

/// An end tag and the blanks behind it are shorter than this.
const OVERLAP: usize = 4096;

impl Cutter for Documents {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        let mut passed = None;
        let mut want = options.block.max(OVERLAP);
        loop {
            stream.fill(want);
            if let Some(end) = boundary(stream.held(), self.scanned) {
                return Some(self.give(stream, end, passed));
            }
            let held = stream.held().len();
            if stream.drained() {
                // a document that a fault cuts is still read, as far as it goes
                let empty = stream.held().trim_ascii().is_empty();
                if empty && passed.is_none() {
                    stream.skip(held);
                    return None;
                }
                return Some(self.give(stream, held, passed));
            }
            self.scanned = held.saturating_sub(OVERLAP);
            // what is passed over is forgotten at once, however small the blocks are
            if passed.is_some() || held as u64 > options.limits.record {
                passed = passed.or_else(|| Some(too_large(&stream.place(), options.limits.record)));
                stream.skip(self.scanned);
                self.scanned = 0;
            }
            want = if passed.is_some() {
                OVERLAP + options.block
            } else {
                held * 2
            };
        }
    }
}

impl Documents {
    fn give(
        &mut self,
        stream: &mut Stream,
        end: usize,
        passed: Option<crate::article::Skipped>,
    ) -> Result<Chunk, crate::article::Skipped> {
        self.scanned = 0;
        if let Some(skipped) = passed {
            stream.skip(end);
            return Err(skipped);
        }
        let (place, bytes) = stream.take(end);
        let kind = sniff::markup(&bytes).unwrap_or(Kind::Html);
        Ok(Chunk::new(place, kind, bytes))
    }
}

/// The end of the first document in the bytes, if another follows.
fn boundary(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let tag = memchr::memmem::find_iter(rest, b"</").find_map(|at| {
        let at = from + at;
        let name = bytes.get(at + 2..)?;
        let end = ENDS.iter().find(|end| {
            name.get(..end.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(end))
        })?;
        let close = at + 2 + end.len() + memchr::memchr(b'>', name.get(end.len()..)?)? + 1;
        is_start(bytes.get(close..)?).then_some(close)
    });
    let separator = memchr::memchr2_iter(b'\x0c', 0, rest)
        .map(|at| from + at + 1)
        .find(|at| bytes.get(*at..).is_some_and(is_start));
    [tag, separator].into_iter().flatten().min()
}

/// Whether a document starts here, behind blanks and separators.
fn is_start(bytes: &[u8]) -> bool {
    let blank =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0x0c | 0xef | 0xbb | 0xbf);
    let start = bytes.iter().position(|byte| !blank(byte));
    let Some(rest) = start.and_then(|start| bytes.get(start..)) else {
        return false;
    };
    [
        &b"<!doctype"[..],
        b"<html",
        b"<?xml",
        b"<rss",
        b"<feed",
        b"<rdf",
    ]
    .iter()
    .any(|name| {
        rest.get(..name.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(name))
    })
}

/// The pages of one document.
pub(super) fn pages(chunk: &Chunk) -> Paged<'_> {
    let mut paged = Paged::default();
    let bytes = chunk.bytes.trim_ascii_start();
    let bytes = bytes.strip_prefix(b"\0").unwrap_or(bytes);
    let (text, damaged, encoding) = encoding::document(bytes, None);
    if damaged {
        paged
            .warnings
            .push(Warning::damaged(chunk.place.clone(), encoding));
    }
    if chunk.kind == Kind::Feed {
        feed::pages(&text, &chunk.place, &mut paged);
    } else {
        html::page(&text, &chunk.place, Record::default(), &mut paged);
    }
    paged
}
