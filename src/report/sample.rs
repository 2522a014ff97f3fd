//! Folds built by hand, for the tests of the writers.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use crate::article::{
    AgencyEvidence, Article, ArticleNo, Credit, Key, Moment, Place, Published, Role, SkipReason,
    Skipped,
};
use crate::elect::{Copy, Holds, Origin, Story};
use crate::event::Event;
use crate::fold::{Bodies, Counts, Fold, Member};
use crate::verify::{Ratio, Relation};

/// Bodies in memory, by number.
#[derive(Debug)]
pub struct Texts(pub Vec<String>);

impl Bodies for Texts {
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>> {
        Ok(Cow::Borrowed(&self.0[no.index()]))
    }
}

/// An article with this title, publisher and body; everything else unknown.
pub fn article(title: &str, publisher: &str, body: &str, line: u64) -> Article {
    let key = Key::of(None, None, Some(publisher), Some(title), body);
    Article {
        key,
        id: key.to_string(),
        place: Place {
            source: Arc::from("page.txt"),
            offset: line * 100,
            line,
        },
        role: Role::Listed,
        url: None,
        title: Some(title.to_owned()),
        publisher: Some(publisher.to_owned()),
        language: None,
        published: Published::default(),
        fetched: None,
        credit: Credit::default(),
        body: body.to_owned(),
        words: body.split_whitespace().count() as u32,
        partial: false,
        digest: false,
        weak: None,
    }
}

/// A story of a canonical and its copies.
pub fn story(articles: &[Article], canonical: u32, copies: &[(u32, Relation)]) -> Story {
    Story {
        id: articles[canonical as usize].key,
        canonical: ArticleNo(canonical),
        reason: "the most complete text".to_owned(),
        origin: Origin {
            article: None,
            agency: None,
            reason: "unknown".to_owned(),
        },
        copies: copies
            .iter()
            .map(|&(no, relation)| Copy {
                article: ArticleNo(no),
                relation,
                jaccard: Ratio { of: 2, all: 3 },
                containment: Ratio { of: 1, all: 1 },
                verbatim: Ratio { of: 2, all: 3 },
                holds: None,
                via: None,
                uncredited: false,
            })
            .collect(),
    }
}

/// A fold of these articles and stories; articles without a body are its headlines.
pub fn fold(articles: Vec<Article>, stories: Vec<Story>) -> Fold {
    let numbers = 0..articles.len() as u32;
    let headlines = numbers
        .filter(|&no| articles[no as usize].body.is_empty())
        .map(ArticleNo)
        .collect();
    let bodies = articles
        .iter()
        .map(|article| article.body.clone())
        .collect();
    let story_of = |no: u32| {
        let holds = |story: &&Story| super::members(story).any(|member| member == ArticleNo(no));
        stories.iter().find(holds).map(|story| story.id)
    };
    let members = articles.into_iter().enumerate().map(|(no, mut article)| {
        article.body = String::new();
        Member {
            seen: vec![article.place.clone()],
            article,
            roundup: false,
            story: story_of(no as u32),
        }
    });
    Fold {
        articles: members.collect(),
        headlines,
        events: Vec::new(),
        skipped: Vec::new(),
        counts: Counts {
            pages: 1,
            ..Counts::default()
        },
        recurring: Vec::new(),
        bodies: Box::new(Texts(bodies)),
        stories,
    }
}

/// A ferry story in three papers, an unrelated one, a headline, an event, a skipped line: every key has a value.
pub fn ferry() -> Fold {
    let body = "The evening ferry to Norhaven ran aground on Tuesday.\nNobody was hurt, the harbour master said.";
    let mut articles = vec![
        article("Ferry runs aground off Norhaven", "Harbour Times", body, 1),
        article(
            "Norhaven ferry stuck on a sandbank, passengers safe",
            "東京港新聞",
            body,
            9,
        ),
        article(
            "Ferry runs aground off Norhaven",
            "The Long Named Chronicle of the Northern Islands and Ports",
            body,
            17,
        ),
        article(
            "Council votes on a new bridge",
            "Harbour Times",
            "The council voted on Monday.",
            30,
        ),
        article("Weather", "Harbour Times", "", 40),
    ];
    articles[0].credit = Credit {
        agency: Some("Reuters".to_owned()),
        evidence: Some(AgencyEvidence::Dateline),
        known: true,
        dateline: Some("NORHAVEN, Aug 17".to_owned()),
        byline: Some("Ann Other".to_owned()),
    };
    articles[0].published.at = Moment::parse("2025-08-17T03:00:00Z");
    articles[0].url = Some("https://harbour.example/ferry".to_owned());
    articles[0].language = Some("en".to_owned());
    articles[0].fetched = Moment::parse("2025-08-17T06:00:00Z");
    articles[1].published.raw = Some("3 hours ago".to_owned());
    articles[2].published.at = Moment::parse("2025-08-18");
    let mut first = story(&articles, 0, &[(1, Relation::Copy), (2, Relation::Excerpt)]);
    first.origin.agency = Some("Reuters".to_owned());
    first.copies[0].uncredited = true;
    first.copies[1].holds = Some(Holds::Copy);
    first.copies[1].via = Some(ArticleNo(1));
    let second = story(&articles, 3, &[]);
    let mut fold = fold(articles, vec![first, second]);
    fold.events.push(Event {
        id: fold.stories[0].id,
        title: Some("Ferry runs aground".to_owned()),
        stories: fold.stories.iter().map(|story| story.id).collect(),
        origins: 2,
        ..Event::default()
    });
    fold.skipped.push(Skipped {
        place: Place {
            source: Arc::from("feed.jsonl"),
            offset: 512,
            line: 4,
        },
        reason: SkipReason::Record("half a JSON line".to_owned()),
    });
    fold
}
