//! A copy beside the text it was made from: what it kept, cut, added and reworded, sentence by sentence.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use super::words::marked;
use crate::article::ArticleNo;
use crate::elect::Copy;
use crate::fold::Fold;
use crate::report::{escape, label};
use crate::verify::{Compared, Fate, Judge, Prepared, Relation, Thresholds, compare};

/// Copies of one page that get a comparison: the first ones.
pub(super) const VIEWS: usize = 200;

/// Rows of one comparison, and bytes of a text that is compared.
const ROWS: usize = 300;
const LONGEST: usize = 200_000;

/// Makes comparisons as long as there is room for them.
pub(super) struct Views<'f> {
    fold: &'f Fold,
    judge: Judge,
    left: usize,
}

impl<'f> Views<'f> {
    pub(super) fn new(fold: &'f Fold) -> Self {
        Self {
            fold,
            judge: Judge::new(Thresholds::default()),
            left: VIEWS,
        }
    }

    /// Whether a comparison would tell something: nothing was changed in an identical text.
    pub(super) fn wanted(copy: &Copy) -> bool {
        copy.relation != Relation::Identical
    }

    /// What the page says when not every copy is compared.
    pub(super) fn note(wanted: usize) -> Option<String> {
        (wanted > VIEWS).then(|| {
            format!(
                "The first {VIEWS} of {wanted} copies are shown side by side with the text they were made from; \
                 for the others use <code>wirefold compare</code>."
            )
        })
    }

    /// A table row with the comparison of a copy; nothing where there is none.
    pub(super) fn write(
        &mut self,
        canonical: ArticleNo,
        copy: &Copy,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if !Self::wanted(copy) || self.left == 0 {
            return Ok(());
        }
        self.left -= 1;
        let base = copy.via.unwrap_or(canonical);
        let (a, b) = (
            self.fold.bodies.body(base)?,
            self.fold.bodies.body(copy.article)?,
        );
        if a.len().max(b.len()) > LONGEST {
            return writeln!(
                out,
                "<tr class=\"view\"><td colspan=\"3\">Too long to be shown side by side.</td></tr>"
            );
        }
        let rows = {
            let (a, b) = (self.prepared(base, &a), self.prepared(copy.article, &b));
            compare(&mut self.judge, &a, &b).sentences
        };
        let (of, by) = (
            &self.fold.member(base).article,
            &self.fold.member(copy.article).article,
        );
        write!(
            out,
            "<tr class=\"view\"><td colspan=\"3\"><details><summary>Side by side: {}</summary>\n<table class=\"compare\"><thead><tr>\
             <th scope=\"col\" dir=\"auto\">{} <span class=\"about\">{}</span></th><th scope=\"col\" class=\"fate\">Fate</th>\
             <th scope=\"col\" dir=\"auto\">{} <span class=\"about\">copy</span></th></tr></thead><tbody>",
            counts(&rows),
            escape::markup(&label::publisher(of)),
            if copy.via.is_some() {
                "a copy between"
            } else {
                "canonical"
            },
            escape::markup(&label::publisher(by)),
        )?;
        for row in rows.iter().take(ROWS) {
            out.write_all(sentence(row, &a, &b).as_bytes())?;
        }
        write!(out, "</tbody></table>")?;
        if rows.len() > ROWS {
            write!(
                out,
                "<p class=\"note\">The first {ROWS} of {} sentences.</p>",
                rows.len()
            )?;
        }
        write!(out, "</details></td></tr>")
    }

    fn prepared<'b>(&self, no: ArticleNo, body: &'b str) -> Prepared<'b>
    where
        'f: 'b,
    {
        let article = &self.fold.member(no).article;
        Prepared::new(body, article.title.as_deref()).published_by(article.publisher.as_deref())
    }
}

/// `12 kept, 3 edited, 1 cut`.
fn counts(rows: &[Compared]) -> String {
    let parts: Vec<String> = Fate::ALL
        .into_iter()
        .filter_map(|fate| {
            let count = rows.iter().filter(|row| row.fate == fate).count();
            (count > 0).then(|| format!("{count} {}", fate.as_str()))
        })
        .collect();
    parts.join(", ")
}

/// One row: the sentence in both texts; where it was edited, the words that changed are marked.
fn sentence(row: &Compared, a: &str, b: &str) -> String {
    let cut = |body: &'_ str, range: &Option<Range<u32>>| {
        let range = range.as_ref()?;
        body.get(range.start as usize..range.end as usize)
            .map(|text| text.trim().to_owned())
    };
    let (left, right) = (cut(a, &row.a), cut(b, &row.b));
    let (left, right) = match (row.fate, left, right) {
        (Fate::Edited, Some(left), Some(right)) => marked(&left, &right),
        (_, left, right) => {
            let safe =
                |text: Option<String>| escape::markup(&text.unwrap_or_default()).into_owned();
            (safe(left), safe(right))
        }
    };
    let mut out = String::new();
    let fate = row.fate.as_str();
    let _ = writeln!(
        out,
        "<tr class=\"{fate}{}\"><td dir=\"auto\">{left}</td><td class=\"fate\">{fate}</td><td dir=\"auto\">{right}</td></tr>",
        if row.quoted { " quoted" } else { "" }
    );
    out
}
