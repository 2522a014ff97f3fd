//! Stories → events: terms of every canonical, grouped, and said in the words of the report.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use rayon::prelude::*;

use super::{Bodies, Member};
use crate::article::Key;
use crate::elect::Story;
use crate::event::{Collector, Event, EventInput, Grouping, Report, StoryTerms, Weights, events};
use crate::progress::Progress;

/// The events among `stories`, which stand in the order of the report.
pub fn happenings(
    stories: &[Story],
    members: &[Member],
    texts: &dyn Bodies,
    progress: &dyn Progress,
) -> io::Result<Vec<Event>> {
    let terms = stories
        .par_iter()
        .map_init(Collector::default, |collector, story| {
            let article = &members[story.canonical.index()].article;
            let body = texts.body(story.canonical)?;
            progress.advance(1);
            Ok(collector.story(article.title.as_deref(), &body))
        })
        .collect::<io::Result<Vec<StoryTerms>>>()?;
    let inputs: Vec<EventInput<'_>> = stories
        .iter()
        .zip(&terms)
        .map(|(story, terms)| EventInput {
            id: story.id,
            terms,
            published: earliest(story, members),
            language: members[story.canonical.index()].article.language.as_deref(),
        })
        .collect();
    let place: HashMap<Key, usize> = stories
        .iter()
        .enumerate()
        .map(|(at, story)| (story.id, at))
        .collect();
    let mut found = events(&inputs, Weights::learned())
        .par_iter()
        .filter(|group| group.stories.len() > 1)
        .map(|group| {
            let mut places: Vec<usize> = group
                .stories
                .iter()
                .filter_map(|id| place.get(id).copied())
                .collect();
            places.sort_unstable();
            let first = places.first().copied().unwrap_or_default();
            Ok((first, told(group, &places, stories, members, texts)?))
        })
        .collect::<io::Result<Vec<(usize, Event)>>>()?;
    // the order of the report: the most stories first, then the first story's place
    found.sort_by_key(|(first, event)| (std::cmp::Reverse(event.stories.len()), *first));
    Ok(found.into_iter().map(|(_, event)| event).collect())
}

fn earliest(story: &Story, members: &[Member]) -> Option<crate::article::Moment> {
    let numbers = story
        .copies
        .iter()
        .map(|copy| copy.article)
        .chain([story.canonical]);
    numbers
        .filter_map(|no| members[no.index()].article.published.at)
        .min()
}

/// An event as the report has it; `places` are those of its stories.
fn told(
    group: &Grouping,
    places: &[usize],
    stories: &[Story],
    members: &[Member],
    texts: &dyn Bodies,
) -> io::Result<Event> {
    let canonical = |at: &usize| stories[*at].canonical;
    let read = group.read();
    let bodies = places
        .iter()
        .map(|at| {
            if read.contains(&stories[*at].id) {
                texts.body(canonical(at))
            } else {
                Ok(Cow::Borrowed(""))
            }
        })
        .collect::<io::Result<Vec<_>>>()?;
    let reports: Vec<Report<'_>> = places
        .iter()
        .zip(&bodies)
        .map(|(at, body)| {
            let story = &stories[*at];
            let article = &members[canonical(at).index()].article;
            Report {
                id: story.id,
                title: article.title.as_deref(),
                body,
                published: earliest(story, members),
                // an agency is one source however many print it
                source: story
                    .origin
                    .agency
                    .as_deref()
                    .or(article.publisher.as_deref()),
            }
        })
        .collect();
    Ok(Event::of(group, &reports))
}
