//! Stories that are alike → groups: the best pair of groups first, and a decision of its own whether it joins at all.
//!
//! Average linkage over the sums of the members' vectors, as in the plain baseline, but only along the edges that the
//! index found. Ranking and deciding are two things: pairs are ranked by how alike they are, and joined only when that
//! is more than chance brings about among so many stories (see [`Bar`]).

use std::collections::{BinaryHeap, HashMap};

use rayon::prelude::*;

use super::bar::{Bar, CLEARED, Side, Span};
use super::effort::Effort;
use super::vectors::{Opened, UNIT, Vector};
use crate::union::Components;

/// Terms of a group of a large set that are kept, the heaviest: no group is dearer than this.
const KEPT: usize = 512;

struct Group {
    /// The sum of its members' unit vectors; `None` while it is a single story.
    sum: Option<Vector>,
    size: u32,
    span: Span,
    /// Its members, the first one's number first.
    members: Vec<u32>,
}

/// Two groups that may be joined. The best first; ties by the stories' numbers, which follow their keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Edge {
    reach: i64,
    pair: std::cmp::Reverse<(u32, u32)>,
    /// Stories of both groups when they were compared: groups only grow.
    size: u32,
}

/// Stories of one event.
pub(super) struct Joined {
    /// Ascending.
    pub(super) members: Vec<u32>,
    /// The sum of their vectors.
    pub(super) sum: Vector,
}

/// Groups of two stories or more; `pairs` are the stories worth comparing, ascending.
pub(super) fn groups(
    vectors: &[Vector],
    times: &[Option<i64>],
    bar: Bar,
    pairs: &[(u32, u32)],
) -> Vec<Joined> {
    let single = |story: u32| Group {
        sum: None,
        size: 1,
        span: Span::at(times[story as usize]),
        members: vec![story],
    };
    let side = |story: u32| Side {
        sum: &vectors[story as usize],
        size: 1,
        span: Span::at(times[story as usize]),
    };
    let edges: Vec<Edge> = pairs
        .par_chunks(256)
        .flat_map_iter(|pairs| {
            let mut found = Vec::new();
            for pairs in pairs.chunk_by(|one, next| one.0 == next.0) {
                let one = pairs.first().map(|&(a, _)| side(a));
                let Some(one) = one else { continue };
                let opened = Opened::new(one.sum);
                for &(a, b) in pairs {
                    let other = side(b);
                    let reach = bar.between(one, other, opened.shared(other.sum));
                    let pair = std::cmp::Reverse((a, b));
                    if reach >= bar.worth(one, other) {
                        found.push(Edge {
                            reach,
                            pair,
                            size: 2,
                        });
                    }
                }
            }
            found
        })
        .collect();
    // what no edge ties together does not depend on each other
    components(edges)
        .into_par_iter()
        .flat_map_iter(|edges| {
            let mut stories: Vec<u32> = edges
                .iter()
                .flat_map(|edge| <[u32; 2]>::from(edge.pair.0))
                .collect();
            stories.sort_unstable();
            stories.dedup();
            let groups = stories.iter().map(|&story| Some(single(story))).collect();
            Joiner::new(bar, vectors, stories, groups).run(edges)
        })
        .collect()
}

/// Edges put together that hang together.
fn components(edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let mut components = Components::default();
    for edge in &edges {
        let (a, b) = edge.pair.0;
        components.join(a, b);
    }
    let mut keyed: Vec<(u32, Edge)> = edges
        .into_iter()
        .map(|edge| (components.root(edge.pair.0.0), edge))
        .collect();
    keyed.par_sort_unstable_by_key(|&(root, edge)| (root, edge.pair));
    keyed
        .chunk_by(|one, next| one.0 == next.0)
        .map(|component| component.iter().map(|&(_, edge)| edge).collect())
        .collect()
}

/// Joins the stories of one component into groups. Groups go by the place of their first story in `stories`.
struct Joiner<'a> {
    bar: Bar,
    vectors: &'a [Vector],
    /// Terms of a group that are kept.
    kept: usize,
    /// The component's stories, ascending.
    stories: Vec<u32>,
    groups: Vec<Option<Group>>,
    /// The group that holds a story: its first one's number.
    holders: Components,
    /// Pairs of groups that were compared, with the number of their stories then.
    compared: HashMap<(u32, u32), u32>,
}

