//! Scores the event stage on labelled sets, and learns its weights from their learned halves.
//!
//! ```text
//! cargo bench --profile quick --bench events -- [score|learn] [--baseline] [--background FILE] [WEIGHT=VALUE]... [SET]...
//! ```
//!
//! A SET is a folder with `docs.jsonl` and `clusters.tsv` (or `clusters_event.tsv`, or pairs of two ids and 0 or 1);
//! without one, those of `../shared/sets` and of `fixtures/events/languages`. A document may name the `copies` that it
//! stands for: they are scored with it. Clusters are dealt by the hash of their label: half of them are learned from, the
//! other half is held back and only scored. `learn` prints the table to be stored as `src/event/weights.tsv`;
//! `--baseline` sets `../shared/sets/baseline_events.py` beside each set, whose threshold is chosen on the answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use wirefold::article::{Key, Moment};
use wirefold::event::{EventInput, StoryTerms, Weights, events};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// A document with its terms.
#[derive(Clone)]
struct Doc {
    id: String,
    /// Further documents that it stands for: copies, collapsed.
    copies: Vec<String>,
    key: Key,
    terms: StoryTerms,
    published: Option<Moment>,
    language: Option<String>,
}

/// What the labels say.
#[derive(Clone)]
enum Truth {
    Clusters(BTreeMap<String, String>),
    Pairs(Vec<(String, String, bool)>),
}

#[derive(Clone)]
struct Set {
    name: String,
    docs: Vec<Doc>,
    truth: Truth,
}

/// Adjusted Rand index, pairwise F1, B-cubed F1; for pairs the share of right answers, three times.
type Scores = [f64; 3];

fn main() {
    let (mut learn, mut baseline) = (false, false);
    let mut background = Vec::new();
    let mut folders = Vec::new();
    let mut weights = Weights::learned().clone();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" | "score" => {}
            "learn" => learn = true,
            "--baseline" => baseline = true,
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
        folders.extend(
            ["de", "ru", "vi"].map(|language| Path::new(FIXTURES).join("languages").join(language)),
        );
    }
    let sets: Vec<Set> = folders.iter().map(|folder| read(folder)).collect();
    if learn {
        weights = learned(&sets, weights);
        for (name, value) in weights.values() {
            println!("{name}\t{value}");
        }
    }
    report(&sets, &background, &weights);
    if baseline {
        for folder in &folders {
            println!("{}", beside(folder));
        }
    }
}

/// Sets of our own.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/events");

