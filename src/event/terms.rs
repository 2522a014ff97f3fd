//! One story's text → [`StoryTerms`]: what it is about, packed small enough to keep for every story.
//!
//! In come headline and body (or the tokens of a pass that somebody else makes), out come hashed terms with how often
//! they stood and what they look like. Needs no list of any language: how common a term is before anything was
//! counted is guessed from its length (Zipf's law of abbreviation), and names from capitals inside sentences.

use super::common::CommonWords;
use super::stem;
use crate::text::{TokenSink, Tokeniser, is_plain};

/// Tokens of a body that are read: the head of a report says what happened, the rest dilutes it.
const READ: u32 = 240;

/// Bytes of a body that hold about [`READ`] words of a Latin alphabet.
const HEAD_BYTES: usize = 1600;

/// Tokens of headline and body that count as the lead.
const LEAD: u32 = 60;

/// Slots of the table that counts one story's terms: twice the most that can be.
const SLOTS: usize = 1024;

/// Bits of a term's identity: two different terms of a pair of stories fall together once in a thousand pairs.
pub const ID_BITS: u32 = 24;

/// A term of one story: its identity in the upper 24 bits, then how often, how common by its looks, name, lead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term(u32);

/// How often a term stood, from 0: once, twice, three, four, six, nine, thirteen, twenty times or more.
const LEVELS: [u32; 8] = [1, 2, 3, 4, 6, 9, 13, 20];

/// The last class: numbers and bigrams.
pub const CLASS_OTHER: u32 = 7;

impl Term {
    const LEAD: u32 = 1;
    const NAME: u32 = 1 << 1;
    const CLASS: u32 = 2;
    const LEVEL: u32 = 5;

    /// What tells the word of this hash from others, too.
    pub(super) fn id_of(hash: u64) -> u32 {
        (hash >> (64 - ID_BITS)) as u32
    }

    /// The hash of what tells the word at this place of a text, whose own hash is given: a number is told as a whole.
    pub(super) fn told_by(text: &str, start: usize, len: usize, hash: u64) -> u64 {
        heard(text, start, len, hash, false).0
    }

    /// What tells it from other terms: 24 bits of its hash.
    pub fn id(self) -> u32 {
        self.0 >> (32 - ID_BITS)
    }

    /// How often it stood, 0..8.
    pub fn level(self) -> usize {
        ((self.0 >> Self::LEVEL) & 7) as usize
    }

    /// How common it is by its looks, 0..8: short words are common.
    pub fn class(self) -> usize {
        ((self.0 >> Self::CLASS) & 7) as usize
    }

    /// Stood with a capital inside a sentence.
    pub fn is_name(self) -> bool {
        self.0 & Self::NAME != 0 && self.class() != CLASS_OTHER as usize
    }

    /// Has a digit.
    pub fn is_number(self) -> bool {
        self.0 & Self::NAME != 0 && self.class() == CLASS_OTHER as usize
    }

    /// Stood in the headline or at the head of the body.
    pub fn in_lead(self) -> bool {
        self.0 & Self::LEAD != 0
    }
}

/// What one story is about: its terms by their identity, each once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoryTerms(Box<[Term]>);

impl StoryTerms {
    /// The terms of a story with this language (two letters), headline and body.
    pub fn of(language: Option<&str>, title: Option<&str>, body: &str) -> Self {
        Collector::default().story(language, title, body)
    }

    /// Its terms, ascending.
    pub fn terms(&self) -> &[Term] {
        &self.0
    }

    /// The packed terms, for a store.
    pub fn packed(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map(|term| term.0)
    }

    /// Reads what [`Self::packed`] gave; order and repetitions do not matter.
    pub fn unpack(packed: impl IntoIterator<Item = u32>) -> Self {
        let mut terms: Vec<Term> = packed.into_iter().map(Term).collect();
        terms.sort_unstable();
        terms.dedup_by_key(|term| term.id());
        Self(terms.into())
    }
}

/// Collects the terms of one story after another in the same memory.
#[derive(Debug, Default)]
pub struct Collector {
    tokeniser: Tokeniser,
    counter: Counter,
}

impl Collector {
    /// The terms of a story: its headline counts twice, as a plain word of a body counts once. Words that its language
    /// is full of are left out.
    pub fn story(&mut self, language: Option<&str>, title: Option<&str>, body: &str) -> StoryTerms {
        let common = CommonWords::of(language);
        let of = &mut self.counter;
        let text = title.unwrap_or_default();
        self.tokeniser
            .tokenise(text, &mut Title { of, common, text });
        let text = head(body);
        let read = 0;
        self.tokeniser.tokenise(
            text,
            &mut Body {
                of,
                common,
                text,
                read,
            },
        );
        self.counter.take()
    }
}

/// Counts the terms of a story in an open table.
#[derive(Debug)]
struct Counter {
    /// Identity and looks of a term; 0 times is free.
    slots: Box<[Slot; SLOTS]>,
    /// The slots in use.
    used: Vec<u16>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    term: u32,
    times: u32,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            slots: Box::new([Slot::default(); SLOTS]),
            used: Vec::with_capacity(SLOTS / 2),
        }
    }
}

