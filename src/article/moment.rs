//! Times of articles: moments, days without a clock, how exact a relative time is.

use std::fmt;

/// A moment in UTC, or a day where no clock was printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z; a day's first second for a day.
    pub seconds: i64,
    /// Whether only the day is known.
    pub day_only: bool,
}

impl Moment {
    /// Reads an RFC 3339 date-time, or a date `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // what is printed for readers is most often none, and an error is dear
        let head = text.as_bytes().get(..4)?;
        let year = head.iter().all(u8::is_ascii_digit);
        if head[0].is_ascii_alphabetic() || head[0].is_ascii_digit() && !year {
            return None;
        }
        if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
            return Some(Self {
                seconds: stamp.as_second(),
                day_only: false,
            });
        }
        let day: jiff::civil::Date = (text.len() == 10).then(|| text.parse().ok()).flatten()?;
        Some(Self::day(day))
    }

    /// The whole day, by its first second in UTC.
    pub fn day(day: jiff::civil::Date) -> Self {
        let midnight =
            jiff::tz::TimeZone::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
        let seconds = midnight.map_or(0, jiff::Timestamp::as_second);
        Self {
            seconds,
            day_only: true,
        }
    }

    /// The moment of a time stamp, to the second.
    #[must_use]
    pub fn at(stamp: jiff::Timestamp) -> Self {
        Self {
            seconds: stamp.as_second(),
            day_only: false,
        }
    }

    /// As a time stamp; `None` outside the years that a calendar has.
    #[must_use]
    pub fn timestamp(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_second(self.seconds).ok()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(stamp) = self.timestamp() else {
            return write!(f, "@{}", self.seconds);
        };
        let clock = jiff::tz::TimeZone::UTC.to_datetime(stamp);
        if self.day_only {
            write!(f, "{}", clock.date())
        } else {
            write!(f, "{clock}Z")
        }
    }
}

/// How exact a relative time is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    const ALL: [Self; 7] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Reads what [`TimeUnit::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == text)
    }
}

/// When an article was published.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Published {
    /// `None` if unknown or ambiguous (DD-MM against MM-DD, relative without an anchor).
    pub at: Option<Moment>,
    /// As printed.
    pub raw: Option<String>,
    /// How exact a relative time is; `None` for an absolute one.
    pub unit: Option<TimeUnit>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_it_is_read() {
        for text in ["2025-08-17T03:00:00Z", "2025-08-17"] {
            assert_eq!(
                Moment::parse(text).map(|at| at.to_string()).as_deref(),
                Some(text)
            );
        }
        assert_eq!(
            Moment::parse("2025-08-17T05:00:00+02:00")
                .map(|at| at.to_string())
                .as_deref(),
            Some("2025-08-17T03:00:00Z")
        );
        assert_eq!(Moment::parse("17-08-2025"), None);
    }
}
