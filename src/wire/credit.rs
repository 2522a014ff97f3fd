//! Takes the credits off a body: walks over its first lines (byline, advisory, caption, dateline) and cuts its end.
//!
//! What is taken is what the table, the forms of datelines or the forms of bylines name; all else stays, in its order.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memchr_iter};
use regex::Regex;

use super::agency::{Agency, Kind, Tag, lookup, tag};
use super::byline::{self, Byline};
use super::dateline::{self, Dateline, floor};
use super::tail::{self, Tail};
use super::when::find_time;
use super::{Found, Known, Signs, cjk};
use crate::article::{AgencyEvidence, Credit};

/// Lines and bytes of a body in which a dateline is looked for.
const HEAD_LINES: usize = 48;
const HEAD_BYTES: usize = 6000;

/// Behind so many paragraphs that are no captions a tag belongs to something else. Galleries stand before the text.
const PARAGRAPHS: usize = 6;

/// A line of a paragraph's length: what stands behind it is no head any more, unless it is a caption.
const PARAGRAPH: usize = 160;

/// A longer paragraph that ends a sentence is text, whatever stands above a dateline.
const TOLD: usize = 300;

/// What the head of a body said.
#[derive(Debug, Default)]
struct Head<'a> {
    dateline: Option<Dateline<'a>>,
    byline: Byline<'a>,
    /// Bytes of the body that go, in order.
    cuts: Vec<Range<usize>>,
}

/// See [`super::find_credit`].
pub(super) fn find(body: &str, known: Known<'_>) -> Found {
    if body.is_empty() {
        return Found {
            credit: credit(&Head::default(), &Tail::default(), known),
            cuts: Vec::new(),
            end: 0,
        };
    }
    let head = head(body);
    // nothing of the head is cut again at the end
    let from = head.cuts.last().map_or(0, |cut| cut.end);
    let tail = tail::find(body, from.min(body.len()));
    Found {
        credit: credit(&head, &tail, known),
        cuts: head.cuts,
        end: tail.end,
    }
}

/// The dateline of a paragraph that stands alone.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline<'_>> {
    let mut head = Head::default();
    head.dateline_on(paragraph, 0, &State::default());
    head.dateline
}

/// See [`super::credits_agency`].
pub(super) fn credits_agency(paragraph: &str) -> bool {
    let mut head = Head::default();
    head.dateline_on(paragraph, 0, &State::default());
    match head.dateline.and_then(|found| found.tag) {
        Some(Tag::Known(_) | Tag::Unknown(_)) => return true,
        Some(Tag::Own) | None => {}
    }
    let from = head.cuts.last().map_or(0, |cut| cut.end);
    tail::find(paragraph, from.min(paragraph.len()))
        .agency
        .is_some()
}

/// See [`super::signs`].
pub(super) fn signs(line: &str) -> Signs {
    let given = byline::field(line);
    Signs {
        agency: signing(given.agency, None).is_some(),
        people: given.names.is_some(),
    }
}

fn head(body: &str) -> Head<'_> {
    let mut head = Head::default();
    let mut captions = Vec::new();
    let mut state = State::default();
    let mut start = 0;
    let ends = memchr_iter(b'\n', body.as_bytes()).chain(std::iter::once(body.len()));
    for (number, end) in ends.enumerate().take(HEAD_LINES) {
        if start > HEAD_BYTES || state.paragraphs > PARAGRAPHS {
            break;
        }
        let line = body.get(start..end).unwrap_or_default();
        let cut = start..(end + 1).min(body.len());
        if head.dateline_on(line, start, &state) {
            head.cuts.extend(captions);
            head.cuts.sort_by_key(|cut| cut.start);
            return head;
        }
        if end < body.len() && head.sign(line, &state) {
            head.cuts.push(cut.clone());
        } else if is_caption(line) || number > 0 && line.len() < 60 && find_time(line).is_some() {
            captions.push(cut.clone());
        } else if line != state.last {
            state.paragraphs += usize::from(line.len() > PARAGRAPH);
            let stops = ['.', '!', '?', '"', '”', '。'];
            let ended = line.trim_end().ends_with(stops);
            state.sentences += usize::from(ended);
            state.told |= ended && line.len() > TOLD;
        }
        state.last = line;
        start = cut.end;
    }
    head
}

/// What has been passed on the way down.
#[derive(Debug, Default)]
struct State<'a> {
    /// Lines of a paragraph's length that are no captions.
    paragraphs: usize,
    /// Lines that end like a sentence.
    sentences: usize,
    /// One of them is text rather than a caption: below it, a place alone opens another story.
    told: bool,
    /// The line before.
    last: &'a str,
}

