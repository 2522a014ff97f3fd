//! Languages told by their commonest words: an answer at a hundredth of the cost of a detector that weighs all languages
//! against each other, and none where it is not beyond doubt. The words are data, in `languages.tsv`.

use std::sync::LazyLock;

use crate::text::class::{Class, class_at};

/// Common words that a text must have of its language: where they are thick, and where they are thin but hardly any is one of
/// another.
const LEAST: u32 = 8;
const LEAST_ALONE: u32 = 4;

/// Words that of two neighbours only the one must have.
const OWN: usize = 6;

/// Common words of a text that are remembered.
const COMMON: usize = 64;

/// Bytes of the longest word of the table.
const LONGEST: usize = 10;

/// The languages, as in the first column of the table.
static LANGUAGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows().map(|row| row.0).collect());

/// Slots of the table of common words: a power of two, most of them free.
const SLOTS: usize = 1 << 13;

/// The common words as numbers, by their slots, with a bit for each language that has the word.
static WORDS: LazyLock<Vec<(u128, u32)>> = LazyLock::new(|| {
    let mut table = vec![(0, 0); SLOTS];
    for (language, (_, list)) in rows().enumerate() {
        for word in list.split(' ') {
            let number = number(word.as_bytes());
            let at = slot(&table, number);
            if let Some(entry) = table.get_mut(at) {
                *entry = (number, entry.1 | 1 << language);
            }
        }
    }
    table
});

/// A word of up to [`LONGEST`] bytes as a number, ASCII letters in lower case.
fn number(word: &[u8]) -> u128 {
    let byte = |all, byte: &u8| all << 8 | u128::from(byte.to_ascii_lowercase());
    word.iter().fold(1, byte)
}

