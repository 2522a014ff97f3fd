//! Whether a document is an article page or a front page: its text is no row of teasers, and it says so, its headline stands
//! above its text, or the text outweighs the headlines around it.

use std::collections::HashSet;
use std::ops::Range;

use super::meta::Said;
use super::near;
use super::outline::{Line, Outline};
use crate::text::count_words;

/// Words that make an extracted text an article's.
const FEWEST_WORDS: u32 = 40;

/// Headlines that make a list.
const FEWEST_HEADLINES: usize = 10;

/// Bytes of long paragraphs for each headline of an article page, and of one that calls itself a list.
const HEADLINE: usize = 60;
const LISTED: usize = 400;

/// Cards that make a list.
const FEWEST_CARDS: usize = 3;

/// Bytes of long paragraphs for each card of a page that is an article with other articles' cards.
const CARD: usize = 150;

/// Lines below headlines of their own that make a list, and the bytes of each, at most.
const FEWEST_TEASERS: usize = 4;
const TEASER: usize = 350;

/// Bytes of text without a headline of others in between that an article has.
const STRETCH: usize = 700;

/// Bytes of a long paragraph.
const LONG: usize = 200;

/// Bytes of text for each headline and each card of the page, where the article's own headline stands above the text: an
/// intro to a list has less.
const AROUND: usize = 5;
const CARD_AROUND: usize = 25;

/// Bytes of a heading that is a headline and no name of a section.
const TITLE: usize = 25;

/// Bytes of a line that shows where on the page a text stands.
const TELLING: usize = 60;

/// Whether the extracted text is that of an article; `title` is the headline.
pub(super) fn is_article(outline: &Outline, body: &str, title: Option<&str>, said: Said) -> bool {
    if count_words(body) < FEWEST_WORDS || is_list(outline, body) {
        return false;
    }
    said == Said::Article || outweighs(outline, body, said) || is_headed(outline, body, title)
}

/// Whether the text is the teasers of a list: most of its lines stand below a headline of their own or begin with it, and
/// are short.
fn is_list(outline: &Outline, body: &str) -> bool {
    let told = told(body);
    let links = outline.lines.iter().filter(|line| line.is_headline());
    let begun: HashSet<&[u8]> = links.filter_map(|line| start(&line.text)).collect();
    let (mut lines, mut headed, mut between) = (0, 0, 0);
    let (mut run, mut longest) = (0, 0);
    for line in &outline.lines {
        if line.is_headline() {
            between += 1;
        } else if told.contains(line.text.as_str()) {
            if between > 0 {
                headed += usize::from(lines > 0);
                run = 0;
            }
            run += line.text.len();
            longest = longest.max(run);
            lines += 1;
            between = 0;
        }
    }
    let glued = |line: &&&str| start(line).is_some_and(|start| begun.contains(start));
    let glued = told.iter().filter(glued).count();
    let lines = lines.max(told.len());
    let headed = headed.max(glued);
    headed >= FEWEST_TEASERS
        && headed * 3 >= lines
        && longest < STRETCH
        && bytes(body, TELLING) < headed * TEASER
}

/// The first bytes of a headline, or of a line that may begin with one.
fn start(line: &str) -> Option<&[u8]> {
    line.as_bytes().get(..TITLE)
}

/// Whether the text has more to say than the headlines and cards of the page.
fn outweighs(outline: &Outline, body: &str, said: Said) -> bool {
    let headlines = Outline::headlines(&outline.lines);
    let cards = Outline::cards(&outline.lines);
    let long = bytes(body, LONG);
    let weight = if said == Said::List { LISTED } else { HEADLINE };
    (headlines < FEWEST_HEADLINES || long > headlines * weight)
        && (cards < FEWEST_CARDS || long > cards * CARD)
}

