//! Rows of buttons: `FacebookEmail Twitter Google+ LinkedIn`, `Share on Facebook Share on Twitter`, `CONNECT TWEET 17 COMMENT`.
//! Sites order them as they like, and scrapers glue them: such a line is told from its words, which the table of labels has.

/// Words of buttons.
#[derive(Debug, Default)]
pub(super) struct Buttons {
    /// By their first byte: the words in small letters, the longest first, with whether one is a button by itself.
    words: Vec<Vec<(String, bool)>>,
}

/// Buttons that make a row.
const ROW: usize = 2;

impl Buttons {
    /// Takes in a word, which is a button by itself (`facebook`) or stands between them (`on`).
    pub(super) fn add(&mut self, word: &str, button: bool) {
        let Some(first) = word.bytes().next() else {
            return;
        };
        self.words.resize(256, Vec::new());
        let words = &mut self.words[usize::from(first)];
        let at = words.partition_point(|(other, _)| other.len() >= word.len());
        words.insert(at, (word.to_owned(), button));
    }

    /// The button or the word between buttons that a text in small letters starts with, and what is behind it.
    fn first<'t>(&self, text: &'t str) -> Option<(bool, &'t str)> {
        let words = self.words.get(usize::from(*text.as_bytes().first()?))?;
        words.iter().find_map(|(word, button)| {
            let behind = text.strip_prefix(word.as_str())?;
            Some((*button, behind))
        })
    }

    /// Whether a line in small letters is a row of buttons, with numbers and signs between them.
    pub(super) fn is_row(&self, line: &str) -> bool {
        let mut rest = line;
        let mut buttons = 0;
        while let Some((button, behind)) = self.first(rest) {
            buttons += usize::from(button);
            rest = behind.trim_start_matches(|c: char| !c.is_alphabetic());
            if rest.is_empty() {
                return buttons >= ROW;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_nothing_but_buttons() {
        let mut buttons = Buttons::default();
        for word in ["facebook", "twitter", "share", "email", "e-mail"] {
            buttons.add(word, true);
        }
        for word in ["on", "more", "comment", "comments"] {
            buttons.add(word, false);
        }
        for row in [
            "facebookemail twitter google+".replace(" google+", ""),
            "share on facebook share on twitter".to_owned(),
            "share | e-mail | 64 commentsmore".to_owned(),
        ] {
            assert!(buttons.is_row(&row), "{row}");
        }
        for line in [
            "facebook",
            "facebook shares",
            "comments on twitter",
            "facebook buys twitter",
            "",
        ] {
            assert!(!buttons.is_row(line), "{line}");
        }
    }
}
