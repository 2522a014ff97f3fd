//! The report of some fixtures in every format, as it was reviewed: `snapshots/report.*`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test report_snapshots` writes what is printed now; look at the difference before you
//! keep it, and at the page in a browser. Style and script of the page stand in `src/report/html` and are left out here.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The file, and the options that print it.
const FORMATS: [(&str, &[&str]); 9] = [
    ("report.txt", &["-f", "text"]),
    ("report.ansi", &["-f", "text", "--color", "always"]),
    ("report-60.txt", &["-f", "text", "--width", "60"]),
    ("report.json", &["-f", "json"]),
    ("report.jsonl", &["-f", "jsonl"]),
    ("report.csv", &["-f", "csv"]),
    ("report.tsv", &["-f", "tsv"]),
    ("report.html", &["-f", "html"]),
    ("summary.json", &["-f", "json", "--summary"]),
];

fn printed(options: &[&str]) -> String {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--no-config", "--files-from", "tests/snapshots/inputs.txt"])
        .args(options)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Empties an element that comes once.
fn without(page: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let (before, rest) = page.split_once(&open).expect("the element");
    let (_, after) = rest.split_once(&close).expect("its end");
    format!("{before}{open}{close}{after}")
}

/// The report without what changes with each version, and without what has a source of its own.
fn stable(name: &str, printed: &str) -> String {
    let printed = printed.replace(
        concat!("\"wirefold\":\"", env!("CARGO_PKG_VERSION"), "\""),
        "\"wirefold\":\"VERSION\"",
    );
    if name != "report.html" {
        return printed;
    }
    let page = without(&without(&printed, "style"), "script");
    page.replace(
        concat!("wirefold ", env!("CARGO_PKG_VERSION")),
        "wirefold VERSION",
    )
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(name)
}

/// The first of two lines, from where they differ on.
fn shown((line, other): (Option<&str>, Option<&str>)) -> String {
    let (line, other) = (line.unwrap_or_default(), other.unwrap_or_default());
    let same = line.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let from = same.count().saturating_sub(40);
    let dots = if from > 0 { "…" } else { "" };
    let rest: String = line.chars().skip(from).take(160).collect();
    format!("{dots}{rest}")
}

/// The first lines that differ, each with its number.
fn difference(expected: &str, found: &str) -> String {
    let mut lines: Vec<_> = vec![];
    let (mut old, mut new) = (expected.lines(), found.lines());
    for number in 1.. {
        let pair = (old.next(), new.next());
        if pair == (None, None) || lines.len() > 10 {
            break;
        }
        if pair.0 != pair.1 {
            lines.push(format!(
                "{number}\n  - {}\n  + {}",
                shown(pair),
                shown((pair.1, pair.0))
            ));
        }
    }
    lines.join("\n")
}

#[test]
fn every_format_of_the_report_is_as_it_was_reviewed() {
    let mut wrong = Vec::new();
    for (name, options) in FORMATS {
        let found = stable(name, &printed(options));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(path(name), &found).expect("writes");
        }
        let expected = fs::read_to_string(path(name)).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}:\n{}", difference(&expected, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\nreview, then UPDATE_SNAPSHOTS=1 keeps it",
        wrong.join("\n")
    );
}

#[test]
fn the_report_is_the_same_for_any_order_and_number_of_threads() {
    let names = fs::read_to_string(path("inputs.txt")).expect("reads");
    let mut paths: Vec<&str> = names.lines().collect();
    let fold = |paths: &[&str], threads: &str| {
        let output = Command::cargo_bin("wirefold")
            .expect("the program")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["--no-config", "-f", "text", "--threads", threads])
            .args(paths)
            .output();
        output.expect("it runs").stdout
    };
    let forward = fold(&paths, "1");
    paths.reverse();
    assert!(forward == fold(&paths, "7"));
}
