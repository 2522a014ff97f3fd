//! What tests of readers share.

use std::ops::Range;

use super::label::Labels;
use super::unit::Unit;
use super::{line, unit};

/// What a reader makes of all units of a text.
pub(super) fn read<T>(text: &str, reader: impl FnOnce(&[Unit<'_>], &Range<usize>) -> T) -> T {
    let lines = line::lines(text);
    let units = unit::units(&lines, Labels::shipped());
    reader(&units, &(0..units.len()))
}
