//! Inputs of any size are read in bounded memory, and records over the limit cost only themselves.
//!
//! The readers here make their bytes as they are asked for; what is held at most is counted by the allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{self, Read};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use wirefold::article::SkipReason;
use wirefold::input::{Chunks, Limits, Options, pages};

/// Counts what is allocated, and the most of it.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
/// One measurement at a time.
static TURN: Mutex<()> = Mutex::new(());

// SAFETY: all calls go to the system's allocator unchanged; only sizes are counted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What reading gave, and the most bytes that it held.
struct Outcome {
    pages: usize,
    bad: usize,
    failed: usize,
    held: usize,
}

fn read(reader: impl Read + Send + 'static, limit: u64) -> Outcome {
    read_in_blocks(reader, limit, Options::default().block)
}

fn read_in_blocks(reader: impl Read + Send + 'static, limit: u64, block: usize) -> Outcome {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let options = Options {
        limits: Limits {
            record: limit,
            ..Limits::default()
        },
        block,
        ..Options::default()
    };
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let (mut found, mut skipped) = (0, Vec::new());
    for chunk in Chunks::new(Box::new(reader), "in", options) {
        match chunk {
            Ok(chunk) => {
                let paged = pages(&chunk, options.limits);
                found += paged.pages.len();
                skipped.extend(paged.skipped);
            }
            Err(error) => skipped.push(error),
        }
    }
    let failed = skipped
        .iter()
        .filter(|skipped| matches!(skipped.reason, SkipReason::Input(_)))
        .count();
    Outcome {
        pages: found,
        bad: skipped.len() - failed,
        failed,
        held: MOST.load(Ordering::Relaxed) - before,
    }
}

/// A head, one byte so many times, a tail.
fn long(head: &str, byte: u8, times: u64, tail: &str) -> impl Read + Send + 'static {
    io::Cursor::new(head.to_owned().into_bytes())
        .chain(io::repeat(byte).take(times))
        .chain(io::Cursor::new(tail.to_owned().into_bytes()))
}

const LIMIT: u64 = 1 << 20;
const HUGE: u64 = 48 << 20;

#[test]
fn a_huge_record_of_any_kind_costs_only_itself() {
    let row = "{\"title\": \"T\", \"text\": \"A short text.\"}";
    let page = "A page\nwith two lines\n";
    let record = |length: u64| {
        format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {length}\r\n\r\n")
    };
    let short = format!("{}{}\r\n\r\n", record(10), "0123456789");
    for (what, head, byte, tail, pages) in [
        (
            "a JSON line",
            format!("{row}\n{{\"text\": \""),
            b'x',
            format!("\"}}\n{row}\n"),
            2,
        ),
        (
            "an element",
            format!("[{row},\n{{\"text\": \""),
            b'x',
            format!("\"}},\n{row}]\n"),
            2,
        ),
        (
            "a page",
            format!("{page}\x0c"),
            b'x',
            format!("\x0c{page}"),
            2,
        ),
        (
            "a document",
            "<html><body><p>".to_owned(),
            b'x',
            format!("</html><html><p>{page}</html>"),
            1,
        ),
        (
            "a WARC record",
            format!("{short}{}", record(HUGE)),
            b'x',
            format!("\r\n\r\n{short}"),
            2,
        ),
    ] {
        for block in [64 << 10, Options::default().block] {
            let outcome = read_in_blocks(long(&head, byte, HUGE, &tail), LIMIT, block);
            assert_eq!(
                (outcome.pages, outcome.bad, outcome.failed),
                (pages, 1, 0),
                "{what} in blocks of {block} bytes"
            );
            assert!(
                outcome.held < 16 << 20,
                "{what}: {} bytes held",
                outcome.held
            );
        }
    }
}

#[test]
fn memory_does_not_grow_with_the_number_of_records() {
    /// Says a text again and again.
    struct Again {
        text: Vec<u8>,
        at: usize,
        left: usize,
    }
    impl Read for Again {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.at == self.text.len() {
                if self.left == 0 {
                    return Ok(0);
                }
                self.left -= 1;
                self.at = 0;
            }
            let count = into.len().min(self.text.len() - self.at);
            into[..count].copy_from_slice(&self.text[self.at..self.at + count]);
            self.at += count;
            Ok(count)
        }
    }
    let words = "words of a page ".repeat(60);
    for text in [
        format!("{{\"title\": \"T\", \"text\": \"{words}\"}}\n"),
        format!("A page\n{words}\n\x0c"),
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {}\r\n\r\n{words}\r\n\r\n",
            words.len()
        ),
    ] {
        let times = (24 << 20) / text.len();
        let again = Again {
            at: text.len(),
            left: times,
            text: text.clone().into_bytes(),
        };
        let outcome = read(again, LIMIT);
        assert_eq!(
            (outcome.pages, outcome.bad, outcome.failed),
            (times, 0, 0),
            "{text}"
        );
        assert!(
            outcome.held < 12 << 20,
            "{text}: {} bytes held",
            outcome.held
        );
    }
}

#[test]
fn deep_nesting_is_read_as_lines() {
    for html in [
        format!("<html><body>{}deep text", "<div>".repeat(100_000)),
        format!(
            "<html><body>{}deep text{}",
            "<b><i>".repeat(50_000),
            "</i></b>".repeat(50_000)
        ),
        format!(
            "<html><body><table>{}deep text",
            "<tr><td><table>".repeat(30_000)
        ),
    ] {
        let outcome = read(io::Cursor::new(html.into_bytes()), 64 << 20);
        assert_eq!((outcome.pages, outcome.failed), (1, 0));
    }
    let nested = format!(
        "{{\"text\": {}1{}}}\n{{\"text\": \"b\"}}\n",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let outcome = read(io::Cursor::new(nested.into_bytes()), 64 << 20);
    assert_eq!((outcome.pages, outcome.bad), (1, 1));
}
