//! The lines of a text, each with its end, as `split_inclusive('\n')` gives them: found by wide instructions, where the
//! standard library looks at byte after byte.

/// The lines of a text, in order.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    rest: &'a str,
}

/// The lines of `text`, each with the line feed that ends it.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { rest: text }
}

/// The first line of `text` without its line feed, and what stands behind that; `None` where there is none.
pub fn split_line(text: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr(b'\n', text.as_bytes())?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.rest.as_bytes());
        let end = end.map_or(self.rest.len(), |end| end + 1);
        let (line, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_of_the_standard_library(text in "[ab\u{e9}\r\n]{0,40}") {
            prop_assert!(lines(&text).eq(text.split_inclusive('\n')));
            prop_assert_eq!(split_line(&text), text.split_once('\n'));
        }
    }
}
