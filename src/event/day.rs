//! Days on which one thing happened: where nearly all reports of a day are one event, a stray one of that day is, too.
//!
//! A folder gathered over years around single happenings has such days; a daily dump has none, for of its reports of
//! one day few belong together. Which of the two a set is, is counted on the set itself: of all pairs of stories of one
//! day, how many did the words alone put together? Only where that share is high, the day says what a text of few words
//! cannot (an obituary in verse, a page whose text was lost).

use super::join::Joined;
use super::vectors::Vector;
use super::weights::Weights;

const DAY: i64 = 86_400;

/// A story of a day: the day, its group (`None`: none), the story.
type Dated = (i64, Option<usize>, u32);

/// Puts single stories to the one group of their day, where days have one event.
pub(super) fn attach(
    groups: &mut [Joined],
    vectors: &[Vector],
    times: &[Option<i64>],
    weights: &Weights,
) {
    let dated = dated(groups, times);
    let days = || dated.chunk_by(|one, next| one.0 == next.0);
    let (mut all, mut together) = (weights.get("day_imagined") / 1000, 0);
    for day in days() {
        all += pairs(day.len());
        let of_one = |one: &Dated, next: &Dated| one.1.is_some() && one.1 == next.1;
        let shares = day.chunk_by(of_one);
        together += shares.map(|share| pairs(share.len())).sum::<i64>();
    }
    if together * 1000 < all * weights.get("day_share") {
        return;
    }
    for day in days() {
        let singles = day.partition_point(|story| story.1.is_none());
        let (singles, grouped) = day.split_at(singles);
        let one_group = grouped.first().zip(grouped.last());
        let Some(group) = one_group.filter(|(first, last)| first.1 == last.1) else {
            continue;
        };
        if singles.len() > grouped.len() {
            continue;
        }
        if let Some(group) = group.0.1.and_then(|at| groups.get_mut(at)) {
            for &(_, _, story) in singles {
                group.add(story, &vectors[story as usize]);
            }
        }
    }
}

fn pairs(n: usize) -> i64 {
    let n = n as i64;
    n * (n - 1) / 2
}

/// The stories whose time is known, by day and group.
fn dated(groups: &[Joined], times: &[Option<i64>]) -> Vec<Dated> {
    let mut of: Vec<Option<usize>> = vec![None; times.len()];
    for (at, group) in groups.iter().enumerate() {
        for &member in &group.members {
            of[member as usize] = Some(at);
        }
    }
    let mut dated: Vec<Dated> = times
        .iter()
        .zip(&of)
        .zip(0u32..)
        .filter_map(|((time, group), story)| Some((time.as_ref()?.div_euclid(DAY), *group, story)))
        .collect();
    dated.sort_unstable();
    dated
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups after the rule; a story a row: its day, and its group.
    fn after(stories: &[(i64, Option<usize>)]) -> Vec<Vec<u32>> {
        let count = stories.iter().filter_map(|story| story.1).max();
        let mut groups: Vec<Joined> = (0..=count.unwrap_or(0))
            .map(|group| Joined {
                members: (0u32..)
                    .zip(stories)
                    .filter(|(_, story)| story.1 == Some(group))
                    .map(|(at, _)| at)
                    .collect(),
                sum: Vector::default(),
            })
            .collect();
        let times: Vec<Option<i64>> = stories.iter().map(|story| Some(story.0 * DAY)).collect();
        let vectors = vec![Vector::default(); stories.len()];
        attach(&mut groups, &vectors, &times, Weights::learned());
        groups.into_iter().map(|group| group.members).collect()
    }

    /// So many happenings of four reports, each on a day of its own.
    fn happenings(count: usize) -> Vec<(i64, Option<usize>)> {
        let four = |at: usize| [(at as i64 * 40, Some(at)); 4];
        (0..count).flat_map(four).collect()
    }

    #[test]
    fn where_a_day_has_one_event_a_stray_report_of_it_belongs_to_it() {
        let mut stories = happenings(9);
        stories.push((40, None));
        stories.push((41, None));
        assert_eq!(after(&stories)[1], [4, 5, 6, 7, 36]);
    }

    #[test]
    fn in_a_daily_dump_the_day_says_nothing() {
        let mut stories = happenings(9);
        stories.extend((0..40).map(|at| (40 * (at % 9), None)));
        assert_eq!(after(&stories), after(&happenings(9)));
    }

    #[test]
    fn few_stories_say_nothing_about_days() {
        let mut stories = happenings(1);
        stories.push((0, None));
        assert_eq!(after(&stories), [[0, 1, 2, 3]]);
    }
}
