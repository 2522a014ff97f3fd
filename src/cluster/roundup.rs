//! Articles that cover several stories (roundups, digests, live pages): they must not bridge the stories they cover.

use super::component::{Edge, Graph};
use crate::verify::Relation;

/// An article is made up of several others only if none of them fills more of it than this (thousandths of its words).
const FILLS: u32 = 650;

/// The same for one that others carry as it is: that is a story with excerpts, unless its parts are small.
const FILLS_COPIED: u32 = 400;

/// A covered article stands in the roundup with at least this share of its words (thousandths).
const COVERED: u32 = 700;

/// The same for one that fills little of it: of two that fill much, both are rather made of one text than it of both.
const COVERED_BRIEFLY: u32 = 500;

/// An article fills little of the roundup if it fills at most this share of its words (thousandths).
const BRIEF: u32 = 250;

/// A covered article that stands there with at least this share of its words may be a mere excerpt of it.
const WHOLE: u32 = 970;

/// In a component of more nodes than this, long lists were stars: that two of its articles do not match says nothing.
const COMPARED: usize = crate::candidates::STAR;

/// There, a covered article is a story of its own only if it stands in the roundup with at most this share of its words.
const OWN: u32 = 800;

/// The nodes of one component that cover several otherwise unlinked stories, ascending.
pub fn roundups(graph: &Graph, component: &[u32]) -> Vec<u32> {
    let suspects: Vec<u32> = component
        .iter()
        .copied()
        .filter(|&node| is_suspect(graph, node))
        .collect();
    if suspects.is_empty() {
        return suspects;
    }
    // stories as they are without any suspect
    let rest: Vec<u32> = component
        .iter()
        .copied()
        .filter(|node| suspects.binary_search(node).is_err())
        .collect();
    let pieces = graph.components_of(&rest);
    let piece_of = |node: u32| {
        pieces
            .iter()
            .position(|piece| piece.binary_search(&node).is_ok())
    };
    suspects
        .into_iter()
        .filter(|&node| {
            let mut covered: Vec<usize> = held(graph, node)
                .filter_map(|edge| {
                    piece_of(edge.to)
                        .filter(|&piece| stands_alone(edge, &pieces[piece], component.len()))
                })
                .collect();
            covered.sort_unstable();
            covered.dedup();
            covered.len() > 1
        })
        .collect()
}

/// The matches of a node that it covers: they stand in it, and fill only a part of it.
fn held(graph: &Graph, node: u32) -> impl Iterator<Item = &Edge> {
    let edges = graph.edges(node);
    let copied = edges
        .iter()
        .any(|edge| matches!(edge.relation, Relation::Identical | Relation::Copy));
    let fills = if copied { FILLS_COPIED } else { FILLS };
    edges.iter().filter(move |edge| {
        let (covered, filled) = (edge.theirs.thousandths(), edge.mine.thousandths());
        let least = if filled <= BRIEF {
            COVERED_BRIEFLY
        } else {
            COVERED
        };
        covered >= least && filled <= fills
    })
}

/// Whether a node covers two articles that do not match each other.
fn is_suspect(graph: &Graph, node: u32) -> bool {
    let mut held = held(graph, node).map(|edge| edge.to);
    let Some(first) = held.next() else {
        return false;
    };
    held.any(|other| !graph.linked(first, other))
}

/// A story of its own: several articles, or one that has text beyond what the roundup took.
fn stands_alone(edge: &Edge, piece: &[u32], component: usize) -> bool {
    let share = edge.theirs.thousandths();
    if component > COMPARED {
        share <= OWN
    } else {
        piece.len() > 1 || share < WHOLE
    }
}
