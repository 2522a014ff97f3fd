//! One story of the page: its headline and who carried it, and behind them the reasons, the time line, the text and
//! the copies.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::view::Views;
use super::{agency, count, link, safe};
use crate::article::{Article, ArticleNo, Key, Published};
use crate::elect::{Copy, Holds, Story};
use crate::event::Event;
use crate::fold::Fold;
use crate::report::plot::{self, Mark};
use crate::report::{escape, label, members};
use crate::verify::Relation;

/// Bytes of texts that one page holds in full; the texts after that are shown by their beginnings.
pub(super) const TEXTS: usize = 3 << 20;

/// Characters of a beginning.
const BEGINNING: usize = 400;

/// Writes the section of all stories.
pub(super) fn section(
    fold: &Fold,
    stories: &[&Story],
    events: &[&Event],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "<section aria-labelledby=\"stories\">\n<h2 id=\"stories\" tabindex=\"-1\">Stories</h2>"
    )?;
    let copies = stories.iter().flat_map(|story| &story.copies);
    let compared = copies.filter(|copy| Views::wanted(copy)).count();
    let mut writer = Writer {
        fold,
        events: events
            .iter()
            .flat_map(|event| event.stories.iter().map(|&id| (id, event.id)))
            .collect(),
        texts: TEXTS,
        views: Views::new(fold),
    };
    if let Some(note) = Views::note(compared) {
        writeln!(out, "<p class=\"note\">{note}</p>")?;
    }
    if stories.is_empty() {
        writeln!(out, "<p class=\"note\">No story.</p>")?;
    }
    for (at, story) in stories.iter().enumerate() {
        writer.story(at + 1, story, out)?;
    }
    writeln!(out, "</section>")
}

/// What the stories of one page share.
struct Writer<'f> {
    fold: &'f Fold,
    /// The event of each story that belongs to one.
    events: BTreeMap<Key, Key>,
    /// Bytes of texts that may still be shown in full.
    texts: usize,
    views: Views<'f>,
}

