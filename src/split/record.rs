//! A record with a text (JSON row, feed item, extracted HTML) → its article, without looking at more of the text than its
//! first lines and its short ones: archives hold these by the hundred thousand. A text that is itself a page is split as one.

use std::borrow::Cow;

use super::boxes::{split_lines, without_boxes, without_ending};
use super::build::{self, Parts};
use super::furniture;
use super::glued::parted;
use super::kind::Kind;
use super::label::Labels;
use super::opening::{Opening, is_dated, opening};
use super::page::Draft;
use super::printed::{self, look};
use super::{Owner, Settings, Split, dump};
use crate::article::Role;
use crate::input::{Form, Page, Record};
use crate::text::lines;
use crate::wire::when::{find_in, find_time};
use crate::wire::{Credited, Known, published, take_credit};

/// Splits a record.
pub(super) fn split(page: &Page<'_>, settings: &Settings) -> Split {
    as_page(page, settings).unwrap_or_else(|| one(page, settings))
}

/// The articles of a record whose text is itself a page.
fn as_page(page: &Page<'_>, settings: &Settings) -> Option<Split> {
    if !is_dump(&page.text) {
        return None;
    }
    let whole = Page {
        form: Form::Dump,
        ..page.clone()
    };
    Some(dump(&whole, settings)).filter(is_page)
}

/// How the text of a record is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Texts {
    /// As a page, line by line.
    Page,
    /// As the text of one article.
    Article,
}

/// How the text of a record is read.
pub(super) fn texts(page: &Page<'_>, settings: &Settings) -> Texts {
    if as_page(page, settings).is_some() {
        Texts::Page
    } else {
        Texts::Article
    }
}

/// Whether the text of a record proved to be a page: most of its articles, and two at least, have all that a card has. An
/// article that prints times (posts, updates, a box of other stories) is no page.
fn is_page(split: &Split) -> bool {
    let complete = split.articles.iter().filter(|article| {
        article.title.is_some()
            && article.publisher.is_some()
            && article.published.raw.is_some()
            && article.body.len() >= LEAST_BODY
    });
    let complete = complete.count();
    complete > 1 && complete * 2 > split.articles.len()
}

/// Bytes of a body that is more than a post or a teaser line.
const LEAST_BODY: usize = 120;

/// The ids of the articles of a page: the row's own for its main article, `ID#2`, `ID#3` … for the others, in page order.
pub(super) fn ids(page: &Page<'_>, drafts: &[Draft]) -> Vec<Option<String>> {
    let Some(id) = page.record.id.as_deref() else {
        return vec![None; drafts.len()];
    };
    let main = drafts
        .iter()
        .position(|draft| draft.role == Role::Main)
        .unwrap_or(0);
    let mut next = 1;
    (0..drafts.len())
        .map(|index| {
            if index == main {
                return Some(id.to_owned());
            }
            next += 1;
            Some(format!("{id}#{next}"))
        })
        .collect()
}

/// Whether a text prints several times on short lines of their own: then it is looked at as a page.
fn is_dump(text: &str) -> bool {
    let may = |line: &str| {
        (3..=60).contains(&line.len())
            && (line.bytes().any(|byte| byte.is_ascii_digit()) || line.ends_with("ago"))
    };
    let lines = || {
        split_lines(text)
            .map(|(_, line)| line)
            .filter(|line| may(line))
    };
    // most texts have no two lines that could be
    if lines().nth(1).is_none() {
        return false;
    }
    let times = lines().filter(|line| {
        super::time::timed(line, &|_| false).is_some_and(|time| time.after.is_empty())
    });
    times.take(2).count() == 2
}

