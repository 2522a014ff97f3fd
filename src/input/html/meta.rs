//! What an HTML document says of itself → [`Record`]: JSON-LD, `meta` elements, headings, printed times.

use std::borrow::Cow;

use super::near;
use super::outline::Outline;
use crate::input::{Record, json};

/// What is known of a document before its text is taken.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) record: Record<'static>,
    /// The text of the article, as its JSON-LD states it.
    pub(super) text: Option<String>,
    /// What it calls itself.
    pub(super) said: Said,
}

/// What a document calls itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Said {
    /// An article.
    Article,
    /// A list or a site's front; so say many articles, too.
    List,
    /// Neither.
    #[default]
    Nothing,
}

/// How far from its heading an article's time is printed, in lines.
const NEAR: usize = 40;

/// Reads all of it. `url` is where the document came from, if that is known.
pub(super) fn about(outline: &Outline, url: Option<&str>) -> About {
    let linked = outline
        .scripts
        .iter()
        .find_map(|script| json::linked_data(script));
    let article = linked.is_some();
    let (linked, text) = linked.unwrap_or_default();
    let meta = |slot: &str| meta(outline, slot);
    let publisher = linked.publisher.or_else(|| {
        meta("publisher")
            .filter(|name| !name.contains("://"))
            .map(Cow::Owned)
    });
    let url = meta("url")
        .filter(|url| url.starts_with("http"))
        .map(Cow::Owned)
        .or_else(|| linked.url.filter(|url| url.starts_with("http")))
        .or_else(|| url.map(|url| Cow::Owned(url.to_owned())));
    let author = linked
        .author
        .or_else(|| meta("author").map(Cow::Owned))
        .filter(|name| !name.contains("://") && name.len() < 200)
        .filter(|name| !is_site_author(name, publisher.as_deref(), url.as_deref()));
    let kind = meta("kind").unwrap_or_default();
    let dated = linked
        .published
        .or_else(|| meta("published").map(Cow::Owned))
        .or_else(|| dated_page(outline).map(Cow::Owned));
    let title = title(outline, linked.title.as_deref(), publisher.as_deref());
    let printed = printed(outline, title.as_deref());
    let record = Record {
        url,
        title: title.map(Cow::Owned),
        author,
        printed: printed.map(Cow::Owned),
        language: outline
            .language
            .clone()
            .or_else(|| meta("language"))
            .map(Cow::Owned),
        published: dated,
        publisher,
        ..Record::default()
    };
    let said = if article || kind == "article" || meta_starts(outline, "article:published") {
        Said::Article
    } else if matches!(kind.as_str(), "website" | "blog") {
        Said::List
    } else {
        Said::Nothing
    };
    About { record, text, said }
}

/// When the page was published, where its JSON-LD describes no article.
fn dated_page(outline: &Outline) -> Option<String> {
    let mut scripts = outline.scripts.iter();
    scripts.find_map(|script| json::linked_page_time(script))
}

/// The first of a slot's names that the document has.
fn meta(outline: &Outline, slot: &str) -> Option<String> {
    include_str!("meta.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(name, _)| *name == slot)
        .find_map(|(_, name)| {
            outline
                .metas
                .iter()
                .find(|(known, content)| known == name && !content.is_empty())
                .map(|(_, content)| content.clone())
        })
}

fn meta_starts(outline: &Outline, start: &str) -> bool {
    outline
        .metas
        .iter()
        .any(|(name, _)| name.starts_with(start))
}

/// The headline: the heading that repeats what the document calls itself, else that without the site's name.
fn title(outline: &Outline, linked: Option<&str>, publisher: Option<&str>) -> Option<String> {
    let document = collapse(&outline.title);
    let said: Vec<String> = [
        linked.map(collapse),
        meta(outline, "title").map(|title| collapse(&title)),
    ]
    .into_iter()
    .flatten()
    .chain((!document.is_empty()).then_some(document))
    .filter(|title| !is_site(title, publisher))
    .collect();
    let heading = outline
        .headings
        .iter()
        .map(|(_, text)| collapse(text))
        .filter(|heading| heading.len() >= 8 && !is_site(heading, publisher))
        .find(|heading| said.iter().any(|title| alike(heading, title)));
    if let Some(heading) = heading {
        return Some(without_kicker(heading, &said));
    }
    if let Some(title) = said.first() {
        return Some(without_site(title, publisher).to_owned());
    }
    match outline.headings.as_slice() {
        [(_, only)] => Some(collapse(only)),
        _ => None,
    }
}

/// A heading without the kicker in front, where the document calls itself by what stands behind.
fn without_kicker(heading: String, said: &[String]) -> String {
    let own = said.iter().find(|title| {
        let kicker = heading.strip_suffix(title.as_str());
        let kicker = kicker.map(str::trim_end);
        kicker.is_some_and(|kicker| !kicker.is_empty() && kicker.len() <= KICKER)
    });
    own.cloned().unwrap_or(heading)
}

/// Bytes of a kicker.
const KICKER: usize = 60;

/// The site's name is no headline, whoever says so.
fn is_site(title: &str, publisher: Option<&str>) -> bool {
    publisher.is_some_and(|name| name.eq_ignore_ascii_case(title))
}

/// Whether an author is nobody but the site: its name, its mailbox, one word of its name or address.
fn is_site_author(name: &str, publisher: Option<&str>, url: Option<&str>) -> bool {
    let host = url.and_then(|url| url.split('/').nth(2));
    let name = name.trim();
    let own = letters(name);
    let is_part = |of: Option<&str>| of.is_some_and(|of| letters(of).contains(&own));
    let one_word = !name.contains(char::is_whitespace);
    is_site(name, publisher)
        || one_word && (name.contains('@') || is_part(publisher) || is_part(host))
        || host.is_some_and(|host| host.contains('.') && name.contains(host))
}

/// Whether most words of the shorter stand in the other.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.iter().filter(|word| b.contains(word)).count();
    common > 0 && 10 * common >= 6 * a.len().min(b.len()).max(1) && 10 * common >= 4 * a.len()
}

/// A document's title without the name of the site behind a bar or dash.
fn without_site<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    for mark in [
        " | ", " - ", " – ", " — ", " :: ", " « ", " » ", " • ", " · ",
    ] {
        let Some((head, tail)) = title.rsplit_once(mark) else {
            continue;
        };
        let site = publisher.is_some_and(|name| name.eq_ignore_ascii_case(tail.trim()));
        let short = mark != " - " && mark != " – " && mark != " — " && tail.len() < 30;
        if head.chars().count() >= 15 && (site || (short && tail.len() * 2 < head.len())) {
            return head.trim_end();
        }
    }
    title
}

/// The time as printed nearest below the headline, else above it; without a headline the only one of the page.
fn printed(outline: &Outline, title: Option<&str>) -> Option<String> {
    let heading = title
        .and_then(|title| near::headline(outline, title))
        .or_else(|| outline.headings.first().map(|(at, _)| *at));
    let times = outline.times.as_slice();
    let Some(heading) = heading else {
        let (_, first) = times.first()?;
        let only = times.iter().all(|(_, text)| text == first);
        return only.then(|| first.clone());
    };
    let near = |at: &usize| at.abs_diff(heading) <= NEAR;
    let below = times.iter().find(|(at, _)| *at >= heading && near(at));
    let above = || times.iter().rev().find(|(at, _)| *at < heading && near(at));
    below.or_else(above).map(|(_, text)| text.clone())
}

/// The letters and digits of a text, in small letters.
pub(super) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The text with runs of blanks as one.
pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
