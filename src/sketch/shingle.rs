//! Shingles: hashes of four words in a row, or of eight bigrams in scripts without spaces (nine characters).
//!
//! The hash of tokens t1 … tn is ((t1·K + t2)·K + …)·K + tn modulo 2^64, then mixed by the finaliser of `MurmurHash3`,
//! so that anybody can compute it again from the XXH3 hashes of the tokens.

/// Multiplier of the polynomial: 2^64 divided by the golden ratio, made odd.
pub(super) const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// Tokens in a shingle that ends in a word.
pub const WORDS: usize = 4;

/// Tokens in a shingle that ends in a bigram.
pub const BIGRAMS: usize = 8;

/// The shingle of four words in a row.
#[inline]
#[must_use]
pub fn word_shingle(tokens: [u64; WORDS]) -> u64 {
    mix(polynomial(&tokens))
}

/// The shingle of eight tokens in a row that ends in a bigram.
#[must_use]
pub fn bigram_shingle(tokens: [u64; BIGRAMS]) -> u64 {
    mix(polynomial(&tokens))
}

#[inline]
fn polynomial(tokens: &[u64]) -> u64 {
    tokens.iter().fold(0, |sum: u64, &token| {
        sum.wrapping_mul(K).wrapping_add(token)
    })
}

/// The factors of the finaliser.
pub(super) const MIX: [u64; 2] = [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53];

/// The 64-bit finaliser of `MurmurHash3`.
#[inline]
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(MIX[0]);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(MIX[1]);
    hash ^ (hash >> 33)
}

/// What a token weighs that falls out of a polynomial of four: K^4.
const K4: u64 = K.wrapping_mul(K).wrapping_mul(K).wrapping_mul(K);

/// Remembers the last tokens of a body and gives the shingle that each new token completes.
#[derive(Clone, Debug, Default)]
pub struct Shingler {
    /// Polynomial of the last four tokens.
    sum: u64,
    /// The last tokens; the next one goes to `count % BIGRAMS`.
    last: [u64; BIGRAMS],
    count: usize,
}

impl Shingler {
    /// Takes a token; the polynomial of the last four.
    #[inline]
    fn push(&mut self, token: u64) -> u64 {
        let gone = self.last[self.count.wrapping_sub(WORDS) % BIGRAMS];
        self.last[self.count % BIGRAMS] = token;
        self.count += 1;
        let sum = self.sum.wrapping_mul(K).wrapping_add(token);
        self.sum = sum.wrapping_sub(gone.wrapping_mul(K4));
        self.sum
    }

    /// The shingle that ends in this word; `None` near the start of the body.
    #[inline]
    pub fn word(&mut self, token: u64) -> Option<u64> {
        let sum = self.push(token);
        (self.count >= WORDS).then(|| mix(sum))
    }

    /// The shingle that ends in this bigram; `None` near the start of the body.
    pub fn bigram(&mut self, token: u64) -> Option<u64> {
        self.push(token);
        (self.count >= BIGRAMS).then(|| {
            let (newer, older) = self.last.split_at(self.count % BIGRAMS);
            mix(newer.iter().fold(polynomial(older), |sum, &token| {
                sum.wrapping_mul(K).wrapping_add(token)
            }))
        })
    }
}

/// The shingle that ends at each token, of which is said whether it is a bigram; `None` near the start of the body.
pub fn shingles(tokens: impl Iterator<Item = (u64, bool)>) -> impl Iterator<Item = Option<u64>> {
    let mut shingler = Shingler::default();
    tokens.map(move |(token, is_bigram)| {
        if is_bigram {
            shingler.bigram(token)
        } else {
            shingler.word(token)
        }
    })
}

/// The one shingle of a body too short to have any, of its tokens.
#[must_use]
pub fn short_shingle(tokens: &[u64]) -> Option<u64> {
    (!tokens.is_empty()).then(|| mix(polynomial(tokens)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_words_or_eight_bigrams_make_a_shingle() {
        let mut shingler = Shingler::default();
        let words: Vec<_> = (1..=5).map(|token| shingler.word(token)).collect();
        assert_eq!(
            words,
            [
                None,
                None,
                None,
                Some(word_shingle([1, 2, 3, 4])),
                Some(word_shingle([2, 3, 4, 5]))
            ]
        );
        let mut shingler = Shingler::default();
        let bigrams: Vec<_> = (1..=8).map(|token| shingler.bigram(token)).collect();
        assert_eq!(bigrams[7], Some(bigram_shingle([1, 2, 3, 4, 5, 6, 7, 8])));
        assert!(bigrams[..7].iter().all(Option::is_none));
    }

    #[test]
    fn order_and_every_token_matter() {
        assert_ne!(word_shingle([1, 2, 3, 4]), word_shingle([4, 3, 2, 1]));
        assert_ne!(word_shingle([0, 0, 0, 1]), word_shingle([0, 0, 1, 0]));
    }
}
