//! Each form and each archive's field names: `fixtures/formats/<family>/input.*` is read as `expected.jsonl` says,
//! a page a line, then what was skipped.
//!
//! `UPDATE_FIXTURES=1 cargo test --test formats` writes what is read now; look at the difference before you keep it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use wirefold::article::{AgencyEvidence, Role};
use wirefold::input::{Chunks, Form, Options, Page, pages};

/// What a page says, without what it does not say.
fn said(page: &Page<'_>) -> Value {
    let record = &page.record;
    let credit = record.credit.as_deref().map(|credit| {
        json!({
            "agency": credit.agency, "evidence": credit.evidence.map(AgencyEvidence::as_str),
            "known": credit.known, "dateline": credit.dateline,
        })
    });
    let all = json!({
        "offset": page.place.offset,
        "line": page.place.line,
        "form": if page.form == Form::Dump { "dump" } else { "body" },
        "id": record.id,
        "url": record.url,
        "title": record.title,
        "publisher": record.publisher,
        "author": record.author,
        "published": record.published,
        "printed": record.printed,
        "fetched": record.fetched.map(|at| at.to_string()),
        "language": record.language,
        "agency": record.agency,
        "partial": record.partial.then_some(true),
        "role": record.role.map(Role::as_str),
        "credit": credit,
        "text": page.text,
    });
    let Value::Object(all) = all else {
        unreachable!()
    };
    Value::Object(
        all.into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect::<Map<_, _>>(),
    )
}

fn read(path: &Path) -> String {
    let file = fs::File::open(path).unwrap();
    let mut lines = Vec::new();
    let mut skipped = Vec::new();
    for chunk in Chunks::new(Box::new(file), "input", Options::default()) {
        match chunk {
            Ok(chunk) => {
                let paged = pages(&chunk, Options::default().limits);
                lines.extend(paged.pages.iter().map(|page| said(page).to_string()));
                skipped.extend(paged.skipped);
            }
            Err(error) => skipped.push(error),
        }
    }
    lines.extend(skipped.iter().map(|skipped| {
        json!({"skipped": skipped.place.offset, "reason": skipped.reason.message()}).to_string()
    }));
    lines.join("\n") + "\n"
}

fn families() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut families: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    families.sort();
    families
}

#[test]
fn every_family_is_read_as_expected() {
    let families = families();
    assert!(families.len() >= 30);
    let mut wrong = Vec::new();
    for family in families {
        let input = fs::read_dir(&family)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| {
                path.file_stem()
                    .is_some_and(|stem| stem.to_string_lossy().starts_with("input"))
            })
            .unwrap();
        let expected = family.join("expected.jsonl");
        let found = read(&input);
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(expected).unwrap_or_default();
        if found != expected {
            wrong.push(format!(
                "{}\n--- expected\n{expected}--- found\n{found}",
                family.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
