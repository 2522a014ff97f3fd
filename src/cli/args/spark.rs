//! Options of `wirefold spark`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::values;

pub const EXAMPLES: &str = "\
Example:
  wirefold spark --master spark://head:7077 --output hdfs:///news/stories 'hdfs:///news/2025/*.jsonl.gz'

writes wirefold_job.py and prints the spark-submit line that runs it; nothing is started. The line as a
command: wirefold spark … | sh. The page for the operator of a cluster: wirefold spark --guide

The stories are those of wirefold --no-events on one machine, byte for byte but for the places.";

/// `wirefold spark`.
#[derive(Args, Debug)]
pub struct SparkArgs {
    /// Files, folders or patterns that Hadoop can read
    #[arg(value_name = "PATH", required_unless_present_any = ["guide", "print"])]
    pub inputs: Vec<String>,
    /// Print the page for the operator of a cluster
    #[arg(long, exclusive = true)]
    pub guide: bool,
    /// Print the job instead of writing it
    #[arg(long, exclusive = true)]
    pub print: bool,
    /// Where the job is written
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, default_value = "wirefold_job.py")]
    pub job: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub cluster: ClusterArgs,
}

/// What is read and written.
#[derive(Args, Debug)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// Folder for stories, headlines, what was skipped, and counts
    #[arg(long, value_name = "PATH", required_unless_present_any = ["guide", "print"])]
    pub output: Option<String>,
    /// Folder for what the steps keep, on storage that all workers see; a run that failed goes on from there [default: OUTPUT/work]
    #[arg(long, value_name = "PATH")]
    pub checkpoint: Option<String>,
    /// How the inputs are read
    #[arg(long, value_name = "HOW", value_enum, default_value_t = ReadChoice::Lines)]
    pub read: ReadChoice,
    /// Form of the stories
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t = StoryFormat::Jsonl)]
    pub format: StoryFormat,
    /// Also write all articles, as archive export does: wirefold add makes the archive of them that it would of the inputs
    #[arg(long)]
    pub export: bool,
    /// When the pages were fetched (RFC 3339): what "3 hours ago" counts from
    #[arg(long, value_name = "TIME")]
    pub fetched: Option<String>,
    /// Zone of printed times that name none [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// Two articles match only if their times lie within this: 36h, 30d, 8w [default: none]
    #[arg(long, value_name = "SPAN")]
    pub window: Option<String>,
}

/// Where it runs.
#[derive(Args, Debug)]
#[command(next_help_heading = "Cluster")]
pub struct ClusterArgs {
    /// Spark's master: yarn, spark://HOST:7077, k8s://…, local[*]
    #[arg(long, value_name = "URL", default_value = "local[*]")]
    pub master: String,
    /// Tasks of a step; a task should get 10,000 to 50,000 articles
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = values::buckets)]
    pub partitions: u32,
    /// Where matches are joined to components
    #[arg(long, value_name = "WHERE", value_enum, default_value_t = ComponentsChoice::Core)]
    pub components: ComponentsChoice,
    /// Memory of one executor in all: half for Java, half for Python and the core
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = values::size)]
    pub memory: u64,
    /// Cores of one executor; each runs a task
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub cores: u32,
    /// Python of the workers, with pyarrow [default: python3]
    #[arg(long, value_name = "PATH")]
    pub python: Option<String>,
}

/// Where matches are joined to components.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ComponentsChoice {
    /// In the core, in one task: four bytes an article
    Core,
    /// On Spark's DataFrames, in turns: for more articles than one task can hold
    Frames,
}

/// How inputs are read.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadChoice {
    /// JSON Lines, plain or compressed; large files are read by many tasks
    Lines,
    /// A record a row; columns are named as in JSON
    Parquet,
    /// Whole files, told from their bytes: WARC, WET, pages, feeds; a file must fit a task's memory
    Files,
}

impl ReadChoice {
    /// As the job calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Parquet => "parquet",
            Self::Files => "files",
        }
    }
}

/// Form of the stories.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum StoryFormat {
    /// A story a line, as wirefold -f jsonl prints it
    Jsonl,
    /// A story a row: id, event, title, agency, published, and the story as JSON
    Parquet,
}
