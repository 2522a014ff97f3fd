//! The stream that the stages read and write: lines of four fields, under a header that names its version.
//!
//! ```text
//! #wirefold-stream 2 FINGERPRINT
//! KIND <tab> BUCKET <tab> ORDER <tab> PAYLOAD
//! ```
//!
//! The lines of one bucket must reach one process; buckets stand in ascending order, and within one the lines stand by
//! ORDER (bytes). Which process takes which buckets is free, and so is everything else. A header may stand again at any
//! place, so that streams can be concatenated; one of another fingerprint is refused.

use std::io::{self, BufRead, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::fingerprint;

/// Version of the stream: rises with every change of a line's meaning.
pub const VERSION: u32 = 3;

/// First word of a header. Its first character sorts before all kinds, so that sorted lines keep it in front.
const MAGIC: &str = "#wirefold-stream";

/// What a line holds. `b64` payloads are packed integers in base64, see [`super::pack`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// BUCKET by its rank, ORDER its rank, an article with a body as `wirefold split` prints it.
    Article,
    /// The same for an article without a body; BUCKET by its key.
    Headline,
    /// b64: articles with the ids that they claim. BUCKET: that of the article.
    Id,
    /// b64: articles with the hashes of their ids. BUCKET by the hash.
    Claims,
    /// BUCKET and ORDER of an article whose id another article claims, too.
    Clash,
    /// PAYLOAD: the number of the first article of this bucket; ORDER is empty.
    First,
    /// BUCKET or ORDER is an article's number, PAYLOAD the article, merged from its sightings.
    Member,
    /// b64: hashes (eight bytes each) of the lines of an article. BUCKET or ORDER is its number.
    Lines,
    /// b64: kept hashes of numbered articles. BUCKET by the hash.
    Postings,
    /// b64: lists of holders, see `lists`. BUCKET: that of articles which stand in them.
    Lists,
    /// b64: candidate pairs. BUCKET: 0, or the block that they are compared in.
    Pairs,
    /// b64: numbers (four bytes each, least first) of the articles that BUCKET needs.
    Route,
    /// b64: matches. BUCKET: 0, or that of their component.
    Matches,
    /// b64: hashes of lines, each with a story that it stands in (twelve bytes in all). BUCKET by the hash.
    Marks,
    /// b64: hashes (eight bytes each) of lines that recur over the stories of the corpus.
    Recurring,
    /// ORDER: sorts the stories as the report does; PAYLOAD: piece BUCKET of a story as `wirefold -f jsonl` prints it.
    Story,
    /// PAYLOAD: `{"source","offset","reason"}` of a part of the input that gave no article.
    Skipped,
    /// PAYLOAD: an object of counts; those of all lines are added up.
    Count,
}

impl Kind {
    const ALL: [Self; 18] = [
        Self::Article,
        Self::Headline,
        Self::Id,
        Self::Claims,
        Self::Clash,
        Self::First,
        Self::Member,
        Self::Lines,
        Self::Postings,
        Self::Lists,
        Self::Pairs,
        Self::Route,
        Self::Matches,
        Self::Marks,
        Self::Recurring,
        Self::Story,
        Self::Skipped,
        Self::Count,
    ];

    /// As it stands in a line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Headline => "headline",
            Self::Id => "id",
            Self::Claims => "claims",
            Self::Clash => "clash",
            Self::First => "first",
            Self::Member => "member",
            Self::Lines => "lines",
            Self::Postings => "postings",
            Self::Lists => "lists",
            Self::Pairs => "pairs",
            Self::Route => "route",
            Self::Matches => "matches",
            Self::Marks => "marks",
            Self::Recurring => "recurring",
            Self::Story => "story",
            Self::Skipped => "skipped",
            Self::Count => "count",
        }
    }

    fn parse(text: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().as_bytes() == text)
    }
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line<'l> {
    /// What it holds.
    pub kind: Kind,
    /// Lines of one bucket belong together.
    pub bucket: u64,
    /// Their order in it.
    pub order: &'l str,
    /// What it says.
    pub payload: &'l [u8],
}

/// The header of this program's streams.
#[must_use]
pub fn header() -> String {
    format!("{MAGIC} {VERSION} {}", fingerprint::digest())
}

/// What is wrong with a stream.
pub(super) fn bad(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

/// Reads the lines of a stream.
pub struct Lines<'r> {
    input: &'r mut dyn BufRead,
    buffer: Vec<u8>,
    header: String,
    headed: bool,
    number: u64,
}

impl<'r> Lines<'r> {
    /// The lines of `input`.
    pub fn new(input: &'r mut dyn BufRead) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            header: header(),
            headed: false,
            number: 0,
        }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// When the input cannot be read, is no stream, or one of another version or other settings.
    #[allow(clippy::should_implement_trait)] // a line borrows from the reader
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            if self.input.read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.buffer.last() == Some(&b'\n') {
                self.buffer.pop();
            }
            if !self.buffer.starts_with(MAGIC.as_bytes()) {
                break;
            }
            if self.buffer != self.header.as_bytes() {
                return Err(bad(format!(
                    "the stream is of another wirefold: it says \"{}\", this one \"{}\"; use one version everywhere",
                    String::from_utf8_lossy(&self.buffer),
                    self.header
                )));
            }
            self.headed = true;
        }
        if !self.headed {
            return Err(bad(format!(
                "the stream has no header: its first line must be \"{}\"",
                self.header
            )));
        }
        let number = self.number;
        parse(&self.buffer)
            .ok_or_else(|| bad(format!("line {number} of the stream is none")))
            .map(Some)
    }
}

