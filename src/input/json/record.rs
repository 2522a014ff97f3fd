//! The fields of a row → a [`Record`] and its text; envelopes → their rows; our own reports → their articles.

use std::borrow::Cow;

use super::super::moment;
use super::super::{Form, Near, Page, Paged, Record, bad_record, html};
use super::fields::{SLOTS, Slot};
use super::loose::Loose;
use super::row::Row;
use crate::article::{AgencyEvidence, Credit, Place, Role};

/// The pages of any value: an object, a list of objects.
pub(super) fn value_pages<'a>(value: Loose<'a>, place: &Place, depth: u32, paged: &mut Paged<'a>) {
    match value {
        Loose::Map(members) => pages(Row::of(members), place, depth, paged),
        Loose::List(items) if depth > 0 && items.iter().any(holds_rows) => {
            for item in items {
                value_pages(item, place, depth - 1, paged);
            }
        }
        _ => paged.skipped.push(bad_record(
            place,
            "a JSON value that is no object: articles are objects with a title or a text"
                .to_owned(),
        )),
    }
}

fn holds_rows(value: &Loose<'_>) -> bool {
    matches!(value, Loose::Map(_) | Loose::List(_))
}

/// The pages of one row.
pub(super) fn pages<'a>(mut row: Row<'a>, place: &Place, depth: u32, paged: &mut Paged<'a>) {
    if row.get("canonical").is_some()
        && row
            .get("copies")
            .is_some_and(|copies| matches!(copies, Loose::List(_)))
        || matches!(row.get("canonical"), Some(Loose::Map(_)))
    {
        return story(row, place, depth, paged);
    }
    if row.get("agencyevidence").is_some()
        || (row.get("key").is_some() && row.get("role").is_some())
    {
        return paged.pages.push(own(row, place));
    }
    merge_inner(&mut row);
    let best = best(&row);
    if best[Slot::Body as usize].is_none()
        && depth > 0
        && let Some(rows) = rows(&mut row)
    {
        for item in rows {
            value_pages(item, place, depth - 1, paged);
        }
        return;
    }
    match record(&mut row, &best, place) {
        Some(page) if html::is_html(&page.text) => {
            html::page(&page.text, place, page.record, paged);
        }
        Some(page) => paged.pages.push(page),
        None => paged.skipped.push(bad_record(place, nothing_in(&row))),
    }
}

fn nothing_in(row: &Row<'_>) -> String {
    let names: Vec<_> = row
        .fields
        .iter()
        .map(|(name, _)| name.text.as_str())
        .collect();
    if names.is_empty() {
        "a JSON object without any field of an article: give it a title and a text".to_owned()
    } else {
        format!(
            "a JSON object with neither title nor text (known fields: {}): give it one",
            names.join(", ")
        )
    }
}

/// Index into the row's fields of what fills each slot.
type Best = [Option<usize>; SLOTS];

fn best(row: &Row<'_>) -> Best {
    let crawl = row
        .fields
        .iter()
        .any(|(name, value)| name.uses[0].slot == Slot::Crawl && !value.is_empty());
    let mut best: Best = [None; SLOTS];
    let mut ranks = [u8::MAX; SLOTS];
    for (index, (name, value)) in row.fields.iter().enumerate() {
        if value.is_empty() {
            continue;
        }
        for this in &name.uses {
            let slot = this.slot as usize;
            if this.rank < ranks[slot] && this.fits(value, crawl) {
                ranks[slot] = this.rank;
                best[slot] = Some(index);
            }
        }
    }
    best
}

/// Takes the members of inner objects into the row, behind its own.
fn merge_inner(row: &mut Row<'_>) {
    let mut inner = Vec::new();
    for (name, value) in &mut row.fields {
        if matches!(value, Loose::Map(_))
            && name
                .uses
                .iter()
                .any(|this| this.slot == Slot::Inner && this.fits(value, false))
            && let Loose::Map(members) = std::mem::replace(value, Loose::Null)
        {
            inner.push(members);
        }
    }
    for members in inner {
        let mut more = Row::of(members);
        row.fields.append(&mut more.fields);
    }
}

