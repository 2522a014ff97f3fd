//! The inverted index in memory: eight bytes a kept hash while it is filled, about as much again while it is joined.
//!
//! Filled in any order; hashes that stand in one article only are dropped when it is sealed. The join goes article by
//! article and counts, for each, how many lists it shares with every earlier one.

use rayon::prelude::*;

use super::star::{CENTRES, STAR, centres};
use super::{Pair, Threshold};
use crate::article::{ArticleNo, Rank};

/// Kept hashes are spread over parts by their upper bits; with the usual scale the first quarter of them fills up.
const PARTS: usize = 1024;

/// Which article holds which hash.
#[derive(Debug)]
pub struct Postings {
    /// `hash << 32 | article`, by the upper ten bits of the hash.
    parts: Vec<Vec<u64>>,
    /// Size of each article's sketch.
    sizes: Vec<u32>,
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
    /// Adds the next article's sketch.
    pub fn push(&mut self, sketch: &[u32]) {
        let article = self.sizes.len() as u64;
        for &hash in sketch {
            self.parts[(hash >> 22) as usize].push(u64::from(hash) << 32 | article);
        }
        self.sizes.push(sketch.len() as u32);
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
        let lists: Vec<Lists> = self.parts.into_par_iter().map(Lists::of).collect();
        Join::new(&lists, self.sizes, ranks)
    }
}

/// The lists of one part that hold two articles or more.
struct Lists {
    members: Vec<u32>,
    /// Where each list ends in `members`.
    ends: Vec<u32>,
}

impl Lists {
    fn of(mut postings: Vec<u64>) -> Self {
        postings.sort_unstable();
        postings.dedup();
        let mut lists = Self {
            members: Vec::new(),
            ends: Vec::new(),
        };
        for list in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
            if list.len() > 1 {
                lists
                    .members
                    .extend(list.iter().map(|&posting| posting as u32));
                lists.ends.push(lists.members.len() as u32);
            }
        }
        lists.members.shrink_to_fit();
        lists
    }
}

/// The sealed index.
#[derive(Debug)]
pub struct Join {
    sizes: Vec<u32>,
    /// Holders of all lists, each list ascending.
    members: Vec<u32>,
    /// Where each list starts in `members`; one more at the end.
    starts: Vec<u32>,
    /// The lists that an article stands in: `lists[article_starts[a]..article_starts[a + 1]]`.
    lists: Vec<u32>,
    article_starts: Vec<u32>,
    /// Centres of the long lists, by list.
    stars: Vec<(u32, [u32; CENTRES])>,
}

impl Join {
    fn new(parts: &[Lists], sizes: Vec<u32>, ranks: &[Rank]) -> Self {
        let total = parts.iter().map(|part| part.members.len()).sum();
        let mut join = Self {
            members: Vec::with_capacity(total),
            starts: vec![0],
            lists: vec![0; total],
            article_starts: vec![0; sizes.len() + 1],
            stars: Vec::new(),
            sizes,
        };
        for part in parts {
            let base = join.members.len() as u32;
            join.members.extend_from_slice(&part.members);
            join.starts.extend(part.ends.iter().map(|end| base + end));
        }
        join.index_articles();
        join.stars = (0..join.starts.len() as u32 - 1)
            .into_par_iter()
            .filter(|&list| join.list(list).len() > STAR)
            .map(|list| {
                (
                    list,
                    centres(join.list(list), |article| ranks[article as usize]),
                )
            })
            .collect();
        join
    }

    /// Fills `lists` and `article_starts` by a counting sort.
    fn index_articles(&mut self) {
        for &article in &self.members {
            self.article_starts[article as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut self.article_starts {
            sum += *start;
            *start = sum;
        }
        let mut next = self.article_starts.clone();
        for list in 0..self.starts.len() as u32 - 1 {
            for at in self.starts[list as usize]..self.starts[list as usize + 1] {
                let slot = &mut next[self.members[at as usize] as usize];
                self.lists[*slot as usize] = list;
                *slot += 1;
            }
        }
    }

    fn list(&self, list: u32) -> &[u32] {
        &self.members[self.starts[list as usize] as usize..self.starts[list as usize + 1] as usize]
    }

    fn star(&self, list: u32) -> Option<&[u32; CENTRES]> {
        self.stars
            .binary_search_by_key(&list, |&(list, _)| list)
            .ok()
            .map(|at| &self.stars[at].1)
    }

    /// All candidate pairs, by the later article, then the earlier.
    pub fn pairs(&self, threshold: Threshold) -> Vec<Pair> {
        let block = 256;
        let blocks: Vec<Vec<Pair>> = (0..self.sizes.len().div_ceil(block))
            .into_par_iter()
            .map_init(
                || Counter {
                    hits: vec![0; self.sizes.len()],
                    touched: Vec::new(),
                },
                |counter, index| {
                    let mut pairs = Vec::new();
                    for article in index * block..((index + 1) * block).min(self.sizes.len()) {
                        self.pairs_of(article as u32, threshold, counter, &mut pairs);
                    }
                    pairs
                },
            )
            .collect();
        blocks.concat()
    }

    /// The candidate pairs of one article with earlier ones.
    fn pairs_of(
        &self,
        article: u32,
        threshold: Threshold,
        counter: &mut Counter,
        pairs: &mut Vec<Pair>,
    ) {
        let range = self.article_starts[article as usize] as usize
            ..self.article_starts[article as usize + 1] as usize;
        for &list in &self.lists[range] {
            let holders = self.list(list);
            let linked = if holders.len() > STAR {
                match self.star(list) {
                    Some(centres) if !centres.contains(&article) => &centres[..],
                    _ => holders,
                }
            } else {
                holders
            };
            for &other in linked.iter().take_while(|&&other| other < article) {
                counter.count(other);
            }
        }
        counter.touched.sort_unstable();
        for &other in &counter.touched {
            let hits = std::mem::take(&mut counter.hits[other as usize]);
            if threshold.passes(
                hits,
                self.sizes[article as usize],
                self.sizes[other as usize],
            ) {
                pairs.push(Pair {
                    a: ArticleNo(article),
                    b: ArticleNo(other),
                    hits,
                });
            }
        }
        counter.touched.clear();
    }
}

/// Shared lists with each earlier article; all zero between two articles.
struct Counter {
    hits: Vec<u32>,
    touched: Vec<u32>,
}

impl Counter {
    #[inline]
    fn count(&mut self, other: u32) {
        let hits = &mut self.hits[other as usize];
        if *hits == 0 {
            self.touched.push(other);
        }
        *hits += 1;
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

    fn join(sketches: &[Vec<u32>]) -> Vec<(u32, u32, u32)> {
        let mut postings = Postings::default();
        for sketch in sketches {
            postings.push(sketch);
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
            [(1, 0, 15), (3, 0, 14), (3, 1, 14)]
        );
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
