//! The whole fold as one document of JSON, as JSON Lines, and as the input's own records.
//!
//! Some stories of few copies are in memory at a time, of a larger one a single body.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rayon::prelude::*;

use super::{Json, event, member, skipped, story, summary};
use crate::article::{ArticleNo, Key, Place};
use crate::elect::Story;
use crate::fold::Fold;
use crate::report::{Look, Summarise, Summary, events_by_story};

/// The whole document, one story, event, headline or skipped part a line.
pub fn write(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    json.string("wirefold", env!("CARGO_PKG_VERSION"));
    json.break_line()?;
    summary(&mut json, &Summary::of(fold));
    if look.summary == Summarise::Only {
        json.close('}');
        json.end_line()?;
        return json.finish();
    }
    let stories = look.selection.stories(fold);
    let events = events_by_story(fold);
    json.break_line()?;
    json.key("stories");
    json.open('[');
    write_stories(&mut json, fold, &events, &stories, Between::Commas)?;
    json.close(']');
    list(
        &mut json,
        "events",
        &look.selection.events(fold, &stories),
        |json, each| {
            event(json, each);
            Ok(())
        },
    )?;
    let headlines: Vec<ArticleNo> = look.selection.headlines(fold).collect();
    list(&mut json, "headlines", &headlines, |json, &no| {
        json.open('{');
        member(json, fold, no)?;
        json.close('}');
        Ok(())
    })?;
    list(&mut json, "skipped", &fold.skipped, |json, each| {
        skipped(json, each);
        Ok(())
    })?;
    list(&mut json, "recurring", &fold.recurring, |json, each| {
        json.open('{');
        json.string("line", &each.line);
        json.value("articles", each.articles);
        json.close('}');
        Ok(())
    })?;
    json.close('}');
    json.end_line()?;
    json.finish()
}

fn event_of(events: &BTreeMap<Key, Key>, story: &Story) -> Option<Key> {
    events.get(&story.id).copied()
}

/// A key and an array, an item a line.
fn list<T>(
    json: &mut Json<'_>,
    key: &str,
    items: &[T],
    mut write: impl FnMut(&mut Json<'_>, &T) -> io::Result<()>,
) -> io::Result<()> {
    json.break_line()?;
    json.key(key);
    json.open('[');
    for item in items {
        json.break_line()?;
        write(json, item)?;
    }
    json.close(']');
    Ok(())
}

/// One story a line; with [`Summarise::Only`], the counts of the summary on one line.
pub fn write_lines(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    if look.summary == Summarise::Only {
        json.open('{');
        for (key, count) in Summary::of(fold).entries() {
            json.value(key, count);
        }
        json.close('}');
        json.end_line()?;
        return json.finish();
    }
    let events = events_by_story(fold);
    let stories = look.selection.stories(fold);
    write_stories(&mut json, fold, &events, &stories, Between::Lines)?;
    json.finish()
}

/// What parts one story from the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Commas of an array, and the line is broken.
    Commas,
    /// They are lines of their own.
    Lines,
}

/// Copies from which on a story is written by itself, body by body.
const LARGE: usize = 64;

/// Stories that are written in one go, and how many goes are held until they are printed.
const PART: usize = 32;
const PARTS: usize = 16;

/// All stories, which come in the order of the report: those of most copies one by one, the others side by side.
fn write_stories(
    json: &mut Json<'_>,
    fold: &Fold,
    events: &BTreeMap<Key, Key>,
    stories: &[&Story],
    between: Between,
) -> io::Result<()> {
    let (large, others) =
        stories.split_at(stories.partition_point(|story| story.copies.len() >= LARGE));
    let write = |json: &mut Json<'_>, each: &Story| {
        story(json, fold, each, event_of(events, each))?;
        match between {
            Between::Commas => Ok(()),
            Between::Lines => json.end_line(),
        }
    };
    let part = |stories: &[&Story]| {
        let mut text = Vec::new();
        let mut json = Json::new(&mut text);
        for (at, each) in stories.iter().enumerate() {
            if at > 0 && between == Between::Commas {
                json.break_line()?;
            }
            write(&mut json, each)?;
        }
        json.finish()?;
        io::Result::Ok(text)
    };
    for each in large {
        if between == Between::Commas {
            json.break_line()?;
        }
        write(json, each)?;
    }
    for together in others.chunks(PART * PARTS) {
        let texts: Vec<io::Result<Vec<u8>>> = together.par_chunks(PART).map(part).collect();
        for text in texts {
            match between {
                Between::Commas => json.items(&text?)?,
                Between::Lines => json.lines(&text?)?,
            }
        }
    }
    Ok(())
}

/// Gives the input record that starts at a place, as it stood there; `None` where the input was no JSON.
pub type RecordAt<'a> = dyn Fn(&Place) -> io::Result<Option<Cow<'a, str>>> + 'a;

/// `--unique`: the canonicals' input records, unchanged, one a line; where the input was no JSON, the article as
/// `split` prints it. A record that holds several canonicals stands there once.
///
/// # Errors
/// What `out`, the store of the bodies or `record` reports.
pub fn write_unique(
    fold: &Fold,
    look: &Look,
    record: &RecordAt<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut json = Json::new(out);
    let mut written: BTreeSet<&Place> = BTreeSet::new();
    for story in look.selection.stories(fold) {
        let place = &fold.member(story.canonical).article.place;
        if let Some(record) = record(place)? {
            if !written.insert(place) {
                continue;
            }
            // a line break in JSON can only stand between tokens
            json.raw(&record.trim().replace(['\n', '\r'], " "));
        } else {
            json.open('{');
            member(&mut json, fold, story.canonical)?;
            json.close('}');
        }
        json.end_line()?;
    }
    json.finish()
}
