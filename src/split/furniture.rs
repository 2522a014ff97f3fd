//! Lines of no article, told by their look rather than their words: rules, counts, bylines, requests to the reader.

use super::kind::is_reading_time;
use super::label::Labels;
use super::line::is_space;
use super::phrases::{Phrase, phrases};
use crate::wire::when::find_time;

/// Whether a line is a row of dashes, stars or underscores.
pub(super) fn is_rule(text: &str) -> bool {
    // `|:---|---:|` is the rule below the head of a table
    let table = text.starts_with('|');
    let mut signs = text
        .chars()
        .filter(|&c| !(is_space(c) || table && matches!(c, '|' | ':')));
    let Some(first) = signs.next() else {
        return false;
    };
    matches!(
        first,
        '-' | '_' | '*' | '=' | '—' | '–' | '~' | '·' | '•' | '─'
    ) && text.len() >= 2
        && signs.all(|c| c == first || matches!(c, '-' | '—' | '_'))
}

/// Whether a line is a number alone, or one of something: `2.4K`, `53`, `+ 12 %`, `14 sources`, `1.2K shares`.
pub(super) fn is_count(text: &str) -> bool {
    is_number(text)
        || is_count_line(text)
        || !text.is_ascii() && is_wide_count(text)
        || text.len() <= 24
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.split_once(' ').is_some_and(|(number, thing)| {
                let small = thing.chars().all(char::is_lowercase);
                let counted = || {
                    phrases(Phrase::Counted)
                        .iter()
                        .any(|known| known.eq_ignore_ascii_case(thing))
                };
                is_number(number) && (3..=12).contains(&thing.len()) && (small || counted())
            })
}

/// The same in scripts that set no space: `318评论`, `コメント 12`, `댓글 12`.
fn is_wide_count(text: &str) -> bool {
    const THINGS: [&str; 18] = [
        "评论",
        "条评论",
        "跟贴",
        "跟帖",
        "回复",
        "阅读",
        "赞",
        "評論",
        "則評論",
        "留言",
        "コメント",
        "件",
        "件のコメント",
        "回",
        "ブックマーク",
        "댓글",
        "추천",
        "조회",
    ];
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '万' | '千' | ' ' | '+');
    let thing = text.trim_matches(|c: char| number(c) || matches!(c, '(' | ')' | '（' | '）'));
    text.len() <= 40 && THINGS.contains(&thing) && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A line that counts and has buttons behind: `20 comments share save hide report`; a share of something: `Left 24%`.
fn is_count_line(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    // `Center 54% coverage: 24 sources`
    if text.contains("% coverage") {
        return true;
    }
    if let Some((thing, number)) = text.rsplit_once(' ')
        && number.ends_with('%')
    {
        return is_number(number) && thing.split_whitespace().count() <= 2;
    }
    let Some((number, rest)) = text.split_once(' ') else {
        return false;
    };
    let thing = rest.split(' ').next().unwrap_or("");
    is_number(number)
        && phrases(Phrase::Counted).contains(&thing)
        && rest.chars().all(|c| c.is_lowercase() || c == ' ')
}

/// The bytes of a line without the counts and buttons around what it says: `340 points by ann 5 hours ago | hide | 88 comments`.
pub(super) fn without_counts(text: &str) -> std::ops::Range<usize> {
    let mut end = text.len();
    while let Some((at, sign)) = text
        .get(..end)
        .and_then(|kept| kept.rmatch_indices(['|', '·', '⋅', '•']).next())
    {
        let part = text.get(at + sign.len()..end).unwrap_or("").trim();
        let before = text.get(..at).unwrap_or("").trim_end();
        let idle =
            (is_count(part) || Labels::shipped().effect(part).is_some() || is_reading_time(part))
                && find_time(part).is_none();
        if !idle || before.is_empty() {
            break;
        }
        end = before.len();
    }
    let kept = text.get(..end).unwrap_or("");
    let mut words = kept.match_indices(' ').map(|(at, _)| at);
    let (thing, by, who) = (words.next(), words.next(), words.nth(1));
    let start = match (thing, by, who) {
        (Some(_), Some(by), Some(who))
            if kept.get(by..).is_some_and(|rest| rest.starts_with(" by "))
                && kept.get(..by).is_some_and(is_count) =>
        {
            who + 1
        }
        _ => 0,
    };
    start..end
}

fn is_number(text: &str) -> bool {
    text.len() <= 16
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

/// Who signed, where a line says only that: `By Ann Lee and Tom Ray`, `Von dpa`, `SAN FRANCISCO | By Heather Poe`.
pub(super) fn byline(text: &str) -> Option<&str> {
    if text.len() > 120 {
        return None;
    }
    let bar = memchr::memchr(b'|', text.as_bytes());
    let text = match bar.and_then(|_| text.rsplit_once(" | ")) {
        Some((place, rest)) if place.len() < 40 && starts_signed(rest).is_some() => rest,
        _ => text,
    };
    let name = starts_signed(text)?;
    let words = name.split_whitespace().count();
    let capital = name
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_ascii() || name.starts_with("dpa"));
    let ended = name.ends_with(['.', '?', '!']) && words > 4;
    (capital && (1..=14).contains(&words) && !ended).then_some(name)
}

fn starts_signed(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if !matches!(
        first,
        'B' | 'b'
            | 'P'
            | 'p'
            | 'V'
            | 'v'
            | 'D'
            | 'd'
            | 'A'
            | 'a'
            | 'S'
            | 's'
            | 'U'
            | 'u'
            | 'T'
            | 't'
            | 'W'
            | 'w'
            | 'O'
            | 'o'
            | 'А'
            | 'а'
    ) {
        return None;
    }
    let mut end = text.len().min(16);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end)?.to_lowercase();
    let first = head.as_bytes().first();
    phrases(Phrase::Signed)
        .iter()
        .filter(|prefix| prefix.as_bytes().first() == first && head.starts_with(**prefix))
        .filter_map(|prefix| Some((prefix, text.get(prefix.len()..)?)))
        .find(|(prefix, rest)| rest.starts_with(' ') || prefix.ends_with(':'))
        .map(|(_, rest)| rest.trim())
}

/// Whether a short line between paragraphs asks its reader for something: to subscribe, to follow, to download.
pub(super) fn is_promo(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let small = text.to_lowercase();
    phrases(Phrase::Asks)
        .iter()
        .any(|word| small.contains(word))
}

/// A paragraph without what extractors glue to its ends.
pub(super) fn clean_body(text: &str) -> &str {
    let text = text.trim_matches(is_space);
    // the mark of the last line
    match text.strip_suffix(['■', '●', '◼']) {
        Some(rest) => rest.trim_end_matches(is_space),
        None => text,
    }
}
