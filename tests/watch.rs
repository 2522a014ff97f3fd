//! `--watch DIR`, driven for real: files come, are taken once each, and a signal ends it with all that was done kept.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use wirefold::archive::{Archive, Options};

/// Longer than any step here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn row(number: u32) -> String {
    let text = format!(
        "The keeper number {number} of the outer light wrote down the weather of day {number}, as every keeper has done since the light was built. \
         On page {number} of the book stand {number} gulls, {number} ships and one remark about the soup of evening number {number}."
    );
    json!({"id": format!("r{number}"), "title": format!("Day {number} at the light"), "text": text})
        .to_string()
        + "\n"
}

fn start(args: &[&str], folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_wirefold"))
        .args(args)
        .args(["--no-config", "--every", "1s"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts")
}

/// Waits until something holds; fails when it never does.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a signal and gives status, output and messages.
fn end(mut child: Child, signal: &str) -> (Option<i32>, String, String) {
    let mut kill = Command::new("kill");
    kill.args([signal, &child.id().to_string()]);
    assert!(kill.status().expect("runs").success());
    until("it ends", || child.try_wait().expect("waits").is_some());
    let output = child.wait_with_output().expect("ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn count(archive: &Path, name: &str) -> u64 {
    let Ok(archive) = Archive::read(archive, Options::default()) else {
        return 0;
    };
    let info = archive.info().expect("reads");
    let found = info.counts.iter().find(|(known, _)| *known == name);
    found.expect("a count").1
}

#[test]
fn each_file_that_settles_is_added_once_until_a_signal_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).expect("a folder");
    fs::write(at("in/1.jsonl"), row(1)).expect("writes");
    let db = at("news.db");
    let child = start(
        &["add", "-q", "--archive", "news.db", "--watch", "in"],
        folder.path(),
    );
    until("what was there is added", || count(&db, "articles") == 1);
    // grows for longer than the time between two looks
    let mut text = String::new();
    for number in 2..8 {
        text += &row(number);
        fs::write(at("in/2.jsonl"), &text).expect("writes");
        std::thread::sleep(Duration::from_millis(400));
    }
    fs::write(at("in/.3.jsonl.part"), row(99)).expect("writes");
    until("what came is added", || count(&db, "articles") == 7);
    fs::rename(at("in/.3.jsonl.part"), at("in/3.jsonl")).expect("renames");
    until("what was renamed is added", || count(&db, "articles") == 8);
    std::thread::sleep(Duration::from_millis(2500));
    let (status, output, messages) = end(child, "-TERM");
    assert_eq!(
        (status, output.as_str(), messages.as_str()),
        (Some(0), "", "")
    );
    assert_eq!(
        count(&db, "runs"),
        3,
        "each file once, and no run without one"
    );
    assert_eq!(count(&db, "sightings"), 8);
    let archive = Archive::read(&db, Options::default()).expect("opens");
    assert_eq!(archive.faults().expect("reads"), [""; 0]);
}

#[test]
fn the_main_job_writes_its_report_anew_when_files_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.tsv");
    let child = start(
        &["--watch", ".", "-f", "tsv", "-o", "report.tsv"],
        folder.path(),
    );
    let lines = || {
        fs::read_to_string(&report)
            .unwrap_or_default()
            .lines()
            .count()
    };
    for number in 1..=2 {
        fs::write(folder.path().join(format!("{number}.jsonl")), row(number)).expect("writes");
        until("the report has it", || lines() == number as usize);
    }
    let (status, _, messages) = end(child, "-INT");
    assert_eq!((status, messages.as_str()), (Some(0), ""));
    assert_eq!(lines(), 2, "the report is no input");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output = start(args, folder.path()).wait_with_output().expect("ends");
        (
            output.status.code(),
            String::from_utf8(output.stderr).expect("UTF-8"),
        )
    };
    let (status, said) = run(&["add", "--archive", "news.db", "--watch", "none"]);
    assert_eq!(status, Some(2));
    assert!(
        said.contains("none: not a folder that can be watched"),
        "{said}"
    );
    let (status, said) = run(&["--watch", "."]);
    assert_eq!(status, Some(2));
    assert!(said.contains("--output"), "{said}");
}
