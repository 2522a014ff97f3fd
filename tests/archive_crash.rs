//! A writer that dies at any moment loses nothing that was committed, and the same command again completes the work.
//!
//! Each trial copies an archive, or begins without one, starts a second process that adds a batch to it, and kills that process: at a named
//! point of the addition, or after a random time. Then the archive must be sound and either as before or complete, and
//! after a rerun it must equal an uninterrupted run byte for byte. `WIREFOLD_TRIALS` sets the number of trials.

mod news;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use news::{Dice, add_with, corpus};
use wirefold::archive::{Archive, ArchiveError, Options};
use wirefold::progress::{Phase, Progress};

/// What the child adds, and where it dies.
const CHILD: &str = "WIREFOLD_CRASH_CHILD";

/// Dies without any cleaning up when the addition has taken so many steps.
struct Dying {
    at: u64,
    steps: AtomicU64,
}

impl Dying {
    fn step(&self) {
        if self.steps.fetch_add(1, Ordering::Relaxed) + 1 == self.at {
            std::process::abort();
        }
    }
}

impl Progress for Dying {
    fn start(&self, _: Phase, _: u64) {
        self.step();
    }

    fn advance(&self, _: u64) {
        self.step();
    }
}

/// Counts the steps of an addition.
#[derive(Default)]
struct Counting(AtomicU64);

impl Progress for Counting {
    fn start(&self, _: Phase, _: u64) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn advance(&self, _: u64) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// The writer that is killed; not a test by itself.
#[test]
fn child() {
    let Ok(order) = std::env::var(CHILD) else {
        return;
    };
    let (at, path) = order
        .split_once(' ')
        .expect("where to die, and the archive");
    let dying = Dying {
        at: at.parse().expect("a number"),
        steps: AtomicU64::new(0),
    };
    add_with(Path::new(path), &second(), None, &dying);
}

fn first() -> Vec<wirefold::article::Article> {
    corpus(11, 120)[..60].to_vec()
}

fn second() -> Vec<wirefold::article::Article> {
    corpus(11, 120)[50..].to_vec()
}

fn spawn(path: &Path, at: u64) -> std::process::Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["child", "--exact", "--test-threads=1"])
        .env(CHILD, format!("{at} {}", path.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

/// All that an archive holds; nothing where none was made yet.
fn export(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    match Archive::read(path, Options::default()) {
        Ok(archive) => archive.export(&mut out).expect("reads"),
        Err(ArchiveError::Missing) => {}
        Err(error) => panic!("{error}"),
    }
    out
}

/// Copies an archive, if there is one.
fn copy(from: &Path, to: &Path) {
    if from.exists() {
        fs::copy(from, to).expect("copies");
    }
}

struct Bench {
    folder: tempfile::TempDir,
    base: PathBuf,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Bench {
    /// Of a second addition.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        add_with(&folder.path().join("base.db"), &first(), None, &());
        Self::in_folder(folder)
    }

    /// Of the addition that makes the archive.
    fn of_first_fill() -> Self {
        Self::in_folder(tempfile::tempdir().expect("a folder"))
    }

    fn in_folder(folder: tempfile::TempDir) -> Self {
        let base = folder.path().join("base.db");
        let before = export(&base);
        let whole = folder.path().join("whole.db");
        copy(&base, &whole);
        add_with(&whole, &second(), None, &());
        let after = export(&whole);
        assert_ne!(before, after);
        Self {
            folder,
            base,
            before,
            after,
        }
    }

    /// A writer that ends as `kill` has it; whether its work was committed.
    fn trial(&self, number: usize, kill: impl FnOnce(&Path)) -> bool {
        let path = self.folder.path().join(format!("trial{number}.db"));
        copy(&self.base, &path);
        kill(&path);
        match Archive::read(&path, Options::default()) {
            Ok(archive) => assert_eq!(archive.faults().expect("reads"), Vec::<String>::new()),
            Err(error) => assert!(matches!(error, ArchiveError::Missing), "{error}"),
        }
        let now = export(&path);
        assert!(now == self.before || now == self.after, "half an addition");
        add_with(&path, &second(), None, &());
        assert!(export(&path) == self.after, "the rerun differs");
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{suffix}", path.display()));
        }
        now == self.after
    }
}

fn trials() -> usize {
    let asked = std::env::var("WIREFOLD_TRIALS").ok();
    asked.and_then(|number| number.parse().ok()).unwrap_or(40)
}

#[test]
fn a_writer_killed_at_any_named_point_loses_nothing() {
    at_named_points(&Bench::new());
}

#[test]
fn a_first_fill_killed_at_any_named_point_leaves_no_half_archive() {
    at_named_points(&Bench::of_first_fill());
}

fn at_named_points(bench: &Bench) {
    let counting = Counting::default();
    let counted = bench.folder.path().join("counted.db");
    copy(&bench.base, &counted);
    add_with(&counted, &second(), None, &counting);
    let steps = counting.0.into_inner();
    assert!(steps > 50, "{steps} steps");
    let mut died = 0;
    for number in 0..trials() {
        // every point where trials last, else points spread over the whole addition, its end included
        let at = if trials() as u64 >= steps {
            number as u64 % steps + 1
        } else {
            steps - number as u64 * steps / trials() as u64
        };
        let committed = bench.trial(number, |path| {
            let status = spawn(path, at).wait().expect("ends");
            died += usize::from(!status.success());
        });
        assert!(!committed, "step {at} of {steps} comes before the commit");
    }
    assert_eq!(died, trials(), "every writer died at its point");
    eprintln!("{died} writers died at {steps} named points");
}

#[test]
fn a_writer_killed_at_any_time_loses_nothing() {
    at_any_time(&Bench::new());
}

#[test]
fn a_first_fill_killed_at_any_time_leaves_no_half_archive() {
    at_any_time(&Bench::of_first_fill());
}

fn at_any_time(bench: &Bench) {
    let mut dice = Dice(5);
    let (mut started, mut killed, mut committed) = (0, 0, 0);
    // a writer that ends before its time is no trial: it is started again, with less time
    let mut longest = Duration::from_secs(60);
    while killed < trials() {
        started += 1;
        assert!(
            started < 20 * trials() + 100,
            "{killed} of {started} writers killed"
        );
        let delay = Duration::from_micros(dice.below(longest.as_micros() as usize) as u64);
        let mut was_killed = false;
        let done = bench.trial(started, |path| {
            let begun = std::time::Instant::now();
            let mut child = spawn(path, u64::MAX);
            let status = loop {
                if begun.elapsed() >= delay {
                    let _ = child.kill();
                    break child.wait().expect("ends");
                }
                if let Some(status) = child.try_wait().expect("waits") {
                    longest = begun.elapsed();
                    break status;
                }
                std::thread::sleep(Duration::from_micros(200));
            };
            was_killed = !status.success();
        });
        killed += usize::from(was_killed);
        committed += usize::from(was_killed && done);
    }
    eprintln!(
        "{killed} writers killed of {started} started; {committed} of the killed had committed"
    );
}
