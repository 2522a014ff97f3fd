//! What copy B kept, cut, added and reworded of A: every sentence of both, with its fate.
//!
//! Sentences are paired by the words that they share in runs and, where these are few, by their heavy words; the
//! best pairs first. What is left over may have been merged into a sentence that is already paired, or split from one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::judge::Judge;
use super::prepared::Prepared;
use super::sentences::{Class, Detail, count};
use super::{Figures, Verdict};
use crate::text::Token;

/// What became of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fate {
    /// Word for word the same.
    Kept,
    /// Some words were changed.
    Edited,
    /// Said in other words, or merged with or split from another.
    Reworded,
    /// In A only.
    Cut,
    /// In B only.
    Added,
}

impl Fate {
    /// All, in the order in which they are counted.
    pub const ALL: [Self; 5] = [
        Self::Kept,
        Self::Edited,
        Self::Reworded,
        Self::Cut,
        Self::Added,
    ];

    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Edited => "edited",
            Self::Reworded => "reworded",
            Self::Cut => "cut",
            Self::Added => "added",
        }
    }
}

/// A sentence and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// What became of it.
    pub fate: Fate,
    /// Most of it stands in quotation marks.
    pub quoted: bool,
    /// Its bytes in A; `None`: added.
    pub a: Option<Range<u32>>,
    /// Its bytes in B; `None`: cut.
    pub b: Option<Range<u32>>,
}

/// Two bodies side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// What they are to each other; `None`: neither is a copy of the other.
    pub verdict: Option<Verdict>,
    /// How much they share, copies or not.
    pub figures: Figures,
    /// Every sentence of both: in the order of A, with what B added where it stands in B.
    pub sentences: Vec<Compared>,
}

/// Compares `b` with `a`, the text that it may have been made from.
pub fn compare(judge: &mut Judge, a: &Prepared<'_>, b: &Prepared<'_>) -> Comparison {
    Comparison {
        verdict: judge.verdict(a, b),
        figures: judge.figures(a, b),
        sentences: fates(a, b, &judge.shared_words(a, b)),
    }
}

/// Thousandths of the words of two sentences from which on the one is an edited form of the other.
const EDITED: usize = 660;

/// Thousandths of the words of two sentences from which on the one is the other in other words.
const ALIKE: usize = 400;

/// Thousandths of the heavy words of a sentence that must stand in another to have been merged into it.
const MERGED: usize = 500;

/// Heavy words that two sentences must share at least.
const FEWEST: u32 = 3;

/// Longest sentence that is aligned word by word: bounds the work on texts without full stops.
const LONGEST: usize = 400;

/// A sentence of A and one of B that share words.
type Cell = (usize, usize);

/// The fates of all sentences; `runs` says which words of A stand in shared runs and where in B.
fn fates(a: &Prepared<'_>, b: &Prepared<'_>, runs: &[(u32, u32)]) -> Vec<Compared> {
    let (da, db) = (a.detail(), b.detail());
    let shared = shared_words(a, b, runs);
    let mut partners = Partners::new(da.sentences.len(), db.sentences.len());
    let mut cells: Vec<(usize, Cell)> = shared
        .iter()
        .map(|(&cell, &words)| (score(words, heavy(da, cell.0), heavy(db, cell.1)), cell))
        .collect();
    // the best first; ties in reading order
    cells.sort_by_key(|&(score, cell)| (std::cmp::Reverse(score), cell));
    for &(_, (i, j)) in &cells {
        let (a, b) = (tokens(a, da, i), tokens(b, db, j));
        let free = partners.a[i].is_none() && partners.b[j].is_none();
        if let Some(fate) = free
            .then(|| fate(a, b, shared[&(i, j)], (heavy(da, i), heavy(db, j))))
            .flatten()
        {
            partners.pair(i, j, fate);
        }
    }
    for &(_, (i, j)) in &cells {
        partners.merge(i, j, shared[&(i, j)], (heavy(da, i), heavy(db, j)));
    }
    rows(da, db, &partners)
}

/// Who is paired with whom, and the fate of it.
struct Partners {
    a: Vec<Option<(usize, Fate)>>,
    b: Vec<Option<(usize, Fate)>>,
}

impl Partners {
    fn new(a: usize, b: usize) -> Self {
        Self {
            a: vec![None; a],
            b: vec![None; b],
        }
    }

