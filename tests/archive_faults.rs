//! Faults of files, disks and jobs: nothing is lost, nothing is touched that is no archive, and the message says what
//! happened.

mod news;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use news::{Dice, corpus, without_places};
use serde_json::{Value, json};

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A dump of invented articles.
    fn dump(&self, name: &str, seed: u64, range: std::ops::Range<usize>) -> PathBuf {
        let rows: Vec<String> = corpus(seed, range.end)[range]
            .iter()
            .map(|article| {
                let at = article.published.at.map(|at| at.to_string());
                json!({
                    "title": article.title, "publisher": article.publisher, "date": at, "text": article.body,
                    "url": format!("https://news.example/{}", article.key),
                })
                .to_string()
            })
            .collect();
        let path = self.path(name);
        fs::write(&path, rows.join("\n")).expect("writes");
        path
    }

    fn archive(&self) -> PathBuf {
        let db = self.path("news.db");
        let dump = self.dump("first.jsonl", 3, 0..80);
        assert_eq!(status(&add(&db, &[&dump])), 0);
        db
    }
}

fn wirefold() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirefold"));
    command.arg("--no-config");
    command
}

fn add(db: &Path, dumps: &[&Path]) -> Output {
    let mut command = wirefold();
    command
        .args(["add", "--wait", "60s", "--archive"])
        .arg(db)
        .args(dumps);
    command.output().expect("runs")
}

fn run(words: &[&str], path: &Path) -> Output {
    wirefold().args(words).arg(path).output().expect("runs")
}

fn status(output: &Output) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output.status.code().expect("no signal")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stories(db: &Path) -> Value {
    let output = run(&["stories", "-f", "json", "--archive"], db);
    assert_eq!(status(&output), 0, "{}", said(&output));
    let mut value = serde_json::from_slice(&output.stdout).expect("JSON");
    without_places(&mut value);
    value
}

fn fold(dumps: &[&Path]) -> Value {
    let output = wirefold()
        .args(["-f", "json"])
        .args(dumps)
        .output()
        .expect("runs");
    let mut value = serde_json::from_slice(&output.stdout).expect("JSON");
    without_places(&mut value);
    value
}

#[test]
fn adding_prints_what_is_new_and_the_same_again_changes_nothing() {
    let desk = Desk::new();
    let db = desk.archive();
    let dump = desk.path("first.jsonl");
    assert!(stories(&db) == fold(&[&dump]));
    let before = stories(&db);
    let output = wirefold()
        .args(["add", "-f", "json", "--archive"])
        .args([&db, &dump])
        .output()
        .expect("runs");
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(printed["new_stories"], 0);
    assert_eq!(printed["new_copies"], 0);
    assert!(printed["seen_again"].as_u64() > Some(60));
    assert_eq!(printed["retired"], json!([]));
    assert!(stories(&db) == before);
}

#[test]
fn many_jobs_at_once_all_finish_and_leave_one_fold() {
    for jobs in [2, 16] {
        let desk = Desk::new();
        let db = desk.path("news.db");
        let dumps: Vec<PathBuf> = (0..jobs)
            .map(|n| desk.dump(&format!("{n}.jsonl"), 9, n * 12..n * 12 + 14))
            .collect();
        let running: Vec<_> = dumps
            .iter()
            .map(|dump| {
                let mut command = wirefold();
                command
                    .args(["add", "-q", "--wait", "10m", "--archive"])
                    .args([&db, dump]);
                command.spawn().expect("starts")
            })
            .collect();
        for mut job in running {
            assert!(job.wait().expect("ends").success());
        }
        let dumps: Vec<&Path> = dumps.iter().map(PathBuf::as_path).collect();
        assert!(
            stories(&db)["stories"] == fold(&dumps)["stories"],
            "{jobs} jobs"
        );
        assert_eq!(status(&run(&["archive", "check"], &db)), 0);
    }
}

