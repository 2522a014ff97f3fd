//! bytes → [`Page`]. What a file holds is told from its bytes; then it is decompressed, cut into chunks, decoded and
//! read as pages or records.
//!
//! In two steps, so that the second runs in parallel: [`Chunks`] reads an input in order and cuts it into pieces that
//! stand alone; [`pages`] turns one piece into pages, purely.

use std::borrow::Cow;

use crate::article::{Moment, Place, Skipped};

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
    /// Language, as given.
    pub language: Option<Cow<'a, str>>,
    /// The agency that a field names.
    pub agency: Option<Cow<'a, str>>,
    /// When it was fetched: what relative times count from.
    pub fetched: Option<Moment>,
    /// The text is known to be only a teaser, or cut.
    pub partial: bool,
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

/// What [`pages`] makes of one piece of input, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paged<'a> {
    /// The pages.
    pub pages: Vec<Page<'a>>,
    /// What gave no page.
    pub skipped: Vec<Skipped>,
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
    /// Its bytes, decompressed; decoded where [`pages`] cannot do that piece by piece.
    pub bytes: Vec<u8>,
}

/// Bounds on what one input may make us hold or do. All can be set on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one record or page; larger ones are skipped with a message (`--max-record`, 64 MiB).
    pub record: u64,
    /// Bytes that one compressed input may unpack to, for each byte of it (zip bombs).
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 64 << 20,
            ratio: 2000,
        }
    }
}

/// The pages and records of one chunk.
pub fn pages(chunk: &Chunk, limits: Limits) -> Paged<'_> {
    let _ = (chunk, limits);
    Paged::default()
}