impl<'a> Head<'a> {
    /// Whether the line carries the dateline; then its cuts are made.
    fn dateline_on(&mut self, line: &'a str, start: usize, state: &State<'_>) -> bool {
        let trimmed = line.trim_start();
        let note = advisory(trimmed);
        let skipped = line.len() - trimmed.len() + note;
        let text = line.get(skipped..).unwrap_or_default();
        let found = match state.paragraphs {
            0 => dateline::any(text).or_else(|| cjk::dateline(text)),
            1 if !state.told => dateline::known(text).or_else(|| dateline::sure(text)),
            _ => dateline::known(text).filter(|found| found.place.is_some()),
        };
        if let Some(found) = found {
            let note_start = line.len() - trimmed.len();
            self.keep(
                found,
                start + note_start.min(skipped)..start + skipped + found.end,
            );
            return true;
        }
        if state.paragraphs == 0
            && let Some((place, inner)) = inside(line)
        {
            let lead = is_lead(line.get(..place).unwrap_or_default());
            let from = if lead { 0 } else { place };
            self.keep(inner, start + from..start + inner.end);
            return true;
        }
        // an advisory goes even where no dateline follows
        if state.last.is_empty() && note > 0 && !text.is_empty() {
            self.cuts.push(start..start + skipped);
        }
        false
    }

    fn keep(&mut self, found: Dateline<'a>, cut: Range<usize>) {
        if let Some(names) = found.byline {
            self.byline.names = Some(names);
        }
        self.dateline = Some(found);
        self.cuts.push(cut);
    }

    /// Whether the line signs; a second one adds what the first left open (`By Ann Lee`, `Associated Press`).
    fn sign(&mut self, line: &'a str, state: &State<'_>) -> bool {
        // one sentence, a dek, may stand before a byline
        let early = state.paragraphs == 0 && state.sentences <= 1;
        if line.len() > PARAGRAPH || !early && (state.paragraphs > 1 || line.len() > 48) {
            return false;
        }
        let Some(found) = byline::line(line) else {
            return false;
        };
        let agency_alone = found.names.is_none() && line.trim().contains(' ');
        if !early && !agency_alone || self.byline.names.is_some() && found.names.is_some() {
            return false;
        }
        // behind the agency's own line, a name with an agency is a photographer's
        if self.byline.agency.is_none() || found.agency.is_none() {
            self.byline.names = self.byline.names.or(found.names);
        }
        self.byline.agency = self.byline.agency.or(found.agency);
        true
    }
}

/// Bytes of a note to editors and readers before the text: `(Corrects spelling of name in paragraph 3) `.
fn advisory(line: &str) -> usize {
    const NOTES: [&str; 18] = [
        "Corrects",
        "Adds",
        "Updates",
        "Recasts",
        "Repeats",
        "Refiles",
        "Fixes",
        "Removes",
        "Clarifies",
        "Rewrites",
        "Changes",
        "Deletes",
        "Restores",
        "Makes",
        "Repeating",
        "Correcting",
        "Writes",
        "Correction",
    ];
    let Some(inside) = line.strip_prefix('(') else {
        return 0;
    };
    let noted = NOTES.iter().any(|word| {
        inside
            .strip_prefix(word)
            .is_some_and(|rest| rest.starts_with([' ', ',', ':', ';']))
    });
    let reach = inside.get(..floor(inside, 400)).unwrap_or_default();
    match memchr(b')', reach.as_bytes()) {
        Some(close) if noted => {
            let behind = line.get(close + 2..).unwrap_or_default();
            line.len() - behind.trim_start().len()
        }
        _ => 0,
    }
}

/// A dateline inside a line, behind a caption or a slogan that was glued to it: the byte where it starts, and it, with
/// ends counted from the line's start. Only with the tag of an agency.
fn inside(line: &str) -> Option<(usize, Dateline<'_>)> {
    let reach = line.get(..floor(line, 480))?;
    memchr_iter(b'(', reach.as_bytes()).find_map(|open| {
        let before = reach.get(..open)?;
        let sentence = sentence_start(before)?;
        let found = dateline::known(line.get(sentence..)?)?;
        found.place?;
        Some((
            sentence,
            Dateline {
                end: sentence + found.end,
                ..found
            },
        ))
    })
}

