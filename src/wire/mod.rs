//! Who wrote it, where, when: datelines, tail credits, copyright lines, bylines, printed times.

/// The table of agencies.
pub mod agency;
mod byline;
mod chain;
mod cjk;
mod credit;
mod dash;
mod dateline;
pub mod marks;
mod place;
pub(crate) mod table;
mod tail;
/// Printed times.
pub mod when;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::article::Credit;

pub use when::published;

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
#[must_use]
pub fn take_credit(body: &str, known: Known<'_>) -> Credited {
    find_credit(body, known).take(body)
}

/// The credits of a body, and where they stand in it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    credit: Credit,
    /// Bytes that go, in order.
    cuts: Vec<Range<usize>>,
    /// Where the text ends.
    end: usize,
}

impl Found {
    /// Takes the credits off the body in which they were found.
    pub(crate) fn take(&self, body: &str) -> Credited {
        Credited {
            credit: self.credit.clone(),
            body: credit::without(body, &self.cuts, self.end),
        }
    }
}

/// What [`take_credit`] takes off, found only.
pub(crate) fn find_credit(body: &str, known: Known<'_>) -> Found {
    credit::find(body, known)
}

/// Whether a paragraph opens with a dateline: whether [`take_credit`] would give one.
#[must_use]
pub fn has_dateline(paragraph: &str) -> bool {
    credit::dateline(paragraph).is_some_and(|found| found.place.is_some())
}

/// Whether a paragraph credits an agency by its dateline or at its end: whether [`take_credit`] would give one.
#[must_use]
pub fn credits_agency(paragraph: &str) -> bool {
    credit::credits_agency(paragraph)
}

/// Whether a line that signs names an agency, and whether it names people.
#[must_use]
pub fn signs(line: &str) -> Signs {
    credit::signs(line)
}

/// Whom a line that signs names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Signs {
    /// An agency.
    pub agency: bool,
    /// People.
    pub people: bool,
}

/// Whether a publisher is an agency.
#[must_use]
pub fn is_agency_name(publisher: &str) -> bool {
    agency::lookup(publisher).is_some_and(|found| found.kind == agency::Kind::Agency)
}

/// Whether a publisher's name is that of the agency, in any of its forms.
pub fn is_agency(publisher: &str, agency: &str) -> bool {
    publisher.eq_ignore_ascii_case(agency)
}
