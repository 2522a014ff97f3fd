//! `wirefold stories --archive DB`: the stories of an archive, in every format of a fold.

use anyhow::{Context, Result};
use wirefold::archive::{Archive, Options, Query};
use wirefold::fold::set_aside;
use wirefold::report;

use super::add::options;
use super::args::StoriesArgs;
use super::console::Console;
use super::exit::Exit;
use super::output::Output;
use super::settings;

/// Prints the stories that are asked for.
pub fn run(args: &StoriesArgs) -> Result<Exit> {
    let path = &args.archive.archive;
    let named = || path.display().to_string();
    let console = Console::new(&args.common);
    let options = Options {
        events: !args.no_events,
        ..options(&args.archive.wait, None, &args.common)
    };
    let archive = Archive::read(path, options).with_context(named)?;
    let mut fold = archive.fold(&query(args), &console).with_context(named)?;
    let format = settings::format(&args.report);
    if format.prints_bodies() && !args.report.unique {
        set_aside(&mut fold).with_context(named)?;
    }
    console.clear();
    let mut output = Output::open(args.report.output.as_deref())?;
    let look = settings::look(&args.report, &args.common);
    if args.report.unique {
        report::json::write_unique(&fold, &look, &|_| Ok(None), &mut output)?;
    } else {
        report::write(&fold, format, &look, &mut output)?;
    }
    output.finish()?;
    std::mem::forget(fold);
    Ok(Exit::Done)
}

fn query(args: &StoriesArgs) -> Query {
    let which = &args.which;
    Query {
        since: which.since.clone(),
        until: which.until.clone(),
        agency: which.agency.clone(),
        publisher: which.publisher.clone(),
        words: which.query.clone(),
        // the report selects by copies and role, as it does for a fold
        min_copies: 0,
        uncredited: which.uncredited,
        run: which.new_in,
        story: which.story,
        ..Query::default()
    }
}
