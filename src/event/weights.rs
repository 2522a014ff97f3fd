//! The numbers of the event stage, read from `weights.tsv`: what a program learned, with its provenance beside it.
//!
//! All are kept in thousandths, and everything is computed in integers, so that every machine gives the same events.

use std::sync::LazyLock;

/// One number a line: name, thousandths, what it does.
const TABLE: &str = include_str!("weights.tsv");

/// What the event stage weighs with, in thousandths where nothing else is said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Weights {
    values: Vec<(&'static str, i64)>,
}

impl Weights {
    /// The learned ones.
    pub fn learned() -> &'static Self {
        static LEARNED: LazyLock<Weights> = LazyLock::new(|| Weights::read(TABLE));
        &LEARNED
    }

    fn read(table: &'static str) -> Self {
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        let values = rows.filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?, cells.next()?.parse().ok()?))
        });
        Self {
            values: values.collect(),
        }
    }

    /// Names and values, in the order of the table.
    pub fn values(&self) -> &[(&'static str, i64)] {
        &self.values
    }

    /// The value of that name, in thousandths; 0 where the table has none.
    pub fn get(&self, name: &str) -> i64 {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map_or(0, |&(_, value)| value)
    }

    /// The same weights but for one.
    #[must_use]
    pub fn with(&self, name: &str, value: i64) -> Self {
        let mut changed = self.clone();
        for (known, old) in &mut changed.values {
            if *known == name {
                *old = value;
            }
        }
        changed
    }
}

/// The binary logarithm of `x` in 1024ths; 0 for 0. Integers alone: no two machines differ.
pub(super) fn log2(x: u64) -> i64 {
    if x == 0 {
        return 0;
    }
    let whole = x.ilog2();
    // the mantissa in 1..2, with 31 bits behind the point
    let mut mantissa = (x << x.leading_zeros()) >> 32;
    let mut bits = i64::from(whole);
    for _ in 0..10 {
        mantissa = (mantissa * mantissa) >> 31;
        bits <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            bits |= 1;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_a_thousandth() {
        for x in [1u64, 2, 3, 10, 1000, 65_537, u64::MAX] {
            let exact = (x as f64).log2() * 1024.0;
            assert!((log2(x) as f64 - exact).abs() <= 1.0, "{x}");
        }
    }

    #[test]
    fn every_weight_is_read_and_can_be_changed() {
        let weights = Weights::learned();
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(weights.values().len(), rows);
        assert_eq!(weights.with("hapax", 7).get("hapax"), 7);
    }
}
