//! Which member of a story to read: complete, and carrying the most of what the members share. Not simply the longest:
//! that is often a page with a frame around the story, or a roundup.

use std::cmp::Reverse;

use super::Members;
use crate::article::{Article, ArticleNo};

/// A member that shares at least this much (hundredths) of what the best shares is in the choice.
const NEAR: u64 = 95;

/// The article to read and the reason; `None` for no members.
pub fn canonical(members: &Members<'_>) -> Option<(ArticleNo, String)> {
    let shared: Vec<u64> = members
        .articles
        .iter()
        .map(|&(no, _)| shared_words(members, no))
        .collect();
    let complete = |article: &Article| !article.partial && !article.digest;
    let any_complete = members
        .articles
        .iter()
        .any(|(_, article)| complete(article));
    let may = |article: &Article| !any_complete || complete(article);
    let best = members
        .articles
        .iter()
        .zip(&shared)
        .filter(|((_, article), _)| may(article))
        .map(|(_, &s)| s)
        .max()?;
    let near: Vec<(ArticleNo, &Article)> = members
        .articles
        .iter()
        .zip(&shared)
        .filter(|((_, article), shared)| may(article) && **shared * 100 >= best * NEAR)
        .map(|(&member, _)| member)
        .collect();
    // articles come in the order of their ranks: of equals the first wins
    let &(no, article) = near.iter().min_by_key(|(_, article)| preference(article))?;
    let mut reason = if members.articles.len() == 1 {
        String::from("the only article")
    } else if near.len() == 1 {
        format!("carries the most that the others carry, too: {best} words")
    } else if article.credit.agency.is_some()
        && near.iter().any(|(_, other)| other.credit.agency.is_none())
    {
        String::from("carries what the others carry, and names its agency")
    } else {
        format!(
            "the longest of {} that carry what the others carry",
            near.len()
        )
    };
    if any_complete && members.articles.iter().any(|(_, other)| !complete(other)) {
        reason.push_str("; complete, others are cut");
    }
    Some((no, reason))
}

/// Words that stand verbatim in another member, too: in the one that shares the most.
fn shared_words(members: &Members<'_>, no: ArticleNo) -> u64 {
    let shared = members.matches_of(no).filter_map(|m| {
        let ratio = if m.a == no {
            m.verbatim_a
        } else if m.b == no {
            m.verbatim_b
        } else {
            return None;
        };
        Some(u64::from(ratio.of))
    });
    shared.max().unwrap_or(0)
}

/// Smaller is better: names its agency, has a title, is longer, was earlier.
fn preference(article: &Article) -> impl Ord + use<> {
    (
        article.credit.agency.is_none(),
        article.title.is_none(),
        Reverse(article.words),
        article.published.at.is_none(),
        article.published.at,
    )
}
