//! An archive built in any history of additions is one fold of all.

mod news;

use news::{Dice, add, again, corpus, document, fold, open, stories, written};
use proptest::prelude::*;
use wirefold::archive::Query;
use wirefold::article::{Article, Moment};

/// A history: the articles in some order, cut into batches, some seen again later.
fn history(seed: u64, count: usize, batches: usize) -> Vec<Vec<Article>> {
    let mut dice = Dice(seed ^ 0x5eed);
    let mut articles = corpus(seed, count);
    for at in 0..count {
        if dice.one_in(6) {
            let seen = again(&mut dice, &articles[at]);
            articles.push(seen);
        }
    }
    dice.shuffle(&mut articles);
    let mut cut: Vec<Vec<Article>> = vec![Vec::new(); batches];
    for article in articles {
        let at = dice.below(batches);
        cut[at].push(article);
    }
    cut
}

fn equals_one_fold(seed: u64, count: usize, batches: usize, window: Option<i64>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let history = history(seed, count, batches);
    for batch in &history {
        add(&path, batch, window);
    }
    let whole = fold(&history.concat(), window);
    let (archive, once) = (document(&stories(&path)), document(&whole));
    assert!(
        archive == once,
        "seed {seed}, {count} articles in {batches} batches"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_history_is_one_fold(seed: u64, count in 1usize..60, batches in 1usize..9) {
        equals_one_fold(seed, count, batches, None);
    }

    #[test]
    fn long_lists_change_links_between_old_articles(seed: u64, count in 90usize..180, batches in 1usize..7) {
        equals_one_fold(seed, count, batches, None);
    }

    #[test]
    fn a_window_holds_in_any_history(seed: u64, count in 1usize..120, batches in 1usize..7) {
        equals_one_fold(seed, count, batches, Some(12 * 3600));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn long_lists_in_a_window_lose_articles_whose_times_change(seed: u64, count in 260usize..420, batches in 2usize..6) {
        equals_one_fold(seed, count, batches, Some(30 * 3600));
    }
}

#[test]
fn who_comes_into_a_stretch_may_take_the_place_of_a_centre() {
    equals_one_fold(9_075_138_214_682_891_334, 353, 2, Some(30 * 3600));
}

#[test]
fn one_by_one_is_one_fold() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let articles = corpus(7, 100);
    for article in &articles {
        add(&path, std::slice::from_ref(article), None);
    }
    assert!(document(&stories(&path)) == document(&fold(&articles, None)));
}

#[test]
fn an_export_reads_back_to_an_equal_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, other) = (folder.path().join("one.db"), folder.path().join("other.db"));
    for batch in history(21, 80, 3) {
        add(&one, &batch, None);
    }
    let exported = folder.path().join("export.jsonl");
    let mut out = Vec::new();
    open(&one).export(&mut out).expect("reads");
    std::fs::write(&exported, &out).expect("writes");
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_wirefold"))
        .args(["add", "-q", "--archive"])
        .args([&other, &exported])
        .status();
    assert!(status.expect("runs").success());
    let mut again = Vec::new();
    open(&other).export(&mut again).expect("reads");
    assert!(out == again);
    assert!(
        written(&stories(&one)) == written(&stories(&other)),
        "places included"
    );
}

#[test]
fn after_a_prune_the_stories_are_those_of_what_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let articles = corpus(5, 150);
    for batch in articles.chunks(40) {
        add(&path, batch, None);
    }
    let cutoff = Moment {
        seconds: 1_755_000_000 + 20 * 3600,
        day_only: false,
    };
    let left: Vec<Article> = articles
        .iter()
        .filter(|article| article.published.at.is_none_or(|at| at >= cutoff))
        .cloned()
        .collect();
    assert!(left.len() < articles.len());
    let mut archive = open(&path);
    let older = archive.older(cutoff).expect("reads");
    let (gone, _) = archive.prune(cutoff, &()).expect("prunes");
    assert_eq!(older, gone);
    assert_eq!(gone as usize, articles.len() - left.len());
    assert_eq!(archive.faults().expect("reads"), Vec::<String>::new());
    let of = |value: serde_json::Value| (value["stories"].clone(), value["headlines"].clone());
    assert!(of(document(&stories(&path))) == of(document(&fold(&left, None))));
    // and it goes on from there
    add(&path, &articles, None);
    let whole = of(document(&fold(&articles, None)));
    assert!(of(document(&stories(&path))) == whole);
}

#[test]
fn a_rebuild_changes_nothing_unless_the_rules_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let history = history(8, 120, 3);
    for batch in &history[..2] {
        add(&path, batch, None);
    }
    let before = written(&stories(&path));
    open(&path).rebuild(&()).expect("rebuilds");
    assert!(written(&stories(&path)) == before);
    // an archive of other rules is made again by the next addition
    let db = rusqlite::Connection::open(&path).expect("opens");
    db.execute_batch("DELETE FROM matches; DELETE FROM stars; UPDATE meta SET value = 'other' WHERE name = 'fingerprint'")
        .expect("writes");
    assert!(open(&path).info().expect("reads").stale);
    add(&path, &history[2], None);
    assert!(!open(&path).info().expect("reads").stale);
    assert!(document(&stories(&path)) == document(&fold(&history.concat(), None)));
}

#[test]
fn a_story_is_found_by_each_of_the_ids_it_had() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut retired = Vec::new();
    let articles = corpus(13, 120);
    for article in articles.iter().rev() {
        retired.extend(add(&path, std::slice::from_ref(article), None).retired);
    }
    assert!(!retired.is_empty());
    let archive = open(&path);
    for (old, new) in retired {
        assert!(new.is_some());
        let query = Query {
            story: Some(old),
            ..Query::default()
        };
        let fold = archive.fold(&query, &()).expect("reads");
        assert_eq!(fold.stories.len(), 1);
        assert!(fold.articles.iter().any(|member| member.article.key == old));
    }
}

#[test]
fn stories_are_found_by_what_is_asked_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let articles = corpus(17, 80);
    add(&path, &articles[..40], None);
    let last = add(&path, &articles[40..], None);
    let archive = open(&path);
    let all = archive.fold(&Query::default(), &()).expect("reads");
    let asked = |query: Query| archive.fold(&query, &()).expect("reads");
    let by_agency = asked(Query {
        agency: Some("reuters".into()),
        ..Query::default()
    });
    let expected = all
        .stories
        .iter()
        .filter(|s| s.origin.agency.as_deref() == Some("Reuters"));
    assert_eq!(by_agency.stories.len(), expected.count());
    let new = asked(Query {
        run: Some(last.run),
        ..Query::default()
    });
    assert!(new.stories.len() >= last.new_stories.len() && new.stories.len() < all.stories.len());
    let body = all
        .bodies
        .body(all.stories[0].canonical)
        .expect("reads")
        .into_owned();
    let words: Vec<&str> = body.split_whitespace().take(4).collect();
    let found = asked(Query {
        words: Some(words.join(" ").to_uppercase()),
        ..Query::default()
    });
    assert!(
        found
            .stories
            .iter()
            .any(|story| story.id == all.stories[0].id)
    );
    assert!(found.stories.len() < all.stories.len());
    for hostile in ["\"", "title:", "NEAR(", "a OR b", "*", ""] {
        asked(Query {
            words: Some(hostile.into()),
            ..Query::default()
        });
    }
}
