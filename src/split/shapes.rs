//! The shapes of some words, a bit for each length, beginning and end: most other words are told by them to be none of these.

/// See the module; `WORDS` words of bits.
pub(super) struct Shapes<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Shapes<WORDS> {
    /// Those of some words.
    pub(super) fn of<'t>(words: impl Iterator<Item = &'t str>) -> Self {
        let mut bits = [0; WORDS];
        for word in words {
            let (at, bit) = Self::shape(word);
            bits[at] |= bit;
        }
        Self(bits)
    }

    /// Whether a word may be one of them. Large and small letters of ASCII are the same.
    pub(super) fn may_have(&self, word: &str) -> bool {
        let (at, bit) = Self::shape(word);
        self.0[at] & bit != 0
    }

    fn shape(word: &str) -> (usize, u64) {
        let byte =
            |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte.to_ascii_lowercase()));
        let bytes = word.as_bytes();
        let (first, second, last) = (bytes.first(), bytes.get(1), bytes.last());
        let mixed = byte(first) ^ byte(second) << 3 ^ byte(last) << 7 ^ bytes.len() << 11;
        ((mixed >> 6) % WORDS, 1 << (mixed & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_them_is_missed() {
        let words = ["ann", "tom", "zoë", ""];
        let shapes = Shapes::<16>::of(words.into_iter());
        assert!(words.iter().all(|word| shapes.may_have(word)));
        assert!(shapes.may_have("Tom"));
        assert!(!shapes.may_have("lighthouse"));
    }
}
