//! What each token adds to an outline: lines and their links, what the document says of itself.

use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::{Line, Outline, time};

#[derive(Default)]
pub(super) struct Sink {
    state: RefCell<State>,
}

impl Sink {
    pub(super) fn into_state(self) -> State {
        self.state.into_inner()
    }
}

/// What text is being kept for, besides the line.
#[derive(Default)]
enum Raw {
    #[default]
    None,
    Title,
    JsonLd,
    Dropped,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) outline: Outline,
    line: Line,
    raw: Raw,
    /// An element whose content is not read, and how many of its name are open.
    skipped: Option<(String, u32)>,
    links: u32,
    heading: Option<String>,
    time: Option<(String, u32, String)>,
    open: u32,
    /// A tag stands between the last text and the next.
    parted: bool,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements that have no content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that an open one of their kind ends: they do not nest by themselves.
const CLOSED_BY_THE_NEXT: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "option", "body", "html",
];

/// Elements whose content nobody reads.
const SKIPPED: &[&str] = &[
    "noscript", "template", "svg", "math", "object", "select", "button", "nav", "dialog",
    "datalist", "audio", "video",
];

/// Elements that end the skipping of an unclosed one.
const READ_AGAIN: &[&str] = &["body", "main", "article", "h1"];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "html",
    "legend",
    "main",
    "menu",
    "option",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "time",
];

