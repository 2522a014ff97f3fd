//! A thousand permutations: the same set of articles in any order, in batches of any size, on one thread or several, gives the
//! same stories; and a verdict on two texts is the mirror image of the verdict on them the other way round.

mod common;

use common::corpus::{Mix, corpus};
use common::places::without_places;
use proptest::prelude::*;
use wirefold::article::Article;
use wirefold::fold::{Folder, Settings, sketched};
use wirefold::input::{Chunks, Kind, Options};
use wirefold::intake::{self, Batch};
use wirefold::report::{Format, Look, write};
use wirefold::verify::{Judge, Prepared, Thresholds, Verdict};

/// How many orders of each corpus are tried.
const ORDERS: u64 = 250;

/// The articles of rows of JSON.
fn articles(rows: &[String]) -> Vec<Article> {
    let options = Options {
        kind: Some(Kind::Json),
        ..Options::default()
    };
    let input = std::io::Cursor::new(rows.join("\n"));
    let mut chunks = Chunks::new(Box::new(input), "corpus", options);
    let mut all = Vec::new();
    intake::read(
        &mut chunks,
        &intake::Settings::default(),
        &|batch| batch,
        &mut |batch: Result<Batch, _>| {
            all.extend(batch.expect("a chunk").articles);
            Ok::<(), ()>(())
        },
    )
    .expect("a corpus");
    all
}

/// The stories and events of articles that come in batches of up to `most`.
fn fold(articles: &[Article], mix: &mut Mix, most: u64, threads: usize) -> String {
    let settings = Settings {
        threads,
        ..Settings::default()
    };
    let mut folder = Folder::new(settings);
    let mut rest = articles;
    while !rest.is_empty() {
        let size = 1 + mix.below(most.min(rest.len() as u64)) as usize;
        let (articles, more) = rest.split_at(size);
        rest = more;
        let batch = Batch {
            articles: articles.to_vec(),
            ..Batch::default()
        };
        folder.take(Ok(sketched(batch))).expect("room for texts");
    }
    let fold = folder.finish(&()).expect("texts that can be read");
    let mut out = Vec::new();
    write(&fold, Format::Json, &Look::default(), &mut out).expect("memory");
    without_places(&String::from_utf8(out).expect("text"))
}

#[test]
fn a_thousand_orders_and_batchings_give_the_same_stories() {
    for seed in 0..4 {
        let mut mix = Mix(seed);
        let mut articles = articles(&corpus(seed, 60));
        let expected = fold(&articles, &mut mix, 1000, 1);
        assert!(expected.contains("\"relation\":\"excerpt\""), "{expected}");
        for order in 0..ORDERS {
            mix.shuffle(&mut articles);
            let threads = 1 + (order % 4 == 0) as usize;
            let found = fold(&articles, &mut mix, 1 + order % 30, threads);
            assert_eq!(found, expected, "seed {seed}, order {order}");
        }
    }
}

/// A text of sentences that others have, too, in any order, some of them quoted, said twice or with another word in them.
fn text() -> impl Strategy<Value = String> {
    let sentence = (0..40u64, 0..8u8).prop_map(|(number, how)| {
        let sentence = Mix(number).sentence();
        match how {
            0 => format!("“{sentence}” she said."),
            1 => format!("{sentence} {sentence}"),
            2 => sentence.replacen(' ', " Odalys 47 ", 1),
            3 => format!("{sentence}\n"),
            _ => sentence,
        }
    });
    proptest::collection::vec(sentence, 0..24).prop_map(|sentences| sentences.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn a_verdict_is_the_mirror_image_of_the_other_way_round(a in text(), b in text(), titled in any::<(bool, bool)>()) {
        let title = |given: bool| given.then_some("Odalys and the herons");
        let (a, b) = (Prepared::new(&a, title(titled.0)), Prepared::new(&b, title(titled.1)));
        let mut judge = Judge::new(Thresholds::default());
        let there = judge.verdict(&a, &b);
        prop_assert_eq!(there, judge.verdict(&b, &a).map(Verdict::mirrored));
        prop_assert_eq!(judge.figures(&a, &b), judge.figures(&b, &a).mirrored());
    }
}
