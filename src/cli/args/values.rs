//! How the values of options are read: sizes, spans, times, zones, shares.

use jiff::tz::TimeZone;
use wirefold::article::Moment;

/// When pages were fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fetched {
    /// At the start of the run.
    Now,
    /// Then.
    At(Moment),
}

/// `now`, an RFC 3339 date-time, or a date.
pub fn fetched(text: &str) -> Result<Fetched, String> {
    if text == "now" {
        return Ok(Fetched::Now);
    }
    Moment::parse(text).map(Fetched::At).ok_or_else(|| {
        "not a time: give RFC 3339 (2025-08-17T06:00:00Z), a date, or now".to_owned()
    })
}

/// An IANA name (`Asia/Tokyo`) or an offset (`+09:00`).
pub fn timezone(text: &str) -> Result<TimeZone, String> {
    let offset = || {
        let digits: String = text.chars().filter(|&c| c != ':').collect();
        let (sign, digits) = match digits.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (hours, minutes) = digits.split_at_checked(2)?;
        let minutes: i32 = if minutes.is_empty() {
            0
        } else {
            minutes.parse().ok()?
        };
        let hours: i32 = hours.parse().ok()?;
        let seconds = sign * (hours * 3600 + minutes * 60);
        (hours < 24 && minutes < 60).then(|| jiff::tz::Offset::from_seconds(seconds).ok())?
    };
    if let Some(offset) = offset() {
        return Ok(TimeZone::fixed(offset));
    }
    TimeZone::get(text).map_err(|_| {
        "not a time zone: give an IANA name (Asia/Tokyo) or an offset (+09:00)".to_owned()
    })
}

/// Bytes: `1000`, `64KiB`, `64M`, `2GiB`; powers of 1024.
pub fn size(text: &str) -> Result<u64, String> {
    let bad = || "not a size: give bytes, or a number with KiB, MiB or GiB".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err(bad()),
    };
    let number: u64 = digits.trim().parse().map_err(|_| bad())?;
    number
        .checked_mul(1 << shift)
        .filter(|&size| size > 0)
        .ok_or_else(bad)
}

/// Buckets of a stage: 1 to 1,000,000.
pub fn buckets(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|buckets| (1..=1_000_000).contains(buckets))
        .ok_or_else(|| "not a number from 1 to 1000000".to_owned())
}

/// Seconds: `36h`, `30d`, `8w`.
pub fn span(text: &str) -> Result<u64, String> {
    let bad = || "not a span: give a number with m, h, d or w, as in 30d".to_owned();
    let unit = text.chars().next_back().ok_or_else(bad)?;
    let seconds = match unit {
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return Err(bad()),
    };
    let number: u64 = text[..text.len() - 1].trim().parse().map_err(|_| bad())?;
    number
        .checked_mul(seconds)
        .filter(|&span| span > 0 && span < 1 << 40)
        .ok_or_else(bad)
}

/// Seconds to wait: `0`, `60s`, `10m`.
pub fn wait(text: &str) -> Result<u64, String> {
    let bad = || "not a time to wait: give a number with s, m or h, as in 60s, or 0".to_owned();
    if text == "0" {
        return Ok(0);
    }
    match text.strip_suffix('s') {
        Some(number) => number
            .parse()
            .ok()
            .filter(|&seconds: &u64| seconds < 1 << 31)
            .ok_or_else(bad),
        None => span(text).map_err(|_| bad()),
    }
}

/// A time as articles print theirs: RFC 3339 in UTC, or a date.
pub fn moment(text: &str) -> Result<String, String> {
    Moment::parse(text)
        .map(|at| at.to_string())
        .ok_or_else(|| "not a time: give RFC 3339 (2025-08-17T06:00:00Z) or a date".to_owned())
}

/// How old something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    /// So many seconds before now.
    Span(u64),
    /// Before then.
    Before(Moment),
}

/// A span (`90d`) or a time.
pub fn age(text: &str) -> Result<Age, String> {
    let time = || Moment::parse(text).map(Age::Before);
    span(text)
        .map(Age::Span)
        .ok()
        .or_else(time)
        .ok_or_else(|| "neither a span (90d) nor a time (2025-08-17)".to_owned())
}

/// The id of a story, or an article's key: 16 hex digits.
pub fn key(text: &str) -> Result<wirefold::article::Key, String> {
    wirefold::article::Key::parse(text)
        .ok_or_else(|| "not the id of a story: give its 16 hex digits".to_owned())
}

/// A number of threads, from 1.
pub fn threads(text: &str) -> Result<usize, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| "not a number of threads: give 1 to 1024".to_owned())
}

/// Columns, from 40.
pub fn width(text: &str) -> Result<usize, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (40..=1000).contains(number));
    number.ok_or_else(|| "not a width: give 40 to 1000 columns".to_owned())
}

/// A share from 0 to 1.
pub fn share(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "not a share: give a number from 0 to 1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_documented() {
        assert_eq!(size("64MiB"), Ok(64 << 20));
        assert_eq!(size("1000"), Ok(1000));
        assert_eq!(span("30d"), Ok(30 * 86_400));
        assert_eq!(fetched("now"), Ok(Fetched::Now));
        assert_eq!(timezone("+0530"), timezone("+05:30"));
        assert!(timezone("Asia/Tokyo").is_ok());
        assert_eq!(share("0.3"), Ok(0.3));
    }

    #[test]
    fn what_is_no_value_is_refused_with_the_remedy() {
        for bad in [
            "",
            "64 apples",
            "MiB",
            "-1",
            "0",
            "99999999999999999999",
            "é",
        ] {
            assert!(size(bad).is_err(), "{bad}");
            assert!(span(bad).is_err(), "{bad}");
        }
        for bad in ["", "+", "+9999", "Moon/Base", "é"] {
            assert!(timezone(bad).is_err(), "{bad}");
        }
        for bad in ["", "yesterday", "2025-13-01"] {
            assert!(fetched(bad).is_err(), "{bad}");
        }
        assert!(
            threads("0").is_err()
                && width("10").is_err()
                && share("1.5").is_err()
                && share("NaN").is_err()
        );
    }
}
