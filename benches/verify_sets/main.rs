//! Scores verdicts pair by pair, without the fold: labelled sets, corpora with planted copies, our own rewrites.
//!
//! ```text
//! cargo bench --bench verify_sets                       every labelled set of ../shared/sets, both halves apart
//! cargo bench --bench verify_sets -- sets DIR...        only these (docs.jsonl, pairs.tsv)
//! cargo bench --bench verify_sets -- manners DIR...     sets of benches/rewrites/make.py, by how the pairs were made
//! cargo bench --bench verify_sets -- wrong DIR          the pairs that were told wrong, with their evidence
//! cargo bench --bench verify_sets -- features DIR       all pairs with their evidence, tab-separated, for fitting
//! cargo bench --bench verify_sets -- corpus DIR [N]     a corpus of ../shared/bench/make_corpus.py, candidates as the fold makes them
//! cargo bench --bench verify_sets -- time DIR [N]       what a pair costs
//! ```
//!
//! Thresholds are fitted on the half "fit" (the cluster of a pair's first article hashes to an even number) and only
//! checked on the half "kept".

mod corpus;
mod read;
mod sets;

use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    // cargo bench adds `--bench`
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => all_sets(),
        ["sets", dirs @ ..] => dirs.iter().try_for_each(|dir| sets::score(Path::new(dir))),
        ["manners", dirs @ ..] => dirs
            .iter()
            .try_for_each(|dir| sets::manners(Path::new(dir))),
        ["wrong", dir] => sets::wrong(Path::new(dir)),
        ["features", dir] => sets::features(Path::new(dir)),
        ["corpus", dir, rest @ ..] => corpus::score(Path::new(dir), number(rest)?),
        ["time", dir, rest @ ..] => corpus::time(Path::new(dir), number(rest)?),
        _ => anyhow::bail!("unknown words {words:?}: see the head of benches/verify_sets/main.rs"),
    }
}

fn number(words: &[&str]) -> anyhow::Result<usize> {
    Ok(words.first().map_or(Ok(usize::MAX), |word| word.parse())?)
}

/// Where the shared sets are: `WIREFOLD_SHARED`, or beside the project.
fn shared() -> PathBuf {
    std::env::var_os("WIREFOLD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    )
}

fn all_sets() -> anyhow::Result<()> {
    for name in ["syndication", "fnc1_tune"] {
        let dir = shared().join("sets").join(name);
        if dir.is_dir() {
            sets::score(&dir)?;
        } else {
            println!("SKIPPED {name}: {} is not there", dir.display());
        }
    }
    Ok(())
}
