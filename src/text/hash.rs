//! XXH3-64 (seed 0) of an ASCII word in lower case, without a copy of the word: nearly every token of nearly every
//! archive goes through here. The crate's own function serves longer words, and checks this one in a property test.
//! XXH3 is a frozen public specification: <https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>.

use xxhash_rust::xxh3::xxh3_64;

/// Puts ASCII letters into lower case; digits and the marks inside words (`.`, `'`, `:`, `,`, `;`) have the bit anyway.
const LOWER: u64 = 0x2020_2020_2020_2020;

// the words of the default secret that seed 0 meets, XORed as the algorithm has it
const FLIP_1_TO_3: u64 = 0x8727_5a9b;
const FLIP_4_TO_8: u64 = 0xc73a_b174_c5ec_d5a2;
const FLIP_LOW: u64 = 0x6782_737b_ea42_39b9;
const FLIP_HIGH: u64 = 0xaf56_bc3b_0996_523a;

/// XXH3-64 of `word` in lower case; `word` is ASCII letters, digits and the marks inside words, without `_`.
#[inline]
pub fn lower_ascii(word: &[u8]) -> u64 {
    let len = word.len() as u64;
    match word.len() {
        4..=8 => {
            if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
                return four_to_eight(*first, *last, len);
            }
        }
        9..=16 => {
            if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
                return nine_to_sixteen(*first, *last, len);
            }
        }
        1..=3 => return one_to_three(word[0], word[word.len() / 2], word[word.len() - 1], len),
        _ => {}
    }
    longer(word)
}

#[inline]
fn one_to_three(first: u8, middle: u8, last: u8, len: u64) -> u64 {
    let lower = |byte: u8| u64::from(byte | 0x20);
    let combined = lower(first) << 16 | lower(middle) << 24 | lower(last) | len << 8;
    // the avalanche of XXH64
    let mut hash = combined ^ FLIP_1_TO_3;
    hash = (hash ^ hash >> 33).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    hash = (hash ^ hash >> 29).wrapping_mul(0x1656_67b1_9e37_79f9);
    hash ^ hash >> 32
}

#[inline]
fn four_to_eight(first: [u8; 4], last: [u8; 4], len: u64) -> u64 {
    let first = u64::from(u32::from_le_bytes(first)) | LOWER >> 32;
    let last = u64::from(u32::from_le_bytes(last)) | LOWER >> 32;
    let mut hash = (last + (first << 32)) ^ FLIP_4_TO_8;
    hash ^= hash.rotate_left(49) ^ hash.rotate_left(24);
    hash = hash.wrapping_mul(0x9fb2_1c65_1e98_df25);
    hash ^= (hash >> 35).wrapping_add(len);
    hash = hash.wrapping_mul(0x9fb2_1c65_1e98_df25);
    hash ^ hash >> 28
}

#[inline]
fn nine_to_sixteen(first: [u8; 8], last: [u8; 8], len: u64) -> u64 {
    let low = (u64::from_le_bytes(first) | LOWER) ^ FLIP_LOW;
    let high = (u64::from_le_bytes(last) | LOWER) ^ FLIP_HIGH;
    let product = u128::from(low) * u128::from(high);
    let folded = product as u64 ^ (product >> 64) as u64;
    let mut hash = len
        .wrapping_add(low.swap_bytes())
        .wrapping_add(high)
        .wrapping_add(folded);
    hash = (hash ^ hash >> 37).wrapping_mul(0x1656_6791_9e37_79f9);
    hash ^ hash >> 32
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
        fn it_is_the_hash_of_the_word_in_lower_case(word in "[a-zA-Z0-9.':,;]{0,40}") {
            prop_assert_eq!(lower_ascii(word.as_bytes()), xxh3_64(word.to_ascii_lowercase().as_bytes()));
        }
    }
}
