//! Splitting pages: what must hold for any text, and the fixtures of every layout.

use std::borrow::Cow;
use std::sync::Arc;

use proptest::prelude::*;
use wirefold::article::Place;
use wirefold::input::{Form, Page, Record};
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
