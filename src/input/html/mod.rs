//! HTML documents and fragments → pages: the main text of an article page, the lines of a front page.
//!
//! The extractor (trafilatura's method) sees only documents that say or show that they are one article, and none
//! that are nested or sized beyond reason: tree builders are quadratic in depth. All else is read as lines.

mod meta;
mod outline;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Form, Page, Paged, Record, Warning};
use crate::article::Place;
use meta::About;
pub(super) use outline::Outline;

/// Elements inside one another that a tree is built for.
const DEEPEST: u32 = 400;

/// Elements that a tree is built for.
const MOST_ELEMENTS: u32 = 150_000;

/// Bytes that a tree is built for.
const LARGEST: usize = 16 << 20;

/// Words that make an extracted text an article's.
const FEWEST_WORDS: usize = 40;

/// The page of a document or fragment; what `given` says counts more than what the document says.
pub(super) fn page(html: &str, place: &Place, given: Record<'_>, paged: &mut Paged<'_>) {
    let outline = Outline::of(html);
    let document = is_document(html);
    let bounded =
        outline.depth <= DEEPEST && outline.elements <= MOST_ELEMENTS && html.len() <= LARGEST;
    if !bounded {
        paged.warnings.push(Warning::deep(place.clone()));
    }
    if !document {
        let text = outline.paragraphs();
        return push(place, given.into_owned(), Form::Body, text, paged);
    }
    let About {
        record,
        article,
        list,
    } = meta::about(&outline, given.url.as_deref());
    let record = merged(given.into_owned(), record);
    let body = bounded
        .then(|| extracted(html))
        .flatten()
        .unwrap_or_default();
    if is_article(&outline, &body, article, list) {
        let body = without_title(&body, record.title.as_deref()).to_owned();
        return push(place, record, Form::Body, body, paged);
    }
    // a front page: what it says of itself is not true of its articles
    let record = Record {
        id: None,
        url: None,
        title: None,
        author: None,
        published: None,
        printed: None,
        ..record
    };
    push(place, record, Form::Dump, outline.text(), paged);
}

fn push(place: &Place, record: Record<'static>, form: Form, text: String, paged: &mut Paged<'_>) {
    if text.trim().is_empty() && record.title.is_none() {
        let text = "an HTML page without text: nothing to read in it".to_owned();
        return paged.skipped.push(super::bad_record(place, text));
    }
    paged.pages.push(Page {
        place: place.clone(),
        record,
        form,
        text: Cow::Owned(text),
    });
}

/// Whether a text is HTML: a document, or a fragment with the tags of running text.
pub(super) fn is_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).take(50).any(|at| {
        let tag = bytes
            .get(at..at + 12)
            .or_else(|| bytes.get(at..))
            .unwrap_or_default();
        TAGS.iter().any(|name| {
            tag.get(..name.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(name))
                && tag
                    .get(name.len())
                    .is_none_or(|next| matches!(next, b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\r'))
        })
    })
}

/// Tags that show running text to be HTML.
const TAGS: [&[u8]; 15] = [
    b"<p",
    b"</p",
    b"<br",
    b"<div",
    b"</div",
    b"</a",
    b"<html",
    b"<!doctype",
    b"</li",
    b"</h1",
    b"</h2",
    b"</h3",
    b"<img",
    b"</span",
    b"</strong",
];

fn is_document(html: &str) -> bool {
    let bytes = html.trim_start().as_bytes();
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let has = |name: &[u8]| {
        memchr::memchr_iter(b'<', head).any(|at| {
            head.get(at..at + name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        })
    };
    has(b"<html") || has(b"<!doctype") || has(b"<head") || has(b"<body") || has(b"<meta")
}

/// The main text, a paragraph a line.
fn extracted(html: &str) -> Option<String> {
    let mut options = trafilatura::Options::default().with_fallback(true);
    options.exclude_comments = true;
    // the extractor is not ours: a page that it fails on is read as lines
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options)));
    let result = result.ok()?.ok()?;
    Some(Outline::of(&result.content_html).paragraphs())
}

/// The text without the headline that some pages repeat as its first line.
fn without_title<'t>(body: &'t str, title: Option<&str>) -> &'t str {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    match (body.split_once('\n'), title) {
        (Some((first, rest)), Some(title)) if letters(first) == letters(title) => rest,
        _ => body,
    }
}

/// An article page rather than a front page: it says so, or its text outweighs its headlines.
fn is_article(outline: &Outline, body: &str, article: bool, list: bool) -> bool {
    let words = body.split_whitespace().count();
    if words < FEWEST_WORDS {
        return false;
    }
    if article {
        return true;
    }
    let headlines = outline
        .lines
        .iter()
        .filter(|line| line.text.len() >= 25 && line.linked * 10 >= line.text.len() * 9)
        .count();
    let long: usize = body
        .lines()
        .map(str::len)
        .filter(|length| *length >= 200)
        .sum();
    let weight = if list { 400 } else { 60 };
    headlines < 10 || long > headlines * weight
}

fn merged(given: Record<'static>, said: Record<'static>) -> Record<'static> {
    Record {
        id: given.id.or(said.id),
        url: given.url.or(said.url),
        title: given.title.or(said.title),
        publisher: given.publisher.or(said.publisher),
        author: given.author.or(said.author),
        published: given.published.or(said.published),
        printed: given.printed.or(said.printed),
        language: given.language.or(said.language),
        agency: given.agency.or(said.agency),
        fetched: given.fetched.or(said.fetched),
        partial: given.partial,
        role: given.role,
        credit: given.credit,
        exported: given.exported,
    }
}
