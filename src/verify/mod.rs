//! [`Pair`](crate::candidates::Pair) → [`Match`]: the verdict on the full token sequences of two bodies.

use crate::article::ArticleNo;

/// A ratio of two counts, printed with three decimals computed from the integers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ratio {
    /// Numerator.
    pub of: u32,
    /// Denominator; 0 makes the ratio 0.
    pub all: u32,
}

impl Ratio {
    /// In thousandths, rounded half up: 0..=1000 where `of <= all`.
    #[must_use]
    pub fn thousandths(self) -> u32 {
        if self.all == 0 {
            return 0;
        }
        ((u64::from(self.of) * 2000 + u64::from(self.all)) / (2 * u64::from(self.all))) as u32
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thousandths = self.thousandths();
        write!(f, "{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

/// What a copy is to another article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Relation {
    /// The same body tokens, and the same title where both have one.
    Identical,
    /// The same agency text: retitled, re-credited, lightly edited.
    Copy,
    /// One holds most of the other, in order.
    Excerpt,
    /// Substantial reuse with rewording.
    Rewrite,
    /// A later version of the same agency story.
    Update,
}

impl Relation {
    /// All, the strongest first.
    pub const ALL: [Self; 5] = [
        Self::Identical,
        Self::Copy,
        Self::Excerpt,
        Self::Rewrite,
        Self::Update,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Copy => "copy",
            Self::Excerpt => "excerpt",
            Self::Rewrite => "rewrite",
            Self::Update => "update",
        }
    }

    /// Reads what [`Relation::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.as_str() == text)
    }
}

/// A proven pair. Symmetric but for the fields that say `a` or `b`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Match {
    /// One article.
    pub a: ArticleNo,
    /// The other.
    pub b: ArticleNo,
    /// What they are to each other.
    pub relation: Relation,
    /// |A∩B| / |A∪B| over the sets of word 4-grams.
    pub jaccard: Ratio,
    /// |A∩B| / min(|A|, |B|) over the sets of word 4-grams.
    pub containment: Ratio,
    /// Words of `a` that stand in `b` in runs of at least 4 equal words, in order, over the words of `a`.
    pub verbatim_a: Ratio,
    /// The same for `b`.
    pub verbatim_b: Ratio,
}
