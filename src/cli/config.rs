//! `wirefold.toml`: the options of the command line by their long names, found in the working directory or above.
//!
//! Keys at the top hold for every command that knows them, those in a table named after a command for that one only
//! (`[fold]` is the main job, `[archive.prune]` a command of a command). Settings become words in front of the typed ones, so that clap checks both and what is
//! typed wins. Paths are relative to the file.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Arg, Command, ValueHint};
use toml::{Table, Value};

pub use print::print;

/// The configuration in force, for people.
mod print;

/// The name that is looked for.
pub const NAME: &str = "wirefold.toml";

/// The table that speaks of the main job, which has no command's name.
const MAIN: &str = "fold";

/// Options that only make sense when typed.
const TYPED_ONLY: [&str; 7] = [
    "config",
    "no-config",
    "help",
    "version",
    "update",
    "write-baseline",
    "null",
];

/// A configuration file that was read.
pub struct Config {
    /// Where it stood.
    pub path: PathBuf,
    table: Table,
}

impl Config {
    /// Reads the file that the words ask for, or the nearest one upward.
    pub fn find(words: &[OsString]) -> Result<Option<Self>> {
        let before_end: Vec<&OsString> = words.iter().take_while(|word| *word != "--").collect();
        if before_end.iter().any(|word| *word == "--no-config") {
            return Ok(None);
        }
        if let Some(path) = named(&before_end) {
            return Self::read(&path).map(Some);
        }
        let Ok(here) = std::env::current_dir() else {
            return Ok(None);
        };
        let found = here
            .ancestors()
            .map(|folder| folder.join(NAME))
            .find(|path| path.is_file());
        found.map(|path| Self::read(&path)).transpose()
    }

    fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let table = text
            .parse()
            .with_context(|| format!("{} is not TOML", path.display()))?;
        Ok(Self {
            path: path.to_owned(),
            table,
        })
    }

    /// Refuses keys and tables that nothing knows, with the nearest name.
    pub fn check(&self, program: &Command) -> Result<()> {
        for (key, value) in &self.table {
            if let Value::Table(inner) = value {
                let command = command_of(program, key)
                    .with_context(|| self.unknown("table", key, &commands(program)))?;
                self.check_table(key, inner, command, key == MAIN)?;
            } else if !all(program).any(|command| option_of(command, key).is_some()) {
                let known: Vec<String> = all(program).flat_map(options).collect();
                bail!(self.unknown("key", key, &known));
            }
        }
        Ok(())
    }

    /// The same for the table of a command, and for those of its own commands (`[archive.prune]`).
    fn check_table(&self, at: &str, table: &Table, command: &Command, is_main: bool) -> Result<()> {
        // the main job has the program's commands, which have tables of their own
        let group: Vec<&Command> = if is_main {
            vec![command]
        } else {
            all(command).collect()
        };
        for (key, value) in table {
            let name = format!("{at}.{key}");
            if let (Value::Table(inner), false) = (value, is_main) {
                let below = command.find_subcommand(key);
                let below =
                    below.with_context(|| self.unknown("table", &name, &commands(command)))?;
                self.check_table(&name, inner, below, false)?;
            } else if !group
                .iter()
                .any(|command| option_of(command, key).is_some())
            {
                let known: Vec<String> =
                    group.iter().flat_map(|command| options(command)).collect();
                bail!(self.unknown("key", &name, &known));
            }
        }
        Ok(())
    }

    fn unknown(&self, what: &str, name: &str, known: &[String]) -> String {
        let last = name.rsplit('.').next().unwrap_or(name);
        let likeness = |known: &str| (strsim::jaro_winkler(last, known) * 1000.0) as u32;
        let near = known
            .iter()
            .map(|name| (likeness(name), name))
            .filter(|&(at, _)| at > 800)
            .max();
        let hint = near
            .map(|(_, name)| format!("; did you mean {name}?"))
            .unwrap_or_default();
        format!("{}: unknown {what} {name}{hint}", self.path.display())
    }

    /// The words that stand for its settings, for the command at the end of a path (`archive`, `prune`); an empty one
    /// is the main job. What is said of the narrower command comes last, and wins.
    pub fn words(&self, program: &Command, path: &[&Command]) -> Result<Vec<OsString>> {
        let command = path.last().copied().unwrap_or(program);
        let names: Vec<&str> = match path {
            [] => vec![MAIN],
            _ => path.iter().map(|command| command.get_name()).collect(),
        };
        let general = self
            .table
            .iter()
            .filter(|(key, value)| !value.is_table() && meant_for(program, command, key, value));
        let mut settings: Vec<(&String, &Value)> = general.collect();
        let mut table = &self.table;
        for name in names {
            let Some(Value::Table(own)) = table.get(name) else {
                break;
            };
            settings.extend(own.iter().filter(|(_, value)| !value.is_table()));
            table = own;
        }
        let mut words = Vec::new();
        for (key, value) in settings {
            if let Some(option) = option_of(command, key) {
                self.push(option, key, value, &mut words)?;
            }
        }
        Ok(words)
    }

    fn push(
        &self,
        option: &Arg,
        key: &str,
        value: &Value,
        words: &mut Vec<OsString>,
    ) -> Result<()> {
        let wrong = |wanted: &str| format!("{}: {key} must be {wanted}", self.path.display());
        let flag = format!("--{key}");
        if !option.get_action().takes_values() {
            let Some(on) = value.as_bool() else {
                bail!(wrong("true or false"))
            };
            words.extend(on.then(|| flag.into()));
            return Ok(());
        }
        let values = match value {
            Value::Array(values) if option.get_value_delimiter().is_some() => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut texts = Vec::new();
        for value in values {
            texts.push(match value {
                Value::String(text) if is_path(option) && text != "-" => self.beside(text),
                Value::String(text) => text.into(),
                Value::Integer(number) => number.to_string().into(),
                Value::Float(number) => number.to_string().into(),
                Value::Datetime(time) => time.to_string().into(),
                _ => bail!(wrong("a string or a number")),
            });
        }
        let mut word = OsString::from(flag);
        word.push("=");
        word.push(texts.join(OsStr::new(",")));
        words.push(word);
        Ok(())
    }

    /// A path relative to the file.
    fn beside(&self, text: &str) -> OsString {
        self.path
            .parent()
            .unwrap_or(Path::new(""))
            .join(text)
            .into_os_string()
    }
}

