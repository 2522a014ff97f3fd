//! Numbers of links that text browsers print in front of their words (`[12]Rain floods the town`): told by a page that counts
//! them.

use std::sync::LazyLock;

use memchr::memmem::{Finder, find};

/// How the first link of a page starts.
static FIRST: LazyLock<Finder> = LazyLock::new(|| Finder::new("[1]"));

/// Links that must be counted in order.
const LINKS: usize = 5;

/// Whether a page counts its links: each number right in front of a word, one behind the other.
pub(super) fn numbered(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(mut at) = FIRST.find(bytes) else {
        return false;
    };
    let mut words = 0;
    for number in 1..=LINKS {
        let mark = format!("[{number}]");
        let Some(found) = bytes.get(at..).and_then(|rest| find(rest, mark.as_bytes())) else {
            return false;
        };
        at += found + mark.len();
        // a note stands behind the words: `the river[1] rose`
        words += usize::from(
            text.get(at..)
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric)),
        );
    }
    words * 2 > LINKS
}

/// A line without these numbers; `None` where it has none.
pub(super) fn without(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut from = 0;
    for (open, _) in text.match_indices('[') {
        let digits = text
            .get(open + 1..)?
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let close = open + 1 + digits;
        let behind = text.as_bytes().get(close + 1);
        let fits = (1..=3).contains(&digits)
            && text.as_bytes().get(close) == Some(&b']')
            && behind.is_some_and(|c| !c.is_ascii_whitespace());
        if fits && open >= from {
            kept.push_str(text.get(from..open)?);
            from = close + 1;
        }
    }
    (from > 0).then(|| kept + text.get(from..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_counts_its_links() {
        assert!(numbered(
            "[1]Home [2]News\nBy [3]Ann Lee\nThe [4]river rose. [5]More"
        ));
        assert!(!numbered(
            "The river[1] rose[2] in the[3] night[4] again[5]."
        ));
        assert!(!numbered("[1]Home"));
    }

    #[test]
    fn the_numbers_go_and_the_words_stay() {
        assert_eq!(
            without("By [9]Tom Ashdown").as_deref(),
            Some("By Tom Ashdown")
        );
        assert_eq!(
            without("[12]chain twice, [13]twice").as_deref(),
            Some("chain twice, twice")
        );
        assert_eq!(without("the list [sic] of [1]"), None);
    }
}
