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
    crowd: Crowd,
    /// The reach from which on a single story joins a finished group, in 1024ths.
    stray: i64,
    frame: Frame,
    clock: Clock,
}

/// How much lower the bar is for large groups.
///
/// What two stories have in common strays by chance, the more the fewer terms they have; the mean over the pairs of two
/// groups does not. So a single pair of short texts has to be as alike as any, and groups of them need not.
#[derive(Clone, Copy, Debug, Default)]
struct Crowd {
    /// For stories of many terms, in thousandths of the height.
    long: i64,
    /// The same for stories of few.
    short: i64,
    /// Terms up to which a story has few, and from which on it has many.
    terms: (i64, i64),
}

impl Crowd {
    /// Sets of up to so many stories hold few happenings of one kind, of so many many: their groups are told apart by
    /// little in short texts.
    const STORIES: (u64, u64) = (250, 4000);

    fn new(stories: usize, weights: &Weights) -> Self {
        let (few, many) = Self::STORIES;
        let stories = (stories as u64).clamp(few, many);
        let part = (log2(many) - log2(stories)) * 1024 / (log2(many) - log2(few));
        let (long, short) = (weights.get("crowd"), weights.get("crowd_short"));
        Self {
            long,
            short: long + (short - long) * part / 1024,
            terms: (weights.get("short") / 1000, weights.get("long") / 1000),
        }
    }

    /// For two sides, in thousandths of the height.
    fn of(self, one: Side<'_>, other: Side<'_>) -> i64 {
        let (few, many) = self.terms;
        let terms = one.terms().min(other.terms()).clamp(few, many);
        let short = (many - terms) * 1024 / (many - few).max(1);
        self.long + (self.short - self.long) * short / 1024
    }
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
    const LATE: i64 = 21 * Self::DAY;

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
        // where a third of all pairs are of one day, that says nothing
        let rarity = (rarity - 1024 * weights.get("near_from") / 1000).max(0);
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
    /// Words less alike than this fill no frame.
    least: i64,
    /// Of each part by which the words are more alike than `sameness`, where the figures are not.
    figures: i64,
    sameness: i64,
    /// What `sameness` is multiplied with where no name is known, in thousandths.
    nameless: i64,
}

impl Frame {
    fn new(weights: &Weights) -> Self {
        Self {
            names: weights.get("frame_names"),
            least: weights.get("frame_least"),
            figures: weights.get("frame_figures"),
            sameness: weights.get("frame_sameness"),
            nameless: weights.get("frame_nameless"),
        }
    }

    /// In parts of [`UNIT`].
    fn penalty(self, a: &Vector, b: &Vector, shared: Shared) -> i64 {
        let Some(words) = shared.within(0, a, b) else {
            return 0;
        };
        let (mut penalty, mut sameness) = (0, self.sameness);
        match shared.within(1, a, b) {
            Some(names) => penalty += (words - names.max(self.least)).max(0) * self.names,
            // in a script without capitals no name is known: figures do alone, and sooner
            None => sameness = sameness * self.nameless / 1000,
        }
        if let Some(figures) = shared.within(2, a, b) {
            // half the figures in common are enough
            let other = (1000 - 2 * figures).max(0);
            penalty += (words - sameness).max(0) * other / 1000 * self.figures;
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
            crowd: Crowd::default(),
            stray: CLEARED,
            frame: Frame::default(),
            clock: Clock { near: 1000, far: 0 },
        }
    }

