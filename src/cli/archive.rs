//! `wirefold archive info|check|prune|export|rebuild DB`.

use std::io::Write;

use anyhow::{Context, Result};
use wirefold::archive::{Archive, Info};
use wirefold::article::Moment;
use wirefold::report::json::Json;

use super::add::options;
use super::args::archive::{ArchiveCommand, CareArgs, PruneArgs};
use super::args::values::Age;
use super::console::Console;
use super::exit::Exit;
use super::output::Output;

/// Does what was asked for.
pub fn run(command: &ArchiveCommand) -> Result<Exit> {
    match command {
        ArchiveCommand::Info(args) => info(args),
        ArchiveCommand::Check(args) => check(args),
        ArchiveCommand::Prune(args) => prune(args),
        ArchiveCommand::Export(args) => {
            let archive = open(&args.care, None)?;
            let mut output = Output::open(args.output.as_deref())?;
            archive
                .export(&mut output)
                .with_context(|| name(&args.care))?;
            output.finish()?;
            Ok(Exit::Done)
        }
        ArchiveCommand::Rebuild(args) => {
            let console = Console::new(&args.care.common);
            let mut archive = open(&args.care, args.folding.window)?;
            let done = archive
                .rebuild(&console)
                .with_context(|| name(&args.care))?;
            console.clear();
            say(
                &args.care,
                &[
                    ("run", done.run as u64),
                    ("retired", done.retired.len() as u64),
                ],
            )
        }
    }
}

fn name(care: &CareArgs) -> String {
    care.archive.display().to_string()
}

fn open(care: &CareArgs, window: Option<u64>) -> Result<Archive> {
    let options = options(&care.wait, window, &care.common);
    Archive::read(&care.archive, options).with_context(|| name(care))
}

/// Prints names and numbers, for the eye or as JSON; nothing with `--quiet`.
fn say(care: &CareArgs, counts: &[(&str, u64)]) -> Result<Exit> {
    let mut output = Output::open(None)?;
    if care.json {
        let mut json = Json::new(&mut output);
        json.open('{');
        for (name, count) in counts {
            json.value(name, count);
        }
        json.close('}');
        json.end_line()?;
        json.finish()?;
    } else if !care.common.quiet {
        for (name, count) in counts {
            writeln!(output, "{:18}{count}", name.replace('_', " "))?;
        }
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn info(care: &CareArgs) -> Result<Exit> {
    let info = open(care, None)?.info().with_context(|| name(care))?;
    let mut output = Output::open(None)?;
    if care.json {
        json(&info, &mut output)?;
    } else {
        writeln!(output, "{:18}{}", "schema", info.schema)?;
        for (name, count) in &info.counts {
            writeln!(output, "{:18}{count}", name.replace('_', " "))?;
        }
        if let Some((first, last)) = &info.times {
            writeln!(output, "{:18}{first} to {last}", "published")?;
        }
        if let Some(seconds) = info.window {
            writeln!(output, "{:18}{} hours", "window", seconds / 3600)?;
        }
        if let Some(last) = &info.last_run {
            writeln!(output, "{:18}{last}", "last run")?;
        }
        if info.stale {
            writeln!(
                output,
                "made by other rules: the next add, or archive rebuild, makes its stories again"
            )?;
        }
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn json(info: &Info, out: &mut dyn Write) -> std::io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    json.value("schema", info.schema);
    for (name, count) in &info.counts {
        json.value(name, count);
    }
    let times = info.times.as_ref();
    json.maybe("first", times.map(|(first, _)| first.as_str()));
    json.maybe("last", times.map(|(_, last)| last.as_str()));
    match info.window {
        Some(seconds) => json.value("window", seconds),
        None => json.value("window", "null"),
    }
    json.maybe("last_run", info.last_run.as_deref());
    json.value("stale", info.stale);
    json.close('}');
    json.end_line()?;
    json.finish()
}

fn check(care: &CareArgs) -> Result<Exit> {
    let faults = open(care, None)?.faults().with_context(|| name(care))?;
    let console = Console::new(&care.common);
    for fault in &faults {
        console.error(&format!("{}: {fault}", name(care)));
    }
    if faults.is_empty() {
        if !care.common.quiet {
            let mut output = Output::open(None)?;
            writeln!(output, "sound")?;
            output.finish()?;
        }
        return Ok(Exit::Done);
    }
    Ok(Exit::Failed)
}

fn prune(args: &PruneArgs) -> Result<Exit> {
    let care = &args.care;
    let cutoff = match args.older_than {
        Age::Before(moment) => moment,
        Age::Span(seconds) => {
            let now = jiff::Timestamp::now().as_second();
            let seconds = now.saturating_sub(i64::try_from(seconds).unwrap_or(i64::MAX));
            Moment {
                seconds,
                day_only: false,
            }
        }
    };
    let console = Console::new(&care.common);
    let mut archive = open(care, None)?;
    if args.dry_run {
        let older = archive.older(cutoff).with_context(|| name(care))?;
        return say(care, &[("would_go", older)]);
    }
    let (gone, done) = archive
        .prune(cutoff, &console)
        .with_context(|| name(care))?;
    console.clear();
    say(
        care,
        &[("gone", gone), ("retired", done.retired.len() as u64)],
    )
}
