//! The rule for long lists. A list of up to [`STAR`] holders links all of them to each other; a longer one links every
//! holder to its [`CENTRES`] members of the highest priority. The work stays linear in the length of the list, and no
//! holder is lost. The centres are a function of the whole set of holders: priority comes from the article's rank.

use crate::article::Rank;

/// Holders of a list up to which all are linked to each other.
pub const STAR: usize = 64;

/// Members of a longer list that all its holders are linked to.
pub const CENTRES: usize = 4;

/// The centres of a long list, by ascending index; `rank` gives each holder's.
pub fn centres(holders: &[u32], rank: impl Fn(u32) -> Rank) -> [u32; CENTRES] {
    let mut best: Vec<(Rank, u32)> = Vec::with_capacity(CENTRES + 1);
    for &holder in holders {
        let rank = rank(holder);
        if best.len() < CENTRES || best.last().is_some_and(|&(last, _)| rank < last) {
            let at = best.partition_point(|&(other, _)| other < rank);
            best.insert(at, (rank, holder));
            best.truncate(CENTRES);
        }
    }
    let mut centres = [u32::MAX; CENTRES];
    for (slot, &(_, holder)) in centres.iter_mut().zip(&best) {
        *slot = holder;
    }
    centres.sort_unstable();
    centres
}
