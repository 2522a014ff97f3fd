//! Agencies by the names and tags that stand for them.
//!
//! The table is data (`agency.tsv`); what is in it is known, a tag of the same form that is not is kept as written, and
//! a station's or site's own tag is no agency.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::marks::Marks;
use super::table::Table;

/// What a name in the table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Writes for others.
    Agency,
    /// A publisher that also sells its texts: no credit when it is the publisher of the page.
    Syndicate,
    /// A station, network or site: its tag is no credit.
    Own,
}

/// A row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Agency {
    /// As reported.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
}

/// What a tag such as `(Reuters)` or `(KTVI)` stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag<'a> {
    /// An agency of the table.
    Known(&'static str),
    /// The station's or site's own.
    Own,
    /// In no table: as written.
    Unknown(&'a str),
}

static TABLE: LazyLock<Vec<(&'static str, Agency)>> = LazyLock::new(|| {
    include_str!("agency.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(row)
        .collect()
});

static BY_NAME: LazyLock<Table<Agency>> = LazyLock::new(|| {
    let rows = TABLE.iter();
    Table::new(rows.map(|(name, agency)| (name.to_lowercase(), *agency)))
});

/// All names that are no words of a language.
static IN_TEXT: LazyLock<Marks> = LazyLock::new(|| {
    let names = TABLE
        .iter()
        .filter(|(name, agency)| agency.kind != Kind::Own && !is_word(name))
        .map(|(name, _)| *name);
    // upper case only where a name is an abbreviation: `pa` and `na` are words
    Marks::new(names.chain(["REUTERS", "KYODO", "JIJI", "BLOOMBERG"]))
});

fn row(line: &'static str) -> Vec<(&'static str, Agency)> {
    let mut cells = line.split('\t');
    let (Some(name), Some(kind)) = (cells.next(), cells.next()) else {
        return Vec::new();
    };
    let kind = match kind {
        "agency" => Kind::Agency,
        "syndicate" => Kind::Syndicate,
        _ => Kind::Own,
    };
    let further = cells.next().unwrap_or_default().split('|');
    std::iter::once(name)
        .chain(further)
        .filter(|name| !name.is_empty())
        .map(|alias| (alias, Agency { name, kind }))
        .collect()
}

/// The row of a name, in any case, without a full stop behind it.
pub fn lookup(name: &str) -> Option<Agency> {
    let name = name.trim().trim_end_matches('.');
    // the longest name has 40 bytes; longer text needs no lookup
    if name.is_empty() || name.len() > 60 {
        return None;
    }
    BY_NAME.get_lower(name).copied()
}

/// What a tag stands for; of several (`AP/WKRC`, `dpa/lno`) the first that is known.
pub fn tag(text: &str) -> Tag<'_> {
    let text = text.trim();
    let whole = lookup(text);
    let found = whole.or_else(|| {
        text.split(['/', ',', '+', '&', '='])
            .flat_map(|part| part.split(" and "))
            .flat_map(|part| part.split(" - "))
            .filter_map(lookup)
            .min_by_key(|agency| agency.kind == Kind::Own)
    });
    match found {
        Some(agency) if agency.kind == Kind::Own => Tag::Own,
        Some(agency) => Tag::Known(agency.name),
        None if is_station(text) => Tag::Own,
        None => Tag::Unknown(text),
    }
}

/// The agencies that a text names as whole words, each once, in their order; of two names that start alike the longer.
pub fn named_in(text: &str) -> Vec<&'static str> {
    let places = IN_TEXT.places_in(text).into_iter();
    let mut hits: Vec<(usize, usize)> = places
        .filter_map(|(number, start)| Some((start, start + IN_TEXT.all().get(number)?.len())))
        .filter(|&(start, end)| parts_words(text, start) && parts_words(text, end))
        .collect();
    hits.sort_unstable_by_key(|&(start, end)| (start, Reverse(end)));
    let (mut found, mut read) = (Vec::new(), 0);
    for (start, end) in hits {
        if start < read {
            continue;
        }
        read = end;
        let agency = text.get(start..end).and_then(lookup);
        if let Some(agency) = agency.filter(|agency| !found.contains(&agency.name)) {
            found.push(agency.name);
        }
    }
    found
}

/// Whether a word starts or ends at a byte.
fn parts_words(text: &str, at: usize) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let (before, after) = text.split_at(at);
    before.ends_with(in_word) != after.starts_with(in_word)
}

