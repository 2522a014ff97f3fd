//! The dear comparison: what two bodies share when quoted speech is taken out, how their sentences fare, and whether
//! names and figures agree.
//!
//! All counts are integers. Made only for pairs that the cheap comparison leaves open.

use super::Ratio;
use super::prepared::Prepared;
use super::sentences::{Class, Detail};
use super::similarity::{Overlap, Run};
use crate::text::document;

/// What is known of one side of a pair.
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

/// Words between two runs of one passage, at most, where as many stand between them on the other side.
const EXCHANGED: i64 = 14;
/// Words more or less that count as as many.
const SHIFTED: i64 = 2;
/// Words between two runs of one passage, at most, where some were put in on the other side.
const ADJACENT: i64 = 5;
/// Words that were put in, at most.
const INSERTED: i64 = 20;
/// Words of narration that make a passage.
const PASSAGE: u32 = 8;
/// Words of a slot, at most.
const SLOT: u32 = 4;
/// Words of a lead.
const LEAD: u32 = 60;
/// Heavy words that a sentence must have to be judged.
const JUDGED: u32 = 5;

/// Buffers of [`gather`].
#[derive(Default, Debug)]
pub(super) struct Scratch {
    cover_a: Vec<Cover>,
    cover_b: Vec<Cover>,
    tally: Vec<u32>,
    seen: Vec<u64>,
}

/// How a word is covered by shared runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Cover {
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
        a: side(
            a,
            da,
            db,
            &scratch.cover_a,
            &mut scratch.tally,
            &mut scratch.seen,
        ),
        b: side(
            b,
            db,
            da,
            &scratch.cover_b,
            &mut scratch.tally,
            &mut scratch.seen,
        ),
        jaccard: overlap.jaccard(a, b),
        containment: overlap.containment(a, b),
        one_publisher: a.publisher.is_some() && a.publisher == b.publisher,
        headline: headline(a, b),
        longest: runs.iter().map(|run| run.len).max().unwrap_or(0),
        ..Evidence::default()
    };
    passages(runs, &scratch.cover_a, &mut evidence);
    slots(runs, a, da, b, db, &mut evidence);
    evidence
}

/// Words of a headline that are looked at.
const HEADLINE: usize = 64;

/// How many words of the shorter headline stand in the other.
fn headline(a: &Prepared<'_>, b: &Prepared<'_>) -> Ratio {
    let words = |p: &Prepared<'_>| -> Vec<u64> {
        let title = p.title.map(document).unwrap_or_default();
        let words = title.tokens.iter().map(|token| token.hash);
        words.take(HEADLINE).collect()
    };
    let (mut few, mut many) = (words(a), words(b));
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
        for (i, j) in (run.a..run.end_a()).zip(run.b..run.end_b()) {
            let (i, j) = (i as usize, j as usize);
            let (Some(ca), Some(cb)) = (da.classes.get(i), db.classes.get(j)) else {
                continue;
            };
            let mark = if ca.quoted || cb.quoted {
                Cover::Quoted
            } else {
                Cover::Narrated
            };
            if !ca.furniture {
                scratch.cover_a[i] = mark;
            }
            if !cb.furniture {
                scratch.cover_b[j] = mark;
            }
        }
    }
}

fn side(
    me: &Prepared<'_>,
    detail: &Detail,
    others: &Detail,
    cover: &[Cover],
    tally: &mut Vec<u32>,
    seen: &mut Vec<u64>,
) -> Side {
    let count = |wanted: Cover| cover.iter().filter(|&&c| c == wanted).count() as u32;
    let lead = || {
        let prose = std::iter::zip(cover, &detail.classes).filter(|(_, class)| !class.furniture);
        prose.take(LEAD as usize).map(|(cover, _)| *cover)
    };
    let mut side = Side {
        words: me.len() as u32,
        prose: detail.classes.iter().filter(|c| !c.furniture).count() as u32,
        narration: detail
            .classes
            .iter()
            .filter(|c| !c.quoted && !c.furniture)
            .count() as u32,
        shared_narration: count(Cover::Narrated),
        shared_quotes: count(Cover::Quoted),
        lead: lead().count() as u32,
        shared_lead: lead().filter(|&cover| cover != Cover::No).count() as u32,
        ..Side::default()
    };
    let facts = |wanted: fn(&Class) -> bool, seen: &mut Vec<u64>| {
        distinct_facts(me, detail, others, wanted, seen)
    };
    (side.numbers, side.shared_numbers) = facts(|class| class.number, seen);
    (side.names, side.shared_names) = facts(|class| class.name && !class.number, seen);
    for sentence in &detail.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let classes = &detail.classes[range.clone()];
        let quoted = classes.iter().filter(|c| c.quoted || c.furniture).count();
        let heavy = classes.iter().filter(|c| c.heavy).count() as u32;
        if quoted * 2 > classes.len() || heavy < JUDGED {
            continue;
        }
        side.sentences += 1;
        let covered = cover[range.clone()]
            .iter()
            .filter(|&&c| c != Cover::No)
            .count();
        if covered * 10 >= classes.len() * 6 {
            side.kept += 1;
        } else if best_match(me, detail, range, others, tally) * 10 >= heavy * 5 {
            side.reworded += 1;
        }
    }
    side
}

