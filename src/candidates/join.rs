//! The join over a sealed index: article by article it counts how many lists each shares with every earlier one, and
//! where. The articles are cut into ranges, which are indexed and joined side by side.

use rayon::prelude::*;

use super::arrange::arranged;
use super::counter::{Counter, need};
use super::postings::{Holder, LAST, Lists, Long};
use super::star::{CENTRES, STAR};
use super::{Pair, Shared, Size, Threshold};
use crate::article::ArticleNo;

/// The sealed index.
#[derive(Debug)]
pub struct Join {
    sizes: Vec<Size>,
    /// Holders of all lists, one list after another, each ascending, by their first holders.
    holders: Vec<Holder>,
    /// The long lists.
    stars: Vec<Long>,
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

/// In which lists each article of a range stands behind another one.
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
        // the first holder of a list has no earlier one to be linked to
        let mut is_first = true;
        for holder in holders {
            if !is_first && let Some(count) = starts[1..].get_mut(own(holder)) {
                *count += 1;
            }
            is_first = holder.is_last();
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
            for holder in &list[1..] {
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
    pub(super) fn new(parts: &[Lists], sizes: Vec<Size>) -> Self {
        let (holders, stars) = arranged(parts, sizes.len());
        Self {
            sizes,
            holders,
            stars,
        }
    }

    /// The hashes that are held by so many that they link them to a few centres only, with these: articles, and where the
    /// hash stands in them; by hash.
    pub fn stars(&self) -> impl Iterator<Item = (u32, [(ArticleNo, u16); CENTRES])> {
        let centre = |holder: Holder| (ArticleNo(holder.article()), holder.place);
        let mut stars: Vec<&Long> = self.stars.iter().collect();
        stars.sort_unstable_by_key(|star| star.hash);
        stars
            .into_iter()
            .map(move |star| (star.hash, star.centres.map(centre)))
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
        let needs: Vec<u16> = self
            .sizes
            .iter()
            .map(|&size| need(threshold, size))
            .collect();
        (0..articles.div_ceil(BLOCK))
            .into_par_iter()
            .map_init(
                || Counter::new(&self.sizes),
                |counter, block| {
                    let mut pairs = Vec::new();
                    for at in block * BLOCK..((block + 1) * BLOCK).min(articles) {
                        let article = (index.first + at) as u32;
                        self.found(article, index.lists(article), &needs, counter);
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
        for &InList { marked, place } in lists {
            let mut start = marked;
            if marked & LAST != 0 {
                let Long {
                    start: first,
                    centres,
                    ..
                } = &self.stars[(marked & !LAST) as usize];
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
        let last = self.holders.len().saturating_sub(1);
        let plain = lists.iter().filter(|list| list.marked & LAST == 0);
        let read = plain.map(|list| {
            let head = list.marked as usize;
            let further = (head + A_LINE).min(last);
            self.holders[head].marked ^ self.holders[further].marked
        });
        std::hint::black_box(read.fold(0, |all, marked| all ^ marked));
    }

    /// Finds the earlier articles that share enough with one, wherever.
    fn found(&self, article: u32, lists: &[InList], needs: &[u16], counter: &mut Counter) {
        self.fetch(lists);
        let own = needs[article as usize];
        let base = counter.begin();
        let Counter { marks, touched, .. } = counter;
        touched.clear();
        self.linked(article, lists, |other, _, _| {
            let mark = &mut marks[other as usize];
            // one more than in this round before, without a jump
            *mark = (*mark).max(base) + 1;
            // most never get there
            if *mark - base == u32::from(own.min(needs[other as usize])) {
                touched.push(other);
            }
        });
        touched.sort_unstable();
    }

    /// The candidate pairs of one article with those of the earlier ones that were found: where it is that they share.
    fn pairs_of(
        &self,
        article: u32,
        lists: &[InList],
        threshold: Threshold,
        counter: &mut Counter,
        pairs: &mut Vec<Pair>,
    ) {
        let touched = std::mem::take(&mut counter.touched);
        let own = self.sizes[article as usize];
        for touched in touched.chunks(counter.most()) {
            let base = counter.begin();
            let Counter { marks, shared, .. } = &mut *counter;
            // from here on a mark says where an article's share is summed up
            for (&other, at) in touched.iter().zip(base..) {
                marks[other as usize] = at;
            }
            shared.clear();
            shared.resize(touched.len(), Shared::default());
            self.linked(article, lists, |other, place, other_place| {
                let at = marks[other as usize].wrapping_sub(base);
                if let Some(shared) = shared.get_mut(at as usize) {
                    shared.count(place, other_place);
                }
            });
            for (&other, shared) in touched.iter().zip(&*shared) {
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
        }
        counter.touched = touched;
    }
}

/// Holders in a line of the cache, about.
const A_LINE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Key, Rank};
    use crate::candidates::Postings;
    use crate::sketch::Kept;

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
