//! What can be typed: every command and option, once. Help, man page, completions and the keys of `wirefold.toml`
//! come from these definitions.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use archive::{AddArgs, ArchiveArgs, StoriesArgs};
pub use check::CheckArgs;
pub use compare::CompareArgs;
pub use input::{InputArgs, InputKind, WatchArgs};
pub use report::{FoldArgs, ReportArgs};

pub mod archive;
pub mod check;
pub mod compare;
mod input;
pub mod report;
pub mod spark;
pub mod stage;
pub mod values;

const EXAMPLES: &str = "\
Examples:
  wirefold page.txt                     each story once, its copies under it
  wirefold dumps/ -f html -o report.html      a report for the browser: open report.html
  pbpaste | wirefold                    the same from the clipboard or a pipe
  wirefold --fetched now page.txt       relative times (3 hours ago) count from now
  wirefold -f json dumps/ > fold.json   a directory, as JSON for scripts
  wirefold --min-copies 1 dumps/        only stories that were syndicated
  wirefold --unique corpus.jsonl        the input records of each story once
  wirefold split page.txt               the articles, one JSON line each
  wirefold compare a.txt b.txt          what b kept, cut, added and reworded of a
  wirefold add --archive news.db dumps/ keep all in an archive; again each hour (cron)
  wirefold check --expect stories.jsonl dumps/      fail when the stories changed (CI)

A dump is what a reader or a crawler saved: page text, HTML, JSON Lines, feeds, WARC, WET, also
compressed. Defaults of all options can stand in a wirefold.toml: see wirefold config.
Exit status: 0 done; 1 check found a difference; 2 wrong usage, or an input could not be read to
its end (the rest is still folded). More on a command: wirefold COMMAND --help";

/// Gives every story once: splits dumps of news pages into articles, finds the articles that carry the same text, and
/// prints each story's best article with its copies.
#[derive(Parser, Debug)]
#[command(
    name = "wirefold",
    version,
    about,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    args_override_self = true,
    disable_help_subcommand = false,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do; folding is what happens without one.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The main job.
    #[command(flatten)]
    pub fold: FoldArgs,
}

/// A first word that is one of these is the command; `./split` names a file of that name.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Only split dumps into articles: JSON Lines, one article a line
    #[command(
        args_override_self = true,
        after_help = "Examples:\n  wirefold split page.txt | jq -r '[.publisher, .title] | @tsv'\n  wirefold split --explain page.txt     why each line became what it is"
    )]
    Split(SplitArgs),
    /// What copy B kept, cut, added and reworded of A
    #[command(args_override_self = true, after_help = compare::EXAMPLES)]
    Compare(CompareArgs),
    /// Fail when the stories of these dumps are not the expected ones, or break a policy
    #[command(args_override_self = true, after_help = check::EXAMPLES)]
    Check(CheckArgs),
    /// Score the folding against labels
    #[command(args_override_self = true, after_help = EVAL_EXAMPLES)]
    Eval(EvalArgs),
    /// Write the job for Apache Spark and print its spark-submit line
    #[command(args_override_self = true, after_help = spark::EXAMPLES)]
    Spark(spark::SparkArgs),
    /// Run one stage of the core as a filter over a stream, for clusters
    #[command(after_help = stage::EXAMPLES)]
    Stage(stage::StageArgs),
    /// Add dumps to an archive, and print what is new
    #[command(args_override_self = true, after_help = archive::ADD_EXAMPLES)]
    Add(AddArgs),
    /// Print the stories of an archive
    #[command(args_override_self = true, after_help = archive::STORIES_EXAMPLES)]
    Stories(StoriesArgs),
    /// Print the events of an archive: stories that report one happening
    #[command(args_override_self = true, after_help = archive::EVENTS_EXAMPLES)]
    Events(archive::EventsArgs),
    /// Look after an archive: info, check, prune, export, rebuild
    Archive(ArchiveArgs),
    /// Print the JSON Schema of the fold document
    Schema,
    /// Print the configuration in force: every option that wirefold.toml can set
    #[command(args_override_self = true)]
    Config(ConfigArgs),
    /// Print a shell's completion script
    #[command(
        after_help = "Example:\n  wirefold completions bash > ~/.local/share/bash-completion/completions/wirefold"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of a command or of the program
    #[command(
        after_help = "Example:\n  wirefold man | man -l -\n  wirefold man check > wirefold-check.1"
    )]
    Man {
        /// The command, as in check or archive prune
        command: Vec<String>,
    },
}

const EVAL_EXAMPLES: &str = "\
Examples:
  wirefold eval --truth labels.tsv corpus.jsonl     score this program's stories
  wirefold eval --truth labels.tsv --pred theirs.tsv     score another program's

Both files hold lines of id, tab, cluster; further columns are ignored. An id of the truth that is
not in the prediction stands alone; a predicted id that has no label is left out.";

/// Options that every command has.
#[derive(Args, Debug, Clone, Default)]
#[command(next_help_heading = "General")]
pub struct CommonArgs {
    /// No warnings, no summary; the reason for a non-zero status is printed always
    #[arg(short, long)]
    pub quiet: bool,
    /// When to colour what is printed for the eye [default: auto]
    #[arg(long, value_name = "WHEN", value_enum)]
    pub color: Option<ColorChoice>,
    /// Threads to use [default: one a core]; the result never depends on it
    #[arg(long, value_name = "N", value_parser = values::threads)]
    pub threads: Option<usize>,
    /// No progress on a terminal
    #[arg(long)]
    pub no_progress: bool,
    /// Read this wirefold.toml instead of the nearest one upward
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Read no wirefold.toml
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

/// When to colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ColorChoice {
    /// On a terminal, unless the variable `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `wirefold split`.
#[derive(Args, Debug)]
pub struct SplitArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Write to FILE, whole or not at all; a pipe or device is written through
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Only articles of this role
    #[arg(long, value_name = "ROLE", value_enum, help_heading = "Output")]
    pub role: Option<report::RoleChoice>,
    /// Print every line of the pages instead, with what it became and why
    #[arg(long, conflicts_with = "role", help_heading = "Output")]
    pub explain: bool,
    /// Read everything before the first line is printed, and print the articles as a fold has them: each once, without lines
    /// that recur over the stories, ids claimed twice replaced. Takes the time and memory of a fold
    #[arg(long, conflicts_with = "explain", help_heading = "Output")]
    pub settle: bool,
    /// Leave out what the table of layouts knows of one site, or of all: for measuring the general method
    #[arg(long, value_name = "SITE", hide = true)]
    pub leave_out: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `wirefold eval`.
#[derive(Args, Debug)]
pub struct EvalArgs {
    /// Labels: lines of id, tab, cluster
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub truth: PathBuf,
    /// Score these lines of id, tab, story instead of folding
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["paths", "files_from"])]
    pub pred: Option<PathBuf>,
    /// How to print the scores
    #[arg(short, long, value_enum, default_value_t = EvalFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: EvalFormat,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub folding: report::FoldingArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// How scores are printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvalFormat {
    /// A table
    Text,
    /// One JSON object
    Json,
}

/// `wirefold config`.
#[derive(Args, Debug)]
pub struct ConfigArgs {
    #[command(flatten)]
    pub common: CommonArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_sound() {
        super::Cli::command().debug_assert();
    }
}
