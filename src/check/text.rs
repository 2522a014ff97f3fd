//! A verdict for the eye: what, where, and each change on its own line; one line that sums up.

use std::io::{self, Write};

use super::{Finding, Rule, Verdict};
use crate::report::escape;

/// Whether colours say what kind a finding is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Plain text.
    None,
    /// The terminal's own colours.
    Colours,
}

pub(super) fn write(verdict: &Verdict, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    // the longest name of a rule that is there, and a gap
    let names = verdict
        .findings
        .iter()
        .map(|finding| finding.rule.as_str().len());
    let column = names.max().unwrap_or_default() + 2;
    for finding in &verdict.findings {
        let name = format!("{:<column$}", finding.rule.as_str());
        let name = match ink {
            Ink::None => name,
            Ink::Colours => format!("\u{1b}[{}m{name}\u{1b}[0m", code(finding.rule)),
        };
        writeln!(out, "{name}{}", escape::line(&finding.subject))?;
        for detail in &finding.details {
            writeln!(out, "{:column$}{}", "", escape::line(detail))?;
        }
        if let Some(place) = at(finding) {
            writeln!(out, "{:column$}at {place}", "")?;
        }
    }
    writeln!(out, "{}", summary(verdict))?;
    out.flush()
}

fn at(finding: &Finding) -> Option<String> {
    let place = finding.place.as_ref()?;
    Some(format!("{}:{}", escape::line(&place.source), place.line))
}

/// `2 findings: 1 moved, 1 changed (3 more are known)`, or what was fine.
pub(super) fn summary(verdict: &Verdict) -> String {
    let known = match verdict.known {
        0 => String::new(),
        known => format!(
            " ({known} more {} known)",
            if known == 1 { "is" } else { "are" }
        ),
    };
    if verdict.findings.is_empty() {
        return format!(
            "as it should be: {} articles in {} stories{known}",
            verdict.articles, verdict.stories
        );
    }
    let count = |rule: Rule| {
        verdict
            .findings
            .iter()
            .filter(|finding| finding.rule == rule)
            .count()
    };
    let counts = Rule::ALL
        .into_iter()
        .map(|rule| (count(rule), rule))
        .filter(|&(count, _)| count > 0);
    let counts: Vec<String> = counts
        .map(|(count, rule)| format!("{count} {}", rule.as_str()))
        .collect();
    let all = verdict.findings.len();
    format!(
        "{all} {}: {}{known}",
        if all == 1 { "finding" } else { "findings" },
        counts.join(", ")
    )
}

fn code(rule: Rule) -> &'static str {
    match rule {
        Rule::Appeared => "32",
        Rule::Vanished => "31",
        Rule::Moved => "35",
        Rule::Changed => "33",
        _ => "36",
    }
}
