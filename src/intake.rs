//! Chunks → articles, in parallel and in order: the loop that every command reads its inputs with.
//!
//! One thread reads chunks and takes results; workers make pages, split them and do the caller's work on the articles.
//! What comes out is the same for any number of threads.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::article::{Article, Skipped};
use crate::buffers;
use crate::input::{Chunk, Limits, Warning, pages};
use crate::split::{self, Owner, split};

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Bounds on what one input may make us hold or do.
    pub limits: Limits,
    /// What splitting depends on.
    pub split: split::Settings,
    /// Worker threads; 0 and 1 both mean none besides the caller's.
    pub threads: usize,
}

/// What one chunk gave.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Its articles, in the order of the input.
    pub articles: Vec<Article>,
    /// What gave no article.
    pub skipped: Vec<Skipped>,
    /// What should be told.
    pub warnings: Vec<Warning>,
    /// Pages and records read.
    pub pages: u64,
    /// Lines of page furniture set aside.
    pub furniture: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// Splits all pages of a chunk.
pub fn batch(chunk: &Chunk, settings: &Settings) -> Batch {
    let paged = pages(chunk, settings.limits);
    let mut batch = Batch {
        skipped: paged.skipped,
        warnings: paged.warnings,
        bytes: chunk.bytes.len() as u64,
        ..Batch::default()
    };
    for mut page in paged.pages {
        if let Some(exported) = page.record.exported.take() {
            batch.pages += exported.pages;
            batch.furniture += exported.furniture;
            batch.articles.extend(exported.articles);
            batch.skipped.extend(exported.skipped);
            continue;
        }
        let page = &page;
        let split = split(page, &settings.split);
        batch.pages += 1;
        batch.furniture += split
            .owners
            .iter()
            .filter(|owner| matches!(owner, Owner::Furniture))
            .count() as u64;
        batch.articles.extend(split.articles);
        batch.skipped.extend(split.skipped);
    }
    batch
}

/// Reads all `chunks`; `work` makes of each batch what `take` wants, in any thread; `take` gets it in the order of the
/// input, or what gave no chunk.
///
/// # Errors
/// The first one that `take` returns; nothing is read after it.
pub fn read<T: Send, E>(
    chunks: &mut dyn Iterator<Item = Result<Chunk, Skipped>>,
    settings: &Settings,
    work: &(dyn Fn(Batch) -> T + Sync),
    take: &mut dyn FnMut(Result<T, Skipped>) -> Result<(), E>,
) -> Result<(), E> {
    if settings.threads < 2 {
        for chunk in chunks {
            take(chunk.map(|chunk| made(chunk, settings, work)))?;
        }
        return Ok(());
    }
    let (jobs, queue) = channel::<(u64, Chunk)>();
    let (done, results) = channel::<(u64, T)>();
    let queue = Mutex::new(queue);
    std::thread::scope(|scope| {
        for _ in 0..settings.threads {
            let done = done.clone();
            let queue = &queue;
            scope.spawn(move || serve(queue, &done, settings, work));
        }
        drop(done);
        let mut line = Line {
            jobs,
            results,
            next: 0,
            ready: BTreeMap::new(),
            open: 0,
        };
        for (number, chunk) in (0..).zip(chunks) {
            line.put(number, chunk);
            line.drain(2 * settings.threads, take)?;
        }
        line.drain(0, take)
    })
}

/// What the caller makes of a chunk, whose buffer is free then.
fn made<T>(chunk: Chunk, settings: &Settings, work: &(dyn Fn(Batch) -> T + Sync)) -> T {
    let made = work(batch(&chunk, settings));
    buffers::give(chunk.bytes);
    made
}

/// A worker: does jobs until there are none.
fn serve<T>(
    queue: &Mutex<Receiver<(u64, Chunk)>>,
    done: &Sender<(u64, T)>,
    settings: &Settings,
    work: &(dyn Fn(Batch) -> T + Sync),
) {
    loop {
        let job = match queue.lock() {
            Ok(queue) => queue.recv(),
            Err(_) => return,
        };
        let Ok((number, chunk)) = job else { return };
        if done.send((number, made(chunk, settings, work))).is_err() {
            return;
        }
    }
}

/// Jobs under way and results that wait for their turn.
struct Line<T> {
    jobs: Sender<(u64, Chunk)>,
    results: Receiver<(u64, T)>,
    next: u64,
    ready: BTreeMap<u64, Result<T, Skipped>>,
    open: usize,
}

impl<T> Line<T> {
    fn put(&mut self, number: u64, chunk: Result<Chunk, Skipped>) {
        match chunk {
            Ok(chunk) => {
                // the workers outlive the line: they stop only when `jobs` is gone
                if self.jobs.send((number, chunk)).is_ok() {
                    self.open += 1;
                }
            }
            Err(skipped) => {
                self.ready.insert(number, Err(skipped));
            }
        }
    }

    /// Hands out what is ready, and waits until at most `most` jobs are open.
    fn drain<E>(
        &mut self,
        most: usize,
        take: &mut dyn FnMut(Result<T, Skipped>) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            while let Some(result) = self.ready.remove(&self.next) {
                self.next += 1;
                take(result)?;
            }
            if self.open <= most {
                return Ok(());
            }
            let Ok((number, result)) = self.results.recv() else {
                return Ok(());
            };
            self.open -= 1;
            self.ready.insert(number, Ok(result));
        }
    }
}
