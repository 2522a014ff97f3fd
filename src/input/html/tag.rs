//! Tags of HTML, found as the standard's tokenizer finds them, as they stand in the text.

use memchr::{memchr, memmem};

/// A start tag's or end tag's name, and where the text goes on.
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    /// `/>`.
    pub(super) closed: bool,
    pub(super) end: usize,
}

impl Tag<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// An attribute of a start tag.
pub(super) struct Attribute<'h> {
    pub(super) name: &'h str,
    /// As it stands there, without its quotes.
    pub(super) value: &'h str,
    /// Both, with quotes.
    pub(super) whole: &'h str,
}

impl Attribute<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The tag whose name starts at `at`, its attributes into `attributes`; none where the text ends in it.
pub(super) fn tag<'h>(
    html: &'h str,
    at: usize,
    attributes: &mut Vec<Attribute<'h>>,
) -> Option<Tag<'h>> {
    let bytes = html.as_bytes();
    attributes.clear();
    let until = |from: usize, ends: fn(u8) -> bool| {
        let rest = bytes.get(from..)?;
        rest.iter().position(|byte| ends(*byte)).map(|n| from + n)
    };
    let mut position = until(at, |byte| is_blank(byte) || matches!(byte, b'/' | b'>'))?;
    let name = html.get(at..position)?;
    let mut closed = false;
    loop {
        position = until(position, |byte| !is_blank(byte))?;
        match bytes.get(position)? {
            b'>' => {
                let end = position + 1;
                return Some(Tag { name, closed, end });
            }
            b'/' => {
                closed = bytes.get(position + 1) == Some(&b'>');
                position += 1;
            }
            _ => {
                let start = position;
                // an equals sign may start a name, and nothing else
                position = until(position + 1, |byte| {
                    is_blank(byte) || matches!(byte, b'/' | b'>' | b'=')
                })?;
                let name = html.get(start..position)?;
                let next = until(position, |byte| !is_blank(byte))?;
                let value = if bytes.get(next) == Some(&b'=') {
                    let from = until(next + 1, |byte| !is_blank(byte))?;
                    let (value, end) = value(html, from)?;
                    position = end;
                    value
                } else {
                    ""
                };
                let whole = html.get(start..position)?;
                attributes.push(Attribute { name, value, whole });
            }
        }
    }
}

/// An attribute's value that starts at `from`, and where it ends.
fn value(html: &str, from: usize) -> Option<(&str, usize)> {
    let bytes = html.as_bytes();
    match bytes.get(from)? {
        quote @ (b'"' | b'\'') => {
            let start = from + 1;
            let end = start + memchr(*quote, bytes.get(start..)?)?;
            Some((html.get(start..end)?, end + 1))
        }
        b'>' => Some(("", from)),
        _ => {
            let rest = bytes.get(from..)?;
            let ends = |byte: &u8| is_blank(*byte) || *byte == b'>';
            let length = rest.iter().position(ends)?;
            Some((html.get(from..from + length)?, from + length))
        }
    }
}

/// Where the end tag of an element without tags starts, from `at` on.
pub(super) fn close(html: &str, at: usize, name: &str) -> Option<usize> {
    let rest = html.as_bytes().get(at..)?;
    memmem::find_iter(rest, b"</")
        .find(|found| {
            let tail = rest.get(found + 2..).unwrap_or_default();
            tail.get(..name.len())
                .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
                && tail
                    .get(name.len())
                    .is_none_or(|next| is_blank(*next) || matches!(next, b'/' | b'>'))
        })
        .map(|found| at + found)
}

/// Where a comment ends whose `<!--` ends at `start`.
pub(super) fn comment_end(html: &str, start: usize) -> usize {
    let comment = html.get(start..).unwrap_or_default();
    for short in [">", "->"] {
        if comment.starts_with(short) {
            return start + short.len();
        }
    }
    for end in memmem::find_iter(comment.as_bytes(), b"--") {
        let tail = comment.get(end..).unwrap_or_default();
        for mark in ["-->", "--!>"] {
            if tail.starts_with(mark) {
                return start + end + mark.len();
            }
        }
    }
    html.len()
}

/// Where something ends that starts at `at` and that the standard reads as a comment although it is none.
pub(super) fn bogus_end(html: &str, at: usize) -> usize {
    let rest = html.as_bytes().get(at..).unwrap_or_default();
    memchr(b'>', rest).map_or(html.len(), |end| at + end + 1)
}

/// Whether one of these tags starts in the text.
pub(super) fn has_start(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        bytes
            .get(at + 1..at + 1 + name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    })
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_stand_as_they_are_written() {
        let html = "p a=1 b = 'x > y' é=\"ü\" =c d/e />rest";
        let mut attributes = Vec::new();
        let tag = tag(html, 0, &mut attributes).unwrap();
        assert!(tag.is("P") && tag.closed);
        assert_eq!(html.get(tag.end..), Some("rest"));
        let read: Vec<_> = attributes
            .iter()
            .map(|attribute| (attribute.name, attribute.value))
            .collect();
        let expected = [
            ("a", "1"),
            ("b", "x > y"),
            ("é", "ü"),
            ("=c", ""),
            ("d", ""),
            ("e", ""),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_text_may_end_anywhere() {
        let html = "p a='1' b=\"2\" c=3>";
        let mut attributes = Vec::new();
        for end in 0..html.len() {
            assert!(tag(&html[..end], 0, &mut attributes).is_none());
        }
        assert_eq!(close("a </b> </scripts> </SCRIPT >", 0, "script"), Some(18));
        assert_eq!(close("a </", 0, "script"), None);
    }
}
