//! The shingles of words in a row, and which of a body's are kept: a pass over the hashes of its tokens, eight shingles side
//! by side where the processor has AVX-512.

use super::Kept;
use super::shingle::{WORDS, shingles, word_shingle};

/// Puts the shingles of these words into `shingles`, as many as it has room for.
pub fn word_shingles(words: &[u64], shingles: &mut [u64]) {
    let mut done = 0;
    #[cfg(target_arch = "x86_64")]
    if avx512::is_there() {
        // SAFETY: the processor has these instructions
        done = unsafe { avx512::word_shingles(words, shingles) };
    }
    let rows = words.get(done..).unwrap_or_default().windows(WORDS);
    let left = shingles.get_mut(done..).unwrap_or_default();
    for (shingle, row) in left.iter_mut().zip(rows) {
        *shingle = row.first_chunk().map_or(0, |row| word_shingle(*row));
    }
}

/// Notes the shingles of words up to `most` with the places of their last words, in the order of these; returns how many.
/// `kept` has room for as many as there are words.
pub(super) fn keep_words(words: &[u64], most: u32, kept: &mut [Kept]) -> usize {
    #[cfg(target_arch = "x86_64")]
    if avx512::is_there() {
        // SAFETY: the processor has these instructions
        return unsafe { avx512::keep_words(words, most, kept) };
    }
    keep_from(0, words, most, kept)
}

/// The same one by one, of the shingles that start at `first` or behind it.
fn keep_from(first: usize, words: &[u64], most: u32, kept: &mut [Kept]) -> usize {
    let rows = words.get(first..).unwrap_or_default().windows(WORDS);
    let shingles = rows.map(|row| row.first_chunk().map(|row| word_shingle(*row)));
    note(shingles, first + WORDS - 1, most, kept)
}

/// The same where some tokens are bigrams.
pub(super) fn keep_tokens(
    tokens: &[u64],
    is_bigram: &[bool],
    most: u32,
    kept: &mut [Kept],
) -> usize {
    let tokens = tokens.iter().copied().zip(is_bigram.iter().copied());
    note(shingles(tokens), 0, most, kept)
}

fn note(
    shingles: impl Iterator<Item = Option<u64>>,
    first: usize,
    most: u32,
    kept: &mut [Kept],
) -> usize {
    let mut len = 0;
    for (shingle, place) in shingles.zip(first..) {
        if let (Some(shingle), Some(slot)) = (shingle, kept.get_mut(len)) {
            // written always, counted if kept: no branch that three of four times goes the other way
            *slot = Kept::new(shingle, place as u32);
            len += usize::from(slot.hash() <= most);
        }
    }
    len
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_cmple_epu64_mask,
        _mm512_maskz_compress_epi64, _mm512_min_epu64, _mm512_mullo_epi64, _mm512_or_si512,
        _mm512_set_epi64, _mm512_srli_epi64, _mm512_xor_si512,
    };

    use super::super::shingle::{K, MIX};
    use super::{Kept, WORDS, keep_from};
    use crate::sketch::LAST_PLACE;
    use crate::text::lanes::{LANES, Number, load, numbers as all, store};

    // SAFETY: a number of eight bytes, and any is one
    unsafe impl Number for Kept {}

    pub fn is_there() -> bool {
        is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq")
    }

    #[target_feature(enable = "avx512f,avx512dq")]
    pub fn keep_words(words: &[u64], most: u32, kept: &mut [Kept]) -> usize {
        let most_shingle = all(u64::from(most) << 32 | u64::from(u32::MAX));
        let mut place = _mm512_add_epi64(
            _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0),
            all(WORDS as u64 - 1),
        );
        let (mut first, mut len) = (0, 0);
        while let (Some(row), Some(room)) = (
            words.get(first..).and_then(<[u64]>::first_chunk),
            kept.get_mut(len..).and_then(<[Kept]>::first_chunk_mut),
        ) {
            let shingles = shingles(row);
            let keeps = _mm512_cmple_epu64_mask(shingles, most_shingle);
            let places = _mm512_min_epu64(place, all(u64::from(LAST_PLACE)));
            let hashes = _mm512_and_si512(shingles, all(0xffff_ffff_0000_0000));
            let both = _mm512_or_si512(hashes, places);
            store::<Kept, LANES>(_mm512_maskz_compress_epi64(keeps, both), room);
            len += keeps.count_ones() as usize;
            place = _mm512_add_epi64(place, all(LANES as u64));
            first += LANES;
        }
        len + keep_from(first, words, most, &mut kept[len..])
    }

    /// The same for as many as make whole rows; returns how many.
    #[target_feature(enable = "avx512f,avx512dq")]
    pub fn word_shingles(words: &[u64], into: &mut [u64]) -> usize {
        let mut done = 0;
        while let (Some(row), Some(room)) = (
            words.get(done..).and_then(<[u64]>::first_chunk),
            into.get_mut(done..).and_then(<[u64]>::first_chunk_mut),
        ) {
            store::<u64, LANES>(shingles(row), room);
            done += LANES;
        }
        done
    }

    /// The shingles that start at the first eight of these words.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    fn shingles(words: &[u64; LANES + WORDS - 1]) -> __m512i {
        let mut sum = all(0);
        for at in 0..WORDS {
            if let Some(row) = words[at..].first_chunk() {
                sum = _mm512_add_epi64(_mm512_mullo_epi64(sum, all(K)), load::<u64, LANES>(row));
            }
        }
        for factor in MIX {
            sum = _mm512_mullo_epi64(turned(sum), all(factor));
        }
        turned(sum)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    fn turned(hash: __m512i) -> __m512i {
        _mm512_xor_si512(hash, _mm512_srli_epi64::<33>(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shingles_side_by_side_are_those_one_by_one(words in proptest::collection::vec(0u64..1 << 40, 0..60)) {
            for most in [u32::MAX / 4, u32::MAX] {
                let room = || vec![Kept(0); words.len()];
                let (mut quick, mut slow, mut mixed) = (room(), room(), room());
                let len = keep_words(&words, most, &mut quick);
                prop_assert_eq!(len, keep_from(0, &words, most, &mut slow));
                prop_assert_eq!(&quick[..len], &slow[..len]);
                let words_alone = vec![false; words.len()];
                prop_assert_eq!(len, keep_tokens(&words, &words_alone, most, &mut mixed));
                prop_assert_eq!(&quick[..len], &mixed[..len]);
            }
            let mut all = vec![0; words.len().saturating_sub(WORDS - 1)];
            word_shingles(&words, &mut all);
            let one_by_one = words.windows(WORDS).map(|row| word_shingle(*row.first_chunk().unwrap()));
            prop_assert_eq!(all, one_by_one.collect::<Vec<_>>());
        }
    }
}
