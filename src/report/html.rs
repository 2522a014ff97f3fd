//! The report as one page that needs nothing else: no script, font or picture from elsewhere, readable without
//! JavaScript, which only filters and opens.
//!
//! What is long is bounded, and the page says so: texts by [`story::TEXTS`], comparisons by [`view::VIEWS`]. A story is
//! closed until somebody opens it, so that thousands of them open at once.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::article::Key;
use crate::elect::Story;
use crate::event::Event;
use crate::fold::{Accounts, Fold};
use crate::report::plot::{self, Bar};
use crate::report::{Look, Summarise, Summary, escape, label, members};

/// One story: what is seen of it closed, and what it holds.
mod story;
/// A copy beside the text it was made from.
mod view;
/// Words that differ.
mod words;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Nothing is loaded, nothing is sent: a second lock behind the escaping.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// Bars of one plot; the table beside it goes on to [`ROWS`].
const BARS: usize = 8;
const ROWS: usize = 200;

pub(super) fn write(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut io::BufWriter::new(out);
    let summary = Summary::of(fold);
    let shown = look.selection.stories(fold);
    let only_summary = look.summary == Summarise::Only;
    let stories: &[&Story] = if only_summary { &[] } else { &shown };
    let events = if only_summary {
        Vec::new()
    } else {
        look.selection.events(fold, stories)
    };
    head(&summary, out)?;
    let shares = Shares::of(fold, &shown);
    shares.write(out)?;
    if !only_summary {
        filters(&shares, out)?;
        story::section(fold, stories, &events, out)?;
        event_section(fold, stories, &events, out)?;
        headlines(fold, look, out)?;
    }
    skipped(fold, out)?;
    write!(
        out,
        "</main>\n<footer><p>Made by wirefold {}. Times are in UTC.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )?;
    out.flush()
}

/// Text that anybody may have written, harmless and on one line.
fn safe(text: &str) -> String {
    escape::markup(&escape::line(text)).into_owned()
}

/// A name that leads to a web address, or only the name.
fn link(url: Option<&str>, name: &str) -> String {
    match url.and_then(escape::link) {
        Some(url) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{name}</a>",
            escape::markup(&url)
        ),
        None => name.to_owned(),
    }
}

/// `1 story`, `2,000 stories`.
fn count(number: u64, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

fn head(of: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let title = format!(
        "{} in {}",
        count(of.stories, "story", "stories"),
        count(of.articles, "article", "articles")
    );
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title} – wirefold</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#stories\">Skip to the stories</a>\n<header>\n<p class=\"name\">wirefold</p>\n<h1>{title}</h1>\n"
    )?;
    let facts = [
        count(of.copies, "copy", "copies"),
        count(of.events, "event", "events"),
        count(of.pages, "page read", "pages read"),
        count(of.headlines, "headline only", "headlines only"),
        format!("{} again", count(of.seen_again, "seen", "seen")),
        format!("{} of furniture", count(of.furniture, "line", "lines")),
        count(of.skipped, "skipped", "skipped"),
    ];
    write!(out, "<ul class=\"facts\">")?;
    for fact in facts {
        write!(out, "<li>{fact}</li>")?;
    }
    writeln!(out, "</ul>\n</header>\n<main>")
}

/// Who wrote the stories shown, and who carried them.
struct Shares {
    agencies: Vec<Bar>,
    publishers: Vec<Bar>,
}

/// What stands for a story that no agency is known of.
const NO_AGENCY: &str = "(no agency)";

/// The agency of a story, as the page shows it.
fn agency<'f>(fold: &'f Fold, story: &'f Story) -> Option<&'f str> {
    let own = || {
        fold.member(story.canonical)
            .article
            .credit
            .agency
            .as_deref()
    };
    story.origin.agency.as_deref().or_else(own)
}

impl Shares {
    fn of(fold: &Fold, stories: &[&Story]) -> Self {
        let mut agencies: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        let mut publishers = agencies.clone();
        for story in stories {
            let name = agency(fold, story).map_or(NO_AGENCY.into(), escape::line);
            let entry = agencies.entry(name.into_owned()).or_default();
            entry.0 += 1;
            entry.1 += story.copies.len() as u64;
            for (at, no) in members(story).enumerate() {
                let name = label::publisher(&fold.member(no).article).into_owned();
                let entry = publishers.entry(name).or_default();
                *(if at == 0 { &mut entry.0 } else { &mut entry.1 }) += 1;
            }
        }
        Self {
            agencies: ranked(agencies),
            publishers: ranked(publishers),
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.publishers.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<section class=\"shares\" aria-labelledby=\"shares\">\n<h2 id=\"shares\">Who wrote it, who carried it</h2>\n\
             <p class=\"key\"><span class=\"swatch stories\"></span>stories (the canonical) \
             <span class=\"swatch copies\"></span>copies</p>\n<div class=\"plots\">"
        )?;
        share("Agencies", "Agency", &self.agencies, out)?;
        share("Publishers", "Publisher", &self.publishers, out)?;
        writeln!(out, "</div>\n</section>")
    }
}

