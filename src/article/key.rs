//! What an article is told by: its key, its handle in one fold, its rank among all.

use std::fmt;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// An article's identity: 64 bits over the row's own id, url, publisher, title and the body as split.
///
/// Never over source, offset, role or times: the same article met twice is one article. Printed as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Key(pub u64);

/// Bytes of a key's parts that are hashed in one go.
const SHORT: usize = 1024;

impl Key {
    /// The key of an article with these parts; absent and empty differ.
    #[must_use]
    pub fn of(
        id: Option<&str>,
        url: Option<&str>,
        publisher: Option<&str>,
        title: Option<&str>,
        body: &str,
    ) -> Self {
        let parts = [id, url, publisher, title, Some(body)];
        // length first, so that no two lists of parts spell the same bytes
        let length = |part: Option<&str>| part.map_or(0, |text| text.len() as u64 + 1);
        // short parts as one text: a hash of pieces is dear to begin with
        let mut whole = [0; SHORT];
        let mut rest = whole.as_mut_slice();
        for part in parts {
            let text = part.unwrap_or_default().as_bytes();
            let Some((number, behind)) = rest.split_first_chunk_mut() else {
                return Self::of_pieces(parts);
            };
            *number = length(part).to_le_bytes();
            let Some((copy, behind)) = behind.split_at_mut_checked(text.len()) else {
                return Self::of_pieces(parts);
            };
            copy.copy_from_slice(text);
            rest = behind;
        }
        let left = rest.len();
        Self(xxh3_64(&whole[..SHORT - left]))
    }

    /// The same of parts of any length.
    fn of_pieces(parts: [Option<&str>; 5]) -> Self {
        let mut hasher = Xxh3::new();
        for part in parts {
            let length = part.map_or(0, |text| text.len() as u64 + 1);
            hasher.update(&length.to_le_bytes());
            hasher.update(part.unwrap_or_default().as_bytes());
        }
        Self(hasher.digest())
    }

    /// Reads the 16 hex digits that [`fmt::Display`] prints.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 16)
            .then(|| u64::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
    }
}

impl Key {
    /// What [`fmt::Display`] prints, without its detours: every article has its key printed.
    #[must_use]
    pub fn hex(self) -> String {
        String::from_utf8_lossy(&self.digits()).into_owned()
    }

    /// The same as bytes.
    #[must_use]
    pub fn digits(self) -> [u8; 16] {
        let digit = |at: usize| b"0123456789abcdef"[(self.0 >> (60 - 4 * at)) as usize & 0xf];
        std::array::from_fn(digit)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

/// A handle: an index into one fold's articles, or an archive's row.
///
/// Deliberately not `Ord`: arrival order must never reach a result. Order articles by [`Rank`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ArticleNo(pub u32);

impl ArticleNo {
    /// As an index into a slice.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The total order on articles that breaks every tie: hash of the body, then key.
///
/// A function of the article alone, never of source, offset or arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Rank(pub u64, pub Key);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_absent_from_empty_and_where_a_part_ends() {
        let key = |id, title, body| Key::of(id, None, None, title, body);
        assert_ne!(key(None, Some("a"), "b"), key(Some("a"), None, "b"));
        assert_ne!(key(None, Some(""), "b"), key(None, None, "b"));
        assert_ne!(key(None, Some("ab"), "c"), key(None, Some("a"), "bc"));
        let key = key(None, Some("title"), "body");
        assert_eq!(Key::parse(&key.to_string()), Some(key));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // test vector of XXH3 64 bits, seed 0
        assert_eq!(xxh3_64(b"abc"), 0x78af_5f94_892f_3950);
        assert_eq!(
            Key::of(None, None, None, None, ""),
            Key(xxh3_64(
                &[&[0u8; 32][..], &[1, 0, 0, 0, 0, 0, 0, 0]].concat()
            ))
        );
    }
}
