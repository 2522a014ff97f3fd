//! The language of a text, told cheaply: English, which most archives hold, and some others by their commonest words; the
//! rest by whatlang.

use std::cell::RefCell;
use std::ops::ControlFlow;

use super::common;
use super::label::floor;
use crate::memo::{Memo, remembered};
use crate::text::scan::{Marks, runs};

/// Texts shorter than this, in bytes, tell no language.
const LEAST: usize = 100;

/// Bytes of the text that are looked at.
const PREFIX: usize = 480;

/// Common words of English; hardly a text of another language has one of these in every tenth place.
const COMMON: [&[u8]; 27] = [
    b"of", b"to", b"is", b"for", b"his", b"was", b"has", b"have", b"had", b"are", b"will", b"its",
    b"it", b"by", b"at", b"be", b"he", b"she", b"not", b"but", b"after", b"who", b"year", b"than",
    b"one", b"more", b"the",
];

/// Those that are words of no other language. Without `the`, a text needs three.
const OWN: [&[u8]; 13] = [
    b"and", b"that", b"with", b"said", b"from", b"been", b"were", b"they", b"this", b"their",
    b"would", b"which", b"about",
];

/// What a common word counts as one that only English has.
const THE: u8 = 3;

/// Letters of the longest of these words.
const LONGEST: usize = 5;

/// Slots of the table of common words: a power of two, most of them free.
const SLOTS: usize = 256;

/// All common words as numbers, by their slots, with what each counts as one of English alone.
const ENGLISH: [(u64, u8); SLOTS] = {
    let mut table = [(0, 0); SLOTS];
    let mut at = 0;
    while at < COMMON.len() {
        let the = at + 1 == COMMON.len();
        table = with(table, COMMON[at], if the { THE } else { 0 });
        at += 1;
    }
    at = 0;
    while at < OWN.len() {
        table = with(table, OWN[at], 1);
        at += 1;
    }
    table
};

const fn with(mut table: [(u64, u8); SLOTS], word: &[u8], own: u8) -> [(u64, u8); SLOTS] {
    let number = number(word);
    let mut free = slot(number);
    while table[free].0 != 0 {
        free = (free + 1) % SLOTS;
    }
    table[free] = (number, own);
    table
}

/// A word as a number.
const fn number(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < word.len() {
        number = number << 8 | word[at] as u64;
        at += 1;
    }
    number
}

const fn slot(number: u64) -> usize {
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % SLOTS
}

/// The entry of a word in the table.
fn english(number: u64) -> Option<u8> {
    let mut at = slot(number);
    loop {
        match ENGLISH[at] {
            (0, _) => return None,
            (known, own) if known == number => return Some(own),
            _ => at = (at + 1) % SLOTS,
        }
    }
}

/// The language of a body, two letters (ISO 639-1).
pub(super) fn language(body: &str) -> Option<&'static str> {
    if body.len() < LEAST {
        return None;
    }
    let head = floor(body, PREFIX);
    if is_english(head) {
        return Some("en");
    }
    remembered(&TOLD, head, || {
        common::told(head).or_else(|| detected(head))
    })
}

/// Texts of which a thread remembers the language.
const REMEMBERED: usize = 1 << 12;

thread_local! {
    static TOLD: RefCell<Memo<Option<&'static str>>> =
        const { RefCell::new(Memo::new(REMEMBERED)) };
}

/// By all languages' commonest letters: dear.
fn detected(head: &str) -> Option<&'static str> {
    let found = whatlang::detect(head)?;
    if found.confidence() < 0.5 && head.len() < 200 {
        return None;
    }
    // a list of names has no common word of any
    let language = two_letters(found.lang().code())?;
    common::has_word_of(language, head).then_some(language)
}

/// Whether every tenth word or more is a common English one, with `the` or some that only English has among them.
fn is_english(text: &str) -> bool {
    let (mut words, mut common, mut own) = (0, 0, 0);
    let bytes = text.as_bytes();
    let letters = |marks: &Marks| marks.letters;
    let early = runs(bytes, letters, |start, end| {
        words += 1;
        let word = bytes.get(start..end).unwrap_or_default();
        let Some(this) = (word.len() <= LONGEST)
            .then(|| english(number(word)))
            .flatten()
        else {
            return ControlFlow::Continue(());
        };
        common += 1;
        own += u32::from(this);
        // so many words may follow at most
        let rest = (bytes.len() - end) / 2;
        if own >= 3 && common >= 4 && common * 10 >= words + rest {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    early.is_break() || own >= 3 && common >= 4 && common * 10 >= words
}

/// ISO 639-3 → ISO 639-1; codes of whatlang.
const CODES: [(&str, &str); 70] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "no"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

pub(super) fn two_letters(code: &str) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(three, _)| *three == code)
        .map(|&(_, two)| two)
}

/// A language as a field gives it (`en-US`, `English`, `eng`), in two letters.
pub(super) fn given(field: &str) -> Option<String> {
    let field = field.trim();
    let code: String = field.split(['-', '_']).next()?.to_lowercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(code);
    }
    if code.len() == 3 {
        return two_letters(&code).map(str::to_owned);
    }
    let named = whatlang::Lang::all()
        .iter()
        .find(|lang| lang.eng_name().eq_ignore_ascii_case(field))?;
    two_letters(named.code()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_detector_has_two_letters() {
        for lang in whatlang::Lang::all() {
            assert!(two_letters(lang.code()).is_some(), "{}", lang.code());
        }
    }

    #[test]
    fn texts_tell_their_language() {
        let english = "The council of the old town said on Monday that the bridge is to be closed for a month, and that \
                       buses will take the road along the river from now on.";
        let german = "Der Rat der Stadt hat am Montag beschlossen, die Brücke für einen Monat zu sperren; die Busse \
                      fahren so lange am Fluss entlang und halten nicht mehr am Markt.";
        assert_eq!(language(english), Some("en"));
        assert_eq!(language(german), Some("de"));
        assert_eq!(language("Too short to tell"), None);
    }

    #[test]
    fn fields_are_read_in_any_form() {
        for field in ["en", "en-US", "EN_gb", "eng", "English"] {
            assert_eq!(given(field).as_deref(), Some("en"), "{field}");
        }
        assert_eq!(given("x"), None);
    }
}