/// Most articles first, then by name.
fn ranked(counts: BTreeMap<String, (u64, u64)>) -> Vec<Bar> {
    let bar = |(label, (stories, copies))| Bar {
        label,
        stories,
        copies,
    };
    let mut bars: Vec<Bar> = counts.into_iter().map(bar).collect();
    // stable: the names are in order already
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.stories + bar.copies));
    bars
}

fn share(title: &str, column: &str, bars: &[Bar], out: &mut dyn Write) -> io::Result<()> {
    // those without a name are no share of anybody: the table has them
    let named = bars.iter().filter(|bar| !bar.label.starts_with("(no "));
    let top: Vec<Bar> = named.take(BARS).cloned().collect();
    write!(
        out,
        "<figure>\n<figcaption>{title}</figcaption>\n{}\n<details class=\"table\"><summary>{}</summary>\n\
         <table><thead><tr><th scope=\"col\">{column}</th><th scope=\"col\">Stories</th><th scope=\"col\">Copies</th></tr></thead><tbody>",
        plot::bars(
            &format!("{title}: bars of stories and copies; the table below has the numbers"),
            &top
        ),
        if bars.len() > top.len() {
            format!("All {} as a table", bars.len())
        } else {
            "As a table".to_owned()
        }
    )?;
    for bar in bars.get(..ROWS).unwrap_or(bars) {
        write!(
            out,
            "<tr><th scope=\"row\" dir=\"auto\">{}</th><td>{}</td><td>{}</td></tr>",
            safe(&bar.label),
            bar.stories,
            bar.copies
        )?;
    }
    write!(out, "</tbody></table>")?;
    if bars.len() > ROWS {
        write!(out, "<p>and {} more</p>", bars.len() - ROWS)?;
    }
    writeln!(out, "</details>\n</figure>")
}

/// Shown by the script: without it they would do nothing.
fn filters(shares: &Shares, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<form id=\"filters\" role=\"search\" aria-label=\"Filter the stories\" hidden>\n\
         <label class=\"wide\">Search <input type=\"search\" id=\"find\" placeholder=\"headline, publisher, text\" autocomplete=\"off\"></label>\n\
         <label>Agency <select id=\"agency\"><option value=\"\">any</option>"
    )?;
    for bar in shares.agencies.iter().take(ROWS) {
        let name = safe(&bar.label);
        write!(
            out,
            "<option value=\"{name}\">{name} ({})</option>",
            bar.stories
        )?;
    }
    writeln!(
        out,
        "</select></label>\n<label>Copies, at least <input type=\"number\" id=\"copies\" min=\"0\" value=\"0\" inputmode=\"numeric\"></label>\n\
         <label class=\"check\"><input type=\"checkbox\" id=\"uncredited\"> copies without credit</label>\n\
         <p><output id=\"shown\" aria-live=\"polite\"></output> <button type=\"button\" id=\"toggle\">Open all</button> \
         <button type=\"reset\">Reset</button></p>\n</form>"
    )
}

