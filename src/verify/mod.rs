//! [`Pair`](crate::candidates::Pair) → [`Match`]: the verdict on the full token sequences of two bodies.

mod align;
mod compare;
mod evidence;
mod frame;
mod judge;
mod kept;
mod passages;
mod plain;
mod prepared;
mod relation;
mod rest;
mod sentences;
mod similarity;
mod slots;
mod thresholds;

use crate::article::ArticleNo;

pub use compare::{Compared, Comparison, Fate, compare};
pub use evidence::{Evidence, Side};
pub use judge::Judge;
pub use prepared::Prepared;
pub use rest::Rest;
pub use thresholds::Thresholds;

/// A ratio of two counts, printed with three decimals computed from the integers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ratio {
    /// Numerator.
    pub of: u32,
    /// Denominator; 0 makes the ratio 0.
    pub all: u32,
}

impl Ratio {
    /// In thousandths, rounded half up: 0..=1000 where `of <= all`.
    #[must_use]
    pub fn thousandths(self) -> u32 {
        if self.all == 0 {
            return 0;
        }
        ((u64::from(self.of) * 2000 + u64::from(self.all)) / (2 * u64::from(self.all))) as u32
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thousandths = self.thousandths();
        write!(f, "{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

/// What a copy is to another article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Relation {
    /// The same body tokens, and the same title where both have one.
    Identical,
    /// The same agency text: retitled, re-credited, lightly edited.
    Copy,
    /// One holds most of the other, in order.
    Excerpt,
    /// Substantial reuse with rewording.
    Rewrite,
    /// A later version of the same agency story.
    Update,
}

impl Relation {
    /// All, the strongest first.
    pub const ALL: [Self; 5] = [
        Self::Identical,
        Self::Copy,
        Self::Excerpt,
        Self::Rewrite,
        Self::Update,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Copy => "copy",
            Self::Excerpt => "excerpt",
            Self::Rewrite => "rewrite",
            Self::Update => "update",
        }
    }

    /// Reads what [`Relation::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.as_str() == text)
    }
}

/// A proven pair. Symmetric but for the fields that say `a` or `b`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Match {
    /// One article.
    pub a: ArticleNo,
    /// The other.
    pub b: ArticleNo,
    /// What they are to each other.
    pub relation: Relation,
    /// |A∩B| / |A∪B| over the sets of word 4-grams.
    pub jaccard: Ratio,
    /// |A∩B| / min(|A|, |B|) over the sets of word 4-grams.
    pub containment: Ratio,
    /// Words of `a` that stand in `b` in runs of at least 4 equal words, in order, over the words of `a`.
    pub verbatim_a: Ratio,
    /// The same for `b`.
    pub verbatim_b: Ratio,
}

/// One of the two articles of a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The first.
    A,
    /// The second.
    B,
}

impl Which {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What two bodies are to each other, with the figures that show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// What they are to each other.
    pub relation: Relation,
    /// Which one holds (more than) the other: said of an excerpt and an update.
    pub holds: Option<Which>,
    /// The figures.
    pub figures: Figures,
}

impl Verdict {
    /// The match of the articles that it was said of.
    #[must_use]
    pub fn between(self, a: ArticleNo, b: ArticleNo) -> Match {
        let Figures {
            jaccard,
            containment,
            verbatim_a,
            verbatim_b,
        } = self.figures;
        Match {
            a,
            b,
            relation: self.relation,
            jaccard,
            containment,
            verbatim_a,
            verbatim_b,
        }
    }

    /// The same verdict on the pair the other way round.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self {
            relation: self.relation,
            holds: self.holds.map(Which::other),
            figures: self.figures.mirrored(),
        }
    }
}

/// How much two bodies share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// |A∩B| / |A∪B| over the sets of word 4-grams.
    pub jaccard: Ratio,
    /// |A∩B| / min(|A|, |B|) over the sets of word 4-grams.
    pub containment: Ratio,
    /// Words of `a` that stand in `b` in runs of at least 4 equal words, in order, over the words of `a`.
    pub verbatim_a: Ratio,
    /// The same for `b`.
    pub verbatim_b: Ratio,
}

