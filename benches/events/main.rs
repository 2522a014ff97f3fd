//! Scores the event stage on labelled sets, and learns its weights from their learned halves.
//!
//! ```text
//! cargo bench --profile quick --bench events -- [score|learn] [--baseline] [--folded] [--background FILE] [WEIGHT=VALUE]... [SET]...
//! ```
//!
//! A SET is a folder with `docs.jsonl` and `clusters.tsv` (or `clusters_event.tsv`, or pairs of two ids and 0 or 1);
//! without one, those of `../shared/sets` and of `fixtures/events/languages`. A document may name the `copies` that it
//! stands for: they are scored with it. Clusters are dealt by the hash of their label: half of them are learned from, the
//! other half is held back and only scored. `learn` prints the table to be stored as `src/event/weights.tsv`;
//! `--folded` scores the events of `wirefold` itself, with the weights that it was built with;
//! `--baseline` sets `../shared/sets/baseline_events.py` beside each set, whose threshold is chosen on the answers.

mod folded;
mod learn;
mod score;
mod sets;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wirefold::event::{Weights, events};

use learn::learned;
use score::{Invented, inputs, score};
use sets::{Doc, FIXTURES, Set, docs, half, read, shared, shared_sets};

fn main() {
    let (mut learn, mut baseline, mut fold) = (false, false, false);
    let mut background = Vec::new();
    let mut folders = Vec::new();
    let mut weights = Weights::learned().clone();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" | "score" => {}
            "learn" => learn = true,
            "--baseline" => baseline = true,
            "--folded" => fold = true,
            "--background" => {
                background = arguments
                    .next()
                    .map_or(Vec::new(), |file| docs(Path::new(&file)));
            }
            other => match other.split_once('=') {
                Some((name, value)) => {
                    weights = weights.with(name, value.parse().expect("a whole number"));
                }
                None => folders.push(PathBuf::from(other)),
            },
        }
    }
    if folders.is_empty() {
        folders = shared_sets();
        if folders.is_empty() {
            println!("skipped: the sets of ../shared/sets (or WIREFOLD_SHARED), which is absent");
        }
        let own =
            std::fs::read_dir(Path::new(FIXTURES).join("languages")).expect("sets of our own");
        let mut own: Vec<PathBuf> = own.filter_map(|entry| Some(entry.ok()?.path())).collect();
        own.sort();
        folders.extend(own);
    }
    let sets: Vec<Set> = folders.iter().map(|folder| read(folder)).collect();
    if learn {
        weights = learned(&sets, weights);
        for (name, value) in weights.values() {
            println!("{name}\t{value}");
        }
    }
    report(&sets, &background, &weights);
    if fold {
        println!("as folded: learned half, held-back half, whole");
        for (set, folder) in sets.iter().zip(&folders) {
            println!("{:16}{}", set.name, folded::folded(folder));
        }
    }
    if baseline {
        for folder in &folders {
            println!("{}", beside(folder));
        }
    }
}

/// What the plain baseline says of a set; documents that were not judged are left out, as it knows none.
fn beside(folder: &Path) -> String {
    let said = || {
        let judged = tempfile::tempdir().ok()?;
        let labels = ["clusters.tsv", "clusters_event.tsv"].map(|name| folder.join(name));
        let labels = labels.iter().find(|path| path.is_file())?;
        let labels = std::fs::read_to_string(labels).ok()?;
        let kept: String = labels
            .split_inclusive('\n')
            .filter(|line| !line.contains("\tsolo_"))
            .collect();
        std::fs::write(judged.path().join("clusters.tsv"), kept).ok()?;
        std::fs::copy(folder.join("docs.jsonl"), judged.path().join("docs.jsonl")).ok()?;
        let script = Path::new(&shared()).join("sets/baseline_events.py");
        let mut python = std::process::Command::new("python3");
        let told = python.arg(script).arg(judged.path()).output().ok()?;
        let told = String::from_utf8_lossy(&told.stdout).trim().to_owned();
        (!told.is_empty()).then_some(told)
    };
    let name = folder.display();
    said().map_or_else(
        || {
            format!(
                "{name}: baseline skipped, it needs python3 with scikit-learn, and labels of clusters"
            )
        },
        |said| format!("{name}: baseline (ARI, B3 F1, pair F1, threshold) {said}"),
    )
}

fn report(sets: &[Set], background: &[Doc], weights: &Weights) {
    println!(
        "set: learned half, held-back half, whole, beside all other sets, in the background: ARI / pair F1 / B3 F1"
    );
    for set in sets {
        let mut line = format!("{:16}", set.name);
        let mut cases: Vec<(Set, Vec<Doc>)> = Vec::new();
        let others: Vec<Doc> = sets
            .iter()
            .filter(|other| other.name != set.name)
            .flat_map(|o| o.docs.clone())
            .collect();
        cases.push((half(set, true), Vec::new()));
        cases.push((half(set, false), Vec::new()));
        cases.push((set.clone(), Vec::new()));
        cases.push((set.clone(), others));
        if !background.is_empty() {
            cases.push((set.clone(), background.to_vec()));
        }
        for (case, beside) in cases {
            let [ari, pair, b3] = score(&case, &beside, weights);
            let _ = write!(line, "  {ari:.3}/{pair:.3}/{b3:.3}");
        }
        println!("{line}");
    }
    for (name, half) in [
        ("learned", Some(true)),
        ("held-back", Some(false)),
        ("all", None),
    ] {
        let invented = Invented::read(half);
        let count = |same| invented.pairs.iter().filter(|pair| pair.1 == same).count();
        let [apart, joined, apart_all, joined_all] = invented.score(background, weights);
        println!(
            "{name} templates: {} twins apart {apart:.3}, {} siblings joined {joined:.3}; all at once {apart_all:.3}, {joined_all:.3}",
            count(false),
            count(true)
        );
    }
    if !background.is_empty() {
        let start = Instant::now();
        let groups = events(&inputs(background), weights);
        let grouped: usize = groups.iter().map(|group| group.stories.len()).sum();
        let largest = groups.iter().map(|group| group.stories.len()).max();
        println!(
            "background: {} documents, {} events of {grouped} documents, largest {}, {:.3} s",
            background.len(),
            groups.len(),
            largest.unwrap_or(0),
            start.elapsed().as_secs_f64()
        );
    }
}
