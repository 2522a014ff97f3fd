//! HTML → the same document without what nobody reads: scripts, styles, drawings, comments, most attributes.
//!
//! Nine tenths of a news page are of that kind, and every later pass (tokens, tree, extractors) costs by the byte. Elements
//! that are emptied stay as empty ones, since extractors look at what stands beside an element.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::tag::{Attribute, Tag, bogus_end, close, comment_end, has_start, tag};

/// See the module.
pub(super) struct Slim<'h> {
    /// The document.
    pub(super) html: Cow<'h, str>,
    /// Parts of it, by their start; one may hold others.
    parts: Vec<(Range<usize>, Part)>,
    /// Where its head starts.
    head: Option<usize>,
}

/// What a reader of the document may do without.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// An element that says what the document is.
    About,
    /// What stands in an element that is no main text: a menu, a form.
    Aside,
}

/// What an extractor is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// All that can be text.
    All,
    /// No menus, forms and pictures: an extractor's own first step.
    Main,
}

/// What an extractor finds instead of a document's own words about itself, so that it does not search all of it for those: we
/// have read them already.
const SAID: &str = "<meta property=og:title content=\"A b\"><meta property=og:author content=\"A B\">\
    <meta property=og:url content=https://a.example/><meta property=og:description content=a>\
    <meta property=og:site_name content=A><meta property=og:image content=https://a.example/a.png>\
    <meta property=og:type content=article><meta property=og:article:tag content=a>\
    <script type=application/ld+json>{\"@type\":\"Article\",\"articleSection\":\"a\"}</script>";

impl<'h> Slim<'h> {
    /// Slims a document; one whose scripts hold scripts is left as it is.
    pub(super) fn of(html: &'h str) -> Self {
        let mut writer = Writer {
            html,
            slim: String::with_capacity(html.len() / 4),
            parts: Vec::new(),
            head: None,
            open: Vec::new(),
            attributes: Vec::new(),
        };
        let done = writer.document();
        let Writer {
            slim, parts, head, ..
        } = writer;
        match done {
            Some(()) => Self {
                html: Cow::Owned(slim),
                parts,
                head,
            },
            None => Self {
                html: Cow::Borrowed(html),
                parts: Vec::new(),
                head: None,
            },
        }
    }

    /// The document for an extractor of the text.
    pub(super) fn content(&self, given: Given) -> String {
        let mut content = String::with_capacity(self.html.len() + SAID.len());
        let mut from = 0;
        if let Some(head) = self.head {
            content.push_str(self.html.get(..head).unwrap_or_default());
            content.push_str(SAID);
            from = head;
        }
        for (range, part) in &self.parts {
            if range.start >= from && (*part == Part::About || given == Given::Main) {
                content.push_str(self.html.get(from..range.start).unwrap_or_default());
                from = range.end;
            }
        }
        content.push_str(self.html.get(from..).unwrap_or_default());
        content
    }
}

/// Elements whose content has no tags and is never text of the page.
const EMPTIED: &[&str] = &["style", "iframe", "noscript", "textarea"];

/// How the word before is read, in its phonetic signs: beside the text, not in it.
const READINGS: &[&str] = &["rt", "rp"];

/// Elements whose content has no tags and is kept.
const VERBATIM: &[&str] = &["title", "xmp", "noembed", "noframes"];

/// Attributes that an extractor or the outline looks at.
const KEPT: &[&str] = &[
    "aria-hidden",
    "charset",
    "class",
    "content",
    "data-component",
    "data-lp-replacement-content",
    "data-preloaded",
    "data-testid",
    "hidden",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "xml:lang",
];

/// JSON-LD with text that an extractor may take for want of any other.
const TEXTS: &[&str] = &[
    "articleBody",
    "reviewBody",
    "recipeInstructions",
    "acceptedAnswer",
    "DiscussionForumPosting",
];

/// Elements with an end tag of their own: what shows whether another one is well nested.
const NESTED: &[&str] = &[
    "article", "details", "div", "dl", "header", "main", "ol", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
];

/// The same, whose content is no main text. Where they stand in a table, a tree builder moves them.
const ASIDES: &[&str] = &[
    "aside", "audio", "button", "dialog", "fieldset", "figure", "footer", "form", "menu", "nav",
    "object", "picture", "select", "video",
];

/// Elements that hold their parts and no text.
const FRAMES: &[&str] = &["table", "tbody", "tfoot", "thead", "tr"];

/// Open elements among which an end tag is looked for.
const NEAR: usize = 100;

struct Writer<'h> {
    html: &'h str,
    slim: String,
    parts: Vec<(Range<usize>, Part)>,
    head: Option<usize>,
    /// Elements of [`NESTED`] and [`ASIDES`], and where their content starts.
    open: Vec<(&'static str, usize)>,
    /// Those of the tag being read.
    attributes: Vec<Attribute<'h>>,
}

