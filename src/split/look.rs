//! What a line is told by, wherever it stands: kind, key, size. The looks of short lines are remembered, since pages of a
//! batch share many.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use xxhash_rust::xxh3::xxh3_64;

use super::archive::parts_documents;
use super::bytes::{any_of, bits, word_count};
use super::fold::{Folded, measure};
use super::halves::{opens, sourced};
use super::kind::{Kind, kind};
use super::label::{Effect, Labels};
use super::labelled::{colon, head};
use super::line::LONG;
use super::press::is_press_in;
use super::rows::ends_in_number;
use super::tail::is_tail_credit;
use super::time::{Spans, short_form};
use super::unit::is_name;
use crate::memo::{Memo, remembered};

/// What a text is told by, wherever it stands.
#[derive(Clone)]
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) key: u64,
    pub(super) chars: u32,
    pub(super) words: u32,
    pub(super) section: bool,
    pub(super) time: Option<Spans>,
    pub(super) traits: Traits,
    /// Whether it may depend on the names of its page.
    named: bool,
}

/// What is true of a text of up to [`LONG`] bytes whatever its kind; of a longer one nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Traits(u16);

impl Traits {
    /// It has a letter.
    pub(super) const LETTERS: u16 = 1;
    /// It only credits who else reported.
    pub(super) const CREDIT: u16 = 1 << 1;
    /// It could be the name of a publisher.
    pub(super) const NAME: u16 = 1 << 2;
    /// A short form of a time stands behind a name.
    pub(super) const SHORT_TIME: u16 = 1 << 3;
    /// An address stands in it.
    pub(super) const LINK: u16 = 1 << 4;
    /// The sign of copyright stands in it.
    pub(super) const COPYRIGHT: u16 = 1 << 5;
    /// It is the name of a publisher, as far as the table tells.
    pub(super) const PRESS: u16 = 1 << 6;

    /// It ends like a sentence that is no cry, no question and not cut.
    pub(super) const STOPS: u16 = 1 << 7;
    /// It tells where on its site a page stands: `Home / News / Town`.
    pub(super) const CRUMBS: u16 = 1 << 8;
    /// A sign parts a name off at its end: `… its tower — Harbour Gazette`.
    pub(super) const PARTED: u16 = 1 << 9;
    /// A colon stands near its start.
    pub(super) const COLON: u16 = 1 << 10;
    /// What it opens with may stand for itself: known words, a day.
    pub(super) const OPENED: u16 = 1 << 11;
    /// Source, headline and text stand on it.
    pub(super) const SOURCED: u16 = 1 << 12;
    /// A bar or tab stands in it.
    pub(super) const BARRED: u16 = 1 << 13;
    /// A digit stands near its end.
    pub(super) const NUMBER: u16 = 1 << 14;
    /// It may stand between the documents of an archive.
    pub(super) const BETWEEN: u16 = 1 << 15;

    /// What is true of a text; `small` is it in small letters.
    pub(super) fn of(text: &str, small: &str) -> Self {
        if text.len() > LONG {
            return Self::default();
        }
        let (name, small_name) = match without_person(text) {
            Some(name) => (name, without_person(small).unwrap_or(small)),
            None => (text, small),
        };
        let named = is_name(name);
        let signs = signs_in(text);
        let is = |true_of_it: bool, which: u16| if true_of_it { which } else { 0 };
        Self(
            is(has_letters(text), Self::LETTERS)
                | is(is_tail_credit(text), Self::CREDIT)
                | is(named, Self::NAME)
                | is(named && is_press_in(name, small_name), Self::PRESS)
                | is(ends_short(text), Self::SHORT_TIME)
                | is(LINK.find(text.as_bytes()).is_some(), Self::LINK)
                | is(signs & WIDE > 0 && text.contains('©'), Self::COPYRIGHT)
                | is(stops(text), Self::STOPS)
                | is(signs & (BAR | PATH) > 0 && are_crumbs(text), Self::CRUMBS)
                | is(named_behind(text).is_some(), Self::PARTED)
                | is(colon(head(text)).is_some(), Self::COLON)
                | is(opens(text), Self::OPENED)
                | is(signs & PATH > 0 && sourced(text).is_some(), Self::SOURCED)
                | is(signs & (BAR | TAB) > 0, Self::BARRED)
                | is(ends_in_number(text), Self::NUMBER)
                | is(parts_documents(text), Self::BETWEEN),
        )
    }

