//! Splitting pages: what must hold for any text, and the fixtures of every layout.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use wirefold::article::{AgencyEvidence, Article, Place};
use wirefold::input::{Chunks, Form, Options, Page, Record, pages};
use wirefold::split::{Owner, Settings, Split, split};

fn page(text: &str, form: Form) -> Page<'_> {
    Page {
        place: Place {
            source: Arc::from("page"),
            offset: 100,
            line: 7,
        },
        record: Record::default(),
        form,
        text: Cow::Borrowed(text),
    }
}

/// Every line has exactly one owner; owners name articles that exist, each with a line of its own; nothing blank is owned.
fn check(text: &str, split: &Split) {
    assert_eq!(split.owners.len(), text.lines().count());
    let mut has_line = vec![false; split.articles.len()];
    for owner in &split.owners {
        if let Owner::Article(number) = owner {
            has_line[*number as usize] = true;
        }
    }
    assert!(has_line.iter().all(|has| *has), "an article without a line");
    let skips = split.owners.contains(&Owner::Skipped);
    assert_eq!(skips, !split.skipped.is_empty());
    for article in &split.articles {
        assert!(article.title.is_some() || !article.body.is_empty());
        assert!(article.place.line >= 7 && article.place.offset >= 100);
    }
}

/// Lines as pages have them: names, times, titles, labels, paragraphs, rubbish.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => Just("Related Articles".to_owned()),
        1 => Just("Try Our AI Features".to_owned()),
        1 => Just("logo".to_owned()),
        1 => Just("___".to_owned()),
        2 => "(  • |- |\\* |)(Daily News|NHK|Channel 4|France 24)",
        2 => "(time|Daily News|)([1-9]|an?) (hours?|days?) ago",
        2 => "(Rain|Storm|Council|Bridge) (floods|closes|opens) the (old|new) (town|mill|road)",
        2 => "(The council said on Monday that the road will stay closed for a week\\. ){1,6}",
        1 => "LONDON, Aug 17 \\(Reuters\\) – [a-z ]{10,80}\\.",
        1 => "\\PC{0,80}",
        1 => "[\\x00-\\x7f]{0,40}",
    ]
}

proptest! {
    #[test]
    fn every_line_has_exactly_one_owner(lines in prop::collection::vec(any_line(), 0..60)) {
        let text = lines.join("\n");
        for form in [Form::Dump, Form::Body] {
            check(&text, &split(&page(&text, form), &Settings::default()));
        }
    }

    #[test]
    fn any_text_is_split_without_a_panic(text in "\\PC{0,300}") {
        check(&text, &split(&page(&text, Form::Dump), &Settings::default()));
        check(&text, &split(&page(&text, Form::Body), &Settings::default()));
    }
}

/// What a fixture says of an article, and what was read; only the fields that the fixture gives are compared.
fn differences(expected: &serde_json::Value, article: &Article) -> Vec<String> {
    let credit = &article.credit;
    let read = serde_json::json!({
        "role": article.role.as_str(),
        "line": article.place.line,
        "title": article.title,
        "publisher": article.publisher,
        "published_raw": article.published.raw,
        "byline": credit.byline,
        "agency": credit.agency,
        "agency_evidence": credit.evidence.map(AgencyEvidence::as_str),
        "dateline": credit.dateline,
        "body": article.body,
        "partial": article.partial,
        "digest": article.digest,
    });
    let fields = expected.as_object().expect("a fixture's line is an object");
    fields
        .iter()
        .filter(|(name, value)| read.get(name.as_str()) != Some(*value))
        .map(|(name, value)| format!("{name}: expected {value}, read {}", read[name.as_str()]))
        .collect()
}

/// The fixtures that say which articles they hold: `<layout>/<what-it-shows>.txt`, or `.json` for records.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let layouts = std::fs::read_dir(root).expect("fixtures").flatten();
    let files = layouts
        .filter_map(|layout| std::fs::read_dir(layout.path()).ok())
        .flatten()
        .flatten();
    let mut found: Vec<PathBuf> = files
        .map(|file| file.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "txt" || end == "json")
                && path.with_extension("articles.jsonl").exists()
        })
        .collect();
    found.sort();
    found
}

/// The articles of a fixture: of a page, or of records.
fn articles(path: &Path) -> Vec<Article> {
    if path.extension().is_some_and(|end| end == "txt") {
        let text = std::fs::read_to_string(path).expect("a fixture");
        let mut page = page(&text, Form::Dump);
        page.place.line = 1;
        return split(&page, &Settings::default()).articles;
    }
    let file = std::fs::File::open(path).expect("a fixture");
    let chunks = Chunks::new(Box::new(file), "input", Options::default());
    let mut articles = Vec::new();
    for chunk in chunks {
        let chunk = chunk.expect("a fixture is read whole");
        for page in pages(&chunk, Options::default().limits).pages {
            articles.extend(split(&page, &Settings::default()).articles);
        }
    }
    articles
}

