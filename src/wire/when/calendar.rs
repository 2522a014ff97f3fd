//! Times of the calendar, with or without a year and a clock, their parts in whatever order they are printed; a clock alone.

use super::grammar::{Clock, Day, Reading};
use super::lexer::{Lexer, Token};
use super::words::{Mark, Suffix, Zone, meaning};
use ahead::{month_follows, two_more};
use clock::{offset_after, with_offset};

/// What follows a number.
mod ahead;
/// The clock among the parts.
mod clock;

/// Reads a calendar time or a clock that starts at byte `at`; gives the byte behind it.
pub(super) fn calendar(text: &str, at: usize) -> Option<(usize, Reading)> {
    Parts::gather(text, at)
}

/// Whether the clock stands in front of the day.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Order {
    #[default]
    DayFirst,
    ClockFirst,
}

/// The parts of a calendar time, in whatever order they are printed.
#[derive(Clone, Copy, Default, Debug)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    swappable: bool,
    clock: Option<Clock>,
    zone: Option<Zone>,
    weekday: bool,
    order: Order,
    /// The month is Thai: years count from the Buddha's, with two digits or four.
    thai: bool,
    /// Byte behind the last part.
    end: usize,
}

impl Parts {
    fn gather(text: &str, at: usize) -> Option<(usize, Reading)> {
        let mut lexer = Lexer::new(text, at);
        let mut parts = Self::default();
        // a time has at most so many tokens; signs and fillers between parts are passed over
        let mut idle = 0;
        for _ in 0..32 {
            let before = lexer;
            let Some(token) = lexer.next() else { break };
            let outcome = match token {
                Token::Number(value, count) => parts.number(&mut lexer, value, count),
                Token::Word(word) => parts.word(&mut lexer, word),
                Token::Sign(sign) => parts.sign(&mut lexer, sign, before.at()),
            };
            match outcome {
                Taken::Part => {
                    parts.end = lexer.at();
                    idle = 0;
                }
                Taken::Passed if idle < 3 && parts.started() => idle += 1,
                Taken::Passed | Taken::No => break,
            }
        }
        // `19:25 (GMT+7)`
        let said = text.get(at..parts.end).unwrap_or_default();
        if text.as_bytes().get(parts.end) == Some(&b')')
            && said.contains('(')
            && !said.contains(')')
        {
            parts.end += 1;
        }
        parts.reading()
    }

    fn started(&self) -> bool {
        self.end > 0 || self.weekday
    }

    fn reading(self) -> Option<(usize, Reading)> {
        let (clock, zone) = (self.clock, self.zone);
        let reading = match (self.month, self.day) {
            (Some(month), Some(day)) if self.fits() => Reading::Day {
                day: Day {
                    year: self.year,
                    month,
                    number: day,
                    swappable: self.swappable,
                },
                clock,
                zone,
            },
            (None, None) if self.year.is_none() && !self.weekday => Reading::Clock {
                clock: clock?,
                zone,
            },
            _ => return None,
        };
        Some((self.end, reading))
    }

    fn fits(&self) -> bool {
        let (month, day) = (self.month.unwrap_or(0), self.day.unwrap_or(0));
        (1..=12).contains(&month) && (1..=31).contains(&day)
    }

    fn word(&mut self, lexer: &mut Lexer<'_>, word: &str) -> Taken {
        let joined = self.joined(lexer, word);
        let Some(found) = meaning(word).filter(|_| joined == Taken::No) else {
            return joined;
        };
        if let Some(month) = found.month
            // twice in `مارس/آذار`
            && self.month.is_none_or(|had| had == month && self.end > 0)
        {
            self.month = Some(month);
            // the last of the line: `21. Feb.`
            if self.day.is_some() && word.len() <= SHORT {
                let mut ahead = *lexer;
                if !ahead.spaced() && ahead.eat('.') && ahead.peek().is_none() {
                    *lexer = ahead;
                }
            }
            self.thai = word.starts_with(|c| matches!(c, '\u{e01}'..='\u{e4e}'));
            return Taken::Part;
        }
        if found.marks.has(Mark::MonthWord)
            && self.month.is_none()
            && let Some(Token::Number(month @ 1..=12, 1..=2)) = lexer.peek()
        {
            lexer.next();
            self.month = Some(month as i8);
            return Taken::Part;
        }
        if found.marks.has(Mark::Weekday)
            && !self.weekday
            && self.clock.is_none() | self.day.is_none()
        {
            self.weekday = true;
            // a weekday closes a date, too: `Jan 2, 2025 (Thu)`
            return if self.end > 0 {
                Taken::Part
            } else {
                Taken::Passed
            };
        }
        if let Some(afternoon) = found.afternoon {
            return self.half(lexer, afternoon);
        }
        if let (Some(zone), Some(_), None) = (found.zone, self.clock, self.zone) {
            self.zone = Some(with_offset(lexer, zone));
            return Taken::Part;
        }
        if found.marks.has(Mark::Trail) && self.end > 0 {
            let mut ahead = *lexer;
            if !ahead.spaced() && ahead.eat('.') {
                *lexer = ahead;
            }
            return Taken::Part;
        }
        if found.marks.has(Mark::Filler) {
            Taken::Passed
        } else {
            Taken::No
        }
    }