/// The one article of a record.
fn one(page: &Page<'_>, settings: &Settings) -> Split {
    let record = &page.record;
    let text = page.text.trim();
    // our own output has had its credits and furniture taken off
    let own = record.credit.as_deref();
    let (head, text, cut) = match own {
        Some(_) => (Opening::of(record.title.as_deref()), text.into(), false),
        None => cleared(text, record.title.as_deref()),
    };
    let title = owned(head.title);
    let publisher = owned(record.publisher.as_deref());
    let printed = printed::printed(&record.near);
    let byline = printed::byline(printed.byline, record.author.as_deref())
        .or_else(|| head.byline.map(str::to_owned));
    let known = Known {
        publisher: publisher.as_deref(),
        byline: printed.signed.or(byline.as_deref()).or(head.signed),
        field: record.agency.as_deref(),
    };
    let credited = if let Some(credit) = own {
        Credited {
            credit: credit.clone(),
            body: text.into_owned(),
        }
    } else {
        let text = without_blank_lines(&text);
        let text = without_boxes(&text);
        let text = parted(without_ending(&text, byline.as_deref()));
        take_credit(&text, known)
    };
    let mut split = Split {
        owners: owners(&page.text),
        ..Split::default()
    };
    if credited.body.is_empty() && title.is_none() {
        if !split.owners.iter().all(|owner| *owner == Owner::Blank) {
            super::nothing(page, &mut split);
        }
        return split;
    }
    let parts = Parts {
        id: record.id.as_deref().map(str::to_owned),
        place: page.place.clone(),
        role: record.role.unwrap_or(Role::Main),
        title,
        publisher,
        time: owned(time(record, printed.time, head.time, settings)),
        byline,
        partial: record.partial || cut,
        weak: None,
        told: None,
    };
    let mut article = build::article(parts, credited, record, settings);
    if record.published.is_some() {
        article.published.raw = owned(record.printed.as_deref().map(time_in))
            .or_else(|| printed.time.map(str::to_owned))
            .or(article.published.raw);
    }
    split.articles = vec![article];
    split
}

/// The time of a record: the first that can be read of what it states, what is printed near its headline and what its text
/// tells; if none can, the first.
fn time<'a>(
    record: &'a Record<'_>,
    near: Option<&'a str>,
    told: Option<&'a str>,
    settings: &Settings,
) -> Option<&'a str> {
    let stated = record.published.as_deref();
    let printed = record.printed.as_deref().map(time_in);
    let times = [stated, printed, near, told].into_iter().flatten();
    let mut times = times.map(str::trim).filter(|time| !time.is_empty());
    let first = times.next()?;
    if near.is_none() && printed.is_none() {
        return Some(first);
    }
    let anchor = record.fetched.or(settings.fetched);
    let is_read = |time: &&str| published(time, anchor, &settings.timezone).at.is_some();
    std::iter::once(first)
        .chain(times)
        .find(is_read)
        .or(Some(first))
}

/// The time in a line that holds little else, as printed, without a label (`Published on`).
fn time_in(line: &str) -> &str {
    find_time(line)
        .or_else(|| find_in(line))
        .and_then(|range| line.get(range))
        .unwrap_or(line)
}

/// The headline of a record. A scraper may have taken the line with the time for it: then it is none, and that is told.
fn headline(title: Option<&str>) -> Opening<'_> {
    let time = title.and_then(|title| {
        let (Kind::Time, Some(spans)) = look(title) else {
            return None;
        };
        let time = spans.of(title);
        (time.after.is_empty() && time.raw.len() >= 8).then_some(time)
    });
    let Some(time) = time else {
        return Opening::of(title);
    };
    let mut told = Opening::default();
    if is_dated(time) {
        told.tell(time);
    }
    told
}