    fn pair(&mut self, i: usize, j: usize, fate: Fate) {
        self.a[i] = Some((j, fate));
        self.b[j] = Some((i, fate));
    }

    /// Joins a sentence that is left over to one that is not, if most of it stands there.
    fn merge(&mut self, i: usize, j: usize, shared: u32, heavy: (u32, u32)) {
        let most = |all: u32| shared >= FEWEST && shared as usize * 1000 >= all as usize * MERGED;
        if self.a[i].is_none() && self.b[j].is_some() && most(heavy.0) {
            self.a[i] = Some((j, Fate::Reworded));
        } else if self.b[j].is_none() && self.a[i].is_some() && most(heavy.1) {
            self.b[j] = Some((i, Fate::Reworded));
        }
    }
}

/// The rows in the order of A; what B has more stands behind the row of the sentence before it in B.
fn rows(da: &Detail, db: &Detail, partners: &Partners) -> Vec<Compared> {
    let bytes = |detail: &Detail, at: usize| detail.sentences.get(at).map(|s| s.bytes.clone());
    // sentences of B that open no row of A, by the row that they stand behind
    let mut behind: BTreeMap<Option<usize>, Vec<Compared>> = BTreeMap::new();
    let mut last = None;
    for (j, partner) in partners.b.iter().enumerate() {
        let row = |fate, a| Compared {
            fate,
            quoted: is_quoted(db, j),
            a,
            b: bytes(db, j),
        };
        let Some((i, fate)) = *partner else {
            let added = row(Fate::Added, None);
            behind.entry(last).or_default().push(added);
            continue;
        };
        if partners.a[i].is_some_and(|(of, _)| of == j) {
            last = Some(i);
        } else {
            let split = row(fate, bytes(da, i));
            behind.entry(Some(i)).or_default().push(split);
        }
    }
    let mut rows = behind.remove(&None).unwrap_or_default();
    for (i, partner) in partners.a.iter().enumerate() {
        rows.push(Compared {
            fate: partner.map_or(Fate::Cut, |(_, fate)| fate),
            quoted: is_quoted(da, i),
            a: bytes(da, i),
            b: partner.and_then(|(j, _)| bytes(db, j)),
        });
        rows.extend(behind.remove(&Some(i)).unwrap_or_default());
    }
    rows
}

/// Heavy words that sentences share: those in shared runs, and others that stand in both.
fn shared_words(a: &Prepared<'_>, b: &Prepared<'_>, runs: &[(u32, u32)]) -> BTreeMap<Cell, u32> {
    let (classes, ia, ib) = (&a.detail().classes, a.index(), b.index());
    let heavy = |at: usize| classes[at].any(Class::HEAVY);
    let mut shared: BTreeMap<Cell, u32> = BTreeMap::new();
    let mut in_run = vec![false; a.tokens.len()];
    for &(i, j) in runs {
        let (i, j) = (i as usize, j as usize);
        let (Some(&sa), Some(&sb)) = (ia.sentence_of.get(i), ib.sentence_of.get(j)) else {
            continue;
        };
        if heavy(i) && !in_run[i] {
            in_run[i] = true;
            *shared.entry((sa as usize, sb as usize)).or_default() += 1;
        }
    }
    for (i, token) in a.tokens.iter().enumerate() {
        if in_run[i] || !heavy(i) {
            continue;
        }
        let mut last = None;
        for j in ib.places(token.hash).take(OFTEN) {
            let sentence = ib.sentence_of[j as usize];
            if last != Some(sentence) {
                *shared
                    .entry((ia.sentence_of[i] as usize, sentence as usize))
                    .or_default() += 1;
                last = Some(sentence);
            }
        }
    }
    shared
}

/// Places of a word that are looked at: one that stands more often tells little.
const OFTEN: usize = 16;

/// How alike two sentences are, in thousandths of both: Dice's coefficient of their heavy words.
fn score(shared: u32, a: u32, b: u32) -> usize {
    2000 * shared as usize / (a + b).max(1) as usize
}

