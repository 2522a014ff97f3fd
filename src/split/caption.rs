//! Captions and credits of pictures, told by their look.

use std::sync::LazyLock;

use super::bytes::{any_of, bits};
use super::kind::ends_sentence;
use super::phrases::{Phrase, phrases};
use super::signed::are_names;

/// Signs of a picture's credit, anywhere in a short line.
const CREDITS: [&str; 37] = [
    "Photograph: ",
    "Fot. ",
    "Foto di ",
    "(AP Photo",
    "AP Photo/",
    "via AP)",
    "REUTERS/",
    "Reuters/",
    "AFP/",
    "Getty Images",
    "(Photo by",
    "Photo by",
    "Picture by ",
    "Photos: ",
    "Fotos: ",
    "BILD: ",
    "Bild: ",
    "Foto de ",
    "| Pool",
    "/AP/",
    "/dpa",
    "Photo: ",
    "Foto: ",
    "(Photo:",
    "Shutterstock",
    "EPA/",
    "EPA-EFE/",
    "/ via REUTERS",
    "(File photo",
    "IMAGO/",
    "Credit: ",
    ". Picture: ",
    ". Image: ",
    ". Source: Supplied",
    "Bildrechte: ",
    "Фото: ",
    "Fotoğraf: ",
];

/// Bytes of the longest of them.
const LONGEST_CREDIT: usize = 18;

/// Bytes of a line that is only whose a picture is.
const OWNER: usize = 48;

/// `Imago/Ann Lee`, `Ann Lee / Reuters`: nothing but names around a slash, one of them who takes pictures.
fn is_bare_credit(text: &str) -> bool {
    let Some((one, other)) = text.split_once('/') else {
        return false;
    };
    // `afp/getty` stands for both
    let is_taker = |name: &str| {
        let name = name.trim().trim_end_matches(".de").to_lowercase();
        let first = name.split('/').next().unwrap_or("");
        phrases(Phrase::Taker).contains(&first)
    };
    let few = |name: &str| (1..=4).contains(&name.split_whitespace().count());
    let capital = |name: &str| name.trim().starts_with(char::is_uppercase);
    few(one) && few(other) && capital(one) && capital(other) && (is_taker(one) || is_taker(other))
}

/// Bytes of a caption whose sentences end before the bracket of its credit; of any other.
const LONGEST: usize = 700;
const USUAL: usize = 300;

/// Bytes that may stand behind one.
const BEHIND_CREDIT: usize = 45;

/// The signs that start with a byte, by their places among all.
static BY_FIRST: LazyLock<[Vec<u8>; 256]> = LazyLock::new(|| {
    let mut all = [const { Vec::new() }; 256];
    for (number, sign) in (0..).zip(CREDITS) {
        if let Some(&first) = sign.as_bytes().first() {
            all[usize::from(first)].push(number);
        }
    }
    all
});

/// Whether a line is the caption or credit of a picture.
pub(super) fn is_caption(text: &str) -> bool {
    let start = text.trim_start_matches(['[', '(']);
    if start.len() != text.len() && is_image_name(start) {
        return true;
    }
    if let Some(owner) = text.strip_prefix('©') {
        return owner.contains('/') || text.len() <= OWNER && are_names(owner.trim());
    }
    if text.len() <= OWNER && is_bare_credit(text) {
        return true;
    }
    if !has_sign(text) {
        return false;
    }
    if text.len() < USUAL && (ends_in_owner(text) || in_brackets(text)) {
        return true;
    }
    if text.ends_with(')') && text.len() < LONGEST && ends_in_person(text) {
        return true;
    }
    if text.len() < USUAL && ends_in_employee(text) {
        return true;
    }
    let first = text.as_bytes().first().map_or(0, |&byte| usize::from(byte));
    let mut own = BY_FIRST[first].iter();
    let start = text.len() < 160 && own.any(|&sign| text.starts_with(CREDITS[usize::from(sign)]));
    start || ends_in_credit(text)
}

/// Bytes of a line that may be a credit: a sign, or the letter of a word.
const SIGN: u8 = 1;
const LETTER: u8 = 1 << 1;

/// Whether one of the signs or words stands in a line that all credits have.
fn has_sign(text: &str) -> bool {
    let seen = any_of(text, |byte| {
        bits(byte == b'/', SIGN)
            | bits(byte == b':', SIGN)
            | bits(byte == b'(', SIGN)
            | bits(byte == b'|', SIGN)
            | bits(byte == b'G', LETTER)
            | bits(byte == b'S', LETTER)
            | bits(byte == b')', LETTER)
    });
    let words = || has(text, "Getty") || has(text, "Shutter") || has(text, "AP)");
    seen & SIGN > 0 || seen & LETTER > 0 && words()
}

/// `The harbour at night. © Ann Lee / Reuters`
fn ends_in_owner(text: &str) -> bool {
    let owner = text
        .rfind('©')
        .and_then(|at| text.get(at + '©'.len_utf8()..));
    owner.is_some_and(|owner| {
        owner.len() <= OWNER && owner.contains('/') && !owner.contains(|c: char| c.is_ascii_digit())
    })
}

/// `(File 2013/The Associated Press)`: a line that is only a credit.
fn in_brackets(text: &str) -> bool {
    let inside = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    inside.is_some_and(|inside| inside.len() <= OWNER && is_bare_credit(inside))
}

