//! The fold as JSON, keys and their order as the contract of the interface has them; articles, stories and events as
//! they stand in it, for every command that prints one.
//!
//! Written straight into a buffer, without a tree: one body is in memory at a time. Every key is always there.

mod document;
mod writer;

use std::io;

use crate::article::{AgencyEvidence, Article, ArticleNo, Key, Place, Skipped, TimeUnit};
use crate::elect::{Copy, Holds, Story};
use crate::event::Event;
use crate::fold::{Fold, Member};
use crate::report::Summary;

pub use document::{RecordAt, write_unique};
pub use writer::Json;

pub(super) use document::{write, write_lines};

/// What an article's object says besides the article.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The article; its own body is not looked at.
    pub article: &'a Article,
    /// Its body.
    pub body: &'a str,
    /// Every place, the first included.
    pub seen: &'a [Place],
    /// It covers several stories.
    pub roundup: bool,
}

/// An article's keys, in an object that is already open.
pub fn article(json: &mut Json<'_>, shown: &Shown<'_>) {
    let article = shown.article;
    json.string("id", &article.id);
    let digits = article.key.digits();
    json.string("key", std::str::from_utf8(&digits).unwrap_or_default());
    place(json, &article.place);
    json.key("seen");
    json.open('[');
    for seen in shown.seen {
        json.open('{');
        place(json, seen);
        json.close('}');
    }
    json.close(']');
    json.maybe("url", article.url.as_deref());
    json.string("role", article.role.as_str());
    json.maybe("title", article.title.as_deref());
    json.maybe("publisher", article.publisher.as_deref());
    let credit = &article.credit;
    json.maybe("byline", credit.byline.as_deref());
    json.maybe("language", article.language.as_deref());
    json.printed("published", article.published.at);
    json.maybe("published_raw", article.published.raw.as_deref());
    json.maybe(
        "published_unit",
        article.published.unit.map(TimeUnit::as_str),
    );
    json.printed("fetched", article.fetched);
    json.maybe("agency", credit.agency.as_deref());
    json.maybe(
        "agency_evidence",
        credit.evidence.map(AgencyEvidence::as_str),
    );
    match credit.agency {
        Some(_) => json.truth("agency_known", credit.known),
        None => json.maybe("agency_known", None),
    }
    json.maybe("dateline", credit.dateline.as_deref());
    json.string("body", shown.body);
    json.count("words", u64::from(article.words));
    json.truth("partial", article.partial);
    json.truth("digest", article.digest);
    json.truth("roundup", shown.roundup);
    json.maybe("weak", article.weak.as_deref());
}

fn place(json: &mut Json<'_>, place: &Place) {
    json.string("source", &place.source);
    json.count("offset", place.offset);
    json.count("line", place.line);
}

/// One article a line, as `wirefold split` prints them.
pub fn article_line(json: &mut Json<'_>, shown: &Shown<'_>) -> io::Result<()> {
    json.open('{');
    article(json, shown);
    json.close('}');
    json.end_line()
}

/// All articles of a fold, one a line, in the order of the input: as `wirefold split` prints them, but merged and settled.
///
/// # Errors
/// When a body cannot be read, or the output not written.
pub fn write_articles(
    fold: &Fold,
    wanted: &dyn Fn(&Article) -> bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut json = Json::new(out);
    for (each, no) in fold.articles.iter().zip(0..) {
        if wanted(&each.article) {
            json.open('{');
            member(&mut json, fold, ArticleNo(no))?;
            json.close('}');
            json.end_line()?;
        }
    }
    json.finish()
}

/// An article of a fold, with its body fetched.
fn member(json: &mut Json<'_>, fold: &Fold, no: ArticleNo) -> io::Result<()> {
    let Member {
        article: shown,
        seen,
        roundup,
        ..
    } = fold.member(no);
    let body = fold.bodies.body(no)?;
    article(
        json,
        &Shown {
            article: shown,
            body: &body,
            seen,
            roundup: *roundup,
        },
    );
    json.relieve()
}

/// A story's object.
pub fn story(
    json: &mut Json<'_>,
    fold: &Fold,
    story: &Story,
    event: Option<Key>,
) -> io::Result<()> {
    json.open('{');
    json.printed("id", Some(story.id));
    json.printed("event", event);
    let canonical = &fold.member(story.canonical).article;
    json.maybe("title", canonical.title.as_deref());
    json.maybe("agency", story.origin.agency.as_deref());
    json.printed("published", earliest(fold, story));
    json.key("canonical");
    json.open('{');
    member(json, fold, story.canonical)?;
    json.string("reason", &story.reason);
    json.close('}');
    json.key("origin");
    json.open('{');
    let origin = &story.origin;
    json.maybe(
        "article",
        origin.article.map(|no| fold.member(no).article.id.as_str()),
    );
    json.maybe("agency", origin.agency.as_deref());
    json.string("reason", &origin.reason);
    json.close('}');
    json.key("copies");
    json.open('[');
    for each in &story.copies {
        json.open('{');
        member(json, fold, each.article)?;
        relation(json, fold, each);
        json.close('}');
    }
    json.close(']');
    json.close('}');
    json.relieve()
}

/// The time of a story's earliest member.
pub fn earliest(fold: &Fold, story: &Story) -> Option<crate::article::Moment> {
    super::members(story)
        .filter_map(|no| fold.member(no).article.published.at)
        .min()
}

