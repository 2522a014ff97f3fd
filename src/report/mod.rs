//! [`Fold`] → bytes: one writer a format. Everything goes through a buffer and out; one body is in memory at a time.
//!
//! What is printed never depends on where it goes: colour, links and width are what [`Look`] says.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::article::{ArticleNo, Key, Role};
use crate::elect::Story;
use crate::event::Event;
use crate::fold::Fold;

/// Words in columns, by display width.
mod columns;
/// Two articles side by side.
pub mod compare;
/// One article a row, for spreadsheets and scorers.
pub mod csv;
/// Hostile text made harmless.
pub mod escape;
/// What the reports of an event say.
pub mod events;
/// One page that needs nothing else.
mod html;
/// What colours mean.
mod ink;
/// The document that scripts rely on.
pub mod json;
/// What articles are called before the eye.
mod label;
/// Time lines and bars.
mod plot;
/// The JSON Schema of that document.
pub mod schema;
/// For the eye.
pub mod text;

/// How a fold is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For the eye.
    Text,
    /// One document.
    Json,
    /// One story a line.
    Jsonl,
    /// One article a row.
    Csv,
    /// Lines of `id<TAB>story`.
    Tsv,
    /// One page for a browser.
    Html,
}

impl Format {
    /// Whether the bodies of articles are printed.
    #[must_use]
    pub fn prints_bodies(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Html)
    }
}

/// What a report shows, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Columns of the text report.
    pub width: usize,
    /// The text report carries colour.
    pub color: bool,
    /// The text report carries hyperlinks (OSC 8).
    pub links: bool,
    /// What becomes of the summary.
    pub summary: Summarise,
    /// Which stories.
    pub selection: Selection,
    /// The text report says more of events: all that reports quote and count, and why each story is in its event.
    pub verbose: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            links: false,
            summary: Summarise::Also,
            selection: Selection::default(),
            verbose: false,
        }
    }
}

/// What becomes of the summary.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Summarise {
    /// It stands with the stories, in formats that have a place for it.
    #[default]
    Also,
    /// No story, only the summary (`--summary`).
    Only,
    /// The text report leaves it out (`--quiet`); the JSON document always has it.
    Never,
}

/// Which stories a report shows. The summary always counts the whole fold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// Stories with at least so many copies.
    pub min_copies: usize,
    /// Stories with a member of this role, and headlines of it.
    pub role: Option<Role>,
}

impl Selection {
    /// The stories it shows, in the order of the report.
    #[must_use]
    pub fn stories<'f>(&self, fold: &'f Fold) -> Vec<&'f Story> {
        fold.stories
            .iter()
            .filter(|story| self.shows(fold, story))
            .collect()
    }

    fn shows(self, fold: &Fold, story: &Story) -> bool {
        let of_role = |role| members(story).any(|no| fold.member(no).article.role == role);
        story.copies.len() >= self.min_copies && self.role.is_none_or(of_role)
    }

    /// The headlines it shows, in the order of the report.
    pub fn headlines(self, fold: &Fold) -> impl Iterator<Item = ArticleNo> + '_ {
        fold.headlines.iter().copied().filter(move |&no| {
            self.role
                .is_none_or(|role| fold.member(no).article.role == role)
        })
    }

    /// The events that one of these stories belongs to, in the order of the report.
    #[must_use]
    pub fn events<'f>(self, fold: &'f Fold, stories: &[&Story]) -> Vec<&'f Event> {
        let shown: std::collections::BTreeSet<Key> = stories.iter().map(|story| story.id).collect();
        fold.events
            .iter()
            .filter(|event| event.stories.iter().any(|id| shown.contains(id)))
            .collect()
    }
}

/// A story's articles, the canonical first.
pub fn members(story: &Story) -> impl Iterator<Item = ArticleNo> + '_ {
    std::iter::once(story.canonical).chain(story.copies.iter().map(|copy| copy.article))
}

/// The event of each story that belongs to one.
fn events_by_story(fold: &Fold) -> BTreeMap<Key, Key> {
    fold.events
        .iter()
        .flat_map(|event| event.stories.iter().map(|&story| (story, event.id)))
        .collect()
}

/// What a summary counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Pages and records read.
    pub pages: u64,
    /// Articles with a body, each once.
    pub articles: u64,
    /// Records without a body.
    pub headlines: u64,
    /// Sightings of articles that were already there.
    pub seen_again: u64,
    /// Stories.
    pub stories: u64,
    /// Articles that are not their story's canonical.
    pub copies: u64,
    /// Events of two stories or more.
    pub events: u64,
    /// Parts of the input that gave no article.
    pub skipped: u64,
    /// Lines of page furniture set aside.
    pub furniture: u64,
}

impl Summary {
    /// Counts a whole fold.
    #[must_use]
    pub fn of(fold: &Fold) -> Self {
        let copies: usize = fold.stories.iter().map(|story| story.copies.len()).sum();
        Self {
            pages: fold.counts.pages,
            articles: (fold.stories.len() + copies) as u64,
            headlines: fold.headlines.len() as u64,
            seen_again: fold.counts.seen_again,
            stories: fold.stories.len() as u64,
            copies: copies as u64,
            events: fold.events.len() as u64,
            skipped: fold.skipped.len() as u64,
            furniture: fold.counts.furniture,
        }
    }

