//! What the JSON of each archive is read as.

use crate::input::testing::{read, read_with};
use crate::input::{Form, Limits, Options, Record};

fn record(row: &str) -> Record<'static> {
    let found = read(row);
    assert_eq!(found.pages.len(), 1, "{row}: {:?}", found.skipped);
    found.pages.into_iter().next().unwrap().record
}

#[test]
fn a_row_of_the_common_kind() {
    let found = read(
        "{\"id\": \"a1\", \"title\": \"Ferry stops\", \"text\": \"The ferry stopped.\\nIt sank.\", \"publisher\": \"Coast Post\", \"published\": \"2025-08-17\"}\n\
         {\"id\": 7, \"headline\": \"Next\", \"body\": \"Text.\"}\n",
    );
    assert_eq!(found.texts(), ["The ferry stopped.\nIt sank.", "Text."]);
    assert_eq!(found.places(), [(0, 1), (131, 2)]);
    let first = &found.pages[0];
    assert_eq!(first.form, Form::Body);
    assert_eq!(first.record.id.as_deref(), Some("a1"));
    assert_eq!(first.record.title.as_deref(), Some("Ferry stops"));
    assert_eq!(first.record.publisher.as_deref(), Some("Coast Post"));
    assert_eq!(first.record.published.as_deref(), Some("2025-08-17"));
    assert_eq!(found.pages[1].record.id.as_deref(), Some("7"));
    assert_eq!(found.pages[1].record.title.as_deref(), Some("Next"));
}

#[test]
fn source_is_an_address_a_name_or_an_object_by_its_shape() {
    let trafilatura = record(
        r#"{"title": "T", "source": "https://coast.example/a", "source-hostname": "Coast Post", "hostname": "coast.example", "date": "2025-08-17", "filedate": "2025-08-18", "text": "B"}"#,
    );
    assert_eq!(trafilatura.url.as_deref(), Some("https://coast.example/a"));
    assert_eq!(trafilatura.publisher.as_deref(), Some("Coast Post"));
    assert_eq!(trafilatura.published.as_deref(), Some("2025-08-17"));
    assert_eq!(
        trafilatura.fetched.map(|at| at.to_string()).as_deref(),
        Some("2025-08-18")
    );
    let mediastack = record(
        r#"{"title": "T", "source": "Coast Post", "description": "D", "url": "https://c.example"}"#,
    );
    assert_eq!(mediastack.publisher.as_deref(), Some("Coast Post"));
    assert!(mediastack.partial);
    let news_api = record(
        r#"{"source": {"id": null, "name": "Coast Post"}, "title": "Ferry - stops - Coast Post", "content": "Cut te… [+1798 chars]"}"#,
    );
    assert_eq!(news_api.publisher.as_deref(), Some("Coast Post"));
    assert_eq!(news_api.title.as_deref(), Some("Ferry - stops"));
    assert!(news_api.partial);
}

