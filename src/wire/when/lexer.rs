//! The tokens of a printed time: numbers, words, single signs; spaces only separate.

use super::words::meaning;

/// One token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Token<'a> {
    /// Digits (ASCII or full width): value and count.
    Number(i64, usize),
    /// Letters.
    Word(&'a str),
    /// Any other character.
    Sign(char),
}

/// Walks over a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// Byte behind the last token.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether a space (or the end) stands here.
    pub(super) fn spaced(&self) -> bool {
        self.rest().chars().next().is_none_or(char::is_whitespace)
    }

    /// The next token, without moving.
    pub(super) fn peek(&self) -> Option<Token<'a>> {
        let mut ahead = *self;
        ahead.next()
    }

    /// Moves behind the token if it is this sign.
    pub(super) fn eat(&mut self, sign: char) -> bool {
        let mut ahead = *self;
        let found = ahead.next() == Some(Token::Sign(sign));
        if found {
            *self = ahead;
        }
        found
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start().len();
        self.at += skipped;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let length = |inside: fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if digit(first).is_some() {
            let end = length(|c| digit(c).is_some());
            let digits = rest.get(..end)?;
            self.at += end;
            let count = digits.chars().count();
            // longer numbers are no part of a time
            let value = digits
                .chars()
                .filter_map(digit)
                .take(15)
                .fold(0, |value, d| value * 10 + d);
            return Some(Token::Number(value, count));
        }
        if letter(first) {
            let end = counted(rest, camel(rest, length(letter)));
            self.at += end;
            return rest.get(..end).map(Token::Word);
        }
        self.at += first.len_utf8();
        Some(Token::Sign(first))
    }
}

/// A name glued to a word starts with its capital: `agoNHK`.
fn camel(rest: &str, end: usize) -> usize {
    let word = rest.get(..end).unwrap_or(rest).as_bytes();
    word.windows(2)
        .position(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()))
        .map_or(end, |at| at + 1)
}

/// 年, 月, 日 … close a number even where no space parts them from what follows: `3日午後`.
fn counted(rest: &str, end: usize) -> usize {
    let word = rest.get(..end).unwrap_or(rest);
    let first = word.chars().next().map_or(0, char::len_utf8);
    let closes = !word.is_ascii()
        && meaning(word).is_none()
        && word
            .get(..first)
            .and_then(meaning)
            .is_some_and(|m| m.suffix.is_some());
    if closes { first } else { end }
}

fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(i64::from(u32::from(c) - u32::from('0'))),
        '０'..='９' => Some(i64::from(u32::from(c) - u32::from('０'))),
        _ => None,
    }
}

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            && (c.is_alphabetic() || matches!(c, 'º' | 'ª' | '\u{300}'..='\u{36f}' | '\u{94d}')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_separate_and_scripts_do_not() {
        let mut lexer = Lexer::new(" 3小时前,\u{a0}１２h", 0);
        let mut tokens = Vec::new();
        while let Some(token) = lexer.next() {
            tokens.push(token);
        }
        assert_eq!(
            tokens,
            [
                Token::Number(3, 1),
                Token::Word("小时前"),
                Token::Sign(','),
                Token::Number(12, 2),
                Token::Word("h")
            ]
        );
    }

    #[test]
    fn a_counting_sign_ends_where_no_word_goes_on() {
        let mut lexer = Lexer::new("日午後", 0);
        assert_eq!(lexer.next(), Some(Token::Word("日")));
        assert_eq!(lexer.next(), Some(Token::Word("午後")));
        assert_eq!(Lexer::new("日前", 0).next(), Some(Token::Word("日前")));
    }
}
