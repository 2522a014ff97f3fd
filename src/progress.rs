//! Phases of a long run. The library says how far it is; whoever runs it decides whether anybody sees that.

/// What a run is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Reading, splitting, sketching; counted in bytes.
    Read,
    /// Joining sketches; counted in articles.
    Join,
    /// Verdicts on pairs; counted in pairs.
    Verify,
    /// Grouping stories into events; counted in stories.
    Events,
    /// Writing articles into an archive; counted in articles.
    Store,
    /// Writing their stories; counted in articles.
    Stories,
    /// Making what was written durable.
    Commit,
}

/// Hears how far a run is. `()` hears nothing.
pub trait Progress: Sync {
    /// A phase starts, with so many steps to go (0: unknown).
    fn start(&self, _phase: Phase, _steps: u64) {}
    /// So many more steps of the current phase are done.
    fn advance(&self, _steps: u64) {}
}

impl Progress for () {}
