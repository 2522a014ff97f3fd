//! The same search with AVX-512: 64 places at once are told whether three bytes that some mark has may stand there.
//!
//! Each mark is known by its rarest three bytes, and lies in one of eight buckets. For each of the three places a table of
//! all ASCII bytes says which buckets have the byte there; a place where the three agree on a bucket is looked at as the
//! narrow search looks at one. As in Teddy of Hyperscan (Qiu et al., "Hyperscan", NSDI 2019), by whole bytes.

use super::keys::{Keys, Standing, commonness};

/// Bytes that are looked at once.
const BLOCK: usize = 64;

/// Bytes that a mark is known by; of marks of two bytes these are all.
const KNOWN_BY: usize = 3;

/// Buckets; the first one has the marks of two bytes.
const BUCKETS: usize = 8;

/// What the search asks for.
#[derive(Debug)]
pub(super) struct Wide {
    /// The buckets that have a byte at each of the places: a bit each.
    tables: [[u8; 128]; KNOWN_BY],
    /// Those that have any byte outside ASCII there.
    outside: [u8; KNOWN_BY],
    /// By the bytes that marks are known by, hashed.
    known: Keys,
    fold: u8,
}

impl Wide {
    /// That for marks of two bytes or more; `None` where the processor has no such instructions.
    pub(super) fn new(marks: &[&'static str], fold: u8) -> Option<Self> {
        if !is_there() {
            return None;
        }
        let mut this = Self {
            tables: [[0; 128]; KNOWN_BY],
            outside: [0; KNOWN_BY],
            known: Keys::default(),
            fold,
        };
        let mut buckets = [Bucket::default(); BUCKETS];
        for (mark, number) in marks.iter().zip(0..) {
            this.add(mark.as_bytes(), number, &mut buckets);
        }
        Some(this)
    }

    fn add(&mut self, mark: &[u8], number: u16, buckets: &mut [Bucket; BUCKETS]) {
        let (Some(standing), Some((at, known))) =
            (Standing::of(mark, number, self.fold), rarest(mark))
        else {
            return;
        };
        let known = known.map(|byte| byte.map(|byte| byte | self.fold));
        let bucket = match known[KNOWN_BY - 1] {
            None => 0,
            Some(_) => (1..BUCKETS)
                .min_by_key(|&bucket| buckets[bucket].hits_with(known) - buckets[bucket].hits())
                .unwrap_or(0),
        };
        buckets[bucket].take(known);
        for ((table, outside), byte) in self.tables.iter_mut().zip(&mut self.outside).zip(known) {
            match byte.map(|byte| table.get_mut(usize::from(byte))) {
                // whatever stands behind two bytes
                None => {
                    *outside |= 1 << bucket;
                    for buckets in table {
                        *buckets |= 1 << bucket;
                    }
                }
                Some(Some(buckets)) => *buckets |= 1 << bucket,
                Some(None) => *outside |= 1 << bucket,
            }
        }
        let known = known.map(Option::unwrap_or_default);
        self.known.insert(
            key(known),
            Standing {
                place: at as i16,
                ..standing
            },
        );
    }

    /// The places in the text where one of the marks may stand around three bytes, with those that may, in order; `told`
    /// says when to stop.
    pub(super) fn search(&self, text: &[u8], told: &mut dyn FnMut(usize, &[Standing]) -> bool) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let hits = if let Some(rest) = rest.first_chunk() {
                self.hits(rest)
            } else {
                let mut filled = [0; BLOCK + KNOWN_BY - 1];
                filled[..rest.len()].copy_from_slice(rest);
                // what is filled up can be no mark: marks are compared with the text
                self.hits(&filled)
            };
            let mut left = hits;
            while left != 0 {
                let place = at + left.trailing_zeros() as usize;
                left &= left - 1;
                if self.may_stand(text, place, told) {
                    return;
                }
            }
            at += BLOCK;
        }
    }

    fn may_stand(
        &self,
        text: &[u8],
        place: usize,
        told: &mut dyn FnMut(usize, &[Standing]) -> bool,
    ) -> bool {
        let byte = |at: usize| text.get(place + at).map_or(0, |byte| byte | self.fold);
        let mut tell = |known: u16| self.known.has(known) && told(place, self.known.at(known));
        let (three, two) = (key([byte(0), byte(1), byte(2)]), key([byte(0), byte(1), 0]));
        tell(three) || two != three && tell(two)
    }

    fn hits(&self, bytes: &[u8; BLOCK + KNOWN_BY - 1]) -> u64 {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: none is made where the processor does not have these instructions
        unsafe {
            avx512::hits(self, bytes)
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            // none is made there; any place may be one
            let _ = bytes;
            u64::MAX
        }
    }
}

