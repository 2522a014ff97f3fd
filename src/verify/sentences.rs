//! What verification knows of a body beyond its tokens: sentences, quoted speech, names and figures, and where each
//! word stands.

use super::frame::{Why, furniture};
use crate::sketch::WORDS;
use std::hint::select_unpredictable;
use std::ops::Range;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::{Sentence, Shape, Token, lines, quotations, sentences};

/// Sentences, quotations and classes of the words of a body.
#[derive(Debug)]
pub struct Detail {
    /// The sentences; they partition the tokens.
    pub sentences: Vec<Sentence>,
    /// The class of each token.
    pub classes: Vec<Class>,
}

/// What a word is to the comparison: a set of marks, a bit each, so that a pass over a body is a pass over bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Class(u8);

impl Class {
    /// Stands in quotation marks.
    pub const QUOTED: Self = Self(1);
    /// Belongs to page furniture, or to a text that stood before in the same body.
    pub const FURNITURE: Self = Self(2);
    /// A capitalised word that opens no sentence.
    pub const NAME: Self = Self(4);
    /// Has a digit.
    pub const NUMBER: Self = Self(8);
    /// Long enough to carry meaning: not an article, a pronoun or a preposition.
    pub const HEAVY: Self = Self(16);

    /// Both sets of marks.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `marks` is set.
    #[inline]
    pub const fn any(self, marks: Self) -> bool {
        self.0 & marks.0 != 0
    }

    #[inline]
    fn set(&mut self, marks: Self) {
        self.0 |= marks.0;
    }

    #[inline]
    fn clear(&mut self, marks: Self) {
        self.0 &= !marks.0;
    }
}

/// How many of `classes` have any of `marks`.
pub fn count(classes: &[Class], marks: Class) -> u32 {
    classes
        .iter()
        .map(|class| u32::from(class.any(marks)))
        .sum()
}

/// Letters from which on a word counts as heavy.
const HEAVY: usize = 4;

impl Detail {
    /// Reads a body; `lines` are those of [`furniture_of`]; `first` gives the first place of a shingle that stood before, where `repeats`.
    pub fn of(
        body: &str,
        tokens: &[Token],
        lines: &[Furniture],
        repeats: bool,
        first: &dyn Fn(usize) -> Option<usize>,
    ) -> Self {
        let sentences = sentences(body, tokens);
        let mut classes: Vec<Class> = tokens.iter().map(class).collect();
        for sentence in &sentences {
            if let Some(first) = classes.get_mut(sentence.tokens.start as usize) {
                first.clear(Class::NAME);
            }
        }
        mark_quoted(&mut classes, tokens, body);
        mark_spoken(&mut classes, tokens, body);
        mark_furniture(&mut classes, lines);
        if repeats {
            mark_repeated(&mut classes, first);
        }
        Self { sentences, classes }
    }
}

/// Where each word of a body stands, and in which sentence.
#[derive(Debug)]
pub struct Index {
    /// Number of the sentence of each token.
    pub sentence_of: Vec<u32>,
    /// Places of the words, by their hash: sorted.
    words: Vec<(u64, u32)>,
}

impl Index {
    /// Indexes the tokens of a body.
    pub fn new(tokens: &[Token], sentences: &[Sentence]) -> Self {
        let mut sentence_of = vec![0; tokens.len()];
        for (number, sentence) in sentences.iter().enumerate() {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            sentence_of[range].fill(number as u32);
        }
        let places = tokens.iter().zip(0..);
        let mut words: Vec<(u64, u32)> = places.map(|(token, place)| (token.hash, place)).collect();
        words.sort_unstable();
        Self { sentence_of, words }
    }

    /// The places of a word, ascending.
    pub fn places(&self, word: u64) -> impl Iterator<Item = u32> + '_ {
        let from = self.words.partition_point(|&(hash, _)| hash < word);
        self.words[from..]
            .iter()
            .take_while(move |&&(hash, _)| hash == word)
            .map(|&(_, place)| place)
    }
}

#[inline]
fn class(token: &Token) -> Class {
    let (short, long) = match token.shape {
        Shape::Lower => (Class::default(), Class::HEAVY),
        Shape::Capital | Shape::Upper => (Class::NAME, Class::NAME.or(Class::HEAVY)),
        Shape::Number => (
            Class::NUMBER.or(Class::HEAVY),
            Class::NUMBER.or(Class::HEAVY),
        ),
        Shape::Bigram => (Class::HEAVY, Class::HEAVY),
    };
    select_unpredictable(usize::from(token.len) >= HEAVY, long, short)
}

