//! What `-f json` prints is what `wirefold schema` says, and the schema says enough to notice a mistake.

use assert_cmd::Command;
use serde_json::{Value, json};

fn wirefold(args: &[&str]) -> String {
    let output = Command::cargo_bin("wirefold")
        .expect("the program")
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn schema() -> Value {
    serde_json::from_str(&wirefold(&["schema"])).expect("JSON")
}

fn document() -> Value {
    serde_json::from_str(&wirefold(&[
        "-f",
        "json",
        "--no-config",
        "fixtures/syndicated",
    ]))
    .expect("JSON")
}

/// What of `value` breaks `rule`, by path.
fn violations(root: &Value, rule: &Value, value: &Value, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, wanted) in rule.as_object().expect("a schema is an object") {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" => {}
            "$ref" | "items" | "properties" => {
                for (rule, value, path) in below(root, keyword, wanted, value, path) {
                    found.extend(violations(root, rule, value, &path));
                }
            }
            "required" => {
                let keys = wanted
                    .as_array()
                    .expect("a list")
                    .iter()
                    .filter_map(Value::as_str);
                let lacking = keys.filter(|key| value.is_object() && value.get(key).is_none());
                found.extend(lacking.map(|key| format!("{path} lacks {key}")));
            }
            "additionalProperties" => {
                assert_eq!(wanted, &json!(false));
                let keys = value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys());
                let unknown = keys.filter(|key| rule["properties"].get(key).is_none());
                found.extend(unknown.map(|key| format!("{path} has the unknown {key}")));
            }
            _ if holds(keyword, wanted, value) => {}
            _ => found.push(format!("{path}: {value} breaks {keyword} {wanted}")),
        }
    }
    found
}

/// The rules that a keyword applies to the value or its parts, with the paths of these.
fn below<'a>(
    root: &'a Value,
    keyword: &str,
    wanted: &'a Value,
    value: &'a Value,
    path: &str,
) -> Vec<(&'a Value, &'a Value, String)> {
    match keyword {
        "$ref" => {
            let pointer = wanted
                .as_str()
                .and_then(|wanted| wanted.strip_prefix('#'))
                .expect("a local reference");
            vec![(
                root.pointer(pointer).expect("a definition"),
                value,
                path.to_owned(),
            )]
        }
        "items" => {
            let items = value.as_array().into_iter().flatten().enumerate();
            items
                .map(|(at, item)| (wanted, item, format!("{path}/{at}")))
                .collect()
        }
        _ => {
            let rules = wanted.as_object().expect("an object").iter();
            let there = rules
                .filter_map(|(key, rule)| Some((rule, value.get(key)?, format!("{path}/{key}"))));
            there.collect()
        }
    }
}

/// Whether a value keeps a keyword that speaks of it alone. One that this does not know is an error, not ignored.
fn holds(keyword: &str, wanted: &Value, value: &Value) -> bool {
    let bound = || wanted.as_f64().expect("a number");
    match keyword {
        "type" => {
            let types = wanted
                .as_array()
                .map_or_else(|| vec![wanted], |all| all.iter().collect());
            types
                .iter()
                .any(|name| has_type(value, name.as_str().expect("a name")))
        }
        "enum" => wanted.as_array().expect("a list").contains(value),
        "pattern" => {
            let pattern =
                regex::Regex::new(wanted.as_str().expect("a pattern")).expect("a pattern");
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "minimum" => value.as_f64().is_none_or(|number| number >= bound()),
        "maximum" => value.as_f64().is_none_or(|number| number <= bound()),
        "minItems" => value
            .as_array()
            .is_none_or(|items| items.len() as f64 >= bound()),
        other => panic!("the schema uses {other}, which this test does not know"),
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

#[test]
fn the_fold_document_is_valid() {
    let (schema, document) = (schema(), document());
    assert_eq!(document["stories"].as_array().map(Vec::len), Some(2));
    assert_eq!(document["headlines"].as_array().map(Vec::len), Some(1));
    assert_eq!(violations(&schema, &schema, &document, ""), [""; 0]);
}

#[test]
fn lines_of_jsonl_are_stories_and_lines_of_split_are_articles() {
    let schema = schema();
    for (args, definition) in [(&["-f", "jsonl"][..], "story"), (&["split"][..], "article")] {
        let lines = wirefold(&[args, &["--no-config", "fixtures/syndicated"]].concat());
        assert!(lines.lines().count() >= 2);
        for line in lines.lines() {
            let value = serde_json::from_str(line).expect("JSON");
            assert_eq!(
                violations(&schema, &schema["$defs"][definition], &value, definition),
                [""; 0]
            );
        }
    }
}

#[test]
fn what_the_other_commands_print_is_defined_too() {
    let schema = schema();
    let folder = tempfile::tempdir().expect("a folder");
    let archive = folder.path().join("news.db");
    let archive = archive.to_str().expect("UTF-8");
    let (a, b) = (
        "fixtures/main/ferry.txt",
        "fixtures/main/ferry-second-page.txt",
    );
    let printed: [(&str, &[&str]); 5] = [
        (
            "totals",
            &["--summary", "-f", "json", "fixtures/syndicated"],
        ),
        (
            "addition",
            &["add", "-f", "json", "--archive", archive, "fixtures/main"],
        ),
        (
            "addition",
            &[
                "add",
                "-f",
                "json",
                "--archive",
                archive,
                "fixtures/syndicated",
                "fixtures/events",
            ],
        ),
        (
            "happenings",
            &["events", "-f", "json", "--archive", archive],
        ),
        ("comparison", &["compare", "-f", "json", a, b]),
    ];
    for (definition, args) in printed {
        let value = serde_json::from_str(&wirefold(args)).expect("JSON");
        let rule = &schema["$defs"][definition];
        assert!(rule.is_object(), "{definition}");
        assert_eq!(violations(&schema, rule, &value, definition), [""; 0]);
        let empty = json!({});
        assert!(!violations(&schema, rule, &empty, definition).is_empty());
    }
}

#[test]
fn the_schema_notices_what_is_wrong() {
    let schema = schema();
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut document = document();
        change(&mut document);
        !violations(&schema, &schema, &document, "").is_empty()
    };
    assert!(broken(&|document| document["extra"] = json!(1)));
    assert!(broken(
        &|document| document["stories"][0]["canonical"]["role"] = json!("other")
    ));
    assert!(broken(
        &|document| document["stories"][0]["id"] = json!("12")
    ));
    assert!(broken(
        &|document| document["stories"][0]["copies"][0]["verbatim"] = json!(1.5)
    ));
    assert!(broken(
        &|document| document["stories"][0]["published"] = json!("yesterday")
    ));
    assert!(broken(&|document| document["summary"]["pages"] = json!(-1)));
    assert!(broken(&|document| {
        document["headlines"][0]
            .as_object_mut()
            .expect("an object")
            .remove("weak");
    }));
}
