//! Stories that are alike → groups: the best pair of groups first, and a decision of its own whether it joins at all.
//!
//! Average linkage over the sums of the members' vectors, as in the plain baseline, but only along the edges that the
//! index found. Ranking and deciding are two things: pairs are ranked by how alike they are, and joined only when that
//! is more than chance brings about among so many stories (see [`Bar`]).

use std::collections::BinaryHeap;

use super::vectors::{Part, UNIT, Unrelated, Vector, cosine};
use super::weights::{Weights, log2};

/// Terms of a group that are kept, the heaviest: no group is dearer than this.
const KEPT: usize = 1024;

/// How alike two groups must be to be one event.
///
/// Similarities of unrelated stories fall off exponentially, and the largest of n·n/2 of them grows with ln n times
/// their spread: a pair that is alike beyond that is no chance. This is what carries over between languages and sizes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    centre: i64,
    /// Above the centre, in parts of [`UNIT`].
    height: i64,
}

impl Bar {
    pub(super) fn new(stories: usize, unrelated: Unrelated, weights: &Weights) -> Self {
        let few = weights.get("few") / 1000;
        // ln = log2 · .6931
        let ln = log2(stories as u64 + few as u64) * 6931 / 10_000;
        let spreads = (weights.get("growth") * ln / 1024 + weights.get("base")).max(500);
        Self {
            centre: unrelated.centre,
            height: (unrelated.spread * spreads / 1000).max(1),
        }
    }

    /// How far a similarity reaches towards the bar, in 1024ths: 1024 clears it.
    fn reach(self, similarity: i64, gap: i64) -> i64 {
        let _ = gap;
        (similarity - self.centre) * 1024 / self.height
    }
}

/// When the stories of a group were published, where known.
#[derive(Clone, Copy, Debug)]
struct Span(Option<(i64, i64)>);

impl Span {
    fn join(self, other: Self) -> Self {
        Self(match (self.0, other.0) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (known, None) | (None, known) => known,
        })
    }

    /// Seconds between two spans; -1 where one is unknown.
    fn gap(self, other: Self) -> i64 {
        match (self.0, other.0) {
            (Some(a), Some(b)) => (b.0.saturating_sub(a.1))
                .max(a.0.saturating_sub(b.1))
                .max(0),
            _ => -1,
        }
    }
}

struct Group {
    /// The sum of its members' unit vectors; `None` while it is a single story.
    sum: Option<Vector>,
    size: i64,
    span: Span,
    /// Its members, the first one's number first.
    members: Vec<u32>,
}

/// Joins stories into groups.
pub(super) struct Joiner<'a> {
    bar: Bar,
    vectors: &'a [Vector],
    groups: Vec<Option<Group>>,
    /// The group that holds a story, as a union-find forest.
    parents: Vec<u32>,
    edges: BinaryHeap<Edge>,
}

/// The best first; ties by the stories' numbers, which follow their keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Edge {
    reach: i64,
    pair: std::cmp::Reverse<(u32, u32)>,
}

impl<'a> Joiner<'a> {
    pub(super) fn new(vectors: &'a [Vector], times: &[Option<i64>], bar: Bar) -> Self {
        let groups = times.iter().enumerate().map(|(at, time)| {
            Some(Group {
                sum: None,
                size: 1,
                span: Span(time.map(|time| (time, time))),
                members: vec![at as u32],
            })
        });
        Self {
            bar,
            vectors,
            groups: groups.collect(),
            parents: (0..vectors.len() as u32).collect(),
            edges: BinaryHeap::new(),
        }
    }

    /// Groups of two stories or more, each with its members ascending.
    pub(super) fn run(mut self, neighbours: &[Vec<u32>]) -> Vec<Vec<u32>> {
        for (story, others) in neighbours.iter().enumerate() {
            for &other in others {
                self.push(story as u32, other);
            }
        }
        while let Some(edge) = self.edges.pop() {
            let (a, b) = edge.pair.0;
            let roots = (self.root(a), self.root(b));
            if roots.0 == roots.1 {
                continue;
            }
            let same = (roots.0.min(roots.1), roots.0.max(roots.1)) == (a, b);
            if same && self.reach(a, b) == edge.reach {
                self.merge(a, b);
                continue;
            }
            // a side has grown since: its likeness is another one now
            self.push(roots.0, roots.1);
        }
        let mut found: Vec<Vec<u32>> = self
            .groups
            .into_iter()
            .flatten()
            .filter(|group| group.size > 1)
            .map(|group| group.members)
            .collect();
        for members in &mut found {
            members.sort_unstable();
        }
        found
    }

