//! Tokens that have more than ASCII letters and digits: those with marks and letters of which is known what they are to
//! words, and all others by the tables of Unicode.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use super::class::{Class, class_at, is_stable};
use super::hash::lower_ascii;
use super::script::without_spaces;
use super::token::TokenSink;

/// Reads the token that starts at `start` and may have more than letters and digits; returns where to go on.
pub(super) fn careful<S: TokenSink>(
    body: &str,
    start: usize,
    scratch: &mut String,
    sink: &mut S,
) -> usize {
    match class_at(body.as_bytes(), start) {
        Some((Class::Letter | Class::Digit | Class::Join, _)) => {
            fast_word(body, start, scratch, sink)
        }
        Some((Class::Run, _)) => fast_run(body, start, scratch, sink),
        Some((Class::Wide, _)) => slow_run(body, start, scratch, sink),
        Some((_, length)) => start + length,
        None => start + 1,
    }
}

/// Reads the word that starts at `start`; returns where to go on.
fn fast_word<S: TokenSink>(body: &str, start: usize, scratch: &mut String, sink: &mut S) -> usize {
    let bytes = body.as_bytes();
    let mut last = Class::Other;
    let mut alphanumeric = false;
    let mut plain = true;
    let mut end = start;
    while let Some((class, len)) = class_at(bytes, end) {
        match class {
            Class::Letter | Class::Digit => {
                alphanumeric = true;
                plain &= len == 1;
                (last, end) = (class, end + len);
            }
            Class::Join => {
                plain = false;
                (last, end) = (class, end + 1);
            }
            Class::MidLetter | Class::MidDigit | Class::Mid => {
                let Some((next, length)) = class_at(bytes, end + len) else {
                    break;
                };
                if next == Class::Wide {
                    return slow_run(body, start, scratch, sink);
                }
                let joins = next == last
                    && match last {
                        Class::Letter => class != Class::MidDigit,
                        Class::Digit => class != Class::MidLetter,
                        _ => false,
                    };
                if !joins {
                    break;
                }
                plain &= len == 1 && length == 1;
                end += len + length;
            }
            // a mark of `_` joins Katakana, too
            Class::Run if last == Class::Join => return slow_run(body, start, scratch, sink),
            Class::Wide => return slow_run(body, start, scratch, sink),
            Class::Other | Class::Run => break,
        }
    }
    if alphanumeric {
        let word = &body[start..end];
        let hash = match () {
            () if !S::HASHED => 0,
            () if plain => lower_ascii(word.as_bytes()),
            () => normal_hash(word, scratch),
        };
        sink.word(hash, start, end - start);
    }
    end
}

/// Reads the characters of a script without spaces that start at `start`; returns where to go on.
fn fast_run(body: &str, start: usize, scratch: &mut String, sink: &mut impl TokenSink) -> usize {
    let bytes = body.as_bytes();
    let mut end = start;
    loop {
        match class_at(bytes, end) {
            Some((Class::Run, length)) => end += length,
            // what hangs on the last of them is known to the tables of Unicode alone
            Some((Class::Wide | Class::Join, _)) => return slow_run(body, start, scratch, sink),
            _ => break,
        }
    }
    flush_run(body, Some((start, end)), 0, scratch, sink);
    end
}

/// Reads from `start` to the next ASCII white space by the Unicode path; returns where to go on.
fn slow_run(body: &str, start: usize, scratch: &mut String, sink: &mut impl TokenSink) -> usize {
    let rest = &body.as_bytes()[start..];
    let len = rest
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(rest.len());
    slow_words(&body[start..start + len], start, scratch, sink);
    start + len
}

/// The tokens of `text`, which stands at `base` in its body.
pub(super) fn slow_words<S: TokenSink>(
    text: &str,
    base: usize,
    scratch: &mut String,
    sink: &mut S,
) {
    // the run of characters of scripts without spaces that is being read
    let mut run: Option<(usize, usize)> = None;
    for (at, segment) in text.split_word_bound_indices() {
        // a letter-like mark may hang on a punctuation mark: the word starts behind that
        let word = segment.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let (at, segment) = (at + segment.len() - word.len(), word);
        if segment.chars().next().is_some_and(without_spaces) {
            run = match run {
                Some((from, to)) if to == at => Some((from, at + segment.len())),
                other => {
                    flush_run(text, other, base, scratch, sink);
                    Some((at, at + segment.len()))
                }
            };
        } else if segment.chars().any(char::is_alphanumeric) {
            flush_run(text, run.take(), base, scratch, sink);
            sink.word(wanted::<S>(segment, scratch), base + at, segment.len());
        }
    }
    flush_run(text, run, base, scratch, sink);
}

/// Sends the overlapping bigrams of a run; a run of one character is one token.
fn flush_run<S: TokenSink>(
    text: &str,
    run: Option<(usize, usize)>,
    base: usize,
    scratch: &mut String,
    sink: &mut S,
) {
    let Some((from, to)) = run else { return };
    let run = &text[from..to];
    let mut starts = run
        .char_indices()
        .map(|(at, _)| at)
        .filter(|&at| !run[at..].starts_with(is_mark));
    let Some(mut first) = starts.next() else {
        return;
    };
    let Some(mut second) = starts.next() else {
        return sink.bigram(wanted::<S>(run, scratch), base + from, run.len());
    };
    loop {
        let third = starts.next();
        let bigram = &run[first..third.unwrap_or(run.len())];
        sink.bigram(
            wanted::<S>(bigram, scratch),
            base + from + first,
            bigram.len(),
        );
        let Some(third) = third else { return };
        (first, second) = (second, third);
    }
}

/// Marks that hang on the character before them and are no character of a bigram.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The hash of a word where it is wanted.
fn wanted<S: TokenSink>(word: &str, scratch: &mut String) -> u64 {
    if S::HASHED {
        normal_hash(word, scratch)
    } else {
        0
    }
}

/// Hash of a word after NFKC, lower case and straight apostrophes.
fn normal_hash(word: &str, scratch: &mut String) -> u64 {
    scratch.clear();
    let mut push = |c: char| match c {
        '\u{2018}' | '\u{2019}' => scratch.push('\''),
        // invisible: soft hyphen, zero-width characters
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
        c => scratch.push(c),
    };
    if word.chars().all(is_stable) {
        word.chars()
            .flat_map(char::to_lowercase)
            .for_each(&mut push);
    } else {
        word.nfkc().flat_map(char::to_lowercase).for_each(&mut push);
    }
    xxh3_64(scratch.as_bytes())
}
