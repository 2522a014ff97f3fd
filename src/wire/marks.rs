//! Finds the marks that tail credits share in the last bytes of a body: what decides whether any pattern is tried at all.
//!
//! Many marks are short, and nearly every body has none of them. An automaton takes a dependent step a byte for that;
//! here every second pair of bytes is looked up in a set of pairs, one of which each mark has wherever it stands, and
//! only behind a hit are marks compared.

use std::collections::BTreeMap;

/// A set of marks, ready to be searched for.
#[derive(Debug)]
pub(super) struct Marks {
    all: Vec<&'static str>,
    /// A bit for each pair of bytes that is looked for.
    pairs: Vec<u64>,
    /// What may stand at a pair: a mark by its number, and the place of the pair in it (from -1).
    at_pair: BTreeMap<u16, Vec<(u16, i16)>>,
}

/// The letters of news text, the commonest first; a pair of others is rare.
const COMMON: &[u8] = b" etaonisrhldcumfpgwybvk";

impl Marks {
    /// The marks that are not empty, each once. Their numbers are their places in the sorted list of all.
    pub(super) fn new(marks: impl Iterator<Item = &'static str>) -> Self {
        let mut marks: Vec<&str> = marks.filter(|mark| mark.len() > 1).collect();
        marks.sort_unstable();
        marks.dedup();
        let mut this = Self {
            all: marks,
            pairs: vec![0; (1 << 16) / 64],
            at_pair: BTreeMap::new(),
        };
        for number in 0..this.all.len() {
            this.add(number);
        }
        this
    }

    /// Adds the rarest pair of a mark for each of the two ways in which it can stand to the pairs that are looked at.
    fn add(&mut self, number: usize) {
        let Some(mark) = self.all.get(number).map(|mark| mark.as_bytes()) else {
            return;
        };
        for first in 0..2 {
            let places = (first..mark.len().saturating_sub(1)).step_by(2);
            let rarest = places.min_by_key(|&at| commonness(mark[at]) + commonness(mark[at + 1]));
            if let Some(at) = rarest {
                self.insert([mark[at], mark[at + 1]], number, at as i16);
                continue;
            }
            // a mark of two bytes stands over two pairs: its first byte ends one of them
            for before in 0..=u8::MAX {
                self.insert([before, mark[0]], number, -1);
            }
        }
    }

    fn insert(&mut self, pair: [u8; 2], number: usize, at: i16) {
        let pair = u16::from_le_bytes(pair);
        if let Some(bits) = self.pairs.get_mut(usize::from(pair) / 64) {
            *bits |= 1 << (pair % 64);
        }
        let found = self.at_pair.entry(pair).or_default();
        found.push((number as u16, at));
    }

    /// Calls `found` with the number of each mark in the text, in the order of their pairs, until it returns true.
    fn search(&self, text: &[u8], found: &mut dyn FnMut(usize) -> bool) {
        for (at, pair) in text.as_chunks::<2>().0.iter().enumerate() {
            let pair = u16::from_le_bytes(*pair);
            let bits = self.pairs.get(usize::from(pair) / 64).copied();
            if bits.unwrap_or_default() >> (pair % 64) & 1 == 1
                && self.marks_at(text, 2 * at, pair).any(&mut *found)
            {
                return;
            }
        }
        // the last byte of an odd number of them may be where a mark of two bytes would start: then there is none
    }

    /// The marks that have the pair at `at` of the text.
    fn marks_at(&self, text: &[u8], at: usize, pair: u16) -> impl Iterator<Item = usize> {
        let here = self.at_pair.get(&pair).map(Vec::as_slice);
        here.unwrap_or_default()
            .iter()
            .filter_map(move |&(number, place)| {
                let start = at.checked_add_signed(-isize::from(place))?;
                let mark = self.all.get(usize::from(number))?;
                let stands = text.get(start..)?.starts_with(mark.as_bytes());
                stands.then_some(usize::from(number))
            })
    }

    /// All marks, in the order of their numbers.
    pub(super) fn all(&self) -> &[&'static str] {
        &self.all
    }

    /// Whether any mark stands in the text.
    pub(super) fn any_in(&self, text: &str) -> bool {
        let mut any = false;
        self.search(text.as_bytes(), &mut |_| {
            any = true;
            true
        });
        any
    }

    /// The numbers of the marks in the text; one that stands there twice comes twice.
    pub(super) fn all_in(&self, text: &str) -> Vec<usize> {
        let mut all = Vec::new();
        self.search(text.as_bytes(), &mut |number| {
            all.push(number);
            false
        });
        all
    }
}

fn commonness(byte: u8) -> usize {
    let place = COMMON.iter().position(|&common| common == byte);
    place.map_or(0, |place| COMMON.len() - place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: [&str; 6] = ["__", "©", "(c)", "http", "diting by", "eporting "];

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let marks = Marks::new(SAMPLE.into_iter());
        for (number, mark) in marks.all().iter().enumerate() {
            for before in 0..9 {
                for after in 0..3 {
                    let text = format!("{}{mark}{}", "x".repeat(before), "x".repeat(after));
                    assert_eq!(marks.all_in(&text), [number], "{text}");
                    assert!(marks.any_in(&text));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(text in "([a-z _©]|\\(c\\)|http|diting by|eporting ){0,30}") {
            let marks = Marks::new(SAMPLE.into_iter());
            let mut found = marks.all_in(&text);
            found.sort_unstable();
            found.dedup();
            let standing: Vec<usize> =
                (0..marks.all().len()).filter(|&number| text.contains(marks.all()[number])).collect();
            prop_assert_eq!(marks.any_in(&text), !standing.is_empty());
            prop_assert_eq!(found, standing);
        }
    }
}
