//! The lines that a document prints around its headline, between menus and text. What they say is the splitter's to tell.

use super::meta::collapse;
use super::outline::Outline;
use crate::input::Near;

/// Lines that are kept below the headline, and above it.
const BELOW: usize = 14;
const ABOVE: usize = 4;

/// Bytes of a line that may tell a time or who signed.
const LONGEST: usize = 200;

/// Bytes of the text in which a line shows that the text has begun.
const START: usize = 600;

/// The lines near the headline; none where it is not printed.
pub(super) fn near(outline: &Outline, title: Option<&str>, body: &str) -> Near {
    let Some(at) = title.and_then(|title| headline(outline, title)) else {
        return Near::default();
    };
    let mut end = body.len().min(START);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let start = body.get(..end).unwrap_or_default();
    let text = |at: usize| outline.lines.get(at).map(|line| line.text.as_str());
    let line = |at: usize| text(at).filter(|line| !line.is_empty() && line.len() <= LONGEST);
    let is_text = |line: &str| {
        line.chars().take(START).count() >= SENTENCE && start.contains(line)
            || line.len() > LONGEST && start.starts_with(head(line))
    };
    let below = (at + 1..outline.lines.len())
        .take_while(|&at| text(at).is_none_or(|line| !is_text(line)))
        .filter_map(line)
        .take(BELOW);
    let above = (0..at).rev().take(3 * ABOVE).filter_map(line).take(ABOVE);
    Near {
        below: below.map(str::to_owned).collect(),
        above: above.map(str::to_owned).collect(),
    }
}

/// Characters of a line that is a sentence of the text.
const SENTENCE: usize = 30;

/// The first words of a long line.
fn head(line: &str) -> &str {
    line.char_indices()
        .nth(SENTENCE)
        .and_then(|(end, _)| line.get(..end))
        .unwrap_or(line)
}

/// The line of the headline: a heading, else a line that is the title.
pub(super) fn headline(outline: &Outline, title: &str) -> Option<usize> {
    let is_title = |text: &str| collapse(text) == title;
    let mut headings = outline.headings.iter();
    let heading = headings.find(|(_, text)| is_title(text)).map(|&(at, _)| at);
    heading.or_else(|| outline.lines.iter().position(|line| is_title(&line.text)))
}
