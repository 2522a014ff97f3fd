//! `wirefold compare A B`: what copy B kept, cut, added and reworded of A.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wirefold::archive::{Archive, Options, Query};
use wirefold::article::{Article, Key, Place, Published, Role};
use wirefold::intake;
use wirefold::report::compare::{Form, Pair, write};
use wirefold::verify::{Judge, Prepared, Thresholds, compare};

use super::args::InputArgs;
use super::args::compare::{CompareArgs, CompareFormat};
use super::console::Console;
use super::exit::Exit;
use super::inputs::{Faults, Inputs};
use super::output::Output;
use super::settings;

/// Compares two articles, or a story's canonical with each of its copies.
pub fn run(args: &CompareArgs) -> Result<Exit> {
    let console = Console::new(&args.common);
    let (pairs, exit) = pairs(args, &console)?;
    let mut output = Output::open(args.output.as_deref())?;
    let mut judge = Judge::new(Thresholds::default());
    let look = settings::comparison(args);
    let form = form(args.format);
    for (number, (a, b)) in pairs.iter().enumerate() {
        let comparison = compare(&mut judge, &prepare(a), &prepare(b));
        if number > 0 && form == Form::Text {
            writeln!(output)?;
        }
        write(Pair { a, b }, &comparison, form, &look, &mut output)?;
    }
    output.finish()?;
    Ok(exit)
}

fn prepare(article: &Article) -> Prepared<'_> {
    Prepared::new(&article.body, article.title.as_deref())
        .published_by(article.publisher.as_deref())
}

/// What is to be compared with what.
fn pairs(args: &CompareArgs, console: &Console) -> Result<(Vec<(Article, Article)>, Exit)> {
    if let (Some(path), Some(story)) = (&args.archive, args.story) {
        let pairs = of_story(path, story).with_context(|| path.display().to_string())?;
        if pairs.len() > 1 && args.format == Some(CompareFormat::Html) {
            bail!(
                "a page shows two articles: name them, or print the story with wirefold stories -f html"
            );
        }
        return Ok((pairs, Exit::Done));
    }
    let mut exit = Exit::Done;
    let mut take = |name: &Option<String>| -> Result<Article> {
        let name = name.as_deref().unwrap_or_default();
        if let Some(report) = &args.report {
            return from_report(report, name);
        }
        if let Some(path) = &args.archive {
            return from_archive(path, name).with_context(|| path.display().to_string());
        }
        let (article, status) = from_file(args, name, console)?;
        exit = exit.max(status);
        Ok(article)
    };
    let pair = (take(&args.a)?, take(&args.b)?);
    Ok((vec![pair], exit))
}

/// An article of an archive by its id or key.
fn from_archive(path: &Path, id: &str) -> Result<Article> {
    let archive = Archive::read(path, Options::default())?;
    let found = archive.article(id)?;
    found.with_context(|| format!("no article {id}"))
}

/// A story's canonical, with each of its copies in their order.
fn of_story(path: &Path, story: Key) -> Result<Vec<(Article, Article)>> {
    let archive = Archive::read(path, Options::default())?;
    let query = Query {
        story: Some(story),
        ..Query::default()
    };
    let fold = archive.fold(&query, &())?;
    let Some(story) = fold.stories.first() else {
        bail!("no story {story}");
    };
    let article = |no| -> Result<Article> {
        let mut article = fold.member(no).article.clone();
        article.body = fold.bodies.body(no)?.into_owned();
        Ok(article)
    };
    let pairs = story
        .copies
        .iter()
        .map(|copy| Ok((article(story.canonical)?, article(copy.article)?)));
    let pairs: Vec<_> = pairs.collect::<Result<_>>()?;
    if pairs.is_empty() {
        bail!("the story {} has no copies", story.id);
    }
    Ok(pairs)
}

fn form(format: Option<CompareFormat>) -> Form {
    match format.unwrap_or_default() {
        CompareFormat::Text => Form::Text,
        CompareFormat::Json => Form::Json,
        CompareFormat::Html => Form::Html,
    }
}

/// The article of a file: its main one, where it holds several.
fn from_file(args: &CompareArgs, name: &str, console: &Console) -> Result<(Article, Exit)> {
    let input = InputArgs {
        paths: vec![PathBuf::from(name)],
        ..InputArgs::default()
    };
    let mut inputs = Inputs::open(&input)?;
    let mut faults = Faults::new(console, &input);
    let mut articles = Vec::new();
    let mut skipped = Vec::new();
    intake::read(
        &mut inputs,
        &settings::intake(&input, &args.common),
        &|batch| batch,
        &mut |batch| {
            match batch {
                Ok(batch) => {
                    faults.warn(&batch.warnings);
                    articles.extend(batch.articles);
                    skipped.extend(batch.skipped);
                }
                Err(fault) => skipped.push(fault),
            }
            Ok::<(), anyhow::Error>(())
        },
    )?;
    faults.skip(&skipped);
    let found = articles
        .iter()
        .filter(|article| !article.body.is_empty())
        .count();
    // a headline alone is no copy of anything, and that is an answer
    let Some(article) = main(articles) else {
        bail!("{name}: no article");
    };
    if found > 1 {
        console.warn(&format!(
            "{name}: {found} articles; compared is {}",
            article.title.as_deref().unwrap_or("the longest")
        ));
    }
    Ok((article, faults.exit()))
}

/// The main article, or the longest.
fn main(articles: Vec<Article>) -> Option<Article> {
    articles.into_iter().rev().max_by_key(|article| {
        let text = !article.body.is_empty();
        (text, article.role == Role::Main, article.body.len())
    })
}

/// An article of a report (`-f json`) by its id or key.
fn from_report(report: &Path, id: &str) -> Result<Article> {
    let text = std::fs::read(report).with_context(|| report.display().to_string())?;
    let fold: serde_json::Value = serde_json::from_slice(&text)
        .with_context(|| format!("{}: not a report in JSON", report.display()))?;
    let stories = fold.get("stories").and_then(serde_json::Value::as_array);
    let mut articles = stories.into_iter().flatten().flat_map(|story| {
        let copies = story.get("copies").and_then(serde_json::Value::as_array);
        story
            .get("canonical")
            .into_iter()
            .chain(copies.into_iter().flatten())
    });
    let is = |article: &&serde_json::Value, key: &str| {
        article.get(key).and_then(serde_json::Value::as_str) == Some(id)
    };
    let found = articles.find(|article| is(article, "id") || is(article, "key"));
    let found = found.with_context(|| format!("{}: no article {id}", report.display()))?;
    Ok(reported(found, id))
}

/// What a comparison needs of an article of a report.
fn reported(found: &serde_json::Value, id: &str) -> Article {
    let text = |key: &str| {
        found
            .get(key)
            .and_then(serde_json::Value::as_str)
            .map(str::to_owned)
    };
    let body = text("body").unwrap_or_default();
    Article {
        key: text("key")
            .and_then(|key| Key::parse(&key))
            .unwrap_or_default(),
        id: id.to_owned(),
        place: Place {
            source: "".into(),
            offset: 0,
            line: 0,
        },
        role: Role::Main,
        url: text("url"),
        title: text("title"),
        publisher: text("publisher"),
        language: text("language"),
        published: Published::default(),
        fetched: None,
        credit: wirefold::article::Credit::default(),
        words: 0,
        body,
        partial: false,
        digest: false,
        weak: None,
    }
}