    /// Whether one of these is true of it.
    pub(super) fn has(self, which: u16) -> bool {
        self.0 & which != 0
    }
}

/// Whether a short form of a time may stand at the end, and does.
fn ends_short(text: &str) -> bool {
    let reach = if text.is_ascii() { 5 } else { 16 };
    let digits = text
        .bytes()
        .rev()
        .take(reach)
        .any(|byte| byte.is_ascii_digit());
    digits && short_form(text).is_some()
}

/// Bytes of a publisher and a person behind `by`.
const SIGNED: usize = 80;

/// `Daily News by Ann Lee` → `Daily News`.
fn without_person(text: &str) -> Option<&str> {
    if text.len() > SIGNED {
        return None;
    }
    let at = BY.find(text.as_bytes())?;
    let (name, person) = (text.get(..at)?, text.get(at + " by ".len()..)?);
    (word_count(person) <= 4 && !name.is_empty()).then_some(name)
}

static BY: LazyLock<Finder> = LazyLock::new(|| Finder::new(" by "));

/// Bytes of an agency's tag behind a sentence.
const TAG: usize = 12;

/// Whether a full stop ends a text, also inside quotes.
fn stops(text: &str) -> bool {
    // most lines end in a letter
    if text.as_bytes().last().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let text = text.trim_end_matches([' ', '■', '●', '"', '”', '»', '“', '\'', '’', '」']);
    // `… in winter. (PAP)`
    let tag = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("));
    let text = match tag {
        Some((before, tag)) if tag.len() <= TAG => before,
        _ => text,
    };
    text.ends_with(['.', '。', '।']) && !text.ends_with("..")
}

/// Bytes that a text may have: a bar, a tab, a sign of a path (those of ASCII, and the last bytes of the others), one
/// outside ASCII.
const BAR: u8 = 1;
const TAB: u8 = 1 << 1;
const PATH: u8 = 1 << 2;
const WIDE: u8 = 1 << 7;

/// Which of these bytes a text has.
fn signs_in(text: &str) -> u8 {
    any_of(text, |byte| {
        bits(byte == b'|', BAR)
            | bits(byte == b'\t', TAB)
            | bits(byte == b'/', PATH)
            | bits(byte == b'>', PATH)
            | bits(byte | 1 == 0xbb, PATH)
            | byte & WIDE
    })
}

/// Whether short parts stand between signs of a path: `Home / News / Town`, `Home > News`; parts with names, between bars.
fn are_crumbs(text: &str) -> bool {
    // `Author: Ann Lee | Section: World | Page: 3`
    let named = |part: &str| part.contains(':');
    if text.contains('|') && text.split('|').filter(|part| named(part)).count() >= 2 {
        return true;
    }
    let sign = [" / ", " > ", " » ", " › "]
        .into_iter()
        .find(|sign| text.contains(*sign));
    sign.is_some_and(|sign| {
        let parts = || text.split(sign);
        parts().count() >= 3 && parts().all(|part| part.split_whitespace().count() <= 3)
    })
}

/// Signs between a headline and its publisher, bytes of such a line, and bytes behind the sign.
const SIGNS: [&str; 4] = ["—", "–", "-", "|"];
const PARTED: Range<usize> = 24..900;
const NAME: usize = 60;

/// The first byte of the dashes that are no ASCII.
const DASH: u8 = 0xe2;

/// Headline and name of a line, if a sign parts its end off.
pub(super) fn named_behind(text: &str) -> Option<[Range<usize>; 2]> {
    if !PARTED.contains(&text.len()) {
        return None;
    }
    let bytes = text.as_bytes();
    let low = bytes.len().saturating_sub(NAME);
    let (at, sign) = memchr::memchr3_iter(b'|', b'-', DASH, bytes.get(low..)?)
        .map(|at| low + at)
        .filter(|&at| at > 0 && bytes.get(at - 1) == Some(&b' '))
        .filter_map(|at| {
            let rest = text.get(at..)?;
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            (bytes.get(at + sign.len()) == Some(&b' ')).then_some((at, sign.len()))
        })
        .next_back()?;
    let (title, name) = (text.get(..at - 1)?, text.get(at + sign + 1..)?);
    let fits = word_count(title) >= 3 && is_name(name);
    fits.then(|| [0..title.trim_end().len(), at + sign + 1..text.len()])
}

/// How addresses start.
static LINK: LazyLock<Finder> = LazyLock::new(|| Finder::new("http"));

fn has_letters(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphabetic())
        || !text.is_ascii() && text.chars().any(char::is_alphabetic)
}

