//! Texts of pictures in front of headlines, as extractors glue them there.

use super::bytes::spaces;
use super::page::Draft;
use super::shapes::Shapes;
use super::unit::Unit;

/// Takes the text of a picture off the front of titles: where the rest stands as a line of its own elsewhere, that is the
/// title.
pub(super) fn without(units: &[Unit<'_>], drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| draft.title.is_none()) {
        return;
    }
    let titles = units.iter().filter(|unit| unit.is_full_title());
    let lines: Vec<&str> = titles.map(|unit| &*unit.text).collect();
    // most rests look like no line
    let shapes = Shapes::<64>::of(lines.iter().copied());
    let is_line = |text: &str| shapes.may_have(text) && lines.contains(&text);
    for draft in drafts {
        let Some(title) = draft.title.as_deref() else {
            continue;
        };
        let rest = spaces(title)
            .skip(ALT_TEXT - 1)
            .filter_map(|at| title.get(at + 1..))
            .find(|rest| is_line(rest));
        if let Some(rest) = rest {
            draft.title = Some(rest.to_owned());
        }
    }
}

/// Words of a picture's text, at least.
const ALT_TEXT: usize = 3;
