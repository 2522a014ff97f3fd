//! HTML documents and fragments → pages: the main text of an article page, the lines of a front page.
//!
//! The extractor (trafilatura's method) sees only documents that say or show that they are one article, and none
//! that are nested or sized beyond reason: tree builders are quadratic in depth. All else is read as lines.

mod kind;
mod links;
mod meta;
mod near;
mod outline;
mod slim;
mod stated;
mod tag;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Form, Page, Paged, Record, Warning};
use crate::article::Place;
use meta::{About, letters};
pub(super) use outline::Outline;
use slim::{Given, Slim};

/// Elements inside one another that a tree is built for.
const DEEPEST: u32 = 400;

/// Elements that a tree is built for.
const MOST_ELEMENTS: u32 = 150_000;

/// Bytes that a tree is built for.
const LARGEST: usize = 16 << 20;

/// The page of a document or fragment; what `given` says counts more than what the document says.
pub(super) fn page(html: &str, place: &Place, given: Record<'_>, paged: &mut Paged<'_>) {
    let slim = Slim::of(html);
    let outline = Outline::of(&slim.html);
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
    let About { record, text, said } = meta::about(&outline, given.url.as_deref());
    let record = merged(given.into_owned(), record);
    let body = bounded
        .then(|| extracted(&slim, &outline))
        .flatten()
        .map(|body| links::without_lists(body, &outline))
        .unwrap_or_default();
    let body = match &text {
        Some(text) => stated::settled(body, text, &outline),
        None => body,
    };
    if kind::is_article(&outline, &body, record.title.as_deref(), said) {
        let body = without_title(&body, record.title.as_deref()).to_owned();
        let near = near::near(&outline, record.title.as_deref(), &body);
        let record = Record { near, ..record };
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
///
/// The extractor compares its own result with those of two other methods and takes theirs where it is far longer. That
/// is half of its work, and idle where its own holds most of what the page has: then it is not asked to.
fn extracted(slim: &Slim<'_>, outline: &Outline) -> Option<String> {
    let own = main_text(&slim.content(Given::Main), &options());
    let own = match own {
        Some(own) if is_most(&own, outline) => return Some(own.text),
        own => own,
    };
    let html = slim.content(Given::All);
    let options = options().with_fallback(true);
    // told the language, it need not read the stop words of all; it gives nothing where another text proves better
    let language = own.as_ref().map(|own| own.language.as_str());
    let told = language
        .filter(|language| !language.is_empty())
        .map(|language| options.clone().with_target_language(language))
        .and_then(|options| main_text(&html, &options));
    let compared = told.or_else(|| main_text(&html, &options));
    compared.or(own).map(|extract| extract.text)
}

/// What the extractor takes for the main text.
struct Extract {
    text: String,
    /// ISO 639-1, or empty.
    language: String,
    /// Paragraphs and tables that it stands in.
    paragraphs: usize,
    tables: usize,
}

fn options() -> trafilatura::Options {
    let mut options =
        trafilatura::Options::default().with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    options.exclude_comments = true;
    options
}

fn main_text(html: &str, options: &trafilatura::Options) -> Option<Extract> {
    // the extractor is not ours: a page that it fails on is read as lines
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, options)));
    let result = result.ok()?.ok()?;
    let html = result.content_html.as_bytes();
    let count = |tag: &[u8]| memchr::memmem::find_iter(html, tag).count();
    Some(Extract {
        text: Outline::of(&result.content_html).paragraphs(),
        language: result.metadata.language,
        paragraphs: count(b"<p>") + count(b"<p "),
        tables: count(b"<table"),
    })
}

/// Whether no other method could find a text that the extractor would prefer: one of twice the length, or any where its
/// own is empty, mostly tables, or all in one paragraph (what it takes from a page that it cannot read).
fn is_most(own: &Extract, outline: &Outline) -> bool {
    let length = own.text.len();
    // what another method would take: no menus, no links
    let prose: usize = outline
        .lines
        .iter()
        .filter(|line| line.text.len() >= PROSE && line.linked * 2 < line.text.len())
        .map(|line| line.text.len())
        .sum();
    own.paragraphs > own.tables
        && own.text.lines().nth(2).is_some()
        && length >= SHORT
        && prose <= length * 2
}

