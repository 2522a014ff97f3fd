//! Main text of real article pages against their labels: the scorer's F1 of word 4-grams, held to a floor.
//!
//! The pages are not ours to ship: without the folder `shared` beside the checkout (or `WIREFOLD_SHARED`) this says
//! that it was skipped.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

use wirefold::input::{Chunks, Form, Options, pages};

/// What trafilatura 2.3 reaches on these pages.
const FLOOR: f64 = 0.948;

fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let path =
        std::env::var_os("WIREFOLD_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    path.join("dumps/html/truth.json")
        .is_file()
        .then(|| path.join("dumps/html"))
}

fn grams(text: &str) -> HashMap<Vec<&str>, i64> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut grams = HashMap::new();
    for gram in words.windows(4.min(words.len().max(1))) {
        *grams.entry(gram.to_vec()).or_insert(0) += 1;
    }
    grams
}

fn f1(truth: &str, found: &str) -> f64 {
    let (truth, found) = (grams(truth), grams(found));
    let hits: i64 = truth
        .iter()
        .map(|(gram, count)| (*count).min(found.get(gram).copied().unwrap_or(0)))
        .sum();
    let total = truth.values().sum::<i64>() + found.values().sum::<i64>();
    if total == 0 {
        0.0
    } else {
        2.0 * hits as f64 / total as f64
    }
}

#[test]
fn main_texts_of_real_pages_reach_the_floor() {
    let Some(folder) = shared() else {
        println!("SKIPPED: no ../shared/dumps/html (set WIREFOLD_SHARED)");
        return;
    };
    let truth = fs::read_to_string(folder.join("truth.json")).unwrap();
    let truth: HashMap<String, serde_json::Value> = serde_json::from_str(&truth).unwrap();
    let (mut sum, mut lists) = (0.0, 0);
    for (page, labels) in &truth {
        let file = fs::File::open(folder.join(format!("{page}.html.gz"))).unwrap();
        let reader: Box<dyn Read + Send> = Box::new(file);
        let mut body = String::new();
        for chunk in Chunks::new(reader, page, Options::default()) {
            for page in pages(&chunk.unwrap(), Options::default().limits).pages {
                lists += usize::from(page.form == Form::Dump);
                body.push_str(&page.text);
            }
        }
        let score = f1(labels["body"].as_str().unwrap(), &body);
        if score < 0.7 {
            println!("{page}: {score:.3}");
        }
        sum += score;
    }
    let mean = sum / truth.len() as f64;
    println!("{} pages, {lists} read as lists: F1 {mean:.4}", truth.len());
    assert!(mean >= FLOOR, "F1 {mean:.4} is below {FLOOR}");
}
