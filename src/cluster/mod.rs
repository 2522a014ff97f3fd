//! [`Match`](crate::verify::Match) → [`Cluster`]: stories that do not chain.

use crate::article::ArticleNo;

/// The members of one story; one for an article without copies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cluster {
    /// Its members, in the order of their ranks.
    pub members: Vec<ArticleNo>,
    /// A member that covers several stories and must not bridge them.
    pub roundups: Vec<ArticleNo>,
}
