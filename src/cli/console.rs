//! Everything that goes to standard error: warnings, errors, and the progress of a long run.
//!
//! Progress is drawn only where a person looks, that is when standard error is a terminal, and only of runs that take
//! a while. `--quiet` silences warnings and progress; the reason for a non-zero status is printed always.

use std::fmt;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use wirefold::progress::{Phase, Progress};
use wirefold::report::escape;

use crate::cli::args::CommonArgs;

/// A run that is over by then needs no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// Talks to the person at the terminal, or to the log.
pub struct Console {
    quiet: bool,
    /// Drawn from [`PATIENCE`] on; hidden before.
    bar: ProgressBar,
    /// From when on the bar is drawn; `None`: never.
    due: Option<Instant>,
    drawn: AtomicBool,
}

impl Console {
    /// As the options of a command say.
    pub fn new(args: &CommonArgs) -> Self {
        let silent = args.quiet || args.no_progress || !std::io::stderr().is_terminal();
        Self {
            quiet: args.quiet,
            bar: ProgressBar::hidden(),
            due: (!silent).then(|| Instant::now() + PATIENCE),
            drawn: AtomicBool::new(false),
        }
    }

    /// Draws the bar from now on, if it is time.
    fn draw(&self) {
        let is_due = self.due.is_some_and(|due| Instant::now() >= due);
        if is_due && !self.drawn.swap(true, Ordering::Relaxed) {
            self.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
            self.bar.enable_steady_tick(Duration::from_millis(125));
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
            (_, 0) => "{spinner} {msg} {human_pos} ({rate})",
            (_, _) => "{msg:10} {wide_bar} {human_pos}/{human_len} {rate} {eta} left",
        };
        self.bar.reset();
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.with_key("rate", rate));
        }
        match steps {
            0 => self.bar.unset_length(),
            steps => self.bar.set_length(steps),
        }
        self.bar.set_message(match phase {
            Phase::Read => "reading",
            Phase::Join => "joining",
            Phase::Verify => "comparing",
            Phase::Events => "events",
            Phase::Store => "storing",
            Phase::Stories => "stories",
            Phase::Commit => "committing",
        });
        self.draw();
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        if !self.drawn.load(Ordering::Relaxed) {
            self.draw();
        }
    }
}

/// Steps a second, as a whole number.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // the bar is drawn again soon: a failed write costs nothing
    let _ = write!(out, "{}/s", HumanCount(state.per_sec() as u64));
}

impl Drop for Console {
    fn drop(&mut self) {
        self.clear();
    }
}
