//! Finds set phrases in a text: the marks that tail credits share, which decide whether any pattern is tried at all, and
//! the phrases of page furniture.
//!
//! Many marks are short, and nearly every body has none of them. An automaton takes a dependent step a byte for that;
//! here every second pair of bytes is looked up in a set of pairs, one of which each mark has wherever it stands, and
//! only behind a hit are marks compared.

/// A set of marks, ready to be searched for.
#[derive(Debug)]
pub struct Marks {
    all: Vec<&'static str>,
    /// What is set in a pair before it is looked up: nothing, or the bit that makes ASCII letters small.
    fold: u16,
    /// A bit for each pair of bytes that is looked for.
    pairs: Box<[u64; WORDS]>,
    /// For each such pair the place in `standing` of what may stand there, plus one.
    lists: Vec<u16>,
    /// What may stand at a pair: a mark by its number, and the place of the pair in it (from -1).
    standing: Vec<Vec<(u16, i16)>>,
}

/// Words of a bit for each pair of bytes.
const WORDS: usize = (1 << 16) / 64;

/// How common bytes are in news text, in steps of a factor of about 1.4; all others are rare.
const COMMON: [(&[u8], u32); 8] = [
    (b" ", 14),
    (b"e", 13),
    (b"taonisr", 12),
    (b"hld", 10),
    (b"cumpf", 9),
    (b"gwyb", 8),
    (b"v", 7),
    (b"k,.", 5),
];

impl Marks {
    /// The marks of two bytes or more, each once. Their numbers are their places in the sorted list of all.
    pub fn new(marks: impl Iterator<Item = &'static str>) -> Self {
        Self::of(marks, 0)
    }

    /// The same for marks without ASCII capitals, found in capitals and small letters alike.
    pub fn of_any_case(marks: impl Iterator<Item = &'static str>) -> Self {
        Self::of(marks, 0x2020)
    }

    fn of(marks: impl Iterator<Item = &'static str>, fold: u16) -> Self {
        let mut marks: Vec<&str> = marks.filter(|mark| mark.len() > 1).collect();
        marks.sort_unstable();
        marks.dedup();
        let mut this = Self {
            all: marks,
            fold,
            pairs: Box::new([0; WORDS]),
            lists: vec![0; 1 << 16],
            standing: Vec::new(),
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
        let pair = u16::from_le_bytes(pair) | self.fold;
        self.pairs[usize::from(pair / 64)] |= 1 << (pair % 64);
        let Some(list) = self.lists.get_mut(usize::from(pair)) else {
            return;
        };
        if *list == 0 {
            self.standing.push(Vec::new());
            *list = self.standing.len() as u16;
        }
        if let Some(marks) = self.standing.get_mut(usize::from(*list) - 1) {
            marks.push((number as u16, at));
        }
    }

    /// Calls `found` with the number and the place of each mark in the text, in the order of their pairs, until it returns
    /// true.
    fn search(&self, text: &[u8], found: &mut dyn FnMut((usize, usize)) -> bool) {
        for (at, pair) in text.as_chunks::<2>().0.iter().enumerate() {
            let pair = u16::from_le_bytes(*pair) | self.fold;
            // a pair has 16 bits: in bounds for every pair
            if self.pairs[usize::from(pair / 64)] >> (pair % 64) & 1 == 1
                && self.marks_at(text, 2 * at, pair).any(&mut *found)
            {
                return;
            }
        }
        // the last byte of an odd number of them may be where a mark of two bytes would start: then there is none
    }

    /// The marks that have the pair at `at` of the text, and where they start.
    fn marks_at(&self, text: &[u8], at: usize, pair: u16) -> impl Iterator<Item = (usize, usize)> {
        let list = self.lists.get(usize::from(pair)).copied();
        let list = usize::from(list.unwrap_or_default()).checked_sub(1);
        let here = list.and_then(|list| self.standing.get(list));
        here.map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter_map(move |&(number, place)| {
                let start = at.checked_add_signed(-isize::from(place))?;
                let mark = self.all.get(usize::from(number))?.as_bytes();
                let there = text.get(start..start + mark.len())?;
                let stands = there == mark || self.fold > 0 && there.eq_ignore_ascii_case(mark);
                stands.then_some((usize::from(number), start))
            })
    }

    /// All marks, in the order of their numbers.
    pub fn all(&self) -> &[&'static str] {
        &self.all
    }

    /// Whether any mark stands in the text.
    pub fn any_in(&self, text: &str) -> bool {
        let mut any = false;
        self.search(text.as_bytes(), &mut |_| {
            any = true;
            true
        });
        any
    }

    /// The numbers of the marks in the text; one that stands there twice comes twice.
    pub fn all_in(&self, text: &str) -> Vec<usize> {
        let places = self.places_in(text).into_iter();
        places.map(|(number, _)| number).collect()
    }

    /// The numbers of the marks in the text with the places where they start, in the order of their pairs.
    pub fn places_in(&self, text: &str) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        self.search(text.as_bytes(), &mut |found| {
            all.push(found);
            false
        });
        all
    }
}

fn commonness(byte: u8) -> u32 {
    let found = COMMON.iter().find(|(bytes, _)| bytes.contains(&byte));
    found.map_or(0, |&(_, much)| much)
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

    #[test]
    fn letters_are_found_in_either_case_where_that_is_wanted() {
        let marks = Marks::of_any_case(["all rights", "© ap"].into_iter());
        assert_eq!(marks.places_in("x ALL rights, © AP"), [(0, 2), (1, 14)]);
        assert!(!marks.any_in("all  rights"));
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
