//! Rules that need no expectation: what must not occur, and how much of it may.

use crate::article::{ArticleNo, Place};
use crate::fold::Fold;
use crate::report::{Summary, members};

use super::{Expectation, Finding, Rule};

/// What a policy can forbid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Denied {
    /// A part of the input that gave no article.
    Skipped,
    /// A record that the splitter doubts.
    Unsplit,
    /// An article without a title.
    Untitled,
    /// An article without a time.
    Undated,
}

impl Denied {
    /// The rule that it makes.
    pub fn rule(self) -> Rule {
        match self {
            Self::Skipped => Rule::Skipped,
            Self::Unsplit => Rule::Unsplit,
            Self::Untitled => Rule::Untitled,
            Self::Undated => Rule::Undated,
        }
    }
}

/// The policies in force.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Policies {
    /// What must not occur.
    pub deny: Vec<Denied>,
    /// No story has more copies.
    pub max_copies: Option<usize>,
    /// Copies are at most this share of the articles, from 0 to 1.
    pub max_copy_share: Option<f64>,
    /// Every story names the agency that wrote it.
    pub require_agency: bool,
}

impl Policies {
    /// The rules that they check.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.deny.iter().map(|denied| denied.rule()).collect();
        rules.extend(self.max_copies.map(|_| Rule::MaxCopies));
        rules.extend(self.max_copy_share.map(|_| Rule::MaxCopyShare));
        rules.extend(self.require_agency.then_some(Rule::RequireAgency));
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

/// What breaks the policies, by rule, then subject. `found` is the same fold's [`Expectation::of`].
pub fn violations(fold: &Fold, found: &Expectation, policies: &Policies) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in policies.rules() {
        match rule {
            Rule::Skipped => findings.extend(skipped(fold)),
            Rule::Unsplit => findings.extend(doubtful(found)),
            Rule::Untitled => findings.extend(untitled(found)),
            Rule::Undated => findings.extend(undated(fold)),
            Rule::MaxCopies => findings.extend(
                policies
                    .max_copies
                    .into_iter()
                    .flat_map(|most| crowded(fold, most)),
            ),
            Rule::MaxCopyShare => {
                findings.extend(policies.max_copy_share.and_then(|most| share(fold, most)));
            }
            Rule::RequireAgency => findings.extend(uncredited(fold)),
            Rule::Moved | Rule::Appeared | Rule::Vanished | Rule::Changed => {}
        }
    }
    findings.sort();
    findings
}

fn finding(rule: Rule, subject: String, detail: String, place: Option<Place>) -> Finding {
    Finding {
        rule,
        subject,
        details: vec![detail],
        place,
    }
}

fn skipped(fold: &Fold) -> impl Iterator<Item = Finding> + '_ {
    fold.skipped.iter().map(|skipped| {
        let place = skipped.place.clone();
        finding(
            Rule::Skipped,
            place.source.to_string(),
            skipped.reason.message().to_owned(),
            Some(place),
        )
    })
}

fn doubtful(found: &Expectation) -> impl Iterator<Item = Finding> + '_ {
    found.entries.iter().filter_map(|entry| {
        let doubt = entry.field("weak")?;
        Some(finding(
            Rule::Unsplit,
            entry.name(),
            doubt.to_owned(),
            Some(entry.place.clone()),
        ))
    })
}

fn untitled(found: &Expectation) -> impl Iterator<Item = Finding> + '_ {
    let untitled = found
        .entries
        .iter()
        .filter(|entry| entry.field("title").is_none());
    untitled.map(|entry| {
        finding(
            Rule::Untitled,
            entry.name(),
            "has no title".to_owned(),
            Some(entry.place.clone()),
        )
    })
}

fn undated(fold: &Fold) -> impl Iterator<Item = Finding> + '_ {
    let all = fold
        .stories
        .iter()
        .flat_map(members)
        .chain(fold.headlines.iter().copied());
    all.filter_map(|no| {
        let published = &fold.member(no).article.published;
        let detail = match (published.at, published.raw.as_deref()) {
            (Some(_), _) => return None,
            (None, Some(raw)) => {
                format!("“{raw}” is no time on its own; --fetched gives it an anchor")
            }
            (None, None) => "has no time".to_owned(),
        };
        Some(of_article(fold, no, Rule::Undated, detail))
    })
}

fn crowded(fold: &Fold, most: usize) -> impl Iterator<Item = Finding> + '_ {
    fold.stories
        .iter()
        .filter(move |story| story.copies.len() > most)
        .map(move |story| {
            let detail = format!("has {} copies, {most} are allowed", story.copies.len());
            of_article(fold, story.canonical, Rule::MaxCopies, detail)
        })
}

fn share(fold: &Fold, most: f64) -> Option<Finding> {
    let Summary {
        copies, articles, ..
    } = Summary::of(fold);
    let over = articles > 0 && copies as f64 > most * articles as f64;
    let detail =
        || format!("{copies} of {articles} articles are copies, a share of {most} is allowed");
    over.then(|| {
        finding(
            Rule::MaxCopyShare,
            "all articles".to_owned(),
            detail(),
            None,
        )
    })
}

fn uncredited(fold: &Fold) -> impl Iterator<Item = Finding> + '_ {
    fold.stories
        .iter()
        .filter(|story| story.origin.agency.is_none())
        .map(|story| {
            of_article(
                fold,
                story.canonical,
                Rule::RequireAgency,
                "names no agency".to_owned(),
            )
        })
}

fn of_article(fold: &Fold, no: ArticleNo, rule: Rule, detail: String) -> Finding {
    let article = &fold.member(no).article;
    let own_id = Some(&article.id).filter(|&id| *id != article.key.to_string());
    let subject = match (
        own_id.or(article.url.as_ref()),
        &article.publisher,
        &article.title,
    ) {
        (Some(name), _, _) | (None, None, Some(name)) | (None, Some(name), None) => name.clone(),
        (None, Some(publisher), Some(title)) => format!("{publisher}: {title}"),
        (None, None, None) => article.id.clone(),
    };
    finding(rule, subject, detail, Some(article.place.clone()))
}