    /// `T` between date and clock, `a.m.`.
    fn joined(&mut self, lexer: &mut Lexer<'_>, word: &str) -> Taken {
        match word {
            "T" | "t" if self.day.is_some() && self.clock.is_none() => Taken::Passed,
            "a" | "A" | "p" | "P" if self.clock.is_some() => {
                let mut ahead = *lexer;
                if ahead.eat('.') && matches!(ahead.next(), Some(Token::Word("m" | "M"))) {
                    ahead.eat('.');
                    *lexer = ahead;
                    return self.half(lexer, word.eq_ignore_ascii_case("p"));
                }
                Taken::No
            }
            _ => Taken::No,
        }
    }

    fn sign(&mut self, lexer: &mut Lexer<'_>, sign: char, start: usize) -> Taken {
        // glued to the clock, or with four digits: `10:01 -0300`; else it is a sign between parts
        if matches!(sign, '+' | '-' | '−') && self.clock.is_some() && self.zone.is_none() {
            let four = matches!(lexer.peek(), Some(Token::Number(_, 4))) && !lexer.spaced();
            if (sign == '+' || start == self.end || four)
                && let Some(minutes) = offset_after(lexer, sign)
            {
                self.zone = Some(Zone::Offset(minutes));
                return Taken::Part;
            }
        }
        match sign {
            ',' | '.' | '/' | '|' | '-' | '–' | '—' | '·' | '•' | '(' | ')' | '（' | '）' | '['
            | ']' | '@' | '、' | '，' | ';' | '،' => Taken::Passed,
            _ => Taken::No,
        }
    }

    fn number(&mut self, lexer: &mut Lexer<'_>, value: i64, count: usize) -> Taken {
        if count > 8 {
            return Taken::No;
        }
        if let Some(taken) = self.counted(lexer, value) {
            return taken;
        }
        let fresh = self.day.is_none() && self.month.is_none() && self.year.is_none();
        if fresh && self.numeric_date(lexer, value, count) {
            return Taken::Part;
        }
        if count <= 2 && self.clock.is_none() {
            let taken = self.clock_after(lexer, value, count);
            if taken == Taken::Part {
                return taken;
            }
        }
        if count <= 2 && self.day.is_none() && (1..=31).contains(&value) {
            return self.day_of_month(lexer, value as i8);
        }
        if let Some(year) = self.year_of(*lexer, value, count) {
            self.year = Some(year);
            return Taken::Part;
        }
        if count == 6 && self.day.is_some() && self.clock.is_none() {
            return self.set_clock(value / 10_000, value / 100 % 100, value % 100);
        }
        Taken::No
    }

    /// The year that a number is, behind its month or, as in Hungarian, before it: `2025. március 10.`.
    fn year_of(&self, lexer: Lexer<'_>, value: i64, count: usize) -> Option<i16> {
        if self.year.is_some() {
            return None;
        }
        let value = match count {
            4 if self.month.is_some() && (2500..2600).contains(&value) => value - 543,
            4 => value,
            2 if self.thai && self.day.is_some() => value + 2500 - 543,
            2 if self.day.is_some()
                && self.month.is_some()
                && (self.clock.is_none() || self.order == Order::ClockFirst)
                && lexer.peek().is_none() =>
            {
                value + if value < 70 { 2000 } else { 1900 }
            }
            _ => return None,
        };
        let placed = self.month.is_some() || self.end == 0 && month_follows(lexer);
        (placed && year(value)).then_some(value as i16)
    }

