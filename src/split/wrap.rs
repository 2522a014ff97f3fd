//! Lines that belong together: paragraphs that a dumper wrapped at a width, and lines that an extractor broke at the signs
//! between their parts.

use super::furniture;
use super::kind::is_stop;
use super::line::{Line, Marker, is_space};

/// The length at which a dumper wrapped the page's lines; `None` where paragraphs stand on one line.
pub(super) fn wrap_width(lines: &[Line<'_>]) -> Option<u32> {
    let widths = || {
        lines
            .iter()
            .map(|line| line.width)
            .filter(|&width| width > 0)
    };
    // a few headings may be wider than the text
    let spare = (widths().count() / 50).min(SPARE);
    let mut top = [0; SPARE + 1];
    for width in widths() {
        if width > top[spare] {
            let at = top.partition_point(|&wider| wider >= width);
            top.copy_within(at..SPARE, at + 1);
            top[at] = width;
        }
    }
    let (first, widest) = (top[0], top[spare]);
    if !(50..=260).contains(&widest) || first > widest + 16 {
        return None;
    }
    let wide = widths().filter(|&width| width > widest / 2).count();
    let full = |pair: &&[Line<'_>]| {
        pair[0].width + 14 > widest && !pair[1].text.is_empty() && !pair[0].text.ends_with(is_stop)
    };
    let full: Vec<&[Line<'_>]> = lines.windows(2).filter(full).collect();
    // a line of text that was wrapped goes on in small letters more often than not; items of a list do not
    let goes_on = full
        .iter()
        .filter(|pair| {
            pair[1]
                .text
                .starts_with(|c: char| !c.is_uppercase() && !c.is_ascii_digit())
        })
        .count();
    let full = if goes_on * 2 >= full.len() {
        full.len()
    } else {
        0
    };
    (full >= 3 && full * 5 >= wide).then_some(widest)
}

/// Lines that may be wider than the others.
const SPARE: usize = 6;

/// The end of the paragraph that starts at a line.
pub(super) fn paragraph_end(lines: &[Line<'_>], start: usize, wrap: Option<u32>) -> usize {
    let mut end = start + 1;
    let Some(wrap) = wrap else {
        return end;
    };
    while let (Some(above), Some(line)) = (lines.get(end - 1), lines.get(end)) {
        let word = line.text.split(is_space).next().unwrap_or("");
        let fits = above.width + 1 + word.chars().count() as u32 + 3 < wrap;
        let starts = line.marker != Marker::None || line.text.is_empty();
        // an indented line under a full sentence starts a paragraph
        let new = above.text.ends_with(is_stop) && line.indent > above.indent + 1;
        if fits || starts || new || furniture::is_rule(&above.text) {
            break;
        }
        end += 1;
    }
    // a headline and the line below it look like a wrapped paragraph
    let pair = lines
        .get(start..end)
        .filter(|pair| pair.len() == 2)
        .and_then(|pair| pair.last());
    if pair.is_some_and(|second| {
        second.text.starts_with(char::is_uppercase) && !second.text.ends_with(is_stop)
    }) {
        return start + 1;
    }
    end
}

/// Whether only a sign stands on a line that parts words of one line: an extractor broke it there.
pub(super) fn is_separator(line: &Line<'_>) -> bool {
    line.width == 1
        && (matches!(&*line.text, "·" | "|" | "∙" | "⋅" | "•")
            || line.text.is_empty() && line.marker == Marker::Bullet)
}

/// Characters of a part of a line that was broken at its signs.
const PART: u32 = 48;

/// The end of a line that starts at a line and was broken at the signs between its parts: name, `·`, person, `·`, time.
pub(super) fn separated_end(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let is_part =
        |line: &Line<'_>| !line.text.is_empty() && line.width <= PART && !is_separator(line);
    lines.get(start).filter(|line| is_part(line))?;
    let mut end = start + 1;
    while lines.get(end).is_some_and(is_separator) && lines.get(end + 1).is_some_and(is_part) {
        end += 2;
    }
    (end > start + 1).then_some(end)
}
