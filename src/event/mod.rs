//! [`Story`](crate::elect::Story) → [`Event`]: independent reports of one happening, beside each other.
//!
//! [`StoryTerms`] are made once a story, while its text is at hand; [`events`] groups the stories by them and by time,
//! one language at a time; [`Event`] is what a report shows. A model-free version of Miranda et al., "Multilingual
//! Clustering of Streaming News", 2018: weighted terms of headline and body, time, and a join decision of its own.

mod differences;
mod join;
mod neighbours;
mod quotes;
mod terms;
mod vectors;
mod weights;

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Key, Moment};

pub use differences::{Claim, Difference, Report, SharedFigure};
pub use quotes::SharedQuote;
pub use terms::{Collector, StoryTerms};
pub use weights::Weights;

use join::{Bar, Clock, Joiner};
use vectors::{Frequencies, UNIT, Unrelated, Vector, Weigher};

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
    /// How alike each story is to the others, in thousandths, in the order of `stories`.
    pub likeness: Vec<u32>,
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

impl Grouping {
    /// The stories whose texts are read for quotes and figures: the most central ones. The bodies of others may be empty.
    pub fn read(&self) -> BTreeSet<Key> {
        let mut stories: Vec<(std::cmp::Reverse<u32>, Key)> =
            std::iter::zip(&self.likeness, &self.stories)
                .map(|(&likeness, &id)| (std::cmp::Reverse(likeness), id))
                .collect();
        stories.sort_unstable();
        stories.iter().take(READ).map(|&(_, id)| id).collect()
    }
}

impl Event {
    /// What a report shows of a grouping. `reports` are its stories; their order is that of the event's.
    pub fn of(grouping: &Grouping, reports: &[Report<'_>]) -> Self {
        let likeness = |id: Key| {
            let at = grouping.stories.binary_search(&id).ok();
            at.and_then(|at| grouping.likeness.get(at).copied())
                .unwrap_or(0)
        };
        let central = reports.iter().find(|report| report.id == grouping.central);
        // a story without a headline may be the most central one
        let mut titled: Vec<&Report<'_>> = reports
            .iter()
            .filter(|report| report.title.is_some())
            .collect();
        titled.sort_by_key(|report| (std::cmp::Reverse(likeness(report.id)), report.id));
        let title = central.and_then(|report| report.title);
        let title = title.or_else(|| titled.first().and_then(|report| report.title));
        let mut read: Vec<Report<'_>> = reports.to_vec();
        read.sort_by_key(|report| (std::cmp::Reverse(likeness(report.id)), report.id));
        read.truncate(READ);
        let (figures, differences) = differences::figures(&read, SHOWN);
        let times = || reports.iter().filter_map(|report| report.published);
        Self {
            id: grouping.stories.iter().min().copied().unwrap_or_default(),
            title: title.map(str::to_owned),
            stories: reports.iter().map(|report| report.id).collect(),
            origins: origins(reports),
            first: times().min(),
            last: times().max(),
            likeness: reports.iter().map(|report| likeness(report.id)).collect(),
            quotes: quotes::shared(&read, SHOWN),
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
    /// How alike each story is to the others, in thousandths, in the order of `stories`.
    pub likeness: Vec<u32>,
    /// The story that is most alike to the others.
    pub central: Key,
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
            .max_by_key(|(language, of)| (of.len(), std::cmp::Reverse(*language)));
        let most = most.map_or("", |(language, _)| *language);
        by_language.entry(most).or_default().extend(unknown);
    }
    let mut groups: Vec<Grouping> = by_language
        .into_values()
        .flat_map(|of| of_one_language(of, weights))
        .collect();
    groups.sort_unstable_by(|a, b| a.stories.cmp(&b.stories));
    groups
}

fn of_one_language(mut stories: Vec<EventInput<'_>>, weights: &Weights) -> Vec<Grouping> {
    if stories.len() < 2 {
        return Vec::new();
    }
    stories.sort_unstable_by_key(|story| story.id);
    let terms: Vec<&StoryTerms> = stories.iter().map(|story| story.terms).collect();
    let frequencies = Frequencies::count(&terms);
    let vectors = Weigher::new(&frequencies, weights).vectors(&terms);
    let times: Vec<Option<i64>> = stories
        .iter()
        .map(|story| story.published.map(|at| at.seconds))
        .collect();
    let mut by_time: Vec<u32> = (0..stories.len() as u32).collect();
    // unknown times first, in the order of keys
    by_time.sort_by_key(|&story| times[story as usize]);
    let pairs = vectors::sample(stories.len());
    let unrelated = Unrelated::measure(&vectors, &pairs, weights);
    let clock = Clock::new(&times, &pairs, weights);
    let bar = Bar::new(stories.len(), unrelated, clock, weights);
    let near = neighbours::pairs(&vectors, &by_time, bar.least());
    let groups = Joiner::new(&vectors, &times, bar).run(&near);
    groups
        .into_iter()
        .map(|members| grouping(&stories, &vectors, &members))
        .collect()
}

fn grouping(stories: &[EventInput<'_>], vectors: &[Vector], members: &[u32]) -> Grouping {
    let likeness = join::likeness(vectors, members);
    let ids: Vec<Key> = members.iter().map(|&at| stories[at as usize].id).collect();
    let central = likeness
        .iter()
        .zip(&ids)
        .max_by_key(|&(likeness, id)| (*likeness, std::cmp::Reverse(*id)))
        .map_or(Key::default(), |(_, id)| *id);
    Grouping {
        likeness: likeness
            .iter()
            .map(|of| (of * 1000 / UNIT) as u32)
            .collect(),
        stories: ids,
        central,
    }
}

#[cfg(test)]
mod tests;
