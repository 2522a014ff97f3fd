//! Where a report goes: standard output, or a file that is written whole or not at all.
//!
//! A file is written beside its final name and renamed over it when everything is there; a pipe or device is written
//! through. A reader that closes its pipe early (`wirefold … | head`) is no error.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

/// Takes a report's bytes. Dropped before [`Output::finish`], it leaves no file behind.
pub struct Output(BufWriter<Sink>);

enum Sink {
    Through(Box<dyn Write>),
    Whole {
        temporary: NamedTempFile,
        path: PathBuf,
    },
}

impl Output {
    /// Standard output for `None` and `-`.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let sink = match path {
            Some(path) if path != Path::new("-") => {
                Sink::file(path).with_context(|| format!("cannot write {}", path.display()))?
            }
            _ => Sink::Through(Box::new(io::stdout().lock())),
        };
        Ok(Self(BufWriter::with_capacity(1 << 16, sink)))
    }

    /// Everything is there: the file takes its name.
    pub fn finish(self) -> Result<()> {
        let sink = self
            .0
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        match sink {
            Sink::Through(mut out) => out.flush()?,
            Sink::Whole { temporary, path } => {
                temporary.as_file().sync_all()?;
                let replaced = temporary.persist(&path).map_err(|error| error.error);
                replaced.with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Through(out) => out.write(bytes),
            Self::Whole { temporary, .. } => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Through(out) => out.flush(),
            Self::Whole { temporary, .. } => temporary.flush(),
        }
    }
}

impl Sink {
    fn file(path: &Path) -> Result<Self> {
        // a link keeps pointing to its file, which is what gets replaced
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let before = fs::metadata(&path).ok();
        if let Some(before) = &before {
            if before.is_dir() {
                anyhow::bail!("it is a directory");
            }
            if !before.is_file() {
                return Ok(Self::Through(Box::new(
                    File::options().write(true).open(&path)?,
                )));
            }
        }
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".wirefold-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        if let Some(before) = before {
            temporary.as_file().set_permissions(before.permissions())?;
        }
        Ok(Self::Whole { temporary, path })
    }
}

/// Whether a run failed only because the reader of its output went away.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("report.json");
        fs::write(&path, "before")?;
        let mut output = Output::open(Some(&path))?;
        output.write_all(b"half")?;
        output.flush()?;
        assert_eq!(fs::read_to_string(&path)?, "before");
        drop(output);
        assert_eq!(fs::read_to_string(&path)?, "before");
        assert_eq!(
            fs::read_dir(folder.path())?.count(),
            1,
            "nothing is left behind"
        );

        let mut output = Output::open(Some(&path))?;
        output.write_all(b"whole")?;
        output.finish()?;
        assert_eq!(fs::read_to_string(&path)?, "whole");
        Ok(())
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = Output::open(Some(Path::new("no/such/folder/x")))
            .err()
            .expect("no folder");
        assert!(format!("{error:#}").contains("no/such/folder/x"));
    }
}