#[test]
fn a_held_lock_is_waited_for_and_then_named() {
    let desk = Desk::new();
    let db = desk.archive();
    let more = desk.dump("more.jsonl", 4, 0..10);
    let holder = rusqlite::Connection::open(&db).expect("opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let mut command = wirefold();
    command
        .args(["add", "--wait", "0", "--archive"])
        .args([&db, &more]);
    let refused = command.output().expect("runs");
    assert_eq!(status(&refused), 2);
    assert!(said(&refused).contains("another job"), "{}", said(&refused));
    // a reader never waits
    assert!(
        stories(&db)["stories"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );
    drop(holder);
    assert_eq!(status(&add(&db, &[&more])), 0);
}

#[test]
fn what_is_no_archive_is_refused_and_left_as_it_is() {
    let desk = Desk::new();
    let dump = desk.dump("dump.jsonl", 4, 0..10);
    let foreign = desk.path("foreign.db");
    let other = rusqlite::Connection::open(&foreign).expect("opens");
    other
        .execute_batch("CREATE TABLE birds (name); INSERT INTO birds VALUES ('heron')")
        .expect("writes");
    drop(other);
    let newer = desk.archive();
    rusqlite::Connection::open(&newer)
        .and_then(|db| {
            db.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        })
        .expect("writes");
    let noise = desk.path("noise.db");
    let mut dice = Dice(1);
    fs::write(
        &noise,
        (0..50_000).map(|_| dice.next() as u8).collect::<Vec<u8>>(),
    )
    .expect("writes");
    let text = desk.path("text.db");
    fs::write(&text, "The ferry left at nine.\n".repeat(999)).expect("writes");
    for (path, reason) in [
        (&foreign, "no archive of wirefold"),
        (&newer, "newer wirefold (schema 99"),
        (&noise, "damaged, or no archive"),
        (&text, "damaged, or no archive"),
    ] {
        let before = fs::read(path).expect("reads");
        for output in [
            add(path, &[&dump]),
            run(&["stories", "--archive"], path),
            run(&["archive", "check"], path),
        ] {
            assert_eq!(status(&output), 2, "{}", path.display());
            assert!(said(&output).contains(reason), "{}", said(&output));
        }
        assert!(
            fs::read(path).expect("reads") == before,
            "{}",
            path.display()
        );
    }
    let missing = run(&["stories", "--archive"], &desk.path("none.db"));
    assert_eq!(status(&missing), 2);
    assert!(
        said(&missing).contains("no such archive"),
        "{}",
        said(&missing)
    );
}

#[test]
fn a_truncated_archive_is_refused() {
    let desk = Desk::new();
    let db = desk.archive();
    let more = desk.dump("more.jsonl", 4, 0..10);
    let bytes = fs::read(&db).expect("reads");
    for length in [100, 4096, bytes.len() / 2, bytes.len() - 9000] {
        let cut = desk.path("cut.db");
        fs::write(&cut, &bytes[..length]).expect("writes");
        let refused = add(&cut, &[&more]);
        assert_eq!(status(&refused), 2, "{length} of {} bytes", bytes.len());
        assert!(said(&refused).contains("damaged"), "{}", said(&refused));
        assert!(fs::read(&cut).expect("reads") == bytes[..length]);
    }
}

#[test]
fn noise_in_the_file_is_found_and_breaks_nothing_else() {
    let desk = Desk::new();
    let db = desk.archive();
    let more = desk.dump("more.jsonl", 4, 0..10);
    let bytes = fs::read(&db).expect("reads");
    let mut dice = Dice(2);
    let whole = stories(&db);
    let (mut found, trials) = (0, 24);
    for _ in 0..trials {
        let mut damaged = bytes.clone();
        let at = dice.below(bytes.len() - 3000);
        for byte in &mut damaged[at..at + 3000] {
            *byte = dice.next() as u8;
        }
        let path = desk.path("damaged.db");
        fs::write(&path, &damaged).expect("writes");
        if status(&run(&["archive", "check"], &path)) == 2 {
            found += 1;
        } else {
            assert!(
                stories(&path) == whole,
                "noise at {at} that is not found does no harm"
            );
        }
        // whatever they find, they end in good order
        status(&run(&["stories", "--archive"], &path));
        status(&add(&path, &[&more]));
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", path.display()));
        }
    }
    assert!(found > trials / 2, "{found} of {trials} found");
}

/// Runs a script with a small file system of its own; `None` where the system does not let it.
fn on_small_disk(desk: &Desk, script: &str) -> Option<Output> {
    let disk = desk.path("disk");
    fs::create_dir(&disk).expect("a folder");
    let script = format!("mount -t tmpfs -o size=1200k none \"$DISK\" || exit 77\n{script}");
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .env("DISK", &disk)
        .env("WIREFOLD", env!("CARGO_BIN_EXE_wirefold"))
        .current_dir(desk.0.path())
        .output();
    match output {
        Ok(output) if output.status.code() != Some(77) && output.status.code() != Some(1) => {
            Some(output)
        }
        _ => {
            eprintln!("SKIPPED: this system gives no file system of one's own (unshare)");
            None
        }
    }
}

#[test]
fn a_full_disk_takes_nothing_away() {
    let desk = Desk::new();
    desk.dump("small.jsonl", 3, 0..30);
    desk.dump("large.jsonl", 5, 0..2000);
    let script = "
        $WIREFOLD add -q --archive $DISK/news.db small.jsonl || exit 80
        $WIREFOLD stories -f json --archive $DISK/news.db > before || exit 81
        $WIREFOLD add -q --archive $DISK/news.db large.jsonl 2> message; [ $? = 2 ] || exit 82
        $WIREFOLD archive check $DISK/news.db || exit 83
        $WIREFOLD stories -f json --archive $DISK/news.db > after || exit 84
        cmp before after || exit 85
        exit 86";
    if let Some(output) = on_small_disk(&desk, script) {
        assert_eq!(output.status.code(), Some(86), "{}", said(&output));
        let message = fs::read_to_string(desk.path("message")).expect("reads");
        assert!(message.contains("no room is left"), "{message}");
    }
}

#[test]
fn a_read_only_archive_can_be_read_and_says_that_it_cannot_be_written() {
    let desk = Desk::new();
    desk.dump("small.jsonl", 3, 0..30);
    let script = "
        $WIREFOLD add -q --archive $DISK/news.db small.jsonl || exit 80
        mount -o remount,ro $DISK || exit 77
        $WIREFOLD add -q --archive $DISK/news.db small.jsonl 2> message; [ $? = 2 ] || exit 81
        $WIREFOLD stories -f json --archive $DISK/news.db > after || exit 82
        exit 86";
    if let Some(output) = on_small_disk(&desk, script) {
        assert_eq!(output.status.code(), Some(86), "{}", said(&output));
        let message = fs::read_to_string(desk.path("message")).expect("reads");
        assert!(message.contains("cannot be written"), "{message}");
    }
}
