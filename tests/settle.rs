//! `wirefold split --settle`: the articles as a fold has them.

use std::collections::BTreeMap;

use assert_cmd::Command;
use serde_json::Value;

const NOTICE: &str = "Get the harbour letter in your mailbox each morning, free of charge.";

/// Rows of unlike stories that share a notice; the first two claim one id, the last stands there twice.
fn rows() -> String {
    let story = |n: u32| {
        let word = |at: u32| format!("w{}", (n * 7919 + at * 104_729) % 99_991);
        let sentence = |s: u32| {
            (0..14)
                .map(|at| word(s * 14 + at))
                .collect::<Vec<_>>()
                .join(" ")
        };
        (0..5).map(|s| sentence(s) + ".\n").collect::<String>()
    };
    let row = |n: u32| {
        let text = format!("{}{NOTICE}\n{}", story(n), story(n + 100));
        serde_json::json!({"id": format!("row-{}", n.max(1)), "title": format!("Story {n}"), "text": text}).to_string() + "\n"
    };
    (0..8).chain([7]).map(row).collect()
}

fn run(args: &[&str]) -> Vec<u8> {
    let mut command = Command::cargo_bin("wirefold").expect("the program");
    let done = command.args(args).write_stdin(rows()).assert().success();
    done.get_output().stdout.clone()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn records_are_those_of_the_fold() {
    let settled = lines(&run(&["split", "-q", "--settle"]));
    assert_eq!(
        settled.len(),
        8,
        "an article that stands there twice comes once"
    );
    let fold: Value =
        serde_json::from_slice(&run(&["-q", "-f", "json", "--no-events"])).expect("JSON");
    let stories = fold["stories"].as_array().expect("stories");
    let held: BTreeMap<&str, &Value> = stories
        .iter()
        .flat_map(|story| {
            std::iter::once(&story["canonical"]).chain(story["copies"].as_array().expect("copies"))
        })
        .map(|article| (article["key"].as_str().expect("a key"), article))
        .collect();
    assert_eq!(held.len(), settled.len());
    for article in &settled {
        let other = held[article["key"].as_str().expect("a key")];
        for (name, value) in article.as_object().expect("an object") {
            assert_eq!(Some(value), other.get(name), "{name}");
        }
    }
}

#[test]
fn recurring_lines_are_out_and_ids_distinct() {
    let streamed = lines(&run(&["split", "-q"]));
    let settled = lines(&run(&["split", "-q", "--settle"]));
    let has = |article: &Value| article["body"].as_str().expect("a body").contains(NOTICE);
    assert_eq!(streamed.len(), 9);
    assert!(streamed.iter().all(has) && !settled.iter().any(has));
    let claimed = |articles: &[Value]| {
        articles
            .iter()
            .filter(|article| article["id"] == "row-1")
            .count()
    };
    assert_eq!((claimed(&streamed), claimed(&settled)), (2, 0));
    assert_eq!(settled[7]["seen"].as_array().map(Vec::len), Some(2));
}
