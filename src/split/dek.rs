//! Deks: what stands between a headline and its text and only looks like text; where the text starts below one.

use std::ops::Range;

use super::label::Effect;
use super::line::Marker;
use super::paragraphs::is_notice;
use super::region::{SHORT, best, has_dateline, names_agency};
use super::signed::{are_names, is_agency};
use super::unit::{Kind, Unit};

/// Units from a dek to the time, and from there to the text.
const SIGNED: usize = 4;
const BELOW: usize = 6;

/// The text below the time, where the best stretch is one paragraph above it: a dek, longer than a short text.
pub(super) fn below_dek(
    units: &[Unit<'_>],
    range: &Range<usize>,
    region: &Range<usize>,
) -> Option<Range<usize>> {
    if region.len() > 1 {
        return None;
    }
    let kind = |at: usize| units.get(at).map(|unit| unit.kind);
    let reach = region.end..range.end.min(region.end + SIGNED);
    let signed = reach.clone().find(|&at| kind(at) == Some(Kind::Time))?;
    let (text, ..) = best(units, &(signed + 1..range.end), SHORT[0])?;
    let other = |unit: &Unit<'_>| {
        unit.is_full_title() || matches!(unit.kind, Kind::Label(Effect::Related | Effect::Listed))
    };
    let between = units.get(region.end..text.start)?;
    (text.start <= signed + BELOW && !between.iter().any(other)).then_some(text)
}

/// Characters of a dek, at most; units between it and the text, and around it where a time or byline may stand.
const DEK: u32 = 400;
const BELOW_DEK: usize = 24;
const AROUND: usize = 8;

/// Where the text starts if its first paragraph is a dek: right below the headline, parted from the text by who signed, a
/// time, a picture, or a row of buttons.
pub(super) fn below_first(
    units: &[Unit<'_>],
    bounds: &Range<usize>,
    text: Range<usize>,
) -> Option<usize> {
    let dek = units.get(text.start)?;
    if dek.kind != Kind::Prose || dek.chars > DEK {
        return None;
    }
    let told = |unit: &Unit<'_>| unit.kind == Kind::Prose || unit.is_short_sentence();
    let is_told = |at: usize| units.get(at).is_some_and(told);
    let mut below = text.start + 1..text.end.min(text.start + 1 + BELOW_DEK);
    let next = below.find(|&at| is_told(at))?;
    let between = units.get(text.start + 1..next)?;
    let goes_on = (next + 1..text.end.min(next + 4)).any(is_told);
    if between.is_empty() || !goes_on || has_dateline(dek) || names_agency(dek) {
        return None;
    }
    let idle = |unit: &Unit<'_>| {
        matches!(
            unit.kind,
            Kind::Label(_) | Kind::Caption | Kind::Count | Kind::Rule
        )
    };
    let above = (bounds.start..text.start)
        .rev()
        .filter_map(|at| units.get(at));
    let is_headline = |unit: &Unit<'_>| {
        unit.kind == Kind::Short && unit.is_full_title() && unit.marker != Marker::Bullet
    };
    let titled = above
        .clone()
        .find(|unit| !idle(unit))
        .is_some_and(is_headline);
    let signs = |unit: &Unit<'_>| match unit.kind {
        Kind::Time | Kind::Byline | Kind::Ticker => true,
        Kind::Short => is_agency(&unit.text) || unit.words <= 3 && are_names(&unit.text),
        _ => false,
    };
    // the line of an agency below it tells where the text starts, whatever stands above
    let wired = |unit: &Unit<'_>| unit.kind == Kind::Short && is_agency(&unit.text);
    if between.iter().any(wired)
        && above
            .clone()
            .take(AROUND)
            .find(|unit| !idle(unit) && !signs(unit))
            .is_some_and(is_headline)
    {
        return Some(next);
    }
    let near = bounds.start.max(text.start.saturating_sub(AROUND))..next;
    let dated = units
        .get(near)?
        .iter()
        .any(|unit| matches!(unit.kind, Kind::Time | Kind::Byline));
    let pictured = between.iter().any(|unit| unit.kind == Kind::Caption);
    let buttons = between
        .iter()
        .filter(|unit| matches!(unit.kind, Kind::Label(_)));
    let parted = between.iter().any(signs) || dated && (pictured || buttons.count() >= 3);
    (titled && parted).then_some(next)
}