    /// The same bar, lower for groups, from so many thousandths of which on stray stories are taken in.
    #[cfg(test)]
    pub(super) fn taking_strays(self, stray: i64) -> Self {
        Self {
            stray: CLEARED * stray / 1000,
            crowd: Crowd {
                long: 200,
                ..Crowd::default()
            },
            ..self
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
            crowd: Crowd::new(stories, weights),
            stray: CLEARED * weights.get("stray") / 1000,
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

    /// The reach from which on a story that was left alone joins a finished group, in 1024ths.
    pub(super) fn stray(self) -> i64 {
        self.stray
    }

    /// The least reach of two stories whose groups may still clear the bar when they have grown, in 1024ths.
    pub(super) fn worth(self, one: Side<'_>, other: Side<'_>) -> i64 {
        CLEARED * (1000 - self.crowd.of(one, other)) / 1000
    }

    /// How far two sides reach towards the bar, in 1024ths: [`CLEARED`] clears it. Frames are looked at only then.
    pub(super) fn between(self, one: Side<'_>, other: Side<'_>, shared: Shared) -> i64 {
        let reach = self.reach(one, other, shared, 0);
        if reach < CLEARED {
            return reach;
        }
        self.framed(one, other, shared)
    }

    /// The same with what is taken off for frames, whether the bar is cleared or not.
    pub(super) fn framed(self, one: Side<'_>, other: Side<'_>, shared: Shared) -> i64 {
        let penalty = self.frame.penalty(one.sum, other.sum, shared);
        self.reach(one, other, shared, penalty)
    }

    /// How far the mean likeness of two sides reaches, less a penalty.
    fn reach(self, one: Side<'_>, other: Side<'_>, shared: Shared, penalty: i64) -> i64 {
        let mean = shared.product() / (one.size * other.size) - penalty;
        // a group's mean strays less than one pair does: the height falls with the root of the pairs
        let pairs = (one.size * other.size) as u64;
        let crowd =
            1024 - self.crowd.of(one, other) * (1024 - (1024 * 1024 / pairs).isqrt() as i64) / 1000;
        let factor = self.clock.factor(one.span.gap(other.span));
        let height = self.height * factor / 1000 * crowd / 1024;
        (mean - self.centre) * 1024 / height.max(1)
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

impl Side<'_> {
    /// Terms that were read of each story, in the mean.
    fn terms(self) -> i64 {
        i64::from(self.sum.terms()) / self.size.max(1)
    }
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
    fn groups_of_short_texts_join_sooner_in_a_small_set_than_single_ones() {
        let weights = Weights::learned();
        let reach = |stories: usize, terms: usize, size: i64| {
            let bar = Bar::new(stories, 0, Clock::new(&[], &[], weights), weights);
            let part = Part::new(1, 0, (5_000 * size) as u32);
            let sum = Vector::new(vec![part], [0; 3]).of_terms(terms * size as usize);
            let span = Span::at(None);
            let side = Side {
                sum: &sum,
                size,
                span,
            };
            bar.reach(side, side, sum.shared(&sum), 0)
        };
        assert_eq!(reach(100, 20, 1), reach(100, 300, 1));
        assert!(reach(100, 20, 9) > reach(100, 300, 9) * 5 / 4);
        assert_eq!(reach(9_000, 20, 9), reach(9_000, 300, 9));
    }

    #[test]
    fn one_day_says_nothing_where_a_third_of_all_stories_are_of_it() {
        let weights = Weights::learned();
        let near = |days: i64| {
            let times: Vec<_> = (0..90).map(|at| Some(at % days * 3 * Clock::DAY)).collect();
            Clock::new(&times, &super::super::usual::sample(90), weights).near
        };
        assert!(near(3) > 990);
        assert!(near(30) < 800);
    }

    #[test]
    fn one_frame_filled_with_other_names_or_figures_is_a_twin() {
        let frame = Frame {
            names: 1000,
            least: 0,
            figures: 1000,
            sameness: 500,
            nameless: 1000,
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
        // words that hardly agree are no frame
        let far = Frame {
            least: 600,
            ..frame
        };
        let apart = |one: &Vector, other: &Vector| far.penalty(one, other, one.shared(other));
        assert!(apart(&report(1, 7), &report(1, 8)) < UNIT / 2);
        // without any name, figures tell twins whose words are less alike
        let sooner = Frame {
            nameless: 500,
            ..frame
        };
        let (one, other) = (report(2, 7), report(2, 8));
        let penalty = sooner.penalty(&one, &other, one.shared(&other));
        assert_eq!(penalty, UNIT * 3 / 4);
    }

    #[test]
    fn reports_do_not_turn_into_twins_because_there_are_many_of_them() {
        let frame = Frame {
            names: 1000,
            least: 0,
            figures: 0,
            sameness: 500,
            nameless: 1000,
        };
        // each has a word and a name in common with all others, and two of its own
        let report = |own: u32| {
            let part = |id: u32, kind: usize| Part::new(id, kind, 8_000);
            let parts = vec![part(1, 0), part(2, 1), part(own, 0), part(own + 1, 1)];
            Vector::new(parts, [0; 3])
        };
        let group = |from: u32| {
            let more = (1..8).map(|at| report(from + 10 * at));
            more.fold(report(from), |sum, next| sum.plus(&next, 99))
        };
        let (one, other) = (group(100), group(200));
        let shared = one.shared(&other);
        assert_eq!(frame.penalty(&one, &other, shared), 0);
        assert_eq!(shared.within(0, &one, &other), Some(500));
    }
}
