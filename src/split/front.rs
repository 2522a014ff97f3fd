//! What a reader program prints in front of a page: `Title:`, `URL Source:`, `Published Time:`, `Markdown Content:`.

use super::line::Line;
use super::page::Draft;

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
    pub(super) fn fill(&self, main: &mut Draft) {
        if main.title.is_none() {
            main.title.clone_from(&self.title);
        }
        if self.published.is_some() {
            main.time.clone_from(&self.published);
        }
        if main.byline.is_none() {
            main.byline.clone_from(&self.author);
        }
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
