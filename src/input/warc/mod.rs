//! WARC and WET → a chunk a record, and a record → its page, with its address and the time of its fetching.
//!
//! Only records that hold pages are kept; the others are passed over unread. What is announced and what stands
//! there are compared: a truncated archive and a wrong `Content-Length` are told.

mod http;

use std::borrow::Cow;

use super::chunks::{Cut, Cutter, Options};
use super::lines::too_large;
use super::moment::moment;
use super::stream::Stream;
use super::{
    Chunk, Form, Kind, Limits, Page, Paged, Record, Warning, bad_record, encoding, feed, html,
    json, sniff,
};
use crate::article::{Place, SkipReason, Skipped};

/// Longest header of a record.
const LONGEST_HEAD: usize = 64 << 10;

/// Bytes passed over or searched in one go.
const STEP: usize = 256 << 10;

/// Cuts at records.
#[derive(Default)]
pub(super) struct Records {
    /// To be told behind the record that was just given.
    waiting: Option<Skipped>,
}

impl Cutter for Records {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        if let Some(skipped) = self.waiting.take() {
            return Some(Err(skipped));
        }
        loop {
            stream.fill(STEP);
            let blanks = stream
                .held()
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            if blanks > 0 {
                stream.skip(blanks);
                continue;
            }
            if stream.held().is_empty() {
                return None;
            }
            let Some(head) = head_length(stream.held()) else {
                match out_of_step(stream) {
                    Some(skipped) => return Some(Err(skipped)),
                    None => continue,
                }
            };
            match self.record(stream, options, head) {
                Step::Passed => {}
                Step::Cut(cut) => return Some(cut),
                Step::Ended => return None,
            }
        }
    }
}

/// What became of a record.
enum Step {
    Passed,
    Cut(Result<Chunk, Skipped>),
    Ended,
}

impl Records {
    fn record(&mut self, stream: &mut Stream, options: &Options, head: usize) -> Step {
        let place = stream.place();
        let header = Header::of(stream.held().get(..head).unwrap_or_default());
        let length = header
            .get("content-length")
            .and_then(|text| text.parse::<u64>().ok());
        let wanted = header.get("warc-type").is_some_and(|kind| {
            matches!(
                kind.to_ascii_lowercase().as_str(),
                "response" | "resource" | "conversion"
            )
        });
        let Some(length) = length else {
            return self.found(stream, options, head, wanted, "announces no length");
        };
        if !wanted || length > options.limits.record {
            stream.skip(head);
            let missing = pass(stream, length);
            if missing > 0 {
                return truncated(stream, &place, length, length - missing);
            }
            if wanted {
                return Step::Cut(Err(too_large(&place, options.limits.record)));
            }
            return Step::Passed;
        }
        let end = head + length as usize;
        // what follows tells whether the length is true
        stream.fill(end + 16);
        if stream.held().len() < end {
            // cut short, or a length that is too great: what follows the next header is a record all the same
            if next_header(stream.held(), head).is_some() && !stream.faulty() {
                return self.found(
                    stream,
                    options,
                    head,
                    wanted,
                    "announces more bytes than it has",
                );
            }
            let there = stream.held().len() - head;
            return truncated(stream, &place, length, there as u64);
        }
        let follows = stream.held().get(end..).unwrap_or_default();
        let rest = follows.trim_ascii_start();
        if rest.is_empty() || (rest.starts_with(b"WARC/") && rest.len() < follows.len()) {
            let (place, bytes) = stream.take(end);
            return Step::Cut(Ok(Chunk::new(place, Kind::Warc, bytes)));
        }
        self.found(
            stream,
            options,
            head,
            wanted,
            "announces another length than it has",
        )
    }

    /// A record whose length is wrong: up to the next header. Told, and read.
    fn found(
        &mut self,
        stream: &mut Stream,
        options: &Options,
        head: usize,
        wanted: bool,
        what: &str,
    ) -> Step {
        let mut from = head;
        let end = loop {
            if let Some(end) = next_header(stream.held(), from) {
                break end;
            }
            let held = stream.held().len();
            if stream.drained() || held as u64 > options.limits.record {
                break held;
            }
            from = held.saturating_sub(16).max(head);
            stream.fill(held + STEP);
        };
        let text = format!("corrupt: a WARC record {what}; it was read up to the next record");
        let skipped = Skipped {
            place: stream.place(),
            reason: SkipReason::Input(text),
        };
        let (place, bytes) = stream.take(end);
        if !wanted {
            return Step::Cut(Err(skipped));
        }
        self.waiting = Some(skipped);
        Step::Cut(Ok(Chunk::new(place, Kind::Warc, bytes)))
    }
}

/// Passes bytes over; gives how many were missing.
fn pass(stream: &mut Stream, length: u64) -> u64 {
    let mut left = length;
    while left > 0 {
        stream.fill(STEP);
        let count = (stream.held().len() as u64).min(left);
        if count == 0 {
            return left;
        }
        stream.skip(count as usize);
        left -= count;
    }
    0
}

