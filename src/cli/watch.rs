//! `--watch DIR`: waits for files to come into a folder, by looking again and again.
//!
//! A file is taken once it has settled: its size and time are those of the look before, or it was last written longer
//! ago than the time between two looks. One that changes later is taken again. Names that start with a dot are files in
//! the making. SIGINT and SIGTERM end the waiting; what is being done is done first, and a second signal ends at once.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::args::WatchArgs;

/// Between two looks, without `--every`.
const EVERY: Duration = Duration::from_secs(2);

/// The longest nap: a signal is noticed after it.
const NAP: Duration = Duration::from_millis(50);

/// How a file looked: its bytes, and when it was last written.
type Stamp = (u64, Option<SystemTime>);

/// Watches a folder.
pub struct Watch {
    folder: PathBuf,
    every: Duration,
    ours: Option<PathBuf>,
    stop: Arc<AtomicBool>,
    /// The files of the last look.
    seen: BTreeMap<PathBuf, Stamp>,
    /// Those that were taken, as they were then.
    taken: BTreeMap<PathBuf, Stamp>,
}

impl Watch {
    /// `None` where no folder is to be watched. What we write ourselves (`ours`) is no input, wherever it lies.
    pub fn open(args: &WatchArgs, ours: Option<&Path>) -> Result<Option<Self>> {
        let Some(folder) = &args.watch else {
            return Ok(None);
        };
        if !folder.is_dir() {
            bail!("{}: not a folder that can be watched", folder.display());
        }
        let stop = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))?;
            flag::register(signal, Arc::clone(&stop))?;
        }
        Ok(Some(Self::new(
            folder.clone(),
            args.every.map_or(EVERY, Duration::from_secs).max(NAP),
            ours.map(Path::to_owned),
            stop,
        )))
    }

    fn new(folder: PathBuf, every: Duration, ours: Option<PathBuf>, stop: Arc<AtomicBool>) -> Self {
        Self {
            folder,
            every,
            ours,
            stop,
            seen: BTreeMap::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Waits for files that settled, in the order of their names; `None` when a signal came.
    pub fn wait(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return None;
            }
            let settled = self.look(SystemTime::now());
            if !settled.is_empty() {
                return Some(settled);
            }
            let mut left = self.every;
            while !left.is_zero() && !self.stop.load(Ordering::Relaxed) {
                let nap = left.min(NAP);
                std::thread::sleep(nap);
                left -= nap;
            }
        }
    }

    /// All files that were taken so far and are still there, in the order of their names.
    pub fn all(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.taken.keys().cloned()
    }

    /// One look: which files have settled and were not taken as they are.
    fn look(&mut self, now: SystemTime) -> Vec<PathBuf> {
        let mut files = files(&self.folder);
        if let Some(ours) = &self.ours {
            files.retain(|path, _| !is_ours(path, ours));
        }
        let calm = |written: Option<SystemTime>| {
            let age = written.and_then(|written| now.duration_since(written).ok());
            age.is_some_and(|age| age > self.every)
        };
        let settled: Vec<PathBuf> = files
            .iter()
            .filter(|&(path, stamp)| self.taken.get(path) != Some(stamp))
            .filter(|&(path, stamp)| self.seen.get(path) == Some(stamp) || calm(stamp.1))
            .map(|(path, _)| path.clone())
            .collect();
        self.taken.retain(|path, _| files.contains_key(path));
        for path in &settled {
            if let Some(&stamp) = files.get(path) {
                self.taken.insert(path.clone(), stamp);
            }
        }
        self.seen = files;
        settled
    }
}

/// The files of a folder and those below it; what cannot be read now may be read at the next look.
fn files(folder: &Path) -> BTreeMap<PathBuf, Stamp> {
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Some((entry.path().to_owned(), stamp(&entry.metadata().ok()?))))
        .collect()
}

/// Whether a file is the one that we write, or one that SQLite keeps beside it.
fn is_ours(path: &Path, ours: &Path) -> bool {
    const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];
    let name = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let (Some(found), Some(own)) = (name(path), name(ours)) else {
        return false;
    };
    let is_named = found
        .strip_prefix(&own)
        .is_some_and(|rest| BESIDE.contains(&rest));
    let folder = |path: &Path| {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        folder.unwrap_or(Path::new(".")).canonicalize().ok()
    };
    is_named && folder(path) == folder(ours)
}

fn stamp(data: &Metadata) -> Stamp {
    (data.len(), data.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn watch(folder: &Path) -> Watch {
        let ours = folder.join("news.db");
        Watch::new(
            folder.to_owned(),
            Duration::from_secs(60),
            Some(ours),
            Arc::default(),
        )
    }

    fn look(watch: &mut Watch) -> Vec<String> {
        let settled = watch.look(SystemTime::now()).into_iter();
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        settled.map(name).collect()
    }

    #[test]
    fn a_file_is_taken_once_when_it_no_longer_grows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.txt");
        let mut watch = watch(folder.path());
        assert_eq!(look(&mut watch), [""; 0]);
        fs::write(&path, "half").unwrap();
        assert_eq!(look(&mut watch), [""; 0]);
        fs::write(&path, "half and whole").unwrap();
        assert_eq!(look(&mut watch), [""; 0], "it still grows");
        assert_eq!(look(&mut watch), ["page.txt"]);
        assert_eq!(look(&mut watch), [""; 0], "once");
        fs::write(&path, "something else, and more of it").unwrap();
        look(&mut watch);
        assert_eq!(look(&mut watch), ["page.txt"], "it is another file now");
    }

    #[test]
    fn what_was_there_long_before_is_taken_at_once_and_what_is_in_the_making_is_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        for name in [
            "old.txt",
            "below/old2.txt",
            ".page.txt.part",
            "new.txt",
            "news.db-wal",
        ] {
            let path = folder.path().join(name);
            fs::write(&path, "text").unwrap();
            if name.contains("old") {
                let file = fs::File::options().write(true).open(&path).unwrap();
                let long_ago = SystemTime::now() - Duration::from_secs(3600);
                file.set_modified(long_ago).unwrap();
            }
        }
        let mut watch = watch(folder.path());
        assert_eq!(look(&mut watch), ["old2.txt", "old.txt"]);
        assert_eq!(look(&mut watch), ["new.txt"]);
    }
}
