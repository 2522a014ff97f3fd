//! What a line means by its words: section labels, page furniture, buttons, captions. All such knowledge is data, in
//! `layouts.tsv`; this file only looks it up.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::buttons::Buttons;
use super::fold::fold;
use super::line::is_space;

/// What a known line does to the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// A section of other articles starts.
    Related,
    /// A list of articles starts that belongs to no main article.
    Listed,
    /// A page starts.
    Start,
    /// Nothing below belongs to the article above.
    End,
    /// As `End`, and the article above is the main one of its page.
    Under,
    /// No article's.
    Furniture,
    /// The button under another article's title.
    More,
    /// A button glued to the end of a text.
    Tail,
    /// The caption or credit of a picture.
    Caption,
    /// The name of a section, which is no publisher's.
    Section,
}

impl Effect {
    const ALL: [Self; 10] = [
        Self::Related,
        Self::Listed,
        Self::Start,
        Self::End,
        Self::Under,
        Self::Furniture,
        Self::More,
        Self::Tail,
        Self::Caption,
        Self::Section,
    ];

    /// As in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::Listed => "listed",
            Self::Start => "start",
            Self::End => "end",
            Self::Under => "under",
            Self::Furniture => "furniture",
            Self::More => "more",
            Self::Tail => "tail",
            Self::Caption => "caption",
            Self::Section => "section",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.as_str() == name)
    }
}

/// The table, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Labels {
    lines: HashMap<String, Effect>,
    /// A bit for each length of those lines that start with a byte.
    lengths: Vec<u128>,
    /// By their first byte, the longest first.
    prefixes: Vec<Vec<(String, Effect)>>,
    /// A bit for the second byte of each of those: most lines go on otherwise.
    seconds: Vec<u64>,
    suffixes: Vec<String>,
    /// Their last bytes.
    ends: Vec<u8>,
    buttons: Buttons,
}

/// The longest text in the table that is compared with a whole line, in bytes.
const LONGEST: usize = 96;

static SHIPPED: LazyLock<Labels> = LazyLock::new(|| {
    let without = LEFT_OUT.get().map(String::as_str);
    Labels::read(include_str!("layouts.tsv"), without)
});

/// The site whose rows are left out.
static LEFT_OUT: OnceLock<String> = OnceLock::new();

/// Leaves the rows of a site out of the shipped table, unless it is in use.
pub(super) fn leave_out(site: &str) {
    // a second call changes nothing
    let _ = LEFT_OUT.set(site.to_owned());
}

impl Labels {
    /// The shipped table.
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a table, leaving out the rows of one site, or of every one (`all`).
    pub(super) fn read(table: &str, without: Option<&str>) -> Self {
        let mut labels = Self {
            lengths: vec![0; 256],
            prefixes: vec![Vec::new(); 256],
            seconds: vec![0; 256],
            ..Self::default()
        };
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut fields = row.split('\t');
            let (Some(site), Some(effect), Some(how), Some(text)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let Some(effect) = Effect::parse(effect) else {
                continue;
            };
            let left_out = Some(site) == without || without == Some("all") && site != "*";
            if !left_out {
                labels.add(effect, how, text);
            }
        }
        for rows in &mut labels.prefixes {
            rows.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        labels
            .suffixes
            .sort_by_key(|text| std::cmp::Reverse(text.len()));
        labels.ends = labels
            .suffixes
            .iter()
            .filter_map(|text| text.bytes().last())
            .collect();
        labels.ends.sort_unstable();
        labels.ends.dedup();
        labels
    }

    fn add(&mut self, effect: Effect, how: &str, text: &str) {
        match how {
            "prefix" => {
                let text = text.trim_start().to_owned();
                let Some(first) = of_first(&text) else { return };
                self.seconds[first] |= text.as_bytes().get(1).copied().map_or(u64::MAX, second);
                self.prefixes[first].push((text, effect));
            }
            "suffix" => self.suffixes.push(text.to_owned()),
            "button" | "between" => self.buttons.add(text, how == "button"),
            _ => {
                let line = fold(text);
                if let Some(lengths) = of_first(&line).and_then(|at| self.lengths.get_mut(at)) {
                    *lengths |= 1 << line.len().min(127);
                }
                self.lines.insert(line, effect);
            }
        }
    }

    /// What a whole line means; `None` for most.
    pub(super) fn effect(&self, text: &str) -> Option<Effect> {
        self.effect_of(&fold(floor(text, LONGEST)), text)
    }

    /// The same of a line that is folded already, whole or its first [`LONGEST`] bytes.
    pub(super) fn effect_of(&self, folded: &str, text: &str) -> Option<Effect> {
        let first = of_first(folded)?;
        let lengths = self.lengths.get(first).copied().unwrap_or(0);
        if text.len() <= LONGEST
            && lengths >> folded.len().min(127) & 1 == 1
            && let Some(&effect) = self.lines.get(folded)
        {
            return Some(effect);
        }
        let next = folded.as_bytes().get(1);
        if self.seconds.get(first)? & next.map_or(1, |&next| second(next)) > 0 {
            let mut rows = self.prefixes.get(first)?.iter();
            let known = |(prefix, _): &&(String, Effect)| {
                let second = prefix.as_bytes().get(1);
                (second.is_none() || second == next) && folded.starts_with(prefix.as_str())
            };
            if let Some(&(_, effect)) = rows.find(known) {
                return Some(effect);
            }
        }
        (text.len() <= LONGEST && self.buttons.is_row(folded)).then_some(Effect::Furniture)
    }

    /// The text without the buttons glued to its end, and whether there was one.
    pub(super) fn without_tail<'t>(&self, text: &'t str) -> (&'t str, bool) {
        // no letter of ASCII ends another way in small letters
        let last = text.bytes().last().unwrap_or(0);
        if last.is_ascii() && !self.ends.contains(&last.to_ascii_lowercase()) {
            return (text, false);
        }
        let end = ceil(text, text.len().saturating_sub(LONGEST));
        let Some(tail) = text.get(end..) else {
            return (text, false);
        };
        let folded = tail.to_lowercase();
        if folded.len() != tail.len() {
            return (text, false);
        }
        for suffix in &self.suffixes {
            if let Some(kept) = folded.strip_suffix(suffix.as_str()) {
                let cut = end + kept.len();
                let before = &text[..cut];
                // a word that only ends like a button stays
                if cut > 0 && !before.ends_with(|c: char| c.is_alphanumeric()) {
                    return (before.trim_end_matches(is_space), true);
                }
            }
        }
        (text, false)
    }
}

