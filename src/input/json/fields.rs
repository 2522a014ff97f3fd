//! The table of field names: what a name can mean, and in which order names are believed.
//!
//! Names are compared without case, underscores, hyphens, colons and blanks, so that `publishedAt`, `published_at`
//! and `Published At` are one.

use std::sync::LazyLock;

use super::loose::Loose;

/// What a field can be of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Slot {
    Title,
    Body,
    Teaser,
    Url,
    Publisher,
    Published,
    Fetched,
    Author,
    Language,
    Id,
    Agency,
    Crawl,
    Inner,
    Rows,
    Own,
}

/// How many slots there are.
pub(super) const SLOTS: usize = Slot::Own as usize + 1;

const NAMES: [(&str, Slot); SLOTS] = [
    ("title", Slot::Title),
    ("body", Slot::Body),
    ("teaser", Slot::Teaser),
    ("url", Slot::Url),
    ("publisher", Slot::Publisher),
    ("published", Slot::Published),
    ("fetched", Slot::Fetched),
    ("author", Slot::Author),
    ("language", Slot::Language),
    ("id", Slot::Id),
    ("agency", Slot::Agency),
    ("crawl", Slot::Crawl),
    ("inner", Slot::Inner),
    ("rows", Slot::Rows),
    ("own", Slot::Own),
];

/// What a value must look like to fill a slot: clashes of names are resolved by it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    Any,
    Url,
    Word,
    Name,
    Crawl,
    Plain,
    Row,
}

/// A use of a name: the slot, its rank there (0 is believed first), and the shape it asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) slot: Slot,
    pub(super) rank: u8,
    shape: Shape,
}

impl Use {
    /// Whether a value fits; `crawl` says whether its row is one of a web crawl.
    pub(super) fn fits(self, value: &Loose<'_>, crawl: bool) -> bool {
        match self.shape {
            Shape::Any => true,
            Shape::Url => value.text().is_some_and(|text| is_address(text)),
            Shape::Word => value.text().is_some_and(|text| !is_address(text)),
            Shape::Name => match value {
                Loose::Text(text) => !is_address(text),
                Loose::Map(_) | Loose::List(_) => true,
                _ => false,
            },
            Shape::Crawl => crawl,
            Shape::Plain => !crawl,
            Shape::Row => is_row(value),
        }
    }
}

/// Whether an object has a text of its own: an article, and not a publisher.
fn is_row(value: &Loose<'_>) -> bool {
    let Loose::Map(members) = value else {
        return false;
    };
    members
        .iter()
        .filter_map(|(name, _)| look_up(name))
        .flat_map(|name| &name.uses)
        .any(|this| matches!(this.slot, Slot::Body | Slot::Teaser))
}

/// A field name and what it can mean.
#[derive(Debug)]
pub(super) struct Name {
    /// As compared.
    pub(super) text: String,
    /// In the order of the table.
    pub(super) uses: Vec<Use>,
}

/// Longest name that is looked up.
const LONGEST: usize = 32;

/// By the length of the compared name.
static TABLE: LazyLock<Vec<Vec<Name>>> = LazyLock::new(|| read(include_str!("fields.tsv")));

fn read(table: &str) -> Vec<Vec<Name>> {
    let mut by_length: Vec<Vec<Name>> = (0..=LONGEST).map(|_| Vec::new()).collect();
    let mut ranks = [0u8; SLOTS];
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let slot = cells
            .next()
            .and_then(|cell| NAMES.iter().find(|(name, _)| *name == cell));
        let (Some((_, slot)), Some(name), Some(shape)) = (slot, cells.next(), cells.next()) else {
            continue;
        };
        let shape = match shape {
            "url" => Shape::Url,
            "word" => Shape::Word,
            "name" => Shape::Name,
            "crawl" => Shape::Crawl,
            "plain" => Shape::Plain,
            "row" => Shape::Row,
            _ => Shape::Any,
        };
        let rank = &mut ranks[*slot as usize];
        let this = Use {
            slot: *slot,
            rank: *rank,
            shape,
        };
        *rank = rank.saturating_add(1);
        let text: String = name
            .chars()
            .filter_map(|c| compared(c as u8))
            .map(char::from)
            .collect();
        let Some(bucket) = by_length.get_mut(text.len()) else {
            continue;
        };
        match bucket.iter_mut().find(|known| known.text == text) {
            Some(known) => known.uses.push(this),
            None => bucket.push(Name {
                text,
                uses: vec![this],
            }),
        }
    }
    by_length
}

fn compared(byte: u8) -> Option<u8> {
    (!matches!(byte, b'_' | b'-' | b':' | b' ' | b'.')).then(|| byte.to_ascii_lowercase())
}

/// What a field name can mean; `None` for one that is in no table.
pub(super) fn look_up(name: &str) -> Option<&'static Name> {
    if name.len() > LONGEST {
        return None;
    }
    let mut small = [0u8; LONGEST];
    let mut length = 0;
    for byte in name.bytes().filter_map(compared) {
        *small.get_mut(length)? = byte;
        length += 1;
    }
    let small = &small[..length];
    TABLE
        .get(length)?
        .iter()
        .find(|known| known.text.as_bytes() == small)
}

/// Whether a text is an address: a scheme, or a host with a path.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }) || (text.starts_with("www.") && text.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("fields.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        let uses: usize = TABLE.iter().flatten().map(|name| name.uses.len()).sum();
        assert_eq!(uses, lines);
    }

    #[test]
    fn spelling_does_not_matter() {
        for name in [
            "publishedAt",
            "published_at",
            "Published At",
            "PUBLISHED-AT",
        ] {
            assert_eq!(
                look_up(name).map(|name| name.text.as_str()),
                Some("publishedat"),
                "{name}"
            );
        }
        assert!(look_up("something_else").is_none());
        assert!(look_up(&"x".repeat(500)).is_none());
    }

    #[test]
    fn addresses_are_told_from_names() {
        assert!(is_address("https://example.org/a"));
        assert!(is_address("www.example.org/a"));
        assert!(!is_address("The Example: a paper"));
        assert!(!is_address("example.org"));
    }
}
