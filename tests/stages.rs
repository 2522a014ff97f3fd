//! The stages give the stories of the single machine, byte for byte, however the corpus is cut into shards, in whatever
//! order its lines arrive, and whichever process takes which buckets. No Spark is needed: what the job does between the
//! stages (move lines to their buckets, sort them, join members to routes) is done here in a few lines.

mod common;

use std::collections::BTreeMap;

use common::corpus::{Mix, corpus};
use common::places::without_places;
use proptest::prelude::*;
use wirefold::fold::{Folder, Settings as Folding, set_aside, sketched};
use wirefold::input::{Chunks, Kind as Input, Options};
use wirefold::intake;
use wirefold::report::{Format, Look, write};
use wirefold::spark::articles::Read;
use wirefold::spark::stage::{Settings, Stage, run};
use wirefold::spark::stream::{Kind, Lines, Sink, header};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Row {
    bucket: u64,
    order: String,
    kind: Kind,
    payload: Vec<u8>,
}

/// How a run is spread out.
#[derive(Clone, Copy, Debug)]
struct Spread {
    shards: usize,
    buckets: u32,
    seed: u64,
    window: Option<i64>,
}

fn rows(stream: &[u8]) -> Vec<Row> {
    let mut input = stream;
    let mut lines = Lines::new(&mut input);
    let mut rows = Vec::new();
    while let Some(line) = lines.next().expect("a stream") {
        rows.push(Row {
            bucket: line.bucket,
            order: line.order.to_owned(),
            kind: line.kind,
            payload: line.payload.to_vec(),
        });
    }
    rows
}

impl Spread {
    fn settings(self) -> Settings {
        Settings {
            buckets: self.buckets,
            window: self.window,
        }
    }

    /// Reads the lines of a corpus in shards of any order.
    fn read(self, corpus: &[String]) -> Vec<Row> {
        let mut mix = Mix(self.seed);
        let mut shards = vec![String::new(); self.shards];
        let mut lines = corpus.to_vec();
        mix.shuffle(&mut lines);
        for line in lines {
            let shard = mix.below(self.shards as u64) as usize;
            shards[shard].push_str(&line);
            shards[shard].push('\n');
        }
        let read = |shard: String| {
            let mut out = Vec::new();
            let mut sink = Sink::new(&mut out).unwrap();
            let mut read = Read::new(self.buckets);
            intake(shard, &mut |batch| {
                read.batch(&batch, &mut sink).unwrap();
            });
            read.finish(&mut sink).unwrap();
            rows(&out)
        };
        shards.into_iter().flat_map(read).collect()
    }

    /// Runs a stage in as many processes as there are shards, each with its share of the buckets.
    fn run(self, stage: Stage, mut rows_in: Vec<Row>, processes: usize) -> Vec<Row> {
        let mut mix = Mix(self.seed ^ stage as u64);
        mix.shuffle(&mut rows_in);
        let mut shares: Vec<Vec<Row>> = vec![Vec::new(); processes];
        for row in rows_in {
            shares[(row.bucket % processes as u64) as usize].push(row);
        }
        let mut written = Vec::new();
        for mut share in shares {
            share.sort_by(|a, b| (a.bucket, &a.order).cmp(&(b.bucket, &b.order)));
            let mut stream = header().into_bytes();
            stream.push(b'\n');
            for row in &share {
                let start = format!("{}\t{}\t{}\t", row.kind.as_str(), row.bucket, row.order);
                stream.extend_from_slice(start.as_bytes());
                stream.extend_from_slice(&row.payload);
                stream.push(b'\n');
            }
            let mut out = Vec::new();
            run(stage, self.settings(), &mut &stream[..], &mut out).expect("the stage runs");
            written.extend(rows(&out));
        }
        written
    }

