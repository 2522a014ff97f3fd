//! Which bytes of a text are what, 64 at a time: one bit a byte. What the fast path of tokenising walks on.

/// Bytes that one mask tells of.
pub const BLOCK: usize = 64;

/// What the bytes of a block are, the first in the lowest bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Masks {
    /// ASCII letters and digits.
    pub word: u64,
    /// Bytes that need a closer look: outside ASCII, and `_`.
    pub special: u64,
}

/// What the bytes of a block are to the boundaries of words, where nothing in it is special.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// ASCII letters.
    pub letters: u64,
    /// Digits.
    pub digits: u64,
    /// Joins two letters or two digits: `.` `'`.
    pub mid: u64,
    /// Joins two letters: `:`.
    pub mid_letter: u64,
    /// Joins two digits: `,` `;`.
    pub mid_digit: u64,
}

/// The masks of a text; a last block that is not full counts as filled up with spaces.
pub fn scan(bytes: &[u8], masks: &mut Vec<Masks>) {
    masks.clear();
    masks.reserve(bytes.len() / BLOCK + 1);
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    masks.extend(blocks.iter().map(of_block));
    if !rest.is_empty() {
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        masks.push(of_block(&last));
    }
}

/// The masks of one block, with the 16-byte instructions that every x86-64 has.
#[cfg(target_arch = "x86_64")]
#[inline]
fn of_block(block: &[u8; BLOCK]) -> Masks {
    // SAFETY: SSE2 belongs to the architecture
    unsafe { sse2::of_block(block) }
}

/// What the bytes of one block are to the boundaries of words.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn marks(block: &[u8; BLOCK]) -> Marks {
    // SAFETY: SSE2 belongs to the architecture
    unsafe { sse2::marks(block) }
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8, _mm_sub_epi8,
    };

    use super::{BLOCK, Marks, Masks};

    #[inline]
    #[target_feature(enable = "sse2")]
    pub fn of_block(block: &[u8; BLOCK]) -> Masks {
        let mut masks = Masks::default();
        for (at, part) in block.as_chunks::<16>().0.iter().enumerate() {
            let (word, special) = of_part(load(part));
            masks.word |= u64::from(word) << (16 * at);
            masks.special |= u64::from(special) << (16 * at);
        }
        masks
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn load(part: &[u8; 16]) -> __m128i {
        let number = u128::from_le_bytes(*part);
        _mm_set_epi64x((number >> 64) as i64, number as i64)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    pub fn marks(block: &[u8; BLOCK]) -> Marks {
        let mut marks = Marks::default();
        for (at, part) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = load(part);
            let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
            let bits = |mask: __m128i| u64::from(_mm_movemask_epi8(mask) as u16) << (16 * at);
            let lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
            marks.letters |= bits(within(lower, b'a', 26));
            marks.digits |= bits(within(bytes, b'0', 10));
            marks.mid |= bits(_mm_or_si128(is(b'.'), is(b'\'')));
            marks.mid_letter |= bits(is(b':'));
            marks.mid_digit |= bits(_mm_or_si128(is(b','), is(b';')));
        }
        marks
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn of_part(bytes: __m128i) -> (u16, u16) {
        // the bit makes letters of nothing else in ASCII
        let lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        let word = _mm_or_si128(within(lower, b'a', 26), within(bytes, b'0', 10));
        let join = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'_' as i8));
        let outside = _mm_movemask_epi8(bytes) as u16;
        let word = _mm_movemask_epi8(word) as u16 & !outside;
        (word, outside | _mm_movemask_epi8(join) as u16)
    }

    /// `first <= byte < first + count`, as a comparison of signed bytes.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn within(bytes: __m128i, first: u8, count: u8) -> __m128i {
        let moved = _mm_sub_epi8(bytes, _mm_set1_epi8(first.wrapping_add(128) as i8));
        _mm_cmplt_epi8(moved, _mm_set1_epi8(count.wrapping_add(128) as i8))
    }
}

/// The masks of one block, byte by byte.
#[cfg(not(target_arch = "x86_64"))]
fn of_block(block: &[u8; BLOCK]) -> Masks {
    by_byte(block)
}

/// What the bytes of one block are to the boundaries of words, byte by byte.
#[cfg(not(target_arch = "x86_64"))]
pub fn marks(block: &[u8; BLOCK]) -> Marks {
    marks_by_byte(block)
}

/// What [`marks`] must equal.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn marks_by_byte(block: &[u8; BLOCK]) -> Marks {
    let mut marks = Marks::default();
    for (at, byte) in block.iter().enumerate() {
        marks.letters |= u64::from(byte.is_ascii_alphabetic()) << at;
        marks.digits |= u64::from(byte.is_ascii_digit()) << at;
        marks.mid |= u64::from(matches!(byte, b'.' | b'\'')) << at;
        marks.mid_letter |= u64::from(*byte == b':') << at;
        marks.mid_digit |= u64::from(matches!(byte, b',' | b';')) << at;
    }
    marks
}

/// What [`of_block`] must equal.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn by_byte(block: &[u8; BLOCK]) -> Masks {
    let mut masks = Masks::default();
    for (at, byte) in block.iter().enumerate() {
        masks.word |= u64::from(byte.is_ascii_alphanumeric()) << at;
        masks.special |= u64::from(!byte.is_ascii() || *byte == b'_') << at;
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_told_in_every_place() {
        for byte in 0..=255u8 {
            for at in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[at] = byte;
                assert_eq!(of_block(&block), by_byte(&block), "{byte} at {at}");
                assert_eq!(marks(&block), marks_by_byte(&block), "{byte} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn wide_instructions_tell_what_single_bytes_tell(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut masks = Vec::new();
            scan(&bytes, &mut masks);
            for (block, masks) in bytes.chunks(BLOCK).zip(&masks) {
                let mut full = [b' '; BLOCK];
                full[..block.len()].copy_from_slice(block);
                prop_assert_eq!(by_byte(&full), *masks);
            }
            prop_assert_eq!(masks.len(), bytes.len().div_ceil(BLOCK));
        }
    }
}