/// Stories of one happening, each a link to the story above.
fn event_section(
    fold: &Fold,
    stories: &[&Story],
    events: &[&Event],
    out: &mut dyn Write,
) -> io::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let accounts = Accounts::new(fold);
    let numbers: BTreeMap<Key, usize> = stories
        .iter()
        .enumerate()
        .map(|(at, story)| (story.id, at + 1))
        .collect();
    writeln!(
        out,
        "<section aria-labelledby=\"events\">\n<h2 id=\"events\">Events: stories of one happening</h2>\n<ul class=\"events\">"
    )?;
    for event in events {
        write!(
            out,
            "<li id=\"event-{}\"><strong dir=\"auto\">{}</strong> <span class=\"about\">{}</span><br>Stories",
            event.id,
            safe(event.title.as_deref().unwrap_or("(untitled)")),
            count(u64::from(event.origins), "origin", "origins")
        )?;
        for id in &event.stories {
            if let Some(number) = numbers.get(id) {
                write!(out, " <a href=\"#story-{id}\">{number}</a>")?;
            }
        }
        for difference in accounts.details(event)?.differences {
            write!(
                out,
                "<br><span class=\"differ\">Counted differently: {} – {}</span>",
                safe(&difference.about),
                difference
                    .claims
                    .iter()
                    .map(|claim| safe(&claim.value))
                    .collect::<Vec<_>>()
                    .join(", ")
            )?;
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>\n</section>")
}

/// Records without a body.
fn headlines(fold: &Fold, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<_> = look.selection.headlines(fold).collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section aria-labelledby=\"headlines\">\n<h2 id=\"headlines\">Headlines without a text</h2>\n<details>\
         <summary>{}</summary>\n<ul>",
        count(all.len() as u64, "headline", "headlines")
    )?;
    for no in all {
        let article = &fold.member(no).article;
        let title = escape::markup(&label::headline(article)).into_owned();
        writeln!(
            out,
            "<li dir=\"auto\">{} <span class=\"about\">{}</span></li>",
            link(article.url.as_deref(), &title),
            escape::markup(&label::publisher(article))
        )?;
    }
    writeln!(out, "</ul></details>\n</section>")
}

/// Parts of the input that gave no article.
fn skipped(fold: &Fold, out: &mut dyn Write) -> io::Result<()> {
    if fold.skipped.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<section aria-labelledby=\"skipped\">\n<h2 id=\"skipped\">Skipped: parts of the input that gave no article</h2>\n\
         <details><summary>{}</summary>\n<ul>",
        count(fold.skipped.len() as u64, "part", "parts")
    )?;
    for part in &fold.skipped {
        writeln!(
            out,
            "<li><code dir=\"auto\">{}:{}</code> {}</li>",
            safe(&part.place.source),
            part.place.line,
            safe(part.reason.message())
        )?;
    }
    writeln!(out, "</ul></details>\n</section>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::verify::Relation;

    fn page(fold: &Fold, look: &Look) -> String {
        let mut out = Vec::new();
        write(fold, look, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_story_has_its_reasons_its_time_line_and_its_copies() {
        let fold = sample::ferry();
        let page = page(&fold, &Look::default());
        let id = fold.stories[0].id;
        for part in [
            "<title>2 stories in 4 articles – wirefold</title>".to_owned(),
            format!("id=\"story-{id}\" data-copies=\"2\" data-agency=\"Reuters\" data-uncredited>"),
            "<dt>Why this one</dt>".to_owned(),
            "<a href=\"https://harbour.example/ferry\" rel=\"noopener noreferrer\">".to_owned(),
            "<svg class=\"timeline\" role=\"img\"".to_owned(),
            "<p class=\"note\">1 article without a known time.</p>".to_owned(),
            "<span class=\"relation copy\">copy</span> 67 %".to_owned(),
            "Side by side: 2 kept".to_owned(),
            format!("<a href=\"#story-{id}\">1</a>"),
            "half a JSON line".to_owned(),
        ] {
            assert!(page.contains(&part), "no {part} in {page}");
        }
    }

    #[test]
    fn the_summary_alone_has_shares_and_no_story() {
        let look = Look {
            summary: Summarise::Only,
            ..Look::default()
        };
        let page = page(&sample::ferry(), &look);
        assert!(
            page.contains("<h1>2 stories in 4 articles</h1>") && page.contains("class=\"bars\"")
        );
        assert!(!page.contains("<article"));
    }

    #[test]
    fn so_many_copies_are_compared_and_the_page_says_so() {
        let articles: Vec<_> = (0..=view::VIEWS as u64 + 1)
            .map(|at| sample::article("Ferry", &format!("Paper {at}"), "It ran aground.", at))
            .collect();
        let copies: Vec<_> = (1..articles.len() as u32)
            .map(|no| (no, Relation::Copy))
            .collect();
        let story = sample::story(&articles, 0, &copies);
        let page = page(&sample::fold(articles, vec![story]), &Look::default());
        assert_eq!(page.matches("class=\"compare\"").count(), view::VIEWS);
        assert!(page.contains("The first 200 of 201 copies"));
    }

    #[test]
    fn nothing_is_asked_of_another_place() {
        let page = page(&sample::ferry(), &Look::default());
        for word in ["src=", "@import", "url(", "<link rel=\"style"] {
            assert!(!page.contains(word), "{word}");
        }
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(1, "story", "stories"), "1 story");
        assert_eq!(count(1_234_567, "story", "stories"), "1,234,567 stories");
        assert_eq!(count(123, "story", "stories"), "123 stories");
    }
}