/// What two sentences are to each other; `None`: nothing.
fn fate(a: &[Token], b: &[Token], shared: u32, heavy: (u32, u32)) -> Option<Fate> {
    let same = |(a, b): (&Token, &Token)| a.hash == b.hash;
    if a.len() == b.len() && a.iter().zip(b).all(same) {
        return Some(Fate::Kept);
    }
    let in_order = if a.len().max(b.len()) <= LONGEST {
        2000 * longest_common(a, b) / (a.len() + b.len()).max(1)
    } else {
        score(shared, heavy.0, heavy.1)
    };
    let few = heavy.0.min(heavy.1);
    let alike = shared >= FEWEST.min(few.max(1)) && score(shared, heavy.0, heavy.1) >= ALIKE
        || shared >= FEWEST && shared as usize * 1000 >= few as usize * EDITED;
    if in_order >= EDITED {
        Some(Fate::Edited)
    } else {
        alike.then_some(Fate::Reworded)
    }
}

/// Length of the longest common subsequence of two sentences.
fn longest_common(a: &[Token], b: &[Token]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for token in a {
        let mut diagonal = 0;
        for (at, other) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if token.hash == other.hash {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn tokens<'p>(prepared: &'p Prepared<'_>, detail: &Detail, at: usize) -> &'p [Token] {
    prepared.tokens.get(range(detail, at)).unwrap_or_default()
}

fn range(detail: &Detail, at: usize) -> Range<usize> {
    let empty = 0..0;
    detail
        .sentences
        .get(at)
        .map_or(empty, |s| s.tokens.start as usize..s.tokens.end as usize)
}

/// Heavy words of a sentence.
fn heavy(detail: &Detail, at: usize) -> u32 {
    let classes = detail.classes.get(range(detail, at)).unwrap_or_default();
    count(classes, Class::HEAVY)
}

fn is_quoted(detail: &Detail, at: usize) -> bool {
    let classes = detail.classes.get(range(detail, at)).unwrap_or_default();
    count(classes, Class::QUOTED) as usize * 2 > classes.len()
}

#[cfg(test)]
mod tests {
    use super::super::Thresholds;
    use super::*;

    fn fates(a: &str, b: &str) -> Vec<(Fate, String, String)> {
        let comparison = compare(
            &mut Judge::new(Thresholds::default()),
            &Prepared::new(a, None),
            &Prepared::new(b, None),
        );
        let text = |body: &str, range: Option<Range<u32>>| {
            range.map_or_else(String::new, |r| {
                body[r.start as usize..r.end as usize].to_owned()
            })
        };
        comparison
            .sentences
            .into_iter()
            .map(|row| (row.fate, text(a, row.a), text(b, row.b)))
            .collect()
    }

    const FIRST: &str = "The harbour board of Lindvik refused to pay the new levy on Monday.";
    const SECOND: &str = "Divers had found that the northern quay was sinking by a hand a year.";
    const THIRD: &str = "A second survey of the wooden bridge will follow before the winter.";

    #[test]
    fn every_sentence_of_both_has_its_fate() {
        let a = format!("{FIRST} {SECOND}\n{THIRD}");
        let b = format!(
            "{FIRST} The ferry company declined to comment yesterday evening.\n{}",
            THIRD.replace("second", "third")
        );
        let fates = fates(&a, &b);
        let kinds: Vec<Fate> = fates.iter().map(|row| row.0).collect();
        assert_eq!(kinds, [Fate::Kept, Fate::Added, Fate::Cut, Fate::Edited]);
        assert_eq!(fates[2].1, SECOND);
        assert!(fates[2].2.is_empty() && fates[1].1.is_empty());
    }

    #[test]
    fn a_sentence_in_other_words_is_reworded() {
        let b = "On Monday, Lindvik said its harbour board will refuse the levy.";
        assert_eq!(fates(FIRST, b)[0].0, Fate::Reworded);
    }

    #[test]
    fn merged_sentences_share_a_partner() {
        let merged = "The harbour board of Lindvik refused to pay the new levy on Monday, after divers had found \
                      that the northern quay was sinking by a hand a year.";
        let fates = fates(&format!("{FIRST} {SECOND}"), merged);
        assert_eq!(fates.len(), 2);
        assert!(fates.iter().all(|row| row.2 == merged));
    }

    #[test]
    fn nothing_against_something_is_cut_or_added() {
        assert_eq!(fates(FIRST, "")[0].0, Fate::Cut);
        assert_eq!(fates("", FIRST)[0].0, Fate::Added);
        assert_eq!(fates("", ""), []);
    }
}
