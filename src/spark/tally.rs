//! What one article shares with every other that its lists link it to: a small hash table, emptied for each article.

use crate::candidates::{Need, Shared};

/// One of the others.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its number.
    pub number: u32,
    /// What its size says.
    pub need: Need,
    /// What the two share.
    pub shared: Shared,
}

/// The others, found by their numbers.
#[derive(Debug)]
pub struct Tally {
    entries: Vec<Entry>,
    /// Place of an entry, from 1; 0: free. A power of two of them.
    slots: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            slots: vec![0; 1 << 10],
        }
    }
}

impl Tally {
    /// Adds a hash that stands at these places in the article and in the other.
    pub fn count(&mut self, number: u32, need: Need, places: (u16, u16)) {
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mut slot = self.slot(number);
        loop {
            let at = self.slots.get(slot).copied().unwrap_or(0);
            if at == 0 {
                break;
            }
            let entry = self.entries.get_mut(at as usize - 1);
            if let Some(entry) = entry.filter(|entry| entry.number == number) {
                entry.shared.count(places.0, places.1);
                return;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let mut shared = Shared::default();
        shared.count(places.0, places.1);
        self.entries.push(Entry {
            number,
            need,
            shared,
        });
        if let Some(free) = self.slots.get_mut(slot) {
            *free = self.entries.len() as u32;
        }
    }

    /// The others, in the order in which they came.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.slots.fill(0);
    }

    fn slot(&self, number: u32) -> usize {
        number.wrapping_mul(0x9e37_79b1) as usize >> 7 & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        let numbers: Vec<u32> = self.entries.iter().map(|entry| entry.number).collect();
        for (number, at) in numbers.into_iter().zip(1..) {
            let mut slot = self.slot(number);
            while self.slots.get(slot).is_some_and(|&taken| taken != 0) {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            if let Some(free) = self.slots.get_mut(slot) {
                *free = at;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_add_up_however_many_others_there_are() {
        let mut tally = Tally::default();
        let need = Need { hits: 2, tokens: 9 };
        for round in 0..2 {
            for hit in 0..3u16 {
                for n in 0..5000u32 {
                    tally.count(n.wrapping_mul(977), need, (hit, hit + 1));
                }
            }
            assert_eq!(tally.entries().len(), 5000, "{round}");
            assert!(
                tally
                    .entries()
                    .iter()
                    .all(|e| e.shared.hits == 3 && e.shared.span_b == (1, 3))
            );
            tally.clear();
            assert!(tally.entries().is_empty());
        }
    }
}
