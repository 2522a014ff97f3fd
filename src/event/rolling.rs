//! Events in a rolling window: stories further apart than two windows never weigh on each other.
//!
//! Time is cut into stretches as long as the window. Each stretch is looked at together with the next one, as a set of
//! its own; an event that begins there counts, without the stories that an event of the look before has already. So an
//! event is a function of the stories of four stretches, and an archive is as quick to tell today's events in its tenth
//! year as in its first week. What lies in one stretch altogether has the events that it has without a window.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::weights::Weights;
use super::{EventInput, Grouping, events};
use crate::article::Key;
use crate::candidates::Stretch;

/// Stretches before one that its events depend on.
pub const BEFORE: i64 = 2;

/// Stretches after one that its events depend on.
pub const AFTER: i64 = 1;

/// The events of stories with the stretch in which each lies. Stories without any time are a set of their own.
pub fn rolling(stories: &[(Stretch, EventInput<'_>)], weights: &Weights) -> Vec<Grouping> {
    let mut own: BTreeMap<Stretch, Vec<EventInput<'_>>> = BTreeMap::new();
    for (stretch, story) in stories {
        own.entry(*stretch).or_default().push(*story);
    }
    let begun: BTreeMap<Stretch, Vec<Grouping>> = own
        .par_iter()
        .map(|(&stretch, stories)| {
            let later = next(stretch).and_then(|next| own.get(&next));
            (
                stretch,
                begun(stories, later.map_or(&[], Vec::as_slice), weights),
            )
        })
        .collect();
    let mut found: Vec<Grouping> = begun
        .iter()
        .flat_map(|(&stretch, groups)| {
            let before = previous(stretch).and_then(|before| begun.get(&before));
            let taken = before
                .into_iter()
                .flatten()
                .flat_map(|group| &group.stories);
            let taken: BTreeSet<Key> = taken.copied().collect();
            let left = groups.iter().map(move |group| without(group, &taken));
            left.filter(|group| group.stories.len() > 1)
        })
        .collect();
    found.sort_unstable_by(|a, b| a.stories.cmp(&b.stories));
    found
}

/// Groups with a story of a stretch, as it is seen together with the later one.
fn begun(own: &[EventInput<'_>], later: &[EventInput<'_>], weights: &Weights) -> Vec<Grouping> {
    let mut look = own.to_vec();
    look.extend_from_slice(later);
    let ids: BTreeSet<Key> = own.iter().map(|story| story.id).collect();
    let mut groups = events(&look, weights);
    groups.retain(|group| group.stories.iter().any(|id| ids.contains(id)));
    groups
}

fn without(group: &Grouping, taken: &BTreeSet<Key>) -> Grouping {
    let members = group.stories.iter().zip(&group.bonds);
    let left = members.filter(|(id, _)| !taken.contains(id));
    let (stories, bonds) = left.map(|(id, bond)| (*id, bond.clone())).unzip();
    Grouping { stories, bonds }
}

fn next(stretch: Stretch) -> Option<Stretch> {
    let beside = stretch.0.checked_add(1).map(Stretch)?;
    (stretch != Stretch::UNTIMED).then_some(beside)
}

fn previous(stretch: Stretch) -> Option<Stretch> {
    let beside = stretch.0.checked_sub(1).map(Stretch)?;
    (beside != Stretch::UNTIMED).then_some(beside)
}

#[cfg(test)]
mod tests {
    use super::super::StoryTerms;
    use super::*;
    use crate::article::Moment;

    const DAY: i64 = 86_400;

    /// Reports of happenings: each has a topic, and a day on which it stood; the window is ten days.
    fn told(reports: &[(u64, Option<i64>)]) -> Vec<Vec<usize>> {
        let text = |&(topic, _): &(u64, Option<i64>)| {
            let words = (0..40).map(|word| format!("topic{topic}word{word}"));
            StoryTerms::of(None, None, &words.collect::<Vec<_>>().join(" "))
        };
        let terms: Vec<StoryTerms> = reports.iter().map(text).collect();
        let key = |at: usize| Key(at as u64);
        let inputs = reports.iter().zip(&terms).enumerate();
        let inputs = inputs.map(|(at, ((_, day), terms))| {
            let seconds = day.map(|day| day * DAY);
            let input = EventInput {
                id: key(at),
                terms,
                published: seconds.map(|seconds| Moment {
                    seconds,
                    day_only: true,
                }),
                language: None,
            };
            (Stretch::of(seconds, Some(10 * DAY)), input)
        });
        let groups = rolling(&inputs.collect::<Vec<_>>(), Weights::learned());
        let places = |group: Grouping| group.stories.iter().map(|id| id.0 as usize).collect();
        groups.into_iter().map(places).collect()
    }

    #[test]
    fn an_event_goes_on_into_the_next_stretch_and_not_beyond() {
        assert_eq!(told(&[(1, Some(8)), (1, Some(12)), (2, Some(3))]), [[0, 1]]);
        assert_eq!(
            told(&[(1, Some(8)), (1, Some(31))]),
            Vec::<Vec<usize>>::new()
        );
        // what came too late for the first event is one of its own
        let long = [(1, Some(8)), (1, Some(12)), (1, Some(21)), (1, Some(22))];
        assert_eq!(told(&long), [[0, 1], [2, 3]]);
    }

    #[test]
    fn stories_of_other_years_change_nothing() {
        let near = [
            (1, Some(108)),
            (1, Some(112)),
            (2, Some(103)),
            (2, Some(104)),
        ];
        let mut all = near.to_vec();
        all.extend((0..60).map(|at| (1 + at % 3, Some(at as i64))));
        all.extend((0..60).map(|at| (1 + at % 3, Some(140 + at as i64))));
        let mut groups = told(&all);
        groups.retain(|group| group.iter().any(|&at| at < near.len()));
        assert_eq!(groups, told(&near));
    }

    #[test]
    fn stories_without_a_time_are_a_set_of_their_own() {
        let reports = [(1, None), (1, Some(2)), (1, None), (1, Some(3))];
        assert_eq!(told(&reports), [[0, 2], [1, 3]]);
    }
}
