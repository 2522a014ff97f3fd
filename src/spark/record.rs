//! An article's JSON line, as `wirefold split` prints it, and back.

use std::io;

use super::stream::bad;
use crate::article::{Article, Place};
use crate::input::ArticleRow;
use crate::report::json::{Json, Shown, article as write_article};

/// Reads an article and the places where it stood.
///
/// # Errors
/// When the line is no article of this program.
pub fn read(line: &[u8]) -> io::Result<(Article, Vec<Place>)> {
    let row: ArticleRow =
        serde_json::from_slice(line).map_err(|error| bad(format!("no article: {error}")))?;
    row.read()
        .ok_or_else(|| bad("no article: a key, role, place or time is none"))
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
    use crate::article::{AgencyEvidence, Credit, Key, Moment, Published, Role, TimeUnit};

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
