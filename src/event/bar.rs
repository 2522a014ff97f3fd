//! How alike two groups of stories must be to be one event: the decision, for [`super::join`] which groups.
//!
//! A height above what unrelated stories of the set have in common ([`Bar`]), moved by the time between the reports
//! ([`Clock`]), and what is taken off where one frame is filled with other names and figures ([`Frame`]).

use super::vectors::{Shared, UNIT, Vector};
use super::weights::{Weights, log2};

/// How alike two groups must be to be one event.
///
/// Above the centre of what unrelated stories have in common; higher for many stories, of which some are alike by chance:
/// similarities of unrelated stories fall off exponentially, and the largest of n·n/2 of them grows with ln n.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    centre: i64,
    /// Above the centre, in parts of [`UNIT`].
    height: i64,
    /// How much lower the bar is for a large group, in thousandths of its height.
    crowd: i64,
    frame: Frame,
    clock: Clock,
}

/// How the time between two reports moves the bar.
///
/// Two reports of one day say the more, the fewer stories of the set fall on one day; weeks between them say that
/// something else happened. Unknown times move nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    /// What the bar's height is multiplied with for reports of one day, in thousandths.
    near: i64,
    /// Added to the height for each doubling of the time beyond [`Self::LATE`], in thousandths.
    far: i64,
}

impl Clock {
    const DAY: i64 = 86_400;
    const LATE: i64 = 7 * Self::DAY;

    /// Measures how rare it is that two stories of the set fall on one day.
    pub(super) fn new(times: &[Option<i64>], pairs: &[(usize, usize)], weights: &Weights) -> Self {
        let gaps = pairs
            .iter()
            .filter_map(|&(a, b)| Some(times[a]?.abs_diff(times[b]?)));
        // twenty imagined pairs of one day keep small sets careful
        let (mut all, mut near) = (20u64, 20u64);
        for gap in gaps {
            all += 1;
            near += u64::from(gap <= Self::DAY as u64);
        }
        // ln = log2 · .6931
        let rarity = (log2(all) - log2(near)) * 6931 / 10_000;
        Self {
            near: (1000 - weights.get("near") * rarity / 1024).max(400),
            far: weights.get("far"),
        }
    }

    /// In thousandths.
    fn factor(self, gap: Option<i64>) -> i64 {
        match gap {
            Some(gap) if gap <= Self::DAY => self.near,
            Some(gap) if gap > Self::LATE => {
                let doublings = log2(gap as u64) - log2(Self::LATE as u64);
                (1000 + self.far * doublings / 1024).min(4000)
            }
            _ => 1000,
        }
    }
}

/// What is taken off the likeness of reports that share their frame and fill it with other names and figures.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// Of each part by which the words are more alike than the names, in thousandths.
    names: i64,
    /// Of each part by which the words are more alike than `sameness`, where the figures are not.
    figures: i64,
    sameness: i64,
}

impl Frame {
    fn new(weights: &Weights) -> Self {
        Self {
            names: weights.get("frame_names"),
            figures: weights.get("frame_figures"),
            sameness: weights.get("frame_sameness"),
        }
    }

    /// In parts of [`UNIT`].
    fn penalty(self, a: &Vector, b: &Vector, shared: Shared) -> i64 {
        let Some(words) = shared.within(0, a, b) else {
            return 0;
        };
        let mut penalty = 0;
        if let Some(names) = shared.within(1, a, b) {
            penalty += (words - names).max(0) * self.names;
        }
        if let Some(figures) = shared.within(2, a, b) {
            // half the figures in common are enough
            let other = (1000 - 2 * figures).max(0);
            penalty += (words - self.sameness).max(0) * other / 1000 * self.figures;
        }
        penalty * UNIT / 1_000_000
    }
}

impl Bar {
    /// A bar of this height that neither size nor time nor frames move.
    #[cfg(test)]
    pub(super) fn plain(height: i64) -> Self {
        Self {
            centre: 0,
            height,
            crowd: 0,
            frame: Frame::default(),
            clock: Clock { near: 1000, far: 0 },
        }
    }

