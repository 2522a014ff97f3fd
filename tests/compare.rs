//! `wirefold compare A B`: the contract of its output, driven through the binary.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

const AGENCY: &str = r#"{"id": "agency", "title": "Lindvik board rejects levy", "publisher": "North Wire", "text": "The harbour board of Lindvik on Tuesday rejected a mooring levy that the regional government wanted to introduce before the summer.\nThe levy of 412 crowns a night would have applied to all berths in the town, including those used by fishing crews.\n\"We cannot ask people who mend their nets here to pay like visitors on a yacht,\" chairwoman Marit Solheim said after the vote.\nOpponents gathered outside the town hall and signed a petition that called the plan a tax on rain."}"#;

const PAPER: &str = r#"{"id": "paper", "title": "No levy in Lindvik", "publisher": "Lindvik Post", "text": "The harbour board of Lindvik on Tuesday rejected a mooring levy that the regional government wanted to introduce before the summer.\nThe levy of about 400 crowns a night would have applied to all berths in the town, including those used by fishing crews.\n\"We cannot ask people who mend their nets here to pay like visitors on a yacht,\" chairwoman Marit Solheim said after the vote."}"#;

fn file(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn run(words: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("wirefold")
        .unwrap()
        .args(words)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), text)
}

fn compared(format: &str, a: &str, b: &str) -> (i32, String) {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (
        file(dir.path(), "a.jsonl", a),
        file(dir.path(), "b.jsonl", b),
    );
    run(&[
        "compare",
        "-f",
        format,
        a.to_str().unwrap(),
        b.to_str().unwrap(),
    ])
}

#[test]
fn json_says_what_became_of_every_sentence() {
    let (status, text) = compared("json", AGENCY, PAPER);
    assert_eq!(status, 0);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(matches!(
        found["relation"].as_str(),
        Some("copy" | "excerpt")
    ));
    let fates: Vec<&str> = found["sentences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["fate"].as_str().unwrap())
        .collect();
    assert_eq!(fates, ["kept", "edited", "kept", "cut"]);
    assert_eq!(found["sentences"][2]["quoted"], true);
    assert_eq!(found["sentences"][3]["b"], serde_json::Value::Null);
    for key in ["jaccard", "containment", "verbatim"] {
        let share = found[key].as_f64().unwrap();
        assert!((0.5..1.0).contains(&share), "{key} {share}");
    }
}

#[test]
fn other_stories_have_no_relation() {
    let other = r#"{"id": "o", "title": "Night train", "text": "A night train to Ostrel will run again from December, the state railway said on Friday after nine years without one."}"#;
    let (status, text) = compared("json", AGENCY, other);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &found["relation"]), (0, &serde_json::Value::Null));
}

#[test]
fn text_stands_side_by_side_in_eighty_columns() {
    let (status, text) = compared("text", AGENCY, PAPER);
    assert_eq!(status, 0);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert!(
        text.contains(" = ") && text.contains(" ~ ") && text.contains("1 cut"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn a_page_escapes_what_the_articles_say() {
    let hostile = AGENCY.replace("tax on rain", "tax on <script>alert(1)</script>");
    let (status, page) = compared("html", &hostile, PAPER);
    assert_eq!(status, 0);
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(!page.contains("<script>"));
}

#[test]
fn articles_of_a_report_are_named_by_id() {
    let dir = tempfile::tempdir().unwrap();
    let dump = file(dir.path(), "dump.jsonl", &format!("{AGENCY}\n{PAPER}\n"));
    let (_, report) = run(&["-f", "json", dump.to_str().unwrap()]);
    let report = file(dir.path(), "fold.json", &report);
    let report = report.to_str().unwrap();
    let (status, text) = run(&[
        "compare", "--report", report, "-f", "json", "agency", "paper",
    ]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, &found["a"]["id"], &found["b"]["id"]),
        (0, &"agency".into(), &"paper".into())
    );
    assert_eq!(
        run(&["compare", "--report", report, "agency", "nobody"]).0,
        2
    );
}

#[test]
fn a_missing_file_is_an_error() {
    assert_eq!(run(&["compare", "/no/such/file", "/no/such/file"]).0, 2);
}

#[test]
fn articles_and_stories_of_an_archive_are_compared_by_id() {
    let dir = tempfile::tempdir().unwrap();
    let rows = file(dir.path(), "rows.jsonl", &format!("{AGENCY}\n{PAPER}\n"));
    let db = dir.path().join("news.db");
    let db = db.to_str().unwrap();
    let (status, added) = run(&["add", "-f", "json", "--archive", db, rows.to_str().unwrap()]);
    assert_eq!(status, 0);
    let added: serde_json::Value = serde_json::from_str(&added).unwrap();
    let story = added["new_stories_list"][0]["story"].as_str().unwrap();
    let from_files = compared("json", AGENCY, PAPER);
    assert_eq!(
        run(&["compare", "-f", "json", "--archive", db, "agency", "paper"]),
        from_files
    );
    let (status, text) = run(&["compare", "-f", "json", "--archive", db, "--story", story]);
    assert_eq!(status, 0);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&found["a"]["id"], &found["b"]["id"]),
        (&"agency".into(), &"paper".into())
    );
    assert_eq!(run(&["compare", "--archive", db, "agency", "nobody"]).0, 2);
    assert_eq!(
        run(&["compare", "--archive", db, "--story", "0123456789abcdef"]).0,
        2
    );
    assert_eq!(run(&["compare", "--story", story]).0, 2);
}
