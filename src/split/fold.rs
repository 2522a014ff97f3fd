//! What lines are compared by: small letters, plain quotes, single spaces, no final colon. In the same pass how long a line
//! is, in characters and words.

use super::line::{LONG, is_space};

/// A line, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// Small letters, plain quotes, single spaces, no final colon.
    pub(super) text: String,
    /// Characters of the line as it stands.
    pub(super) chars: u32,
    /// Its words; two characters of Chinese or Japanese make about one.
    pub(super) words: u32,
}

impl Folded {
    /// Folds another line in the same memory.
    pub(super) fn fill(&mut self, text: &str) {
        self.text.clear();
        if !text.is_ascii() {
            self.fill_wide(text);
        } else if let Some(words) = plain_words(text.as_bytes()) {
            self.chars = text.len() as u32;
            self.words = words;
            self.text.push_str(text);
            self.text.make_ascii_lowercase();
        } else {
            self.fill_ascii(text);
        }
        let end = |c: char| matches!(c, ':' | '»' | '›' | ' ' | '：');
        let kept = self.text.trim_end_matches(end).len();
        self.text.truncate(kept);
    }

    /// A text of ASCII with whatever spaces and quotes.
    fn fill_ascii(&mut self, text: &str) {
        self.chars = text.len() as u32;
        self.words = 0;
        let words = text.split(|c: char| matches!(c, ' ' | '\t'..='\r'));
        for word in words.filter(|word| !word.is_empty()) {
            self.words += 1;
            self.part();
            let small = |c: char| {
                if c == '`' {
                    '\''
                } else {
                    c.to_ascii_lowercase()
                }
            };
            self.text.extend(word.chars().map(small));
        }
    }

    fn fill_wide(&mut self, text: &str) {
        let (mut chars, mut words, mut wide) = (0, 0, 0);
        let mut gap = true;
        for c in text.chars() {
            chars += 1;
            if c.is_ascii_alphanumeric() {
                if std::mem::take(&mut gap) {
                    words += 1;
                    self.part();
                }
                self.text.push(c.to_ascii_lowercase());
                continue;
            }
            wide += u32::from(is_wide(c));
            if may_be_space(c) && is_space(c) {
                gap = true;
                continue;
            }
            if std::mem::take(&mut gap) {
                words += 1;
                self.part();
            }
            match c {
                '‘' | '’' | 'ʼ' | '`' => self.text.push('\''),
                '“' | '”' | '„' => self.text.push('"'),
                c => push_small(c, &mut self.text),
            }
        }
        (self.chars, self.words) = (chars, words + wide / 2);
    }

    /// Parts a word from those before it.
    fn part(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}

/// A line, folded.
pub(super) fn fold(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fill(text);
    folded.text
}

/// Characters and words. A long text is estimated.
pub(super) fn measure(text: &str) -> (u32, u32) {
    if text.len() > LONG {
        return (text.len() as u32, (text.len() / 6) as u32);
    }
    let mut folded = Folded::default();
    folded.fill(text);
    (folded.chars, folded.words)
}

/// The words of a text that needs small letters and nothing else: only spaces between words, one at a time, none around
/// them, no backquote.
fn plain_words(bytes: &[u8]) -> Option<u32> {
    const STEP: usize = 32;
    if bytes.first().is_none_or(|&byte| byte == b' ') || bytes.last() == Some(&b' ') {
        return None;
    }
    let odd = |byte: u8| byte.wrapping_sub(b'\t') < 5 || byte == b'`';
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let (mut spaces, mut odds) = (0, false);
    // loops over whole steps become a few wide instructions
    for step in steps {
        spaces += u32::from(
            step.iter()
                .fold(0, |sum: u8, &byte| sum + u8::from(byte == b' ')),
        );
        odds |= step.iter().fold(false, |any, &byte| any | odd(byte));
    }
    for &byte in rest {
        spaces += u32::from(byte == b' ');
        odds |= odd(byte);
    }
    let behind = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.iter().zip(behind);
    let space = |byte: &u8| u8::from(*byte == b' ');
    let doubled = pairs.fold(0, |any, (one, two)| any | space(one) & space(two));
    (!odds && doubled == 0).then_some(spaces + 1)
}

/// Whether a character outside ASCII could be white space: no letter of the common scripts.
fn may_be_space(c: char) -> bool {
    !matches!(c, '\u{b0}'..='\u{167f}' | '\u{3001}'..='\u{d7ff}')
}

/// Appends a character in small letters.
pub(super) fn push_small(c: char, out: &mut String) {
    let moved = |by: u32| char::from_u32(u32::from(c) + by).unwrap_or(c);
    match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => out.push(moved(0x20)),
        'Ѐ'..='Џ' => out.push(moved(0x50)),
        '!'..='@'
        | 'a'..='z'
        | 'ß'..='ÿ'
        | 'а'..='џ'
        | '\u{2010}'..='\u{203a}'
        | '\u{3000}'..='\u{9fff}'
        | '가'..='힣' => {
            out.push(c);
        }
        c => out.extend(c.to_lowercase()),
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_characters(text: &str) -> Folded {
        let words: Vec<&str> = text
            .split(is_space)
            .filter(|word| !word.is_empty())
            .collect();
        let small = words.join(" ").to_lowercase_each();
        let wide = text.chars().filter(|&c| is_wide(c)).count() as u32;
        Folded {
            text: small
                .trim_end_matches([':', '»', '›', ' ', '：'])
                .to_owned(),
            chars: text.chars().count() as u32,
            words: words.len() as u32 + wide / 2,
        }
    }

    trait Each {
        fn to_lowercase_each(&self) -> String;
    }

    impl Each for str {
        fn to_lowercase_each(&self) -> String {
            let small = |c: char| match c {
                '‘' | '’' | 'ʼ' | '`' => "'".to_owned(),
                '“' | '”' | '„' => "\"".to_owned(),
                c => c.to_lowercase().collect(),
            };
            self.chars().map(small).collect()
        }
    }

    #[test]
    fn every_character_becomes_small() {
        for c in '\0'..=char::MAX {
            let mut out = String::new();
            push_small(c, &mut out);
            assert!(c.is_ascii() || out.chars().eq(c.to_lowercase()), "{c:?}");
            assert!(c.is_ascii() || may_be_space(c) || !is_space(c), "{c:?}");
        }
    }

    #[test]
    fn lines_are_folded_alike_by_bytes_and_by_characters() {
        for (text, folded) in [
            ("  More \t on  `This`: ", "more on 'this'"),
            ("A : :", "a"),
            ("A\u{b}b\u{c}C\u{1c}", "a b c\u{1c}"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
            // the mark makes it other than ASCII and goes
            assert_eq!(fold(&format!("{text}\u{200b}")), folded, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn lines_are_folded_as_character_by_character(text in "[a-zA-Z :`\\t\u{c}ÀéŽЯ’“»：東カ한\u{200b}\u{a0}]{0,70}") {
            let mut folded = Folded::default();
            folded.fill(&text);
            prop_assert_eq!(folded, by_characters(&text));
        }
    }
}
