//! An article's JSON, as reports and exports print it, back to the [`Article`]: nothing is guessed, nothing is lost.

use std::sync::Arc;

use serde::Deserialize;

use crate::article::{
    AgencyEvidence, Article, Credit, Key, Moment, Place, Published, Role, TimeUnit,
};

/// The members of such an object; others are passed over.
#[derive(Deserialize, Debug)]
pub struct ArticleRow {
    id: String,
    key: String,
    seen: Vec<PlaceRow>,
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
    /// Missing in older exports.
    #[serde(default)]
    words: u32,
    partial: bool,
    digest: bool,
    weak: Option<String>,
}

#[derive(Deserialize, Debug)]
struct PlaceRow {
    source: String,
    offset: u64,
    line: u64,
}

impl ArticleRow {
    /// The article, at the first of the places where it stood, and all of these; `None` where a member says what no report
    /// says.
    #[must_use]
    pub fn read(self) -> Option<(Article, Vec<Place>)> {
        let seen: Vec<Place> = self
            .seen
            .into_iter()
            .map(|place| Place {
                source: Arc::from(place.source),
                offset: place.offset,
                line: place.line,
            })
            .collect();
        let article = Article {
            key: Key::parse(&self.key)?,
            id: self.id,
            place: seen.first()?.clone(),
            role: Role::parse(&self.role)?,
            url: self.url,
            title: self.title,
            publisher: self.publisher,
            language: self.language,
            published: Published {
                at: match self.published.as_deref() {
                    Some(text) => Some(moment(text)?),
                    None => None,
                },
                raw: self.published_raw,
                unit: self.published_unit.as_deref().and_then(TimeUnit::parse),
            },
            fetched: match self.fetched.as_deref() {
                Some(text) => Some(moment(text)?),
                None => None,
            },
            credit: Credit {
                evidence: self
                    .agency_evidence
                    .as_deref()
                    .and_then(AgencyEvidence::parse),
                known: self.agency_known.unwrap_or_default(),
                agency: self.agency,
                dateline: self.dateline,
                byline: self.byline,
            },
            body: self.body,
            words: self.words,
            partial: self.partial,
            digest: self.digest,
            weak: self.weak,
        };
        Some((article, seen))
    }
}

/// A time as it is printed; one beyond the calendar is `@` and its seconds.
fn moment(text: &str) -> Option<Moment> {
    let beyond = || {
        Some(Moment {
            seconds: text.strip_prefix('@')?.parse().ok()?,
            day_only: false,
        })
    };
    Moment::parse(text).or_else(beyond)
}