fn shared() -> String {
    std::env::var("WIREFOLD_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into())
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

fn shared_sets() -> Vec<PathBuf> {
    let shared = shared();
    let names = [
        "hscluster_10E",
        "hscluster_20E",
        "fnc1_tune",
        "syndication",
        "tgnews_en",
    ];
    let folders = names
        .iter()
        .map(|name| Path::new(&shared).join("sets").join(name));
    folders.filter(|folder| folder.is_dir()).collect()
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

/// Coordinate descent: each weight in turn is moved up and down as long as the learned halves get better: alone, beside
/// all other sets, and thinned out in several ways, so that no single report decides.
fn learned(sets: &[Set], mut weights: Weights) -> Weights {
    let all: Vec<Doc> = sets.iter().flat_map(|set| set.docs.clone()).collect();
    let invented = Invented::read(Some(true));
    let mut cases: Vec<(Set, Vec<Doc>)> = Vec::new();
    for set in sets {
        let own: BTreeSet<Key> = set.docs.iter().map(|doc| doc.key).collect();
        let others = all.iter().filter(|doc| !own.contains(&doc.key));
        let learned = half(set, true);
        cases.extend((0..THINNED).map(|round| (thinned(&learned, round), Vec::new())));
        cases.push((learned.clone(), others.cloned().collect()));
        cases.push((learned, Vec::new()));
    }
    // three quarters labelled sets, one quarter twins and siblings; by the share of errors that is left, so that a set
    // that is nearly solved counts as much as a hard one
    let left = |score: f64| (1.03 - score).ln();
    let quality = |weights: &Weights| {
        let sets: f64 = cases
            .iter()
            .map(|(set, beside)| {
                let scores = score(set, beside, weights);
                scores.iter().map(|&score| left(score)).sum::<f64>() / 3.0
            })
            .sum();
        // twins are kept apart under a lower bar, too, and siblings joined under a higher one: the templates are few
        let moved = |by: i64| {
            let bar = weights.get("height") + by;
            invented.score(&[], &weights.with("height", bar))
        };
        let (lower, higher) = (moved(-MARGIN), moved(MARGIN));
        let pairs = [lower[0], higher[1], lower[2], higher[3]];
        let pairs: f64 = pairs.into_iter().map(left).sum();
        -0.75 * sets / cases.len() as f64 - 0.25 * pairs / 4.0
    };
    let mut best = quality(&weights);
    for step in [300, 150, 70] {
        for (name, value) in weights.values().to_vec() {
            // what days say is a rule, not a measure
            if name.starts_with("day_") {
                continue;
            }
            for direction in [1, -1] {
                let mut now = value;
                loop {
                    let next = now + direction * (now.abs() * step / 1000).max(1);
                    let tried = weights.with(name, next);
                    let reached = quality(&tried);
                    if reached <= best + 1e-3 || next == now {
                        break;
                    }
                    (best, now, weights) = (reached, next, tried);
                    eprintln!("{best:.4} {name} {now}");
                }
            }
        }
    }
    weights
}

/// By so much of the cosine, in thousandths, the bar is moved for the invented pairs.
const MARGIN: i64 = 12;

/// Pairs of invented reports, with whether they belong together.
struct Invented {
    pairs: Vec<([Doc; 2], bool)>,
}

impl Invented {
    /// Those of one half of the templates, or of all.
    fn read(half: Option<bool>) -> Self {
        let mut pairs = Vec::new();
        for (name, same) in [("twins", false), ("siblings", true)] {
            let file = format!("{FIXTURES}/{name}.jsonl");
            let text =
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
            for line in text.lines() {
                let record: Value = serde_json::from_str(line).expect("a line of JSON");
                let template = record["kind"].as_str().unwrap_or_default();
                if half.is_some_and(|half| half != chosen(template)) {
                    continue;
                }
                let side = |side: &str| {
                    let field =
                        |name: &str| record[side][name].as_str().unwrap_or_default().to_owned();
                    let (title, body) = (field("title"), field("text"));
                    Doc {
                        id: title.clone(),
                        copies: Vec::new(),
                        key: Key(xxh3_64(format!("{title}{body}").as_bytes())),
                        terms: StoryTerms::of(record["language"].as_str(), Some(&title), &body),
                        published: None,
                        language: record["language"].as_str().map(str::to_owned),
                    }
                };
                pairs.push(([side("a"), side("b")], same));
            }
        }
        Self { pairs }
    }

    /// Twins kept apart and siblings joined: each pair alone, then all beside each other and `beside`.
    fn score(&self, beside: &[Doc], weights: &Weights) -> [f64; 4] {
        let mut all: BTreeMap<Key, Doc> = BTreeMap::new();
        for doc in self.pairs.iter().flat_map(|(pair, _)| pair).chain(beside) {
            all.insert(doc.key, doc.clone());
        }
        let all: Vec<Doc> = all.into_values().collect();
        let together = grouped(&all, weights);
        let mut right = [0.0; 4];
        let mut of = [0.0; 2];
        for (pair, same) in &self.pairs {
            let alone = grouped(pair, weights);
            let at = usize::from(*same);
            of[at] += 1.0;
            for (way, found) in [(0, &alone), (2, &together)] {
                let [a, b] = [0, 1].map(|side| found.get(&pair[side].key));
                right[way + at] += f64::from((a.is_some() && a == b) == *same);
            }
        }
        [
            right[0] / of[0],
            right[1] / of[1],
            right[2] / of[0],
            right[3] / of[1],
        ]
    }
}

fn grouped(docs: &[Doc], weights: &Weights) -> BTreeMap<Key, usize> {
    let mut found = BTreeMap::new();
    for (number, group) in events(&inputs(docs), weights).iter().enumerate() {
        found.extend(group.stories.iter().map(|key| (*key, number)));
    }
    found
}

fn score(set: &Set, beside: &[Doc], weights: &Weights) -> Scores {
    let all: Vec<Doc> = set.docs.iter().chain(beside).cloned().collect();
    let found = grouped(&all, weights);
    // a document outside every event is its own
    let groups = set.docs.iter().enumerate().flat_map(|(at, doc)| {
        let group = found.get(&doc.key).copied().unwrap_or(found.len() + at);
        doc.ids().map(move |id| (id, group))
    });
    let groups: BTreeMap<&str, usize> = groups.collect();
    match &set.truth {
        Truth::Pairs(pairs) => {
            let right = pairs.iter().filter(|(a, b, same)| {
                let [a, b] = [a, b].map(|id| groups.get(id.as_str()));
                (a.is_some() && a == b) == *same
            });
            [right.count() as f64 / pairs.len().max(1) as f64; 3]
        }
        Truth::Clusters(clusters) => {
            let judged = groups.iter().filter_map(|(&id, &group)| {
                let truth = clusters.get(id)?.as_str();
                (!truth.starts_with("solo_")).then_some((truth, group))
            });
            compare(&judged.collect::<Vec<_>>())
        }
    }
}

fn compare(judged: &[(&str, usize)]) -> Scores {
    let (mut truth, mut found, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &(label, group) in judged {
        *truth.entry(label).or_insert(0u64) += 1;
        *found.entry(group).or_insert(0u64) += 1;
        *both.entry((label, group)).or_insert(0u64) += 1;
    }
    let pairs = |n: u64| (n * n.saturating_sub(1) / 2) as f64;
    let all = pairs(judged.len() as u64);
    let hit: f64 = both.values().map(|&n| pairs(n)).sum();
    let (want, got): (f64, f64) = (
        truth.values().map(|&n| pairs(n)).sum(),
        found.values().map(|&n| pairs(n)).sum(),
    );
    let chance = if all > 0.0 { want * got / all } else { 0.0 };
    let most = f64::midpoint(want, got);
    let ari = if (most - chance).abs() < 1e-12 {
        1.0
    } else {
        (hit - chance) / (most - chance)
    };
    let pair = if want + got > 0.0 {
        2.0 * hit / (want + got)
    } else {
        1.0
    };
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((label, group), &n) in &both {
        precision += (n * n) as f64 / found[group] as f64;
        recall += (n * n) as f64 / truth[label] as f64;
    }
    let b3 = 2.0 * precision * recall / (precision + recall) / judged.len().max(1) as f64;
    [ari, pair, b3]
}

/// Each set's learned half is thinned out in so many ways.
const THINNED: u64 = 6;

/// Three of four documents of a set.
fn thinned(set: &Set, round: u64) -> Set {
    let mut part = set.clone();
    part.docs
        .retain(|doc| xxh3_64_with_seed(doc.id.as_bytes(), round) & 3 != 0);
    let kept: BTreeSet<&str> = part.docs.iter().map(|doc| doc.id.as_str()).collect();
    match &mut part.truth {
        Truth::Clusters(clusters) => clusters.retain(|id, _| kept.contains(id.as_str())),
        Truth::Pairs(pairs) => {
            pairs.retain(|(a, b, _)| kept.contains(a.as_str()) && kept.contains(b.as_str()));
        }
    }
    part
}

/// Whether what bears this label is learned from.
fn chosen(label: &str) -> bool {
    xxh3_64(label.as_bytes()) & 1 == 0
}

/// The documents of every second cluster (or pair), by the hash of its label.
fn half(set: &Set, first: bool) -> Set {
    let chosen = |label: &str| chosen(label) == first;
    let mut part = set.clone();
    let kept: BTreeSet<String> = match &mut part.truth {
        Truth::Clusters(clusters) => {
            clusters.retain(|_, label| chosen(label));
            clusters.keys().cloned().collect()
        }
        Truth::Pairs(pairs) => {
            pairs.retain(|(a, _, _)| chosen(a));
            pairs
                .iter()
                .flat_map(|(a, b, _)| [a.clone(), b.clone()])
                .collect()
        }
    };
    part.docs
        .retain(|doc| doc.ids().any(|id| kept.contains(id)));
    part
}

fn inputs(docs: &[Doc]) -> Vec<EventInput<'_>> {
    docs.iter().map(Doc::input).collect()
}

impl Doc {
    /// Its own id and those of its copies.
    fn ids(&self) -> impl Iterator<Item = &str> {
        [&self.id]
            .into_iter()
            .chain(&self.copies)
            .map(String::as_str)
    }

    fn input(&self) -> EventInput<'_> {
        EventInput {
            id: self.key,
            terms: &self.terms,
            published: self.published,
            language: self.language.as_deref(),
        }
    }
}

fn read(folder: &Path) -> Set {
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let name = folder
        .file_name()
        .map_or(String::new(), |name| name.to_string_lossy().into());
    let truth = match table("clusters_event.tsv").or_else(|| table("clusters.tsv")) {
        Some(text) => Truth::Clusters(
            text.lines()
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
                })
                .collect(),
        ),
        None => Truth::Pairs(
            table("pairs.tsv")
                .unwrap_or_default()
                .lines()
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    Some((
                        cells.next()?.to_owned(),
                        cells.next()?.to_owned(),
                        cells.next()? == "1",
                    ))
                })
                .collect(),
        ),
    };
    Set {
        name,
        docs: docs(&folder.join("docs.jsonl")),
        truth,
    }
}

fn docs(file: &Path) -> Vec<Doc> {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let start = Instant::now();
    let read: Vec<Doc> = text.lines().filter_map(doc).collect();
    if read.len() > 5000 {
        println!(
            "{} documents read in {:.3} s",
            read.len(),
            start.elapsed().as_secs_f64()
        );
    }
    read
}

fn doc(line: &str) -> Option<Doc> {
    let record: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| record.get(name).and_then(Value::as_str);
    let (title, body) = (field("title"), field("text")?);
    let published = field("published").and_then(|text| {
        let epoch = text.parse::<f64>().ok().map(|seconds| Moment {
            seconds: seconds as i64,
            day_only: true,
        });
        epoch.or_else(|| Moment::parse(text))
    });
    let copies = record.get("copies").and_then(Value::as_array);
    let copies = copies.into_iter().flatten().filter_map(Value::as_str);
    Some(Doc {
        id: field("id")?.to_owned(),
        copies: copies.map(str::to_owned).collect(),
        key: Key(xxh3_64(field("id")?.as_bytes())),
        terms: StoryTerms::of(field("lang"), title, body),
        published,
        language: field("lang").map(str::to_owned),
    })
}