/// Different words of a class in the prose, and how many of them the other body has.
fn distinct_facts(
    me: &Prepared<'_>,
    detail: &Detail,
    others: &Detail,
    wanted: fn(&Class) -> bool,
    seen: &mut Vec<u64>,
) -> (u32, u32) {
    seen.clear();
    let words = std::iter::zip(&me.tokens, &detail.classes);
    seen.extend(
        words
            .filter(|(_, class)| wanted(class) && !class.furniture)
            .map(|(token, _)| token.hash),
    );
    seen.sort_unstable();
    seen.dedup();
    let shared = seen.iter().filter(|&&word| others.has(word)).count();
    (seen.len() as u32, shared as u32)
}

/// Places of a word that are looked at: one that stands more often tells little.
const OFTEN: usize = 64;

/// Heavy words that the sentence in `range` shares with the sentence of the other body that shares most.
fn best_match(
    me: &Prepared<'_>,
    detail: &Detail,
    range: std::ops::Range<usize>,
    others: &Detail,
    tally: &mut Vec<u32>,
) -> u32 {
    tally.clear();
    for place in range {
        if !detail.classes[place].heavy {
            continue;
        }
        let first = tally.len();
        for at in others.places(me.tokens[place].hash).take(OFTEN) {
            let sentence = others.sentence_of[at as usize];
            // places ascend, and so do their sentences
            if tally.get(first..).and_then(<[u32]>::last) != Some(&sentence) {
                tally.push(sentence);
            }
        }
    }
    tally.sort_unstable();
    tally
        .chunk_by(|a, b| a == b)
        .map(|same| same.len() as u32)
        .max()
        .unwrap_or(0)
}

/// Joins the runs to passages.
fn passages(runs: &[Run], cover: &[Cover], evidence: &mut Evidence) {
    let mut last: Option<Run> = None;
    let (mut all, mut narrated) = (0, 0);
    for &run in runs {
        if !last.is_some_and(|last| joins(last, run)) {
            evidence.passages += u32::from(narrated >= PASSAGE);
            (all, narrated) = (0, 0);
        }
        // runs may overlap where a text repeats itself
        let from = last.map_or(run.a, |last| run.a.max(last.end_a())) as usize;
        for cover in cover.get(from..run.end_a() as usize).unwrap_or_default() {
            all += u32::from(*cover != Cover::No);
            narrated += u32::from(*cover == Cover::Narrated);
        }
        evidence.largest = evidence.largest.max(all);
        last = Some(run);
    }
    evidence.passages += u32::from(narrated >= PASSAGE);
}

/// How many passages the runs make, and the words of the largest: without regard to quotations and furniture.
pub(super) fn largest_passage(runs: &[Run]) -> (u32, u32) {
    let (mut passages, mut largest, mut words) = (0, 0, 0);
    let mut open: Option<Run> = None;
    for &run in runs {
        if !open.is_some_and(|last| joins(last, run)) {
            passages += 1;
            words = 0;
        }
        words += run.len;
        largest = largest.max(words);
        open = Some(run);
    }
    (passages, largest)
}

/// Whether `run` goes on where `last` ended: a few words were exchanged, or some put in on one side.
fn joins(last: Run, run: Run) -> bool {
    let (a, b) = (
        i64::from(run.a) - i64::from(last.end_a()),
        i64::from(run.b) - i64::from(last.end_b()),
    );
    let (few, many) = (a.min(b), a.max(b));
    run.end_b() > last.b
        && few >= -INSERTED
        && (many <= EXCHANGED && many - few <= SHIFTED || few <= ADJACENT && many <= INSERTED)
}

/// Looks for other names and figures on a matching frame.
fn slots(
    runs: &[Run],
    a: &Prepared<'_>,
    da: &Detail,
    b: &Prepared<'_>,
    db: &Detail,
    evidence: &mut Evidence,
) {
    for pair in runs.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let (Some(i), Some(j)) = (
            after.a.checked_sub(before.end_a()),
            after.b.checked_sub(before.end_b()),
        ) else {
            continue;
        };
        if !(1..=SLOT).contains(&i) || !(1..=SLOT).contains(&j) {
            continue;
        }
        evidence.slots += 1;
        let fact = |p: &Prepared<'_>, d: &Detail, from: u32, to: u32| {
            (from..to)
                .filter(|&at| d.classes[at as usize].name || d.classes[at as usize].number)
                .map(|at| p.tokens[at as usize].hash)
                .fold((0u32, 0u64), |(n, sum), hash| (n + 1, sum ^ hash))
        };
        let (na, sa) = fact(a, da, before.end_a(), after.a);
        let (nb, sb) = fact(b, db, before.end_b(), after.b);
        evidence.conflicts += u32::from(na > 0 && nb > 0 && sa != sb);
    }
}
