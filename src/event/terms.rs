//! One story's text → [`StoryTerms`]: what it is about, packed small enough to keep for every story.
//!
//! In come headline and body (or the tokens of a pass that somebody else makes), out come hashed terms with how often
//! they stood and what they look like. Needs no list of any language: how common a term is before anything was
//! counted is guessed from its length (Zipf's law of abbreviation), and names from capitals inside sentences.

use super::common::CommonWords;
use super::counter::Counter;
use super::effort::Effort;
use super::looks::{heard, heard_plain};
use super::syllables::{Last, in_syllables};
use crate::text::{Ends, ROW, TokenSink, Tokeniser, hash_words};

/// Bytes of a body that hold about 240 words of a Latin alphabet.
const HEAD_BYTES: usize = 1600;

/// Tokens of headline and body that count as the lead.
const LEAD: usize = 60;

/// Bits of a term's identity: two different terms of a pair of stories fall together once in a thousand pairs.
pub const ID_BITS: u32 = 24;

/// A term of one story: its identity in the upper 24 bits, then how often, how common by its looks, name, lead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term(pub(super) u32);

/// The last class: numbers and bigrams.
pub const CLASS_OTHER: u32 = 7;

impl Term {
    pub(super) const LEAD: u32 = 1;
    pub(super) const NAME: u32 = 1 << 1;
    pub(super) const CLASS: u32 = 2;
    pub(super) const LEVEL: u32 = 5;

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

    /// Is a pair of syllables, where those are terms.
    pub(super) fn is_pair(self) -> bool {
        self.class() as u32 == CLASS_OF_PAIRS
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
pub struct StoryTerms(pub(super) Box<[Term]>);

impl StoryTerms {
    /// The terms of a story with this language (two letters), headline and body.
    pub fn of(language: Option<&str>, title: Option<&str>, body: &str) -> Self {
        Collector::new(1).story(language, title, body)
    }

    /// The same with pairs of syllables, whatever the language.
    pub(super) fn with_pairs(title: Option<&str>, body: &str) -> Self {
        let mut collector = Collector::new(1);
        collector.hear(CommonWords::of(None), true, title, body);
        collector.counter.take()
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
#[derive(Debug)]
pub struct Collector {
    tokeniser: Tokeniser,
    counter: Counter,
    /// Tokens of a body that are read.
    words: usize,
}

impl Collector {
    /// For a set of so many stories: of few, each is read to its end, of many its head, which says what happened.
    pub fn new(stories: usize) -> Self {
        let words = Effort::of(stories).words();
        Self {
            tokeniser: Tokeniser::default(),
            counter: Counter::new(words),
            words,
        }
    }

    /// Goes on with the stories of another set, of so many.
    pub fn turn_to(&mut self, stories: usize) {
        let words = Effort::of(stories).words();
        if words > self.words {
            *self = Self::new(stories);
        }
        self.words = words;
    }

    /// The terms of a story: its headline counts twice, as a plain word of a body counts once. Words that its language
    /// is full of are left out.
    pub fn story(&mut self, language: Option<&str>, title: Option<&str>, body: &str) -> StoryTerms {
        let pairs = in_syllables(language, body);
        self.hear(CommonWords::of(language), pairs, title, body);
        self.counter.take()
    }

    fn hear(&mut self, common: &CommonWords, pairs: bool, title: Option<&str>, body: &str) {
        let last = || pairs.then(Last::default);
        let text = title.unwrap_or_default();
        let mut sink = Title {
            of: &mut self.counter,
            common,
            text,
            last: last(),
        };
        self.tokeniser.tokenise(text, &mut sink);
        let text = head(body, self.words);
        let mut sink = Body {
            of: &mut self.counter,
            common,
            text,
            left: self.words,
            lead: LEAD,
            last: last(),
        };
        self.tokeniser.tokenise(text, &mut sink);
    }
}

/// Hears a headline. A headline's capitals say nothing: many papers capitalise every word.
struct Title<'a> {
    of: &'a mut Counter,
    common: &'a CommonWords,
    text: &'a str,
    /// Where pairs of syllables are terms.
    last: Option<Last>,
}

impl TokenSink for Title<'_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        let common = self.common.has(hash);
        if !common {
            let (told, looks) = heard(self.text, start, len, hash, false);
            if tells(looks, self.last.as_ref()) {
                self.of.count(told, looks | Term::LEAD, 2);
            }
        }
        if let Some(pair) = pair(&mut self.last, hash, start, len, common) {
            self.of.count(pair, OF_PAIRS | Term::LEAD, 2);
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
    /// Tokens that are still read.
    left: usize,
    /// Tokens that still count as the lead.
    lead: usize,
    /// Where pairs of syllables are terms.
    last: Option<Last>,
}

impl Body<'_> {
    /// What the place of the next token says; `None` behind the head.
    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        let lead = self.lead > 0;
        self.lead -= usize::from(lead);
        Some(u32::from(lead) * Term::LEAD)
    }

    /// Takes a word: its hash, its first byte and its length; `heard` says what tells it and how it looks.
    #[inline]
    fn hear(
        &mut self,
        (hash, start, len): (u64, usize, usize),
        heard: impl FnOnce(&str) -> (u64, u32),
    ) {
        let Some(lead) = self.next() else { return };
        let common = self.common.has(hash);
        let mut name = 0;
        if !common {
            let (told, looks) = heard(self.text);
            name = looks & Term::NAME;
            if tells(looks, self.last.as_ref()) {
                self.of.count(told, looks | lead, 1);
            }
        }
        if let Some(pair) = pair(&mut self.last, hash, start, len, common) {
            self.of.count(pair, OF_PAIRS | name | lead, 1);
        }
    }
}

impl TokenSink for Body<'_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        self.hear((hash, start, len), |text| {
            heard(text, start, len, hash, true)
        });
    }

    fn row(&mut self, body: &[u8], words: &[[u32; 2]]) {
        let mut hashes = [0; ROW];
        for words in words.chunks(ROW) {
            let hashes = &mut hashes[..words.len()];
            hash_words(body, words, hashes);
            for (&[start, end], &hash) in words.iter().zip(&*hashes) {
                let (start, end) = (start as usize, end as usize);
                self.hear((hash, start, end - start), |text| {
                    match Ends::of(body, start, end) {
                        Some(word) => heard_plain(text, word, start, hash, true),
                        None => heard(text, start, end - start, hash, true),
                    }
                });
            }
        }
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        let Some(lead) = self.next() else { return };
        if !self.common.has(hash) {
            self.of.count(hash, (CLASS_OTHER << Term::CLASS) | lead, 1);
        }
    }
}

