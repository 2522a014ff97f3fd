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
    /// Articles to numbered members and their kept hashes
    #[command(args_override_self = true)]
    Sketch(StreamArgs),
    /// Kept hashes (or links) to candidate pairs
    #[command(args_override_self = true)]
    Pairs(PairsArgs),
    /// Candidate pairs to blocks that are compared together (one process)
    Blocks,
    /// Blocks with their members to matches
    #[command(args_override_self = true)]
    Compare(CompareArgs),
    /// Matches to components and what each needs (one process)
    #[command(args_override_self = true)]
    Components(StreamArgs),
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

/// `wirefold stage pairs`.
#[derive(Args, Debug)]
pub struct PairsArgs {
    /// Stop at links: what pairs share over the hashes that are here
    #[arg(long)]
    pub part: bool,
    #[command(flatten)]
    pub stream: StreamArgs,
}

/// `wirefold stage compare`.
#[derive(Args, Debug)]
pub struct CompareArgs {
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
