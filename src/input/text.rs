//! Page text → chunks, and a chunk → its pages: cut at form feeds and NULs, decoded.
//!
//! A stream of pages without separators is cut where its first line stands again, once a block is full: pages of
//! one site begin alike. Which of several pages within a block are which is the splitter's to find.

use std::borrow::Cow;
use std::sync::Arc;

use super::chunks::{Cut, Cutter, Options};
use super::lines::{block, parts, text_at, too_large, utf8};
use super::stream::Stream;
use super::{
    Chunk, Form, Kind, Limits, Page, Paged, Record, Warning, encoding, feed, html, jina, sniff,
};
use crate::article::Place;

/// Lines longer than this do not tell where a page begins.
const LONGEST_OPENING: usize = 200;

/// Bytes of pages that are cut off together, at most: what is made of a block should stay in the cache.
const BLOCK: usize = 256 << 10;

/// Bytes without a separator that show that pages follow one another without.
const LARGE: usize = 256 << 10;

/// Cuts at form feeds and NULs.
#[derive(Default)]
pub(super) struct Texts {
    opening: Option<Arc<Opening>>,
}

/// How the input begins: so may the pages that follow one another without separators.
#[derive(Default)]
struct Opening {
    /// Its first line, with its end.
    line: Vec<u8>,
    /// That and the next on which something stands.
    lines: Vec<u8>,
}

impl Cutter for Texts {
    fn next(&mut self, stream: &mut Stream, options: &Options) -> Cut {
        let opening = self
            .opening
            .get_or_insert_with(|| Arc::new(opening(stream, options)))
            .clone();
        // one without separators is cut at a full block only
        let full = if stream.is_at_start() {
            0
        } else {
            options.block
        };
        let options = Options {
            block: options.block.min(BLOCK),
            ..*options
        };
        let cut = block(stream, &options, |bytes| {
            let cut = memchr::memrchr2(b'\x0c', 0, bytes);
            cut.or_else(|| last_opening(bytes, &opening).filter(|_| bytes.len() >= full))
        });
        cut.map(|cut| {
            cut.map(|(place, bytes)| Chunk {
                separator: b'\x0c',
                ..Chunk::new(place, Kind::Text, bytes)
            })
        })
    }
}

fn opening(stream: &mut Stream, options: &Options) -> Opening {
    stream.fill(options.block.max(2 * LONGEST_OPENING));
    let held = stream.held();
    let start = held.len() - held.trim_ascii_start().len();
    let rest = held.get(start..).unwrap_or_default();
    let line = line_end(rest);
    let next = line.and_then(|end| {
        let behind = rest.get(end..)?;
        let blank = behind.len() - behind.trim_ascii_start().len();
        Some(end + blank + line_end(behind.get(blank..)?)?)
    });
    let until = |end: Option<usize>| rest.get(..end.unwrap_or(0)).unwrap_or_default().to_vec();
    Opening {
        line: until(line),
        lines: until(next),
    }
}

/// Where the first line ends, with its line end; none where it is too long.
fn line_end(text: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'\n', text)?;
    (end <= LONGEST_OPENING).then_some(end + 1)
}

/// The byte before the last line that equals the opening and does not begin the block; or before the opening's first two
/// lines, where the page above ends without a line end.
fn last_opening(bytes: &[u8], opening: &Opening) -> Option<usize> {
    if opening.line.is_empty() || bytes.len() < LARGE {
        return None;
    }
    // an article's worth of text before it
    let half = bytes.len() / 2;
    let behind = bytes.get(half..).unwrap_or_default();
    let at = memchr::memmem::rfind_iter(behind, &opening.line).map(|at| half + at);
    let mut own = at.filter_map(|at| at.checked_sub(1).filter(|&before| before > half));
    let line = own.find(|&before| bytes[before] == b'\n');
    let glued = || {
        let at = memchr::memmem::rfind(behind, &opening.lines).filter(|&at| at > 1)?;
        (!opening.lines.is_empty()).then_some(half + at - 1)
    };
    line.or_else(glued)
}

