//! `add` in a loop over many small dumps leaves the archive that one `add` of them all leaves: the export, places and
//! order of arrival included, and the document of its stories are equal byte for byte.

mod news;

use std::path::{Path, PathBuf};
use std::process::Command;

use news::{add, corpus, open, stories, written};
use serde_json::json;
use wirefold::article::Article;

fn export(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    open(path).export(&mut out).expect("reads");
    out
}

fn assert_equal(one: &Path, other: &Path) {
    assert!(export(one) == export(other), "the articles differ");
    assert!(
        written(&stories(one)) == written(&stories(other)),
        "the stories differ"
    );
    assert_eq!(open(one).faults().expect("reads"), [""; 0]);
}

#[test]
fn a_thousand_small_additions_are_one_large_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (folder.path().join("one.db"), folder.path().join("other.db"));
    let articles = corpus(31, 1200);
    // most dumps hold one article, some hold three
    let mut rest = articles.as_slice();
    let mut dumps = 0;
    while !rest.is_empty() {
        let size = if dumps % 10 == 9 { 3 } else { 1 };
        let (dump, after) = rest.split_at(size.min(rest.len()));
        add(&one, dump, None);
        (rest, dumps) = (after, dumps + 1);
    }
    assert!(dumps >= 1000, "{dumps} dumps");
    add(&other, &articles, None);
    assert_equal(&one, &other);
}

fn row(article: &Article) -> String {
    let published = article.published.at.map(|at| at.to_string());
    json!({"title": article.title, "publisher": article.publisher, "published": published, "text": article.body}).to_string()
}

fn wirefold_add(archive: &Path, dumps: &[PathBuf]) {
    let status = Command::new(env!("CARGO_BIN_EXE_wirefold"))
        .args(["add", "-q", "--no-config", "--archive"])
        .arg(archive)
        .args(dumps)
        .status();
    assert!(status.expect("runs").success());
}

#[test]
fn fifty_runs_of_the_program_are_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let articles = corpus(32, 150);
    let dumps: Vec<PathBuf> = articles
        .chunks(3)
        .enumerate()
        .map(|(number, rows)| {
            let path = at(&format!("dump{number:02}.jsonl"));
            let lines: Vec<String> = rows.iter().map(row).collect();
            std::fs::write(&path, lines.join("\n")).expect("writes");
            path
        })
        .collect();
    assert_eq!(dumps.len(), 50);
    for dump in &dumps {
        wirefold_add(&at("one.db"), std::slice::from_ref(dump));
    }
    wirefold_add(&at("other.db"), &dumps);
    assert_equal(&at("one.db"), &at("other.db"));
}
