//! Runs that follow each other with little between them: one passage that was taken over, with a few words changed.

use super::evidence::{Cover, Evidence};
use super::similarity::Run;

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

/// Joins the runs to passages.
pub(super) fn passages(runs: &[Run], cover: &[Cover], evidence: &mut Evidence) {
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