/// Whether a person and who they work for, parted by a slash, stand in brackets at the end: `(Ann Lee / Daily News)`.
fn ends_in_person(text: &str) -> bool {
    let open = text.rfind('(');
    let told = |open: usize| text.get(..open).is_some_and(ends_sentence);
    if text.len() >= USUAL && !open.is_some_and(told) {
        return false;
    }
    let inside = open.and_then(|open| text.get(open + 1..text.len() - 1));
    let parts = inside.and_then(|inside| inside.split_once('/'));
    let names = |part: &str| {
        let mut words = part.split_whitespace();
        let capitals = words
            .clone()
            .all(|word| word.starts_with(char::is_uppercase));
        (1..=4).contains(&words.clone().count())
            && capitals
            && words.all(|word| {
                word.chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
            })
    };
    parts.is_some_and(|(person, name)| person.contains(' ') && names(person) && names(name))
}

/// Whether a person and who they work for stand behind a sentence, without brackets: `Water pours in. Ann Lee/Courier`,
/// `… (4/10/2022). ANTARA/Rani Putri`.
fn ends_in_employee(text: &str) -> bool {
    // the slash stands near the end
    let Some(slash) = memchr::memrchr(b'/', text.as_bytes()) else {
        return false;
    };
    let Some(at) = text.get(..slash).and_then(|front| front.rfind(". ")) else {
        return false;
    };
    let parts = text.get(at + 2..).and_then(|end| end.split_once('/'));
    let names = |part: &str| {
        let mut words = part.split(' ');
        (1..=3).contains(&words.clone().count())
            && words.all(|word| {
                word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || c == '-')
            })
    };
    parts.is_some_and(|(one, two)| {
        names(one) && names(two) && (one.contains(' ') || two.contains(' '))
    })
}

/// Whether some words of ASCII stand in a line. For short lines: a searcher is not made first.
fn has(text: &str, words: &str) -> bool {
    let first = words.bytes().next().unwrap_or(0);
    memchr::memchr_iter(first, text.as_bytes())
        .any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(words)))
}

/// Whether a credit stands at the end; a sentence of the story may name a picture before that.
fn ends_in_credit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let low = bytes.len().saturating_sub(LONGEST_CREDIT + BEHIND_CREDIT);
    let mut seen = 0u64;
    for at in (low..bytes.len()).rev() {
        for &number in &BY_FIRST[usize::from(bytes[at])] {
            let sign = CREDITS[usize::from(number)];
            let last = seen & 1u64 << number == 0 && bytes[at..].starts_with(sign.as_bytes());
            if last {
                seen |= 1u64 << number;
                let end = at + sign.len();
                if bytes.len() <= end + BEHIND_CREDIT
                    && !is_claim(text, at)
                    && !is_signature(text, at, sign)
                    && !is_in_sentence(text, at, sign)
                    && !goes_on(text, end, sign)
                {
                    return true;
                }
            }
        }
    }
    false
}

/// `(c)AFP/Name` behind a text claims the text, not a picture.
fn is_claim(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    before.ends_with("(c)") || before.ends_with('©') && before.len() > 1 && text.len() > 160
}

/// `lni/dpa` behind a text: whoever wrote it, in small letters.
fn is_signature(text: &str, at: usize, sign: &str) -> bool {
    let before = text.get(..at).unwrap_or("");
    let word = before.rsplit([' ', '(', '\u{a0}']).next().unwrap_or("");
    let small = !word.is_empty() && word.len() <= INITIALS && word.chars().all(char::is_lowercase);
    sign == "/dpa" && small
}

/// `… pictures from Getty Images.`, `… the Child Tax Credit: $2,000.`: words of a sentence that ends the line.
fn is_in_sentence(text: &str, at: usize, sign: &str) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    let open = before.ends_with(char::is_alphanumeric) && ends_sentence(text);
    let word = before.rsplit(' ').next().unwrap_or("");
    let small = word.starts_with(char::is_lowercase);
    let labels = sign.trim_end().ends_with(':');
    open && sign.starts_with(char::is_alphabetic) && (labels || small)
}

/// Bytes of somebody's initials and of a desk's.
const INITIALS: usize = 12;

/// `a Reuters/Ipsos poll showed on Monday.`: the sentence goes on behind what is no credit.
fn goes_on(text: &str, end: usize, sign: &str) -> bool {
    let rest = text.get(end..).unwrap_or("");
    let mut words = rest.split_whitespace().skip(1);
    sign.ends_with('/') && words.any(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
}

/// `photo-123.jpg]`: what a dumper prints for a picture without a text.
fn is_image_name(text: &str) -> bool {
    let name = text.trim_end_matches([']', ')']);
    let lower = name.to_ascii_lowercase();
    !name.contains(' ')
        && [".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp"]
            .iter()
            .any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_a_picture_is_tells_its_caption() {
        let long = "A street under water after the rain of the night. ".repeat(6);
        for line in [
            "© Ann Lee",
            "Imago/Ann Lee",
            "Ann Lee / Reuters",
            "EFE/ A. Lee",
            "A street under water. Picture: Ann Lee",
            &format!("{long}(Ann Lee/Associated Press)"),
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "© 2024 Harbour Gazette",
            "Bread/butter and the price of flour",
            "The bigger picture: what the rain brought",
            "Ann Lee/Tom Roe",
            "lni/dpa",
            "The mayor called for a higher wall along the market before the autumn. gem/dpa",
            "Most of the town wants the wall, a Reuters/Ipsos poll showed on Monday.",
            "The town sued a site that sells pictures from Getty Images.",
            "Whoever has a child gets the Child Tax Credit: $2,000 each year.",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }

    #[test]
    fn every_credit_is_found_at_the_end_of_a_line() {
        for sign in CREDITS {
            assert!(sign.len() <= LONGEST_CREDIT, "{sign}");
            let line = format!("A street under water after the rain {sign} Ann Lee");
            assert!(ends_in_credit(&line), "{line}");
        }
        assert!(!ends_in_credit(
            "A street under water after the rain: Ann Lee"
        ));
    }
}