/// Paragraphs below a summary that make it one, and units ahead among which they are looked for.
const TOLD: usize = 3;
const SUMMARY: usize = 24;

/// Where the text starts if a summary in points stands above it: three paragraphs and more that are no points follow.
pub(super) fn below_points(units: &[Unit<'_>], text: &Range<usize>) -> usize {
    let is_point = |unit: &Unit<'_>| unit.marker == Marker::Bullet;
    let own = units.get(text.clone()).unwrap_or_default();
    if !own.first().is_some_and(is_point) {
        return text.start;
    }
    let told = |unit: &&Unit<'_>| unit.kind == Kind::Prose && !is_notice(unit);
    let plain = |unit: &&Unit<'_>| told(unit) && !is_point(unit);
    let first = own.iter().take(SUMMARY).position(|unit| plain(&unit));
    let rest = first.and_then(|first| own.get(first..)).unwrap_or_default();
    let points = rest
        .iter()
        .filter(told)
        .filter(|unit| is_point(unit))
        .count();
    let paragraphs = rest.iter().filter(plain).count();
    if paragraphs >= TOLD && paragraphs > points {
        text.start + first.unwrap_or_default()
    } else {
        text.start
    }
}

/// Short sentences above the first paragraph that belong to it, at most.
const FIRST_WORDS: usize = 3;

/// Where the text starts if short sentences stand above its first paragraph, below the head: a time, a picture or who signed.
pub(super) fn first_words(units: &[Unit<'_>], bounds: &Range<usize>, start: usize) -> usize {
    let low = bounds.start.max(start.saturating_sub(FIRST_WORDS));
    let words = (low..start).rev().take_while(|&at| {
        let own =
            |unit: &Unit<'_>| unit.is_short_sentence() && unit.echoes == 1 && !is_notice(unit);
        units.get(at).is_some_and(own)
    });
    let first = start - words.count();
    let above = first.checked_sub(1).filter(|&above| above >= bounds.start);
    let apart = units.get(first).is_some_and(|unit| unit.gap);
    let headed = above
        .and_then(|above| units.get(above))
        .is_some_and(|unit| match unit.kind {
            Kind::Time | Kind::Byline | Kind::Count => true,
            Kind::Caption => apart,
            _ => false,
        });
    if headed { first } else { start }
}

#[cfg(test)]
mod tests {
    use crate::split::page::drafts;
    use crate::split::testing;

    const TEXT: [&str; 4] = [
        "The oldest lighthouse of the bay stood on the cliff for two hundred years before the sea came too near.",
        "Workers have now moved it forty metres inland, on rails that were greased with soap from the town's own shop.",
        "The council had put the work off for ten years, and twice the money went to the ferry terminal instead.",
        "Visitors may climb the tower again from the first weekend of May, the harbour master said on Wednesday.",
    ];

    /// The first lines of the main text, and who signed it.
    fn first(head: &str) -> (String, Option<String>, Option<String>) {
        let page = format!(
            "Old lighthouse moves forty metres inland\n\n{head}\n\n{}\n",
            TEXT.join("\n\n")
        );
        testing::read(&page, |units, _| {
            let drafts = drafts(units);
            let main = drafts.first().map(|draft| {
                let first = draft.body.first().and_then(|&at| units.get(at));
                let text = first.map(|unit| unit.text.to_string()).unwrap_or_default();
                (text, draft.byline.clone(), draft.signed.clone())
            });
            main.unwrap_or_default()
        })
    }

    #[test]
    fn a_summary_in_points_is_no_text() {
        let points = "4 October 2022\n\nIn short\n\n\
            * The tower was moved on greased rails by forty metres in a week.\n\
            * The council had put off the work for ten years, it said.\n\
            * Visitors may climb it again from the first weekend of May.";
        assert_eq!(first(points).0, TEXT[0]);
    }

    #[test]
    fn an_agency_between_dek_and_text_parts_them() {
        let dek =
            "The tower of the bay was too near the sea, and so the town has moved it on rails.";
        let (text, byline, signed) =
            first(&format!("4 October 2022\nAnn Lee\n{dek}\nShare\n\nAFP"));
        assert_eq!(text, TEXT[0]);
        assert_eq!(byline.as_deref(), Some("Ann Lee"));
        assert_eq!(signed.as_deref(), Some("AFP"));
    }
}
