//! What an addition of 1,000 articles to a large archive costs, and what the archive weighs.
//!
//! `cargo bench --bench archive` makes archives of invented articles and adds to them; `WIREFOLD_BENCH_SIZES` names
//! their sizes (default `10000,100000`; `1000000` takes minutes and some gigabytes). Each addition is a process of its
//! own, so that its memory is its own. Half of its articles are other versions of what the archive has, half are new.
//! With `WIREFOLD_BENCH_WINDOW=30d` the articles' times are spread over a year and only 30 days are looked at.

#[path = "../tests/news/mod.rs"]
mod news;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use std::sync::Mutex;

use rayon::prelude::*;
use wirefold::archive::{Archive, Incoming, Options, prepared};
use wirefold::article::{Article, Key};
use wirefold::progress::{Phase, Progress};

/// Articles that are made and filled in at a time: up to a million, the first fill is one addition.
const FILL: usize = 1_000_000;

/// Articles of one seed: stories are told and retold among them.
const SEED: usize = 2_000;

/// Articles of the addition that is measured.
const BATCH: usize = 1000;

/// Names a child's archive.
const CHILD: &str = "WIREFOLD_BENCH_CHILD";

fn main() {
    // cargo test runs benches, too, and wants nothing of this one
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    if let Some(path) = std::env::var_os(CHILD) {
        return child(Path::new(&path));
    }
    let sizes = std::env::var("WIREFOLD_BENCH_SIZES").unwrap_or_else(|_| "10000,100000".to_owned());
    println!(
        "articles  fill/s  add 1,000 (s)  peak MB  again (s)  peak MB  bytes/article  where the fill's seconds went"
    );
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        measure(size);
    }
}

fn measure(size: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let phases = Phases::default();
    let mut filling = Duration::ZERO;
    let mut seed = 0;
    for start in (0..size).step_by(FILL) {
        let mut articles = Vec::new();
        while articles.len() < FILL.min(size - start) {
            articles.extend(corpus(seed, size));
            seed += 1;
        }
        filling += timed(&path, &articles, &phases);
    }
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    let (first, first_peak) = spawn(&path);
    let (again, again_peak) = spawn(&path);
    println!(
        "{size:8}  {:6.0}  {first:>13}  {first_peak:>7}  {again:>9}  {again_peak:>7}  {:13}  {}",
        size as f64 / filling.as_secs_f64(),
        bytes / size as u64,
        phases.told(),
    );
}

/// Invented news of one seed; with a window, seeds stand apart in time.
fn corpus(seed: u64, size: usize) -> Vec<Article> {
    let mut articles = news::corpus(seed, SEED);
    if window().is_some() {
        let seeds = (size / SEED).max(1) as i64;
        let later = seed as i64 * 365 * 86_400 / seeds;
        for at in articles
            .iter_mut()
            .filter_map(|article| article.published.at.as_mut())
        {
            at.seconds += later;
        }
    }
    timed_only(articles)
}

/// With a window those that have a time: without any an article is compared with all.
fn timed_only(mut articles: Vec<Article>) -> Vec<Article> {
    articles.retain(|article| window().is_none() || article.published.at.is_some());
    articles
}

fn window() -> Option<i64> {
    let days = std::env::var("WIREFOLD_BENCH_WINDOW").ok()?;
    let days: i64 = days.strip_suffix('d')?.parse().ok()?;
    Some(days * 86_400)
}

/// Other versions of what the archive has, and new articles.
fn batch() -> Vec<Article> {
    let mut articles = news::corpus(0, SEED)[..BATCH / 2].to_vec();
    for (number, article) in articles.iter_mut().enumerate() {
        article.body += &["\nA last line, added to version ", &number.to_string(), "."].concat();
        article.key = Key::of(None, None, None, Some("another version"), &article.body);
        article.id = article.key.to_string();
    }
    articles.extend(news::corpus(u64::MAX, BATCH / 2));
    timed_only(articles)
}

/// Adds the batch in a process of its own: its seconds, and its peak memory.
fn spawn(path: &Path) -> (String, String) {
    let output = Command::new(std::env::current_exe().expect("this bench"))
        .arg("--bench")
        .env(CHILD, path)
        .output()
        .expect("it runs");
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let (seconds, peak) = said.trim().split_once(' ').expect("two numbers");
    (seconds.to_owned(), peak.to_owned())
}

fn child(path: &Path) {
    let batch = batch();
    let taken = timed(path, &batch, &());
    println!("{:.2} {}", taken.as_secs_f64(), peak());
}

/// Seconds of each phase, in the order in which they came.
#[derive(Default)]
struct Phases(Mutex<Spent>);

#[derive(Default)]
struct Spent {
    now: Option<(Phase, Instant)>,
    spent: Vec<(Phase, Duration)>,
}

impl Spent {
    fn close(&mut self) {
        if let Some((phase, since)) = self.now.take() {
            match self.spent.iter_mut().find(|(known, _)| *known == phase) {
                Some((_, spent)) => *spent += since.elapsed(),
                None => self.spent.push((phase, since.elapsed())),
            }
        }
    }
}

impl Phases {
    fn told(&self) -> String {
        let mut spent = self.0.lock().expect("no thread broke off");
        spent.close();
        spent.spent.retain(|(phase, _)| *phase != Phase::Events);
        let told =
            |(phase, spent): &(Phase, Duration)| format!("{phase:?} {:.2}", spent.as_secs_f64());
        spent.spent.iter().map(told).collect::<Vec<_>>().join(", ")
    }
}

impl Progress for Phases {
    fn start(&self, phase: Phase, _: u64) {
        let mut spent = self.0.lock().expect("no thread broke off");
        spent.close();
        spent.now = Some((phase, Instant::now()));
    }

    fn advance(&self, _: u64) {}
}

/// What `wirefold add` does, but for reading and splitting.
fn timed(path: &Path, articles: &[Article], progress: &dyn Progress) -> Duration {
    let batches: Vec<_> = articles.chunks(256).map(news::batch).collect();
    let started = Instant::now();
    progress.start(Phase::Read, 0);
    let options = Options {
        window: window(),
        ..Options::default()
    };
    let mut archive = Archive::open(path, options).expect("opens");
    let mut incoming = Incoming::default();
    let ready: Vec<_> = batches.into_par_iter().map(prepared).collect();
    for batch in ready {
        incoming.take(Ok(batch)).expect("is taken");
    }
    archive.add(incoming, progress).expect("is added");
    let taken = started.elapsed();
    // what comes until the next addition is none of its phases
    progress.start(Phase::Events, 0);
    taken
}

/// Peak resident memory of this process in megabytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
