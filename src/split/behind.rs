//! What stands behind a time on its line and tells of the article: who signed, where the site has filed it, comments.

use super::furniture::byline;
use super::label::Labels;
use super::people::person;
use super::phrases::{Phrase, phrases};
use super::time::{Timed, is_part_sign};

/// Who signed behind a time: `4 Oct 2022 By Ann Lee Leave a Comment`.
pub(super) fn signed_behind<'a>(time: &Timed<'a>) -> Option<&'a str> {
    byline(time.after.trim_start_matches(is_edge)).and_then(person)
}

fn is_edge(c: char) -> bool {
    c == ' ' || is_part_sign(c)
}

/// Whether what stands behind a time tells of an article rather than being its headline: who signed, where the site has filed
/// it, how many comments it has: `4 Oct 2022 By Ann Lee Leave a Comment`, `10 hours ago - Boats - Town - 2 Comments`.
pub(super) fn tells_of(time: &Timed<'_>) -> bool {
    let after = time.after.trim_start_matches(is_edge);
    if after.is_empty() {
        return false;
    }
    let mut words = after.rsplit(' ');
    let counted = |word: &str| {
        phrases(Phrase::Counted)
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    let number =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "a" | "No");
    let counts = words.next().is_some_and(counted) && words.next().is_some_and(number);
    let unsaid = || {
        let (label, _) = after.split_once(" on ")?;
        Labels::shipped().effect(label)
    };
    // two places at least where it is filed, a comma between
    let filed = || {
        let mut parts = after.split([',', '、']).map(str::trim);
        parts.clone().count() > 1
            && parts.all(|part| part.chars().count() <= FILED && !part.contains(' '))
    };
    counts || unsaid().is_some() || signed_behind(time).is_some() || filed()
}

/// Characters of the name of a place where articles are filed.
const FILED: usize = 20;

#[cfg(test)]
mod tests {
    use crate::split::kind::Kind;
    use crate::split::printed::look;

    #[test]
    fn what_tells_of_an_article_behind_a_time_is_no_headline() {
        for line in [
            "March 17, 2016 By Ann Lee Leave a Comment",
            "10 Hours Ago - Boats - Harbour 7.0 pier - 2 Comments",
            "October 23, 2020 Comments Off on Boats wait for the storm to pass",
            "2016/2/2 使いこなし術 , 日本語入力",
        ] {
            assert_eq!(look(line).0, Kind::Time, "{line}");
        }
        for line in [
            "12:40 Rain floods the old town again",
            "March 17, 2016 By the lake nothing is as it was",
        ] {
            assert_eq!(look(line).0, Kind::Ticker, "{line}");
        }
    }
}
