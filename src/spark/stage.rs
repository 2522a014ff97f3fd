//! The stages by name: a stream in, a stream out.

use std::io::{self, BufRead, Write};

use super::stream::{Lines, Sink};
use super::{blocks, cluster, compare, components, ids, pairs, recurring, sketch};
use crate::candidates::Threshold;

/// A stage that reads a stream. (`articles` reads dumps, `fingerprint` nothing.)
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Articles → members and postings.
    Sketch,
    /// Claimed ids → one an article, by its hash.
    Claims,
    /// Hashes of claimed ids → articles whose ids clash.
    Ids,
    /// Postings → lists on their way to their articles, where not all postings are there.
    Lists,
    /// Postings or lists → candidate pairs.
    Pairs,
    /// Candidate pairs → blocks; one process.
    Blocks,
    /// Blocks → matches.
    Compare,
    /// Matches → a line each.
    Edges,
    /// Matches → components; one process.
    Components,
    /// Components and the lines of their articles → in which stories each line stands.
    Lines,
    /// That → lines that recur over the stories of the corpus.
    Recurring,
    /// Components → stories.
    Cluster,
}

/// What the stages depend on besides their lines.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Buckets of what a stage writes; at least 1.
    pub buckets: u32,
    /// Two articles may match only if their times lie within so many seconds; `None`: always.
    pub window: Option<i64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            buckets: 1,
            window: None,
        }
    }
}

/// Runs a stage.
///
/// # Errors
/// When the stream is not one of this program, not sorted or incomplete, or cannot be read or written.
pub fn run(
    stage: Stage,
    settings: Settings,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let mut sink = Sink::new(output)?;
    let buckets = settings.buckets.max(1);
    let pairing = |part| pairs::Settings {
        part,
        buckets,
        threshold: Threshold::default(),
    };
    match stage {
        Stage::Claims => ids::ids(&mut lines, true, buckets, &mut sink),
        Stage::Ids => ids::ids(&mut lines, false, buckets, &mut sink),
        Stage::Sketch => sketch::sketch(&mut lines, (buckets, settings.window), &mut sink),
        Stage::Lists => pairs::pairs(&mut lines, pairing(true), &mut sink),
        Stage::Pairs => pairs::pairs(&mut lines, pairing(false), &mut sink),
        Stage::Blocks => blocks::blocks(&mut lines, &mut sink),
        Stage::Compare => compare::compare(&mut lines, settings.window, &mut sink),
        Stage::Edges => components::edges(&mut lines, &mut sink),
        Stage::Components => components::components(&mut lines, buckets, &mut sink),
        Stage::Lines => recurring::lines(&mut lines, buckets, &mut sink),
        Stage::Recurring => recurring::recurring(&mut lines, &mut sink),
        Stage::Cluster => cluster::cluster(&mut lines, &mut sink),
    }
}