    /// The stories, in the order of the report, and the counts.
    fn stories(self, corpus: &[String]) -> (String, BTreeMap<String, u64>) {
        let mut counts = Counts::default();
        let read = counts.take(self.read(corpus));
        let (ids, mut read) = part(read, Kind::Id);
        read.extend(firsts(&read));
        let claims = self.run(Stage::Claims, ids, self.shards);
        read.extend(self.run(Stage::Ids, claims, self.shards));
        let sketched = counts.take(self.run(Stage::Sketch, read, self.shards));
        let (members, postings) = part(sketched, Kind::Member);
        let (lines, postings) = part(postings, Kind::Lines);
        let (_, postings) = part(postings, Kind::Headline);
        let lists = counts.take(self.run(Stage::Lists, postings, self.shards));
        let pairs = counts.take(self.run(Stage::Pairs, lists, self.shards));
        let blocks = counts.take(self.run(Stage::Blocks, pairs, 1));
        let blocks = joined(&members, blocks);
        let matches = counts.take(self.run(Stage::Compare, blocks, self.shards));
        let components = counts.take(self.run(Stage::Components, matches, 1));
        let marks = self.run(Stage::Lines, together(&lines, &components), self.shards);
        let recurring = counts.take(self.run(Stage::Recurring, marks, self.shards));
        let mut components = together(&members, &components);
        // every process needs to know them
        for bucket in 0..self.shards as u64 {
            let known = |row: &Row| Row {
                bucket,
                ..row.clone()
            };
            components.extend(recurring.iter().map(known));
        }
        let mut stories = counts.take(self.run(Stage::Cluster, components, self.shards));
        stories.sort_by(|a, b| (&a.order, a.bucket).cmp(&(&b.order, b.bucket)));
        let mut lines = Vec::new();
        for row in stories {
            if row.bucket == 0 && !lines.is_empty() {
                lines.push(b'\n');
            }
            lines.extend(row.payload);
        }
        if !lines.is_empty() {
            lines.push(b'\n');
        }
        (String::from_utf8(lines).unwrap(), counts.0)
    }
}

/// What the job finds out about all articles: the first number of each bucket.
fn firsts(rows: &[Row]) -> Vec<Row> {
    let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == Kind::Article) {
        *sizes.entry(row.bucket).or_default() += 1;
    }
    let mut first = 0;
    let mut firsts = Vec::new();
    for (&bucket, size) in &sizes {
        firsts.push(Row {
            bucket,
            order: String::new(),
            kind: Kind::First,
            payload: first.to_string().into_bytes(),
        });
        first += size;
    }
    firsts
}

/// Rows of articles in the buckets of their components, and those of articles without a match in buckets of their own.
fn together(articles: &[Row], components: &[Row]) -> Vec<Row> {
    let mut rows = joined(articles, components.to_vec());
    let routed: std::collections::BTreeSet<String> = rows
        .iter()
        .filter(|row| row.kind != Kind::Matches)
        .map(|row| row.order.clone())
        .collect();
    let alone = articles.iter().filter(|row| !routed.contains(&row.order));
    rows.extend(alone.map(|row| Row {
        bucket: row.bucket + 1000,
        ..row.clone()
    }));
    rows
}

/// Rows of one kind and the others.
fn part(rows: Vec<Row>, kind: Kind) -> (Vec<Row>, Vec<Row>) {
    rows.into_iter().partition(|row| row.kind == kind)
}

/// Routes replaced by the members that they ask for.
fn joined(members: &[Row], rows: Vec<Row>) -> Vec<Row> {
    use base64::Engine;
    let by_number: BTreeMap<u64, &Row> = members.iter().map(|row| (row.bucket, row)).collect();
    let (routes, mut rows) = part(rows, Kind::Route);
    for route in routes {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(&route.payload)
            .unwrap();
        for number in bytes.chunks(4) {
            let number = u32::from_le_bytes(number.try_into().unwrap());
            // an article without a line of some length has no row of lines
            let row = by_number.get(&u64::from(number));
            rows.extend(row.map(|&row| Row {
                bucket: route.bucket,
                ..row.clone()
            }));
        }
    }
    rows
}

#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Adds up the counts and takes them out.
    fn take(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let (counts, rows) = part(rows, Kind::Count);
        for row in counts {
            let counts: BTreeMap<String, u64> = serde_json::from_slice(&row.payload).unwrap();
            for (name, count) in counts {
                *self.0.entry(name).or_default() += count;
            }
        }
        part(rows, Kind::Skipped).1
    }
}

fn intake(text: String, take: &mut dyn FnMut(intake::Batch)) {
    let options = Options {
        kind: Some(Input::Json),
        ..Options::default()
    };
    let mut chunks = Chunks::new(Box::new(std::io::Cursor::new(text)), "corpus", options);
    intake::read(
        &mut chunks,
        &intake::Settings::default(),
        &|batch| batch,
        &mut |batch| {
            take(batch.expect("a chunk"));
            Ok::<(), ()>(())
        },
    )
    .unwrap();
}

