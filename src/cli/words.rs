//! The words of the command line before clap sees them: a first word that is a command is the command, wherever the
//! options stand (`wirefold -q split page.txt`).

use std::ffi::{OsStr, OsString};

/// Moves the command to the front, if the first word that is no option names one; a command of commands
/// (`archive info`) takes the second one along.
pub fn ordered(mut words: Vec<OsString>, program: &clap::Command) -> Vec<OsString> {
    if let Some(at) = first_word(&words, program)
        && words.get(at).is_some_and(|word| is_command(program, word))
    {
        let command = words.remove(at);
        words.insert(1, command);
        if let Some(group) = self::command(&words, program)
            && group.has_subcommands()
        {
            let inner = words.split_off(1);
            words.append(&mut ordered(inner, group));
        }
    }
    words
}

/// The command that the words name; they are [`ordered`].
pub fn command<'p>(words: &[OsString], program: &'p clap::Command) -> Option<&'p clap::Command> {
    let word = words.get(1)?;
    program
        .get_subcommands()
        .find(|command| OsStr::new(command.get_name()) == word)
}

/// The command that [`ordered`] words name and, where that is a group, the one of its commands; empty for the main job.
pub fn path<'p>(words: &[OsString], program: &'p clap::Command) -> Vec<&'p clap::Command> {
    let mut path = Vec::new();
    let mut at = program;
    while let Some(next) = command(words.get(path.len()..).unwrap_or_default(), at) {
        path.push(next);
        at = next;
    }
    path
}

fn is_command(program: &clap::Command, word: &OsStr) -> bool {
    word == "help"
        || program
            .get_subcommands()
            .any(|command| OsStr::new(command.get_name()) == word)
}

/// Where the first word stands that is neither an option nor an option's value.
fn first_word(words: &[OsString], program: &clap::Command) -> Option<usize> {
    let mut value_follows = false;
    for (at, word) in words.iter().enumerate().skip(1) {
        if std::mem::take(&mut value_follows) {
            continue;
        }
        match word.to_str() {
            Some("--") => return None,
            Some(word) if word.len() > 1 && word.starts_with('-') => {
                value_follows = takes_next(word, program);
            }
            _ => return Some(at),
        }
    }
    None
}

/// Whether an option's value is the next word.
fn takes_next(word: &str, program: &clap::Command) -> bool {
    let all = || {
        std::iter::once(program)
            .chain(program.get_subcommands())
            .flat_map(clap::Command::get_arguments)
    };
    let takes = |arg: &clap::Arg| arg.get_action().takes_values();
    if let Some(long) = word.strip_prefix("--") {
        return all().any(|arg| arg.get_long() == Some(long) && takes(arg));
    }
    // -qf json: the value of the last letter is the next word; -fjson brings its own
    let mut letters = word.chars().skip(1).peekable();
    while let Some(letter) = letters.next() {
        if all().any(|arg| arg.get_short() == Some(letter) && takes(arg)) {
            return letters.peek().is_none();
        }
    }
    false
}

/// The command that a mistyped one may have meant.
pub fn similar(word: &str, program: &clap::Command) -> Option<String> {
    let likeness = |name: &str| (strsim::jaro_winkler(word, name) * 1000.0) as u32;
    program
        .get_subcommands()
        .map(|command| (likeness(command.get_name()), command.get_name()))
        .filter(|&(likeness, _)| likeness > 850)
        .max()
        .map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn order(line: &str) -> String {
        let words = line.split(' ').map(OsString::from).collect();
        let words = ordered(words, &crate::cli::args::Cli::command());
        words.join(OsStr::new(" ")).into_string().expect("UTF-8")
    }

    #[test]
    fn the_first_word_that_is_a_command_is_the_command() {
        assert_eq!(order("wirefold -q split a"), "wirefold split -q a");
        assert_eq!(
            order("wirefold -f json -o x check a"),
            "wirefold check -f json -o x a"
        );
        assert_eq!(order("wirefold -qfjson eval"), "wirefold eval -qfjson");
        assert_eq!(
            order("wirefold -q archive --wait 9s info a"),
            "wirefold archive info -q --wait 9s a"
        );
        assert_eq!(
            order("wirefold --color=never split"),
            "wirefold split --color=never"
        );
    }

    #[test]
    fn a_later_word_or_a_path_or_a_value_is_none() {
        for line in [
            "wirefold a split",
            "wirefold ./split",
            "wirefold -o split a",
            "wirefold -- split",
            "wirefold - split",
        ] {
            assert_eq!(order(line), line);
        }
    }

    #[test]
    fn a_mistyped_command_is_recognised() {
        let program = crate::cli::args::Cli::command();
        assert_eq!(similar("chekc", &program).as_deref(), Some("check"));
        assert_eq!(similar("page.txt", &program), None);
    }
}