impl<'a> Joiner<'a> {
    fn new(bar: Bar, vectors: &'a [Vector], stories: Vec<u32>, groups: Vec<Option<Group>>) -> Self {
        Self {
            bar,
            vectors,
            kept: Effort::of(vectors.len()).times(KEPT),
            holders: Components::default(),
            stories,
            groups,
            compared: HashMap::new(),
        }
    }

    fn run(mut self, edges: Vec<Edge>) -> Vec<Joined> {
        let place = |story: u32| self.stories.partition_point(|&other| other < story) as u32;
        let local = edges.into_iter().map(|edge| {
            let (a, b) = edge.pair.0;
            let pair = std::cmp::Reverse((place(a), place(b)));
            Edge { pair, ..edge }
        });
        let local: Vec<Edge> = local.collect();
        let pairs: Vec<(u32, u32)> = local.iter().map(|edge| edge.pair.0).collect();
        self.join(local.into());
        self.gather(&pairs);
        let groups = self.groups.into_iter().flatten();
        let joined = groups.filter_map(|mut group| {
            group.members.sort_unstable();
            let (members, sum) = (group.members, group.sum?);
            Some(Joined { members, sum })
        });
        joined.collect()
    }

    /// Joins the groups that clear the bar, the best pair first.
    fn join(&mut self, mut edges: BinaryHeap<Edge>) {
        while let Some(edge) = edges.pop() {
            let (a, b) = edge.pair.0;
            let roots = (self.holders.root(a), self.holders.root(b));
            if roots.0 == roots.1 {
                continue;
            }
            let (a, b) = (roots.0.min(roots.1), roots.0.max(roots.1));
            if edge.pair.0 == (a, b) && self.size(a) + self.size(b) == edge.size {
                if edge.reach >= CLEARED {
                    self.merge(a, b);
                }
            } else {
                // a side has grown since: its likeness is another one now
                edges.extend(self.compare(a, b));
            }
        }
    }

    /// Puts stories that were left alone to the finished group that each comes nearest to, from a lower bar on: what all
    /// reports of an event have in common is known now, and a group takes a story in, but no group.
    fn gather(&mut self, pairs: &[(u32, u32)]) {
        let mut strays: Vec<(u32, u32)> = Vec::new();
        for (story, other) in pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]) {
            if self.is_alone(story) {
                strays.push((story, self.holders.root(other)));
            }
        }
        strays.sort_unstable();
        strays.dedup();
        // all choose before any is taken in
        let chosen: Vec<(u32, u32)> = strays
            .chunk_by(|one, next| one.0 == next.0)
            .filter_map(|choices| self.nearest(choices))
            .collect();
        for (stray, group) in chosen {
            self.merge(group, stray);
        }
    }

    /// The group among these that a stray story joins, with the story first.
    fn nearest(&self, choices: &[(u32, u32)]) -> Option<(u32, u32)> {
        let stray = choices.first()?.0;
        let one = self.side(stray)?;
        let opened = Opened::new(one.sum);
        let reach = |&(_, group): &(u32, u32)| {
            let other = self.side(group).filter(|side| side.size > 1)?;
            let reach = self.bar.framed(one, other, opened.shared(other.sum));
            (reach >= self.bar.stray()).then_some((reach, std::cmp::Reverse(group)))
        };
        let (_, group) = choices.iter().filter_map(reach).max()?;
        Some((stray, group.0))
    }

    /// Whether no group holds this story.
    fn is_alone(&self, story: u32) -> bool {
        let group = self.groups.get(story as usize).and_then(Option::as_ref);
        group.is_some_and(|group| group.sum.is_none())
    }

    fn size(&self, group: u32) -> u32 {
        let group = self.groups.get(group as usize).and_then(Option::as_ref);
        group.map_or(0, |group| group.size)
    }

    /// The edge between two groups, if it clears the bar and was not found before.
    fn compare(&mut self, a: u32, b: u32) -> Option<Edge> {
        let size = self.size(a) + self.size(b);
        if self.compared.insert((a, b), size) == Some(size) {
            return None;
        }
        let (one, other) = (self.side(a)?, self.side(b)?);
        let reach = self.bar.between(one, other, one.sum.shared(other.sum));
        let pair = std::cmp::Reverse((a, b));
        (reach >= CLEARED).then_some(Edge { reach, pair, size })
    }

    fn side(&self, at: u32) -> Option<Side<'_>> {
        let group = self.groups[at as usize].as_ref()?;
        let alone = &self.vectors[self.stories[at as usize] as usize];
        Some(Side {
            sum: group.sum.as_ref().unwrap_or(alone),
            size: i64::from(group.size),
            span: group.span,
        })
    }

    fn merge(&mut self, a: u32, b: u32) {
        let sum = match (self.side(a), self.side(b)) {
            (Some(one), Some(other)) => one.sum.plus(other.sum, self.kept),
            _ => return,
        };
        if let (Some(mut left), Some(right)) = (
            self.groups[a as usize].take(),
            self.groups[b as usize].take(),
        ) {
            left.sum = Some(sum);
            left.size += right.size;
            left.span = left.span.join(right.span);
            left.members.extend(right.members);
            self.holders.join(a, b);
            self.groups[a as usize] = Some(left);
        }
    }
}