#[test]
fn every_layout_is_read_as_its_fixture_says() {
    let fixtures = fixtures();
    assert!(
        fixtures.len() >= 25,
        "only {} fixtures found",
        fixtures.len()
    );
    let mut wrong = Vec::new();
    for path in &fixtures {
        let articles = articles(path);
        let expected =
            std::fs::read_to_string(path.with_extension("articles.jsonl")).expect("its articles");
        let name = path
            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
            .unwrap_or(path)
            .display()
            .to_string();
        let expected: Vec<serde_json::Value> = expected
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        if expected.len() != articles.len() {
            wrong.push(format!(
                "{name}: {} articles expected, {} read",
                expected.len(),
                articles.len()
            ));
        }
        for (number, (expected, article)) in expected.iter().zip(&articles).enumerate() {
            for difference in differences(expected, article) {
                wrong.push(format!("{name}, article {}: {difference}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn dump(text: &str) -> Split {
    split(&page(text, Form::Dump), &Settings::default())
}

/// Title, publisher and printed time of each article.
fn heads(split: &Split) -> Vec<(Option<&str>, Option<&str>, Option<&str>)> {
    split
        .articles
        .iter()
        .map(|article| {
            (
                article.title.as_deref(),
                article.publisher.as_deref(),
                article.published.raw.as_deref(),
            )
        })
        .collect()
}

const PARAGRAPH: &str = "The council said on Monday that the old bridge will stay closed until divers have looked at its piers, \
                         and that buses will take the road along the river from now on.";

fn card(title: &str, publisher: &str, time: &str) -> String {
    format!(
        "{title}\n{title}\n\n{publisher}\n\ntime{time}\n\n  • {publisher}\n\n{title}\n\n{PARAGRAPH}\n\n"
    )
}

#[test]
fn digits_of_a_name_and_of_a_time_are_told_apart() {
    let page = format!(
        "Bridge closed for weeks\n\nBridge closed for weeks\n\nChannel 415 hours ago\n{PARAGRAPH}\n{PARAGRAPH} It is not known when.\n\nRelated Articles\n\n{}",
        card("Buses take the river road", "Channel 4", "2 hours ago")
    );
    let split = dump(&page);
    assert_eq!(
        heads(&split)[0],
        (
            Some("Bridge closed for weeks"),
            Some("Channel 4"),
            Some("15 hours ago")
        )
    );
}

#[test]
fn a_relative_time_stays_relative_without_an_anchor() {
    let page = format!(
        "Latest news with #bridges\n\n{}{}",
        card("Bridge closed", "Daily Post", "3 hours ago"),
        card("Buses rerouted", "Evening Star", "5 hours ago")
    );
    let split = dump(&page);
    assert_eq!(split.articles[0].published.at, None);
    assert_eq!(
        split.articles[0].published.raw.as_deref(),
        Some("3 hours ago")
    );
}

#[test]
fn a_photo_credit_is_no_agency() {
    let page = format!(
        "Old bridge stays closed for weeks\n\nBy Ann Lee\n\nA diver at the old bridge on Monday. (AP Photo/Tom Ray)\n\n{PARAGRAPH}\n\nThe mayor told Reuters that she did not know how long it would take to mend the piers.\n\n{PARAGRAPH}"
    );
    let split = dump(&page);
    assert_eq!(split.articles.len(), 1);
    assert_eq!(split.articles[0].credit.agency, None);
    assert!(!split.articles[0].body.contains("AP Photo"));
    assert_eq!(split.articles[0].credit.byline.as_deref(), Some("Ann Lee"));
}

#[test]
fn a_page_without_an_article_is_reported() {
    let split = dump("Home\nNews\nSport\n");
    assert!(split.articles.is_empty());
    assert_eq!(split.skipped.len(), 1);
}

#[test]
fn a_row_that_is_a_page_keeps_its_id_for_the_main_article() {
    let text = format!(
        "Bridge closed for weeks\n\nBridge closed for weeks\n\nDaily Post15 hours ago\n{PARAGRAPH}\n{PARAGRAPH} Nobody knows.\n\nRelated Articles\n\n{}{}",
        card("Buses take the river road", "Evening Star", "2 hours ago"),
        card("Divers wanted", "Channel 4", "5 hours ago")
    );
    let mut row = page(&text, Form::Body);
    row.record.id = Some(Cow::Borrowed("row-1"));
    let split = split(&row, &Settings::default());
    let ids: Vec<&str> = split
        .articles
        .iter()
        .map(|article| article.id.as_str())
        .collect();
    assert_eq!(ids, ["row-1", "row-1#2", "row-1#3"]);
}

#[test]
fn a_record_keeps_its_fields_and_gives_up_title_and_byline_lines() {
    let text = format!(
        "Bridge stays closed for weeks\nBy Ann Lee\nOLDTOWN, Nov 26 (UPI) - {PARAGRAPH}\n{PARAGRAPH} Nobody knows."
    );
    let split = split(&page(&text, Form::Body), &Settings::default());
    let article = &split.articles[0];
    assert_eq!(
        article.title.as_deref(),
        Some("Bridge stays closed for weeks")
    );
    assert_eq!(article.credit.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.credit.agency.as_deref(), Some("UPI"));
    assert!(article.body.starts_with("The council said"));
    assert_eq!(article.language.as_deref(), Some("en"));
}