/// The rows of an envelope: a list of objects under a known name, perhaps in an object under one.
fn rows<'a>(row: &mut Row<'a>) -> Option<Vec<Loose<'a>>> {
    let mut found = Vec::new();
    for (name, value) in &mut row.fields {
        if name.uses.iter().any(|this| this.slot == Slot::Rows) {
            match std::mem::replace(value, Loose::Null) {
                Loose::List(items) if matches!(items.first(), Some(Loose::Map(_))) => {
                    found.extend(items);
                }
                Loose::Map(members) => found.push(Loose::Map(members)),
                other => *value = other,
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// A story of our own report: its canonical article, then its copies.
fn story<'a>(mut row: Row<'a>, place: &Place, depth: u32, paged: &mut Paged<'a>) {
    let canonical = row.take("canonical");
    let copies = row.take("copies");
    for value in canonical.into_iter().chain(copies) {
        value_pages(value, place, depth.max(1), paged);
    }
}

/// An article as our own `split` and reports print it. Its id is none where it is but the key.
fn own<'a>(mut row: Row<'a>, place: &Place) -> Page<'a> {
    let key = row.get("key").and_then(Loose::text).cloned();
    let mut text = |name: &str| row.take(name).and_then(scalar);
    let id = text("id").filter(|id| Some(id) != key.as_ref());
    let published = text("published");
    let raw = text("publishedraw");
    let agency = text("agency");
    let evidence = text("agencyevidence").and_then(|word| AgencyEvidence::parse(&word));
    let dateline = text("dateline");
    let byline = text("byline");
    let role = text("role").and_then(|word| Role::parse(&word));
    let credit = Credit {
        agency: agency.as_deref().map(str::to_owned),
        evidence,
        known: matches!(row.get("agencyknown"), Some(Loose::Bool(true))),
        dateline: dateline.map(Cow::into_owned),
        byline: byline.as_deref().map(str::to_owned),
    };
    let mut text = |name: &str| row.take(name).and_then(scalar);
    let record = Record {
        id,
        url: text("url"),
        title: text("title"),
        publisher: text("publisher"),
        author: byline,
        published: published.or_else(|| raw.clone()),
        language: text("language"),
        agency,
        fetched: text("fetched").and_then(|time| moment::moment(&time)),
        partial: matches!(row.get("partial"), Some(Loose::Bool(true))),
        role,
        credit: Some(Box::new(credit)),
        near: Near::default(),
        printed: raw,
        exported: None,
    };
    let body = row.take("body").and_then(scalar).unwrap_or_default();
    page(place, record, body)
}

fn page<'a>(place: &Place, record: Record<'a>, text: Cow<'a, str>) -> Page<'a> {
    Page {
        place: place.clone(),
        record,
        form: Form::Body,
        text,
    }
}

/// What an object says of the article that it describes, and its text, if it has more than a teaser.
pub(super) fn described(value: Loose<'_>) -> Option<(Record<'_>, Option<Cow<'_, str>>)> {
    let Loose::Map(members) = value else {
        return None;
    };
    let mut row = Row::of(members);
    let best = best(&row);
    let place = Place {
        source: "".into(),
        offset: 0,
        line: 1,
    };
    let page = record(&mut row, &best, &place)?;
    let whole = best[Slot::Body as usize].is_some() && !page.record.partial;
    Some((page.record, whole.then_some(page.text)))
}

/// A row of any other archive.
fn record<'a>(row: &mut Row<'a>, best: &Best, place: &Place) -> Option<Page<'a>> {
    let body = best[Slot::Body as usize];
    let teaser = best[Slot::Teaser as usize];
    let text = body.or(teaser).and_then(|at| {
        let (_, value) = row.fields.get_mut(at)?;
        text_of(std::mem::replace(value, Loose::Null))
    });
    let get = |slot: Slot| {
        let (_, value) = row.fields.get(best[slot as usize]?)?;
        scalar(value.clone())
    };
    let title = get(Slot::Title).map(trimmed);
    if title.is_none() && text.is_none() {
        return None;
    }
    let publisher = get(Slot::Publisher).map(trimmed);
    let title = title.map(|title| without_publisher(title, publisher.as_deref()));
    let text = text.unwrap_or_default();
    let record = Record {
        id: get(Slot::Id),
        url: get(Slot::Url),
        author: best[Slot::Author as usize]
            .and_then(|at| row.fields.get(at))
            .and_then(|(_, value)| names(value)),
        published: best[Slot::Published as usize]
            .and_then(|at| row.fields.get(at))
            .and_then(|(_, value)| time(value)),
        language: get(Slot::Language),
        agency: get(Slot::Agency),
        fetched: get(Slot::Fetched).and_then(|time| moment::moment(&time)),
        partial: (body.is_none() && teaser.is_some()) || is_cut(&text),
        title,
        publisher,
        ..Record::default()
    };
    Some(page(place, record, text))
}