/// What ties a story to the others of its group.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bond {
    /// How alike it is to the others, in thousandths.
    pub likeness: u32,
    /// Identities of the terms that it shares with them, the weightiest first.
    pub terms: Vec<u32>,
}

/// Terms of a bond that are kept.
const BINDING: usize = 8;

impl Joined {
    /// Takes one more story.
    pub(super) fn add(&mut self, story: u32, vector: &Vector) {
        let at = self.members.partition_point(|&member| member < story);
        self.members.insert(at, story);
        let kept = self.sum.parts.len().max(KEPT);
        self.sum = self.sum.plus(vector, kept);
    }

    /// What ties each member to the others.
    pub(super) fn bonds(&self, vectors: &[Vector]) -> Vec<Bond> {
        let others = (self.members.len() as i64 - 1).max(1);
        let of = |&member: &u32| {
            let (product, terms) = vectors[member as usize].bond(&self.sum, BINDING);
            Bond {
                likeness: (product / others * 1000 / UNIT) as u32,
                terms,
            }
        };
        self.members.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::Part;
    use super::*;

    fn vector(parts: &[(u32, u32)]) -> Vector {
        let part = |&(id, weight): &(u32, u32)| Part::new(id, 0, weight);
        Vector::new(parts.iter().map(part).collect(), [0; 3])
    }

    #[test]
    fn the_sum_of_two_vectors_holds_the_terms_of_both() {
        let sum = vector(&[(1, 5), (3, 7)]).plus(&vector(&[(2, 1), (3, 2), (9, 4)]), 9);
        let terms = vector(&[(1, 5), (2, 1), (3, 9), (9, 4)]);
        assert_eq!(sum.parts, terms.parts);
    }

    #[test]
    fn a_story_left_alone_joins_a_finished_group_from_a_lower_bar_on() {
        // 0 and 1 are one thing; 2 is half of it; 3 and 4 are another thing, and half of the first
        let (half, rest) = (8_192, 14_189);
        let vectors = [
            vector(&[(1, 16_384)]),
            vector(&[(1, 16_384)]),
            vector(&[(1, half), (2, rest)]),
            vector(&[(1, half), (3, rest)]),
            vector(&[(1, half), (3, rest)]),
        ];
        let all: Vec<(u32, u32)> = (0..5)
            .flat_map(|a| (a + 1..5).map(move |b| (a, b)))
            .collect();
        let found = |bar: Bar| -> Vec<Vec<u32>> {
            let groups = groups(&vectors, &[None; 5], bar, &all);
            groups.into_iter().map(|joined| joined.members).collect()
        };
        let bar = Bar::plain(9500).taking_strays(1000);
        assert_eq!(found(bar), [vec![0, 1], vec![3, 4]]);
        assert_eq!(found(bar.taking_strays(900)), [vec![0, 1, 2], vec![3, 4]]);
    }

    #[test]
    fn a_bridge_does_not_chain_two_groups() {
        // 0 and 1 are one thing, 3 and 4 another; 2 is half of each
        let near = 11_585;
        let vectors = [
            vector(&[(1, 16_384)]),
            vector(&[(1, 16_384)]),
            vector(&[(1, near), (2, near)]),
            vector(&[(2, 16_384)]),
            vector(&[(2, 16_384)]),
        ];
        let bar = Bar::plain(7000);
        let all: Vec<(u32, u32)> = (0..5)
            .flat_map(|a| (a + 1..5).map(move |b| (a, b)))
            .collect();
        let groups: Vec<Vec<u32>> = groups(&vectors, &[None; 5], bar, &all)
            .into_iter()
            .map(|joined| joined.members)
            .collect();
        assert_eq!(groups, [vec![0, 1, 2], vec![3, 4]]);
    }
}