impl<'h> Writer<'h> {
    /// All of it; none where it had better be left alone.
    fn document(&mut self) -> Option<()> {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(next) = memchr(b'<', bytes.get(at..)?).map(|found| at + found) {
            self.copy(at..next);
            at = match (bytes.get(next + 1), bytes.get(next + 2)) {
                (Some(b'!'), _) => self.declaration(next),
                (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(next),
                (Some(b'?'), _) | (Some(b'/'), Some(_)) => bogus_end(self.html, next),
                (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(next)?,
                _ => {
                    self.slim.push('<');
                    next + 1
                }
            };
        }
        self.copy(at..bytes.len());
        Some(())
    }

    fn copy(&mut self, range: Range<usize>) {
        self.slim.push_str(self.html.get(range).unwrap_or_default());
    }

    fn tag(&mut self, at: usize) -> Option<Tag<'h>> {
        tag(self.html, at, &mut self.attributes)
    }

    /// A comment is left out, the document's type is kept.
    fn declaration(&mut self, at: usize) -> usize {
        let rest = self.html.get(at + 2..).unwrap_or_default();
        if rest.starts_with("--") {
            return comment_end(self.html, at + 4);
        }
        let end = bogus_end(self.html, at);
        let word = rest.get(..7);
        if word.is_some_and(|word| word.eq_ignore_ascii_case("doctype")) {
            self.copy(at..end);
        }
        end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let Some(tag) = self.tag(at + 2) else {
            return self.html.len();
        };
        let near = self.open.iter().rev().take(NEAR);
        let above = near.enumerate().find(|(_, (open, _))| tag.is(open));
        if let Some((above, (name, start))) = above.map(|(above, open)| (above, *open)) {
            self.open.truncate(self.open.len() - above - 1);
            if above == 0 && ASIDES.contains(&name) {
                self.aside(name, start);
            }
        }
        self.slim.push_str("</");
        self.slim.push_str(tag.name);
        self.slim.push('>');
        tag.end
    }

    /// What was written from `start` on is the content of such an element, well nested.
    fn aside(&mut self, name: &str, start: usize) {
        let content = self.slim.get(start..).unwrap_or_default();
        let framed = self
            .open
            .last()
            .is_some_and(|(name, _)| FRAMES.contains(name));
        // a figure may be a table of the text
        if framed || (name == "figure" && has_start(content, "table")) {
            return;
        }
        let at = self.parts.partition_point(|(part, _)| part.start < start);
        self.parts.insert(at, (start..self.slim.len(), Part::Aside));
    }

    /// Writes a start tag, and what stands in an element without tags; where the document goes on. None: the document had
    /// better be left alone.
    fn start_tag(&mut self, at: usize) -> Option<usize> {
        let Some(tag) = self.tag(at + 1) else {
            return Some(self.html.len());
        };
        let start = self.slim.len();
        if tag.is("script") {
            return self.script(&tag);
        }
        self.write(&tag);
        let is = |name: &&&'static str| tag.is(name);
        if tag.is("meta") || tag.is("link") {
            self.parts.push((start..self.slim.len(), Part::About));
        } else if tag.is("head") {
            self.head = self.head.or(Some(self.slim.len()));
        } else if let Some(name) = NESTED.iter().chain(ASIDES).find(is) {
            self.open.push((name, self.slim.len()));
        } else if READINGS.iter().any(|name| tag.is(name)) {
            return Some(self.reading(&tag));
        }
        let emptied = EMPTIED.iter().any(|name| tag.is(name));
        if !emptied && !VERBATIM.iter().any(|name| tag.is(name)) {
            let drawing = tag.is("svg") && !tag.closed;
            return Some(if drawing { self.drawing(&tag) } else { tag.end });
        }
        let Some(end) = close(self.html, tag.end, tag.name) else {
            return Some(tag.end);
        };
        if !emptied {
            self.copy(tag.end..end);
        }
        Some(end)
    }

    /// A script is emptied, unless it holds linked data.
    fn script(&mut self, script: &Tag<'h>) -> Option<usize> {
        let linked = self
            .attributes
            .iter()
            .any(|attribute| attribute.is("type") && attribute.value.contains("ld+json"));
        let end = close(self.html, script.end, script.name);
        let content = self
            .html
            .get(script.end..end.unwrap_or(self.html.len()))
            .unwrap_or_default();
        // the standard lets a script in a comment in a script hold the end tag of a script
        if let Some(hidden) = content.find("<!--")
            && has_start(content.get(hidden..).unwrap_or_default(), "script")
        {
            return None;
        }
        let start = self.slim.len();
        if linked {
            self.slim.push_str("<script type=application/ld+json>");
            self.slim.push_str(content);
        } else {
            self.slim.push_str("<script>");
        }
        self.slim.push_str("</script>");
        if linked && !TEXTS.iter().any(|name| content.contains(name)) {
            self.parts.push((start..self.slim.len(), Part::About));
        }
        let after = end.and_then(|end| self.tag(end + 2));
        Some(after.map_or(self.html.len(), |tag| tag.end))
    }

    /// A reading is emptied where it holds nothing but text; where the document goes on.
    fn reading(&self, tag: &Tag<'h>) -> usize {
        let rest = self.html.get(tag.end..).unwrap_or_default();
        match rest.find('<') {
            Some(end) if rest.get(end..).is_some_and(|tag| tag.starts_with("</")) => tag.end + end,
            _ => tag.end,
        }
    }

    /// A drawing is emptied where its end is plain to see; where the document goes on.
    fn drawing(&self, tag: &Tag<'h>) -> usize {
        let Some(end) = close(self.html, tag.end, tag.name) else {
            return tag.end;
        };
        let content = self.html.get(tag.end..end).unwrap_or_default();
        if has_start(content, "svg") {
            tag.end
        } else {
            end
        }
    }

    /// A start tag with the attributes that are kept.
    fn write(&mut self, tag: &Tag<'h>) {
        self.slim.push('<');
        self.slim.push_str(tag.name);
        for attribute in &self.attributes {
            let Attribute { value, whole, .. } = attribute;
            let hides = value.contains("display") || value.contains("hidden");
            if KEPT.iter().any(|name| attribute.is(name))
                || (hides && attribute.is("style"))
                || (tag.is("link") && attribute.is("href"))
            {
                self.slim.push(' ');
                self.slim.push_str(whole);
            } else if attribute.is("href") {
                // that it is a link, and whether to a place in the page
                let place = value.starts_with('#');
                self.slim
                    .push_str(if place { " href=#" } else { " href=/" });
            }
        }
        self.slim.push_str(if tag.closed { " />" } else { ">" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slim(html: &str) -> String {
        Slim::of(html).html.into_owned()
    }

    #[test]
    fn how_a_word_is_read_is_not_text() {
        assert_eq!(
            slim("<ruby>東<rp>(</rp><rt>ひがし</rt><rp>)</rp></ruby>へ<rt>a<b>c</b>"),
            "<ruby>東<rp></rp><rt></rt><rp></rp></ruby>へ<rt>a<b>c</b>"
        );
    }

    #[test]
    fn what_nobody_reads_is_left_out() {
        assert_eq!(
            slim(
                "<!DOCTYPE html><html lang=en data-x=1><style>p {}</style><body onload='go(\"<p>\")'><!-- <p>no</p> -->\
                 <p class=\"a b\" data-y='>'>One <a href='https://a.example/x'>two</a><img src=a alt=b /><script>'<p>'</script> three"
            ),
            "<!DOCTYPE html><html lang=en><style></style><body><p class=\"a b\">One <a href=/>two</a><img /><script></script> three"
        );
        assert_eq!(
            slim("a<svg viewBox='0'><path d='M0'/></svg>b<noscript><img src=x></noscript>c"),
            "a<svg></svg>b<noscript></noscript>c"
        );
        assert_eq!(
            slim("<a href='#n' style='display:none'>n</a>"),
            "<a href=# style='display:none'>n</a>"
        );
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in ["1 < 2 <3 and <", "&lt;p&gt;", "<title>a <b> c</title>", ""] {
            assert_eq!(slim(text), text);
        }
        // the standard drops a tag that the document ends in
        assert_eq!(slim("text<p class='a"), "text");
        assert_eq!(
            slim("a<!-->b<!--->c<!-- d --!>e<?php f ?>g</ h>i"),
            "abcegi"
        );
        assert_eq!(slim("a<!-- without end"), "a");
        assert_eq!(slim("a<svg>no end <p>b"), "a<svg>no end <p>b");
        assert_eq!(slim("<p é='ü' class=ä>ö</p>"), "<p class=ä>ö</p>");
    }

    #[test]
    fn what_a_document_says_of_itself_is_apart() {
        let page = "<meta name=a content=b><script type='application/ld+json'>{\"headline\": \"T\"}</script><p>x";
        let slim = Slim::of(page);
        assert_eq!(
            slim.html,
            "<meta name=a content=b><script type=application/ld+json>{\"headline\": \"T\"}</script><p>x"
        );
        assert_eq!(slim.content(Given::All), "<p>x");
        let told = "<script type=application/ld+json>{\"articleBody\": \"Text\"}</script>";
        assert_eq!(Slim::of(told).content(Given::All), told);
        let headed = Slim::of("<head><title>T</title></head>").content(Given::All);
        assert_eq!(headed, format!("<head>{SAID}<title>T</title></head>"));
    }

    #[test]
    fn menus_and_forms_are_apart_where_they_are_well_nested() {
        let main = |html: &str| Slim::of(html).content(Given::Main);
        assert_eq!(
            main("<nav><ul><li>a<nav>b</nav><meta name=c></ul></nav>d<form>e<p>f</form>"),
            "<nav></nav>d<form></form>"
        );
        for kept in [
            "<div><form></div>text</form>",
            "<table><form><tr><td>text</form></table>",
            "<nav><div>text</nav>",
            "<figure><table><tr><td>1</td></tr></table></figure>",
            "<nav>text",
        ] {
            assert_eq!(main(kept), kept);
        }
        assert_eq!(Slim::of("<nav>a</nav>").content(Given::All), "<nav>a</nav>");
    }

    #[test]
    fn a_script_with_scripts_is_left_to_the_tokenizer() {
        let page = "<script><!-- <script>a</script> --></script><p data-x=1>";
        assert_eq!(slim(page), page);
    }
}
