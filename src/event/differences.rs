//! Figures of several reports of one event: those that they share, and those in which they differ, with the sentences.
//!
//! Two [figures](super::figures) of two reports speak of the same thing when they count the same and stand among the same
//! words; they differ when neither report has the other's number for it.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{Figure, of_all};
use crate::article::Key;
use crate::text::Token;

/// One report of an event.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The story.
    pub id: Key,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its text.
    pub body: &'a str,
    /// Who wrote it: the agency, else the publisher.
    pub source: Option<&'a str>,
    /// When it was published.
    pub published: Option<crate::article::Moment>,
}

/// A figure that several reports have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedFigure {
    /// As the first of them prints it, with the word it counts: `12 people`.
    pub figure: String,
    /// The stories that have it, in the order given.
    pub stories: Vec<Key>,
}

/// Something that reports count differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The word that is counted, as the first report prints it.
    pub about: String,
    /// Who says what, in the order of the reports.
    pub claims: Vec<Claim>,
}

/// What one report says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The story.
    pub story: Key,
    /// The number, as printed.
    pub value: String,
    /// The sentence that says so.
    pub sentence: String,
}

/// Figures that the reports share and in which they differ: of `most` kinds each, those of most reports first.
///
/// `tokens` are those of each report's body.
pub(super) fn figures(
    reports: &[Report<'_>],
    tokens: &[Vec<Token>],
    most: usize,
) -> (Vec<SharedFigure>, Vec<Difference>) {
    let bodies = reports.iter().map(|report| report.body);
    let all = of_all(bodies.zip(tokens));
    let mut shared: BTreeMap<(&str, u64), (String, BTreeSet<usize>)> = BTreeMap::new();
    let mut ties: Vec<[(usize, usize); 2]> = Vec::new();
    for (at, own) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            for (number, figure) in own.iter().enumerate() {
                if let Some(same) = other.iter().find(|same| agree(figure, same)) {
                    let shown = || format!("{} {}", figure.shown, figure.unit_shown);
                    let key = (figure.value.as_str(), figure.unit);
                    let entry = shared
                        .entry(key)
                        .or_insert_with(|| (shown(), BTreeSet::new()));
                    entry.1.extend([figure.report, same.report]);
                } else if let Some(rival) = rival(figure, own, other) {
                    ties.push([(at, number), (other[rival].report, rival)]);
                }
            }
        }
    }
    let mut shared: Vec<(String, BTreeSet<usize>)> = shared.into_values().collect();
    shared.sort_by_key(|(_, who)| (std::cmp::Reverse(who.len()), who.first().copied()));
    shared.truncate(most);
    let stories = |who: BTreeSet<usize>| who.iter().map(|&at| reports[at].id).collect();
    let shared = shared
        .into_iter()
        .map(|(figure, who)| SharedFigure {
            figure,
            stories: stories(who),
        })
        .collect();
    (shared, differences(reports, &all, &ties, most))
}

fn agree(one: &Figure<'_>, other: &Figure<'_>) -> bool {
    one.value == other.value && one.unit == other.unit
}

/// The figure of `other` that speaks of the same thing with another number, if each is the other's best partner and
/// neither report has the other's number for that thing.
fn rival(figure: &Figure<'_>, own: &[Figure<'_>], other: &[Figure<'_>]) -> Option<usize> {
    let best = |of: &Figure<'_>, among: &[Figure<'_>]| {
        let scored = among
            .iter()
            .enumerate()
            .map(|(at, one)| (of.common(one), at));
        scored
            .filter(|(common, _)| *common > 0)
            .max_by_key(|&(common, at)| (common, std::cmp::Reverse(at)))
    };
    let (_, found) = best(figure, other)?;
    let partner = other.get(found)?;
    let (_, back) = best(partner, own)?;
    let mutual = own.get(back).is_some_and(|back| std::ptr::eq(back, figure));
    let told =
        own.iter().any(|one| agree(one, partner)) || other.iter().any(|one| agree(figure, one));
    (mutual && !told).then_some(found)
}

