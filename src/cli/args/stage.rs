//! Options of the stages and of the Spark job.

use clap::{Args, Subcommand};

use super::{CommonArgs, InputArgs, values};

pub const EXAMPLES: &str = "\
The stream is lines of kind, bucket, order and payload under a header that names its version; the lines
of one bucket must reach one process, sorted by bucket, then order. On one machine:

  order() { LC_ALL=C sort -t \"$(printf '\\t')\" -k2,2n -k3,3; }
  wirefold stage articles corpus.jsonl | order | wirefold stage sketch | order |
      wirefold stage pairs | wirefold stage blocks

wirefold spark --guide explains the whole chain; wirefold spark writes the job that runs it.";

/// `wirefold stage`.
#[derive(Args, Debug)]
pub struct StageArgs {
    /// Which one.
    #[command(subcommand)]
    pub stage: StageCommand,
}

/// The stages.
#[derive(Subcommand, Debug)]
pub enum StageCommand {
    /// Dumps to articles, each in the bucket of its rank
    #[command(args_override_self = true)]
    Articles(ArticlesArgs),
    /// Claimed ids to the articles whose ids clash
    #[command(args_override_self = true)]
    Ids(IdsArgs),
    /// Articles to numbered members and their kept hashes
    #[command(args_override_self = true)]
    Sketch(SketchArgs),
    /// Kept hashes (or lists of their holders) to candidate pairs
    #[command(args_override_self = true)]
    Pairs(PairsArgs),
    /// Candidate pairs to blocks that are compared together (one process)
    Blocks,
    /// Blocks with their members to matches
    #[command(args_override_self = true)]
    Compare(WindowArgs),
    /// Matches to components and what each needs (one process)
    #[command(args_override_self = true)]
    Components(ComponentsArgs),
    /// Components with the lines of their members to the stories that each line stands in
    #[command(args_override_self = true)]
    Lines(StreamArgs),
    /// That to the lines that recur over the stories of the corpus
    Recurring,
    /// Components with their members to stories
    Cluster,
    /// What two programs must have in common: versions, settings, golden values
    Fingerprint(FingerprintArgs),
}

/// A stage that spreads what it writes.
#[derive(Args, Debug)]
pub struct StreamArgs {
    /// Buckets of what is written
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::buckets)]
    pub buckets: u32,
}

/// `wirefold stage articles`.
#[derive(Args, Debug)]
pub struct ArticlesArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// What places call standard input
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub source: String,
    #[command(flatten)]
    pub stream: StreamArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// `wirefold stage ids`.
#[derive(Args, Debug)]
pub struct IdsArgs {
    /// Stop at one id an article, by its hash
    #[arg(long)]
    pub part: bool,
    #[command(flatten)]
    pub stream: StreamArgs,
}

/// `wirefold stage pairs`.
#[derive(Args, Debug)]
pub struct PairsArgs {
    /// Stop at lists of holders, each on its way to the buckets of these
    #[arg(long)]
    pub part: bool,
    #[command(flatten)]
    pub stream: StreamArgs,
}

/// `wirefold stage components`.
#[derive(Args, Debug)]
pub struct ComponentsArgs {
    /// Only write each match on a line of its own: components are found elsewhere (any number of processes)
    #[arg(long)]
    pub edges: bool,
    #[command(flatten)]
    pub stream: StreamArgs,
}

/// `wirefold stage sketch`.
#[derive(Args, Debug)]
pub struct SketchArgs {
    #[command(flatten)]
    pub window: WindowArgs,
    #[command(flatten)]
    pub stream: StreamArgs,
}

/// The window of the stages that look at times.
#[derive(Args, Debug)]
pub struct WindowArgs {
    /// Two articles match only if their times lie within this: 36h, 30d, 8w [default: none]
    #[arg(long, value_name = "SPAN", value_parser = values::span)]
    pub window: Option<u64>,
}

/// `wirefold stage fingerprint`.
#[derive(Args, Debug)]
pub struct FingerprintArgs {
    /// Only the header that streams of this program carry
    #[arg(long)]
    pub header: bool,
}
