//! A corpus with planted copies: verdicts on the pairs that share sketches, and what a pair costs.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use wirefold::article::Article;
use wirefold::sketch::Sketcher;
use wirefold::verify::{Judge, Prepared, Thresholds};

use super::read::{articles, rows};
use super::sets::{columns, values};

/// Share of the smaller sketch from which on two articles are a candidate pair.
const SHARE: f64 = 0.15;

/// Pairs of articles that share enough of their sketches.
fn candidates(articles: &[Article]) -> Vec<(u32, u32)> {
    let mut sketcher = Sketcher::default();
    let mut lists: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut sizes: Vec<usize> = Vec::with_capacity(articles.len());
    let mut shared: Vec<u32> = vec![0; articles.len()];
    let mut touched = Vec::new();
    let mut found = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let hashes: Vec<u32> = sketcher
            .sketch(&article.body)
            .iter()
            .map(|kept| kept.hash())
            .collect();
        for &hash in &hashes {
            let list = lists.entry(hash).or_default();
            for &earlier in list.iter() {
                let count = &mut shared[earlier as usize];
                if *count == 0 {
                    touched.push(earlier);
                }
                *count += 1;
            }
            list.push(number as u32);
        }
        sizes.push(hashes.len());
        for earlier in touched.drain(..) {
            let count = std::mem::take(&mut shared[earlier as usize]);
            let smaller = sizes[earlier as usize].min(hashes.len());
            if count >= 2 && f64::from(count) >= SHARE * smaller as f64 {
                found.push((earlier, number as u32));
            }
        }
    }
    found
}

/// What the truth says of an article: cluster, role, transformation.
type Truth = HashMap<String, (String, String, String)>;

fn truth(dir: &Path) -> Truth {
    rows(&dir.join("clusters.tsv"))
        .into_iter()
        .filter_map(|row| {
            let [id, cluster, role, transform] = <[String; 4]>::try_from(row).ok()?;
            Some((id, (cluster, role, transform)))
        })
        .collect()
}

/// What the truth says of a pair: the transformations of a true pair, `template` or `unrelated` of any other.
fn kind(truth: &Truth, a: &str, b: &str) -> String {
    let (Some(a), Some(b)) = (truth.get(a), truth.get(b)) else {
        return "?".to_owned();
    };
    if a.0 == b.0 {
        let mut both = [a.2.as_str(), b.2.as_str()];
        both.sort_unstable();
        both.concat()
    } else if a.1 == "template" && b.1 == "template" {
        "template".to_owned()
    } else {
        "unrelated".to_owned()
    }
}

/// Prints how many pairs of each kind were put together; with `WIREFOLD_EVIDENCE` set to `wrong` or `all`, the evidence
/// on those.
pub fn score(dir: &Path, limit: usize) -> Result<()> {
    let articles = articles(&dir.join("corpus.jsonl"), limit)?;
    let truth = truth(dir);
    let pairs = candidates(&articles);
    let prepared = prepare(&articles);
    let evidence = std::env::var("WIREFOLD_EVIDENCE").unwrap_or_default();
    if !evidence.is_empty() {
        println!("{}", columns());
    }
    let mut judge = Judge::new(Thresholds::default());
    let mut table: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (a, b) in pairs {
        let (a, b) = (a as usize, b as usize);
        let kind = kind(&truth, &articles[a].id, &articles[b].id);
        let together = judge.verdict(&prepared[a], &prepared[b]).is_some();
        let apart = kind == "template" || kind == "unrelated";
        if evidence == "all" || evidence == "wrong" && together == apart {
            let row = values(&judge.evidence(&prepared[a], &prepared[b]));
            let words = judge.figures(&prepared[a], &prepared[b]).verbatim_a.of;
            println!(
                "{kind}\t{}\t{}\tfit\t{together}\t{words}\t{row}",
                articles[a].id, articles[b].id
            );
        }
        let cell = table.entry(kind).or_default();
        cell[0] += 1;
        cell[1] += usize::from(together);
    }
    println!("kind\tcandidate pairs\ttogether");
    for (kind, [pairs, together]) in table {
        println!("{kind}\t{pairs}\t{together}");
    }
    Ok(())
}

fn prepare(articles: &[Article]) -> Vec<Prepared<'_>> {
    articles
        .iter()
        .map(|article| {
            Prepared::new(&article.body, article.title.as_deref())
                .published_by(article.publisher.as_deref())
        })
        .collect()
}

/// Prints what preparing an article and judging a pair cost, copies and others apart.
pub fn time(dir: &Path, limit: usize) -> Result<()> {
    let articles = articles(&dir.join("corpus.jsonl"), limit)?;
    let truth = truth(dir);
    let pairs = candidates(&articles);
    let start = Instant::now();
    let prepared = prepare(&articles);
    println!(
        "prepare: {:.2} µs an article",
        micros(start, articles.len())
    );
    let mut judge = Judge::new(Thresholds::default());
    for (name, wanted) in [
        ("first", ""),
        ("template", "template"),
        ("unrelated", "unrelated"),
        ("copies", ""),
    ] {
        let chosen: Vec<_> = pairs
            .iter()
            .map(|&(a, b)| (a as usize, b as usize))
            .filter(|&(a, b)| {
                let kind = kind(&truth, &articles[a].id, &articles[b].id);
                name == "first" || kind == wanted || wanted.is_empty() && kind.len() == 2
            })
            .collect();
        let start = Instant::now();
        let together = chosen
            .iter()
            .filter(|&&(a, b)| judge.verdict(&prepared[a], &prepared[b]).is_some())
            .count();
        println!(
            "{name}: {:.2} µs a pair, {} pairs, {together} together",
            micros(start, chosen.len()),
            chosen.len()
        );
    }
    Ok(())
}

fn micros(start: Instant, things: usize) -> f64 {
    start.elapsed().as_secs_f64() * 1e6 / things.max(1) as f64
}
