//! Archives that each released schema wrote are kept in `fixtures/archives` (`schema-N.db.zst`): every program since can
//! read them and add to them, and then they equal what it makes of the same articles by itself.
//!
//! When the schema changes, `KEEP_ARCHIVE=1 cargo test --test archive_migration` before the change keeps the old one.

mod news;

use std::fs;
use std::path::{Path, PathBuf};

use news::{add, corpus, document, fold, open, stories};
use wirefold::article::Article;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/archives")
}

fn articles() -> Vec<Article> {
    corpus(41, 60)
}

/// What the kept archives were filled with, in two runs.
fn kept() -> Vec<Article> {
    articles()[..40].to_vec()
}

#[test]
fn keep() {
    if std::env::var_os("KEEP_ARCHIVE").is_none() {
        return;
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let path = temporary.path().join("news.db");
    add(&path, &kept()[..25], None);
    add(&path, &kept()[20..], None);
    let schema = open(&path).info().expect("reads").schema;
    let packed = zstd::bulk::compress(&fs::read(&path).expect("reads"), 19).expect("packs");
    fs::write(folder().join(format!("schema-{schema}.db.zst")), packed).expect("writes");
}

/// The window of `schema-1-window.db.zst`, which schema 1 took for what is compared, not for what is read.
const WINDOW: i64 = 12 * 3600;

#[test]
fn every_schema_that_was_released_is_read_and_added_to() {
    let temporary = tempfile::tempdir().expect("a folder");
    let fresh = temporary.path().join("fresh.db");
    add(&fresh, &articles(), None);
    let newest = open(&fresh).info().expect("reads").schema;
    let plain = (1..=newest).map(|schema| (format!("schema-{schema}"), None));
    let windowed = ("schema-1-window".to_owned(), Some(WINDOW));
    for (name, window) in plain.chain([windowed]) {
        let packed = folder().join(format!("{name}.db.zst"));
        let packed =
            fs::read(&packed).unwrap_or_else(|_| panic!("{} is not kept", packed.display()));
        let path = temporary.path().join(format!("{name}.db"));
        let bytes = zstd::stream::decode_all(packed.as_slice()).expect("unpacks");
        fs::write(&path, bytes).expect("writes");
        let archive = open(&path);
        assert_eq!(archive.faults().expect("reads"), [""; 0], "{name}");
        assert_eq!(stories(&path).articles.len(), kept().len(), "{name}");
        drop(archive);
        let before = add(&path, &articles()[30..], None);
        assert_eq!(before.new_articles, 20);
        let archive = open(&path);
        let info = archive.info().expect("reads");
        assert_eq!((info.schema, info.stale), (newest, false));
        assert_eq!(info.window, window, "{name}");
        assert_eq!(archive.faults().expect("reads"), [""; 0]);
        let (mut old, mut once) = (
            document(&stories(&path)),
            document(&fold(&articles(), window)),
        );
        for value in [&mut old, &mut once] {
            // what was seen again is counted by runs
            value["summary"] = serde_json::Value::Null;
        }
        assert!(old == once, "{name}");
    }
}
