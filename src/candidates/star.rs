//! The rule for long lists. A list of up to [`STAR`] holders links all of them to each other; a longer one links every
//! holder to its [`CENTRES`] members of the highest priority. The work stays linear in the length of the list, and no
//! holder is lost. The centres are a function of the whole set of holders: priority comes from the article's rank.

use super::postings::Holder;
use crate::article::Rank;

/// Holders of a list up to which all are linked to each other.
pub const STAR: usize = 64;

/// Members of a longer list that all its holders are linked to.
pub const CENTRES: usize = 4;

/// How many of the first holders of a list, in the order of their ranks, the holder at place `at` is linked to; `long`: the
/// list has more than [`STAR`] holders.
#[inline]
pub fn linked(long: bool, at: usize) -> usize {
    if long { at.min(CENTRES) } else { at }
}

/// The centres of a long list (longer than [`STAR`]), by ascending article; `rank` gives each holder's.
pub(super) fn centres(holders: &[Holder], rank: impl Fn(Holder) -> Rank) -> [Holder; CENTRES] {
    let mut best: Vec<(Rank, Holder)> = Vec::with_capacity(CENTRES + 1);
    for &holder in holders {
        let rank = rank(holder);
        if best.len() < CENTRES || best.last().is_some_and(|&(last, _)| rank < last) {
            let at = best.partition_point(|&(other, _)| other < rank);
            best.insert(at, (rank, holder));
            best.truncate(CENTRES);
        }
    }
    let mut centres =
        std::array::from_fn(|at| best.get(at).map_or(holders[0], |&(_, holder)| holder));
    centres.sort_unstable_by_key(|holder| holder.article());
    centres
}
