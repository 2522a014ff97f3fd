//! What templates ask of a unit, in little room: a section is read by each of them, unit by unit.

use crate::split::halves::is_source;
use crate::split::label::Effect;
use crate::split::line::Marker;
use crate::split::look::Traits;
use crate::split::unit::{Kind, Unit};

/// It could be a headline.
pub(super) const TITLE: u32 = 1;
/// It is one for sure.
pub(super) const FULL: u32 = 1 << 1;
/// It could be the name of a publisher.
pub(super) const NAME: u32 = 1 << 2;
/// It stands between the parts of a card and means nothing.
pub(super) const FILLER: u32 = 1 << 3;
/// No card reaches across it.
pub(super) const WALL: u32 = 1 << 4;
/// Sentences.
pub(super) const PROSE: u32 = 1 << 5;
/// Sentences, more than fit a headline.
pub(super) const PARAGRAPH: u32 = 1 << 6;
/// A short line.
pub(super) const SHORT: u32 = 1 << 7;
/// A short line of as many words as a teaser has.
pub(super) const TEASER: u32 = 1 << 8;
/// Of few characters.
pub(super) const SMALL: u32 = 1 << 9;
/// A time.
pub(super) const TIME: u32 = 1 << 10;
/// An item with a bullet.
pub(super) const BULLET: u32 = 1 << 11;
/// An item or heading of any mark.
pub(super) const MARKED: u32 = 1 << 12;
/// Of as few words as the name of a section.
pub(super) const SECTION: u32 = 1 << 13;

/// The name of a publisher, for all that a table knows.
pub(super) const PRESS: u32 = 1 << 14;
/// A word or two above a headline: too little for one.
pub(super) const KICKER: u32 = 1 << 15;

/// A sentence that is shorter than prose.
pub(super) const SENTENCE: u32 = 1 << 16;

/// A unit as templates see it.
#[derive(Clone, Copy, Debug)]
pub(in crate::split) struct Sight {
    /// Equal for units of equal text.
    pub(super) key: u64,
    /// Units of the page with this key.
    pub(super) echoes: u32,
    /// Its first line: the same for the parts of one line.
    pub(super) line: u32,
    flags: u32,
    /// Characters.
    pub(super) chars: u16,
}

impl Sight {
    /// What templates ask of a unit.
    pub(in crate::split) fn of(unit: &Unit<'_>) -> Self {
        let kind = unit.kind;
        let (prose, short) = (kind == Kind::Prose, kind == Kind::Short);
        let title = unit.is_title();
        let source = short && names_source(unit);
        let is = |true_of_it: bool, flag: u32| if true_of_it { flag } else { 0 };
        let flags = is(title && !source && !is_person(unit), TITLE)
            | is(title && unit.is_full(), FULL)
            | is(source || unit.is_name(), NAME)
            | is(
                is_filler(kind) || unit.is_section() || unit.traits.has(Traits::CRUMBS),
                FILLER,
            )
            | is(is_wall(kind), WALL)
            | is(prose, PROSE)
            | is(prose && unit.chars > 160, PARAGRAPH)
            | is(short, SHORT)
            | is(short && unit.words >= 5, TEASER)
            | is(unit.chars < 40, SMALL)
            | is(kind == Kind::Time, TIME)
            | is(unit.marker == Marker::Bullet, BULLET)
            | is(unit.marker != Marker::None, MARKED)
            | is(unit.words <= 3, SECTION)
            | is(unit.is_press(), PRESS)
            | is(unit.is_short_sentence(), SENTENCE)
            | is(short && !title, KICKER);
        Self {
            key: unit.key,
            echoes: unit.echoes,
            line: unit.lines.start as u32,
            chars: unit.chars.min(u32::from(u16::MAX)) as u16,
            flags,
        }
    }

    /// Whether this is true of it.
    #[inline]
    pub(super) fn is(self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

/// Whether a line names who wrote and printed what stands below it: `Ann Lee / Daily News:`.
fn names_source(unit: &Unit<'_>) -> bool {
    unit.text.ends_with(':') && unit.text.contains(" / ") && is_source(unit)
}

/// Whether a line is a name of two words that is no publisher's.
fn is_person(unit: &Unit<'_>) -> bool {
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let two = || {
        unit.text
            .split_once(' ')
            .is_some_and(|(one, two)| capital(one) && capital(two))
    };
    unit.words == 2 && unit.kind == Kind::Short && !unit.is_press() && two()
}

/// Units that stand between the parts of a card and mean nothing.
fn is_filler(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Count
            | Kind::Rule
            | Kind::Caption
            | Kind::Byline
            | Kind::Label(Effect::Furniture | Effect::More)
    )
}

/// Units at which no card reaches across.
fn is_wall(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Label(Effect::Related | Effect::Listed | Effect::Start | Effect::End | Effect::Under)
    )
}
