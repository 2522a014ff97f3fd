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
        (self.chars, self.words) = (0, 0);
        let (mut rest, mut gap, mut wide) = (text, true, 0);
        loop {
            let (plain, behind) = rest.split_at(plain_end(rest));
            gap = self.add_plain(plain, gap);
            let mut others = behind.chars();
            // words of other scripts have no plain stretches
            while let Some(c) = others.next() {
                wide += u32::from(is_wide(c));
                gap = self.add(c, gap);
                if others.as_str().as_bytes().first().is_none_or(u8::is_ascii) {
                    break;
                }
            }
            rest = others.as_str();
            if rest.is_empty() {
                break;
            }
        }
        self.words += wide / 2;
        let end = |c: char| matches!(c, ':' | '»' | '›' | ' ' | '：');
        let kept = self.text.trim_end_matches(end).len();
        self.text.truncate(kept);
    }

    /// Adds a stretch that only needs small letters and single spaces; `gap` is whether white space stands in front. Whether
    /// it stands behind.
    fn add_plain(&mut self, text: &str, gap: bool) -> bool {
        self.chars += text.len() as u32;
        let words = text.trim_ascii_start();
        let gap = gap || words.len() < text.len();
        let words = words.trim_ascii_end();
        if words.is_empty() {
            return gap;
        }
        let from = self.text.len();
        if let Some(spaces) = single_spaces(words.as_bytes()) {
            self.open(gap);
            self.words += spaces;
            self.text.push_str(words);
        } else {
            for (number, word) in words.split_ascii_whitespace().enumerate() {
                self.open(gap || number > 0);
                self.text.push_str(word);
            }
        }
        if let Some(added) = self.text.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        text.ends_with(' ')
    }

    /// Adds a character of any kind in the same way.
    fn add(&mut self, c: char, gap: bool) -> bool {
        self.chars += 1;
        if may_be_space(c) && is_space(c) {
            return true;
        }
        self.open(gap);
        match c {
            '‘' | '’' | 'ʼ' | '`' => self.text.push('\''),
            '“' | '”' | '„' => self.text.push('"'),
            c => push_small(c, &mut self.text),
        }
        false
    }

    /// Opens a word behind white space.
    fn open(&mut self, gap: bool) {
        if gap {
            self.words += 1;
            self.part();
        }
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

/// Where a stretch of visible ASCII and spaces ends, without backquotes.
fn plain_end(text: &str) -> usize {
    const STEP: usize = 32;
    let odd = |byte: u8| byte.wrapping_sub(b' ') > b'~' - b' ' || byte == b'`';
    // loops over whole steps become a few wide instructions
    let plain = |step: &&[u8; STEP]| {
        let any = step.iter().fold(0, |any, &byte| any | u8::from(odd(byte)));
        any == 0
    };
    let (steps, _) = text.as_bytes().as_chunks();
    let clean = STEP * steps.iter().take_while(plain).count();
    let rest = text.as_bytes().get(clean..).unwrap_or_default();
    let end = rest.iter().position(|&byte| odd(byte));
    clean + end.unwrap_or(rest.len())
}

/// How many spaces stand between words, where nowhere two of them touch.
fn single_spaces(bytes: &[u8]) -> Option<u32> {
    const STEP: usize = 32;
    let spaces = memchr::memchr_iter(b' ', bytes).count();
    let (front, behind) = (bytes.split_last()?.1, bytes.split_first()?.1);
    let space = |byte: &u8| u8::from(*byte == b' ');
    let touch = |one: &[u8], two: &[u8]| {
        let pairs = one.iter().zip(two);
        pairs.fold(0, |any, (one, two)| any | space(one) & space(two)) > 0
    };
    let steps = front.as_chunks::<STEP>().0.iter().zip(behind.as_chunks().0);
    // the last step overlaps the one before
    let last = match (front.last_chunk::<STEP>(), behind.last_chunk::<STEP>()) {
        (Some(one), Some(two)) => touch(one, two),
        _ => touch(front, behind),
    };
    let doubled = last || { steps }.any(|(one, two): (_, &[u8; STEP])| touch(one, two));
    (!doubled).then_some(spaces as u32)
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
