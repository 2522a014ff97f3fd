//! The graph of matches and its components. Nodes are numbered by rank, so that every walk over it is the same for
//! any order of arrival.

use rayon::prelude::*;

use crate::article::{ArticleNo, Rank};
use crate::verify::{Match, Ratio, Relation};

/// One match, seen from one of its articles.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The other article's node.
    pub to: u32,
    /// What the two are to each other.
    pub relation: Relation,
    /// Over the sets of 4-grams.
    pub containment: Ratio,
    /// This article's words that stand in the other.
    pub mine: Ratio,
    /// The other's words that stand in this one.
    pub theirs: Ratio,
}

/// Articles and their matches.
#[derive(Debug)]
pub struct Graph {
    articles: Vec<ArticleNo>,
    edges: Vec<Edge>,
    starts: Vec<u32>,
}

impl Graph {
    /// The graph of `matches`; nodes in the order of `rank`.
    pub fn new(matches: &[Match], rank: &(dyn Fn(ArticleNo) -> Rank + Sync)) -> Self {
        let mut articles: Vec<ArticleNo> = matches.iter().flat_map(|m| [m.a, m.b]).collect();
        articles.par_sort_unstable_by_key(|no| no.0);
        articles.dedup();
        articles.par_sort_by_cached_key(|&no| rank(no));
        let most = articles.iter().map(|no| no.index() + 1).max();
        let mut node = vec![0; most.unwrap_or_default()];
        for (&no, at) in articles.iter().zip(0..) {
            node[no.index()] = at;
        }
        let mut sided: Vec<(u32, Edge)> = Vec::with_capacity(matches.len() * 2);
        for m in matches {
            let (a, b): (u32, u32) = (node[m.a.index()], node[m.b.index()]);
            let edge = |to, mine, theirs| Edge {
                to,
                relation: m.relation,
                containment: m.containment,
                mine,
                theirs,
            };
            sided.push((a, edge(b, m.verbatim_a, m.verbatim_b)));
            sided.push((b, edge(a, m.verbatim_b, m.verbatim_a)));
        }
        sided.par_sort_unstable_by_key(|&(from, edge)| (from, edge.to));
        let mut starts = vec![0; articles.len() + 1];
        for (from, _) in &sided {
            starts[*from as usize + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        Self {
            articles,
            edges: sided.into_iter().map(|(_, edge)| edge).collect(),
            starts,
        }
    }

    /// The article at a node.
    pub fn article(&self, node: u32) -> ArticleNo {
        self.articles[node as usize]
    }

    /// The matches of a node, by the other's rank.
    pub fn edges(&self, node: u32) -> &[Edge] {
        &self.edges[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// Whether two nodes match.
    pub fn linked(&self, a: u32, b: u32) -> bool {
        self.edges(a)
            .binary_search_by_key(&b, |edge| edge.to)
            .is_ok()
    }

    /// The number of nodes.
    pub fn len(&self) -> u32 {
        self.articles.len() as u32
    }

    /// The graph without the edges between these pairs of nodes.
    pub fn without(self, mut gone: Vec<(u32, u32)>) -> Self {
        if gone.is_empty() {
            return self;
        }
        gone.extend_from_within(..);
        let half = gone.len() / 2;
        for pair in &mut gone[half..] {
            *pair = (pair.1, pair.0);
        }
        gone.sort_unstable();
        let mut starts = vec![0];
        let mut edges = Vec::with_capacity(self.edges.len());
        for node in 0..self.len() {
            let kept = self.edges(node).iter();
            edges.extend(kept.filter(|edge| gone.binary_search(&(node, edge.to)).is_err()));
            starts.push(edges.len() as u32);
        }
        Self {
            edges,
            starts,
            ..self
        }
    }

    /// All components; each ascending, by their first node.
    pub fn components(&self) -> Vec<Vec<u32>> {
        let nodes: Vec<u32> = (0..self.len()).collect();
        self.walk(&nodes, |node| Some(node as usize))
    }

    /// Components of the subgraph of these nodes (ascending); each ascending, by their first node.
    pub fn components_of(&self, nodes: &[u32]) -> Vec<Vec<u32>> {
        self.walk(nodes, |node| nodes.binary_search(&node).ok())
    }

    /// The same; `index` says where a node stands among them.
    fn walk(&self, nodes: &[u32], index: impl Fn(u32) -> Option<usize>) -> Vec<Vec<u32>> {
        let mut seen = vec![false; nodes.len()];
        let mut components = Vec::new();
        for (at, &start) in nodes.iter().enumerate() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let mut component = vec![start];
            let mut next = 0;
            while let Some(&node) = component.get(next) {
                next += 1;
                for edge in self.edges(node) {
                    if let Some(at) = index(edge.to)
                        && !std::mem::replace(&mut seen[at], true)
                    {
                        component.push(edge.to);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components
    }
}
