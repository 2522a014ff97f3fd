//! What an article is called before the eye, in text and in HTML alike: its headline, publisher, time and share.

use std::borrow::Cow;

use super::escape;
use crate::article::{Article, Published};
use crate::verify::Ratio;

/// The title; `(untitled)` where there is none.
pub(super) fn headline(article: &Article) -> Cow<'_, str> {
    match article.title.as_deref().map(escape::line) {
        Some(title) if !title.trim().is_empty() => title,
        _ => Cow::Borrowed("(untitled)"),
    }
}

/// The publisher; `(no publisher)` where none is known.
pub(super) fn publisher(article: &Article) -> Cow<'_, str> {
    match article.publisher.as_deref().map(escape::line) {
        Some(name) if !name.trim().is_empty() => name,
        _ => Cow::Borrowed("(no publisher)"),
    }
}

/// A time for the eye: `2025-08-17 03:00 UTC`, `2025-08-17`, or as printed where nothing else is known.
pub(super) fn time(published: &Published) -> Option<Cow<'_, str>> {
    let Some(at) = published.at else {
        return published.raw.as_deref().map(escape::line);
    };
    let text = at.to_string();
    Some(match (at.day_only, text.get(..10), text.get(11..16)) {
        (false, Some(day), Some(clock)) => format!("{day} {clock} UTC").into(),
        _ => text.into(),
    })
}

/// `97 %`; 100 only where every word is there.
pub(super) fn share(ratio: Ratio) -> String {
    let percent = (ratio.thousandths() + 5) / 10;
    let whole = ratio.of >= ratio.all;
    format!("{} %", if whole { percent } else { percent.min(99) })
}