    fn push(&mut self, a: u32, b: u32) {
        let reach = self.reach(a, b);
        if reach >= 1024 {
            let pair = std::cmp::Reverse((a.min(b), a.max(b)));
            self.edges.push(Edge { reach, pair });
        }
    }

    /// How far two groups reach; far below the bar where one is gone.
    fn reach(&self, a: u32, b: u32) -> i64 {
        match (&self.groups[a as usize], &self.groups[b as usize]) {
            (Some(left), Some(right)) => {
                let similarity = cosine(self.sum(a, left), self.sum(b, right));
                let mean = similarity / (left.size * right.size);
                self.bar.reach(mean, left.span.gap(right.span))
            }
            _ => -UNIT,
        }
    }

    fn sum<'s>(&'s self, at: u32, group: &'s Group) -> &'s [Part] {
        group.sum.as_ref().unwrap_or(&self.vectors[at as usize])
    }

    fn root(&mut self, mut story: u32) -> u32 {
        while self.parents[story as usize] != story {
            let parent = self.parents[story as usize];
            self.parents[story as usize] = self.parents[parent as usize];
            story = parent;
        }
        story
    }

    fn merge(&mut self, a: u32, b: u32) {
        let (Some(mut left), Some(right)) = (
            self.groups[a as usize].take(),
            self.groups[b as usize].take(),
        ) else {
            return;
        };
        left.sum = Some(add(self.sum(a, &left), self.sum(b, &right)));
        left.size += right.size;
        left.span = left.span.join(right.span);
        left.members.extend(right.members);
        self.parents[b as usize] = a;
        self.groups[a as usize] = Some(left);
    }
}

/// How alike each member is to the others of its group, in parts of [`UNIT`].
pub(super) fn likeness(vectors: &[Vector], members: &[u32]) -> Vec<i64> {
    let mut sum = Vector::new();
    for &member in members {
        sum = add(&sum, &vectors[member as usize]);
    }
    let others = (members.len() as i64 - 1).max(1);
    let of = |&member: &u32| {
        let own = &vectors[member as usize];
        (cosine(own, &sum) - cosine(own, own)).max(0) / others
    };
    members.iter().map(of).collect()
}

/// The sum of two vectors, cut to its heaviest parts.
fn add(a: &[Part], b: &[Part]) -> Vector {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let mut rest = b;
    for part in a {
        let before = rest.partition_point(|other| other.id < part.id);
        sum.extend_from_slice(&rest[..before]);
        rest = &rest[before..];
        let mut part = *part;
        if let Some((other, after)) = rest.split_first().filter(|(other, _)| other.id == part.id) {
            part.weight = part.weight.saturating_add(other.weight);
            rest = after;
        }
        sum.push(part);
    }
    sum.extend_from_slice(rest);
    if sum.len() > KEPT {
        sum.select_nth_unstable_by_key(KEPT, |part| (std::cmp::Reverse(part.weight), part.id));
        sum.truncate(KEPT);
        sum.sort_unstable_by_key(|part| part.id);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(parts: &[(u32, u32)]) -> Vector {
        let part = |&(id, weight): &(u32, u32)| Part { id, weight };
        parts.iter().map(part).collect()
    }

    #[test]
    fn the_sum_of_two_vectors_holds_the_terms_of_both() {
        let sum = add(
            &vector(&[(1, 5), (3, 7)]),
            &vector(&[(2, 1), (3, 2), (9, 4)]),
        );
        assert_eq!(sum, vector(&[(1, 5), (2, 1), (3, 9), (9, 4)]));
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
        let bar = Bar {
            centre: 0,
            height: 7000,
        };
        let all: Vec<Vec<u32>> = (0..5)
            .map(|own| (0..5).filter(|at| *at != own).collect())
            .collect();
        let groups = Joiner::new(&vectors, &[None; 5], bar).run(&all);
        assert_eq!(groups, [vec![0, 1, 2], vec![3, 4]]);
    }
}
