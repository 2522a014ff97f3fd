//! RSS, Atom and RDF → a page an item, times as printed, at the item's own place.
//!
//! Read as events, so that nothing nests or grows: entities that a document defines itself are never expanded
//! (billion laughs), and what is not well-formed ends the feed where it stands.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::html::{self, Outline};
use super::moment::moment;
use super::{Form, Notice, Page, Paged, Record, Warning, bad_record};
use crate::article::{Place, Role, SkipReason, Skipped};

/// The text of an element, by its name in small letters.
type Field = (String, String);

/// What a feed or an item says of itself.
#[derive(Debug, Default)]
struct Node {
    fields: Vec<Field>,
    /// Where its element starts.
    start: usize,
}

impl Node {
    /// The first of some names that says something.
    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.fields
                .iter()
                .find(|(known, text)| known == name && !text.trim().is_empty())
                .map(|(_, text)| text.trim())
        })
    }

    fn text(&self, names: &[&str]) -> Option<Cow<'static, str>> {
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
struct Scan {
    /// Names of the open elements, in small letters.
    path: Vec<String>,
    feed: Node,
    item: Option<(usize, Node)>,
    items: Vec<Node>,
    open: Option<Open>,
    entities: bool,
}

/// Elements deeper than this are no part of a feed.
const DEEPEST: usize = 64;

/// The pages of one feed.
pub(super) fn pages(text: &str, place: &Place, paged: &mut Paged<'_>) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut scan = Scan::default();
    let broken = loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let after = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Ok(Event::Eof) => break None,
            Ok(event) => scan.event(&event, text, before, after),
            Err(error) => break Some((before, error.to_string())),
        }
    };
    if scan.entities {
        paged.warnings.push(Warning {
            place: place.clone(),
            notice: Notice::Entities,
        });
    }
    let found = scan.items.len();
    give(&scan, text, place, paged);
    if !is_closed(text) {
        let at = broken.map_or(text.len(), |(at, _)| at);
        let reason = format!(
            "truncated: the feed ends early; the {found} whole items before are kept; fetch it again"
        );
        paged.skipped.push(failed(place, text, at, reason));
    } else if let Some((at, error)) = broken {
        let reason = format!(
            "corrupt: the feed is not well-formed ({error}); the {found} items before are kept; fetch it again"
        );
        paged.skipped.push(failed(place, text, at, reason));
    } else if found == 0 {
        let reason = "a feed without items: nothing to read in it".to_owned();
        paged.skipped.push(bad_record(place, reason));
    }
}

/// Whether the end of the root element stands near the end.
fn is_closed(text: &str) -> bool {
    let tail: String = text.trim_end().chars().rev().take(400).collect();
    let tail: String = tail.chars().rev().collect::<String>().to_ascii_lowercase();
    ["</rss", "</feed", "</rdf:rdf", "</channel", "</atom:feed"]
        .iter()
        .any(|end| tail.contains(end))
}

fn failed(place: &Place, text: &str, at: usize, reason: String) -> Skipped {
    Skipped {
        place: at_byte(place, text, at),
        reason: SkipReason::Input(reason),
    }
}

fn at_byte(place: &Place, text: &str, at: usize) -> Place {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    Place {
        source: place.source.clone(),
        offset: place.offset + before.len() as u64,
        line: place.line + memchr::memchr_iter(b'\n', before).count() as u64,
    }
}

