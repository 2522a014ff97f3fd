//! An input → [`Chunk`]s in its order: unpacks it, tells what it holds, hands it to the cutter of that kind.
//!
//! Memory is bounded by the block and record sizes, never by the input. Faults come in their place, between the
//! chunks that stand before and after them.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::decompress::{Decompress, Packing};
use super::encoding::{self, Utf8Reader};
use super::sniff::{self, Form};
use super::stream::Stream;
use super::{Chunk, Kind, Limits, Warning};
use super::{documents::Documents, lines::Lines, text::Texts, values::Values, warc::Records};
use crate::article::{SkipReason, Skipped};

/// Compressions inside one another that are undone.
const MOST_LAYERS: usize = 3;

/// Bytes that are looked at to tell what an input holds.
const HEAD: usize = 256 << 10;

/// How an input is read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Bounds.
    pub limits: Limits,
    /// What it holds, where the user says so (`--input`; `wet` is [`Kind::Warc`]).
    pub kind: Option<Kind>,
    /// Bytes that are cut into chunks together, where records are smaller. No result depends on it.
    pub block: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            kind: None,
            block: 1 << 20,
        }
    }
}

/// What one step of a cutter gives.
pub(super) type Cut = Option<Result<Chunk, Skipped>>;

/// Cuts a stream into chunks. `None`: nothing is left of what the stream gives up to its end or fault.
pub(super) trait Cutter: Send {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut;
}

/// Iterates over the chunks of one input.
pub struct Chunks {
    stream: Option<Stream>,
    cutter: Option<Box<dyn Cutter>>,
    options: Options,
    encoding: Option<&'static Encoding>,
    waiting: VecDeque<Skipped>,
    warnings: Vec<Warning>,
}

impl Chunks {
    /// The chunks of what `reader` gives; `name` is what places call it.
    #[must_use]
    pub fn new(reader: Box<dyn Read + Send>, name: &str, options: Options) -> Self {
        Self {
            stream: Some(Stream::new(reader, Arc::from(name))),
            cutter: None,
            options,
            encoding: None,
            waiting: VecDeque::new(),
            warnings: Vec::new(),
        }
    }

    /// The warnings since the last call. Ask again once the chunks have ended.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Unpacks and sniffs. The stream is gone where there is nothing to read.
    fn open(&mut self, stream: Stream) -> Option<(Stream, Box<dyn Cutter>)> {
        let mut stream = self.unpack(stream)?;
        stream.fill(HEAD);
        let form = match self.options.kind {
            // chosen by the user; JSON still is a value a line or not
            Some(Kind::Json) => sniff::json_form(stream.held()),
            Some(kind) if !stream.held().is_empty() => Form::Other(kind),
            _ => sniff::form(stream.held()),
        };
        let cutter: Box<dyn Cutter> = match form {
            Form::Blank => {
                stream.fill(HEAD + 1);
                if stream.drained() {
                    if !stream.faulty() {
                        self.warnings.push(Warning::empty(stream.place()));
                    }
                    self.waiting.extend(stream.fault());
                    return None;
                }
                Box::new(Texts::default())
            }
            Form::Foreign(what) => {
                let text = format!(
                    "unknown form: {what}. Page text, JSON, HTML, feeds, WARC and WET are read, also as gzip, zstd or bzip2; --input names the form"
                );
                self.waiting.push_back(Skipped {
                    place: stream.place(),
                    reason: SkipReason::Input(text),
                });
                return None;
            }
            Form::Lines => Box::new(Lines),
            Form::Values | Form::Other(Kind::Json) => Box::new(Values::default()),
            Form::Other(Kind::Html | Kind::Feed) => Box::new(Documents::default()),
            Form::Other(Kind::Warc) => Box::new(Records::default()),
            Form::Other(Kind::Text) => Box::new(Texts::default()),
        };
        Some((stream, cutter))
    }

    /// Undoes compressions, one inside another, and transcodes UTF-16.
    fn unpack(&mut self, mut stream: Stream) -> Option<Stream> {
        let limits = self.options.limits;
        for _ in 0..MOST_LAYERS {
            stream.fill(16);
            let Some(packing) = Packing::of(stream.held()) else {
                break;
            };
            let place = stream.place();
            let mut failed = None;
            stream = stream.wrapped(|reader| match Decompress::new(packing, reader, limits) {
                Ok(decompress) => Box::new(decompress),
                Err(error) => {
                    failed = Some(error);
                    Box::new(std::io::empty())
                }
            });
            if let Some(error) = failed {
                self.waiting.push_back(Skipped {
                    place,
                    reason: SkipReason::Input(format!("cannot be unpacked: {error}")),
                });
                return None;
            }
        }
        stream.fill(16);
        match encoding::byte_order_mark(stream.held()) {
            Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
                stream = stream.wrapped(|reader| Box::new(Utf8Reader::new(reader, encoding)));
                self.encoding = Some(UTF_8);
            }
            Some((encoding, length)) => {
                stream.skip(length);
                self.encoding = Some(encoding);
            }
            None => {}
        }
        Some(stream)
    }

    /// Says what a chunk's bytes are encoded in: the first bytes beyond ASCII decide for the input.
    fn encoded(&mut self, mut chunk: Chunk) -> Chunk {
        chunk.told = self.options.kind.is_some();
        if matches!(chunk.kind, Kind::Text | Kind::Json) {
            chunk.encoding = match self.encoding {
                Some(known) => known,
                None if chunk.bytes.is_ascii() => UTF_8,
                None => *self.encoding.insert(encoding::detect(&chunk.bytes)),
            };
        }
        chunk
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(skipped) = self.waiting.pop_front() {
                return Some(Err(skipped));
            }
            let mut stream = self.stream.take()?;
            let Some(cutter) = &mut self.cutter else {
                if let Some((stream, cutter)) = self.open(stream) {
                    self.stream = Some(stream);
                    self.cutter = Some(cutter);
                }
                continue;
            };
            let cut = cutter.next(&mut stream, &self.options);
            if let Some(item) = cut {
                self.stream = Some(stream);
                return Some(item.map(|chunk| self.encoded(chunk)));
            }
            let skipped = stream.fault()?;
            self.stream = Some(stream);
            return Some(Err(skipped));
        }
    }
}
