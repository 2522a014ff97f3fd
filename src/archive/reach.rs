//! Which stretches of time an addition must look at: those of its articles, and what lies beside them.

use std::collections::BTreeSet;

use crate::candidates::Stretch;

/// Ranges of stretches, ascending, each with its first and its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach(Vec<(i64, i64)>);

impl Reach {
    /// All of them.
    pub fn all() -> Self {
        Self(vec![(i64::MIN, i64::MAX)])
    }

    /// What lies beside these stretches.
    pub fn of(stretches: &BTreeSet<Stretch>) -> Self {
        // what has no time lies beside all
        if stretches.contains(&Stretch::UNTIMED) {
            return Self::all();
        }
        let mut ranges = vec![(Stretch::UNTIMED.0, Stretch::UNTIMED.0)];
        for &Stretch(stretch) in stretches {
            let (first, last) = ((stretch - 1).max(i64::MIN + 1), stretch.saturating_add(1));
            match ranges.last_mut() {
                Some((start, end)) if *start > i64::MIN && first <= end.saturating_add(1) => {
                    *end = last;
                }
                _ => ranges.push((first, last)),
            }
        }
        Self(ranges)
    }

    /// One stretch alone.
    pub fn only(stretch: Stretch) -> Self {
        Self(vec![(stretch.0, stretch.0)])
    }

    /// The ranges.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.0
    }

    /// Whether a stretch lies in it.
    pub fn holds(&self, Stretch(stretch): Stretch) -> bool {
        let mut ranges = self.0.iter();
        ranges.any(|(first, last)| (first..=last).contains(&&stretch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_lies_beside_and_nothing_else() {
        for stretches in [vec![3], vec![3, 5, 20], vec![-1, 0], vec![7, 9, 10, 14]] {
            let stretches: BTreeSet<Stretch> = stretches.into_iter().map(Stretch).collect();
            let reach = Reach::of(&stretches);
            assert!(reach.holds(Stretch::UNTIMED));
            for other in (-5..30).map(Stretch) {
                let beside = stretches.iter().any(|stretch| stretch.is_beside(other));
                assert_eq!(reach.holds(other), beside, "{stretches:?} {other:?}");
            }
            assert!(reach.ranges().is_sorted_by(|a, b| a.1 < b.0));
        }
    }

    #[test]
    fn what_has_no_time_reaches_everywhere() {
        let reach = Reach::of(&[Stretch::UNTIMED, Stretch(4)].into());
        assert!(reach.holds(Stretch(1_000_000)) && reach.holds(Stretch::UNTIMED));
    }
}
