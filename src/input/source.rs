//! What was named on the command line → readers: the one place of the pipeline that opens anything.
//!
//! Files, directories (walked in byte order; hidden and ignored files too, links not followed), `-` for standard
//! input, and lists of names. Whatever cannot be opened is data ([`Skipped`]), and the others are still read.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::{Place, SkipReason, Skipped};

/// An input to be opened when its turn comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As given or walked; `-` for standard input.
    pub name: Arc<str>,
    /// `None`: standard input.
    path: Option<PathBuf>,
}

impl Source {
    /// The source that a name means: `-` is standard input, all else a path.
    #[must_use]
    pub fn named(path: &Path) -> Self {
        let stdin = path.as_os_str() == "-";
        Self {
            name: path.to_string_lossy().into(),
            path: (!stdin).then(|| path.to_path_buf()),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, Skipped> {
        match &self.path {
            None => Ok(Box::new(io::stdin())),
            Some(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(unreadable(&self.name, &error)),
            },
        }
    }

    /// Its size in bytes where that is known: what a progress bar counts to.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let data = std::fs::metadata(self.path.as_ref()?).ok()?;
        data.is_file().then_some(data.len())
    }
}

/// A list of names, one a line or NUL-separated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameList {
    /// The file that holds it; `-` for standard input.
    pub path: PathBuf,
    /// What ends a name: `\n` or NUL.
    pub separator: u8,
}

/// The sources that some paths and perhaps a list name, in their order; paths first.
///
/// Directories are walked as they come, so that memory does not grow with their size.
#[must_use]
pub fn sources(paths: Vec<PathBuf>, list: Option<&NameList>) -> Sources {
    let waiting: VecDeque<PathBuf> = paths.into();
    let mut failed = None;
    let names = list.and_then(|list| match open_list(list) {
        Ok(names) => Some(names),
        Err(skipped) => {
            failed = Some(skipped);
            None
        }
    });
    Sources {
        waiting,
        names,
        failed,
        walk: None,
    }
}

/// Iterates over sources; see [`sources`].
pub struct Sources {
    waiting: VecDeque<PathBuf>,
    names: Option<Names>,
    failed: Option<Skipped>,
    walk: Option<Walk>,
}

struct Names {
    reader: Box<dyn BufRead + Send>,
    name: Arc<str>,
    separator: u8,
    from_stdin: bool,
}

struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    found: bool,
}

impl Iterator for Sources {
    type Item = Result<Source, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next() {
                    Some(found) => return Some(found),
                    None => self.walk = None,
                }
            } else if let Some(skipped) = self.failed.take() {
                return Some(Err(skipped));
            } else {
                match self.next_path()? {
                    Ok(path) if path.as_os_str() != "-" && path.is_dir() => {
                        self.walk = Some(Walk::new(path));
                    }
                    Ok(path) => return Some(Ok(Source::named(&path))),
                    Err(skipped) => return Some(Err(skipped)),
                }
            }
        }
    }
}

impl Sources {
    fn next_path(&mut self) -> Option<Result<PathBuf, Skipped>> {
        if let Some(path) = self.waiting.pop_front() {
            return Some(Ok(path));
        }
        let names = self.names.as_mut()?;
        loop {
            let mut name = Vec::new();
            match names.reader.read_until(names.separator, &mut name) {
                Ok(0) => {
                    self.names = None;
                    return None;
                }
                Ok(_) => {}
                Err(error) => {
                    let skipped = unreadable(&names.name, &error);
                    self.names = None;
                    return Some(Err(skipped));
                }
            }
            if name.last() == Some(&names.separator) {
                name.pop();
            }
            if names.separator == b'\n' && name.last() == Some(&b'\r') {
                name.pop();
            }
            if name.is_empty() {
                continue;
            }
            if names.from_stdin && name == b"-" {
                let reason = "\"-\" in a list that itself comes from standard input: name a file";
                return Some(Err(failed(&names.name, reason.to_owned())));
            }
            return Some(Ok(PathBuf::from(os_string(name))));
        }
    }
}

impl Walk {
    fn new(root: PathBuf) -> Self {
        let entries = walkdir::WalkDir::new(&root)
            .follow_links(false)
            .sort_by(|a, b| {
                let bytes =
                    |entry: &walkdir::DirEntry| entry.file_name().as_encoded_bytes().to_vec();
                bytes(a).cmp(&bytes(b))
            })
            .into_iter();
        Self {
            root,
            entries,
            found: false,
        }
    }

