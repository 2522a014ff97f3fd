//! `wirefold stage NAME`: a stage of the core as a filter from standard input to standard output.

use std::io::{self, BufReader, Write};
use std::sync::Arc;

use anyhow::Result;
use wirefold::article::{Place, Skipped};
use wirefold::intake;
use wirefold::spark::articles::Read;
use wirefold::spark::fingerprint::fingerprint;
use wirefold::spark::stage::{self, Settings, Stage};
use wirefold::spark::stream::{Sink, header};

use super::args::stage::{ArticlesArgs, StageArgs, StageCommand};
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 18;

/// Runs a stage.
pub fn run(args: &StageArgs) -> Result<Exit> {
    let plain = Settings::default();
    let spread = |buckets| Settings { buckets, ..plain };
    match &args.stage {
        StageCommand::Articles(args) => articles(args),
        StageCommand::Ids(args) if args.part => filter(Stage::Claims, spread(args.stream.buckets)),
        StageCommand::Ids(args) => filter(Stage::Ids, spread(args.stream.buckets)),
        StageCommand::Sketch(args) => {
            let window = args.window.window.map(settings::window);
            filter(
                Stage::Sketch,
                Settings {
                    window,
                    ..spread(args.stream.buckets)
                },
            )
        }
        StageCommand::Pairs(args) if args.part => filter(Stage::Lists, spread(args.stream.buckets)),
        StageCommand::Pairs(args) => filter(Stage::Pairs, spread(args.stream.buckets)),
        StageCommand::Blocks => filter(Stage::Blocks, plain),
        StageCommand::Compare(args) => {
            let window = args.window.map(settings::window);
            filter(Stage::Compare, Settings { window, ..plain })
        }
        StageCommand::Components(args) if args.edges => filter(Stage::Edges, plain),
        StageCommand::Components(args) => filter(Stage::Components, spread(args.stream.buckets)),
        StageCommand::Lines(args) => filter(Stage::Lines, spread(args.buckets)),
        StageCommand::Recurring => filter(Stage::Recurring, plain),
        StageCommand::Cluster => filter(Stage::Cluster, plain),
        StageCommand::Fingerprint(args) => {
            let mut output = Output::open(None)?;
            if args.header {
                writeln!(output, "{}", header())?;
            } else {
                writeln!(output, "{}{}", fingerprint(), header())?;
            }
            output.finish()?;
            Ok(Exit::Done)
        }
    }
}

fn filter(stage: Stage, settings: Settings) -> Result<Exit> {
    let mut input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let mut output = Output::open(None)?;
    stage::run(stage, settings, &mut input, &mut output)?;
    output.finish()?;
    Ok(Exit::Done)
}

/// Reads whatever wirefold reads.
fn articles(args: &ArticlesArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let mut inputs = Inputs::open(&args.input)?;
    let mut faults = Faults::new(&console, &args.input);
    let mut output = Output::open(None)?;
    let mut sink = Sink::new(&mut output)?;
    let mut read = Read::new(args.stream.buckets);
    let source: Arc<str> = args.source.as_str().into();
    let named = |place: &mut Place| {
        if &*place.source == "-" {
            place.source = source.clone();
        }
    };
    let named_skip = |mut skipped: Skipped| {
        named(&mut skipped.place);
        skipped
    };
    intake::read(
        &mut inputs,
        &settings::intake(&args.input, &args.common),
        &|mut batch| {
            batch
                .articles
                .iter_mut()
                .for_each(|article| named(&mut article.place));
            batch.skipped = batch.skipped.drain(..).map(named_skip).collect();
            batch
        },
        &mut |batch| match batch {
            Ok(batch) => {
                faults.warn(&batch.warnings);
                faults.skip(&batch.skipped);
                read.batch(&batch, &mut sink)
            }
            Err(skipped) => {
                let skipped = named_skip(skipped);
                faults.skip(std::slice::from_ref(&skipped));
                read.skip(&skipped, &mut sink)
            }
        },
    )?;
    faults.warn(&inputs.take_warnings());
    read.finish(&mut sink)?;
    output.finish()?;
    Ok(faults.exit())
}
