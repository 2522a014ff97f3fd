//! The clock of a printed time: what follows an hour, halves of the day, offsets from Greenwich.

use super::{Order, Parts, Taken};
use crate::wire::when::grammar::Clock;
use crate::wire::when::lexer::{Lexer, Token};
use crate::wire::when::words::{Mark, Zone, meaning};

impl Parts {
    pub(super) fn half(&mut self, lexer: &mut Lexer<'_>, afternoon: bool) -> Taken {
        if let Some(clock) = &mut self.clock {
            clock.hour = half_day(clock.hour, afternoon);
            return Taken::Part;
        }
        // 午後3時: the half stands first
        let Some(Token::Number(hour, count)) = lexer.next() else {
            return Taken::No;
        };
        let taken = match self.counted(lexer, hour) {
            Some(taken) => taken,
            None => self.clock_after(lexer, hour, count),
        };
        if let Some(clock) = &mut self.clock {
            clock.hour = half_day(clock.hour, afternoon);
        }
        taken
    }

    /// What follows an hour: `:05`, `h 48`, `.57` behind a date, `pm`.
    pub(super) fn clock_after(&mut self, lexer: &mut Lexer<'_>, hour: i64, count: usize) -> Taken {
        if hour > 23 || count > 2 {
            return Taken::No;
        }
        let mut ahead = *lexer;
        match ahead.next() {
            Some(Token::Sign(':' | '：')) => self.minutes(lexer, ahead, hour),
            Some(Token::Sign('.')) if self.day.is_some() && self.month.is_some() => {
                self.minutes(lexer, ahead, hour)
            }
            Some(Token::Word("h" | "H")) => {
                let minute = match ahead.peek() {
                    Some(Token::Number(minute, 2)) if minute < 60 => {
                        ahead.next();
                        minute
                    }
                    // `4h` alone is a time ago
                    _ if self.day.is_none() => return Taken::No,
                    _ => 0,
                };
                *lexer = ahead;
                self.set_clock(hour, minute, 0)
            }
            Some(Token::Word(word)) => match meaning(word) {
                Some(found) if found.afternoon.is_some() && word.is_ascii() => {
                    *lexer = ahead;
                    let hour = half_day(hour as i8, found.afternoon == Some(true));
                    self.set_clock(i64::from(hour), 0, 0)
                }
                Some(found) if found.marks.has(Mark::Trail) && word.len() > 1 => {
                    *lexer = ahead;
                    self.set_clock(hour, 0, 0)
                }
                _ => Taken::No,
            },
            _ => Taken::No,
        }
    }

    fn minutes<'a>(&mut self, lexer: &mut Lexer<'a>, mut ahead: Lexer<'a>, hour: i64) -> Taken {
        let Some(Token::Number(minute, 2)) = ahead.next() else {
            return Taken::No;
        };
        let mut second = 0;
        let mut after = ahead;
        if after.eat(':')
            && let Some(Token::Number(value, 2)) = after.next()
        {
            second = value;
            ahead = after;
            if after.eat('.') && matches!(after.next(), Some(Token::Number(..))) {
                ahead = after;
            }
        }
        let taken = self.set_clock(hour, minute, second);
        if taken == Taken::Part {
            *lexer = ahead;
        }
        taken
    }

    pub(super) fn set_clock(&mut self, hour: i64, minute: i64, second: i64) -> Taken {
        if hour > 23 || minute > 59 || second > 60 {
            return Taken::No;
        }
        if self.day.is_none() {
            self.order = Order::ClockFirst;
        }
        self.clock = Some(Clock {
            hour: hour as i8,
            minute: minute as i8,
            second: second.min(59) as i8,
        });
        Taken::Part
    }
}

fn half_day(hour: i8, afternoon: bool) -> i8 {
    match (hour, afternoon) {
        (12, false) => 0,
        (0..=11, true) => hour + 12,
        // `22:01 PM` is seen, too
        _ => hour,
    }
}

/// `+09:00`, `-0300`, `+2` behind a clock: minutes east.
pub(super) fn offset_after(lexer: &mut Lexer<'_>, sign: char) -> Option<i32> {
    let mut ahead = *lexer;
    let Some(Token::Number(value, count)) = ahead.next() else {
        return None;
    };
    let minutes = match count {
        4 => value / 100 * 60 + value % 100,
        1 | 2 => {
            let mut after = ahead;
            match (after.eat(':'), after.next()) {
                (true, Some(Token::Number(minutes, 2))) => {
                    ahead = after;
                    value * 60 + minutes
                }
                _ => value * 60,
            }
        }
        _ => return None,
    };
    if minutes > 14 * 60 {
        return None;
    }
    *lexer = ahead;
    let minutes = minutes as i32;
    Some(if sign == '+' { minutes } else { -minutes })
}

/// `GMT+2`.
pub(super) fn with_offset(lexer: &mut Lexer<'_>, zone: Zone) -> Zone {
    let mut ahead = *lexer;
    if zone != Zone::Offset(0) || ahead.spaced() {
        return zone;
    }
    match ahead.next() {
        Some(Token::Sign(sign @ ('+' | '-'))) => match offset_after(&mut ahead, sign) {
            Some(minutes) => {
                *lexer = ahead;
                Zone::Offset(minutes)
            }
            None => zone,
        },
        _ => zone,
    }
}