/// Ties put together: all that is tied speaks of one thing.
fn differences(
    reports: &[Report<'_>],
    all: &[Vec<Figure<'_>>],
    ties: &[[(usize, usize); 2]],
    most: usize,
) -> Vec<Difference> {
    let mut groups: Vec<BTreeSet<(usize, usize)>> = Vec::new();
    for tie in ties {
        let (with, mut rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| tie.iter().any(|end| group.contains(end)));
        let mut joined: BTreeSet<(usize, usize)> = with.into_iter().flatten().collect();
        joined.extend(tie);
        rest.push(joined);
        groups = rest;
    }
    groups.sort_by_key(|group| {
        let who: BTreeSet<usize> = group.iter().map(|(report, _)| *report).collect();
        (std::cmp::Reverse(who.len()), group.first().copied())
    });
    groups.truncate(most);
    let difference = |group: BTreeSet<(usize, usize)>| {
        let figures: Vec<&Figure<'_>> =
            group.iter().map(|&(report, at)| &all[report][at]).collect();
        let claim = |figure: &&Figure<'_>| Claim {
            story: reports[figure.report].id,
            value: figure.shown.to_owned(),
            sentence: figure.sentence.to_owned(),
        };
        Difference {
            about: figures
                .first()
                .map_or(String::new(), |first| first.unit_shown.to_owned()),
            claims: figures.iter().map(claim).collect(),
        }
    };
    groups.into_iter().map(difference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::document;

    fn report(id: u64, body: &str) -> Report<'_> {
        Report {
            id: Key(id),
            title: None,
            body,
            source: None,
            published: None,
        }
    }

    fn found(bodies: &[&str]) -> (Vec<SharedFigure>, Vec<Difference>) {
        let reports: Vec<Report<'_>> = bodies
            .iter()
            .enumerate()
            .map(|(id, body)| report(id as u64, body))
            .collect();
        let tokens: Vec<_> = bodies.iter().map(|body| document(body).tokens).collect();
        figures(&reports, &tokens, 9)
    }

    #[test]
    fn a_toll_of_twelve_here_and_fifteen_there() {
        let (shared, differ) = found(&[
            "The quake killed at least 12 people in Tarsk. Some 9,000 homes lost power on August 3.",
            "Fifteen people were killed by the quake in Tarsk, officials said. Power failed in 9,000 homes.",
        ]);
        assert_eq!(differ.len(), 1, "{differ:?}");
        assert_eq!(differ[0].about, "people");
        let values: Vec<&str> = differ[0]
            .claims
            .iter()
            .map(|claim| claim.value.as_str())
            .collect();
        assert_eq!(values, ["12", "Fifteen"]);
        assert!(differ[0].claims[1].sentence.starts_with("Fifteen people"));
        assert_eq!(shared.len(), 1, "{shared:?}");
        assert_eq!(shared[0].figure, "9,000 homes");
    }

    #[test]
    fn other_languages_differ_too() {
        for (one, two) in [
            (
                "Bei dem Beben starben 12 Menschen in Karsum.",
                "In Karsum starben 15 Menschen bei dem Beben.",
            ),
            (
                "При пожаре погибли 5 человек на складе.",
                "На складе при пожаре погибли 8 человек.",
            ),
            ("地震で12人が死亡した。", "地震で15人が死亡した。"),
        ] {
            let (_, differ) = found(&[one, two]);
            assert_eq!(differ.len(), 1, "{one} {differ:?}");
        }
    }

    #[test]
    fn what_both_say_is_no_difference() {
        let (_, differ) = found(&[
            "Police counted 40 injured people. Later 12 people were killed.",
            "Some 12 people were killed and 40 injured people were treated.",
        ]);
        assert!(differ.is_empty(), "{differ:?}");
    }

    #[test]
    fn spans_of_time_differ_only_where_they_are_of_one_thing() {
        let (_, apart) = found(&[
            "The deadliest months in more than three years began in June.",
            "Leaders hope to end the deadliest war in 80 years soon.",
        ]);
        assert_eq!(apart, []);
        let (_, apart) = found(&[
            "The court sent the banker to prison for 6 years on Monday.",
            "The banker will be in prison for 8 years.",
        ]);
        assert_eq!(apart.len(), 1);
    }
}