    /// Names and counts, in the order of the contract.
    #[must_use]
    pub fn entries(&self) -> [(&'static str, u64); 9] {
        [
            ("pages", self.pages),
            ("articles", self.articles),
            ("headlines", self.headlines),
            ("seen_again", self.seen_again),
            ("stories", self.stories),
            ("copies", self.copies),
            ("events", self.events),
            ("skipped", self.skipped),
            ("furniture", self.furniture),
        ]
    }
}

/// Writes a fold.
///
/// # Errors
/// What `out` or the store of the bodies reports.
pub fn write(fold: &Fold, format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(fold, look, out),
        Format::Json => json::write(fold, look, out),
        Format::Jsonl => json::write_lines(fold, look, out),
        Format::Csv => csv::write(fold, look, out),
        Format::Tsv => csv::write_pairs(fold, look, out),
        Format::Html => html::write(fold, look, out),
    }
}

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests {
    use super::*;

    fn written(fold: &Fold, format: Format, look: &Look) -> String {
        let mut out = Vec::new();
        write(fold, format, look, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn text_is_for_the_eye() {
        assert_eq!(
            format!(
                "\n{}",
                written(&sample::ferry(), Format::Text, &Look::default())
            ),
            "
 1  Ferry runs aground off Norhaven
    Reuters · NORHAVEN, Aug 17 · Harbour Times · 2025-08-17 03:00 UTC
    copy       67 %  東京港新聞                             3 hours ago
                     no credit
                     Norhaven ferry stuck on a sandbank, passengers safe
    excerpt    67 %  The Long Named Chronicle of the Nort…  2025-08-18
                     the longer, through 東京港新聞

 2  Council votes on a new bridge
    Harbour Times

Events: stories of one happening
    Ferry runs aground
    stories 1, 2 · 2 origins

Headlines without a text
    Weather · Harbour Times

2 stories in 4 articles: 2 copies, 1 event. Read 1 page; 1 headline, 0 seen
again, 0 lines of furniture, 1 skipped.
"
        );
    }

    #[test]
    fn no_line_of_text_is_wider_than_asked() {
        for width in [40, 57, 80, 120] {
            let look = Look {
                width,
                ..Look::default()
            };
            for line in written(&sample::ferry(), Format::Text, &look).lines() {
                assert!(columns::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colour_and_links_only_where_asked_and_they_change_no_word() {
        let plain = written(&sample::ferry(), Format::Text, &Look::default());
        assert!(!plain.contains('\u{1b}'));
        let look = Look {
            color: true,
            links: true,
            ..Look::default()
        };
        let coloured = written(&sample::ferry(), Format::Text, &look);
        assert!(coloured.contains("\u{1b}[1mFerry"));
        assert!(coloured.contains("\u{1b}]8;;https://harbour.example/ferry\u{1b}\\"));
        let codes = regex::Regex::new("\u{1b}\\[[0-9]+m|\u{1b}]8;;[^\u{1b}]*\u{1b}\\\\")
            .expect("a pattern");
        assert_eq!(codes.replace_all(&coloured, ""), plain);
    }

    #[test]
    fn quiet_leaves_the_summary_out_and_summary_leaves_only_it() {
        let fold = sample::ferry();
        let with = |summary| {
            written(
                &fold,
                Format::Text,
                &Look {
                    summary,
                    ..Look::default()
                },
            )
        };
        assert!(!with(Summarise::Never).contains("2 stories in"));
        assert!(with(Summarise::Only).starts_with("2 stories in"));
        let look = Look {
            summary: Summarise::Only,
            ..Look::default()
        };
        assert_eq!(
            written(&fold, Format::Tsv, &look).lines().nth(1),
            Some("articles\t4")
        );
        assert!(written(&fold, Format::Jsonl, &look).starts_with("{\"pages\":1,\"articles\":4,"));
    }

    #[test]
    fn a_selection_chooses_stories_and_the_summary_still_counts_all() {
        let fold = sample::ferry();
        let selection = Selection {
            min_copies: 1,
            role: None,
        };
        let json = written(
            &fold,
            Format::Json,
            &Look {
                selection,
                ..Look::default()
            },
        );
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value["stories"].as_array().map(Vec::len), Some(1));
        assert_eq!(value["summary"]["stories"], 2);
        let selection = Selection {
            min_copies: 0,
            role: Some(Role::Main),
        };
        let look = Look {
            selection,
            ..Look::default()
        };
        assert_eq!(written(&fold, Format::Tsv, &look), "");
    }

    #[test]
    fn tsv_is_what_scorers_read() {
        let fold = sample::ferry();
        let tsv = written(&fold, Format::Tsv, &Look::default());
        let lines: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(
            lines[2],
            [
                &fold.articles[2].article.id,
                &fold.stories[0].id.to_string()
            ]
        );
    }

    #[test]
    fn csv_has_a_row_for_each_article_and_every_cell_in_its_column() {
        let text = written(&sample::ferry(), Format::Csv, &Look::default());
        let mut rows = ::csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = rows
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(names, csv::COLUMNS);
        let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
        let cell = |row: usize, name: &str| {
            let at = names
                .iter()
                .position(|known| known == name)
                .expect("a column");
            rows[row].get(at).unwrap_or_default().to_owned()
        };
        assert_eq!(rows.len(), 4);
        assert_eq!(
            (cell(0, "relation"), cell(0, "verbatim")),
            ("canonical".into(), String::new())
        );
        assert_eq!(
            (cell(1, "relation"), cell(1, "verbatim")),
            ("copy".into(), "0.667".into())
        );
        assert_eq!(
            (cell(2, "holds"), cell(2, "line")),
            ("copy".into(), "17".into())
        );
    }
}
