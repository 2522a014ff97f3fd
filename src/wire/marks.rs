//! Finds set phrases in a text: the marks that tail credits share, which decide whether any pattern is tried at all, and
//! the phrases of page furniture.
//!
//! Nearly every body has none of them. An automaton takes a dependent step a byte for that; here the four bytes at every
//! second place are looked up in a set, which has four of each mark for either way in which it can stand, and only
//! behind a hit are marks compared. Of marks that are too short for that, two bytes are looked up.

/// A set of marks, ready to be searched for.
#[derive(Debug)]
pub struct Marks {
    all: Vec<&'static str>,
    /// What is set in a byte before it is looked up: nothing, or the bit that makes ASCII letters small.
    fold: u8,
    /// By two bytes: short marks.
    pairs: Keys,
    /// By four bytes, hashed to two: all others.
    fours: Keys,
}

/// What may stand where some bytes do.
#[derive(Debug)]
struct Keys {
    /// A bit for each key that is looked for.
    bits: Box<[u64; WORDS]>,
    /// For each such key the place in `standing` of what may stand there, plus one.
    lists: Vec<u16>,
    standing: Vec<Vec<Standing>>,
}

/// A mark that may stand around some bytes.
#[derive(Clone, Copy, Debug)]
struct Standing {
    number: u16,
    /// The place of the bytes in the mark, from -1.
    place: i16,
    /// What tells most other words apart without a look at the mark itself: its last place, and its first and last byte
    /// with the bit set that is set in all bytes before they are looked up.
    last: u16,
    ends: [u8; 2],
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            bits: Box::new([0; WORDS]),
            lists: vec![0; 1 << 16],
            standing: Vec::new(),
        }
    }
}

impl Keys {
    fn insert(&mut self, key: u16, standing: Standing) {
        self.bits[usize::from(key / 64)] |= 1 << (key % 64);
        let Some(list) = self.lists.get_mut(usize::from(key)) else {
            return;
        };
        if *list == 0 {
            self.standing.push(Vec::new());
            *list = self.standing.len() as u16;
        }
        if let Some(marks) = self.standing.get_mut(usize::from(*list) - 1) {
            marks.push(standing);
        }
    }

    /// Whether a key is looked for.
    #[inline]
    fn has(&self, key: u16) -> bool {
        // a key has 16 bits: in bounds for every one
        self.bits[usize::from(key / 64)] >> (key % 64) & 1 == 1
    }

    fn at(&self, key: u16) -> &[Standing] {
        let list = self.lists.get(usize::from(key)).copied();
        let list = usize::from(list.unwrap_or_default()).checked_sub(1);
        let here = list.and_then(|list| self.standing.get(list));
        here.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Words of a bit for each key.
const WORDS: usize = (1 << 16) / 64;

/// Bytes from which on a mark holds four bytes wherever the search looks.
const LONG: usize = 5;

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
        Self::of(marks, 0x20)
    }

    fn of(marks: impl Iterator<Item = &'static str>, fold: u8) -> Self {
        let mut marks: Vec<&str> = marks.filter(|mark| mark.len() > 1).collect();
        marks.sort_unstable();
        marks.dedup();
        let mut this = Self {
            all: marks,
            fold,
            pairs: Keys::default(),
            fours: Keys::default(),
        };
        for number in 0..this.all.len() {
            this.add(number);
        }
        this
    }

