//! Stories that are alike → groups: the best pair of groups first, and a decision of its own whether it joins at all.
//!
//! Average linkage over the sums of the members' vectors, as in the plain baseline, but only along the edges that the
//! index found. Ranking and deciding are two things: pairs are ranked by how alike they are, and joined only when that
//! is more than chance brings about among so many stories (see [`Bar`]).

use std::collections::{BinaryHeap, HashMap};

use rayon::prelude::*;

#[cfg(test)]
use super::vectors::Part;
use super::vectors::{Opened, Shared, UNIT, Unrelated, Vector};
use super::weights::{Weights, log2};

/// Terms of a group that are kept, the heaviest: no group is dearer than this.
const KEPT: usize = 512;

/// How alike two groups must be to be one event.
///
/// Similarities of unrelated stories fall off exponentially, and the largest of n·n/2 of them grows with ln n times
/// their spread: a pair that is alike beyond that is no chance. This is what carries over between languages and sizes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    centre: i64,
    /// Above the centre, in parts of [`UNIT`].
    height: i64,
    /// How much lower the bar is for a large group, in thousandths of its height.
    crowd: i64,
    frame: Frame,
    clock: Clock,
}

/// How the time between two reports moves the bar.
///
/// Two reports of one day say the more, the fewer stories of the set fall on one day; weeks between them say that
/// something else happened. Unknown times move nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    /// What the bar's height is multiplied with for reports of one day, in thousandths.
    near: i64,
    /// Added to the height for each doubling of the time beyond [`Self::LATE`], in thousandths.
    far: i64,
}

impl Clock {
    const DAY: i64 = 86_400;
    const LATE: i64 = 7 * Self::DAY;

    /// Measures how rare it is that two stories of the set fall on one day.
    pub(super) fn new(times: &[Option<i64>], pairs: &[(usize, usize)], weights: &Weights) -> Self {
        let gaps = pairs
            .iter()
            .filter_map(|&(a, b)| Some(times[a]?.abs_diff(times[b]?)));
        // twenty imagined pairs of one day keep small sets careful
        let (mut all, mut near) = (20u64, 20u64);
        for gap in gaps {
            all += 1;
            near += u64::from(gap <= Self::DAY as u64);
        }
        // ln = log2 · .6931
        let rarity = (log2(all) - log2(near)) * 6931 / 10_000;
        Self {
            near: (1000 - weights.get("near") * rarity / 1024).max(400),
            far: weights.get("far"),
        }
    }

    /// In thousandths.
    fn factor(self, gap: Option<i64>) -> i64 {
        match gap {
            Some(gap) if gap <= Self::DAY => self.near,
            Some(gap) if gap > Self::LATE => {
                let doublings = log2(gap as u64) - log2(Self::LATE as u64);
                (1000 + self.far * doublings / 1024).min(4000)
            }
            _ => 1000,
        }
    }
}

/// What is taken off the likeness of reports that share their frame and fill it with other names and figures.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// Of each part by which the words are more alike than the names, in thousandths.
    names: i64,
    /// Of each part by which the words are more alike than `sameness`, where the figures are not.
    figures: i64,
    sameness: i64,
}

impl Frame {
    fn new(weights: &Weights) -> Self {
        Self {
            names: weights.get("frame_names"),
            figures: weights.get("frame_figures"),
            sameness: weights.get("frame_sameness"),
        }
    }

    /// In parts of [`UNIT`].
    fn penalty(self, a: &Vector, b: &Vector, shared: Shared) -> i64 {
        let Some(words) = shared.within(0, a, b) else {
            return 0;
        };
        let mut penalty = 0;
        if let Some(names) = shared.within(1, a, b) {
            penalty += (words - names).max(0) * self.names;
        }
        if let Some(figures) = shared.within(2, a, b) {
            // half the figures in common are enough
            let other = (1000 - 2 * figures).max(0);
            penalty += (words - self.sameness).max(0) * other / 1000 * self.figures;
        }
        penalty * UNIT / 1_000_000
    }
}

