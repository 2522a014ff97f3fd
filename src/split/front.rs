//! What a reader program prints in front of a page: `Title:`, `URL Source:`, `Published Time:`, `Markdown Content:`.

use super::line::Line;
use super::page::Draft;
use super::unit::{Unit, is_name};

/// The fields in front of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    /// Headline.
    pub(super) title: Option<String>,
    /// Address.
    pub(super) url: Option<String>,
    /// As printed.
    pub(super) published: Option<String>,
    /// Who signed.
    pub(super) author: Option<String>,
    /// How many lines of the page it takes.
    pub(super) lines: usize,
}

impl Front {
    /// Gives the main article what the page itself does not print; the time of the reader is the exact one.
    pub(super) fn fill(&self, main: &mut Draft, units: &[Unit<'_>]) {
        self.name(main, units);
        if self.published.is_some() {
            main.time.clone_from(&self.published);
        }
        if main.byline.is_none() {
            main.byline.clone_from(&self.author);
        }
    }
}

/// What stands between the headline and the site's name in the title of a page.
const SIGNS: [&str; 6] = [" | ", " - ", " – ", " — ", " • ", " · "];

impl Front {
    /// The headline, as the page prints it: the title of a page has its site's name behind.
    fn name(&self, main: &mut Draft, units: &[Unit<'_>]) {
        let Some(whole) = self.title.as_deref() else {
            return;
        };
        let rest = |title: &str| whole.strip_prefix(title).map(str::to_owned);
        let parted =
            |rest: &String| rest.is_empty() || SIGNS.iter().any(|sign| rest.starts_with(sign));
        let known = main.title.as_deref().and_then(rest).filter(parted);
        let printed = || {
            let titles = units
                .iter()
                .filter(|unit| unit.is_title() && unit.words >= 3);
            titles
                .filter(|unit| rest(&unit.text).as_ref().is_some_and(parted))
                .max_by_key(|unit| unit.chars)
        };
        if known.is_none()
            && let Some(unit) = printed()
        {
            main.title = Some(unit.text.clone().into_owned());
        }
        if main.title.is_none() {
            main.title = Some(whole.to_owned());
        }
        let site = main.title.as_deref().and_then(rest);
        let site = site.and_then(|rest| {
            let name = SIGNS.iter().find_map(|sign| rest.strip_prefix(sign))?;
            (is_name(name) && SIGNS.iter().all(|sign| !name.contains(sign)))
                .then(|| name.to_owned())
        });
        main.publisher = main.publisher.take().or(site);
    }
}

/// Lines that are looked at.
const REACH: usize = 16;

/// Reads the fields, if the page starts with a title field and has another one.
pub(super) fn front(lines: &[Line<'_>]) -> Front {
    let mut front = Front::default();
    let mut fields = 0;
    for (index, line) in lines.iter().take(REACH).enumerate() {
        if line.text.is_empty() {
            continue;
        }
        let Some((name, value)) = line.text.split_once(':') else {
            break;
        };
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        match name.to_ascii_lowercase().as_str() {
            "title" if index < 3 => front.title = value,
            "url source" | "url" if front.title.is_some() => front.url = value,
            "published time" | "published" | "date" if front.title.is_some() => {
                front.published = value;
            }
            "author" | "authors" if front.title.is_some() => front.author = value,
            "markdown content" | "text content" if front.title.is_some() && value.is_none() => {}
            "number of pages" | "image" | "description" | "sitename" | "hostname"
                if front.title.is_some() => {}
            _ => break,
        }
        fields += 1;
        front.lines = index + 1;
    }
    if fields >= 2 { front } else { Front::default() }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn the_fields_of_a_reader_are_read() {
        let text = "Title: Rain floods town\n\nURL Source: https://a.example/1\n\nPublished Time: 2025-08-07T20:17:08+00:00\n\n\
                    Markdown Content:\nRain floods town\n";
        let front = front(&lines(text));
        assert_eq!(front.title.as_deref(), Some("Rain floods town"));
        assert_eq!(front.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(
            front.published.as_deref(),
            Some("2025-08-07T20:17:08+00:00")
        );
        assert_eq!(front.lines, 7);
    }

    #[test]
    fn a_page_that_only_starts_with_the_word_has_none() {
        assert_eq!(
            front(&lines("Title: what is in a name\nA text about names.")),
            Front::default()
        );
    }
}
