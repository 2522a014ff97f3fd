//! Bylines: `By Ann Lee, Associated Press`, `Von dpa`, `LEE ANN= AP Sports Writer=`, `Associated Press` alone.
//!
//! A line is a byline only if each of its parts is a name, an agency, an office or a time; so no sentence becomes one.

use std::cell::RefCell;
use std::ops::Range;

use super::agency::{Agency, Kind, in_part, lookup};
use super::place;
use super::when::{find_in, find_time};
use crate::memo::{Memo, remembered};

/// A byline taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Byline<'a> {
    /// The people, as printed.
    pub(super) names: Option<&'a str>,
    /// The agency that they write for, or that signs alone.
    pub(super) agency: Option<Agency>,
    /// A place in capitals: `AFP, MANILA`.
    pub(super) place: Option<&'a str>,
}

/// `By` in the languages of bylines; the longest first where one starts another.
const BY: [&str; 33] = [
    "Source: ",
    "Sources: ",
    "SOURCE: ",
    "Quelle: ",
    "Fuente: ",
    "Fonte: ",
    "Zdroj: ",
    "Kaynak: ",
    "Por: ",
    "By: ",
    "Text: ",
    "Von ",
    "VON ",
    "By ",
    "BY ",
    "by ",
    "Par ",
    "PAR ",
    "Por ",
    "POR ",
    "Di ",
    "Door ",
    "Af ",
    "Av ",
    "Autor: ",
    "Author: ",
    "Автор: ",
    "Oleh ",
    "Written by ",
    "Reported by ",
    "Posted by ",
    "Edited by ",
    "Da ",
];

/// Words that name an office, not a person.
const OFFICES: [&str; 44] = [
    "writer",
    "writers",
    "staff",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "journalist",
    "contributor",
    "columnist",
    "analyst",
    "producer",
    "bureau",
    "chief",
    "service",
    "services",
    "agencies",
    "agency",
    "desk",
    "wire",
    "reports",
    "newsroom",
    "team",
    "photographer",
    "redaktion",
    "redacción",
    "redação",
    "redazione",
    "rédaction",
    "periodista",
    "agencia",
    "agência",
    "agence",
    "agenzia",
    "haberler",
    "haber",
    "online",
    "digital",
    "news",
    "special",
    "redakce",
    "published",
];

/// Names have small words in them.
const PARTICLES: [&str; 30] = [
    "and", "und", "et", "y", "e", "i", "en", "og", "och", "ve", "de", "da", "di", "del", "della",
    "dos", "du", "van", "von", "der", "den", "ter", "bin", "al", "el", "la", "le", "with", "for",
    "&",
];

/// Reads a line of the text's head; `None` if it is no byline.
pub(super) fn line(text: &str) -> Option<Byline<'_>> {
    let text = text
        .trim_start_matches(['/', '|', '•', ' ', '\t', '\u{a0}'])
        .trim_end();
    if text.len() > 160 || text.is_empty() {
        return None;
    }
    if let Some(rest) = strip_by(text) {
        // `By Ann Lee` and the like need a capital behind
        let capital = rest.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
        return parts(rest, 1).filter(|found| capital || found.names.is_none());
    }
    if let Some(agency) = helped_by(text) {
        return Some(Byline {
            agency: Some(agency),
            ..Byline::default()
        });
    }
    if text.len() <= 40
        && text.starts_with(char::is_alphanumeric)
        && let Some(agency) = in_part(text).filter(|_| !text.contains('('))
    {
        return Some(Byline {
            agency: Some(agency),
            ..Byline::default()
        });
    }
    // `Ann Lee and Bo Roe, Associated Press`; most headlines are refused at their first word in lower case
    let first = text.split(is_separator).next()?.trim();
    if !first
        .split(" - ")
        .next()
        .is_some_and(|name| is_name(name, 2))
        && in_part(first).is_none()
    {
        return None;
    }
    parts(text, 2).filter(|found| {
        // with a slash it is a photo's: `Ann Lee / Reuters`
        found.agency.is_some() && text.len() <= 120 && !text.contains('/')
    })
}

/// The agency of a paper's own desk and its help: `Le Quotidien avec AFP`, `vil/dpa`.
fn helped_by(text: &str) -> Option<Agency> {
    const WITH: [&str; 10] = [
        " avec ", " mit ", " con ", " com ", " with ", " and ", " et ", " und ", " e ", " y ",
    ];
    if text.len() > 60 {
        return None;
    }
    let at = WITH.iter().find_map(|word| {
        let at = text.rfind(word)?;
        Some(at + word.len())
    })?;
    let (before, name) = (text.get(..at)?, text.get(at..)?);
    // a sentence has more words in small letters
    let small = before
        .split(' ')
        .filter(|word| word.starts_with(char::is_lowercase));
    let agency = in_part(name.trim_start_matches("l'").trim_start_matches("l’"))?;
    (agency.kind == Kind::Agency && small.count() <= 3).then_some(agency)
}

/// Reads what a field or the page's layout says is a byline: kept as it is where it cannot be taken apart. The same few
/// people sign most of what a paper prints.
pub(super) fn field(text: &str) -> Byline<'_> {
    let text = text.trim();
    let place = |part: &str| {
        let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        start..start.wrapping_add(part.len())
    };
    let (names, agency, at) = remembered(&FIELDS, text, || {
        let read = read_field(text);
        (read.names.map(place), read.agency, read.place.map(place))
    });
    Byline {
        names: names.and_then(|names| text.get(names)),
        agency,
        place: at.and_then(|at| text.get(at)),
    }
}

