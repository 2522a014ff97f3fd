//! A verdict as SARIF 2.1.0 (OASIS), the format of code scanning services.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Finding, Verdict};
use crate::report::json::Json;
use xxhash_rust::xxh3::xxh3_64;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    json.string("$schema", SCHEMA);
    json.string("version", "2.1.0");
    json.key("runs");
    json.open('[');
    json.open('{');
    tool(&mut json, verdict);
    json.key("results");
    json.open('[');
    for finding in &verdict.findings {
        result(&mut json, finding);
    }
    json.close(']');
    json.string("columnKind", "unicodeCodePoints");
    json.close('}');
    json.close(']');
    json.close('}');
    json.end_line()?;
    json.finish()
}

fn tool(json: &mut Json<'_>, verdict: &Verdict) {
    json.key("tool");
    json.open('{');
    json.key("driver");
    json.open('{');
    json.string("name", "wirefold");
    json.string("version", env!("CARGO_PKG_VERSION"));
    json.key("rules");
    json.open('[');
    for rule in &verdict.rules {
        json.open('{');
        json.string("id", rule.as_str());
        text(json, "shortDescription", rule.description());
        json.close('}');
    }
    json.close(']');
    json.close('}');
    json.close('}');
}

fn text(json: &mut Json<'_>, key: &str, text: &str) {
    json.key(key);
    json.open('{');
    json.string("text", text);
    json.close('}');
}

fn result(json: &mut Json<'_>, finding: &Finding) {
    let message = format!("{}: {}", finding.subject, finding.message());
    json.open('{');
    json.string("ruleId", finding.rule.as_str());
    json.string("level", "error");
    text(json, "message", &message);
    if let Some((file, line)) = finding.file_and_line() {
        json.key("locations");
        json.open('[');
        json.open('{');
        json.key("physicalLocation");
        json.open('{');
        json.key("artifactLocation");
        json.open('{');
        json.string("uri", &uri(file));
        json.close('}');
        json.key("region");
        json.open('{');
        json.value("startLine", line.max(1));
        json.close('}');
        json.close('}');
        json.close('}');
        json.close(']');
    }
    json.key("partialFingerprints");
    json.open('{');
    let print = xxh3_64(format!("{}\0{message}", finding.rule.as_str()).as_bytes());
    json.string("wirefold/v1", &format!("{print:016x}"));
    json.close('}');
    json.close('}');
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
