//! What an input holds, told from its first bytes and never from its name.

use super::Kind;

/// What the first bytes of a decompressed input show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Nothing but blanks.
    Blank,
    /// A JSON value a line.
    Lines,
    /// JSON values over several lines, or a long one: a document, an envelope, an array.
    Values,
    /// All others.
    Other(Kind),
    /// What we do not read, by its name.
    Foreign(&'static str),
}

/// Magic numbers of files that people have beside their dumps.
const FOREIGN: &[(usize, &[u8], &str)] = &[
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG", "an image"),
    (0, b"\xff\xd8\xff", "an image"),
    (0, b"GIF8", "an image"),
    (8, b"WEBP", "an image"),
    (0, b"\xfd7zXZ", "an xz file"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"\x04\x22\x4d\x18", "an lz4 file"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"ARROW1", "an Arrow file"),
    (0, b"Obj\x01", "an Avro file"),
    (0, b"SQLite format 3", "an SQLite database"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xd0\xcf\x11\xe0", "an old Office document"),
];

/// Tells what an input holds. `head` is its beginning, the whole of it if it is short.
pub(super) fn form(head: &[u8]) -> Form {
    for (at, magic, name) in FOREIGN {
        if head.get(*at..).is_some_and(|rest| rest.starts_with(magic)) {
            return Form::Foreign(name);
        }
    }
    let text = head.trim_ascii_start();
    match text {
        [] => Form::Blank,
        [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', ..] => Form::Other(Kind::Warc),
        [0x1e, rest @ ..] if is_json(rest) => Form::Values,
        [b'{' | b'[', ..] if is_json(text) => json_form(text),
        [b'<', ..] => markup(text).map_or(Form::Other(Kind::Text), Form::Other),
        _ if is_binary(head) => Form::Foreign("binary data"),
        _ => Form::Other(Kind::Text),
    }
}

/// JSON as opposed to a page that begins with a bracket.
fn is_json(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let next = text.get(1..).unwrap_or_default().trim_ascii_start().first();
    match text.first() {
        Some(b'{') => matches!(next, Some(b'"' | b'}') | None),
        Some(b'[') => matches!(next, Some(b'{' | b']') | None),
        _ => false,
    }
}

/// JSON Lines where the first or the second line is a value of its own.
pub(super) fn json_form(text: &[u8]) -> Form {
    let mut lines = text
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let whole = |line: Option<&[u8]>| {
        line.is_some_and(|line| {
            line.trim_ascii_start().first() == Some(&b'{')
                && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
        })
    };
    if whole(lines.next()) || whole(lines.next()) {
        Form::Lines
    } else {
        Form::Values
    }
}

/// HTML or a feed, by the first element; `None` for text that begins with an angle.
pub(super) fn markup(text: &[u8]) -> Option<Kind> {
    let head = &text[..text.len().min(4096)];
    let mut rest = head.trim_ascii_start();
    // declarations, comments and processing instructions before the first element
    loop {
        let end = if rest.starts_with(b"<!--") {
            find(rest, b"-->").map(|at| at + 3)
        } else if rest.starts_with(b"<?") {
            find(rest, b"?>").map(|at| at + 2)
        } else if starts_with_name(rest, b"!doctype html") {
            return Some(Kind::Html);
        } else if rest.starts_with(b"<!") {
            doctype_end(rest)
        } else {
            break;
        };
        rest = rest.get(end?..)?.trim_ascii_start();
    }
    let feed: &[&[u8]] = &[b"rss", b"feed", b"rdf:rdf", b"channel", b"atom:feed"];
    if feed.iter().any(|name| starts_with_name(rest, name)) {
        return Some(Kind::Feed);
    }
    let html: &[&[u8]] = &[
        b"html", b"head", b"body", b"div", b"article", b"main", b"section", b"meta", b"title",
        b"p", b"h1", b"h2", b"h3", b"table", b"ul", b"ol", b"span", b"a", b"link", b"script",
        b"style", b"header", b"nav", b"img", b"figure", b"center", b"font", b"b", b"i", b"em",
        b"strong", b"br", b"base",
    ];
    html.iter()
        .any(|name| starts_with_name(rest, name))
        .then_some(Kind::Html)
}

/// The end of a document type with an internal subset.
fn doctype_end(text: &[u8]) -> Option<usize> {
    let mut depth = 0u32;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'<' | b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether an angle and this name (in small letters) stand here, and the name ends there.
fn starts_with_name(text: &[u8], name: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"<") else {
        return false;
    };
    rest.get(..name.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(name))
        && rest
            .get(name.len())
            .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, what)
}

/// Control characters that no text has, beyond the odd one. NULs may separate pages.
fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(8192)];
    let odd = head
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 11 | 14..=26 | 28..=31 | 127))
        .count();
    odd * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_from_the_first_bytes() {
        let json = |kind| kind;
        for (head, form_expected) in [
            ("", Form::Blank),
            (" \n\t", Form::Blank),
            ("A page\n", Form::Other(Kind::Text)),
            ("[Photo] A page\n", Form::Other(Kind::Text)),
            ("<3 this page\n", Form::Other(Kind::Text)),
            ("{\"a\": 1}\n{\"a\": 2}\n", json(Form::Lines)),
            ("{\"a\": \"cut in ha\n{\"a\": 2}\n", json(Form::Lines)),
            ("{\n \"a\": 1\n}\n", json(Form::Values)),
            ("[{\"a\": 1},\n{\"a\": 2}]\n", json(Form::Values)),
            ("<!-- x --><!DOCTYPE html><p>", Form::Other(Kind::Html)),
            ("\n<HTML lang=en>", Form::Other(Kind::Html)),
            (
                "<?xml version='1.0'?><html xmlns='x'>",
                Form::Other(Kind::Html),
            ),
            (
                "<?xml version='1.0'?>\n<rss version='2.0'>",
                Form::Other(Kind::Feed),
            ),
            (
                "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>",
                Form::Other(Kind::Feed),
            ),
            ("<rdf:RDF xmlns='x'>", Form::Other(Kind::Feed)),
            ("WARC/1.0\r\n", Form::Other(Kind::Warc)),
            ("PK\u{3}\u{4}", Form::Foreign("a zip archive")),
        ] {
            assert_eq!(form(head.as_bytes()), form_expected, "{head:?}");
        }
        assert!(matches!(form(&[1, 2, 3, 200, 0, 5]), Form::Foreign(_)));
    }
}
