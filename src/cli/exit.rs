//! How a run ends, as the contract has it.

/// The exit status. The greater one wins: a failed input beats a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// `check` found a difference, or a policy was broken.
    Different = 1,
    /// Wrong usage, or an input that was missing, unreadable, of unknown form, corrupt, truncated or over a limit.
    Failed = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn a_failed_input_beats_a_difference() {
        assert_eq!(Exit::Different.max(Exit::Failed), Exit::Failed);
        assert_eq!(Exit::Done.max(Exit::Different), Exit::Different);
    }
}
