//! `wirefold eval`: scores of the folding, or of another program's, against labels.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use wirefold::eval::{self, Labels, Scores};
use wirefold::report::json::Json;

use super::args::{EvalArgs, EvalFormat};
use super::console::Console;
use super::exit::Exit;
use super::fold;
use super::output::Output;

/// Scores and prints.
pub fn run(args: &EvalArgs) -> Result<Exit> {
    let truth = labels(&args.truth)?;
    if truth.is_empty() {
        bail!("{} holds no labels", args.truth.display());
    }
    let console = Console::new(&args.common);
    let (prediction, exit) = if let Some(path) = &args.pred {
        (labels(path)?, Exit::Done)
    } else {
        let (fold, exit) = fold::fold(&args.input, &args.folding, &args.common, &console)?;
        (eval::stories(&fold), exit)
    };
    console.clear();
    let scores = eval::score(&truth, &prediction);
    if scores.missing == scores.items {
        bail!(
            "none of the {} labelled ids was found: the labels speak of other articles",
            scores.items
        );
    }
    if scores.missing > 0 {
        let (missing, items) = (scores.missing, scores.items);
        console.warn(&format!(
            "{missing} of {items} labelled ids were not found: they count as standing alone"
        ));
    }
    let mut output = Output::open(None)?;
    match args.format {
        EvalFormat::Text => table(&scores, &mut output)?,
        EvalFormat::Json => object(&scores, &mut output)?,
    }
    output.finish()?;
    Ok(exit)
}

fn labels(path: &Path) -> Result<Labels> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    match eval::labels(&text) {
        Ok(labels) => Ok(labels),
        Err(bad) => bail!("{}:{}: {}", path.display(), bad.line, bad.reason),
    }
}

fn table(scores: &Scores, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<10}{:>10}{:>10}{:>10}",
        "", "precision", "recall", "F1"
    )?;
    let row = |out: &mut dyn Write, name: &str, shares: [f64; 3]| {
        let [precision, recall, f1] = shares;
        writeln!(out, "{name:<10}{precision:>10.4}{recall:>10.4}{f1:>10.4}")
    };
    row(
        out,
        "pairs",
        [scores.precision(), scores.recall(), scores.f1()],
    )?;
    row(
        out,
        "B-cubed",
        [
            scores.bcubed_precision,
            scores.bcubed_recall,
            scores.bcubed_f1(),
        ],
    )?;
    let Scores {
        items,
        missing,
        both,
        predicted,
        labelled,
        ..
    } = scores;
    writeln!(
        out,
        "{items} labelled ids, {missing} not found; pairs: {labelled} labelled, {predicted} put together, {both} of them rightly"
    )
}

fn object(scores: &Scores, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    json.open('{');
    for (name, share) in scores.shares() {
        json.value(name, format_args!("{share:.4}"));
    }
    for (name, count) in scores.counts() {
        json.value(name, count);
    }
    json.close('}');
    json.end_line()?;
    json.finish()
}
