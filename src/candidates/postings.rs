//! The inverted index in memory: eight bytes a kept hash while it is filled, about as much again while it is joined.
//!
//! A posting is `hash << 42 | article << 16 | place`: the upper ten bits of the hash say which part it lies in, the
//! lower 22 stand in the posting. Hashes that stand in one article only are dropped when the index is sealed. The join
//! goes article by article and counts, for each, how many lists it shares with every earlier one, and where.

use rayon::prelude::*;

use super::star::{CENTRES, STAR, centres};
use super::{Pair, Shared, Size, Threshold};
use crate::article::{ArticleNo, Rank};
use crate::sketch::Kept;

/// Kept hashes are spread over parts by their upper bits; with the usual scale the first quarter of them fills up.
const PARTS: usize = 1024;

/// Articles that one index can hold: what fits between hash and place.
pub const MOST_ARTICLES: usize = 1 << 26;

fn posting(kept: Kept, article: u64) -> u64 {
    u64::from(kept.hash()) << 42 | article << 16 | u64::from(kept.place())
}

fn list_of(posting: u64) -> u64 {
    posting >> 42
}

/// Article and place of a posting.
fn holder(posting: u64) -> Holder {
    Holder {
        marked: (posting >> 16) as u32 & (MOST_ARTICLES as u32 - 1),
        place: posting as u16,
    }
}

/// An article in a list, and where the hash stands in it.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed(2))]
pub(super) struct Holder {
    /// The article's number; [`LAST`] marks the last holder of a list.
    marked: u32,
    place: u16,
}

/// Marks the last holder of a list, and a list that is a star.
const LAST: u32 = 1 << 31;

impl Holder {
    pub(super) fn article(self) -> u32 {
        self.marked & !LAST
    }

    fn is_last(self) -> bool {
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
        let article = self.sizes.len() as u64;
        for &kept in sketch {
            self.parts[(kept.hash() >> 22) as usize].push(posting(kept, article));
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

    /// Makes the index ready to join. `ranks` gives each article's.
    pub fn seal(self, ranks: &[Rank]) -> Join {
        // most kept hashes lie in the first quarter of the parts: cut finely, or one thread would get them all
        let lists: Vec<Lists> = self
            .parts
            .into_par_iter()
            .with_max_len(PARTS / 128)
            .map(|part| Lists::of(part, ranks))
            .collect();
        Join::new(lists, self.sizes)
    }
}

/// The lists of one part that hold two articles or more.
struct Lists {
    /// Their holders, one list after another.
    holders: Vec<Holder>,
    /// Where the long ones start, with their centres.
    stars: Vec<(u32, [Holder; CENTRES])>,
}

impl Lists {
    fn of(mut postings: Vec<u64>, ranks: &[Rank]) -> Self {
        postings.sort_unstable();
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
                stars.push((start as u32, centres(&holders[start..], rank)));
            }
            if let Some(last) = holders.last_mut() {
                last.marked |= LAST;
            }
        }
        Self { holders, stars }
    }
}

/// The sealed index.
#[derive(Debug)]
pub struct Join {
    sizes: Vec<Size>,
    /// Holders of all lists, one list after another, each ascending.
    holders: Vec<Holder>,
    /// Where the long lists start, and their centres.
    stars: Vec<(u32, [Holder; CENTRES])>,
}

/// A list that an article stands in, and where the hash stands in the article.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, packed(2))]
struct InList {
    /// Where it starts in the holders; with [`LAST`] the number of its star.
    marked: u32,
    place: u16,
}

/// Ranges of articles that are joined side by side, at most: each costs two passes over all holders.
const MOST_RANGES: usize = 8;

/// Articles whose pairs are looked for in one go.
const BLOCK: usize = 256;

/// In which lists each article of a range stands.
struct Index {
    /// The first article of the range.
    first: usize,
    /// The lists of one article after another.
    lists: Vec<InList>,
    /// Where those of each article begin in `lists`, and where the last ones end.
    starts: Vec<u32>,
}

