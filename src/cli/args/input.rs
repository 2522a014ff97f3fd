//! Options that say what to read and how.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::values;

/// What to read and how.
#[derive(Args, Debug, Clone, Default)]
#[command(next_help_heading = "Input")]
pub struct InputArgs {
    /// Files or directories (walked, hidden ones too); - is standard input, which is also the default
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, help_heading = "Arguments")]
    pub paths: Vec<PathBuf>,
    /// Read the names of the inputs from FILE, one a line (- is standard input)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// The names in --files-from are separated by NUL
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,
    /// What the inputs hold, instead of telling it from their bytes
    #[arg(long, value_name = "KIND", value_enum)]
    pub input: Option<InputKind>,
    /// When the pages were fetched (RFC 3339, or now): what "3 hours ago" counts from
    #[arg(long, value_name = "TIME", value_parser = values::fetched)]
    pub fetched: Option<values::Fetched>,
    /// Zone of printed times that name none: an IANA name or an offset [default: UTC]
    #[arg(long, value_name = "ZONE", value_parser = values::timezone)]
    pub timezone: Option<jiff::tz::TimeZone>,
    /// Skip records and pages that are larger [default: 64MiB]
    #[arg(long, value_name = "SIZE", value_parser = values::size)]
    pub max_record: Option<u64>,
    /// Most bytes that one byte of a compressed input may unpack to [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_ratio: Option<u64>,
    /// Exit with 2 when a single record was bad, too
    #[arg(long)]
    pub strict: bool,
}

/// A folder that fills.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Input")]
pub struct WatchArgs {
    /// Go on and take each file that comes into DIR, once it no longer grows, until SIGINT or SIGTERM (Ctrl-C); without an
    /// archive, fold them all anew and rewrite the file of --output
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub watch: Option<PathBuf>,
    /// Look into the watched folder so often [default: 2s]
    #[arg(long, value_name = "SPAN", value_parser = values::wait)]
    pub every: Option<u64>,
}

/// What an input can hold.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum InputKind {
    /// Page text as an extractor or a reader wrote it
    Text,
    /// JSON or JSON Lines
    Json,
    /// One HTML page
    Html,
    /// RSS, Atom, RDF or JSON Feed
    Feed,
    /// WARC with HTTP responses
    Warc,
    /// WARC with text conversions
    Wet,
}
