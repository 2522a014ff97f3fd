//! What must hold for any input: the same set of articles gives the same stories, whatever the order of the inputs and
//! rows, how they are spread over files, and the number of threads.

use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;

/// SplitMix64: the tests are the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.next(at + 1));
        }
    }
}

/// A sentence of invented words.
fn sentence(random: &mut Random) -> String {
    const WORDS: [&str; 24] = [
        "harbour", "council", "report", "minister", "river", "bridge", "vote", "storm", "market",
        "price", "school", "night", "north", "train", "police", "island", "crew", "budget",
        "court", "strike", "forest", "tower", "league", "summit",
    ];
    let words: Vec<String> = (0..14)
        .map(|_| {
            format!(
                "{}{}",
                WORDS[random.next(24)],
                ["", "s", "ed", "ing"][random.next(4)]
            )
        })
        .collect();
    format!("The {}.", words.join(" "))
}

/// Rows of JSON: stories, each with copies that are cut, retitled, edited or framed, and some rows twice.
fn rows(random: &mut Random) -> Vec<String> {
    let mut rows = Vec::new();
    for story in 0..25 {
        let sentences: Vec<String> = (0..12).map(|_| sentence(random)).collect();
        for copy in 0..=random.next(5) {
            let mut text: Vec<String> = sentences.clone();
            match random.next(4) {
                0 => text.truncate(5 + random.next(5)),
                1 => text[3] = sentence(random),
                2 => text.extend((0..3).map(|_| sentence(random))),
                _ => {}
            }
            let mut row = format!(
                r#"{{"id":"s{story}c{copy}","publisher":"Paper {copy}","text":"{}""#,
                text.join("\\n")
            );
            if copy % 2 == 0 {
                write!(
                    row,
                    r#","title":"Story {story}","published":"2025-03-{:02}T10:00:00Z""#,
                    1 + story
                )
                .unwrap();
            }
            row.push('}');
            rows.push(row);
        }
    }
    let again = rows[random.next(rows.len())].clone();
    rows.push(again);
    rows
}

fn fold(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::cargo_bin("wirefold")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .assert()
        .success();
    output.get_output().stdout.clone()
}

/// The document without the places, which say where things were found.
fn without_places(document: &[u8]) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                for key in ["source", "offset", "line", "seen"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_slice(document).unwrap();
    strip(&mut value);
    value
}

#[test]
fn any_order_any_files_and_any_threads_give_the_same_stories() {
    let mut random = Random(11);
    let mut rows = rows(&mut random);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("all.jsonl"), rows.join("\n")).unwrap();
    let expected = without_places(&fold(
        path,
        &["-q", "-f", "json", "--threads", "1", "all.jsonl"],
    ));
    assert!(expected["stories"].as_array().unwrap().len() >= 25);
    for round in 0..20 {
        random.shuffle(&mut rows);
        let cut = random.next(rows.len());
        std::fs::write(path.join("a.jsonl"), rows[..cut].join("\n")).unwrap();
        std::fs::write(path.join("b.jsonl"), rows[cut..].join("\n")).unwrap();
        let threads = ["1", "2", "3"][round % 3];
        let document = fold(
            path,
            &[
                "-q",
                "-f",
                "json",
                "--threads",
                threads,
                "b.jsonl",
                "a.jsonl",
            ],
        );
        assert_eq!(without_places(&document), expected, "round {round}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_for_any_number_of_threads() {
    let mut random = Random(5);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("all.jsonl"),
        rows(&mut random).join("\n"),
    )
    .unwrap();
    for format in ["json", "jsonl", "csv", "tsv", "text"] {
        let one = fold(
            folder.path(),
            &["-f", format, "--threads", "1", "all.jsonl"],
        );
        for threads in ["2", "5"] {
            assert_eq!(
                fold(
                    folder.path(),
                    &["-f", format, "--threads", threads, "all.jsonl"]
                ),
                one,
                "{format}"
            );
        }
    }
}

#[test]
fn our_own_report_is_read_back_to_the_same_stories() {
    let mut random = Random(3);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("all.jsonl"), rows(&mut random).join("\n")).unwrap();
    let report = fold(path, &["-q", "-f", "json", "all.jsonl"]);
    std::fs::write(path.join("report.json"), &report).unwrap();
    let stories = |arguments: &[&str]| String::from_utf8(fold(path, arguments)).unwrap();
    assert_eq!(
        stories(&["-q", "-f", "tsv", "report.json"]).lines().count(),
        stories(&["-q", "-f", "tsv", "all.jsonl"]).lines().count()
    );
}
