//! Headlines of other articles, one below the other, that an extractor took for text → the text without them.

use std::collections::HashSet;

use super::outline::Outline;

/// Headlines that make a list.
const FEWEST: usize = 3;

/// Bytes of a time or a label between two of them.
const BETWEEN: usize = 40;

/// The text without its lists of links, unless most of it is links.
pub(super) fn without_lists(body: String, outline: &Outline) -> String {
    let links: HashSet<&str> = outline
        .lines
        .iter()
        .filter(|line| line.is_headline())
        .map(|line| line.text.as_str())
        .collect();
    let lines: Vec<&str> = body.lines().collect();
    let mut kept = String::with_capacity(body.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = list(&lines, at, &links);
        if end == at {
            kept.push_str(line);
            kept.push('\n');
        }
        at = end.max(at + 1);
    }
    kept.truncate(kept.trim_end().len());
    if kept.len() * 2 < body.len() {
        return body;
    }
    kept
}

/// Where a list ends that begins with this line; where it begins if there is none.
fn list(lines: &[&str], start: usize, links: &HashSet<&str>) -> usize {
    let is_link = |at: usize| lines.get(at).is_some_and(|line| links.contains(line));
    let is_short = |at: usize| lines.get(at).is_some_and(|line| line.len() <= BETWEEN);
    let (mut count, mut at) = (0, start);
    while is_link(at) || (count > 0 && is_short(at) && is_link(at + 1)) {
        count += usize::from(is_link(at));
        at += 1;
    }
    if count < FEWEST { start } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The river left its bed on Monday night and filled the cellars of the old town, the fire brigade said, and the \
                         mayor called for a higher wall along the market.";
    const LINKS: [&str; 3] = [
        "Ferry stays in the harbour for a week",
        "School opens an hour late after the storm",
        "Bridge below the mill is closed again",
    ];

    fn without(links: &[&str]) -> String {
        let list: Vec<String> = links
            .iter()
            .map(|link| format!("<li><a href=/x>{link}</a>"))
            .collect();
        let outline = Outline::of(&format!(
            "<p>{STORY}<p>{STORY}<ul>{}</ul><p>{STORY}",
            list.concat()
        ));
        let body = [&[STORY, STORY], links, &[STORY]].concat().join("\n");
        without_lists(body, &outline)
    }

    #[test]
    fn headlines_that_link_elsewhere_are_no_text() {
        let text = [STORY; 3].join("\n");
        assert_eq!(without(&LINKS), text);
        // two links may stand in a text
        assert_ne!(without(&LINKS[..2]), text);
    }

    #[test]
    fn times_may_stand_between_them() {
        let [a, b, c] = LINKS;
        let outline = Outline::of(&format!(
            "<p>{STORY}<p><a>{a}</a><p>1 hour ago<p><a>{b}</a><p>2 hours ago<p><a>{c}</a>"
        ));
        let body = [STORY, a, "1 hour ago", b, "2 hours ago", c].join("\n");
        assert_eq!(without_lists(body, &outline), STORY);
    }
}
