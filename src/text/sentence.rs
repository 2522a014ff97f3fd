//! Sentence bounds and quoted speech of a body.
//!
//! Only verification asks for them, so they are computed from the tokens of a body on demand, not on the hot path.
//! A rule-based splitter in the manner of UAX #29, with what news text needs on top: abbreviations (a table beside this
//! file), initials, quotes that close behind the full stop, and the full stops of Chinese and Japanese.

use std::ops::Range;
use std::sync::OnceLock;

use super::lines::lines;
use super::{Sentence, Token};

/// Abbreviations after which a full stop ends no sentence, lower case, without the stop.
const ABBREVIATIONS: &str = include_str!("abbreviations.tsv");

/// Longest stretch between two quotation marks that is still taken for speech, in bytes.
const LONGEST_QUOTE: usize = 4000;

/// The sentences of a body: they partition its tokens. A line end always ends a sentence.
pub fn sentences(body: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut next = 0;
    let mut start = 0;
    let mut close = |end: usize, start: &mut usize| {
        let first = next;
        while tokens
            .get(next)
            .is_some_and(|token| (token.start as usize) < end)
        {
            next += 1;
        }
        if next > first {
            let text = body.get(*start..end).unwrap_or_default();
            let from = *start + (text.len() - text.trim_start().len());
            found.push(Sentence {
                tokens: first as u32..next as u32,
                bytes: from as u32..(from + text.trim().len()) as u32,
            });
        }
        *start = end;
    };
    let mut at = 0;
    while let Some((mark, c)) = next_mark(body, at, &MAY_END) {
        at = mark;
        match c {
            '\n' => close(at, &mut start),
            '。' | '！' | '？' | '｡' => close(end_of_marks(body, at), &mut start),
            '.' | '!' | '?' | '…' => {
                let end = end_of_marks(body, at);
                if ends_sentence(body, at, c, end) {
                    close(end, &mut start);
                }
            }
            _ => {}
        }
        at = start.max(at + c.len_utf8());
    }
    close(body.len(), &mut start);
    found
}

/// First bytes of the characters that may end a sentence: of `…`, of `。`, of `！ ？ ｡`, and the ASCII ones.
const MAY_END: [bool; 256] = bytes(b"\n.!?\xe2\xe3\xef");

/// First bytes of quotation marks: of `« »`, of `“ ” „ ‘ ’`, of `「 」 『 』`, and the ASCII ones.
const MAY_QUOTE: [bool; 256] = bytes(b"\"'\xc2\xe2\xe3");

const fn bytes(wanted: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < wanted.len() {
        table[wanted[at] as usize] = true;
        at += 1;
    }
    table
}

/// The next character from `from` on whose first byte is in `table`, and its place: most of a text is passed over
/// byte by byte.
#[inline]
fn next_mark(text: &str, from: usize, table: &[bool; 256]) -> Option<(usize, char)> {
    let rest = text.as_bytes().get(from..)?;
    let at = from + rest.iter().position(|&byte| table[usize::from(byte)])?;
    text.get(at..)?.chars().next().map(|c| (at, c))
}

/// Where the closing marks that follow the mark at `at` end.
fn end_of_marks(body: &str, at: usize) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    rest.char_indices()
        .find(|&(_, c)| !is_closing(c))
        .map_or(body.len(), |(len, _)| at + len)
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '"'
            | '\''
            | '”'
            | '’'
            | '»'
            | '“'
            | ')'
            | ']'
            | '」'
            | '』'
            | '）'
    )
}

/// Whether the mark `c` at `at`, whose run of marks ends at `end`, ends a sentence.
fn ends_sentence(body: &str, at: usize, c: char, end: usize) -> bool {
    let after = body.get(end..).unwrap_or_default();
    let trimmed = after.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
    if trimmed.is_empty() || trimmed.starts_with('\n') {
        return true;
    }
    // no white space: an inner stop, as in 3.5 or example.org; a closing quote before a capital is glued text
    if trimmed.len() == after.len() {
        return false;
    }
    let starts = trimmed
        .chars()
        .find(|&c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    starts && !(c == '.' && end == at + 1 && is_abbreviation(body.get(..at).unwrap_or_default()))
}

/// Whether the text before a full stop ends in an abbreviation or an initial.
fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '‘' | '—' | '–'))
        .next()
        .unwrap_or_default();
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let initials =
        letters.next().is_some() && word.split('.').all(|part| part.chars().count() == 1);
    if initials {
        return true;
    }
    // longest entry is 8 bytes; a longer word needs no look-up
    word.len() <= 12 && {
        let lower = word.to_lowercase();
        abbreviations().binary_search(&lower.as_str()).is_ok()
    }
}

/// The table of abbreviations, sorted.
fn abbreviations() -> &'static [&'static str] {
    static SORTED: OnceLock<Vec<&str>> = OnceLock::new();
    SORTED.get_or_init(|| {
        let mut all: Vec<&str> = ABBREVIATIONS.lines().collect();
        all.sort_unstable();
        all
    })
}

/// The stretches of a body that stand in quotation marks, marks excluded, in order; then posts of social networks.
///
/// A quotation that runs over several paragraphs opens each of them again and closes only the last.
pub fn quotations(body: &str) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    // beyond ASCII only the first byte of a mark is known
    let ascii = body.is_ascii();
    let mut base = 0;
    let mut paragraphs = lines(body).peekable();
    while let Some(paragraph) = paragraphs.next() {
        let goes_on = paragraphs
            .peek()
            .is_some_and(|next| next.trim_start().starts_with(['“', '"', '«', '„', '‘']));
        if !ascii || memchr::memchr2(b'"', b'\'', paragraph.as_bytes()).is_some() {
            quotations_of(paragraph, base, goes_on, &mut found);
        }
        base += paragraph.len();
    }
    posts(body, &mut found);
    found
}