impl Counter {
    /// The terms counted so far; empties the table.
    fn take(&mut self) -> StoryTerms {
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

    fn count(&mut self, hash: u64, looks: u32, times: u32) {
        let id = Term::id_of(hash);
        let mut at = (hash as usize) % SLOTS;
        // the cap on `used` keeps a free slot for every probe
        loop {
            let slot = &mut self.slots[at];
            if slot.times == 0 {
                if self.used.len() >= SLOTS / 2 {
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
            at = (at + 1) % SLOTS;
        }
    }
}

/// Hears a headline. A headline's capitals say nothing: many papers capitalise every word.
struct Title<'a> {
    of: &'a mut Counter,
    common: &'a CommonWords,
    text: &'a str,
}

impl TokenSink for Title<'_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        if !self.common.has(hash) {
            let (told, looks) = heard(self.text, start, len, hash, false);
            self.of.count(told, looks | Term::LEAD, 2);
        }
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        if !self.common.has(hash) {
            let looks = CLASS_OTHER << Term::CLASS;
            self.of.count(hash, looks | Term::LEAD, 2);
        }
    }
}

struct Body<'a> {
    of: &'a mut Counter,
    common: &'a CommonWords,
    text: &'a str,
    read: u32,
}

impl Body<'_> {
    /// Whether the next token is heard, and what its place says.
    #[inline]
    fn next(&mut self, hash: u64) -> Option<u32> {
        self.read += 1;
        let lead = u32::from(self.read <= LEAD) * Term::LEAD;
        (self.read <= READ && !self.common.has(hash)).then_some(lead)
    }
}

impl TokenSink for Body<'_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        if let Some(lead) = self.next(hash) {
            let (told, looks) = heard(self.text, start, len, hash, true);
            self.of.count(told, looks | lead, 1);
        }
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        if let Some(lead) = self.next(hash) {
            self.of.count(hash, (CLASS_OTHER << Term::CLASS) | lead, 1);
        }
    }
}

/// The head of a body that is worth reading, cut between characters.
fn head(body: &str) -> &str {
    let wide = body
        .as_bytes()
        .iter()
        .take(400)
        .filter(|byte| **byte >= 0x80)
        .count();
    // two bytes a letter where most are outside ASCII
    let most = if wide > 160 {
        HEAD_BYTES * 9 / 5
    } else {
        HEAD_BYTES
    };
    let mut end = most.min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

/// What tells a word, and its class and name bit. `sentence`: capitals tell names, but not at the start of a sentence.
#[inline]
fn heard(text: &str, start: usize, len: usize, hash: u64, sentence: bool) -> (u64, u32) {
    let word = text.get(start..start + len).unwrap_or_default();
    let plain = is_plain(word.as_bytes());
    if !plain && word.bytes().any(|byte| byte.is_ascii_digit()) {
        return (hash, (CLASS_OTHER << Term::CLASS) | Term::NAME);
    }
    let (letters, capital, told) = if plain {
        let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        (len, capital, stem::of_plain(word, hash))
    } else {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        (word.chars().count(), capital, stem::hash_of(word, hash))
    };
    let class = CLASSES.get(letters).copied().unwrap_or(LONGEST_CLASS);
    let name = sentence && capital && !starts_sentence(&text[..start]);
    (
        told,
        (class << Term::CLASS) | (u32::from(name) * Term::NAME),
    )
}

/// The class of a word by its letters; of a longer one.
const CLASSES: [u32; 10] = [0, 0, 0, 1, 2, 3, 4, 4, 5, 5];
const LONGEST_CLASS: u32 = 6;

/// Whether a word that follows `before` starts a sentence, a paragraph or a quotation.
fn starts_sentence(before: &str) -> bool {
    match before.trim_end_matches(' ').chars().next_back() {
        None => true,
        Some(last) => matches!(
            last,
            '.' | '!' | '?' | ':' | '…' | '\n' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\''
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(terms: &StoryTerms, word: &str) -> Option<Term> {
        let alone = StoryTerms::of(None, None, word);
        let id = alone.terms().first()?.id();
        terms.terms().iter().copied().find(|term| term.id() == id)
    }

    #[test]
    fn names_are_capitals_inside_a_sentence() {
        let terms = StoryTerms::of(
            None,
            None,
            "Rain fell. Yesterday the mayor, Odalys Brenn, spoke.",
        );
        assert!(find(&terms, "brenn").is_some_and(Term::is_name));
        assert!(find(&terms, "yesterday").is_some_and(|term| !term.is_name()));
        assert!(find(&terms, "mayor").is_some_and(|term| !term.is_name()));
    }

    #[test]
    fn the_headline_counts_twice_and_is_the_lead() {
        let terms = StoryTerms::of(None, Some("Flood"), "Flood water rose to 12 metres.");
        assert_eq!(find(&terms, "flood").map(Term::level), Some(2));
        assert!(find(&terms, "12").is_some_and(Term::is_number));
        assert!(find(&terms, "flood").is_some_and(Term::in_lead));
    }

    #[test]
    fn text_without_spaces_gives_bigrams() {
        let terms = StoryTerms::of(None, Some("地震"), "東京で地震があった。");
        assert!(
            terms
                .terms()
                .iter()
                .any(|term| term.level() == 2 && !term.is_number())
        );
    }

    #[test]
    fn only_the_head_is_read_and_memory_is_bounded() {
        let words: Vec<String> = (0..5000).map(|n| format!("word{n}x")).collect();
        let body = words.join(" ");
        let terms = StoryTerms::of(None, Some(&body), &body);
        assert!(terms.terms().len() <= SLOTS / 2);
    }

    #[test]
    fn what_is_packed_comes_back() {
        let terms = StoryTerms::of(
            None,
            Some("Two ferries collide"),
            "Two ferries collided off Brenna.",
        );
        assert_eq!(StoryTerms::unpack(terms.packed()), terms);
    }
}
