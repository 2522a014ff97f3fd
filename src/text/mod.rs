//! A body → [`Document`]: normalised tokens with their places, and sentences.

/// One word, number or (in scripts without spaces) character bigram of a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// XXH3-64 of the normalised token in UTF-8.
    pub hash: u64,
    /// Byte in the body where it starts.
    pub start: u32,
    /// Its length in bytes.
    pub len: u16,
    /// What it looks like.
    pub shape: Shape,
}

/// What a token looks like in the body; what tells names and figures from other words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A word in small letters, or in a script without case.
    Lower,
    /// A word with a capital initial.
    Capital,
    /// A word in capitals, of two letters or more.
    Upper,
    /// Has a digit.
    Number,
    /// A bigram of a script without spaces.
    Bigram,
}

/// A sentence of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: std::ops::Range<u32>,
    /// Its bytes in the body.
    pub bytes: std::ops::Range<u32>,
}

/// A body made comparable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; they partition the tokens.
    pub sentences: Vec<Sentence>,
}