    /// Adds the rarest bytes of a mark for each of the two ways in which it can stand to the bytes that are looked at.
    fn add(&mut self, number: usize) {
        let Some(mark) = self.all.get(number).map(|mark| mark.as_bytes()) else {
            return;
        };
        let width = if mark.len() >= LONG { 4 } else { 2 };
        let (Some(&one), Some(&other)) = (mark.first(), mark.last()) else {
            return;
        };
        let standing = |place: i16| Standing {
            number: number as u16,
            place,
            last: mark.len() as u16 - 1,
            ends: [one | self.fold, other | self.fold],
        };
        for first in 0..2 {
            let places = (first..(mark.len() + 1).saturating_sub(width)).step_by(2);
            let of = |at: usize| mark[at..at + width].iter().map(|&byte| commonness(byte));
            let rarest = places.min_by_key(|&at| of(at).sum::<u32>());
            match rarest.map(|at| (at, &mark[at..at + width])) {
                Some((at, &[a, b, c, d])) => {
                    let key = self.four(u32::from_le_bytes([a, b, c, d]));
                    self.fours.insert(key, standing(at as i16));
                }
                Some((at, &[a, b])) => {
                    let key = self.pair(u16::from_le_bytes([a, b]));
                    self.pairs.insert(key, standing(at as i16));
                }
                // a mark of two bytes stands over two pairs: its first byte ends one of them
                _ => {
                    for before in 0..=u8::MAX {
                        let key = self.pair(u16::from_le_bytes([before, mark[0]]));
                        self.pairs.insert(key, standing(-1));
                    }
                }
            }
        }
    }

    #[inline]
    fn pair(&self, bytes: u16) -> u16 {
        bytes | u16::from_le_bytes([self.fold; 2])
    }

    #[inline]
    fn four(&self, bytes: u32) -> u16 {
        let bytes = bytes | u32::from_le_bytes([self.fold; 4]);
        // multiplicative hashing (Knuth): the upper bits depend on all four bytes
        (bytes.wrapping_mul(0x9e37_79b1) >> 16) as u16
    }

    /// Calls `found` with the number and the place of each mark in the text, by the places where they were recognised,
    /// until it returns true.
    fn search(&self, text: &[u8], found: &mut dyn FnMut((usize, usize)) -> bool) {
        let mut at = 0;
        // three places at once: most texts have nothing in most of them
        while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let bytes = u64::from_le_bytes(*bytes);
            let hit = |place: u32| {
                let here = (bytes >> (16 * place)) as u32;
                let hit = self.pairs.has(self.pair(here as u16)) | self.fours.has(self.four(here));
                u32::from(hit) << place
            };
            let mut hits = hit(0) | hit(1) | hit(2);
            while hits != 0 {
                if self.search_at(text, at + 2 * hits.trailing_zeros() as usize, found) {
                    return;
                }
                hits &= hits - 1;
            }
            at += 6;
        }
        while at + 3 < text.len() {
            if self.search_at(text, at, found) {
                return;
            }
            at += 2;
        }
        // where less than four bytes are left only short marks can stand; where one is left, none
        while let Some(&pair) = text.get(at..).and_then(<[u8]>::first_chunk) {
            if self
                .standing(text, at, self.pairs.at(self.pair(u16::from_le_bytes(pair))))
                .any(&mut *found)
            {
                return;
            }
            at += 2;
        }
    }

    /// The same at one place behind which four bytes stand; whether it was stopped.
    fn search_at(
        &self,
        text: &[u8],
        at: usize,
        found: &mut dyn FnMut((usize, usize)) -> bool,
    ) -> bool {
        let Some(&[a, b, c, d]) = text.get(at..).and_then(<[u8]>::first_chunk) else {
            return false;
        };
        let pair = self.pair(u16::from_le_bytes([a, b]));
        let four = self.four(u32::from_le_bytes([a, b, c, d]));
        let short = self.standing(text, at, self.pairs.at(pair));
        let long = self.standing(text, at, self.fours.at(four));
        short.chain(long).any(&mut *found)
    }

    /// Which of the marks that may stand around `at` do, and where they start.
    fn standing(
        &self,
        text: &[u8],
        at: usize,
        marks: &[Standing],
    ) -> impl Iterator<Item = (usize, usize)> {
        marks.iter().filter_map(move |standing| {
            let start = at.checked_add_signed(-isize::from(standing.place))?;
            let ends = [
                text.get(start)?,
                text.get(start + usize::from(standing.last))?,
            ];
            if ends.map(|byte| byte | self.fold) != standing.ends {
                return None;
            }
            let mark = self.all.get(usize::from(standing.number))?.as_bytes();
            let there = text.get(start..start + mark.len())?;
            let stands = there == mark || self.fold > 0 && there.eq_ignore_ascii_case(mark);
            stands.then_some((usize::from(standing.number), start))
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

    /// The numbers of the marks in the text with the places where they start, in the order in which they were recognised.
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