/// A look in little room: many are remembered, and few fit into the nearest memory.
#[derive(Clone)]
struct Packed {
    key: u64,
    chars: u16,
    words: u16,
    /// Where the parts of the time stand, one behind the other: starts and ends.
    time: [u16; 6],
    kind: Kind,
    section: bool,
    timed: bool,
    traits: Traits,
    named: bool,
}

impl Packed {
    /// Of a line of up to [`LONG`] bytes, so that all fits.
    fn new(look: &Look) -> Self {
        let bounds = look.time.as_ref().map(|time| {
            let parts = [&time.before, &time.raw, &time.after];
            let ends = parts.map(|part| [part.start as u16, part.end as u16]);
            [
                ends[0][0], ends[0][1], ends[1][0], ends[1][1], ends[2][0], ends[2][1],
            ]
        });
        Self {
            key: look.key,
            chars: look.chars as u16,
            words: look.words as u16,
            time: bounds.unwrap_or_default(),
            kind: look.kind,
            section: look.section,
            timed: look.time.is_some(),
            traits: look.traits,
            named: look.named,
        }
    }

    fn look(self) -> Look {
        let part = |at: usize| usize::from(self.time[at])..usize::from(self.time[at + 1]);
        Look {
            kind: self.kind,
            key: self.key,
            chars: self.chars.into(),
            words: self.words.into(),
            section: self.section,
            time: self.timed.then(|| Spans {
                before: part(0),
                raw: part(2),
                after: part(4),
            }),
            traits: self.traits,
            named: self.named,
        }
    }
}

/// Lines of which a thread remembers the look.
const REMEMBERED: usize = 1 << 14;

thread_local! {
    static LOOKS: RefCell<Memo<Packed>> = const { RefCell::new(Memo::new(REMEMBERED)) };
    /// Memory to fold lines in.
    static FOLDED: RefCell<Folded> = RefCell::new(Folded::default());
}

/// Names of a page that each text is searched for; where there are more it is looked at anew.
const FEW: usize = 16;

/// The look of a text, remembered where it is short and depends on nothing else.
pub(super) fn seen(text: &str, labels: &Labels, names: &HashSet<&str>) -> Look {
    // a long text is told at a glance
    if text.len() > LONG {
        return look(text, labels, names);
    }
    let known = remembered(&LOOKS, text, || {
        Packed::new(&look(text, labels, &HashSet::new()))
    });
    let known = known.look();
    let may_hold = || names.len() > FEW || names.iter().any(|name| text.contains(name));
    if known.named && may_hold() {
        return look(text, labels, names);
    }
    known
}

fn look(text: &str, labels: &Labels, names: &HashSet<&str>) -> Look {
    if text.len() > LONG {
        let (chars, words) = measure(text);
        return told(text, chars, words, None, text, names);
    }
    FOLDED.with_borrow_mut(|folded| {
        folded.fill(text);
        let effect = labels.effect_of(&folded.text, text);
        told(
            text,
            folded.chars,
            folded.words,
            effect,
            &folded.text,
            names,
        )
    })
}

fn told(
    text: &str,
    chars: u32,
    words: u32,
    effect: Option<Effect>,
    key: &str,
    names: &HashSet<&str>,
) -> Look {
    let named = Cell::new(false);
    let is_publisher = |name: &str| {
        named.set(true);
        names.contains(name)
    };
    let (kind, time) = kind(text, chars, words, effect, &is_publisher);
    Look {
        kind,
        key: xxh3_64(key.as_bytes()),
        chars,
        words,
        section: effect == Some(Effect::Section),
        time,
        traits: Traits::of(text, key),
        named: named.get(),
    }
}
