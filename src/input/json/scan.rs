//! Finds the records in a JSON document as it streams by: the elements of an array, the rows of an envelope, values
//! one after another. Only brackets, strings and the names of an envelope are looked at.

use super::fields::{self, Slot};

/// What a byte of the document means for the records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::input) enum Event {
    /// Nothing.
    None,
    /// A record starts with this byte.
    Start,
    /// What started as a record proves to be an envelope, and this byte starts the first of its rows.
    Envelope,
    /// This byte ends the record.
    End,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    Object,
    Array,
}

/// Longest name that is looked at.
const LONGEST: usize = 32;

/// Whether the scan stands in a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Quoted {
    #[default]
    No,
    Yes,
    /// Behind a backslash in it.
    Escaped,
}

/// What the next value may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Hope {
    #[default]
    Nothing,
    /// It belongs to a name of rows.
    Rows,
    /// It is the first in a list under such a name.
    First,
}

/// Where the scan stands.
#[derive(Debug, Default)]
pub(in crate::input) struct Scan {
    /// The envelopes and arrays around the records.
    path: Vec<Level>,
    /// Brackets open within the value at the end of the path.
    depth: u32,
    /// So many of them, from outside, are objects that may prove to be envelopes.
    chain: u32,
    quoted: Quoted,
    /// The last string on a level whose names count.
    name: Vec<u8>,
    hope: Hope,
    /// The open object has a text of its own: no envelope.
    has_text: bool,
    /// The value is none of the records.
    ignored: bool,
}

impl Scan {
    /// Whether brackets or strings are open.
    pub(in crate::input) fn is_inside(&self) -> bool {
        self.depth > 0 || self.quoted != Quoted::No || !self.path.is_empty()
    }

    /// Whether an envelope or array is open around the records.
    pub(in crate::input) fn is_in_envelope(&self) -> bool {
        !self.path.is_empty()
    }

    /// Takes bytes until one means something; gives its index, or the length where none does.
    pub(in crate::input) fn run(&mut self, bytes: &[u8]) -> (usize, Event) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.quoted != Quoted::No {
                at = self.in_string(bytes, at);
                continue;
            }
            let event = self.byte(*byte);
            if event != Event::None {
                return (at, event);
            }
            at += 1;
        }
        (bytes.len(), Event::None)
    }

    /// Takes bytes of a string; gives the index behind them.
    fn in_string(&mut self, bytes: &[u8], at: usize) -> usize {
        if self.quoted == Quoted::Escaped {
            self.quoted = Quoted::Yes;
            return at + 1;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let length = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
        if self.name.len() <= LONGEST {
            let kept = length.min(LONGEST + 1 - self.name.len());
            self.name.extend_from_slice(&rest[..kept]);
        }
        match rest.get(length) {
            Some(b'"') => self.quoted = Quoted::No,
            Some(_) => self.quoted = Quoted::Escaped,
            None => return bytes.len(),
        }
        at + length + 1
    }

    fn byte(&mut self, byte: u8) -> Event {
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => return Event::None,
            b'{' | b'[' => return self.open(byte == b'['),
            b'"' => {
                self.quoted = Quoted::Yes;
                self.name.clear();
            }
            b'}' | b']' => return self.close(),
            b':' if self.depth == self.chain => {
                self.named();
                return Event::None;
            }
            _ => {}
        }
        self.hope = Hope::Nothing;
        Event::None
    }

    /// A name has been read on a level whose names count.
    fn named(&mut self) {
        let uses = std::str::from_utf8(&self.name)
            .ok()
            .and_then(fields::look_up)
            .map_or(&[][..], |name| &name.uses);
        let fills = |slot| uses.iter().any(|this| this.slot == slot);
        if fills(Slot::Rows) {
            self.hope = Hope::Rows;
        } else {
            self.hope = Hope::Nothing;
            self.has_text |= fills(Slot::Body);
        }
    }

    fn open(&mut self, list: bool) -> Event {
        let hope = std::mem::take(&mut self.hope);
        if self.depth == 0 {
            return self.open_value(list, hope == Hope::Rows);
        }
        if hope == Hope::First && !list {
            self.path.extend((0..self.chain).map(|_| Level::Object));
            self.path.push(Level::Array);
            self.depth = 1;
            self.chain = 0;
            return Event::Envelope;
        }
        if self.depth == self.chain && hope == Hope::Rows && !self.has_text {
            if list {
                self.hope = Hope::First;
            } else {
                self.chain += 1;
            }
        }
        self.depth += 1;
        Event::None
    }

    /// A value at the end of the path.
    fn open_value(&mut self, list: bool, rows: bool) -> Event {
        match self.path.last() {
            None if list => self.path.push(Level::Array),
            None => {
                self.depth = 1;
                self.chain = 1;
                self.has_text = false;
                return Event::Start;
            }
            Some(Level::Array) => {
                self.depth = 1;
                return Event::Start;
            }
            Some(Level::Object) if rows && list => self.path.push(Level::Array),
            Some(Level::Object) if rows => self.path.push(Level::Object),
            Some(Level::Object) => {
                self.depth = 1;
                self.ignored = true;
            }
        }
        Event::None
    }

    fn close(&mut self) -> Event {
        self.hope = Hope::Nothing;
        if self.depth == 0 {
            self.path.pop();
            return Event::None;
        }
        self.depth -= 1;
        self.chain = self.chain.min(self.depth);
        if self.depth == 0 && !std::mem::take(&mut self.ignored) {
            return Event::End;
        }
        Event::None
    }
}
