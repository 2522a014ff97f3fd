//! The laws of the house, read off the sources: data flows one way, and only a few files touch the world.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A source without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules in the order in which `lib.rs` declares them.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect()
}

fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(root()).unwrap();
    let first = below
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn is_test(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|name| name == "tests" || name == "testing" || name == "sample")
}

#[test]
fn no_module_names_a_later_one() {
    let modules = modules();
    assert!(
        modules.len() > 10,
        "lib.rs declares its modules one a line: {modules:?}"
    );
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let Some(own) = modules
            .iter()
            .position(|module| *module == module_of(&path))
        else {
            continue;
        };
        let code = code(&path);
        for later in &modules[own + 1..] {
            if code.contains(&format!("crate::{later}::"))
                || code.contains(&format!("crate::{later};"))
            {
                wrong.push(format!("{} names {later}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty()
            || wrong
                .iter()
                .all(|line| is_test(Path::new(line.split(' ').next().unwrap()))),
        "{wrong:#?}"
    );
}

#[test]
fn only_the_edges_touch_the_world() {
    // files that open something; everything in `cli` may
    const EDGES: [&str; 2] = ["input/source.rs", "fold/spool.rs"];
    const WORLD: [&str; 7] = [
        "std::fs",
        "File::open",
        "std::env::",
        "std::process",
        "Timestamp::now",
        "SystemTime::now",
        "io::stdout",
    ];
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let below = path
            .strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if below.starts_with("cli/")
            || below.starts_with("archive/")
            || below == "main.rs"
            || EDGES.contains(&&*below)
        {
            continue;
        }
        let code = code(&path);
        wrong.extend(
            WORLD
                .iter()
                .filter(|word| code.contains(*word))
                .map(|word| format!("{below}: {word}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_printed_outside_the_binary() {
    for path in sources(&root()) {
        let below = path.strip_prefix(root()).unwrap();
        if !below.starts_with("cli") {
            let code = code(&path);
            for word in ["println!", "eprintln!", "print!(", "dbg!"] {
                assert!(!code.contains(word), "{} has {word}", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_first_what_belongs_in_it() {
    for path in sources(&root()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no header", path.display());
    }
}
