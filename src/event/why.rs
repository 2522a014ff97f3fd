//! Why a story belongs to its event: the very terms that weighed most when it joined, in the words of its own text.
//!
//! The grouping knows terms by their identities alone; here the text is read once more, for those who ask.

use super::differences::Report;
use super::join::Bond;
use super::syllables::Last;
use super::terms::{StoryTerms, Term};
use crate::article::Key;
use crate::text::{TokenSink, tokenise};

/// What ties a story to the others of its event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reason {
    /// The story.
    pub story: Key,
    /// How alike it is to the others, in thousandths.
    pub likeness: u32,
    /// Names that it shares with them, as printed, the weightiest first.
    pub names: Vec<String>,
    /// Numbers that it shares with them.
    pub numbers: Vec<String>,
    /// Other words that it shares with them.
    pub words: Vec<String>,
    /// Seconds to the nearest other story, where both times are known.
    pub apart: Option<u64>,
}

/// Why each of these reports belongs to the event; `bonds` are theirs, in the same order.
pub(super) fn reasons(reports: &[Report<'_>], bonds: &[Bond]) -> Vec<Reason> {
    let reason = |(at, (report, bond)): (usize, (&Report<'_>, &Bond))| {
        let mut reason = Reason {
            story: report.id,
            likeness: bond.likeness,
            apart: apart(reports, at),
            ..Reason::default()
        };
        let terms = StoryTerms::with_pairs(report.title, report.body);
        for (id, word) in printed(report, &bond.terms) {
            let term = terms.terms().iter().find(|term| term.id() == id);
            let list = match term {
                Some(term) if Term::is_number(*term) => &mut reason.numbers,
                Some(term) if Term::is_name(*term) => &mut reason.names,
                _ => &mut reason.words,
            };
            list.push(word);
        }
        reason
    };
    reports.iter().zip(bonds).enumerate().map(reason).collect()
}

/// Seconds from a report to the nearest other one.
fn apart(reports: &[Report<'_>], at: usize) -> Option<u64> {
    let own = reports.get(at)?.published?.seconds;
    let others = reports.iter().enumerate().filter(|(other, _)| *other != at);
    let gaps = others.filter_map(|(_, other)| Some(other.published?.seconds.abs_diff(own)));
    gaps.min()
}

/// These terms as a report prints them, in their order; the last form in it counts, for a headline may be all capitals.
fn printed(report: &Report<'_>, terms: &[u32]) -> Vec<(u32, String)> {
    let mut found: Vec<Option<&str>> = vec![None; terms.len()];
    for text in [report.title.unwrap_or_default(), report.body] {
        let mut heard: Vec<Option<&str>> = vec![None; terms.len()];
        let found_in = &mut heard;
        tokenise(
            text,
            &mut Printed {
                text,
                terms,
                found: found_in,
                last: Last::default(),
            },
        );
        for (slot, word) in found.iter_mut().zip(heard) {
            *slot = word.or(*slot);
        }
    }
    let words = terms.iter().zip(found);
    words
        .filter_map(|(&id, word)| Some((id, word?.to_owned())))
        .collect()
}

/// Hears where some terms stand first in a text.
struct Printed<'a, 'f> {
    text: &'a str,
    terms: &'a [u32],
    found: &'f mut [Option<&'a str>],
    last: Last,
}

impl Printed<'_, '_> {
    fn hear(&mut self, hash: u64, start: usize, len: usize) {
        let id = Term::id_of(hash);
        if let Some(at) = self.terms.iter().position(|&term| term == id)
            && let Some(slot) = self.found.get_mut(at)
            && slot.is_none()
        {
            *slot = self.text.get(start..start + len);
        }
    }
}

impl TokenSink for Printed<'_, '_> {
    fn word(&mut self, hash: u64, start: usize, len: usize) {
        self.hear(Term::told_by(self.text, start, len, hash), start, len);
        if let Some((pair, first)) = self.last.pair(hash, start, len, false) {
            self.hear(pair, first, start + len - first);
        }
    }

    fn bigram(&mut self, hash: u64, start: usize, len: usize) {
        self.hear(hash, start, len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Moment;

    #[test]
    fn terms_come_back_as_names_numbers_and_words_with_the_time_between() {
        let report = |id, body, day| Report {
            id: Key(id),
            title: Some("QUAKE IN TARSK"),
            body,
            source: None,
            published: Moment::parse(day),
        };
        let reports = [
            report(
                1,
                "Early on Monday a quake hit Tarsk. Some 9,000 homes fell.",
                "2025-08-17",
            ),
            report(2, "Rescuers dug in Tarsk.", "2025-08-19"),
        ];
        let id = |word: &str| {
            let terms = StoryTerms::of(None, None, word);
            terms.terms().first().map(|term| term.id())
        };
        let terms = ["tarsk", "9,000", "quake", "absent"];
        let bond = Bond {
            likeness: 412,
            terms: terms.into_iter().filter_map(id).collect(),
        };
        let found = reasons(&reports, &[bond, Bond::default()]);
        let first = &found[0];
        assert_eq!(first.names, ["Tarsk"]);
        assert_eq!(first.numbers, ["9,000"]);
        assert_eq!(first.words, ["quake"]);
        assert_eq!((first.likeness, first.apart), (412, Some(2 * 86_400)));
    }
}