/// Posts of social networks that stand in a body: the paragraph before a line like `— Name (@name) July 5`, and that line.
fn posts(body: &str, found: &mut Vec<Range<u32>>) {
    let (mut base, mut before) = (0, 0..0);
    for line in lines(body) {
        let range = base as u32..(base + line.len()) as u32;
        base += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if line.trim_start().starts_with(['—', '–', '-']) && line.contains("(@") {
            found.extend([before, range.clone()]);
        }
        before = range;
    }
}

/// The quotations of one paragraph that starts at `base`.
fn quotations_of(paragraph: &str, base: usize, goes_on: bool, found: &mut Vec<Range<u32>>) {
    let mut open: Option<(char, usize)> = None;
    let mut next = 0;
    while let Some((at, c)) = next_mark(paragraph, next, &MAY_QUOTE) {
        next = at + c.len_utf8();
        let before = paragraph[..at].chars().next_back().unwrap_or(' ');
        let after = paragraph[next..].chars().next().unwrap_or(' ');
        open = open.filter(|&(_, from)| at - from <= LONGEST_QUOTE);
        match open {
            None => open = closer(c, before, after).map(|closer| (closer, next)),
            Some((closer, from)) if c == closer && closes(c, before, after) => {
                found.push((base + from) as u32..(base + at) as u32);
                open = None;
            }
            Some(_) => {}
        }
    }
    open = open.filter(|&(_, from)| paragraph.len() - from <= LONGEST_QUOTE);
    if let Some((closer, from)) = open {
        let at_start = paragraph[..from].trim().chars().count() <= 1;
        if closer != '\'' && closer != '’' && (at_start || goes_on) {
            found.push((base + from) as u32..(base + paragraph.len()) as u32);
        }
    }
}

/// The mark that closes what `c` opens here; `None` where it opens nothing.
fn closer(c: char, before: char, after: char) -> Option<char> {
    let at_word = !before.is_alphanumeric() && !after.is_whitespace();
    match c {
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '「' => Some('」'),
        '『' => Some('』'),
        '"' if at_word => Some('"'),
        '”' if at_word => Some('”'),
        '‘' if at_word => Some('’'),
        '\'' if at_word && after.is_alphabetic() => Some('\''),
        _ => None,
    }
}

/// Whether a mark that may be an apostrophe closes a quotation here.
fn closes(c: char, before: char, after: char) -> bool {
    match c {
        '\'' | '’' => !after.is_alphanumeric() && !before.is_whitespace(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::document;
    use super::*;

    fn split(body: &str) -> Vec<&str> {
        sentences(body, &document(body).tokens)
            .iter()
            .map(|s| &body[s.bytes.start as usize..s.bytes.end as usize])
            .collect()
    }

    fn quoted(body: &str) -> Vec<&str> {
        quotations(body)
            .iter()
            .map(|q| body[q.start as usize..q.end as usize].trim())
            .collect()
    }

    #[test]
    fn abbreviations_initials_and_figures_end_no_sentence() {
        assert_eq!(
            split("Mr. Ivar J. Lund paid 3.5 million. The U.S. Senate met Sept. 5. It voted!"),
            [
                "Mr. Ivar J. Lund paid 3.5 million.",
                "The U.S. Senate met Sept. 5.",
                "It voted!"
            ]
        );
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence_before() {
        assert_eq!(
            split("“We won.” He left. (So did she.) Why?"),
            ["“We won.”", "He left.", "(So did she.)", "Why?"]
        );
    }

    #[test]
    fn a_line_end_ends_a_sentence_and_blank_ones_give_none() {
        assert_eq!(
            split("A headline\n\n*\nIt rained. "),
            ["A headline", "It rained."]
        );
    }

    #[test]
    fn east_asian_full_stops_need_no_space() {
        assert_eq!(
            split("首相は会談した。「また会う」と語った。雨だった"),
            ["首相は会談した。", "「また会う」と語った。", "雨だった"]
        );
    }

    #[test]
    fn sentences_partition_the_tokens() {
        let body = "One two. Three?\nFour… five\n--\nSix.";
        let tokens = document(body).tokens;
        let found = sentences(body, &tokens);
        let mut next = 0;
        for sentence in &found {
            assert_eq!(sentence.tokens.start, next);
            next = sentence.tokens.end;
        }
        assert_eq!(next as usize, tokens.len());
    }

    #[test]
    fn speech_is_found_in_the_marks_of_many_languages() {
        assert_eq!(quoted("“Yes,” she said. “No.”"), ["Yes,", "No."]);
        assert_eq!(quoted("\"Yes,\" she said."), ["Yes,"]);
        assert_eq!(quoted("He said: 'It's the dogs' food.'"), ["It's the dogs"]);
        assert_eq!(quoted("„Ja“, sagte er."), ["Ja"]);
        assert_eq!(quoted("« Oui », dit-il."), ["Oui"]);
        assert_eq!(quoted("彼は「はい」と言った"), ["はい"]);
        assert_eq!(quoted("It's the dogs' food"), [""; 0]);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_closed_only_at_its_end() {
        assert_eq!(
            quoted("He wrote: “We met.\n“We left.” They did."),
            ["We met.", "We left."]
        );
        assert_eq!(quoted("He was 6' 2\" tall.\nShe left."), [""; 0]);
    }
}
