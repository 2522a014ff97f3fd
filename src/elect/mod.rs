//! [`Cluster`](crate::cluster::Cluster) → [`Story`]: which article to read, which agency wrote it, and why.

use crate::article::{ArticleNo, Key};
use crate::verify::{Ratio, Relation};

/// Which of two is the longer in an excerpt or an update.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The canonical holds the copy.
    Canonical,
    /// The copy holds the canonical.
    Copy,
}

impl Holds {
    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Copy => "copy",
        }
    }
}

/// A member of a story other than its canonical.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// The article.
    pub article: ArticleNo,
    /// What it is to the canonical (or to `via`).
    pub relation: Relation,
    /// Over the sets of word 4-grams.
    pub jaccard: Ratio,
    /// Over the sets of word 4-grams.
    pub containment: Ratio,
    /// The copy's words that stand in the canonical verbatim, over the copy's words.
    pub verbatim: Ratio,
    /// For an excerpt or update: which is the longer.
    pub holds: Option<Holds>,
    /// The member it matches, where it would not match the canonical alone.
    pub via: Option<ArticleNo>,
    /// The story has an agency, this copy names none.
    pub uncredited: bool,
}

/// Who wrote a story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The member that is the origin's own, if present and known.
    pub article: Option<ArticleNo>,
    /// The agency.
    pub agency: Option<String>,
    /// What decided; "unknown" when nothing did.
    pub reason: String,
}

/// One story: a canonical article and its copies.
#[derive(Clone, PartialEq, Debug)]
pub struct Story {
    /// The key of its first member by (published, nulls last, then key).
    pub id: Key,
    /// The article to read.
    pub canonical: ArticleNo,
    /// Why that one.
    pub reason: String,
    /// Who wrote it.
    pub origin: Origin,
    /// The other members, in the order of the report.
    pub copies: Vec<Copy>,
}
