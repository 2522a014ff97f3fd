//! The cheap comparison: which shingles two bodies share, exactly, and in which runs they stand.
//!
//! One walk over the shorter body with a look-up in the other's table; where a run goes on, no look-up is needed.
//! Nothing is allocated once the buffers have grown.

use super::Ratio;
use super::prepared::{NONE, Prepared};
use crate::sketch::BIGRAMS;

/// How far a run is grown to the left, in words: a bound on hostile repetition, beyond any caption or refrain.
const LEFTWARD: usize = 256;

/// A maximal stretch of equal words: `len` words from `a` in the one body and from `b` in the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    pub a: u32,
    pub b: u32,
    pub len: u32,
}

impl Run {
    pub fn end_a(self) -> u32 {
        self.a + self.len
    }

    pub fn end_b(self) -> u32 {
        self.b + self.len
    }

    /// The same run without its first `words`.
    pub fn after(self, words: u32) -> Self {
        Self {
            a: self.a + words,
            b: self.b + words,
            len: self.len - words,
        }
    }
}

/// How many shingles two bodies have in a row from their first on, which is one.
fn common(a: &[u64], b: &[u64]) -> usize {
    const ROW: usize = 8;
    // where no shingle ends the bodies begin: not behind the first row
    const _: () = assert!(BIGRAMS <= ROW);
    let alike = |from: usize, to: usize| {
        let (a, b) = (
            a.get(from..).unwrap_or_default(),
            b.get(from..).unwrap_or_default(),
        );
        let pairs = a.iter().zip(b).take(to - from);
        pairs.take_while(|(a, b)| a == b && **a != NONE).count()
    };
    let first = alike(0, ROW);
    if first < ROW {
        return first;
    }
    let ((rows, _), (others, _)) = (a.as_chunks::<ROW>(), b.as_chunks::<ROW>());
    let pairs = rows.iter().zip(others);
    let whole = pairs.skip(1).take_while(|(a, b)| a == b).count() * ROW + ROW;
    whole + alike(whole, usize::MAX)
}

/// What two bodies share. Filled by [`Overlap::measure`].
#[derive(Default, Debug)]
pub(super) struct Overlap {
    /// |A∩B| over the sets of shingles.
    pub shared: u32,
    /// All runs, by their place in the first body.
    pub runs: Vec<Run>,
}

impl Overlap {
    /// Compares `a` with `b`; quickest if `a` is the shorter one.
    pub fn measure(&mut self, a: &Prepared<'_>, b: &Prepared<'_>) {
        self.shared = 0;
        self.runs.clear();
        // where the next shingle of b must stand for the run to go on
        let mut place = 0;
        while let Some(&gram) = a.grams.get(place) {
            let found = if gram == NONE { None } else { b.first(gram) };
            let Some(found) = found else {
                place += 1;
                continue;
            };
            let len = common(&a.grams[place..], &b.grams[found..]);
            self.shared += a.fresh(place..place + len);
            self.close(a, b, (place, found), place + len - 1);
            place += len;
        }
    }

    /// |A∩B| / |A∪B|.
    pub fn jaccard(&self, a: &Prepared<'_>, b: &Prepared<'_>) -> Ratio {
        Ratio {
            of: self.shared,
            all: a.shingles() + b.shingles() - self.shared,
        }
    }

    /// |A∩B| / min(|A|, |B|).
    pub fn containment(&self, a: &Prepared<'_>, b: &Prepared<'_>) -> Ratio {
        Ratio {
            of: self.shared,
            all: a.shingles().min(b.shingles()),
        }
    }

    /// Puts the runs in the order of the first body: growing them may have changed it.
    pub fn sort(&mut self) {
        if !self.runs.is_sorted_by_key(|run| (run.a, run.b)) {
            self.runs.sort_unstable_by_key(|run| (run.a, run.b));
        }
    }

    /// Notes the run of shingles from `first` (their ends in both) to `last` in a, grown to its full length on the left.
    fn close(&mut self, a: &Prepared<'_>, b: &Prepared<'_>, first: (usize, usize), last: usize) {
        let width = (first.0 - a.start(first.0)).min(first.1);
        let start = (first.0 - width, first.1 - width);
        let (mut from, mut other) = start;
        // a repeated shingle sends a run to its first place; what stands left of the next run may be part of it
        let reach = from.min(other).min(LEFTWARD);
        while start.0 - from < reach && a.tokens[from - 1].hash == b.tokens[other - 1].hash {
            from -= 1;
            other -= 1;
        }
        self.runs.push(Run {
            a: from as u32,
            b: other as u32,
            len: (last + 1 - from) as u32,
        });
    }
}
