//! The plain case: nearly all of one body stands in the other, word by word, from the lead on, and no names or figures
//! are exchanged. Then sentences, quotations and facts need no look: the rules of `relation` could only say the same.
//!
//! Most pairs of an archive are plain, so this decides what a fold costs. Every bound lies well within those of
//! `thresholds`.

use super::prepared::Prepared;
use super::similarity::{Overlap, Run};
use super::slots::FORM;
use super::{Ratio, Relation};
use crate::text::{Shape, Token};

/// Jaccard of shingles from which on two texts that begin alike are a plain copy: that of `thresholds`, which asks for
/// nothing more where nearly all else agrees.
const COPY: u32 = 650;

/// Containment from which on the one is a plain excerpt of the other.
const EXCERPT: u32 = 800;

/// Jaccard up to which it is an excerpt and no copy, for so many words: in a short text furniture makes more of the rest.
const NO_COPY: [(u32, u32); 2] = [(100, 380), (150, 500)];

/// Shared words that a plain copy or excerpt has at least: more than most furniture.
const WORDS: u32 = 100;

/// Shared words from which on a part is no snippet, however long the whole.
const PART: u32 = 200;

/// Tenths of the longer text that a shorter part must have.
const TENTHS: usize = 3;

/// Words of the lead, and how many of them must be shared.
const LEAD: (u32, u32) = (40, 34);

/// One name or figure may be exchanged in so many words of a plain pair; a template has more.
const FACT: u32 = 50;

/// Words in a gap between two runs that count as exchanged for one another.
const SLOT: u32 = 4;

/// What a plain pair is; `None`: look closer. The runs stand in the order of the first body.
pub(super) fn relation(overlap: &Overlap, a: &Prepared<'_>, b: &Prepared<'_>) -> Option<Relation> {
    let jaccard = overlap.jaccard(a, b).thousandths();
    let containment = overlap.containment(a, b).thousandths();
    let words: u32 = overlap.runs.iter().map(|run| run.len).sum();
    let named = if jaccard >= COPY {
        Relation::Copy
    } else if containment >= EXCERPT
        && (words >= PART || a.len().min(b.len()) * 10 >= a.len().max(b.len()) * TENTHS)
        && is_no_copy(jaccard, words, a, b)
    {
        Relation::Excerpt
    } else {
        return None;
    };
    let plain = words >= WORDS
        && begins_alike(&overlap.runs)
        && exchanged(&overlap.runs, a, b) * FACT <= words;
    plain.then_some(named)
}

/// Whether too little of both is shared for a copy.
fn is_no_copy(jaccard: u32, words: u32, a: &Prepared<'_>, b: &Prepared<'_>) -> bool {
    let far = |&(least, no_copy): &(u32, u32)| words >= least && jaccard <= no_copy;
    if NO_COPY.iter().any(far) {
        return true;
    }
    // no copy by the words, either, of which runs that overlap count some twice
    let all = (a.len() + b.len()).saturating_sub(words as usize) as u32;
    let by_words = Ratio { of: words, all };
    by_words.thousandths() < COPY && a.is_all_prose() && b.is_all_prose()
}

/// Whether the lead of either body stands in the other.
fn begins_alike(runs: &[Run]) -> bool {
    let covered = |start: fn(&Run) -> u32| -> u32 {
        let of_lead = |run: &Run| {
            (start(run) + run.len)
                .min(LEAD.0)
                .saturating_sub(start(run))
        };
        runs.iter().map(of_lead).sum()
    };
    covered(|run| run.a) >= LEAD.1 || covered(|run| run.b) >= LEAD.1
}

/// What stands in gaps between neighbouring runs with names or figures on both sides: at least as many as conflict.
fn exchanged(runs: &[Run], a: &Prepared<'_>, b: &Prepared<'_>) -> u32 {
    let facts = |tokens: &[Token], from: u32, to: u32| {
        let gap = tokens.get(from as usize..to as usize).unwrap_or(&[]);
        gap.iter()
            .filter(|token| !matches!(token.shape, Shape::Lower))
            .count() as u32
    };
    runs.windows(2)
        .map(|pair| {
            let (before, after) = (pair[0], pair[1]);
            let (i, j) = (
                after.a.saturating_sub(before.end_a()),
                after.b.saturating_sub(before.end_b()),
            );
            let longest = i.max(j);
            if longest > FORM as u32 {
                return 0;
            }
            let both = facts(&a.tokens, before.end_a(), after.a).min(facts(
                &b.tokens,
                before.end_b(),
                after.b,
            ));
            both.min(if longest > SLOT { u32::MAX } else { 1 })
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::evidence::{Scratch, compare_rest, gather};
    use super::super::thresholds::Thresholds;
    use super::*;

    fn story(from: u32, to: u32) -> String {
        let word = |n: u32| {
            let n = xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes());
            format!("w{:x}", n % 5000).replace(|c: char| c.is_ascii_digit(), "o")
        };
        let sentence = |n: u32| {
            (0..14)
                .map(|i| word(n * 14 + i))
                .collect::<Vec<_>>()
                .join(" ")
        };
        (from..to)
            .flat_map(|n| ["The ".to_owned(), sentence(n), ".\n".to_owned()])
            .collect()
    }

    /// The plain relation, and what the whole look says.
    fn both(a: &str, b: &str) -> (Option<Relation>, Option<Relation>) {
        let (a, b) = (Prepared::new(a, None), Prepared::new(b, None));
        let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let mut overlap = Overlap::default();
        overlap.measure(&a, &b);
        overlap.sort();
        let mut scratch = Scratch::default();
        let mut evidence = gather(&a, &b, &overlap, &mut scratch);
        compare_rest(&a, &b, &scratch, &mut evidence);
        (
            relation(&overlap, &a, &b),
            super::super::relation::relation(&evidence, &Thresholds::default()),
        )
    }

    #[test]
    fn a_plain_pair_is_called_what_the_whole_look_calls_it() {
        let whole = story(0, 30);
        for (other, expected) in [
            (whole.replacen("The", "A", 3), Relation::Copy),
            (format!("{whole}{}", story(90, 92)), Relation::Copy),
            (story(0, 12), Relation::Excerpt),
            (story(0, 14), Relation::Excerpt),
        ] {
            assert_eq!(both(&whole, &other), (Some(expected), Some(expected)));
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_whole_look() {
        let whole = story(0, 30);
        for other in [whole.replacen("The", "Ann", 20), story(0, 5), story(50, 80)] {
            assert_eq!(both(&whole, &other).0, None);
        }
    }
}
