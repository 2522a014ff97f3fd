//! `wirefold split [PATH]...`: articles as JSON Lines.

use std::io::{self, Write};

use anyhow::Result;
use wirefold::article::Role;
use wirefold::intake::{self, Batch};
use wirefold::progress::{Phase, Progress};
use wirefold::report::json::{self, Json, Shown};
use wirefold::text::count_words;

use super::args::SplitArgs;
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;

/// Splits the inputs and prints an article a line.
pub fn run(args: &SplitArgs) -> Result<Exit> {
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

/// The articles of a batch as they are printed; the rest of the batch is left as it is.
fn lines(mut batch: Batch, role: Option<Role>) -> io::Result<(Batch, Vec<u8>)> {
    // about what was read
    let mut lines = Vec::with_capacity(batch.bytes as usize / 8 * 9);
    let mut json = Json::new(&mut lines);
    for mut article in batch.articles.drain(..) {
        if role.is_none_or(|role| role == article.role) {
            article.words = count_words(&article.body);
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
    json.finish()?;
    Ok((batch, lines))
}