/// An agency that is all of a credit's part: `Associated Press`, `AP Sports Writer`, `Reuters Staff`, `dpa correspondents`.
pub fn in_part(part: &str) -> Option<Agency> {
    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
    // a word in small letters is an agency only where that is its name: `dpa`
    let small = part.bytes().all(|byte| byte.is_ascii_lowercase());
    if let Some(found) = lookup(part).filter(|found| !small || found.name == part) {
        return Some(found);
    }
    // `Redazione ANSA`, `Agência Lusa`
    let desk = part
        .split_once(' ')
        .filter(|(word, _)| DESKS.contains(word));
    if let Some(found) = desk.and_then(|(_, name)| lookup(name)) {
        return Some(found);
    }
    let last = part.rsplit(' ').next()?.to_lowercase();
    let roles = [
        "writer",
        "writers",
        "staff",
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "journalist",
        "journalists",
        "editor",
        "service",
        "agency",
        "photographer",
        "wire",
    ];
    if !roles.contains(&last.as_str()) {
        return None;
    }
    // the longest name at the start
    let mut end = part.len();
    while let Some(space) = part.get(..end)?.rfind(' ') {
        end = space;
        // `Petra Lind North of England correspondent` is a person
        let between = part.get(end..)?;
        let office = between
            .split(' ')
            .skip(1)
            .all(|word| !word.starts_with(char::is_lowercase) || roles.contains(&word));
        if let Some(found) = lookup(part.get(..end)?).filter(|_| office) {
            return Some(found);
        }
    }
    None
}

/// What stands in front of the name of an agency.
const DESKS: [&str; 10] = [
    "Redazione",
    "Redacción",
    "Redação",
    "Agencia",
    "Agência",
    "Agence",
    "Agenzia",
    "Agentur",
    "Agentura",
    "Agencja",
];

/// Whether a name is also a word of its language, or as short as one where no capitals tell: it counts only as a tag.
fn is_word(name: &str) -> bool {
    const WORDS: [&str; 15] = [
        "Nova",
        "Vista",
        "Trend",
        "Prime",
        "Beta",
        "Dire",
        "Stacker",
        "Kabar",
        "Бета",
        "ПРАЙМ",
        "Кабар",
        "INA",
        "ATA",
        "MIA",
        "RSS",
    ];
    let plain = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
    let cjk = |c: char| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    WORDS.contains(&name) || name.starts_with(|c| plain(c) && !cjk(c)) && name.chars().count() <= 8
}

/// Agencies whose tags are printed in small letters: `(dpa)`, `Wien. (apa)`.
pub fn is_lower(name: &str) -> bool {
    const LOWER: [&str; 18] = [
        "dpa", "dpa-afx", "epd", "dts", "sda", "ats", "awp", "apa", "afp", "ap", "tmn", "kna",
        "sid", "ritzau", "askanews", "ansa", "ntb", "rtr",
    ];
    LOWER.contains(&name)
}

/// Whether a tag is the address of a site: `KOMPAS.com`, `VOV.VN`.
pub fn is_site(tag: &str) -> bool {
    let Some((name, end)) = tag.rsplit_once('.') else {
        return false;
    };
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let zone = end.bytes().all(|b| b.is_ascii_alphabetic());
    (2..=4).contains(&end.len())
        && zone
        && name.len() >= 3
        && name.chars().all(letters)
        && !name.starts_with('.')
}

/// Call signs of North American stations (`KTVI`, `WKRC-TV`), networks' local desks and addresses of sites.
fn is_station(tag: &str) -> bool {
    let sign = tag.split(['-', ' ']).next().unwrap_or_default();
    let call = (3..=4).contains(&sign.len())
        && sign.starts_with(['K', 'W', 'C'])
        && sign.bytes().all(|b| b.is_ascii_uppercase());
    let network = ["CBS", "NBC", "ABC", "FOX", "Fox"]
        .iter()
        .any(|name| tag.starts_with(name));
    call || network || is_site(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_agencies_stations_and_strangers() {
        for (text, expected) in [
            ("Reuters", Tag::Known("Reuters")),
            ("REUTERS", Tag::Known("Reuters")),
            ("Xinhaunet", Tag::Known("Xinhua")),
            ("ТАСС", Tag::Known("TASS")),
            ("dpa/lno", Tag::Known("dpa")),
            ("CNN NEWSOURCE/WKRC", Tag::Known("CNN")),
            ("KTVI", Tag::Own),
            ("WKRC-TV", Tag::Own),
            ("Newser", Tag::Own),
            ("CBSMiami", Tag::Own),
            ("Gazette.com", Tag::Own),
            ("StatePoint", Tag::Unknown("StatePoint")),
        ] {
            assert_eq!(tag(text), expected, "{text}");
        }
    }

    #[test]
    fn agencies_in_bylines_and_in_text() {
        for (part, name) in [
            ("Associated Press", Some("AP")),
            ("Ap National Security Writer", Some("AP")),
            ("Associated Press Writers", Some("AP")),
            ("dpa correspondents =", Some("dpa")),
            ("Reuters Staff", Some("Reuters")),
            ("Ann Lee", None),
            ("Staff Writer", None),
        ] {
            assert_eq!(in_part(part).map(|agency| agency.name), name, "{part}");
        }
        assert_eq!(
            named_in("Copyright 2025 The Associated Press and Reuters"),
            ["AP", "Reuters"]
        );
        assert!(named_in("Pa and Na went home").is_empty());
        // whole words, the longer of two names that start alike
        assert_eq!(
            named_in("APs, Reuterss, AFP-Jiji/REUTERS"),
            ["AFP", "Reuters"]
        );
    }

    #[test]
    fn every_row_has_a_kind() {
        for line in include_str!("agency.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
        {
            let kind = line.split('\t').nth(1);
            assert!(
                matches!(kind, Some("agency" | "syndicate" | "own")),
                "{line}"
            );
        }
    }
}
