//! Every number that a verdict depends on, with the run that chose it.
//!
//! `cargo bench --bench verify_sets -- fit` prints the tables behind them: thresholds were set on the half of the pairs
//! whose ids hash to an even number, and checked on the other half.

/// Where the lines are drawn. Shares are in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Thresholds {
    /// Containment of shingles below which two bodies are not compared any further.
    pub floor: u32,
    /// Share of the shorter body that one consecutive passage must hold for the pair to be looked at more closely.
    pub look: u32,
    /// Containment from which on two bodies are the same text, if their facts do not conflict.
    pub same: u32,
    /// Share of the shorter prose that one consecutive passage must hold to be a copy.
    pub passage: u32,
    /// Share of the shorter narration that must stand in the other, for a rewrite.
    pub narration: u32,
    /// Words of narration that must be shared, for a rewrite.
    pub words: u32,
    /// Passages in which the reuse must stand, for a rewrite.
    pub passages: u32,
    /// Share of the names and figures of the one that the other must have, for a rewrite.
    pub facts: u32,
    /// Conflicting names and figures, for 1000 shared words, from which on a frame is a template.
    pub conflicts: u32,
    /// Jaccard from which on two texts are a copy rather than an excerpt or an update.
    pub copy: u32,
    /// Words of the shorter for 1000 of the longer, below which a contained text is an excerpt.
    pub excerpt: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            floor: 120,
            look: 450,
            same: 700,
            passage: 700,
            narration: 260,
            words: 30,
            passages: 2,
            facts: 450,
            conflicts: 25,
            copy: 650,
            excerpt: 800,
        }
    }
}
