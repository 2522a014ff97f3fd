//! Lines of no article, told by their look rather than their words: rules, counts, captions, bylines.

use super::label::Labels;
use super::line::is_space;
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
                is_number(number)
                    && thing.chars().all(char::is_lowercase)
                    && (3..=12).contains(&thing.len())
            })
}

/// Words for what is counted beside a headline.
const COUNTED: [&str; 24] = [
    "comment",
    "comments",
    "point",
    "points",
    "view",
    "views",
    "share",
    "shares",
    "like",
    "likes",
    "reply",
    "replies",
    "vote",
    "votes",
    "kommentare",
    "commentaires",
    "comentarios",
    "comentários",
    "commenti",
    "комментариев",
    "bình luận",
    "reactions",
    "reacties",
    "sources",
];

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
        && COUNTED.contains(&thing)
        && rest.chars().all(|c| c.is_lowercase() || c == ' ')
}

/// The bytes of a line without the counts and buttons around what it says: `340 points by ann 5 hours ago | hide | 88 comments`.
pub(super) fn without_counts(text: &str) -> std::ops::Range<usize> {
    let mut end = text.len();
    while let Some((at, sign)) = text
        .get(..end)
        .and_then(|kept| kept.rmatch_indices(['|', '·', '•']).next())
    {
        let part = text.get(at + sign.len()..end).unwrap_or("").trim();
        let before = text.get(..at).unwrap_or("").trim_end();
        let idle = (is_count(part) || Labels::shipped().effect(part).is_some())
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

/// What a byline starts with, in small letters.
const SIGNED: [&str; 22] = [
    "by ",
    "posted by ",
    "submitted by ",
    "authored by ",
    "sent by ",
    "von: ",
    "par: ",
    "por: ",
    "di: ",
    "by: ",
    "par ",
    "por ",
    "von ",
    "di ",
    "door ",
    "af ",
    "autor: ",
    "autor ",
    "un texte de ",
    "text: ",
    "written by ",
    "автор: ",
];

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
            | 'U'
            | 'u'
            | 'T'
            | 't'
            | 'W'
            | 'w'
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
    SIGNED
        .iter()
        .find(|prefix| head.starts_with(**prefix))
        .and_then(|prefix| text.get(prefix.len()..))
        .map(str::trim)
}

/// Signs of a picture's credit, anywhere in a short line.
const CREDITS: [&str; 22] = [
    "(AP Photo",
    "AP Photo/",
    "via AP)",
    "REUTERS/",
    "Reuters/",
    "AFP/",
    "Getty Images",
    "(Photo by",
    "Photo by",
    "| Pool",
    "/AP/",
    "/dpa",
    "Photo: ",
    "Foto: ",
    "(Photo:",
    "Shutterstock",
    "EPA/",
    "EPA-EFE/",
    "/ via REUTERS",
    "(File photo",
    "IMAGO/",
    "Credit: ",
];

/// Bytes of the longest of them.
const LONGEST_CREDIT: usize = 13;

/// Bytes that may stand behind one.
const BEHIND_CREDIT: usize = 45;

/// Whether a line is the caption or credit of a picture.
pub(super) fn is_caption(text: &str) -> bool {
    let start = text.trim_start_matches(['[', '(']);
    if start.len() != text.len() && is_image_name(start) {
        return true;
    }
    if text.starts_with('©') && text.contains('/') {
        return true;
    }
    // all credits have one of these signs or words
    let sign = |any, &byte: &u8| any | matches!(byte, b'/' | b':' | b'(' | b'|');
    let may = text.as_bytes().iter().fold(false, sign)
        || has(text, "Getty")
        || has(text, "Shutter")
        || has(text, "AP)");
    if !may {
        return false;
    }
    let start = text.len() < 160 && CREDITS.iter().any(|sign| text.starts_with(sign));
    start || ends_in_credit(text)
}

/// Whether some words of ASCII stand in a line. For short lines: a searcher is not made first.
fn has(text: &str, words: &str) -> bool {
    let first = words.bytes().next().unwrap_or(0);
    memchr::memchr_iter(first, text.as_bytes())
        .any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(words)))
}

/// Whether a credit stands at the end; a sentence of the story may name a picture before that.
fn ends_in_credit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let low = bytes.len().saturating_sub(LONGEST_CREDIT + BEHIND_CREDIT);
    let mut seen = 0u32;
    for at in (low..bytes.len()).rev() {
        if !matches!(
            bytes[at],
            b'(' | b'/'
                | b'|'
                | b'A'
                | b'C'
                | b'E'
                | b'F'
                | b'G'
                | b'I'
                | b'P'
                | b'R'
                | b'S'
                | b'v'
        ) {
            continue;
        }
        for (number, sign) in CREDITS.iter().enumerate() {
            let last = seen & 1 << number == 0 && bytes[at..].starts_with(sign.as_bytes());
            if last {
                seen |= 1 << number;
                if bytes.len() - at <= sign.len() + BEHIND_CREDIT && !is_claim(text, at) {
                    return true;
                }
            }
        }
    }
    false
}

/// `(c)AFP/Name` behind a text claims the text, not a picture.
fn is_claim(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    before.ends_with("(c)") || before.ends_with('©') && before.len() > 1 && text.len() > 160
}

/// `photo-123.jpg]`: what a dumper prints for a picture without a text.
fn is_image_name(text: &str) -> bool {
    let name = text.trim_end_matches([']', ')']);
    let lower = name.to_ascii_lowercase();
    !name.contains(' ')
        && [".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp"]
            .iter()
            .any(|end| lower.ends_with(end))
}

/// A paragraph without what extractors glue to its ends.
pub(super) fn clean_body(text: &str) -> &str {
    text.trim_matches(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_credit_is_found_at_the_end_of_a_line() {
        for sign in CREDITS {
            assert!(sign.len() <= LONGEST_CREDIT, "{sign}");
            let line = format!("A street under water after the rain {sign} Ann Lee");
            assert!(ends_in_credit(&line), "{line}");
        }
        assert!(!ends_in_credit(
            "A street under water after the rain: Ann Lee"
        ));
    }
}
