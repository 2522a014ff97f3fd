//! Planted changes and broken policies, and what each writer makes of them.

use crate::article::{ArticleNo, Moment};
use crate::elect::Holds;
use crate::fold::Fold;
use crate::report::sample::{self, article, story};
use crate::verify::Relation;

use super::*;

/// Two syndicated stories, a lone one, a headline.
fn before() -> Fold {
    let articles = vec![
        article(
            "Ferry runs aground",
            "Harbour Times",
            "the ferry ran aground at dawn",
            1,
        ),
        article(
            "Ferry runs aground",
            "Northern Mail",
            "the ferry ran aground at dawn",
            2,
        ),
        article("Ferry stuck", "Island Post", "the ferry ran aground", 3),
        article(
            "Bridge vote",
            "Harbour Times",
            "the council voted for the bridge",
            4,
        ),
        article(
            "Council backs bridge",
            "Northern Mail",
            "the council voted for the bridge",
            5,
        ),
        article(
            "Seal in the harbour",
            "Island Post",
            "a seal was seen on the quay",
            6,
        ),
        article("Weather", "Island Post", "", 7),
    ];
    let stories = vec![
        story(
            &articles,
            0,
            &[(1, Relation::Identical), (2, Relation::Excerpt)],
        ),
        story(&articles, 3, &[(4, Relation::Copy)]),
        story(&articles, 5, &[]),
    ];
    sample::fold(articles, stories)
}

fn expectation(fold: &Fold) -> Expectation {
    let mut file = Vec::new();
    Expectation::of(fold)
        .expect("bodies")
        .write(&mut file)
        .expect("memory takes everything");
    let file = String::from_utf8(file).expect("UTF-8");
    Expectation::read(&file, "stories.jsonl").expect("what was written can be read")
}

/// The findings after a change, as `rule subject | detail`.
fn found(change: impl FnOnce(&mut Fold)) -> Vec<String> {
    let expected = expectation(&before());
    let mut fold = before();
    change(&mut fold);
    let found = Expectation::of(&fold).expect("bodies");
    let findings = differences(&expected, &found);
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} | {}",
                finding.rule.as_str(),
                finding.subject,
                finding.message()
            )
        })
        .collect()
}

fn texts(fold: &mut Fold, change: impl FnOnce(&mut Vec<String>)) {
    let all = (0..fold.articles.len() as u32).map(|no| {
        fold.bodies
            .body(ArticleNo(no))
            .expect("a body")
            .into_owned()
    });
    let mut texts: Vec<String> = all.collect();
    change(&mut texts);
    fold.bodies = Box::new(sample::Texts(texts));
}

#[test]
fn the_same_fold_is_as_expected_wherever_it_was_read_from() {
    assert_eq!(found(|_| {}), [""; 0]);
    let moved = |fold: &mut Fold| {
        for member in &mut fold.articles {
            member.article.place.line += 40;
            member.article.place.source = "elsewhere/page.txt".into();
        }
        fold.stories.reverse();
    };
    assert_eq!(found(moved), [""; 0]);
}

#[test]
fn an_article_that_moves_is_one_finding() {
    let moved = found(|fold| {
        let copy = fold.stories[0].copies.remove(1);
        fold.stories[1].copies.push(copy);
    });
    assert_eq!(
        moved,
        [
            "moved Island Post: Ferry stuck | was excerpt in “Harbour Times: Ferry runs aground”, \
          is excerpt in “Harbour Times: Bridge vote”"
        ]
    );
}

#[test]
fn an_article_that_leaves_for_a_story_of_its_own_moved() {
    let split = found(|fold| {
        fold.stories[1].copies.clear();
        let lone = crate::elect::Story {
            canonical: ArticleNo(4),
            id: fold.articles[4].article.key,
            ..fold.stories[2].clone()
        };
        fold.stories.push(lone);
    });
    assert_eq!(
        split,
        [
            "moved Northern Mail: Council backs bridge | was copy in “Harbour Times: Bridge vote”, \
          is the canonical of “Northern Mail: Council backs bridge”"
        ]
    );
}

