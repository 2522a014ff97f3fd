//! The centres of a hash that many articles hold, as the archive keeps them: a long list stays long, so that its other
//! holders need not be read to link a new one.

use crate::article::{Key, Rank};
use crate::candidates::{CENTRES, Centre, Size, Star};

/// Bytes of one centre.
const BYTES: usize = 30;

/// Packs a star for the table.
pub fn pack(star: &[Centre]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(star.len() * BYTES);
    for centre in star {
        bytes.extend_from_slice(&centre.no.to_le_bytes());
        bytes.extend_from_slice(&centre.place.to_le_bytes());
        bytes.extend_from_slice(&centre.rank.0.to_le_bytes());
        bytes.extend_from_slice(&centre.rank.1.0.to_le_bytes());
        bytes.extend_from_slice(&centre.size.kept.to_le_bytes());
        bytes.extend_from_slice(&centre.size.tokens.to_le_bytes());
    }
    bytes
}

/// Reads what [`pack`] wrote; `None` where it is something else.
pub fn unpack(bytes: &[u8]) -> Option<Star> {
    if bytes.len() != CENTRES * BYTES {
        return None;
    }
    let centres = bytes.chunks_exact(BYTES).map(|bytes| {
        let (no, rest) = bytes.split_first_chunk()?;
        let (place, rest) = rest.split_first_chunk()?;
        let (content, rest) = rest.split_first_chunk()?;
        let (key, rest) = rest.split_first_chunk()?;
        let (kept, rest) = rest.split_first_chunk()?;
        let (tokens, _) = rest.split_first_chunk()?;
        Some(Centre {
            no: u32::from_le_bytes(*no),
            place: u16::from_le_bytes(*place),
            rank: Rank(u64::from_le_bytes(*content), Key(u64::from_le_bytes(*key))),
            size: Size {
                kept: u32::from_le_bytes(*kept),
                tokens: u32::from_le_bytes(*tokens),
            },
        })
    });
    centres.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_star_reads_back() {
        let star: Star = (1..=CENTRES as u32)
            .map(|n| Centre {
                no: n,
                place: n as u16 * 3,
                rank: Rank(u64::MAX - u64::from(n), Key(u64::from(n) << 40)),
                size: Size {
                    kept: n,
                    tokens: n * 9,
                },
            })
            .collect();
        let bytes = pack(&star);
        assert_eq!(unpack(&bytes), Some(star));
        assert_eq!(unpack(&bytes[1..]), None);
    }
}
