//! What the terminal can do: colour and hyperlinks, as its environment says and the options decide.

use std::io::IsTerminal;
use std::path::Path;

use crate::cli::args::ColorChoice;

/// A variable that is set and not empty.
fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn is(name: &str, values: &[&str]) -> bool {
    std::env::var(name).is_ok_and(|value| values.contains(&value.as_str()))
}

/// Whether `path` leaves the report on standard output.
pub fn is_stdout(path: Option<&Path>) -> bool {
    path.is_none_or(|path| path == Path::new("-"))
}

/// Whether a report that goes to `path` (`None`: standard output) carries colour.
///
/// `--color always|never` decides; then `NO_COLOR` (<https://no-color.org>), then `CLICOLOR_FORCE`, then whether it is
/// a terminal that knows colours.
pub fn color(choice: ColorChoice, path: Option<&Path>) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") || !is_stdout(path) => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", &["0"]) => true,
        ColorChoice::Auto => std::io::stdout().is_terminal() && !is("TERM", &["dumb"]),
    }
}

/// Whether standard output is a terminal that is known to have hyperlinks (OSC 8); others would show rubbish.
pub fn links() -> bool {
    const PROGRAMS: [&str; 6] = [
        "iTerm.app",
        "WezTerm",
        "vscode",
        "ghostty",
        "Hyper",
        "WarpTerminal",
    ];
    const TERMS: [&str; 6] = [
        "xterm-kitty",
        "alacritty",
        "foot",
        "foot-extra",
        "xterm-ghostty",
        "contour",
    ];
    let vte = std::env::var("VTE_VERSION")
        .ok()
        .and_then(|version| version.parse().ok());
    std::io::stdout().is_terminal()
        && (is("TERM_PROGRAM", &PROGRAMS)
            || is("TERM", &TERMS)
            || vte.is_some_and(|version: u32| version >= 5000)
            || set("WT_SESSION")
            || set("KONSOLE_VERSION")
            || set("DOMTERM"))
}