/// Whether a setting for all commands is meant for this one: `format = "csv"` says nothing to a command that has other
/// formats, unless no command has it, which is a mistake to report.
fn meant_for(program: &Command, command: &Command, key: &str, value: &Value) -> bool {
    let Some(value) = value.as_str() else {
        return true;
    };
    let takes = |command: &Command| {
        option_of(command, key).is_some_and(|option| {
            let values = option.get_possible_values();
            values.is_empty() || values.iter().any(|possible| possible.matches(value, false))
        })
    };
    takes(command) || !all(program).any(takes)
}

/// The value of `--config FILE` or `--config=FILE`, the last one.
fn named(words: &[&OsString]) -> Option<PathBuf> {
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        if *word == "--config" {
            found = words.get(at + 1).map(PathBuf::from);
        } else if let Some(path) = word
            .to_str()
            .and_then(|word| word.strip_prefix("--config="))
        {
            found = Some(path.into());
        }
    }
    found
}

/// A command, its commands and theirs.
fn all(program: &Command) -> impl Iterator<Item = &Command> {
    let below = program.get_subcommands().flat_map(|command| {
        let inner: Box<dyn Iterator<Item = &Command>> = Box::new(all(command));
        inner
    });
    std::iter::once(program).chain(below)
}

fn command_of<'p>(program: &'p Command, name: &str) -> Option<&'p Command> {
    match name {
        MAIN => Some(program),
        _ => program
            .get_subcommands()
            .find(|command| command.get_name() == name),
    }
}

fn commands(program: &Command) -> Vec<String> {
    program
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}

fn configurable(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| {
        arg.get_long()
            .is_some_and(|long| !TYPED_ONLY.contains(&long))
    })
}

fn option_of<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    configurable(command).find(|arg| arg.get_long() == Some(key))
}

fn options(command: &Command) -> Vec<String> {
    configurable(command)
        .filter_map(Arg::get_long)
        .map(str::to_owned)
        .collect()
}

fn is_path(option: &Arg) -> bool {
    matches!(
        option.get_value_hint(),
        ValueHint::FilePath | ValueHint::DirPath | ValueHint::AnyPath
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    pub(super) fn config(text: &str) -> Config {
        Config {
            path: "/etc/news/wirefold.toml".into(),
            table: text.parse().expect("TOML"),
        }
    }

    fn words(text: &str, line: &str) -> Vec<String> {
        let program = crate::cli::args::Cli::command();
        let line: Vec<OsString> = format!("wirefold {line}")
            .split(' ')
            .map(OsString::from)
            .collect();
        let path = crate::cli::words::path(&line, &program);
        let words = config(text).words(&program, &path).expect("right types");
        words
            .into_iter()
            .map(|word| word.into_string().expect("UTF-8"))
            .collect()
    }

    #[test]
    fn settings_become_words_for_the_commands_that_know_them() {
        let text = "threads = 2\nquiet = true\nstrict = false\nwindow = \"30d\"\n[check]\ndeny = [\"skipped\", \"untitled\"]\nexpect = \"stories.jsonl\"";
        assert_eq!(
            words(text, "page.txt"),
            ["--quiet", "--threads=2", "--window=30d"]
        );
        assert_eq!(words(text, "split"), ["--quiet", "--threads=2"]);
        assert_eq!(
            words(text, "check"),
            [
                "--quiet",
                "--threads=2",
                "--window=30d",
                "--deny=skipped,untitled",
                "--expect=/etc/news/stories.jsonl"
            ]
        );
    }

    #[test]
    fn a_command_of_a_command_has_its_group_s_settings_and_its_own() {
        let text = "quiet = true\n[archive]\nwait = \"9s\"\n[archive.prune]\nolder-than = \"90d\"\nwait = \"5m\"";
        assert_eq!(words(text, "archive info"), ["--quiet", "--wait=9s"]);
        assert_eq!(
            words(text, "archive prune"),
            ["--quiet", "--wait=9s", "--older-than=90d", "--wait=5m"]
        );
        config(text)
            .check(&crate::cli::args::Cli::command())
            .expect("all is known");
    }

    #[test]
    fn what_nothing_knows_is_an_error_with_the_nearest_name() {
        let program = crate::cli::args::Cli::command();
        let error = |text: &str| {
            config(text)
                .check(&program)
                .expect_err("unknown")
                .to_string()
        };
        assert!(error("thread = 2").contains("unknown key thread; did you mean threads?"));
        assert!(error("[chek]\nquiet = true").contains("did you mean check?"));
        assert!(error("[split]\nexpect = \"x\"").contains("unknown key split.expect"));
        assert!(error("[archive.prnue]\nwait = \"9s\"").contains("did you mean prune?"));
        assert!(error("[archive]\nexpect = \"x\"").contains("unknown key archive.expect"));
        assert!(
            error("[archive.info]\nolder-than = \"9d\"")
                .contains("unknown key archive.info.older-than")
        );
        assert!(error("update = true").contains("unknown key update"));
    }
}
