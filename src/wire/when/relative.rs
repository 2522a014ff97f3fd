//! Times counted from now: `3 hours ago`, `yesterday at 14:05`, `4h`.

use super::calendar::calendar;
use super::grammar::Reading;
use super::lexer::{Lexer, Token};
use super::words::{Mark, Meaning, meaning};
use crate::article::TimeUnit;

/// Reads a relative time that starts at byte `at`; gives the byte behind it.
pub(super) fn relative(text: &str, at: usize) -> Option<(usize, Reading)> {
    ago(text, at).or_else(|| back(text, at))
}

/// `3 hours ago`, `vor 2 Std.`, `2時間前`, `1 hour, 20 minutes ago`, `just now`, `4h`.
fn ago(text: &str, at: usize) -> Option<(usize, Reading)> {
    let mut lexer = Lexer::new(text, at);
    let mut marked = false;
    let mut number = None;
    let mut digits = false;
    let mut half = false;
    // a few words at most stand before the number
    for _ in 0..6 {
        match lexer.next()? {
            Token::Number(value, count) if count <= 3 => {
                number = Some(value);
                digits = true;
            }
            Token::Sign('\'' | '’' | '+') => {}
            Token::Sign('-') if half => {}
            Token::Word(word) => {
                let meaning = meaning(word)?;
                // `half an hour`
                if half && meaning.number == Some(1) {
                    continue;
                }
                if half && let Some(unit) = meaning.unit {
                    return half_of(lexer, unit, number.unwrap_or(0), marked, meaning);
                }
                if meaning.marks.has(Mark::Half) {
                    half = true;
                    // `полтора`: one and a half
                    number = meaning.number;
                    continue;
                }
                let amount = number.or(meaning.number.filter(|&amount| amount > 1));
                // `ساعتين` is two hours; `час назад`: one, where the language has no article
                let alone = !word.is_ascii() || meaning.marks.has(Mark::One);
                let amount = amount.or_else(|| (alone && (marked || is_after(lexer))).then_some(1));
                if let (Some(unit), Some(amount)) = (meaning.unit, amount) {
                    return finish_ago(
                        lexer,
                        amount,
                        unit,
                        marked || meaning.marks.has(Mark::After),
                        meaning,
                        digits,
                    );
                }
                // `Canal 9 hace 3 días`: what stands before the marker is no part of the time
                if meaning.marks.has(Mark::Before)
                    && number.is_some()
                    && !meaning.marks.has(Mark::Filler)
                {
                    return None;
                }
                number = meaning.number.or(number);
                marked |= meaning.marks.has(Mark::Before);
                if meaning.marks.has(Mark::Now) {
                    return just_now(lexer, meaning);
                }
                let skipped = meaning.marks.has(Mark::Before) || meaning.marks.has(Mark::Filler);
                if !skipped && meaning.number.is_none() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// Behind the unit of `half an hour ago`; `full` more of the unit.
fn half_of(
    lexer: Lexer<'_>,
    unit: TimeUnit,
    full: i64,
    marked: bool,
    meaning: &Meaning,
) -> Option<(usize, Reading)> {
    let marked = marked || meaning.marks.has(Mark::After);
    match unit {
        TimeUnit::Hour => finish_ago(
            lexer,
            60 * full + 30,
            TimeUnit::Minute,
            marked,
            meaning,
            false,
        ),
        TimeUnit::Year => finish_ago(
            lexer,
            12 * full + 6,
            TimeUnit::Month,
            marked,
            meaning,
            false,
        ),
        _ => None,
    }
}

/// Whether a marker such as `ago` comes next.
fn is_after(mut lexer: Lexer<'_>) -> bool {
    matches!(lexer.next(), Some(Token::Word(word)) if meaning(word).is_some_and(|m| m.marks.has(Mark::After)))
}

/// Behind the first unit: further units, then the marker.
fn finish_ago(
    mut lexer: Lexer<'_>,
    mut amount: i64,
    mut unit: TimeUnit,
    mut marked: bool,
    first: &Meaning,
    digits: bool,
) -> Option<(usize, Reading)> {
    let mut end = lexer.at();
    let mut bare = first.marks.has(Mark::Short) && digits;
    loop {
        let mut ahead = lexer;
        ahead.eat('.');
        match ahead.next() {
            Some(Token::Word(word)) => match meaning(word) {
                Some(found) if found.marks.has(Mark::After) => {
                    marked = true;
                    lexer = ahead;
                    end = lexer.at();
                }
                Some(found) if found.marks.has(Mark::Filler) => lexer = ahead,
                _ => break,
            },
            Some(Token::Sign(',')) => lexer = ahead,
            Some(Token::Number(value, count)) if count <= 2 => {
                let Some(next) = smaller_unit(&mut ahead, unit) else {
                    break;
                };
                amount = amount * next.1 + value;
                unit = next.0;
                marked |= next.2;
                bare &= next.3;
                lexer = ahead;
                end = lexer.at();
            }
            _ => break,
        }
    }
    if !marked && !bare {
        return None;
    }
    // the full stop of an abbreviated unit: `vor 2 Std.`
    let tail = text_dot(lexer, end);
    let bare = !marked;
    Some((tail, Reading::Ago { amount, unit, bare }))
}

fn text_dot(lexer: Lexer<'_>, end: usize) -> usize {
    let mut ahead = lexer;
    if ahead.at() == end && !ahead.spaced() && ahead.eat('.') && ahead.peek().is_none() {
        ahead.at()
    } else {
        end
    }
}

/// The unit of a second number (`1 hour, 20 minutes`), how many of it the first holds, whether it carries the marker
/// and whether it can stand without.
fn smaller_unit(lexer: &mut Lexer<'_>, unit: TimeUnit) -> Option<(TimeUnit, i64, bool, bool)> {
    let Token::Word(word) = lexer.next()? else {
        return None;
    };
    let meaning = meaning(word)?;
    let next = meaning.unit?;
    let held = match (unit, next) {
        (TimeUnit::Minute, TimeUnit::Second) | (TimeUnit::Hour, TimeUnit::Minute) => 60,
        (TimeUnit::Day, TimeUnit::Hour) => 24,
        (TimeUnit::Week, TimeUnit::Day) => 7,
        (TimeUnit::Year, TimeUnit::Month) => 12,
        _ => return None,
    };
    Some((
        next,
        held,
        meaning.marks.has(Mark::After),
        meaning.marks.has(Mark::Short),
    ))
}

/// `just now`, `moments ago`, `刚刚`.
fn just_now(mut lexer: Lexer<'_>, first: &Meaning) -> Option<(usize, Reading)> {
    let mut end = lexer.at();
    let mut ahead = lexer;
    let followed = match ahead.next() {
        Some(Token::Word(word)) => {
            meaning(word).is_some_and(|m| m.marks.has(Mark::After) || m.marks.has(Mark::Now))
        }
        _ => false,
    };
    if followed {
        lexer = ahead;
        end = lexer.at();
    }
    let reading = Reading::Ago {
        amount: 0,
        unit: TimeUnit::Second,
        bare: false,
    };
    first.marks.has(Mark::Now).then_some((end, reading))
}

/// `yesterday`, `Heute, 14:05 Uhr`, `今天 14:05`.
fn back(text: &str, at: usize) -> Option<(usize, Reading)> {
    let mut lexer = Lexer::new(text, at);
    let mut days = None;
    let mut joins = false;
    for _ in 0..4 {
        let mut ahead = lexer;
        match ahead.next() {
            Some(Token::Word(word)) => {
                let Some(found) = meaning(word) else { break };
                let had = std::mem::replace(&mut joins, found.marks.has(Mark::Joins));
                match found.back {
                    Some(_) if found.marks.has(Mark::Joined) && !had => break,
                    Some(back) => days = Some(back),
                    None if joins && days.is_none() => {}
                    None if found.marks.has(Mark::Filler) && days.is_none() => {}
                    None => break,
                }
            }
            Some(Token::Sign('\'' | '’')) => {}
            _ => break,
        }
        lexer = ahead;
    }
    let days = days?;
    let end = lexer.at();
    lexer.eat(',');
    if let Some(Token::Word(word)) = lexer.peek()
        && meaning(word).is_some_and(|m| m.marks.has(Mark::Filler))
    {
        lexer.next();
    }
    match calendar(text, lexer.at()) {
        Some((end, Reading::Clock { clock, .. })) => Some((
            end,
            Reading::Back {
                days,
                clock: Some(clock),
            },
        )),
        Some(_) => None,
        None => Some((end, Reading::Back { days, clock: None })),
    }
}
