//! `wirefold [PATH]...`: the main job.

use anyhow::Result;
use wirefold::fold::{Fold, Folder, sketched};
use wirefold::intake;
use wirefold::progress::{Phase, Progress};
use wirefold::report;

use super::args::report::{FoldArgs, FoldingArgs};
use super::args::{CommonArgs, InputArgs};
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;

/// Folds the inputs and prints the report.
pub fn run(args: &FoldArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let (fold, exit) = fold(&args.input, &args.folding, &args.common, &console)?;
    console.clear();
    let mut output = Output::open(args.report.output.as_deref())?;
    let look = settings::look(&args.report, &args.common);
    report::write(&fold, settings::format(&args.report), &look, &mut output)?;
    output.finish()?;
    // the process ends here: taking a large fold apart piece by piece would only cost time
    std::mem::forget(fold);
    Ok(exit)
}

/// Reads and folds the inputs; says on standard error what was wrong with them.
pub fn fold(
    input: &InputArgs,
    folding: &FoldingArgs,
    common: &CommonArgs,
    console: &Console,
) -> Result<(Fold, Exit)> {
    let mut inputs = Inputs::open(input)?;
    let mut faults = Faults::new(console, input);
    let mut folder = Folder::new(settings::folding(folding, common));
    console.start(Phase::Read, 0);
    intake::read(
        &mut inputs,
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
