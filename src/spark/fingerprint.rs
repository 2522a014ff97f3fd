//! Stage `fingerprint`: what two programs must have in common to give the same stories: versions, settings, and the
//! values that the core computes of built-in texts. A worker that differs stops the job.

use std::fmt::Write;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::stream::VERSION;
use crate::article::Key;
use crate::candidates::{CENTRES, STAR, Threshold};
use crate::sketch::{FLOOR, SCALE, WORDS, sketch};
use crate::verify::{Prepared, Thresholds, verdict};

/// Texts in several scripts, invented.
const TEXTS: [&str; 3] = [
    "The harbour board met on Monday and refused to pay the new levy. \"We have no money,\" said its chair, Ann Lowe. \
     The ferry to the islands stops at the end of May unless the town finds 40,000 crowns.",
    "The harbour board met on Monday and refused to pay the new levy. \"We have no money,\" said its chair, Ann Lowe. \
     The ferry stops in June.",
    "Der Hafenrat tagte am Montag. Совет порта собрался в понедельник. 港の理事会は月曜日に開かれた。",
];

/// Everything that must be the same, a line each.
#[must_use]
pub fn fingerprint() -> String {
    let mut lines = format!(
        "wirefold {}\nstream {VERSION}\nsketch scale {SCALE} floor {FLOOR} words {WORDS}\nlists star {STAR} centres {CENTRES}\n",
        env!("CARGO_PKG_VERSION")
    );
    // writing into memory does not fail
    let _ = writeln!(lines, "{:?}", Threshold::default());
    let _ = writeln!(lines, "{:?}", Thresholds::default());
    for (at, text) in TEXTS.iter().enumerate() {
        let kept: Vec<u8> = sketch(text)
            .0
            .iter()
            .flat_map(|kept| kept.0.to_le_bytes())
            .collect();
        let key = Key::of(None, None, None, None, text);
        let _ = writeln!(
            lines,
            "golden {at} key {key} sketch {:016x}",
            xxh3_64(&kept)
        );
    }
    let [a, b, _] = TEXTS.map(|text| Prepared::new(text, None));
    let _ = writeln!(
        lines,
        "golden verdict {:?}",
        verdict(&a, &b, &Thresholds::default())
    );
    lines
}

/// The hash of all of it, 16 hex digits: the last word of a stream's header.
pub fn digest() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| format!("{:016x}", xxh3_64(fingerprint().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_the_versions_and_what_the_core_computes() {
        let text = fingerprint();
        assert!(text.starts_with(concat!(
            "wirefold ",
            env!("CARGO_PKG_VERSION"),
            "\nstream 3\n"
        )));
        assert!(text.contains("golden 2 key"));
        assert!(text.contains("golden verdict Some"), "{text}");
        assert_eq!(text, fingerprint());
    }
}
