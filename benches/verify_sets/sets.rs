//! Labelled pairs: what was said of each kind, in both halves.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Result;
use wirefold::article::Article;
use wirefold::verify::{Evidence, Judge, Prepared, Relation, Side, Thresholds, Verdict};
use xxhash_rust::xxh3::xxh3_64;

use super::read::{labelled, prepared, rows};

/// A labelled pair.
struct Pair {
    a: String,
    b: String,
    label: String,
    /// How it was made, where that is known.
    manner: String,
    /// In the half that thresholds may be fitted on.
    fit: bool,
}

impl Pair {
    fn related(&self) -> bool {
        !matches!(self.label.as_str(), "same_event" | "different")
    }

    /// Whether `said` is the label; identical texts are labelled `copy`.
    fn named(&self, said: Option<Relation>) -> bool {
        match said {
            None => !self.related(),
            Some(Relation::Identical) => self.label == "copy",
            Some(relation) => self.label == relation.as_str(),
        }
    }
}

/// A set: its articles and labelled pairs.
struct Set {
    articles: Vec<Article>,
    pairs: Vec<Pair>,
}

fn load(dir: &Path) -> Result<Set> {
    let clusters: HashMap<String, String> = ["clusters.tsv", "clusters_event.tsv"]
        .iter()
        .flat_map(|name| rows(&dir.join(name)))
        .filter_map(|row| Some((row.first()?.clone(), row.get(1)?.clone())))
        .collect();
    let pairs = rows(&dir.join("pairs.tsv"))
        .into_iter()
        .filter_map(|row| {
            let [a, b, label, rest @ ..] = row.as_slice() else {
                return None;
            };
            let cluster = clusters.get(a).unwrap_or(a);
            Some(Pair {
                a: a.clone(),
                b: b.clone(),
                label: label.clone(),
                manner: rest.first().cloned().unwrap_or_default(),
                fit: xxh3_64(cluster.as_bytes()).is_multiple_of(2),
            })
        })
        .collect();
    Ok(Set {
        articles: labelled(&dir.join("docs.jsonl"))?,
        pairs,
    })
}

/// Calls `each` with every labelled pair, its two bodies and the verdict on them.
fn judge_all(
    set: &Set,
    mut each: impl FnMut(&Pair, (&Prepared<'_>, &Prepared<'_>), Option<Verdict>, &mut Judge),
) {
    let bodies = prepared(&set.articles);
    let mut judge = Judge::new(Thresholds::default());
    for pair in &set.pairs {
        let (Some(a), Some(b)) = (bodies.get(pair.a.as_str()), bodies.get(pair.b.as_str())) else {
            println!("no article: {} or {}", pair.a, pair.b);
            continue;
        };
        let verdict = judge.verdict(a, b);
        each(pair, (a, b), verdict, &mut judge);
    }
}

/// Prints for every label and half how many pairs there are, were put together and were named right.
pub fn score(dir: &Path) -> Result<()> {
    let set = load(dir)?;
    let mut table: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    judge_all(&set, |pair, _, verdict, _| {
        let half = if pair.fit { "fit" } else { "kept" };
        // the closure's borrow of a pair ends with it, so the label is looked up by value
        let label = LABELS.iter().find(|&&l| l == pair.label).unwrap_or(&"?");
        let said = verdict.map(|v| v.relation);
        for half in [half, "all"] {
            let cell = table.entry((half, label)).or_default();
            cell[0] += 1;
            cell[1] += usize::from(said.is_some());
            cell[2] += usize::from(pair.named(said));
        }
    });
    println!("{}", dir.display());
    println!("half\tlabel\tpairs\ttogether\tnamed right");
    for ((half, label), [pairs, together, named]) in table {
        println!("{half}\t{label}\t{pairs}\t{together}\t{named}");
    }
    Ok(())
}

/// Prints for every manner how many pairs there are and were put together.
pub fn manners(dir: &Path) -> Result<()> {
    let set = load(dir)?;
    let mut table: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    judge_all(&set, |pair, _, verdict, _| {
        let cell = table
            .entry(format!("{}\t{}", pair.label, pair.manner))
            .or_default();
        cell[0] += 1;
        cell[1] += usize::from(verdict.is_some());
    });
    println!("{}\nlabel\tmanner\tpairs\ttogether", dir.display());
    for (manner, [pairs, together]) in table {
        println!("{manner}\t{pairs}\t{together}");
    }
    Ok(())
}

const LABELS: [&str; 6] = [
    "copy",
    "excerpt",
    "rewrite",
    "update",
    "same_event",
    "different",
];

/// Prints the pairs that were told or named wrong.
pub fn wrong(dir: &Path) -> Result<()> {
    let set = load(dir)?;
    judge_all(&set, |pair, (a, b), verdict, judge| {
        let said = verdict.map(|v| v.relation);
        if !pair.named(said) {
            let said = said.map_or("-", Relation::as_str);
            let evidence = judge.evidence(a, b);
            println!(
                "{}\t{}\t{}\tsaid {said}\t{evidence:?}",
                pair.label, pair.a, pair.b
            );
        }
    });
    Ok(())
}

/// Prints the evidence on all pairs, a column each.
pub fn features(dir: &Path) -> Result<()> {
    let set = load(dir)?;
    println!("{}", columns());
    judge_all(&set, |pair, (a, b), verdict, judge| {
        let said = verdict.map_or("-", |v| v.relation.as_str());
        let half = if pair.fit { "fit" } else { "kept" };
        let figures = judge.figures(a, b);
        let evidence = judge.evidence(a, b);
        println!(
            "{}\t{}\t{}\t{half}\t{said}\t{}\t{}",
            pair.label,
            pair.a,
            pair.b,
            figures.verbatim_a.of,
            values(&evidence)
        );
    });
    Ok(())
}

/// The head of a table of evidence.
pub fn columns() -> String {
    let sides = ["a", "b"].map(|side| SIDE.map(|name| format!("{name}_{side}")).join("\t"));
    format!(
        "label\ta\tb\thalf\tsaid\tverb\tshared\tunion\tleast\tpassages\tlargest\tlongest\tslots\tconflicts\tblanks\tfilled\thl\thlall\tonepub\trest\trest_long\trest_common\t{}",
        sides.join("\t")
    )
}

const SIDE: [&str; 14] = [
    "words", "prose", "narr", "snarr", "squo", "sent", "kept", "rew", "names", "snames", "nums",
    "snums", "slead", "lead",
];

/// A row of a table of evidence.
pub fn values(e: &Evidence) -> String {
    let side = |s: &Side| {
        [
            s.words,
            s.prose,
            s.narration,
            s.shared_narration,
            s.shared_quotes,
            s.sentences,
            s.kept,
            s.reworded,
            s.names,
            s.shared_names,
            s.numbers,
            s.shared_numbers,
            s.shared_lead,
            s.lead,
        ]
    };
    let all = [
        e.jaccard.of,
        e.jaccard.all,
        e.containment.all,
        e.passages,
        e.largest,
        e.longest,
        e.slots,
        e.conflicts,
        e.blanks,
        e.filled,
        e.headline.of,
        e.headline.all,
        u32::from(e.one_publisher),
        e.rest.replaced,
        e.rest.long,
        e.rest.common,
    ];
    let numbers: Vec<String> = all
        .into_iter()
        .chain(side(&e.a))
        .chain(side(&e.b))
        .map(|n| n.to_string())
        .collect();
    numbers.join("\t")
}
