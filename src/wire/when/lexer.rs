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
        if let Some((end, token)) = self.plain() {
            self.at = end;
            return Some(token);
        }
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
            let end = abbreviated(rest, counted(rest, camel(rest, length(letter))));
            self.at += end;
            return rest.get(..end).map(Token::Word);
        }
        self.at += first.len_utf8();
        Some(Token::Sign(first))
    }
}

impl<'a> Lexer<'a> {
    /// The next token and its end, where it is one of ASCII alone: what [`Lexer::next`] gives by characters, by bytes.
    #[inline]
    fn plain(&self) -> Option<(usize, Token<'a>)> {
        let bytes = self.text.as_bytes();
        let spaces = bytes.get(self.at..)?;
        let start = self.at + spaces.iter().take_while(|&&byte| byte == b' ').count();
        let rest = bytes.get(start..)?;
        let first = *rest.first()?;
        let mut end = 1;
        if first.is_ascii_alphabetic() {
            // up to the capital of a name that is glued on, as `camel` has it
            let mut lower = first.is_ascii_lowercase();
            while let Some(byte) = rest.get(end).filter(|byte| byte.is_ascii_alphabetic()) {
                if lower && byte.is_ascii_uppercase() {
                    return Some((start + end, Token::Word(self.text.get(start..start + end)?)));
                }
                lower = byte.is_ascii_lowercase();
                end += 1;
            }
        } else if first.is_ascii_digit() {
            end = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        } else {
            let sign = first.is_ascii_graphic();
            return sign.then_some((start + 1, Token::Sign(char::from(first))));
        }
        if rest.get(end).is_some_and(|byte| !byte.is_ascii()) {
            return None;
        }
        let text = self.text.get(start..start + end)?;
        let token = if first.is_ascii_digit() {
            let digits = text.bytes().take(15).map(|byte| i64::from(byte - b'0'));
            Token::Number(digits.fold(0, |value, digit| value * 10 + digit), end)
        } else {
            Token::Word(text)
        };
        Some((start + end, token))
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
        // of Arabic, Persian, Hindi, Bengali
        '\u{660}'..='\u{669}'
        | '\u{6f0}'..='\u{6f9}'
        | '\u{966}'..='\u{96f}'
        | '\u{9e6}'..='\u{9ef}' => {
            let zero = [0x9e6, 0x966, 0x6f0, 0x660];
            let value = u32::from(c);
            zero.into_iter()
                .find(|zero| value >= *zero)
                .map(|zero| i64::from(value - zero))
        }
        _ => None,
    }
}

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            && (c.is_alphabetic() || matches!(c, 'º' | 'ª' | '\u{300}'..='\u{36f}') || is_mark(c)))
}

/// Signs inside the words of scripts of South and Southeast Asia, of Hebrew and of Arabic.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{5b0}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{e47}'..='\u{e4e}'
    )
}

/// `มี.ค` is one word: the full stops of Thai abbreviations stand inside them.
fn abbreviated(rest: &str, mut end: usize) -> usize {
    let thai = |c: char| matches!(c, '\u{e01}'..='\u{e4e}');
    if !rest.starts_with(thai) {
        return end;
    }
    while let Some(behind) = rest.get(end..).and_then(|rest| rest.strip_prefix('.'))
        && behind.starts_with(thai)
    {
        end += 1 + behind.find(|c| !thai(c)).unwrap_or(behind.len());
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_ascii_are_read_by_bytes() {
        let tokens = |text: &'static str| {
            let mut lexer = Lexer::new(text, 0);
            std::iter::from_fn(move || lexer.next()).collect::<Vec<_>>()
        };
        assert_eq!(
            tokens("agoNHK 12h, NHK8é"),
            [
                Token::Word("ago"),
                Token::Word("NHK"),
                Token::Number(12, 2),
                Token::Word("h"),
                Token::Sign(','),
                Token::Word("NHK"),
                Token::Number(8, 1),
                Token::Word("é")
            ]
        );
        assert_eq!(tokens("maé\t1"), [Token::Word("maé"), Token::Number(1, 1)]);
    }

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
