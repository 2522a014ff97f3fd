//! The language of a text, told cheaply: English, which most archives hold, by its commonest words; the rest by whatlang.

use super::label::floor;

/// Texts shorter than this, in bytes, tell no language.
const LEAST: usize = 100;

/// Bytes of the text that are looked at.
const PREFIX: usize = 480;

/// Common words of English; hardly a text of another language has one of these in every tenth place. Words of one
/// length stand together, so that a word of a text is compared with few, and as numbers.
const ENGLISH: [&[u64]; 6] = [
    &[],
    &[],
    &numbers([b"of", b"to", b"is", b"it", b"by", b"at", b"be", b"he"]),
    &numbers([
        b"the", b"and", b"for", b"his", b"was", b"has", b"had", b"are", b"its", b"she", b"not",
        b"but", b"who", b"one",
    ]),
    &numbers([
        b"that", b"with", b"said", b"from", b"have", b"been", b"were", b"will", b"they", b"this",
        b"year", b"than", b"more",
    ]),
    &numbers([b"their", b"would", b"which", b"after", b"about"]),
];

/// Those of them that are words of no other language. Without `the`, a text needs three.
const ENGLISH_ONLY: [u64; 13] = numbers([
    b"and", b"that", b"with", b"said", b"from", b"been", b"were", b"they", b"this", b"their",
    b"would", b"which", b"about",
]);

const THE: u64 = number(b"the");

/// A word of up to eight letters as a number.
const fn number(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < word.len() {
        number = number << 8 | word[at] as u64;
        at += 1;
    }
    number
}

const fn numbers<const N: usize>(words: [&[u8]; N]) -> [u64; N] {
    let mut all = [0; N];
    let mut at = 0;
    while at < N {
        all[at] = number(words[at]);
        at += 1;
    }
    all
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
    let found = whatlang::detect(head)?;
    if found.confidence() < 0.5 && head.len() < 200 {
        return None;
    }
    two_letters(found.lang().code())
}

/// Whether every tenth word or more is a common English one, with `the` or some that only English has among them.
fn is_english(text: &str) -> bool {
    let (mut words, mut common, mut own) = (0u32, 0u32, 0u32);
    for word in text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()) {
        words += u32::from(!word.is_empty());
        let Some(same) = ENGLISH.get(word.len()) else {
            continue;
        };
        let word = number(word);
        if same.contains(&word) {
            common += 1;
            own += if word == THE {
                3
            } else {
                u32::from(ENGLISH_ONLY.contains(&word))
            };
        }
    }
    own >= 3 && common >= 4 && common * 10 >= words
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

fn two_letters(code: &str) -> Option<&'static str> {
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