/// A hash of three bytes in one number.
fn key([a, b, c]: [u8; KNOWN_BY]) -> u16 {
    let number = u32::from_le_bytes([a, b, c, 0]);
    // multiplicative hashing (Knuth): the upper bits depend on all bytes
    (number.wrapping_mul(0x9e37_79b1) >> 16) as u16
}

/// The rarest bytes of a mark, and where they stand in it; the third is missing in one of two bytes.
fn rarest(mark: &[u8]) -> Option<(usize, [Option<u8>; KNOWN_BY])> {
    let cost = |bytes: &[u8]| bytes.iter().map(|&byte| commonness(byte)).sum::<u32>();
    let rows = mark.windows(KNOWN_BY).enumerate();
    if let Some((at, row)) = rows.min_by_key(|(_, row)| cost(row)) {
        return Some((at, [Some(row[0]), Some(row[1]), Some(row[2])]));
    }
    Some((0, [Some(*mark.first()?), Some(*mark.get(1)?), None]))
}

/// The bytes that a bucket has at each place, and how often text has one of them there.
#[derive(Clone, Copy)]
struct Bucket {
    has: [[u128; 2]; KNOWN_BY],
    often: [u64; KNOWN_BY],
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            has: [[0; 2]; KNOWN_BY],
            often: [0; KNOWN_BY],
        }
    }
}

impl Bucket {
    /// How often text agrees with it at all places.
    fn hits(&self) -> u64 {
        self.often.iter().product()
    }

    /// The same if it had these bytes, too.
    fn hits_with(&self, known: [Option<u8>; KNOWN_BY]) -> u64 {
        let mut with = *self;
        with.take(known);
        with.hits()
    }

    fn take(&mut self, known: [Option<u8>; KNOWN_BY]) {
        for ((has, often), byte) in self.has.iter_mut().zip(&mut self.often).zip(known) {
            let Some(byte) = byte else { continue };
            let (half, bit) = (usize::from(byte >> 7), 1u128 << (byte & 0x7f));
            if has[half] & bit == 0 {
                has[half] |= bit;
                // in steps of a factor of about 1.4: two are a double
                *often += 1 << (commonness(byte) / 2 + 1);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn is_there() -> bool {
    is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vbmi")
}

#[cfg(not(target_arch = "x86_64"))]
fn is_there() -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::{
        _mm512_and_si512, _mm512_mask_blend_epi8, _mm512_movepi8_mask, _mm512_or_si512,
        _mm512_permutex2var_epi8, _mm512_test_epi8_mask,
    };

    use super::{BLOCK, KNOWN_BY, Wide};
    use crate::text::lanes::{bytes as all, load};

    /// A bit for each of 64 places: whether a bucket has what stands there and behind it.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub fn hits(wide: &Wide, bytes: &[u8; BLOCK + KNOWN_BY - 1]) -> u64 {
        let mut agreed = all(!0);
        for (at, (table, &outside)) in wide.tables.iter().zip(&wide.outside).enumerate() {
            if let (Some(bytes), (Some(low), Some(high))) = (
                bytes[at..].first_chunk::<BLOCK>(),
                (table.first_chunk::<BLOCK>(), table.last_chunk::<BLOCK>()),
            ) {
                let bytes = _mm512_or_si512(load(bytes), all(wide.fold));
                let inside = _mm512_permutex2var_epi8(load(low), bytes, load(high));
                let is_outside = _mm512_movepi8_mask(bytes);
                let buckets = _mm512_mask_blend_epi8(is_outside, inside, all(outside));
                agreed = _mm512_and_si512(agreed, buckets);
            }
        }
        _mm512_test_epi8_mask(agreed, agreed)
    }
}