    /// A number with its suffix: `2018年6月18日`, `10時01分`.
    fn counted(&mut self, lexer: &mut Lexer<'_>, value: i64) -> Option<Taken> {
        let mut ahead = *lexer;
        let Some(Token::Word(word)) = ahead.next() else {
            return None;
        };
        let suffix = meaning(word)?.suffix?;
        let small = i8::try_from(value).ok();
        match suffix {
            Suffix::Year if year(value) => self.year = Some(value as i16),
            Suffix::Month => self.month = Some(small?),
            Suffix::Day => self.day = Some(small?),
            Suffix::Hour if value < 24 => {
                self.clock = Some(Clock {
                    hour: small?,
                    ..Clock::default()
                });
            }
            Suffix::Minute if value < 60 => self.clock.as_mut()?.minute = small?,
            _ => return None,
        }
        *lexer = ahead;
        Some(Taken::Part)
    }

    /// A day that a month stands before or behind.
    fn day_of_month(&mut self, lexer: &mut Lexer<'_>, value: i8) -> Taken {
        let mut ahead = *lexer;
        if let Some(Token::Word(word)) = ahead.peek()
            && !ahead.spaced()
            && meaning(word).is_some_and(|m| m.marks.has(Mark::Ordinal))
        {
            ahead.next();
            *lexer = ahead;
        }
        if self.month.is_some() || month_follows(ahead) {
            self.day = Some(value);
            return Taken::Part;
        }
        Taken::No
    }

    /// `2025-08-17`, `14-06-2025`, `30.04.2024`, `11/8/23`, `20250817`.
    fn numeric_date(&mut self, lexer: &mut Lexer<'_>, first: i64, count: usize) -> bool {
        if count == 8 {
            let (y, m, d) = (first / 10_000, first / 100 % 100, first % 100);
            return year(y) && self.set_day(y, m, d, false);
        }
        let mut ahead = *lexer;
        let Some((separator, second, third, digits)) = two_more(&mut ahead) else {
            return count <= 2 && self.short_date(lexer, first);
        };
        let set = match (count, digits) {
            (4, 1..=2) => year(first) && self.set_day(first, second, third, false),
            (1..=2, 2 | 4) => {
                let full = if digits == 2 { 2000 + third } else { third };
                let dotted = separator == '.';
                let (european, american) = (second <= 12, first <= 12);
                year(full)
                    && match (european, american) {
                        (true, true) => {
                            self.set_day(full, second, first, !dotted && first != second)
                        }
                        (true, false) => self.set_day(full, second, first, false),
                        (false, true) => !dotted && self.set_day(full, first, second, false),
                        (false, false) => false,
                    }
            }
            _ => false,
        };
        if set {
            *lexer = ahead;
        }
        set
    }

    /// `3/3 10:15`: a day without a year counts where a clock follows.
    fn short_date(&mut self, lexer: &mut Lexer<'_>, first: i64) -> bool {
        let mut ahead = *lexer;
        let sign = !ahead.spaced() && matches!(ahead.next(), Some(Token::Sign('-' | '/')));
        let Some(Token::Number(second, 1..=2)) = ahead.next().filter(|_| sign) else {
            return false;
        };
        let mut behind = ahead;
        // a weekday may stand between
        if behind.eat('(') || behind.eat('（') {
            behind.next();
            behind.next();
        }
        let clock = ahead.spaced() || behind.at() != ahead.at();
        let hour = matches!(behind.next(), Some(Token::Number(0..=23, 1..=2)));
        let colon = matches!(behind.next(), Some(Token::Sign(':')));
        if !(clock && hour && colon) {
            return false;
        }
        let set = match (first <= 12, second <= 12) {
            (true, true) => self.set_day(0, first, second, first != second),
            (true, false) => self.set_day(0, first, second, false),
            (false, true) => self.set_day(0, second, first, false),
            (false, false) => false,
        };
        if set {
            self.year = None;
            *lexer = ahead;
        }
        set
    }

    fn set_day(&mut self, year: i64, month: i64, day: i64, swappable: bool) -> bool {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return false;
        }
        self.year = i16::try_from(year).ok();
        self.month = Some(month as i8);
        self.day = Some(day as i8);
        self.swappable = swappable;
        true
    }
}

/// Bytes of the short form of a month.
const SHORT: usize = 4;

/// What became of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Taken {
    /// It says something.
    Part,
    /// It may stand between parts.
    Passed,
    /// It does not belong here.
    No,
}

fn year(value: i64) -> bool {
    (1900..=2099).contains(&value)
}
