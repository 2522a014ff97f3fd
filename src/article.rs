//! The noun that the whole pipeline speaks of: one article, where it stood, who wrote it, when.
//!
//! `split` makes articles; every later stage only reads them. Nothing here does I/O or knows a stage.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// An article's identity: 64 bits over the row's own id, url, publisher, title and the body as split.
///
/// Never over source, offset, role or times: the same article met twice is one article. Printed as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Key(pub u64);

/// Bytes of a key's parts that are hashed in one go.
const SHORT: usize = 1024;

impl Key {
    /// The key of an article with these parts; absent and empty differ.
    #[must_use]
    pub fn of(
        id: Option<&str>,
        url: Option<&str>,
        publisher: Option<&str>,
        title: Option<&str>,
        body: &str,
    ) -> Self {
        let parts = [id, url, publisher, title, Some(body)];
        // length first, so that no two lists of parts spell the same bytes
        let length = |part: Option<&str>| part.map_or(0, |text| text.len() as u64 + 1);
        // short parts as one text: a hash of pieces is dear to begin with
        let mut whole = [0; SHORT];
        let mut rest = whole.as_mut_slice();
        for part in parts {
            let text = part.unwrap_or_default().as_bytes();
            let Some((number, behind)) = rest.split_first_chunk_mut() else {
                return Self::of_pieces(parts);
            };
            *number = length(part).to_le_bytes();
            let Some((copy, behind)) = behind.split_at_mut_checked(text.len()) else {
                return Self::of_pieces(parts);
            };
            copy.copy_from_slice(text);
            rest = behind;
        }
        let left = rest.len();
        Self(xxh3_64(&whole[..SHORT - left]))
    }

    /// The same of parts of any length.
    fn of_pieces(parts: [Option<&str>; 5]) -> Self {
        let mut hasher = Xxh3::new();
        for part in parts {
            let length = part.map_or(0, |text| text.len() as u64 + 1);
            hasher.update(&length.to_le_bytes());
            hasher.update(part.unwrap_or_default().as_bytes());
        }
        Self(hasher.digest())
    }

    /// Reads the 16 hex digits that [`fmt::Display`] prints.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 16)
            .then(|| u64::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
    }
}

impl Key {
    /// What [`fmt::Display`] prints, without its detours: every article has its key printed.
    #[must_use]
    pub fn hex(self) -> String {
        let digit = |at: usize| b"0123456789abcdef"[(self.0 >> (60 - 4 * at)) as usize & 0xf];
        let digits: [u8; 16] = std::array::from_fn(digit);
        std::str::from_utf8(&digits).unwrap_or_default().to_owned()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

/// A handle: an index into one fold's articles, or an archive's row.
///
/// Deliberately not `Ord`: arrival order must never reach a result. Order articles by [`Rank`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ArticleNo(pub u32);

impl ArticleNo {
    /// As an index into a slice.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The total order on articles that breaks every tie: hash of the body, then key.
///
/// A function of the article alone, never of source, offset or arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Rank(pub u64, pub Key);

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

/// What told who wrote an article, in the order in which it is believed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgencyEvidence {
    /// `LONDON, Aug 17 (Reuters) –` at the head of the text.
    Dateline,
    /// `(Reporting by …; Editing by …)`, `© KYODO`, `The-CNN-Wire`.
    Tail,
    /// `Copyright 2025 The Associated Press`.
    Copyright,
    /// A byline or publisher that is an agency.
    Byline,
    /// A field of the record.
    Field,
}

impl AgencyEvidence {
    const ALL: [Self; 5] = [
        Self::Dateline,
        Self::Tail,
        Self::Copyright,
        Self::Byline,
        Self::Field,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Tail => "tail",
            Self::Copyright => "copyright",
            Self::Byline => "byline",
            Self::Field => "field",
        }
    }

    /// Reads what [`AgencyEvidence::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|evidence| evidence.as_str() == text)
    }
}