impl Index {
    /// Those of `articles` articles from `first` on, by a counting sort.
    fn of(holders: &[Holder], first: usize, articles: usize) -> Self {
        let mut starts = vec![0u32; articles + 1];
        let own = |holder: &Holder| (holder.article() as usize).wrapping_sub(first);
        for holder in holders {
            if let Some(count) = starts[1..].get_mut(own(holder)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut lists = vec![InList::default(); sum as usize];
        let mut next = starts[..articles].to_vec();
        let (mut start, mut stars) = (0, 0);
        for list in holders.chunk_by(|holder, _| !holder.is_last()) {
            let marked = if list.len() > STAR {
                stars += 1;
                (stars - 1) | LAST
            } else {
                start
            };
            for holder in list {
                if let Some(slot) = next.get_mut(own(holder)) {
                    lists[*slot as usize] = InList {
                        marked,
                        place: holder.place,
                    };
                    *slot += 1;
                }
            }
            start += list.len() as u32;
        }
        Self {
            first,
            lists,
            starts,
        }
    }

    /// The lists of one article.
    fn lists(&self, article: u32) -> &[InList] {
        let at = article as usize - self.first;
        &self.lists[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

impl Join {
    fn new(parts: Vec<Lists>, sizes: Vec<Size>) -> Self {
        let total = parts.iter().map(|part| part.holders.len()).sum();
        let mut holders = Vec::with_capacity(total);
        let mut stars = Vec::new();
        for part in parts {
            let before = holders.len() as u32;
            let moved = part.stars.into_iter();
            stars.extend(moved.map(|(start, centres)| (before + start, centres)));
            holders.extend_from_slice(&part.holders);
        }
        Self {
            sizes,
            holders,
            stars,
        }
    }

    /// All candidate pairs, by the later article, then the earlier.
    pub fn pairs(&self, threshold: Threshold) -> Vec<Pair> {
        let ranges = rayon::current_num_threads().clamp(1, MOST_RANGES);
        let width = self.sizes.len().div_ceil(ranges).max(1);
        let firsts = (0..self.sizes.len()).into_par_iter().step_by(width);
        let blocks: Vec<Vec<Vec<Pair>>> = firsts
            .map(|first| {
                let articles = width.min(self.sizes.len() - first);
                let index = Index::of(&self.holders, first, articles);
                self.blocks(&index, articles, threshold)
            })
            .collect();
        blocks.concat().concat()
    }

    /// The pairs of the articles of one range with earlier ones, block by block.
    fn blocks(&self, index: &Index, articles: usize, threshold: Threshold) -> Vec<Vec<Pair>> {
        (0..articles.div_ceil(BLOCK))
            .into_par_iter()
            .map_init(
                || Counter::new(self.sizes.len()),
                |counter, block| {
                    let mut pairs = Vec::new();
                    for at in block * BLOCK..((block + 1) * BLOCK).min(articles) {
                        let article = (index.first + at) as u32;
                        self.pairs_of(
                            article,
                            index.lists(article),
                            threshold,
                            counter,
                            &mut pairs,
                        );
                    }
                    pairs
                },
            )
            .collect()
    }

    /// Tells every earlier article that one of its lists links `article` to, and the places of the hash in both.
    #[inline]
    fn linked(&self, article: u32, lists: &[InList], mut tell: impl FnMut(u32, u16, u16)) {
        self.fetch(lists);
        for &InList { marked, place } in lists {
            let mut start = marked;
            if marked & LAST != 0 {
                let (first, centres) = &self.stars[(marked & !LAST) as usize];
                start = *first;
                if centres.iter().all(|centre| centre.article() != article) {
                    for centre in centres.iter().filter(|centre| centre.article() < article) {
                        tell(centre.article(), place, centre.place);
                    }
                    continue;
                }
            }
            for holder in &self.holders[start as usize..] {
                if holder.article() >= article {
                    break;
                }
                tell(holder.article(), place, holder.place);
            }
        }
    }

    /// Brings the heads of lists into the cache, all at once: they lie anywhere, and each would be waited for.
    #[inline]
    fn fetch(&self, lists: &[InList]) {
        let plain = lists.iter().filter(|list| list.marked & LAST == 0);
        let heads = plain.map(|list| list.marked as usize);
        let read = heads.map(|start| self.holders[start].marked);
        std::hint::black_box(read.fold(0, |all, marked| all ^ marked));
    }

    /// The candidate pairs of one article with earlier ones: first how much each shares, which most fail by, then where.
    fn pairs_of(
        &self,
        article: u32,
        lists: &[InList],
        threshold: Threshold,
        counter: &mut Counter,
        pairs: &mut Vec<Pair>,
    ) {
        let Counter {
            hits,
            touched,
            shared,
        } = counter;
        self.linked(article, lists, |other, _, _| {
            let hits = &mut hits[other as usize];
            if *hits == 0 {
                touched.push(other);
            }
            *hits += 1;
        });
        let own = self.sizes[article as usize];
        touched.retain(|&other| {
            let slot = &mut hits[other as usize];
            let enough = threshold.enough(*slot, own, self.sizes[other as usize]);
            *slot = 0;
            enough
        });
        if touched.is_empty() {
            return;
        }
        touched.sort_unstable();
        // from here on `hits` says where an article's share is summed up
        for (&other, at) in touched.iter().zip(1..) {
            hits[other as usize] = at;
        }
        shared.clear();
        shared.resize(touched.len(), Shared::default());
        self.linked(article, lists, |other, place, other_place| {
            let at = hits[other as usize];
            if at > 0
                && let Some(shared) = shared.get_mut(at as usize - 1)
            {
                shared.count(place, other_place);
            }
        });
        for (&other, shared) in touched.iter().zip(&*shared) {
            hits[other as usize] = 0;
            let size = self.sizes[other as usize];
            if threshold.passes(shared, own, size) {
                let close = shared.hits * 2 >= own.kept.min(size.kept);
                pairs.push(Pair {
                    a: ArticleNo(article),
                    b: ArticleNo(other),
                    hits: shared.hits,
                    close,
                });
            }
        }
        touched.clear();
    }
}

/// What is shared with each earlier article; all zero between two articles.
struct Counter {
    hits: Vec<u32>,
    touched: Vec<u32>,
    shared: Vec<Shared>,
}

impl Counter {
    fn new(articles: usize) -> Self {
        Self {
            hits: vec![0; articles],
            touched: Vec::new(),
            shared: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Key;

    fn ranks(count: u64) -> Vec<Rank> {
        (0..count)
            .map(|n| Rank(n.wrapping_mul(0x9e37_79b9_7f4a_7c15), Key(n)))
            .collect()
    }

    fn kept(hash: u32, place: u32) -> Kept {
        Kept(u64::from(hash) << 32 | u64::from(place))
    }

    fn join(sketches: &[Vec<u32>]) -> Vec<(u32, u32, u32)> {
        let mut postings = Postings::default();
        for sketch in sketches {
            let kept: Vec<Kept> = sketch
                .iter()
                .zip(0..)
                .map(|(&hash, at)| kept(hash, at * 4))
                .collect();
            postings.push(&kept, kept.len() as u32 * 4);
        }
        let pairs = postings
            .seal(&ranks(sketches.len() as u64))
            .pairs(Threshold::default());
        pairs
            .into_iter()
            .map(|pair| (pair.a.0, pair.b.0, pair.hits))
            .collect()
    }

    #[test]
    fn two_shared_hashes_that_are_a_share_of_the_smaller_make_a_pair() {
        let sketch = |range: std::ops::Range<u32>| range.map(|n| n << 8).collect::<Vec<u32>>();
        assert_eq!(join(&[sketch(0..100), sketch(98..200)]), []);
        assert_eq!(
            join(&[
                sketch(0..100),
                sketch(85..200),
                sketch(300..310),
                sketch(85..99)
            ]),
            [(3, 0, 14), (3, 1, 14)]
        );
    }

    #[test]
    fn a_lone_short_passage_is_no_candidate_but_the_same_hashes_in_two_places_are() {
        let own = |from: u32| (from..from + 80).collect::<Vec<u32>>();
        let shared: Vec<u32> = (1000..1020).collect();
        assert_eq!(
            join(&[
                [own(1), shared.clone()].concat(),
                [own(200), shared.clone()].concat()
            ]),
            []
        );
        let parted = [shared[..10].to_vec(), own(200), shared[10..].to_vec()].concat();
        assert_eq!(join(&[[own(1), shared].concat(), parted]), [(1, 0, 20)]);
    }

    #[test]
    fn a_long_list_links_every_holder_to_its_centres_and_no_more() {
        let sketches: Vec<Vec<u32>> = (0..1000u32).map(|n| vec![1, 2, 3, 1000 + n]).collect();
        let pairs = join(&sketches);
        // four centres with everybody, themselves once
        assert_eq!(pairs.len(), 4 * 999 - 6);
        assert!(pairs.iter().all(|&(_, _, hits)| hits == 3));
        let linked: std::collections::HashSet<u32> =
            pairs.iter().flat_map(|&(a, b, _)| [a, b]).collect();
        assert_eq!(linked.len(), 1000);
    }
}