/// Whether a headline stands above the text, and no list between its first line and its last: those of other articles
/// stand around the text of an article, and between the teasers of a front page.
fn is_headed(outline: &Outline, body: &str, title: Option<&str>) -> bool {
    let Some(stretch) = heading(outline, title).and_then(|at| stretch(outline, at + 1, body))
    else {
        return false;
    };
    let text = outline.lines.get(stretch.clone()).unwrap_or_default();
    let prose = bytes(body, TELLING);
    prose > Outline::headlines(text) * HEADLINE
        && prose > Outline::cards(text) * CARD
        && prose > Outline::headlines(&outline.lines) * AROUND
        && prose > Outline::cards(&outline.lines) * CARD_AROUND
}

/// Bytes of the lines that have at least so many.
fn bytes(body: &str, least: usize) -> usize {
    body.lines()
        .map(str::len)
        .filter(|length| *length >= least)
        .sum()
}

/// The line of the headline: that of the title, else of the only heading. Blogs link theirs to themselves; any other line
/// that links is a card's.
fn heading(outline: &Outline, title: Option<&str>) -> Option<usize> {
    let length = |at: usize| outline.lines.get(at).map_or(0, |line| line.text.len());
    let links = |at: usize| outline.lines.get(at).is_some_and(|line| line.linked > 0);
    let titled = title
        .and_then(|title| near::headline(outline, title))
        .filter(|&at| outline.headings.iter().any(|(heading, _)| *heading == at) || !links(at));
    let only = || match outline.headings.as_slice() {
        [(at, _)] if !links(*at) => Some(*at),
        _ => None,
    };
    titled.or_else(only).filter(|&at| length(at) >= TITLE)
}

/// The lines of a text that are long enough to be told from others.
fn told(body: &str) -> HashSet<&str> {
    body.lines().filter(|line| line.len() >= TELLING).collect()
}

/// The lines of the page from the first to the last that stands in the text, of those from `from` on.
fn stretch(outline: &Outline, from: usize, body: &str) -> Option<Range<usize>> {
    let told = told(body);
    let is_told = |line: &Line| told.contains(line.text.as_str());
    let lines = outline.lines.get(from..)?;
    let first = lines.iter().position(is_told)?;
    let last = lines.iter().rposition(is_told)?;
    Some(from + first..from + last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_news(html: &str, body: &str) -> bool {
        let title = "Rain floods the old town again";
        is_article(&Outline::of(html), body, Some(title), Said::List)
    }

    fn card(n: usize) -> String {
        format!(
            "<div><a href=/x>Ferry number {n} stays in the harbour</a><p>{n} hours ago</p></div>"
        )
    }

    #[test]
    fn a_headline_above_its_text_makes_an_article_whatever_stands_around_it() {
        let lines = [
            "The river left its bed on Monday night and filled the cellars of the old town once more.",
            "The mayor asked everybody who lives along the market to stay away until the water has gone.",
            "The fire brigade counted sixty cellars, and said that its pumps would run until the morning.",
            "The bridge below the mill stays closed, and the school is going to open an hour later.",
        ];
        let text = format!("<p>{}</p>", lines.join("</p><p>"));
        let cards = (2..14).map(card).collect::<Vec<_>>().concat();
        let head = "<h1>Rain floods the old town again</h1>";
        let article = format!("{head}{text}{cards}");
        assert!(is_news(&article, &lines.join("\n")));
        // the same lines, each below a headline of its own, are the teasers of a list
        let teaser = |(n, line)| format!("{}<p>{line}</p>", card(n + 2).repeat(3));
        let teasers: Vec<String> = lines.iter().enumerate().map(teaser).collect();
        let teasers = teasers.concat();
        assert!(!is_news(&format!("{head}{teasers}"), &lines.join("\n")));
        assert!(!is_news(
            &format!("<h1>Town</h1>{text}{cards}"),
            &lines.join("\n")
        ));
    }

    #[test]
    fn words_of_scripts_without_spaces_count() {
        let line = "川は月曜の夜に堤防を越え、旧市街の地下室を水で満たしたと消防が発表した。市長は住民に市場の近くへ行かないよう求めた。";
        let body = [line; 3].join("\n");
        let html = format!("<h1>旧市街で洪水、市長が呼びかけ</h1><p>{line}<p>{line}<p>{line}");
        let outline = Outline::of(&html);
        assert!(is_article(&outline, &body, None, Said::Article));
    }
}
