//! XXH3-64 (seed 0) of an ASCII word in lower case, without a copy of the word: nearly every token of nearly every
//! archive goes through here. The crate's own function serves longer words, and checks this one in a property test.
//! Nearly every one is of up to 16 letters: [`Ends`] hashes it without a jump that depends on its length.
//! XXH3 is a frozen public specification: <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

use std::hint::select_unpredictable;

use xxhash_rust::xxh3::xxh3_64;

/// Puts ASCII letters into lower case; digits and the marks inside words (`.`, `'`, `:`, `,`, `;`) have the bit anyway.
pub(super) const LOWER: u64 = 0x2020_2020_2020_2020;

// the words of the default secret that seed 0 meets, XORed as the algorithm has it
pub(super) const FLIP_1_TO_3: u64 = 0x8727_5a9b;
pub(super) const FLIP_4_TO_8: u64 = 0xc73a_b174_c5ec_d5a2;
pub(super) const FLIP_LOW: u64 = 0x6782_737b_ea42_39b9;
pub(super) const FLIP_HIGH: u64 = 0xaf56_bc3b_0996_523a;

// the factors of the avalanche of XXH64, of XXH3, and of its mixer of four to eight bytes
pub(super) const XXH64_2: u64 = 0xc2b2_ae3d_27d4_eb4f;
pub(super) const XXH64_3: u64 = 0x1656_67b1_9e37_79f9;
pub(super) const AVALANCHE: u64 = 0x1656_6791_9e37_79f9;
pub(super) const RRMXMX: u64 = 0x9fb2_1c65_1e98_df25;

/// A word of up to 16 ASCII letters and digits, by its first and its last eight bytes.
///
/// Of a shorter word they have what stands behind and before it, too.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    first: u64,
    last: u64,
    len: u64,
}

impl Ends {
    /// Those of `bytes[start..end]`; `None` where the word is longer, or too close to the start or the end of the text.
    #[inline]
    pub fn of(bytes: &[u8], start: usize, end: usize) -> Option<Self> {
        let first = bytes.get(start..)?.first_chunk()?;
        let last = bytes.get(..end)?.last_chunk()?;
        let len = end.wrapping_sub(start);
        (len.wrapping_sub(1) < 16).then(|| Self {
            first: u64::from_le_bytes(*first),
            last: u64::from_le_bytes(*last),
            len: len as u64,
        })
    }

    /// The first letters of a longer word as a word of their own: 4 to 8.
    #[inline]
    #[must_use]
    pub fn beginning(self, letters: u64) -> Self {
        Self {
            first: self.first,
            last: self.first << (64 - 8 * letters.clamp(4, 8)),
            len: letters.clamp(4, 8),
        }
    }

    /// Its first byte.
    #[inline]
    pub fn initial(self) -> u8 {
        self.first as u8
    }

    /// Whether it has a digit.
    #[inline]
    pub fn has_digit(self) -> bool {
        // a letter has this bit and no digit has it
        const LETTER: u8 = 0x40;
        let [first, last] = self.bytes(LETTER);
        first & last & (EACH * u64::from(LETTER)) != EACH * u64::from(LETTER)
    }

    /// Its length in bytes: 1..=16.
    #[inline]
    pub fn length(self) -> usize {
        self.len as usize
    }

    /// Its bytes in one number or, of more than eight, in two that may overlap; others are `fill`.
    #[inline]
    pub fn bytes(self, fill: u8) -> [u64; 2] {
        let behind = !0u64 << (self.len.min(7) * 8);
        let short = self.first & !behind | (EACH * u64::from(fill)) & behind;
        let is_short = self.len < 8;
        [
            select_unpredictable(is_short, short, self.first),
            select_unpredictable(is_short, short, self.last),
        ]
    }

