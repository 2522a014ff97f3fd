//! The inverted index in memory: eight bytes a kept hash while it is filled, about as much again while it is joined.
//!
//! A posting is `hash << 42 | article << 16 | place`: the upper ten bits of the hash say which part it lies in, the
//! lower 22 stand in the posting. Hashes that stand in one article only are dropped when the index is sealed.

use std::sync::Mutex;

use rayon::prelude::*;

use super::Size;
use super::join::Join;
use super::star::{CENTRES, STAR, centres};
use crate::article::Rank;
use crate::sketch::Kept;

/// Kept hashes are spread over parts by their upper bits; with the usual scale the first quarter of them fills up.
pub(super) const PARTS: usize = 1024;

/// Articles that one index can hold: what fits between hash and place.
pub const MOST_ARTICLES: usize = 1 << 26;

pub(super) fn posting(hash: u32, article: u32, place: u16) -> u64 {
    u64::from(hash) << 42 | u64::from(article) << 16 | u64::from(place)
}

/// The same place and hash in another article.
pub(super) fn moved(posting: u64, article: u32) -> u64 {
    posting & !((MOST_ARTICLES as u64 - 1) << 16) | u64::from(article) << 16
}

/// The part that a hash lies in.
pub(super) fn part(hash: u32) -> usize {
    (hash >> 22) as usize
}

/// The hash of a posting in a part.
pub(super) fn hash(part: usize, posting: u64) -> u32 {
    (part as u32) << 22 | list_of(posting) as u32
}

/// What postings of one hash have in common.
pub(super) fn list_of(posting: u64) -> u64 {
    posting >> 42
}

/// Article and place of a posting.
pub(super) fn holder(posting: u64) -> Holder {
    Holder {
        marked: (posting >> 16) as u32 & (MOST_ARTICLES as u32 - 1),
        place: posting as u16,
    }
}

/// An article in a list, and where the hash stands in it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(2))]
pub(super) struct Holder {
    /// The article's number; [`LAST`] marks the last holder of a list.
    pub(super) marked: u32,
    pub(super) place: u16,
}

/// Marks the last holder of a list, and a list that is a star.
pub(super) const LAST: u32 = 1 << 31;

impl Holder {
    pub(super) fn article(self) -> u32 {
        self.marked & !LAST
    }

    pub(super) fn is_last(self) -> bool {
        self.marked & LAST != 0
    }
}

/// Which article holds which hash.
#[derive(Debug)]
pub struct Postings {
    parts: Vec<Vec<u64>>,
    sizes: Vec<Size>,
}

impl Default for Postings {
    fn default() -> Self {
        Self {
            parts: vec![Vec::new(); PARTS],
            sizes: Vec::new(),
        }
    }
}

impl Postings {
    /// Adds the next article's sketch; its body has so many tokens. At most [`MOST_ARTICLES`] can be added.
    pub fn push(&mut self, sketch: &[Kept], tokens: u32) {
        let article = self.sizes.len() as u32;
        for &kept in sketch {
            self.parts[part(kept.hash())].push(posting(kept.hash(), article, kept.place()));
        }
        self.sizes.push(Size {
            kept: sketch.len() as u32,
            tokens,
        });
    }

    /// Articles added so far.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The size of each article.
    pub fn sizes(&self) -> &[Size] {
        &self.sizes
    }

    /// The postings, part by part.
    pub(super) fn into_parts(self) -> Vec<Vec<u64>> {
        self.parts
    }

    /// Makes the index ready to join. `ranks` gives each article's.
    pub fn seal(self, ranks: &[Rank]) -> Join {
        // most kept hashes lie in the first quarter of the parts: cut finely, or one thread would get them all
        // memory for sorting goes round: given back after each part it would leave gaps between the lists
        let most = self.parts.iter().map(Vec::len).max().unwrap_or(0);
        let rooms = Mutex::new(Vec::new());
        let lists: Vec<Lists> = self
            .parts
            .into_par_iter()
            .enumerate()
            .with_max_len(PARTS / 128)
            .map(|(at, part)| {
                let free = rooms.lock().ok().and_then(|mut rooms| rooms.pop());
                let mut room = free.unwrap_or_else(|| Vec::with_capacity(most));
                let lists = Lists::of(at, part, ranks, &mut room);
                if let Ok(mut rooms) = rooms.lock() {
                    rooms.push(room);
                }
                lists
            })
            .collect();
        Join::new(&lists, self.sizes)
    }
}

/// Bits of a posting's hash that are sorted by in one go: two times make all.
const DIGIT: u32 = 11;

/// Postings from which on sorting digit by digit is quicker than by comparison.
const MANY: usize = 1 << 10;

/// Sorts postings by their hashes; those of one hash stay in their order.
fn by_hash(postings: &mut Vec<u64>, room: &mut Vec<u64>) {
    if postings.len() < MANY {
        postings.sort_by_key(|&posting| list_of(posting));
        return;
    }
    room.clear();
    room.resize(postings.len(), 0);
    for shift in [64 - 2 * DIGIT, 64 - DIGIT] {
        let digit = |posting: u64| (posting >> shift) as usize % (1 << DIGIT);
        let mut starts = [0u32; 1 << DIGIT];
        for &posting in &*postings {
            starts[digit(posting)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for &posting in &*postings {
            let next = &mut starts[digit(posting)];
            room[*next as usize] = posting;
            *next += 1;
        }
        std::mem::swap(postings, room);
    }
}

/// The lists of one part that hold two articles or more.
pub(super) struct Lists {
    /// Their holders, one list after another.
    pub(super) holders: Vec<Holder>,
    /// The long ones.
    pub(super) stars: Vec<Long>,
}

/// A long list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Long {
    /// Where it starts in the holders.
    pub(super) start: u32,
    /// Its hash.
    pub(super) hash: u32,
    pub(super) centres: [Holder; CENTRES],
}

impl Lists {
    /// The holders of each.
    pub(super) fn all(&self) -> impl Iterator<Item = &[Holder]> {
        self.holders.chunk_by(|holder, _| !holder.is_last())
    }

    /// Those of a part, whose postings stand in the order of their articles; `room` is memory that was used before.
    fn of(part: usize, mut postings: Vec<u64>, ranks: &[Rank], room: &mut Vec<u64>) -> Self {
        by_hash(&mut postings, room);
        let lists = || {
            postings
                .chunk_by(|&a, &b| list_of(a) == list_of(b))
                .filter(|list| list.len() > 1)
        };
        let mut holders = Vec::with_capacity(lists().map(<[u64]>::len).sum());
        let mut stars = Vec::new();
        for list in lists() {
            let start = holders.len();
            holders.extend(list.iter().map(|&posting| holder(posting)));
            if list.len() > STAR {
                let rank = |holder: Holder| ranks[holder.article() as usize];
                stars.push(Long {
                    start: start as u32,
                    hash: hash(part, list[0]),
                    centres: centres(&holders[start..], rank),
                });
            }
            if let Some(last) = holders.last_mut() {
                last.marked |= LAST;
            }
        }
        Self { holders, stars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_sorted_by_hash_and_stay_in_the_order_of_their_articles() {
        for count in [0, 10, MANY as u32 * 3] {
            let hash = |n: u32| n.wrapping_mul(0x9e37_79b9) >> 12 & 0x3f_ff3f;
            let mut postings: Vec<u64> = (0..count).map(|n| posting(hash(n / 3), n, 7)).collect();
            let mut sorted = postings.clone();
            sorted.sort_unstable();
            by_hash(&mut postings, &mut vec![1; 5]);
            assert_eq!(postings, sorted);
        }
    }
}
