//! Where the runs of a text begin and end, of which tokens are made, and which of them are a word each without a closer
//! look: one pass over the text, 64 bytes at a time. What the fast path of tokenising walks on.

use super::scan::{BLOCK, Masks, TakeMasks, scan};

/// Edges that are noted in one go: more than most blocks have.
const ROW: usize = 24;

/// The runs of a text: stretches of ASCII letters, digits, `_` and whatever is no ASCII. Filled by [`Runs::scan`].
#[derive(Debug, Default)]
pub struct Runs {
    /// Where each begins and ends, in turn; behind `count` of them room that was used before.
    edges: Vec<u32>,
    count: usize,
    /// A bit a byte, the first in the lowest bit: what makes a run need a closer look. Bytes outside ASCII and `_` in it, or
    /// a mark right behind it that may join it to the next run.
    hard: Vec<u64>,
    /// 1 where the last byte of the last block stands in a run.
    in_run: u64,
    /// 1 where it is a mark behind a run.
    mark: u64,
}

impl TakeMasks for Runs {
    #[expect(
        clippy::inline_always,
        reason = "it is to have the instructions of its caller"
    )]
    #[inline(always)]
    fn take<const WIDE: bool>(&mut self, masks: Masks) {
        let base = (self.hard.len() * BLOCK) as u32;
        let runs = masks.word | masks.special;
        let behind = runs << 1 | self.in_run;
        if let Some(last) = self.hard.last_mut() {
            *last |= (self.mark & runs) << (BLOCK - 1);
        }
        let marks = masks.mid & behind;
        self.hard.push(masks.special | marks & runs >> 1);
        self.note::<WIDE>(base, runs ^ behind);
        self.in_run = runs >> (BLOCK - 1);
        self.mark = marks >> (BLOCK - 1);
    }
}

impl Runs {
    pub const fn new() -> Self {
        Self {
            edges: Vec::new(),
            count: 0,
            hard: Vec::new(),
            in_run: 0,
            mark: 0,
        }
    }

    /// Finds those of a text of up to 4 GiB.
    pub fn scan(&mut self, bytes: &[u8]) {
        self.count = 0;
        self.hard.clear();
        (self.in_run, self.mark) = (0, 0);
        scan(bytes, self);
    }

    /// Notes the places of the bits of a block.
    #[expect(clippy::inline_always, reason = "the same")]
    #[inline(always)]
    fn note<const WIDE: bool>(&mut self, base: u32, mut edges: u64) {
        if self.edges.len() < self.count + BLOCK + ROW {
            self.edges.resize((self.count + BLOCK + ROW) * 2, 0);
        }
        let count = edges.count_ones() as usize;
        #[cfg(target_arch = "x86_64")]
        if WIDE && let Some(room) = self.edges[self.count..].first_chunk_mut() {
            // SAFETY: who calls has these instructions
            unsafe { avx512::places(base, edges, room) };
            self.count += count;
            return;
        }
        let (rows, _) = self.edges[self.count..].as_chunks_mut::<ROW>();
        for row in rows {
            // written always, counted where there is one: a jump for many and not for each
            for edge in row {
                *edge = base + edges.trailing_zeros();
                edges &= edges.wrapping_sub(1);
            }
            if edges == 0 {
                break;
            }
        }
        self.count += count;
    }

    /// Where each run begins and ends.
    #[inline]
    pub fn all(&self) -> &[[u32; 2]] {
        self.edges[..self.count].as_chunks().0
    }

    /// The first place from `at` on that makes the run there, or right before it, need a closer look; none: beyond all.
    #[inline]
    pub fn hard_from(&self, at: usize) -> usize {
        let mut block = at / BLOCK;
        let mut left =
            self.hard.get(block).copied().unwrap_or_default() >> (at % BLOCK) << (at % BLOCK);
        while left == 0 {
            block += 1;
            match self.hard.get(block) {
                Some(hard) => left = *hard,
                None => return usize::MAX,
            }
        }
        block * BLOCK + left.trailing_zeros() as usize
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        _mm512_add_epi32, _mm512_castsi512_si128, _mm512_cvtepu8_epi32, _mm512_extracti32x4_epi32,
        _mm512_maskz_compress_epi8, _mm512_set1_epi32,
    };

    use super::BLOCK;
    use crate::text::lanes::{load, store};

    /// Edges that are written at once.
    const AT_ONCE: usize = 16;

    /// The numbers of the bytes of a block.
    const NUMBERS: [u8; BLOCK] = {
        let mut numbers = [0; BLOCK];
        let mut at = 0;
        while at < BLOCK {
            numbers[at] = at as u8;
            at += 1;
        }
        numbers
    };

    /// Writes the places of the bits of a block to the start of `room`; what stands behind them there is any number.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi2")]
    pub fn places(base: u32, edges: u64, room: &mut [u32; BLOCK]) {
        let places = _mm512_maskz_compress_epi8(edges, load(&NUMBERS));
        let (rows, _) = room.as_chunks_mut::<AT_ONCE>();
        let count = edges.count_ones() as usize;
        for (at, row) in rows.iter_mut().enumerate() {
            // the first two are enough for most blocks: no jump before the second
            if at > 1 && count <= at * AT_ONCE {
                break;
            }
            let four = match at {
                0 => _mm512_castsi512_si128(places),
                1 => _mm512_extracti32x4_epi32::<1>(places),
                2 => _mm512_extracti32x4_epi32::<2>(places),
                _ => _mm512_extracti32x4_epi32::<3>(places),
            };
            let places = _mm512_add_epi32(
                _mm512_cvtepu8_epi32(four),
                _mm512_set1_epi32(base.cast_signed()),
            );
            store(places, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_run(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
    }

    /// The runs, and whether each needs a closer look, byte by byte.
    fn slowly(text: &str) -> Vec<(usize, usize, bool)> {
        let bytes = text.as_bytes();
        let stands = |at: usize| bytes.get(at).is_some_and(|&byte| is_run(byte));
        let starts = (0..bytes.len()).filter(|&at| stands(at) && (at == 0 || !stands(at - 1)));
        let run = |start: usize| {
            let end = (start..=bytes.len())
                .find(|&at| !stands(at))
                .unwrap_or(start);
            let joins =
                bytes.get(end).is_some_and(|mark| b".':,;".contains(mark)) && stands(end + 1);
            let special = |byte: &u8| !byte.is_ascii() || *byte == b'_';
            (start, end, joins || bytes[start..end].iter().any(special))
        };
        starts.map(run).collect()
    }

    fn quickly(runs: &Runs) -> Vec<(usize, usize, bool)> {
        let run = |&[start, end]: &[u32; 2]| {
            let (start, end) = (start as usize, end as usize);
            (start, end, runs.hard_from(start) <= end)
        };
        runs.all().iter().map(run).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn wide_instructions_find_the_runs_that_single_bytes_find(
            texts in proptest::collection::vec("[a-dA9_:;,.' \n\u{e9}\u{2019}-]{0,200}", 1..4)
        ) {
            let mut runs = Runs::default();
            for text in &texts {
                runs.scan(text.as_bytes());
                prop_assert_eq!(quickly(&runs), slowly(text), "{}", text);
            }
        }
    }
}
