//! JSON that other programs write and parsers refuse → JSON: `NaN`, raw line ends in strings, halves of surrogate
//! pairs, unknown escapes, commas before a closing bracket.

/// The repaired text; `None` where there is nothing to repair.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            out.push('"');
            rest = string(&rest[1..], &mut out, &mut changed);
        } else if let Some(length) = not_a_number(rest) {
            out.push_str("null");
            rest = &rest[length..];
            changed = true;
        } else {
            if matches!(c, ']' | '}') && out.trim_end().ends_with(',') {
                out.truncate(out.trim_end().len() - 1);
                changed = true;
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    changed.then_some(out)
}

fn not_a_number(rest: &str) -> Option<usize> {
    ["NaN", "-Infinity", "Infinity", "-NaN", "undefined"]
        .iter()
        .find(|name| rest.starts_with(**name))
        .map(|name| name.len())
}

/// Copies a string up to and with its closing quote; gives what is behind it.
fn string<'t>(text: &'t str, out: &mut String, changed: &mut bool) -> &'t str {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                out.push('"');
                return &rest[1..];
            }
            '\\' => rest = escape(rest, out, changed),
            c if c < ' ' => {
                out.push_str(match c {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    '\r' => "\\r",
                    _ => " ",
                });
                *changed = true;
                rest = &rest[1..];
            }
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    rest
}

/// Copies one escape; gives what is behind it.
fn escape<'t>(rest: &'t str, out: &mut String, changed: &mut bool) -> &'t str {
    match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
            out.push_str(&rest[..2]);
            &rest[2..]
        }
        Some(b'u') => match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => {
                out.push_str(&rest[..12]);
                &rest[12..]
            }
            (Some(0xd800..=0xdfff), _) => {
                out.push_str("\\ufffd");
                *changed = true;
                &rest[6..]
            }
            (Some(_), _) => {
                out.push_str(&rest[..6]);
                &rest[6..]
            }
            (None, _) => {
                *changed = true;
                &rest[1..]
            }
        },
        // the backslash of an unknown escape goes
        _ => {
            *changed = true;
            &rest[1..]
        }
    }
}

/// The UTF-16 unit of an escape `\uXXXX` that stands here.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parsers_refuse_is_repaired() {
        for (text, expected) in [
            (r#"{"a": NaN, "b": -Infinity}"#, r#"{"a": null, "b": null}"#),
            ("{\"a\": \"one\ntwo\"}", r#"{"a": "one\ntwo"}"#),
            (
                r#"{"a": "x\ud83d y\ud83d\ude00"}"#,
                r#"{"a": "x\ufffd y\ud83d\ude00"}"#,
            ),
            (r#"{"a": "it\'s"}"#, r#"{"a": "it's"}"#),
            (r#"{"a": [1, 2, ], }"#, r#"{"a": [1, 2]}"#),
        ] {
            assert_eq!(repaired(text).as_deref(), Some(expected));
        }
        for text in [r#"{"a": "NaN, ]", "b": [1]}"#, "", "\"", "\"\\"] {
            let fixed = repaired(text);
            assert!(fixed.is_none() || text == "\"\\", "{fixed:?}");
        }
    }
}
