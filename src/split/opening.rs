//! The lines above the first paragraph of an article's text, where a scraper took them with it: the headline again, who
//! signed, when it was published, buttons. What they say goes to the record; they are no part of the body.

use std::borrow::Cow;

use super::furniture;
use super::kind::{Kind, ends_sentence};
use super::label::{Effect, Labels};
use super::printed::{labelled, labels_time, look};
use super::signed::are_names;
use super::time::Timed;
use crate::text::split_line;
use crate::wire;
use crate::wire::when::find_in;

/// What the first lines of a text say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    /// Headline; of a text only where the record has none.
    pub(super) title: Option<&'a str>,
    /// Who signed.
    pub(super) byline: Option<&'a str>,
    /// When it was published, as printed.
    pub(super) time: Option<&'a str>,
    /// The agency in front of the time.
    pub(super) signed: Option<&'a str>,
}

impl<'a> Opening<'a> {
    /// Of a record with this headline.
    pub(super) fn of(title: Option<&'a str>) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    /// Takes in a time and who stands in front of it.
    pub(super) fn tell(&mut self, time: Timed<'a>) {
        self.time = self.time.or(Some(time.raw));
        if wire::is_agency_name(time.before) {
            self.signed = self.signed.or(Some(time.before));
        } else if let Some(name) = furniture::byline(time.before) {
            self.byline = self.byline.or(Some(name));
        }
    }
}

/// Lines that are looked at.
const REACH: usize = 12;

/// Bytes of a line that may stand above a paragraph.
const LONGEST: usize = 250;

/// Bytes of a line that stands above the headline: longer ones are text.
const ABOVE: usize = 100;

/// Bytes of a sentence below the headline that may be a dek.
const DEK: usize = 160;

/// Bytes of a first paragraph: below it, times may be what the text is about.
const PARAGRAPH: usize = 120;

/// Takes headline, byline and time off the head of a text, and what stands above the headline. A headline goes where the
/// record's is the same or missing; the text is borrowed where nothing is left above what goes.
pub(super) fn opening<'a>(text: &'a str, title: Option<&str>) -> (Opening<'a>, Cow<'a, str>) {
    let mut reader = Reader {
        title: title.map(str::trim),
        opening: Opening::default(),
        kept: Vec::new(),
        times: 0,
        dek: false,
    };
    let mut rest = text;
    // what is left over below the last line that goes
    let mut end = (0, rest);
    for _ in 0..REACH {
        let Some((line, below)) = split_line(rest) else {
            break;
        };
        let (line, below) = (line.trim(), below.trim_start());
        if line.len() > LONGEST || below.is_empty() {
            break;
        }
        match reader.read(line, below) {
            Said::Goes => end = (reader.kept.len(), below),
            Said::Stays => reader.kept.push(line),
            Said::Sentence if reader.goes_on_below(line) => reader.kept.push(line),
            Said::Sentence | Said::Text => break,
        }
        rest = below;
    }
    let (kept, rest) = end;
    let kept = reader.kept.get(..kept).unwrap_or_default();
    let text = if kept.is_empty() {
        Cow::Borrowed(rest)
    } else {
        Cow::Owned(format!("{}\n{rest}", kept.join("\n")))
    };
    (reader.opening, text)
}

/// Whether a time may be that of the article: a clock alone or `1 min` is none, and the sender of a post is no label.
pub(super) fn is_dated(time: Timed<'_>) -> bool {
    find_in(time.raw).is_some()
        && !time.before.starts_with(['—', '–'])
        && !time.before.contains('@')
}

/// What becomes of a line.
enum Said {
    /// It says something of the article and is no part of its text.
    Goes,
    /// It may be part of the text.
    Stays,
    /// The text starts here, or below it: it may be a dek.
    Sentence,
    /// The text starts here.
    Text,
}

