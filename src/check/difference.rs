//! Expected against found: which article moved, appeared, vanished, or changed its relation or a field.
//!
//! Articles are paired by their own id, else by url, else by publisher and title, else by text; stories by the
//! articles they share, so that one article that moves is one finding and not a finding for each of its mates.

use std::collections::{BTreeMap, BTreeSet};

use super::expectation::{Entry, FIELDS};
use super::{Expectation, Finding, Rule};

/// What is found and not expected, or expected and not found; by rule, then subject.
pub fn differences(expected: &Expectation, found: &Expectation) -> Vec<Finding> {
    let (expected, found) = (&expected.entries, &found.entries);
    let pairs = pair(expected, found);
    let stories = match_stories(expected, found, &pairs);
    let mut findings = Vec::new();
    let paired_expected: BTreeSet<usize> = pairs.iter().map(|&(at, _)| at).collect();
    let paired_found: BTreeSet<usize> = pairs.iter().map(|&(_, at)| at).collect();
    for (_, entry) in expected
        .iter()
        .enumerate()
        .filter(|(at, _)| !paired_expected.contains(at))
    {
        findings.push(finding(
            Rule::Vanished,
            entry,
            vec![format!("was {}", stands(entry, &entry.story))],
        ));
    }
    for (_, entry) in found
        .iter()
        .enumerate()
        .filter(|(at, _)| !paired_found.contains(at))
    {
        findings.push(finding(
            Rule::Appeared,
            entry,
            vec![format!("is {}", stands(entry, &entry.story))],
        ));
    }
    for (before, after) in pairs
        .iter()
        .filter_map(|&(a, b)| Some((expected.get(a)?, found.get(b)?)))
    {
        compare(before, after, &stories, &mut findings);
    }
    findings.sort();
    findings
}

fn compare(
    before: &Entry,
    after: &Entry,
    stories: &BTreeMap<&str, &str>,
    findings: &mut Vec<Finding>,
) {
    let moved = stories.get(before.story.as_str()) != Some(&after.story.as_str());
    let mut changes = Vec::new();
    if moved {
        // a story is called as it was expected, even where this article is now its canonical
        let known = stories.iter().find(|&(_, &now)| now == after.story);
        let story = known.map_or(after.story.as_str(), |(name, _)| name);
        let from_to = format!(
            "was {}, is {}",
            stands(before, &before.story),
            stands(after, story)
        );
        findings.push(finding(Rule::Moved, after, vec![from_to]));
    } else if before.relation != after.relation {
        changes.push(format!(
            "relation: {} → {}",
            before.relation, after.relation
        ));
    }
    for name in FIELDS {
        // what a move brings with it is not said twice
        let of_the_relation = matches!(name, "holds" | "uncredited");
        let (old, new) = (before.field(name), after.field(name));
        if old == new || (moved && of_the_relation) {
            continue;
        }
        changes.push(match name {
            "text" => "text: other words".to_owned(),
            _ => format!("{name}: {} → {}", shown(old), shown(new)),
        });
    }
    if !changes.is_empty() {
        findings.push(finding(Rule::Changed, after, changes));
    }
}

fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("“{value}”"))
}

/// Where an article stands, in words; its story as it is to be called.
fn stands(entry: &Entry, story: &str) -> String {
    match entry.relation.as_str() {
        "headline" => "a headline without a text".to_owned(),
        "canonical" => format!("the canonical of “{story}”"),
        relation => format!("{relation} in “{story}”"),
    }
}

fn finding(rule: Rule, entry: &Entry, details: Vec<String>) -> Finding {
    Finding {
        rule,
        subject: entry.name(),
        details,
        place: Some(entry.place.clone()),
    }
}

/// Pairs of (expected, found), each at most once.
fn pair(expected: &[Entry], found: &[Entry]) -> Vec<(usize, usize)> {
    type Name = fn(&Entry) -> Option<(String, String)>;
    const NAMES: [Name; 4] = [
        |entry| Some((entry.field("id")?.to_owned(), String::new())),
        |entry| Some((entry.field("url")?.to_owned(), String::new())),
        |entry| {
            Some((
                entry.field("publisher").unwrap_or_default().to_owned(),
                entry.field("title")?.to_owned(),
            ))
        },
        |entry| {
            Some((
                entry.field("text")?.to_owned(),
                entry.field("publisher").unwrap_or_default().to_owned(),
            ))
        },
    ];
    let mut pairs = Vec::new();
    let mut free_expected: BTreeSet<usize> = (0..expected.len()).collect();
    let mut free_found: BTreeSet<usize> = (0..found.len()).collect();
    for name in NAMES {
        let mut groups: BTreeMap<(String, String), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        let named = |entries: &[Entry], at: usize| entries.get(at).and_then(name);
        for &at in &free_expected {
            if let Some(name) = named(expected, at) {
                groups.entry(name).or_default().0.push(at);
            }
        }
        for &at in &free_found {
            if let Some(name) = named(found, at) {
                groups.entry(name).or_default().1.push(at);
            }
        }
        for (mine, theirs) in groups.into_values() {
            for (a, b) in pair_group(expected, found, mine, theirs) {
                free_expected.remove(&a);
                free_found.remove(&b);
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Within one name: those with the same text first, the rest in order.
fn pair_group(
    expected: &[Entry],
    found: &[Entry],
    mut mine: Vec<usize>,
    mut theirs: Vec<usize>,
) -> Vec<(usize, usize)> {
    let text = |entries: &[Entry], at: usize| {
        entries
            .get(at)
            .and_then(|entry| entry.fields.get("text").cloned())
    };
    let mut pairs = Vec::new();
    mine.retain(|&a| {
        let same = theirs
            .iter()
            .position(|&b| text(expected, a) == text(found, b));
        same.map(|at| pairs.push((a, theirs.remove(at)))).is_none()
    });
    pairs.extend(mine.into_iter().zip(theirs));
    pairs
}

/// Expected story → found story, one to one: those that share most articles first, then those that keep their canonical.
fn match_stories<'a>(
    expected: &'a [Entry],
    found: &'a [Entry],
    pairs: &[(usize, usize)],
) -> BTreeMap<&'a str, &'a str> {
    let mut shared: BTreeMap<(&str, &str), (usize, bool)> = BTreeMap::new();
    for (before, after) in pairs
        .iter()
        .filter_map(|&(a, b)| Some((expected.get(a)?, found.get(b)?)))
    {
        let (count, keeps) = shared.entry((&before.story, &after.story)).or_default();
        *count += 1;
        *keeps |= before.relation == "canonical" && after.relation == "canonical";
    }
    let mut by_weight: Vec<_> = shared.into_iter().collect();
    by_weight.sort_by_key(|&(names, weight)| (std::cmp::Reverse(weight), names));
    let mut matched = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for ((before, after), _) in by_weight {
        // headlines stand in no story, on either side
        let comparable = before.is_empty() == after.is_empty();
        if comparable && !matched.contains_key(before) && !taken.contains(after) {
            matched.insert(before, after);
            taken.insert(after);
        }
    }
    matched
}
