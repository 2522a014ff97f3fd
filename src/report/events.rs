//! What the reports of an event say, in lines for the eye: times, what several quote and count, where they differ, with
//! the sentences, and why each of them belongs to the event.

use std::io;

use crate::article::Key;
use crate::event::{Details, Event, Reason};
use crate::fold::Accounts;
use crate::report::escape;

/// Quotes, figures and differences that are shown.
const SHOWN: usize = 4;

/// How a report names a story; `None` where it does not show it.
pub type Name<'a> = dyn Fn(Key) -> Option<String> + 'a;

/// From the first to the last time of an event's stories; `None` where no time is known.
#[must_use]
pub fn span(event: &Event) -> Option<String> {
    let (first, last) = (event.first?, event.last?);
    let day = |moment: crate::article::Moment| -> String {
        moment.to_string().chars().take(10).collect()
    };
    let (first, last) = (day(first), day(last));
    Some(if first == last {
        first
    } else {
        format!("{first} – {last}")
    })
}

/// The quotes, figures and differences of an event, one a line; all of them with `all`, else those of most reports.
///
/// # Errors
/// When a text cannot be read back.
pub fn details(
    accounts: &Accounts<'_>,
    event: &Event,
    name: &Name<'_>,
    all: bool,
) -> io::Result<Vec<String>> {
    let Details {
        quotes,
        figures,
        differences,
    } = accounts.details(event)?;
    let most = if all { usize::MAX } else { SHOWN };
    let names = |stories: &[Key]| {
        let names: Vec<String> = stories.iter().filter_map(|&story| name(story)).collect();
        names.join(", ")
    };
    let mut lines: Vec<String> = quotes
        .iter()
        .take(most)
        .map(|quote| {
            let who = names(&quote.stories);
            format!("quoted by {who}: “{}”", escape::line(&quote.text))
        })
        .collect();
    lines.extend(figures.iter().take(most).map(|figure| {
        let who = names(&figure.stories);
        format!("counted by {who}: {}", escape::line(&figure.figure))
    }));
    for difference in differences.iter().take(most) {
        lines.push(format!(
            "they differ on {}:",
            escape::line(&difference.about)
        ));
        lines.extend(difference.claims.iter().filter_map(|claim| {
            let (value, sentence) = (escape::line(&claim.value), escape::line(&claim.sentence));
            Some(format!("  {}: {value} – {sentence}", name(claim.story)?))
        }));
    }
    Ok(lines)
}

/// Why each story belongs to an event, one a line.
///
/// # Errors
/// When a text cannot be read back.
pub fn reasons(accounts: &Accounts<'_>, event: &Event, name: &Name<'_>) -> io::Result<Vec<String>> {
    let quotes = accounts.details(event)?.quotes;
    let reasons = accounts.reasons(event)?;
    let line = |reason: &Reason| {
        let of_it = quotes
            .iter()
            .filter(|quote| quote.stories.contains(&reason.story));
        let shared = of_it.count() as u64;
        let share = reason.likeness as f64 / 10.0;
        let listed = |what: &str, words: &[String]| {
            (!words.is_empty()).then(|| format!("{what} {}", escape::line(&words.join(", "))))
        };
        let parts = [
            Some(format!("{share:.0} % alike")),
            listed("names", &reason.names),
            listed("words", &reason.words),
            listed("numbers", &reason.numbers),
            (shared > 0).then(|| count(shared, "quote", "quotes")),
            reason.apart.map(apart),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Some(format!(
            "{} joins: {}",
            name(reason.story)?,
            parts.join("; ")
        ))
    };
    Ok(reasons.iter().filter_map(line).collect())
}

/// `on the same day`, `3 days from the nearest`.
fn apart(seconds: u64) -> String {
    match seconds / 86_400 {
        0 => "within a day of another".to_owned(),
        days => format!("{} from the nearest", count(days, "day", "days")),
    }
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