#[test]
fn stories_that_merge_move_the_smaller_one() {
    let merged = found(|fold| {
        let lone = fold.stories.remove(2);
        let mut copy = fold.stories[1].copies[0].clone();
        copy.article = lone.canonical;
        fold.stories[1].copies.push(copy);
    });
    assert_eq!(merged.len(), 1);
    assert!(
        merged[0].starts_with("moved Island Post: Seal in the harbour | was the canonical of"),
        "{merged:?}"
    );
}

#[test]
fn an_article_that_appears_or_vanishes_is_named() {
    let vanished = found(|fold| {
        fold.stories[0].copies.remove(0);
    });
    assert_eq!(
        vanished,
        [
            "vanished Northern Mail: Ferry runs aground | was identical in “Harbour Times: Ferry runs aground”"
        ]
    );
    let headline = found(|fold| fold.headlines.clear());
    assert_eq!(
        headline,
        ["vanished Island Post: Weather | was a headline without a text"]
    );
    let expected = expectation(&before());
    let mut fewer = before();
    fewer.stories.pop();
    let findings = differences(&Expectation::of(&fewer).expect("bodies"), &expected);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].rule, findings[0].subject.as_str()),
        (Rule::Appeared, "Island Post: Seal in the harbour")
    );
}

#[test]
fn a_changed_relation_or_field_is_shown_with_both_values() {
    let relation = found(|fold| fold.stories[1].copies[0].relation = Relation::Rewrite);
    assert_eq!(
        relation,
        ["changed Northern Mail: Council backs bridge | relation: copy → rewrite"]
    );
    let holds = found(|fold| fold.stories[0].copies[1].holds = Some(Holds::Canonical));
    assert_eq!(
        holds,
        ["changed Island Post: Ferry stuck | holds: nothing → “canonical”"]
    );
    let agency = found(|fold| fold.articles[0].article.credit.agency = Some("AP".into()));
    assert_eq!(
        agency,
        ["changed Harbour Times: Ferry runs aground | agency: nothing → “AP”"]
    );
    let time = found(|fold| fold.articles[0].article.published.at = Moment::parse("2025-08-17"));
    assert_eq!(
        time,
        ["changed Harbour Times: Ferry runs aground | published: nothing → “2025-08-17”"]
    );
    // the name is gone, so that the text pairs them
    let title = found(|fold| fold.articles[5].article.title = Some("Seal on the quay".into()));
    assert_eq!(title.len(), 1, "{title:?}");
    assert!(title[0].contains(
        "changed Island Post: Seal on the quay | title: “Seal in the harbour” → “Seal on the quay”"
    ));
}

#[test]
fn another_text_is_a_change_even_where_the_words_are_as_many() {
    let text = found(|fold| {
        texts(fold, |texts| {
            texts[5] = "a seal was seen on the beach".to_owned();
        });
    });
    assert_eq!(
        text,
        ["changed Island Post: Seal in the harbour | text: other words"]
    );
}

#[test]
fn another_canonical_changes_two_relations_and_moves_nothing() {
    let canonical = found(|fold| {
        fold.stories[1].canonical = ArticleNo(4);
        fold.stories[1].copies[0].article = ArticleNo(3);
    });
    assert_eq!(
        canonical,
        [
            "changed Harbour Times: Bridge vote | relation: canonical → copy",
            "changed Northern Mail: Council backs bridge | relation: copy → canonical"
        ]
    );
}

