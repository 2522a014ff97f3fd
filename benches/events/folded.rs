//! The events of a fold as users run it: the program reads the documents, collapses copies, and its JSON is scored.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::score::{Scores, judge};
use crate::sets::{Set, half, read};

/// Learned half, held-back half and whole of the set in a folder.
pub fn folded(folder: &Path) -> String {
    let set = read(folder);
    let lines = std::fs::read_to_string(folder.join("docs.jsonl")).expect("docs.jsonl");
    let parts = [half(&set, true), half(&set, false), set];
    let scores = parts.iter().map(|part| {
        let [ari, pair, b3] = score(part, &lines);
        format!("  {ari:.3}/{pair:.3}/{b3:.3}")
    });
    scores.collect()
}

/// Of those documents among `lines` that the set holds.
fn score(set: &Set, lines: &str) -> Scores {
    let mut file = tempfile::Builder::new()
        .suffix(".jsonl")
        .tempfile()
        .expect("a temporary file");
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("a line of JSON");
        if set.docs.iter().any(|doc| record["id"] == doc.id) {
            writeln!(file, "{line}").expect("a temporary file takes a line");
        }
    }
    let told = Command::new(env!("CARGO_BIN_EXE_wirefold"))
        .args(["--no-config", "-q", "-f", "json"])
        .arg(file.path())
        .output()
        .expect("wirefold runs");
    let fold: Value = serde_json::from_slice(&told.stdout).expect("a fold as JSON");
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for story in fold["stories"].as_array().into_iter().flatten() {
        // a story outside every event is its own
        let event = story["event"].as_str().or(story["id"].as_str());
        let next = numbers.len();
        let group = *numbers
            .entry(event.unwrap_or_default().to_owned())
            .or_insert(next);
        let copies = story["copies"].as_array().into_iter().flatten();
        for article in copies.chain([&story["canonical"]]) {
            groups.insert(article["id"].as_str().unwrap_or_default().to_owned(), group);
        }
    }
    let groups = groups.iter().map(|(id, group)| (id.as_str(), *group));
    judge(set, &groups.collect())
}
