//! Which hashes an addition asks the archive for: a bitmap that turns nearly all others away, then a table.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Kept hashes are hashes already: no second one is needed.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u32(&mut self, hash: u32) {
        // spread: a table looks at the upper bits, too, and kept hashes have none there
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map from kept hashes.
pub type ByHash<T> = HashMap<u32, T, BuildHasherDefault<AsItIs>>;

/// A set of kept hashes.
pub type Hashes = HashSet<u32, BuildHasherDefault<AsItIs>>;

/// A set of kept hashes that is asked far more often for others than for its own.
#[derive(Debug, Default)]
pub struct Wanted {
    bits: Vec<u64>,
    mask: u32,
    hashes: Hashes,
}

impl Wanted {
    /// The set of these hashes.
    pub fn new(hashes: impl Iterator<Item = u32>) -> Self {
        let hashes: Hashes = hashes.collect();
        // one in 32 passes the bitmap by chance
        let bits = (hashes.len() * 32)
            .next_power_of_two()
            .clamp(1 << 10, 1 << 30);
        let mut set = Self {
            bits: vec![0; bits / 64],
            mask: bits as u32 - 1,
            hashes: Hashes::default(),
        };
        for &hash in &hashes {
            let bit = hash & set.mask;
            set.bits[bit as usize / 64] |= 1 << (bit % 64);
        }
        set.hashes = hashes;
        set
    }

    /// Whether a hash is in the set.
    #[inline]
    pub fn holds(&self, hash: u32) -> bool {
        let bit = hash & self.mask;
        self.bits[bit as usize / 64] >> (bit % 64) & 1 == 1 && self.hashes.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_was_put_in_and_nothing_else() {
        let wanted = Wanted::new((0..5000).map(|n| n * 7919));
        let held = (0..7919 * 5000u32).filter(|&hash| wanted.holds(hash));
        assert_eq!(held.count(), 5000);
        assert!(!Wanted::new(std::iter::empty()).holds(0));
    }
}
