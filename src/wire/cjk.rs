//! Datelines in scripts without capitals: `【6月18日 AFP】`, `［東京　１８日　ロイター］ - `, `新华社北京5月12日电 `,
//! `(서울=연합뉴스) 홍길동 기자 = `.

use super::agency::{Tag, lookup, tag};
use super::dateline::{Dateline, floor};

const BRACKETS: [(char, char); 6] = [
    ('【', '】'),
    ('［', '］'),
    ('[', ']'),
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
];

/// Agencies that Chinese datelines start with.
const CHINESE: [&str; 9] = [
    "人民网",
    "央视网",
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "中央社",
    "法新社",
    "路透社",
];

/// A dateline at the start of the line, with the tag of an agency.
pub(super) fn dateline(line: &str) -> Option<Dateline<'_>> {
    // the others have been tried; ASCII has its own forms
    if line.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    chinese(line).or_else(|| bracketed(line))
}

/// `新华社北京5月12日电（记者…）`: agency, place, day, 电.
fn chinese(line: &str) -> Option<Dateline<'_>> {
    let inside = line.strip_prefix(['(', '（']).unwrap_or(line);
    let agency = CHINESE.iter().find(|name| inside.starts_with(**name))?;
    let offset = line.len() - inside.len() + agency.len();
    let reach = line.get(offset..)?;
    let reach = reach.get(..floor(reach, 90))?;
    // in brackets all of them is the dateline: `（中央社東京3日綜合外電報導）`
    let closed = reach
        .find(['）', ')'])
        .filter(|_| inside.len() < line.len());
    let (place, mut end) = if let Some(close) = closed {
        (written(reach.get(..close)?)?, offset + close)
    } else {
        let close = reach.find(['电', '電', '讯', '訊'])?;
        (reach.get(..close)?.trim(), offset + close + '电'.len_utf8())
    };
    let rest = line.get(end..)?;
    // the reporter in brackets, and a dash or a space
    let rest = match rest.strip_prefix(['（', '(']) {
        Some(inner) if !line.starts_with(['(', '（']) => inner.split_once(['）', ')'])?.1,
        _ => rest,
    };
    let rest = rest.trim_start_matches(['）', ')', ' ', '\u{3000}', '-', '—', '：', ':', '　']);
    end = end.max(line.len() - rest.len());
    Some(Dateline {
        place: (!place.is_empty()).then_some(place),
        tag: lookup(agency).map(|agency| Tag::Known(agency.name)),
        byline: None,
        end,
    })
}

/// Place and day of what stands in brackets, without who wrote it and how: `記者王小明台北3日電`.
fn written(text: &str) -> Option<&str> {
    let close = text.find(['电', '電', '讯', '訊', '綜', '综', '專', '专'])?;
    let place = text.get(..close)?.trim();
    let Some(named) = place
        .strip_prefix("記者")
        .or_else(|| place.strip_prefix("记者"))
    else {
        return Some(place);
    };
    // names have three signs, seldom two; a place two at least
    let digits = named
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(named.len());
    let name = if named.get(..digits)?.chars().count() >= 5 {
        3
    } else {
        2
    };
    let (at, _) = named.char_indices().nth(name)?;
    named.get(at..)
}

/// `【6月18日 AFP】`, `［東京　１８日　ロイター］ - `, `【ワシントン時事】`, `(서울=연합뉴스) … = `.
fn bracketed(line: &str) -> Option<Dateline<'_>> {
    let first = line.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let inside = line.get(first.len_utf8()..)?;
    let inside = inside.get(..floor(inside, 100))?;
    let length = inside.find(*close)?;
    let text = inside.get(..length)?;
    if text.is_ascii() {
        return None;
    }
    let (place, name) = last_name(text)?;
    let end = first.len_utf8() + length + close.len_utf8();
    let rest = line.get(end..)?;
    let rest = rest.trim_start_matches([' ', '\u{3000}', '-', '–', '—', '－', '―']);
    let mut end = line.len() - rest.len();
    // 홍길동 기자 =
    if let Some(equals) = rest.get(..floor(rest, 60))?.find(" = ")
        && rest.get(..equals)?.contains("기자")
    {
        end += equals + 3;
    }
    Some(Dateline {
        place: Some(place).filter(|place| !place.is_empty()),
        tag: Some(Tag::Known(name)),
        byline: None,
        end,
    })
}

/// Place and day before the agency that ends the text.
fn last_name(text: &str) -> Option<(&str, &'static str)> {
    let spaces = text
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | '\u{3000}' | '=' | '＝' | '・' | '、'))
        .map(|(at, c)| (at, at + c.len_utf8()));
    for (end, start) in spaces.collect::<Vec<_>>().into_iter().rev() {
        if let Tag::Known(name) = tag(text.get(start..)?) {
            return Some((text.get(..end)?.trim(), name));
        }
    }
    // glued: 【ワシントン時事】
    text.char_indices().find_map(|(at, _)| {
        lookup(text.get(at..)?)
            .map(|agency| (text.get(..at).unwrap_or_default().trim(), agency.name))
    })
}