/// What a copy's object says besides the article.
fn relation(json: &mut Json<'_>, fold: &Fold, copy: &Copy) {
    json.string("relation", copy.relation.as_str());
    json.value("jaccard", copy.jaccard);
    json.value("containment", copy.containment);
    json.value("verbatim", copy.verbatim);
    json.maybe("holds", copy.holds.map(Holds::as_str));
    json.maybe(
        "via",
        copy.via.map(|no| fold.member(no).article.id.as_str()),
    );
    json.value("uncredited", copy.uncredited);
}

/// The summary, as a key of an open object.
pub fn summary(json: &mut Json<'_>, summary: &Summary) {
    json.key("summary");
    json.open('{');
    for (key, count) in summary.entries() {
        json.value(key, count);
    }
    json.close('}');
}

/// An event's object.
pub fn event(json: &mut Json<'_>, event: &Event) {
    json.open('{');
    json.printed("id", Some(event.id));
    json.maybe("title", event.title.as_deref());
    json.key("stories");
    json.open('[');
    for &story in &event.stories {
        json.plain(format_args!("\"{story}\""));
    }
    json.close(']');
    json.value("origins", event.origins);
    json.close('}');
}

fn skipped(json: &mut Json<'_>, skipped: &Skipped) {
    json.open('{');
    json.string("source", &skipped.place.source);
    json.value("offset", skipped.place.offset);
    json.string("reason", skipped.reason.message());
    json.close('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    use crate::report::{Format, Look, sample};

    /// The contract's keys of one article, in its order.
    const ARTICLE: &str = "id key source offset line seen url role title publisher byline language published \
        published_raw published_unit fetched agency agency_evidence agency_known dateline body words partial digest \
        roundup weak";

    fn document() -> String {
        let mut out = Vec::new();
        crate::report::write(&sample::ferry(), Format::Json, &Look::default(), &mut out)
            .expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    /// The keys of an object as written, in order; nested ones left out.
    fn keys(object: &str) -> Vec<String> {
        #[derive(serde::Deserialize)]
        #[serde(transparent)]
        struct Keys(#[serde(deserialize_with = "in_order")] Vec<String>);
        fn in_order<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Vec<String>;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(
                    self,
                    mut map: A,
                ) -> Result<Vec<String>, A::Error> {
                    let mut keys = Vec::new();
                    while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                        keys.push(key);
                    }
                    Ok(keys)
                }
            }
            from.deserialize_map(Visitor)
        }
        serde_json::from_str::<Keys>(object).expect("an object").0
    }

    #[test]
    fn keys_stand_in_the_order_of_the_contract() {
        let names = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let document = document();
        assert_eq!(
            keys(&document),
            names("wirefold summary stories events headlines skipped recurring")
        );
        let raw = |object: &str, key: &str| {
            let map: std::collections::BTreeMap<String, Box<serde_json::value::RawValue>> =
                serde_json::from_str(object).expect("an object");
            map[key].get().to_owned()
        };
        let first = |array: String| {
            let items: Vec<Box<serde_json::value::RawValue>> =
                serde_json::from_str(&array).expect("an array");
            items[0].get().to_owned()
        };
        let story = first(raw(&document, "stories"));
        assert_eq!(
            keys(&story),
            names("id event title agency published canonical origin copies")
        );
        assert_eq!(
            keys(&raw(&story, "canonical")),
            names(&format!("{ARTICLE} reason"))
        );
        assert_eq!(keys(&raw(&story, "origin")), names("article agency reason"));
        assert_eq!(
            keys(&first(raw(&story, "copies"))),
            names(&format!(
                "{ARTICLE} relation jaccard containment verbatim holds via uncredited"
            ))
        );
        assert_eq!(
            keys(&first(raw(&document, "events"))),
            names("id title stories origins")
        );
        assert_eq!(keys(&first(raw(&document, "headlines"))), names(ARTICLE));
        assert_eq!(
            keys(&first(raw(&document, "skipped"))),
            names("source offset reason")
        );
        assert_eq!(
            keys(&raw(&document, "summary")),
            names("pages articles headlines seen_again stories copies events skipped furniture")
        );
    }

    #[test]
    fn ratios_have_three_decimals_and_unknown_is_null() {
        let document = document();
        assert!(
            document.contains(
                "\"jaccard\":0.667,\"containment\":1.000,\"verbatim\":0.667,\"holds\":null"
            )
        );
        assert!(
            document.contains("\"agency\":null,\"agency_evidence\":null,\"agency_known\":null")
        );
    }

    #[test]
    fn a_line_of_jsonl_is_the_story_of_the_document() {
        let mut out = Vec::new();
        crate::report::write(&sample::ferry(), Format::Jsonl, &Look::default(), &mut out)
            .expect("memory takes everything");
        let lines = String::from_utf8(out).expect("UTF-8");
        assert_eq!(lines.lines().count(), 2);
        let document = document();
        assert!(lines.lines().all(|line| document.contains(line)));
    }

    #[test]
    fn unique_gives_records_as_they_stood_and_articles_where_the_input_was_no_json() {
        let fold = sample::ferry();
        let first = fold.articles[0].article.place.clone();
        let record = |place: &Place| {
            let pretty = "{\n  \"id\": 7,\n  \"own\": \"key\"\n}";
            Ok((*place == first).then_some(Cow::Borrowed(pretty)))
        };
        let mut out = Vec::new();
        write_unique(&fold, &Look::default(), &record, &mut out).expect("memory takes everything");
        let lines = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "{   \"id\": 7,   \"own\": \"key\" }");
        assert_eq!(
            keys(lines[1]).join(" "),
            ARTICLE.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
}
