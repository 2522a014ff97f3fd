//! Counts what one article shares with each earlier one, article after article, in memory that need not be cleared between
//! two: a mark is counted up from the base of its round, and what is lower was made before.

use super::{Shared, Size, Threshold};

/// Kept hashes that an article must share, if it is the one with fewer; less than that where it is very long.
pub(super) fn need(threshold: Threshold, size: Size) -> u16 {
    let need = threshold.need(size).hits.max(1);
    u16::try_from(need).unwrap_or(u16::MAX)
}

/// What is shared with each earlier article.
pub(super) struct Counter {
    /// A mark for each article, of the round in which it was made: those of earlier rounds are lower than its base, so
    /// nothing is put back between two rounds.
    pub(super) marks: Vec<u32>,
    base: u32,
    /// What marks of one round differ by at most, and one.
    width: u32,
    /// Those that share enough.
    pub(super) touched: Vec<u32>,
    /// What each of them shares.
    pub(super) shared: Vec<Shared>,
}

impl Counter {
    /// One for articles of these sizes.
    pub(super) fn new(sizes: &[Size]) -> Self {
        let most = sizes.iter().map(|size| size.kept).max().unwrap_or(0);
        Self {
            marks: vec![0; sizes.len()],
            base: 0,
            width: most.saturating_add(1).clamp(LEAST_WIDTH, u32::MAX / 4),
            touched: Vec::new(),
            shared: Vec::new(),
        }
    }

    /// Marks that a round can tell apart.
    pub(super) fn most(&self) -> usize {
        self.width as usize - 1
    }

    /// Begins a round: all marks are lower than what it returns.
    pub(super) fn begin(&mut self) -> u32 {
        self.base = self.base.checked_add(self.width).unwrap_or(0);
        if self.base > u32::MAX - self.width || self.base == 0 {
            self.marks.fill(0);
            self.base = self.width;
        }
        self.base
    }
}

/// Marks of one round, at least.
const LEAST_WIDTH: u32 = 1 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_earlier_rounds_are_lower_than_the_base_of_the_next() {
        let size = Size {
            kept: u32::MAX / 5,
            tokens: 0,
        };
        let mut counter = Counter::new(&[size, Size::default()]);
        for _ in 0..20 {
            let base = counter.begin();
            assert!(base > 0 && counter.marks.iter().all(|&mark| mark < base));
            let most = base + counter.most() as u32;
            counter.marks.fill(most);
        }
    }
}
