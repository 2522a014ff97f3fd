//! Two articles side by side, sentence by sentence: for the eye, for scripts, as a page.

use std::io::{self, Write};

use crate::article::Article;
use crate::report::columns::{pad, wrap};
use crate::report::json::Json;
use crate::report::{Look, escape};
use crate::verify::{Compared, Comparison, Fate, Which};

/// How a comparison is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Side by side, for the eye.
    Text,
    /// One document.
    Json,
    /// One page that needs nothing else.
    Html,
}

/// The two articles of a comparison, bodies included.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// What the other may have been made from.
    pub a: &'a Article,
    /// What may have been made from it.
    pub b: &'a Article,
}

impl Pair<'_> {
    /// The text of both sides of a row, made of one line; `None` where a side has none.
    fn texts(&self, row: &Compared) -> (Option<&str>, Option<&str>) {
        let text = |article: &'_ Article, range: &Option<std::ops::Range<u32>>| {
            let range = range.as_ref()?;
            Some(range.start as usize..range.end as usize)
                .filter(|range| article.body.get(range.clone()).is_some())
        };
        (
            text(self.a, &row.a).and_then(|range| self.a.body.get(range)),
            text(self.b, &row.b).and_then(|range| self.b.body.get(range)),
        )
    }
}

/// Writes a comparison.
pub fn write(
    pair: Pair<'_>,
    comparison: &Comparison,
    form: Form,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match form {
        Form::Text => text(pair, comparison, look, out),
        Form::Json => json(pair, comparison, out),
        Form::Html => html(pair, comparison, out),
    }
}

fn json(pair: Pair<'_>, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    for (key, article) in [("a", pair.a), ("b", pair.b)] {
        json.key(key);
        json.open('{');
        json.string("id", &article.id);
        json.maybe("title", article.title.as_deref());
        json.maybe("publisher", article.publisher.as_deref());
        json.close('}');
    }
    let verdict = comparison.verdict;
    json.maybe("relation", verdict.map(|verdict| verdict.relation.as_str()));
    json.maybe(
        "holds",
        verdict.and_then(|verdict| verdict.holds).map(which),
    );
    let figures = comparison.figures;
    json.value("jaccard", figures.jaccard);
    json.value("containment", figures.containment);
    json.value("verbatim", figures.verbatim_b);
    json.key("sentences");
    json.open('[');
    for row in &comparison.sentences {
        let (a, b) = pair.texts(row);
        json.open('{');
        json.string("fate", row.fate.as_str());
        json.value("quoted", row.quoted);
        json.maybe("a", a);
        json.maybe("b", b);
        json.close('}');
    }
    json.close(']');
    json.close('}');
    json.end_line()?;
    json.finish()
}

fn which(side: Which) -> &'static str {
    match side {
        Which::A => "a",
        Which::B => "b",
    }
}

/// `copy: 87 % of B's words stand in A word for word; containment 0.912, Jaccard 0.803`
fn summary(comparison: &Comparison) -> String {
    let relation = comparison
        .verdict
        .map_or("no copy", |verdict| verdict.relation.as_str());
    let figures = comparison.figures;
    format!(
        "{relation}: {} % of B's words stand in A word for word; containment {}, Jaccard {}",
        (figures.verbatim_b.thousandths() + 5) / 10,
        figures.containment,
        figures.jaccard
    )
}

/// `12 kept, 3 edited, 1 reworded, 4 cut, 2 added`
fn counts(comparison: &Comparison) -> String {
    let parts: Vec<String> = Fate::ALL
        .iter()
        .filter_map(|&fate| {
            let count = comparison
                .sentences
                .iter()
                .filter(|row| row.fate == fate)
                .count();
            (count > 0).then(|| format!("{count} {}", fate.as_str()))
        })
        .collect();
    format!(
        "sentences: {}",
        if parts.is_empty() {
            "none".to_owned()
        } else {
            parts.join(", ")
        }
    )
}

/// What stands between the columns, and its colour (SGR).
fn mark(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Kept => ("=", "2"),
        Fate::Edited => ("~", "33"),
        Fate::Reworded => ("≈", "35"),
        Fate::Cut => ("-", "31"),
        Fate::Added => ("+", "32"),
    }
}

fn heading(article: &Article) -> String {
    let title = article.title.as_deref().unwrap_or("(no headline)");
    match article.publisher.as_deref() {
        Some(publisher) => format!("{} · {}", escape::line(title), escape::line(publisher)),
        None => escape::line(title).into_owned(),
    }
}

fn text(
    pair: Pair<'_>,
    comparison: &Comparison,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let column = look.width.saturating_sub(3).max(20) / 2;
    let mut row = |left: &str, mark: (&str, &str), right: &str| -> io::Result<()> {
        let (left, right) = (wrap(left, column), wrap(right, column));
        for at in 0..left.len().max(right.len()) {
            let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let sign = if at == 0 { mark.0 } else { " " };
            let (left, right) = (pad(&cell(&left), column), cell(&right));
            let line = format!("{left} {sign} {right}");
            let line = line.trim_end();
            if look.color && !mark.1.is_empty() {
                writeln!(out, "\u{1b}[{}m{line}\u{1b}[0m", mark.1)?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    };
    row(
        &format!("A: {}", heading(pair.a)),
        (" ", "1"),
        &format!("B: {}", heading(pair.b)),
    )?;
    row("", (" ", ""), " ")?;
    for compared in &comparison.sentences {
        let (a, b) = pair.texts(compared);
        let line = |text: Option<&str>| {
            text.map(|text| escape::line(text).into_owned())
                .unwrap_or_default()
        };
        row(&line(a), mark(compared.fate), &line(b))?;
    }
    writeln!(out)?;
    for line in [summary(comparison), counts(comparison)] {
        for line in wrap(&line, look.width) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222;background:#fff}\
table{border-collapse:collapse;width:100%}td,th{vertical-align:top;text-align:left;padding:.3rem .6rem;width:48%}\
td.fate{width:4%;font:12px sans-serif;color:#666}tr.edited td{background:#fff6d6}tr.reworded td{background:#f3e8ff}\
tr.cut td{background:#ffe3e3}tr.added td{background:#e2f7e2}tr.quoted td{font-style:italic}\
@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}tr.edited td{background:#3a3210}tr.reworded td{background:#2d2140}\
tr.cut td{background:#401c1c}tr.added td{background:#173317}}";

fn html(pair: Pair<'_>, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let title = escape::markup(pair.a.title.as_deref().unwrap_or("(no headline)")).into_owned();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}: compared</title><style>{STYLE}</style></head><body>\n<p>{}<br>{}</p>\n<table>\n<tr>",
        escape::markup(&summary(comparison)),
        escape::markup(&counts(comparison))
    )?;
    writeln!(
        out,
        "<th>{}</th><th></th><th>{}</th></tr>",
        escape::markup(&heading(pair.a)),
        escape::markup(&heading(pair.b))
    )?;
    for row in &comparison.sentences {
        let (a, b) = pair.texts(row);
        let quoted = if row.quoted { " quoted" } else { "" };
        writeln!(
            out,
            "<tr class=\"{fate}{quoted}\"><td dir=\"auto\">{}</td><td class=\"fate\">{fate}</td><td dir=\"auto\">{}</td></tr>",
            escape::markup(a.unwrap_or_default()),
            escape::markup(b.unwrap_or_default()),
            fate = row.fate.as_str()
        )?;
    }
    writeln!(out, "</table>\n</body></html>")
}