impl Bar {
    pub(super) fn new(
        stories: usize,
        unrelated: Unrelated,
        clock: Clock,
        weights: &Weights,
    ) -> Self {
        let few = weights.get("few") / 1000;
        // ln = log2 · .6931
        let ln = log2(stories as u64 + few as u64) * 6931 / 10_000;
        let spreads = (weights.get("growth") * ln / 1024 + weights.get("base")).max(500);
        Self {
            centre: unrelated.centre,
            height: (unrelated.spread * spreads / 1000).max(1),
            crowd: weights.get("crowd"),
            frame: Frame::new(weights),
            clock,
        }
    }

    /// What the weightiest terms of two stories have in common at least, if the two can clear the bar: a quarter of it
    /// where the bar is lowest, in parts of the square of [`UNIT`].
    pub(super) fn least(self) -> u64 {
        let lowest = self.centre + self.height * self.clock.near.min(1000) / 1000;
        (lowest.max(0) * UNIT / 4) as u64
    }

    /// How far two sides reach towards the bar, in 1024ths: [`CLEARED`] clears it.
    fn between(self, one: Side<'_>, other: Side<'_>, shared: Shared) -> i64 {
        let gap = one.span.gap(other.span);
        let mean = shared.product() / (one.size * other.size);
        // a group's mean strays less than one pair does: the height falls with the root of the pairs
        let pairs = (one.size * other.size) as u64;
        let crowd = 1024 - self.crowd * (1024 - (1024 * 1024 / pairs).isqrt() as i64) / 1000;
        let reach = self.reach(mean, gap, crowd);
        if reach < CLEARED {
            return reach;
        }
        self.reach(
            mean - self.frame.penalty(one.sum, other.sum, shared),
            gap,
            crowd,
        )
    }

    /// How far a similarity reaches.
    fn reach(self, similarity: i64, gap: Option<i64>, crowd: i64) -> i64 {
        let height = self.height * self.clock.factor(gap) / 1000 * crowd / 1024;
        (similarity - self.centre) * 1024 / height.max(1)
    }
}

/// The reach that clears the bar.
const CLEARED: i64 = 1024;

/// A story or a group that is compared.
#[derive(Clone, Copy)]
struct Side<'a> {
    /// The sum of its unit vectors.
    sum: &'a Vector,
    /// Its stories.
    size: i64,
    span: Span,
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

    /// Seconds between two spans, where both are known.
    fn gap(self, other: Self) -> Option<i64> {
        let (one, two) = (self.0?, other.0?);
        let after = two.0.saturating_sub(one.1);
        Some(after.max(one.0.saturating_sub(two.1)).max(0))
    }
}

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
        span: Span(times[story as usize].map(|time| (time, time))),
        members: vec![story],
    };
    let side = |story: u32| Side {
        sum: &vectors[story as usize],
        size: 1,
        span: Span(times[story as usize].map(|time| (time, time))),
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
                    if reach >= CLEARED {
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
    components(edges, vectors.len())
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
fn components(edges: Vec<Edge>, stories: usize) -> Vec<Vec<Edge>> {
    let mut parents: Vec<u32> = (0..stories as u32).collect();
    for edge in &edges {
        let (a, b) = edge.pair.0;
        let (a, b) = (root(&mut parents, a), root(&mut parents, b));
        parents[a.max(b) as usize] = a.min(b);
    }
    let mut keyed: Vec<(u32, Edge)> = edges
        .into_iter()
        .map(|edge| (root(&mut parents, edge.pair.0.0), edge))
        .collect();
    keyed.par_sort_unstable_by_key(|&(root, edge)| (root, edge.pair));
    keyed
        .chunk_by(|one, next| one.0 == next.0)
        .map(|component| component.iter().map(|&(_, edge)| edge).collect())
        .collect()
}

fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while parents[node as usize] != node {
        let parent = parents[node as usize];
        parents[node as usize] = parents[parent as usize];
        node = parent;
    }
    node
}

/// Joins the stories of one component into groups. Groups go by the place of their first story in `stories`.
struct Joiner<'a> {
    bar: Bar,
    vectors: &'a [Vector],
    /// The component's stories, ascending.
    stories: Vec<u32>,
    groups: Vec<Option<Group>>,
    /// The group that holds a story, as a union-find forest.
    parents: Vec<u32>,
    /// Pairs of groups that were compared, with the number of their stories then.
    compared: HashMap<(u32, u32), u32>,
}

