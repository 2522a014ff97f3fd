//! The only place where hostile text is made harmless: one function a format.
//!
//! Titles, names and bodies come from anywhere. What may hide in them: terminal escapes, other control characters,
//! bidirectional overrides (CVE-2021-42574), markup, scripts in links, formulas, line separators that are not `\n`.
//! JSON keeps every character, escaped; the other formats show a stand-in or a space.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Marks a byte at which JSON needs a closer look: an escape, or the first byte of a character that may need one.
const LOOK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[0x7f] = true;
    // C1 controls, Arabic letter mark, general punctuation, the byte order mark, tags
    table[0xc2] = true;
    table[0xd8] = true;
    table[0xe2] = true;
    table[0xef] = true;
    table[0xf3] = true;
    table
};

/// Characters that steer the direction of the text after them: marks, embeddings, overrides and isolates.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing and hide text: zero width spaces, fillers, interlinear marks, tags.
///
/// The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Line and paragraph separators that some readers take for a newline.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}

/// Appends a JSON string, quotes included. Lossless: what may do harm is escaped.
pub fn json(text: &str, into: &mut Vec<u8>) {
    into.push(b'"');
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    loop {
        at = plain_end(bytes, at);
        if at == bytes.len() {
            break;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            at += 1;
            continue;
        };
        if needs_json_escape(c) {
            into.extend_from_slice(&bytes[done..at]);
            json_escape(c, into);
            done = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    into.extend_from_slice(&bytes[done..]);
    into.push(b'"');
}

/// The first byte from `from` on that needs a closer look.
fn plain_end(bytes: &[u8], from: usize) -> usize {
    const STEP: usize = 32;
    let rest = bytes.get(from..).unwrap_or_default();
    // one look at a step of plain ASCII: a loop over all its bytes becomes a few wide instructions
    let odd = |&byte: &u8| {
        let outside = byte.wrapping_sub(b' ') >= 0x7f - b' ';
        u8::from(outside) | u8::from(byte == b'"') | u8::from(byte == b'\\')
    };
    let mut at = 0;
    for step in rest.as_chunks::<STEP>().0 {
        if step.iter().fold(0, |any, byte| any | odd(byte)) != 0
            && let Some(found) = step.iter().position(|&byte| LOOK[byte as usize])
        {
            return from + at + found;
        }
        at += STEP;
    }
    let last = rest.get(at..).unwrap_or_default();
    let found = last.iter().position(|&byte| LOOK[byte as usize]);
    from + at + found.unwrap_or(last.len())
}

fn needs_json_escape(c: char) -> bool {
    matches!(c, '"' | '\\') || c.is_control() || is_bidi(c) || is_invisible(c) || is_separator(c)
}

fn json_escape(c: char, into: &mut Vec<u8>) {
    match c {
        '"' => into.extend_from_slice(b"\\\""),
        '\\' => into.extend_from_slice(b"\\\\"),
        '\n' => into.extend_from_slice(b"\\n"),
        '\r' => into.extend_from_slice(b"\\r"),
        '\t' => into.extend_from_slice(b"\\t"),
        c => {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                into.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        }
    }
}

/// One line of text for a terminal or a text file: no control character, no override, no line break.
///
/// Breaks and tabs become a space, other controls their picture (`␛`), what steers direction `�`; what is invisible is
/// left out. At most [`MARKS`] combining marks follow one another.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    // dashes, typographic quotation marks, the ellipsis: all of them show
    let plain = |c: char| {
        matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}') || (c.is_alphanumeric() && c > '\u{9f}')
    };
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        let combining = unicode_width::UnicodeWidthChar::width(c) == Some(0);
        marks = if combining { marks + 1 } else { 0 };
        match c {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' => out.push(' '),
            c if is_separator(c) => out.push(' '),
            c if c < ' ' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            c if c.is_control() || is_bidi(c) => out.push('\u{fffd}'),
            c if is_invisible(c) || marks > MARKS => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Combining marks that may stand on one letter; more only serve to draw over other lines.
pub const MARKS: u32 = 4;

/// A cell of a spreadsheet: one line, and never a formula.
///
/// A cell that starts with `= + - @`, a tab or a carriage return (or the full-width forms, which some locales take for
/// the same) gets an apostrophe in front, the spreadsheets' own mark for "this is text".
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let clean = line(text);
    // what is left out or trimmed on import must not uncover a formula
    let formula = text.starts_with(STARTS) || clean.trim_start().starts_with(STARTS);
    if formula {
        Cow::Owned(format!("'{clean}"))
    } else {
        clean
    }
}

/// A field of tab-separated lines: as it is, but for tabs and line breaks, which become a space.
#[must_use]
pub fn field(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || is_separator(c);
    if text.contains(breaks) {
        Cow::Owned(text.replace(breaks, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Text in the content or a quoted attribute of HTML or XML: no markup, no control character, no override.
#[must_use]
pub fn markup(text: &str) -> Cow<'_, str> {
    let special = |c: char| {
        matches!(c, '<' | '>' | '&' | '"' | '\'' | '`')
            || (c.is_control() && c != '\n')
            || is_bidi(c)
            || is_separator(c)
            || is_invisible(c)
            || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            '\t' | '\r' => out.push(' '),
            c if is_separator(c) => out.push(' '),
            c if is_invisible(c) => {}
            c if special(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// An address that is safe to link to: `http` or `https` with a host, everything else percent-encoded; `None` for the rest.
///
/// The result holds only unreserved and reserved characters of RFC 3986, so that it can stand in a terminal's hyperlink.
/// In HTML it still has to pass [`markup`].
#[must_use]
pub fn link(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let known = ["http", "https"]
        .into_iter()
        .find(|name| scheme.eq_ignore_ascii_case(name))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control() || is_bidi(c))
    {
        return None;
    }
    let mut out = format!("{known}://");
    for byte in rest.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Some(out)
}

/// A property or message of a GitHub workflow command (`::error file=…::…`), which is one line.
#[must_use]
pub fn workflow(text: &str, part: WorkflowPart) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match (c, part) {
            ('%', _) => out.push_str("%25"),
            (':', WorkflowPart::Property) => out.push_str("%3A"),
            (',', WorkflowPart::Property) => out.push_str("%2C"),
            (c, _) => out.push(c),
        }
    }
    out
}

/// Where in a workflow command a text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WorkflowPart {
    /// Between the `::`, after a name and `=`.
    Property,
    /// After the second `::`.
    Message,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn to_json(text: &str) -> String {
        let mut out = Vec::new();
        json(text, &mut out);
        String::from_utf8(out).expect("UTF-8 stays UTF-8")
    }

    #[test]
    fn json_escapes_what_does_harm_and_nothing_else() {
        assert_eq!(to_json("plain – 東京 é"), "\"plain – 東京 é\"");
        assert_eq!(
            to_json("a\"b\\c\nd\u{1b}[2J\u{2028}\u{202e}\u{9b}\u{7f}"),
            r#""a\"b\\c\nd\u001b[2J\u2028\u202e\u009b\u007f""#
        );
        assert_eq!(to_json("\u{e0041}"), r#""\udb40\udc41""#);
    }

    #[test]
    fn a_line_stays_one_line_and_cannot_steer_a_terminal() {
        assert_eq!(line("a\nb\tc\r\nd"), "a b c  d");
        assert_eq!(line("\u{1b}]8;;x\u{7}"), "␛]8;;x␇");
        assert_eq!(line("a\u{202e}b\u{9b}31m"), "a�b�31m");
        assert_eq!(line("a\u{200b}b"), "ab");
        assert_eq!(
            line(&format!("a{}", "\u{301}".repeat(40))).chars().count(),
            5
        );
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for start in [
            "=1",
            "+1",
            "-1",
            "@x",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "\u{200b}=1",
            "\u{feff}=1",
        ] {
            assert!(cell(start).starts_with('\''), "{start:?}");
        }
        assert_eq!(cell("plain - text"), "plain - text");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(
            link("HTTPS://example.org/a?b#c").as_deref(),
            Some("https://example.org/a?b#c")
        );
        assert_eq!(
            link("http://example.org/\u{1b}\\<b>'\"").as_deref(),
            Some("http://example.org/%1B%5C%3Cb%3E%27%22")
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "https://",
            "java\nscript://x",
            "ftp://x/y",
        ] {
            assert_eq!(link(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_workflow_command_stays_one_command() {
        assert_eq!(
            workflow("a,b:c%\n::stop", WorkflowPart::Property),
            "a%2Cb%3Ac%25 %3A%3Astop"
        );
        assert_eq!(
            workflow("a,b\n::error", WorkflowPart::Message),
            "a,b ::error"
        );
    }

    proptest! {
        #[test]
        fn json_is_lossless(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&to_json(&text)).expect("valid JSON"), text);
        }

        #[test]
        fn no_format_lets_a_control_character_through(text in any::<String>()) {
            let harmless = |out: &str| !out.contains(|c: char| c.is_control() || is_bidi(c) || is_separator(c));
            prop_assert!(harmless(&line(&text)));
            prop_assert!(harmless(&cell(&text)));
            prop_assert!(harmless(&to_json(&text)));
            prop_assert!(harmless(&markup(&text).replace('\n', "")));
            prop_assert!(!markup(&text).contains(['<', '>', '"', '\'']));
            prop_assert!(!field(&text).contains(['\t', '\n', '\r']));
        }
    }
}
