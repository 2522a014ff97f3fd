//! The funnel: from the cheap comparison to the dear one, only as far as a pair needs.
//!
//! Exact set intersection and the runs behind it decide most pairs. What is left gets its sentences, quotations and
//! facts compared. A judge holds the buffers, so that a pair costs no allocation.

use std::cmp::Ordering;

use super::align::Chain;
use super::evidence::{Evidence, Scratch, compare_rest, complete, gather};
use super::passages::largest_passage;
use super::plain;
use super::prepared::Prepared;
use super::relation::{hinges_on_rest, hinges_on_sentences, relation};
use super::similarity::Overlap;
use super::thresholds::Thresholds;
use super::{Figures, Ratio, Relation, Verdict, Which};
use crate::text::document;

/// Judges pairs, one after another.
#[derive(Debug, Default)]
pub struct Judge {
    thresholds: Thresholds,
    overlap: Overlap,
    chain: Chain,
    scratch: Scratch,
}

impl Judge {
    /// A judge with these thresholds.
    pub fn new(thresholds: Thresholds) -> Self {
        Self {
            thresholds,
            ..Self::default()
        }
    }

    /// What `a` and `b` are to each other; `None`: neither is a copy of the other.
    pub fn verdict(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) -> Option<Verdict> {
        match order(a, b) {
            Ordering::Greater => self.ordered(b, a).map(Verdict::mirrored),
            _ => self.ordered(a, b),
        }
    }

    /// How much two bodies share, copies or not.
    pub fn figures(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) -> Figures {
        let (first, second) = match order(a, b) {
            Ordering::Greater => (b, a),
            _ => (a, b),
        };
        self.measure(first, second);
        let figures = self.figures_of(first, second);
        match order(a, b) {
            Ordering::Greater => figures.mirrored(),
            _ => figures,
        }
    }

    /// The words of `a` that stand in runs shared with `b`, and where they stand there.
    pub(super) fn shared_words(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) -> Vec<(u32, u32)> {
        let swapped = order(a, b) == Ordering::Greater;
        let (first, second) = if swapped { (b, a) } else { (a, b) };
        self.measure(first, second);
        let words = self.overlap.runs.iter().flat_map(|run| {
            let pair = |n| (run.a + n, run.b + n);
            (0..run.len).map(pair)
        });
        words
            .map(|(i, j)| if swapped { (j, i) } else { (i, j) })
            .collect()
    }

    /// All the evidence on a pair, with `a` and `b` as given.
    pub fn evidence(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) -> Evidence {
        let swapped = order(a, b) == Ordering::Greater;
        let (first, second) = if swapped { (b, a) } else { (a, b) };
        self.measure(first, second);
        let mut evidence = gather(first, second, &self.overlap, &mut self.scratch);
        compare_rest(first, second, &self.scratch, &mut evidence);
        complete(first, second, &mut self.scratch, &mut evidence);
        if swapped {
            Evidence {
                a: evidence.b,
                b: evidence.a,
                ..evidence
            }
        } else {
            evidence
        }
    }

    /// The verdict on a pair that stands in the order of [`order`].
    fn ordered(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) -> Option<Verdict> {
        if a.same_tokens(b) {
            return (!a.is_empty()).then(|| same(a, b));
        }
        self.overlap.measure(a, b);
        if !self.worth_a_look(a) {
            return None;
        }
        self.overlap.sort();
        let (relation, longer) = match plain::relation(&self.overlap, a, b) {
            Some(relation) if a.len() > b.len() => (relation, Which::A),
            Some(relation) => (relation, Which::B),
            None => {
                let mut evidence = gather(a, b, &self.overlap, &mut self.scratch);
                if hinges_on_rest(&evidence, &self.thresholds) {
                    compare_rest(a, b, &self.scratch, &mut evidence);
                }
                if hinges_on_sentences(&evidence, &self.thresholds) {
                    complete(a, b, &mut self.scratch, &mut evidence);
                }
                (relation(&evidence, &self.thresholds)?, longer(&evidence))
            }
        };
        self.chain.build(&self.overlap.runs);
        let directed = matches!(relation, Relation::Excerpt | Relation::Update);
        Some(Verdict {
            relation,
            holds: directed.then_some(longer),
            figures: self.figures_of(a, b),
        })
    }

    /// Whether the runs that `a` shares can be more than a common phrase or one borrowed passage.
    fn worth_a_look(&self, a: &Prepared<'_>) -> bool {
        let all = a.shingles().max(1);
        if u64::from(self.overlap.shared) * 1000 < u64::from(self.thresholds.floor) * u64::from(all)
        {
            return false;
        }
        let (passages, words) = largest_passage(&self.overlap.runs);
        passages > 1
            || u64::from(words) * 1000 >= u64::from(self.thresholds.look) * a.tokens.len() as u64
    }

    fn measure(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) {
        self.overlap.measure(a, b);
        self.overlap.sort();
        self.chain.build(&self.overlap.runs);
    }

    fn figures_of(&self, a: &Prepared<'_>, b: &Prepared<'_>) -> Figures {
        let verbatim = |all: usize| Ratio {
            of: self.chain.words,
            all: all as u32,
        };
        Figures {
            jaccard: self.overlap.jaccard(a, b),
            containment: self.overlap.containment(a, b),
            verbatim_a: verbatim(a.tokens.len()),
            verbatim_b: verbatim(b.tokens.len()),
        }
    }
}

/// The order in which a pair is compared, so that the result cannot depend on who is called `a`.
fn order(a: &Prepared<'_>, b: &Prepared<'_>) -> Ordering {
    let key = |p: &Prepared<'_>| (p.shingles(), p.tokens.len());
    key(a)
        .cmp(&key(b))
        .then_with(|| a.content().cmp(&b.content()))
        .then_with(|| a.body.cmp(b.body))
        .then_with(|| a.title.cmp(&b.title))
}

/// The side with more prose.
fn longer(evidence: &Evidence) -> Which {
    if evidence.a.prose > evidence.b.prose {
        Which::A
    } else {
        Which::B
    }
}

/// The verdict on two bodies with the same tokens.
fn same(a: &Prepared<'_>, b: &Prepared<'_>) -> Verdict {
    let all = |all: usize| Ratio {
        of: all as u32,
        all: all as u32,
    };
    let shingles = all(a.shingles() as usize);
    let retitled = match (a.title, b.title) {
        (Some(one), Some(other)) => !same_title(one, other),
        _ => false,
    };
    Verdict {
        relation: if retitled {
            Relation::Copy
        } else {
            Relation::Identical
        },
        holds: None,
        figures: Figures {
            jaccard: shingles,
            containment: shingles,
            verbatim_a: all(a.tokens.len()),
            verbatim_b: all(b.tokens.len()),
        },
    }
}

/// Whether two titles have the same words.
fn same_title(a: &str, b: &str) -> bool {
    let words = |title| document(title).tokens.into_iter().map(|t| t.hash);
    a == b || words(a).eq(words(b))
}