/// Marks the words that stand in quotation marks.
fn mark_quoted(classes: &mut [Class], tokens: &[Token], body: &str) {
    let place = |byte: u32| tokens.partition_point(|token| token.start < byte);
    for quotation in quotations(body) {
        for class in &mut classes[place(quotation.start)..place(quotation.end)] {
            class.set(Class::QUOTED);
        }
    }
}

/// Marks paragraphs that speak of "I" outside quotation marks: letters, statements and posts printed as they are.
fn mark_spoken(classes: &mut [Class], tokens: &[Token], body: &str) {
    let mut first = 0;
    let mut end = 0;
    for line in lines(body) {
        end += line.len();
        let count = tokens[first..]
            .iter()
            .take_while(|t| (t.start as usize) < end)
            .count();
        let range = first..first + count;
        first = range.end;
        if std::iter::zip(&tokens[range.clone()], &classes[range.clone()])
            .any(|(token, class)| !class.any(Class::QUOTED) && is_first_person(token))
        {
            for class in &mut classes[range] {
                class.set(Class::QUOTED);
            }
        }
    }
}

/// Words of the first person singular that are no other word in a language with as many readers, one a line.
const FIRST_PERSON: &str = include_str!("first_person.tsv");

/// The words of [`FIRST_PERSON`], by their hashes.
struct FirstPerson {
    /// Sorted.
    hashes: Vec<u64>,
    /// A bit for the lowest six bits of each hash: most words are told apart by it.
    filter: u64,
}

/// Whether a word is of the first person singular. A lone `i` is only one if it is a capital.
fn is_first_person(token: &Token) -> bool {
    static WORDS: OnceLock<FirstPerson> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let words = FIRST_PERSON.lines();
        let mut hashes: Vec<u64> = words.map(|word| xxh3_64(word.as_bytes())).collect();
        hashes.sort_unstable();
        let filter = hashes.iter().fold(0, |bits, hash| bits | 1 << (hash % 64));
        FirstPerson { hashes, filter }
    });
    words.filter >> (token.hash % 64) & 1 == 1
        && token.len <= 12
        && (token.len > 1 || token.shape == Shape::Capital)
        && words.hashes.binary_search(&token.hash).is_ok()
}

/// A line that is no prose: its tokens, and why.
pub type Furniture = (Range<usize>, Why);

/// The lines of a body that are no prose.
pub fn furniture_of(tokens: &[Token], body: &str) -> Vec<Furniture> {
    let place = |byte: usize| tokens.partition_point(|token| (token.start as usize) < byte);
    let mut last = 0;
    let lines = furniture(body, |line| {
        let first = last;
        last = first
            + tokens[first..]
                .iter()
                .take_while(|t| (t.start as usize) < line.end)
                .count();
        last - first
    });
    let line = |(line, why): (Range<usize>, Why)| (place(line.start)..place(line.end), why);
    lines.into_iter().map(line).collect()
}

/// Marks the words of lines that are no prose.
fn mark_furniture(classes: &mut [Class], lines: &[Furniture]) {
    let words: usize = lines.iter().map(|(line, _)| line.len()).sum();
    let prose = classes.len() - words;
    for (line, why) in lines {
        // a caption is all the text that some pages have
        if *why == Why::Picture && prose * LEAST_PROSE < classes.len() {
            continue;
        }
        for class in &mut classes[line.clone()] {
            class.set(Class::FURNITURE);
        }
    }
}

/// Captions are prose where less than one word in so many is any other.
const LEAST_PROSE: usize = 3;

/// Shingles in a row that must stand twice for their words to count as repeated: a phrase may recur.
pub const REPEATED: usize = 8;

/// Marks the words of stretches that stood in the prose before: a paragraph printed twice counts once.
fn mark_repeated(classes: &mut [Class], first: &dyn Fn(usize) -> Option<usize>) {
    let mut row = 0;
    for place in 0..=classes.len() {
        let repeats = place < classes.len()
            && first(place)
                .is_some_and(|first| classes.get(first).is_some_and(|c| !c.any(Class::FURNITURE)));
        if repeats {
            row += 1;
            continue;
        }
        if row >= REPEATED {
            for class in &mut classes[(place - row).saturating_sub(WORDS - 1)..place] {
                class.set(Class::FURNITURE);
            }
        }
        row = 0;
    }
}
