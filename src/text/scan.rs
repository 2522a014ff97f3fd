//! Which bytes of a text are what, 64 at a time: one bit a byte.

use std::ops::ControlFlow;

/// Bytes that one mask tells of.
pub const BLOCK: usize = 64;

/// What the bytes of a block are, the first in the lowest bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Masks {
    /// ASCII letters and digits.
    pub word: u64,
    /// Bytes that need a closer look: outside ASCII, and `_`.
    pub special: u64,
    /// Marks that may join what stands on both sides: `.` `'` `:` `,` `;`.
    pub mid: u64,
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

/// Something that takes the masks of blocks; inlined into the loop that makes them.
pub trait TakeMasks {
    /// The masks of the next block. `WIDE`: the caller has AVX-512 with VBMI2.
    fn take<const WIDE: bool>(&mut self, masks: Masks);
}

/// Hands the masks of all blocks of a text to `taker`; the last block is filled up with spaces, of which there is one at
/// least.
#[cfg(target_arch = "x86_64")]
pub fn scan(bytes: &[u8], taker: &mut impl TakeMasks) {
    if is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has these instructions
        unsafe { avx512::scan(bytes, taker) }
    } else if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has these instructions
        unsafe { avx2::scan(bytes, taker) }
    } else {
        // SAFETY: SSE2 belongs to the architecture
        scan_by::<false>(bytes, taker, |block| unsafe { sse2::of_block(block) });
    }
}

/// The same byte by byte.
#[cfg(not(target_arch = "x86_64"))]
pub fn scan(bytes: &[u8], taker: &mut impl TakeMasks) {
    scan_by::<false>(bytes, taker, by_byte);
}

#[expect(
    clippy::inline_always,
    reason = "it is to have the instructions of its caller"
)]
#[inline(always)]
fn scan_by<const WIDE: bool>(
    bytes: &[u8],
    taker: &mut impl TakeMasks,
    of_block: impl Fn(&[u8; BLOCK]) -> Masks,
) {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for block in blocks {
        taker.take::<WIDE>(of_block(block));
    }
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    taker.take::<WIDE>(of_block(&last));
}

/// What the bytes of one block are to the boundaries of words.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn marks(block: &[u8; BLOCK]) -> Marks {
    // SAFETY: SSE2 belongs to the architecture
    unsafe { sse2::marks(block) }
}

/// Hands on where each run of bytes starts and ends that `inside` gives of the marks of a block, until `take` breaks.
pub fn runs(
    bytes: &[u8],
    inside: impl Fn(&Marks) -> u64,
    mut take: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut start = None;
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // never full, so that every run ends
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    for (block, base) in blocks.iter().chain([&last]).zip((0..).step_by(BLOCK)) {
        let mut inside = inside(&marks(block));
        // a run may go on from the block before
        if let Some(from) = start.filter(|_| inside != u64::MAX) {
            let end = (!inside).trailing_zeros() as usize;
            take(from, base + end)?;
            start = None;
            inside &= u64::MAX << end;
        }
        while start.is_none() && inside != 0 {
            let at = inside.trailing_zeros() as usize;
            let end = at + (!(inside >> at)).trailing_zeros() as usize;
            if end >= BLOCK {
                start = Some(base + at);
            } else {
                take(base + at, base + end)?;
                inside &= u64::MAX << end;
            }
        }
    }
    ControlFlow::Continue(())
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
            let (word, special, mid) = of_part(load(part));
            masks.word |= u64::from(word) << (16 * at);
            masks.special |= u64::from(special) << (16 * at);
            masks.mid |= u64::from(mid) << (16 * at);
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
    fn of_part(bytes: __m128i) -> (u16, u16, u16) {
        // the bit makes letters of nothing else in ASCII
        let lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        let word = _mm_or_si128(within(lower, b'a', 26), within(bytes, b'0', 10));
        let is = |bytes: __m128i, byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
        let with = |bit: i8| _mm_or_si128(bytes, _mm_set1_epi8(bit));
        let join = is(bytes, b'_');
        // `,` and `.` differ in one bit, and so do `:` and `;`
        let mid = _mm_or_si128(is(with(2), b'.'), is(with(1), b';'));
        let mid = _mm_or_si128(mid, is(bytes, b'\''));
        let outside = _mm_movemask_epi8(bytes) as u16;
        let word = _mm_movemask_epi8(word) as u16 & !outside;
        let special = outside | _mm_movemask_epi8(join) as u16;
        (word, special, _mm_movemask_epi8(mid) as u16)
    }

    /// `first <= byte < first + count`, as a comparison of signed bytes.
    #[inline]
    #[target_feature(enable = "sse2")]
    fn within(bytes: __m128i, first: u8, count: u8) -> __m128i {
        let moved = _mm_sub_epi8(bytes, _mm_set1_epi8(first.wrapping_add(128) as i8));
        _mm_cmplt_epi8(moved, _mm_set1_epi8(count.wrapping_add(128) as i8))
    }
}

