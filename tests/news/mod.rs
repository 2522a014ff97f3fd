//! Invented news for the tests of archives: stories with copies, excerpts, updates and shared boilerplate, from a seed.

#![allow(dead_code)] // each test uses its part

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use wirefold::archive::{Addition, Archive, Incoming, Options, Query, prepared};
use wirefold::article::{Article, Credit, Key, Moment, Place, Published, Role};
use wirefold::fold::{Fold, Folder, Settings, sketched};
use wirefold::intake::Batch;
use wirefold::progress::Progress;
use wirefold::report::{Format, Look, write};

/// A small generator (SplitMix64): the same numbers everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

fn word(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "rim", "tes", "vu", "nor", "pi", "dal", "shu", "gren", "mo", "fi", "zat",
        "bel", "co", "jun",
    ];
    (0..2 + dice.below(2))
        .map(|_| SYLLABLES[dice.below(16)])
        .collect()
}

fn sentences(dice: &mut Dice, count: usize) -> Vec<String> {
    (0..count)
        .map(|_| {
            let words: Vec<String> = (0..12).map(|_| word(dice)).collect();
            format!("The {}.", words.join(" "))
        })
        .collect()
}

/// So many articles: stories of different fame, some with an agency; boilerplate that most of them carry.
pub fn corpus(seed: u64, count: usize) -> Vec<Article> {
    let mut dice = Dice(seed);
    let boilerplate = sentences(&mut dice, 3);
    let stories: Vec<Vec<String>> = (0..=count / 4).map(|_| sentences(&mut dice, 12)).collect();
    (0..count)
        .map(|n| {
            let of = dice.below(stories.len());
            let story = &stories[if dice.one_in(3) { of / 4 } else { of }];
            let mut text = match dice.below(6) {
                0 => story[..6].to_vec(),
                1 => story[4..].to_vec(),
                2 => [&story[..], &sentences(&mut dice, 4)].concat(),
                3 => [&story[..8], &stories[dice.below(stories.len())][..8]].concat(),
                _ => story.clone(),
            };
            if dice.one_in(3) {
                let at = dice.below(text.len());
                text[at] = sentences(&mut dice, 1).remove(0);
            }
            if !dice.one_in(4) {
                text.extend_from_slice(&boilerplate);
            }
            if dice.one_in(20) {
                text.clear();
            }
            article(&mut dice, n, &text.join("\n"))
        })
        .collect()
}

fn article(dice: &mut Dice, n: usize, body: &str) -> Article {
    let publisher = format!("Daily {}", dice.below(9));
    let title = format!("Title {}", dice.below(30));
    // some rows bring ids, and some of those clash
    let own = dice.one_in(2).then(|| format!("row{}", dice.below(200)));
    let key = Key::of(own.as_deref(), None, Some(&publisher), Some(&title), body);
    let at = (!dice.one_in(5)).then(|| Moment {
        seconds: 1_755_000_000 + dice.below(40) as i64 * 3600,
        day_only: false,
    });
    Article {
        key,
        id: own.unwrap_or_else(|| key.to_string()),
        place: Place {
            source: Arc::from(format!("page{}.txt", n % 7)),
            offset: n as u64 * 10,
            line: n as u64,
        },
        role: [Role::Main, Role::Related, Role::Listed][dice.below(3)],
        url: None,
        title: Some(title),
        publisher: Some(publisher),
        language: None,
        published: Published {
            at,
            raw: None,
            unit: None,
        },
        fetched: None,
        credit: Credit {
            agency: dice.one_in(3).then(|| "Reuters".to_owned()),
            ..Credit::default()
        },
        body: body.to_owned(),
        words: 0,
        partial: dice.one_in(10),
        digest: false,
        weak: None,
    }
}

/// Another sighting of an article, elsewhere and with other facts.
pub fn again(dice: &mut Dice, article: &Article) -> Article {
    let mut seen = article.clone();
    seen.place.source = Arc::from(format!("again{}.txt", dice.below(5)));
    seen.place.line = dice.next() % 10_000;
    seen.role = [Role::Main, Role::Related, Role::Listed][dice.below(3)];
    if dice.one_in(2) {
        let seconds = 1_755_000_000 + dice.below(90) as i64 * 3600;
        let day_only = dice.one_in(2);
        seen.published.at = Some(Moment {
            // a day is kept by its first second
            seconds: if day_only {
                seconds / 86_400 * 86_400
            } else {
                seconds
            },
            day_only,
        });
    }
    if dice.one_in(3) {
        seen.credit.agency = Some("AP".to_owned());
    }
    seen
}

pub fn batch(articles: &[Article]) -> Batch {
    Batch {
        articles: articles.to_vec(),
        pages: articles.len() as u64,
        ..Batch::default()
    }
}

/// One fold of all.
pub fn fold(articles: &[Article], window: Option<i64>) -> Fold {
    let mut folder = Folder::new(Settings {
        events: true,
        window,
        threads: 1,
        ..Settings::default()
    });
    folder
        .take(Ok(sketched(batch(articles))))
        .expect("memory holds them");
    folder.finish(&()).expect("memory holds them")
}

/// Adds articles in one run.
pub fn add(path: &Path, articles: &[Article], window: Option<i64>) -> Addition {
    add_with(path, articles, window, &())
}

/// Adds articles in one run that is watched.
pub fn add_with(
    path: &Path,
    articles: &[Article],
    window: Option<i64>,
    progress: &dyn Progress,
) -> Addition {
    let options = Options {
        window,
        threads: 1,
        ..Options::default()
    };
    let mut archive = Archive::open(path, options).expect("opens");
    let mut incoming = Incoming::default();
    incoming
        .take(Ok(prepared(batch(articles))))
        .expect("memory holds them");
    archive.add(incoming, progress).expect("is added")
}

/// An archive that is there.
pub fn open(path: &Path) -> Archive {
    Archive::read(path, Options::default()).expect("opens")
}

/// The stories of an archive.
pub fn stories(path: &Path) -> Fold {
    open(path).fold(&Query::default(), &()).expect("reads")
}

/// The document of a fold.
pub fn written(fold: &Fold) -> Vec<u8> {
    let mut out = Vec::new();
    write(fold, Format::Json, &Look::default(), &mut out).expect("memory takes everything");
    out
}

/// The document of a fold without the places, which follow the input.
pub fn document(fold: &Fold) -> Value {
    let mut value = serde_json::from_slice(&written(fold)).expect("JSON");
    without_places(&mut value);
    value
}

/// Takes out what says where things were found.
pub fn without_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for name in ["source", "offset", "line", "seen"] {
                members.remove(name);
            }
            members.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}