    fn next(&mut self) -> Option<Result<Source, Skipped>> {
        for entry in self.entries.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    self.found = true;
                    let path = entry.into_path();
                    return Some(Ok(Source {
                        name: path.to_string_lossy().into(),
                        path: Some(path),
                    }));
                }
                // directories are walked; links, pipes, sockets and devices are no dumps
                Ok(_) => {}
                Err(error) => {
                    self.found = true;
                    let at = error.path().unwrap_or(&self.root).to_string_lossy().into();
                    let reason = match error.io_error() {
                        Some(error) => return Some(Err(unreadable(&at, error))),
                        None => format!("cannot be walked: {error}"),
                    };
                    return Some(Err(failed(&at, reason)));
                }
            }
        }
        if self.found {
            return None;
        }
        self.found = true;
        let name = self.root.to_string_lossy().into();
        let reason = "a directory without any file: name one that holds dumps".to_owned();
        Some(Err(failed(&name, reason)))
    }
}

fn open_list(list: &NameList) -> Result<Names, Skipped> {
    let source = Source::named(&list.path);
    let reader: Box<dyn BufRead + Send> = Box::new(BufReader::new(source.open()?));
    Ok(Names {
        reader,
        from_stdin: source.path.is_none(),
        name: source.name,
        separator: list.separator,
    })
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn unreadable(name: &Arc<str>, error: &io::Error) -> Skipped {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "no such file: check the name".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "permission denied: make it readable for this user".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    failed(name, reason)
}

fn failed(name: &Arc<str>, reason: String) -> Skipped {
    Skipped {
        place: Place {
            source: Arc::clone(name),
            offset: 0,
            line: 1,
        },
        reason: SkipReason::Input(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: Sources, root: &Path) -> Vec<String> {
        let prefix = format!("{}/", root.display());
        found
            .map(|item| match item {
                Ok(source) => source.name.replace(&prefix, ""),
                Err(skipped) => format!(
                    "{}: {}",
                    skipped.place.source.replace(&prefix, ""),
                    skipped.reason.message()
                ),
            })
            .collect()
    }

    #[test]
    fn a_directory_is_walked_in_byte_order_with_hidden_files_and_without_links() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("d/sub")).unwrap();
        for name in ["d/b.txt", "d/B.txt", "d/.hidden", "d/sub/ä.txt", "d/a"] {
            fs::write(at(name), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("d/a"), at("d/link")).unwrap();
        assert_eq!(
            names(sources(vec![at("d")], None), root.path()),
            ["d/.hidden", "d/B.txt", "d/a", "d/b.txt", "d/sub/ä.txt"]
        );
    }

    #[test]
    fn an_empty_directory_and_a_missing_file_are_told_and_the_rest_is_read() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("empty")).unwrap();
        fs::write(at("real"), "x").unwrap();
        let found = sources(vec![at("empty"), at("missing"), at("real")], None);
        let opened: Vec<_> = found
            .map(|item| item.and_then(|source| source.open().map(|_| source.name)))
            .map(|item| item.map_err(|skipped| skipped.reason))
            .collect();
        assert!(
            matches!(&opened[0], Err(SkipReason::Input(text)) if text.contains("without any file"))
        );
        assert!(
            matches!(&opened[1], Err(SkipReason::Input(text)) if text.contains("no such file"))
        );
        assert!(opened[2].is_ok());
    }

    #[test]
    fn names_come_from_a_list_by_lines_or_by_nul() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::write(at("lines"), "one\r\n\ntwo three\n-\nlast").unwrap();
        fs::write(at("nul"), "one\0two\nthree\0").unwrap();
        let list = |name: &str, separator| NameList {
            path: at(name),
            separator,
        };
        assert_eq!(
            names(sources(vec![], Some(&list("lines", b'\n'))), root.path()),
            ["one", "two three", "-", "last"]
        );
        assert_eq!(
            names(
                sources(vec!["first".into()], Some(&list("nul", 0))),
                root.path()
            ),
            ["first", "one", "two\nthree"]
        );
        assert_eq!(
            names(
                sources(vec!["first".into()], Some(&list("none", 0))),
                root.path()
            ),
            ["none: no such file: check the name", "first"]
        );
    }
}