/// What one machine makes of the corpus, and its candidates.
fn single(corpus: &[String], window: Option<i64>) -> (String, u64, wirefold::report::Summary) {
    let settings = Folding {
        threads: 1,
        events: false,
        window,
        ..Folding::default()
    };
    let mut folder = Folder::new(settings);
    intake(corpus.join("\n"), &mut |batch| {
        folder.take(Ok(sketched(batch))).unwrap();
    });
    let mut fold = folder.finish(&()).unwrap();
    set_aside(&mut fold).unwrap();
    let mut out = Vec::new();
    write(&fold, Format::Jsonl, &Look::default(), &mut out).unwrap();
    let summary = wirefold::report::Summary::of(&fold);
    (
        String::from_utf8(out).unwrap(),
        fold.counts.candidates,
        summary,
    )
}

fn check(corpus: &[String], spread: Spread) {
    let (stories, counts) = spread.stories(corpus);
    let (expected, candidates, summary) = single(corpus, spread.window);
    assert_eq!(
        without_places(&stories),
        without_places(&expected),
        "{spread:?}"
    );
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    assert_eq!(count("compared"), candidates);
    assert_eq!(count("articles"), summary.articles);
    assert_eq!(count("headlines"), summary.headlines);
    assert_eq!(count("seen_again"), summary.seen_again);
    assert_eq!(count("stories"), summary.stories);
    assert_eq!(count("copies"), summary.copies);
    assert_eq!(count("pages"), summary.pages);
}

#[test]
fn the_corpus_has_what_could_go_wrong() {
    let corpus = corpus(1, 400);
    let (stories, candidates, summary) = single(&corpus, None);
    assert!(summary.copies > 100 && summary.stories > 100, "{summary:?}");
    assert!(
        summary.seen_again > 5 && summary.headlines > 5,
        "{summary:?}"
    );
    assert!(candidates > summary.copies, "{candidates}");
    for relation in ["identical", "copy", "excerpt"] {
        assert!(
            stories.contains(&format!("\"relation\":\"{relation}\"")),
            "{relation}"
        );
    }
    // lines that recur over the stories are set aside
    let notices: Vec<&String> = corpus.iter().filter(|row| row.contains("\\n")).collect();
    let line = notices[0].split("\\n").nth(1).unwrap();
    assert!(notices.iter().filter(|row| row.contains(line)).count() > 10);
    assert!(!stories.contains(line), "{line}");
    // an id that two articles claim is replaced by the key in both
    assert!(!stories.contains("\"id\":\"twice\""));
}

#[test]
fn shards_give_the_stories_of_one_machine() {
    let corpus = corpus(1, 400);
    for (shards, buckets) in [(1, 1), (2, 4), (7, 32), (3, 500)] {
        for seed in 0..2 {
            check(
                &corpus,
                Spread {
                    shards,
                    buckets,
                    seed,
                    window: None,
                },
            );
        }
    }
}

#[test]
fn a_window_is_kept() {
    let window = Some(36 * 3600);
    let corpus = corpus(2, 300);
    let stories = |window| single(&corpus, window).2.stories;
    assert!(stories(window) > stories(None), "it parts what lies apart");
    check(
        &corpus,
        Spread {
            shards: 3,
            buckets: 8,
            seed: 0,
            window,
        },
    );
}

#[test]
fn an_empty_corpus_gives_no_story() {
    check(
        &[],
        Spread {
            shards: 2,
            buckets: 4,
            seed: 0,
            window: None,
        },
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_shards_of_any_corpus_give_the_same(
        corpus_seed: u64, articles in 1usize..160, shards in 1usize..9, buckets in 1u32..40, seed: u64
    ) {
        check(&corpus(corpus_seed, articles), Spread { shards, buckets, seed, window: None });
    }
}

#[test]
fn unsorted_or_foreign_lines_are_refused() {
    let stream = format!("{}\npairs\t0\t\t!\n", header());
    let mut out = Vec::new();
    let error = run(
        Stage::Blocks,
        Settings::default(),
        &mut stream.as_bytes(),
        &mut out,
    );
    assert!(error.unwrap_err().to_string().contains("base64"));
    let stream = format!("{}\nmatches\t1\t\t\nmatches\t0\t\t\n", header());
    let error = run(
        Stage::Cluster,
        Settings::default(),
        &mut stream.as_bytes(),
        &mut out,
    );
    assert!(error.unwrap_err().to_string().contains("sort"));
}
