//! `wirefold events --archive DB`: the events of an archive, one after another.

use std::io::Write;

use anyhow::{Context, Result};
use wirefold::archive::{Archive, Query};
use wirefold::article::{Key, Moment};
use wirefold::fold::{Accounts, Fold};
use wirefold::report::json::{self, Json};
use wirefold::report::{escape, events};

use super::add::options;
use super::args::archive::{AddFormat, EventsArgs};
use super::console::Console;
use super::exit::Exit;
use super::output::Output;

/// Prints the events that are asked for.
pub fn run(args: &EventsArgs) -> Result<Exit> {
    let path = &args.archive.archive;
    let named = || path.display().to_string();
    let console = Console::new(&args.common);
    let options = options(&args.archive.wait, None, &args.common);
    let archive = Archive::read(path, options).with_context(named)?;
    let fold = match span(args) {
        None => archive.fold(&Query::default(), &console),
        Some(span) => archive.events(span, &console),
    };
    let fold = fold.with_context(named)?;
    console.clear();
    let mut output = Output::open(None)?;
    if args.json || args.format == Some(AddFormat::Json) {
        let mut json = Json::new(&mut output);
        json.open('{');
        json.key("events");
        json.open('[');
        for event in &fold.events {
            json::event(&mut json, event);
        }
        json.close(']');
        json.close('}');
        json.end_line()?;
        json.finish()?;
    } else {
        text(&fold, args.more.verbose, &mut output)?;
    }
    output.finish()?;
    std::mem::forget(fold);
    Ok(Exit::Done)
}

/// What `--since` and `--until` ask for, in seconds; a day holds all of its moments.
fn span(args: &EventsArgs) -> Option<(i64, i64)> {
    let moment = |text: &Option<String>| text.as_deref().and_then(Moment::parse);
    let (since, until) = (moment(&args.since), moment(&args.until));
    if since.is_none() && until.is_none() {
        return None;
    }
    let last = |at: Moment| at.seconds + if at.day_only { 86_399 } else { 0 };
    Some((
        since.map_or(i64::MIN, |at| at.seconds),
        until.map_or(i64::MAX, last),
    ))
}

fn text(fold: &Fold, verbose: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let accounts = Accounts::new(fold);
    let name = |id: Key| Some(id.to_string());
    let titles: std::collections::HashMap<_, _> = fold
        .stories
        .iter()
        .map(|story| {
            (
                story.id,
                fold.member(story.canonical).article.title.as_deref(),
            )
        })
        .collect();
    for event in &fold.events {
        let title = event.title.as_deref().unwrap_or("(no title)");
        writeln!(
            out,
            "{}  {}  {} stories from {} sources{}",
            event.id,
            escape::line(title),
            event.stories.len(),
            event.origins,
            events::span(event).map_or(String::new(), |span| format!(", {span}"))
        )?;
        for story in &event.stories {
            let title = titles.get(story).copied().flatten().unwrap_or("(no title)");
            writeln!(out, "  {story}  {}", escape::line(title))?;
        }
        let mut below = events::details(&accounts, event, &name, verbose)?;
        if verbose {
            below.extend(events::reasons(&accounts, event, &name)?);
        }
        for line in below {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}
