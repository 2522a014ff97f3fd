//! Lines that recur over the stories of a whole fold: a site's notices, promotions and frames, which no single page can
//! tell from its text. A report leaves them out of the bodies that it prints, and says which they are.
//!
//! A line of a story that hundreds of papers carry recurs with its neighbours, inside one story. Furniture recurs
//! without them: it stands in several stories, each counted once however many copies it has. That is a function of the
//! set of articles; sketches, verdicts and stored texts never depend on it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Bodies, Fold, Member};
use crate::article::{ArticleNo, Key};
use crate::elect::Story;
use crate::text::count_words;
use crate::verify::{Judge, Prepared, Thresholds};

/// Stories in which a line must stand to be furniture.
const STORIES: usize = 6;

/// Bytes of a line that can be furniture: shorter ones are words that anybody may write, longer ones whole texts.
const BYTES: std::ops::RangeInclusive<usize> = 16..=4000;

/// Counters of lines by their hash: where one stays below [`STORIES`], no line behind it can recur.
const COUNTERS: usize = 1 << 20;

/// Articles that are read in one go.
const BLOCK: usize = 64;

/// A line that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// As it stands.
    pub line: String,
    /// Articles that it stands in.
    pub articles: u64,
}

/// Whether a line that stands in so many stories is furniture.
#[must_use]
pub fn recurs(stories: usize) -> bool {
    stories >= STORIES
}

/// Sets the lines aside that recur over the stories of a fold: its bodies come without them from here on, and words and
/// figures are those of what is left. A body that consists of such lines alone is left as it is.
///
/// # Errors
/// When texts cannot be read.
pub fn set_aside(fold: &mut Fold) -> io::Result<()> {
    let found = find(fold)?;
    let hashes = found.iter().map(|line| hash(&line.line)).collect();
    fold.recurring = found;
    set_aside_known(fold, hashes)
}

/// The same for lines that are known to recur over a corpus of which the fold is a part, by their hashes.
///
/// # Errors
/// When texts cannot be read.
pub fn set_aside_known(fold: &mut Fold, mut hashes: Vec<u64>) -> io::Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    hashes.sort_unstable();
    let whole = std::mem::replace(&mut fold.bodies, Box::new(Nothing));
    fold.bodies = Box::new(Stripped { whole, hashes });
    let changed = recount(&mut fold.articles, &*fold.bodies)?;
    measure(&mut fold.stories, &fold.articles, &*fold.bodies, &changed)
}

/// The hashes of the lines of a body that may recur.
pub fn line_hashes(body: &str) -> impl Iterator<Item = u64> {
    lines(body).map(|(hash, _)| hash)
}

/// The lines of a body that may recur, with their hashes.
fn lines(body: &str) -> impl Iterator<Item = (u64, &str)> {
    let lines = body.split('\n').filter(|line| BYTES.contains(&line.len()));
    lines.map(|line| (hash(line), line))
}

fn hash(line: &str) -> u64 {
    xxh3_64(line.as_bytes())
}

/// The recurring lines: those of the most articles first, then by their text.
fn find(fold: &Fold) -> io::Result<Vec<Recurring>> {
    let holders = suspects(fold)?;
    let story = |no: u32| {
        fold.articles
            .get(no as usize)
            .and_then(|member| member.story)
    };
    let mut found = Vec::new();
    for same in holders.chunk_by(|a, b| a.0 == b.0) {
        let mut stories: Vec<Key> = same.iter().filter_map(|&(_, no)| story(no)).collect();
        stories.sort_unstable();
        stories.dedup();
        let Some(&(wanted, first)) = same.first() else {
            continue;
        };
        if !recurs(stories.len()) {
            continue;
        }
        let body = fold.bodies.body(ArticleNo(first))?;
        if let Some((_, line)) = lines(&body).find(|&(hash, _)| hash == wanted) {
            found.push(Recurring {
                line: line.to_owned(),
                articles: same.len() as u64,
            });
        }
    }
    found.sort_unstable_by(|a, b| {
        b.articles
            .cmp(&a.articles)
            .then_with(|| a.line.cmp(&b.line))
    });
    Ok(found)
}

