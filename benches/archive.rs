//! What an addition of 1,000 articles to a large archive costs, and what the archive weighs.
//!
//! `cargo bench --bench archive` makes archives of invented articles and adds to them; `WIREFOLD_BENCH_SIZES` names
//! their sizes (default `10000,100000`; `1000000` takes minutes and some gigabytes). Peak memory is that of the whole
//! process so far: sizes ascend, so that it is an upper bound.

#[path = "../tests/news/mod.rs"]
mod news;

use std::path::Path;
use std::time::{Duration, Instant};

use wirefold::article::Article;

/// Articles that are made and filled in at a time.
const FILL: usize = 20_000;

/// Articles of the addition that is measured.
const BATCH: usize = 1000;

fn main() {
    // cargo test runs benches, too, and wants nothing of this one
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let sizes = std::env::var("WIREFOLD_BENCH_SIZES").unwrap_or_else(|_| "10000,100000".to_owned());
    println!("articles  fill/s  add 1,000 (s)  again (s)  bytes/article  peak MB");
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        measure(size);
    }
}

fn measure(size: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut filling = Duration::ZERO;
    for (seed, start) in (0..).zip((0..size).step_by(FILL)) {
        let articles = news::corpus(seed, FILL.min(size - start));
        filling += timed(&path, &articles);
    }
    let batch = news::corpus(u64::MAX, BATCH);
    let first = timed(&path, &batch);
    let again = timed(&path, &batch);
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    println!(
        "{size:8}  {:6.0}  {:13.2}  {:9.2}  {:13}  {:7}",
        size as f64 / filling.as_secs_f64(),
        first.as_secs_f64(),
        again.as_secs_f64(),
        bytes / (size + BATCH) as u64,
        peak()
    );
}

fn timed(path: &Path, articles: &[Article]) -> Duration {
    let started = Instant::now();
    news::add(path, articles, None);
    started.elapsed()
}

/// Peak resident memory of this process in megabytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
