//! Events of a feed's markup → what the feed and its items say of themselves, field by field.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::item::plain;

/// The text of an element, by its name in small letters.
type Field = (String, String);

/// What a feed or an item says of itself.
#[derive(Debug, Default)]
pub(super) struct Node {
    fields: Vec<Field>,
    /// Where its element starts.
    pub(super) start: usize,
}

impl Node {
    /// The first of some names that says something.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.fields
                .iter()
                .find(|(known, text)| known == name && !text.trim().is_empty())
                .map(|(_, text)| text.trim())
        })
    }

    pub(super) fn text(&self, names: &[&str]) -> Option<Cow<'static, str>> {
        self.get(names).map(|text| Cow::Owned(text.to_owned()))
    }
}

/// An element whose text is being read.
struct Open {
    name: String,
    depth: usize,
    text: String,
    /// Where its content starts, for content with elements in it.
    start: usize,
    mixed: bool,
}

#[derive(Default)]
pub(super) struct Scan {
    /// Names of the open elements, in small letters.
    pub(super) path: Vec<String>,
    pub(super) feed: Node,
    item: Option<(usize, Node)>,
    pub(super) items: Vec<Node>,
    open: Option<Open>,
    pub(super) entities: bool,
}

/// Elements deeper than this are no part of a feed.
const DEEPEST: usize = 64;

impl Scan {
    pub(super) fn event(&mut self, event: &Event<'_>, text: &str, before: usize, after: usize) {
        match event {
            Event::Start(tag) => self.start(tag, before, after),
            Event::Empty(tag) => {
                self.start(tag, before, after);
                self.end(text, before);
            }
            Event::End(_) => self.end(text, before),
            Event::Text(part) => self.append(part),
            Event::CData(part) => self.append(part),
            Event::GeneralRef(name) => self.append(&resolved(name)),
            Event::DocType(doctype) => self.entities |= doctype.contains("<!ENTITY"),
            _ => {}
        }
    }

    fn append(&mut self, part: &str) {
        if let Some(open) = &mut self.open {
            open.text.push_str(part);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, before: usize, after: usize) {
        let name = tag.name().as_ref().to_ascii_lowercase();
        let depth = self.path.len();
        if depth >= DEEPEST {
            // counted, not kept
            self.path.push(String::new());
            return;
        }
        if matches!(local(&name), "item" | "entry") && self.item.is_none() {
            let node = Node {
                fields: Vec::new(),
                start: before,
            };
            self.item = Some((depth, node));
        } else if let Some(open) = &mut self.open {
            open.mixed = true;
        } else if self.is_field(depth) {
            self.attributes(&name, tag);
            self.open = Some(Open {
                name: name.clone(),
                depth,
                text: String::new(),
                start: after,
                mixed: false,
            });
        }
        self.path.push(name);
    }

    /// Whether an element at this depth is a field of the item, or of the feed outside of items.
    fn is_field(&self, depth: usize) -> bool {
        let parent = self.path.last().map(|name| local(name));
        match (&self.item, parent) {
            // an author's name stands one deeper
            (Some((at, _)), _) => depth == at + 1,
            (None, Some("channel" | "feed")) => true,
            _ => false,
        }
    }

    fn node(&mut self) -> &mut Node {
        match &mut self.item {
            Some((_, node)) => node,
            None => &mut self.feed,
        }
    }

    /// Addresses that stand in attributes.
    fn attributes(&mut self, name: &str, tag: &BytesStart<'_>) {
        let get = |wanted: &str| {
            tag.html_attributes()
                .flatten()
                .find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(wanted))
                .map(|attribute| {
                    attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
                })
        };
        let relation = get("rel").unwrap_or_else(|| "alternate".to_owned());
        if name == "link"
            && relation == "alternate"
            && let Some(address) = get("href")
        {
            self.node().fields.push(("link".to_owned(), address));
        }
        if name == "source"
            && let Some(address) = get("url")
        {
            self.node().fields.push(("source@url".to_owned(), address));
        }
    }

    fn end(&mut self, text: &str, before: usize) {
        self.path.pop();
        let depth = self.path.len();
        if self.open.as_ref().is_some_and(|open| open.depth >= depth)
            && let Some(open) = self.open.take()
        {
            let inner = text.get(open.start..before).unwrap_or_default();
            let value = match local(&open.name) {
                "author" | "contributor" if open.mixed => inside(inner, "name"),
                "source" if open.mixed => inside(inner, "title"),
                // a picture of the feed has a title, too
                "image" | "textinput" => String::new(),
                _ if open.mixed => inner.to_owned(),
                _ => open.text,
            };
            self.node().fields.push((open.name, value));
        }
        if self.item.as_ref().is_some_and(|(at, _)| *at >= depth)
            && let Some((_, node)) = self.item.take()
        {
            self.items.push(node);
        }
    }
}

/// The text of the first element of a name in some markup.
fn inside(markup: &str, name: &str) -> String {
    let start = format!("<{name}");
    markup
        .find(&start)
        .and_then(|at| markup.get(at + start.len()..))
        .and_then(|rest| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</"))
        .map(|(text, _)| plain(text))
        .unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A character or one of XML's own entities; all others stay as written.
fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = name;
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}
