//! `wirefold [PATH]...`: the main job.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::CommandFactory;
use wirefold::fold::{Fold, Folder, set_aside, sketched};
use wirefold::intake;
use wirefold::progress::{Phase, Progress};
use wirefold::report;

use super::args::report::{FoldArgs, FoldingArgs};
use super::args::{Cli, CommonArgs, InputArgs};
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::watch::Watch;
use super::{settings, words};

/// Folds the inputs and prints the report; again each time that files come into the watched folder.
pub fn run(mut args: FoldArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    hint(&args, &console);
    let Some(mut watch) = Watch::open(&args.watch, args.report.output.as_deref())? else {
        return report(&args, &console);
    };
    if args.report.output.is_none() || args.input.files_from.is_some() {
        bail!(
            "--watch folds a folder again and again: say where to with --output FILE, and name no list of files"
        );
    }
    let mut exit = Exit::Done;
    let given = args.input.paths.clone();
    while watch.wait().is_some() {
        args.input.paths = given.iter().cloned().chain(watch.all()).collect();
        // what was wrong with a file in the making may be right now
        exit = report(&args, &console)?;
    }
    Ok(exit)
}

fn report(args: &FoldArgs, console: &Console) -> Result<Exit> {
    let mut inputs = Inputs::open(&args.input)?;
    if args.report.unique {
        inputs.keep_records();
    }
    let (mut fold, exit) = read(
        &mut inputs,
        &args.input,
        &args.folding,
        &args.common,
        console,
    )?;
    let format = settings::format(&args.report);
    if format.prints_bodies() && !args.report.unique {
        set_aside(&mut fold)?;
    }
    console.clear();
    let mut output = Output::open(args.report.output.as_deref())?;
    let look = settings::look(&args.report, &args.common);
    if args.report.unique {
        let records = inputs.into_records();
        report::json::write_unique(&fold, &look, &|place| records.at(place), &mut output)?;
    } else {
        report::write(&fold, format, &look, &mut output)?;
    }
    output.finish()?;
    if args.watch.watch.is_none() {
        // the process ends here: taking a large fold apart piece by piece would only cost time
        std::mem::forget(fold);
    }
    Ok(exit)
}

/// A first word that is neither a file nor quite a command may be a mistyped one.
fn hint(args: &FoldArgs, console: &Console) {
    let bare = |path: &&PathBuf| path.components().count() == 1 && !path.starts_with(".");
    let word = args
        .input
        .paths
        .first()
        .filter(bare)
        .filter(|path| !path.exists());
    if let Some(word) = word.and_then(|path| path.to_str())
        && let Some(command) = words::similar(word, &Cli::command())
    {
        console.warn(&format!(
            "{word} is no file; did you mean the command {command}?"
        ));
    }
}

/// Reads and folds the inputs; says on standard error what was wrong with them.
pub fn fold(
    input: &InputArgs,
    folding: &FoldingArgs,
    common: &CommonArgs,
    console: &Console,
) -> Result<(Fold, Exit)> {
    read(&mut Inputs::open(input)?, input, folding, common, console)
}

fn read(
    inputs: &mut Inputs,
    input: &InputArgs,
    folding: &FoldingArgs,
    common: &CommonArgs,
    console: &Console,
) -> Result<(Fold, Exit)> {
    let mut faults = Faults::new(console, input);
    let mut folder = Folder::new(settings::folding(folding, common));
    console.start(Phase::Read, 0);
    intake::read(
        inputs,
        &settings::intake(input, common),
        &sketched,
        &mut |batch| {
            if let Ok(batch) = &batch {
                console.advance(batch.bytes);
                faults.warn(&batch.warnings);
            }
            folder.take(batch)
        },
    )?;
    faults.warn(&inputs.take_warnings());
    let fold = folder.finish(console)?;
    faults.skip(&fold.skipped);
    Ok((fold, faults.exit()))
}
