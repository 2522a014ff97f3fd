//! Dumps of the Jina Reader (`Title:`, `URL Source:`, `Markdown Content:`) → pages of plain lines.
//!
//! Line by line, so that a line of the page is a line of the input: what is only markup becomes a blank line.

use std::borrow::Cow;

use super::moment::moment;
use super::{Form, Page, Record};
use crate::article::Place;

/// Lines of a header before its content.
const LONGEST_HEADER: usize = 24;

/// Bytes of a link, and links in the label of a link, that are looked at.
const LONGEST_LINK: usize = 4096;
const MOST_NESTED: u32 = 4;

/// The pages of a text that is one dump or more of the reader; none where it is not.
pub(super) fn pages(text: &str, place: &Place) -> Option<Vec<Page<'static>>> {
    if !text.trim_start().starts_with("Title:") || !text.contains("URL Source:") {
        return None;
    }
    let starts = starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut found = Vec::new();
    let mut at = place.clone();
    let mut passed = 0;
    for (start, end) in starts.iter().copied().zip(ends) {
        let before = text.get(passed..start)?;
        at.offset += before.len() as u64;
        at.line += before.matches('\n').count() as u64;
        passed = start;
        found.push(page(text.get(start..end)?, at.clone()));
    }
    (!found.is_empty()).then_some(found)
}

/// Where headers start.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut title = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("Title:") {
            title = Some(at);
        } else if line.starts_with("URL Source:") {
            starts.extend(title.take());
        } else if !line.trim().is_empty() {
            title = None;
        }
        at += line.len();
    }
    starts
}

fn page(text: &str, place: Place) -> Page<'static> {
    let mut record = Record::default();
    let mut plain = String::with_capacity(text.len());
    let mut content = false;
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        let line = line.trim_end_matches(['\n', '\r']);
        if content {
            plain_line(line, &mut plain);
        } else if nth > LONGEST_HEADER {
            content = true;
            plain_line(line, &mut plain);
        } else {
            content = line.starts_with("Markdown Content:");
            header(line, &mut record);
            if let Some(rest) = line.strip_prefix("Markdown Content:") {
                plain_line(rest.trim(), &mut plain);
            }
        }
        plain.push('\n');
    }
    Page {
        place,
        record,
        form: Form::Dump,
        text: Cow::Owned(plain),
    }
}

fn header(line: &str, record: &mut Record<'static>) {
    let value = |name: &str| {
        let text = line.strip_prefix(name)?.trim();
        (!text.is_empty()).then(|| Cow::Owned(text.to_owned()))
    };
    if let Some(title) = value("Title:") {
        record.title = Some(title);
    } else if let Some(url) = value("URL Source:") {
        record.url = Some(url);
    } else if let Some(time) = value("Published Time:") {
        record.published = Some(time);
    } else if let Some(time) = value("Timestamp:") {
        record.fetched = moment(&time);
    }
}

/// Appends a line of Markdown without its marks.
fn plain_line(line: &str, plain: &mut String) {
    let trimmed = line.trim();
    // the underline of a heading, a rule of a table
    if trimmed.len() >= 3
        && trimmed
            .chars()
            .all(|c| matches!(c, '=' | '|' | '-' | ':' | ' '))
        && trimmed.contains(['=', '|'])
    {
        return;
    }
    let (mark, rest) = marked(trimmed);
    let text = inline(rest, MOST_NESTED);
    let text = without_underlines(&text);
    let text = text.trim();
    if !text.is_empty() {
        plain.push_str(mark);
        plain.push_str(text);
    }
}

/// Without the underlines of headings that stand within a line.
fn without_underlines(text: &str) -> Cow<'_, str> {
    let line = |byte: u8| matches!(byte, b'-' | b'=');
    let underline = |word: &&str| word.len() >= 5 && word.bytes().all(line);
    let may = text.bytes().any(line);
    if !may || !text.split(' ').any(|word| underline(&word)) {
        return Cow::Borrowed(text);
    }
    let words: Vec<_> = text.split(' ').filter(|word| !underline(word)).collect();
    Cow::Owned(words.join(" "))
}

/// The mark that a line begins with, as it reads without markup, and the rest.
fn marked(line: &str) -> (&'static str, &str) {
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && (heading.is_empty() || heading.starts_with(' ')) {
        return ("", heading.trim().trim_end_matches('#').trim_end());
    }
    if let Some(quote) = line.strip_prefix('>') {
        return ("", quote.trim_start_matches(['>', ' ']));
    }
    for bullet in ["* ", "- ", "+ "] {
        if let Some(item) = line.strip_prefix(bullet) {
            return ("• ", item.trim_start());
        }
    }
    ("", line)
}

