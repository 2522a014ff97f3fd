//! Options of `wirefold compare`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::{CommonArgs, values};

pub const EXAMPLES: &str = "\
Examples:
  wirefold compare agency.txt paper.txt             side by side, sentence by sentence
  wirefold compare -f html a.jsonl b.jsonl -o diff.html
  wirefold -f json dumps/ > fold.json
  wirefold compare --report fold.json ID1 ID2       two articles of a report, by id or key
  wirefold compare --archive news.db ID1 ID2        two articles of an archive
  wirefold compare --archive news.db --story ID     a story's canonical with each of its copies";

/// `wirefold compare A B`
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// What the other may have been made from: a file with one article, or an id
    #[arg(
        value_name = "A",
        help_heading = "Arguments",
        required_unless_present = "story"
    )]
    pub a: Option<String>,
    /// What may have been made from it
    #[arg(
        value_name = "B",
        help_heading = "Arguments",
        required_unless_present = "story"
    )]
    pub b: Option<String>,
    /// A and B are ids or keys of articles of this report (-f json)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Input")]
    pub report: Option<PathBuf>,
    /// A and B are ids or keys of articles of this archive
    #[arg(long, value_name = "DB", value_hint = ValueHint::FilePath, conflicts_with = "report", help_heading = "Input")]
    pub archive: Option<PathBuf>,
    /// Compare the canonical of this story, or of what became of it, with each of its copies
    #[arg(long, value_name = "ID", value_parser = values::key, requires = "archive", conflicts_with_all = ["a", "b"], help_heading = "Input")]
    pub story: Option<wirefold::article::Key>,
    /// How to print the comparison [default: text]
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        value_enum,
        help_heading = "Output"
    )]
    pub format: Option<CompareFormat>,
    /// Write to FILE, whole or not at all; a pipe or device is written through
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Columns of the text [default: 80]
    #[arg(long, value_name = "N", value_parser = values::width, help_heading = "Output")]
    pub width: Option<usize>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// How to print a comparison.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CompareFormat {
    /// Side by side
    #[default]
    Text,
    /// One document; with --story one a line
    Json,
    /// One page
    Html,
}