impl Scan {
    fn event(&mut self, event: &Event<'_>, text: &str, before: usize, after: usize) {
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

/// The text of what may be HTML; one line.
fn plain(text: &str) -> String {
    let text = text.trim();
    if text.contains(['<', '&']) {
        let lines = Outline::of(text).paragraphs();
        return lines.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pages of all items, in their order.
fn give(scan: &Scan, text: &str, place: &Place, paged: &mut Paged<'_>) {
    let feed = &scan.feed;
    let publisher = feed.get(&["title"]).map(plain);
    let fetched = feed
        .get(&["lastbuilddate", "pubdate", "updated", "dc:date"])
        .and_then(moment);
    let language = feed.text(&["language", "dc:language"]);
    let mut at = place.clone();
    let mut passed = 0;
    for item in &scan.items {
        // line ends are counted once, from item to item
        at = at_byte(
            &at,
            text.get(passed..).unwrap_or_default(),
            item.start - passed,
        );
        passed = item.start;
        let Some((record, body)) = article(item, publisher.as_deref()) else {
            let reason = "a feed item without title and text: nothing to read in it".to_owned();
            paged.skipped.push(bad_record(&at, reason));
            continue;
        };
        let record = Record {
            fetched,
            language: record.language.or_else(|| language.clone()),
            ..record
        };
        paged.pages.push(Page {
            place: at.clone(),
            record,
            form: Form::Body,
            text: Cow::Owned(body),
        });
    }
}

fn article(item: &Node, feed: Option<&str>) -> Option<(Record<'static>, String)> {
    let source = item
        .get(&["source"])
        .map(plain)
        .filter(|name| !name.is_empty());
    let publisher = source
        .or_else(|| item.get(&["dc:publisher", "dc:source"]).map(plain))
        .or_else(|| feed.map(str::to_owned));
    let title = item
        .get(&["title", "media:title"])
        .map(plain)
        .filter(|title| !title.is_empty());
    let title = title.map(|title| without_publisher(&title, publisher.as_deref()).to_owned());
    let full = item
        .get(&["content:encoded", "content", "fulltext", "full-text"])
        .map(lines);
    let teaser = item
        .get(&[
            "description",
            "summary",
            "media:description",
            "itunes:summary",
        ])
        .map(lines)
        .filter(|text| !repeats(text, title.as_deref(), publisher.as_deref()));
    let full = full.filter(|text| text.len() >= teaser.as_ref().map_or(0, String::len));
    let partial = full.is_none() && teaser.is_some();
    let body = full.or(teaser).unwrap_or_default();
    if title.is_none() && body.is_empty() {
        return None;
    }
    let record = Record {
        id: item.text(&["guid", "id"]),
        url: item
            .get(&["link", "feedburner:origlink"])
            .or_else(|| {
                item.get(&["guid", "id"])
                    .filter(|id| id.starts_with("http"))
            })
            .map(|url| Cow::Owned(url.to_owned())),
        title: title.map(Cow::Owned),
        publisher: publisher.map(Cow::Owned),
        author: item
            .get(&["dc:creator", "author"])
            .map(|name| Cow::Owned(plain(name))),
        published: item.text(&[
            "pubdate",
            "published",
            "dc:date",
            "issued",
            "date",
            "updated",
            "modified",
        ]),
        language: item.text(&["dc:language", "language"]),
        partial,
        role: Some(Role::Listed),
        ..Record::default()
    };
    Some((record, body))
}

/// The paragraphs of a content that may be HTML.
fn lines(text: &str) -> String {
    if html::is_html(text) || text.contains('&') || text.contains('<') {
        return Outline::of(text).paragraphs();
    }
    text.trim().to_owned()
}

/// Google News and its like: a description that only repeats the title and the publisher.
fn repeats(text: &str, title: Option<&str>, publisher: Option<&str>) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let said = words(title.unwrap_or_default());
    let rest = words(text);
    let publisher = words(publisher.unwrap_or_default());
    let tail = rest.strip_prefix(said.as_slice());
    !said.is_empty() && tail.is_some_and(|tail| tail.is_empty() || tail == publisher.as_slice())
}

/// `T - P` → `T`, only where P is the publisher.
fn without_publisher<'t>(title: &'t str, publisher: Option<&str>) -> &'t str {
    publisher
        .filter(|name| !name.is_empty())
        .and_then(|name| title.strip_suffix(name))
        .and_then(|rest| {
            rest.strip_suffix(" - ")
                .or_else(|| rest.strip_suffix(" | "))
        })
        .filter(|rest| !rest.trim().is_empty())
        .unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use crate::article::Role;
    use crate::input::Notice;
    use crate::input::testing::read;

    const RSS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Coast &amp; Sea</title>\n\
        <image><title>Logo</title></image><lastBuildDate>Sun, 17 Aug 2025 03:00:00 GMT</lastBuildDate>\n\
        <item><title><![CDATA[Ferry stops - Harbour Post]]></title><link>https://h.example/a?x=1&amp;y=2</link>\n\
        <description>&lt;p&gt;First &amp;amp; last.&lt;/p&gt;&lt;p&gt;Next.&lt;/p&gt;</description><source url=\"https://h.example\">Harbour Post</source>\n\
        <pubDate>Seg, 24 Set 2018 19:42:40 -0300</pubDate><guid isPermaLink=\"false\">g1</guid></item>\n\
        <item><title>Other</title><content:encoded><![CDATA[<p>The whole story of it.</p>]]></content:encoded><description>Teaser</description></item>\n\
        </channel></rss>\n";

    #[test]
    fn items_of_rss_are_articles_at_their_own_places() {
        let found = read(RSS);
        assert_eq!(
            found.texts(),
            ["First & last.\nNext.", "The whole story of it."]
        );
        let first = &found.pages[0].record;
        assert_eq!(first.title.as_deref(), Some("Ferry stops"));
        assert_eq!(first.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!(
            first.published.as_deref(),
            Some("Seg, 24 Set 2018 19:42:40 -0300")
        );
        assert_eq!(first.url.as_deref(), Some("https://h.example/a?x=1&y=2"));
        assert_eq!(first.id.as_deref(), Some("g1"));
        assert_eq!(first.role, Some(Role::Listed));
        assert!(first.partial && first.fetched.is_some());
        let second = &found.pages[1];
        assert_eq!(second.record.publisher.as_deref(), Some("Coast & Sea"));
        assert!(!second.record.partial);
        for page in &found.pages {
            let at = page.place.offset as usize;
            assert!(RSS[at..].starts_with("<item>"));
            assert_eq!(
                page.place.line as usize,
                RSS[..at].matches('\n').count() + 1
            );
        }
        assert!(found.skipped.is_empty(), "{:?}", found.skipped);
    }

    #[test]
    fn atom_and_rdf_are_read_too() {
        let atom = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Coast</title><entry><title type='html'>A &amp;amp; B</title>\
            <link rel='self' href='https://no'/><link href='https://c.example/a'/><id>tag:1</id><updated>2025-08-17T03:00:00Z</updated>\
            <author><name>A. Bee</name></author><content type='xhtml'><div><p>One.</p><p>Two.</p></div></content></entry></feed>",
        );
        assert_eq!(atom.texts(), ["One.\nTwo."]);
        let record = &atom.pages[0].record;
        assert_eq!(record.title.as_deref(), Some("A & B"));
        assert_eq!(record.url.as_deref(), Some("https://c.example/a"));
        assert_eq!(record.author.as_deref(), Some("A. Bee"));
        let rdf = read(
            "<rdf:RDF><channel><title>Coast</title></channel><item rdf:about='x'><title>T</title><description>D e f</description><dc:date>2025-08-17</dc:date></item></rdf:RDF>",
        );
        assert_eq!(rdf.texts(), ["D e f"]);
        assert_eq!(rdf.pages[0].record.publisher.as_deref(), Some("Coast"));
        assert_eq!(rdf.pages[0].record.published.as_deref(), Some("2025-08-17"));
    }

    #[test]
    fn a_description_that_repeats_the_title_is_no_text() {
        let found = read(
            "<rss><channel><title>\"ferry\" - Search News</title><item><title>A - B ferry stops - Harbour Post</title>\
            <description>&lt;a href=\"x\"&gt;A - B ferry stops&lt;/a&gt;&amp;nbsp;&lt;font&gt;Harbour Post&lt;/font&gt;</description>\
            <source url=\"x\">Harbour Post</source></item></channel></rss>",
        );
        assert_eq!(found.texts(), [""]);
        assert_eq!(
            found.pages[0].record.title.as_deref(),
            Some("A - B ferry stops")
        );
        assert!(!found.pages[0].record.partial);
    }

    #[test]
    fn entities_of_a_document_are_not_expanded() {
        let laughs: String = (1..10)
            .map(|n| {
                [
                    "<!ENTITY l",
                    &n.to_string(),
                    " \"",
                    &format!("&l{};", n - 1).repeat(10),
                    "\">",
                ]
                .concat()
            })
            .collect();
        let found = read(format!(
            "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"ha\">{laughs}]><rss><channel><item><title>T &l9;</title><description>Text</description></item></channel></rss>"
        ));
        assert_eq!(found.texts(), ["Text"]);
        assert_eq!(found.warnings[0].notice, Notice::Entities);
    }

    #[test]
    fn a_feed_that_ends_early_keeps_its_whole_items() {
        let cut = &RSS[..RSS.find("<item><title>Other").unwrap() + 30];
        let found = read(cut);
        assert_eq!(found.pages.len(), 1);
        assert!(
            found.failed()[0].contains("truncated"),
            "{:?}",
            found.skipped
        );
        let none = read("<rss><channel><title>x</title></channel></rss>");
        assert!(none.bad()[0].contains("without items"));
    }
}
