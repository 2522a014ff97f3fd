//! Stage `compare`: the pairs of a block with its articles → matches, by the core's verdict.

use std::io;

use super::pack::{Packed, put};
use super::record;
use super::stream::{Ascending, Kind, Line, Lines, Sink, bad, unpacked};
use crate::article::{Article, ArticleNo};
use crate::fold::{may_match, prepared};
use crate::verify::{Judge, Match, Prepared, Ratio, Relation, Thresholds};

/// Bytes that make a line.
const LINE: usize = 48 << 10;

/// Runs the stage; articles further apart than `window` seconds do not match.
///
/// # Errors
/// When the lines are not sorted, an article is missing, or they cannot be read or written.
pub fn compare(lines: &mut Lines<'_>, window: Option<i64>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut stage = Stage {
        judge: Judge::new(Thresholds::default()),
        window,
        articles: Vec::new(),
        pairs: Vec::new(),
        line: Vec::new(),
        counts: [0; 2],
    };
    let mut ascending = Ascending::default();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Member | Kind::Pairs => {
                if ascending.enters(line.bucket)? {
                    stage.block(sink)?;
                }
                stage.take(line)?;
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    stage.block(sink)?;
    if !stage.line.is_empty() {
        sink.packed(Kind::Matches, 0, &stage.line)?;
    }
    let [compared, matches] = stage.counts;
    sink.counts(&[("compared", compared), ("matches", matches)])
}

struct Stage {
    judge: Judge,
    window: Option<i64>,
    articles: Vec<(u32, Article)>,
    pairs: Vec<(u32, u32)>,
    line: Vec<u8>,
    /// compared, matches
    counts: [u64; 2],
}

impl Stage {
    fn take(&mut self, line: Line<'_>) -> io::Result<()> {
        if line.kind == Kind::Member {
            let number = number(line.order)?;
            self.articles.push((number, record::read(line.payload)?.0));
            return Ok(());
        }
        let bytes = unpacked(line.payload)?;
        let mut packed = Packed(&bytes);
        while !packed.is_empty() {
            self.pairs.push((packed.u32()?, packed.u32()?));
        }
        Ok(())
    }

    /// The block is complete.
    fn block(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut articles = std::mem::take(&mut self.articles);
        articles.sort_by_key(|&(number, _)| number);
        articles.dedup_by_key(|&mut (number, _)| number);
        let prepared: Vec<Prepared<'_>> = articles
            .iter()
            .map(|(_, article)| prepared(article, &article.body))
            .collect();
        let find = |number: u32| {
            let at = articles
                .binary_search_by_key(&number, |&(number, _)| number)
                .map_err(|_| bad(format!("article {number} of a pair is not in its block")))?;
            articles
                .get(at)
                .zip(prepared.get(at))
                .ok_or_else(|| bad("no article"))
        };
        for (a, b) in std::mem::take(&mut self.pairs) {
            let ((_, first), prepared_a) = find(a)?;
            let ((_, second), prepared_b) = find(b)?;
            if !may_match(first, second, self.window) {
                continue;
            }
            self.counts[0] += 1;
            if let Some(verdict) = self.judge.verdict(prepared_a, prepared_b) {
                self.counts[1] += 1;
                put_match(&mut self.line, &verdict.between(ArticleNo(a), ArticleNo(b)));
            }
            if self.line.len() >= LINE {
                sink.packed(Kind::Matches, 0, &self.line)?;
                self.line.clear();
            }
        }
        Ok(())
    }
}

/// The number that a member's line says in its order.
pub(super) fn number(order: &str) -> io::Result<u32> {
    order
        .parse()
        .map_err(|_| bad(format!("no article's number: \"{order}\"")))
}

/// Packs a match.
pub(super) fn put_match(line: &mut Vec<u8>, m: &Match) {
    let relation = Relation::ALL
        .iter()
        .position(|&relation| relation == m.relation)
        .unwrap_or_default();
    for value in [m.a.0, m.b.0, relation as u32] {
        put(line, u64::from(value));
    }
    for ratio in [m.jaccard, m.containment, m.verbatim_a, m.verbatim_b] {
        put(line, u64::from(ratio.of));
        put(line, u64::from(ratio.all));
    }
}

/// Unpacks a match.
pub(super) fn match_of(packed: &mut Packed<'_>) -> io::Result<Match> {
    let (a, b) = (ArticleNo(packed.u32()?), ArticleNo(packed.u32()?));
    let relation = *Relation::ALL
        .get(packed.u32()? as usize)
        .ok_or_else(|| bad("no relation"))?;
    let mut ratio = || -> io::Result<Ratio> {
        Ok(Ratio {
            of: packed.u32()?,
            all: packed.u32()?,
        })
    };
    Ok(Match {
        a,
        b,
        relation,
        jaccard: ratio()?,
        containment: ratio()?,
        verbatim_a: ratio()?,
        verbatim_b: ratio()?,
    })
}
