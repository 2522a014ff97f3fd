//! HTML → lines and what the document says of itself, in one pass over its tokens.
//!
//! No tree is built, so that nesting costs nothing: this is what front pages, fragments and documents too deep for an
//! extractor are read by, and what tells how deep they are.

mod sink;
mod time;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use sink::Sink;

/// A line of the document as a reader would see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::input) struct Line {
    /// Without blanks around it; empty between parts that stand apart.
    pub(in crate::input::html) text: String,
    /// Bytes of it that are links.
    pub(in crate::input::html) linked: usize,
}

impl Line {
    /// Whether it links to another article.
    pub(in crate::input::html) fn is_headline(&self) -> bool {
        self.text.len() >= HEADLINE && self.linked * 10 >= self.text.len() * 9
    }
}

/// Bytes of a linked line that is a headline, at least.
const HEADLINE: usize = 25;

/// Bytes of a line that is a time and no more, at most.
const TIME: usize = 60;

/// Lines between a headline and its time.
const NEAR: usize = 4;

/// See the module.
#[derive(Debug, Default)]
pub(in crate::input) struct Outline {
    pub(in crate::input::html) lines: Vec<Line>,
    /// `meta` and `link` elements: name and content.
    pub(in crate::input::html) metas: Vec<(String, String)>,
    /// Contents of `title`.
    pub(in crate::input::html) title: String,
    /// Contents of each `h1`, with its line.
    pub(in crate::input::html) headings: Vec<(usize, String)>,
    /// JSON-LD scripts.
    pub(in crate::input::html) scripts: Vec<String>,
    /// `lang` of the root element.
    pub(in crate::input::html) language: Option<String>,
    /// Short texts in elements that are called a time or date, with their line.
    pub(in crate::input::html) times: Vec<(usize, String)>,
    /// Most elements open inside one another.
    pub(in crate::input::html) depth: u32,
    /// Start tags.
    pub(in crate::input::html) elements: u32,
}

impl Outline {
    /// Reads a document or a fragment.
    pub(in crate::input) fn of(html: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let mut state = tokenizer.sink.into_state();
        state.end_line();
        while state
            .outline
            .lines
            .last()
            .is_some_and(|line| line.text.is_empty())
        {
            state.outline.lines.pop();
        }
        state.outline
    }

    /// Headlines that link to articles.
    pub(in crate::input::html) fn headlines(lines: &[Line]) -> usize {
        lines.iter().filter(|line| line.is_headline()).count()
    }

    /// Headlines that link to articles, each with a printed time of its own close by.
    pub(in crate::input::html) fn cards(lines: &[Line]) -> usize {
        let is_time = |line: &Line| line.text.len() <= TIME && time::is_time(&line.text);
        let lines: Vec<&Line> = lines.iter().filter(|line| !line.text.is_empty()).collect();
        let mut cards = 0;
        // a headline belongs to one time
        let mut free = 0;
        for (at, line) in lines.iter().enumerate() {
            if !is_time(line) {
                continue;
            }
            let low = at.saturating_sub(NEAR).max(free);
            let near = (low..lines.len().min(at + NEAR + 1))
                .find(|&near| lines.get(near).is_some_and(|line| line.is_headline()));
            if let Some(title) = near {
                cards += 1;
                free = title.max(at) + 1;
            }
        }
        cards
    }

    /// The lines as one text; blank ones stay.
    pub(in crate::input::html) fn text(&self) -> String {
        let size = self.lines.iter().map(|line| line.text.len() + 1).sum();
        let mut text = String::with_capacity(size);
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    /// The lines as paragraphs: blank ones left out.
    pub(in crate::input) fn paragraphs(&self) -> String {
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|line| line.text.as_str())
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_a_reader_sees() {
        let outline = Outline::of(
            "<html lang=en><head><title>T &amp; U</title><style>p {}</style></head><body><nav><a>Menu</a></nav>\
             <h1>The  ferry<br>stops</h1><p>One <b>wo</b>rd &eacute;.<p>Two<script>var a = '<p>';</script></p>\
             <ul><li><a href=x>First link</a><li><a>Second</a><span>Post</span></ul></body>",
        );
        let lines: Vec<_> = outline
            .lines
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(
            lines,
            [
                "The ferry",
                "stops",
                "One word é.",
                "Two",
                "",
                "First link",
                "",
                "Second Post"
            ]
        );
        assert_eq!(outline.title, "T & U");
        assert_eq!(outline.headings[0].1, "The ferrystops");
        assert_eq!(outline.language.as_deref(), Some("en"));
        assert_eq!(outline.lines[5].linked, 10);
        assert_eq!(outline.lines[7].linked, 6);
    }

    #[test]
    fn an_unclosed_menu_does_not_swallow_the_page() {
        let outline = Outline::of("<nav><button>Share<main><p>Text</p>");
        assert_eq!(outline.text(), "Text\n");
    }

    #[test]
    fn depth_is_counted_and_costs_nothing() {
        let deep = format!("{}text", "<div>".repeat(100_000));
        let outline = Outline::of(&deep);
        assert_eq!(outline.depth, 100_000);
        assert_eq!(outline.text(), "text\n");
        let flat = Outline::of(&"<div><p>a<p>b<br></div>".repeat(1000));
        assert_eq!(flat.depth, 1);
    }

    #[test]
    fn a_headline_with_a_time_close_by_is_a_card() {
        let card = "<div><a href=x>Rain floods the old town for the second time</a><p>Daily News<p>3 hours ago</div>";
        assert_eq!(Outline::cards(&Outline::of(&card.repeat(3)).lines), 3);
        let post = "<p>3 hours ago<p>A paragraph of an article that links to nothing, and then another one.";
        assert_eq!(Outline::cards(&Outline::of(&post.repeat(3)).lines), 0);
        let one =
            "<p>3 hours ago<p>4 hours ago<p><a>Rain floods the old town for the second time</a>";
        assert_eq!(Outline::cards(&Outline::of(one).lines), 1);
    }
}
