//! A sketch as an archive keeps it: six bytes a kept hash. First all hashes (ascending, 4 bytes each), so that a scan
//! reads nothing else, then their places (2 bytes each); all little-endian.

use super::Kept;

/// Bytes a kept hash.
pub const PACKED_BYTES: u32 = 6;

/// Appends a packed sketch.
pub fn pack(sketch: &[Kept], into: &mut Vec<u8>) {
    for kept in sketch {
        into.extend_from_slice(&kept.hash().to_le_bytes());
    }
    for kept in sketch {
        into.extend_from_slice(&kept.place().to_le_bytes());
    }
}

/// A packed sketch, read where it lies. What is no whole sketch has fewer hashes, never others.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'a> {
    hashes: &'a [u8],
    places: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Over the bytes that [`pack`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        let count = bytes.len() / PACKED_BYTES as usize;
        let (hashes, places) = bytes.split_at(count * 4);
        Self { hashes, places }
    }

    /// Kept hashes.
    pub fn kept_hashes(self) -> u32 {
        (self.hashes.len() / 4) as u32
    }

    /// The hashes, ascending.
    #[inline]
    pub fn hashes(self) -> impl Iterator<Item = u32> + use<'a> {
        self.hashes
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// Where the hash at `at` stands in the body.
    #[inline]
    pub fn place(self, at: usize) -> u16 {
        match self.places.get(at * 2..at * 2 + 2) {
            Some(bytes) => u16::from_le_bytes([bytes[0], bytes[1]]),
            None => 0,
        }
    }

    /// Hashes with their places.
    pub fn kept(self) -> impl Iterator<Item = (u32, u16)> + use<'a> {
        self.hashes()
            .enumerate()
            .map(move |(at, hash)| (hash, self.place(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::sketch;

    #[test]
    fn a_packed_sketch_reads_back() {
        let sketch = sketch("The harbour board met on Monday and refused to pay the new tax.").0;
        let mut bytes = Vec::new();
        pack(&sketch, &mut bytes);
        assert_eq!(bytes.len(), sketch.len() * PACKED_BYTES as usize);
        let read: Vec<(u32, u16)> = Packed::new(&bytes).kept().collect();
        let kept: Vec<(u32, u16)> = sketch.iter().map(|k| (k.hash(), k.place())).collect();
        assert_eq!(read, kept);
        for cut in 0..bytes.len() {
            assert!(Packed::new(&bytes[..cut]).kept().count() <= kept.len());
        }
    }
}