/// The slot where a word stands or would stand.
fn slot(table: &[(u128, u32)], number: u128) -> usize {
    let folded = (number as u64) ^ (number >> 64) as u64;
    let mut at = (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51) as usize % SLOTS;
    while table
        .get(at)
        .is_some_and(|&(known, _)| known != 0 && known != number)
    {
        at = (at + 1) % SLOTS;
    }
    at
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("languages.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
}

/// The languages that have a word among their commonest, a bit for each.
fn listed(table: &[(u128, u32)], word: &str) -> u32 {
    let found = table.get(slot(table, number(word.as_bytes())));
    found.map_or(0, |&(_, languages)| languages)
}

/// The languages that have the first letter of a word that tells one: in the table these stand behind a star.
fn by_letter(table: &[(u128, u32)], word: &str) -> u32 {
    let mut star = [b'*', 0, 0, 0, 0];
    let letters = word.chars().filter(|c| !c.is_ascii());
    letters
        .map(|c| {
            let end = 1 + c.len_utf8();
            c.encode_utf8(&mut star[1..]);
            let found = table.get(slot(table, number(&star[..end])));
            found.map_or(0, |&(_, languages)| languages)
        })
        .find(|&languages| languages != 0)
        .unwrap_or(0)
}

/// Whether a text has a common word of a language; true of languages that the table does not have.
pub(super) fn has_word_of(language: &str, text: &str) -> bool {
    let Some(bit) = LANGUAGES.iter().position(|known| *known == language) else {
        return true;
    };
    let table = WORDS.as_slice();
    words_of(text)
        .filter(|word| word.len() <= LONGEST)
        .any(|word| {
            let found = table.get(slot(table, number(word.as_bytes())));
            found.is_some_and(|&(_, languages)| languages >> bit & 1 == 1)
        })
}

/// The language that every fourth word or more of a text is a common one of, and no other nearly as often; or every sixth,
/// and no other more than three for five of them; or of which it has words that its neighbour lacks.
pub(super) fn told(text: &str) -> Option<&'static str> {
    let mut counts = [0u32; u32::BITS as usize];
    let mut words = 0;
    // which languages have a common word of the text
    let mut common = [0u32; COMMON];
    let mut kept = 0;
    let table = WORDS.as_slice();
    for word in words_of(text) {
        words += 1;
        let mut languages = match word.len() {
            0..=LONGEST => listed(table, word),
            _ => 0,
        };
        if languages == 0 && !word.is_ascii() {
            languages = by_letter(table, word);
        }
        if let Some(slot) = common.get_mut(kept).filter(|_| languages != 0) {
            *slot = languages;
            kept += 1;
        }
        while languages != 0 {
            if let Some(count) = counts.get_mut(languages.trailing_zeros() as usize) {
                *count += 1;
            }
            languages &= languages - 1;
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let others = counts.iter().enumerate();
    let others = others.filter(|&(language, _)| language != best);
    let (second, &next) = others.max_by_key(|(_, count)| **count)?;
    let thick = most >= LEAST && most * 4 >= words && next * 3 <= most * 2;
    let alone = most >= LEAST_ALONE && most * 6 >= words && next * 5 <= most * 3;
    // neighbours share words; what counts then are those that only one of them has
    let own = |one: usize, other: usize| {
        let all = common.iter().take(kept);
        all.filter(|&&languages| languages >> one & 1 == 1 && languages >> other & 1 == 0)
            .count()
    };
    let apart = || {
        let (mine, theirs) = (own(best, second), own(second, best));
        most >= LEAST && most * 4 >= words && mine >= OWN && theirs * 4 <= mine
    };
    let sure = thick || alone || apart();
    LANGUAGES.get(best).copied().filter(|_| sure)
}

/// The runs of letters.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let (mut start, mut at) = (0, 0);
    std::iter::from_fn(move || {
        while at <= text.len() {
            let (inside, length) = letter(text, at);
            let word = text
                .get(start..at)
                .filter(|word| !inside && !word.is_empty());
            at += length;
            if !inside {
                start = at;
            }
            if word.is_some() {
                return word;
            }
        }
        None
    })
}

/// Whether the character at `at` is a letter, and its length; behind the end none is.
fn letter(text: &str, at: usize) -> (bool, usize) {
    match class_at(text.as_bytes(), at) {
        Some((Class::Letter | Class::Run, length)) => (true, length),
        Some((Class::Wide, _)) => {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            c.map_or((false, 1), |c| (c.is_alphabetic(), c.len_utf8()))
        }
        Some((_, length)) => (false, length),
        None => (false, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert!(rows().count() <= u32::BITS as usize);
        for (language, words) in rows() {
            assert_eq!(language.len(), 2, "{language}");
            for word in words.split(' ') {
                assert!((1..=LONGEST).contains(&word.len()), "{language}: {word}");
                assert_eq!(word, word.to_lowercase(), "{language}");
            }
        }
    }

    #[test]
    fn it_says_what_the_detector_says_or_nothing() {
        for (language, text) in [
            (
                "es",
                "El alcalde dijo el lunes que el puente de la ciudad vieja se cierra por un mes y que los autobuses van por la calle del río hasta que las obras terminen.",
            ),
            (
                "pt",
                "O presidente da câmara disse na segunda-feira que a ponte da cidade velha fecha por um mês e que os autocarros vão pela rua do rio até ao fim das obras.",
            ),
            (
                "fr",
                "Le maire a dit lundi que le pont de la vieille ville est fermé pour un mois et que les bus passent par la rue du fleuve avec un retard de dix minutes.",
            ),
            (
                "it",
                "Il sindaco ha detto lunedì che il ponte della città vecchia è chiuso per un mese e che gli autobus passano per la strada del fiume con un ritardo di dieci minuti.",
            ),
            (
                "de",
                "Der Rat der Stadt hat am Montag beschlossen, die Brücke für einen Monat zu sperren; die Busse fahren so lange am Fluss entlang und halten nicht mehr auf dem Markt.",
            ),
            (
                "en",
                "A ferry carrying forty people over the river has run aground near the old harbour, say reports from the coast.",
            ),
            (
                "nl",
                "De burgemeester zei maandag dat de brug in de oude stad een maand dicht is en dat de bussen over de weg langs de rivier gaan tot het werk klaar is.",
            ),
        ] {
            assert_eq!(told(text), Some(language), "{text}");
            let detected = whatlang::detect(text).map(|found| found.lang().code());
            assert_eq!(
                detected.and_then(crate::split::language::two_letters),
                Some(language)
            );
        }
        for text in [
            "",
            "Mayor closes bridge for a month; old town hopes for buses",
            "Brücke gesperrt, Busse am Fluss, Markt ohne Halt, Stadtrat Montag, Bauarbeiten Monat",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
