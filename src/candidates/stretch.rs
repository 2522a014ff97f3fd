//! The rule for a window of time. Time is cut into stretches as long as the window, and every list is kept by stretch:
//! whether it is long, and around which centres, is settled in each stretch alone. So an article's candidates depend on
//! its own stretch and the two beside it, and never on how much older or newer news there is. Articles of other
//! stretches lie further apart than the window. Without a window all time is one stretch.
//!
//! Across two stretches a hash links what stands for its lists there: all holders of a short list, the centres of a long
//! one. So a list that grows takes links between others away and never makes new ones. Articles without any time make a stretch of their own, which lies beside all others.

/// A stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Stretch(pub i64);

impl Stretch {
    /// All time, where there is no window.
    pub const WHOLE: Self = Self(0);

    /// Of articles without any time; the first in order.
    pub const UNTIMED: Self = Self(i64::MIN);

    /// The stretch of an article of this time; both in seconds.
    #[must_use]
    pub fn of(time: Option<i64>, window: Option<i64>) -> Self {
        match (time, window) {
            (_, None) => Self::WHOLE,
            (None, Some(_)) => Self::UNTIMED,
            // only the least of all numbers could fall on the untimed
            (Some(time), Some(window)) => Self(time.div_euclid(window.max(1)).max(i64::MIN + 1)),
        }
    }

    /// Whether articles of the two may match.
    #[must_use]
    pub fn is_beside(self, other: Self) -> bool {
        self == Self::UNTIMED || other == Self::UNTIMED || self.0.abs_diff(other.0) <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_lies_within_the_window_lies_side_by_side(
            time in -4_000_000_000i64..4_000_000_000, apart in 0i64..100_000, more in 0i64..1000
        ) {
            let window = Some(apart + more);
            let stretch = |time| Stretch::of(Some(time), window);
            prop_assert!(stretch(time).is_beside(stretch(time + apart)));
        }
    }

    #[test]
    fn what_has_no_time_lies_beside_all() {
        let untimed = Stretch::of(None, Some(3600));
        assert!(untimed.is_beside(Stretch(7)) && Stretch(-7).is_beside(untimed));
        assert!(untimed < Stretch::of(Some(i64::MIN), Some(1)));
        assert!(!Stretch(1).is_beside(Stretch(3)));
        assert_eq!(Stretch::of(None, None), Stretch::of(Some(5), None));
    }
}
