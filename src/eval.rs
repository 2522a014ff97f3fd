//! Scores a folding against labels: pairwise precision, recall and F1, and B-cubed (Bagga and Baldwin 1998).
//!
//! Only labelled ids count. A labelled id that no story holds stands alone, as in the scorers that are usual in the
//! field. Nothing claimed is nothing wrong, nothing to find is all found: 0 / 0 is 1.

use std::collections::BTreeMap;

use crate::fold::Fold;
use crate::report::members;

/// Which cluster each id belongs to.
pub type Labels = BTreeMap<String, String>;

/// How well a prediction agrees with the labels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Scores {
    /// Labelled ids.
    pub items: u64,
    /// Labelled ids that the prediction does not know.
    pub missing: u64,
    /// Pairs of labelled ids that are together in both.
    pub both: u64,
    /// Pairs that the prediction puts together.
    pub predicted: u64,
    /// Pairs that the labels put together.
    pub labelled: u64,
    /// Mean over the ids: how much of its predicted cluster shares its label.
    pub bcubed_precision: f64,
    /// Mean over the ids: how much of its label's cluster shares its prediction.
    pub bcubed_recall: f64,
}

impl Scores {
    /// Share of the predicted pairs that are right.
    pub fn precision(&self) -> f64 {
        ratio(self.both, self.predicted)
    }

    /// Share of the labelled pairs that were found.
    pub fn recall(&self) -> f64 {
        ratio(self.both, self.labelled)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.both, self.predicted + self.labelled)
    }

    /// Harmonic mean of the B-cubed precision and recall.
    pub fn bcubed_f1(&self) -> f64 {
        let sum = self.bcubed_precision + self.bcubed_recall;
        2.0 * self.bcubed_precision * self.bcubed_recall / sum
    }

    /// Names and values, in the order in which they are printed; shares from 0 to 1.
    pub fn shares(&self) -> [(&'static str, f64); 6] {
        [
            ("precision", self.precision()),
            ("recall", self.recall()),
            ("f1", self.f1()),
            ("bcubed_precision", self.bcubed_precision),
            ("bcubed_recall", self.bcubed_recall),
            ("bcubed_f1", self.bcubed_f1()),
        ]
    }

    /// Names and counts, in the order in which they are printed.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        [
            ("items", self.items),
            ("missing", self.missing),
            ("pairs_labelled", self.labelled),
            ("pairs_predicted", self.predicted),
            ("pairs_both", self.both),
        ]
    }
}

fn ratio(of: u64, all: u64) -> f64 {
    if all == 0 {
        1.0
    } else {
        of as f64 / all as f64
    }
}

/// The stories of a fold as labels: each member's id and its story's id.
pub fn stories(fold: &Fold) -> Labels {
    let pairs = fold.stories.iter().flat_map(|story| {
        members(story).map(|no| (fold.member(no).article.id.clone(), story.id.to_string()))
    });
    pairs.collect()
}

