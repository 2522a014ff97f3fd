//! The configuration in force, written as a file that can be saved.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, Command};
use toml::{Table, Value};

use super::{Config, MAIN, NAME, configurable, meant_for, option_of};

/// The configuration in force, as a file that can be saved: every option with its help, those not set as comments.
/// An option that a command shares with the main job stands at the top, once.
pub fn print(config: Option<&Config>, program: &Command) -> String {
    let mut out = match config {
        Some(config) => format!("# from {}\n", config.path.display()),
        None => format!("# no {NAME} here or above; save this as {NAME} and set what you need\n"),
    };
    let empty = Table::new();
    let table = config.map_or(&empty, |config| &config.table);
    let main = table.get(MAIN).and_then(Value::as_table);
    for option in configurable(program) {
        let long = option.get_long().unwrap_or_default();
        let own = main.and_then(|main| main.get(long));
        entry(
            option,
            own.or(table.get(long).filter(|value| !value.is_table())),
            &mut out,
        );
    }
    for command in program.get_subcommands() {
        print_command(program, command, command.get_name(), table, &mut out);
    }
    out
}

/// The table of a command, then those of its own commands.
fn print_command(
    program: &Command,
    command: &Command,
    name: &str,
    table: &Table,
    out: &mut String,
) {
    let own = name
        .split('.')
        .try_fold(table, |table, name| table.get(name)?.as_table());
    let set = |long: &str| own.is_some_and(|own| own.contains_key(long));
    let options: Vec<&Arg> = configurable(command)
        .filter(|arg| {
            let long = arg.get_long().unwrap_or_default();
            set(long) || option_of(program, long).is_none_or(|main| !takes_the_same(main, arg))
        })
        .collect();
    if !options.is_empty() {
        let _ = writeln!(out, "\n[{name}]");
    }
    for option in options {
        let long = option.get_long().unwrap_or_default();
        let general = table
            .get(long)
            .filter(|value| !value.is_table() && meant_for(program, command, long, value));
        let value = own.and_then(|own| own.get(long)).or(general);
        entry(option, value, out);
    }
    for inner in command.get_subcommands() {
        let name = format!("{name}.{}", inner.get_name());
        print_command(program, inner, &name, table, out);
    }
}

/// Whether two options of one name take the same values.
fn takes_the_same(one: &Arg, other: &Arg) -> bool {
    let names = |arg: &Arg| -> Vec<String> {
        let values = arg.get_possible_values();
        values
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect()
    };
    names(one) == names(other)
}

/// One option: what it does, and its value or, as a comment, its default.
fn entry(option: &Arg, value: Option<&Value>, out: &mut String) {
    let Some(key) = option.get_long() else { return };
    let help = option
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let _ = writeln!(out, "\n# {}", help.replace('\n', " "));
    let values: Vec<String> = option
        .get_possible_values()
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect();
    if option.get_action().takes_values() && !values.is_empty() {
        let _ = writeln!(out, "# one of: {}", values.join(", "));
    }
    let _ = match (value, option.get_action(), default(&help)) {
        (Some(value), _, _) => writeln!(out, "{key} = {value}"),
        (None, ArgAction::SetTrue, _) => writeln!(out, "#{key} = false"),
        (None, _, number) if number.parse::<u64>().is_ok() => writeln!(out, "#{key} = {number}"),
        (None, _, text) => writeln!(out, "#{key} = \"{text}\""),
    };
}

/// The default that a help text names, where it is a value and not a sentence.
fn default(help: &str) -> &str {
    let named = help
        .split_once("[default: ")
        .and_then(|(_, rest)| rest.split_once(']'));
    named
        .map_or("", |(value, _)| value)
        .split(' ')
        .next()
        .filter(|&value| value != "none" && help.contains(&format!("[default: {value}]")))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::config;
    use super::super::{all, options};
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn what_is_printed_can_be_read_back() {
        let program = crate::cli::args::Cli::command();
        let before = config("threads = 2\n[check]\ndeny = [\"skipped\"]");
        let printed = print(Some(&before), &program);
        let after = config(&printed);
        after.check(&program).expect("all keys are known");
        assert_eq!(after.table.get("threads"), before.table.get("threads"));
        assert!(printed.contains("deny = [\"skipped\"]"));
        assert!(printed.contains("#max-record = \"64MiB\""));
        assert!(printed.contains("#width = 80"));
    }

    #[test]
    fn every_option_of_every_command_is_printed() {
        let program = crate::cli::args::Cli::command();
        let text =
            "quiet = true\n[check]\nformat = \"sarif\"\n[archive.prune]\nolder-than = \"90d\"";
        let printed = print(Some(&config(text)), &program);
        for option in all(&program).flat_map(options) {
            let line = format!("{option} = ");
            assert!(
                printed
                    .lines()
                    .any(|found| found.trim_start_matches('#').starts_with(&line)),
                "{option}"
            );
        }
        let after: Table = printed.parse().expect("TOML");
        assert_eq!(after["check"]["format"].as_str(), Some("sarif"));
        assert_eq!(
            after["archive"]["prune"]["older-than"].as_str(),
            Some("90d")
        );
    }
}
