//! The commands on an archive.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::report::{FoldingArgs, MoreArgs, ReportArgs};
use super::{CommonArgs, InputArgs, WatchArgs, values};

pub const ADD_EXAMPLES: &str = "\
Examples:
  wirefold add --archive news.db dumps/*.txt.gz          what is new is printed
  0 * * * *  wirefold add -q --archive /srv/news.db --wait 10m /srv/dumps/      (crontab)
  ssh crawler cat page.txt | wirefold add --archive news.db -      another host's pages
  wirefold add --archive news.db --watch incoming/       each file that comes, until Ctrl-C

A run is added whole or not at all; the same command again changes nothing. The archive is one
SQLite file on a local disk: sqlite3 news.db 'SELECT title, copies FROM front ORDER BY copies DESC'";

pub const STORIES_EXAMPLES: &str = "\
Examples:
  wirefold stories --archive news.db --since 2025-08-17 --min-copies 1
  wirefold stories --archive news.db --agency Reuters --uncredited -f csv
  wirefold stories --archive news.db --query 'ferry sandbank'";

pub const EVENTS_EXAMPLES: &str = "\
Examples:
  wirefold events --archive news.db --since 2025-08-17 -v

In an archive with a window (add --window 14d) events are made in stretches of that length: what
is further apart never weighs on each other, and --since reads no more than it needs.";

/// `wirefold add`.
#[derive(Args, Debug)]
pub struct AddArgs {
    #[command(flatten)]
    pub archive: ArchiveFile,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub watch: WatchArgs,
    /// Two articles match only if their times lie within this; kept by the archive from its first run on
    #[arg(long, value_name = "SPAN", value_parser = values::span, help_heading = "Folding")]
    pub window: Option<u64>,
    /// How to print what is new [default: text]
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORMAT",
        overrides_with = "json",
        help_heading = "Output"
    )]
    pub format: Option<AddFormat>,
    /// Short for --format json
    #[arg(long, overrides_with = "format", help_heading = "Output")]
    pub json: bool,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// How an addition or events are printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AddFormat {
    /// For the eye
    Text,
    /// One JSON object
    Json,
}

/// Which archive.
#[derive(Args, Debug)]
pub struct ArchiveFile {
    /// The archive: one SQLite file, made by the first add
    #[arg(long, value_name = "DB", value_hint = ValueHint::FilePath, help_heading = "Archive")]
    pub archive: PathBuf,
    #[command(flatten)]
    pub wait: WaitArgs,
}

/// How long to wait for others.
#[derive(Args, Debug)]
pub struct WaitArgs {
    /// Wait so long for another job that holds the archive [default: 60s]
    #[arg(long, value_name = "SPAN", value_parser = values::wait, help_heading = "Archive")]
    pub wait: Option<u64>,
}

/// `wirefold stories`.
#[derive(Args, Debug)]
pub struct StoriesArgs {
    #[command(flatten)]
    pub archive: ArchiveFile,
    #[command(flatten)]
    pub which: WhichArgs,
    /// Do not group stories into events; a selection never has any
    #[arg(long, help_heading = "Folding")]
    pub no_events: bool,
    #[command(flatten)]
    pub report: ReportArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `wirefold events`.
#[derive(Args, Debug)]
pub struct EventsArgs {
    #[command(flatten)]
    pub archive: ArchiveFile,
    /// With a story that appeared then or later: RFC 3339, or a date
    #[arg(long, value_name = "TIME", value_parser = values::moment, help_heading = "Which events")]
    pub since: Option<String>,
    /// With a story that appeared then or earlier
    #[arg(long, value_name = "TIME", value_parser = values::moment, help_heading = "Which events")]
    pub until: Option<String>,
    /// How to print the events [default: text]
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORMAT",
        overrides_with = "json",
        help_heading = "Output"
    )]
    pub format: Option<AddFormat>,
    /// Short for --format json
    #[arg(long, overrides_with = "format", help_heading = "Output")]
    pub json: bool,
    #[command(flatten)]
    pub more: MoreArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// Which stories of an archive.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which stories")]
pub struct WhichArgs {
    /// With an article published then or later: RFC 3339, or a date
    #[arg(long, value_name = "TIME", value_parser = values::moment)]
    pub since: Option<String>,
    /// With an article published then or earlier
    #[arg(long, value_name = "TIME", value_parser = values::moment)]
    pub until: Option<String>,
    /// Written by this agency
    #[arg(long, value_name = "NAME")]
    pub agency: Option<String>,
    /// With an article of this publisher
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// With an article that has all these words in its title or text
    #[arg(long, value_name = "WORDS")]
    pub query: Option<String>,
    /// With an article that carries an agency's text and names none
    #[arg(long)]
    pub uncredited: bool,
    /// Made or changed by this run of add
    #[arg(long, value_name = "RUN")]
    pub new_in: Option<i64>,
    /// This story, or what became of it
    #[arg(long, value_name = "ID", value_parser = values::key)]
    pub story: Option<wirefold::article::Key>,
}

/// `wirefold archive`.
#[derive(Args, Debug)]
pub struct ArchiveArgs {
    #[command(subcommand)]
    pub command: ArchiveCommand,
}

/// What to do with an archive.
#[derive(Subcommand, Debug)]
pub enum ArchiveCommand {
    /// Print what the archive holds
    #[command(args_override_self = true)]
    Info(CareArgs),
    /// Check the file, and that its stories are those of its articles
    #[command(args_override_self = true)]
    Check(CareArgs),
    /// Take articles out that are older than a span or a time
    #[command(args_override_self = true)]
    Prune(PruneArgs),
    /// Print all articles as JSON Lines, which add reads back to an equal archive
    #[command(args_override_self = true)]
    Export(ExportArgs),
    /// Make sketches, matches and stories again from the kept texts
    #[command(args_override_self = true)]
    Rebuild(RebuildArgs),
}

/// An archive to look after.
#[derive(Args, Debug)]
pub struct CareArgs {
    /// The archive
    #[arg(value_name = "DB", value_hint = ValueHint::FilePath, help_heading = "Arguments")]
    pub archive: PathBuf,
    #[command(flatten)]
    pub wait: WaitArgs,
    /// Print one JSON object
    #[arg(long, help_heading = "Output")]
    pub json: bool,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `wirefold archive prune`.
#[derive(Args, Debug)]
pub struct PruneArgs {
    #[command(flatten)]
    pub care: CareArgs,
    /// Older than this span before now (90d), or than this time; articles without any time stay
    #[arg(long, value_name = "SPAN|TIME", value_parser = values::age, help_heading = "Archive")]
    pub older_than: values::Age,
    /// Only say how many articles would go
    #[arg(long, help_heading = "Archive")]
    pub dry_run: bool,
}

/// `wirefold archive export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    #[command(flatten)]
    pub care: CareArgs,
    /// Write to FILE, whole or not at all; a pipe or device is written through
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Archive")]
    pub output: Option<PathBuf>,
}

/// `wirefold archive rebuild`.
#[derive(Args, Debug)]
pub struct RebuildArgs {
    #[command(flatten)]
    pub care: CareArgs,
    #[command(flatten)]
    pub folding: FoldingArgs,
}