/// Scores a prediction against labels.
pub fn score(truth: &Labels, prediction: &Labels) -> Scores {
    let mut cells: BTreeMap<(&str, Predicted<'_>), u64> = BTreeMap::new();
    let mut missing = 0;
    for (id, label) in truth {
        let predicted = prediction
            .get(id)
            .map_or(Predicted::Alone(id), |story| Predicted::In(story));
        missing += u64::from(matches!(predicted, Predicted::Alone(_)));
        *cells.entry((label, predicted)).or_default() += 1;
    }
    let mut labelled: BTreeMap<&str, u64> = BTreeMap::new();
    let mut predicted: BTreeMap<Predicted<'_>, u64> = BTreeMap::new();
    for (&(label, story), count) in &cells {
        *labelled.entry(label).or_default() += count;
        *predicted.entry(story).or_default() += count;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((label, story), &count) in &cells {
        let square = (count * count) as f64;
        precision += square / predicted.get(story).map_or(1.0, |&size| size as f64);
        recall += square / labelled.get(label).map_or(1.0, |&size| size as f64);
    }
    let items = truth.len() as u64;
    let mean = |sum: f64| if items == 0 { 1.0 } else { sum / items as f64 };
    Scores {
        items,
        missing,
        both: pairs(cells.values()),
        predicted: pairs(predicted.values()),
        labelled: pairs(labelled.values()),
        bcubed_precision: mean(precision),
        bcubed_recall: mean(recall),
    }
}

/// Where a prediction puts an id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Predicted<'a> {
    /// Into this story.
    In(&'a str),
    /// Nowhere: the id stands for itself.
    Alone(&'a str),
}

fn pairs<'a>(sizes: impl Iterator<Item = &'a u64>) -> u64 {
    sizes.map(|&size| size * size.saturating_sub(1) / 2).sum()
}

/// Why a file of labels cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadLabels {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// Reads lines of `id<TAB>cluster`; further columns and blank lines are ignored, a first line that starts with the
/// word `id` is a header.
///
/// # Errors
/// A line without a tab, or an id with two clusters.
pub fn labels(text: &str) -> Result<Labels, BadLabels> {
    let mut labels = Labels::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut columns = line.trim_end_matches('\r').split('\t');
        let id = columns.next().unwrap_or_default();
        let bad = |reason: String| BadLabels {
            line: at + 1,
            reason,
        };
        let Some(cluster) = columns.next() else {
            if line.trim().is_empty() {
                continue;
            }
            return Err(bad("no tab between id and cluster".to_owned()));
        };
        if at == 0 && id == "id" {
            continue;
        }
        let before = labels.insert(id.to_owned(), cluster.to_owned());
        if before.is_some_and(|before| before != cluster) {
            return Err(bad(format!("{id} has two clusters")));
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Labels {
        labels(&text.replace(' ', "\n").replace(':', "\t")).expect("labels")
    }

    #[test]
    fn a_worked_example() {
        // labels {a b c} {d}; predicted {a b d} {c}: of 3 predicted and 3 labelled pairs 1 is right
        let scores = score(&read("a:1 b:1 c:1 d:2"), &read("a:x b:x d:x c:y"));
        assert_eq!((scores.both, scores.predicted, scores.labelled), (1, 3, 3));
        assert!((scores.f1() - 1.0 / 3.0).abs() < 1e-12);
        // precision: a and b 2/3 each, d 1/3, c 1; recall: a and b 2/3 each, c 1/3, d 1
        assert!((scores.bcubed_precision - 8.0 / 12.0).abs() < 1e-12);
        assert!((scores.bcubed_recall - 8.0 / 12.0).abs() < 1e-12);
    }

    #[test]
    fn a_missing_id_stands_alone_and_an_unlabelled_one_does_not_count() {
        let scores = score(&read("a:1 b:1"), &read("a:x z:x"));
        assert_eq!(
            (scores.missing, scores.predicted, scores.labelled),
            (1, 0, 1)
        );
        // the story of one id may have another's name
        let scores = score(&read("a:1 b:2"), &read("a:b"));
        assert_eq!((scores.predicted, scores.f1()), (0, 1.0));
    }

    #[test]
    fn labels_are_read_as_the_scorers_write_them() {
        let read = labels("id\tcluster\na\t1\trole\ttransform\r\n\nb\tname with spaces\n")
            .expect("labels");
        assert_eq!(read.get("a").map(String::as_str), Some("1"));
        assert_eq!(read.get("b").map(String::as_str), Some("name with spaces"));
        assert_eq!(read.len(), 2);
        assert_eq!(labels("a\t1\nb").expect_err("no tab").line, 2);
        assert_eq!(labels("a\t1\na\t2").expect_err("two clusters").line, 2);
    }

    proptest! {
        #[test]
        fn scores_are_those_of_the_definition_over_all_pairs(clusters in proptest::collection::vec((0..4u8, 0..4u8), 1..20)) {
            let labels = |side: fn(&(u8, u8)) -> u8| -> Labels {
                clusters.iter().enumerate().map(|(id, each)| (id.to_string(), side(each).to_string())).collect()
            };
            let scores = score(&labels(|each| each.0), &labels(|each| each.1));
            let (mut both, mut predicted, mut labelled) = (0, 0, 0);
            for (at, a) in clusters.iter().enumerate() {
                for b in &clusters[..at] {
                    both += u64::from(a == b);
                    labelled += u64::from(a.0 == b.0);
                    predicted += u64::from(a.1 == b.1);
                }
            }
            prop_assert_eq!((scores.both, scores.predicted, scores.labelled), (both, predicted, labelled));
            let same = |a: &(u8, u8)| clusters.iter().filter(|b| a == *b).count() as f64;
            let precision: f64 = clusters.iter().map(|a| same(a) / clusters.iter().filter(|b| a.1 == b.1).count() as f64).sum();
            prop_assert!((scores.bcubed_precision - precision / clusters.len() as f64).abs() < 1e-9);
        }
    }
}
