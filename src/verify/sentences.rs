//! What verification knows of a body beyond its tokens: sentences, quoted speech, names and figures, and where each
//! word stands.

use super::frame::{Why, furniture};
use crate::sketch::WORDS;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::{Sentence, Shape, Token, quotations, sentences};

/// Sentences, quotations and classes of the words of a body.
#[derive(Debug)]
pub struct Detail {
    /// The sentences; they partition the tokens.
    pub sentences: Vec<Sentence>,
    /// The class of each token.
    pub classes: Vec<Class>,
    /// Number of the sentence of each token.
    pub sentence_of: Vec<u32>,
    /// Places of the words, by their hash: sorted.
    words: Vec<(u64, u32)>,
}

/// What a word is to the comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own"
)]
pub struct Class {
    /// Stands in quotation marks.
    pub quoted: bool,
    /// Belongs to page furniture, or to a text that stood before in the same body.
    pub furniture: bool,
    /// A capitalised word that opens no sentence.
    pub name: bool,
    /// Has a digit.
    pub number: bool,
    /// Long enough to carry meaning: not an article, a pronoun or a preposition.
    pub heavy: bool,
}

/// Letters from which on a word counts as heavy.
const HEAVY: usize = 4;

impl Detail {
    /// Reads a body; `first` gives the first place of a shingle that stood before.
    pub fn of(body: &str, tokens: &[Token], first: &dyn Fn(usize) -> Option<usize>) -> Self {
        let sentences = sentences(body, tokens);
        let mut classes: Vec<Class> = tokens.iter().map(class).collect();
        let mut sentence_of = vec![0; tokens.len()];
        for (number, sentence) in sentences.iter().enumerate() {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            sentence_of[range].fill(number as u32);
            if let Some(first) = classes.get_mut(sentence.tokens.start as usize) {
                first.name = false;
            }
        }
        mark_quoted(&mut classes, tokens, body);
        mark_spoken(&mut classes, tokens, body);
        mark_furniture(&mut classes, tokens, body);
        mark_repeated(&mut classes, first);
        let mut words: Vec<(u64, u32)> = tokens
            .iter()
            .enumerate()
            .map(|(place, token)| (token.hash, place as u32))
            .collect();
        words.sort_unstable();
        Self {
            sentences,
            classes,
            sentence_of,
            words,
        }
    }

    /// The places of a word, ascending.
    pub fn places(&self, word: u64) -> impl Iterator<Item = u32> + '_ {
        let from = self.words.partition_point(|&(hash, _)| hash < word);
        self.words[from..]
            .iter()
            .take_while(move |&&(hash, _)| hash == word)
            .map(|&(_, place)| place)
    }

    /// Whether a word stands in the body.
    pub fn has(&self, word: u64) -> bool {
        self.words
            .binary_search_by(|&(hash, _)| hash.cmp(&word))
            .is_ok()
    }
}

fn class(token: &Token) -> Class {
    let number = token.shape == Shape::Number;
    Class {
        quoted: false,
        furniture: false,
        name: matches!(token.shape, Shape::Capital | Shape::Upper),
        number,
        heavy: number || token.shape == Shape::Bigram || usize::from(token.len) >= HEAVY,
    }
}

/// Marks the words that stand in quotation marks.
fn mark_quoted(classes: &mut [Class], tokens: &[Token], body: &str) {
    let place = |byte: u32| tokens.partition_point(|token| token.start < byte);
    for quotation in quotations(body) {
        for class in &mut classes[place(quotation.start)..place(quotation.end)] {
            class.quoted = true;
        }
    }
}

/// Marks paragraphs that speak of "I" outside quotation marks: letters, statements and posts printed as they are.
fn mark_spoken(classes: &mut [Class], tokens: &[Token], body: &str) {
    let mut first = 0;
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        end += line.len();
        let count = tokens[first..]
            .iter()
            .take_while(|t| (t.start as usize) < end)
            .count();
        let range = first..first + count;
        first = range.end;
        if std::iter::zip(&tokens[range.clone()], &classes[range.clone()])
            .any(|(token, class)| !class.quoted && is_first_person(token))
        {
            for class in &mut classes[range] {
                class.quoted = true;
            }
        }
    }
}

/// Words of the first person singular that are no other word in a language with as many readers, one a line.
const FIRST_PERSON: &str = include_str!("first_person.tsv");

/// Whether a word is of the first person singular. A lone `i` is only one if it is a capital.
fn is_first_person(token: &Token) -> bool {
    static WORDS: OnceLock<Vec<u64>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words: Vec<u64> = FIRST_PERSON
            .lines()
            .map(|word| xxh3_64(word.as_bytes()))
            .collect();
        words.sort_unstable();
        words
    });
    token.len <= 12
        && (token.len > 1 || token.shape == Shape::Capital)
        && words.binary_search(&token.hash).is_ok()
}

/// Marks the words of lines that are no prose.
fn mark_furniture(classes: &mut [Class], tokens: &[Token], body: &str) {
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
    let count = |line: &std::ops::Range<usize>| place(line.end) - place(line.start);
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(line, why)| (line.clone(), why, count(&line)))
        .collect();
    let prose = classes.len() - lines.iter().map(|(_, _, words)| words).sum::<usize>();
    for (line, why, _) in lines {
        // a caption is all the text that some pages have
        if why == Why::Picture && prose * LEAST_PROSE < classes.len() {
            continue;
        }
        for class in &mut classes[place(line.start)..place(line.end)] {
            class.furniture = true;
        }
    }
}

/// Captions are prose where less than one word in so many is any other.
const LEAST_PROSE: usize = 3;

/// Shingles in a row that must stand twice for their words to count as repeated: a phrase may recur.
const REPEATED: usize = 8;

/// Marks the words of stretches that stood in the prose before: a paragraph printed twice counts once.
fn mark_repeated(classes: &mut [Class], first: &dyn Fn(usize) -> Option<usize>) {
    let mut row = 0;
    for place in 0..=classes.len() {
        let repeats = place < classes.len()
            && first(place).is_some_and(|first| classes.get(first).is_some_and(|c| !c.furniture));
        if repeats {
            row += 1;
            continue;
        }
        if row >= REPEATED {
            for class in &mut classes[(place - row).saturating_sub(WORDS - 1)..place] {
                class.furniture = true;
            }
        }
        row = 0;
    }
}
