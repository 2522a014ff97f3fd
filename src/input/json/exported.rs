//! Lines of `wirefold archive export` → articles as they were, proven by their keys. Nothing is split again.

use std::sync::Arc;

use serde::Deserialize;

use super::article::ArticleRow;
use crate::article::{Article, Key, Place, SkipReason, Skipped};
use crate::input::{Exported, Form, Page, Record};

/// What such a line starts with.
pub(super) const START: &str = "{\"exported\":";

#[derive(Deserialize)]
struct Line {
    pages: Option<u64>,
    furniture: Option<u64>,
    skipped: Option<Left>,
    #[serde(flatten)]
    article: Option<ArticleRow>,
}

#[derive(Deserialize)]
struct Left {
    source: String,
    offset: u64,
    line: u64,
    reason: String,
    input: bool,
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
fn sightings(row: ArticleRow) -> Option<Vec<Article>> {
    let (article, places) = row.read()?;
    let own = (article.id != article.key.to_string()).then_some(article.id.as_str());
    let (url, publisher) = (article.url.as_deref(), article.publisher.as_deref());
    if Key::of(own, url, publisher, article.title.as_deref(), &article.body) != article.key {
        return None;
    }
    let all = places.into_iter().map(|place| Article {
        place,
        words: 0,
        ..article.clone()
    });
    Some(all.collect())
}
