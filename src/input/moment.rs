//! Fetch times of records, as machines print them → [`Moment`]. What people print is `wire`'s to read.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::rfc2822};

use crate::article::Moment;

/// Reads RFC 3339 and ISO 8601 (extended or basic, UTC where no zone stands), RFC 2822, a date, or seconds or
/// milliseconds since 1970.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Some(moment) = Moment::parse(text) {
        return Some(moment);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(count) = text.parse::<i64>()
    {
        return epoch(count).map(Moment::at);
    }
    if let Ok(local) = text.parse::<DateTime>() {
        return TimeZone::UTC.to_timestamp(local).ok().map(Moment::at);
    }
    rfc2822::parse(text)
        .ok()
        .map(|zoned| Moment::at(zoned.timestamp()))
}

/// A count since 1970: of milliseconds where seconds would lie beyond the year 5000.
pub(super) fn epoch(count: i64) -> Option<Timestamp> {
    match count {
        100_000_000..=99_999_999_999 => Timestamp::from_second(count).ok(),
        100_000_000_000..=99_999_999_999_999 => Timestamp::from_millisecond(count).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetch_times_of_all_archives_are_read() {
        for text in [
            "2025-08-17T03:00:00Z",
            "2025-08-17T05:00:00+02:00",
            "20250817T030000Z",
            "2025-08-17 03:00:00",
            "2025-08-17T03:00:00",
            "Sun, 17 Aug 2025 03:00:00 GMT",
            "Sun, 17 Aug 2025 05:00:00 +0200",
            "1755399600",
            "1755399600000",
        ] {
            let read = moment(text).map(|at| at.to_string());
            assert_eq!(read.as_deref(), Some("2025-08-17T03:00:00Z"), "{text}");
        }
        assert_eq!(moment("2025-08-17").map(|at| at.day_only), Some(true));
        for text in ["", "yesterday", "12", "99-99-99"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