/// Who wrote an article and where, as far as the text says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Credit {
    /// `Reuters`, `AP`, `AFP` …; an unknown tag of the same form as written.
    pub agency: Option<String>,
    /// What told it; `None` exactly when there is no agency.
    pub evidence: Option<AgencyEvidence>,
    /// Whether the agency stands in the table of agencies.
    pub known: bool,
    /// `LONDON/KYIV/WASHINGTON, Aug 17`: without the agency and the dash.
    pub dateline: Option<String>,
    /// Who signed, without `By`.
    pub byline: Option<String>,
}

/// A moment in UTC, or a day where no clock was printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z; a day's first second for a day.
    pub seconds: i64,
    /// Whether only the day is known.
    pub day_only: bool,
}

impl Moment {
    /// Reads an RFC 3339 date-time, or a date `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // what is printed for readers is most often none, and an error is dear
        let head = text.as_bytes().get(..4)?;
        let year = head.iter().all(u8::is_ascii_digit);
        if head[0].is_ascii_alphabetic() || head[0].is_ascii_digit() && !year {
            return None;
        }
        if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
            return Some(Self {
                seconds: stamp.as_second(),
                day_only: false,
            });
        }
        let day: jiff::civil::Date = (text.len() == 10).then(|| text.parse().ok()).flatten()?;
        Some(Self::day(day))
    }

    /// The whole day, by its first second in UTC.
    pub fn day(day: jiff::civil::Date) -> Self {
        let midnight =
            jiff::tz::TimeZone::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
        let seconds = midnight.map_or(0, jiff::Timestamp::as_second);
        Self {
            seconds,
            day_only: true,
        }
    }

    /// The moment of a time stamp, to the second.
    #[must_use]
    pub fn at(stamp: jiff::Timestamp) -> Self {
        Self {
            seconds: stamp.as_second(),
            day_only: false,
        }
    }

    /// As a time stamp; `None` outside the years that a calendar has.
    #[must_use]
    pub fn timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_second(self.seconds).ok()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(stamp) = self.timestamp() else {
            return write!(f, "@{}", self.seconds);
        };
        let clock = jiff::tz::TimeZone::UTC.to_datetime(stamp);
        if self.day_only {
            write!(f, "{}", clock.date())
        } else {
            write!(f, "{clock}Z")
        }
    }
}

/// How exact a relative time is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    const ALL: [Self; 7] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Reads what [`TimeUnit::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == text)
    }
}

/// When an article was published.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Published {
    /// `None` if unknown or ambiguous (DD-MM against MM-DD, relative without an anchor).
    pub at: Option<Moment>,
    /// As printed.
    pub raw: Option<String>,
    /// How exact a relative time is; `None` for an absolute one.
    pub unit: Option<TimeUnit>,
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

/// Lines of one page, from 0, end excluded.
pub type LineRange = Range<u32>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_absent_from_empty_and_where_a_part_ends() {
        let key = |id, title, body| Key::of(id, None, None, title, body);
        assert_ne!(key(None, Some("a"), "b"), key(Some("a"), None, "b"));
        assert_ne!(key(None, Some(""), "b"), key(None, None, "b"));
        assert_ne!(key(None, Some("ab"), "c"), key(None, Some("a"), "bc"));
        let key = key(None, Some("title"), "body");
        assert_eq!(Key::parse(&key.to_string()), Some(key));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // test vector of XXH3 64 bits, seed 0
        assert_eq!(xxh3_64(b"abc"), 0x78af_5f94_892f_3950);
        assert_eq!(
            Key::of(None, None, None, None, ""),
            Key(xxh3_64(
                &[&[0u8; 32][..], &[1, 0, 0, 0, 0, 0, 0, 0]].concat()
            ))
        );
    }

    #[test]
    fn a_moment_prints_as_it_is_read() {
        for text in ["2025-08-17T03:00:00Z", "2025-08-17"] {
            assert_eq!(
                Moment::parse(text).map(|at| at.to_string()).as_deref(),
                Some(text)
            );
        }
        assert_eq!(
            Moment::parse("2025-08-17T05:00:00+02:00")
                .map(|at| at.to_string())
                .as_deref(),
            Some("2025-08-17T03:00:00Z")
        );
        assert_eq!(Moment::parse("17-08-2025"), None);
    }
}
