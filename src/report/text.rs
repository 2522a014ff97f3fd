//! The report for the eye: 80 columns by display width, colour with meaning, links where a terminal has them.
//!
//! A story is its canonical (headline; agency, dateline, publisher, time) and under it each copy (relation, verbatim
//! share, publisher, time). Then the events, the headlines without a text, and one line that sums up.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::article::{Article, Key};
use crate::elect::{Copy, Story};
use crate::event::Event;
use crate::fold::{Accounts, Fold};
use crate::report::columns::{pad, truncate, width, wrap};
use crate::report::ink::Ink;
use crate::report::label::{headline, publisher, share, time};
use crate::report::{Look, Summarise, Summary, escape, events};

/// Columns of a relation's name and of a share (`100 %`).
const RELATION: usize = 9;
const SHARE: usize = 5;

/// Stories that are written in one go, and how many goes are held until they are printed.
const PART: usize = 256;
const PARTS: usize = 64;

/// Events whose reports' quotes and figures are read unless more is asked for: a large fold has ten thousands.
const TOLD: usize = 40;

pub(super) fn write(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    if look.summary != Summarise::Only {
        let stories = look.selection.stories(fold);
        let page = Page::new(fold, look, stories.len());
        page.stories(&stories, &mut out)?;
        let numbers = stories
            .iter()
            .enumerate()
            .map(|(at, story)| (story.id, at + 1))
            .collect();
        page.events(&numbers, &mut out)?;
        page.headlines(&mut out)?;
    }
    if look.summary != Summarise::Never {
        for line in wrap(&summary(&Summary::of(fold)), look.width) {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()
}

/// `4 stories in 5 articles: 1 copy, 0 events. Read 2 pages; 0 headlines, 1 seen again, 12 lines of furniture, 0 skipped.`
fn summary(of: &Summary) -> String {
    let count = |n: u64, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    format!(
        "{} in {}: {}, {}. Read {}; {}, {} seen again, {} of furniture, {} skipped.",
        count(of.stories, "story", "stories"),
        count(of.articles, "article", "articles"),
        count(of.copies, "copy", "copies"),
        count(of.events, "event", "events"),
        count(of.pages, "page", "pages"),
        count(of.headlines, "headline", "headlines"),
        of.seen_again,
        count(of.furniture, "line", "lines"),
        of.skipped,
    )
}

/// What all parts of one report share.
struct Page<'a> {
    fold: &'a Fold,
    look: &'a Look,
    /// Columns before a story's text: its number stands there.
    indent: usize,
}

impl<'a> Page<'a> {
    fn new(fold: &'a Fold, look: &'a Look, stories: usize) -> Self {
        let indent = stories.to_string().len().max(2) + 2;
        Self { fold, look, indent }
    }

    /// Columns beside the indent; never so few that nothing fits.
    fn room(&self) -> usize {
        self.look.width.saturating_sub(self.indent).max(20)
    }

    fn paint<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        if self.look.color && !text.is_empty() {
            format!("\u{1b}[{}m{text}\u{1b}[0m", ink.code()).into()
        } else {
            text.into()
        }
    }

    /// A hyperlink (OSC 8) where the terminal has them and the address is a web address.
    fn link<'t>(&self, url: Option<&str>, text: Cow<'t, str>) -> Cow<'t, str> {
        match url.filter(|_| self.look.links).and_then(escape::link) {
            Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\").into(),
            None => text,
        }
    }

    /// All stories, written in parallel, printed in order.
    fn stories(&self, stories: &[&Story], out: &mut dyn Write) -> io::Result<()> {
        let write = |numbered: &[(usize, &Story)]| {
            let mut text = Vec::new();
            for &(number, story) in numbered {
                self.story(number, story, &mut text)?;
            }
            io::Result::Ok(text)
        };
        let numbered: Vec<_> = (1..).zip(stories.iter().copied()).collect();
        for together in numbered.chunks(PART * PARTS) {
            let texts: Vec<_> = together.par_chunks(PART).map(write).collect();
            for text in texts {
                out.write_all(&text?)?;
            }
        }
        Ok(())
    }

    fn story(&self, number: usize, story: &Story, out: &mut dyn Write) -> io::Result<()> {
        let canonical = &self.fold.member(story.canonical).article;
        let number = format!("{number:>width$}  ", width = self.indent - 2);
        let (under, first) = (self.margin(), self.paint(Ink::Faint, &number));
        for (at, line) in wrap(&headline(canonical), self.room()).iter().enumerate() {
            let margin = if at == 0 { &*first } else { &*under };
            let line = self.link(canonical.url.as_deref(), self.paint(Ink::Title, line));
            writeln!(out, "{margin}{line}")?;
        }
        self.about(story, canonical, out)?;
        let publishers = story
            .copies
            .iter()
            .map(|copy| width(&publisher(&self.fold.member(copy.article).article)));
        let columns = publishers
            .max()
            .unwrap_or_default()
            .min(self.publisher_room());
        for copy in &story.copies {
            self.copy(copy, canonical, columns, out)?;
        }
        writeln!(out)
    }

    fn margin(&self) -> String {
        " ".repeat(self.indent)
    }

    /// Agency, dateline, publisher, time: each with its colour, wrapped between the parts.
    fn about(&self, story: &Story, canonical: &Article, out: &mut dyn Write) -> io::Result<()> {
        let agency = story.origin.agency.as_deref();
        let agency = agency.or(canonical.credit.agency.as_deref());
        let parts = [
            (Ink::Agency, agency.map(escape::line)),
            (
                Ink::Plain,
                canonical.credit.dateline.as_deref().map(escape::line),
            ),
            (Ink::Publisher, Some(publisher(canonical))),
            (Ink::Faint, time(&canonical.published)),
        ];
        let mut line = Line::default();
        for (ink, part) in parts
            .into_iter()
            .filter_map(|(ink, part)| Some((ink, part?)))
        {
            let part = truncate(&part, self.room());
            if line.used > 0 && line.used + 3 + width(&part) > self.room() {
                writeln!(out, "{}{}", self.margin(), std::mem::take(&mut line).text)?;
            }
            line.push(if line.used == 0 { "" } else { " · " }, 0);
            line.push(&self.paint(ink, &part), width(&part));
        }
        writeln!(out, "{}{}", self.margin(), line.text)
    }

    /// What is left for a publisher beside relation, share and time.
    fn publisher_room(&self) -> usize {
        self.room()
            .saturating_sub(RELATION + 1 + SHARE + 2 + 2 + TIME)
            .max(12)
    }

    fn copy(
        &self,
        copy: &Copy,
        canonical: &Article,
        columns: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let article = &self.fold.member(copy.article).article;
        let name = truncate(&publisher(article), columns);
        let relation = pad(copy.relation.as_str(), RELATION);
        let mut line = Line::default();
        line.push(&self.paint(Ink::of(copy.relation), &relation), RELATION);
        line.push(&format!(" {:>SHARE$}  ", share(copy.verbatim)), 0);
        let under = " ".repeat(line.used);
        let linked = self.link(article.url.as_deref(), self.paint(Ink::Publisher, &name));
        line.push(&linked, width(&name));
        let room = self.room().saturating_sub(under.len());
        let mut below = Vec::new();
        if let Some(when) = time(&article.published) {
            let when = truncate(&when, TIME);
            let painted = self.paint(Ink::Faint, &when).into_owned();
            if columns + 2 + width(&when) <= room {
                line.push(&" ".repeat(columns.saturating_sub(width(&name)) + 2), 0);
                line.push(&painted, width(&when));
            } else {
                below.push(painted);
            }
        }
        let notes = self.notes(copy);
        if line.used + 2 + width(&notes) <= self.room() && !notes.is_empty() {
            line.push("  ", 0);
            line.push(&self.paint(Ink::Note, &notes), width(&notes));
        } else if !notes.is_empty() {
            below.push(self.paint(Ink::Note, &truncate(&notes, room)).into_owned());
        }
        let title = headline(article);
        if article.title.is_some() && title != headline(canonical) {
            below.push(self.paint(Ink::Faint, &truncate(&title, room)).into_owned());
        }
        writeln!(out, "{}{}", self.margin(), line.text)?;
        for text in below {
            writeln!(out, "{}{under}{text}", self.margin())?;
        }
        Ok(())
    }

    /// What else a reader should know of a copy.
    fn notes(&self, copy: &Copy) -> String {
        let via = copy
            .via
            .map(|via| format!("through {}", publisher(&self.fold.member(via).article)));
        let longer = copy
            .holds
            .filter(|&holds| holds == crate::elect::Holds::Copy);
        let notes = [
            copy.uncredited.then(|| "no credit".to_owned()),
            longer.map(|_| "the longer".to_owned()),
            via,
        ];
        notes.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The events, each with the numbers of its stories above. What their reports say is read for the first of them.
    fn events(&self, numbers: &BTreeMap<Key, usize>, out: &mut dyn Write) -> io::Result<()> {
        let events = self.fold.events.iter();
        let shown: Vec<(usize, &Event)> = events
            .filter(|event| event.stories.iter().any(|id| numbers.contains_key(id)))
            .enumerate()
            .collect();
        if shown.is_empty() {
            return Ok(());
        }
        let title = "Events: stories of one happening";
        writeln!(out, "{}", self.paint(Ink::Title, title))?;
        let accounts = Accounts::new(self.fold);
        for together in shown.chunks(PART) {
            let write = |&(at, event): &(usize, &Event)| {
                let told = self.look.verbose || at < TOLD;
                self.event(event, numbers, told.then_some(&accounts))
            };
            for text in together.par_iter().map(write).collect::<Vec<_>>() {
                out.write_all(&text?)?;
            }
        }
        if shown.len() > TOLD && !self.look.verbose {
            let more = format!(
                "What reports quote and count is read for {TOLD} events; -v: for all, and why each story is in its event."
            );
            for line in wrap(&more, self.look.width) {
                writeln!(out, "{}", self.paint(Ink::Faint, &line))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn event(
        &self,
        event: &Event,
        numbers: &BTreeMap<Key, usize>,
        accounts: Option<&Accounts<'_>>,
    ) -> io::Result<Vec<u8>> {
        let name = |id: Key| numbers.get(&id).map(ToString::to_string);
        let stories: Vec<String> = event.stories.iter().filter_map(|&id| name(id)).collect();
        let origins = format!("{} origins", event.origins);
        let of = [
            Some(format!("stories {}", stories.join(", "))),
            Some(origins),
            events::span(event),
        ];
        let of: Vec<String> = of.into_iter().flatten().collect();
        let mut below = vec![of.join(" · ")];
        if let Some(accounts) = accounts {
            below.extend(events::details(accounts, event, &name, self.look.verbose)?);
            if self.look.verbose {
                below.extend(events::reasons(accounts, event, &name)?);
            }
        }
        let title = event
            .title
            .as_deref()
            .map_or(Cow::Borrowed("(untitled)"), escape::line);
        let mut out = Vec::new();
        for line in wrap(&title, self.room()) {
            writeln!(out, "{}{line}", self.margin())?;
        }
        for text in below {
            // what belongs to the line above stands further in
            let inner = text.len() - text.trim_start().len();
            for line in wrap(text.trim_start(), self.room() - inner) {
                let line = format!("{:inner$}{line}", "");
                writeln!(out, "{}{}", self.margin(), self.paint(Ink::Faint, &line))?;
            }
        }
        writeln!(out)?;
        Ok(out)
    }

    /// Records without a body, one a line.
    fn headlines(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut any = false;
        for no in self.look.selection.headlines(self.fold) {
            if !std::mem::replace(&mut any, true) {
                writeln!(
                    out,
                    "{}",
                    self.paint(Ink::Title, "Headlines without a text")
                )?;
            }
            let article = &self.fold.member(no).article;
            let of = truncate(&publisher(article), self.room() / 3);
            let title = truncate(&headline(article), self.room() - width(&of) - 3);
            writeln!(
                out,
                "{}{title} · {}",
                self.margin(),
                self.paint(Ink::Publisher, &of)
            )?;
        }
        if any { writeln!(out) } else { Ok(()) }
    }
}

/// A line in the making, and the columns that it takes.
#[derive(Default)]
struct Line {
    text: String,
    used: usize,
}

impl Line {
    /// Appends a text that takes so many columns, which colours and links hide; 0: it has neither.
    fn push(&mut self, text: &str, columns: usize) {
        self.used += if columns == 0 { width(text) } else { columns };
        self.text += text;
    }
}

/// Columns of the longest time that is printed whole.
const TIME: usize = 20;
