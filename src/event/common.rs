//! The commonest words of many languages, from `common.tsv`: known to say nothing before anything is counted.
//!
//! One list a language: "die" is an article in German and no small matter in English. A story whose language is not
//! known, or has no list, is read with all of them.

use std::sync::LazyLock;

use crate::text::{TokenSink, tokenise};

/// A language and its words, one language a line.
const TABLE: &str = include_str!("common.tsv");

/// Words of one language by their hashes, in an open table: every word of every story is looked up in it.
#[derive(Debug, Default)]
pub(super) struct CommonWords {
    /// A power of two long, at most a quarter full; 0 is free.
    slots: Vec<u64>,
}

/// The lists with the two letters of their languages, and all of them as one.
struct Lists {
    own: Vec<([u8; 2], CommonWords)>,
    all: CommonWords,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let rows = || {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t'))
    };
    let all: String = rows().map(|(_, words)| words.to_owned() + " ").collect();
    let own = |(language, words): (&str, &str)| {
        let letters = language.as_bytes().try_into().ok()?;
        Some((letters, CommonWords::read(words)))
    };
    Lists {
        own: rows().filter_map(own).collect(),
        all: CommonWords::read(&all),
    }
});

impl CommonWords {
    /// The list of a language, two letters.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        let Lists { own, all } = &*LISTS;
        let letters = language.unwrap_or_default().as_bytes();
        let list = own.iter().find(|(language, _)| language == letters);
        list.map_or(all, |(_, list)| list)
    }

    /// The words of a text.
    pub(super) fn read(words: &str) -> Self {
        let mut heard = Heard::default();
        tokenise(words, &mut heard);
        let mut list = Self {
            slots: vec![0; (heard.0.len() * 4).next_power_of_two()],
        };
        for hash in heard.0 {
            let slot = list.slot(hash);
            if let Some(slot) = slot.and_then(|slot| list.slots.get_mut(slot)) {
                *slot = hash;
            }
        }
        list
    }

    /// Where a word stands, or would stand.
    #[inline]
    fn slot(&self, hash: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash as usize & mask;
        loop {
            let held = *self.slots.get(slot)?;
            if held == hash || held == 0 {
                return Some(slot);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Whether it has the word of this hash.
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        let slot = self.slot(hash);
        slot.is_some_and(|slot| self.slots.get(slot) == Some(&hash))
    }
}

/// Hears the hashes of words.
#[derive(Default)]
struct Heard(Vec<u64>);

impl TokenSink for Heard {
    fn word(&mut self, hash: u64, _: usize, _: usize) {
        self.0.push(hash);
    }

    fn bigram(&mut self, hash: u64, _: usize, _: usize) {
        self.0.push(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all words of a text are in the list of a language.
    fn common(language: Option<&str>, words: &str) -> bool {
        let mut heard = Heard::default();
        tokenise(words, &mut heard);
        let list = CommonWords::of(language);
        heard.0.iter().all(|&hash| list.has(hash))
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