/// Elements that stand apart from their neighbours.
const PARTS: &[&str] = &[
    "article", "aside", "figure", "hr", "li", "ol", "section", "tr", "ul",
];

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.outline.elements = self.outline.elements.saturating_add(1);
        if !tag.self_closing && !VOID.contains(&name) && !CLOSED_BY_THE_NEXT.contains(&name) {
            self.open += 1;
            self.outline.depth = self.outline.depth.max(self.open);
        }
        if let Some(raw) = self.raw_start(tag) {
            return TokenSinkResult::RawData(raw);
        }
        if let Some((skipped, count)) = &mut self.skipped {
            if READ_AGAIN.contains(&name) {
                self.skipped = None;
            } else {
                *count += u32::from(skipped == name && !tag.self_closing);
                return TokenSinkResult::Continue;
            }
        }
        match name {
            "html" => {
                let language = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
                self.outline.language = language;
            }
            "meta" => self.meta(tag),
            "link" => self.link(tag),
            "a" => self.links = 1,
            "br" => self.end_line(),
            "h1" => self.heading = Some(String::new()),
            _ if SKIPPED.contains(&name) && !tag.self_closing => {
                self.skipped = Some((name.to_owned(), 1));
            }
            _ => {}
        }
        self.bound(name);
        self.time_start(tag);
        TokenSinkResult::Continue
    }

    /// Elements whose content has no tags.
    fn raw_start(&mut self, tag: &Tag) -> Option<RawKind> {
        let name: &str = &tag.name;
        let (raw, kind) = match name {
            "script" => {
                let data = attribute(tag, "type").is_some_and(|kind| kind.contains("ld+json"));
                let raw = if data { Raw::JsonLd } else { Raw::Dropped };
                if data {
                    self.outline.scripts.push(String::new());
                }
                (raw, RawKind::ScriptData)
            }
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => (Raw::Dropped, RawKind::Rawtext),
            // the first one outside of pictures is the document's
            "title" if self.skipped.is_none() && self.outline.title.is_empty() => {
                (Raw::Title, RawKind::Rcdata)
            }
            "title" | "textarea" => (Raw::Dropped, RawKind::Rcdata),
            _ => return None,
        };
        self.raw = raw;
        Some(kind)
    }

    fn end(&mut self, name: &str) {
        if !CLOSED_BY_THE_NEXT.contains(&name) && !VOID.contains(&name) {
            self.open = self.open.saturating_sub(1);
        }
        if !matches!(self.raw, Raw::None) {
            self.raw = Raw::None;
            return;
        }
        if let Some((skipped, count)) = &mut self.skipped {
            if skipped == name {
                *count -= 1;
                if *count == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match name {
            "a" => self.links = 0,
            "h1" => {
                if let Some(text) = self.heading.take().filter(|text| !text.trim().is_empty()) {
                    let at = self.outline.lines.len();
                    self.outline.headings.push((at, text.trim().to_owned()));
                }
            }
            _ => {}
        }
        self.time_end(name);
        self.bound(name);
    }

    /// A start or end tag ends the line, or parts words.
    fn bound(&mut self, name: &str) {
        if PARTS.contains(&name) {
            self.end_line();
            if self
                .outline
                .lines
                .last()
                .is_some_and(|line| !line.text.is_empty())
            {
                self.outline.lines.push(Line::default());
            }
        } else if BLOCKS.contains(&name) {
            self.end_line();
        } else if matches!(name, "span" | "a") {
            self.parted = true;
        }
    }

    pub(super) fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if !line.text.is_empty() {
            self.outline.lines.push(line);
        }
        self.parted = false;
    }

    fn text(&mut self, text: &str) {
        match self.raw {
            Raw::Title => self.outline.title.push_str(text),
            Raw::JsonLd => {
                if let Some(script) = self.outline.scripts.last_mut() {
                    script.push_str(text);
                }
            }
            Raw::None if self.skipped.is_none() => {
                // two links or spans side by side are two words, not one
                if std::mem::take(&mut self.parted)
                    && self.line.text.ends_with(char::is_alphanumeric)
                    && text.starts_with(char::is_alphanumeric)
                {
                    self.line.text.push(' ');
                }
                let before = self.line.text.len();
                append(&mut self.line.text, text);
                if self.links > 0 {
                    self.line.linked += self.line.text.len() - before;
                }
                if let Some(heading) = &mut self.heading {
                    append(heading, text);
                }
                if let Some((_, _, time)) = &mut self.time
                    && time.len() < 200
                {
                    append(time, text);
                }
            }
            Raw::None | Raw::Dropped => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|name| attribute(tag, name));
        if let (Some(name), Some(content)) = (name, attribute(tag, "content")) {
            self.outline
                .metas
                .push((name.to_ascii_lowercase(), content));
        } else if let Some(charset) = attribute(tag, "charset") {
            self.outline.metas.push(("charset".to_owned(), charset));
        }
    }

    fn link(&mut self, tag: &Tag) {
        if let (Some(rel), Some(href)) = (attribute(tag, "rel"), attribute(tag, "href"))
            && rel.eq_ignore_ascii_case("canonical")
        {
            self.outline.metas.push(("canonical".to_owned(), href));
        }
    }

    /// An element that is called a time or date starts.
    fn time_start(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if let Some((open, count, _)) = &mut self.time
            && name != "time"
        {
            *count += u32::from(open == name);
            return;
        }
        if time::is_called(tag) {
            self.time = Some((name.to_owned(), 1, String::new()));
        }
    }

    fn time_end(&mut self, name: &str) {
        let Some((open, count, text)) = &mut self.time else {
            return;
        };
        if open != name {
            return;
        }
        *count -= 1;
        if *count > 0 {
            return;
        }
        let text = time::unlabelled(text.trim()).to_owned();
        self.time = None;
        if (4..=60).contains(&text.chars().count()) && time::is_time(&text) {
            self.outline.times.push((self.outline.lines.len(), text));
        }
    }
}

/// Appends text with runs of blanks as one.
fn append(to: &mut String, text: &str) {
    let blank = |c: char| c.is_whitespace() || c == '\u{a0}';
    for (nth, word) in text.split(blank).enumerate() {
        if nth > 0 && !to.is_empty() && !to.ends_with(' ') {
            to.push(' ');
        }
        to.push_str(word);
    }
}

pub(super) fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.trim().to_owned())
        .filter(|value| !value.is_empty())
}
