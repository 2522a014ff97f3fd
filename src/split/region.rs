//! The main article: the stretch of the page with most prose and least else, found as a maximum-sum subsequence (Kadane)
//! over the units; then its head is read upwards from where the text starts.

use std::ops::Range;

use super::aside::aside as text_goes_on;
use super::caption;
use super::dek::{below_dek, below_first, below_points, first_words};
use super::head::head;
use super::label::Effect;
use super::line::Marker;
use super::page::Draft;
use super::paragraphs::{clear_end, text, without_captions};
use super::site::Site;
use super::tail::tail;
use super::unit::{Kind, Unit, ends_sentence};
use crate::article::Role;
use crate::wire;

/// What a paragraph counts at most, in characters: the length of one does not outweigh what stands between many.
const PARAGRAPH: i64 = 400;

/// What the best stretch must reach to be an article for sure.
const STRONG: i64 = 700;

/// What a short line takes from a stretch of text; and the heavier price at which a second look is taken.
pub(super) const SHORT: [i64; 2] = [60, 260];

/// What a unit adds to a stretch of text; `None` where no text reaches across.
fn weight(unit: &Unit<'_>, short: i64) -> Option<i64> {
    Some(match unit.kind {
        Kind::Prose if unit.marker == Marker::None => size(unit).min(PARAGRAPH),
        Kind::Prose => size(unit).min(PARAGRAPH) / 2,
        Kind::Label(Effect::End | Effect::Start | Effect::Under | Effect::Listed) => return None,
        Kind::Label(Effect::Related) => -300,
        Kind::Label(_) | Kind::Caption | Kind::Rule | Kind::Count => -10,
        Kind::Byline => -40,
        Kind::Time => -150,
        Kind::Ticker => -200,
        Kind::Short if unit.is_short_sentence() => size(unit) / 2,
        Kind::Short => -short,
    })
}

/// Characters of a paragraph; one of a script without spaces says as much as two others.
fn size(unit: &Unit<'_>) -> i64 {
    let (chars, bytes) = (i64::from(unit.chars), unit.text.len() as i64);
    if bytes * 2 > chars * 5 {
        2 * chars
    } else {
        chars
    }
}

/// What a box of other articles takes from the text that goes on below it.
const ASIDE: i64 = 40;