/// The bit of a second byte.
fn second(byte: u8) -> u64 {
    1 << (byte % 64)
}

/// The first byte as an index.
fn of_first(text: &str) -> Option<usize> {
    text.bytes().next().map(usize::from)
}

/// The text up to a byte, at a character's start.
pub(super) fn floor(text: &str, mut at: usize) -> &str {
    if at >= text.len() {
        return text;
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        for row in include_str!("layouts.tsv")
            .lines()
            .filter(|row| !row.starts_with('#'))
        {
            let fields: Vec<&str> = row.split('\t').collect();
            assert_eq!(fields.len(), 4, "{row}");
            assert!(Effect::parse(fields[1]).is_some(), "{row}");
            let ways = ["line", "prefix", "suffix", "button", "between"];
            assert!(ways.contains(&fields[2]), "{row}");
            assert!(fields[3].len() <= LONGEST, "{row}");
        }
    }

    #[test]
    fn a_row_of_buttons_is_furniture() {
        let labels = Labels::shipped();
        for row in [
            "FacebookEmail Twitter Google+ LinkedIn Pinterest",
            "CONNECT TWEET LINKEDIN 17 COMMENTEMAILMORE",
            "Share on Facebook Share on Twitter",
        ] {
            assert_eq!(labels.effect(row), Some(Effect::Furniture), "{row}");
        }
        assert_eq!(labels.effect("Share prices of Facebook fall"), None);
    }

    #[test]
    fn labels_are_found_in_any_case() {
        let labels = Labels::shipped();
        assert_eq!(labels.effect("RELATED ARTICLES:"), Some(Effect::Related));
        assert_eq!(
            labels.effect("Latest news with #rain"),
            Some(Effect::Listed)
        );
        assert_eq!(labels.effect("À lire aussi :"), Some(Effect::Related));
        assert_eq!(labels.effect("Rain floods the old town"), None);
    }

    #[test]
    fn glued_buttons_come_off() {
        let labels = Labels::shipped();
        assert_eq!(
            labels.without_tail("He came. Continue reading →"),
            ("He came.", true)
        );
        assert_eq!(
            labels.without_tail("They spread more"),
            ("They spread more", false)
        );
    }

    #[test]
    fn a_site_can_be_left_out() {
        let table = "a\tfurniture\tline\tlogo\nb\tstart\tline\tbanner\n";
        let labels = Labels::read(table, Some("a"));
        assert_eq!(labels.effect("logo"), None);
        assert_eq!(labels.effect("Banner"), Some(Effect::Start));
        let general = Labels::read("*\tend\tline\tfin\nb\tstart\tline\tbanner\n", Some("all"));
        assert_eq!(general.effect("fin"), Some(Effect::End));
        assert_eq!(general.effect("Banner"), None);
    }
}
