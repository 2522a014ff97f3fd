//! A verdict as workflow commands of GitHub Actions: an annotation for each finding, at its file and line.

use std::io::{self, Write};

use super::Verdict;
use crate::report::escape::{WorkflowPart, workflow};

pub(super) fn write(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    for finding in &verdict.findings {
        write!(out, "::error ")?;
        if let Some((file, line)) = finding.file_and_line() {
            write!(
                out,
                "file={},line={line},",
                workflow(file, WorkflowPart::Property)
            )?;
        }
        let title = workflow(
            &format!("wirefold: {}", finding.rule.as_str()),
            WorkflowPart::Property,
        );
        let message = format!("{}: {}", finding.subject, finding.message());
        writeln!(
            out,
            "title={title}::{}",
            workflow(&message, WorkflowPart::Message)
        )?;
    }
    let kind = if verdict.findings.is_empty() {
        "notice"
    } else {
        "error"
    };
    let summary = super::text::summary(verdict);
    writeln!(
        out,
        "::{kind} title=wirefold::{}",
        workflow(&summary, WorkflowPart::Message)
    )?;
    out.flush()
}
