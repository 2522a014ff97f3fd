//! [`Sketch`](crate::sketch::Sketch) → [`Pair`]: which articles to compare.

use crate::article::ArticleNo;

/// Two articles that share enough of their sketches to be worth a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pair {
    /// One.
    pub a: ArticleNo,
    /// The other.
    pub b: ArticleNo,
}