#[test]
fn articles_are_paired_by_their_own_id_first_then_by_url() {
    let with = |id: &str, url: &str, title: &str| {
        let mut one = article(title, "Harbour Times", title, 1);
        one.id = id.to_owned();
        one.url = Some(url.to_owned());
        let stories = vec![story(std::slice::from_ref(&one), 0, &[])];
        Expectation::of(&sample::fold(vec![one], stories)).expect("bodies")
    };
    let changes = |a: &Expectation, b: &Expectation| {
        let findings = differences(a, b);
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.rule)
                .collect::<Vec<_>>(),
            [Rule::Changed]
        );
        findings[0].message()
    };
    assert!(changes(&with("a1", "u", "One"), &with("a1", "v", "Two")).contains("url: “u” → “v”"));
    assert!(changes(&with("a1", "u", "One"), &with("b2", "u", "Two")).contains("id: “a1” → “b2”"));
}

#[test]
fn the_file_names_no_place_and_relative_times_only_as_printed() {
    let mut fold = before();
    fold.articles[0].article.published.at = Moment::parse("2025-08-17T03:00:00Z");
    fold.articles[0].article.published.raw = Some("3 hours ago".to_owned());
    fold.articles[0].article.published.unit = Some(crate::article::TimeUnit::Hour);
    let mut file = Vec::new();
    Expectation::of(&fold)
        .expect("bodies")
        .write(&mut file)
        .expect("memory takes everything");
    let file = String::from_utf8(file).expect("UTF-8");
    assert!(file.contains("\"published_raw\":\"3 hours ago\""));
    for never in [
        "page.txt",
        "\"published\":",
        "\"offset\"",
        "\"line\"",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(!file.contains(never), "{never}");
    }
    assert_eq!(file.lines().count(), 8);
}

#[test]
fn what_is_no_expectation_is_refused_with_its_line() {
    let error = |text: &str| Expectation::read(text, "stories.jsonl").expect_err("refused");
    assert!(error("").contains("write one with --update"));
    assert!(error("{\"wirefold-expectation\":2}").contains("newer version"));
    assert!(
        error("{\"wirefold-expectation\":1}\n{\"relation\":\"copy\",\"colour\":\"x\"}")
            .contains("stories.jsonl:2")
    );
    assert!(error("{\"wirefold-expectation\":1}\n{\"story\":").contains("stories.jsonl:2"));
}

fn broken(policies: &Policies) -> Vec<String> {
    let fold = sample::ferry();
    let found = Expectation::of(&fold).expect("bodies");
    let findings = violations(&fold, &found, policies);
    findings
        .iter()
        .map(|finding| format!("{}: {}", finding.rule.as_str(), finding.message()))
        .collect()
}

#[test]
fn policies_need_no_expectation() {
    let deny = |denied| Policies {
        deny: vec![denied],
        ..Policies::default()
    };
    assert_eq!(broken(&Policies::default()), [""; 0]);
    assert_eq!(
        broken(&deny(Denied::Skipped)),
        ["skipped: half a JSON line"]
    );
    assert_eq!(broken(&deny(Denied::Untitled)), [""; 0]);
    assert_eq!(broken(&deny(Denied::Unsplit)), [""; 0]);
    assert_eq!(
        broken(&deny(Denied::Undated)),
        [
            "undated: has no time",
            "undated: has no time",
            "undated: “3 hours ago” is no time on its own; --fetched gives it an anchor"
        ]
    );
    let share = |most| Policies {
        max_copy_share: Some(most),
        ..Policies::default()
    };
    assert_eq!(broken(&share(0.5)), [""; 0]);
    assert_eq!(
        broken(&share(0.4)),
        ["max-copy-share: 2 of 4 articles are copies, a share of 0.4 is allowed"]
    );
    let most = |most| Policies {
        max_copies: Some(most),
        ..Policies::default()
    };
    assert_eq!(broken(&most(2)), [""; 0]);
    assert_eq!(
        broken(&most(1)),
        ["max-copies: has 2 copies, 1 are allowed"]
    );
    let agency = Policies {
        require_agency: true,
        ..Policies::default()
    };
    assert_eq!(broken(&agency), ["require-agency: names no agency"]);
}

