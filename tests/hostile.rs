//! A corpus of attacks in every field, in every format: what is printed can steer no terminal, run in no browser or
//! spreadsheet, and break out of no line.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The corpus: name and text of each attack. A lone surrogate cannot be in a Rust string: it stays in the raw file.
fn attacks() -> Vec<(String, String)> {
    let file = std::fs::read_to_string(Path::new(ROOT).join("fixtures/hostile/headlines.json"))
        .expect("the corpus");
    let file = file.replace("\\ud800", "\u{fffd}");
    let list: Vec<Value> = serde_json::from_str(&file).expect("a list");
    let text = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
    list.iter()
        .map(|value| (text(value, "name"), text(value, "text")))
        .collect()
}

/// An input in which each attack stands in every field of an article, and one of a pair is a copy.
fn input(folder: &Path) -> PathBuf {
    let mut rows = String::new();
    for (at, (_, attack)) in attacks().iter().enumerate() {
        let body = format!(
            "{attack} The number {at} lighthouse keeper of the outer banks wrote down the weather of each day in a blue \
             book number {at}, and his daughter copied it fair at night by lamp {at}. Nobody asked to see those pages \
             until the keeper of bank {at} had been dead for thirty winters. {attack}"
        );
        for copy in ["a", "b"] {
            let row = json!({
                "id": format!("{attack}{at}{copy}"), "url": format!("javascript:{attack}"), "title": attack,
                "publisher": format!("{attack} {copy}"), "author": attack, "published": attack, "text": body,
            });
            rows.push_str(&row.to_string());
            rows.push('\n');
        }
    }
    let path = folder.join("hostile.jsonl");
    std::fs::write(&path, rows).expect("a file");
    path
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let input = input(folder);
    Command::cargo_bin("wirefold")
        .expect("the program")
        .args(args)
        .arg("--no-config")
        .arg(input)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_harmless(&String::from_utf8_lossy(&output.stderr), "standard error");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.len() > 1000, "nothing was printed");
    text
}

/// Steers a terminal, the direction of text, or a reader that splits lines.
fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

fn assert_harmless(text: &str, what: &str) {
    for line in text.lines() {
        assert!(!line.contains(is_harmful), "{what}: {line:?}");
    }
}

#[test]
fn the_corpus_is_there() {
    assert!(attacks().len() > 30);
}

#[test]
fn text_stays_in_its_lines_and_columns() {
    let text = printed(&["--color", "never", "--width", "60"]);
    assert_harmless(&text, "text");
    let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    assert!(text.lines().all(|line| width(line) <= 60));
    assert!(text.contains("␛[2J"), "what was there is shown, not hidden");
}

#[test]
fn coloured_text_has_our_colours_and_nothing_else() {
    let text = printed(&["--color", "always"]);
    let plain = regex::Regex::new("\u{1b}\\[[0-9]{1,2}m")
        .expect("a pattern")
        .replace_all(&text, "");
    assert_harmless(&plain, "coloured text");
}

#[test]
fn json_escapes_everything_and_loses_nothing() {
    let text = printed(&["-f", "json"]);
    assert_harmless(&text, "json");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let titles: Vec<&str> = value["stories"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|story| story["title"].as_str())
        .collect();
    assert!(titles.iter().any(|title| title.contains("<script>")));
    assert!(titles.len() > 20);
}

#[test]
fn json_lines_are_lines_for_every_reader() {
    for args in [&["-f", "jsonl"][..], &["split"][..]] {
        let text = printed(args);
        let lines = text.split_terminator(|c: char| {
            matches!(
                c,
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'
                    ..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
            )
        });
        for line in lines {
            assert_harmless(line, args[0]);
            serde_json::from_str::<Value>(line)
                .unwrap_or_else(|error| panic!("{args:?}: {error}: {line}"));
        }
    }
}

#[test]
fn unique_gives_the_records_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = std::fs::read_to_string(input(folder.path())).expect("the input");
    let text = printed(&["--unique"]);
    assert!(text.lines().count() > 30);
    for line in text.split_terminator('\n') {
        assert!(before.contains(line), "{line}");
    }
}

#[test]
fn csv_holds_no_formula_and_every_row_its_columns() {
    let text = printed(&["-f", "csv"]);
    assert_harmless(&text, "csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let columns = rows.headers().expect("a header").len();
    let mut count = 0;
    for row in rows.records() {
        let row = row.expect("as many cells as columns");
        count += 1;
        assert_eq!(row.len(), columns);
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']),
                "{cell:?}"
            );
        }
    }
    assert_eq!(text.lines().count(), count + 1, "no cell breaks a line");
}

