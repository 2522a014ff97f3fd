//! An item of a feed → its page: fields in the order of trust, text without what repeats the title.

use std::borrow::Cow;

use super::at_byte;
use super::scan::{Node, Scan};
use crate::article::{Place, Role};
use crate::input::html::{self, Outline};
use crate::input::moment::moment;
use crate::input::{Form, Page, Paged, Record, bad_record};

/// The pages of all items, in their order.
pub(super) fn give(scan: &Scan, text: &str, place: &Place, paged: &mut Paged<'_>) {
    let feed = &scan.feed;
    let publisher = feed.get(&["title"]).map(plain);
    let fetched = feed
        .get(&["lastbuilddate", "pubdate", "updated", "dc:date"])
        .and_then(moment);
    let language = feed.text(&["language", "dc:language"]);
    let mut at = place.clone();
    let mut passed = 0;
    for item in &scan.items {
        // line ends are counted once, from item to item
        at = at_byte(
            &at,
            text.get(passed..).unwrap_or_default(),
            item.start - passed,
        );
        passed = item.start;
        let Some((record, body)) = article(item, publisher.as_deref()) else {
            let reason = "a feed item without title and text: nothing to read in it".to_owned();
            paged.skipped.push(bad_record(&at, reason));
            continue;
        };
        let record = Record {
            fetched,
            language: record.language.or_else(|| language.clone()),
            ..record
        };
        paged.pages.push(Page {
            place: at.clone(),
            record,
            form: Form::Body,
            text: Cow::Owned(body),
        });
    }
}

fn article(item: &Node, feed: Option<&str>) -> Option<(Record<'static>, String)> {
    let source = item
        .get(&["source"])
        .map(plain)
        .filter(|name| !name.is_empty());
    let publisher = source
        .or_else(|| item.get(&["dc:publisher", "dc:source"]).map(plain))
        .or_else(|| feed.map(str::to_owned));
    let title = item
        .get(&["title", "media:title"])
        .map(plain)
        .filter(|title| !title.is_empty());
    let title = title.map(|title| without_publisher(&title, publisher.as_deref()).to_owned());
    let full = item
        .get(&["content:encoded", "content", "fulltext", "full-text"])
        .map(lines);
    let teaser = item
        .get(&[
            "description",
            "summary",
            "media:description",
            "itunes:summary",
        ])
        .map(lines)
        .filter(|text| !repeats(text, title.as_deref(), publisher.as_deref()));
    let full = full.filter(|text| text.len() >= teaser.as_ref().map_or(0, String::len));
    let partial = full.is_none() && teaser.is_some();
    let body = full.or(teaser).unwrap_or_default();
    if title.is_none() && body.is_empty() {
        return None;
    }
    let record = Record {
        id: item.text(&["guid", "id"]),
        url: item
            .get(&["link", "feedburner:origlink"])
            .or_else(|| {
                item.get(&["guid", "id"])
                    .filter(|id| id.starts_with("http"))
            })
            .map(|url| Cow::Owned(url.to_owned())),
        title: title.map(Cow::Owned),
        publisher: publisher.map(Cow::Owned),
        author: item
            .get(&["dc:creator", "author"])
            .map(|name| Cow::Owned(plain(name))),
        published: item.text(&[
            "pubdate",
            "published",
            "dc:date",
            "issued",
            "date",
            "updated",
            "modified",
        ]),
        language: item.text(&["dc:language", "language"]),
        partial,
        role: Some(Role::Listed),
        ..Record::default()
    };
    Some((record, body))
}

/// The paragraphs of a content that may be HTML.
fn lines(text: &str) -> String {
    if html::is_html(text) || text.contains('&') || text.contains('<') {
        return Outline::of(text).paragraphs();
    }
    text.trim().to_owned()
}

/// Google News and its like: a description that only repeats the title and the publisher.
fn repeats(text: &str, title: Option<&str>, publisher: Option<&str>) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let said = words(title.unwrap_or_default());
    let rest = words(text);
    let publisher = words(publisher.unwrap_or_default());
    let tail = rest.strip_prefix(said.as_slice());
    !said.is_empty() && tail.is_some_and(|tail| tail.is_empty() || tail == publisher.as_slice())
}

/// `T - P` → `T`, only where P is the publisher.
fn without_publisher<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    publisher
        .filter(|name| !name.is_empty())
        .and_then(|name| title.strip_suffix(name))
        .and_then(|rest| {
            rest.strip_suffix(" - ")
                .or_else(|| rest.strip_suffix(" | "))
        })
        .filter(|rest| !rest.trim().is_empty())
        .unwrap_or(title)
}

/// The text of what may be HTML; one line.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim();
    if text.contains(['<', '&']) {
        let lines = Outline::of(text).paragraphs();
        return lines.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
