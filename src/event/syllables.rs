//! Pairs of neighbouring syllables, for languages that write each syllable as a word of its own.
//!
//! A Vietnamese syllable says as little as three letters of an English word: most words are two of them, and every text
//! of some length has the common ones. Two in a row are a term.

/// The languages that write so, by their two letters.
const LANGUAGES: [&str; 1] = ["vi"];

/// Characters of a text of unknown language that are looked at.
const LOOKED_AT: usize = 400;

/// So many letters that Vietnamese alone has tell it.
const TELLING: usize = 4;

/// Whether a text is written in syllables; `language` has two letters.
pub(super) fn in_syllables(language: Option<&str>, text: &str) -> bool {
    // the vowels with a tone and another mark; few texts of a known language pay for this look
    let telling = |letter: &char| matches!(letter, '\u{1EA0}'..='\u{1EF9}');
    let tells = || {
        let ascii = text.as_bytes().iter().take(LOOKED_AT).all(u8::is_ascii);
        !ascii && text.chars().take(LOOKED_AT).filter(telling).count() >= TELLING
    };
    language.map_or_else(tells, |language| LANGUAGES.contains(&language))
}

/// The syllable that was heard last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    hash: u64,
    start: usize,
    /// 0: none was heard.
    end: usize,
    common: bool,
}

impl Last {
    /// The pair of the syllable heard last and this one, if one space stands between them and not both are common
    /// words: its hash and its first byte.
    pub(super) fn pair(
        &mut self,
        hash: u64,
        start: usize,
        len: usize,
        common: bool,
    ) -> Option<(u64, usize)> {
        let now = Self {
            hash,
            start,
            end: start + len,
            common,
        };
        let last = std::mem::replace(self, now);
        let beside = last.end > 0 && last.end + 1 == start && !(last.common && common);
        beside.then(|| (of_two(last.hash, hash), last.start))
    }
}

/// The hash of two syllables in this order.
fn of_two(first: u64, second: u64) -> u64 {
    // a product with 2^64 over the golden ratio spreads the bits (Knuth, multiplicative hashing)
    (first.rotate_left(21) ^ second).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_is_told_by_its_language_or_its_letters() {
        assert!(in_syllables(Some("vi"), ""));
        assert!(in_syllables(
            None,
            "Động đất ở phía bắc, nhiều người bị thương"
        ));
        assert!(!in_syllables(None, "São Paulo, Düsseldorf und Zürich"));
        assert!(!in_syllables(
            Some("en"),
            "Động đất ở phía bắc, nhiều người bị thương"
        ));
    }

    #[test]
    fn two_syllables_with_a_space_between_them_are_a_pair() {
        let mut last = Last::default();
        assert_eq!(last.pair(1, 0, 4, false), None);
        let pair = last.pair(2, 5, 3, true);
        assert_eq!(pair, Some((of_two(1, 2), 0)));
        // a comma, then two common words
        assert_eq!(last.pair(3, 10, 2, true), None);
        assert_eq!(last.pair(4, 13, 2, true), None);
        assert_ne!(of_two(1, 2), of_two(2, 1));
    }
}