#[test]
fn the_date_of_a_web_crawl_is_when_it_was_fetched() {
    let row = record(
        r#"{"text": "B", "id": "<urn:uuid:1>", "dump": "CC-2025", "url": "https://c.example", "date": "2025-08-17T03:00:00Z", "file_path": "s3://x", "language": "en", "language_score": 0.9, "token_count": 12}"#,
    );
    assert_eq!(row.published, None);
    assert!(row.fetched.is_some());
    let nested = record(
        r#"{"text": "B", "id": "1", "metadata": {"url": "https://c.example", "date": "2025-08-17T03:00:00Z", "dump": "CC-2025"}}"#,
    );
    assert_eq!(
        (nested.published, nested.url.as_deref()),
        (None, Some("https://c.example"))
    );
    assert!(
        record(r#"{"text": "B", "timestamp": "2025-08-17T03:00:00Z", "url": "https://c.example"}"#)
            .fetched
            .is_some()
    );
}

#[test]
fn envelopes_give_their_rows() {
    for envelope in [
        r#"{"status": "ok", "articles": [{"title": "A", "content": "a"}, {"title": "B", "content": "b"}]}"#,
        r#"{"articles": {"results": [{"title": "A", "body": "a"}, {"title": "B", "body": "b"}], "count": 2}}"#,
        r#"{"response": {"results": [{"webTitle": "A", "fields": {"bodyText": "a"}}, {"webTitle": "B", "fields": {"bodyText": "b"}}]}}"#,
        r#"[{"title": "A", "text": "a"}, {"title": "B", "text": "b"}]"#,
        r#"{"hits": {"hits": [{"_source": {"title": "A", "text": "a"}}, {"_source": {"title": "B", "text": "b"}}]}}"#,
    ] {
        assert_eq!(read(envelope).texts(), ["a", "b"], "{envelope}");
    }
}

#[test]
fn bodies_in_parts_are_joined() {
    let fundus = read(
        r#"{"title": "T", "body": {"summary": ["S"], "sections": [{"headline": ["H"], "paragraphs": ["P1", "P2"]}]}, "authors": ["A. Bee", {"name": "C. Dee"}]}"#,
    );
    assert_eq!(fundus.texts(), ["S\nH\nP1\nP2"]);
    assert_eq!(
        fundus.pages[0].record.author.as_deref(),
        Some("A. Bee, C. Dee")
    );
}

#[test]
fn what_we_print_is_read_back() {
    let article = r#"{"id": "00000000000000ff", "key": "00000000000000ff", "source": "https://not.the/url", "offset": 0, "line": 1, "seen": [], "url": null, "role": "related", "title": "T", "publisher": "P", "byline": "A. Bee", "language": "en", "published": null, "published_raw": "3 hours ago", "published_unit": "hour", "fetched": null, "agency": "Reuters", "agency_evidence": "dateline", "agency_known": true, "dateline": "LONDON", "body": "B", "words": 1, "partial": true, "digest": false, "weak": null}"#;
    let row = record(article);
    assert_eq!((row.id, row.url), (None, None));
    assert_eq!(row.published.as_deref(), Some("3 hours ago"));
    assert!(row.partial);
    assert_eq!(row.role, Some(crate::article::Role::Related));
    let credit = row.credit.unwrap();
    assert_eq!(credit.dateline.as_deref(), Some("LONDON"));
    assert!(credit.known);
    let story = format!(
        r#"{{"id": "1", "event": null, "title": "T", "canonical": {article}, "origin": {{}}, "copies": [{article}]}}"#
    );
    assert_eq!(read(&story).pages.len(), 2);
    let report = format!(
        r#"{{"wirefold": "0.1.0", "summary": {{}}, "stories": [{story}], "events": [], "headlines": [{article}], "skipped": []}}"#
    );
    assert_eq!(read(&report).pages.len(), 3);
}

#[test]
fn a_bad_line_is_told_and_its_neighbours_are_kept() {
    let found = read("{\"text\": \"a\"}\n{\"text\": \"b\n\n[1]\n{\"x\": 1}\n{\"text\": \"c\"}");
    assert_eq!(found.texts(), ["a", "c"]);
    let bad = found.bad();
    assert_eq!(bad.len(), 3, "{bad:?}");
    assert!(bad[0].contains("no valid JSON") || bad[0].contains("cut in half"));
    assert_eq!(found.skipped[0].place.line, 2);
    assert!(found.failed().is_empty());
}

#[test]
fn a_line_over_the_limit_is_passed_over() {
    let options = Options {
        limits: Limits {
            record: 1000,
            ..Limits::default()
        },
        block: 64,
        ..Options::default()
    };
    let long = format!("{{\"text\": \"{}\"}}", "x".repeat(5000));
    let found = read_with(
        format!("{{\"text\": \"a\"}}\n{long}\n{{\"text\": \"c\"}}\n"),
        options,
    );
    assert_eq!(found.texts(), ["a", "c"]);
    assert!(found.bad()[0].contains("--max-record"), "{:?}", found.bad());
    assert_eq!(found.pages[1].place.line, 3);
}

#[test]
fn the_block_size_never_changes_what_is_read() {
    let rows: Vec<String> = (0..40)
        .map(|n| format!("{{\"id\": {n}, \"text\": \"{}\"}}", "é\\n".repeat(n)))
        .collect();
    let rows = rows.join("\n");
    let whole = read(&rows);
    for block in [1, 7, 64, 300, 4096] {
        assert_eq!(
            read_with(
                &rows,
                Options {
                    block,
                    ..Options::default()
                }
            ),
            whole,
            "{block}"
        );
    }
}

#[test]
fn documents_of_any_shape_are_cut_as_they_stream_by() {
    let article =
        |n: u32| format!("{{\n  \"title\": \"T{n}\",\n  \"text\": \"{{[\\\"]}} {n}\"\n }}");
    let all: Vec<String> = (0..30).map(article).collect();
    let texts: Vec<String> = (0..30).map(|n| format!("{{[\"]}} {n}")).collect();
    let list = all.join(",\n");
    for document in [
        format!("[\n{list}\n]\n"),
        all.join("\n"),
        all.concat(),
        format!(
            "{{\"status\": \"ok\", \"more\": {{\"a\": [{{}}]}}, \"articles\": [\n{list}\n], \"z\": [{{\"text\": \"no\"}}]}}"
        ),
        format!("{{\"articles\": {{\"page\": 1, \"results\": [\n{list}\n]}}}}\n"),
        format!(
            "{{\"wirefold\": \"0\",\n\"stories\": [], \"headlines\": [{list}], \"skipped\": [{{\"source\": \"x\"}}]}}"
        ),
    ] {
        let whole = read(&document);
        assert_eq!(whole.texts(), texts, "{document}");
        assert!(whole.skipped.is_empty(), "{:?}", whole.skipped);
        for (page, n) in whole.pages.iter().zip(0..) {
            let at = page.place.offset as usize;
            assert!(document[at..].starts_with(&article(n)), "{document}");
            assert_eq!(
                page.place.line as usize,
                document[..at].matches('\n').count() + 1
            );
        }
        for block in [1, 10, 100, 1000] {
            let options = Options {
                block,
                ..Options::default()
            };
            assert_eq!(read_with(&document, options), whole);
        }
    }
}

#[test]
fn a_document_cut_short_keeps_what_stood_before() {
    let found = read("[\n{\"text\": \"a\"},\n{\"text\": \"b\"},\n{\"te");
    assert_eq!(found.texts(), ["a", "b"]);
    assert!(found.failed()[0].contains("truncated"));
    let half = read("{\"id\": 1, \"text\": \"hal");
    assert!(half.failed().is_empty());
    assert!(half.bad()[0].contains("cut in half"));
}

#[test]
fn a_record_over_the_limit_in_a_document_is_passed_over() {
    let options = Options {
        limits: Limits {
            record: 400,
            ..Limits::default()
        },
        block: 64,
        ..Options::default()
    };
    let document = format!(
        "[{{\"text\": \"a\"}},\n{{\"text\": \"{}\"}},\n{{\"text\": \"c\"}}]",
        "x".repeat(5000)
    );
    let found = read_with(document, options);
    assert_eq!(found.texts(), ["a", "c"]);
    assert!(found.bad()[0].contains("--max-record"));
    assert!(found.failed().is_empty());
}

#[test]
fn seconds_since_1970_are_times_with_or_without_parts() {
    for published in [
        "1755399600",
        "\"1755399600\"",
        "\"1755399600.0\"",
        "1755399600.5",
    ] {
        let row = record(&format!(r#"{{"text": "B", "published": {published}}}"#));
        assert_eq!(
            row.published.as_deref(),
            Some("2025-08-17T03:00:00Z"),
            "{published}"
        );
    }
}
