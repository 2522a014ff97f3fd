//! Records as crawlers write them, and what is wrong with some.

use crate::input::testing::{Found, gzip, read, read_with};
use crate::input::{Form, Limits, Options};

const ARTICLE: &str = "<!doctype html><html lang=en><head><title>Ferry stops | Harbour Post</title><meta property=og:type content=article>\
    <meta property=og:site_name content='Harbour Post'></head><body><h1>Ferry stops</h1><article><p>The ferry between the two harbours stopped on Sunday morning after \
    the crew found water in the engine room, and the operator said that it would stay in port for a week at least.</p><p>Passengers were \
    taken across by fishing boats, which the council paid for, and the mayor thanked the owners in a short speech on the quay.</p></article></body></html>";

fn record(kind: &str, uri: &str, content_type: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-08-17T03:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn response(uri: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    record(
        "response",
        uri,
        "application/http; msgtype=response",
        &block,
    )
}

fn archive() -> Vec<String> {
    vec![
        record("warcinfo", "", "application/warc-fields", "software: x\r\n"),
        response("https://h.example/a", ARTICLE),
        record(
            "request",
            "https://h.example/a",
            "application/http",
            "GET / HTTP/1.1\r\n\r\n",
        ),
        response("https://h.example/b", &ARTICLE.replace("Sunday", "Monday")),
    ]
}

fn check(found: &Found) {
    assert_eq!(found.pages.len(), 2, "{:?}", found.skipped);
    assert!(found.skipped.is_empty(), "{:?}", found.skipped);
    let page = &found.pages[0];
    assert_eq!(page.form, Form::Body);
    assert!(page.text.starts_with("The ferry between"));
    assert_eq!(page.record.title.as_deref(), Some("Ferry stops"));
    assert_eq!(page.record.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(page.record.url.as_deref(), Some("https://h.example/a"));
    assert_eq!(
        page.record.fetched.map(|at| at.to_string()).as_deref(),
        Some("2025-08-17T03:00:00Z")
    );
}

#[test]
fn responses_are_pages_with_their_address_and_time() {
    let archive = archive();
    let found = read(archive.concat());
    check(&found);
    assert_eq!(found.pages[0].place.offset as usize, archive[0].len());
    let small = Options {
        block: 1,
        ..Options::default()
    };
    assert_eq!(read_with(archive.concat(), small), found);
}

#[test]
fn a_gzip_member_a_record_and_gzip_in_gzip() {
    let members: Vec<u8> = archive().iter().flat_map(gzip).collect();
    check(&read(&members));
    check(&read(gzip(&members)));
}

#[test]
fn a_damaged_member_costs_one_record() {
    let mut members: Vec<Vec<u8>> = archive().iter().map(gzip).collect();
    let end = members[1].len();
    members[1][end - 5] ^= 0xff;
    let found = read(members.concat());
    assert!(
        found.failed()[0].contains("corrupt gzip"),
        "{:?}",
        found.skipped
    );
    assert!(found.texts().iter().any(|text| text.contains("Monday")));
    // a flipped byte in the middle of the data
    let mut members: Vec<Vec<u8>> = archive().iter().map(gzip).collect();
    let middle = members[1].len() / 2;
    members[1][middle] ^= 0x55;
    let found = read(members.concat());
    assert!(!found.failed().is_empty());
    assert!(found.texts().iter().any(|text| text.contains("Monday")));
}

#[test]
fn wet_conversions_are_dumps() {
    let found = read(record(
        "conversion",
        "https://h.example/a",
        "text/plain",
        "Ferry stops\nThe ferry stopped.",
    ));
    assert_eq!(found.texts(), ["Ferry stops\nThe ferry stopped."]);
    assert_eq!(found.pages[0].form, Form::Dump);
    assert!(found.pages[0].record.fetched.is_some());
}

#[test]
fn a_truncated_archive_is_told_and_what_stood_before_is_kept() {
    let whole = archive().concat();
    let found = read(&whole[..whole.len() - 100]);
    assert_eq!(found.pages.len(), 1);
    assert!(
        found.failed()[0].contains("truncated"),
        "{:?}",
        found.skipped
    );
    let packed = gzip(&whole);
    let found = read(&packed[..packed.len() - 20]);
    assert!(
        found.failed()[0].contains("truncated"),
        "{:?}",
        found.skipped
    );
    assert!(!found.pages.is_empty());
}

#[test]
fn a_wrong_length_is_told_and_its_neighbours_are_read() {
    for (right, wrong) in [(0, 7), (0, -7), (1, 500_000)] {
        let mut records = archive();
        let block = records[1].split_once("\r\n\r\n").unwrap().1.len() - 4;
        let length = if right == 0 {
            block as i64 + wrong
        } else {
            wrong
        };
        records[1] = records[1].replace(
            &format!("Content-Length: {block}"),
            &format!("Content-Length: {length}"),
        );
        let found = read(records.concat());
        assert_eq!(found.pages.len(), 2, "{wrong}: {:?}", found.skipped);
        assert!(
            found.failed()[0].contains("corrupt"),
            "{wrong}: {:?}",
            found.skipped
        );
    }
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    let mut records = archive();
    records.insert(1, response("https://h.example/big", &"x".repeat(200_000)));
    let options = Options {
        limits: Limits {
            record: 100_000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let found = read_with(records.concat(), options);
    assert_eq!(found.pages.len(), 2);
    assert!(found.bad()[0].contains("--max-record"));
}

#[test]
fn transfer_and_content_encodings_are_undone() {
    let packed = gzip(ARTICLE);
    let mut block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for piece in packed.chunks(100) {
        block.extend(format!("{:x}\r\n", piece.len()).as_bytes());
        block.extend(piece);
        block.extend(b"\r\n");
    }
    block.extend(b"0\r\n\r\n");
    let mut bytes = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    bytes.extend(&block);
    bytes.extend(b"\r\n\r\n");
    let found = read(&bytes);
    assert!(
        found.texts()[0].starts_with("The ferry between"),
        "{:?}",
        found.skipped
    );
}

#[test]
fn what_is_no_page_is_told() {
    let moved = record(
        "response",
        "https://h.example",
        "application/http",
        "HTTP/1.1 301 Moved\r\nLocation: x\r\n\r\n",
    );
    let picture = record(
        "response",
        "https://h.example",
        "application/http",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx",
    );
    let found = read([moved, picture].concat());
    assert_eq!(found.bad().len(), 2);
    assert!(found.failed().is_empty());
    let garbage = read(format!("{}garbage\r\n{}", archive()[1], archive()[3]));
    assert_eq!(garbage.pages.len(), 2);
    assert!(!garbage.failed().is_empty());
}
