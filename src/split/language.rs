//! The language of a text, told cheaply: English, which most archives hold, by its commonest words; the rest by whatlang.

use super::label::floor;

/// Texts shorter than this, in bytes, tell no language.
const LEAST: usize = 100;

/// Bytes of the text that are looked at.
const PREFIX: usize = 480;

/// Common words of English; hardly a text of another language has one of these in every tenth place.
const ENGLISH: [&[u8]; 40] = [
    b"the", b"of", b"and", b"to", b"that", b"is", b"for", b"with", b"said", b"his", b"their",
    b"from", b"was", b"has", b"have", b"had", b"been", b"were", b"are", b"will", b"would", b"its",
    b"it", b"by", b"at", b"be", b"he", b"she", b"they", b"this", b"not", b"but", b"which",
    b"after", b"who", b"year", b"about", b"than", b"one", b"more",
];

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

/// Whether every tenth word or more is a common English one, with `the` among them.
fn is_english(text: &str) -> bool {
    let (mut words, mut common, mut the) = (0u32, 0u32, 0u32);
    for word in text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()) {
        if !word.is_empty() {
            words += 1;
            common += u32::from(word.len() <= 5 && word.len() > 1 && ENGLISH.contains(&word));
            the += u32::from(word == b"the");
        }
    }
    the >= 1 && common >= 4 && common * 10 >= words
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
