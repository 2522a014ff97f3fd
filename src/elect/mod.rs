//! [`Cluster`](crate::cluster::Cluster) → [`Story`]: which article to read, which agency wrote it, and why.

mod canonical;
mod origin;

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::article::{Article, ArticleNo, Key};
use crate::verify::{Match, Ratio, Relation};

/// Which of two is the longer in an excerpt or an update.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The canonical holds the copy.
    Canonical,
    /// The copy holds the canonical.
    Copy,
}

impl Holds {
    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Copy => "copy",
        }
    }
}

/// A member of a story other than its canonical.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// The article.
    pub article: ArticleNo,
    /// What it is to the canonical (or to `via`).
    pub relation: Relation,
    /// Over the sets of word 4-grams.
    pub jaccard: Ratio,
    /// Over the sets of word 4-grams.
    pub containment: Ratio,
    /// The copy's words that stand in the canonical verbatim, over the copy's words.
    pub verbatim: Ratio,
    /// For an excerpt or update: which is the longer.
    pub holds: Option<Holds>,
    /// The member it matches, where it would not match the canonical alone.
    pub via: Option<ArticleNo>,
    /// The story has an agency, this copy names none.
    pub uncredited: bool,
}

/// Who wrote a story.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Origin {
    /// The member that is the origin's own, if present and known.
    pub article: Option<ArticleNo>,
    /// The agency.
    pub agency: Option<String>,
    /// What decided; "unknown" when nothing did.
    pub reason: String,
}

/// One story: a canonical article and its copies.
#[derive(Clone, PartialEq, Debug)]
pub struct Story {
    /// The key of its first member by (published, nulls last, then key).
    pub id: Key,
    /// The article to read.
    pub canonical: ArticleNo,
    /// Why that one.
    pub reason: String,
    /// Who wrote it.
    pub origin: Origin,
    /// The other members, in the order of the report.
    pub copies: Vec<Copy>,
}

/// The members of one story as electing sees them.
pub struct Members<'a> {
    /// Handle and article, in the order of their ranks. The bodies are not needed.
    articles: &'a [(ArticleNo, &'a Article)],
    /// The matches between them.
    matches: &'a [Match],
    /// For each member its article's place and those of its matches: a story may have 100,000 members.
    index: HashMap<ArticleNo, (usize, Vec<u32>)>,
}

impl<'a> Members<'a> {
    /// Members by `articles`, in the order of their ranks, and the matches between them.
    pub fn new(articles: &'a [(ArticleNo, &'a Article)], matches: &'a [Match]) -> Self {
        let places = articles.iter().enumerate();
        let mut index: HashMap<ArticleNo, (usize, Vec<u32>)> = places
            .map(|(at, &(no, _))| (no, (at, Vec::new())))
            .collect();
        for (at, m) in (0..).zip(matches) {
            for no in [m.a, m.b] {
                if let Some((_, own)) = index.get_mut(&no) {
                    own.push(at);
                }
            }
        }
        Self {
            articles,
            matches,
            index,
        }
    }

    /// An article of the story.
    fn article(&self, no: ArticleNo) -> Option<&'a Article> {
        let &(at, _) = self.index.get(&no)?;
        self.articles.get(at).map(|&(_, article)| article)
    }

    /// The matches of one member.
    fn matches_of(&self, no: ArticleNo) -> impl Iterator<Item = &'a Match> {
        let own = self.index.get(&no).map_or(&[][..], |(_, own)| own);
        own.iter().filter_map(|&at| self.matches.get(at as usize))
    }
}

/// Elects canonical and origin of one story and says what each other member is to the canonical.
///
/// `None` for no members at all.
pub fn elect(members: &Members<'_>) -> Option<Story> {
    let id = members
        .articles
        .iter()
        .map(|&(_, article)| article)
        .min_by(|a, b| by_time(a, b))?
        .key;
    let (canonical, reason) = canonical::canonical(members)?;
    let origin = origin::origin(members, canonical);
    let mut copies: Vec<(&Article, Copy)> = members
        .articles
        .iter()
        .filter(|&&(no, _)| no != canonical)
        .filter_map(|&(no, article)| {
            Some((article, copy(members, canonical, no, article, &origin)?))
        })
        .collect();
    copies.sort_by(|(a, _), (b, _)| by_time(a, b));
    Some(Story {
        id,
        canonical,
        reason,
        origin,
        copies: copies.into_iter().map(|(_, copy)| copy).collect(),
    })
}

/// The story of an article that has no copies.
pub fn alone(no: ArticleNo, article: &Article) -> Story {
    let articles = [(no, article)];
    let members = Members::new(&articles, &[]);
    let origin = origin::origin(&members, no);
    Story {
        id: article.key,
        canonical: no,
        reason: "the only article".into(),
        origin,
        copies: Vec::new(),
    }
}

/// Earliest first, unknown times last, then by key.
pub fn by_time(a: &Article, b: &Article) -> Ordering {
    let time = |article: &Article| {
        (
            article.published.at.is_none(),
            article.published.at,
            article.key,
        )
    };
    time(a).cmp(&time(b))
}

/// What one member is to the canonical, or to the member it matches best.
fn copy(
    members: &Members<'_>,
    canonical: ArticleNo,
    no: ArticleNo,
    article: &Article,
    origin: &Origin,
) -> Option<Copy> {
    let mine = || members.matches_of(no);
    let other = |m: &Match| if m.a == no { m.b } else { m.a };
    let direct = mine().find(|m| other(m) == canonical);
    let strongest = || {
        mine().min_by_key(|m| {
            let key = members.article(other(m)).map(|article| article.key);
            (
                m.relation,
                std::cmp::Reverse(m.containment.thousandths()),
                key,
            )
        })
    };
    let m = direct.or_else(strongest)?;
    let holds = match m.relation {
        Relation::Excerpt | Relation::Update => {
            let longer = members
                .article(other(m))
                .is_some_and(|other| other.words >= article.words);
            Some(if longer {
                Holds::Canonical
            } else {
                Holds::Copy
            })
        }
        Relation::Identical | Relation::Copy | Relation::Rewrite => None,
    };
    Some(Copy {
        article: no,
        relation: m.relation,
        jaccard: m.jaccard,
        containment: m.containment,
        verbatim: if m.a == no {
            m.verbatim_a
        } else {
            m.verbatim_b
        },
        holds,
        via: direct.is_none().then(|| other(m)),
        uncredited: origin.agency.is_some() && article.credit.agency.is_none(),
    })
}
