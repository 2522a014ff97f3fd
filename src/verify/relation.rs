//! Evidence → relation: what the counts mean, in the order in which they are asked.

use super::evidence::Evidence;
use super::thresholds::Thresholds;
use super::{Ratio, Relation};

/// What two bodies that are not the same token by token are to each other; `None`: neither is a copy of the other.
pub(super) fn relation(evidence: &Evidence, limits: &Thresholds) -> Option<Relation> {
    if is_template(evidence, limits) {
        return None;
    }
    if is_same_text(evidence, limits) {
        return Some(name(evidence, limits));
    }
    is_rewrite(evidence, limits).then_some(Relation::Rewrite)
}

/// Whether the frame matches and the facts do not.
fn is_template(evidence: &Evidence, limits: &Thresholds) -> bool {
    let words = evidence.shared().max(40);
    evidence.conflicts >= 2
        && evidence.conflicts * 1000 > limits.conflicts * words
        && evidence.conflicts * 2 > evidence.slots
}

/// Whether (most of) one stands in the other.
fn is_same_text(evidence: &Evidence, limits: &Thresholds) -> bool {
    let contained = evidence.containment.thousandths() >= limits.same;
    let passage = share(evidence.largest, evidence.least_prose()) >= limits.passage;
    (contained || passage) && evidence.shared() >= 8
}

/// Whether narration of the one was reworked into the other.
fn is_rewrite(evidence: &Evidence, limits: &Thresholds) -> bool {
    let side = evidence.lesser();
    evidence.passages >= limits.passages
        && side.shared_narration >= limits.words
        && share(side.shared_narration, side.narration) >= limits.narration
        && share(
            side.shared_names + side.shared_numbers,
            side.names + side.numbers,
        ) >= limits.facts
}

/// What to call a pair of which (most of) one stands in the other.
fn name(evidence: &Evidence, limits: &Thresholds) -> Relation {
    let (a, b) = (evidence.a.prose, evidence.b.prose);
    let lengths = share(a.min(b), a.max(b));
    if evidence.jaccard.thousandths() >= limits.copy {
        Relation::Copy
    } else if lengths < limits.excerpt {
        Relation::Excerpt
    } else {
        Relation::Rewrite
    }
}

/// A share in thousandths.
fn share(of: u32, all: u32) -> u32 {
    Ratio { of, all }.thousandths()
}
