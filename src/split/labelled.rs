//! Exports of readers and archives that print each part of an article behind its name: `Title: …`, `Date: …`, `Feed: …`,
//! `Author: …`, the text below. A block of such lines with a title in it opens an article; two blocks at least prove the form.

use std::ops::Range;
use std::sync::LazyLock;

use super::kind::Kind;
use super::label::floor;
use super::look::Traits;
use super::page::Draft;
use super::unit::Unit;
use crate::article::Role;
use crate::wire::table::Table;

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Title,
    Time,
    Publisher,
    Byline,
    Other,
}

impl Field {
    fn parse(part: &str) -> Option<Self> {
        Some(match part {
            "title" => Self::Title,
            "time" => Self::Time,
            "publisher" => Self::Publisher,
            "byline" => Self::Byline,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Bytes of the longest name.
const NAME: usize = 24;

/// Other lines between two of a block.
const APART: usize = 1;

/// The parts by their names in small letters.
static NAMES: LazyLock<Table<Field>> = LazyLock::new(|| {
    let rows = include_str!("fields.tsv").lines();
    let rows = rows.filter_map(|row| row.split_once('\t'));
    Table::new(rows.filter_map(|(part, name)| Some((name.to_owned(), Field::parse(part)?))))
});

/// The field that a line names, and where its value starts.
pub(super) fn field(unit: &Unit<'_>) -> Option<(Field, usize)> {
    if !unit.may(Traits::COLON)
        || matches!(unit.kind, Kind::Prose | Kind::Rule | Kind::Count) && unit.chars > 400
    {
        return None;
    }
    let head = head(&unit.text);
    let end = colon(head)?;
    let sign = head.get(end..)?.chars().next()?.len_utf8();
    let name = head.get(..end)?.trim();
    let field = NAMES.get_lower(name)?;
    let value = unit.text.get(end + sign..)?;
    let spaced = value.starts_with([' ', '\t']) || sign > 1 || value.is_empty();
    let start = unit.text.len() - value.trim_start().len();
    spaced.then_some((*field, start))
}

/// The start of a text, in which the name of a field stands.
pub(super) fn head(text: &str) -> &str {
    floor(text, NAME + 3)
}

/// Where the first colon of a text stands, or the wide one (U+FF1A).
pub(super) fn colon(text: &str) -> Option<usize> {
    // the first byte of the wide one
    const WIDE: u8 = 0xef;
    let at = memchr::memchr2_iter(b':', WIDE, text.as_bytes());
    at.into_iter().find(|&at| {
        text.get(at..)
            .is_some_and(|rest| rest.starts_with([':', '：']))
    })
}

/// A block of named lines: its units, and where its title stands.
struct Block {
    units: Range<usize>,
    fields: Vec<(usize, Field, usize)>,
}

/// The articles of a page that names their parts; none where fewer than two have a title and another part.
pub(super) fn drafts(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Draft> {
    // most pages have no title so named
    let named = |at: &usize| {
        units
            .get(*at)
            .and_then(field)
            .is_some_and(|(field, _)| field == Field::Title)
    };
    if part.clone().filter(named).take(2).count() < 2 {
        return Vec::new();
    }
    let blocks = blocks(units, part);
    if blocks.len() < 2 {
        return Vec::new();
    }
    let ends = blocks
        .iter()
        .skip(1)
        .map(|block| block.units.start)
        .chain([part.end]);
    blocks
        .iter()
        .zip(ends)
        .map(|(block, end)| draft(units, block, end))
        .collect()
}

fn blocks(units: &[Unit<'_>], part: &Range<usize>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for at in part.clone() {
        let Some((field, start)) = units.get(at).and_then(field) else {
            continue;
        };
        let open = blocks.last_mut().filter(|block| {
            let again = block.fields.iter().any(|known| known.1 == field);
            at <= block.units.end + APART && (field == Field::Other || !again)
        });
        match open {
            Some(block) => {
                block.units.end = at + 1;
                block.fields.push((at, field, start));
            }
            None => blocks.push(Block {
                units: at..at + 1,
                fields: vec![(at, field, start)],
            }),
        }
    }
    // a word with a colon inside a text is no block
    blocks.retain(|block| {
        block.fields.len() >= 2 && block.fields.iter().any(|known| known.1 == Field::Title)
    });
    blocks
}

fn draft(units: &[Unit<'_>], block: &Block, end: usize) -> Draft {
    let value = |wanted: Field| {
        let (at, _, start) = block.fields.iter().find(|known| known.1 == wanted)?;
        let text = units.get(*at)?.text.get(*start..)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let body = (block.units.end..end).filter(|&at| {
        units
            .get(at)
            .is_some_and(|unit| matches!(unit.kind, Kind::Prose | Kind::Short))
    });
    Draft {
        role: Role::Listed,
        title: value(Field::Title),
        publisher: value(Field::Publisher),
        time: value(Field::Time),
        byline: value(Field::Byline),
        signed: None,
        body: body.collect(),
        tail: Vec::new(),
        head: block.units.clone().collect(),
        weak: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    fn read(text: &str) -> Vec<Draft> {
        testing::read(text, drafts)
    }

    #[test]
    fn an_export_is_read_by_the_names_of_its_parts() {
        let one = |n: u32| {
            format!(
                "Feed: Harbour Post\nTitle: Ferry {n} runs again\nAuthor: Ann Lee\nDate: Mon, 10 Mar 2025 14:05:00 +0000\n\nThe ferry ran again on Tuesday, the office said. It had stopped in May.\n\n----\n\n"
            )
        };
        let drafts = read(&(one(1) + &one(2)));
        assert_eq!(drafts.len(), 2);
        let last = &drafts[1];
        assert_eq!(last.title.as_deref(), Some("Ferry 2 runs again"));
        assert_eq!(last.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!(last.byline.as_deref(), Some("Ann Lee"));
        assert_eq!(
            last.time.as_deref(),
            Some("Mon, 10 Mar 2025 14:05:00 +0000")
        );
        assert_eq!(last.body.len(), 1);
    }

    #[test]
    fn one_such_line_in_a_text_is_none() {
        assert!(read("Title: a word that the board disliked\nThe ferry ran again.").is_empty());
        assert!(
            read("Date: May 3\nThe ferry ran.\nTitle: none\n\nTitle: still none\nIt ran.")
                .is_empty()
        );
    }
}
