//! Paragraphs that an extractor glued to each other (`… until Sunday.The harbour office …`): parted by a space again, or two
//! words count as one and two sentences as one.

use std::borrow::Cow;

/// Places that prove that a text is glued: one alone may be a name.
const PROOF: usize = 2;

/// Letters of the word before such a place, at least: shorter ones are abbreviations.
const WORD: usize = 3;

/// The text with a space behind full stops that stand between a small letter and the capital of a word. Borrowed where it has
/// less than two of them.
pub(super) fn parted(text: &str) -> Cow<'_, str> {
    let stops = memchr::memchr_iter(b'.', text.as_bytes());
    let places: Vec<usize> = stops.filter(|&at| is_glued(text, at)).collect();
    if places.len() < PROOF {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len() + places.len());
    let mut start = 0;
    for at in places {
        kept.push_str(text.get(start..=at).unwrap_or(""));
        kept.push(' ');
        start = at + 1;
    }
    kept.push_str(text.get(start..).unwrap_or(""));
    Cow::Owned(kept)
}

fn is_glued(text: &str, at: usize) -> bool {
    // behind most stops stands white space
    let behind = text.as_bytes().get(at + 1);
    if !behind.is_some_and(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        return false;
    }
    let (Some(before), Some(after)) = (text.get(..at), text.get(at + 1..)) else {
        return false;
    };
    let mut next = after.chars();
    let capital = next.next().is_some_and(char::is_uppercase);
    // `A dog`, `The`; not `COM`
    let opens = capital && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    let word = before.chars().rev().take(WORD);
    let small = word.clone().count() == WORD && word.clone().all(char::is_lowercase);
    if !(opens && small) {
        return false;
    }
    let own = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let rest = after.split(char::is_whitespace).next().unwrap_or("");
    !own.contains(['/', '@', ':']) && !own.starts_with("www") && !rest.contains(['/', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_paragraphs_are_parted() {
        assert_eq!(
            parted("The ferry sails again.The harbour is open.A boat left. Two more came."),
            "The ferry sails again. The harbour is open. A boat left. Two more came."
        );
        assert_eq!(
            parted("Паром вышел.Порт открыт снова.Лодка ушла."),
            "Паром вышел. Порт открыт снова. Лодка ушла."
        );
    }

    #[test]
    fn names_and_addresses_stay() {
        for text in [
            "The ferry sails again.The harbour is open.",
            "See www.Harbour.Example.Org and news.Harbour.Example/Path and ann.Lee@harbour.Example",
            "Ann Lee, Ph.D. and the U.S. Navy at 3.5 knots e.g.Tuesday",
        ] {
            assert!(matches!(parted(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
