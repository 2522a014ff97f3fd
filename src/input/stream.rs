//! A reader with the bytes that were read and not yet given out: what every cutter takes its chunks from.
//!
//! It knows where it stands (byte and line in the decompressed input) and keeps a fault until what stood before it
//! has been given out.

use std::io::{self, Read};
use std::sync::Arc;

use crate::article::{Place, SkipReason, Skipped};
use crate::buffers;

/// Bytes asked of the reader in one go, at least.
const LEAST_READ: usize = 128 << 10;

/// Bytes asked of the allocator in one go.
const MOST_RESERVED: usize = 4 << 20;

/// See the module.
pub(super) struct Stream {
    reader: Box<dyn Read + Send>,
    source: Arc<str>,
    buffer: Vec<u8>,
    /// Bytes at the buffer's start that are given out: small pieces are taken without moving the rest each time.
    start: usize,
    offset: u64,
    line: u64,
    state: State,
}

enum State {
    Open,
    /// What went wrong, and whether the reader can go on behind it.
    Fault(String, bool),
    Ended,
}

impl Stream {
    pub(super) fn new(reader: Box<dyn Read + Send>, source: Arc<str>) -> Self {
        Self {
            reader,
            source,
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            line: 1,
            state: State::Open,
        }
    }

    /// The same place, the bytes read through `wrap`: a decompressor or a decoder around the reader.
    pub(super) fn wrapped<F>(mut self, wrap: F) -> Self
    where
        F: FnOnce(Box<dyn Read + Send>) -> Box<dyn Read + Send>,
    {
        let rest: Box<dyn Read + Send> = match self.state {
            State::Open => self.reader,
            State::Fault(text, _) => Box::new(Failing(Some(text), self.reader)),
            State::Ended => Box::new(io::empty()),
        };
        let whole = io::Cursor::new(self.buffer.split_off(self.start)).chain(rest);
        Self::new(wrap(Box::new(whole)), self.source)
    }

    /// Reads until `want` bytes are held, or there are no more for now.
    pub(super) fn fill(&mut self, want: usize) {
        while self.held().len() < want && matches!(self.state, State::Open) {
            if self.start * 2 >= self.buffer.len() {
                self.buffer.drain(..self.start);
                self.start = 0;
            }
            let missing = (want - self.held().len()).max(LEAST_READ);
            self.buffer.reserve(missing.min(MOST_RESERVED));
            let part = self.reader.by_ref().take(missing as u64);
            match { part }.read_to_end(&mut self.buffer) {
                // `take` ended the read, or the input did
                Ok(count) if count == missing => {}
                Ok(_) => self.state = State::Ended,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.state = State::Fault(words(&error), ours(&error)),
            }
        }
    }

    /// The bytes held.
    pub(super) fn held(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Whether nothing was given out yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.offset == 0
    }

    /// Whether no more bytes come, for now or for good: what is held is the last of its part.
    pub(super) fn drained(&self) -> bool {
        !matches!(self.state, State::Open)
    }

    /// Whether the part ends in a fault: what is held after the last whole record is damaged.
    pub(super) fn faulty(&self) -> bool {
        matches!(self.state, State::Fault(..))
    }

    /// Where the first byte held stands.
    pub(super) fn place(&self) -> Place {
        Place {
            source: Arc::clone(&self.source),
            offset: self.offset,
            line: self.line,
        }
    }

    /// Gives out the first `count` bytes held.
    pub(super) fn take(&mut self, count: usize) -> (Place, Vec<u8>) {
        let place = self.place();
        let count = count.min(self.held().len());
        let taken = if count * 2 < self.held().len() {
            let taken = self.held().get(..count).unwrap_or_default().to_vec();
            self.start += count;
            taken
        } else {
            self.buffer.drain(..self.start);
            self.start = 0;
            let mut rest = match self.state {
                State::Open => buffers::take(self.buffer.capacity()),
                _ => Vec::new(),
            };
            rest.extend_from_slice(self.buffer.get(count..).unwrap_or_default());
            self.buffer.truncate(count);
            std::mem::replace(&mut self.buffer, rest)
        };
        self.pass(&taken);
        (place, taken)
    }

    /// Forgets the first `count` bytes held.
    pub(super) fn skip(&mut self, count: usize) {
        let count = count.min(self.held().len());
        let passed = self.held().get(..count).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.offset += count as u64;
        self.start += count;
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
    }

    /// Once all before it has been given out: the fault, and the stream is open again if more follows it.
    pub(super) fn fault(&mut self) -> Option<Skipped> {
        let State::Fault(text, resumable) = &mut self.state else {
            return None;
        };
        let (text, resumable) = (std::mem::take(text), *resumable);
        self.state = if resumable { State::Open } else { State::Ended };
        Some(Skipped {
            place: self.place(),
            reason: SkipReason::Input(text),
        })
    }
}

/// Whether a fault comes from a decompressor, which knows when it is done; the system's would come for ever.
fn ours(error: &io::Error) -> bool {
    error.get_ref().is_some()
}

fn words(error: &io::Error) -> String {
    if ours(error) {
        error.to_string()
    } else {
        format!("cannot be read: {error}; what stood before is kept")
    }
}

/// Says once more what a reader failed with, then reads on.
struct Failing(Option<String>, Box<dyn Read + Send>);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.take() {
            Some(text) => Err(io::Error::new(io::ErrorKind::InvalidData, text)),
            None => self.1.read(into),
        }
    }
}
