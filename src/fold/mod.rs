//! The whole job on one screen: articles in, stories out.
//!
//! [`sketched`] is the work that runs on each batch in parallel; [`Folder`] takes its results in order, keeps one entry
//! an article and its text in a [`Spool`]; [`Folder::finish`] joins, judges, clusters, elects.

mod assemble;
mod gather;
mod happenings;
mod judge;
mod recurring;
mod sighting;
mod spool;

use std::borrow::Cow;
use std::io;

use crate::article::{Article, ArticleNo, Key, Place, Skipped};
use crate::candidates::Threshold;
use crate::cluster::cluster;
use crate::elect::Story;
use crate::event::Event;
use crate::progress::{Phase, Progress};
use crate::threads;
use crate::verify::Match;

pub use assemble::{order, tell};
pub use gather::{Folder, Sketched, may_match, sketched, stretch};
use happenings::happenings;
pub use happenings::{Accounts, time};
pub use judge::{judge, prepared};
pub use recurring::{Recurring, line_hashes, recurs, set_aside, set_aside_known};
pub use sighting::merge;
pub use spool::Spool;

/// What a fold depends on besides its articles.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Threads; 0: as many as there are processors. The result is the same for any number.
    pub threads: usize,
    /// Whether stories are grouped into events.
    pub events: bool,
    /// Two articles may match only if their times lie within so many seconds; `None`: always.
    pub window: Option<i64>,
    /// What makes a candidate pair.
    pub candidates: Threshold,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threads: 0,
            events: true,
            window: None,
            candidates: Threshold::default(),
        }
    }
}

/// What a fold of a set of articles is. Everything but the places is a function of the set.
#[derive(Debug)]
pub struct Fold {
    /// All articles, headlines included, by [`ArticleNo`]; bodies empty: they are in `bodies`.
    pub articles: Vec<Member>,
    /// Articles without a body, in the order of the report.
    pub headlines: Vec<ArticleNo>,
    /// In the order of the report.
    pub stories: Vec<Story>,
    /// In the order of the report.
    pub events: Vec<Event>,
    /// What gave no article, in the order of the input.
    pub skipped: Vec<Skipped>,
    /// What was counted.
    pub counts: Counts,
    /// Lines that [`set_aside`] took out of the bodies; none before.
    pub recurring: Vec<Recurring>,
    /// The texts.
    pub bodies: Box<dyn Bodies>,
}

/// An article of a fold with every place where it stood.
#[derive(Clone, Debug)]
pub struct Member {
    /// The article; `body` is empty.
    pub article: Article,
    /// Every place, the first included, in the order of the input.
    pub seen: Vec<Place>,
    /// It covers several stories.
    pub roundup: bool,
    /// The story it stands in; `None` for a headline.
    pub story: Option<Key>,
}

/// Counts of the summary line that are not lengths of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages and records read.
    pub pages: u64,
    /// Sightings of articles that were already there.
    pub seen_again: u64,
    /// Lines of page furniture set aside.
    pub furniture: u64,
    /// Candidate pairs that were judged.
    pub candidates: u64,
}

/// Gives an article's body back.
pub trait Bodies: std::fmt::Debug + Send + Sync {
    /// The body of one article.
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>>;

    /// The bodies of several articles, one after another: `tell` hears the place of each in `numbers`, and its body. Those
    /// that lie near each other are read in one go into `room`, which is made for the purpose and used again.
    ///
    /// # Errors
    /// When one cannot be read.
    fn each(
        &self,
        numbers: &[ArticleNo],
        _room: &mut Vec<u8>,
        tell: &mut dyn FnMut(usize, &str),
    ) -> io::Result<()> {
        for (at, &no) in numbers.iter().enumerate() {
            tell(at, &self.body(no)?);
        }
        Ok(())
    }

    /// An article's body where [`set_aside`] took lines out of it; `None` for others.
    ///
    /// # Errors
    /// When it cannot be read.
    fn changed(&self, _no: ArticleNo) -> io::Result<Option<String>> {
        Ok(None)
    }
}

impl Fold {
    /// The article behind a handle.
    pub fn member(&self, no: ArticleNo) -> &Member {
        &self.articles[no.index()]
    }

    /// Groups the stories into events; with a window (in seconds) stretch by stretch.
    ///
    /// # Errors
    /// When a text cannot be read.
    pub fn group(&mut self, window: Option<i64>, progress: &dyn Progress) -> io::Result<()> {
        progress.start(Phase::Events, self.stories.len() as u64);
        let (stories, members) = (&self.stories, &self.articles);
        self.events = happenings(stories, members, window, &*self.bodies, progress)?;
        Ok(())
    }
}

impl Folder {
    /// Folds what was taken.
    ///
    /// # Errors
    /// When the spool of texts cannot be read back.
    pub fn finish(self, progress: &dyn Progress) -> io::Result<Fold> {
        threads::run(self.settings.threads, || self.fold(progress))?
    }

    fn fold(mut self, progress: &dyn Progress) -> io::Result<Fold> {
        self.settle_ids();
        progress.start(Phase::Join, self.members.len() as u64);
        let pairs = self.pairs();
        progress.start(Phase::Verify, pairs.len() as u64);
        let matches = judge(&pairs, &self.members, &self.texts, progress)?;
        let (events, window) = (self.settings.events, self.settings.window);
        let mut fold = self.assemble(&matches, pairs.len() as u64);
        if events {
            fold.group(window, progress)?;
        }
        Ok(fold)
    }

    /// The stories of what was taken, by matches that are known; ids stay as they are.
    pub fn stories(self, matches: &[Match]) -> Fold {
        self.assemble(matches, matches.len() as u64)
    }

    fn assemble(self, matches: &[Match], candidates: u64) -> Fold {
        let clustering = cluster(matches, &|no| self.ranks[no.index()]);
        assemble::assemble(self, &clustering, matches, candidates)
    }
}
