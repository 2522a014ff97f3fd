//! Gathers articles: one entry for equal keys, its sketch in the index, its text in the spool.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Bodies, Counts, Member, Settings, Spool, sighting};
use crate::article::{Article, ArticleNo, Place, Rank, Skipped};
use crate::buffers::{self, Pool};
use crate::candidates::{self, Linker, MOST_ARTICLES, Pair, Postings, Stretch};
use crate::input::Warning;
use crate::intake::Batch;
use crate::sketch::{Kept, Sketcher};

/// One article of a batch, without its body.
#[derive(Debug)]
struct Item {
    article: Article,
    rank: Rank,
    body: u32,
    kept: u32,
    tokens: u32,
}

/// A batch with its sketches.
#[derive(Debug, Default)]
pub struct Sketched {
    items: Vec<Item>,
    /// All sketches, one after another.
    kept: Vec<Kept>,
    /// All bodies, one after another.
    bodies: Vec<u8>,
    skipped: Vec<Skipped>,
    counts: Counts,
    /// What should be told.
    pub warnings: Vec<Warning>,
    /// Bytes of input.
    pub bytes: u64,
}

/// Bytes of text for each hash that a sketch keeps, about.
const BYTES_A_HASH: usize = 20;

/// Those of batches that were taken.
static SKETCHES: Pool<Kept> = Pool::new();

/// Sketches a batch: the work that is done in parallel.
pub fn sketched(batch: Batch) -> Sketched {
    let mut sketcher = Sketcher::default();
    let mut sketched = Sketched {
        skipped: batch.skipped,
        warnings: batch.warnings,
        counts: Counts {
            pages: batch.pages,
            furniture: batch.furniture,
            ..Counts::default()
        },
        bytes: batch.bytes,
        ..Sketched::default()
    };
    let bodies = batch.articles.iter().map(|article| article.body.len());
    let bytes = bodies.sum();
    sketched.bodies = buffers::take(bytes);
    sketched.kept = SKETCHES.take(bytes / BYTES_A_HASH);
    for mut article in batch.articles {
        let body = std::mem::take(&mut article.body);
        let before = sketched.kept.len();
        sketched.kept.extend_from_slice(sketcher.sketch(&body));
        let kept = sketched.kept.len() - before;
        sketched.bodies.extend_from_slice(body.as_bytes());
        article.words = sketcher.words();
        let rank = Rank(xxh3_64(body.as_bytes()), article.key);
        let (body, kept) = (body.len() as u32, kept as u32);
        sketched.items.push(Item {
            article,
            rank,
            body,
            kept,
            tokens: sketcher.tokens(),
        });
    }
    sketched
}

/// Takes sketched batches in the order of the input.
#[derive(Debug)]
pub struct Folder {
    pub(super) settings: Settings,
    pub(super) members: Vec<Member>,
    pub(super) ranks: Vec<Rank>,
    pub(super) texts: Texts,
    pub(super) postings: Postings,
    pub(super) skipped: Vec<Skipped>,
    pub(super) counts: Counts,
    by_key: HashMap<u64, u32>,
}

