//! [`Page`] → [`Article`]: one general method for every layout, every line accounted for exactly once.
//!
//! Lines become units (`line`, `unit`), units with a time become anchors (`block`), the page votes for the order of its
//! cards (`template`), what is left is the main article (`region`, `head`). What a site needs beyond that is data:
//! `layouts.tsv`.

mod alt_text;
mod alternating;
mod archive;
mod aside;
mod behind;
mod block;
mod boxes;
mod build;
mod buttons;
mod bytes;
mod caption;
mod cards;
mod common;
mod content;
mod dek;
mod digest;
mod domains;
mod explain;
mod fold;
mod front;
mod furniture;
mod glued;
mod halves;
mod head;
mod headlines;
mod kicker;
mod kind;
mod label;
mod labelled;
mod language;
mod line;
mod links;
mod look;
mod markdown;
mod named;
mod opening;
mod page;
mod paragraphs;
mod people;
mod phrases;
mod press;
mod printed;
mod printer;
mod proofs;
mod record;
mod region;
mod rows;
mod shapes;
mod signed;
mod signs;
mod site;
mod tail;
mod template;
#[cfg(test)]
mod testing;
mod time;
mod title;
mod unit;
mod untimed;
mod wrap;
mod writers;
mod zone;

use std::borrow::Cow;

pub use explain::{Explained, explain};

use crate::article::{Article, Moment, Place, Role, SkipReason, Skipped};
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

/// Leaves the rows of one site, or of `all`, out of the table of layouts, for the rest of the process: what the general method makes of
/// a site that it does not know. Does nothing once a page was split.
pub fn leave_out(site: &str) {
    label::leave_out(site);
}

/// The units of a page below what a reader program prints in front of it.
fn units<'a>(lines: &[line::Line<'a>], front: &front::Front) -> Vec<unit::Unit<'a>> {
    let mut lines = lines.to_vec();
    for line in lines.iter_mut().take(front.lines) {
        line.text = Cow::Borrowed("");
    }
    unit::units(&lines, label::Labels::shipped())
}

/// A page of lines, read.
struct Reading<'a> {
    lines: Vec<line::Line<'a>>,
    front: front::Front,
    units: Vec<unit::Unit<'a>>,
    drafts: Vec<page::Draft>,
}

/// Reads the lines of a page.
fn reading<'a>(page: &'a Page<'_>) -> Reading<'a> {
    let lines = line::lines(&page.text);
    let front = front::front(&lines);
    let units = if front.lines > 0 {
        units(&lines, &front)
    } else {
        unit::units(&lines, label::Labels::shipped())
    };
    let mut drafts = page::drafts(&units);
    if let Some(main) = drafts.iter_mut().find(|draft| draft.role == Role::Main) {
        front.fill(main, &units);
    }
    Reading {
        lines,
        front,
        units,
        drafts,
    }
}

/// Splits lines of a page.
fn dump(page: &Page<'_>, settings: &Settings) -> Split {
    articles(&mut reading(page), page, settings)
}

/// The articles of a page that was read. They take over what the drafts say of them.
fn articles(reading: &mut Reading<'_>, page: &Page<'_>, settings: &Settings) -> Split {
    let Reading {
        lines,
        front,
        units,
        drafts,
    } = reading;
    let mut split = Split {
        articles: Vec::with_capacity(drafts.len()),
        owners: lines.iter().map(unowned).collect(),
        skipped: Vec::new(),
    };
    let ids = record::ids(page, drafts);
    for (number, (draft, id)) in drafts.iter_mut().zip(ids).enumerate() {
        let first = units.get(draft.first()).map_or(0, |unit| unit.lines.start);
        let place = place(page, lines, first);
        let mut article = build::draft(draft, units, page, settings, place, id);
        if draft.role == Role::Main && front.url.is_some() {
            article.url.clone_from(&front.url);
            build::rekey(&mut article, page.record.id.as_deref());
        }
        split.articles.push(article);
        let own = draft.head.iter().chain(&draft.body).chain(&draft.tail);
        for unit in own.filter_map(|&unit| units.get(unit)) {
            for owner in split.owners.get_mut(unit.lines.clone()).unwrap_or_default() {
                *owner = Owner::Article(number as u32);
            }
        }
    }
    if drafts.is_empty() && split.owners.iter().any(|owner| *owner != Owner::Blank) {
        nothing(page, &mut split);
    }
    split
}

fn unowned(line: &line::Line<'_>) -> Owner {
    if line.is_blank {
        Owner::Blank
    } else {
        Owner::Furniture
    }
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
