//! The commonest words of many languages, from `common.tsv`: known to say nothing before anything is counted.
//!
//! One list a language: "die" is an article in German and no small matter in English. A story whose language is not
//! known, or has no list, is read with all of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::{TokenSink, tokenise};

/// A language and its words, one language a line.
const TABLE: &str = include_str!("common.tsv");

/// Words of one language by their hashes, with a bitmap before them that most other words do not pass.
#[derive(Debug, Default)]
pub(super) struct CommonWords {
    bits: Vec<u64>,
    sorted: Vec<u64>,
}

/// The lists by language; all of them under "".
static LISTS: LazyLock<BTreeMap<&'static str, CommonWords>> = LazyLock::new(|| {
    let rows = || {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t'))
    };
    let all: String = rows().map(|(_, words)| words.to_owned() + " ").collect();
    rows()
        .map(|(language, words)| (language, CommonWords::read(words)))
        .chain([("", CommonWords::read(&all))])
        .collect()
});

impl CommonWords {
    /// The list of a language, two letters.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        static NONE: CommonWords = CommonWords {
            bits: Vec::new(),
            sorted: Vec::new(),
        };
        let lists = &*LISTS;
        let own = lists.get(language.unwrap_or_default());
        own.or_else(|| lists.get("")).unwrap_or(&NONE)
    }

    fn read(words: &str) -> Self {
        let mut list = Self {
            bits: vec![0; 256],
            sorted: Vec::new(),
        };
        tokenise(words, &mut list);
        list.sorted.sort_unstable();
        list.sorted.dedup();
        list
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
        }
        self.sorted.push(hash);
    }

    fn place(hash: u64) -> (usize, u64) {
        (((hash >> 6) & 255) as usize, 1 << (hash & 63))
    }

    /// Whether it has the word of this hash.
    pub(super) fn has(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
            && self.sorted.binary_search(&hash).is_ok()
    }
}

impl TokenSink for CommonWords {
    fn word(&mut self, hash: u64, _: usize, _: usize) {
        self.add(hash);
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        self.add(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all words of a text are in the list of a language.
    fn common(language: Option<&str>, words: &str) -> bool {
        let read = CommonWords::read(words);
        read.sorted
            .iter()
            .all(|&hash| CommonWords::of(language).has(hash))
    }

    #[test]
    fn every_language_has_its_own_words() {
        for (language, words) in [("en", "the"), ("de", "nicht"), ("ru", "для"), ("vi", "của")]
        {
            assert!(common(Some(language), words), "{words}");
            assert!(common(None, words), "{words}");
        }
        assert!(common(Some("de"), "die") && !common(Some("en"), "die"));
        for words in ["earthquake", "землетрясение"] {
            assert!(!common(None, words), "{words}");
        }
    }

    #[test]
    fn a_language_without_a_list_is_read_with_all() {
        assert!(common(Some("eo"), "the"));
    }
}