impl<'f> Writer<'f> {
    fn article(&self, no: ArticleNo) -> &'f Article {
        &self.fold.member(no).article
    }

    fn story(&mut self, number: usize, story: &Story, out: &mut dyn Write) -> io::Result<()> {
        let canonical = self.article(story.canonical);
        let agency = agency(self.fold, story);
        let uncredited = story.copies.iter().any(|copy| copy.uncredited);
        write!(
            out,
            "<article class=\"story\" id=\"story-{}\" data-copies=\"{}\" data-agency=\"{}\"{}>\n<details><summary>\
             <span class=\"number\" aria-hidden=\"true\">{number}</span><h3 dir=\"auto\"{}>{}</h3> <span class=\"about\">",
            story.id,
            story.copies.len(),
            agency.map_or(super::NO_AGENCY.into(), safe),
            if uncredited { " data-uncredited" } else { "" },
            lang(canonical),
            escape::markup(&label::headline(canonical)),
        )?;
        if let Some(agency) = agency {
            write!(out, "<b class=\"agency\">{}</b> ", safe(agency))?;
        }
        write!(
            out,
            "<span dir=\"auto\">{}</span> {}",
            escape::markup(&label::publisher(canonical)),
            time(&canonical.published)
        )?;
        if !story.copies.is_empty() {
            let copies = count(story.copies.len() as u64, "copy", "copies");
            write!(out, " <b class=\"copies\">{copies}</b>")?;
        }
        writeln!(out, "</span></summary>")?;
        self.reasons(story, canonical, out)?;
        if !story.copies.is_empty() {
            self.timeline(story, out)?;
        }
        if !story.copies.is_empty() {
            self.copies(story, out)?;
        }
        self.text(story.canonical, out)?;
        writeln!(out, "</details></article>")
    }

    /// Why this one is the canonical, who wrote it, where it stood.
    fn reasons(&self, story: &Story, canonical: &Article, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<dl><div><dt>Why this one</dt><dd>{}</dd></div><div><dt>Who wrote it</dt><dd>{} <span class=\"reason\">{}</span></dd></div>",
            safe(&story.reason),
            story
                .origin
                .agency
                .as_deref()
                .map_or("unknown".into(), safe),
            safe(&story.origin.reason)
        )?;
        let credit = &canonical.credit;
        for (name, value) in [("Dateline", &credit.dateline), ("Byline", &credit.byline)] {
            if let Some(value) = value {
                let value = safe(value);
                write!(
                    out,
                    "<div><dt>{name}</dt><dd dir=\"auto\">{value}</dd></div>"
                )?;
            }
        }
        let seen = &self.fold.member(story.canonical).seen;
        let more = seen.len().saturating_sub(1);
        write!(
            out,
            "<div><dt>Found</dt><dd><code dir=\"auto\">{}:{}</code>{}</dd></div>",
            safe(&canonical.place.source),
            canonical.place.line,
            if more > 0 {
                format!(" and {}", count(more as u64, "place more", "places more"))
            } else {
                String::new()
            }
        )?;
        if let Some(event) = self.events.get(&story.id) {
            write!(
                out,
                "<div><dt>Event</dt><dd><a href=\"#event-{event}\">other stories of it</a></dd></div>"
            )?;
        }
        if let Some(url) = canonical.url.as_deref() {
            let shown = safe(url);
            let url = link(Some(url), &shown);
            write!(
                out,
                "<div><dt>Address</dt><dd class=\"url\">{url}</dd></div>"
            )?;
        }
        writeln!(out, "</dl>")
    }

    fn timeline(&self, story: &Story, out: &mut dyn Write) -> io::Result<()> {
        let mut marks: Vec<Mark> = Vec::new();
        let relations = std::iter::once("canonical").chain(story.copies.iter().map(class));
        for (no, class) in members(story).zip(relations) {
            let article = self.article(no);
            if let Some(at) = article.published.at {
                let label = label::publisher(article).into_owned();
                marks.push(Mark { label, at, class });
            }
        }
        let unknown = story.copies.len() + 1 - marks.len();
        // stable: the canonical first, then in the order of the copies
        marks.sort_by_key(|mark| mark.at.seconds);
        write!(
            out,
            "<h4>Who carried it when</h4>\n{}",
            plot::timeline(&marks)
        )?;
        let later = marks.len().saturating_sub(plot::LANES);
        if later > 0 {
            write!(
                out,
                "<p class=\"note\">{later} later ones stand only in the table.</p>"
            )?;
        }
        if unknown > 0 {
            write!(
                out,
                "<p class=\"note\">{} without a known time.{}</p>",
                count(unknown as u64, "article", "articles"),
                if marks.is_empty() {
                    " --fetched TIME anchors times such as “3 hours ago”."
                } else {
                    ""
                }
            )?;
        }
        writeln!(out)
    }

    /// The text to read, or its beginning.
    fn text(&mut self, no: ArticleNo, out: &mut dyn Write) -> io::Result<()> {
        let body = self.fold.bodies.body(no)?;
        let whole = body.len() <= self.texts;
        let shown = if whole {
            self.texts -= body.len();
            &*body
        } else {
            let end = body.char_indices().nth(BEGINNING);
            end.and_then(|(end, _)| body.get(..end)).unwrap_or(&body)
        };
        write!(
            out,
            "<h4>Text</h4>\n<div class=\"text\"{}>",
            lang(self.article(no))
        )?;
        for paragraph in shown.split('\n').filter(|line| !line.trim().is_empty()) {
            write!(
                out,
                "<p dir=\"auto\">{}</p>",
                escape::markup(paragraph.trim())
            )?;
        }
        if shown.len() < body.len() {
            write!(
                out,
                "<p class=\"note\">Only its beginning: this page holds {} MB of texts in full. -f json has all.</p>",
                TEXTS >> 20
            )?;
        }
        writeln!(out, "</div>")
    }

    fn copies(&mut self, story: &Story, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<h4>Copies</h4>\n<table class=\"carriers\"><thead><tr><th scope=\"col\">Who carried it</th>\
             <th scope=\"col\">What it is <span class=\"about hint\">its words that stand in the canonical</span></th>\
             <th scope=\"col\">When</th></tr></thead><tbody>"
        )?;
        let title = label::headline(self.article(story.canonical)).into_owned();
        for copy in &story.copies {
            self.copy(story, copy, &title, out)?;
        }
        writeln!(out, "</tbody></table>")
    }

    fn copy(
        &mut self,
        story: &Story,
        copy: &Copy,
        canonical_title: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let article = self.article(copy.article);
        let name = escape::markup(&label::publisher(article)).into_owned();
        write!(
            out,
            "<tr id=\"article-{}\"><th scope=\"row\" dir=\"auto\">{}",
            article.key,
            link(article.url.as_deref(), &name)
        )?;
        let title = label::headline(article);
        if title != canonical_title {
            write!(
                out,
                "<span class=\"title\"{}>{}</span>",
                lang(article),
                escape::markup(&title)
            )?;
        }
        write!(
            out,
            "<code class=\"place\">{}:{}</code></th><td><span class=\"relation {}\">{}</span> {}{}</td><td>{}</td></tr>",
            safe(&article.place.source),
            article.place.line,
            class(copy),
            copy.relation.as_str(),
            label::share(copy.verbatim),
            self.notes(copy),
            time(&article.published)
        )?;
        self.views.write(story.canonical, copy, out)?;
        writeln!(out)
    }

    /// What else a reader should know of a copy.
    fn notes(&self, copy: &Copy) -> String {
        let via = copy.via.map(|via| {
            let name = label::publisher(self.article(via));
            format!("through {}", escape::markup(&name))
        });
        let longer = (copy.holds == Some(Holds::Copy)).then(|| "the longer".to_owned());
        let uncredited = copy.uncredited.then(|| "<b>no credit</b>".to_owned());
        let notes = [uncredited, longer, via].into_iter().flatten();
        notes.fold(String::new(), |notes, note| {
            notes + "<br><span class=\"remark\">" + &note + "</span>"
        })
    }
}

/// The class of a copy, which colours it on time line and table.
fn class(copy: &Copy) -> &'static str {
    match copy.relation {
        Relation::Identical | Relation::Copy => "copy",
        Relation::Excerpt => "excerpt",
        Relation::Rewrite | Relation::Update => "rewrite",
    }
}

/// The language of a text, where it is one that can be named.
fn lang(article: &Article) -> String {
    let known = article
        .language
        .as_deref()
        .filter(|name| (2..=3).contains(&name.len()));
    let known = known.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()));
    known.map_or_else(String::new, |name| format!(" lang=\"{name}\""))
}

fn time(published: &Published) -> String {
    let shown = label::time(published).unwrap_or_default();
    let shown = escape::markup(&shown);
    match published.at {
        Some(at) => {
            // the date does not break at its hyphens
            let (date, clock) = shown.split_once(' ').unwrap_or((&shown, ""));
            format!("<time datetime=\"{at}\"><span>{date}</span> {clock}</time>")
        }
        None => format!("<span class=\"when\">{shown}</span>"),
    }
}
