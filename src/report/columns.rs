//! Words in columns, measured as a terminal shows them: wide characters take two, combining marks none (UAX #11).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    text.width()
}

/// The text padded with spaces to `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The text cut to `columns`, with `…` where something is cut.
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (head, _) = split_at(text, columns.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// Lines of at most `columns`, broken at spaces; a word that is longer than a line is broken where the line ends.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut word = word;
        let mut wide = width(word);
        let gap = usize::from(!current.is_empty());
        if used + gap + wide > columns && !current.is_empty() && breaks_before(word, columns) {
            lines.push(std::mem::take(&mut current));
            used = 0;
        }
        if !current.is_empty() {
            current.push(' ');
            used += 1;
        }
        while used + wide > columns {
            let (head, rest) = split_at(word, columns - used.min(columns));
            let (head, rest) = match (head, current.is_empty()) {
                ("", true) => first_cluster(word),
                _ => (head, rest),
            };
            current.push_str(head);
            (word, wide) = (rest, width(rest));
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
            used = 0;
        }
        current.push_str(word);
        used += wide;
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}

/// Whether a word that does not fit goes to the next line whole. A run of a script without spaces is no word: it
/// fills the line that it starts on.
fn breaks_before(word: &str, columns: usize) -> bool {
    width(word) <= columns / 2 || word.is_ascii()
}

/// As much of the text as fits into `columns`, and the rest.
fn split_at(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += width(cluster);
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// A cluster wider than a line still has to go somewhere.
fn first_cluster(text: &str) -> (&str, &str) {
    let end = text.graphemes(true).next().map_or(0, str::len);
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(width("東京"), 4);
        assert_eq!(pad("東京", 6), "東京  ");
        assert_eq!(truncate("東京都知事", 6), "東京…");
        assert_eq!(truncate("harbour", 7), "harbour");
    }

    #[test]
    fn lines_break_at_spaces_and_in_scripts_without_them_anywhere() {
        assert_eq!(
            wrap("the ferry sails at noon", 10),
            ["the ferry", "sails at", "noon"]
        );
        assert_eq!(wrap("東京都知事選挙", 6), ["東京都", "知事選", "挙"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""; 0]);
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_letter_and_the_width(text in "[a-z東é ]{0,60}", columns in 2usize..20) {
            let lines = wrap(&text, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns));
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&lines.join(" ")), letters(&text));
        }
    }
}
