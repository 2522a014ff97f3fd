//! Counts the terms of one story after another, in one table.

use super::terms::{ID_BITS, StoryTerms, Term};

/// How often a term stood, from 0: once, twice, three, four, six, nine, thirteen, twenty times or more.
const LEVELS: [u32; 8] = [1, 2, 3, 4, 6, 9, 13, 20];

/// Counts the terms of a story in an open table.
#[derive(Debug)]
pub(super) struct Counter {
    /// Identity and looks of a term; 0 times is free.
    slots: Vec<Slot>,
    /// The slots in use.
    used: Vec<u16>,
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
            used: Vec::with_capacity(slots / 2),
        }
    }

    /// The terms counted so far; empties the table.
    pub(super) fn take(&mut self) -> StoryTerms {
        let mut terms = Vec::with_capacity(self.used.len());
        for &slot in &self.used {
            let Slot { term, times } = std::mem::take(&mut self.slots[usize::from(slot)]);
            let level = LEVELS.iter().filter(|&&least| least <= times).count() as u32 - 1;
            terms.push(Term(term | (level << Term::LEVEL)));
        }
        self.used.clear();
        terms.sort_unstable();
        StoryTerms(terms.into())
    }

    pub(super) fn count(&mut self, hash: u64, looks: u32, times: u32) {
        let id = Term::id_of(hash);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        // the cap on `used` keeps a free slot for every probe
        loop {
            let slot = &mut self.slots[at];
            if slot.times == 0 {
                if self.used.len() > mask / 2 {
                    return;
                }
                *slot = Slot {
                    term: (id << (32 - ID_BITS)) | looks,
                    times,
                };
                self.used.push(at as u16);
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