fn truncated(stream: &mut Stream, place: &Place, length: u64, there: u64) -> Step {
    let held = stream.held().len();
    let faulty = stream.faulty();
    stream.skip(held);
    if faulty {
        // the fault of the compressed stream says it
        return Step::Ended;
    }
    let text = format!(
        "truncated: a WARC record announces {length} bytes and {there} are there; the records before are kept; fetch the file again"
    );
    Step::Cut(Err(Skipped {
        place: place.clone(),
        reason: SkipReason::Input(text),
    }))
}

/// No header stands here: passes over what does, to the next one.
fn out_of_step(stream: &mut Stream) -> Option<Skipped> {
    let place = stream.place();
    loop {
        if let Some(end) = next_header(stream.held(), 0) {
            stream.skip(end);
            break;
        }
        let held = stream.held().len();
        if stream.drained() {
            let faulty = stream.faulty();
            stream.skip(held);
            if faulty {
                return None;
            }
            break;
        }
        stream.skip(held.saturating_sub(16));
        stream.fill(STEP);
    }
    let text = "corrupt: something that is no WARC record was passed over; fetch the file again";
    Some(Skipped {
        place,
        reason: SkipReason::Input(text.to_owned()),
    })
}

/// The length of the header that stands at the start, with the blank line behind it.
fn head_length(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"WARC/") {
        return None;
    }
    let bytes = bytes.get(..bytes.len().min(LONGEST_HEAD))?;
    blank_line(bytes)
}

/// Where the first blank line ends.
fn blank_line(bytes: &[u8]) -> Option<usize> {
    let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4);
    let before = bytes.get(..crlf.unwrap_or(bytes.len()))?;
    let lf = memchr::memmem::find(before, b"\n\n").map(|at| at + 2);
    lf.or(crlf)
}

/// Where the next header stands on a line of its own.
fn next_header(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memmem::find(rest, b"\nWARC/1.").map(|at| from + at + 1)
}

/// The named fields of a header, WARC's or HTTP's.
struct Header<'a> {
    fields: Vec<(String, &'a str)>,
}

impl<'a> Header<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let lines = bytes.split(|byte| *byte == b'\n');
        let fields = lines
            .filter_map(|line| {
                let line = std::str::from_utf8(line).ok()?;
                let (name, value) = line.split_once(':')?;
                Some((name.trim().to_ascii_lowercase(), value.trim()))
            })
            .collect();
        Self { fields }
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }
}

/// The pages of one record.
pub(super) fn pages(chunk: &Chunk, limits: Limits) -> Paged<'static> {
    let mut paged = Paged::default();
    let bytes = chunk.bytes.as_slice();
    let head = head_length(bytes).unwrap_or(0);
    let header = Header::of(bytes.get(..head).unwrap_or_default());
    let block = bytes.get(head..).unwrap_or_default();
    let own = |name: &str| header.get(name).map(|text| Cow::Owned(text.to_owned()));
    let record = Record {
        id: own("warc-record-id"),
        url: own("warc-target-uri"),
        fetched: header.get("warc-date").and_then(moment),
        partial: header.get("warc-truncated").is_some(),
        ..Record::default()
    };
    let kind = header.get("content-type").unwrap_or_default();
    let is_http = kind.starts_with("application/http") || block.starts_with(b"HTTP/");
    if !is_http {
        payload(block, charset(kind), record, chunk, &mut paged);
        return paged;
    }
    match http::response(block, limits) {
        Ok((kind, body)) => payload(&body, charset(&kind), record, chunk, &mut paged),
        Err(text) => paged.skipped.push(bad_record(&chunk.place, text)),
    }
    paged
}

/// `text/html; charset=utf-8` → `utf-8`.
fn charset(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().find("charset=")?;
    let label = kind.get(at + 8..)?.split(';').next()?;
    Some(label.trim().trim_matches(['"', '\'']))
}

/// What a record brings: HTML, a feed, JSON, or the text of a page.
fn payload(
    bytes: &[u8],
    charset: Option<&str>,
    record: Record<'static>,
    chunk: &Chunk,
    paged: &mut Paged<'static>,
) {
    let place = &chunk.place;
    let form = sniff::form(bytes);
    let (text, damaged, encoding) = encoding::document(bytes, charset);
    if damaged {
        paged
            .warnings
            .push(Warning::damaged(place.clone(), encoding));
    }
    match form {
        sniff::Form::Foreign(what) => {
            let text = format!("a WARC record that holds {what}: only pages of text are read");
            paged.skipped.push(bad_record(place, text));
        }
        sniff::Form::Blank => {
            let text = "a WARC record without content: nothing to read in it".to_owned();
            paged.skipped.push(bad_record(place, text));
        }
        sniff::Form::Other(Kind::Html) => html::page(&text, place, record, paged),
        sniff::Form::Other(Kind::Feed) => feed::pages(&text, place, paged),
        sniff::Form::Lines | sniff::Form::Values => json::document(&text, place, paged),
        sniff::Form::Other(_) => paged.pages.push(Page {
            place: place.clone(),
            record,
            form: Form::Dump,
            text: Cow::Owned(text.into_owned()),
        }),
    }
}

#[cfg(test)]
mod tests;
