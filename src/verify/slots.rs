//! Words, names and figures exchanged one for another between shared words: what a text has more of the more it is the form of
//! another, filled in anew.

use super::evidence::Evidence;
use super::prepared::Prepared;
use super::sentences::{Class, Detail};
use super::similarity::Run;

/// Words of a slot, at most.
const SLOT: usize = 4;

/// Words between two runs, at most, among which shared ones are looked for.
pub(super) const FORM: usize = 24;

/// Counts the slots between the runs, and those where names or figures differ. The runs stand in the order of `a`.
pub(super) fn slots(
    runs: &[Run],
    a: (&Prepared<'_>, &Detail),
    b: (&Prepared<'_>, &Detail),
    evidence: &mut Evidence,
) {
    for pair in runs.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let i = Words::between(a, before.end_a(), after.a);
        let j = Words::between(b, before.end_b(), after.b);
        let (Some(i), Some(j)) = (i, j) else { continue };
        if i.all().max(j.all()) <= SLOT {
            evidence.slots += 1;
            evidence.conflicts += u32::from(i.conflicts(&j));
        } else if i.all().max(j.all()) <= FORM {
            let (blanks, filled) = blanks(&i, &j);
            evidence.blanks += blanks;
            evidence.filled += filled;
        }
    }
}

/// Words of one side between two runs.
#[derive(Clone, Copy)]
struct Words<'p> {
    of: &'p Prepared<'p>,
    detail: &'p Detail,
    from: usize,
    to: usize,
}

impl<'p> Words<'p> {
    /// Those from one place to another; none where no word stands between.
    fn between((of, detail): (&'p Prepared<'p>, &'p Detail), from: u32, to: u32) -> Option<Self> {
        (from < to).then_some(Self {
            of,
            detail,
            from: from as usize,
            to: to as usize,
        })
    }

    fn all(&self) -> usize {
        self.to - self.from
    }

    /// A part of them.
    fn part(&self, from: usize, to: usize) -> Self {
        Self {
            from: self.from + from,
            to: self.from + to,
            ..*self
        }
    }

    fn hash(&self, at: usize) -> u64 {
        self.of.tokens[self.from + at].hash
    }

    /// How many names and figures there are, and their sum in any order.
    fn facts(&self) -> (u32, u64) {
        (self.from..self.to)
            .filter(|&at| self.detail.classes[at].any(Class::NAME.or(Class::NUMBER)))
            .map(|at| self.of.tokens[at].hash)
            .fold((0, 0), |(n, sum), hash| (n + 1, sum ^ hash))
    }

    /// Whether both have names or figures, and not the same.
    fn conflicts(&self, other: &Self) -> bool {
        let ((n, sum), (m, other)) = (self.facts(), other.facts());
        n > 0 && m > 0 && sum != other
    }
}

/// The slots between the words that two stretches share in order, and those where names or figures differ; none where less
/// than half of the shorter is shared.
fn blanks(a: &Words<'_>, b: &Words<'_>) -> (u32, u32) {
    let left = left_in_common(a, b);
    if usize::from(left[0][0]) * 2 < a.all().min(b.all()) {
        return (0, 0);
    }
    let (mut blanks, mut filled) = (0, 0);
    let mut slot = |from: (usize, usize), to: (usize, usize)| {
        let short = |words: usize| (1..=SLOT).contains(&words);
        if short(to.0 - from.0) && short(to.1 - from.1) {
            blanks += 1;
            filled += u32::from(a.part(from.0, to.0).conflicts(&b.part(from.1, to.1)));
        }
    };
    let (mut at, mut from) = ((0, 0), (0, 0));
    while at.0 < a.all() && at.1 < b.all() {
        if a.hash(at.0) == b.hash(at.1) {
            slot(from, at);
            at = (at.0 + 1, at.1 + 1);
            from = at;
        } else if left[at.0 + 1][at.1] >= left[at.0][at.1 + 1] {
            at.0 += 1;
        } else {
            at.1 += 1;
        }
    }
    slot(from, (a.all(), b.all()));
    (blanks, filled)
}

/// How many words two stretches share in order, from each pair of places on: their longest common subsequences (Wagner and
/// Fischer 1974).
fn left_in_common(a: &Words<'_>, b: &Words<'_>) -> [[u8; FORM + 1]; FORM + 1] {
    let mut left = [[0u8; FORM + 1]; FORM + 1];
    for i in (0..a.all()).rev() {
        for j in (0..b.all()).rev() {
            left[i][j] = if a.hash(i) == b.hash(j) {
                left[i + 1][j + 1] + 1
            } else {
                left[i + 1][j].max(left[i][j + 1])
            };
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Judge, Thresholds};

    /// Slots and conflicts between runs, then those inside longer stretches.
    fn counts(a: &str, b: &str) -> [u32; 4] {
        let (a, b) = (Prepared::new(a, None), Prepared::new(b, None));
        let evidence = Judge::new(Thresholds::default()).evidence(&a, &b);
        [
            evidence.slots,
            evidence.conflicts,
            evidence.blanks,
            evidence.filled,
        ]
    }

    const BEFORE: &str = "Deposits that banks hold with the treasury rose";
    const AFTER: &str = "as the board had said at the start of the week.";

    #[test]
    fn a_short_gap_is_one_slot() {
        let text = |fact: &str| format!("{BEFORE} {fact} {AFTER}");
        assert_eq!(
            counts(&text("to 3.5 crowns"), &text("to 4.6 crowns")),
            [1, 1, 0, 0]
        );
        assert_eq!(counts(&text("quickly"), &text("slowly")), [1, 0, 0, 0]);
    }

    #[test]
    fn a_form_has_a_slot_for_each_word_that_was_exchanged() {
        let text = |day: &str, now: &str, then: &str| {
            format!("{BEFORE} on {day} to {now} crowns from {then} crowns {AFTER}")
        };
        let (one, two) = (text("Monday", "3.5", "2.4"), text("Friday", "4.6", "3.1"));
        assert_eq!(counts(&one, &two), [0, 0, 3, 3]);
    }

    #[test]
    fn other_words_are_no_form() {
        let text = |words: &str| format!("{BEFORE} {words} {AFTER}");
        let one = text("by 12 crowns while Ann Lee and her 3 friends were out");
        let two = text("since 40 offices in Tarsk shut without a word to customers");
        assert_eq!(counts(&one, &two), [0, 0, 0, 0]);
    }
}
