//! Everything that goes to standard error: warnings, errors, and the progress of a long run.
//!
//! Progress is drawn only where a person looks, that is when standard error is a terminal. `--quiet` silences
//! warnings and progress; the reason for a non-zero status is printed always.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wirefold::progress::{Phase, Progress};
use wirefold::report::escape;

use crate::cli::args::CommonArgs;

/// Talks to the person at the terminal, or to the log.
pub struct Console {
    quiet: bool,
    bar: ProgressBar,
}

impl Console {
    /// As the options of a command say.
    pub fn new(args: &CommonArgs) -> Self {
        let silent = args.quiet || args.no_progress || !std::io::stderr().is_terminal();
        let bar = if silent {
            ProgressBar::hidden()
        } else {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8))
        };
        Self {
            quiet: args.quiet,
            bar,
        }
    }

    /// Something a person should know; the run goes on and its status stays.
    pub fn warn(&self, message: &str) {
        if !self.quiet {
            self.say("warning", message);
        }
    }

    /// The reason for a non-zero status.
    pub fn error(&self, message: &str) {
        self.say("error", message);
    }

    fn say(&self, kind: &str, message: &str) {
        // file names and what they hold can carry terminal escapes
        let message = escape::line(message);
        self.bar
            .suspend(|| eprintln!("wirefold: {kind}: {message}"));
    }

    /// Takes the progress bar away, before anything else is printed.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Console {
    fn start(&self, phase: Phase, steps: u64) {
        let template = match (phase, steps) {
            (Phase::Read, 0) => "{spinner} {msg} {bytes} ({bytes_per_sec})",
            (Phase::Read, _) => {
                "{msg:10} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left"
            }
            (_, 0) => "{spinner} {msg} {human_pos} ({per_sec})",
            (_, _) => "{msg:10} {wide_bar} {human_pos}/{human_len} {per_sec} {eta} left",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        match steps {
            0 => self.bar.unset_length(),
            steps => self.bar.set_length(steps),
        }
        self.bar.reset();
        self.bar.enable_steady_tick(Duration::from_millis(125));
        self.bar.set_message(match phase {
            Phase::Read => "reading",
            Phase::Join => "joining",
            Phase::Verify => "comparing",
            Phase::Events => "events",
        });
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        self.clear();
    }
}
