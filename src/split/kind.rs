//! What a unit looks like: told from its words (labels) and its look (times, captions, sentences).

use super::behind::tells_of;
use super::bytes::word_count;
use super::caption;
use super::furniture;
use super::label::Effect;
use super::line::{LONG, is_space};
use super::signed::are_names;
use super::time::{self, Spans, Timed, is_part_sign, one_line, timed};
use super::unit::is_name;

/// What a unit looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A row of dashes, stars or underscores.
    Rule,
    /// A known line.
    Label(Effect),
    /// A time, alone or with a name in front: the anchor of a card.
    Time,
    /// A time and a title behind it on one line.
    Ticker,
    /// Who signed.
    Byline,
    /// The caption or credit of a picture.
    Caption,
    /// A number alone: shares, comments, ranks.
    Count,
    /// Sentences.
    Prose,
    /// Anything else: titles, names, menus.
    Short,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Rule => "rule",
            Self::Label(effect) => return write!(f, "label: {}", effect.as_str()),
            Self::Time => "time",
            Self::Ticker => "time and title",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::Count => "count",
            Self::Prose => "prose",
            Self::Short => "short line",
        })
    }
}

/// The signs that end a sentence, also inside closing quotes.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟')
}

/// Whether the last visible sign, closing quotes and brackets aside, ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| {
        is_space(c)
            || matches!(
                c,
                '■' | '●'
                    | '"'
                    | '\''
                    | '”'
                    | '’'
                    | '»'
                    | '«'
                    | '“'
                    | ')'
                    | '」'
                    | '』'
                    | '）'
                    | '›'
            )
    })
    .ends_with(is_stop)
}

/// The kind of a unit with this text, and where a time stands on it. `is_publisher` knows names of
/// the page that end in digits.
pub(super) fn kind(
    text: &str,
    chars: u32,
    words: u32,
    effect: Option<Effect>,
    is_publisher: &dyn Fn(&str) -> bool,
) -> (Kind, Option<Spans>) {
    if text.len() > LONG {
        let caption = text.len() < 2 * LONG && !ends_sentence(text) && caption::is_caption(text);
        return (if caption { Kind::Caption } else { Kind::Prose }, None);
    }
    if furniture::is_rule(text) {
        return (Kind::Rule, None);
    }
    match effect {
        Some(Effect::Caption) => return (Kind::Caption, None),
        Some(Effect::Section) => return (Kind::Short, None),
        // a sentence that starts like a label is none
        Some(Effect::Related | Effect::Listed) if words > 9 => {}
        Some(effect) => return (Kind::Label(effect), None),
        None => {}
    }
    if let Some((kind, spans)) = timed_kind(text, chars, words, is_publisher) {
        return (kind, Some(spans));
    }
    let kind = match () {
        () if furniture::is_count(text) || is_reading_time(text) => Kind::Count,
        () if caption::is_caption(text) => Kind::Caption,
        () if furniture::byline(text).is_some() => Kind::Byline,
        () => prose_or_short(text, chars, words),
    };
    (kind, None)
}

fn timed_kind(
    text: &str,
    chars: u32,
    words: u32,
    is_publisher: &dyn Fn(&str) -> bool,
) -> Option<(Kind, Spans)> {
    if chars > 160 || words > 24 {
        return None;
    }
    let text = text.get(..without_glued_reading(text))?;
    // a script without spaces: its sentences are one word
    if words > 12 && text.ends_with('。') {
        return None;
    }
    let mut spans = if is_reading_time(text) {
        None
    } else {
        timed(text, is_publisher)
    };
    if has_part_sign(text) || text.contains(" by ") {
        let core = furniture::without_counts(text);
        if core.len() < text.len() {
            spans =
                timed(text.get(core.clone())?, is_publisher).map(|spans| spans.moved(core.start));
        }
    }
    let spans = spans?;
    let time = spans.of(text);
    // where a player of sound starts
    if matches!(time.raw, "0:00" | "00:00") {
        return None;
    }
    let after = word_count(time.after);
    // glued to the time stands a kicker, set apart a title
    let apart = spans.after.start > spans.raw.end || after >= 6;
    if after == 0
        && !time.sign.is_empty()
        && !signs(time.before)
        && !signs_in_parts(time.before)
        && (time::words(time.before) >= 5
            || time.sign.starts_with(['(', '（']) && time::is_long(time.before))
        && one_line(&time).is_some()
    {
        return Some((Kind::Ticker, spans));
    }
    if time.before.is_empty() && after >= 3 && time.after.len() >= 15 && apart {
        if tells_of(&time) {
            return Some((Kind::Time, spans));
        }
        return (!ends_sentence(text)).then_some((Kind::Ticker, spans));
    }
    // a sentence that tells a time is none of these
    let around = word_count(time.before) + after;
    if around > 8 && is_parted(&time) {
        return Some((Kind::Time, spans));
    }
    let sent = || super::block::is_sent(time.before.split(' ').next().unwrap_or(""));
    (around <= 8 && (around <= 3 || !ends_sentence(text) || sent())).then_some((Kind::Time, spans))
}

/// The signs and spaces at the ends of a part.
fn is_edge(c: char) -> bool {
    is_space(c) || is_part_sign(c)
}

/// Words around a time in one of several parts of its line.
const PARTED: usize = 16;

