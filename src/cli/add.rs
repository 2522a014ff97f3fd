//! `wirefold add --archive DB [PATH]...`: the cron job.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result};
use wirefold::archive::{Addition, Archive, Incoming, Options, Told, prepared};
use wirefold::article::Key;
use wirefold::intake;
use wirefold::progress::{Phase, Progress};
use wirefold::report::escape;
use wirefold::report::json::Json;

use super::args::archive::{AddFormat, WaitArgs};
use super::args::{AddArgs, CommonArgs};
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;
use super::watch::Watch;

/// How an archive is opened.
pub fn options(wait: &WaitArgs, window: Option<u64>, common: &CommonArgs) -> Options {
    Options {
        wait: Duration::from_secs(wait.wait.unwrap_or(60)),
        window: window.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX)),
        threads: settings::threads(common),
        ..Options::default()
    }
}

/// Adds the inputs, then what comes into the watched folder.
pub fn run(mut args: AddArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let Some(mut watch) = Watch::open(&args.watch, Some(&args.archive.archive))? else {
        return add(&args, &console);
    };
    let mut exit = Exit::Done;
    if !args.input.paths.is_empty() || args.input.files_from.is_some() {
        exit = add(&args, &console)?;
    }
    args.input.files_from = None;
    while let Some(files) = watch.wait() {
        args.input.paths = files;
        exit = exit.max(add(&args, &console)?);
    }
    Ok(exit)
}

/// Reads the inputs, adds them in one transaction, prints what is new.
fn add(args: &AddArgs, console: &Console) -> Result<Exit> {
    let path = &args.archive.archive;
    let named = || path.display().to_string();
    let options = options(&args.archive.wait, args.window, &args.common);
    // before the inputs are read: what cannot be written should be known at once
    let mut archive = Archive::open(path, options).with_context(named)?;
    let (incoming, exit) = read(args, console).with_context(named)?;
    let addition = archive.add(incoming, console).with_context(named)?;
    console.clear();
    let mut output = Output::open(None)?;
    if args.json || args.format == Some(AddFormat::Json) {
        json(&addition, &mut output)?;
    } else if !args.common.quiet {
        text(&addition, &mut output)?;
    }
    output.finish()?;
    Ok(exit)
}

/// The articles of the inputs, and what is to be said about these.
fn read(args: &AddArgs, console: &Console) -> Result<(Incoming, Exit)> {
    let mut inputs = Inputs::open(&args.input)?;
    let mut faults = Faults::new(console, &args.input);
    let mut incoming = Incoming::default();
    console.start(Phase::Read, 0);
    intake::read(
        &mut inputs,
        &settings::intake(&args.input, &args.common),
        &prepared,
        &mut |batch| {
            if let Ok(Ok(batch)) = &batch {
                console.advance(batch.bytes);
                faults.warn(&batch.warnings);
            }
            incoming.take(batch)
        },
    )?;
    faults.warn(&inputs.take_warnings());
    faults.skip(&incoming.skipped);
    Ok((incoming, faults.exit()))
}

fn json(addition: &Addition, out: &mut dyn Write) -> std::io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    json.value("run", addition.run);
    json.value("new_articles", addition.new_articles);
    json.value("new_stories", addition.new_stories.len());
    json.value("new_copies", addition.new_copies.len());
    json.value("updates", addition.updates.len());
    json.value("seen_again", addition.seen_again);
    json.key("retired");
    json.open('[');
    for (old, new) in &addition.retired {
        json.open('[');
        json.text(&old.to_string());
        match new {
            Some(new) => json.text(&new.to_string()),
            None => json.plain("null"),
        }
        json.close(']');
    }
    json.close(']');
    for (name, list) in lists(addition) {
        json.key(&format!("{name}_list"));
        json.open('[');
        for told in list {
            json.open('{');
            json.string("story", &told.story.to_string());
            json.maybe("title", told.title.as_deref());
            json.maybe("publisher", told.publisher.as_deref());
            json.maybe("agency", told.agency.as_deref());
            json.close('}');
        }
        json.close(']');
    }
    json.close('}');
    json.end_line()?;
    json.finish()
}

fn lists(addition: &Addition) -> [(&'static str, &[Told]); 3] {
    [
        ("new_stories", &addition.new_stories),
        ("new_copies", &addition.new_copies),
        ("updates", &addition.updates),
    ]
}

fn text(addition: &Addition, out: &mut dyn Write) -> std::io::Result<()> {
    let names = ["new", "copy", "update"];
    for ((_, list), name) in lists(addition).into_iter().zip(names) {
        for told in list {
            let title = told.title.as_deref().unwrap_or("(no title)");
            let from = [told.agency.as_deref(), told.publisher.as_deref()];
            let from: Vec<_> = from.into_iter().flatten().collect();
            writeln!(
                out,
                "{name:7} {}  {}  {}",
                told.story,
                escape::line(title),
                escape::line(&from.join(" · "))
            )?;
        }
    }
    for (old, new) in &addition.retired {
        let new = new.map_or_else(|| "gone".to_owned(), |new: Key| format!("now {new}"));
        writeln!(out, "retired {old}  {new}")?;
    }
    writeln!(
        out,
        "run {}: {} new stories, {} new copies, {} updates, {} seen again",
        addition.run,
        addition.new_stories.len(),
        addition.new_copies.len(),
        addition.updates.len(),
        addition.seen_again
    )
}
