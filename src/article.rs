//! The noun that the whole pipeline speaks of: one article, where it stood, who wrote it, when.
//!
//! `split` makes articles; every later stage only reads them. Nothing here does I/O or knows a stage.

mod credit;
mod key;
mod moment;

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

pub use credit::{AgencyEvidence, Credit};
pub use key::{ArticleNo, Key, Rank};
pub use moment::{Moment, Published, TimeUnit};

/// Where something stood.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The input as given or walked; `-` for standard input.
    pub source: Arc<str>,
    /// Byte in the decompressed input where the article's first line or its record starts.
    pub offset: u64,
    /// Line in the decompressed input, from 1.
    pub line: u64,
}

/// What an article is on its page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// The page is about it.
    Main,
    /// Stands below a section label of a page with a main article.
    Related,
    /// Stands on a list page, which has no main article.
    Listed,
}

impl Role {
    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Related => "related",
            Self::Listed => "listed",
        }
    }

    /// Reads what [`Role::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Main, Self::Related, Self::Listed]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

/// One article, as split from its page.
#[derive(Clone, PartialEq, Debug)]
pub struct Article {
    /// Its identity.
    pub key: Key,
    /// The row's own id where the input has one (see the contract for clashes), else the key.
    pub id: String,
    /// The first place where it stood.
    pub place: Place,
    /// What it is on its page.
    pub role: Role,
    /// Address, as given.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who printed it.
    pub publisher: Option<String>,
    /// Two letters (ISO 639-1).
    pub language: Option<String>,
    /// When it was published.
    pub published: Published,
    /// When the record was fetched.
    pub fetched: Option<Moment>,
    /// Who wrote it, where.
    pub credit: Credit,
    /// Without dateline, credits and page furniture; paragraphs separated by a newline. Empty: a headline.
    pub body: String,
    /// Words of the body; 0 until they are counted: by the splitter for articles of pages, else by a stage behind it.
    pub words: u32,
    /// Only a teaser, or cut.
    pub partial: bool,
    /// Many items in one.
    pub digest: bool,
    /// Why the splitter doubts this record.
    pub weak: Option<String>,
}

impl Article {
    /// The order that breaks every tie.
    #[must_use]
    pub fn rank(&self) -> Rank {
        Rank(xxh3_64(self.body.as_bytes()), self.key)
    }

    /// When it appeared, in seconds: its printed time, else when it was fetched.
    #[must_use]
    pub fn time(&self) -> Option<i64> {
        self.published.at.or(self.fetched).map(|at| at.seconds)
    }
}

/// Why a part of the input gave no article.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SkipReason {
    /// A single bad record (half a JSON line, a page without an article, a record over the limit): exit status 0.
    Record(String),
    /// An input that was missing, unreadable, of unknown form, corrupt or truncated before its end: exit status 2.
    Input(String),
}

impl SkipReason {
    /// The message, naming what was found and the remedy.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Record(text) | Self::Input(text) => text,
        }
    }
}

/// A part of the input that gave no article, and why.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Skipped {
    /// Where it starts.
    pub place: Place,
    /// Why.
    pub reason: SkipReason,
}