struct Reader<'a, 't> {
    title: Option<&'t str>,
    opening: Opening<'a>,
    kept: Vec<&'a str>,
    /// Lines with a time.
    times: usize,
    /// The next sentence may be a dek: the headline was met again just now.
    dek: bool,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self, line: &'a str, below: &'a str) -> Said {
        if self.title == Some(line) {
            return self.below_headline();
        }
        if let Some(name) = furniture::byline(line) {
            self.sign(name);
            return Said::Goes;
        }
        // most texts start so
        if line.len() > ABOVE && ends_sentence(line) {
            return Said::Sentence;
        }
        let next = split_line(below).map_or(below, |(line, _)| line.trim());
        if !may_tell_time(line) {
            return match () {
                () if ends_sentence(line) => Said::Sentence,
                () if self.is_title(line, next) => self.entitle(line),
                () => Said::Stays,
            };
        }
        if self.is_sign(line) || self.signs_with_time(line, below) {
            return Said::Goes;
        }
        match look(line) {
            (Kind::Time, Some(spans)) => {
                let time = spans.of(line);
                if !time.after.is_empty() || !leads_to_text(below) {
                    return Said::Text;
                }
                if !is_dated(time) {
                    return Said::Stays;
                }
                self.times += 1;
                self.opening.tell(time);
                Said::Goes
            }
            (Kind::Prose, _) => Said::Sentence,
            // furniture goes anyway
            (Kind::Label(_) | Kind::Rule | Kind::Count, _) => Said::Stays,
            _ if labels_time(line, next) => Said::Goes,
            // `Ann Lee` above the sign that parts it from the time
            _ if !next.contains(char::is_alphanumeric) && are_names(line) => {
                self.sign(line);
                Said::Goes
            }
            _ if self.is_title(line, next) => self.entitle(line),
            _ => Said::Stays,
        }
    }

    /// The headline of the record was met again.
    fn below_headline(&mut self) -> Said {
        let is_text = |above: &&str| above.len() > ABOVE && above.ends_with(['.', ':', '…']);
        if self.kept.iter().any(is_text) {
            return Said::Text;
        }
        // what stands above the headline is no text, and more times than one are those of other articles
        self.kept.clear();
        if self.times > 1 {
            self.opening.time = None;
        }
        self.dek = true;
        Said::Goes
    }

    /// Whether a sentence stands above the text: furniture, or a dek.
    fn goes_on_below(&mut self, line: &str) -> bool {
        let furniture = || Labels::shipped().effect(line) == Some(Effect::Furniture);
        line.len() <= DEK && std::mem::take(&mut self.dek) || line.len() <= ABOVE && furniture()
    }

    /// A sign, or `by`, between the lines of the head.
    fn is_sign(&self, line: &str) -> bool {
        let signed = self.opening.byline.is_some() || self.opening.time.is_some();
        signed && !line.contains(char::is_alphanumeric) || line.eq_ignore_ascii_case("by")
    }

    /// `Ann Lee`, `Ann Lee, Site March 8, 2021, 10:25 AM`
    fn sign(&mut self, name: &'a str) {
        let time = find_in(name);
        let end = time.as_ref().map_or(name.len(), |time| time.start);
        let who = name.get(..end).unwrap_or(name);
        let who = who.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
        self.opening.byline = self
            .opening
            .byline
            .or(Some(who).filter(|who| !who.is_empty()));
        let time = time.and_then(|time| name.get(time));
        self.opening.time = self.opening.time.or(time);
    }

    /// `Ann Lee and Tom Roe, Lake News Published 6:20 a.m. ET March 9, 2021 | Updated 9:35 a.m.`
    fn signs_with_time(&mut self, line: &'a str, below: &str) -> bool {
        let Some((who, time)) = labelled(line).filter(|_| leads_to_text(below)) else {
            return false;
        };
        self.times += 1;
        self.opening.time = self.opening.time.or(Some(time));
        let name = who.split(',').next().unwrap_or(who).trim();
        let signed = self.opening.signed.is_none() && wire::signs(who).agency;
        if signed {
            self.opening.signed = Some(who);
        }
        if self.opening.byline.is_none() && are_names(name) && !wire::is_agency_name(name) {
            self.opening.byline = Some(name);
        }
        true
    }

    fn entitle(&mut self, line: &'a str) -> Said {
        self.kept.clear();
        self.opening.title = Some(line);
        Said::Goes
    }

    fn is_title(&self, line: &str, next: &str) -> bool {
        self.title.is_none()
            && self.opening.title.is_none()
            && self.opening.byline.is_none()
            && self
                .kept
                .iter()
                .all(|above| above.split_whitespace().count() < 3)
            && is_title_line(line, next)
            && !(line.contains('/') && wire::signs(line).agency)
    }
}

/// Whether a line reads like a headline above the next one.
fn is_title_line(line: &str, next: &str) -> bool {
    line.len() >= 12
        && line.split_whitespace().count() >= 3
        && !ends_sentence(line)
        && !line.ends_with([',', ':', ';'])
        && (next.len() > line.len() || furniture::byline(next).is_some())
}

/// Whether a line may hold a time: without a digit only a short one does.
fn may_tell_time(line: &str) -> bool {
    line.len() <= 44
        || line
            .bytes()
            .any(|byte| byte.is_ascii_digit() || !byte.is_ascii())
}