/// Bylines of which a thread remembers what they say.
const REMEMBERED: usize = 1 << 10;

/// Bytes of a byline's names, its agency, bytes of its place.
type Parts = (Option<Range<usize>>, Option<Agency>, Option<Range<usize>>);

thread_local! {
    static FIELDS: RefCell<Memo<Parts>> = const { RefCell::new(Memo::new(REMEMBERED)) };
}

fn read_field(text: &str) -> Byline<'_> {
    let bare = strip_by(text).unwrap_or(text);
    parts(bare, 1).unwrap_or_else(|| Byline {
        names: (!bare.is_empty()).then_some(bare),
        agency: helped_by(bare),
        ..Byline::default()
    })
}

fn strip_by(text: &str) -> Option<&str> {
    BY.iter()
        .find_map(|word| text.strip_prefix(word))
        .map(str::trim_start)
}

/// Takes the parts apart; a name has at least `least` words.
fn parts(text: &str, least: usize) -> Option<Byline<'_>> {
    // the time at the end has commas of its own
    let time = find_in(text).filter(|time| time.end == text.len());
    let text = text.get(..time.map_or(text.len(), |time| time.start))?;
    let mut sorted = Sorted::default();
    for (start, part) in pieces(text) {
        let signs = strip_by(part.trim_start()).unwrap_or(part);
        let (start, part) = (start + part.len() - signs.len(), signs);
        let (names, employer) = part.rsplit_once(" for ").unwrap_or((part, ""));
        let behind = start + part.len() - employer.len();
        for (piece, from) in [(names, start), (employer, behind)] {
            let from = from + piece.len() - piece.trim_start().len();
            let piece = piece.trim();
            // initials and signs say nothing
            if piece.len() > 1 && !sorted.add(piece, from, least) {
                return None;
            }
        }
    }
    let mut found = sorted.found;
    found.names = sorted.names.and_then(|(start, end)| text.get(start..end));
    found.agency = found.agency.or_else(|| helped_by(text));
    let something = found.names.is_some() || found.agency.is_some() || sorted.office;
    something.then_some(found)
}

/// The parts of a byline by what they are.
#[derive(Debug, Default)]
struct Sorted<'a> {
    found: Byline<'a>,
    /// Bytes from the first name to the last.
    names: Option<(usize, usize)>,
    /// An office or a time.
    office: bool,
}

impl<'a> Sorted<'a> {
    /// Whether the piece is something that stands in bylines.
    fn add(&mut self, piece: &'a str, from: usize, least: usize) -> bool {
        if let Some(agency) = in_part(piece) {
            self.found.agency = self.found.agency.or(Some(agency));
        } else if is_office(piece) || find_time(piece).is_some() {
            self.office = true;
        } else if place::is_known(piece) && !piece.chars().any(char::is_lowercase) {
            self.found.place = Some(piece);
        } else if let Some((names, agency)) = employer_behind(piece) {
            self.sign(from, names);
            self.found.agency = self.found.agency.or(Some(agency));
        } else if !is_name(piece, least) {
            return false;
        } else if !self.office && self.found.agency.is_none() {
            // behind the agency it is a place or a second office
            self.sign(from, piece);
        }
        true
    }

    fn sign(&mut self, from: usize, names: &str) {
        let start = self.names.map_or(from, |known| known.0);
        self.names = Some((start, from + names.len()));
    }
}

/// `Ann Lee The Canadian Press`: names, and the agency that the last words are. One word only if it is Reuters' like.
fn employer_behind(piece: &str) -> Option<(&str, Agency)> {
    // behind a space, or glued: `Ann LeeAssociated Press`
    let glued = piece
        .as_bytes()
        .windows(2)
        .enumerate()
        .filter(
            |(_, pair)| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()),
        )
        .map(|(at, _)| at + 1);
    let spaces = piece.rmatch_indices(' ').map(|(at, _)| at);
    spaces
        .take(5)
        .chain(glued)
        .filter_map(|at| {
            let (names, agency) = piece.split_at(at);
            let found = lookup(agency)?;
            let enough = names.contains(' ') && (agency.trim().len() > 4);
            enough.then_some((names, found))
        })
        .last()
        .filter(|(names, _)| is_name(names, 2))
}

/// The parts between separators, with the byte where each starts. A hyphen separates only between spaces.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let hyphen = c == '-' && before.is_whitespace() && rest.starts_with(char::is_whitespace);
        if is_separator(c) || hyphen {
            found.push((start, text.get(start..at).unwrap_or_default()));
            start = at + c.len_utf8();
        }
        before = c;
    }
    found.push((start, text.get(start..).unwrap_or_default()));
    found
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | '|' | '–' | '—' | '=' | '•' | '·' | '/' | ';' | ':' | '(' | ')' | '\t'
    )
}

fn is_office(piece: &str) -> bool {
    piece.split(' ').count() <= 6
        && piece
            .split(' ')
            .any(|word| OFFICES.contains(&word.to_lowercase().trim_matches('.')))
}

fn is_name(piece: &str, least: usize) -> bool {
    let mut words = 0;
    for word in piece.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
        words += 1;
        let first = word.chars().next().unwrap_or(' ');
        let letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '‑' | '\'' | '’' | '&' | '`'));
        // scripts without capitals have neither
        let capital = first.is_alphabetic() && !first.is_lowercase();
        if !letters || !(capital || PARTICLES.contains(&word)) {
            return false;
        }
    }
    (least..=12).contains(&words)
}
