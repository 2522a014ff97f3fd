//! Two versions of a sentence with the words marked that only one of them has (`<del>`, `<ins>`).

use std::fmt::Write as _;

use crate::report::escape;

/// Words of a sentence that are aligned; longer ones are shown unmarked.
const LONGEST: usize = 200;

/// Both sentences as markup.
pub(super) fn marked(a: &str, b: &str) -> (String, String) {
    let (left, right): (Vec<&str>, Vec<&str>) = (
        a.split_whitespace().collect(),
        b.split_whitespace().collect(),
    );
    if left.len().max(right.len()) > LONGEST {
        return (
            escape::markup(a).into_owned(),
            escape::markup(b).into_owned(),
        );
    }
    let (common_left, common_right) = common(&left, &right);
    (
        render(&left, &common_left, "del"),
        render(&right, &common_right, "ins"),
    )
}

/// Which words of each side belong to a longest common subsequence.
fn common(left: &[&str], right: &[&str]) -> (Vec<bool>, Vec<bool>) {
    // lengths[i][j]: of the common subsequence of left[i..] and right[j..]
    let width = right.len() + 1;
    let mut lengths = vec![0u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            lengths[i * width + j] = if left[i] == right[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let mut found = (vec![false; left.len()], vec![false; right.len()]);
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            found.0[i] = true;
            found.1[j] = true;
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// The words with what is not common in an element; neighbours share one.
fn render(words: &[&str], common: &[bool], element: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for (word, &same) in words.iter().zip(common) {
        if same && open {
            let _ = write!(out, "</{element}>");
        }
        if !out.is_empty() {
            out.push(' ');
        }
        if !same && !open {
            let _ = write!(out, "<{element}>");
        }
        open = !same;
        out += &escape::markup(word);
    }
    if open {
        let _ = write!(out, "</{element}>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_marked() {
        assert_eq!(
            marked(
                "The levy of 412 crowns fell",
                "The levy of about 400 crowns fell today"
            ),
            (
                "The levy of <del>412</del> crowns fell".to_owned(),
                "The levy of <ins>about 400</ins> crowns fell <ins>today</ins>".to_owned()
            )
        );
        assert_eq!(
            marked("", "new"),
            (String::new(), "<ins>new</ins>".to_owned())
        );
        assert_eq!(marked("<b>", "<b>").0, "&lt;b&gt;");
    }

    #[test]
    fn a_sentence_without_end_is_shown_unmarked() {
        let long = "word ".repeat(LONGEST + 1);
        assert!(!marked(&long, "other").0.contains("<del>"));
    }
}
