//! What must hold for any input: no panic, no result that depends on how it is cut, places that are true.

use std::io::{self, Read};

use proptest::prelude::*;
use wirefold::input::{Chunks, Kind, Options, Page, pages};

/// Gives bytes in pieces of a size.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.size.min(into.len()).min(self.bytes.len() - self.at);
        into[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn read(bytes: &[u8], size: usize, options: Options) -> (Vec<Page<'static>>, usize) {
    let pieces = Pieces {
        bytes: bytes.to_vec(),
        at: 0,
        size: size.max(1),
    };
    let (mut found, mut skipped) = (Vec::new(), 0);
    for chunk in Chunks::new(Box::new(pieces), "in", options) {
        match chunk {
            Ok(chunk) => {
                let paged = pages(&chunk, options.limits);
                skipped += paged.skipped.len();
                for page in paged.pages {
                    found.push(page.into_owned());
                }
            }
            Err(_) => skipped += 1,
        }
    }
    (found, skipped)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::fast())
        .read_to_end(&mut packed)
        .unwrap();
    packed
}

/// Pieces of every form.
const KNOWN: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\n",
    b"\r\n\r\n",
    b"\\u",
    b"\\ud800",
    b"\"title\"",
    b"\"text\": ",
    b"\"articles\": [",
    b"\"canonical\": {",
    b"\"copies\": [",
    b"NaN",
    b"<html>",
    b"<p>",
    b"</p>",
    b"<script>",
    b"<title>",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"<rss>",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"</rss>",
    b"&amp;",
    b"&#x1F600;",
    b"&l9;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"WARC/1.0\r\n",
    b"WARC-Type: response\r\n",
    b"WARC-Type: conversion\r\n",
    b"Content-Length: 12\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"ffffffffffffffff\r\n",
    b"Title: x\n",
    b"URL Source: y\n",
    b"Markdown Content:\n",
    b"[a](b",
    b"![",
    b"\x0c",
    b"\0",
    b"\x1f\x8b\x08\0",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1e",
    b"<meta charset=",
    b"\xe9",
    b"3 hours ago",
];

/// Pieces put together at random.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(
        prop_oneof![
            3 => prop::sample::select(KNOWN).prop_map(<[u8]>::to_vec),
            1 => prop::collection::vec(any::<u8>(), 0..12),
        ],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

fn kinds() -> impl Strategy<Value = Option<Kind>> {
    prop::sample::select(vec![
        None,
        None,
        Some(Kind::Text),
        Some(Kind::Json),
        Some(Kind::Html),
        Some(Kind::Feed),
        Some(Kind::Warc),
    ])
}

fn row() -> impl Strategy<Value = String> {
    (".{0,20}", "[a-z \\n\"é{}\\[\\]]{0,200}", any::<bool>()).prop_map(|(title, text, pretty)| {
        let row = serde_json::json!({"title": title, "n": [{"a": 1}], "text": text});
        if pretty {
            serde_json::to_string_pretty(&row).unwrap()
        } else {
            row.to_string()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics_and_pieces_do_not_matter(bytes in fragments(), size in 1usize..50, kind in kinds()) {
        let options = Options { kind, ..Options::default() };
        let whole = read(&bytes, usize::MAX, options);
        prop_assert_eq!(&read(&bytes, size, options), &whole);
        let packed = read(&gzip(&bytes), size, options);
        // what is itself a gzip file is unpacked twice either way
        prop_assert_eq!(&packed.0, &whole.0);
    }

    #[test]
    fn damaged_archives_do_not_panic(bytes in fragments(), at in any::<prop::sample::Index>(), flip in 1u8.., cut in any::<bool>()) {
        let mut packed = [gzip(&bytes), gzip(b"{\"text\": \"a\"}\n")].concat();
        let at = at.index(packed.len());
        if cut { packed.truncate(at) } else { packed[at] ^= flip }
        read(&packed, usize::MAX, Options::default());
    }

    #[test]
    fn the_block_size_never_changes_json(rows in prop::collection::vec(row(), 0..20), block in 1usize..2000, form in 0..3) {
        let text = match form {
            0 => rows.iter().map(|row| row.replace('\n', " ") + "\n").collect(),
            1 => format!("[{}]", rows.join(",\n")),
            _ => format!("{{\"status\": \"ok\", \"articles\": [{}], \"n\": 1}}", rows.join(", ")),
        };
        let (found, skipped) = read(text.as_bytes(), usize::MAX, Options { block, ..Options::default() });
        prop_assert_eq!(&(found.clone(), skipped), &read(text.as_bytes(), 7, Options::default()));
        for page in &found {
            let at = usize::try_from(page.place.offset).unwrap();
            prop_assert_eq!(text.as_bytes()[at], b'{');
            prop_assert_eq!(page.place.line as usize, text[..at].matches('\n').count() + 1);
        }
    }

    #[test]
    fn pages_of_text_stand_where_they_say(parts in prop::collection::vec("[a-z \\né]{0,60}", 0..12), block in 1usize..200) {
        let text = parts.join("\x0c");
        let (found, skipped) = read(text.as_bytes(), 5, Options { block, ..Options::default() });
        prop_assert_eq!(skipped, 0);
        let full: Vec<_> = parts.iter().filter(|part| !part.trim().is_empty()).collect();
        prop_assert_eq!(found.len(), full.len());
        for page in &found {
            let at = usize::try_from(page.place.offset).unwrap();
            prop_assert!(text[at..].starts_with(page.text.as_ref()));
            prop_assert_eq!(page.place.line as usize, text[..at].matches('\n').count() + 1);
        }
    }
}
