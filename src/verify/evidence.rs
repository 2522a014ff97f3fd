//! The dear comparison: what two bodies share when quoted speech is taken out, how their sentences fare, and whether
//! names and figures agree.
//!
//! All counts are integers. Made only for pairs that the cheap comparison leaves open.

use super::Ratio;
use super::kept::count_sentences;
use super::passages::passages;
use super::prepared::Prepared;
use super::rest::{Rest, replaced, rest};
use super::sentences::{Class, Detail, count};
use super::similarity::{Overlap, Run};
use super::slots::slots;

/// What is known of one side of a pair. Sentences, and names and figures of the side with more narration, are counted
/// only where a verdict hinges on them, and by [`Judge::evidence`](super::Judge::evidence).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Side {
    /// Words of the body.
    pub words: u32,
    /// Words of prose: without furniture, and of a repeated text only the first.
    pub prose: u32,
    /// Words of prose outside quotation marks.
    pub narration: u32,
    /// Words outside quotation marks, on both sides, that stand in a shared run.
    pub shared_narration: u32,
    /// Words in a shared run that stand in quotation marks on either side.
    pub shared_quotes: u32,
    /// Sentences of narration (most words outside quotation marks, at least five heavy words).
    pub sentences: u32,
    /// Those whose words stand mostly in shared runs.
    pub kept: u32,
    /// Those that are not kept but say most of what one sentence of the other says, in other words.
    pub reworded: u32,
    /// Different names.
    pub names: u32,
    /// Those that the other body has, too.
    pub shared_names: u32,
    /// Different figures.
    pub numbers: u32,
    /// Those that the other body has, too.
    pub shared_numbers: u32,
    /// Words of the lead that stand in shared runs.
    pub shared_lead: u32,
    /// Words of the lead: the first of the prose.
    pub lead: u32,
}

/// What is known of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// |A∩B| / |A∪B| over the sets of shingles.
    pub jaccard: Ratio,
    /// |A∩B| / min(|A|, |B|).
    pub containment: Ratio,
    /// The first body.
    pub a: Side,
    /// The second body.
    pub b: Side,
    /// Passages with narration in them: runs with little between them count as one.
    pub passages: u32,
    /// Words of the largest passage.
    pub largest: u32,
    /// Words of the longest single run.
    pub longest: u32,
    /// Places where one to four words of the one stand for one to four of the other between shared words.
    pub slots: u32,
    /// Those where names or figures stand on both sides, and differ.
    pub conflicts: u32,
    /// The same places inside longer stretches that are no more than a form, where single words are shared.
    pub blanks: u32,
    /// Those where names or figures stand on both sides, and differ.
    pub filled: u32,
    /// What both have in place of each other between the passages that they share.
    pub rest: Rest,
    /// Both were printed by the same publisher.
    pub one_publisher: bool,
    /// Words of the shorter headline that stand in the other, over all; 0 of 0 where one has none.
    pub headline: Ratio,
}

impl Evidence {
    /// Words of prose of the shorter side that are shared, narrated or quoted.
    pub(super) fn shared(&self) -> u32 {
        let side = self.shorter();
        side.shared_narration + side.shared_quotes
    }

    /// The side that has less prose.
    pub(super) fn shorter(&self) -> &Side {
        if self.b.prose < self.a.prose {
            &self.b
        } else {
            &self.a
        }
    }

    /// The side that has more prose.
    pub(super) fn longer(&self) -> &Side {
        if self.b.prose < self.a.prose {
            &self.a
        } else {
            &self.b
        }
    }

    /// The side that has less narration.
    pub(super) fn lesser(&self) -> &Side {
        if self.b.narration < self.a.narration {
            &self.b
        } else {
            &self.a
        }
    }
}

/// Words of a lead.
const LEAD: u32 = 60;

/// Buffers of [`gather`].
#[derive(Default, Debug)]
pub(super) struct Scratch {
    cover_a: Vec<Cover>,
    cover_b: Vec<Cover>,
    tally: Vec<u32>,
    seen: Vec<(u64, bool)>,
}

/// How a word is covered by shared runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Cover {
    #[default]
    No,
    Quoted,
    Narrated,
}

/// Gathers the evidence on a pair from the runs that it shares, which stand in the order of `a`.
pub(super) fn gather(
    a: &Prepared<'_>,
    b: &Prepared<'_>,
    overlap: &Overlap,
    scratch: &mut Scratch,
) -> Evidence {
    let runs = &overlap.runs;
    let (da, db) = (a.detail(), b.detail());
    cover(runs, da, db, scratch);
    let mut evidence = Evidence {
        a: side(da, &scratch.cover_a),
        b: side(db, &scratch.cover_b),
        jaccard: overlap.jaccard(a, b),
        containment: overlap.containment(a, b),
        one_publisher: a.publisher.is_some() && a.publisher == b.publisher,
        headline: headline(a, b),
        rest: Rest {
            replaced: replaced(runs, da, db),
            ..Rest::default()
        },
        longest: runs.iter().map(|run| run.len).max().unwrap_or(0),
        ..Evidence::default()
    };
    passages(runs, &scratch.cover_a, &mut evidence);
    slots(runs, (a, da), (b, db), &mut evidence);
    if evidence.b.narration < evidence.a.narration {
        count_facts(&mut evidence.b, b, &scratch.cover_b, a, &mut scratch.seen);
    } else {
        count_facts(&mut evidence.a, a, &scratch.cover_a, b, &mut scratch.seen);
    }
    evidence
}

