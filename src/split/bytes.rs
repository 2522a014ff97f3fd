//! Which bytes a line has: what is asked of many lines, in one pass of wide instructions.

/// What is true of any byte of a text, as bits that `of` gives for each.
#[inline]
pub(super) fn any_of(text: &str, of: impl Fn(u8) -> u8) -> u8 {
    const STEP: usize = 32;
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else {
        return 0;
    };
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let mut padded = [first; STEP];
    // the last step overlaps the one before, or is filled up
    let last = bytes.last_chunk().unwrap_or_else(|| {
        padded[..rest.len()].copy_from_slice(rest);
        &padded
    });
    let mut all = [0; STEP];
    for step in steps.iter().chain([last]) {
        for (all, &byte) in all.iter_mut().zip(step) {
            *all |= of(byte);
        }
    }
    all.iter().fold(0, |all, bits| all | bits)
}

/// The bits of `which` where something is true.
#[inline]
pub(super) fn bits(true_of_it: bool, which: u8) -> u8 {
    if true_of_it { which } else { 0 }
}

/// Where spaces stand in a text: it has too many of them for a search.
pub(super) fn spaces(text: &str) -> impl Iterator<Item = usize> {
    let all = text.bytes().enumerate();
    all.filter(|&(_, byte)| byte == b' ').map(|(at, _)| at)
}

/// Words between white space, as many as `str::split_whitespace` gives.
pub(super) fn word_count(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let mut gap = true;
    let starts = text.bytes().filter(|byte| {
        let space = matches!(byte, b' ' | b'\t'..=b'\r');
        std::mem::replace(&mut gap, space) && !space
    });
    starts.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_words_are_those_of_the_text(text in "[a-z \t\u{b}\u{1c}é|]{0,80}") {
            prop_assert_eq!(word_count(&text), text.split_whitespace().count());
            let bar = any_of(&text, |byte| bits(byte == b'|', 1) | byte & 0x80);
            let wide = if text.is_ascii() { 0 } else { 0x80 };
            prop_assert_eq!(bar, u8::from(text.contains('|')) | wide);
        }
    }
}
