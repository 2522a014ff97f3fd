//! The whole job on one screen: articles in, stories out.

use std::borrow::Cow;
use std::io;

use crate::article::{Article, ArticleNo, Key, Place, Skipped};
use crate::elect::Story;
use crate::event::Event;

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
}

/// Gives an article's body back.
pub trait Bodies: std::fmt::Debug + Send + Sync {
    /// The body of one article.
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>>;

    /// The input record it came from, as it stood there; `None` where the input was no JSON.
    fn record(&self, _no: ArticleNo) -> io::Result<Option<Cow<'_, str>>> {
        Ok(None)
    }
}

impl Fold {
    /// The article behind a handle.
    #[must_use]
    pub fn member(&self, no: ArticleNo) -> &Member {
        &self.articles[no.index()]
    }
}
