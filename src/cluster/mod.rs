//! [`Match`](crate::verify::Match) → [`Cluster`]: stories that do not chain.
//!
//! Components of the graph of matches, with three guards: an article that covers several stories never bridges them
//! (`roundup`), nor does a short text cut from one of them (`bridge`), and what only hangs on by a chain of changes is
//! split off around the medoid (`medoid`). The result is a function of the set of matches: ties are broken by rank,
//! never by order of arrival.

mod bridge;
mod component;
mod medoid;
mod roundup;

use rayon::prelude::*;

use crate::article::{ArticleNo, Rank};
use crate::verify::Match;

/// The members of one story; two or more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cluster {
    /// Its members, in the order of their ranks.
    pub members: Vec<ArticleNo>,
}

/// What clustering found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clustering {
    /// Clusters of two members or more, in the order of their first members' ranks.
    pub clusters: Vec<Cluster>,
    /// Articles that cover several stories: each a story of its own. In the order of their ranks.
    pub roundups: Vec<ArticleNo>,
}

/// Clusters the articles that stand in `matches`; `rank` gives each one's.
///
/// Each pair of articles may stand in `matches` once.
pub fn cluster(matches: &[Match], rank: &(dyn Fn(ArticleNo) -> Rank + Sync)) -> Clustering {
    let graph = component::Graph::new(matches, rank);
    let bridges: Vec<(u32, u32)> = (0..graph.len())
        .into_par_iter()
        .flat_map_iter(|cut| bridge::bridges(&graph, cut))
        .collect();
    let graph = graph.without(bridges);
    let told: Vec<(Vec<u32>, Vec<Vec<u32>>)> = graph
        .components()
        .into_par_iter()
        .map(|component| stories(&graph, component))
        .collect();
    let article = |&node: &u32| graph.article(node);
    let mut clustering = Clustering::default();
    for (roundups, stories) in &told {
        clustering.roundups.extend(roundups.iter().map(article));
        let stories = stories.iter().filter(|members| members.len() > 1);
        clustering.clusters.extend(stories.map(|members| Cluster {
            members: members.iter().map(article).collect(),
        }));
    }
    clustering
        .clusters
        .sort_by_cached_key(|cluster| cluster.members.first().map(|&first| rank(first)));
    clustering.roundups.sort_by_key(|&article| rank(article));
    clustering
}