/// Where the words in capitals start that end `before`, behind the end of a sentence or of a credit.
fn sentence_start(before: &str) -> Option<usize> {
    let place = before.trim_end();
    let first = place
        .char_indices()
        .rev()
        .take(70)
        .find(|(_, c)| matches!(c, '.' | '!' | '?' | ')' | '"' | '”' | '|' | '\u{2019}'))
        .map(|(at, c)| at + c.len_utf8());
    let start = first?;
    let rest = before.get(start..)?;
    rest.starts_with(char::is_whitespace)
        .then(|| start + rest.len() - rest.trim_start().len())
}

/// Whether what stands before a dateline on its line is a caption or a slogan.
fn is_lead(text: &str) -> bool {
    is_caption(text)
        || text.contains(" app.")
        || text.contains("newsletter")
        || text.contains("Telegram channel")
}

/// What photo credits have, at the end of a caption or before it.
static PHOTO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"AP Photo|photo via AP|via (?:AP|REUTERS|Reuters)(?-u:\b)|/(?:AP|AFP|Reuters|REUTERS|dpa|EPA|Associated Press)(?-u:\b)",
        r"|(?:REUTERS|Reuters|AP|AFP|AFPBB)/|Getty Images|[Ff]ile [Pp]hoto|FILE PHOTO|\(?Photo(?:graph)?(?: by|:)|Credit:|EPA-EFE|Shutterstock"
    ))
    .ok()
});

/// A caption, by its photo credit.
fn is_caption(text: &str) -> bool {
    if text.starts_with("FILE - ") || text.starts_with("FILE – ") {
        return true;
    }
    // a credit of a whole line, or one that ends the caption
    let end = text.get(floor(text, text.len().saturating_sub(120))..);
    PHOTO
        .as_ref()
        .zip(end)
        .is_some_and(|(photo, end)| photo.is_match(end))
}

fn credit(head: &Head<'_>, tail: &Tail, known: Known<'_>) -> Credit {
    let given = known.byline.map(byline::field).unwrap_or_default();
    let signed = given.agency.or(head.byline.agency);
    let dateline = head.dateline;
    let tagged = match dateline.and_then(|found| found.tag) {
        Some(Tag::Known(name)) => Some((name.to_owned(), true)),
        Some(Tag::Unknown(name)) => Some((name.to_owned(), false)),
        Some(Tag::Own) | None => None,
    };
    let found = tagged
        .map(|(name, known)| (name, AgencyEvidence::Dateline, known))
        .or_else(|| {
            tail.agency
                .map(|(name, evidence)| (name.to_owned(), evidence, true))
        })
        .or_else(|| {
            signing(signed, known.publisher).map(|name| (name, AgencyEvidence::Byline, true))
        })
        .or_else(|| by_field(known.field));
    let place = dateline.and_then(|found| found.place).or(given.place);
    let names = given
        .names
        .or(head.byline.names)
        .map(str::to_owned)
        .or_else(|| tail.byline.clone());
    Credit {
        evidence: found.as_ref().map(|found| found.1),
        known: found.as_ref().is_some_and(|found| found.2),
        agency: found.map(|found| found.0),
        dateline: place.map(str::to_owned),
        byline: names,
    }
}

/// An agency that signs, or that is the publisher.
fn signing(signed: Option<Agency>, publisher: Option<&str>) -> Option<String> {
    let printed = publisher.and_then(lookup);
    let signed = signed.filter(|agency| match agency.kind {
        Kind::Agency => true,
        Kind::Syndicate => printed.is_none_or(|own| own.name != agency.name),
        Kind::Own => false,
    });
    signed
        .or_else(|| printed.filter(|agency| agency.kind == Kind::Agency))
        .map(|agency| agency.name.to_owned())
}

fn by_field(field: Option<&str>) -> Option<(String, AgencyEvidence, bool)> {
    let field = field.map(str::trim).filter(|field| !field.is_empty())?;
    match tag(field) {
        Tag::Known(name) => Some((name.to_owned(), AgencyEvidence::Field, true)),
        Tag::Unknown(name) => Some((name.to_owned(), AgencyEvidence::Field, false)),
        Tag::Own => None,
    }
}

/// The body without the cuts and without what stands behind `end`; no empty line at its start.
pub(super) fn without(body: &str, cuts: &[Range<usize>], end: usize) -> String {
    let mut kept = String::with_capacity(body.len());
    let mut at = 0;
    for cut in cuts {
        kept.push_str(body.get(at..cut.start.min(end).max(at)).unwrap_or_default());
        at = at.max(cut.end);
    }
    kept.push_str(body.get(at..end.max(at)).unwrap_or_default());
    let trimmed = kept.trim();
    if trimmed.len() == kept.len() {
        kept
    } else {
        trimmed.to_owned()
    }
}
