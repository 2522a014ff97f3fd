//! The stories that are expected: the file that `check --update` writes and a pull request shows.
//!
//! JSON Lines, one article a line, sorted by story; what is unknown is left out. There is no version, offset, path or
//! clock in it, so that a line changes only when the article or its place in a story does.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::{Article, ArticleNo, Place};
use crate::elect::Copy;
use crate::fold::{Fold, Member};
use crate::report::json::Json;

/// The first line's key; its value is the version of the format.
const HEADER: &str = "wirefold-expectation";

/// What is compared besides story and relation, in the order of the file.
///
/// `text` is the XXH3 of the body; `published` is there only for absolute times, as relative ones depend on when the
/// page was fetched.
pub const FIELDS: [&str; 19] = [
    "id",
    "url",
    "publisher",
    "title",
    "role",
    "byline",
    "language",
    "published",
    "published_raw",
    "agency",
    "agency_evidence",
    "dateline",
    "holds",
    "uncredited",
    "partial",
    "digest",
    "weak",
    "words",
    "text",
];

/// One article as expected or found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Entry {
    /// Its story, by the name of the canonical; empty for a headline.
    pub story: String,
    /// `canonical`, `headline` or a copy's relation.
    pub relation: String,
    /// By name; what is unknown is not in it.
    pub fields: BTreeMap<&'static str, String>,
    /// In the input, or in the file.
    pub place: Place,
}

impl Entry {
    /// A field's value, where it is known.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// Its own id, else its url, else publisher and title, else its text's hash.
    pub fn name(&self) -> String {
        if let Some(name) = self.field("id").or(self.field("url")) {
            return name.to_owned();
        }
        match (self.field("publisher"), self.field("title")) {
            (Some(publisher), Some(title)) => format!("{publisher}: {title}"),
            (None, Some(name)) | (Some(name), None) => name.to_owned(),
            (None, None) => format!("text {}", self.field("text").unwrap_or_default()),
        }
    }
}

/// The stories that are expected, or those that were found, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expectation {
    /// One an article.
    pub entries: Vec<Entry>,
}

impl Expectation {
    /// What a fold would have to be expected to be.
    ///
    /// # Errors
    /// What the store of the bodies reports.
    pub fn of(fold: &Fold) -> io::Result<Self> {
        let mut stories = Vec::new();
        for story in &fold.stories {
            let mut entries = vec![entry(fold, story.canonical, None)?];
            for copy in &story.copies {
                entries.push(entry(fold, copy.article, Some(copy))?);
            }
            entries[1..].sort_by_cached_key(order);
            stories.push(entries);
        }
        stories.sort_by_cached_key(|entries| entries.first().map(order));
        let mut uses: BTreeMap<String, u32> = BTreeMap::new();
        let mut all = Vec::new();
        for mut entries in stories {
            let name = entries.first().map(Entry::name).unwrap_or_default();
            let count = uses
                .entry(name.clone())
                .and_modify(|count| *count += 1)
                .or_insert(1);
            let label = if *count == 1 {
                name
            } else {
                format!("{name} #{count}")
            };
            for entry in &mut entries {
                entry.story.clone_from(&label);
            }
            all.append(&mut entries);
        }
        let headlines: io::Result<Vec<Entry>> = fold
            .headlines
            .iter()
            .map(|&no| entry(fold, no, None))
            .collect();
        let mut headlines = headlines?;
        for headline in &mut headlines {
            "headline".clone_into(&mut headline.relation);
        }
        headlines.sort_by_cached_key(order);
        all.append(&mut headlines);
        Ok(Self { entries: all })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut json = Json::new(out);
        json.open('{');
        json.value(HEADER, 1);
        json.close('}');
        json.end_line()?;
        for entry in &self.entries {
            json.open('{');
            if entry.relation != "headline" {
                json.string("story", &entry.story);
            }
            json.string("relation", &entry.relation);
            for name in FIELDS {
                match entry.field(name) {
                    Some(value)
                        if matches!(name, "words" | "partial" | "digest" | "uncredited") =>
                    {
                        json.value(name, value);
                    }
                    Some(value) => json.string(name, value),
                    None => {}
                }
            }
            json.close('}');
            json.end_line()?;
        }
        json.finish()
    }

