//! A verdict as test results in the XML of `JUnit`: a failed case for each finding, a passed one for each rule without.

use std::io::{self, Write};

use super::{Finding, Rule, Verdict};
use crate::report::escape::markup;

pub(super) fn write(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    let failed = |rule: &Rule| verdict.findings.iter().any(|finding| finding.rule == *rule);
    let passed: Vec<Rule> = verdict
        .rules
        .iter()
        .copied()
        .filter(|rule| !failed(rule))
        .collect();
    let failures = verdict.findings.len();
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"0\"",
        passed.len() + failures
    );
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"wirefold\" {counts}>")?;
    writeln!(
        out,
        "  <testsuite name=\"wirefold check\" {counts} skipped=\"{}\">",
        verdict.known
    )?;
    for rule in passed {
        writeln!(
            out,
            "    <testcase classname=\"{}\" name=\"{}\"/>",
            rule.as_str(),
            rule.description()
        )?;
    }
    for finding in &verdict.findings {
        case(finding, &mut out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")?;
    out.flush()
}

fn case(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let rule = finding.rule.as_str();
    write!(
        out,
        "    <testcase classname=\"{rule}\" name=\"{}\"",
        attribute(&finding.subject)
    )?;
    if let Some((file, line)) = finding.file_and_line() {
        write!(out, " file=\"{}\" line=\"{line}\"", attribute(file))?;
    }
    let message = attribute(&finding.message());
    writeln!(
        out,
        ">\n      <failure type=\"{rule}\" message=\"{message}\">"
    )?;
    for detail in &finding.details {
        writeln!(out, "{}", attribute(detail))?;
    }
    writeln!(out, "      </failure>\n    </testcase>")
}

/// One line of text, safe in an attribute.
fn attribute(text: &str) -> String {
    markup(text).replace('\n', " ")
}
