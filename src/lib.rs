//! wirefold: gives every story once. Dumps of news pages go in; stories with their syndicated copies come out.
//!
//! The modules are the verbs of the pipeline, in the order in which the data flows; none names one that is
//! declared after it. Only `input::source`, `archive` and the binary touch files, terminal or clock.
//!
//! ```text
//! bytes ─input→ Page ─split(wire)→ Article ─text→ Document ─sketch→ Sketch ─candidates→ Pair ─verify→ Match
//!       ─cluster→ Cluster ─elect→ Story ─event→ Event ─fold→ Fold ─report→ bytes
//! ```

/// The noun that all stages share.
pub mod article;

/// Phases of a long run, for whoever shows them.
pub mod progress;

/// Where parallel loops run.
pub mod threads;

/// Large buffers that go round.
pub mod buffers;

/// Results by what they were made of, for what pages print again and again.
pub mod memo;

/// Edges → components, for every stage that puts things together.
pub mod union;

/// A text → [`text::Document`]: tokens and sentences; what a word is, for splitting, too.
pub mod text;

/// bytes → [`input::Page`]: what a file holds, decompressed, decoded, cut into pages and records.
pub mod input;

/// Who wrote it, where, when: datelines, credits, printed times.
pub mod wire;

/// [`input::Page`] → [`article::Article`]: every line exactly once.
pub mod split;

/// The reading loop: chunks → articles, in parallel and in order.
pub mod intake;

/// [`text::Document`] → [`sketch::Sketch`]: scaled MinHash of word 4-grams.
pub mod sketch;

/// [`sketch::Sketch`] → [`candidates::Pair`]: an inverted index that drops nothing.
pub mod candidates;

/// [`candidates::Pair`] → [`verify::Match`]: the verdict on the texts.
pub mod verify;

/// [`verify::Match`] → [`cluster::Cluster`]: stories that do not chain.
pub mod cluster;

/// [`cluster::Cluster`] → [`elect::Story`]: the one to read and who wrote it.
pub mod elect;

/// [`elect::Story`] → [`event::Event`]: independent reports of one happening.
pub mod event;

/// The whole job on one screen.
pub mod fold;

/// [`fold::Fold`] → bytes, one writer a format.
pub mod report;

/// [`fold::Fold`] against an expectation and policies → findings.
pub mod check;

/// [`fold::Fold`] against labels → scores.
pub mod eval;

/// The stages as filters over a stream, and the job that wires them on Apache Spark.
pub mod spark;

/// Articles and stories kept in one SQLite file, equal to a [`fold::Fold`] of all that was ever added.
pub mod archive;
