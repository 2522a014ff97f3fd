//! The dash between a dateline and its text: where it stands, and what may stand for it.

use super::agency::{Kind, lookup};
use super::place::{Likeness, likeness};

/// Byte behind the dash that starts at `at` (and the spaces around it); `None` if there is no dash.
pub(super) fn dash(line: &str, at: usize) -> Option<usize> {
    let rest = line.get(at..)?;
    let rest = rest.trim_start_matches([' ', '\u{a0}', '.', ',', '\t', '\u{2009}']);
    let body = rest.trim_start_matches(['-', '–', '—', '―', '‑', '−', '_', '─']);
    let body = if body.len() == rest.len() {
        rest.strip_prefix(':').or_else(|| rest.strip_prefix('='))?
    } else {
        body
    };
    let body = body.trim_start_matches([' ', '\u{a0}', '\t', '\u{2009}', '\u{200b}']);
    Some(line.len() - body.len())
}

/// A tag that ends its line: behind a place, or of an agency that signs no photos with it.
pub(super) fn alone(line: &str, after: usize, place: Option<&str>, tag: &str) -> Option<usize> {
    let ends = line.get(after..)?.trim().is_empty();
    let syndicate = || lookup(tag).is_some_and(|agency| agency.kind == Kind::Syndicate);
    let placed = place.map(|place| likeness(place) >= Some(Likeness::Capitals));
    (ends && placed.unwrap_or_else(syndicate)).then_some(line.len())
}

/// Behind a known tag the dash may be lost, if a place stood before and a sentence begins.
pub(super) fn lost_dash(line: &str, after: usize, place: Option<&str>) -> Option<usize> {
    let rest = line.get(after..)?;
    let begins = rest
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_uppercase);
    let strong = likeness(place?)? >= Likeness::Capitals;
    // `Köln (epd). Die …`
    if strong && let Some(text) = rest.strip_prefix(". ") {
        return text.starts_with(char::is_uppercase).then_some(after + 2);
    }
    (strong && begins && rest.starts_with([' ', '\u{a0}'])).then(|| skip_spaces(line, after))
}

/// The first dash that stands apart, or the first colon.
pub(super) fn first_dash(reach: &str) -> Option<usize> {
    let may = |&(_, byte): &(usize, u8)| {
        matches!(
            byte,
            b'-' | b'_' | b':' | b'"' | b'?' | b'!' | b';' | b'(' | 0xe2
        )
    };
    for (at, _) in reach.bytes().enumerate().filter(may) {
        let here = reach.get(at..).unwrap_or_default();
        let Some(c) = here.chars().next() else {
            continue;
        };
        let rest = here.get(c.len_utf8()..).unwrap_or_default();
        let before = reach
            .get(..at)
            .and_then(|before| before.chars().next_back());
        let space_before = before.is_none_or(|before| before.is_whitespace() || before == ']');
        let space_after = rest.chars().next().is_none_or(char::is_whitespace);
        let found = match c {
            '–' | '—' | '―' => true,
            '-' => {
                rest.starts_with('-')
                    || space_before && (space_after || rest.starts_with(char::is_uppercase))
            }
            '_' => space_before && space_after,
            ':' => space_after,
            // no dateline goes over a sentence's end or a quotation
            '"' | '“' | '”' | '?' | '!' | ';' | '(' => return None,
            _ => false,
        };
        if found {
            return (at > 0).then_some(at);
        }
    }
    None
}

/// Byte behind the spaces that start at `at`.
pub(super) fn skip_spaces(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    line.len() - rest.trim_start_matches([' ', '\u{a0}', '\t']).len()
}
