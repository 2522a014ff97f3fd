//! Stage `articles`: whatever wirefold reads → articles, each in the bucket of its rank.
//!
//! Ranks are hashes, so buckets of equal width hold about equally many; and buckets in order are ranks in order, which
//! lets the next stage number all articles of a corpus by rank. Headlines share one body, so they go by their keys.

use std::io;

use super::ids::Claims;
use super::record;
use super::stream::{Kind, Line, Sink};
use crate::article::{Rank, SkipReason, Skipped};
use crate::intake::Batch;
use crate::report::json::Json;

/// What is counted of the inputs.
#[derive(Debug)]
pub struct Read {
    buckets: u32,
    pages: u64,
    furniture: u64,
    skipped: u64,
    unreadable: u64,
    ids: Claims,
}

impl Read {
    /// Nothing yet; articles go to so many buckets.
    pub fn new(buckets: u32) -> Self {
        Self {
            buckets,
            pages: 0,
            furniture: 0,
            skipped: 0,
            unreadable: 0,
            ids: Claims::new(Kind::Id, buckets),
        }
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// What the sink reports.
    pub fn batch(&mut self, batch: &Batch, sink: &mut Sink<'_>) -> io::Result<()> {
        self.pages += batch.pages;
        self.furniture += batch.furniture;
        let mut text = Vec::new();
        for article in &batch.articles {
            text.clear();
            record::write(article, std::slice::from_ref(&article.place), &mut text)?;
            let rank = article.rank();
            let kind = if article.body.is_empty() {
                Kind::Headline
            } else {
                Kind::Article
            };
            let headline = kind == Kind::Headline;
            let bucket = bucket(rank, headline, self.buckets);
            let order = order(rank);
            sink.line(Line {
                kind,
                bucket,
                order: &order,
                payload: &text,
            })?;
            self.ids.claim(&article.id, rank, headline, sink)?;
        }
        for skipped in &batch.skipped {
            self.skip(skipped, sink)?;
        }
        Ok(())
    }

    /// Writes what gave no article.
    ///
    /// # Errors
    /// What the sink reports.
    pub fn skip(&mut self, skipped: &Skipped, sink: &mut Sink<'_>) -> io::Result<()> {
        self.skipped += 1;
        self.unreadable += u64::from(matches!(skipped.reason, SkipReason::Input(_)));
        let mut text = Vec::new();
        let mut json = Json::new(&mut text);
        json.open('{');
        json.string("source", &skipped.place.source);
        json.value("offset", skipped.place.offset);
        json.string("reason", skipped.reason.message());
        json.close('}');
        json.finish()?;
        sink.line(Line {
            kind: Kind::Skipped,
            bucket: 0,
            order: "",
            payload: &text,
        })
    }

    /// Writes the counts.
    ///
    /// # Errors
    /// What the sink reports.
    pub fn finish(self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.ids.finish(sink)?;
        sink.counts(&[
            ("pages", self.pages),
            ("furniture", self.furniture),
            ("skipped", self.skipped),
            // inputs that were not read to their ends
            ("unreadable", self.unreadable),
        ])
    }
}

/// The bucket of an article.
pub(super) fn bucket(rank: Rank, headline: bool, buckets: u32) -> u64 {
    share(if headline { rank.1.0 } else { rank.0 }, buckets)
}

/// The bucket of a hash among buckets of equal width; ascends with the hash.
pub(super) fn share(hash: u64, buckets: u32) -> u64 {
    ((u128::from(hash) * u128::from(buckets)) >> 64) as u64
}

/// A rank as text that sorts as ranks do.
pub(super) fn order(Rank(content, key): Rank) -> String {
    format!("{content:016x}{key}")
}
