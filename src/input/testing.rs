//! Reads bytes as the program does, for the tests of this folder.

use std::io::{Cursor, Read, Write};

use super::{Chunks, Options, Page, Warning, pages};
use crate::article::{SkipReason, Skipped};

/// All that an input gives.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) pages: Vec<Page<'static>>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) warnings: Vec<Warning>,
}

impl Found {
    /// The messages of inputs that failed.
    pub(super) fn failed(&self) -> Vec<&str> {
        self.messages(true)
    }

    /// The messages of single bad records.
    pub(super) fn bad(&self) -> Vec<&str> {
        self.messages(false)
    }

    fn messages(&self, input: bool) -> Vec<&str> {
        self.skipped
            .iter()
            .filter(|skipped| matches!(skipped.reason, SkipReason::Input(_)) == input)
            .map(|skipped| skipped.reason.message())
            .collect()
    }

    /// The texts of the pages.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.pages.iter().map(|page| page.text.as_ref()).collect()
    }

    /// Offset and line of each page.
    pub(super) fn places(&self) -> Vec<(u64, u64)> {
        self.pages
            .iter()
            .map(|page| (page.place.offset, page.place.line))
            .collect()
    }
}

pub(super) fn read(bytes: impl AsRef<[u8]>) -> Found {
    read_with(bytes, Options::default())
}

pub(super) fn read_with(bytes: impl AsRef<[u8]>, options: Options) -> Found {
    read_from(Box::new(Cursor::new(bytes.as_ref().to_vec())), options)
}

pub(super) fn read_from(reader: Box<dyn Read + Send>, options: Options) -> Found {
    let mut found = Found::default();
    let mut chunks = Chunks::new(reader, "in", options);
    for chunk in chunks.by_ref() {
        match chunk {
            Ok(chunk) => {
                let paged = pages(&chunk, options.limits);
                for page in paged.pages {
                    found.pages.push(page.into_owned());
                }
                found.skipped.extend(paged.skipped);
                found.warnings.extend(paged.warnings);
            }
            Err(skipped) => found.skipped.push(skipped),
        }
    }
    found.warnings.extend(chunks.take_warnings());
    found
}

pub(super) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}
