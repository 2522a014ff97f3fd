//! Elements that are called a time or date, and whether what they hold is one.

use html5ever::tokenizer::Tag;

use super::sink::attribute;

/// Whether an element is called a time or date.
pub(super) fn is_called(tag: &Tag) -> bool {
    let name: &str = &tag.name;
    let small = matches!(
        name,
        "span"
            | "div"
            | "p"
            | "abbr"
            | "small"
            | "em"
            | "i"
            | "b"
            | "strong"
            | "li"
            | "h4"
            | "h5"
            | "h6"
            | "dd"
            | "td"
    );
    let called = || {
        ["class", "itemprop", "id", "data-testid"]
            .iter()
            .filter_map(|name| attribute(tag, name))
            .any(|value| {
                let value = value.to_ascii_lowercase();
                [
                    "date", "datum", "fecha", "tarih", "time", "publish", "posted",
                ]
                .iter()
                .any(|word| value.contains(word))
                    && !["update", "timeline", "candidate", "sometimes", "validate"]
                        .iter()
                        .any(|word| value.contains(word))
            })
    };
    name == "time" || (small && called())
}

/// `Updated: 11/8/2023` → `11/8/2023`.
pub(super) fn unlabelled(text: &str) -> &str {
    let mut text = text;
    while let Some((word, rest)) = text.split_once(' ') {
        let word = word.trim_end_matches(':');
        let known = [
            "updated",
            "published",
            "posted",
            "created",
            "on",
            "at",
            "date",
        ];
        if !known.iter().any(|label| word.eq_ignore_ascii_case(label)) {
            break;
        }
        text = rest.trim_start();
    }
    text
}

/// Words of relative times, in the languages of many pages.
const AGO: &[&str] = &[
    "ago",
    "vor ",
    "před",
    "il y a",
    "hace ",
    " fa",
    "atrás",
    "há ",
    "назад",
    "前",
    "trước",
    "geleden",
    "temu",
];

/// A digit with a year or a word of relative times: programme hours and phone numbers are neither.
pub(super) fn is_time(text: &str) -> bool {
    let digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")));
    let small = text.to_lowercase();
    digit && (year || AGO.iter().any(|word| small.contains(word)))
}