/// Running text without links, pictures, emphasis and escapes.
fn inline(text: &str, nested: u32) -> Cow<'_, str> {
    if !text.bytes().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(is_mark).unwrap_or(rest.len());
        out.push_str(rest.get(..plain).unwrap_or_default());
        rest = rest.get(plain..).unwrap_or_default();
        let Some(c) = rest.chars().next() else {
            return Cow::Owned(out);
        };
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '!' if behind.starts_with('[') => {
                if let Some((_, behind)) = link(behind) {
                    rest = behind;
                    continue;
                }
                out.push(c);
            }
            '[' => {
                if let Some((label, behind)) = link(rest).filter(|_| nested > 0) {
                    out.push_str(&inline(label, nested - 1));
                    rest = behind;
                    continue;
                }
                out.push(c);
            }
            '\\' => {
                let next = behind.chars().next();
                if let Some(mark) = next.filter(char::is_ascii_punctuation) {
                    out.push(mark);
                    rest = behind.get(1..).unwrap_or_default();
                    continue;
                }
                out.push(c);
            }
            '*' | '_' | '`' if is_emphasis(&out, rest, c) => {}
            c => out.push(c),
        }
        rest = behind;
    }
}

/// Whether a byte may be a mark of Markdown within a line.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'!' | b'[' | b'\\' | b'*' | b'_' | b'`')
}

/// `[label](address)` at the start: the label and what is behind it.
fn link(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    let near = text.bytes().take(LONGEST_LINK).enumerate();
    let close = { near }.find_map(|(at, byte)| {
        depth = match byte {
            b'[' => depth + 1,
            b']' => depth - 1,
            _ => depth,
        };
        (depth == 0).then_some(at)
    })?;
    let label = text.get(1..close)?;
    let address = text.get(close + 1..)?.strip_prefix('(')?;
    let mut depth = 1usize;
    let near = address.bytes().take(LONGEST_LINK).enumerate();
    let end = { near }.find_map(|(at, byte)| {
        depth = match byte {
            b'(' => depth + 1,
            b')' => depth - 1,
            _ => depth,
        };
        (depth == 0).then_some(at)
    })?;
    Some((label, address.get(end + 1..)?))
}

/// Whether a mark opens or closes emphasis: a blank or the line's bound on one side, a letter on the other.
fn is_emphasis(before: &str, rest: &str, mark: char) -> bool {
    let after = rest.trim_start_matches(mark).chars().next();
    let before = before.chars().next_back();
    let wordy = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    // between two letters only asterisks and backticks mark anything: snake_case stays
    match (wordy(before), wordy(after)) {
        (true, true) => {
            mark != '_'
                || !(before.is_some_and(char::is_alphanumeric)
                    && after.is_some_and(char::is_alphanumeric))
        }
        (false, false) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::input::Form;
    use crate::input::testing::read;

    const DUMP: &str = "Title: Ferry stops\n\nURL Source: https://h.example/a\n\nPublished Time: 2025-08-07T20:17:08+00:00\n\nMarkdown Content:\n\
        Ferry stops\n===========\n\n*   [Home](https://h.example/)\n*   [![Logo](https://h.example/x.png) Sport](https://h.example/s_(1))\n\n\
        ## The **ferry** stopped \\[today\\]\n\n![Image 1: boat](https://h.example/b.png)\n> It _sank_, said some_name.\n";

    #[test]
    fn its_header_is_taken_and_its_markup_goes() {
        let found = read(DUMP);
        let page = &found.pages[0];
        assert_eq!(page.form, Form::Dump);
        assert_eq!(page.record.title.as_deref(), Some("Ferry stops"));
        assert_eq!(page.record.url.as_deref(), Some("https://h.example/a"));
        assert_eq!(
            page.record.published.as_deref(),
            Some("2025-08-07T20:17:08+00:00")
        );
        assert_eq!(page.text.lines().count(), DUMP.lines().count());
        let lines: Vec<_> = page.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "Ferry stops",
                "• Home",
                "• Sport",
                "The ferry stopped [today]",
                "It sank, said some_name."
            ]
        );
    }

    #[test]
    fn several_in_a_row_are_several_pages() {
        let found = read([DUMP, DUMP].concat());
        assert_eq!(found.pages.len(), 2);
        assert_eq!(found.pages[1].place.offset as usize, DUMP.len());
        assert_eq!(found.pages[1].place.line as usize, DUMP.lines().count() + 1);
    }

    #[test]
    fn unclosed_marks_stay_as_they_are() {
        let found = read("Title: T\nURL Source: u\nMarkdown Content:\nA [b (c 2 * 3 ]( d ![x\n");
        assert!(found.texts()[0].contains("A [b (c 2 * 3 ]( d ![x"));
    }
}
