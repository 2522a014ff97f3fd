//! A JSON document of any size → chunks of whole records: arrays and envelopes are cut as they stream by.
//!
//! A chunk is the document's own bytes with the ranges of its records, so that places stay true.

use std::ops::Range;

use super::chunks::{Cut, Cutter, Options};
use super::json::scan::{Event, Scan};
use super::lines::too_large;
use super::stream::Stream;
use super::{Chunk, Kind};
use crate::article::{SkipReason, Skipped};

/// Cuts at records.
#[derive(Default)]
pub(super) struct Values {
    scan: Scan,
    /// Bytes held that the scan has passed.
    at: usize,
    /// Where the open record starts among them.
    start: Option<usize>,
    /// Whole records among them.
    records: Vec<Range<usize>>,
    /// The open record is over the limit: told, and not kept.
    passing: bool,
}

impl Cutter for Values {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        let block = options.block.max(1);
        loop {
            if self.at == stream.held().len() {
                if let Some(cut) = self.make_room(stream, options) {
                    return Some(cut);
                }
                stream.fill(stream.held().len() + block);
                if self.at == stream.held().len() {
                    return self.end(stream);
                }
            }
            let rest = stream.held().get(self.at..).unwrap_or_default();
            let (length, event) = self.scan.run(rest);
            let index = self.at + length;
            self.at = (index + 1).min(stream.held().len());
            match event {
                Event::None => {}
                Event::Start | Event::Envelope => self.start = Some(index),
                Event::End if std::mem::take(&mut self.passing) => {}
                Event::End => {
                    self.records
                        .extend(self.start.take().map(|start| start..index + 1));
                    if self.at >= block {
                        return Some(Ok(self.cut(stream, self.at)));
                    }
                }
            }
        }
    }
}

impl Values {
    /// Gives out or forgets what need not be held while more is read.
    fn make_room(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        let held = stream.held().len();
        let keep = self.start.unwrap_or(held);
        if !self.records.is_empty() && held >= options.block.max(1) {
            return Some(Ok(self.cut(stream, keep)));
        }
        if self
            .start
            .is_some_and(|start| (held - start) as u64 > options.limits.record)
        {
            self.start = None;
            self.passing = true;
            let skipped = too_large(&stream.place(), options.limits.record);
            self.forget(stream, held);
            return Some(Err(skipped));
        }
        if self.records.is_empty() {
            self.forget(stream, keep);
        }
        None
    }

    fn forget(&mut self, stream: &mut Stream, count: usize) {
        stream.skip(count);
        self.at -= count;
        self.start = self.start.map(|start| start - count);
    }

    /// The first `count` bytes as a chunk.
    fn cut(&mut self, stream: &mut Stream, count: usize) -> Chunk {
        let (place, bytes) = stream.take(count);
        self.at -= count;
        self.start = self.start.map(|start| start - count);
        Chunk {
            records: Some(std::mem::take(&mut self.records)),
            ..Chunk::new(place, Kind::Json, bytes)
        }
    }

    /// The stream has ended, for now or for good.
    fn end(&mut self, stream: &mut Stream) -> Cut {
        if !self.records.is_empty() {
            let count = self.start.unwrap_or(self.at);
            return Some(Ok(self.cut(stream, count)));
        }
        let open = self.scan.is_inside() && !stream.faulty();
        let in_envelope = self.scan.is_in_envelope();
        let place = stream.place();
        let lines = memchr::memchr(b'\n', stream.held().trim_ascii_end()).is_some();
        *self = Self::default();
        stream.skip(stream.held().len());
        if !open {
            return None;
        }
        let reason = if in_envelope || lines {
            let text = "truncated: the JSON document ends early; what stood before is kept; fetch or write it again";
            SkipReason::Input(text.to_owned())
        } else {
            let text = "a JSON record that ends early: the line was cut in half; write it again";
            SkipReason::Record(text.to_owned())
        };
        Some(Err(Skipped { place, reason }))
    }
}
