//! Lines of `wirefold archive export` → articles as they were, proven by their keys. Nothing is split again.

use std::sync::Arc;

use serde::Deserialize;

use crate::article::{
    AgencyEvidence, Article, Credit, Key, Moment, Place, Published, Role, SkipReason, Skipped,
    TimeUnit,
};
use crate::input::{Exported, Form, Page, Record};

/// What such a line starts with.
pub(super) const START: &str = "{\"exported\":";

#[derive(Deserialize)]
struct Line {
    pages: Option<u64>,
    furniture: Option<u64>,
    skipped: Option<Left>,
    #[serde(flatten)]
    article: Option<Row>,
}

#[derive(Deserialize)]
struct Seen {
    source: String,
    offset: u64,
    line: u64,
}

#[derive(Deserialize)]
struct Left {
    source: String,
    offset: u64,
    line: u64,
    reason: String,
    input: bool,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    key: String,
    seen: Vec<Seen>,
    url: Option<String>,
    role: String,
    title: Option<String>,
    publisher: Option<String>,
    byline: Option<String>,
    language: Option<String>,
    published: Option<String>,
    published_raw: Option<String>,
    published_unit: Option<String>,
    fetched: Option<String>,
    agency: Option<String>,
    agency_evidence: Option<String>,
    agency_known: Option<bool>,
    dateline: Option<String>,
    body: String,
    partial: bool,
    digest: bool,
    weak: Option<String>,
}

/// The page of a line; `None` where it is something else, or its key does not prove it.
pub(super) fn page(text: &str, place: &Place) -> Option<Page<'static>> {
    let line: Line = serde_json::from_str(text).ok()?;
    let articles = match line.article {
        Some(row) => sightings(row)?,
        None if line.pages.is_none() && line.skipped.is_none() => return None,
        None => Vec::new(),
    };
    let exported = Exported {
        articles,
        pages: line.pages.unwrap_or(0),
        furniture: line.furniture.unwrap_or(0),
        skipped: line.skipped.map(skipped).into_iter().collect(),
    };
    Some(Page {
        place: place.clone(),
        record: Record {
            exported: Some(Box::new(exported)),
            ..Record::default()
        },
        form: Form::Body,
        text: "".into(),
    })
}

fn skipped(left: Left) -> Skipped {
    Skipped {
        place: Place {
            source: Arc::from(left.source),
            offset: left.offset,
            line: left.line,
        },
        reason: if left.input {
            SkipReason::Input(left.reason)
        } else {
            SkipReason::Record(left.reason)
        },
    }
}

/// One article for each place where it stood.
fn sightings(row: Row) -> Option<Vec<Article>> {
    let key = Key::parse(&row.key)?;
    let own = (row.id != row.key).then_some(row.id.as_str());
    let (url, publisher) = (row.url.as_deref(), row.publisher.as_deref());
    if Key::of(own, url, publisher, row.title.as_deref(), &row.body) != key {
        return None;
    }
    let moment = |text: Option<String>| text.as_deref().and_then(Moment::parse);
    let places: Vec<Place> = row
        .seen
        .into_iter()
        .map(|seen| Place {
            source: Arc::from(seen.source),
            offset: seen.offset,
            line: seen.line,
        })
        .collect();
    let article = Article {
        key,
        id: row.id,
        place: places.first()?.clone(),
        role: Role::parse(&row.role)?,
        url: row.url,
        title: row.title,
        publisher: row.publisher,
        language: row.language,
        published: Published {
            at: moment(row.published),
            raw: row.published_raw,
            unit: row.published_unit.and_then(|word| TimeUnit::parse(&word)),
        },
        fetched: moment(row.fetched),
        credit: Credit {
            agency: row.agency,
            evidence: row
                .agency_evidence
                .and_then(|word| AgencyEvidence::parse(&word)),
            known: row.agency_known.unwrap_or(false),
            dateline: row.dateline,
            byline: row.byline,
        },
        body: row.body,
        words: 0,
        partial: row.partial,
        digest: row.digest,
        weak: row.weak,
    };
    let all = places.into_iter().map(|place| Article {
        place,
        ..article.clone()
    });
    Some(all.collect())
}