/// Whether a paragraph comes soon: a list of times and what happened then has none.
fn leads_to_text(below: &str) -> bool {
    let mut rest = below;
    for _ in 0..REACH {
        let (line, below) = split_line(rest).unwrap_or((rest, ""));
        if line.len() >= PARAGRAPH {
            return true;
        }
        rest = below.trim_start();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The harbour was closed on Friday after heavy rain had flooded the lower town, the mayor said, and \
                        will open again on Monday.\nBoats stayed out.";

    fn read(head: &str, title: Option<&str>) -> ([Option<String>; 4], String) {
        let text = format!("{head}\n{TEXT}");
        let (opening, rest) = opening(&text, title);
        let Opening {
            title,
            byline,
            time,
            signed,
        } = opening;
        let own = [title, byline, time, signed].map(|field| field.map(str::to_owned));
        let above = rest.strip_suffix(TEXT).expect("the text stays whole");
        (own, above.to_owned())
    }

    fn said(title: &str, byline: &str, time: &str, signed: &str) -> [Option<String>; 4] {
        [title, byline, time, signed]
            .map(|field| Some(field.to_owned()).filter(|field| !field.is_empty()))
    }

    #[test]
    fn headline_byline_and_time_go() {
        let head = "Rain closes harbour of Lindau\nBy Ann Lee\nMarch 9, 2021";
        let fields = said("", "Ann Lee", "March 9, 2021", "");
        let told = read(head, Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (fields, String::new()));
        let fields = said(
            "Rain closes harbour of Lindau",
            "Ann Lee",
            "March 9, 2021",
            "",
        );
        assert_eq!(read(head, None), (fields, String::new()));
    }

    #[test]
    fn what_stands_above_the_headline_goes_with_it() {
        let head = "LAKE NEWS\nAP March 9, 2021, 8:05 PM\nRain closes harbour of Lindau";
        let fields = said("", "", "March 9, 2021, 8:05 PM", "AP");
        let told = read(head, Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (fields, String::new()));
        let told = read("LAKE NEWS\nThe week", Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (said("", "", "", ""), "LAKE NEWS\nThe week\n".into()));
    }

    #[test]
    fn a_dek_stays() {
        let head = "Rain closes harbour of Lindau\nBoats must wait\nUpdated\n2:37 pm CDT, Tuesday, March 9, 2021";
        let fields = said("", "", "2:37 pm CDT, Tuesday, March 9, 2021", "");
        let told = read(head, Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (fields, "Boats must wait\n".into()));
        let head = "Rain closes harbour of Lindau\nBoats must wait, the mayor says.\nby\nAnn Lee\n•\nMarch 9, 2021";
        let fields = said("", "Ann Lee", "March 9, 2021", "");
        let told = read(head, Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (fields, "Boats must wait, the mayor says.\n".into()));
    }

    #[test]
    fn a_byline_may_hold_the_time() {
        let told = read("By Ann Lee, Lake News March 8, 2021, 10:25 AM", None);
        let fields = said("", "Ann Lee, Lake News", "March 8, 2021, 10:25 AM", "");
        assert_eq!(told, (fields, String::new()));
    }

    #[test]
    fn who_signed_may_stand_in_front_of_a_labelled_time() {
        let head = "Ann Lee and Tom Roe , LAKE NEWS Published 6:20 a.m. ET March 9, 2021 | Updated 9:35 a.m. ET March 9, 2021";
        let fields = said("", "Ann Lee and Tom Roe", "6:20 a.m. ET March 9, 2021", "");
        assert_eq!(read(head, None), (fields, String::new()));
        let head = "Associated Press Published 5:15 a.m. ET March 9, 2021";
        let fields = said("", "", "5:15 a.m. ET March 9, 2021", "Associated Press");
        assert_eq!(read(head, None), (fields, String::new()));
        let head = "The report that Tom Roe published March 9, 2021 was wrong";
        assert_eq!(read(head, Some("Lindau")).1, format!("{head}\n"));
    }

    #[test]
    fn times_of_other_articles_above_are_not_its_own() {
        let head = "15m ago\nBoats are back\n24m ago\nRain closes harbour of Lindau";
        let told = read(head, Some("Rain closes harbour of Lindau"));
        assert_eq!(told, (said("", "", "", ""), String::new()));
        let told = read("1 min\nReuters / Lake Pictures", None);
        let above = "1 min\nReuters / Lake Pictures\n";
        assert_eq!(told, (said("", "", "", ""), above.into()));
    }

    #[test]
    fn times_that_a_text_is_about_stay() {
        let text = "March 9, 2021\nConcert in the hall.\nMarch 11, 2021\nMarket.";
        assert_eq!(opening(text, None), (Opening::default(), text.into()));
        let told = "It rained.\nMarch 9, 2021\nIt rained again, and nobody came to the market by the lake.";
        assert_eq!(opening(told, None).1, told);
    }
}