/// What title and first lines say of a text, the text without them and without a button, and whether that cut it.
fn cleared<'a>(text: &'a str, title: Option<&'a str>) -> (Opening<'a>, Cow<'a, str>, bool) {
    let told = headline(title);
    let (head, text) = opening(text, told.title);
    let mut head = Opening {
        title: told.title.or(head.title),
        byline: head.byline.or(told.byline),
        time: head.time.or(told.time),
        signed: head.signed.or(told.signed),
    };
    match text {
        Cow::Borrowed(text) => {
            if let Some(name) = furniture::byline(text) {
                head.byline = head.byline.or(Some(name));
                return (head, "".into(), false);
            }
            let (text, cut) = without_button(text);
            (head, text.into(), cut)
        }
        Cow::Owned(text) => {
            let (text, cut) = without_button(&text);
            (head, text.to_owned().into(), cut)
        }
    }
}

fn owned(field: Option<&str>) -> Option<String> {
    field
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .map(str::to_owned)
}

fn owners(text: &str) -> Vec<Owner> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let mut owners = Vec::with_capacity(ends + 1);
    owners.extend(lines(text).map(|line| {
        if line.trim_start().is_empty() {
            Owner::Blank
        } else {
            Owner::Article(0)
        }
    }));
    owners
}

/// The text with one newline between paragraphs. Borrowed where it has no blank line.
fn without_blank_lines(text: &str) -> Cow<'_, str> {
    let mut rest = text.as_bytes();
    let blank = loop {
        let Some(end) = memchr::memchr(b'\n', rest) else {
            break false;
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        // a line that starts with white space may be blank
        if rest.first().is_some_and(u8::is_ascii_whitespace) {
            break true;
        }
    };
    if !blank {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.trim().is_empty())
        .collect();
    Cow::Owned(lines.join("\n"))
}

/// The text without a button at its end, which may carry a time: `Leia mais (09/24/2018 - 19h22)`.
fn without_button(text: &str) -> (&str, bool) {
    let labels = Labels::shipped();
    let bare = text
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once(" ("))
        .filter(|(_, inside)| {
            inside.len() <= 30 && inside.starts_with(|c: char| c.is_ascii_digit())
        });
    if let Some((before, _)) = bare {
        let (kept, cut) = labels.without_tail(before);
        if cut {
            return (kept, true);
        }
    }
    labels.without_tail(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_no_headline() {
        let told = |title: &'static str| {
            let told = headline(Some(title));
            (told.title, told.time, told.signed)
        };
        assert_eq!(
            told("March 9, 2021, 7:41 PM UTC"),
            (None, Some("March 9, 2021, 7:41 PM UTC"), None)
        );
        assert_eq!(
            told("AP March 9, 2021, 8:05 PM"),
            (None, Some("March 9, 2021, 8:05 PM"), Some("AP"))
        );
        for title in [
            "4h",
            "Rain closes harbour",
            "March 9, 2021: what the day brought",
        ] {
            assert_eq!(told(title), (Some(title), None, None));
        }
    }

    #[test]
    fn the_first_time_that_can_be_read_counts() {
        let record = |published: &'static str, printed: &'static str| Record {
            published: Some(published.into()),
            printed: Some(printed.into()),
            ..Record::default()
        };
        let told = |record: &Record<'_>, near| {
            time(record, near, None, &Settings::default()).map(str::to_owned)
        };
        let broken = record("2020-13", "14 May 2020 3 comments");
        assert_eq!(told(&broken, None).as_deref(), Some("14 May 2020"));
        let vague = record("2020-13", "this week");
        assert_eq!(
            told(&vague, Some("14 May 2020")).as_deref(),
            Some("14 May 2020")
        );
        assert_eq!(told(&vague, None).as_deref(), Some("2020-13"));
    }

    #[test]
    fn paragraphs_are_parted_by_one_newline() {
        let text = |text: &str| without_blank_lines(text).into_owned();
        assert_eq!(
            text("One.\n\nTwo.\r\n\r\n \t\nThree."),
            "One.\nTwo.\nThree."
        );
        assert_eq!(text("One.\n  Two."), "One.\n  Two.");
        assert!(matches!(
            without_blank_lines("One.\nTwo."),
            Cow::Borrowed(_)
        ));
    }
}