impl Folder {
    /// An empty one.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            members: Vec::new(),
            ranks: Vec::new(),
            texts: Texts::default(),
            postings: Postings::default(),
            skipped: Vec::new(),
            counts: Counts::default(),
            by_key: HashMap::new(),
        }
    }

    /// Takes the next batch, or what gave none.
    ///
    /// # Errors
    /// When texts cannot be spooled, or there are more articles than one fold can hold.
    pub fn take(&mut self, batch: Result<Sketched, Skipped>) -> io::Result<()> {
        let batch = match batch {
            Ok(batch) => batch,
            Err(skipped) => {
                self.skipped.push(skipped);
                return Ok(());
            }
        };
        self.skipped.extend(batch.skipped);
        self.counts.pages += batch.counts.pages;
        self.counts.furniture += batch.counts.furniture;
        let mut offset = self.texts.spool.append(batch.bodies)?;
        let mut kept = &batch.kept[..];
        for item in batch.items {
            let (sketch, rest) = kept.split_at(item.kept as usize);
            kept = rest;
            let body = item.body;
            self.take_item(item, sketch, offset)?;
            offset += u64::from(body);
        }
        SKETCHES.give(batch.kept);
        Ok(())
    }

    fn take_item(&mut self, item: Item, sketch: &[Kept], offset: u64) -> io::Result<()> {
        let number = self.members.len() as u32;
        let known = *self.by_key.entry(item.article.key.0).or_insert(number);
        if known != number {
            self.counts.seen_again += 1;
            sighting::merge(&mut self.members[known as usize], item.article);
            return Ok(());
        }
        if self.members.len() == MOST_ARTICLES {
            return Err(io::Error::other(
                "more than 67 million articles: fold them on a cluster (wirefold spark)",
            ));
        }
        // the text of a headline is empty: it stands in no list
        self.postings.push(sketch, item.tokens);
        self.ranks.push(item.rank);
        self.texts.places.push((offset, item.body));
        let seen = vec![item.article.place.clone()];
        self.members.push(Member {
            article: item.article,
            seen,
            roundup: false,
            story: None,
        });
        Ok(())
    }

    /// Takes an article that is merged and settled, with its places and its body; it is not sketched.
    ///
    /// # Errors
    /// When its text cannot be spooled.
    pub fn hold(&mut self, mut article: Article, seen: Vec<Place>) -> io::Result<ArticleNo> {
        let rank = article.rank();
        let body = std::mem::take(&mut article.body);
        let len = body.len() as u32;
        let offset = self.texts.spool.append(body.into_bytes())?;
        self.ranks.push(rank);
        self.texts.places.push((offset, len));
        self.members.push(Member {
            article,
            seen,
            roundup: false,
            story: None,
        });
        Ok(ArticleNo(self.members.len() as u32 - 1))
    }

    /// An id that two different articles claim is replaced by the key in both.
    pub(super) fn settle_ids(&mut self) {
        let id = |member: &Member| xxh3_64(member.article.id.as_bytes());
        let claims: Vec<u64> = self.members.par_iter().map(id).collect();
        let mut twice = claims.clone();
        twice.par_sort_unstable();
        let mut seen = None;
        twice.retain(|claim| seen.replace(*claim) == Some(*claim));
        if twice.is_empty() {
            return;
        }
        for (member, claim) in self.members.iter_mut().zip(&claims) {
            if twice.binary_search(claim).is_ok() {
                member.article.id = member.article.key.to_string();
            }
        }
    }

    /// The candidate pairs whose times let them match.
    pub(super) fn pairs(&mut self) -> Vec<Pair> {
        let postings = std::mem::take(&mut self.postings);
        let (threshold, window) = (self.settings.candidates, self.settings.window);
        if window.is_none() {
            return postings.seal(&self.ranks).pairs(threshold);
        }
        let sizes = postings.sizes().to_vec();
        let articles = self.members.iter().zip(&self.ranks).zip(sizes).zip(0..);
        let focus: Vec<Option<candidates::Sketched>> = articles
            .map(|(((member, &rank), size), no)| {
                Some(candidates::Sketched {
                    no,
                    rank,
                    size,
                    stretch: stretch(&member.article, window),
                })
            })
            .collect();
        let mut pairs = Linker::of(postings, &focus)
            .join(threshold, &|_| false)
            .pairs;
        let article = |no: ArticleNo| &self.members[no.index()].article;
        pairs.retain(|pair| may_match(article(pair.a), article(pair.b), window));
        pairs
    }
}

/// Whether two articles lie within so many seconds of each other. One without a time uses its fetch time, else it may
/// match all.
pub fn may_match(a: &Article, b: &Article, window: Option<i64>) -> bool {
    let Some(window) = window else { return true };
    match (a.time(), b.time()) {
        (Some(a), Some(b)) => i64::try_from(a.abs_diff(b)).is_ok_and(|apart| apart <= window),
        _ => true,
    }
}

/// The stretch of time that an article is linked in.
pub fn stretch(article: &Article, window: Option<i64>) -> Stretch {
    Stretch::of(article.time(), window)
}

/// The texts of the articles, by their numbers.
#[derive(Debug, Default)]
pub struct Texts {
    spool: Spool,
    /// Offset and length of each.
    places: Vec<(u64, u32)>,
}

impl Texts {
    /// Offset and length of a text.
    fn place(&self, no: ArticleNo) -> io::Result<(u64, u32)> {
        let place = self.places.get(no.index()).copied();
        place.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Whether an article has a body.
    pub(super) fn has_body(&self, no: ArticleNo) -> bool {
        self.places.get(no.index()).is_some_and(|&(_, len)| len > 0)
    }
}

impl Bodies for Texts {
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>> {
        let (offset, len) = self.place(no)?;
        self.spool.read(offset, len)
    }

    fn each(
        &self,
        numbers: &[ArticleNo],
        room: &mut Vec<u8>,
        tell: &mut dyn FnMut(usize, &str),
    ) -> io::Result<()> {
        let places = numbers.iter().map(|&no| self.place(no));
        let places = places.collect::<io::Result<Vec<_>>>()?;
        self.spool.each(&places, room, tell)
    }
}