/// Compares the words of what stands in place of each other, on the pair that was gathered last.
pub(super) fn compare_rest(
    a: &Prepared<'_>,
    b: &Prepared<'_>,
    scratch: &Scratch,
    evidence: &mut Evidence,
) {
    let side = (a, a.detail(), &scratch.cover_a[..]);
    let other = (b, b.detail(), &scratch.cover_b[..]);
    evidence.rest = rest(evidence.rest.replaced, side, other);
}

/// Adds to what was gathered last what most verdicts need not know: how sentences fare, and the facts of both sides.
pub(super) fn complete(
    a: &Prepared<'_>,
    b: &Prepared<'_>,
    scratch: &mut Scratch,
    evidence: &mut Evidence,
) {
    let (cover_a, cover_b) = (&scratch.cover_a, &scratch.cover_b);
    count_facts(&mut evidence.a, a, cover_a, b, &mut scratch.seen);
    count_facts(&mut evidence.b, b, cover_b, a, &mut scratch.seen);
    count_sentences(&mut evidence.a, a, cover_a, b, &mut scratch.tally);
    count_sentences(&mut evidence.b, b, cover_b, a, &mut scratch.tally);
}

/// How many words of the shorter headline stand in the other.
fn headline(a: &Prepared<'_>, b: &Prepared<'_>) -> Ratio {
    let (mut few, mut many) = (a.headline(), b.headline());
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    Ratio {
        of: few.iter().filter(|word| many.contains(word)).count() as u32,
        all: few.len() as u32,
    }
}

/// Marks the words of both sides that stand in shared runs.
fn cover(runs: &[Run], da: &Detail, db: &Detail, scratch: &mut Scratch) {
    for (cover, detail) in [(&mut scratch.cover_a, da), (&mut scratch.cover_b, db)] {
        cover.clear();
        cover.resize(detail.classes.len(), Cover::No);
    }
    for run in runs {
        let (i, j) = (
            run.a as usize..run.end_a() as usize,
            run.b as usize..run.end_b() as usize,
        );
        let (Some(ca), Some(cb)) = (da.classes.get(i.clone()), db.classes.get(j.clone())) else {
            continue;
        };
        let covers = scratch.cover_a[i].iter_mut().zip(&mut scratch.cover_b[j]);
        for ((&ca, &cb), (a, b)) in ca.iter().zip(cb).zip(covers) {
            let mark = if ca.or(cb).any(Class::QUOTED) {
                Cover::Quoted
            } else {
                Cover::Narrated
            };
            *a = if ca.any(Class::FURNITURE) { *a } else { mark };
            *b = if cb.any(Class::FURNITURE) { *b } else { mark };
        }
    }
}

/// The counts of one side that are a pass over its words.
fn side(detail: &Detail, cover: &[Cover]) -> Side {
    let classes = &detail.classes;
    let all = classes.len() as u32;
    let covered = |wanted: Cover| cover.iter().map(|&c| u32::from(c == wanted)).sum();
    let mut side = Side {
        words: all,
        prose: all - count(classes, Class::FURNITURE),
        narration: all - count(classes, Class::FURNITURE.or(Class::QUOTED)),
        shared_narration: covered(Cover::Narrated),
        shared_quotes: covered(Cover::Quoted),
        ..Side::default()
    };
    let prose = cover.iter().zip(classes);
    let prose = prose.filter(|(_, class)| !class.any(Class::FURNITURE));
    for (&cover, _) in prose.take(LEAD as usize) {
        side.lead += 1;
        side.shared_lead += u32::from(cover != Cover::No);
    }
    side
}

/// Counts the different names and figures in the prose of one side, and how many of them the other body has.
fn count_facts(
    side: &mut Side,
    me: &Prepared<'_>,
    cover: &[Cover],
    other: &Prepared<'_>,
    seen: &mut Vec<(u64, bool)>,
) {
    const NUMBER: Class = Class::NUMBER;
    const NAME: Class = Class::NAME;
    for (marks, but) in [(NUMBER, Class::default()), (NAME, NUMBER)] {
        seen.clear();
        let classes = me.detail().classes.iter();
        for ((class, token), &cover) in classes.zip(&me.tokens).zip(cover) {
            if class.any(marks) && !class.any(but.or(Class::FURNITURE)) {
                seen.push((token.hash, cover == Cover::No));
            }
        }
        // what stands in a shared run comes first among its like, and needs no look into the other body
        seen.sort_unstable();
        seen.dedup_by_key(|(hash, _)| *hash);
        let open = || seen.iter().filter(|(_, open)| *open);
        let all = seen.len() as u32;
        let lacking = open().count() as u32 - other.count_of(open().map(|&(hash, _)| hash));
        let shared = all - lacking;
        if marks == NUMBER {
            (side.numbers, side.shared_numbers) = (all, shared);
        } else {
            (side.names, side.shared_names) = (all, shared);
        }
    }
}
