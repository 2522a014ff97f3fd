//! Words that several reports of one event quote: speech between quotation marks of any language.

use std::collections::BTreeSet;

use super::differences::Report;
use crate::article::Key;
use crate::text::{Token, quotations};

/// Tokens that a quotation has at least: shorter ones are names and phrases.
const LEAST: usize = 5;

/// Quotations of one report that are looked at.
const MOST: usize = 32;

/// A quotation that several reports have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SharedQuote {
    /// The longest form of it, without the marks.
    pub text: String,
    /// The stories that quote it, in the order given.
    pub stories: Vec<Key>,
}

struct Quote<'a> {
    report: usize,
    text: &'a str,
    /// Pairs of neighbouring tokens.
    pairs: BTreeSet<(u64, u64)>,
}

impl Quote<'_> {
    /// Whether two quotations are the same words, one perhaps shortened.
    fn is(&self, other: &Self) -> bool {
        let common = self.pairs.intersection(&other.pairs).count();
        common * 10 >= self.pairs.len().min(other.pairs.len()) * 7
    }
}

/// Quotations of two reports or more, those of most reports first.
///
/// `tokens` are those of each report's body.
pub(super) fn shared(
    reports: &[Report<'_>],
    tokens: &[Vec<Token>],
    most: usize,
) -> Vec<SharedQuote> {
    let mut groups: Vec<Vec<Quote<'_>>> = Vec::new();
    for (at, (report, tokens)) in reports.iter().zip(tokens).enumerate() {
        for quote in read(at, report.body, tokens) {
            match groups
                .iter_mut()
                .find(|group| group.iter().any(|one| one.is(&quote)))
            {
                Some(group) => group.push(quote),
                None => groups.push(vec![quote]),
            }
        }
    }
    let mut found: Vec<SharedQuote> = groups
        .iter()
        .filter_map(|group| {
            let who: BTreeSet<usize> = group.iter().map(|quote| quote.report).collect();
            let longest = group
                .iter()
                .max_by_key(|quote| (quote.pairs.len(), std::cmp::Reverse(quote.report)))?;
            (who.len() > 1).then(|| SharedQuote {
                text: longest.text.to_owned(),
                stories: who.iter().map(|&at| reports[at].id).collect(),
            })
        })
        .collect();
    // stable: the order of the reports decides among equals
    found.sort_by_key(|quote| std::cmp::Reverse(quote.stories.len()));
    found.truncate(most);
    found
}

fn read<'a>(report: usize, body: &'a str, tokens: &[Token]) -> Vec<Quote<'a>> {
    let place = |byte: u32| tokens.partition_point(|token| token.start < byte);
    let quote = |range: std::ops::Range<u32>| {
        let inside = tokens.get(place(range.start)..place(range.end))?;
        let inside: Vec<u64> = inside.iter().map(|token| token.hash).collect();
        let text = body.get(range.start as usize..range.end as usize)?;
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        (inside.len() >= LEAST).then(|| Quote {
            report,
            text,
            pairs: inside.windows(2).map(|pair| (pair[0], pair[1])).collect(),
        })
    };
    quotations(body)
        .into_iter()
        .take(MOST)
        .filter_map(quote)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::document;

    #[test]
    fn the_same_words_quoted_twice_are_shared_even_if_shortened() {
        let bodies = [
            "\"We will rebuild every single house before the snow comes,\" said Ilse Morrin.",
            "Morrin promised: “We will rebuild every single house.” Then she left for Tarsk.",
            "\"Nobody told us that the wall was weak,\" a mason said.",
        ];
        let reports: Vec<Report<'_>> = bodies
            .iter()
            .enumerate()
            .map(|(id, body)| Report {
                id: Key(id as u64),
                title: None,
                body,
                source: None,
                published: None,
            })
            .collect();
        let tokens: Vec<_> = bodies.iter().map(|body| document(body).tokens).collect();
        let found = shared(&reports, &tokens, 5);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].stories, [Key(0), Key(1)]);
        assert!(found[0].text.ends_with("before the snow comes"));
    }
}
