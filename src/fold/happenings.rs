//! Stories → events: terms of every canonical, grouped, and told in the words of the report.
//!
//! [`happenings`] reads every canonical's text once, for its terms. What the reports of one event quote and count is
//! read by [`Accounts`], for those who print it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;

use rayon::prelude::*;

use super::{Bodies, Fold, Member};
use crate::article::{Article, ArticleNo, Key};
use crate::candidates::Stretch;
use crate::elect::Story;
use crate::event::{
    Collector, Details, Event, EventInput, Grouping, Reason, Report, StoryTerms, Weights, events,
    rolling,
};
use crate::progress::Progress;

/// Stories whose terms are collected in one go.
const BLOCK: usize = 64;

/// The events among `stories`, which stand in the order of the report; `window` is in seconds.
pub fn happenings(
    stories: &[Story],
    members: &[Member],
    window: Option<i64>,
    texts: &dyn Bodies,
    progress: &dyn Progress,
) -> io::Result<Vec<Event>> {
    // a time is looked for only where there is a window
    let time = |story| window.and_then(|_| time(story, members));
    let stretches: Vec<Stretch> = stories
        .par_iter()
        .map(|story| Stretch::of(time(story), window))
        .collect();
    let terms = collect(stories, members, &stretches, texts, progress)?;
    let inputs = stories
        .par_iter()
        .zip(&terms)
        .map(|(story, terms)| EventInput {
            id: story.id,
            terms,
            published: earliest(story, members),
            language: members[story.canonical.index()].article.language.as_deref(),
        });
    let groups = if window.is_none() {
        events(&inputs.collect::<Vec<_>>(), Weights::learned())
    } else {
        let inputs: Vec<_> = stretches.par_iter().copied().zip(inputs).collect();
        rolling(&inputs, Weights::learned())
    };
    // so many small pieces take their time
    terms.into_par_iter().for_each(drop);
    let place = places(stories);
    let mut found: Vec<(usize, Event)> = groups
        .par_iter()
        .map(|group| {
            let mut at: Vec<usize> = group
                .stories
                .iter()
                .filter_map(|id| place.get(id).copied())
                .collect();
            at.sort_unstable();
            let first = at.first().copied().unwrap_or_default();
            (first, told(group, &at, stories, members))
        })
        .collect();
    // the order of the report: the most stories first, then the first story's place
    found.sort_by_key(|(first, event)| (std::cmp::Reverse(event.stories.len()), *first));
    Ok(found.into_iter().map(|(_, event)| event).collect())
}

/// The terms of every story's canonical, in the order of the stories; how much of a text is read depends on the stories
/// of its stretch alone.
fn collect(
    all: &[Story],
    members: &[Member],
    stretches: &[Stretch],
    texts: &dyn Bodies,
    progress: &dyn Progress,
) -> io::Result<Vec<StoryTerms>> {
    let mut sizes: BTreeMap<Stretch, usize> = BTreeMap::new();
    for stretch in stretches {
        *sizes.entry(*stretch).or_default() += 1;
    }
    // texts and articles lie in the order of their numbers
    let mut order: Vec<(ArticleNo, u32)> =
        all.iter().map(|story| story.canonical).zip(0..).collect();
    order.par_sort_unstable_by_key(|(no, _)| no.0);
    let blocks = order
        .par_chunks(BLOCK)
        .map_init(
            || (Collector::new(all.len()), Vec::new()),
            |(collector, room), order| {
                let numbers: Vec<ArticleNo> = order.iter().map(|(no, _)| *no).collect();
                let mut terms = Vec::with_capacity(order.len());
                texts.each(&numbers, room, &mut |at, body| {
                    let (no, story) = order[at];
                    let stretch = stretches[story as usize];
                    collector.turn_to(sizes.get(&stretch).copied().unwrap_or_default());
                    let article = &members[no.index()].article;
                    let (language, title) = (article.language.as_deref(), article.title.as_deref());
                    terms.push((story, collector.story(language, title, body)));
                })?;
                progress.advance(order.len() as u64);
                Ok(terms)
            },
        )
        .collect::<io::Result<Vec<_>>>()?;
    let mut terms = vec![StoryTerms::default(); all.len()];
    for (story, of_story) in blocks.into_iter().flatten() {
        terms[story as usize] = of_story;
    }
    Ok(terms)
}

