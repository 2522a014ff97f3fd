//! Credits at the end of a body: who reported and edited, copyright lines, notes of the agency, tags behind the last word.
//!
//! The patterns are data (`tails.tsv`). A body without any of the marks that they share is left after one fast search of
//! its last bytes; only then are patterns tried, on the last lines one by one.

use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex};

use super::agency::{Kind, lookup, named_in};
use super::dateline::floor;
use super::marks::Marks;
use crate::article::AgencyEvidence;

/// So much of a body's end is looked at, in bytes.
const ZONE: usize = 1600;

/// The longest credit seen has 600 bytes; a longer line is a paragraph. Bloomberg's list of headlines is longer.
const LONGEST: usize = 800;
const LONGEST_LIST: usize = 1300;

/// What the end of a body said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tail {
    /// Byte where the body ends without its credits.
    pub(super) end: usize,
    /// The agency and what told it; a tail credit before a copyright line.
    pub(super) agency: Option<(&'static str, AgencyEvidence)>,
    /// Who signs at the end: `Ann Lee, The Canadian Press`.
    pub(super) byline: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Where {
    Line,
    Last,
    End,
}

#[derive(Debug)]
struct Rule {
    place: Where,
    agency: &'static str,
    pattern: &'static str,
    /// Compiled when a text has its mark: few of the patterns are needed in any run.
    compiled: OnceLock<Option<Regex>>,
}

impl Rule {
    fn regex(&self) -> Option<&Regex> {
        self.compiled
            .get_or_init(|| Regex::new(self.pattern).ok())
            .as_ref()
    }

    fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rows().filter_map(rule).collect());

/// The rules of each mark, by the mark's number.
static BY_MARK: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    let all = MARKS.all();
    let mut rules = vec![Vec::new(); all.len()];
    for (number, row) in rows().enumerate() {
        for mark in marks(row).filter_map(|mark| all.binary_search(&mark).ok()) {
            if let Some(rules) = rules.get_mut(mark) {
                rules.push(number);
            }
        }
    }
    rules
});

/// All marks: no hit, no credit.
static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(rows().flat_map(marks)));

