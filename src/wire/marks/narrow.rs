//! The search with instructions that every processor has: the four bytes at every second place are looked up in a set,
//! which has four of each mark for either way in which it can stand. Of marks that are too short for that, two bytes are
//! looked up.

use super::keys::{Keys, Standing, commonness};

/// Bytes from which on a mark holds four bytes wherever the search looks.
const LONG: usize = 5;

/// What the search asks for.
#[derive(Debug, Default)]
pub(super) struct Narrow {
    /// By two bytes: short marks.
    pairs: Keys,
    /// By four bytes, hashed to two: all others.
    fours: Keys,
    fold: u8,
}

impl Narrow {
    /// That for marks of two bytes or more; `fold` is set in every byte.
    pub(super) fn new(marks: &[&'static str], fold: u8) -> Self {
        let mut this = Self {
            fold,
            ..Self::default()
        };
        for (mark, number) in marks.iter().zip(0..) {
            this.add(mark.as_bytes(), number);
        }
        this
    }

    /// Adds the rarest bytes of a mark for each of the two ways in which it can stand to the bytes that are looked at.
    fn add(&mut self, mark: &[u8], number: u16) {
        let width = if mark.len() >= LONG { 4 } else { 2 };
        let Some(standing) = Standing::of(mark, number, self.fold) else {
            return;
        };
        let standing = |place: i16| Standing { place, ..standing };
        for first in 0..2 {
            let places = (first..(mark.len() + 1).saturating_sub(width)).step_by(2);
            let of = |at: usize| mark[at..at + width].iter().map(|&byte| commonness(byte));
            let rarest = places.min_by_key(|&at| of(at).sum::<u32>());
            match rarest.map(|at| (at, &mark[at..at + width])) {
                Some((at, &[a, b, c, d])) => {
                    let key = self.four(u32::from_le_bytes([a, b, c, d]));
                    self.fours.insert(key, standing(at as i16));
                }
                Some((at, &[a, b])) => {
                    let key = self.pair(u16::from_le_bytes([a, b]));
                    self.pairs.insert(key, standing(at as i16));
                }
                // a mark of two bytes stands over two pairs: its first byte ends one of them
                _ => {
                    for before in 0..=u8::MAX {
                        let key = self.pair(u16::from_le_bytes([before, mark[0]]));
                        self.pairs.insert(key, standing(-1));
                    }
                }
            }
        }
    }

    #[inline]
    fn pair(&self, bytes: u16) -> u16 {
        bytes | u16::from_le_bytes([self.fold; 2])
    }

    #[inline]
    fn four(&self, bytes: u32) -> u16 {
        let bytes = bytes | u32::from_le_bytes([self.fold; 4]);
        // multiplicative hashing (Knuth): the upper bits depend on all four bytes
        (bytes.wrapping_mul(0x9e37_79b1) >> 16) as u16
    }

    /// The places in the text where one of the marks may stand around some bytes, with those that may; `told` says when to
    /// stop.
    pub(super) fn search(&self, text: &[u8], told: &mut dyn FnMut(usize, &[Standing]) -> bool) {
        let mut at = 0;
        // three places at once: most texts have nothing in most of them
        while let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let bytes = u64::from_le_bytes(*bytes);
            let hit = |place: u32| {
                let here = (bytes >> (16 * place)) as u32;
                let hit = self.pairs.has(self.pair(here as u16)) | self.fours.has(self.four(here));
                u32::from(hit) << place
            };
            let mut hits = hit(0) | hit(1) | hit(2);
            while hits != 0 {
                if self.search_at(text, at + 2 * hits.trailing_zeros() as usize, told) {
                    return;
                }
                hits &= hits - 1;
            }
            at += 6;
        }
        while at + 3 < text.len() {
            if self.search_at(text, at, told) {
                return;
            }
            at += 2;
        }
        // where less than four bytes are left only short marks can stand; where one is left, none
        while let Some(&pair) = text.get(at..).and_then(<[u8]>::first_chunk) {
            if told(at, self.pairs.at(self.pair(u16::from_le_bytes(pair)))) {
                return;
            }
            at += 2;
        }
    }

    /// The same at one place behind which four bytes stand; whether it was stopped.
    fn search_at(
        &self,
        text: &[u8],
        at: usize,
        told: &mut dyn FnMut(usize, &[Standing]) -> bool,
    ) -> bool {
        let Some(&[a, b, c, d]) = text.get(at..).and_then(<[u8]>::first_chunk) else {
            return false;
        };
        let pair = self.pair(u16::from_le_bytes([a, b]));
        let four = self.four(u32::from_le_bytes([a, b, c, d]));
        told(at, self.pairs.at(pair)) || told(at, self.fours.at(four))
    }
}
