//! Who wrote a story. An agency's own page tells more than a credit, a credit more than containment, containment more
//! than time; where nothing decides, the origin is unknown. Time alone decides only with a real gap: a quarter of
//! online stories are picked up within minutes (Cagé, Hervé, Viaud, "The Production of Information in an Online World").

use std::collections::BTreeMap;

use super::{Members, Origin, by_time};
use crate::article::{AgencyEvidence, Article, ArticleNo};
use crate::verify::Match;

/// The first must lead the second by this many seconds for time to decide.
const GAP: i64 = 3600;

/// An article made up of another's words to this share (thousandths) took them from it, if the other has more.
const TAKEN: u32 = 950;

/// Who wrote the story; `canonical` breaks a tie of agencies.
pub fn origin(members: &Members<'_>, canonical: ArticleNo) -> Origin {
    credited(members, canonical)
        .or_else(|| by_containment(members))
        .or_else(|| by_lead(members))
        .unwrap_or_else(|| Origin {
            article: None,
            agency: None,
            reason: "unknown".into(),
        })
}

/// The agency that the most members name, with its own page where it is among them.
fn credited(members: &Members<'_>, canonical: ArticleNo) -> Option<Origin> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, article) in members.articles {
        if let Some(agency) = &article.credit.agency {
            *votes.entry(agency).or_default() += 1;
        }
    }
    let most = votes.values().copied().max()?;
    let mut winners = votes
        .iter()
        .filter(|&(_, &count)| count == most)
        .map(|(&agency, _)| agency);
    let first = winners.next()?;
    let own = members
        .article(canonical)
        .and_then(|article| article.credit.agency.as_deref());
    let agency = own
        .filter(|&own| own == first || winners.any(|winner| winner == own))
        .unwrap_or(first);
    let mut pages = members
        .articles
        .iter()
        .filter(|(_, article)| is_own_page(article, agency));
    let page = pages
        .next()
        .map(|&first| pages.fold(first, |a, &b| if by_time(a.1, b.1).is_le() { a } else { b }));
    let reason = match page {
        Some(_) => format!("{agency}'s own page"),
        None if votes.len() > 1 => format!(
            "credited to {agency} by {most}; others name {}",
            others(&votes, agency)
        ),
        None => format!("credited to {agency} ({})", evidence(members, agency)),
    };
    Some(Origin {
        article: page.map(|(no, _)| no),
        agency: Some(agency.to_owned()),
        reason,
    })
}

fn others(votes: &BTreeMap<&str, usize>, agency: &str) -> String {
    votes
        .keys()
        .copied()
        .filter(|&other| other != agency)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The best evidence that any member has for the agency.
fn evidence(members: &Members<'_>, agency: &str) -> &'static str {
    let credits = members.articles.iter().map(|(_, article)| &article.credit);
    let named = credits.filter(|credit| credit.agency.as_deref() == Some(agency));
    named
        .filter_map(|credit| credit.evidence)
        .min()
        .map_or("field", AgencyEvidence::as_str)
}

/// Whether the article's publisher is the agency itself.
fn is_own_page(article: &Article, agency: &str) -> bool {
    article
        .publisher
        .as_deref()
        .is_some_and(|publisher| crate::wire::is_agency(publisher, agency))
}

/// The one article that all the others were taken from: the longest, alone at that.
fn by_containment(members: &Members<'_>) -> Option<Origin> {
    let (source, longest) = *members
        .articles
        .iter()
        .max_by_key(|(_, article)| article.words)?;
    let taken = |m: &Match| {
        let (copy, share) = if m.a == source {
            (m.b, m.verbatim_b)
        } else {
            (m.a, m.verbatim_a)
        };
        let shorter = members
            .article(copy)
            .is_some_and(|copy| copy.words < longest.words);
        shorter && share.thousandths() >= TAKEN
    };
    let copies = members.matches_of(source).filter(|m| taken(m)).count();
    (copies > 0 && copies + 1 == members.articles.len()).then(|| Origin {
        article: Some(source),
        agency: None,
        reason: "holds all that the others carry".into(),
    })
}

/// The article that was there an hour before all the others.
fn by_lead(members: &Members<'_>) -> Option<Origin> {
    let mut times: Vec<(i64, ArticleNo)> = Vec::new();
    for &(no, article) in members.articles {
        let at = article.published.at.filter(|at| !at.day_only)?;
        times.push((at.seconds, no));
    }
    times.sort_by_key(|&(seconds, _)| seconds);
    let [(first, no), (second, _), ..] = times[..] else {
        return None;
    };
    (second - first >= GAP).then(|| Origin {
        article: Some(no),
        agency: None,
        reason: format!("{} minutes before all others", (second - first) / 60),
    })
}
