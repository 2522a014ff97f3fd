//! `wirefold check`: the stories of these dumps against an expectation and policies.

use std::path::Path;

use anyhow::{Context, Result, bail};
use wirefold::check::baseline::Baseline;
use wirefold::check::{self, Expectation, Policies, Rule, Style, Verdict, differences, violations};
use wirefold::fold::Fold;
use wirefold::report::Summary;

use super::args::check::{CheckArgs, CheckFormat, Denied, PolicyArgs};
use super::console::Console;
use super::exit::Exit;
use super::output::Output;
use super::{fold, terminal};

/// Rules that an expectation makes.
const EXPECTED: [Rule; 4] = [Rule::Moved, Rule::Appeared, Rule::Vanished, Rule::Changed];

/// Checks, or writes what will be expected.
pub fn run(args: &CheckArgs) -> Result<Exit> {
    let policies = policies(&args.policies);
    if args.expect.is_none() && policies.rules().is_empty() {
        bail!("nothing to check: give --expect FILE or a policy, as in --deny skipped");
    }
    let expected = expected(args)?;
    let baseline = baseline(args)?;
    let console = Console::new(&args.common);
    let (fold, exit) = fold::fold(&args.input, &args.folding, &args.common, &console)?;
    console.clear();
    let found = Expectation::of(&fold)?;
    if let (true, Some(path)) = (args.update, &args.expect) {
        save(path, |out| found.write(out))?;
        return Ok(exit);
    }
    let mut verdict = judge(&fold, expected.as_ref(), &found, &policies);
    if let (true, Some(path)) = (args.write_baseline, &args.baseline) {
        save(path, |out| Baseline::of(&verdict.findings).write(out))?;
        return Ok(exit);
    }
    if let Some(baseline) = baseline {
        baseline.apply(&mut verdict);
    }
    print(args, &verdict)?;
    let different = !verdict.findings.is_empty();
    Ok(exit.max(if different {
        Exit::Different
    } else {
        Exit::Done
    }))
}

fn judge(
    fold: &Fold,
    expected: Option<&Expectation>,
    found: &Expectation,
    policies: &Policies,
) -> Verdict {
    let mut rules = policies.rules();
    let mut findings = violations(fold, found, policies);
    if let Some(expected) = expected {
        rules.extend(EXPECTED);
        findings.extend(differences(expected, found));
    }
    rules.sort_unstable();
    findings.sort();
    let Summary {
        articles, stories, ..
    } = Summary::of(fold);
    Verdict {
        findings,
        known: 0,
        rules,
        articles,
        stories,
    }
}

/// The expectation, read before the inputs are: a wrong one should not cost a fold.
fn expected(args: &CheckArgs) -> Result<Option<Expectation>> {
    let path = args.expect.as_deref().filter(|_| !args.update);
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}; --update writes it", path.display()))?;
    Expectation::read(&text, &path.to_string_lossy())
        .map(Some)
        .map_err(anyhow::Error::msg)
}

fn baseline(args: &CheckArgs) -> Result<Option<Baseline>> {
    let path = args.baseline.as_deref().filter(|_| !args.write_baseline);
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}; --write-baseline writes it", path.display()))?;
    let read = Baseline::read(&text).map_err(anyhow::Error::msg);
    read.with_context(|| format!("{} is no baseline", path.display()))
        .map(Some)
}

fn save(path: &Path, write: impl FnOnce(&mut Output) -> std::io::Result<()>) -> Result<()> {
    let mut output = Output::open(Some(path))?;
    write(&mut output)?;
    output.finish()
}

/// With `--quiet`, success prints nothing for the eye; machines get their document always.
fn print(args: &CheckArgs, verdict: &Verdict) -> Result<()> {
    let format = args.format.unwrap_or_default();
    let for_the_eye = matches!(format, CheckFormat::Text | CheckFormat::Github);
    if for_the_eye && args.common.quiet && verdict.findings.is_empty() {
        return Ok(());
    }
    let choice = args.common.color.unwrap_or_default();
    let style = match format {
        CheckFormat::Text if terminal::color(choice, args.output.as_deref()) => Style::Coloured,
        CheckFormat::Text => Style::Plain,
        CheckFormat::Github => Style::Github,
        CheckFormat::Junit => Style::Junit,
        CheckFormat::Sarif => Style::Sarif,
    };
    let mut output = Output::open(args.output.as_deref())?;
    check::write(verdict, style, &mut output)?;
    output.finish()
}

fn policies(args: &PolicyArgs) -> Policies {
    let denied = |denied: &Denied| match denied {
        Denied::Skipped => check::Denied::Skipped,
        Denied::Unsplit => check::Denied::Unsplit,
        Denied::Untitled => check::Denied::Untitled,
        Denied::Undated => check::Denied::Undated,
    };
    Policies {
        deny: args.deny.iter().map(denied).collect(),
        max_copies: args.max_copies,
        max_copy_share: args.max_copy_share,
        require_agency: args.require_agency,
    }
}
