//! What was found of texts seen before: pages of one site repeat their menus, labels and teasers line by line.
//!
//! A table of fixed size for each thread, so memory is bounded; it holds results of pure functions only, so what comes out
//! is the same with it and without.

use std::cell::RefCell;
use std::thread::LocalKey;

use xxhash_rust::xxh3::xxh3_64;

/// Results by the hashes of their texts.
pub(crate) struct Memo<V> {
    /// The hash of each slot, apart from the results: a look at a set of them is a look at one line of the cache.
    hashes: Vec<u64>,
    values: Vec<Option<V>>,
    size: usize,
}

/// Slots in which a result may stand, side by side.
const WAYS: usize = 4;

impl<V: Clone> Memo<V> {
    /// A table of this many slots, a power of two and [`WAYS`] or more; no room is taken before its first use.
    pub(crate) const fn new(size: usize) -> Self {
        Self {
            hashes: Vec::new(),
            values: Vec::new(),
            size,
        }
    }

    /// The first slot of a hash.
    fn first(&self, hash: u64) -> usize {
        hash as usize & (self.size - 1) & !(WAYS - 1)
    }

    fn get(&self, hash: u64) -> Option<V> {
        let first = self.first(hash);
        let ways = self.hashes.get(first..first + WAYS)?;
        let way = ways.iter().position(|&known| known == hash)?;
        self.values.get(first + way)?.clone()
    }

    fn put(&mut self, hash: u64, value: V) {
        if self.values.is_empty() {
            self.hashes.resize(self.size, 0);
            self.values.resize(self.size, None);
        }
        let first = self.first(hash);
        let ways = self.values.get(first..first + WAYS).unwrap_or_default();
        let free = ways.iter().position(Option::is_none);
        // the highest bits do not tell the slots
        let at = first + free.unwrap_or((hash >> 60) as usize % WAYS);
        if let (Some(known), Some(slot)) = (self.hashes.get_mut(at), self.values.get_mut(at)) {
            *known = hash;
            *slot = Some(value);
        }
    }
}

/// What `make` gives for a text, remembered from before where it was asked for already.
pub(crate) fn remembered<V: Clone>(
    memo: &'static LocalKey<RefCell<Memo<V>>>,
    text: &str,
    make: impl FnOnce() -> V,
) -> V {
    remembered_by(memo, xxh3_64(text.as_bytes()), make)
}

/// The same for whatever has this hash.
pub(crate) fn remembered_by<V: Clone>(
    memo: &'static LocalKey<RefCell<Memo<V>>>,
    hash: u64,
    make: impl FnOnce() -> V,
) -> V {
    if let Some(known) = memo.with_borrow(|memo| memo.get(hash)) {
        return known;
    }
    let value = make();
    memo.with_borrow_mut(|memo| memo.put(hash, value.clone()));
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: RefCell<Memo<usize>> = const { RefCell::new(Memo::new(4)) };
    }

    #[test]
    fn a_result_is_made_once_while_it_is_kept() {
        let mut made = 0;
        let mut length = |text: &str| {
            remembered(&LENGTHS, text, || {
                made += 1;
                text.len()
            })
        };
        assert_eq!([length("a"), length("a"), length("a")], [1, 1, 1]);
        for text in ["bc", "def", "ghij", "klmno", "pqrstu", "a"] {
            assert_eq!(length(text), text.len());
        }
        assert!((6..=7).contains(&made), "{made}");
    }
}