fn marks(row: &'static str) -> impl Iterator<Item = &'static str> {
    row.split('\t').nth(2).unwrap_or_default().split('|')
}

fn rows() -> impl Iterator<Item = &'static str> {
    include_str!("tails.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn rule(row: &'static str) -> Option<Rule> {
    let mut cells = row.splitn(4, '\t');
    let place = match cells.next()? {
        "line" => Where::Line,
        "last" => Where::Last,
        _ => Where::End,
    };
    let agency = cells.next()?;
    Some(Rule {
        place,
        agency,
        pattern: cells.nth(1)?,
        compiled: OnceLock::new(),
    })
}

/// Looks at the end of a body, which starts at byte `from` of it.
pub(super) fn find(body: &str, from: usize) -> Tail {
    let mut tail = Tail {
        end: from + body.get(from..).unwrap_or_default().trim_end().len(),
        ..Tail::default()
    };
    let zone = zone_start(body, from, tail.end);
    let marked = body
        .get(zone..tail.end)
        .is_some_and(|text| MARKS.any_in(text));
    if marked {
        tail.shorten(body, from, zone);
    }
    tail.tag_at_end(body, from);
    tail
}

fn zone_start(body: &str, from: usize, end: usize) -> usize {
    let text = body.get(from..end).unwrap_or_default();
    from + floor(text, text.len().saturating_sub(ZONE))
}

impl Tail {
    fn shorten(&mut self, body: &str, from: usize, zone: usize) {
        // lines are taken off one by one; what follows a credit that ends the article goes with it
        for _ in 0..24 {
            let line = last_line(body, from, self.end);
            if self.take_line(body, line, from) {
                continue;
            }
            if !self.take_to_last(body, zone, from) {
                break;
            }
        }
    }

    /// Takes the last line or its end off, if a pattern knows it.
    fn take_line(&mut self, body: &str, start: usize, from: usize) -> bool {
        let Some(line) = body.get(start..self.end) else {
            return false;
        };
        // patterns see the line's end only; credits are short
        let skipped = floor(line, line.len().saturating_sub(ZONE));
        let text = line.get(skipped..).unwrap_or_default();
        let offset = start + skipped + text.len() - text.trim_start().len();
        let text = text.trim_start();
        let whole = text.len() <= LONGEST;
        for rule in marked(text) {
            let Some(hit) = rule.captures(text) else {
                continue;
            };
            let cut = match (rule.place, hit.get(1).or_else(|| hit.get(0))) {
                (Where::End, Some(group)) if text.len() - group.start() <= longest(rule) => {
                    offset + group.start()
                }
                (Where::Line | Where::Last, _) if text.len() <= longest(rule) => offset,
                _ => continue,
            };
            // a credit alone is no body: there must be something that it is the credit of
            if cut <= from && rule.agency == "-" {
                continue;
            }
            let named = self.note(rule, &hit);
            if rule.agency == "!" && !named {
                continue;
            }
            self.cut(body, from, cut);
            return true;
        }
        whole && self.signed(body, offset, text, from)
    }

    /// Takes everything from a credit on that ends the article, if little stands behind it.
    fn take_to_last(&mut self, body: &str, zone: usize, from: usize) -> bool {
        let mut end = self.end;
        // half of the text at most, and twelve lines
        let floor = from + (self.end - from) / 2;
        for _ in 0..12 {
            let start = last_line(body, from, end);
            if start <= floor || start < zone || start <= from {
                return false;
            }
            let line = body.get(start..end).unwrap_or_default().trim();
            for rule in marked(line)
                .into_iter()
                .filter(|rule| rule.place == Where::Last && !is_picture(line))
            {
                if let Some(hit) = rule.captures(line)
                    && self.note(rule, &hit)
                {
                    self.cut(body, from, start);
                    return true;
                }
            }
            end = from + body.get(from..start).unwrap_or_default().trim_end().len();
        }
        false
    }

    /// Keeps the agency that a credit names; whether it names one.
    fn note(&mut self, rule: &Rule, hit: &Captures<'_>) -> bool {
        let text = hit.get(1).or_else(|| hit.get(0)).map_or("", |m| m.as_str());
        let named = match rule.agency {
            "-" => None,
            "=" | "!" => match named_in(text).as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            ">" => named_in(text).first().copied(),
            name => lookup(name).map(|agency| agency.name),
        };
        let evidence = if rule.agency == ">" && has_year(text) {
            AgencyEvidence::Copyright
        } else {
            AgencyEvidence::Tail
        };
        if let Some(name) = named
            && self.agency.is_none_or(|known| evidence < known.1)
        {
            self.agency = Some((name, evidence));
        }
        named.is_some()
    }

    /// `Ann Lee, The Canadian Press` as the last line.
    fn signed(&mut self, body: &str, offset: usize, line: &str, from: usize) -> bool {
        let Some((names, agency)) = line.rsplit_once(", ") else {
            return false;
        };
        let words = names.split(' ').count();
        let capitals = names
            .split(' ')
            .all(|word| word.chars().next().is_some_and(char::is_uppercase));
        let found = lookup(agency).filter(|_| (2..=4).contains(&words) && capitals);
        let Some(agency) = found.filter(|_| offset > from) else {
            return false;
        };
        self.agency
            .get_or_insert((agency.name, AgencyEvidence::Tail));
        self.byline = Some(names.to_owned());
        self.cut(body, from, offset);
        true
    }

    /// A tag behind the last sentence: `(AFP)`, `(ANSA).`, ` - Reuters`, `REUTERS`, `/ritzau/`.
    fn tag_at_end(&mut self, body: &str, from: usize) {
        let text = body.get(from..self.end).unwrap_or_default();
        let short = text.trim_end_matches('.');
        let found = match short.chars().next_back() {
            Some(')' | '）') => short.rfind(['(', '（']),
            Some('/') => short.get(..short.len() - 1).and_then(|t| t.rfind('/')),
            Some(c) if c.is_alphabetic() && short.len() == text.len() => {
                agency_line(text).or_else(|| last_word(text))
            }
            _ => None,
        };
        let Some(at) = found.filter(|at| short.len() - at <= 40) else {
            return;
        };
        let inside = short
            .get(at..)
            .unwrap_or_default()
            .trim_matches(['(', ')', '/', '（', '）']);
        let before = text.get(..at).unwrap_or_default();
        let kept = before
            .trim_end()
            .trim_end_matches(['-', '–', '—'])
            .trim_end();
        let closed = kept.ends_with(['.', '!', '?', '"', '”', '’', '\'', '…', '。', '」']);
        // the tag and nothing else: `(Photo: Ann Lee, AP)` is another thing
        let known = lookup(inside).filter(|agency| agency.kind != Kind::Own);
        if let (Some(agency), true) = (known, closed && at > 0) {
            self.agency
                .get_or_insert((agency.name, AgencyEvidence::Tail));
            self.end = from + kept.len();
        }
    }

    fn cut(&mut self, body: &str, from: usize, at: usize) {
        let at = at.max(from);
        self.end = from + body.get(from..at).unwrap_or_default().trim_end().len();
    }
}

/// `© REUTERS/ Stringer The rocket takes off`: whose a picture is, between paragraphs.
fn is_picture(line: &str) -> bool {
    let owner = line.strip_prefix('©').unwrap_or_default();
    let owner = owner.get(..floor(owner, OWNER)).unwrap_or_default();
    owner.contains('/') && !owner.contains(|c: char| c.is_ascii_digit())
}

/// Bytes in which the owner of a picture stands.
const OWNER: usize = 32;

fn longest(rule: &Rule) -> usize {
    if rule.agency == "Bloomberg" {
        LONGEST_LIST
    } else {
        LONGEST
    }
}

/// The last line if it is the name of an agency and nothing else: `Australian Associated Press`, `AFP-Jiji`.
fn agency_line(text: &str) -> Option<usize> {
    let at = text.rfind('\n')? + 1;
    let line = text.get(at..).filter(|line| line.len() <= 40)?;
    let name = line.trim_start_matches(['-', '–', '—', ' ']);
    lookup(name).map(|_| at + line.len() - name.len())
}

/// The last word if it is written as a tag: with a capital second letter (`REUTERS`) or behind a dash (`- Reuters`).
fn last_word(text: &str) -> Option<usize> {
    let at = text.rfind([' ', '\n', '-', '–', '—', '.', '"', '”'])?;
    let at = at + text.get(at..)?.chars().next()?.len_utf8();
    let word = text.get(at..)?;
    let before = text.get(..at)?.trim_end();
    let dashed = before.ends_with(['-', '–', '—']);
    let capitals = word.chars().count() >= 2 && !word.chars().any(char::is_lowercase);
    let own_line = text.get(..at)?.ends_with('\n');
    (dashed || capitals || own_line).then_some(at)
}

/// The rules whose marks stand in the text, in the order of the table.
fn marked(text: &str) -> Vec<&'static Rule> {
    let mut numbers: Vec<usize> = MARKS
        .all_in(text)
        .into_iter()
        .filter_map(|mark| BY_MARK.get(mark))
        .flatten()
        .copied()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(|at| RULES.get(at)).collect()
}

fn last_line(body: &str, from: usize, end: usize) -> usize {
    let text = body.get(from..end).unwrap_or_default();
    from + memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1)
}

fn has_year(text: &str) -> bool {
    text.as_bytes()
        .windows(4)
        .any(|w| (w.starts_with(b"19") || w.starts_with(b"20")) && w.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_pattern() {
        assert_eq!(RULES.len(), rows().count());
        for row in rows() {
            assert!(marks(row).all(|mark| mark.len() > 1), "{row}");
        }
        for rule in RULES.iter() {
            assert!(rule.regex().is_some(), "{}", rule.pattern);
        }
        for rule in RULES.iter().filter(|rule| rule.agency.len() > 1) {
            assert!(lookup(rule.agency).is_some(), "{}", rule.agency);
        }
    }
}
