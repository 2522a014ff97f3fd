//! Stories → events: terms of every canonical, grouped, and said in the words of the report.

use std::collections::{BTreeSet, HashMap};
use std::io;

use rayon::prelude::*;

use super::{Bodies, Member};
use crate::article::Key;
use crate::elect::Story;
use crate::event::{Collector, Event, EventInput, Grouping, StoryTerms, Weights, events};
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
    let mut found: Vec<(usize, Event)> = events(&inputs, Weights::learned())
        .iter()
        .filter(|group| group.stories.len() > 1)
        .map(|group| told(group, stories, members, &place))
        .collect();
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

/// An event as the report has it, with the place of its first story.
fn told(
    group: &Grouping,
    stories: &[Story],
    members: &[Member],
    place: &HashMap<Key, usize>,
) -> (usize, Event) {
    let mut places: Vec<usize> = group
        .stories
        .iter()
        .filter_map(|id| place.get(id).copied())
        .collect();
    places.sort_unstable();
    let article = |at: usize| &members[stories[at].canonical.index()].article;
    // an agency counts once; without one each publisher does, and each story without either
    let origins: BTreeSet<(u8, String)> = places
        .iter()
        .map(
            |&at| match (&stories[at].origin.agency, &article(at).publisher) {
                (Some(agency), _) => (0, agency.clone()),
                (None, Some(publisher)) => (1, publisher.to_lowercase()),
                (None, None) => (2, stories[at].id.to_string()),
            },
        )
        .collect();
    let central = place.get(&group.central).or(places.first());
    let title = central.and_then(|&at| article(at).title.clone());
    let title = title.or_else(|| places.iter().find_map(|&at| article(at).title.clone()));
    let event = Event {
        id: group.stories.iter().copied().min().unwrap_or_default(),
        title,
        stories: places.iter().map(|&at| stories[at].id).collect(),
        origins: origins.len() as u32,
    };
    (places.first().copied().unwrap_or_default(), event)
}
