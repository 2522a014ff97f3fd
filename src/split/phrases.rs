//! Words and phrases that tell what a line or a part of it is for, by what they are for. All are data, in `phrases.tsv`.

use std::sync::LazyLock;

/// What phrases of the table tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phrase {
    /// Between a publisher and the agency that helped it.
    With,
    /// A line between documents of an export.
    Between,
    /// In front of a source.
    Source,
    /// A button behind a name.
    Follow,
    /// What is counted beside a headline.
    Counted,
    /// In front of who signed.
    Signed,
    /// A request to the reader.
    Asks,
    /// What a copyright line says besides its owner.
    Rights,
    /// What a menu is about besides its site.
    NoSite,
    /// The edition of a publisher, behind its name.
    Edition,
    /// In front of the whole text.
    Full,
    /// The issue that an article stood in.
    Issue,
    /// The end of a line that says who comments.
    Says,
    /// What a paragraph below a text says that speaks of the site.
    Notice,
    /// Who takes pictures for others.
    Taker,
}

impl Phrase {
    const ALL: [(Self, &'static str); 15] = [
        (Self::With, "with"),
        (Self::Between, "between"),
        (Self::Source, "source"),
        (Self::Follow, "follow"),
        (Self::Counted, "counted"),
        (Self::Signed, "signed"),
        (Self::Asks, "asks"),
        (Self::Rights, "rights"),
        (Self::NoSite, "no-site"),
        (Self::Edition, "edition"),
        (Self::Full, "full"),
        (Self::Issue, "issue"),
        (Self::Says, "says"),
        (Self::Notice, "notice"),
        (Self::Taker, "taker"),
    ];
}

static PHRASES: LazyLock<[Vec<&'static str>; Phrase::ALL.len()]> = LazyLock::new(|| {
    let rows = || {
        let rows = include_str!("phrases.tsv").lines();
        rows.filter_map(|row| row.split_once('\t'))
    };
    Phrase::ALL.map(|(_, name)| {
        let own = rows().filter(|(kind, _)| *kind == name);
        own.map(|(_, text)| text).collect()
    })
});

/// The phrases that tell this, in the order of the table.
pub(super) fn phrases(which: Phrase) -> &'static [&'static str] {
    &PHRASES[which as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_the_table_is_known_and_has_phrases() {
        for (at, (which, name)) in Phrase::ALL.into_iter().enumerate() {
            assert_eq!(which as usize, at, "{name}");
            assert!(!phrases(which).is_empty(), "{name}");
        }
        let rows = include_str!("phrases.tsv").lines();
        for (kind, _) in rows.filter_map(|row| row.split_once('\t')) {
            let known = Phrase::ALL.iter().any(|(_, name)| *name == kind);
            assert!(known || kind.starts_with('#'), "{kind}");
        }
    }
}