    /// XXH3-64 of the word in lower case.
    #[inline]
    pub fn hash(self) -> u64 {
        // lengths follow each other at random: all three ways are gone, and what they have in common once
        let (first, last, len) = (self.first | LOWER, self.last | LOWER, self.len);
        let (is_short, is_long) = (len <= 3, len > 8);
        let middle = first >> (len / 2 * 8 % 64) & 0xff;
        let short = ((first & 0xff) << 16 | middle << 24 | last >> 56 | len << 8) ^ FLIP_1_TO_3;
        let medium = (first << 32 | last >> 32) ^ FLIP_4_TO_8;
        let start = select_unpredictable(
            is_short,
            short ^ short >> 33,
            medium ^ medium.rotate_left(49) ^ medium.rotate_left(24),
        );
        let hash = start.wrapping_mul(select_unpredictable(is_short, XXH64_2, RRMXMX));
        let turned = select_unpredictable(is_short, hash >> 29, (hash >> 35).wrapping_add(len));
        let hash = select_unpredictable(is_long, self.long(), hash ^ turned);
        let factor = select_unpredictable(is_short, XXH64_3, RRMXMX);
        let hash = hash.wrapping_mul(select_unpredictable(is_long, AVALANCHE, factor));
        hash ^ hash >> select_unpredictable(is_short | is_long, 32, 28)
    }

    /// That of 9 to 16 bytes, before the last multiplication.
    #[inline]
    fn long(self) -> u64 {
        let (low, high) = (
            (self.first | LOWER) ^ FLIP_LOW,
            (self.last | LOWER) ^ FLIP_HIGH,
        );
        let product = u128::from(low) * u128::from(high);
        let folded = product as u64 ^ (product >> 64) as u64;
        let hash = self.len.wrapping_add(low.swap_bytes());
        let hash = hash.wrapping_add(high).wrapping_add(folded);
        hash ^ hash >> 37
    }
}

/// A one in each of eight bytes.
pub(super) const EACH: u64 = 0x0101_0101_0101_0101;

/// XXH3-64 of `word` in lower case; `word` is ASCII letters, digits and the marks inside words, without `_`.
#[inline]
pub fn lower_ascii(word: &[u8]) -> u64 {
    let len = word.len();
    if !(1..=16).contains(&len) {
        return longer(word);
    }
    let mut text = [0; 24];
    text[8..8 + len].copy_from_slice(word);
    Ends::of(&text, 8, 8 + len).map_or_else(|| longer(word), Ends::hash)
}

/// The same of the word at `start..end` of a text.
#[inline]
pub fn lower_ascii_at(bytes: &[u8], start: usize, end: usize) -> u64 {
    match Ends::of(bytes, start, end) {
        Some(word) => word.hash(),
        None => lower_ascii(bytes.get(start..end).unwrap_or_default()),
    }
}

#[cold]
fn longer(word: &[u8]) -> u64 {
    xxh3_64(&word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_value_comes_out() {
        assert_eq!(lower_ascii(b"ABC"), 0x78af_5f94_892f_3950);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn the_ends_of_a_word_are_hashed_as_the_word_is(
            text in "[ -~]{8,20}", word in "[a-zA-Z0-9]{1,16}", rest in "[ -~]{8,20}"
        ) {
            let text = [&*text, &*word, &*rest];
            let (start, end) = (text[0].len(), text[0].len() + word.len());
            let ends = Ends::of(text.concat().as_bytes(), start, end).unwrap();
            prop_assert_eq!(ends.hash(), xxh3_64(word.to_ascii_lowercase().as_bytes()));
        }

        #[test]
        fn a_word_tells_its_beginning_its_initial_and_its_digits(
            word in "[a-zA-Z0-9]{1,16}", letters in 4..=8usize
        ) {
            let text = format!("........{word}........");
            let ends = Ends::of(text.as_bytes(), 8, 8 + word.len()).unwrap();
            prop_assert_eq!(ends.initial(), word.as_bytes()[0]);
            prop_assert_eq!(ends.has_digit(), word.bytes().any(|byte| byte.is_ascii_digit()));
            if let Some(first) = word.get(..letters) {
                prop_assert_eq!(ends.beginning(letters as u64).hash(), lower_ascii(first.as_bytes()));
            }
        }

        #[test]
        fn it_is_the_hash_of_the_word_in_lower_case(word in "[a-zA-Z0-9.':,;]{0,40}") {
            prop_assert_eq!(lower_ascii(word.as_bytes()), xxh3_64(word.to_ascii_lowercase().as_bytes()));
        }
    }
}
