//! [`Page`] → [`Article`]: one general method for every layout, every line accounted for exactly once.
//!
//! Lines become units (`line`, `unit`), units with a time become anchors (`block`), the page votes for the order of its
//! cards (`template`), what is left is the main article (`region`, `head`). What a site needs beyond that is data:
//! `layouts.tsv`.

mod block;
mod build;
mod furniture;
mod head;
mod label;
mod language;
mod line;
mod page;
mod record;
mod region;
mod site;
mod template;
mod time;
mod unit;
mod untimed;

use crate::article::{Article, Moment, Place, SkipReason, Skipped};
use crate::input::{Form, Page};

/// What splitting depends on besides the page and the shipped tables.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Anchors relative times where the page brings no fetch time of its own.
    pub fetched: Option<Moment>,
    /// Zone of printed times that name none.
    pub timezone: jiff::tz::TimeZone,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            fetched: None,
            timezone: jiff::tz::TimeZone::UTC,
        }
    }
}

/// Whose a line of the page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// An article's, by its index in [`Split::articles`].
    Article(u32),
    /// Page furniture: set aside, counted, kept.
    Furniture,
    /// Reported under [`Split::skipped`].
    Skipped,
    /// Nothing stands on it.
    Blank,
}

/// A page, split.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// Its articles, in page order.
    pub articles: Vec<Article>,
    /// Whose each line is: one entry a line of the page.
    pub owners: Vec<Owner>,
    /// What belongs to no article and is not furniture.
    pub skipped: Vec<Skipped>,
}

/// Splits one page. A function of the page and the shipped tables alone: nothing else in the input changes it.
#[must_use]
pub fn split(page: &Page<'_>, settings: &Settings) -> Split {
    match page.form {
        Form::Dump => dump(page, settings),
        Form::Body => record::split(page, settings),
    }
}

/// Why each line of a page became what it is: one word or two a line, empty for a blank one.
pub fn explain(page: &Page<'_>) -> Vec<String> {
    let lines = line::lines(&page.text);
    let mut reasons = vec![String::new(); lines.len()];
    for unit in unit::units(&lines, label::Labels::shipped()) {
        for reason in reasons.get_mut(unit.lines.clone()).unwrap_or_default() {
            *reason = unit.kind.to_string();
        }
    }
    reasons
}

/// Splits lines of a page.
fn dump(page: &Page<'_>, settings: &Settings) -> Split {
    let lines = line::lines(&page.text);
    let units = unit::units(&lines, label::Labels::shipped());
    let drafts = page::drafts(&units);
    let mut split = Split {
        owners: lines
            .iter()
            .map(|line| {
                if line.text.is_empty() {
                    Owner::Blank
                } else {
                    Owner::Furniture
                }
            })
            .collect(),
        ..Split::default()
    };
    let main = record::ids(page, &drafts);
    for (number, (draft, id)) in drafts.iter().zip(main).enumerate() {
        let first = units.get(draft.first()).map_or(0, |unit| unit.lines.start);
        let place = place(page, &lines, first);
        split
            .articles
            .push(build::draft(draft, &units, page, settings, place, id));
        for unit in draft
            .head
            .iter()
            .chain(&draft.body)
            .chain(&draft.tail)
            .filter_map(|&unit| units.get(unit))
        {
            for owner in split.owners.get_mut(unit.lines.clone()).unwrap_or_default() {
                *owner = Owner::Article(number as u32);
            }
        }
    }
    if drafts.is_empty() && !units.is_empty() {
        nothing(page, &mut split);
    }
    split
}

/// A page that holds text but no article is reported.
fn nothing(page: &Page<'_>, split: &mut Split) {
    for owner in &mut split.owners {
        if *owner != Owner::Blank {
            *owner = Owner::Skipped;
        }
    }
    split.skipped.push(Skipped {
        place: page.place.clone(),
        reason: SkipReason::Record("no article found on this page".to_owned()),
    });
}

/// Where a line of the page stands in the input.
fn place(page: &Page<'_>, lines: &[line::Line<'_>], line: usize) -> Place {
    Place {
        source: page.place.source.clone(),
        offset: page.place.offset + lines.get(line).map_or(0, |line| line.start) as u64,
        line: page.place.line + line as u64,
    }
}
