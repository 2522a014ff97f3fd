//! Finds set phrases in a text: the marks that tail credits share, which decide whether any pattern is tried at all, and
//! the phrases of page furniture.
//!
//! Nearly every body has none of them. An automaton takes a dependent step a byte for that; here it is told of many places
//! at once whether some bytes of a mark may stand there, and only behind a hit are marks compared.

mod keys;
mod narrow;
mod wide;

use keys::Standing;
use narrow::Narrow;
use wide::Wide;

/// A set of marks, ready to be searched for.
#[derive(Debug)]
pub struct Marks {
    all: Vec<&'static str>,
    /// What is set in a byte before it is looked up: nothing, or the bit that makes ASCII letters small.
    fold: u8,
    by: By,
}

/// How they are searched for.
#[derive(Debug)]
enum By {
    Wide(Box<Wide>),
    Narrow(Narrow),
}

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
        let all = sorted(marks);
        let by = match Wide::new(&all, fold) {
            Some(wide) => By::Wide(Box::new(wide)),
            None => By::Narrow(Narrow::new(&all, fold)),
        };
        Self { all, fold, by }
    }

    /// Calls `found` with the number and the place of each mark in the text until it returns true.
    fn search(&self, text: &[u8], found: &mut dyn FnMut((usize, usize)) -> bool) {
        let mut told =
            |at: usize, marks: &[Standing]| self.standing(text, at, marks).any(&mut *found);
        match &self.by {
            By::Wide(wide) => wide.search(text, &mut told),
            By::Narrow(narrow) => narrow.search(text, &mut told),
        }
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

    /// The numbers of the marks in the text with the places where they start, in no order that all processors have in common.
    pub fn places_in(&self, text: &str) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        self.search(text.as_bytes(), &mut |found| {
            all.push(found);
            false
        });
        all
    }
}

/// Those of two bytes or more, each once.
fn sorted(marks: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut marks: Vec<&str> = marks.filter(|mark| mark.len() > 1).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: [&str; 6] = ["__", "©", "(c)", "http", "diting by", "eporting "];

    /// With the instructions of this processor, and with those that every one has.
    fn both(marks: &[&'static str], fold: u8) -> [Marks; 2] {
        let marks = || marks.iter().copied();
        let all = sorted(marks());
        let by = By::Narrow(Narrow::new(&all, fold));
        [Marks::of(marks(), fold), Marks { all, fold, by }]
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        for marks in both(&SAMPLE, 0) {
            for (number, mark) in marks.all().iter().enumerate() {
                for before in (0..9).chain(57..70) {
                    for after in 0..3 {
                        let text = format!("{}{mark}{}", "x".repeat(before), "x".repeat(after));
                        assert_eq!(marks.places_in(&text), [(number, before)], "{text}");
                        assert!(marks.any_in(&text));
                    }
                }
            }
        }
    }

    #[test]
    fn letters_are_found_in_either_case_where_that_is_wanted() {
        for marks in both(&["all rights", "© ap"], 0x20) {
            assert_eq!(marks.places_in("x ALL rights, © AP"), [(0, 2), (1, 14)]);
            assert!(!marks.any_in("all  rights"));
        }
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(text in "([a-z _©]|\\(c\\)|http|diting by|eporting ){0,60}") {
            for marks in both(&SAMPLE, 0) {
                let mut found = marks.places_in(&text);
                found.sort_unstable();
                let mut standing = Vec::new();
                for (number, mark) in marks.all().iter().enumerate() {
                    let starts = (0..text.len()).filter(|&at| text.as_bytes()[at..].starts_with(mark.as_bytes()));
                    standing.extend(starts.map(|start| (number, start)));
                }
                prop_assert_eq!(marks.any_in(&text), !standing.is_empty());
                prop_assert_eq!(found, standing);
            }
        }
    }
}
