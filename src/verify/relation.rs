//! Evidence → relation: what the counts mean, in the order in which they are asked.

use super::evidence::{Evidence, Side};
use super::thresholds::Thresholds;
use super::{Ratio, Relation};

/// What two bodies that are not the same token by token are to each other; `None`: neither is a copy of the other.
pub(super) fn relation(evidence: &Evidence, limits: &Thresholds) -> Option<Relation> {
    if is_template(evidence, limits) || is_frame(evidence, limits) {
        return None;
    }
    (is_same_text(evidence, limits) || is_rewrite(evidence, limits)).then(|| name(evidence, limits))
}

/// Whether the frame matches and the facts do not.
fn is_template(evidence: &Evidence, limits: &Thresholds) -> bool {
    let words = evidence.shared().max(LEAST_FRAME);
    let conflicts = evidence.conflicts + evidence.filled;
    conflicts >= 3
        && conflicts * 1000 > limits.conflicts * words
        && conflicts * 2 > evidence.slots + evidence.blanks
}

/// Whether the two are other texts in the same frame: much stands in place of much, and has nothing to do with it.
fn is_frame(evidence: &Evidence, limits: &Thresholds) -> bool {
    let rest = &evidence.rest;
    hinges_on_rest(evidence, limits)
        && rest.long >= LEAST
        && share(rest.common, rest.long) <= limits.unrelated
}

/// Whether much stands in place of much. Then its words tell whether they have anything to do with each other.
pub(super) fn hinges_on_rest(evidence: &Evidence, limits: &Thresholds) -> bool {
    let replaced = evidence.rest.replaced;
    replaced >= limits.replaced
        && share(replaced, evidence.shorter().prose) >= limits.replaced_share
}

/// Whether (most of) one stands in the other.
fn is_same_text(evidence: &Evidence, limits: &Thresholds) -> bool {
    let prose = evidence.shorter().prose;
    let contained = evidence.containment.thousandths() >= needed(evidence, limits);
    let passage = share(evidence.largest, prose) >= limits.passage;
    let most = share(evidence.shared(), prose) >= limits.most;
    evidence.shared() >= LEAST
        && !is_snippet(evidence, limits)
        && (contained || (passage || most) && is_faithful(evidence, limits))
        && facts(evidence) >= limits.facts
}

/// Whether the shorter is a sentence or a statement that a much longer text quotes: a post, a pull quote, a teaser line.
fn is_snippet(evidence: &Evidence, limits: &Thresholds) -> bool {
    let side = evidence.lesser();
    let speech = share(side.shared_narration, side.narration.max(1)) < limits.speech;
    share(evidence.shorter().prose, evidence.longer().prose) < limits.like_length
        && (evidence.shared() < limits.snippet || speech && evidence.shared() < limits.statement)
}

/// The containment that makes a pair the same text: more of it for speech, and for a short text with other words in it.
fn needed(evidence: &Evidence, limits: &Thresholds) -> u32 {
    let side = evidence.lesser();
    let speech = share(side.shared_narration, side.narration) < limits.speech;
    let altered = is_little(evidence, limits) && slots(evidence) > limits.altered;
    if speech || altered {
        limits.same_speech
    } else {
        limits.same
    }
}

/// Whether enough is shared, with few words exchanged one for one, for shares of the prose to count.
fn is_faithful(evidence: &Evidence, limits: &Thresholds) -> bool {
    !is_little(evidence, limits) && slots(evidence) <= limits.faithful
}

/// Whether little text is shared: no more than a paragraph that both took from elsewhere.
fn is_little(evidence: &Evidence, limits: &Thresholds) -> bool {
    evidence.shared() < limits.paragraph
}

/// Words exchanged one for one, for 1000 shared words.
fn slots(evidence: &Evidence) -> u32 {
    evidence.slots * 1000 / evidence.shared().max(LEAST_FRAME)
}

/// Whether a little text can be all that is left of a rewrite: hardly a word exchanged, of texts of like length.
fn is_condensed(evidence: &Evidence, limits: &Thresholds) -> bool {
    slots(evidence) <= limits.condensed
        && share(evidence.shorter().prose, evidence.longer().prose) >= limits.like_length
}

