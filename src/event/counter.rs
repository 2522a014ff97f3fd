//! Counts the terms of one story after another, in one table.

use super::terms::{ID_BITS, StoryTerms, Term};

/// How often a term stood, from 0: once, twice, three, four, six, nine, thirteen, twenty times or more.
const LEVELS: [u32; 8] = [1, 2, 3, 4, 6, 9, 13, 20];

/// Counts the terms of a story in an open table.
///
/// A term belongs where its identity lies among all identities: read from its first slot to its last, the table gives
/// the terms nearly in order.
#[derive(Debug)]
pub(super) struct Counter {
    /// Identity and looks of a term; 0 times is free.
    slots: Vec<Slot>,
    /// A bit for each slot that is in use.
    used: Vec<u64>,
    /// How many are.
    count: usize,
    /// What a hash is shifted by for its slot.
    shift: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    term: u32,
    times: u32,
}

impl Counter {
    /// For the terms of so many words: twice the most that can be, for half of its slots stay free.
    pub(super) fn new(words: usize) -> Self {
        let slots = (words * 4).next_power_of_two().max(1024);
        Self {
            slots: vec![Slot::default(); slots],
            used: vec![0; slots / 64],
            count: 0,
            shift: u64::BITS - slots.ilog2(),
        }
    }

    /// The terms counted so far; empties the table.
    pub(super) fn take(&mut self) -> StoryTerms {
        let mut terms = Vec::with_capacity(self.count);
        for (used, slots) in self.used.iter_mut().zip(self.slots.chunks_mut(64)) {
            let mut used = std::mem::take(used);
            while let Some(slot) = slots.get_mut(used.trailing_zeros() as usize) {
                used &= used - 1;
                let Slot { term, times } = std::mem::take(slot);
                let level = LEVELS.iter().filter(|&&least| least <= times).count() as u32 - 1;
                terms.push(Term(term | (level << Term::LEVEL)));
            }
        }
        self.count = 0;
        put_in_order(&mut terms);
        StoryTerms(terms.into())
    }

    #[inline]
    pub(super) fn count(&mut self, hash: u64, looks: u32, times: u32) {
        let id = Term::id_of(hash);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        // the cap on `count` keeps a free slot for every probe
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.times == 0 {
                if self.count > mask / 2 {
                    return;
                }
                *slot = Slot {
                    term: (id << (32 - ID_BITS)) | looks,
                    times,
                };
                self.count += 1;
                self.used[at / 64] |= 1 << (at % 64);
                return;
            }
            if slot.term >> (32 - ID_BITS) == id {
                slot.term |= looks & (Term::LEAD | Term::NAME);
                slot.times += times;
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Sorts what is nearly sorted, by insertion: few terms stand far from their place.
fn put_in_order(terms: &mut [Term]) {
    for at in 1..terms.len() {
        let mut place = at;
        while place > 0 && terms[place - 1] > terms[place] {
            terms.swap(place - 1, place);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_in_order_however_they_stand_in_the_table() {
        let mut counter = Counter::new(240);
        for round in 0..3u64 {
            // the last slots run over into the first ones
            let hashes = (0..400u64).map(|n| match n % 4 {
                0 => !0 - (n << 40),
                _ => (n + round).wrapping_mul(0x9E37_79B9_7F4A_7C15),
            });
            let hashes: Vec<u64> = hashes.collect();
            for &hash in hashes.iter().chain(&hashes[..40]) {
                counter.count(hash, 0, 1);
            }
            let mut ids: Vec<u32> = hashes.iter().map(|&hash| Term::id_of(hash)).collect();
            ids.sort_unstable();
            let terms = counter.take();
            let found: Vec<u32> = terms.terms().iter().map(|term| term.id()).collect();
            assert_eq!(found, ids);
            let twice = terms.terms().iter().filter(|term| term.level() == 1);
            assert_eq!(twice.count(), 40);
        }
    }
}
