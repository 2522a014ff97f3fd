//! Lists in the order of their first holders: copies share many lists, which lie together then. A join that goes from article
//! to article finds most of them on few pages of memory, wherever their hashes would have put them.

use std::ops::Range;

use rayon::prelude::*;

use super::postings::{Holder, Lists, Long};
use super::star::STAR;

/// Pieces that are arranged side by side, at most: each costs a pass over all lists.
const MOST_PIECES: usize = 8;

/// The holders of all lists and the long lists, in the order of the lists' first holders, then of their hashes; there are
/// so many `articles`.
pub(super) fn arranged(parts: &[Lists], articles: usize) -> (Vec<Holder>, Vec<Long>) {
    let mut ends = vec![0u32; articles];
    for list in parts.iter().flat_map(Lists::all) {
        if let Some(end) = list
            .first()
            .and_then(|first| ends.get_mut(first.article() as usize))
        {
            *end += list.len() as u32;
        }
    }
    let mut total = 0;
    for end in &mut ends {
        total += *end;
        *end = total;
    }
    let mut holders = Vec::new();
    holders.par_extend(rayon::iter::repeat_n(Holder::default(), total as usize));
    let stars = pieces(&ends, &mut holders)
        .into_par_iter()
        .map(|piece| piece.fill(parts))
        .collect::<Vec<_>>();
    (holders, stars.concat())
}

/// Some articles, and the lists that they are the first holders of.
struct Piece<'a> {
    articles: Range<usize>,
    /// Where the lists of each of them start, and where the next one goes.
    next: Vec<u32>,
    /// Where the piece starts among all holders.
    base: u32,
    holders: &'a mut [Holder],
}

/// Cuts the articles into pieces with about as many holders each; `ends` tells where the lists of each article end.
fn pieces<'a>(ends: &[u32], holders: &'a mut [Holder]) -> Vec<Piece<'a>> {
    let many = rayon::current_num_threads().clamp(1, MOST_PIECES);
    let start = |article: usize| article.checked_sub(1).map_or(0, |before| ends[before]);
    let (mut pieces, mut first, mut rest) = (Vec::with_capacity(many), 0, holders);
    for at in 1..=many {
        let most = (rest.len() / (many + 1 - at)) as u32;
        let base = start(first);
        let last = if at < many {
            first.max(ends.partition_point(|&end| end - base.min(end) < most))
        } else {
            ends.len()
        };
        let (own, behind) = rest.split_at_mut((start(last) - base) as usize);
        pieces.push(Piece {
            articles: first..last,
            next: (first..last).map(start).collect(),
            base,
            holders: own,
        });
        (first, rest) = (last, behind);
    }
    pieces
}

impl Piece<'_> {
    /// Takes its lists out of all; returns its long ones.
    fn fill(mut self, parts: &[Lists]) -> Vec<Long> {
        let mut stars = Vec::new();
        for part in parts {
            let mut long = part.stars.iter();
            for list in part.all() {
                let star = if list.len() > STAR { long.next() } else { None };
                let first = list.first().map_or(0, |first| first.article() as usize);
                let Some(next) = self.next.get_mut(first.wrapping_sub(self.articles.start)) else {
                    continue;
                };
                let from = (*next - self.base) as usize;
                self.holders[from..from + list.len()].copy_from_slice(list);
                stars.extend(star.map(|star| Long {
                    start: *next,
                    ..*star
                }));
                *next += list.len() as u32;
            }
        }
        stars.sort_unstable_by_key(|star| star.start);
        stars
    }
}

#[cfg(test)]
mod tests {
    use super::super::postings::LAST;
    use super::super::star::CENTRES;
    use super::*;

    #[test]
    fn lists_come_in_the_order_of_their_first_holders_then_of_their_hashes() {
        let part = |lists: &[&[u32]]| {
            let (mut holders, mut stars) = (Vec::new(), Vec::new());
            for (list, hash) in lists.iter().zip(0..) {
                if list.len() > STAR {
                    let centres = [Holder::default(); CENTRES];
                    stars.push(Long {
                        start: holders.len() as u32,
                        hash,
                        centres,
                    });
                }
                let holder = |&article: &u32| Holder {
                    marked: article,
                    place: hash as u16,
                };
                holders.extend(list.iter().map(holder));
                if let Some(last) = holders.last_mut() {
                    last.marked |= LAST;
                }
            }
            Lists { holders, stars }
        };
        let (long, longer): (Vec<u32>, Vec<u32>) = ((7..100).collect(), (2..99).collect());
        let parts = [
            part(&[&[3, 9], &long, &[2, 5, 6]]),
            part(&[&[98, 99], &[2, 3], &longer, &[0, 99]]),
        ];
        let (holders, stars) = arranged(&parts, 100);
        let lists = Lists {
            holders,
            stars: Vec::new(),
        };
        let firsts = lists
            .all()
            .map(|list| (list[0].article(), list[0].place, list.len()));
        assert_eq!(
            firsts.collect::<Vec<_>>(),
            [
                (0, 3, 2),
                (2, 2, 3),
                (2, 1, 2),
                (2, 2, 97),
                (3, 0, 2),
                (7, 1, 93),
                (98, 0, 2)
            ]
        );
        let stars: Vec<(u32, u32)> = stars.iter().map(|star| (star.start, star.hash)).collect();
        assert_eq!(stars, [(7, 2), (106, 1)]);
    }
}
