//! [`Story`](crate::elect::Story) → [`Event`]: independent reports of one happening, beside each other.
//!
//! [`StoryTerms`] are made once a story, while its text is at hand; [`events`] groups the stories by them and by time,
//! one language at a time; [`Event`] is what a report shows. A model-free version of Miranda et al., "Multilingual
//! Clustering of Streaming News", 2018: weighted terms of headline and body, time, and a join decision of its own.

mod bar;
mod common;
mod counter;
mod day;
mod differences;
mod effort;
mod figures;
mod join;
mod looks;
mod neighbours;
mod quotes;
mod rolling;
mod stem;
mod syllables;
mod terms;
mod usual;
mod vectors;
mod weigher;
mod weights;
mod why;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::article::{Key, Moment};
use crate::text::document;

pub use differences::{Claim, Difference, Report, SharedFigure};
pub use quotes::SharedQuote;
pub use rolling::{AFTER, BEFORE, rolling};
pub use terms::{Collector, StoryTerms};
pub use weights::Weights;
pub use why::Reason;

pub use join::Bond;

use bar::{Bar, Clock};
use weigher::{Frequencies, Weigher};

/// Stories that report one happening; two or more.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Event {
    /// The least story id in it.
    pub id: Key,
    /// The most central headline.
    pub title: Option<String>,
    /// Ids of its stories, in the order of the report.
    pub stories: Vec<Key>,
    /// How many independent sources wrote about it.
    pub origins: u32,
    /// When its first story was published, where known.
    pub first: Option<Moment>,
    /// When its last story was published, where known.
    pub last: Option<Moment>,
    /// What ties each story to the others, in the order of `stories`.
    pub bonds: Vec<Bond>,
}

/// What the reports of an event say, read from their texts when somebody asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Details {
    /// What several stories quote, the words of most stories first.
    pub quotes: Vec<SharedQuote>,
    /// The figures that several stories have, those of most stories first.
    pub figures: Vec<SharedFigure>,
    /// What the stories count differently.
    pub differences: Vec<Difference>,
}

/// Reports of one event whose texts are read for quotes and figures: the most central ones.
const READ: usize = 24;

/// Quotes, figures and differences of one event that are kept.
const SHOWN: usize = 12;

impl Event {
    /// What a report shows of a grouping. `reports` are its stories; their order is that of the event's.
    pub fn of(grouping: &Grouping, reports: &[Report<'_>]) -> Self {
        let bond = |id: Key| {
            let at = grouping.stories.binary_search(&id).ok();
            at.and_then(|at| grouping.bonds.get(at))
        };
        let likeness = |id: Key| bond(id).map_or(0, |bond| bond.likeness);
        // a story without a headline may be the most central one
        let titled = reports.iter().filter(|report| report.title.is_some());
        let central = titled.min_by_key(|report| (Reverse(likeness(report.id)), report.id));
        let times = || reports.iter().filter_map(|report| report.published);
        Self {
            id: grouping.stories.iter().min().copied().unwrap_or_default(),
            title: central.and_then(|report| report.title).map(str::to_owned),
            stories: reports.iter().map(|report| report.id).collect(),
            origins: origins(reports),
            first: times().min(),
            last: times().max(),
            bonds: reports
                .iter()
                .map(|report| bond(report.id).cloned().unwrap_or_default())
                .collect(),
        }
    }

    /// Places in `stories` of those whose texts are read for [`Details`]: the most central ones, the first of them first.
    pub fn central(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.stories.len()).collect();
        let likeness = |at: usize| self.bonds.get(at).map_or(0, |bond| bond.likeness);
        places.sort_by_key(|&at| (Reverse(likeness(at)), self.stories.get(at)));
        places.truncate(READ);
        places
    }
}

