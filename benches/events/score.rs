//! Scores of a grouping: on a labelled set, and on pairs of invented reports.

use std::collections::BTreeMap;

use serde_json::Value;
use wirefold::article::Key;
use wirefold::event::{EventInput, StoryTerms, Weights, events};
use xxhash_rust::xxh3::xxh3_64;

use crate::sets::{Doc, FIXTURES, Set, Truth, chosen};

/// Adjusted Rand index, pairwise F1, B-cubed F1; for pairs the share of right answers, three times.
pub type Scores = [f64; 3];

/// Pairs of invented reports, with whether they belong together.
pub struct Invented {
    pub pairs: Vec<([Doc; 2], bool)>,
}

impl Invented {
    /// Those of one half of the templates, or of all.
    pub fn read(half: Option<bool>) -> Self {
        let mut pairs = Vec::new();
        for (name, same) in [("twins", false), ("siblings", true)] {
            let file = format!("{FIXTURES}/{name}.jsonl");
            let text =
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            for line in text.lines() {
                let record: Value = serde_json::from_str(line).expect("a line of JSON");
                let template = record["kind"].as_str().unwrap_or_default();
                if half.is_some_and(|half| half != chosen(template)) {
                    continue;
                }
                let side = |side: &str| {
                    let field =
                        |name: &str| record[side][name].as_str().unwrap_or_default().to_owned();
                    let (title, body) = (field("title"), field("text"));
                    Doc {
                        id: title.clone(),
                        copies: Vec::new(),
                        key: Key(xxh3_64(format!("{title}{body}").as_bytes())),
                        terms: StoryTerms::of(record["language"].as_str(), Some(&title), &body),
                        published: None,
                        language: record["language"].as_str().map(str::to_owned),
                    }
                };
                pairs.push(([side("a"), side("b")], same));
            }
        }
        Self { pairs }
    }

    /// Twins kept apart and siblings joined: each pair alone, then all beside each other and `beside`.
    pub fn score(&self, beside: &[Doc], weights: &Weights) -> [f64; 4] {
        let mut all: BTreeMap<Key, Doc> = BTreeMap::new();
        for doc in self.pairs.iter().flat_map(|(pair, _)| pair).chain(beside) {
            all.insert(doc.key, doc.clone());
        }
        let all: Vec<Doc> = all.into_values().collect();
        let together = grouped(&all, weights);
        let mut right = [0.0; 4];
        let mut of = [0.0; 2];
        for (pair, same) in &self.pairs {
            let alone = grouped(pair, weights);
            let at = usize::from(*same);
            of[at] += 1.0;
            for (way, found) in [(0, &alone), (2, &together)] {
                let [a, b] = [0, 1].map(|side| found.get(&pair[side].key));
                right[way + at] += f64::from((a.is_some() && a == b) == *same);
            }
        }
        [
            right[0] / of[0],
            right[1] / of[1],
            right[2] / of[0],
            right[3] / of[1],
        ]
    }
}

pub fn grouped(docs: &[Doc], weights: &Weights) -> BTreeMap<Key, usize> {
    let mut found = BTreeMap::new();
    for (number, group) in events(&inputs(docs), weights).iter().enumerate() {
        found.extend(group.stories.iter().map(|key| (*key, number)));
    }
    found
}

pub fn score(set: &Set, beside: &[Doc], weights: &Weights) -> Scores {
    let all: Vec<Doc> = set.docs.iter().chain(beside).cloned().collect();
    let found = grouped(&all, weights);
    // a document outside every event is its own
    let groups = set.docs.iter().enumerate().flat_map(|(at, doc)| {
        let group = found.get(&doc.key).copied().unwrap_or(found.len() + at);
        doc.ids().map(move |id| (id, group))
    });
    judge(set, &groups.collect())
}

/// Scores the groups of a set's documents, by their ids.
pub fn judge(set: &Set, groups: &BTreeMap<&str, usize>) -> Scores {
    match &set.truth {
        Truth::Pairs(pairs) => {
            let right = pairs.iter().filter(|(a, b, same)| {
                let [a, b] = [a, b].map(|id| groups.get(id.as_str()));
                (a.is_some() && a == b) == *same
            });
            [right.count() as f64 / pairs.len().max(1) as f64; 3]
        }
        Truth::Clusters(clusters) => {
            let judged = groups.iter().filter_map(|(&id, &group)| {
                let truth = clusters.get(id)?.as_str();
                (!truth.starts_with("solo_")).then_some((truth, group))
            });
            compare(&judged.collect::<Vec<_>>())
        }
    }
}

pub fn compare(judged: &[(&str, usize)]) -> Scores {
    let (mut truth, mut found, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &(label, group) in judged {
        *truth.entry(label).or_insert(0u64) += 1;
        *found.entry(group).or_insert(0u64) += 1;
        *both.entry((label, group)).or_insert(0u64) += 1;
    }
    let pairs = |n: u64| (n * n.saturating_sub(1) / 2) as f64;
    let all = pairs(judged.len() as u64);
    let hit: f64 = both.values().map(|&n| pairs(n)).sum();
    let (want, got): (f64, f64) = (
        truth.values().map(|&n| pairs(n)).sum(),
        found.values().map(|&n| pairs(n)).sum(),
    );
    let chance = if all > 0.0 { want * got / all } else { 0.0 };
    let most = f64::midpoint(want, got);
    let ari = if (most - chance).abs() < 1e-12 {
        1.0
    } else {
        (hit - chance) / (most - chance)
    };
    let pair = if want + got > 0.0 {
        2.0 * hit / (want + got)
    } else {
        1.0
    };
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((label, group), &n) in &both {
        precision += (n * n) as f64 / found[group] as f64;
        recall += (n * n) as f64 / truth[label] as f64;
    }
    let b3 = 2.0 * precision * recall / (precision + recall) / judged.len().max(1) as f64;
    [ari, pair, b3]
}

pub fn inputs(docs: &[Doc]) -> Vec<EventInput<'_>> {
    docs.iter().map(Doc::input).collect()
}
