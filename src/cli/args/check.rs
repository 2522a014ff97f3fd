//! Options of `wirefold check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::report::FoldingArgs;
use super::{CommonArgs, InputArgs, values};

pub const EXAMPLES: &str = "\
Examples:
  wirefold check --expect stories.jsonl --update dumps/    write what is expected, and review it
  wirefold check --expect stories.jsonl dumps/             fail with the differences
  wirefold check --expect stories.jsonl -f github dumps/   annotations on a pull request
  wirefold check --deny skipped --max-copy-share 0.3 dumps/      a policy needs no expectation
  wirefold check --deny undated --baseline known.jsonl --write-baseline dumps/
                                                           accept what is known, and then
  wirefold check --deny undated --baseline known.jsonl dumps/    fail only with what is new

Articles are paired by id, else by url, else by publisher and title.
Exit status: 0 as expected; 1 a difference, or a broken policy; 2 wrong usage or unreadable input.";

/// `wirefold check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// The stories that are expected, as --update wrote them
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Expectation")]
    pub expect: Option<PathBuf>,
    /// Write the file of --expect, new or changed, and exit with 0
    #[arg(long, requires = "expect", help_heading = "Expectation")]
    pub update: bool,
    #[command(flatten)]
    pub policies: PolicyArgs,
    /// Findings that are known and do not count
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Baseline")]
    pub baseline: Option<PathBuf>,
    /// Write the findings of this run to the file of --baseline, and exit with 0
    #[arg(long, requires = "baseline", help_heading = "Baseline")]
    pub write_baseline: bool,
    /// How to print the findings [default: text]
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        value_enum,
        help_heading = "Output"
    )]
    pub format: Option<CheckFormat>,
    /// Write to FILE, whole or not at all; a pipe or device is written through
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub folding: FoldingArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// Rules that need no expectation.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Policies")]
pub struct PolicyArgs {
    /// What must not occur, comma-separated
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub deny: Vec<Denied>,
    /// No story has more copies
    #[arg(long, value_name = "N")]
    pub max_copies: Option<usize>,
    /// Copies are at most this share of the articles: 0.3
    #[arg(long, value_name = "P", value_parser = values::share)]
    pub max_copy_share: Option<f64>,
    /// Every story names the agency that wrote it
    #[arg(long)]
    pub require_agency: bool,
}

/// What a policy can forbid.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Denied {
    /// A part of the input that gave no article
    Skipped,
    /// A record that the splitter doubts
    Unsplit,
    /// An article without a title
    Untitled,
    /// An article without a time
    Undated,
}

/// How findings are printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CheckFormat {
    /// For the eye
    #[default]
    Text,
    /// Annotations of GitHub Actions
    Github,
    /// Test results, the XML of Jenkins and others
    Junit,
    /// SARIF 2.1.0
    Sarif,
}
