//! Sets and corpora → articles, split as the program splits them.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use wirefold::article::Article;
use wirefold::input::{self, Chunks, Limits, Options};
use wirefold::split;
use wirefold::verify::Prepared;

/// The articles of a file of JSON Lines by their id; at most `limit`.
pub fn articles(file: &Path, limit: usize) -> Result<Vec<Article>> {
    let reader = File::open(file).with_context(|| file.display().to_string())?;
    let mut found = Vec::new();
    for chunk in Chunks::new(Box::new(reader), "", Options::default()) {
        let Ok(chunk) = chunk else { continue };
        for page in input::pages(&chunk, Limits::default()).pages {
            found.extend(split::split(&page, &split::Settings::default()).articles);
        }
        if found.len() >= limit {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The labelled articles of a set: as split, or with `WIREFOLD_RAW` set, or where the row's id is lost to the parts of its
/// text, as they stand in the row.
pub fn labelled(file: &Path) -> Result<Vec<Article>> {
    let raw = std::env::var_os("WIREFOLD_RAW").is_some();
    let mut found = articles(file, usize::MAX)?;
    let Some(pattern) = found.first().cloned() else {
        return Ok(found);
    };
    for line in std::fs::read_to_string(file)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = |name: &str| row.get(name).and_then(|value| value.as_str());
        let (Some(id), Some(body)) = (text("id"), text("text")) else {
            continue;
        };
        let split = found.iter().any(|a| a.id == id && !a.body.is_empty());
        if raw || !split {
            if !raw {
                println!("not split as one article: {id}");
            }
            found.retain(|article| article.id != id);
            found.push(Article {
                id: id.to_owned(),
                title: text("title").map(str::to_owned),
                body: body.to_owned(),
                publisher: text("publisher").or(text("site")).map(str::to_owned),
                ..pattern.clone()
            });
        }
    }
    Ok(found)
}

/// Articles made ready for comparison, by id.
pub fn prepared(articles: &[Article]) -> HashMap<&str, Prepared<'_>> {
    articles
        .iter()
        .map(|article| {
            let prepared = Prepared::new(&article.body, article.title.as_deref())
                .published_by(article.publisher.as_deref());
            (article.id.as_str(), prepared)
        })
        .collect()
}

/// The rows of a file of tab-separated values; none if it is not there.
pub fn rows(file: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}
