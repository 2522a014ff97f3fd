//! [`Story`](crate::elect::Story) → [`Event`]: independent reports of one happening, beside each other.
//!
//! [`StoryTerms`] are made once a story, while its text is at hand; [`events`] groups the stories by them and by time,
//! one language at a time; [`Event`] is what a report shows. A model-free version of Miranda et al., "Multilingual
//! Clustering of Streaming News", 2018: weighted terms of headline and body, time, and a join decision of its own.

mod join;
mod neighbours;
mod terms;
mod vectors;
mod weights;

use std::collections::BTreeMap;

use crate::article::{Key, Moment};

pub use terms::{Collector, StoryTerms};
pub use weights::Weights;

use join::{Bar, Joiner};
use vectors::{Frequencies, UNIT, Unrelated, Vector, Weigher};

/// Stories that report one happening; two or more.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// The least story id in it.
    pub id: Key,
    /// The most central headline.
    pub title: Option<String>,
    /// Ids of its stories, in the order of the report.
    pub stories: Vec<Key>,
    /// How many independent sources wrote about it.
    pub origins: u32,
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
    let neighbours = neighbours::neighbours(&vectors, &by_time);
    let unrelated = Unrelated::measure(&vectors, weights);
    let bar = Bar::new(stories.len(), unrelated, weights);
    let groups = Joiner::new(&vectors, &times, bar).run(&neighbours);
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
