//! Names of persons, told from names of publishers and headlines by the given name in front. Given names are data, in
//! `people.tsv`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::press::is_press;
use super::shapes::Shapes;
use super::signed::is_agency;
use crate::memo::{Memo, remembered};

/// What the table says.
struct People {
    /// In order.
    given: Vec<&'static str>,
    /// Those of the given names.
    shapes: Shapes<1024>,
    desks: Vec<&'static str>,
    roles: HashSet<&'static str>,
    joints: Vec<&'static str>,
    surnames: Vec<&'static str>,
}

/// The words of a kind, in small letters.
fn words<T: FromIterator<&'static str>>(kind: &str) -> T {
    let rows = include_str!("people.tsv").lines();
    let own = rows.filter_map(|row| row.strip_prefix(kind)?.strip_prefix('\t'));
    own.flat_map(parted).collect()
}

/// A row's words. There are thousands, so they are parted by a fast search.
fn parted(row: &'static str) -> impl Iterator<Item = &'static str> {
    let mut from = 0;
    let ends = memchr::memchr_iter(b' ', row.as_bytes()).chain([row.len()]);
    ends.filter_map(move |end| {
        let word = row.get(from..end);
        from = end + 1;
        word
    })
}

static PEOPLE: LazyLock<People> = LazyLock::new(|| {
    let given: Vec<&str> = words("given");
    People {
        shapes: Shapes::of(given.iter().copied()),
        given,
        desks: words("desk"),
        roles: words("role"),
        joints: words("joint"),
        surnames: words("surname"),
    }
});

/// Bytes of a line of names, words of one name, and of several that nothing parts.
const LONGEST: usize = 100;
const WORDS: usize = 4;
const SEVERAL: usize = 10;

/// Bytes of the longest given name, and of a small word inside or between names.
const GIVEN: usize = 28;
const PARTICLE: usize = 4;

/// Bytes of the name of a desk.
const DESK: usize = 40;

/// Bytes of a name in a script without spaces.
const WIDE: usize = 18;

/// Small words inside a name.
const PARTICLES: [&str; 16] = [
    "de", "da", "do", "dos", "del", "der", "den", "di", "du", "la", "le", "van", "von", "el", "al",
    "bin",
];

/// Whether a line is the name of a person or the names of several, each with a known given name in front, or a desk that
/// signs: `Ann Lee`, `Ann Lee and Tom van der Roe`, `HN Staff`.
pub(super) fn is_person(text: &str) -> bool {
    let odd = |c: char| {
        c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '/' | '(' | '"' | '|' | '@' | '_')
    };
    if text.len() > LONGEST || text.contains(odd) {
        return false;
    }
    if !text.contains(' ') {
        return is_wide_name(text);
    }
    are_all_names(text) && !is_press(text) && !is_agency(text)
}

/// Whether a word of a script without spaces is a name: a known surname and one to three signs more.
fn is_wide_name(text: &str) -> bool {
    let given = |surname: &&str| {
        let rest = text.strip_prefix(*surname).unwrap_or("");
        let sign = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
        (1..=3).contains(&rest.chars().count()) && rest.chars().all(sign)
    };
    let kanji = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    text.len() <= WIDE && text.starts_with(kanji) && PEOPLE.surnames.iter().any(given)
}

/// Whether a line is a name, or several with signs or words between; then only the first need be known.
fn are_all_names(text: &str) -> bool {
    let mut names = 0;
    let mut own: Vec<&str> = Vec::with_capacity(WORDS);
    let mut fit = |own: &mut Vec<&str>| {
        let fits =
            own.is_empty() || are_names(own) || names > 0 && are_capital(own) && own.len() <= WORDS;
        names += usize::from(!own.is_empty());
        own.clear();
        fits
    };
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let joint = is_joint(word);
        own.extend(Some(word.trim_end_matches(',')).filter(|word| !joint && !word.is_empty()));
        if (joint || word.ends_with(',')) && !fit(&mut own) {
            return false;
        }
    }
    fit(&mut own) && names > 0
}

/// Whether words, two at least, start with capitals as in a name.
fn are_capital(words: &[&str]) -> bool {
    words.len() >= 2 && words.iter().all(|word| is_capital(word))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)
}

/// Whether words are one name, or several that nothing parts.
fn are_names(words: &[&str]) -> bool {
    let Some((first, rest)) = words.split_first().filter(|_| are_capital(words)) else {
        return false;
    };
    let desk = rest.last().is_some_and(|last| {
        PEOPLE
            .desks
            .iter()
            .any(|desk| desk.eq_ignore_ascii_case(last))
    });
    if desk && words.len() <= 3 {
        return true;
    }
    // `J. Ann Lee`, `Anna-Lena Roe`
    let given = if is_initial(first) && rest.len() > 1 {
        rest.first().unwrap_or(first)
    } else {
        first
    };
    if !is_given(given) {
        return false;
    }
    let several = || {
        words.len() <= SEVERAL
            && words.iter().filter(|word| is_given(word)).count() * 3 >= words.len()
    };
    words.len() <= WORDS || several()
}

fn is_given(word: &str) -> bool {
    let word = word.split('-').next().unwrap_or(word);
    if word.len() > GIVEN || !word.starts_with(char::is_uppercase) {
        return false;
    }
    if word.is_ascii() && !PEOPLE.shapes.may_have(word) {
        return false;
    }
    let word = word.to_lowercase();
    PEOPLE.given.binary_search(&&*word).is_ok()
}

