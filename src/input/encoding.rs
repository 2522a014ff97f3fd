//! Bytes → text: byte order marks, UTF-8, and the legacy encodings of news pages by declaration or detection.
//!
//! UTF-16 is transcoded as it is read ([`Utf8Reader`]); all other encodings leave line ends, form feeds and NULs
//! where they are, so that chunks are cut before they are decoded.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// The encoding of some bytes without a declaration.
///
/// UTF-8 where most of the sequences beyond ASCII are; then a single damaged byte does not turn all others into
/// other letters. Otherwise what chardetng finds most likely.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let (mut valid, mut invalid) = (0usize, 0usize);
    for part in bytes.utf8_chunks() {
        valid += part.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!part.invalid().is_empty());
    }
    if valid >= invalid {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess.is_single_byte() && is_noise(bytes) {
        return UTF_8;
    }
    guess
}

/// Whether most bytes beyond ASCII are such as no text is full of: damage, not an encoding.
fn is_noise(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let odd = bytes
        .iter()
        .filter(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xfe | 0xff))
        .count();
    2 * odd >= high
}

/// Decodes; the flag says whether bytes were invalid and became U+FFFD.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, bool) {
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (String::from_utf8_lossy(bytes), true),
        };
    }
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    (text, damaged)
}

/// The encoding and length of a byte order mark.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// The text of a document that says what it is encoded in: by a byte order mark, `told` (an HTTP header), or a
/// declaration in its head; else by detection. Valid UTF-8 is UTF-8 whatever it says: saved pages often lie.
pub(super) fn document<'a>(
    bytes: &'a [u8],
    told: Option<&str>,
) -> (Cow<'a, str>, bool, &'static Encoding) {
    if let Some((encoding, length)) = byte_order_mark(bytes) {
        let (text, damaged) = decode(bytes.get(length..).unwrap_or_default(), encoding);
        return (text, damaged, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), false, UTF_8);
    }
    let encoding = told
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| declared(bytes))
        .filter(|encoding| *encoding != UTF_8)
        .unwrap_or_else(|| detect(bytes));
    let (text, damaged) = decode(bytes, encoding);
    (text, damaged, encoding)
}

/// `charset=` of a meta element or `encoding=` of an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?.to_ascii_lowercase();
    [&b"charset="[..], b"encoding="].iter().find_map(|mark| {
        let at = memchr::memmem::find(&head, mark)? + mark.len();
        let label = head.get(at..)?.trim_ascii_start();
        let label = label
            .strip_prefix(b"\"")
            .or_else(|| label.strip_prefix(b"'"))
            .unwrap_or(label);
        let end = label
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'>' | b'/' | b';' | b'?'));
        Encoding::for_label(label.get(..end?)?)
    })
}

/// Reads UTF-16 as UTF-8.
pub(super) struct Utf8Reader {
    reader: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

/// Bytes of UTF-16 read in one go; even, so that units seldom straddle.
const STEP: usize = 32 << 10;

impl Utf8Reader {
    pub(super) fn new(reader: Box<dyn Read + Send>, encoding: &'static Encoding) -> Self {
        Self {
            reader,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; STEP],
            text: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.reader.read(&mut self.raw)?;
        self.ended = count == 0;
        let needed = self
            .decoder
            .max_utf8_buffer_length(count)
            .unwrap_or(STEP * 3);
        self.text.resize(needed.max(16), 0);
        self.given = 0;
        let (result, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.raw[..count], &mut self.text, self.ended);
        debug_assert!(matches!(result, CoderResult::InputEmpty));
        self.text.truncate(written);
        Ok(())
    }
}

impl Read for Utf8Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    const RUSSIAN: &str =
        "Министр объявил вчера, что переговоры о поставках зерна продолжатся весной.";
    const JAPANESE: &str =
        "政府は十七日、港の再開について新しい計画を発表した。来月から始まる見通しだという。";
    const CHINESE: &str = "市长昨日表示,新的港口计划将于下月开始实施,预计耗资三千万元。";
    const FRENCH: &str =
        "Le ministère a annoncé hier que les négociations reprendront après l’été, à Genève.";

    #[test]
    fn legacy_encodings_of_news_pages_are_detected() {
        for (encoding, text) in [
            (WINDOWS_1252, FRENCH),
            (WINDOWS_1251, RUSSIAN),
            (KOI8_R, RUSSIAN),
            (SHIFT_JIS, JAPANESE),
            (EUC_JP, JAPANESE),
            (GBK, CHINESE),
        ] {
            let (bytes, _, failed) = encoding.encode(text);
            assert!(!failed, "{}", encoding.name());
            assert_eq!(
                decode(&bytes, detect(&bytes)).0,
                text,
                "{}",
                encoding.name()
            );
        }
    }

    #[test]
    fn a_damaged_byte_in_utf_8_stays_one_damaged_byte() {
        let mut bytes = FRENCH.as_bytes().to_vec();
        bytes.insert(3, 0xe9);
        let (text, damaged) = decode(&bytes, detect(&bytes));
        assert!(damaged);
        assert_eq!(text.replace('\u{fffd}', ""), FRENCH);
        let (text, damaged) = decode(b"plain \xff\xfe words", detect(b"plain \xff\xfe words"));
        assert!(damaged && text.contains('\u{fffd}'));
    }

    #[test]
    fn utf_16_is_read_as_utf_8_however_it_is_cut() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(JAPANESE.encode_utf16().flat_map(u16::to_le_bytes));
        let (encoding, _) = byte_order_mark(&bytes).unwrap();
        let mut text = String::new();
        let mut odd =
            io::Cursor::new(bytes[..7].to_vec()).chain(io::Cursor::new(bytes[7..].to_vec()));
        let whole: Box<dyn Read + Send> = Box::new(std::mem::replace(
            &mut odd,
            io::Cursor::new(vec![]).chain(io::Cursor::new(vec![])),
        ));
        Utf8Reader::new(whole, encoding)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, JAPANESE);
    }
}
