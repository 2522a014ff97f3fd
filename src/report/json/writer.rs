//! JSON in the making: keys, items and commas, in a buffer that is written out as it fills. No tree.

use std::fmt::Display;
use std::io::{self, Write};

use crate::report::escape;

/// Bytes to collect before they go out.
const BUFFER: usize = 1 << 16;

/// An object or array in the making, in a buffer that is written out as it fills.
pub struct Json<'w> {
    /// Where the buffer goes as it fills; nowhere, where all is wanted in memory.
    out: Option<&'w mut dyn Write>,
    buffer: Vec<u8>,
    /// A comma is due before the next key or item.
    comma: bool,
}

impl<'w> Json<'w> {
    /// Starts writing to `out`.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self {
            out: Some(out),
            buffer: Vec::with_capacity(2 * BUFFER),
            comma: false,
        }
    }

    /// Starts writing to memory, with room for so many bytes.
    pub fn in_memory(capacity: usize) -> Self {
        Self {
            out: None,
            buffer: Vec::with_capacity(capacity),
            comma: false,
        }
    }

    /// What was written to memory.
    pub fn into_memory(self) -> Vec<u8> {
        self.buffer
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Items of an array that were written elsewhere, with the commas and line breaks between them.
    pub(super) fn items(&mut self, text: &[u8]) -> io::Result<()> {
        self.break_line()?;
        self.comma = true;
        self.pass(text)
    }

    /// Whole lines that were written elsewhere.
    pub(super) fn lines(&mut self, text: &[u8]) -> io::Result<()> {
        self.comma = false;
        self.pass(text)
    }

    /// Writes out what is there, and a longer text behind it.
    fn pass(&mut self, text: &[u8]) -> io::Result<()> {
        let Some(out) = &mut self.out else {
            self.buffer.extend_from_slice(text);
            return Ok(());
        };
        out.write_all(&self.buffer)?;
        self.buffer.clear();
        out.write_all(text)
    }

    /// Opens an object (`{`) or array (`[`).
    pub fn open(&mut self, bracket: char) {
        self.item();
        self.buffer.push(bracket as u8);
        self.comma = false;
    }

    /// Closes an object (`}`) or array (`]`).
    pub fn close(&mut self, bracket: char) {
        self.buffer.push(bracket as u8);
        self.comma = true;
    }

    /// Ends a line; between lines of JSON Lines no comma is due.
    pub fn end_line(&mut self) -> io::Result<()> {
        self.buffer.push(b'\n');
        self.comma = false;
        self.relieve()
    }

    /// Breaks the line inside a document, where a comma may still be due.
    pub(super) fn break_line(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.comma) {
            self.buffer.push(b',');
        }
        self.buffer.push(b'\n');
        self.relieve()
    }

    /// Writes out what is there once that is much.
    pub(super) fn relieve(&mut self) -> io::Result<()> {
        if let Some(out) = self.out.as_mut().filter(|_| self.buffer.len() >= BUFFER) {
            out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Writes out what is left.
    pub fn finish(self) -> io::Result<()> {
        self.out.map_or(Ok(()), |out| out.write_all(&self.buffer))
    }

    /// Before each item of an array.
    fn item(&mut self) {
        if std::mem::take(&mut self.comma) {
            self.buffer.push(b',');
        }
    }

    /// A key; its value follows. Keys are ours: they need no escape.
    #[inline]
    pub fn key(&mut self, key: &str) {
        // room for all of it at once: what is appended then is a few moves where the key is known
        self.buffer.reserve(key.len() + 4);
        self.item();
        self.buffer.push(b'"');
        self.raw(key);
        self.raw("\":");
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.item();
        escape::json(text, &mut self.buffer);
        self.comma = true;
    }

    /// A number, `true`, `false` or `null`.
    pub fn plain(&mut self, value: impl Display) {
        self.item();
        // writing into memory does not fail
        let _ = write!(self.buffer, "{value}");
        self.comma = true;
    }

    /// `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) {
        self.item();
        self.raw(word);
        self.comma = true;
    }

    /// A key and a truth value.
    pub(super) fn truth(&mut self, key: &str, value: bool) {
        self.key(key);
        self.word(if value { "true" } else { "false" });
    }

    /// A key and a string.
    pub fn string(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    /// A key and a string or null.
    pub fn maybe(&mut self, key: &str, text: Option<&str>) {
        self.key(key);
        match text {
            Some(text) => self.text(text),
            None => self.word("null"),
        }
    }

    /// A key and a number or truth value.
    pub fn value(&mut self, key: &str, value: impl Display) {
        self.key(key);
        self.plain(value);
    }

    /// A key and a count.
    pub(super) fn count(&mut self, key: &str, mut count: u64) {
        self.key(key);
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        while let Some(next) = at
            .checked_sub(1)
            .filter(|_| count > 0 || at == digits.len())
        {
            at = next;
            digits[at] = b'0' + (count % 10) as u8;
            count /= 10;
        }
        self.buffer.extend_from_slice(&digits[at..]);
        self.comma = true;
    }

    /// A key and something short whose form needs no escape, or null.
    pub(super) fn printed(&mut self, key: &str, value: Option<impl Display>) {
        self.key(key);
        match value {
            Some(value) => self.plain(format_args!("\"{value}\"")),
            None => self.word("null"),
        }
    }
}