fn parse(line: &[u8]) -> Option<Line<'_>> {
    let mut fields = line.splitn(4, |&byte| byte == b'\t');
    let kind = Kind::parse(fields.next()?)?;
    let bucket = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
    let order = std::str::from_utf8(fields.next()?).ok()?;
    let payload = fields.next()?;
    Some(Line {
        kind,
        bucket,
        order,
        payload,
    })
}

/// Writes a stream.
pub struct Sink<'w> {
    out: &'w mut dyn Write,
    encoded: String,
}

impl<'w> Sink<'w> {
    /// Starts a stream with its header.
    ///
    /// # Errors
    /// What `out` reports, here and below.
    pub fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        writeln!(out, "{}", header())?;
        Ok(Self {
            out,
            encoded: String::new(),
        })
    }

    /// Writes a line.
    pub fn line(&mut self, line: Line<'_>) -> io::Result<()> {
        self.begin(line.kind, line.bucket, line.order)?;
        self.out.write_all(line.payload)?;
        self.out.write_all(b"\n")
    }

    /// Writes a line with packed bytes.
    pub fn packed(&mut self, kind: Kind, bucket: u64, bytes: &[u8]) -> io::Result<()> {
        self.packed_at(kind, bucket, "", bytes)
    }

    /// The same with a place in its bucket.
    pub fn packed_at(
        &mut self,
        kind: Kind,
        bucket: u64,
        order: &str,
        bytes: &[u8],
    ) -> io::Result<()> {
        self.begin(kind, bucket, order)?;
        self.encoded.clear();
        STANDARD.encode_string(bytes, &mut self.encoded);
        self.out.write_all(self.encoded.as_bytes())?;
        self.out.write_all(b"\n")
    }

    /// Starts a line.
    fn begin(&mut self, kind: Kind, bucket: u64, order: &str) -> io::Result<()> {
        write!(self.out, "{}\t{bucket}\t{order}\t", kind.as_str())
    }

    /// Writes counts, those that are not zero.
    pub fn counts(&mut self, counts: &[(&str, u64)]) -> io::Result<()> {
        let counts: serde_json::Map<String, serde_json::Value> = counts
            .iter()
            .filter(|&&(_, count)| count > 0)
            .map(|&(name, count)| (name.to_owned(), count.into()))
            .collect();
        if counts.is_empty() {
            return Ok(());
        }
        self.line(Line {
            kind: Kind::Count,
            bucket: 0,
            order: "",
            payload: serde_json::Value::Object(counts).to_string().as_bytes(),
        })
    }
}

/// The bytes of a packed payload.
pub(super) fn unpacked(payload: &[u8]) -> io::Result<Vec<u8>> {
    STANDARD
        .decode(payload)
        .map_err(|error| bad(format!("a payload is no base64: {error}")))
}

/// Checks that buckets ascend, so that no bucket is met twice.
#[derive(Debug, Default)]
pub(super) struct Ascending(Option<u64>);

impl Ascending {
    /// Whether a new bucket starts with a line of `bucket`.
    pub(super) fn enters(&mut self, bucket: u64) -> io::Result<bool> {
        match self.0.replace(bucket) {
            Some(before) if before == bucket => Ok(false),
            Some(before) if before > bucket => Err(bad(format!(
                "bucket {bucket} comes after {before}: sort the lines (sort -t \"$(printf '\\t')\" -k2,2n -k3,3, in the C locale)"
            ))),
            _ => Ok(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (Kind, u64, String, Vec<u8>);

    fn read(text: &str) -> io::Result<Vec<Row>> {
        let mut input = text.as_bytes();
        let mut lines = Lines::new(&mut input);
        let mut read = Vec::new();
        while let Some(line) = lines.next()? {
            read.push((
                line.kind,
                line.bucket,
                line.order.to_owned(),
                line.payload.to_vec(),
            ));
        }
        Ok(read)
    }

    #[test]
    fn what_is_written_is_read_also_when_streams_are_concatenated() {
        let mut out = Vec::new();
        for bucket in 0..2 {
            let mut sink = Sink::new(&mut out).unwrap();
            sink.packed(Kind::Pairs, bucket, &[1, 2, 255]).unwrap();
            sink.counts(&[("pages", 3), ("skipped", 0)]).unwrap();
        }
        let lines = read(&String::from_utf8(out).unwrap()).unwrap();
        assert_eq!(lines.len(), 4);
        assert_eq!(unpacked(&lines[2].3).unwrap(), [1, 2, 255]);
        assert_eq!(lines[2].1, 1);
        assert_eq!(lines[3].3, b"{\"pages\":3}");
    }

    #[test]
    fn a_stream_of_another_program_is_refused() {
        let other = format!("{MAGIC} {VERSION} 0000000000000000\n");
        assert!(
            read(&other)
                .unwrap_err()
                .to_string()
                .contains("another wirefold")
        );
        assert!(
            read("pairs\t0\t\tAA==\n")
                .unwrap_err()
                .to_string()
                .contains("no header")
        );
        let broken = format!("{}\npairs\tx\t\t\n", header());
        assert!(read(&broken).unwrap_err().to_string().contains("line 2"));
    }
}
