//! Looks ahead of a number of a calendar time: whether a month follows, whether two more numbers do.

use crate::wire::when::lexer::{Lexer, Token};
use crate::wire::when::words::{Mark, meaning};

/// Whether a month follows the number of a day or year.
pub(super) fn month_follows(mut lexer: Lexer<'_>) -> bool {
    for _ in 0..3 {
        match lexer.next() {
            Some(Token::Word(word)) => match meaning(word) {
                Some(found) if found.month.is_some() => return true,
                Some(found) if found.marks.has(Mark::MonthWord) => {
                    return matches!(lexer.next(), Some(Token::Number(1..=12, 1..=2)));
                }
                Some(found) if found.marks.has(Mark::Filler) => {}
                _ => return false,
            },
            Some(Token::Sign('.' | '-' | '/')) => {}
            _ => return false,
        }
    }
    false
}

/// Two more numbers with the same sign before each and no spaces: sign, numbers, digits of the last.
pub(super) fn two_more(lexer: &mut Lexer<'_>) -> Option<(char, i64, i64, usize)> {
    let sign = |lexer: &mut Lexer<'_>| match (lexer.spaced(), lexer.next()) {
        (false, Some(Token::Sign(sign @ ('-' | '.' | '/' | '‑' | '–')))) => Some(sign),
        _ => None,
    };
    let number = |lexer: &mut Lexer<'_>, most| match lexer.next() {
        Some(Token::Number(value, count)) if count <= most => Some((value, count)),
        _ => None,
    };
    let first = sign(lexer)?;
    let (second, _) = number(lexer, 2)?;
    if sign(lexer)? != first {
        return None;
    }
    let (third, digits) = number(lexer, 4)?;
    Some((first, second, third, digits))
}
