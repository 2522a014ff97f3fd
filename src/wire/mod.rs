//! Who wrote it, where, when: datelines, tail credits, copyright lines, bylines, printed times.

use crate::article::{Credit, Moment, Published};

/// What else is known of an article when its credit is taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Who printed it.
    pub publisher: Option<&'a str>,
    /// Who signed, by a field or a line of the page.
    pub byline: Option<&'a str>,
    /// The agency that a field names.
    pub field: Option<&'a str>,
}

/// A text with its credits taken off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credited {
    /// What they said.
    pub credit: Credit,
    /// The text without them; paragraphs separated by `\n`.
    pub body: String,
}

/// Takes dateline, byline, tail credits and copyright off a body (paragraphs separated by `\n`).
///
/// Precedence: dateline tag, tail credit, copyright line, byline or publisher that is an agency, field. Never from
/// photo credits or from speech ("told Reuters").
pub fn take_credit(body: &str, known: Known<'_>) -> Credited {
    let _ = known;
    Credited {
        credit: Credit::default(),
        body: body.to_owned(),
    }
}

/// Reads a printed time in any of the known forms and languages, relative ones against `anchor`.
///
/// Ambiguous ones stay raw: [`Published::at`] is `None`.
pub fn published(raw: &str, anchor: Option<Moment>, zone: &jiff::tz::TimeZone) -> Published {
    let _ = (anchor, zone);
    Published {
        at: Moment::parse(raw),
        raw: Some(raw.to_owned()),
        unit: None,
    }
}