/// Whether a time is one of several parts of its line, as the signs around it say: `Daily News | 4 Oct 2022 | World | Page 3`.
fn is_parted(time: &Timed<'_>) -> bool {
    let sign = |c: char| matches!(c, '|' | '·' | '⋅' | '•');
    let before = time.before.ends_with(is_part_sign) || time.sign.contains(is_part_sign);
    let after = time.after.is_empty()
        || time.after.starts_with(is_part_sign)
        || time.sign_behind.contains(is_part_sign);
    let barred = time.before.contains(sign) || time.after.contains(sign);
    // a headline is longer than the parts of such a line
    let mut parts = time
        .before
        .split(sign)
        .map(|part| part.trim_matches(is_edge));
    let short = barred && parts.all(|part| part.is_empty() || is_name(part));
    let around = time::words(time.before) + time::words(time.after);
    before && after && short && around <= PARTED && !time.before.is_empty()
}

/// Whether a bar or dot stands in a text.
pub(super) fn has_part_sign(text: &str) -> bool {
    if text.is_ascii() {
        return memchr::memchr(b'|', text.as_bytes()).is_some();
    }
    text.contains(['|', '·', '⋅', '•'])
}

/// `Daily News by Ann Lee`: whose it is, no headline.
fn signs(before: &str) -> bool {
    before.contains('@')
        || before.split_once(" by ").is_some_and(|(name, person)| {
            let few = |text: &str| word_count(text) <= 4;
            let capitals = |text: &str| {
                text.split_whitespace()
                    .all(|word| !word.starts_with(char::is_lowercase))
            };
            few(name) && few(person) && capitals(name) && capitals(person)
        })
}

/// `Ann Lee · The Harbour Gazette`: a person and who prints the text.
fn signs_in_parts(before: &str) -> bool {
    let sign = |c: char| matches!(c, '|' | '·' | '⋅' | '•');
    let mut parts = before
        .split(sign)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let (Some(person), Some(name)) = (parts.next(), parts.next()) else {
        return false;
    };
    are_names(person) && is_name(name) && parts.next().is_none()
}

/// Where a line ends before the reading time that is glued to the clock or year in front of it: `4 ottobre 2022 alle 09:411
/// minuti di lettura`.
fn without_glued_reading(text: &str) -> usize {
    let bytes = text.as_bytes();
    // `Stand: 10:49 UhrLesedauer: 5 Minuten`
    let named = memchr::memchr_iter(b':', bytes).find_map(|at| {
        let before = bytes.get(..=at)?;
        let own = |reading: &&&str| before.ends_with(reading.as_bytes());
        let reading = READING.iter().find(own)?;
        Some(at + 1 - reading.len())
    });
    if let Some(at) = named.filter(|&at| at > 0) {
        return at;
    }
    if !matches!(bytes.last(), Some(b'd' | b'a' | b'e' | b't')) {
        return bytes.len();
    }
    let Some(words) = READ.iter().find_map(|read| text.strip_suffix(read)) else {
        return bytes.len();
    };
    let number = words.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = words.len() - number;
    let own = match (digits, words.as_bytes().get(number.wrapping_sub(1))) {
        (1 | 2, Some(b' ')) => 0,
        (3 | 4, Some(b':')) => 2,
        (5 | 6, Some(b' ' | b'.' | b'/')) => 4,
        _ => return bytes.len(),
    };
    number + own
}

/// Ends of reading times.
const READ: [&str; 8] = [
    " min read",
    " minuti di lettura",
    " minuto di lettura",
    " min di lettura",
    " min de lecture",
    " minutes de lecture",
    " min de lectura",
    " min Lesezeit",
];

/// What a reading time starts with.
const READING: [&str; 4] = ["Lesedauer:", "Lesezeit:", "Leestijd:", "Reading time:"];

/// `4 min read`, `1 min Reading time`.
pub(super) fn is_reading_time(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    if READING.iter().any(|reading| text.starts_with(reading)) {
        return true;
    }
    // `DIVE DEEPER (7 MIN)`
    if let Some((_, inside)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        let mut words = inside.split(' ');
        let number = words
            .next()
            .is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let unit = words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("min"));
        return number && unit && words.next().is_none();
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // `26.10.2025 | 2:43 min`: of a film
    let film = text
        .strip_suffix(" min")
        .and_then(|text| text.rsplit_once(' '));
    if film.is_some_and(|(_, length)| length.contains(':')) {
        return true;
    }
    let lower = text.to_lowercase();
    lower.contains(" read")
        || lower.contains("lesezeit")
        || lower.contains("de lecture")
        || lower.contains("de lectura")
        || lower.contains("di lettura")
}

fn prose_or_short(text: &str, chars: u32, words: u32) -> Kind {
    // `… said on Monday. (Kyodo)`
    let credited = || {
        text.ends_with(')')
            && text
                .rsplit_once(" (")
                .is_some_and(|(before, _)| ends_sentence(before))
    };
    // `… said on Monday. EFE`
    let signed = || {
        let capital = text.as_bytes().last().is_some_and(u8::is_ascii_uppercase);
        (words >= 12 || words >= 6 && capital)
            && text.rsplit_once(' ').is_some_and(|(before, last)| {
                let tag =
                    before.ends_with('.') && last.bytes().all(|byte| byte.is_ascii_uppercase());
                let word = words >= 12 && last.chars().all(char::is_alphabetic);
                last.len() <= 10 && (tag || word) && ends_sentence(before)
            })
    };
    let sentence = ends_sentence(text) || credited() || signed();
    // one question or cry may be a headline
    let asks = text.ends_with(['?', '!']) && !text.contains(". ");
    // a script without spaces says as much in half the characters
    let wide = text.ends_with(['。', '」', '！']) && words >= 8;
    let prose = chars >= 220
        || sentence && wide
        || sentence && words >= 8 && (chars >= 45 || words >= 20) && !(asks && chars < 110)
        || words >= 40;
    if prose { Kind::Prose } else { Kind::Short }
}
