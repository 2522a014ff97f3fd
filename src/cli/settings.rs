//! What was typed → what is meant: the stages' own settings, validated once. No stage looks at the command line.

use wirefold::article::{Moment, Role};
use wirefold::fold;
use wirefold::input::{Kind, Limits};
use wirefold::intake;
use wirefold::report::{Format, Look, Selection, Summarise};
use wirefold::split;

use crate::cli::args::CompareArgs;
use crate::cli::args::report::FoldingArgs;
use crate::cli::args::values::Fetched;
use crate::cli::args::{CommonArgs, InputArgs, InputKind, ReportArgs};
use crate::cli::terminal;

/// Bounds on what an input may make us hold.
pub fn limits(args: &InputArgs) -> Limits {
    let limits = Limits::default();
    Limits {
        record: args.max_record.unwrap_or(limits.record),
        ratio: args.max_ratio.unwrap_or(limits.ratio),
    }
}

/// What splitting depends on.
pub fn splitting(args: &InputArgs) -> split::Settings {
    let fetched = args.fetched.map(|fetched| match fetched {
        Fetched::Now => Moment::at(jiff::Timestamp::now()),
        Fetched::At(moment) => moment,
    });
    let timezone = args.timezone.clone().unwrap_or(jiff::tz::TimeZone::UTC);
    split::Settings { fetched, timezone }
}

/// What the inputs hold, where the user says it.
pub fn kind(args: &InputArgs) -> Option<Kind> {
    args.input.map(|kind| match kind {
        InputKind::Text => Kind::Text,
        InputKind::Json => Kind::Json,
        InputKind::Html => Kind::Html,
        InputKind::Feed => Kind::Feed,
        InputKind::Warc | InputKind::Wet => Kind::Warc,
    })
}

/// The format of a report.
pub fn format(args: &ReportArgs) -> Format {
    if args.json {
        Format::Json
    } else {
        args.format.unwrap_or_default().into()
    }
}

/// What a report shows, and how.
pub fn look(args: &ReportArgs, common: &CommonArgs) -> Look {
    let color = terminal::color(common.color.unwrap_or_default(), args.output.as_deref());
    let summary = match (args.summary, common.quiet) {
        (true, _) => Summarise::Only,
        (false, true) => Summarise::Never,
        (false, false) => Summarise::Also,
    };
    Look {
        width: args.width.unwrap_or(80),
        color,
        links: color && terminal::is_stdout(args.output.as_deref()) && terminal::links(),
        summary,
        selection: Selection {
            min_copies: args.min_copies.unwrap_or(0),
            role: args.role.map(Role::from),
        },
        verbose: args.more.verbose,
    }
}

/// How a comparison looks.
pub fn comparison(args: &CompareArgs) -> Look {
    let output = args.output.as_deref();
    Look {
        width: args.width.unwrap_or(80),
        color: terminal::color(args.common.color.unwrap_or_default(), output),
        ..Look::default()
    }
}

/// Threads to use; without the option one a core.
pub fn threads(args: &CommonArgs) -> usize {
    args.threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
}

/// How inputs are read; what comes after finds its threads ready.
pub fn intake(input: &InputArgs, common: &CommonArgs) -> intake::Settings {
    wirefold::threads::prepare(threads(common));
    intake::Settings {
        limits: limits(input),
        split: splitting(input),
        threads: threads(common),
    }
}

/// A window in seconds.
pub fn window(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// How articles are folded.
pub fn folding(args: &FoldingArgs, common: &CommonArgs) -> fold::Settings {
    fold::Settings {
        threads: threads(common),
        events: !args.no_events,
        window: args.window.map(window),
        ..fold::Settings::default()
    }
}
