//! Labelled sets: what is read, and the parts of it that are learned from and held back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use wirefold::article::{Key, Moment};
use wirefold::event::{Collector, EventInput, StoryTerms};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// A document with its terms.
#[derive(Clone)]
pub struct Doc {
    pub id: String,
    /// Further documents that it stands for: copies, collapsed.
    pub copies: Vec<String>,
    pub key: Key,
    pub terms: StoryTerms,
    pub published: Option<Moment>,
    pub language: Option<String>,
}

/// What the labels say.
#[derive(Clone)]
pub enum Truth {
    Clusters(BTreeMap<String, String>),
    Pairs(Vec<(String, String, bool)>),
}

#[derive(Clone)]
pub struct Set {
    pub name: String,
    pub docs: Vec<Doc>,
    pub truth: Truth,
}

impl Doc {
    /// Its own id and those of its copies.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        [&self.id]
            .into_iter()
            .chain(&self.copies)
            .map(String::as_str)
    }

    pub fn input(&self) -> EventInput<'_> {
        EventInput {
            id: self.key,
            terms: &self.terms,
            published: self.published,
            language: self.language.as_deref(),
        }
    }
}

/// Sets of our own.
pub const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/events");

pub fn shared() -> String {
    std::env::var("WIREFOLD_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into())
}

pub fn shared_sets() -> Vec<PathBuf> {
    let shared = shared();
    let names = [
        "hscluster_10E",
        "hscluster_20E",
        "fnc1_tune",
        "syndication",
        "tgnews_en",
    ];
    let folders = names
        .iter()
        .map(|name| Path::new(&shared).join("sets").join(name));
    folders.filter(|folder| folder.is_dir()).collect()
}

pub fn read(folder: &Path) -> Set {
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let name = folder
        .file_name()
        .map_or(String::new(), |name| name.to_string_lossy().into());
    let truth = match table("clusters_event.tsv").or_else(|| table("clusters.tsv")) {
        Some(text) => Truth::Clusters(
            text.lines()
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
                })
                .collect(),
        ),
        None => Truth::Pairs(
            table("pairs.tsv")
                .unwrap_or_default()
                .lines()
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    Some((
                        cells.next()?.to_owned(),
                        cells.next()?.to_owned(),
                        cells.next()? == "1",
                    ))
                })
                .collect(),
        ),
    };
    Set {
        name,
        docs: docs(&folder.join("docs.jsonl")),
        truth,
    }
}

pub fn docs(file: &Path) -> Vec<Doc> {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let start = Instant::now();
    let mut collector = Collector::new(text.lines().count());
    let of = |line: &str| doc(line, &mut collector);
    let read: Vec<Doc> = text.lines().filter_map(of).collect();
    if read.len() > 5000 {
        println!(
            "{} documents read in {:.3} s",
            read.len(),
            start.elapsed().as_secs_f64()
        );
    }
    read
}

pub fn doc(line: &str, collector: &mut Collector) -> Option<Doc> {
    let record: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| record.get(name).and_then(Value::as_str);
    let (title, body) = (field("title"), field("text")?);
    let published = field("published").and_then(|text| {
        let epoch = text.parse::<f64>().ok().map(|seconds| Moment {
            seconds: seconds as i64,
            day_only: true,
        });
        epoch.or_else(|| Moment::parse(text))
    });
    let copies = record.get("copies").and_then(Value::as_array);
    let copies = copies.into_iter().flatten().filter_map(Value::as_str);
    Some(Doc {
        id: field("id")?.to_owned(),
        copies: copies.map(str::to_owned).collect(),
        key: Key(xxh3_64(field("id")?.as_bytes())),
        terms: collector.story(field("lang"), title, body),
        published,
        language: field("lang").map(str::to_owned),
    })
}

/// Three of four documents of a set.
pub fn thinned(set: &Set, round: u64) -> Set {
    let mut part = set.clone();
    part.docs
        .retain(|doc| xxh3_64_with_seed(doc.id.as_bytes(), round) & 3 != 0);
    let kept: BTreeSet<&str> = part.docs.iter().map(|doc| doc.id.as_str()).collect();
    match &mut part.truth {
        Truth::Clusters(clusters) => clusters.retain(|id, _| kept.contains(id.as_str())),
        Truth::Pairs(pairs) => {
            pairs.retain(|(a, b, _)| kept.contains(a.as_str()) && kept.contains(b.as_str()));
        }
    }
    part
}

/// Whether what bears this label is learned from.
pub fn chosen(label: &str) -> bool {
    xxh3_64(label.as_bytes()) & 1 == 0
}

/// The documents of every second cluster (or pair), by the hash of its label.
pub fn half(set: &Set, first: bool) -> Set {
    let chosen = |label: &str| chosen(label) == first;
    let mut part = set.clone();
    let kept: BTreeSet<String> = match &mut part.truth {
        Truth::Clusters(clusters) => {
            clusters.retain(|_, label| chosen(label));
            clusters.keys().cloned().collect()
        }
        Truth::Pairs(pairs) => {
            pairs.retain(|(a, _, _)| chosen(a));
            pairs
                .iter()
                .flat_map(|(a, b, _)| [a.clone(), b.clone()])
                .collect()
        }
    };
    part.docs
        .retain(|doc| doc.ids().any(|id| kept.contains(id)));
    part
}
