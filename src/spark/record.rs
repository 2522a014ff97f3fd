//! An article's JSON line, as `wirefold split` prints it, back to the [`Article`]: nothing is guessed, nothing is lost.

use std::io;

use serde::Deserialize;

use super::stream::bad;
use crate::article::{
    AgencyEvidence, Article, Credit, Key, Moment, Place, Published, Role, TimeUnit,
};
use crate::report::json::{Json, Shown, article as write_article};

#[derive(Deserialize)]
struct Row {
    id: String,
    key: String,
    source: String,
    offset: u64,
    line: u64,
    seen: Vec<RowPlace>,
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
    words: u32,
    partial: bool,
    digest: bool,
    weak: Option<String>,
}

#[derive(Deserialize)]
struct RowPlace {
    source: String,
    offset: u64,
    line: u64,
}

impl From<RowPlace> for Place {
    fn from(place: RowPlace) -> Self {
        Self {
            source: place.source.into(),
            offset: place.offset,
            line: place.line,
        }
    }
}

/// Reads an article and the places where it stood.
///
/// # Errors
/// When the line is no article of this program.
pub fn read(line: &[u8]) -> io::Result<(Article, Vec<Place>)> {
    let row: Row =
        serde_json::from_slice(line).map_err(|error| bad(format!("no article: {error}")))?;
    let known = |what: &str| bad(format!("no article: {what}"));
    let article = Article {
        key: Key::parse(&row.key).ok_or_else(|| known("key"))?,
        id: row.id,
        place: Place {
            source: row.source.into(),
            offset: row.offset,
            line: row.line,
        },
        role: Role::parse(&row.role).ok_or_else(|| known("role"))?,
        url: row.url,
        title: row.title,
        publisher: row.publisher,
        language: row.language,
        published: Published {
            at: moment(row.published)?,
            raw: row.published_raw,
            unit: row.published_unit.as_deref().and_then(TimeUnit::parse),
        },
        fetched: moment(row.fetched)?,
        credit: Credit {
            evidence: row
                .agency_evidence
                .as_deref()
                .and_then(AgencyEvidence::parse),
            known: row.agency_known.unwrap_or_default(),
            agency: row.agency,
            dateline: row.dateline,
            byline: row.byline,
        },
        body: row.body,
        words: row.words,
        partial: row.partial,
        digest: row.digest,
        weak: row.weak,
    };
    Ok((article, row.seen.into_iter().map(Place::from).collect()))
}

/// A time as it is printed; one beyond the calendar is `@` and its seconds.
fn moment(text: Option<String>) -> io::Result<Option<Moment>> {
    let Some(text) = text else { return Ok(None) };
    let beyond = || {
        Some(Moment {
            seconds: text.strip_prefix('@')?.parse().ok()?,
            day_only: false,
        })
    };
    Moment::parse(&text)
        .or_else(beyond)
        .map(Some)
        .ok_or_else(|| bad(format!("no article: time {text}")))
}

/// Writes what [`read`] reads, without an end of line.
///
/// # Errors
/// None but those of memory: it is written there.
pub fn write(article: &Article, seen: &[Place], into: &mut Vec<u8>) -> io::Result<()> {
    let mut json = Json::new(into);
    json.open('{');
    write_article(
        &mut json,
        &Shown {
            article,
            body: &article.body,
            seen,
            roundup: false,
        },
    );
    json.close('}');
    json.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_comes_back_as_it_was() {
        let place = |offset| Place {
            source: "päge\n\t.txt".into(),
            offset,
            line: offset + 1,
        };
        let body = "Rain\u{202e} fell.\nThe \"old\" mill\u{7} \\ stood.\u{2028}".to_owned();
        let mut article = Article {
            key: Key::of(None, Some("u"), None, None, &body),
            id: "7#2".into(),
            place: place(0),
            role: Role::Related,
            url: Some("u".into()),
            title: Some(String::new()),
            publisher: None,
            language: Some("en".into()),
            published: Published {
                at: Moment::parse("2025-08-17"),
                raw: Some("17 Aug".into()),
                unit: Some(TimeUnit::Day),
            },
            fetched: Moment::parse("2025-08-17T03:00:09Z"),
            credit: Credit {
                agency: Some("Reuters".into()),
                evidence: Some(AgencyEvidence::Tail),
                known: true,
                dateline: Some("OSLO".into()),
                byline: Some("A. Writer".into()),
            },
            body,
            words: 6,
            partial: true,
            digest: false,
            weak: Some("no title".into()),
        };
        for at in [
            article.published.at,
            None,
            Some(Moment {
                seconds: i64::MAX,
                day_only: false,
            }),
        ] {
            article.published.at = at;
            let seen = [place(0), place(9)];
            let mut line = Vec::new();
            write(&article, &seen, &mut line).unwrap();
            assert!(!line.contains(&b'\n') && !line.contains(&b'\t'));
            assert_eq!(read(&line).unwrap(), (article.clone(), seen.to_vec()));
        }
        assert!(read(b"{\"id\":\"7\"}").is_err());
    }
}