/// Lines that may recur, with the articles that hold them: by line, then article, each pair once.
fn suspects(fold: &Fold) -> io::Result<Vec<(u64, u32)>> {
    let holders = fold.articles.iter().zip(0..);
    let holders = holders.filter(|(member, _)| member.story.is_some());
    let holders: Vec<ArticleNo> = holders.map(|(_, no)| ArticleNo(no)).collect();
    // of each block all lines, and how many each article has
    let all: Vec<(Vec<u64>, Vec<usize>)> = holders
        .par_chunks(BLOCK)
        .map_init(Vec::new, |room, numbers| {
            let (mut found, mut counts) = (Vec::new(), Vec::new());
            fold.bodies.each(numbers, room, &mut |_, body| {
                let before = found.len();
                found.extend(lines(body).map(|(hash, _)| hash));
                counts.push(found.len() - before);
            })?;
            Ok((found, counts))
        })
        .collect::<io::Result<_>>()?;
    let mut counters = vec![0u8; COUNTERS];
    for hash in all.iter().flat_map(|(hashes, _)| hashes) {
        let counter = &mut counters[*hash as usize % COUNTERS];
        *counter = counter.saturating_add(1);
    }
    let may = |hash: &&u64| usize::from(counters[**hash as usize % COUNTERS]) >= STORIES;
    let mut pairs = Vec::new();
    let counts = all.iter().flat_map(|(_, counts)| counts);
    let mut hashes = all.iter().flat_map(|(hashes, _)| hashes);
    for (no, &count) in holders.iter().zip(counts) {
        let own = hashes.by_ref().take(count);
        pairs.extend(own.filter(may).map(|&hash| (hash, no.0)));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

/// Counts the words of the articles whose bodies have changed; these, by number.
fn recount(members: &mut [Member], bodies: &dyn Bodies) -> io::Result<Vec<bool>> {
    let counted: Vec<Option<u32>> = (0..members.len())
        .into_par_iter()
        .map(|no| {
            let Some(body) = bodies.changed(ArticleNo(no as u32))? else {
                return Ok(None);
            };
            Ok(Some(count_words(&body)))
        })
        .collect::<io::Result<_>>()?;
    for (member, words) in members.iter_mut().zip(&counted) {
        member.article.words = words.unwrap_or(member.article.words);
    }
    Ok(counted.iter().map(Option::is_some).collect())
}

/// The figures of copies whose text, or that of what they are a copy of, has changed.
fn measure(
    stories: &mut [Story],
    members: &[Member],
    bodies: &dyn Bodies,
    changed: &[bool],
) -> io::Result<()> {
    let has_changed = |no: ArticleNo| changed.get(no.index()).copied().unwrap_or(false);
    stories.par_iter_mut().try_for_each_init(
        || Judge::new(Thresholds::default()),
        |judge, story| {
            let canonical = story.canonical;
            let mut read: HashMap<ArticleNo, Cow<'_, str>> = HashMap::new();
            for copy in &mut story.copies {
                let other = copy.via.unwrap_or(canonical);
                if !has_changed(copy.article) && !has_changed(other) {
                    continue;
                }
                if let std::collections::hash_map::Entry::Vacant(entry) = read.entry(other) {
                    entry.insert(bodies.body(other)?);
                }
                let body = bodies.body(copy.article)?;
                let prepare = |body, no: ArticleNo| {
                    let title = members
                        .get(no.index())
                        .and_then(|m| m.article.title.as_deref());
                    Prepared::new(body, title)
                };
                let Some(theirs) = read.get(&other) else {
                    continue;
                };
                let figures = judge.figures(&prepare(theirs, other), &prepare(&body, copy.article));
                copy.jaccard = figures.jaccard;
                copy.containment = figures.containment;
                copy.verbatim = figures.verbatim_b;
            }
            Ok(())
        },
    )
}

/// Bodies without the lines that were set aside.
#[derive(Debug)]
struct Stripped {
    whole: Box<dyn Bodies>,
    /// Of the lines, ascending.
    hashes: Vec<u64>,
}

impl Stripped {
    fn is_recurring(&self, line: &str) -> bool {
        BYTES.contains(&line.len()) && self.hashes.binary_search(&hash(line)).is_ok()
    }

    /// The body without them; `None` where it has none, or nothing else.
    fn strip(&self, body: &str) -> Option<String> {
        if !body.split('\n').any(|line| self.is_recurring(line)) {
            return None;
        }
        let own: Vec<&str> = body
            .split('\n')
            .filter(|line| !self.is_recurring(line))
            .collect();
        (!own.is_empty()).then(|| own.join("\n"))
    }
}

impl Bodies for Stripped {
    fn body(&self, no: ArticleNo) -> io::Result<Cow<'_, str>> {
        let body = self.whole.body(no)?;
        Ok(self.strip(&body).map_or(body, Cow::Owned))
    }

    fn changed(&self, no: ArticleNo) -> io::Result<Option<String>> {
        Ok(self.strip(&self.whole.body(no)?))
    }
}

/// Stands in while bodies change hands.
#[derive(Debug)]
struct Nothing;

impl Bodies for Nothing {
    fn body(&self, _: ArticleNo) -> io::Result<Cow<'_, str>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Folder, Settings, sketched};
    use super::*;
    use crate::article::Place;
    use crate::input::{Chunk, Kind};
    use crate::intake;

    const PROMO: &str = "Get the harbour letter in your mailbox each morning.";

    fn own(n: u32) -> String {
        let word = |i: u32| format!("w{:x}", xxh3_64(&(n * 1000 + i).to_le_bytes()) % 100_000);
        let sentence = |s: u32| {
            (0..12)
                .map(|i| word(s * 12 + i))
                .collect::<Vec<_>>()
                .join(" ")
        };
        (0..6).map(|s| sentence(s) + ".\n").collect()
    }

    fn fold(bodies: &[String]) -> Fold {
        let mut folder = Folder::new(Settings::default());
        let row = |(body, n): (&String, u32)| {
            format!("{{\"id\":\"{n}\",\"title\":\"t\",\"text\":{body:?}}}\n")
        };
        let rows: String = bodies.iter().zip(1..).map(row).collect();
        let place = Place {
            source: "".into(),
            offset: 0,
            line: 1,
        };
        let chunk = Chunk::new(place, Kind::Json, rows.into_bytes());
        let batch = intake::batch(&chunk, &intake::Settings::default());
        folder.take(Ok(sketched(batch))).unwrap();
        let mut fold = folder.finish(&()).unwrap();
        set_aside(&mut fold).unwrap();
        fold
    }

    #[test]
    fn a_line_that_stands_in_many_stories_is_set_aside() {
        let bodies: Vec<String> = (1..=8)
            .map(|n| format!("{}{PROMO}\n{}", own(n), own(n + 50)))
            .collect();
        let fold = fold(&bodies);
        assert_eq!(fold.stories.len(), 8);
        assert_eq!(
            fold.recurring,
            [Recurring {
                line: PROMO.to_owned(),
                articles: 8
            }]
        );
        for no in (0..8).map(ArticleNo) {
            let body = fold.bodies.body(no).unwrap();
            assert!(!body.contains(PROMO) && body.starts_with('w'));
            assert_eq!(fold.member(no).article.words, count_words(&body));
        }
    }

    #[test]
    fn a_story_in_many_papers_keeps_all_its_lines() {
        let bodies: Vec<String> = (1..=40)
            .map(|n| format!("Paper number {n} prints this.\n{}", own(0)))
            .collect();
        let fold = fold(&bodies);
        assert_eq!(fold.stories.len(), 1);
        assert!(fold.recurring.is_empty());
    }

    #[test]
    fn copies_of_framed_stories_are_measured_without_the_frame() {
        let mut bodies: Vec<String> = (1..=7).map(|n| format!("{}{PROMO}", own(n))).collect();
        bodies.push(format!("{}Another paper prints it.", own(1)));
        let fold = fold(&bodies);
        let story = fold
            .stories
            .iter()
            .find(|story| !story.copies.is_empty())
            .unwrap();
        let figures = |a: &str, b: &str| {
            let (a, b) = (Prepared::new(a, None), Prepared::new(b, None));
            Judge::new(Thresholds::default()).figures(&a, &b)
        };
        let copy = &story.copies[0];
        let (a, b) = (
            fold.bodies.body(story.canonical).unwrap(),
            fold.bodies.body(copy.article).unwrap(),
        );
        assert_eq!(copy.jaccard, figures(&a, &b).jaccard);
    }

    #[test]
    fn nothing_but_recurring_lines_is_left_as_it_is() {
        let mut bodies: Vec<String> = (1..=7).map(|n| format!("{}{PROMO}", own(n))).collect();
        bodies.push(PROMO.to_owned());
        let fold = fold(&bodies);
        assert_eq!(fold.bodies.body(ArticleNo(7)).unwrap(), PROMO);
    }
}
