//! `check --expect`: the project's own fixtures are as expected, and each kind of change that is planted into an input
//! is found, and told as what it is.
//!
//! After a change that is meant: `cargo run -- check --files-from fixtures/checked.txt --expect fixtures/stories.jsonl
//! --update`, and a look at the difference.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn check(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .current_dir(folder)
        .args(["check", "--no-config", "--expect", "stories.jsonl"])
        .args(args)
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    (output.status.code(), said)
}

#[test]
fn the_fixtures_of_the_project_are_as_expected() {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .current_dir(ROOT)
        .args(["check", "--no-config", "--expect", "fixtures/stories.jsonl"])
        .args(["--files-from", "fixtures/checked.txt"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("as it should be: "), "{said}");
}

/// The rows of a fixture.
fn rows() -> Vec<Value> {
    let path = Path::new(ROOT).join("fixtures/syndicated/news.jsonl");
    let text = fs::read_to_string(path).expect("the fixture");
    let rows = text.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().expect("JSON")
}

fn row<'a>(rows: &'a mut [Value], id: &str) -> &'a mut Value {
    let found = rows.iter_mut().find(|row| row["id"] == id);
    found.expect("the row")
}

fn text(row: &Value) -> String {
    row["text"].as_str().expect("a text").to_owned()
}

fn write(folder: &Path, rows: &[Value]) {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    fs::write(folder.join("news.jsonl"), lines.join("\n") + "\n").expect("writes");
}

/// What `check` says of the fixture with a planted change; the places are left out.
fn found(plant: &dyn Fn(&mut Vec<Value>)) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = rows();
    write(folder.path(), &rows);
    let written = check(folder.path(), &["--update", "news.jsonl"]);
    assert_eq!(written, (Some(0), String::new()));
    let (status, _) = check(folder.path(), &["news.jsonl"]);
    assert_eq!(status, Some(0), "unchanged, it passes");
    plant(&mut rows);
    write(folder.path(), &rows);
    let (status, said) = check(folder.path(), &["news.jsonl"]);
    assert_eq!(status, Some(1), "{said}");
    let lines = said.lines().filter(|line| {
        !line.trim_start().starts_with("at news.jsonl")
            && !line.trim_start().starts_with("at stories.jsonl")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A kind of change, and how it is planted.
type Planted = (&'static str, fn(&mut Vec<Value>));

const PLANTED: [Planted; 12] = [
    ("an article vanishes", |rows| {
        rows.retain(|row| row["id"] != "i1");
    }),
    ("an article appears", |rows| {
        rows.push(json!({"id": "z1", "title": "Library opens on Sundays", "publisher": "Island Post", "published": "2025-08-18",
            "text": "The town library opens its doors on Sundays from now on, said its keeper, who has asked for it in every winter since she came here from the capital."}));
    }),
    ("a headline is reworded", |rows| {
        row(rows, "c1")["title"] = json!("A second bridge at last");
    }),
    ("a publisher is renamed", |rows| {
        row(rows, "n1")["publisher"] = json!("Northern Mail Online");
    }),
    ("a time changes", |rows| {
        row(rows, "n1")["published"] = json!("2025-08-17T05:31:00Z");
    }),
    ("an agency is no longer named", |rows| {
        let row = row(rows, "n1");
        row["text"] = json!(text(row).replace("NORHAVEN (Reuters) - ", ""));
    }),
    ("a text is cut: a copy becomes an excerpt", |rows| {
        let row = row(rows, "n1");
        let start: Vec<String> = text(row).split("\n\n").take(2).map(str::to_owned).collect();
        row["text"] = json!(start.join("\n\n"));
    }),
    ("a word is replaced in a text", |rows| {
        let row = row(rows, "c1");
        row["text"] = json!(text(row).replace("eleven to six", "twelve to six"));
    }),
    ("a copy leaves its story", |rows| {
        row(rows, "i1")["text"] = json!(
            "Shops on the island close at noon this week, because their keepers want to see the races, and the mayor has given the children of the school two days without lessons."
        );
    }),
    ("two stories become one", |rows| {
        let ferry = text(row(rows, "h1"));
        row(rows, "c1")["text"] = json!(ferry);
    }),
    ("a text is lost: an article becomes a headline", |rows| {
        row(rows, "i1")["text"] = json!("");
    }),
    ("another article is the one to read", |rows| {
        let row = row(rows, "h1");
        let start: Vec<String> = text(row).split("\n\n").take(2).map(str::to_owned).collect();
        row["text"] = json!(start.join("\n\n"));
    }),
];

/// Compares with `snapshots/planted.txt`, as it was reviewed; `UPDATE_SNAPSHOTS=1` writes it.
#[test]
fn each_kind_of_planted_change_is_found_and_told_as_what_it_is() {
    let mut said = String::new();
    for (kind, plant) in PLANTED {
        let found = found(&plant);
        assert!(
            !said.contains(&found),
            "{kind} is told like another: {found}"
        );
        said += &["== ", kind, "\n", &found, "\n\n"].concat();
    }
    let path = Path::new(ROOT).join("tests/snapshots/planted.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &said).expect("writes");
    }
    assert_eq!(said, fs::read_to_string(&path).unwrap_or_default());
}
