//! One article a row: `csv` for spreadsheets, `tsv` (`id<TAB>story`) for scorers and `join`.
//!
//! Cells are one line and never a formula; text is quoted always, so that no other separator cuts it.

use std::io::{self, Write};

use crate::article::{ArticleNo, Key};
use crate::elect::{Copy, Story};
use crate::fold::Fold;
use crate::report::{Look, Summarise, Summary, escape, events_by_story, members};

/// The columns, in order. A canonical's relation is `canonical`, its figures are empty. Bodies are left to JSON.
pub const COLUMNS: [&str; 27] = [
    "story",
    "event",
    "relation",
    "jaccard",
    "containment",
    "verbatim",
    "holds",
    "via",
    "uncredited",
    "id",
    "key",
    "role",
    "title",
    "publisher",
    "byline",
    "language",
    "published",
    "published_raw",
    "agency",
    "agency_evidence",
    "dateline",
    "words",
    "partial",
    "url",
    "source",
    "offset",
    "line",
];

pub(super) fn write(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::NonNumeric)
        .from_writer(out);
    if look.summary == Summarise::Only {
        let entries = Summary::of(fold).entries();
        rows.write_record(entries.map(|(name, _)| name))?;
        rows.write_record(entries.map(|(_, count)| count.to_string()))?;
        return rows.flush();
    }
    rows.write_record(COLUMNS)?;
    let events = events_by_story(fold);
    for story in look.selection.stories(fold) {
        let event = events.get(&story.id).copied();
        rows.write_record(row(fold, story, event, story.canonical, None))?;
        for copy in &story.copies {
            rows.write_record(row(fold, story, event, copy.article, Some(copy)))?;
        }
    }
    rows.flush()
}

fn row(
    fold: &Fold,
    story: &Story,
    event: Option<Key>,
    no: ArticleNo,
    copy: Option<&Copy>,
) -> [String; 27] {
    let member = fold.member(no);
    let article = &member.article;
    let credit = &article.credit;
    let cell = |text: Option<&str>| {
        text.map(|text| escape::cell(text).into_owned())
            .unwrap_or_default()
    };
    let figure = |value: Option<String>| value.unwrap_or_default();
    [
        story.id.to_string(),
        figure(event.map(|id| id.to_string())),
        copy.map_or("canonical", |copy| copy.relation.as_str())
            .to_owned(),
        figure(copy.map(|copy| copy.jaccard.to_string())),
        figure(copy.map(|copy| copy.containment.to_string())),
        figure(copy.map(|copy| copy.verbatim.to_string())),
        figure(
            copy.and_then(|copy| copy.holds)
                .map(|holds| holds.as_str().to_owned()),
        ),
        cell(
            copy.and_then(|copy| copy.via)
                .map(|via| fold.member(via).article.id.as_str()),
        ),
        figure(copy.map(|copy| copy.uncredited.to_string())),
        cell(Some(&article.id)),
        article.key.to_string(),
        article.role.as_str().to_owned(),
        cell(article.title.as_deref()),
        cell(article.publisher.as_deref()),
        cell(credit.byline.as_deref()),
        cell(article.language.as_deref()),
        figure(article.published.at.map(|at| at.to_string())),
        cell(article.published.raw.as_deref()),
        cell(credit.agency.as_deref()),
        figure(credit.evidence.map(|evidence| evidence.as_str().to_owned())),
        cell(credit.dateline.as_deref()),
        article.words.to_string(),
        article.partial.to_string(),
        cell(article.url.as_deref()),
        cell(Some(&article.place.source)),
        article.place.offset.to_string(),
        article.place.line.to_string(),
    ]
}

/// Lines of `id<TAB>story`; with [`Summarise::Only`], of `name<TAB>count`.
pub(super) fn write_pairs(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    if look.summary == Summarise::Only {
        for (name, count) in Summary::of(fold).entries() {
            writeln!(out, "{name}\t{count}")?;
        }
        return out.flush();
    }
    for story in look.selection.stories(fold) {
        for no in members(story) {
            writeln!(
                out,
                "{}\t{}",
                escape::field(&fold.member(no).article.id),
                story.id
            )?;
        }
    }
    out.flush()
}