/// Whether a line starts like the name of a person or ends like that of a desk: most do not, and are told by little.
fn may_be(text: &str) -> bool {
    let Some((first, rest)) = text.split_once(' ') else {
        return is_wide_name(text);
    };
    if first.starts_with(|c: char| c.is_ascii() && !c.is_ascii_uppercase()) {
        return false;
    }
    let second = rest.split(' ').next().unwrap_or(rest);
    // a headline goes on in small letters
    let small = second.starts_with(|c: char| c.is_ascii_lowercase());
    if small && (second.len() > PARTICLE || !is_capital(second) && !is_joint(second)) {
        return false;
    }
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    let is_desk = || {
        PEOPLE
            .desks
            .iter()
            .any(|desk| desk.eq_ignore_ascii_case(last))
    };
    is_given(first) || is_initial(first) && is_given(second) || text.len() <= DESK && is_desk()
}

fn is_joint(word: &str) -> bool {
    word.len() <= PARTICLE && PEOPLE.joints.contains(&word)
}

/// `J.`
fn is_initial(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() == 2
}

/// Who signs, where a line says that and no more than what they are or for whom they write: `Ann Lee Reporter`, `Ann Lee, dpa`.
pub(super) fn person(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '_' | '*' | '–' | '—' | '-' | ',')
    });
    if text.len() > LONGEST {
        return None;
    }
    // pages print the same names again and again
    let range = remembered(&PERSONS, text, || {
        let name = found(text)?;
        let start = (name.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        Some(start..start.wrapping_add(name.len()))
    });
    text.get(range?)
}

/// Lines of which a thread remembers whom they name.
const REMEMBERED: usize = 1 << 10;

thread_local! {
    static PERSONS: RefCell<Memo<Option<Range<usize>>>> = const { RefCell::new(Memo::new(REMEMBERED)) };
}

fn found(text: &str) -> Option<&str> {
    if !may_be(text) {
        return None;
    }
    let name = undoubled(without_role(text));
    if is_person(name) {
        return Some(name);
    }
    let (name, site) = text.rsplit_once(", ")?;
    ((is_agency(site) || is_press(site)) && is_person(name)).then_some(name)
}

/// A name without what stands behind it: what the person is, a button (`Ann Lee Reporter`, `Ann Lee Follow`).
fn without_role(name: &str) -> &str {
    let mut parts = name.split_inclusive([' ', '_']);
    let is_role = |part: &str| {
        PEOPLE
            .roles
            .contains(&*part.trim_end_matches([' ', '_', ',', ':']).to_lowercase())
    };
    let bytes = parts
        .by_ref()
        .take_while(|part| !is_role(part))
        .map(str::len)
        .sum();
    let person = name
        .get(..bytes)
        .unwrap_or(name)
        .trim_end_matches([' ', '_', ',']);
    if person.contains(' ') { person } else { name }
}

/// A name that is there twice, as text of its picture and as a link: `Ann Lee Ann Lee` → `Ann Lee`.
fn undoubled(name: &str) -> &str {
    let (first, second) = name.split_at_checked(name.len() / 2).unwrap_or((name, ""));
    match second.strip_prefix(' ') {
        Some(second) if first == second => first,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_have_a_given_name_in_front() {
        for name in [
            "Ann Lee",
            "ANN LEE",
            "Tom van der Roe",
            "Ann Lee and Tom Roe",
            "Ann Lee, Tom Roe und Eva Kettner",
            "Anna-Lena Kessler",
            "J. Ann Lee",
            "Ann Lee and Zibwe Kettner",
            "Eva Kettner Tom Roe Jan Ole Brandt",
            "Ольга Рыбакова",
            "HN Staff",
            "渡辺一郎",
        ] {
            assert!(is_person(name), "{name}");
        }
        for name in [
            "Harbour Gazette",
            "Ann",
            "Food Network",
            "Reuters",
            "Sport",
            "Tom wins the regatta",
            "Ann Lee, Mayor of Norhaven",
            "Ann Lee: Notes",
            "渡辺一郎の灯台の話",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }

    #[test]
    fn what_stands_behind_a_name_is_no_part_of_it() {
        assert_eq!(without_role("Eva Kettner Redakteurin"), "Eva Kettner");
        assert_eq!(without_role("Eva Kettner"), "Eva Kettner");
        assert_eq!(
            person("Ann Lee Follow @annlee Email ann@site.example"),
            Some("Ann Lee")
        );
        assert_eq!(person("_Ann Lee_Reporter_"), Some("Ann Lee"));
        assert_eq!(without_role("Kettner Redakteurin"), "Kettner Redakteurin");
        assert_eq!(undoubled("Ann Lee Ann Lee"), "Ann Lee");
        assert_eq!(undoubled("Ann Lee Ann Roe"), "Ann Lee Ann Roe");
    }

    #[test]
    fn each_row_is_of_a_known_kind_and_in_small_letters() {
        for row in include_str!("people.tsv")
            .lines()
            .filter(|row| !row.starts_with('#'))
        {
            let (kind, words) = row.split_once('\t').unwrap_or((row, ""));
            assert!(
                ["given", "desk", "role", "joint", "surname"].contains(&kind),
                "{row}"
            );
            assert_eq!(words, words.to_lowercase(), "{row}");
        }
        let given: Vec<&str> = words("given");
        assert!(given.iter().all(|name| name.len() <= GIVEN));
        assert!(
            words::<Vec<_>>("joint")
                .iter()
                .all(|joint| joint.len() <= PARTICLE)
        );
        assert!(
            given.is_sorted(),
            "given names are looked up by their order"
        );
    }
}
