//! RSS, Atom and RDF → a page an item, times as printed, at the item's own place.
//!
//! Read as events, so that nothing nests or grows: entities that a document defines itself are never expanded
//! (billion laughs), and what is not well-formed ends the feed where it stands.

mod item;
mod scan;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::{Notice, Paged, Warning, bad_record};
use crate::article::{Place, SkipReason, Skipped};
use item::give;
use scan::Scan;

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
