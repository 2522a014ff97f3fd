//! The grammar of printed times: text → [`Reading`], in any of the languages of `words.tsv` and without a clock of its own.
//!
//! A reading starts at a given byte and takes as much as belongs to it. What it means on the calendar is decided in
//! the parent module, where the anchor and the zone are known.

use super::calendar::calendar;
use super::lexer::{Lexer, Token};
use super::relative::relative;
use super::words::{Mark, Zone, meaning};
use crate::article::TimeUnit;

/// A time of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
}

/// A day as printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Day {
    /// Missing in `Nov 24`.
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) number: i8,
    /// Month and day may stand the other way round (`03-04-2025`).
    pub(super) swappable: bool,
}

/// What a printed time says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// `3 hours ago`; `bare`: without a marker, as in `4h`.
    Ago {
        amount: i64,
        unit: TimeUnit,
        bare: bool,
    },
    /// `yesterday`, `heute, 14:05 Uhr`.
    Back { days: i64, clock: Option<Clock> },
    /// A day of the calendar.
    Day {
        day: Day,
        clock: Option<Clock>,
        zone: Option<Zone>,
    },
    /// `14:05` alone.
    Clock { clock: Clock, zone: Option<Zone> },
}

impl Reading {
    /// Whether it could be something else than a time when it stands in running text.
    pub(super) fn is_weak(self) -> bool {
        matches!(self, Self::Clock { .. } | Self::Ago { bare: true, .. })
    }
}

/// Reads the time that starts at byte `at`; gives the byte behind it.
pub(super) fn read(text: &str, at: usize) -> Option<(usize, Reading)> {
    if is_idle(text, at) {
        return None;
    }
    match (relative(text, at), calendar(text, at)) {
        // the one that takes more of the text
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Words that say nothing of a time alone.
const LOOSE: [Mark; 11] = [
    Mark::Before,
    Mark::After,
    Mark::Short,
    Mark::Filler,
    Mark::Trail,
    Mark::Label,
    Mark::Ordinal,
    Mark::Half,
    Mark::Joined,
    Mark::Joins,
    Mark::One,
];

/// A cheap look: no time starts with a word that means nothing in one, or with a number that such a word or nothing
/// follows. Eight digits may be a day. A word in front of a number or of other words of time (`about`, `vor`, `the`) opens one
/// where these follow.
fn is_idle(text: &str, at: usize) -> bool {
    let mut lexer = Lexer::new(text, at);
    match lexer.next() {
        Some(Token::Word(word)) => {
            let Some(found) = meaning(word) else {
                return true;
            };
            let says = found.month.is_some()
                || found.unit.is_some()
                || found.back.is_some()
                || found.afternoon.is_some()
                || found.marks.beyond(&LOOSE);
            let opens = || {
                let leads = [Mark::Before, Mark::Filler, Mark::Half, Mark::Joins];
                found.number.is_some() || leads.into_iter().any(|mark| found.marks.has(mark))
            };
            let goes_on = match lexer.next() {
                _ if says => true,
                Some(Token::Word(word)) => meaning(word).is_some(),
                Some(Token::Number(_, count)) => count <= 3,
                Some(Token::Sign(sign)) => matches!(sign, '\'' | '’' | '+' | '-'),
                None => false,
            };
            !(says || goes_on && opens())
        }
        Some(Token::Number(_, count)) if count != 8 => match lexer.next() {
            Some(Token::Word(word)) => meaning(word).is_none(),
            Some(_) => false,
            None => true,
        },
        _ => false,
    }
}