/// The pages of a chunk of text.
pub(super) fn pages(chunk: &Chunk, limits: Limits) -> Paged<'_> {
    let mut paged = Paged::default();
    let whole = utf8(chunk);
    for (place, part) in parts(chunk) {
        if part.len() as u64 > limits.record {
            paged.skipped.push(too_large(&place, limits.record));
            continue;
        }
        let (text, damaged) = match whole.and_then(|whole| text_at(whole, chunk, &place, part)) {
            Some(text) => (Cow::Borrowed(text), false),
            None => encoding::decode(part, chunk.encoding),
        };
        if damaged {
            paged
                .warnings
                .push(Warning::damaged(place.clone(), chunk.encoding));
        }
        if !chunk.told && other_form(&text, &place, &mut paged) {
            continue;
        }
        page(place, text, &mut paged);
    }
    paged
}

/// Pages of another form may stand between the separators.
fn other_form(text: &str, place: &Place, paged: &mut Paged<'_>) -> bool {
    match sniff::markup(text.trim_start().as_bytes()) {
        Some(Kind::Html) => html::page(text, place, Record::default(), paged),
        Some(Kind::Feed) => feed::pages(text, place, paged),
        _ => return false,
    }
    true
}

/// One page of text.
fn page<'a>(place: Place, text: Cow<'a, str>, paged: &mut Paged<'a>) {
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(
            text.strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text),
        ),
    };
    if text.trim().is_empty() {
        return;
    }
    if let Some(mut pages) = jina::pages(&text, &place) {
        return paged.pages.append(&mut pages);
    }
    paged.pages.push(Page {
        place,
        record: Record::default(),
        form: Form::Dump,
        text,
    });
}

#[cfg(test)]
mod tests {
    use crate::input::testing::{gzip, read, read_with};
    use crate::input::{Form, Limits, Notice, Options};

    #[test]
    fn pages_end_at_form_feeds_and_nuls() {
        let found = read("one\ntwo\n\x0cthree\n\0\n\x0cfour");
        assert_eq!(found.texts(), ["one\ntwo\n", "three\n", "four"]);
        assert_eq!(found.places(), [(0, 1), (9, 3), (18, 5)]);
        assert!(found.pages.iter().all(|page| page.form == Form::Dump));
    }

    #[test]
    fn an_empty_input_is_a_warning() {
        for bytes in ["", "\n \n"] {
            let found = read(bytes);
            assert!(found.pages.is_empty() && found.skipped.is_empty());
            assert_eq!(found.warnings[0].notice, Notice::Empty);
        }
        assert_eq!(read(gzip("")).warnings[0].notice, Notice::Empty);
    }

    #[test]
    fn invalid_bytes_are_replaced_with_a_warning() {
        let found = read(b"good \xe2\x80\x94 page\x0cbad \xff page\x0clast");
        assert_eq!(
            found.texts(),
            ["good \u{2014} page", "bad \u{fffd} page", "last"]
        );
        assert_eq!(found.warnings.len(), 1);
        assert_eq!(found.warnings[0].notice, Notice::Damaged("UTF-8"));
    }

    #[test]
    fn pages_without_separators_are_cut_where_they_begin_alike() {
        let page = format!("Masthead\n{}\n", "A line of the page.\n".repeat(30));
        let options = Options {
            block: 2000,
            ..Options::default()
        };
        let found = read_with(page.repeat(3000), options);
        assert!(found.pages.len() > 3);
        assert!(
            found
                .texts()
                .iter()
                .all(|text| text.starts_with("Masthead\n"))
        );
        assert_eq!(found.texts().concat(), page.repeat(3000));
    }

    #[test]
    fn pages_that_end_without_a_line_end_are_cut_where_they_begin_alike() {
        let page = format!(
            "Masthead\n\nNews\n{}The end",
            "A line of the page.\n".repeat(30)
        );
        let found = read(page.repeat(3000));
        assert!(found.pages.len() > 1);
        let texts = found.texts();
        assert!(
            texts
                .iter()
                .all(|text| text.starts_with("Masthead\n\nNews\n"))
        );
        assert_eq!(texts.concat(), page.repeat(3000));
    }

    #[test]
    fn a_page_over_the_limit_is_passed_over() {
        let options = Options {
            limits: Limits {
                record: 100,
                ..Limits::default()
            },
            block: 16,
            ..Options::default()
        };
        let found = read_with(format!("a\x0c{}\x0cb", "x\n".repeat(500)), options);
        assert_eq!(found.texts(), ["a", "b"]);
        assert_eq!(found.pages[1].place.line, 501);
        assert!(found.bad()[0].contains("--max-record"));
    }
}