    /// Reads the file; `source` is its name.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn read(text: &str, source: &str) -> Result<Self, String> {
        let source: Arc<str> = source.into();
        let mut lines = text.lines().enumerate();
        let header = lines
            .next()
            .and_then(|(_, line)| serde_json::from_str::<Value>(line).ok());
        match header
            .as_ref()
            .and_then(|header| header.get(HEADER))
            .and_then(Value::as_u64)
        {
            Some(1) => {}
            Some(_) => return Err(format!("{source} was written by a newer version")),
            None => {
                return Err(format!(
                    "{source} is no expectation: write one with --update"
                ));
            }
        }
        let mut entries = Vec::new();
        let mut offset = text.lines().next().map_or(0, |line| line.len() as u64 + 1);
        for (at, line) in lines {
            let place = Place {
                source: Arc::clone(&source),
                offset,
                line: at as u64 + 1,
            };
            offset += line.len() as u64 + 1;
            if !line.trim().is_empty() {
                let entry = read_entry(line, place)
                    .map_err(|reason| format!("{source}:{}: {reason}", at + 1))?;
                entries.push(entry);
            }
        }
        Ok(Self { entries })
    }
}

/// The order of the file: by name, then by what else tells two articles apart, never by place.
fn order(entry: &Entry) -> (String, BTreeMap<&'static str, String>, String) {
    (entry.name(), entry.fields.clone(), entry.relation.clone())
}

fn read_entry(line: &str, place: Place) -> Result<Entry, String> {
    let object: serde_json::Map<String, Value> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut entry = Entry {
        story: String::new(),
        relation: String::new(),
        fields: BTreeMap::new(),
        place,
    };
    for (key, value) in object {
        let value = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => return Err(format!("{key} is neither text nor number")),
        };
        match FIELDS.into_iter().find(|&name| name == key) {
            Some(name) => {
                entry.fields.insert(name, value);
            }
            None if key == "story" => entry.story = value,
            None if key == "relation" => entry.relation = value,
            None => return Err(format!("unknown key {key}")),
        }
    }
    if entry.relation.is_empty() {
        return Err("no relation".to_owned());
    }
    Ok(entry)
}

fn entry(fold: &Fold, no: ArticleNo, copy: Option<&Copy>) -> io::Result<Entry> {
    let Member { article, .. } = fold.member(no);
    let body = fold.bodies.body(no)?;
    let mut fields = fields(article);
    let mut put = |name, value: Option<String>| value.map(|value| fields.insert(name, value));
    put(
        "holds",
        copy.and_then(|copy| copy.holds)
            .map(|holds| holds.as_str().to_owned()),
    );
    put(
        "uncredited",
        copy.filter(|copy| copy.uncredited)
            .map(|_| "true".to_owned()),
    );
    put(
        "text",
        (!body.is_empty()).then(|| format!("{:016x}", xxh3_64(body.as_bytes()))),
    );
    Ok(Entry {
        story: String::new(),
        relation: copy
            .map_or("canonical", |copy| copy.relation.as_str())
            .to_owned(),
        fields,
        place: article.place.clone(),
    })
}

fn fields(article: &Article) -> BTreeMap<&'static str, String> {
    let credit = &article.credit;
    let flag = |on: bool| on.then(|| "true".to_owned());
    let absolute = article
        .published
        .at
        .filter(|_| article.published.unit.is_none());
    let own_id = Some(&article.id).filter(|&id| *id != article.key.to_string());
    let values = [
        ("id", own_id.cloned()),
        ("url", article.url.clone()),
        ("publisher", article.publisher.clone()),
        ("title", article.title.clone()),
        ("role", Some(article.role.as_str().to_owned())),
        ("byline", credit.byline.clone()),
        ("language", article.language.clone()),
        ("published", absolute.map(|at| at.to_string())),
        ("published_raw", article.published.raw.clone()),
        ("agency", credit.agency.clone()),
        (
            "agency_evidence",
            credit.evidence.map(|evidence| evidence.as_str().to_owned()),
        ),
        ("dateline", credit.dateline.clone()),
        ("partial", flag(article.partial)),
        ("digest", flag(article.digest)),
        ("weak", article.weak.clone()),
        ("words", Some(article.words.to_string())),
    ];
    values
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}
