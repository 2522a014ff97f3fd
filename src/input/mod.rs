//! bytes → [`Page`]. What a file holds is told from its bytes; then it is decompressed, cut into chunks, decoded and
//! read as pages or records.
//!
//! In two steps, so that the second runs in parallel: [`Chunks`] reads an input in order and cuts it into pieces that
//! stand alone; [`pages`] turns one piece into pages, purely.

mod chunks;
mod decompress;
mod documents;
mod encoding;
mod feed;
mod html;
mod jina;
mod json;
mod lines;
mod moment;
mod sniff;
/// The one place of the pipeline that opens anything.
pub mod source;
mod stream;
#[cfg(test)]
mod testing;
mod text;
mod values;
mod warc;

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8};

use crate::article::{Article, Credit, Moment, Place, Role, SkipReason, Skipped};

pub use chunks::{Chunks, Options};
pub use json::ArticleRow;

/// What one page or record says of itself, each as given; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record<'a> {
    /// The row's own id.
    pub id: Option<Cow<'a, str>>,
    /// Address.
    pub url: Option<Cow<'a, str>>,
    /// Headline.
    pub title: Option<Cow<'a, str>>,
    /// Who printed it.
    pub publisher: Option<Cow<'a, str>>,
    /// Who signed.
    pub author: Option<Cow<'a, str>>,
    /// When it was published, as printed.
    pub published: Option<Cow<'a, str>>,
    /// The same as printed for readers, where the input has both: what `published_raw` says.
    pub printed: Option<Cow<'a, str>>,
    /// Lines that a page prints near its headline: time, byline, agency may stand there.
    pub near: Near,
    /// Language, as given.
    pub language: Option<Cow<'a, str>>,
    /// The agency that a field names.
    pub agency: Option<Cow<'a, str>>,
    /// When it was fetched: what relative times count from.
    pub fetched: Option<Moment>,
    /// The text is known to be only a teaser, or cut.
    pub partial: bool,
    /// What it is on its page, where the input knows: an item of a feed, our own output. Believed as it is.
    pub role: Option<Role>,
    /// The credit that our own output took off the text; believed as it is.
    pub credit: Option<Box<Credit>>,
    /// What an archive exported: taken as it is.
    pub exported: Option<Box<Exported>>,
}

/// Lines near a headline, the nearest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Near {
    /// Below it, down to the text.
    pub below: Vec<String>,
    /// Above it.
    pub above: Vec<String>,
}

/// A line of an exported archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// One article, once for each place where it stood.
    pub articles: Vec<Article>,
    /// Pages and records that the archive had read.
    pub pages: u64,
    /// Lines of page furniture that it had set aside.
    pub furniture: u64,
    /// What had given it no article.
    pub skipped: Vec<Skipped>,
}

impl Record<'_> {
    /// The same, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Record<'static> {
        let own = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Record {
            id: own(self.id),
            url: own(self.url),
            title: own(self.title),
            publisher: own(self.publisher),
            author: own(self.author),
            published: own(self.published),
            printed: own(self.printed),
            near: self.near,
            language: own(self.language),
            agency: own(self.agency),
            fetched: self.fetched,
            partial: self.partial,
            role: self.role,
            credit: self.credit,
            exported: self.exported,
        }
    }
}

/// What the text of a page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Lines of a page as an extractor or a reader wrote them: to be split.
    Dump,
    /// The text of one article, from a record or an extraction; split again only if it proves to be a dump.
    Body,
}

/// A page: the splitter's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<'a> {
    /// Where its text or its record starts.
    pub place: Place,
    /// What it says of itself; for a dump, the defaults of its articles.
    pub record: Record<'a>,
    /// What its text is.
    pub form: Form,
    /// The text, decoded; lines separated by `\n` (`\r\n` is left as it is).
    pub text: Cow<'a, str>,
}

impl Page<'_> {
    /// The same, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Page<'static> {
        Page {
            place: self.place,
            record: self.record.into_owned(),
            form: self.form,
            text: Cow::Owned(self.text.into_owned()),
        }
    }
}

/// Something to tell a person about an input that was read all the same. Whoever prints these prints one of a
/// [`Notice`] for each source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it was first seen.
    pub place: Place,
    /// What it is about.
    pub notice: Notice,
}

