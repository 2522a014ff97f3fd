//! Options that say how to fold and what to print.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use wirefold::article::Role;
use wirefold::report::Format;

use super::{CommonArgs, InputArgs, WatchArgs, values};

/// `wirefold [PATH]...`
#[derive(Args, Debug)]
pub struct FoldArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// With it, all is folded again and the file of --output written anew.
    #[command(flatten)]
    pub watch: WatchArgs,
    #[command(flatten)]
    pub folding: FoldingArgs,
    #[command(flatten)]
    pub report: ReportArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// What the stories depend on besides the articles.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Folding")]
pub struct FoldingArgs {
    /// Two articles match only if their times lie within this: 36h, 30d, 8w [default: none]
    #[arg(long, value_name = "SPAN", value_parser = values::span)]
    pub window: Option<u64>,
    /// Do not group stories into events
    #[arg(long)]
    pub no_events: bool,
}

/// What is printed, and how.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct ReportArgs {
    /// How to print the stories [default: text]
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        value_enum,
        overrides_with = "json"
    )]
    pub format: Option<FormatChoice>,
    /// Short for --format json
    #[arg(long, overrides_with = "format")]
    pub json: bool,
    /// Write to FILE, whole or not at all; a pipe or device is written through
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Columns of the text report [default: 80]
    #[arg(long, value_name = "N", value_parser = values::width)]
    pub width: Option<usize>,
    #[command(flatten)]
    pub more: MoreArgs,
    /// Only stories with at least N copies [default: 0]
    #[arg(long, value_name = "N")]
    pub min_copies: Option<usize>,
    /// Only stories with an article of this role on its page
    #[arg(long, value_name = "ROLE", value_enum)]
    pub role: Option<RoleChoice>,
    /// Print the input record of each story's canonical, unchanged, as JSON Lines
    #[arg(long, overrides_with_all = ["format", "json", "summary"])]
    pub unique: bool,
    /// Print only the counts
    #[arg(long, overrides_with = "unique")]
    pub summary: bool,
}

/// How much is said.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct MoreArgs {
    /// Say more of events in text: all that their reports quote and count, and why each story joined
    #[arg(short, long)]
    pub verbose: bool,
}

/// How to print a fold.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FormatChoice {
    /// For the eye
    #[default]
    Text,
    /// One document; see wirefold schema
    Json,
    /// One story a line
    Jsonl,
    /// One article a row
    Csv,
    /// Lines of id, tab, story
    Tsv,
    /// One page for a browser, with plots and comparisons
    Html,
}

impl From<FormatChoice> for Format {
    fn from(choice: FormatChoice) -> Self {
        match choice {
            FormatChoice::Text => Self::Text,
            FormatChoice::Json => Self::Json,
            FormatChoice::Jsonl => Self::Jsonl,
            FormatChoice::Csv => Self::Csv,
            FormatChoice::Tsv => Self::Tsv,
            FormatChoice::Html => Self::Html,
        }
    }
}

/// What an article is on its page.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RoleChoice {
    /// The page is about it
    Main,
    /// Stands below a main article
    Related,
    /// Stands on a list page
    Listed,
}

impl From<RoleChoice> for Role {
    fn from(choice: RoleChoice) -> Self {
        match choice {
            RoleChoice::Main => Self::Main,
            RoleChoice::Related => Self::Related,
            RoleChoice::Listed => Self::Listed,
        }
    }
}