impl<'a> Joiner<'a> {
    fn new(bar: Bar, vectors: &'a [Vector], stories: Vec<u32>, groups: Vec<Option<Group>>) -> Self {
        Self {
            bar,
            vectors,
            parents: (0..stories.len() as u32).collect(),
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
        let mut edges: BinaryHeap<Edge> = local.collect();
        while let Some(edge) = edges.pop() {
            let (a, b) = edge.pair.0;
            let roots = (root(&mut self.parents, a), root(&mut self.parents, b));
            if roots.0 == roots.1 {
                continue;
            }
            let (a, b) = (roots.0.min(roots.1), roots.0.max(roots.1));
            if edge.pair.0 == (a, b) && self.size(a) + self.size(b) == edge.size {
                self.merge(a, b);
            } else {
                // a side has grown since: its likeness is another one now
                edges.extend(self.compare(a, b));
            }
        }
        let groups = self.groups.into_iter().flatten();
        let joined = groups.filter_map(|mut group| {
            group.members.sort_unstable();
            let (members, sum) = (group.members, group.sum?);
            Some(Joined { members, sum })
        });
        joined.collect()
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
            (Some(one), Some(other)) => one.sum.plus(other.sum, KEPT),
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
            self.parents[b as usize] = a;
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
        self.sum = self.sum.plus(vector, KEPT);
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
    use super::*;

    fn vector(parts: &[(u32, u32)]) -> Vector {
        let part = |&(id, weight): &(u32, u32)| Part::new(id, 0, weight);
        Vector::new(parts.iter().map(part).collect(), [0; 3])
    }

    #[test]
    fn the_sum_of_two_vectors_holds_the_terms_of_both() {
        let sum = vector(&[(1, 5), (3, 7)]).plus(&vector(&[(2, 1), (3, 2), (9, 4)]), 9);
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
            crowd: 0,
            frame: Frame::default(),
            clock: Clock { near: 1000, far: 0 },
        };
        let all: Vec<(u32, u32)> = (0..5)
            .flat_map(|a| (a + 1..5).map(move |b| (a, b)))
            .collect();
        let groups: Vec<Vec<u32>> = groups(&vectors, &[None; 5], bar, &all)
            .into_iter()
            .map(|joined| joined.members)
            .collect();
        assert_eq!(groups, [vec![0, 1, 2], vec![3, 4]]);
    }

    #[test]
    fn one_frame_filled_with_other_names_or_figures_is_a_twin() {
        let frame = Frame {
            names: 1000,
            figures: 1000,
            sameness: 500,
        };
        let report = |kind: usize, own: u32| {
            let parts = vec![Part::new(1, 0, 12_000), Part::new(own, kind, 11_000)];
            Vector::new(parts, [0; 3])
        };
        let penalty = |a: &Vector, b: &Vector| frame.penalty(a, b, a.shared(b));
        assert_eq!(penalty(&report(1, 7), &report(1, 8)), UNIT);
        assert_eq!(penalty(&report(2, 7), &report(2, 8)), UNIT / 2);
        assert_eq!(penalty(&report(1, 7), &report(1, 7)), 0);
        assert_eq!(penalty(&report(0, 7), &report(0, 8)), 0);
    }
}
