//! `wirefold split [PATH]...`: articles as JSON Lines.

use std::io::{self, Write};

use anyhow::Result;
use wirefold::article::{Article, Role};
use wirefold::fold::set_aside;
use wirefold::input::{Form, Page, pages};
use wirefold::intake::{self, Batch};
use wirefold::progress::{Phase, Progress};
use wirefold::report::escape::line as escape;
use wirefold::report::json::{self, Json, Shown};
use wirefold::split::{self, Explained};
use wirefold::text::count_words;

use super::args::SplitArgs;
use super::args::report::FoldingArgs;
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;

/// Splits the inputs and prints an article a line.
pub fn run(args: &SplitArgs) -> Result<Exit> {
    if let Some(site) = &args.leave_out {
        wirefold::split::leave_out(site);
    }
    if args.explain {
        return explain(args);
    }
    if args.settle {
        return settle(args);
    }
    let console = Console::new(&args.common);
    let mut inputs = Inputs::open(&args.input)?;
    let mut faults = Faults::new(&console, &args.input);
    let mut output = Output::open(args.output.as_deref())?;
    let role = args.role.map(Role::from);
    let work = |batch: Batch| lines(batch, role);
    console.start(Phase::Read, 0);
    intake::read(
        &mut inputs,
        &settings::intake(&args.input, &args.common),
        &work,
        &mut |done| {
            match done {
                Ok(done) => {
                    let (batch, lines) = done?;
                    console.advance(batch.bytes);
                    faults.warn(&batch.warnings);
                    faults.skip(&batch.skipped);
                    output.write_all(&lines)?;
                }
                Err(skipped) => faults.skip(&[skipped]),
            }
            io::Result::Ok(())
        },
    )?;
    faults.warn(&inputs.take_warnings());
    console.clear();
    output.finish()?;
    Ok(faults.exit())
}

/// Prints the articles as a fold has them, after all was read: what recurs and which ids are claimed twice is known only then.
fn settle(args: &SplitArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let folding = FoldingArgs {
        window: None,
        no_events: true,
    };
    let (mut fold, exit) = super::fold::fold(&args.input, &folding, &args.common, &console)?;
    set_aside(&mut fold)?;
    console.clear();
    let role = args.role.map(Role::from);
    let wanted = |article: &Article| role.is_none_or(|role| role == article.role);
    let mut output = Output::open(args.output.as_deref())?;
    json::write_articles(&fold, &wanted, &mut output)?;
    output.finish()?;
    Ok(exit)
}

/// Prints every line of the pages with what it became and why.
fn explain(args: &SplitArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let mut inputs = Inputs::open(&args.input)?;
    let mut faults = Faults::new(&console, &args.input);
    let mut output = Output::open(args.output.as_deref())?;
    let settings = settings::intake(&args.input, &args.common);
    for chunk in &mut inputs {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(skipped) => {
                faults.skip(&[skipped]);
                continue;
            }
        };
        let paged = pages(&chunk, settings.limits);
        faults.warn(&paged.warnings);
        faults.skip(&paged.skipped);
        for page in &paged.pages {
            let explained = split::explain(page, &settings.split);
            faults.skip(&explained.split.skipped);
            explain_page(page, &explained, &mut output)?;
        }
    }
    faults.warn(&inputs.take_warnings());
    output.finish()?;
    Ok(faults.exit())
}

/// Columns of a reason.
const REASON: usize = 44;

/// Characters of a line that are shown.
const LINE: usize = 100;

/// One page: where it stands, its articles, its lines.
fn explain_page(page: &Page<'_>, explained: &Explained, out: &mut dyn Write) -> io::Result<()> {
    let place = &page.place;
    let source = escape(&place.source);
    writeln!(out, "{source}, byte {}, line {}", place.offset, place.line)?;
    for (article, number) in explained.split.articles.iter().zip(1..) {
        let title = article.title.as_deref().unwrap_or("(no title)");
        let role = article.role.as_str();
        write!(out, "  article {number}, {role}: {}", escape(title))?;
        match &article.weak {
            Some(doubt) => writeln!(out, " (weak: {doubt})")?,
            None => writeln!(out)?,
        }
    }
    for (at, (line, why)) in explained.lines.iter().enumerate() {
        let shown: String = line.trim().chars().take(LINE).collect();
        if shown.is_empty() {
            continue;
        }
        let more = if line.trim().chars().count() > LINE {
            "…"
        } else {
            ""
        };
        // the text of a record has lines of its own
        let first = if page.form == Form::Dump {
            place.line
        } else {
            1
        };
        let number = first + at as u64;
        writeln!(out, "{number:>6}  {why:<REASON$}  {}{more}", escape(&shown))?;
    }
    writeln!(out)
}

/// Bytes of an article's line besides its texts.
const KEYS: usize = 700;

/// The articles of a batch as they are printed; the rest of the batch is left as it is.
fn lines(mut batch: Batch, role: Option<Role>) -> io::Result<(Batch, Vec<u8>)> {
    // about what was read, and the keys of each article
    let size = batch.bytes as usize / 8 * 9 + KEYS * batch.articles.len();
    let mut json = Json::in_memory(size);
    for mut article in batch.articles.drain(..) {
        if role.is_none_or(|role| role == article.role) {
            // those of pages are counted already
            if article.words == 0 {
                article.words = count_words(&article.body);
            }
            let seen = std::slice::from_ref(&article.place);
            json::article_line(
                &mut json,
                &Shown {
                    article: &article,
                    body: &article.body,
                    seen,
                    roundup: false,
                },
            )?;
        }
    }
    Ok((batch, json.into_memory()))
}
