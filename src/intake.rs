//! Chunks → articles, in parallel and in order: the loop that every command reads its inputs with.
//!
//! One thread reads chunks and takes results; those of the pool make pages, split them and do the caller's work on the
//! articles.
//! What comes out is the same for any number of threads.

use std::collections::BTreeMap;
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
    /// Threads that work beside the caller's, which are those of its pool: twice as many chunks are under way. With 0 and 1
    /// the caller's own thread does all.
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
    // the pool's own threads do it: what they have allocated and looked up serves the stages behind, too
    if settings.threads < 2 || rayon::current_num_threads() < 2 {
        for chunk in chunks {
            take(chunk.map(|chunk| made(chunk, settings, work)))?;
        }
        return Ok(());
    }
    rayon::in_place_scope(|scope| {
        let (done, results) = channel::<(u64, Option<T>)>();
        let mut line = Line {
            results,
            next: 0,
            ready: BTreeMap::new(),
            open: 0,
        };
        for (number, chunk) in (0..).zip(chunks) {
            match chunk {
                Ok(chunk) => {
                    let job = Job {
                        number,
                        done: done.clone(),
                        made: None,
                    };
                    scope.spawn(move |_| job.run(chunk, settings, work));
                    line.open += 1;
                }
                Err(skipped) => {
                    line.ready.insert(number, Err(skipped));
                }
            }
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

/// A chunk that is worked on. Its end is told whatever happens, or a panic would be waited for.
struct Job<T> {
    number: u64,
    done: Sender<(u64, Option<T>)>,
    made: Option<T>,
}

impl<T> Job<T> {
    fn run(mut self, chunk: Chunk, settings: &Settings, work: &(dyn Fn(Batch) -> T + Sync)) {
        self.made = Some(made(chunk, settings, work));
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        // nobody listens any more where `take` has failed
        let _ = self.done.send((self.number, self.made.take()));
    }
}

/// Jobs under way and results that wait for their turn.
struct Line<T> {
    results: Receiver<(u64, Option<T>)>,
    next: u64,
    ready: BTreeMap<u64, Result<T, Skipped>>,
    open: usize,
}

impl<T> Line<T> {
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
            // without a result its job has panicked, which the scope passes on
            let Ok((number, Some(result))) = self.results.recv() else {
                return Ok(());
            };
            self.open -= 1;
            self.ready.insert(number, Ok(result));
        }
    }
}