/// `… [+1798 chars]`: how `NewsAPI` ends what it cuts.
fn is_cut(text: &str) -> bool {
    let tail = text.trim_end();
    tail.ends_with("chars]") && tail.rfind("[+").is_some_and(|at| tail.len() - at < 24)
}

/// `T - P` → `T`, only where P is the publisher.
fn without_publisher<'a>(title: Cow<'a, str>, publisher: Option<&str>) -> Cow<'a, str> {
    let length = publisher
        .filter(|publisher| !publisher.is_empty())
        .and_then(|publisher| title.strip_suffix(publisher))
        .and_then(|rest| {
            [" - ", " – ", " — ", " | "]
                .iter()
                .find_map(|mark| rest.strip_suffix(mark))
        })
        .map(|rest| rest.trim_end().len())
        .filter(|length| *length > 0);
    match (length, title) {
        (None, title) => title,
        (Some(length), Cow::Borrowed(title)) => Cow::Borrowed(&title[..length]),
        (Some(length), Cow::Owned(mut title)) => {
            title.truncate(length);
            Cow::Owned(title)
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Members that stand for an object that holds a plain value: names, `rendered` of blogs, `$date` of document stores.
const STANDS_FOR: [&str; 8] = [
    "name", "rendered", "title", "#text", "text", "value", "$date", "$oid",
];

/// A value as one string.
fn scalar(value: Loose<'_>) -> Option<Cow<'_, str>> {
    match value {
        Loose::Text(text) => (!text.trim().is_empty()).then_some(text),
        Loose::Int(number) => Some(Cow::Owned(number.to_string())),
        Loose::Float(number) => Some(Cow::Owned(number.to_string())),
        Loose::Map(mut members) => STANDS_FOR.iter().find_map(|name| {
            let (_, value) = members
                .iter_mut()
                .find(|(key, value)| key == name && !value.is_empty())?;
            scalar(std::mem::replace(value, Loose::Null))
        }),
        Loose::List(items) => items.into_iter().find_map(scalar),
        Loose::Null | Loose::Bool(_) => None,
    }
}

/// A time as printed; counts since 1970 as RFC 3339.
fn time<'a>(value: &Loose<'a>) -> Option<Cow<'a, str>> {
    let text = scalar(value.clone())?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // some writers give parts of a second
    let whole = match text.split_once('.') {
        Some((whole, parts)) if digits(parts) => whole,
        _ => &text,
    };
    if whole.len() >= 9 && digits(whole) {
        let count = whole.parse().ok().and_then(moment::epoch);
        return count
            .map(|stamp| Cow::Owned(stamp.to_string()))
            .or(Some(text));
    }
    Some(text)
}

/// Who signed: a string, an object with a name, or a list of these.
fn names<'a>(value: &Loose<'a>) -> Option<Cow<'a, str>> {
    match value {
        Loose::List(items) => {
            let names: Vec<_> = items
                .iter()
                .filter_map(|item| scalar(item.clone()))
                .collect();
            (!names.is_empty()).then(|| Cow::Owned(names.join(", ")))
        }
        other => scalar(other.clone()),
    }
}

/// A body: a string, or paragraphs and sections in lists and objects, a line each.
fn text_of(value: Loose<'_>) -> Option<Cow<'_, str>> {
    match value {
        Loose::Text(text) => Some(text),
        Loose::List(_) | Loose::Map(_) => {
            let mut lines = Vec::new();
            collect(&value, 16, &mut lines);
            (!lines.is_empty()).then(|| Cow::Owned(lines.join("\n")))
        }
        _ => None,
    }
}

fn collect<'v>(value: &'v Loose<'_>, depth: u32, lines: &mut Vec<&'v str>) {
    match value {
        Loose::Text(text) if !text.trim().is_empty() => lines.push(text),
        Loose::List(items) if depth > 0 => {
            for item in items {
                collect(item, depth - 1, lines);
            }
        }
        Loose::Map(members) if depth > 0 => {
            let told = ["text", "rendered", "value", "content", "#text"]
                .iter()
                .find_map(|name| value.get(name).filter(|value| !value.is_empty()));
            match told {
                Some(told) => collect(told, depth - 1, lines),
                None => {
                    for (_, value) in members {
                        collect(value, depth - 1, lines);
                    }
                }
            }
        }
        _ => {}
    }
}