/// Whether narration of the one was reworked into the other.
fn is_rewrite(evidence: &Evidence, limits: &Thresholds) -> bool {
    let narrated = evidence.a.shared_narration.min(evidence.b.shared_narration);
    evidence.passages >= limits.passages
        && narrated >= limits.words
        && share(
            evidence.lesser().shared_narration,
            evidence.lesser().narration,
        ) >= limits.narration
        && weight(evidence, limits) >= limits.weight
        && !is_follow_up(evidence, limits)
        && !is_filled_anew(evidence, limits)
        && (!is_little(evidence, limits) || is_condensed(evidence, limits))
}

/// Whether the lesser text has figures of its own instead of those of the other: the same notice of another day.
fn is_filled_anew(evidence: &Evidence, limits: &Thresholds) -> bool {
    let side = evidence.lesser();
    let own = side.numbers - side.shared_numbers;
    let words = (side.shared_narration + side.shared_quotes).max(LEAST_FRAME);
    own >= 2
        && share(side.shared_numbers, side.numbers) < limits.figures
        && own * 1000 > limits.own_figures * words
}

/// What speaks for a rewrite, in thousandths of a point: narration in common, in several places, about the same names
/// and figures; against it, words exchanged one for one, as in a form that is filled in anew.
fn weight(evidence: &Evidence, limits: &Thresholds) -> u32 {
    let side = evidence.lesser();
    let narration = share(side.shared_narration, side.narration);
    (narration * limits.narration_points
        + facts(evidence) * limits.facts_points
        + evidence.passages.min(limits.most_passages) * limits.passage_points)
        .saturating_sub(slots(evidence) * limits.slot_points)
}

/// Whether a publisher took up its own background: it prints versions of one story, but rewrites nobody's text into its own.
fn is_follow_up(evidence: &Evidence, limits: &Thresholds) -> bool {
    evidence.one_publisher
        && evidence.headline.all > 0
        && evidence.headline.thousandths() < limits.headline
}

/// Share of the names and figures of the lesser side that the other has; all, where it has none.
fn facts(evidence: &Evidence) -> u32 {
    let side = evidence.lesser();
    let all = side.names + side.numbers;
    if all == 0 {
        return 1000;
    }
    share(side.shared_names + side.shared_numbers, all)
}

/// Shared words below which nothing is the same text.
const LEAST: u32 = 8;

/// Shared words below which a frame is not taken to be smaller.
const LEAST_FRAME: u32 = 40;

/// What to call a pair that belongs together.
fn name(evidence: &Evidence, limits: &Thresholds) -> Relation {
    let lead = same_lead(evidence);
    let (shorter, longer) = (evidence.shorter(), evidence.longer());
    let of_shorter = share(evidence.shared(), shorter.prose);
    let of_longer = longer.shared_narration + longer.shared_quotes;
    let of_both = share(
        of_longer,
        (longer.prose + shorter.prose).saturating_sub(of_longer),
    );
    if hinges_on_sentences(evidence, limits) && is_mostly_kept(evidence, limits) {
        Relation::Update
    } else if evidence.jaccard.thousandths() >= limits.copy || of_both >= limits.copy {
        Relation::Copy
    } else if of_shorter >= limits.most_of
        && (lead >= limits.same_lead || of_shorter >= limits.most)
    {
        Relation::Excerpt
    } else {
        Relation::Rewrite
    }
}

/// Whether passages were put in, taken out and moved as in a later version: in several places, of texts of like length,
/// under another lead. Then its sentences tell whether it is one.
pub(super) fn hinges_on_sentences(evidence: &Evidence, limits: &Thresholds) -> bool {
    let (shorter, longer) = (evidence.shorter(), evidence.longer());
    share(evidence.shared(), shorter.prose) >= limits.most_of
        && same_lead(evidence) < limits.same_lead
        && evidence.passages >= limits.update_passages
        && share(shorter.prose, longer.prose) >= limits.update_length
}

/// Whether hardly a sentence was put in other words.
fn is_mostly_kept(evidence: &Evidence, limits: &Thresholds) -> bool {
    let side = evidence.shorter();
    side.kept >= limits.update_kept * side.reworded
}

/// How much of the one lead stands in the other text: of the lead of which more does.
fn same_lead(evidence: &Evidence) -> u32 {
    let lead = |side: &Side| share(side.shared_lead, side.lead);
    lead(&evidence.a).max(lead(&evidence.b))
}

/// A share in thousandths.
fn share(of: u32, all: u32) -> u32 {
    Ratio { of, all }.thousandths()
}
