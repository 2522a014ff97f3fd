//! Words in lower case → what a table says of them. Looked up for every word of many lines, so without a copy of the word
//! and with a hash made for short keys.

use xxhash_rust::xxh3::xxh3_64;

/// A table of words; its keys are in lower case.
#[derive(Debug)]
pub(crate) struct Table<V> {
    entries: Vec<(String, V)>,
    /// Numbers of entries plus one, by the hashes of their keys; 0 is free. A power of two of them, half of them free.
    slots: Vec<u32>,
    /// Bytes of the longest key.
    longest: usize,
    /// A bit for each first and last letter and length of the keys of ASCII: nearly all strangers are told by that.
    shapes: Box<[u64; SHAPES]>,
}

/// Longer words are put into lower case on the heap.
const SHORT: usize = 64;

impl<V> Table<V> {
    /// The table of these entries; of two with one key the later one counts.
    pub(crate) fn new(entries: impl Iterator<Item = (String, V)>) -> Self {
        let mut table = Self {
            entries: Vec::new(),
            slots: Vec::new(),
            longest: 0,
            shapes: Box::new([0; SHAPES]),
        };
        for (key, value) in entries {
            table.insert(key, value);
        }
        table
    }

    fn insert(&mut self, key: String, value: V) {
        if let Some(known) = self.find(key.as_bytes()) {
            if let Some(entry) = self.entries.get_mut(known) {
                entry.1 = value;
            }
            return;
        }
        self.longest = self.longest.max(key.len());
        if let Some((word, bit)) = shape(key.as_bytes()) {
            self.shapes[word] |= bit;
        }
        self.entries.push((key, value));
        if self.entries.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.entries.len() * 4).next_power_of_two()];
            for number in 0..self.entries.len() {
                self.place(number);
            }
        } else {
            self.place(self.entries.len() - 1);
        }
    }

    fn place(&mut self, number: usize) {
        let Some((key, _)) = self.entries.get(number) else {
            return;
        };
        let mut slot = self.slot(key.as_bytes());
        while self.slots.get(slot).is_some_and(|&used| used != 0) {
            slot = (slot + 1) % self.slots.len();
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number as u32 + 1;
        }
    }

    fn slot(&self, key: &[u8]) -> usize {
        xxh3_64(key) as usize & self.slots.len().saturating_sub(1)
    }

    fn find(&self, key: &[u8]) -> Option<usize> {
        if key.len() > self.longest || self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(key);
        loop {
            let number = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            if self.entries.get(number)?.0.as_bytes() == key {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Whether a word of ASCII could stand in the table, as it is or in lower case: cheap, and false for nearly all strangers.
    #[inline]
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        shape(word.as_bytes()).is_some_and(|(word, bit)| self.shapes[word] & bit != 0)
    }

    /// Whether a word stands in the table as it is.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.may_hold(word) && self.get(word).is_some()
    }

    /// What the table says of a word as it stands.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        let number = self.find(word.as_bytes())?;
        self.entries.get(number).map(|(_, value)| value)
    }

    /// What the table says of a word in lower case.
    pub(crate) fn get_lower(&self, word: &str) -> Option<&V> {
        let mut short = [0; SHORT];
        let number = match short.get_mut(..word.len()) {
            Some(lower) if word.is_ascii() => {
                if word.len() > self.longest || !self.may_hold(word) {
                    return None;
                }
                lower.copy_from_slice(word.as_bytes());
                lower.make_ascii_lowercase();
                self.find(lower)
            }
            _ => self.find(word.to_lowercase().as_bytes()),
        }?;
        self.entries.get(number).map(|(_, value)| value)
    }
}

/// Words of bits for the shapes of keys.
const SHAPES: usize = 256;

/// The bit of a word's shape, whatever the case of its letters; the empty word has none.
#[inline]
fn shape(word: &[u8]) -> Option<(usize, u64)> {
    let (first, last) = (word.first()? | 0x20, word.last()? | 0x20);
    let shape = u32::from(first) << 16 | u32::from(last) << 8 | word.len().min(255) as u32;
    let mixed = shape.wrapping_mul(0x9e37_79b1) >> 18;
    Some((mixed as usize / 64 % SHAPES, 1 << (mixed % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let words = ["ap", "reuters", "тасс", "the canadian press"];
        let table = Table::new(words.iter().map(|word| ((*word).to_owned(), word.len())));
        for word in words {
            assert!(table.may_hold(word));
            assert_eq!(table.get(word), Some(&word.len()));
            assert_eq!(table.get_lower(&word.to_uppercase()), Some(&word.len()));
        }
        for stranger in ["", "a", "apx", "Ap", "x".repeat(100).as_str()] {
            assert_eq!(table.get(stranger), None, "{stranger}");
        }
        assert_eq!(Table::<u8>::new(std::iter::empty()).get("a"), None);
    }

    #[test]
    fn the_later_of_two_entries_counts() {
        let pairs = (0..200u32).map(|number| ((number % 100).to_string(), number));
        let table = Table::new(pairs);
        assert_eq!(table.get("7"), Some(&107));
        assert_eq!(table.entries.len(), 100);
    }
}
