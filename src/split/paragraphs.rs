//! The paragraphs of the main article: which units of its stretch are text, and what below them only looks like it.

use std::ops::Range;
use std::sync::LazyLock;

use super::furniture;
use super::label::Effect;
use super::line::Marker;
use super::phrases::{Phrase, phrases};
use super::press::is_press;
use super::region::is_dateline_line;
use super::signed::{are_names, is_agency};
use super::unit::{Kind, Unit, ends_sentence};
use crate::wire::marks::Marks;

/// The units of the text between two bounds: paragraphs and crossheads, without what stands between them.
pub(super) fn text(units: &[Unit<'_>], range: &Range<usize>) -> Vec<usize> {
    let mut body = Vec::new();
    let mut aside = false;
    for index in range.clone() {
        let Some(unit) = units.get(index) else { break };
        let next = units.get(index + 1).filter(|_| index + 1 < range.end);
        match unit.kind {
            Kind::Prose => {
                aside = false;
                if is_pictured(units, index, range, body.is_empty()) {
                    continue;
                }
                body.push(index);
            }
            Kind::Label(Effect::Related) => aside = true,
            Kind::Short
                if body.is_empty() && (is_dateline_line(unit) || unit.is_short_sentence()) =>
            {
                body.push(index);
            }
            Kind::Short
                if !aside
                    && !body.is_empty()
                    && !is_boxed(units, index)
                    && (is_crosshead(unit, next) || is_last_words(unit)) =>
            {
                body.push(index);
            }
            Kind::Rule
                if (unit.text.starts_with('_') || unit.text.starts_with("--"))
                    && next.is_some() =>
            {
                body.push(index);
            }
            _ => {}
        }
    }
    while body
        .last()
        .and_then(|&last| units.get(last))
        .is_some_and(|unit| unit.kind == Kind::Rule)
    {
        body.pop();
    }
    body
}

/// Whether a paragraph tells what a picture shows: by its place beside the picture's credit, or said twice.
fn is_pictured(units: &[Unit<'_>], index: usize, range: &Range<usize>, first: bool) -> bool {
    let unit = |at: Option<usize>| at.and_then(|at| units.get(at));
    let Some(own) = units.get(index).filter(|own| own.chars < CAPTIONED) else {
        return false;
    };
    let next = unit(Some(index + 1)).filter(|_| index + 1 < range.end);
    let above = unit(index.checked_sub(1));
    let doubled = |other: Option<&Unit<'_>>| other.is_some_and(|other| other.key == own.key);
    // a sentence printed twice in a row is the text of a picture and its caption
    if (doubled(next) || doubled(above)) && range.len() > 4 {
        return true;
    }
    // and one set apart with a credit right under it is a caption
    let credited = next.is_some_and(|next| {
        let near = !next.gap || first && range.len() > 4;
        next.kind == Kind::Caption && near && next.chars < OWNER
    });
    let below = above.filter(|above| above.kind == Kind::Caption);
    // so is the first one right below its credit, with the text set apart
    let owned = first
        && !own.gap
        && below.is_some_and(|above| above.chars <= OWNER)
        && next.is_some_and(|next| next.gap)
        && range.len() > 3;
    owned || (own.gap || below.is_some()) && credited
}

/// Characters of a paragraph that may be a caption.
const CAPTIONED: u32 = 400;

/// Characters of a line that is only the owner of a picture.
const OWNER: u32 = 60;

/// Characters of a caption, and paragraphs at the end of a text of which a credit in brackets is the article's.
const CAPTION: u32 = 300;
const CREDITED: usize = 4;

/// Takes captions out whose credit is only a name in brackets behind their sentence: `Boats lie on the quay. (Reuters)`. Where
/// most paragraphs end so, they are items of a digest.
pub(super) fn without_captions(units: &[Unit<'_>], body: &mut Vec<usize>) {
    let inner = body.len().saturating_sub(CREDITED);
    let credited = |&at: &usize| units.get(at).is_some_and(is_credited);
    let captions: Vec<usize> = body
        .iter()
        .take(inner)
        .copied()
        .filter(|at| credited(at))
        .collect();
    if captions.len() * 2 < body.len() {
        body.retain(|at| !captions.contains(at));
    }
}

/// Whether a name stands in brackets behind the only sentence of a paragraph.
fn is_credited(unit: &Unit<'_>) -> bool {
    let text = &*unit.text;
    if unit.kind != Kind::Prose || unit.chars > CAPTION || !text.ends_with(')') {
        return false;
    }
    let credit = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    credit.is_some_and(|(before, name)| {
        let before = before.trim_end();
        let one = ends_sentence(before) && !before.contains(". ");
        let capitals = |name: &str| {
            name.split(' ')
                .all(|word| word.starts_with(char::is_uppercase))
        };
        one && name.chars().count() <= 30 && name.split(' ').count() <= 4 && capitals(name)
    })
}

/// A short sentence at the end of a text.
fn is_last_words(unit: &Unit<'_>) -> bool {
    unit.is_short_sentence() && unit.echoes == 1 && !furniture::is_promo(&unit.text)
}

/// Whether a line is one of a box between two paragraphs: the headline of another article, and the person who wrote it.
fn is_boxed(units: &[Unit<'_>], index: usize) -> bool {
    let unit = |at: Option<usize>| at.and_then(|at| units.get(at));
    let person = |unit: &Unit<'_>| {
        unit.kind == Kind::Short && (2..=3).contains(&unit.words) && are_names(&unit.text)
    };
    let headline = |unit: &Unit<'_>| unit.is_full_title() && !ends_sentence(&unit.text);
    let prose = |unit: &Unit<'_>| unit.kind == Kind::Prose;
    let [above, own, below] = [index.checked_sub(1), Some(index), Some(index + 1)].map(unit);
    let two_below = unit(Some(index + 2)).is_some_and(prose);
    own.is_some_and(headline) && below.is_some_and(person) && two_below
        || own.is_some_and(person) && above.is_some_and(headline) && below.is_some_and(prose)
}

/// A short line between paragraphs: a crosshead, a line of speech, an item of a list; not the title of another article.
fn is_crosshead(unit: &Unit<'_>, next: Option<&Unit<'_>>) -> bool {
    let Some(next) = next else {
        return false;
    };
    let foreign = matches!(
        next.kind,
        Kind::Label(Effect::More) | Kind::Time | Kind::Byline | Kind::Caption
    ) || next.key == unit.key;
    let item = unit.marker == Marker::Bullet && !ends_sentence(&unit.text) && unit.echoes > 1;
    // `Ann Lee -`: whom a picture shows
    let shown = unit.words <= 6 && (unit.text.ends_with(" -") || unit.text.ends_with(" –"));
    !foreign
        && !item
        && !shown
        && unit.echoes < 3
        && !furniture::is_count(&unit.text)
        && !furniture::is_promo(&unit.text)
}

/// Paragraphs at the end of a text that are looked at, and characters of one that speaks of the site.
const ENDING: usize = 4;
const NOTICE: u32 = 600;

/// Takes what is no text off its ends: a first paragraph that speaks of the site, who wrote it, in a box or a line of its own (`Ann Lee, Harbour Radio News.`), and what
/// the site says of itself, with the lines above that belong to it.
pub(super) fn clear_end(units: &[Unit<'_>], body: &mut Vec<usize>, byline: Option<&str>) {
    let opens = body.first().and_then(|&at| units.get(at));
    if body.len() > 2 && opens.is_some_and(is_notice) {
        body.remove(0);
    }
    if let Some(end) = byline.and_then(|byline| box_of(units, body, byline)) {
        body.truncate(end);
    }
    let unit = |at: &usize| units.get(*at);
    // below a notice stand others
    let low = body.len().saturating_sub(ENDING).max(1);
    let ends = |at: &usize| unit(at).is_some_and(|unit| is_notice(unit) || signs_off(unit));
    let Some(end) = (low..body.len()).find(|&at| body.get(at).is_some_and(ends)) else {
        return;
    };
    body.truncate(end);
    // a line above it has lost its text
    let idle = |at: &mut usize| {
        unit(at).is_some_and(|unit| {
            matches!(unit.kind, Kind::Short | Kind::Rule) && !ends_sentence(&unit.text)
        })
    };
    while body.len() > 1 && body.pop_if(idle).is_some() {}
}

/// Where the box of the writer starts: a line with the name that signed above, below two paragraphs, and little behind it.
fn box_of(units: &[Unit<'_>], body: &[usize], byline: &str) -> Option<usize> {
    let last = *body.last()?;
    let low = body.get(2).copied()?;
    let named = (low..=last).rev().find(|&at| {
        let unit = units.get(at);
        unit.is_some_and(|unit| unit.kind == Kind::Short && unit.text.eq_ignore_ascii_case(byline))
    })?;
    let end = body.partition_point(|&at| at < named);
    (body.len() - end <= ENDING && end >= 2).then_some(end)
}

/// What such paragraphs say.
static NOTICES: LazyLock<Marks> =
    LazyLock::new(|| Marks::of_any_case(phrases(Phrase::Notice).iter().copied()));

/// Whether a paragraph speaks of the site or asks its readers.
pub(super) fn is_notice(unit: &Unit<'_>) -> bool {
    if unit.chars > NOTICE {
        return false;
    }
    NOTICES.any_in(&unit.text) || unit.chars <= ADDRESS && has_address(&unit.text)
}

/// Characters of a paragraph that says where to write.
const ADDRESS: u32 = 400;

/// Whether an address of mail stands in a text.
fn has_address(text: &str) -> bool {
    memchr::memchr_iter(b'@', text.as_bytes()).any(|at| {
        let (before, after) = (
            text.get(..at).unwrap_or(""),
            text.get(at + 1..).unwrap_or(""),
        );
        let ends = |c: char| c.is_whitespace() || c == ',';
        let site = after.split(ends).next().unwrap_or("");
        before.ends_with(char::is_alphanumeric) && site.trim_end_matches('.').contains('.')
    })
}

/// `Ann Lee, Harbour Radio News.`
fn signs_off(unit: &Unit<'_>) -> bool {
    let parts = unit
        .text
        .strip_suffix('.')
        .and_then(|text| text.split_once(", "));
    unit.words <= 8
        && parts.is_some_and(|(person, site)| {
            are_names(person) && (is_press(site) || is_agency(site)) && !site.contains(", ")
        })
}