impl Event {
    /// Why each story belongs to it. `reports` are its stories, in its order.
    pub fn reasons(&self, reports: &[Report<'_>]) -> Vec<Reason> {
        why::reasons(reports, &self.bonds)
    }
}

impl Details {
    /// What these reports say, which are those of [`Event::central`], in that order.
    pub fn of(reports: &[Report<'_>]) -> Self {
        let bodies = reports.iter().map(|report| document(report.body).tokens);
        let tokens: Vec<_> = bodies.collect();
        let (figures, differences) = differences::figures(reports, &tokens, SHOWN);
        Self {
            quotes: quotes::shared(reports, &tokens, SHOWN),
            figures,
            differences,
        }
    }
}

/// Independent sources: each named one once; a story without one is a source of its own.
fn origins(reports: &[Report<'_>]) -> u32 {
    let named: BTreeSet<&str> = reports.iter().filter_map(|report| report.source).collect();
    let unnamed = reports.iter().filter(|report| report.source.is_none());
    (named.len() + unnamed.count()) as u32
}

/// What the grouping needs of one story.
#[derive(Clone, Copy, Debug)]
pub struct EventInput<'a> {
    /// The story's id.
    pub id: Key,
    /// The terms of its canonical article.
    pub terms: &'a StoryTerms,
    /// When its earliest member was published.
    pub published: Option<Moment>,
    /// Its language, two letters.
    pub language: Option<&'a str>,
}

/// Stories of one event, as grouped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grouping {
    /// Its stories by their ids, ascending.
    pub stories: Vec<Key>,
    /// What ties each story to the others, in the order of `stories`.
    pub bonds: Vec<Bond>,
}

/// Groups stories into events. A function of the set: order of input and number of threads change nothing.
///
/// Stories of different languages are never joined: without a model they share names alone. A story whose language is
/// unknown counts to the language of most. Groups come ordered by their least id; time is O(n log n).
pub fn events(stories: &[EventInput<'_>], weights: &Weights) -> Vec<Grouping> {
    let mut by_language: BTreeMap<&str, Vec<EventInput<'_>>> = BTreeMap::new();
    for story in stories {
        let language = story.language.unwrap_or_default();
        by_language.entry(language).or_default().push(*story);
    }
    if let Some(unknown) = by_language.remove("") {
        let most = by_language
            .iter()
            .max_by_key(|(language, of)| (of.len(), Reverse(*language)));
        let most = most.map_or("", |(language, _)| *language);
        by_language.entry(most).or_default().extend(unknown);
    }
    let mut groups: Vec<Grouping> = by_language
        .into_iter()
        .flat_map(|(language, of)| of_one_language(language, of, weights))
        .collect();
    groups.sort_unstable_by(|a, b| a.stories.cmp(&b.stories));
    groups
}

fn of_one_language(
    language: &str,
    mut stories: Vec<EventInput<'_>>,
    weights: &Weights,
) -> Vec<Grouping> {
    if stories.len() < 2 {
        return Vec::new();
    }
    stories.par_sort_unstable_by_key(|story| story.id);
    let terms: Vec<&StoryTerms> = stories.iter().map(|story| story.terms).collect();
    let frequencies = Frequencies::count(&terms);
    let syllables = syllables::in_syllables(Some(language), "");
    let vectors = Weigher::new(&frequencies, syllables, weights).vectors(&terms);
    let times: Vec<Option<i64>> = stories
        .iter()
        .map(|story| story.published.map(|at| at.seconds))
        .collect();
    let mut by_time: Vec<u32> = (0..stories.len() as u32).collect();
    // unknown times first, in the order of keys
    by_time.sort_by_key(|&story| times[story as usize]);
    let pairs = usual::sample(stories.len());
    let centre = usual::centre(&vectors, &pairs, weights);
    let clock = Clock::new(&times, &pairs, weights);
    let bar = Bar::new(stories.len(), centre, clock, weights);
    let near = neighbours::pairs(&vectors, &by_time, bar.least());
    let mut groups = join::groups(&vectors, &times, bar, &near);
    day::attach(&mut groups, &vectors, &times, weights);
    let groupings = groups.into_par_iter().map(|joined| Grouping {
        stories: joined
            .members
            .iter()
            .map(|&at| stories[at as usize].id)
            .collect(),
        bonds: joined.bonds(&vectors),
    });
    let groupings = groupings.collect();
    // so many small pieces take their time
    vectors.into_par_iter().for_each(drop);
    groupings
}

#[cfg(test)]
mod tests;
