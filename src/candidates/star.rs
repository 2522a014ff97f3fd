//! The rule for long lists. A list of up to [`STAR`] holders links all of them to each other; a longer one links every
//! holder to its [`CENTRES`] members of the highest priority. The work stays linear in the length of the list, and no
//! holder is lost. The centres are a function of the whole set of holders: priority comes from the article's rank.

use super::postings::Holder;
use crate::article::Rank;

/// Holders of a list up to which all are linked to each other.
pub const STAR: usize = 64;

/// Members of a longer list that all its holders are linked to.
pub const CENTRES: usize = 4;

/// The pairs that one list links, by the rule above; `holders` in the order of their ranks. The earlier one comes first.
pub fn links<T: Copy>(holders: &[T], mut link: impl FnMut(T, T)) {
    for (at, &later) in holders.iter().enumerate() {
        let centres = if holders.len() > STAR { CENTRES } else { at };
        for &earlier in holders.iter().take(at.min(centres)) {
            link(earlier, later);
        }
    }
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