#[test]
fn tsv_has_two_columns_on_every_line() {
    let text = printed(&["-f", "tsv"]);
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 2, "{line:?}");
        assert!(!cells.concat().contains(char::is_control));
    }
}

#[test]
fn html_is_our_markup_only_and_links_only_to_the_web() {
    let page = printed(&["-f", "html"]);
    assert_harmless(&page, "html");
    let (_, rest) = page.split_once("</style>").expect("a style sheet");
    let (rest, _) = rest.rsplit_once("<script>").expect("our script");
    let tags = regex::Regex::new(r#"</?[a-z][a-z0-9]*( [a-z][a-z0-9-]*(="[^"<>]*")?)*/?>"#)
        .expect("a pattern");
    let value = regex::Regex::new(r#"="[^"]*""#).expect("a pattern");
    for tag in tags.find_iter(rest) {
        let tag = tag.as_str();
        let names = value.replace_all(tag, "");
        for bad in [
            "<script", "<img", "<iframe", "<base", "<style", " on", " src", " style",
        ] {
            assert!(!names.contains(bad), "{tag}");
        }
        if let Some((_, address)) = tag.split_once("href=\"") {
            assert!(
                ["#", "http://", "https://", "data:,"]
                    .iter()
                    .any(|start| address.starts_with(start)),
                "{tag}"
            );
        }
    }
    let left = tags.replace_all(rest, "");
    assert!(
        !left.contains(['<', '>']),
        "what is no tag of ours is escaped"
    );
    assert!(left.contains("&lt;script&gt;"), "what was there is shown");
}

/// A check whose every finding quotes an attack.
fn check(format: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [
        "check",
        "--deny",
        "undated,skipped,unsplit",
        "--max-copies",
        "0",
        "-f",
        format,
    ];
    let output = run(folder.path(), &args);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn findings_are_harmless_for_the_eye_and_one_command_a_line_for_github() {
    assert_harmless(&check("text"), "check");
    let github = check("github");
    assert_harmless(&github, "github");
    for line in github.lines() {
        assert!(line.starts_with("::error "), "{line}");
    }
}

#[test]
fn junit_is_our_markup_only() {
    let xml = check("junit");
    assert_harmless(&xml, "junit");
    let ours = regex::Regex::new(
        r#"</?(testsuites|testsuite|testcase|failure)( [a-z]+="[^"<]*")*/?>|<\?xml [^>]*\?>"#,
    )
    .expect("a pattern");
    let rest = ours.replace_all(&xml, "");
    assert!(!rest.contains(['<', '>']), "{rest}");
}

#[test]
fn sarif_is_json_and_harmless() {
    let sarif = check("sarif");
    assert_harmless(&sarif, "sarif");
    let value: Value = serde_json::from_str(&sarif).expect("JSON");
    assert!(
        value["runs"][0]["results"]
            .as_array()
            .is_some_and(|results| results.len() > 30)
    );
}

#[test]
fn an_expectation_of_hostile_stories_is_read_back_as_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let update = run(
        folder.path(),
        &["check", "--expect", "stories.jsonl", "--update"],
    );
    assert_eq!(update.status.code(), Some(0));
    let file =
        std::fs::read_to_string(folder.path().join("stories.jsonl")).expect("the expectation");
    assert_harmless(&file, "the expectation");
    let again = run(folder.path(), &["check", "--expect", "stories.jsonl"]);
    assert_eq!(
        again.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
}

#[test]
fn names_of_files_cannot_steer_the_terminal_either() {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .args(["--no-config", "no\u{1b}[2Jsuch\u{202e}file"])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert_harmless(&String::from_utf8_lossy(&output.stderr), "standard error");
    assert_harmless(&String::from_utf8_lossy(&output.stdout), "standard output");
}

#[test]
fn a_lone_surrogate_in_a_json_escape_is_no_crash() {
    let raw = std::fs::read_to_string(Path::new(ROOT).join("fixtures/hostile/headlines.json"))
        .expect("the corpus");
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .args(["--no-config", "-f", "json", "--input", "json"])
        .write_stdin(raw)
        .output()
        .expect("it runs");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_harmless(&text, "json");
    serde_json::from_str::<Value>(&text).expect("JSON");
}