/// Whether a word is a term by itself. Where pairs of syllables are terms, a single one says something only as a name or
/// a number: any two texts of some length share dozens of the others.
fn tells(looks: u32, pairs: Option<&Last>) -> bool {
    pairs.is_none() || looks & Term::NAME != 0
}

/// How common a pair of syllables is by its looks: as a word of five letters.
const CLASS_OF_PAIRS: u32 = 3;
const OF_PAIRS: u32 = CLASS_OF_PAIRS << Term::CLASS;

/// The pair of syllables that ends with this word, where pairs are terms: its hash.
#[inline]
fn pair(last: &mut Option<Last>, hash: u64, start: usize, len: usize, common: bool) -> Option<u64> {
    let (pair, _) = last.as_mut()?.pair(hash, start, len, common)?;
    Some(pair)
}

/// The head of a body that holds so many words, cut between characters.
fn head(body: &str, words: usize) -> &str {
    let wide = body
        .as_bytes()
        .iter()
        .take(400)
        .filter(|byte| **byte >= 0x80)
        .count();
    // two bytes a letter where most are outside ASCII
    let most = words * HEAD_BYTES / 240;
    let most = if wide > 160 { most * 9 / 5 } else { most };
    let mut end = most.min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
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
        let words: Vec<String> = (0..5000).map(|n| format!("w{n}")).collect();
        let body = words.join(" ");
        let terms = StoryTerms::of(None, None, &body);
        assert!(terms.terms().len() <= 2048);
        assert!(find(&terms, "w719").is_some() && find(&terms, "w720").is_none());
        let terms = Collector::new(100_000).story(None, None, &body);
        assert!(find(&terms, "w240").is_none() && find(&terms, "w239").is_some());
    }

    #[test]
    fn two_syllables_of_a_vietnamese_word_are_a_term() {
        let told = |text| StoryTerms::of(Some("vi"), None, text);
        let (whole, parts) = (told("động đất"), told("đất, động"));
        assert_eq!((whole.terms().len(), parts.terms().len()), (1, 0));
        // a name or a number is one by itself, too
        let named = told("ở gần Huế, 12 người");
        assert!(find(&named, "12").is_some() && find(&named, "gần").is_none());
        assert!(find(&named, "Huế").is_some_and(Term::is_name));
        let english = StoryTerms::of(Some("en"), None, "quake zone");
        assert_eq!(english.terms().len(), 2);
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