/// Where each story stands.
fn places(stories: &[Story]) -> HashMap<Key, usize> {
    let placed = stories.iter().enumerate();
    placed.map(|(at, story)| (story.id, at)).collect()
}

/// When a story appeared, in seconds: when its first member was published, or else fetched.
pub fn time(story: &Story, members: &[Member]) -> Option<i64> {
    let published = earliest(story, members).map(|at| at.seconds);
    published.or_else(|| articles(story, members).filter_map(Article::time).min())
}

fn earliest(story: &Story, members: &[Member]) -> Option<crate::article::Moment> {
    let articles = articles(story, members);
    articles.filter_map(|article| article.published.at).min()
}

fn articles<'a>(story: &'a Story, members: &'a [Member]) -> impl Iterator<Item = &'a Article> {
    let numbers = story.copies.iter().map(|copy| copy.article);
    let numbers = numbers.chain([story.canonical]);
    numbers.map(|no| &members[no.index()].article)
}

/// An event as the report has it; `places` are those of its stories.
fn told(group: &Grouping, places: &[usize], stories: &[Story], members: &[Member]) -> Event {
    let report = |&at: &usize| report(&stories[at], members, "");
    let reports: Vec<Report<'_>> = places.iter().map(report).collect();
    Event::of(group, &reports)
}

fn report<'a>(story: &'a Story, members: &'a [Member], body: &'a str) -> Report<'a> {
    let article = &members[story.canonical.index()].article;
    // an agency is one source however many print it
    let agency = story.origin.agency.as_deref();
    Report {
        id: story.id,
        title: article.title.as_deref(),
        body,
        published: earliest(story, members),
        source: agency.or(article.publisher.as_deref()),
    }
}

/// Reads what the reports of a fold's events say.
#[derive(Debug)]
pub struct Accounts<'f> {
    fold: &'f Fold,
    places: HashMap<Key, usize>,
}

impl<'f> Accounts<'f> {
    /// Those of one fold.
    pub fn new(fold: &'f Fold) -> Self {
        Self {
            places: places(&fold.stories),
            fold,
        }
    }

    /// What the reports of one event quote and count.
    ///
    /// # Errors
    /// When a text cannot be read back.
    pub fn details(&self, event: &Event) -> io::Result<Details> {
        let central = event.central().into_iter();
        let stories = central.filter_map(|at| event.stories.get(at));
        self.read(stories, Details::of)
    }

    /// Why each story of an event belongs to it, in the order of its stories.
    ///
    /// # Errors
    /// When a text cannot be read back.
    pub fn reasons(&self, event: &Event) -> io::Result<Vec<Reason>> {
        self.read(event.stories.iter(), |reports| event.reasons(reports))
    }

    /// Reads the canonicals of these stories for `tell`.
    fn read<'k, T>(
        &self,
        stories: impl Iterator<Item = &'k Key>,
        tell: impl Fn(&[Report<'_>]) -> T,
    ) -> io::Result<T> {
        let stories: Vec<&Story> = stories
            .filter_map(|id| self.fold.stories.get(*self.places.get(id)?))
            .collect();
        let bodies = stories
            .iter()
            .map(|story| self.fold.bodies.body(story.canonical))
            .collect::<io::Result<Vec<Cow<'_, str>>>>()?;
        let reports: Vec<Report<'_>> = stories
            .iter()
            .zip(&bodies)
            .map(|(story, body)| report(story, &self.fold.articles, body))
            .collect();
        Ok(tell(&reports))
    }
}
