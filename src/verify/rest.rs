//! What two bodies have in place of each other between the passages that they share.
//!
//! Two stories in one frame (a site's texts around its articles, a form, a paragraph of background in both) share the frame
//! word by word, and in its opening each has a text of its own that has nothing to do with the other's. A copy has little
//! there, an excerpt has it on one side only, and a rewrite says the same in other words.

use super::evidence::Cover;
use super::prepared::Prepared;
use super::sentences::{Class, Detail, count};
use super::similarity::Run;

/// The text of a pair that is not shared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rest {
    /// Words of prose that stand in place of as many others: in each opening those of the side that has fewer.
    pub replaced: u32,
    /// Different long words and figures of the unshared prose, of the side that has fewer.
    pub long: u32,
    /// Those that stand in the unshared prose of the other side, too.
    pub common: u32,
}

/// Letters of a word that is no mere tool of the language.
const LONG: usize = 6;

/// Words on both sides that make an opening.
const OPENING: u32 = 20;

/// Words in openings, at least.
const LEAST: u32 = 2 * OPENING;

/// Compares the words of what is replaced, in so many words. A cover tells which words stand in a shared run.
pub(super) fn rest(
    replaced: u32,
    a: (&Prepared<'_>, &Detail, &[Cover]),
    b: (&Prepared<'_>, &Detail, &[Cover]),
) -> Rest {
    if replaced < LEAST {
        return Rest::default();
    }
    let (few, many) = (long_words(a), long_words(b));
    let (few, many) = if few.len() <= many.len() {
        (few, many)
    } else {
        (many, few)
    };
    let common = few.iter().filter(|word| many.binary_search(word).is_ok());
    Rest {
        replaced,
        long: few.len() as u32,
        common: common.count() as u32,
    }
}

/// Words in the openings between the runs, before the first and behind the last; 0 for few. The runs stand in the order
/// of `a`.
pub(super) fn replaced(runs: &[Run], a: &Detail, b: &Detail) -> u32 {
    let end = (a.classes.len() as u32, b.classes.len() as u32);
    let (mut from, mut sum) = ((0, 0), 0);
    let starts = runs.iter().map(|run| (run.a, run.b));
    let ends = runs.iter().map(|run| (run.end_a(), run.end_b()));
    for (start, next) in starts.chain([end]).zip(ends.chain([end])) {
        if start.0 >= from.0 + OPENING && start.1 >= from.1 + OPENING {
            let fewer = prose(a, from.0, start.0).min(prose(b, from.1, start.1));
            sum += if fewer >= OPENING { fewer } else { 0 };
        }
        from = next;
    }
    if sum < LEAST { 0 } else { sum }
}

/// Words of prose between two places.
fn prose(detail: &Detail, from: u32, to: u32) -> u32 {
    let classes = detail.classes.get(from as usize..to as usize);
    let classes = classes.unwrap_or_default();
    classes.len() as u32 - count(classes, Class::FURNITURE)
}

/// The long words and figures of the unshared prose, each once, ascending.
fn long_words((body, detail, cover): (&Prepared<'_>, &Detail, &[Cover])) -> Vec<u64> {
    let classes = std::iter::zip(&detail.classes, cover);
    let free = std::iter::zip(&body.tokens, classes)
        .filter(|(_, (class, cover))| **cover == Cover::No && !class.any(Class::FURNITURE))
        .filter(|(token, (class, _))| class.any(Class::NUMBER) || usize::from(token.len) >= LONG);
    let mut words: Vec<u64> = free.map(|(token, _)| token.hash).collect();
    words.sort_unstable();
    words.dedup();
    words
}
