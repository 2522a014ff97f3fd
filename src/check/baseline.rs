//! Findings that are known and do not count, so that a check can start on a project that is not clean.
//!
//! JSON Lines, one finding a line, without its place: a finding that only moved to another line stays known.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::Value;

use super::{Finding, Verdict};
use crate::report::json::Json;

/// Known findings: rule, subject, message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Baseline(BTreeSet<[String; 3]>);

fn print_of(finding: &Finding) -> [String; 3] {
    [
        finding.rule.as_str().to_owned(),
        finding.subject.clone(),
        finding.message(),
    ]
}

impl Baseline {
    /// Everything that was found.
    pub fn of(findings: &[Finding]) -> Self {
        Self(findings.iter().map(print_of).collect())
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut known = BTreeSet::new();
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let value: Value =
                serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
            let part = |key: &str| {
                let text = value.get(key).and_then(Value::as_str);
                text.map(str::to_owned)
                    .ok_or_else(|| format!("line {}: no {key}", at + 1))
            };
            known.insert([part("rule")?, part("subject")?, part("message")?]);
        }
        Ok(Self(known))
    }

    /// Writes the file, sorted.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut json = Json::new(out);
        for [rule, subject, message] in &self.0 {
            json.open('{');
            json.string("rule", rule);
            json.string("subject", subject);
            json.string("message", message);
            json.close('}');
            json.end_line()?;
        }
        json.finish()
    }

    /// Takes the known findings out of a verdict and counts them.
    pub fn apply(&self, verdict: &mut Verdict) {
        let before = verdict.findings.len();
        verdict
            .findings
            .retain(|finding| !self.0.contains(&print_of(finding)));
        verdict.known += before - verdict.findings.len();
    }
}
