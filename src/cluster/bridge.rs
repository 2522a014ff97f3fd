//! Short texts that would bridge two stories: what is cut from one text word for word may also stand, changed, in a
//! text that has nothing else in common with the first (a passage that several use). The cut belongs to where it was
//! cut from.

use super::component::{Edge, Graph};
use crate::candidates::STAR;

/// A text is cut from another if at least this share of its words stands there (thousandths).
const CUT: u32 = 970;

/// A text that holds at most this share of the cut's words holds a changed version of it (thousandths).
const CHANGED: u32 = 900;

/// The text that holds the changed version has little else to do with it: at most this share of its own words (thousandths).
const PASSING: u32 = 250;

/// The passage is a paragraph: so many words that both share, at most. A longer one is text that a desk took over.
const PARAGRAPH: u32 = 80;

/// The matches that bridge: from the cut to the text that holds a changed version of it, as nodes. What matches more
/// texts than a list links pair by pair is left alone: that two of those do not match says nothing.
pub fn bridges(graph: &Graph, cut: u32) -> Vec<(u32, u32)> {
    let edges = graph.edges(cut);
    if edges.len() > STAR {
        return Vec::new();
    }
    let sources: Vec<u32> = edges
        .iter()
        .filter(|edge| edge.mine.thousandths() >= CUT && edge.theirs.thousandths() < CUT)
        .map(|edge| edge.to)
        .collect();
    if sources.is_empty() {
        return Vec::new();
    }
    let passing = |edge: &&Edge| {
        edge.mine.of <= PARAGRAPH
            && edge.mine.thousandths() <= CHANGED
            && edge.theirs.thousandths() <= PASSING
    };
    edges
        .iter()
        .filter(passing)
        .filter(|edge| !sources.iter().any(|&source| graph.linked(edge.to, source)))
        .map(|edge| (cut, edge.to))
        .collect()
}
