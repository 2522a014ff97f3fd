//! Beyond one machine: the stages of the core as filters over a stream (`stream`), and the job that wires them on
//! Apache Spark (`job.py`).
//!
//! ```text
//! dumps ─articles→ articles ─sketch→ members, postings ─pairs→ candidate pairs ─blocks→ blocks
//!       ─compare→ matches ─components→ components ─lines→ marks ─recurring→ recurring lines
//!       ─cluster→ stories
//! ```
//!
//! Every stage is a function of the set of its lines. A process may take any share of the buckets of its input: the
//! union of the outputs is the same. The rules are the core's own functions, so the stories are those of one machine.

/// Stage `articles`.
pub mod articles;
mod blocks;
mod cluster;
mod compare;
mod components;
/// Stage `fingerprint`.
pub mod fingerprint;
mod ids;
mod lists;
mod pack;
mod pairs;
mod record;
mod recurring;
mod sketch;
/// The stages by name.
pub mod stage;
/// Lines and header.
pub mod stream;
mod tally;

/// The PySpark job that wires the stages.
pub const JOB: &str = include_str!("job.py");

/// The page for the operator of a cluster.
pub const GUIDE: &str = include_str!("OPERATORS.md");
