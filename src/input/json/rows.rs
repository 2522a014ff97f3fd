//! The rows of a text of JSON Lines, read one after another by one parser, which keeps its memory from row to row.

use std::ops::Range;

use serde_json::de::StrRead;
use serde_json::{Deserializer, StreamDeserializer};

use super::row::Row;

/// Reads rows where lines stand.
pub(super) struct Rows<'a> {
    text: &'a str,
    parser: Option<Parser<'a>>,
}

struct Parser<'a> {
    /// Where it began.
    start: usize,
    /// The end of the line that it read last.
    end: usize,
    stream: StreamDeserializer<'a, StrRead<'a>, Row<'a>>,
}

impl<'a> Rows<'a> {
    /// Those of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, parser: None }
    }

    /// The row that is the whole of a line; `None`: it is something else, or broken.
    pub(super) fn row(&mut self, line: Range<usize>) -> Option<Row<'a>> {
        // a value that reaches over the line's end, or a fault: the next line is read anew
        let mut parser = match self.parser.take().filter(|last| last.end + 1 == line.start) {
            Some(parser) => parser,
            None => Parser {
                start: line.start,
                end: line.end,
                stream: Deserializer::from_str(self.text.get(line.start..)?).into_iter(),
            },
        };
        let row = parser.stream.next()?.ok()?;
        let behind = parser.start + parser.stream.byte_offset();
        if !self.text.get(behind..line.end)?.trim_ascii().is_empty() {
            return None;
        }
        parser.end = line.end;
        self.parser = Some(parser);
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which lines of a text are rows.
    fn read(text: &str) -> Vec<bool> {
        let mut rows = Rows::new(text);
        let mut start = 0;
        let line = |line: &str| {
            let range = start..start + line.len();
            start = range.end + 1;
            rows.row(range).is_some()
        };
        text.split('\n').map(line).collect()
    }

    #[test]
    fn each_line_is_a_row_by_itself() {
        assert_eq!(read("{\"a\":1}\n {\"b\":\"x\\ny\"} \n{}"), [true; 3]);
        assert_eq!(read("{\"a\":1}\n\n{\"b\":2}"), [true, false, true]);
        // over two lines, two on one, broken, no object: none of them is, and the next one is
        assert_eq!(read("{\"a\":1,\n\"b\":2}\n{}"), [false, false, true]);
        assert_eq!(read("{} {}\n{}"), [false, true]);
        assert_eq!(read("{\"a\":\"x\n{}\n[1]\n{}"), [false, true, false, true]);
        assert_eq!(read("{\"a\":1}x\n{}"), [false, true]);
    }
}