/// Bytes of a line that is no menu or label.
const PROSE: usize = 40;

/// An extracted text below this is compared in any case: the extractor itself counts it as too little.
const SHORT: usize = 500;

/// The text without the headline that some pages repeat as its first line.
fn without_title<'t>(body: &'t str, title: Option<&str>) -> &'t str {
    match (body.split_once('\n'), title) {
        (Some((first, rest)), Some(title)) if letters(first) == letters(title) => rest,
        _ => body,
    }
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
        near: said.near,
        language: given.language.or(said.language),
        agency: given.agency.or(said.agency),
        fetched: given.fetched.or(said.fetched),
        partial: given.partial,
        role: given.role,
        credit: given.credit,
        exported: given.exported,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn read(html: &str) -> Page<'static> {
        let place = Place {
            source: Arc::from("page"),
            offset: 0,
            line: 1,
        };
        let mut paged = Paged::default();
        page(html, &place, Record::default(), &mut paged);
        paged.pages.remove(0).into_owned()
    }

    #[test]
    fn a_short_list_of_cards_is_no_article() {
        let card = |n: u32| {
            format!(
                "<div><span>Daily News</span><span>{n} hours ago</span><h2><a href=/x>Rain floods the old town for the {n}th time</a></h2>\
                     <p>The river left its bed on Monday night and filled the cellars of the old town, the fire brigade said.</p></div>"
            )
        };
        let cards: String = (2..6).map(card).collect();
        let list = read(&format!("<html><body><h1>Latest</h1>{cards}</body></html>"));
        assert_eq!(list.form, Form::Dump);
        assert_eq!(list.record.title, None);
    }

    #[test]
    fn what_is_printed_around_the_headline_is_kept() {
        let paragraph = "<p>The river left its bed on Monday night and filled the cellars of the old town, the fire brigade said, \
                         and the mayor called for a higher wall along the market before the autumn.</p>";
        let article = read(&format!(
            "<html><head><title>Rain floods the old town</title></head><body><h6>Mon, Oct 14, 2024 page1</h6><h1>Rain floods the old town</h1>\
             <div>AFP, LISBON</div><div><span>By Ann Lee</span></div><div class=story>{}</div></body></html>",
            paragraph.repeat(4)
        ));
        assert_eq!(article.form, Form::Body);
        assert_eq!(article.record.near.below, ["AFP, LISBON", "By Ann Lee"]);
        assert_eq!(article.record.near.above, ["Mon, Oct 14, 2024 page1"]);
    }

    #[test]
    fn a_page_that_describes_no_article_may_say_when_it_was_published() {
        let paragraph = "<p>The river left its bed on Monday night and filled the cellars of the old town, the fire brigade said, \
                         and the mayor called for a higher wall along the market before the autumn.</p>";
        let page = read(&format!(
            "<html><head><title>Rain floods the old town</title><script type=application/ld+json>{{\"@graph\": [{{\"@type\": \
             \"WebPage\", \"datePublished\": \"2019-09-17T14:54:31+02:00\"}}]}}</script></head><body><h1>Rain floods the old town</h1>\
             <span class=newsdatum>17.9.2019</span>{}</body></html>",
            paragraph.repeat(4)
        ));
        assert_eq!(
            page.record.published.as_deref(),
            Some("2019-09-17T14:54:31+02:00")
        );
        assert_eq!(page.record.printed.as_deref(), Some("17.9.2019"));
    }

    #[test]
    fn a_heading_loses_the_kicker_that_the_document_calls_itself_without() {
        let paragraph = "<p>The river left its bed on Monday night and filled the cellars of the old town, the fire brigade said.</p>";
        let article = |heading: &str| {
            let page = read(&format!(
                "<html><head><meta property=og:title content='Rain floods the old town'></head><body><h1>{heading}</h1>{}</body></html>",
                paragraph.repeat(6)
            ));
            page.record.title.unwrap().into_owned()
        };
        assert_eq!(
            article("Harbour news: Rain floods the old town"),
            "Rain floods the old town"
        );
        assert_eq!(
            article("Rain floods the old town again"),
            "Rain floods the old town again"
        );
    }
}
