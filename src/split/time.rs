//! Printed times inside short lines: what stands in front, the time itself, what stands behind.

use std::sync::LazyLock;

use regex::Regex;

/// A line that holds a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Timed<'a> {
    /// In front of it, trimmed: publisher, byline, section; empty often.
    pub(super) before: &'a str,
    /// As printed.
    pub(super) raw: &'a str,
    /// Behind it, trimmed.
    pub(super) after: &'a str,
}

static STUB: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:\d{1,2}|an?)\s+(?:min|mins|minute|minutes|hour|hours|day|days|week|weeks|month|months|year|years)\ ago
        | \b\d{1,2}-\d{1,2}-\d{4}
        | \d{1,2}-\d{1,2}-\d{4}
        | (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\ \d{1,2},\ \d{4}",
    )
    .ok()
});

/// The time in a line, if it holds one.
pub(super) fn timed(text: &str) -> Option<Timed<'_>> {
    let found = STUB.as_ref()?.find(text)?;
    let before = text[..found.start()].trim();
    let before = if before.eq_ignore_ascii_case("time") { "" } else { before };
    Some(Timed {
        before,
        raw: found.as_str(),
        after: text[found.end()..].trim(),
    })
}
