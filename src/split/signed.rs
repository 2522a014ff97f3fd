//! What a line that signs says: people, their site, the publisher, the agency.

use super::people::person;
use super::phrases::{Phrase, phrases};
use super::press::is_press;
use super::unit::is_name;
use crate::wire;

/// Whether a publisher is an agency.
pub(super) fn is_agency(name: &str) -> bool {
    wire::is_agency_name(name)
}

/// Whether a byline names an agency.
pub(super) fn names_agency(line: &str) -> bool {
    wire::signs(line).agency
}

/// `Daily News avec AFP`, `Daily News`, where others sign: the publisher, and who helped it.
pub(super) fn printer_with(name: &str) -> Option<(&str, Option<&str>)> {
    let apart = |at: usize, word: &str| {
        let rest = name.get(at + word.len()..).unwrap_or("");
        at > 0 && name.as_bytes().get(at - 1) == Some(&b' ') && rest.starts_with(' ')
    };
    let word = phrases(Phrase::With).iter().filter_map(|word| {
        let (at, _) = name.match_indices(word).find(|&(at, _)| apart(at, word))?;
        Some((at - 1, word.len() + 2))
    });
    let cut = word.min();
    let first = name.get(..cut.map_or(name.len(), |cut| cut.0))?;
    let rest = cut.and_then(|(at, word)| name.get(at + word..));
    (is_press(first) && !names_agency(first)).then_some((first, rest))
}

/// `Bob Roe , Site.org`, `Bob Roe | Daily News` → the name and the site.
pub(super) fn split_site(name: &str) -> (&str, Option<&str>) {
    if let Some((person, rest)) = name.split_once(" | ") {
        let site = rest.split(" | ").next().unwrap_or(rest).trim();
        let names =
            is_name(site) && !is_agency(site) && !site.contains(|c: char| c.is_ascii_digit());
        return if names {
            (person, Some(site))
        } else {
            (name, None)
        };
    }
    match name.rsplit_once(',') {
        Some((person, site)) if site.trim().contains('.') && is_name(site.trim()) => {
            (person.trim(), Some(site.trim()))
        }
        _ => (name, None),
    }
}

/// `Ann Lee - Daily Wire`, `Ann Lee / TNN`, `Ann Lee d'Enquête` → the person.
pub(super) fn first_part(name: &str) -> &str {
    let end = [" - ", " – ", " / ", " | ", " d'", " d’"]
        .iter()
        .filter_map(|sign| name.find(sign))
        .min();
    name.get(..end.unwrap_or(name.len())).unwrap_or(name)
}

/// Who signs a line of the head that is no more than that; a word may be glued in front: `_VonAnn Lee_Reporter`.
pub(super) fn signer(line: &str) -> Option<&str> {
    person(line).or_else(|| signed_glued(line))
}

/// What of a line tells who signed: all of it where it names an agency, too.
pub(super) fn credited<'a>(line: &'a str, name: &'a str) -> &'a str {
    if names_agency(line) { line } else { name }
}

fn signed_glued(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['_', '*', ' ']);
    let mut small = false;
    let glued = |&(_, c): &(usize, char)| {
        std::mem::replace(&mut small, c.is_lowercase()) && c.is_uppercase()
    };
    let (at, _) = line.char_indices().take(GLUED).find(glued)?;
    let (word, name) = line.split_at_checked(at)?;
    phrases(Phrase::Signed)
        .contains(&&*word.to_lowercase())
        .then(|| person(name))?
}

/// Characters of a word that is glued to a name.
const GLUED: usize = 16;

pub(super) fn clean_byline(name: &str) -> String {
    name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '/' | '-' | '–' | '—' | ',' | ':')
    })
    .to_owned()
}

/// `Ann Lee, Tom Ray`: two names or more, or one of two words, each word with a capital.
pub(super) fn are_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            || ["and", "und", "et", "y", "de", "van", "von"].contains(word)
    };
    (2..=8).contains(&words.len())
        && text.len() < 80
        && words.iter().all(capital)
        && !text.contains(|c: char| {
            c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '&' | '/' | '(' | '"')
        })
        && (words.len() <= 3 || text.contains(',') || text.contains(" and "))
}
