//! What a character is to the boundaries of words (UAX #29): ASCII, and the letters and marks outside it of which that is
//! known without the tables of Unicode: Latin, Greek, Cyrillic, Hangul, Han, Kana, the punctuation of their texts.

/// What a character is to the boundaries of words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Nothing: words end at it.
    Other,
    /// A letter.
    Letter,
    /// A digit.
    Digit,
    /// Joins letters, digits and itself: `_`.
    Join,
    /// Joins two letters: `:`.
    MidLetter,
    /// Joins two digits: `,` `;`.
    MidDigit,
    /// Joins two letters or two digits: `.` `'`.
    Mid,
    /// A character of a script without spaces.
    Run,
    /// Starts a character outside ASCII.
    Wide,
}

/// The class of each byte.
pub const CLASS: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Join,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::Mid,
            128.. => Class::Wide,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

/// The class of the character at `at` and its length in bytes; [`Class::Wide`] where only the tables of Unicode know it.
/// `None` at the end.
#[inline]
pub fn class_at(bytes: &[u8], at: usize) -> Option<(Class, usize)> {
    let class = CLASS[usize::from(*bytes.get(at)?)];
    Some(if class == Class::Wide {
        wide(bytes.get(at..)?)
    } else {
        (class, 1)
    })
}

/// The class of the character that some bytes start with, and its length.
fn wide(bytes: &[u8]) -> (Class, usize) {
    match *bytes {
        // À to ÿ but for × ÷; Latin Extended-A; Cyrillic; Greek
        [0xc3, 0x80..=0x96 | 0x98..=0xb6 | 0xb8..=0xbf, ..]
        | [0xc4 | 0xc5 | 0xd0 | 0xd1, _, ..]
        | [0xce, 0x91..=0xa1 | 0xa3..=0xa9 | 0xb1..=0xbf, ..]
        | [0xcf, 0x80..=0x8e, ..] => (Class::Letter, 2),
        // no-break space, £ § © « » and their neighbours that are no letters
        [0xc2, 0xa0 | 0xa3 | 0xa7 | 0xa9 | 0xab | 0xbb, ..] => (Class::Other, 2),
        // ‘ ’ join letters or digits, as the straight apostrophe does
        [0xe2, 0x80, 0x98 | 0x99, ..] => (Class::Mid, 3),
        // – — “ ” „ • …; 、 。 「 」 『 』 【 】 and the wide space
        [
            0xe2,
            0x80,
            0x93 | 0x94 | 0x9c | 0x9d | 0x9e | 0xa2 | 0xa6,
            ..,
        ]
        | [0xe3, 0x80, 0x80..=0x82 | 0x8c..=0x91, ..] => (Class::Other, 3),
        // Hiragana; Katakana with its long mark; Han
        [0xe3, 0x81, 0x81..=0xbf, ..]
        | [0xe3, 0x82, 0x80..=0x96 | 0xa1..=0xbf, ..]
        | [0xe3, 0x83, 0x80..=0xba | 0xbc, ..]
        | [0xe4, 0xb8..=0xbf, _, ..]
        | [0xe5..=0xe8, _, _, ..]
        | [0xe9, 0x80..=0xbe, _, ..] => (Class::Run, 3),
        // Hangul
        [0xea, 0xb0..=0xbf, _, ..] | [0xeb | 0xec, _, _, ..] | [0xed, 0x80..=0x9d, _, ..] => {
            (Class::Letter, 3)
        }
        _ => (Class::Wide, 0),
    }
}

/// Whether a character is its own NFKC form wherever it stands between others of which this is true.
#[inline]
pub fn is_stable(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{17e}' => {
            !matches!(c, '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}')
        }
        '\u{391}'..='\u{3c9}' => c != '\u{3a2}',
        '\0'..='\u{7f}'
        | '\u{400}'..='\u{47f}'
        | '\u{2018}'
        | '\u{2019}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'
        | '\u{4e00}'..='\u{9fbf}'
        | '\u{ac00}'..='\u{d77f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::script::without_spaces;
    use unicode_normalization::UnicodeNormalization;

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn stable_characters_are_their_own_normal_form() {
        for c in all().filter(|&c| is_stable(c)) {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn classes_are_told_of_whole_characters() {
        for c in all().filter(|c| !c.is_ascii()) {
            let (class, length) = wide(c.to_string().as_bytes());
            assert!(class == Class::Wide || length == c.len_utf8(), "{c:?}");
            assert_eq!(
                class == Class::Run,
                class != Class::Wide && without_spaces(c),
                "{c:?}"
            );
            assert!(class != Class::Letter || c.is_alphabetic(), "{c:?}");
        }
    }
}
