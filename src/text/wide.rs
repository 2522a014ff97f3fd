//! The hashes and the looks of many words at once: what [`Ends`] says of each, eight words side by side where the processor
//! has AVX-512.

use super::hash::{EACH, Ends, lower_ascii_at};

/// Words that a caller without room for all may read at once.
pub const ROW: usize = 64;

/// Puts the hash of each of these words into `hashes`, which is as long. Each is given by where it begins and ends in
/// `bytes`, and has ASCII letters and digits alone.
pub fn hash_words(bytes: &[u8], words: &[[u32; 2]], hashes: &mut [u64]) {
    read::<false>(bytes, words, hashes, &mut []);
}

/// The same, and what each word looks like into `looks`, which is as long.
pub(super) fn read_words(bytes: &[u8], words: &[[u32; 2]], hashes: &mut [u64], looks: &mut [Look]) {
    read::<true>(bytes, words, hashes, looks);
}

/// What a word looks like: 1: all in capitals, 2: with a small initial, 4: with a digit, or a sum of these.
pub(super) type Look = u64;

/// Reads words; `LOOKS`: what they look like is wanted.
fn read<const LOOKS: bool>(
    bytes: &[u8],
    words: &[[u32; 2]],
    hashes: &mut [u64],
    looks: &mut [Look],
) {
    #[cfg(target_arch = "x86_64")]
    if words.len() >= avx512::LANES && avx512::is_there() {
        // SAFETY: the processor has these instructions
        return unsafe { avx512::read::<LOOKS>(bytes, words, hashes, looks) };
    }
    one_by_one::<LOOKS>(bytes, words, hashes, looks);
}

fn one_by_one<const LOOKS: bool>(
    bytes: &[u8],
    words: &[[u32; 2]],
    hashes: &mut [u64],
    looks: &mut [Look],
) {
    for (&[start, end], hash) in words.iter().zip(hashes) {
        *hash = lower_ascii_at(bytes, start as usize, end as usize);
    }
    if LOOKS {
        for (&[start, end], look) in words.iter().zip(looks) {
            let (start, end) = (start as usize, end as usize);
            *look = match Ends::of(bytes, start, end) {
                Some(word) => look_of(word),
                None => look_at(bytes.get(start..end).unwrap_or_default()),
            };
        }
    }
}

/// What a word looks like.
fn look_at(word: &[u8]) -> Look {
    let has_digit = word.iter().any(u8::is_ascii_digit);
    let is_lower = word.first().is_some_and(|initial| initial & SMALL != 0);
    let is_upper = word.len() > 1 && word.iter().all(|letter| letter & SMALL == 0);
    Look::from(is_upper) | Look::from(is_lower) << 1 | Look::from(has_digit) << 2
}

/// The same of a short one, without a jump.
#[inline]
fn look_of(word: Ends) -> Look {
    let [first, last] = word.bytes(b'@');
    let is_upper = (first | last) & (EACH * u64::from(SMALL)) == 0 && word.length() > 1;
    let is_lower = first & u64::from(SMALL) != 0;
    Look::from(is_upper) | Look::from(is_lower) << 1 | Look::from(word.has_digit()) << 2
}

