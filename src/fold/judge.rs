//! Verdicts on candidate pairs, in parallel. Each text is read and prepared once for all pairs of its neighbourhood, and
//! what is said of one text holds for every article that carries it word for word.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use rayon::prelude::*;

use super::{Bodies, Member};
use crate::article::{Article, ArticleNo};
use crate::candidates::Pair;
use crate::progress::Progress;
use crate::union::Components;
use crate::verify::{Judge, Match, Prepared, Thresholds};

/// Pairs that are judged in one go, at least, if so many are left: few enough for their texts to stay in the cache.
const BLOCK: usize = 64;

/// Pairs that are judged in one go, at most: bounds how many texts are in memory.
const MOST: usize = 1024;

/// The matches among `pairs`, in their order.
pub fn judge(
    pairs: &[Pair],
    members: &[Member],
    texts: &dyn Bodies,
    progress: &dyn Progress,
) -> io::Result<Vec<Match>> {
    let order = by_neighbourhood(pairs, members);
    let blocks: Vec<io::Result<Vec<Match>>> = blocks(&order)
        .into_par_iter()
        .with_max_len(4)
        .map_init(
            || Judge::new(Thresholds::default()),
            |judge, block| {
                let matches = judge_block(judge, block, members, texts);
                progress.advance(block.len() as u64);
                matches
            },
        )
        .collect();
    let mut matches = Vec::new();
    for block in blocks {
        matches.extend(block?);
    }
    Ok(matches)
}

/// Pairs with the number of their neighbourhood, so that those of articles that hang together closely follow each other.
///
/// A pair between two neighbourhoods is judged where the text is read anyway that costs more to prepare: in a true
/// neighbourhood rather than with a lone article, there with the longer text; of two lone ones, with that which stands in
/// more such pairs.
fn by_neighbourhood(pairs: &[Pair], members: &[Member]) -> Vec<(u32, Pair)> {
    let mut close = Components::default();
    for pair in pairs.iter().filter(|pair| pair.close) {
        close.join(pair.a.0, pair.b.0);
    }
    let mut stands_in = vec![(false, 0u32); members.len()];
    for no in pairs
        .iter()
        .flat_map(|pair| [(pair.a, pair.close), (pair.b, pair.close)])
    {
        if let Some((any_close, pairs)) = stands_in.get_mut(no.0.index()) {
            *any_close |= no.1;
            *pairs += 1;
        }
    }
    let weight = |no: ArticleNo| {
        let (any_close, pairs) = stands_in.get(no.index()).copied().unwrap_or_default();
        let words = members.get(no.index()).map_or(0, |m| m.article.words);
        (any_close, if any_close { 0 } else { pairs }, words, no.0)
    };
    let mut order: Vec<(u32, Pair)> = pairs
        .iter()
        .map(|pair| {
            let host = weight(pair.a).max(weight(pair.b)).3;
            (close.root(host), *pair)
        })
        .collect();
    order.par_sort_unstable_by_key(|(root, pair)| (*root, pair.a.0, pair.b.0));
    order
}

/// Cuts the pairs into blocks: between neighbourhoods where a block is large enough, within one that is too large.
fn blocks(order: &[(u32, Pair)]) -> Vec<&[(u32, Pair)]> {
    let mut blocks = Vec::new();
    let mut from = 0;
    for at in 1..=order.len() {
        let len = at - from;
        let bound = order.get(at).is_none_or(|next| next.0 != order[at - 1].0);
        if len >= BLOCK && bound || len >= MOST || at == order.len() {
            blocks.push(&order[from..at]);
            from = at;
        }
    }
    blocks
}

/// An article as a verdict needs it; its body is given apart.
pub fn prepared<'a>(article: &'a Article, body: &'a str) -> Prepared<'a> {
    Prepared::new(body, article.title.as_deref()).published_by(article.publisher.as_deref())
}

fn judge_block(
    judge: &mut Judge,
    block: &[(u32, Pair)],
    members: &[Member],
    texts: &dyn Bodies,
) -> io::Result<Vec<Match>> {
    let mut articles: Vec<u32> = block
        .iter()
        .flat_map(|(_, pair)| [pair.a.0, pair.b.0])
        .collect();
    articles.sort_unstable();
    articles.dedup();
    let bodies = articles
        .iter()
        .map(|&no| texts.body(ArticleNo(no)))
        .collect::<io::Result<Vec<_>>>()?;
    let article = |at: usize| &members[articles[at] as usize].article;
    let twins = twins(&bodies, &article);
    let prepared: Vec<Option<Prepared<'_>>> = (0..bodies.len())
        .map(|at| (twins[at] == at).then(|| prepared(article(at), &bodies[at])))
        .collect();
    let place = |no: ArticleNo| articles.binary_search(&no.0).ok().map(|at| twins[at]);
    let mut said = HashMap::new();
    let verdicts = block.iter().filter_map(|(_, pair)| {
        let (a, b) = (place(pair.a)?, place(pair.b)?);
        let verdict = *said.entry((a.min(b), a.max(b))).or_insert_with(|| {
            judge.verdict(prepared[a.min(b)].as_ref()?, prepared[a.max(b)].as_ref()?)
        });
        let verdict = if a > b { verdict?.mirrored() } else { verdict? };
        Some(verdict.between(pair.a, pair.b))
    });
    Ok(verdicts.collect())
}

/// For each body the first that a verdict cannot tell from it: the same text under the same title and publisher.
fn twins<'a>(bodies: &[Cow<'_, str>], article: &dyn Fn(usize) -> &'a Article) -> Vec<usize> {
    let key = |&at: &usize| {
        let Article {
            title, publisher, ..
        } = article(at);
        (&bodies[at], title, publisher)
    };
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut twins: Vec<usize> = (0..bodies.len()).collect();
    for same in order.chunk_by(|a, b| key(a) == key(b)) {
        for &at in same {
            twins[at] = same[0];
        }
    }
    twins
}