/// The roundups of one component, and its stories.
fn stories(graph: &component::Graph, component: Vec<u32>) -> (Vec<u32>, Vec<Vec<u32>>) {
    let roundups = roundup::roundups(graph, &component);
    if roundups.is_empty() {
        return (roundups, medoid::resplit(graph, component));
    }
    let kept: Vec<u32> = component
        .into_iter()
        .filter(|node| !roundups.contains(node))
        .collect();
    let pieces = graph.components_of(&kept).into_iter();
    let stories = pieces.flat_map(|piece| medoid::resplit(graph, piece));
    let stories = stories.collect();
    (roundups, stories)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Key;
    use crate::verify::{Ratio, Relation};

    fn rank(no: ArticleNo) -> Rank {
        Rank(
            u64::from(no.0).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            Key(u64::from(no.0)),
        )
    }

    /// A match with the shares (in thousandths) of `a` and of `b` that stand in the other.
    fn pair(a: u32, b: u32, relation: Relation, verbatim_a: u32, verbatim_b: u32) -> Match {
        let share = |of| Ratio { of, all: 1000 };
        Match {
            a: ArticleNo(a),
            b: ArticleNo(b),
            relation,
            jaccard: share(verbatim_a.min(verbatim_b)),
            containment: share(verbatim_a.max(verbatim_b)),
            verbatim_a: share(verbatim_a),
            verbatim_b: share(verbatim_b),
        }
    }

    /// The same match of `a` where it shares so many words.
    fn paragraph(m: Match, words: u32) -> Match {
        let all = words * 1000 / m.verbatim_a.thousandths();
        Match {
            verbatim_a: Ratio { of: words, all },
            ..m
        }
    }

    fn members(matches: &[Match]) -> (Vec<Vec<u32>>, Vec<u32>) {
        let clustering = cluster(matches, &rank);
        let mut clusters: Vec<Vec<u32>> = clustering
            .clusters
            .iter()
            .map(|c| c.members.iter().map(|no| no.0).collect())
            .collect();
        for members in &mut clusters {
            members.sort_unstable();
        }
        clusters.sort();
        (
            clusters,
            clustering.roundups.iter().map(|no| no.0).collect(),
        )
    }

    #[test]
    fn copies_of_one_story_are_one_cluster() {
        let matches = [
            pair(1, 0, Relation::Copy, 950, 950),
            pair(2, 1, Relation::Excerpt, 990, 400),
        ];
        assert_eq!(members(&matches), (vec![vec![0, 1, 2]], vec![]));
    }

    #[test]
    fn a_roundup_does_not_bridge_the_stories_it_covers() {
        let mut matches = vec![];
        for story in [0, 10, 20] {
            matches.push(pair(story + 1, story, Relation::Copy, 950, 950));
            matches.push(pair(99, story, Relation::Excerpt, 300, 900));
            matches.push(pair(99, story + 1, Relation::Excerpt, 300, 900));
        }
        assert_eq!(
            members(&matches),
            (vec![vec![0, 1], vec![10, 11], vec![20, 21]], vec![99])
        );
    }

    #[test]
    fn a_cut_does_not_bridge_its_source_and_a_text_with_a_changed_paragraph_of_it() {
        let matches = |words| {
            [
                pair(1, 0, Relation::Excerpt, 1000, 300),
                paragraph(pair(1, 10, Relation::Excerpt, 800, 60), words),
                pair(11, 10, Relation::Copy, 950, 950),
            ]
        };
        let apart = (vec![vec![0, 1], vec![10, 11]], vec![]);
        assert_eq!(members(&matches(40)), apart);
        let together = (vec![vec![0, 1, 10, 11]], vec![]);
        assert_eq!(members(&matches(200)), together);
    }

    #[test]
    fn a_changed_version_that_matches_the_source_too_stays_with_the_cut() {
        let matches = [
            pair(1, 0, Relation::Excerpt, 1000, 300),
            paragraph(pair(1, 10, Relation::Excerpt, 800, 60), 40),
            pair(0, 10, Relation::Rewrite, 600, 200),
        ];
        assert_eq!(members(&matches), (vec![vec![0, 1, 10]], vec![]));
    }

    #[test]
    fn a_long_text_that_two_others_were_made_from_is_no_roundup_of_them() {
        let matches = [
            pair(0, 1, Relation::Rewrite, 540, 640),
            pair(0, 2, Relation::Rewrite, 290, 500),
        ];
        assert_eq!(members(&matches), (vec![vec![0, 1, 2]], vec![]));
        let brief = [
            pair(0, 1, Relation::Rewrite, 200, 640),
            pair(0, 2, Relation::Rewrite, 200, 500),
        ];
        assert_eq!(members(&brief), (vec![], vec![0]));
    }

    #[test]
    fn two_roundups_of_the_same_stories_do_not_bridge_them_either() {
        let mut matches = vec![pair(98, 99, Relation::Rewrite, 600, 600)];
        for story in [0, 10] {
            matches.push(pair(story + 1, story, Relation::Copy, 950, 950));
            for roundup in [98, 99] {
                matches.push(pair(roundup, story, Relation::Excerpt, 300, 900));
                matches.push(pair(roundup, story + 1, Relation::Excerpt, 300, 900));
            }
        }
        let (clusters, _) = members(&matches);
        assert!(
            clusters.contains(&vec![0, 1]) && clusters.contains(&vec![10, 11]),
            "{clusters:?}"
        );
    }

    #[test]
    fn a_story_with_two_separate_excerpts_is_no_roundup() {
        let matches = [
            pair(1, 0, Relation::Excerpt, 990, 400),
            pair(2, 0, Relation::Excerpt, 990, 400),
        ];
        assert_eq!(members(&matches), (vec![vec![0, 1, 2]], vec![]));
    }

    #[test]
    fn a_chain_of_rewrites_is_split() {
        let matches: Vec<Match> = (0..8)
            .map(|n| pair(n + 1, n, Relation::Rewrite, 500, 500))
            .collect();
        let (clusters, _) = members(&matches);
        assert!(
            clusters.iter().all(|members| members.len() <= 3),
            "{clusters:?}"
        );
    }

    #[test]
    fn the_order_of_matches_and_of_their_sides_does_not_matter() {
        let mut matches: Vec<Match> = (0..8)
            .map(|n| pair(n + 1, n, Relation::Rewrite, 500, 500))
            .collect();
        matches.push(pair(20, 3, Relation::Copy, 900, 900));
        let before = cluster(&matches, &rank);
        matches.reverse();
        let turned: Vec<Match> = matches
            .iter()
            .map(|m| Match {
                a: m.b,
                b: m.a,
                verbatim_a: m.verbatim_b,
                verbatim_b: m.verbatim_a,
                ..*m
            })
            .collect();
        assert_eq!(cluster(&turned, &rank), before);
    }
}
