//! How the sentences of one body fare in the other: kept as they are, said in other words, or gone.

use std::ops::Range;

use super::evidence::{Cover, Side};
use super::prepared::Prepared;
use super::sentences::{Class, count};

/// Heavy words that a sentence must have to be judged.
const JUDGED: u32 = 5;

/// Counts the sentences of narration of one side, and how they fare in the other.
pub(super) fn count_sentences(
    side: &mut Side,
    me: &Prepared<'_>,
    cover: &[Cover],
    other: &Prepared<'_>,
    tally: &mut Vec<u32>,
) {
    let detail = me.detail();
    (side.sentences, side.kept, side.reworded) = (0, 0, 0);
    for sentence in &detail.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let classes = &detail.classes[range.clone()];
        let quoted = count(classes, Class::QUOTED.or(Class::FURNITURE)) as usize;
        let heavy = count(classes, Class::HEAVY);
        if quoted * 2 > classes.len() || heavy < JUDGED {
            continue;
        }
        side.sentences += 1;
        let covered = cover[range.clone()]
            .iter()
            .filter(|&&c| c != Cover::No)
            .count();
        if covered * 10 >= classes.len() * 6 {
            side.kept += 1;
        } else if best_match(me, range, other, tally) * 10 >= heavy * 5 {
            side.reworded += 1;
        }
    }
}

/// Places of a word that are looked at: one that stands more often tells little.
const OFTEN: usize = 64;

/// Heavy words that the sentence in `range` shares with the sentence of the other body that shares most.
fn best_match(
    me: &Prepared<'_>,
    range: Range<usize>,
    other: &Prepared<'_>,
    tally: &mut Vec<u32>,
) -> u32 {
    tally.clear();
    let index = other.index();
    for place in range {
        if !me.detail().classes[place].any(Class::HEAVY) {
            continue;
        }
        let first = tally.len();
        for at in index.places(me.tokens[place].hash).take(OFTEN) {
            let sentence = index.sentence_of[at as usize];
            // places ascend, and so do their sentences
            if tally.get(first..).and_then(<[u32]>::last) != Some(&sentence) {
                tally.push(sentence);
            }
        }
    }
    tally.sort_unstable();
    tally
        .chunk_by(|a, b| a == b)
        .map(|same| same.len() as u32)
        .max()
        .unwrap_or(0)
}
