//! Why each line of a page became what it is, for the person who reports a page that splits wrongly: whose it is, what
//! part of that article, and what it looked like to the splitter.

use super::page::Draft;
use super::record::{self, Texts};
use super::unit::{Kind, Unit};
use super::{Owner, Reading, Settings, Split, articles, reading};
use crate::article::Article;
use crate::input::{Form, Page};

/// A page, split, with its reasons.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// What became of it.
    pub split: Split,
    /// For each line of its text: the line and why; for a blank one, nothing.
    pub lines: Vec<(String, String)>,
}

/// Splits a page and says why each of its lines became what it is.
#[must_use]
pub fn explain(page: &Page<'_>, settings: &Settings) -> Explained {
    let split = super::split(page, settings);
    let texts = match page.form {
        Form::Dump => Texts::Page,
        Form::Body => record::texts(page, settings),
    };
    let reasons = match texts {
        Texts::Page => of_page(page, settings),
        Texts::Article => of_record(page, &split),
    };
    let lines = page.text.split_inclusive('\n').map(str::trim_end);
    Explained {
        lines: lines.map(str::to_owned).zip(reasons).collect(),
        split,
    }
}

/// The reasons of a page that is read line by line.
fn of_page(page: &Page<'_>, settings: &Settings) -> Vec<String> {
    let mut reading = reading(page);
    let drafts = reading.drafts.clone();
    let split = articles(&mut reading, page, settings);
    let Reading {
        lines,
        front,
        units,
        ..
    } = &reading;
    let mut reasons: Vec<String> = (0..lines.len())
        .map(|at| {
            if at < front.lines && !lines[at].is_blank {
                "field in front of the page".to_owned()
            } else {
                String::new()
            }
        })
        .collect();
    for (at, unit) in units.iter().enumerate() {
        let part = part(at, unit, &drafts, &split);
        for reason in reasons.get_mut(unit.lines.clone()).unwrap_or_default() {
            reason.clone_from(&part);
        }
    }
    reasons
}

/// What a unit of the page became.
fn part(at: usize, unit: &Unit<'_>, drafts: &[Draft], split: &Split) -> String {
    let look = look(unit);
    let owner = drafts.iter().position(|draft| {
        let own = draft.head.iter().chain(&draft.body).chain(&draft.tail);
        own.clone().any(|&own| own == at)
    });
    let Some((number, draft)) = owner.and_then(|number| Some((number, drafts.get(number)?))) else {
        return format!("furniture: {look}");
    };
    let text = unit.text.trim();
    let is = |field: &Option<String>| field.as_deref().is_some_and(|field| field.trim() == text);
    let names = |field: &Option<String>| {
        let field = field.as_deref().unwrap_or("").trim();
        !field.is_empty() && text.contains(field)
    };
    let what = if draft.body.contains(&at) {
        split
            .articles
            .get(number)
            .map_or("text", |article| in_body(article, text))
    } else if draft.tail.contains(&at) {
        "credit below the text"
    } else if is(&draft.title) {
        "title"
    } else if is(&draft.publisher) {
        "publisher"
    } else if names(&draft.time) {
        if names(&draft.publisher) {
            "publisher and time"
        } else {
            "time"
        }
    } else if names(&draft.byline) || unit.kind == Kind::Byline {
        "byline"
    } else {
        "head"
    };
    format!("article {}, {what}: {look}", number + 1)
}

/// What a unit looks like, and what else counted.
fn look(unit: &Unit<'_>) -> String {
    if unit.echoes > 1 {
        format!("{}, stands {} times on the page", unit.kind, unit.echoes)
    } else {
        unit.kind.to_string()
    }
}

/// How much of a line stands in the body.
fn in_body(article: &Article, line: &str) -> &'static str {
    let line = line.trim();
    if article.body.contains(line) {
        "text"
    } else if article
        .body
        .lines()
        .any(|own| !own.trim().is_empty() && line.contains(own.trim()))
    {
        "text, without credit, dateline or glued label"
    } else {
        "credit or label, taken off the text"
    }
}

/// The reasons of a text that is one article.
fn of_record(page: &Page<'_>, split: &Split) -> Vec<String> {
    let article = split.articles.first();
    let reason = |(at, line): (usize, &str)| {
        let line = line.trim();
        if line.is_empty() {
            return String::new();
        }
        let Some(article) = article else {
            return "no article found".to_owned();
        };
        if split.owners.get(at) == Some(&Owner::Furniture) {
            return "furniture".to_owned();
        }
        let what = match in_body(article, line) {
            "credit or label, taken off the text" if article.title.as_deref() == Some(line) => {
                "title"
            }
            what => what,
        };
        format!("article 1, {what}: text of a record")
    };
    page.text
        .split_inclusive('\n')
        .enumerate()
        .map(reason)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Place;
    use crate::input::Record;

    fn explained(text: &str, form: Form) -> Vec<String> {
        let page = Page {
            place: Place {
                source: "page".into(),
                offset: 0,
                line: 1,
            },
            record: Record::default(),
            form,
            text: text.into(),
        };
        let explained = explain(&page, &Settings::default());
        let all: Vec<&str> = explained
            .lines
            .iter()
            .map(|(line, _)| line.as_str())
            .collect();
        assert_eq!(all, text.lines().collect::<Vec<_>>());
        explained.lines.into_iter().map(|(_, why)| why).collect()
    }

    const BODY: &str = "LINDVIK (AP) — The harbour board of Lindvik refused to pay the new levy on Monday, after divers had \
                        found that the northern quay was sinking by a hand a year. A second survey of the wooden bridge \
                        will follow before the winter, the board said in a statement that it read to the town council.";

    #[test]
    fn every_line_of_a_page_has_its_reason() {
        let page = format!(
            "logo\nHarbour board refuses levy\n\nHarbour board refuses levy\n\nNorra Post3 hours ago\n{BODY}\nTry Our AI Features\n"
        );
        let why = explained(&page, Form::Dump);
        assert!(why[0].starts_with("furniture: label"), "{why:?}");
        assert!(
            why[1].starts_with("article 1, title: short line, stands 2 times"),
            "{why:?}"
        );
        assert!(why[2].is_empty());
        assert!(
            why[5].starts_with("article 1, ") && why[5].ends_with("time: time"),
            "{why:?}"
        );
        assert!(
            why[6].starts_with("article 1, text, without credit"),
            "{why:?}"
        );
        assert!(why[7].starts_with("furniture: label"), "{why:?}");
    }

    #[test]
    fn the_lines_of_a_record_have_theirs() {
        let why = explained(
            &format!("{BODY}\n\nThe quay is old.\n(Reporting by Ann Lee)"),
            Form::Body,
        );
        assert_eq!(
            why[0],
            "article 1, text, without credit, dateline or glued label: text of a record"
        );
        assert_eq!(why[1], "");
        assert_eq!(why[2], "article 1, text: text of a record");
        assert_eq!(
            why[3],
            "article 1, credit or label, taken off the text: text of a record"
        );
    }
}
