//! [`Fold`](crate::fold::Fold) against an [`Expectation`] and [`Policies`] → [`Finding`]s, for CI.
//!
//! Findings are data; the writers print them for the eye, for GitHub, as `JUnit` or SARIF.

use std::sync::Arc;

use crate::article::Place;

pub use difference::differences;
pub use expectation::Expectation;
pub use policy::{Denied, Policies, violations};

/// Findings that are known and do not count.
pub mod baseline;
mod difference;
/// The stories that are expected.
pub mod expectation;
mod github;
mod junit;
mod policy;
mod sarif;
mod text;

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rule {
    /// An article stands in another story.
    Moved,
    /// An article that was not expected.
    Appeared,
    /// An expected article is not there.
    Vanished,
    /// Another relation or field.
    Changed,
    /// A part of the input gave no article.
    Skipped,
    /// The splitter doubts a record.
    Unsplit,
    /// An article without a title.
    Untitled,
    /// An article without a time.
    Undated,
    /// A story with too many copies.
    MaxCopies,
    /// Too many copies in all.
    MaxCopyShare,
    /// A story without an agency.
    RequireAgency,
}

impl Rule {
    /// All, in the order in which findings are printed.
    pub const ALL: [Self; 11] = [
        Self::Moved,
        Self::Appeared,
        Self::Vanished,
        Self::Changed,
        Self::Skipped,
        Self::Unsplit,
        Self::Untitled,
        Self::Undated,
        Self::MaxCopies,
        Self::MaxCopyShare,
        Self::RequireAgency,
    ];

    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Appeared => "appeared",
            Self::Vanished => "vanished",
            Self::Changed => "changed",
            Self::Skipped => "skipped",
            Self::Unsplit => "unsplit",
            Self::Untitled => "untitled",
            Self::Undated => "undated",
            Self::MaxCopies => "max-copies",
            Self::MaxCopyShare => "max-copy-share",
            Self::RequireAgency => "require-agency",
        }
    }

    /// One sentence on what it checks.
    pub fn description(self) -> &'static str {
        match self {
            Self::Moved => "Every article stands in the story where it is expected.",
            Self::Appeared => "Every article is expected.",
            Self::Vanished => "Every expected article is there.",
            Self::Changed => "Every article has the relation and the fields that are expected.",
            Self::Skipped => "Every part of the input gives an article.",
            Self::Unsplit => "The splitter doubts no record.",
            Self::Untitled => "Every article has a title.",
            Self::Undated => "Every article has a time.",
            Self::MaxCopies => "No story has more copies than allowed.",
            Self::MaxCopyShare => "Copies are no larger a share of the articles than allowed.",
            Self::RequireAgency => "Every story names the agency that wrote it.",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// What it is about.
    pub rule: Rule,
    /// The article or story: its own id, else its url, else publisher and title.
    pub subject: String,
    /// What is wrong, a line each; the first says it all.
    pub details: Vec<String>,
    /// Where it stands; none for what concerns everything.
    pub place: Option<Place>,
}

impl Finding {
    /// The details on one line.
    pub fn message(&self) -> String {
        self.details.join("; ")
    }

    /// Source and line, where a person or a tool can go to them.
    fn file_and_line(&self) -> Option<(&Arc<str>, u64)> {
        let place = self.place.as_ref()?;
        (&*place.source != "-").then_some((&place.source, place.line))
    }
}

/// What a check came to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Verdict {
    /// What is wrong, by rule, then subject.
    pub findings: Vec<Finding>,
    /// How many more are known to the baseline.
    pub known: usize,
    /// What was checked.
    pub rules: Vec<Rule>,
    /// Articles and stories that were looked at.
    pub articles: u64,
    /// See `articles`.
    pub stories: u64,
}

/// How a verdict is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// For the eye.
    Plain,
    /// For the eye, with colour.
    Coloured,
    /// Annotations of GitHub Actions.
    Github,
    /// Test results in the XML of `JUnit`.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
}

/// Writes a verdict.
///
/// # Errors
/// What `out` reports.
pub fn write(verdict: &Verdict, style: Style, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    match style {
        Style::Plain => text::write(verdict, text::Ink::None, out),
        Style::Coloured => text::write(verdict, text::Ink::Colours, out),
        Style::Github => github::write(verdict, out),
        Style::Junit => junit::write(verdict, out),
        Style::Sarif => sarif::write(verdict, out),
    }
}

#[cfg(test)]
mod tests;
