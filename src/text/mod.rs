//! A body → [`Document`]: normalised tokens with their places, and sentences.

mod careful;
pub(crate) mod class;
mod count;
mod hash;
#[cfg(target_arch = "x86_64")]
pub(crate) mod lanes;
mod lines;
mod runs;
pub(crate) mod scan;
mod script;
mod sentence;
mod token;
mod wide;

pub use count::count_words;
use hash::EACH;
pub use hash::{Ends, lower_ascii};
pub use lines::{lines, split_line};
pub use sentence::{quotations, sentences};
pub use token::{TokenSink, Tokeniser, tokenise, tokenise_by_unicode};
use wide::read_words;
pub use wide::{ROW, hash_words};

/// One word, number or (in scripts without spaces) character bigram of a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// XXH3-64 of the normalised token in UTF-8.
    pub hash: u64,
    /// Byte in the body where it starts.
    pub start: u32,
    /// Its length in bytes.
    pub len: u16,
    /// What it looks like.
    pub shape: Shape,
}

/// What a token looks like in the body; what tells names and figures from other words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A word in small letters, or in a script without case.
    Lower,
    /// A word with a capital initial.
    Capital,
    /// A word in capitals, of two letters or more.
    Upper,
    /// Has a digit.
    Number,
    /// A bigram of a script without spaces.
    Bigram,
}

/// A sentence of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: std::ops::Range<u32>,
    /// Its bytes in the body.
    pub bytes: std::ops::Range<u32>,
}

/// A body made comparable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; they partition the tokens.
    pub sentences: Vec<Sentence>,
}

/// Makes a body comparable.
#[must_use]
pub fn document(body: &str) -> Document {
    let mut collector = Collector {
        body,
        tokens: Vec::with_capacity(body.len() / 5),
    };
    tokenise(body, &mut collector);
    Document {
        tokens: collector.tokens,
        sentences: Vec::new(),
    }
}

struct Collector<'a> {
    body: &'a str,
    tokens: Vec<Token>,
}

impl Collector<'_> {
    #[inline]
    fn push(&mut self, hash: u64, start: usize, len: usize, shape: Shape) {
        // a body is at most `Limits::record` long, far below 4 GiB; a word longer than 64 KiB keeps its hash
        self.tokens.push(Token {
            hash,
            start: start as u32,
            len: len.min(usize::from(u16::MAX)) as u16,
            shape,
        });
    }
}

impl TokenSink for Collector<'_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        let shape = shape(&self.body[start..start + len]);
        self.push(hash, start, len, shape);
    }

    fn row(&mut self, body: &[u8], words: &[[u32; 2]]) {
        let (mut hashes, mut looks) = ([0; ROW], [0; ROW]);
        for words in words.chunks(ROW) {
            let (hashes, looks) = (&mut hashes[..words.len()], &mut looks[..words.len()]);
            read_words(body, words, hashes, looks);
            let told = words.iter().zip(&*hashes).zip(&*looks);
            self.tokens
                .extend(told.map(|((&[start, end], &hash), &look)| Token {
                    hash,
                    start,
                    len: (end - start).min(u32::from(u16::MAX)) as u16,
                    shape: SHAPES[look as usize % SHAPES.len()],
                }));
        }
    }

    fn bigram(&mut self, hash: u64, start: usize, len: usize) {
        self.push(hash, start, len, Shape::Bigram);
    }
}

/// What a word looks like.
#[inline]
fn shape(word: &str) -> Shape {
    let bytes = word.as_bytes();
    let plain = is_plain(bytes);
    match bytes.first() {
        Some(b'a'..=b'z') if plain => Shape::Lower,
        Some(b'A'..=b'Z') if plain && bytes.get(1).is_some_and(u8::is_ascii_lowercase) => {
            Shape::Capital
        }
        _ if !word.is_ascii() => wide_shape(word),
        _ => narrow_shape(word),
    }
}

/// The shape of a word all in capitals (1) or with a small initial (2), that has a digit (4).
const SHAPES: [Shape; 8] = [
    Shape::Capital,
    Shape::Upper,
    Shape::Lower,
    Shape::Lower,
    Shape::Number,
    Shape::Number,
    Shape::Number,
    Shape::Number,
];

/// Whether a word is ASCII without a digit.
#[inline]
pub fn is_plain(bytes: &[u8]) -> bool {
    match bytes.len() {
        4..=8 => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                let first = u64::from(u32::from_le_bytes(*first));
                is_letters(first | u64::from(u32::from_le_bytes(*last)) << 32)
            }
            _ => false,
        },
        9..=16 => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                is_letters(u64::from_le_bytes(*first)) && is_letters(u64::from_le_bytes(*last))
            }
            _ => false,
        },
        _ => bytes.iter().all(|byte| (b':'..0x80).contains(byte)),
    }
}

/// Whether eight bytes are ASCII, and none is a digit or less.
#[inline]
fn is_letters(bytes: u64) -> bool {
    const HIGH: u64 = 0x80 * EACH;
    // only bytes from `:` on carry into the highest bit
    bytes & HIGH == 0 && bytes.wrapping_add((0x80 - b':' as u64) * EACH) & HIGH == HIGH
}

/// What a word of ASCII looks like.
fn narrow_shape(word: &str) -> Shape {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Shape::Number;
    }
    if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return Shape::Lower;
    }
    let mut letters = word.bytes().filter(u8::is_ascii_alphabetic);
    of_cases(
        letters.next().map(|byte| byte.is_ascii_uppercase()),
        letters.map(|byte| byte.is_ascii_uppercase()),
    )
}

/// The same for a word with other than ASCII characters.
fn wide_shape(word: &str) -> Shape {
    if word.chars().any(char::is_numeric) {
        return Shape::Number;
    }
    let mut letters = word
        .chars()
        .filter(|c| c.is_alphabetic())
        .map(char::is_uppercase);
    of_cases(letters.next(), letters)
}

/// A word's shape by which of its letters are capitals.
fn of_cases(first: Option<bool>, mut others: impl Iterator<Item = bool>) -> Shape {
    match (first, others.next()) {
        (Some(true), Some(true)) if others.all(|capital| capital) => Shape::Upper,
        (Some(true), _) => Shape::Capital,
        _ => Shape::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::Shape::{Bigram, Capital, Lower, Number, Upper};
    use super::*;

    #[test]
    fn shapes_tell_names_and_figures() {
        let shapes: Vec<Shape> = document("the Fed cut 0.25 points, NATO said 東京")
            .tokens
            .iter()
            .map(|t| t.shape)
            .collect();
        assert_eq!(
            shapes,
            [Lower, Capital, Lower, Number, Lower, Upper, Lower, Bigram]
        );
    }

    #[test]
    fn the_quick_look_at_a_word_says_what_the_slow_one_says() {
        let letters = ["a", "B", "9", "'", ".", "é", "z", "É"];
        for number in 0..8usize.pow(6) {
            let digits = (0..6).map(|at| letters[number / 8usize.pow(at) % 8]);
            let word: String = digits.collect();
            for word in [word.clone(), word.repeat(2), word.chars().take(1).collect()] {
                let slow = if word.is_ascii() {
                    narrow_shape(&word)
                } else {
                    wide_shape(&word)
                };
                assert_eq!(shape(&word), slow, "{word}");
            }
        }
    }
}