impl Figures {
    /// The same figures of the pair the other way round.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self {
            verbatim_a: self.verbatim_b,
            verbatim_b: self.verbatim_a,
            ..self
        }
    }
}

/// Judges one pair; [`Judge`] is quicker for many.
///
/// `None`: neither is a copy of the other. The verdict on (b, a) mirrors that on (a, b).
pub fn verdict(a: &Prepared<'_>, b: &Prepared<'_>, thresholds: &Thresholds) -> Option<Verdict> {
    Judge::new(*thresholds).verdict(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of invented words, one a number; no two share a shingle.
    fn story(from: u32, to: u32) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "lo", "rim", "tes", "vu", "nor", "pi", "dal", "shu", "gren", "mo", "fi", "zat",
            "bel", "co", "jun",
        ];
        let word = |n: u32| {
            let n = xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes()) as usize;
            [n, n >> 8, n >> 16].map(|n| SYLLABLES[n % 16]).concat()
        };
        let sentence = |n: u32| {
            (0..13)
                .map(|i| word(n * 13 + i))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let sentences: Vec<String> = (from..to).map(sentence).collect();
        sentences
            .iter()
            .flat_map(|words| ["The ", words, ".\n"])
            .collect()
    }

    fn judge(a: &str, b: &str) -> Option<Verdict> {
        let (a, b) = (Prepared::new(a, None), Prepared::new(b, None));
        verdict(&a, &b, &Thresholds::default())
    }

    fn relation(a: &str, b: &str) -> Option<Relation> {
        judge(a, b).map(|verdict| verdict.relation)
    }

    #[test]
    fn the_notice_of_another_day_is_no_copy() {
        let balance = |day, [now, before, loans, of, cash, with]: [&str; 6]| {
            format!(
                "Balances of the treasury at the Harbour Bank rose on {day} to {now} billion crowns from {before} billion crowns \
                 on the day before, the treasury said in its latest statement.\nBalances in tax and loan accounts came to {loans} \
                 billion crowns, from {of} billion crowns on the same days.\nThe operating cash of the treasury came to {cash} \
                 billion crowns on {day}, compared with {with} billion crowns a day earlier.\n"
            )
        };
        let one = balance(
            "March 30",
            ["3.254", "2.424", "7.291", "6.119", "10.544", "8.611"],
        );
        let two = balance(
            "April 8",
            ["3.531", "4.229", "5.022", "6.840", "8.553", "11.069"],
        );
        assert_eq!(relation(&one, &two), None);
        let help = |much, forecast, bills, rest| {
            format!(
                "The Harbour Bank said it gave the market {much} million crowns of help this morning.\nThis compares with its \
                 forecast of a shortage of around {forecast} million crowns in the system today.\nThe bank bought bills of the \
                 first band worth {bills} million crowns at nine percent, and {rest} million crowns of other paper.\n"
            )
        };
        let (one, two) = (
            help("103", "650", "71", "32"),
            help("345", "800", "208", "137"),
        );
        assert_eq!(relation(&one, &two), None);
    }

    #[test]
    fn the_same_words_are_identical_unless_retitled() {
        let (one, two) = (story(0, 9), story(0, 9).to_uppercase());
        let compare = |a: Option<&str>, b: Option<&str>| {
            let (a, b) = (Prepared::new(&one, a), Prepared::new(&two, b));
            verdict(&a, &b, &Thresholds::default()).map(|v| v.relation)
        };
        assert_eq!(compare(None, Some("Herons")), Some(Relation::Identical));
        assert_eq!(
            compare(Some("HERONS"), Some("Herons")),
            Some(Relation::Identical)
        );
        assert_eq!(compare(Some("Boats"), Some("Herons")), Some(Relation::Copy));
    }

    #[test]
    fn a_few_changed_words_leave_a_copy() {
        let copy = story(0, 30).replacen("ka", "ke", 5);
        assert_eq!(relation(&story(0, 30), &copy), Some(Relation::Copy));
    }

    #[test]
    fn the_first_third_is_an_excerpt_that_the_whole_holds() {
        let verdict = judge(&story(0, 10), &story(0, 30)).unwrap();
        assert_eq!(verdict.relation, Relation::Excerpt);
        assert_eq!(verdict.holds, Some(Which::B));
        assert_eq!(verdict.figures.containment.thousandths(), 1000);
        assert_eq!(verdict.figures.verbatim_a.thousandths(), 1000);
        assert!(verdict.figures.verbatim_b.thousandths() < 400);
    }

    #[test]
    fn two_stories_share_nothing_that_counts() {
        assert_eq!(judge(&story(0, 20), &story(500, 520)), None);
        assert_eq!(judge("", ""), None);
        assert_eq!(judge("", &story(0, 20)), None);
    }

    #[test]
    fn one_borrowed_passage_is_no_copy() {
        let borrowed = format!("{}{}{}", story(100, 112), story(0, 8), story(112, 124));
        assert_eq!(judge(&story(0, 30), &borrowed), None);
    }

    #[test]
    fn a_shared_statement_is_no_copy() {
        let speech = format!("“{}”\n", story(200, 210).replace('\n', " "));
        let one = format!("{}{speech}{}", story(0, 5), story(5, 9));
        let other = format!("{}{speech}{}", story(50, 54), story(54, 58));
        assert_eq!(judge(&one, &other), None);
    }

    #[test]
    fn the_same_frame_with_other_facts_is_another_story() {
        let report = |firm: &str, profit: u32, sales: &str, chief: &str, day: &str| {
            format!(
                "Shares of {firm} rose on {day} after it reported a profit of {profit} million crowns for \
                 the quarter.\nSales came to {sales} billion crowns, the firm said in a statement to the \
                 exchange.\nThe chief executive, {chief}, said the outlook for the rest of the year had not \
                 changed.\nAnalysts at the bank had expected a profit of {} million crowns on average.",
                profit + 13
            )
        };
        let one = report("Albrekt", 212, "3.41", "Runa Holt", "Monday");
        let other = report("Sundvik", 87, "1.96", "Peder Ask", "Thursday");
        assert_eq!(judge(&one, &other), None);
    }

    #[test]
    fn two_stories_in_one_frame_are_no_copies() {
        let framed = |own: &str| format!("{}{own}{}", story(0, 8), story(8, 16));
        let (one, other) = (framed(&story(40, 48)), framed(&story(60, 68)));
        assert_eq!(judge(&one, &other), None);
        // the same story in that frame, edited, cut or with a note, is one
        let edited = framed(&story(40, 48).replacen("ka", "ke", 9));
        assert_eq!(relation(&one, &edited), Some(Relation::Copy));
        assert!(relation(&one, &framed(&story(40, 43))).is_some());
        let noted = format!("{}{}", story(90, 93), framed(&story(40, 46)));
        assert!(relation(&one, &noted).is_some());
        // and so is it without the frame
        assert_eq!(relation(&one, &story(40, 48)), Some(Relation::Excerpt));
    }

    #[test]
    fn the_verdict_is_the_same_from_both_sides() {
        let texts = [
            story(0, 30),
            story(0, 12),
            story(10, 40),
            story(20, 26),
            format!("{}{}", story(40, 50), story(0, 20)),
            story(0, 30).replace("lo", "li"),
            "Rain.".to_owned(),
            "東京で会談が開かれた。".to_owned(),
            String::new(),
        ];
        let prepared: Vec<Prepared<'_>> = texts.iter().map(|t| Prepared::new(t, None)).collect();
        let mut judge = Judge::new(Thresholds::default());
        for a in &prepared {
            for b in &prepared {
                let there = judge.verdict(a, b);
                assert_eq!(there, judge.verdict(b, a).map(Verdict::mirrored));
                assert_eq!(judge.figures(a, b), judge.figures(b, a).mirrored());
            }
        }
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_characters() {
        let whole = "港の理事会は新しい税の支払いを拒んだ。灯台守は嵐の前に鐘を三度鳴らした。\
                     村の学校では子供たちが鷺の数を数えた。橋は来年の春までに架け直される。";
        let verdict = judge(whole, whole.split_at(36 * 3).0).unwrap();
        assert_eq!(verdict.relation, Relation::Excerpt);
    }

    #[test]
    fn every_set_phrase_of_furniture_is_compiled() {
        assert!(frame::knows("All Rights Reserved"));
        assert!(frame::knows("(Photo by Runa Holt)"));
        assert!(!frame::knows("The harbour board met"));
    }
}
