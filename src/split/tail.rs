//! What stands below the text of an article and may credit its agency or who else reported.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::label::Effect;
use super::unit::{Kind, Unit};
use crate::wire::{self, marks::Marks};

/// Whether a paragraph only credits who else reported: nothing of the text stands below it.
pub(super) fn is_tail_credit(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    let start = text.trim_start_matches(['(', '—', '-', '–', ' ']);
    let reporting = ["Reporting by", "Additional reporting by", "Writing by"]
        .iter()
        .any(|sign| start.starts_with(sign));
    let contributed = CONTRIBUTED.find(text.as_bytes()).is_some_and(|_| {
        text.contains("contributed to this report") || text.contains("contributed to this story")
    });
    reporting || contributed || text == "The-CNN-Wire"
}

/// What such credits say.
static CONTRIBUTED: LazyLock<Finder> = LazyLock::new(|| Finder::new("contributed to this "));

/// What lines that may name the agency start with, and what stands in them.
const STARTS: [&str; 5] = ["(c)", "the-cnn-wire", "(end)", "enditem", "this report by"];
static CREDITS: LazyLock<Marks> = LazyLock::new(|| {
    Marks::of_any_case(["copyright", "syndicated feed", "contributed"].into_iter())
});

/// Characters of a line that only says whose the text is: `Theo TTXVN`.
const SIGNED: u32 = 40;

/// Lines below the text that may name the agency: credits, copyright lines, marks of the wire.
pub(super) fn tail(units: &[Unit<'_>], end: usize, high: usize) -> Vec<usize> {
    let mut tail = Vec::new();
    for index in end..high.min(end + 8) {
        let Some(unit) = units.get(index) else { break };
        let text = &*unit.text;
        let starts = |words: &str| {
            let head = text.as_bytes().get(..words.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(words.as_bytes()))
        };
        let credits = || {
            unit.is_tail_credit()
                || text.contains('©')
                || STARTS.into_iter().any(starts)
                || CREDITS.any_in(text)
                || text.contains('@') && unit.words <= 2
                || text.starts_with("==")
                || text.starts_with('(') && text.ends_with(')') && unit.words <= 4
                || text.starts_with("- ") && unit.words <= 3
                || unit.chars <= SIGNED && wire::credits_agency(text)
                || unit.kind == Kind::Byline && wire::signs(text).agency
        };
        match unit.kind {
            Kind::Rule => {}
            Kind::Label(Effect::Related | Effect::Listed | Effect::Start | Effect::Under) => break,
            _ if unit.chars < 500 && credits() => tail.push(index),
            Kind::Caption | Kind::Label(_) => {}
            _ => break,
        }
    }
    tail
}
