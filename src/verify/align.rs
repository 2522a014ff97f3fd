//! Alignment: the heaviest chain of runs that stand in the same order in both bodies.
//!
//! The runs are the anchors (they stand on shared shingles); a chain of them with their overlaps trimmed is the
//! alignment, what lies between two links is edited, cut or added text.

use super::similarity::Run;

/// Shortest run that counts as verbatim, in words.
pub(super) const SHORTEST: u32 = 4;

/// How many runs back a link is sought: bounds the work on bodies that share thousands of runs.
const WINDOW: usize = 256;

/// Buffers of [`Chain::build`], and its result.
#[derive(Default, Debug)]
pub(super) struct Chain {
    /// The chain: runs in the order of both bodies, without overlaps.
    pub links: Vec<Run>,
    /// Words in the chain.
    pub words: u32,
    best: Vec<(u32, Option<u32>)>,
}

impl Chain {
    /// Finds the heaviest chain of `runs`, which stand in the order of the first body.
    pub fn build(&mut self, runs: &[Run]) {
        self.best.clear();
        self.links.clear();
        self.words = 0;
        let mut last = None;
        for (at, &run) in runs.iter().enumerate() {
            let mut best = (run.len, None);
            let from = at.saturating_sub(WINDOW);
            for (before, (&earlier, &(so_far, _))) in
                std::iter::zip(&runs[from..at], &self.best[from..at]).enumerate()
            {
                let words = trim(run, earlier).map_or(0, |trimmed| so_far + trimmed.len);
                if words > best.0 {
                    best = (words, Some((from + before) as u32));
                }
            }
            if run.len >= SHORTEST && best.0 > self.words {
                self.words = best.0;
                last = Some(at as u32);
            }
            self.best.push(best);
        }
        while let Some(at) = last {
            last = self.best[at as usize].1;
            let run = runs[at as usize];
            let link = last.and_then(|before| trim(run, runs[before as usize]));
            self.links.push(link.unwrap_or(run));
        }
        self.links.reverse();
    }
}

/// What is left of `run` behind `before`, if that is still a run.
fn trim(run: Run, before: Run) -> Option<Run> {
    let over = before
        .end_a()
        .saturating_sub(run.a)
        .max(before.end_b().saturating_sub(run.b));
    (over + SHORTEST <= run.len).then(|| run.after(over))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(runs: &[(u32, u32, u32)]) -> (u32, Vec<(u32, u32, u32)>) {
        let runs: Vec<Run> = runs.iter().map(|&(a, b, len)| Run { a, b, len }).collect();
        let mut chain = Chain::default();
        chain.build(&runs);
        let links = chain.links.iter().map(|run| (run.a, run.b, run.len));
        (chain.words, links.collect())
    }

    #[test]
    fn a_moved_passage_is_left_out() {
        let (words, links) = chain(&[(0, 10, 20), (25, 0, 8), (40, 35, 30)]);
        assert_eq!(words, 50);
        assert_eq!(links, [(0, 10, 20), (40, 35, 30)]);
    }

    #[test]
    fn an_overlap_counts_once() {
        assert_eq!(chain(&[(0, 0, 10), (8, 20, 10)]).0, 18);
        assert_eq!(chain(&[(0, 0, 10), (8, 20, 5)]).0, 10);
    }

    #[test]
    fn nothing_shared_is_an_empty_chain() {
        assert_eq!(chain(&[]), (0, vec![]));
    }
}