/// What a warning is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Notice {
    /// The input holds nothing.
    Empty,
    /// Bytes that are invalid in the encoding became U+FFFD; its name.
    Damaged(&'static str),
    /// HTML was nested or sized beyond what an extractor is given.
    Deep,
    /// A feed defines entities; they are not expanded.
    Entities,
}

impl Warning {
    fn empty(place: Place) -> Self {
        let notice = Notice::Empty;
        Self { place, notice }
    }

    fn damaged(place: Place, encoding: &'static Encoding) -> Self {
        let notice = Notice::Damaged(encoding.name());
        Self { place, notice }
    }

    fn deep(place: Place) -> Self {
        let notice = Notice::Deep;
        Self { place, notice }
    }

    /// In words.
    #[must_use]
    pub fn message(&self) -> String {
        match self.notice {
            Notice::Empty => "empty: nothing to read".to_owned(),
            Notice::Damaged(encoding) => {
                format!("bytes that are invalid in {encoding} were read as U+FFFD")
            }
            Notice::Entities => {
                "the feed defines entities of its own: they are left as they stand".to_owned()
            }
            Notice::Deep => {
                "HTML that is nested or sized beyond reason was read as plain lines".to_owned()
            }
        }
    }
}

/// What [`pages`] makes of one piece of input, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paged<'a> {
    /// The pages.
    pub pages: Vec<Page<'a>>,
    /// What gave no page.
    pub skipped: Vec<Skipped>,
    /// What should be told.
    pub warnings: Vec<Warning>,
}

/// What a piece of input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Lines of page dumps.
    Text,
    /// JSON or JSON Lines.
    Json,
    /// One HTML document.
    Html,
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// WARC, HTML responses or WET conversions.
    Warc,
}

/// A piece of an input that stands alone: some JSON lines, one page or more of text, one document.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Where it starts.
    pub place: Place,
    /// What it holds.
    pub kind: Kind,
    /// Its bytes, decompressed; UTF-16 comes transcoded to UTF-8.
    pub bytes: Vec<u8>,
    /// What text and JSON are encoded in; documents say that themselves.
    pub encoding: &'static Encoding,
    /// The user said what it holds: its pages are not looked at again.
    pub told: bool,
    /// The byte that ends each record or page in it.
    pub separator: u8,
    /// The bytes of its records, where no separator tells them.
    pub records: Option<Vec<Range<usize>>>,
}

impl Chunk {
    /// A chunk of UTF-8: JSON Lines, pages between form feeds, a document.
    #[must_use]
    pub fn new(place: Place, kind: Kind, bytes: Vec<u8>) -> Self {
        let separator = if kind == Kind::Text { b'\x0c' } else { b'\n' };
        Self {
            place,
            kind,
            bytes,
            encoding: UTF_8,
            told: false,
            separator,
            records: None,
        }
    }
}

/// Bounds on what one input may make us hold or do. All can be set on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one record or page; larger ones are skipped with a message (`--max-record`, 64 MiB).
    pub record: u64,
    /// Bytes that one compressed input may unpack to, for each byte of it, once it has given 256 MiB (`--max-ratio`).
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 64 << 20,
            ratio: 200,
        }
    }
}

/// The JSON records of one chunk as they stand there, with where each starts; none of other kinds.
pub fn records(chunk: &Chunk) -> impl Iterator<Item = (Place, &[u8])> {
    let records = (chunk.kind == Kind::Json).then(|| lines::parts(chunk));
    records.into_iter().flatten()
}

/// A single bad record, and why.
fn bad_record(place: &Place, text: String) -> Skipped {
    Skipped {
        place: place.clone(),
        reason: SkipReason::Record(text),
    }
}

/// The pages and records of one chunk.
#[must_use]
pub fn pages(chunk: &Chunk, limits: Limits) -> Paged<'_> {
    match chunk.kind {
        Kind::Json => json::pages(chunk, limits),
        Kind::Html | Kind::Feed => documents::pages(chunk),
        Kind::Warc => warc::pages(chunk, limits),
        Kind::Text => text::pages(chunk, limits),
    }
}