/// A small letter has this bit, and a digit has it.
const SMALL: u8 = 0x20;

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_andnot_si512, _mm512_cmpeq_epu64_mask,
        _mm512_cmple_epu64_mask, _mm512_cmpneq_epu64_mask, _mm512_i64gather_epi64,
        _mm512_mask_blend_epi64, _mm512_maskz_mov_epi64, _mm512_min_epu64, _mm512_mul_epu32,
        _mm512_mullo_epi64, _mm512_or_si512, _mm512_rol_epi64, _mm512_set_epi64,
        _mm512_shuffle_epi8, _mm512_slli_epi64, _mm512_sllv_epi64, _mm512_srli_epi64,
        _mm512_srlv_epi64, _mm512_sub_epi64, _mm512_test_epi64_mask, _mm512_xor_si512,
    };

    use super::super::hash::{
        AVALANCHE, FLIP_1_TO_3, FLIP_4_TO_8, FLIP_HIGH, FLIP_LOW, LOWER, RRMXMX, XXH64_2, XXH64_3,
    };
    pub use super::super::lanes::LANES;
    use super::super::lanes::{load, numbers as all, store};
    use super::{EACH, Look, SMALL};

    pub fn is_there() -> bool {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
    }

    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    pub fn read<const LOOKS: bool>(
        bytes: &[u8],
        words: &[[u32; 2]],
        hashes: &mut [u64],
        looks: &mut [Look],
    ) {
        let mut at = 0;
        while at < words.len() {
            // the last eight overlap those before
            let from = at.min(words.len().saturating_sub(LANES));
            let row = words[from..].first_chunk();
            let into = hashes
                .get_mut(from..)
                .and_then(<[u64]>::first_chunk_mut::<LANES>);
            let Some((row, into)) = row.zip(into) else {
                return super::one_by_one::<LOOKS>(bytes, words, hashes, looks);
            };
            let mut look = looks
                .get_mut(from..)
                .and_then(<[Look]>::first_chunk_mut::<LANES>);
            if let Some(words) = Words::of(bytes, row) {
                store(words.hash(), into);
                if LOOKS && let Some(look) = look {
                    store(words.look(), look);
                }
            } else {
                let look = look.as_mut().map_or(&mut [][..], |look| &mut look[..]);
                super::one_by_one::<LOOKS>(bytes, row, into, look);
            }
            at = from + LANES;
        }
    }

    /// Eight words of up to 16 letters, by their first and their last eight bytes: see [`Ends`](super::super::Ends).
    struct Words {
        first: __m512i,
        last: __m512i,
        len: __m512i,
    }

    impl Words {
        /// Those of a row; `None` where one is longer, or too close to the start or the end of the text.
        #[inline]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
        fn of(bytes: &[u8], row: &[[u32; 2]; LANES]) -> Option<Self> {
            let last = bytes.len().checked_sub(8)? as u64;
            let edges = load(row);
            let start = _mm512_and_si512(edges, all(0xffff_ffff));
            let end = _mm512_srli_epi64::<32>(edges);
            let len = _mm512_sub_epi64(end, start);
            let tail = _mm512_sub_epi64(end, all(8));
            let fits = _mm512_cmple_epu64_mask(start, all(last))
                & _mm512_cmple_epu64_mask(tail, all(last))
                & _mm512_cmple_epu64_mask(_mm512_sub_epi64(len, all(1)), all(15));
            // SAFETY: eight bytes stand at each of these places
            let at = |places| unsafe { _mm512_i64gather_epi64::<1>(places, bytes.as_ptr().cast()) };
            (fits == 0xff).then(|| Self {
                first: at(start),
                last: at(tail),
                len,
            })
        }

        /// XXH3-64 in lower case.
        #[inline]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
        fn hash(&self) -> __m512i {
            hash(lower(self.first), lower(self.last), self.len)
        }

        /// What they look like.
        #[inline]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
        fn look(&self) -> __m512i {
            // a letter has this bit and no digit has it
            const LETTER: u64 = 0x40;
            // the bytes of a short word that stand behind it become capitals
            let bits = _mm512_slli_epi64::<3>(_mm512_min_epu64(self.len, all(8)));
            let behind = _mm512_sllv_epi64(all(!0), bits);
            let fill = _mm512_and_si512(behind, all(LETTER * EACH));
            let short = _mm512_or_si512(_mm512_andnot_si512(behind, self.first), fill);
            let is_short = _mm512_cmple_epu64_mask(self.len, all(7));
            let last = _mm512_mask_blend_epi64(is_short, self.last, short);
            let small =
                _mm512_and_si512(_mm512_or_si512(short, last), all(u64::from(SMALL) * EACH));
            let letters = _mm512_and_si512(_mm512_and_si512(short, last), all(LETTER * EACH));
            let is_upper =
                _mm512_cmpeq_epu64_mask(small, all(0)) & !_mm512_cmple_epu64_mask(self.len, all(1));
            let is_lower = _mm512_test_epi64_mask(self.first, all(u64::from(SMALL)));
            let has_digit = _mm512_cmpneq_epu64_mask(letters, all(LETTER * EACH));
            let mark = |which: u8, number: u64| _mm512_maskz_mov_epi64(which, all(number));
            _mm512_or_si512(
                mark(is_upper, 1),
                _mm512_or_si512(mark(is_lower, 2), mark(has_digit, 4)),
            )
        }
    }

    /// XXH3-64 of words of up to 16 bytes in lower case.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn hash(first: __m512i, last: __m512i, len: __m512i) -> __m512i {
        let is_short = _mm512_cmple_epu64_mask(len, all(3));
        let is_long = !_mm512_cmple_epu64_mask(len, all(8));
        let select =
            |which: u8, this: __m512i, other: __m512i| _mm512_mask_blend_epi64(which, other, this);
        let xor = |a: __m512i, b: __m512i| _mm512_xor_si512(a, b);
        let middle = _mm512_slli_epi64::<3>(_mm512_srli_epi64::<1>(len));
        // of a long word the number of bits may be too large: then it is nought, and not looked at
        let middle = _mm512_and_si512(_mm512_srlv_epi64(first, middle), all(0xff));
        let initial = _mm512_slli_epi64::<16>(_mm512_and_si512(first, all(0xff)));
        let ends = xor(initial, _mm512_slli_epi64::<24>(middle));
        let of_length = xor(_mm512_srli_epi64::<56>(last), _mm512_slli_epi64::<8>(len));
        let short = xor(xor(ends, of_length), all(FLIP_1_TO_3));
        let halves = xor(
            _mm512_slli_epi64::<32>(first),
            _mm512_srli_epi64::<32>(last),
        );
        let medium = xor(halves, all(FLIP_4_TO_8));
        let turned = xor(
            _mm512_rol_epi64::<49>(medium),
            _mm512_rol_epi64::<24>(medium),
        );
        let start = select(
            is_short,
            xor(short, _mm512_srli_epi64::<33>(short)),
            xor(medium, turned),
        );
        let factor = select(is_short, all(XXH64_2), all(RRMXMX));
        let hash = _mm512_mullo_epi64(start, factor);
        let turned = select(
            is_short,
            _mm512_srli_epi64::<29>(hash),
            _mm512_add_epi64(_mm512_srli_epi64::<35>(hash), len),
        );
        let hash = select(is_long, long(first, last, len), xor(hash, turned));
        let factor = select(is_short, all(XXH64_3), all(RRMXMX));
        let hash = _mm512_mullo_epi64(hash, select(is_long, all(AVALANCHE), factor));
        xor(
            hash,
            _mm512_srlv_epi64(hash, select(is_short | is_long, all(32), all(28))),
        )
    }

    /// Those of 9 to 16 bytes, before the last multiplication.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn long(first: __m512i, last: __m512i, len: __m512i) -> __m512i {
        let low = _mm512_xor_si512(first, all(FLIP_LOW));
        let high = _mm512_xor_si512(last, all(FLIP_HIGH));
        let folded = _mm512_xor_si512(_mm512_mullo_epi64(low, high), upper_product(low, high));
        let swapped = _mm512_shuffle_epi8(low, reversed());
        let hash = _mm512_add_epi64(
            _mm512_add_epi64(len, swapped),
            _mm512_add_epi64(high, folded),
        );
        _mm512_xor_si512(hash, _mm512_srli_epi64::<37>(hash))
    }

    /// The upper halves of products of 128 bits, by those of 64 (Warren, "Hacker's Delight", 8-2).
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn upper_product(a: __m512i, b: __m512i) -> __m512i {
        let upper = |of: __m512i| _mm512_srli_epi64::<32>(of);
        let lower = |of: __m512i| _mm512_and_si512(of, all(0xffff_ffff));
        let (a1, b1) = (upper(a), upper(b));
        let lowest = upper(_mm512_mul_epu32(a, b));
        let (one, other) = (_mm512_mul_epu32(a1, b), _mm512_mul_epu32(a, b1));
        let middle = _mm512_add_epi64(one, lowest);
        let carried = upper(_mm512_add_epi64(lower(middle), other));
        // the sum of the lower half of the one middle product and the other does not overflow
        _mm512_add_epi64(
            _mm512_add_epi64(_mm512_mul_epu32(a1, b1), upper(middle)),
            carried,
        )
    }

    /// Where the bytes of each lane stand in reverse order.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn reversed() -> __m512i {
        const SECOND: u64 = 0x0808_0808_0808_0808;
        let first = 0x0001_0203_0405_0607u64;
        let lanes = [first, first + SECOND].map(u64::cast_signed);
        _mm512_set_epi64(
            lanes[1], lanes[0], lanes[1], lanes[0], lanes[1], lanes[0], lanes[1], lanes[0],
        )
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn lower(letters: __m512i) -> __m512i {
        _mm512_or_si512(letters, all(LOWER))
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::lower_ascii;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn words_side_by_side_are_hashed_as_one_by_one(
            words in proptest::collection::vec("[a-zA-Z0-9]{1,3}|[a-zA-Z0-9]{4,8}|[a-zA-Z0-9]{9,16}|[a-z]{17,20}", 0..30)
        ) {
            let text = words.join(" ");
            let mut end = 0;
            let places: Vec<[u32; 2]> = words
                .iter()
                .map(|word| {
                    let start = end;
                    end += word.len() as u32 + 1;
                    [start, end - 1]
                })
                .collect();
            let room = || vec![0; words.len()];
            let (mut quick, mut slow, mut alone) = (room(), room(), room());
            let (mut look, mut slow_look) = (room(), room());
            read_words(text.as_bytes(), &places, &mut quick, &mut look);
            one_by_one::<true>(text.as_bytes(), &places, &mut slow, &mut slow_look);
            hash_words(text.as_bytes(), &places, &mut alone);
            prop_assert_eq!((&quick, &alone), (&slow, &slow));
            let looks: Vec<Look> = words.iter().map(|word| look_at(word.as_bytes())).collect();
            prop_assert_eq!((&look, &slow_look), (&looks, &looks));
            let alone: Vec<u64> = words.iter().map(|word| lower_ascii(word.as_bytes())).collect();
            prop_assert_eq!(quick, alone);
        }
    }
}