#[test]
fn a_baseline_takes_out_what_is_known_and_nothing_else() {
    let fold = sample::ferry();
    let found = Expectation::of(&fold).expect("bodies");
    let policies = Policies {
        deny: vec![Denied::Undated, Denied::Skipped],
        ..Policies::default()
    };
    let findings = violations(&fold, &found, &policies);
    let known = baseline::Baseline::of(&findings[1..]);
    let mut file = Vec::new();
    known.write(&mut file).expect("memory takes everything");
    let known =
        baseline::Baseline::read(&String::from_utf8(file).expect("UTF-8")).expect("a baseline");
    let mut verdict = Verdict {
        findings: findings.clone(),
        ..Verdict::default()
    };
    known.apply(&mut verdict);
    assert_eq!(
        (verdict.findings.as_slice(), verdict.known),
        (&findings[..1], 3)
    );
    assert!(baseline::Baseline::read("{}").is_err());
}

fn verdict() -> Verdict {
    let place = Place {
        source: "dumps/a,b page.txt".into(),
        offset: 9,
        line: 7,
    };
    let finding = |rule, place| Finding {
        rule,
        subject: "Harbour Times: <Ferry> & \"more\"\n::stop".to_owned(),
        details: vec![
            "relation: copy → rewrite".to_owned(),
            "title: “a” → “b”".to_owned(),
        ],
        place,
    };
    Verdict {
        findings: vec![
            finding(Rule::Changed, Some(place)),
            finding(Rule::MaxCopyShare, None),
        ],
        known: 1,
        rules: vec![Rule::Moved, Rule::Changed, Rule::MaxCopyShare],
        articles: 4,
        stories: 2,
    }
}

fn written(verdict: &Verdict, style: Style) -> String {
    let mut out = Vec::new();
    write(verdict, style, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn text_says_what_and_where_and_sums_up() {
    let text = written(&verdict(), Style::Plain);
    assert!(text.contains("changed         Harbour Times: <Ferry>"));
    assert!(text.contains("\n                relation: copy → rewrite\n"));
    assert!(text.contains("\n                at dumps/a,b page.txt:7\n"));
    assert!(text.ends_with("2 findings: 1 changed, 1 max-copy-share (1 more is known)\n"));
    let clean = Verdict {
        articles: 4,
        stories: 2,
        ..Verdict::default()
    };
    assert_eq!(
        written(&clean, Style::Plain),
        "as it should be: 4 articles in 2 stories\n"
    );
}

#[test]
fn github_gets_one_line_a_finding() {
    let text = written(&verdict(), Style::Github);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with(
        "::error file=dumps/a%2Cb page.txt,line=7,title=wirefold%3A changed::Harbour Times"
    ));
    assert!(lines[1].starts_with("::error title="));
}

#[test]
fn junit_is_xml_with_a_failure_a_finding() {
    let text = written(&verdict(), Style::Junit);
    assert!(text.contains("tests=\"3\" failures=\"2\""));
    assert_eq!(text.matches("<failure ").count(), 2);
    assert_eq!(text.matches("<testcase ").count(), 3);
    assert!(!text.contains("<Ferry>") && text.contains("&lt;Ferry&gt; &amp; &quot;more&quot;"));
}

#[test]
fn sarif_has_rules_results_and_places() {
    let value: serde_json::Value =
        serde_json::from_str(&written(&verdict(), Style::Sarif)).expect("JSON");
    let run = &value["runs"][0];
    assert_eq!(value["version"], "2.1.0");
    assert_eq!(
        run["tool"]["driver"]["rules"].as_array().map(Vec::len),
        Some(3)
    );
    assert_eq!(run["results"][0]["ruleId"], "changed");
    let location = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"]["uri"],
        "dumps/a%2Cb%20page.txt"
    );
    assert_eq!(location["region"]["startLine"], 7);
    assert!(run["results"][1].get("locations").is_none());
}
