//! Cuts what only hangs on a story by a chain of changes: a story is what its medoid reaches in one match, or in two
//! where one of them is strong. What is left over is clustered again by itself.

use super::component::Graph;
use crate::verify::Relation;

/// Splits a component (ascending nodes) into stories; each ascending, by their first node.
pub fn resplit(graph: &Graph, component: Vec<u32>) -> Vec<Vec<u32>> {
    let mut stories = Vec::new();
    let mut open = vec![component];
    while let Some(component) = open.pop() {
        if component.len() < 3 {
            stories.push(component);
            continue;
        }
        let story = around(graph, &component, medoid(graph, &component));
        let rest: Vec<u32> = component
            .into_iter()
            .filter(|node| story.binary_search(node).is_err())
            .collect();
        open.extend(graph.components_of(&rest));
        stories.push(story);
    }
    stories.sort();
    stories
}

/// The node with the most overlap with the others; of equals the first by rank.
fn medoid(graph: &Graph, component: &[u32]) -> u32 {
    let overlap = |node: u32| -> u64 {
        let inside = graph
            .edges(node)
            .iter()
            .filter(|edge| component.binary_search(&edge.to).is_ok());
        inside
            .map(|edge| {
                u64::from(edge.containment.thousandths()) + u64::from(edge.theirs.thousandths())
            })
            .sum()
    };
    let best = component
        .iter()
        .copied()
        .max_by_key(|&node| (overlap(node), std::cmp::Reverse(node)));
    best.unwrap_or_default()
}

/// What the medoid reaches in one match, or over one more that is strong; ascending.
fn around(graph: &Graph, component: &[u32], medoid: u32) -> Vec<u32> {
    let inside = |node: u32| component.binary_search(&node).is_ok();
    let mut story = vec![medoid];
    story.extend(
        graph
            .edges(medoid)
            .iter()
            .map(|edge| edge.to)
            .filter(|&to| inside(to)),
    );
    story.sort_unstable();
    let mut second = Vec::new();
    for &node in &story {
        let strong = graph
            .edges(node)
            .iter()
            .filter(|edge| is_strong(edge.relation));
        second.extend(strong.map(|edge| edge.to).filter(|&to| inside(to)));
    }
    story.extend(second);
    story.sort_unstable();
    story.dedup();
    story
}

/// Whether the same text stands in both, little changed.
fn is_strong(relation: Relation) -> bool {
    match relation {
        Relation::Identical | Relation::Copy | Relation::Excerpt => true,
        Relation::Rewrite | Relation::Update => false,
    }
}