/// The same with 32-byte instructions, and those for single bits, which the loop around them uses.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set_epi64x, _mm256_set1_epi8, _mm256_sub_epi8,
    };

    use super::{BLOCK, Masks, TakeMasks, scan_by};

    #[target_feature(enable = "avx2,bmi1,popcnt")]
    pub fn scan(bytes: &[u8], taker: &mut impl TakeMasks) {
        scan_by::<false>(bytes, taker, |block| of_block(block));
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    pub fn of_block(block: &[u8; BLOCK]) -> Masks {
        let mut masks = Masks::default();
        for (at, part) in block.as_chunks::<32>().0.iter().enumerate() {
            let bytes = load(part);
            let bits = |mask: __m256i| u64::from(_mm256_movemask_epi8(mask) as u32);
            let is =
                |bytes: __m256i, byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte as i8));
            let with = |bit: i8| _mm256_or_si256(bytes, _mm256_set1_epi8(bit));
            let word = _mm256_or_si256(within(with(0x20), b'a', 26), within(bytes, b'0', 10));
            let mid = _mm256_or_si256(is(with(2), b'.'), is(with(1), b';'));
            let mid = _mm256_or_si256(mid, is(bytes, b'\''));
            let outside = bits(bytes);
            masks.word |= (bits(word) & !outside) << (32 * at);
            masks.special |= (outside | bits(is(bytes, b'_'))) << (32 * at);
            masks.mid |= bits(mid) << (32 * at);
        }
        masks
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(part: &[u8; 32]) -> __m256i {
        let [a, b, c, d] = [0, 8, 16, 24].map(|at| {
            part[at..]
                .first_chunk()
                .map_or(0, |eight| i64::from_le_bytes(*eight))
        });
        _mm256_set_epi64x(d, c, b, a)
    }

    /// `first <= byte < first + count`, as a comparison of signed bytes.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn within(bytes: __m256i, first: u8, count: u8) -> __m256i {
        let moved = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first.wrapping_add(128) as i8));
        _mm256_cmpgt_epi8(_mm256_set1_epi8(count.wrapping_add(128) as i8), moved)
    }
}

/// The same with 64-byte instructions, which give masks themselves.
#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        __m512i, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_movepi8_mask,
        _mm512_or_si512, _mm512_sub_epi8,
    };

    use super::super::lanes::{bytes as all, load};
    use super::{BLOCK, Masks, TakeMasks, scan_by};

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,bmi1,popcnt")]
    pub fn scan(bytes: &[u8], taker: &mut impl TakeMasks) {
        scan_by::<true>(bytes, taker, |block| of_block(block));
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    pub fn of_block(block: &[u8; BLOCK]) -> Masks {
        let bytes = load(block);
        let is = |bytes: __m512i, byte: u8| _mm512_cmpeq_epi8_mask(bytes, all(byte));
        let with = |bit: u8| _mm512_or_si512(bytes, all(bit));
        // the bit makes letters of nothing else in ASCII
        let word = within(with(0x20), b'a', 26) | within(bytes, b'0', 10);
        Masks {
            word,
            special: _mm512_movepi8_mask(bytes) | is(bytes, b'_'),
            // `,` and `.` differ in one bit, and so do `:` and `;`
            mid: is(with(2), b'.') | is(with(1), b';') | is(bytes, b'\''),
        }
    }

    /// `first <= byte < first + count`
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn within(bytes: __m512i, first: u8, count: u8) -> u64 {
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, all(first)), all(count))
    }
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

/// What the masks of the modules above must equal.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn by_byte(block: &[u8; BLOCK]) -> Masks {
    let mut masks = Masks::default();
    for (at, byte) in block.iter().enumerate() {
        masks.word |= u64::from(byte.is_ascii_alphanumeric()) << at;
        masks.special |= u64::from(!byte.is_ascii() || *byte == b'_') << at;
        masks.mid |= u64::from(matches!(byte, b'.' | b'\'' | b':' | b',' | b';')) << at;
    }
    masks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The masks of the first block, as this machine makes them.
    fn masks(block: &[u8; BLOCK]) -> Masks {
        struct First(Option<Masks>);
        impl TakeMasks for First {
            fn take<const WIDE: bool>(&mut self, masks: Masks) {
                self.0.get_or_insert(masks);
            }
        }
        let mut first = First(None);
        scan(block, &mut first);
        first.0.unwrap()
    }

    #[test]
    fn runs_go_over_the_ends_of_blocks() {
        for (before, length) in [
            (0, 1),
            (3, 60),
            (60, 4),
            (60, 5),
            (63, 1),
            (1, 200),
            (64, 64),
        ] {
            let text = format!("{}{} b", " ".repeat(before), "a".repeat(length));
            let mut found = Vec::new();
            let all = runs(
                text.as_bytes(),
                |marks| marks.letters,
                |start, end| {
                    found.push(start..end);
                    ControlFlow::Continue(())
                },
            );
            let end = before + length;
            assert_eq!(found, [before..end, end + 1..end + 2]);
            assert!(all.is_continue());
        }
    }

    #[test]
    fn every_byte_is_told_in_every_place() {
        for byte in 0..=255u8 {
            for at in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[at] = byte;
                assert_eq!(masks(&block), by_byte(&block), "{byte} at {at}");
                #[cfg(target_arch = "x86_64")]
                // SAFETY: SSE2 belongs to the architecture
                let narrow = unsafe { sse2::of_block(&block) };
                #[cfg(target_arch = "x86_64")]
                assert_eq!(narrow, by_byte(&block), "{byte} at {at}");
                #[cfg(target_arch = "x86_64")]
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has these instructions
                    let wide = unsafe { avx2::of_block(&block) };
                    assert_eq!(wide, by_byte(&block), "{byte} at {at}");
                }
                assert_eq!(marks(&block), marks_by_byte(&block), "{byte} at {at}");
            }
        }
    }
}
