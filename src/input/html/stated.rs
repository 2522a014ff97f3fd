//! The text that a document states of itself (`articleBody` of its JSON-LD) and the one that was extracted → the better one.
//!
//! A stated text has no furniture, but is often cut, or its letters are escaped twice. So it is believed where it agrees
//! with the page: it tells which paragraphs of the extracted text are the article's, and gives what the extractor missed.

use std::collections::HashSet;

use super::outline::Outline;
use crate::text;

/// Tokens that are compared as one: enough to tell a sentence from other sentences with its words.
const GRAM: usize = 3;

/// Grams of a text that can say anything about another.
const FEWEST: usize = 60;

/// Share of a paragraph that stands in a text which has it, in percent; below the second it has nothing of it.
const HELD: usize = 70;
const STRANGE: usize = 30;

/// Bytes of a crosshead.
const CROSSHEAD: usize = 60;

/// Percent of the stated text that an extracted one holds where both are the same.
const SAME: usize = 85;

/// Percent of it that an extracted one holds at most where it is a part or something else, and its least length in
/// percent of the extracted one's.
const PART: usize = 70;
const LONGER: usize = 130;

/// The text of the article: `found`, without what the stated text has nothing of, or the stated text where it has much more.
pub(super) fn settled(found: String, stated: &str, outline: &Outline) -> String {
    let stated = plain(stated);
    let whole = grams(&stated);
    if whole.len() < FEWEST {
        return found;
    }
    let own = grams(&found);
    let held = percent(whole.intersection(&own).count(), whole.len());
    if held >= SAME && ends_whole(&stated) {
        return without_strange(found, &whole, own.len());
    }
    if held < PART && whole.len() * 100 >= own.len() * LONGER {
        return printed(&whole, outline).unwrap_or(stated);
    }
    found
}

/// The stated text without markup, a paragraph a line.
fn plain(stated: &str) -> String {
    if !stated.contains(['<', '&']) {
        return stated.to_owned();
    }
    Outline::of(&stated.replace('\n', "<p>")).paragraphs()
}

/// A text that was cut ends within a sentence.
fn ends_whole(stated: &str) -> bool {
    let end = stated.trim_end_matches(|c: char| c.is_whitespace() || "\"”“»’')]」』".contains(c));
    end.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟']) && !end.ends_with("..")
}

/// The paragraphs of a text but those that are strange to the stated one, if these are the lesser part. A crosshead above
/// a paragraph stays: stated texts have none.
fn without_strange(found: String, stated: &HashSet<u64>, all: usize) -> String {
    let strange = |line: &str| {
        let grams = grams(line);
        let held = grams.intersection(stated).count();
        percent(held, grams.len()) < STRANGE
    };
    let lines: Vec<(&str, bool)> = found.lines().map(|line| (line, strange(line))).collect();
    let below = lines
        .iter()
        .skip(1)
        .map(|(_, strange)| *strange)
        .chain([true]);
    let (mut kept, mut lost) = (Vec::with_capacity(lines.len()), 0);
    for ((line, strange), below) in lines.iter().zip(below) {
        let crosshead = !below && !kept.is_empty() && line.len() <= CROSSHEAD;
        if !strange || crosshead {
            kept.push(*line);
        } else {
            lost += grams(line).len();
        }
    }
    if lost == 0 || lost * 2 > all {
        return found;
    }
    kept.join("\n")
}

/// The lines of the page that stand in the stated text, if they hold it.
fn printed(stated: &HashSet<u64>, outline: &Outline) -> Option<String> {
    let mut missing = stated.clone();
    let mut text = String::new();
    for line in &outline.lines {
        let grams = grams(&line.text);
        let held = grams.intersection(stated).count();
        let new = grams.iter().filter(|gram| missing.remove(gram)).count();
        if new > 0 && percent(held, grams.len()) >= HELD {
            text.push_str(&line.text);
            text.push('\n');
        }
    }
    let held = stated.len() - missing.len();
    (percent(held, stated.len()) >= SAME).then_some(text)
}

fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

/// Every run of [`GRAM`] tokens; of fewer tokens the one they are.
fn grams(body: &str) -> HashSet<u64> {
    let tokens: Vec<u64> = text::document(body)
        .tokens
        .iter()
        .map(|token| token.hash)
        .collect();
    let join = |run: &[u64]| {
        run.iter().fold(0u64, |all, token| {
            all.rotate_left(21).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ token
        })
    };
    let size = GRAM.min(tokens.len().max(1));
    tokens.windows(size).map(join).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 4] = [
        "The river left its bed on Monday night and filled the cellars of the old town once more, the fire brigade said.",
        "The mayor asked everybody who lives along the market to stay away until the water has gone back to the river.",
        "Sixty cellars were counted by the morning, and the pumps of three villages were on their way to the bridge.",
        "The school below the mill opens an hour later, and the ferry does not run before the end of the week.",
    ];

    fn page(lines: &[&str]) -> Outline {
        Outline::of(&format!("<p>{}</p>", lines.join("</p><p>")))
    }

    #[test]
    fn what_the_stated_text_has_nothing_of_is_left_out() {
        let promo = "Get the letters of our editors every morning, with all that is new in town.";
        let found = [&LINES[..2], &[promo], &LINES[2..]].concat().join("\n");
        let stated = LINES.join(" ");
        assert_eq!(
            settled(found.clone(), &stated, &page(&LINES)),
            LINES.join("\n")
        );
        // a text that was cut says nothing of what stands below its end
        let cut = format!("{} {} Sixty cellars were", LINES[0], LINES[1]);
        assert_eq!(settled(found.clone(), &cut, &page(&LINES)), found);
    }

    #[test]
    fn what_the_extractor_missed_is_taken_from_the_lines_of_the_page() {
        let stated = LINES.join(" ").replace('g', "&#103;");
        let outline = page(&["Menu", LINES[0], LINES[1], "Read more", LINES[2], LINES[3]]);
        let text = settled(LINES[1].to_owned(), &stated, &outline);
        assert_eq!(text.trim_end(), LINES.join("\n"));
        // where the page does not print it, it is all there is
        let stated = LINES.join("\n");
        assert_eq!(settled(String::new(), &stated, &page(&["Menu"])), stated);
    }
}