    pub(super) fn new(stories: usize, centre: i64, clock: Clock, weights: &Weights) -> Self {
        let few = weights.get("few") / 1000;
        // ln = log2 · .6931
        let ln = log2(stories as u64 + few as u64) * 6931 / 10_000;
        let height = weights.get("growth") * ln / 1024 + weights.get("height");
        Self {
            centre,
            height: (UNIT * height / 1000).max(1),
            crowd: weights.get("crowd"),
            frame: Frame::new(weights),
            clock,
        }
    }

    /// What the weightiest terms of two stories have in common at least, if the two can clear the bar: a quarter of it
    /// where the bar is lowest, in parts of the square of [`UNIT`].
    pub(super) fn least(self) -> u64 {
        let lowest = self.centre + self.height * self.clock.near.min(1000) / 1000;
        (lowest.max(0) * UNIT / 4) as u64
    }

    /// The least reach of two stories whose groups may still clear the bar when they have grown, in 1024ths.
    pub(super) fn worth(self) -> i64 {
        CLEARED * (1000 - self.crowd) / 1000
    }

    /// How far two sides reach towards the bar, in 1024ths: [`CLEARED`] clears it.
    pub(super) fn between(self, one: Side<'_>, other: Side<'_>, shared: Shared) -> i64 {
        let gap = one.span.gap(other.span);
        let mean = shared.product() / (one.size * other.size);
        // a group's mean strays less than one pair does: the height falls with the root of the pairs
        let pairs = (one.size * other.size) as u64;
        let crowd = 1024 - self.crowd * (1024 - (1024 * 1024 / pairs).isqrt() as i64) / 1000;
        let reach = self.reach(mean, gap, crowd);
        if reach < CLEARED {
            return reach;
        }
        self.reach(
            mean - self.frame.penalty(one.sum, other.sum, shared),
            gap,
            crowd,
        )
    }

    /// How far a similarity reaches.
    fn reach(self, similarity: i64, gap: Option<i64>, crowd: i64) -> i64 {
        let height = self.height * self.clock.factor(gap) / 1000 * crowd / 1024;
        (similarity - self.centre) * 1024 / height.max(1)
    }
}

/// The reach that clears the bar.
pub(super) const CLEARED: i64 = 1024;

/// A story or a group that is compared.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// The sum of its unit vectors.
    pub(super) sum: &'a Vector,
    /// Its stories.
    pub(super) size: i64,
    pub(super) span: Span,
}

/// When the stories of a group were published, where known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span(Option<(i64, i64)>);

impl Span {
    /// Of one story.
    pub(super) fn at(time: Option<i64>) -> Self {
        Self(time.map(|time| (time, time)))
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self(match (self.0, other.0) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (known, None) | (None, known) => known,
        })
    }

    /// Seconds between two spans, where both are known.
    fn gap(self, other: Self) -> Option<i64> {
        let (one, two) = (self.0?, other.0?);
        let after = two.0.saturating_sub(one.1);
        Some(after.max(one.0.saturating_sub(two.1)).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::Part;
    use super::*;

    #[test]
    fn one_frame_filled_with_other_names_or_figures_is_a_twin() {
        let frame = Frame {
            names: 1000,
            figures: 1000,
            sameness: 500,
        };
        let report = |kind: usize, own: u32| {
            let parts = vec![Part::new(1, 0, 12_000), Part::new(own, kind, 11_000)];
            Vector::new(parts, [0; 3])
        };
        let penalty = |a: &Vector, b: &Vector| frame.penalty(a, b, a.shared(b));
        assert_eq!(penalty(&report(1, 7), &report(1, 8)), UNIT);
        assert_eq!(penalty(&report(2, 7), &report(2, 8)), UNIT / 2);
        assert_eq!(penalty(&report(1, 7), &report(1, 7)), 0);
        assert_eq!(penalty(&report(0, 7), &report(0, 8)), 0);
    }
}