/// The best stretch of a range, with its sum and its paragraphs.
pub(super) fn best(
    units: &[Unit<'_>],
    range: &Range<usize>,
    short: i64,
) -> Option<(Range<usize>, i64, usize)> {
    let mut best: Option<(Range<usize>, i64, usize)> = None;
    let (mut start, mut sum, mut prose) = (range.start, 0, 0);
    let mut boxed = range.start;
    for index in range.clone() {
        let Some(unit) = units.get(index) else { break };
        let label = index >= boxed && unit.kind == Kind::Label(Effect::Related);
        let aside = label.then(|| text_goes_on(units, index, range)).flatten();
        boxed = aside.unwrap_or(boxed);
        let weight = match () {
            () if aside.is_some() => Some(-ASIDE),
            () if index < boxed => Some(0),
            () => weight(unit, short),
        };
        let Some(weight) = weight else {
            (start, sum, prose) = (index + 1, 0, 0);
            continue;
        };
        if sum <= 0 {
            (start, sum, prose) = (index, 0, 0);
        }
        sum += weight;
        prose += usize::from(unit.kind == Kind::Prose);
        if weight > 0 && best.as_ref().is_none_or(|(_, most, _)| sum > *most) {
            best = Some((start..index + 1, sum, prose));
        }
    }
    best
}

/// The stretch that is an article for sure.
///
/// Teasers under titles add up to a stretch, too, but one with as many short lines as paragraphs: then only what holds
/// at a heavier price counts.
pub(super) fn strongest(units: &[Unit<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    SHORT.iter().find_map(|&short| {
        best(units, range, short)
            .filter(|&(_, sum, prose)| {
                prose >= 2 && sum >= STRONG || prose >= 3 && sum >= STRONG / 2
            })
            .map(|(region, ..)| region)
            .filter(|region| is_dense(units, region))
    })
}

/// Whether paragraphs outnumber the short lines between them.
pub(super) fn is_dense(units: &[Unit<'_>], region: &Range<usize>) -> bool {
    let own = units.get(region.clone()).unwrap_or_default();
    let count = |kind: Kind| own.iter().filter(|unit| unit.kind == kind).count();
    let sentences = own.iter().filter(|unit| unit.is_short_sentence()).count();
    count(Kind::Prose) + 2 * sentences > count(Kind::Short)
}

/// The best stretch there is.
pub(super) fn weak(units: &[Unit<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    let region = best(units, range, SHORT[0])?.0;
    Some(below_dek(units, range, &region).unwrap_or(region))
}

/// Reads an article whose text stands in `region`; `bounds` holds its head and tail. An empty region is a headline.
pub(super) fn article(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    region: &Range<usize>,
    site: &Site<'_, '_>,
) -> Option<Draft> {
    let start = text_start(units, bounds, region);
    let start = below_first(units, bounds, start..region.end).unwrap_or(start);
    let start = below_points(units, &(start..region.end));
    let start = first_words(units, bounds, start);
    let end = text_end(units, &(start..region.end));
    let mut body = text(units, &(start..end));
    let tail = tail(units, end, bounds.end);
    let first = body.first().copied().unwrap_or(end);
    let head = head(units, bounds, first.min(end)..end.max(start), &body, site);
    if body.is_empty() && head.title.is_none() {
        return None;
    }
    clear_end(units, &mut body, head.byline.as_deref());
    without_captions(units, &mut body);
    let weak = if body.is_empty() {
        Some("a headline without its text")
    } else if head.title.is_none() && body.len() < 3 {
        Some("little text and no title")
    } else if body
        .iter()
        .skip(1)
        .filter_map(|&at| units.get(at))
        .any(opens_anew)
    {
        Some("a dateline inside the text: other stories may follow")
    } else {
        None
    };
    let mut own = head.units;
    own.retain(|unit| !body.contains(unit) && !tail.contains(unit));
    Some(Draft {
        role: Role::Main,
        title: head.title,
        publisher: head.publisher,
        time: head.time,
        byline: head.byline,
        signed: head.signed,
        body,
        tail,
        head: own,
        weak,
    })
}

/// Whether a paragraph starts with a dateline.
pub(super) fn has_dateline(unit: &Unit<'_>) -> bool {
    let head = || super::label::floor(&unit.text, 240);
    let dated = || has_sign(head()) && wire::has_dateline(head());
    *unit.dated.get_or_init(dated)
}

/// Whether a sign that datelines have is one of the first 160 characters.
fn has_sign(head: &str) -> bool {
    const REACH: usize = 160;
    if head.is_ascii() {
        // a plain loop becomes a few wide instructions
        let sign = |any, byte: &u8| any | matches!(byte, b'(' | b'-' | b':' | b'/' | b'_');
        return head.as_bytes().iter().take(REACH).fold(false, sign);
    }
    head.chars()
        .take(REACH)
        .any(|c| matches!(c, '(' | '—' | '–' | '-' | ':' | '/' | '【' | '_'))
}

/// Whether a line is only a dateline, the text of which follows.
pub(super) fn is_dateline_line(unit: &Unit<'_>) -> bool {
    unit.chars <= 60
        && unit.text.trim_end().ends_with(['—', '–'])
        && unit.text.chars().next().is_some_and(char::is_uppercase)
}

/// Where the text starts: behind a dek, captions and a second head; at the dateline where there is one.
fn text_start(units: &[Unit<'_>], bounds: &Range<usize>, region: &Range<usize>) -> usize {
    let (mut prose, mut told) = (0, false);
    for index in region.clone().take(14) {
        let Some(unit) = units.get(index) else { break };
        if matches!(unit.kind, Kind::Prose) {
            if has_dateline(unit) {
                // below a text, a place alone opens another story
                if told && !names_agency(unit) {
                    break;
                }
                return index;
            }
            told |= is_told(unit);
            prose += 1;
            if prose > 4 {
                break;
            }
        }
    }
    // a dateline close above, parted from the rest by times or pictures
    for index in (bounds.start.max(region.start.saturating_sub(6))..region.start).rev() {
        let Some(unit) = units.get(index) else { break };
        match unit.kind {
            Kind::Short if index + 2 >= region.start && is_dateline_line(unit) => return index,
            Kind::Prose if has_dateline(unit) => return index,
            Kind::Label(Effect::Related | Effect::Listed | Effect::Start | Effect::End) => break,
            _ => {}
        }
    }
    let low = region.start.saturating_sub(8).max(bounds.start);
    let timed_above = (low..region.start).any(|index| {
        units
            .get(index)
            .is_some_and(|unit| matches!(unit.kind, Kind::Time))
    });
    if timed_above {
        return region.start;
    }
    // no time above: what stands over the time or byline inside is the dek
    let mut start = region.start;
    let mut paragraphs = 0;
    for index in region.clone().take(10) {
        let Some(unit) = units.get(index) else { break };
        match unit.kind {
            Kind::Prose => paragraphs += 1,
            Kind::Time | Kind::Byline if paragraphs <= 2 => start = index + 1,
            _ => {}
        }
        if paragraphs > 2 {
            break;
        }
    }
    if start < region.end {
        start
    } else {
        region.start
    }
}

/// Characters of a paragraph that is longer than a dek.
const TOLD: u32 = 240;

/// Whether a paragraph is text: no dek, no caption.
fn is_told(unit: &Unit<'_>) -> bool {
    unit.chars >= TOLD
        && unit.echoes == 1
        && ends_sentence(&unit.text)
        && !caption::is_caption(&unit.text)
}

/// Whether the dateline of a paragraph names its agency.
pub(super) fn names_agency(unit: &Unit<'_>) -> bool {
    let head = super::label::floor(&unit.text, 240);
    wire::credits_agency(head)
}

/// Whether a paragraph below the first opens with a place in capitals and a dash: another story may start there.
fn opens_anew(unit: &Unit<'_>) -> bool {
    let first = unit
        .text
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    let capitals = first.chars().count() >= 4 && first.chars().all(char::is_uppercase);
    capitals && unit.kind == Kind::Prose && has_dateline(unit)
}

/// Where the text ends: at the line that credits its writers, or where another story of an agency opens, if one does inside.
fn text_end(units: &[Unit<'_>], region: &Range<usize>) -> usize {
    let least = region.start + 1;
    let first = units.get(region.start);
    let wired = || first.is_some_and(|first| has_dateline(first) && names_agency(first));
    for index in least..region.end {
        let Some(unit) = units.get(index) else { break };
        if unit.is_tail_credit() {
            return index + 1;
        }
        let headline = unit.is_full_title() && unit.marker == Marker::None;
        if headline && wired() && opens_story(units, index, region.end) {
            return index;
        }
    }
    region.end
}

/// Units between the headline of a story and its first paragraph.
const HEAD: usize = 4;

/// Whether the headline here has a paragraph below it that opens with an agency's dateline; nothing between but who signed
/// and when.
fn opens_story(units: &[Unit<'_>], index: usize, end: usize) -> bool {
    let below = (index + 1..end.min(index + 1 + HEAD)).filter_map(|at| units.get(at));
    let mut rest = below.skip_while(|unit| {
        matches!(unit.kind, Kind::Byline | Kind::Time | Kind::Caption)
            || unit.kind == Kind::Short && unit.words <= 4
    });
    rest.next().is_some_and(|first| {
        first.kind == Kind::Prose && has_dateline(first) && names_agency(first)
    })
}
