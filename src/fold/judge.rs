//! Verdicts on candidate pairs, in parallel. Each text is read and prepared once for all pairs of its neighbourhood.

use std::io;

use rayon::prelude::*;

use super::{Bodies, Member};
use crate::article::ArticleNo;
use crate::candidates::Pair;
use crate::progress::Progress;
use crate::verify::{Judge, Match, Prepared, Thresholds};

/// Pairs that are judged in one go: bounds how many texts are in memory.
const BLOCK: usize = 1024;

/// The matches among `pairs`, in their order.
pub fn judge(
    pairs: &[Pair],
    members: &[Member],
    texts: &dyn Bodies,
    progress: &dyn Progress,
) -> io::Result<Vec<Match>> {
    let order = by_neighbourhood(pairs, members.len());
    let blocks: Vec<io::Result<Vec<Match>>> = order
        .par_chunks(BLOCK)
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

/// Pairs so that those of articles that hang together closely follow each other.
fn by_neighbourhood(pairs: &[Pair], articles: usize) -> Vec<Pair> {
    let mut roots: Vec<u32> = (0..articles as u32).collect();
    for pair in pairs.iter().filter(|pair| pair.close) {
        let (a, b) = (root(&mut roots, pair.a.0), root(&mut roots, pair.b.0));
        roots[a.max(b) as usize] = a.min(b);
    }
    let mut order = pairs.to_vec();
    order.sort_by_cached_key(|pair| (root(&mut roots, pair.a.0), pair.a.0, pair.b.0));
    order
}

fn root(roots: &mut [u32], mut node: u32) -> u32 {
    while roots[node as usize] != node {
        roots[node as usize] = roots[roots[node as usize] as usize];
        node = roots[node as usize];
    }
    node
}

fn judge_block(
    judge: &mut Judge,
    block: &[Pair],
    members: &[Member],
    texts: &dyn Bodies,
) -> io::Result<Vec<Match>> {
    let mut articles: Vec<u32> = block.iter().flat_map(|pair| [pair.a.0, pair.b.0]).collect();
    articles.sort_unstable();
    articles.dedup();
    let bodies = articles
        .iter()
        .map(|&no| texts.body(ArticleNo(no)))
        .collect::<io::Result<Vec<_>>>()?;
    let prepared: Vec<Prepared<'_>> = articles
        .iter()
        .zip(&bodies)
        .map(|(&no, body)| {
            let article = &members[no as usize].article;
            Prepared::new(body, article.title.as_deref()).published_by(article.publisher.as_deref())
        })
        .collect();
    let side = |no: ArticleNo| articles.binary_search(&no.0).ok().map(|at| &prepared[at]);
    let verdicts = block.iter().filter_map(|pair| {
        let verdict = judge.verdict(side(pair.a)?, side(pair.b)?)?;
        Some(verdict.between(pair.a, pair.b))
    });
    Ok(verdicts.collect())
}
