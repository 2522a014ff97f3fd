//! The binary: one arm a command. Only here is anything printed, and only here do options become settings.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Command};
use config::Config;
use exit::Exit;

mod add;
mod archive;
mod args;
mod check;
mod compare;
mod config;
mod console;
mod eval;
mod events;
mod exit;
mod fold;
mod heap;
mod inputs;
mod output;
mod records;
mod settings;
mod spark;
mod split;
mod stage;
mod stories;
mod terminal;
mod watch;
mod words;

/// Runs the program on the words of the command line.
pub fn run() -> Exit {
    heap::share();
    match parse(std::env::args_os().collect()) {
        Parsed::Run(cli) => outcome(dispatch(*cli)),
        Parsed::Ended(exit) => exit,
    }
}

/// An error is printed whatever the options say: it is the reason for the status. A closed pipe is none.
fn outcome(result: Result<Exit>) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(error) if output::is_closed_pipe(&error) => Exit::Done,
        Err(error) => {
            let message = format!("{error:#}");
            eprintln!(
                "wirefold: error: {}",
                wirefold::report::escape::line(&message)
            );
            Exit::Failed
        }
    }
}

enum Parsed {
    Run(Box<Cli>),
    Ended(Exit),
}

/// Words → options, with the settings of the configuration in front.
fn parse(words: Vec<OsString>) -> Parsed {
    let program = Cli::command();
    let mut words = words::ordered(words, &program);
    // help must come even where the configuration is wrong
    let asks_for_help = words.iter().any(|word| word == "--help" || word == "-h")
        || words.get(1).is_some_and(|word| word == "help");
    if !asks_for_help {
        match with_config(&mut words, &program) {
            Ok(()) => {}
            Err(error) => return Parsed::Ended(outcome(Err(error))),
        }
    }
    let parsed = program
        .try_get_matches_from(words)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => Parsed::Run(Box::new(cli)),
        Err(message) => {
            // nothing is left to do where even this cannot be printed
            let _ = message.print();
            Parsed::Ended(if message.use_stderr() {
                Exit::Failed
            } else {
                Exit::Done
            })
        }
    }
}

fn with_config(words: &mut Vec<OsString>, program: &clap::Command) -> Result<()> {
    let Some(config) = Config::find(words)? else {
        return Ok(());
    };
    config.check(program)?;
    let path = words::path(words, program);
    let settings = config.words(program, &path)?;
    let at = path.len() + 1;
    words.splice(at..at, settings);
    Ok(())
}

fn dispatch(cli: Cli) -> Result<Exit> {
    match cli.command {
        None => {
            heap::hold_less();
            fold::run(cli.fold)
        }
        Some(Command::Split(args)) => split::run(&args),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Spark(args)) => spark::run(&args),
        Some(Command::Stage(args)) => stage::run(&args),
        Some(Command::Add(args)) => add::run(args),
        Some(Command::Stories(args)) => stories::run(&args),
        Some(Command::Events(args)) => events::run(&args),
        Some(Command::Archive(args)) => archive::run(&args.command),
        Some(Command::Schema) => print(wirefold::report::schema::SCHEMA.as_bytes()),
        Some(Command::Config(_)) => {
            let words: Vec<OsString> = std::env::args_os().collect();
            print(config::print(Config::find(&words)?.as_ref(), &Cli::command()).as_bytes())
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "wirefold", &mut script);
            print(&script)
        }
        Some(Command::Man { command }) => man(&command),
    }
}

/// The manual page of the program or of one of its commands (`check`, `archive prune`).
fn man(path: &[String]) -> Result<Exit> {
    let mut program = Cli::command();
    // without this the commands do not know the program's name and version
    program.build();
    let mut page = program;
    for name in path {
        let command = page.find_subcommand(name).cloned();
        let Some(command) = command else {
            anyhow::bail!("there is no command {name}; see wirefold --help");
        };
        let full = format!("{}-{name}", page.get_name());
        page = command.name(full);
    }
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    print(&roff)
}

fn print(bytes: &[u8]) -> Result<Exit> {
    let mut output = output::Output::open(None)?;
    output.write_all(bytes)?;
    output.finish()?;
    Ok(Exit::Done)
}
