//! Credits as a table: every form of the guide, on invented text, with what must be left of it.

mod bylines;
mod chains;
mod heads;
mod tails;

use super::*;
use crate::article::AgencyEvidence;
use proptest::prelude::*;

const TEXT: &str =
    "The ferry between the two islands ran again on Tuesday, the harbour office said.";

fn take(body: &str) -> Credited {
    take_credit(body, Known::default())
}

#[test]
fn photo_credits_and_speech_are_no_credit() {
    for body in [
        "The ferry leaves the harbour on Tuesday. (AP Photo/Ann Lee)\nThe ferry ran again on Tuesday, the office said.",
        "The ferry ran again, the office told Reuters on Tuesday.\nIt had stopped in May, a spokesman told AFP.",
        "The ferry ran again, the office said.\nIt had stopped in May. Pool / via REUTERS Despite the storm it ran.",
    ] {
        let found = take(body);
        assert_eq!(found.credit.agency, None, "{body}");
        assert_eq!(found.body, body);
    }
}

#[test]
fn a_dateline_behind_headline_byline_and_caption() {
    let found = take(&format!(
        "Ferry runs again\nBy Ann Lee\nTORONTO, Nov 26 (UPI) - {TEXT}"
    ));
    assert_eq!(found.credit.agency.as_deref(), Some("UPI"));
    assert_eq!(found.credit.dateline.as_deref(), Some("TORONTO, Nov 26"));
    assert_eq!(found.credit.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(found.body, format!("Ferry runs again\n{TEXT}"));

    let found = take(&format!(
        "The ferry is seen in the harbour on Tuesday in a picture that has a long text under it, as many have, with all the names of those on board.(Ann Lee/ Harbour Office photo via AP)\nOSLO (AP) — {TEXT}"
    ));
    assert_eq!(found.credit.agency.as_deref(), Some("AP"));
    assert_eq!(found.body, TEXT);

    let found = take(&format!(
        "Find out what's new on our website and app. OSLO (Reuters) - {TEXT}"
    ));
    assert_eq!(found.credit.dateline.as_deref(), Some("OSLO"));
    assert_eq!(found.body, TEXT);
}

#[test]
fn evidence_in_its_order() {
    let known = |publisher, byline, field| Known {
        publisher,
        byline,
        field,
    };
    let told = |body: &str, known| {
        let credit = take_credit(body, known).credit;
        (credit.agency, credit.evidence.map(AgencyEvidence::as_str))
    };
    let all = known(
        Some("AFP"),
        Some("By Ann Lee, Associated Press"),
        Some("UPI"),
    );
    let tail = "\n(Reporting by Ann Lee; Editing by Bo Roe)\n© 2025 AFP";
    for (body, known, agency, evidence) in [
        (format!("OSLO (dpa) - {TEXT}{tail}"), all, "dpa", "dateline"),
        (format!("{TEXT}{tail}"), all, "Reuters", "tail"),
        (format!("{TEXT}\n© 2025 AFP"), all, "AFP", "copyright"),
        (TEXT.to_owned(), all, "AP", "byline"),
        (
            TEXT.to_owned(),
            known(Some("Press Association"), None, None),
            "PA",
            "byline",
        ),
        (
            TEXT.to_owned(),
            known(Some("Harbour Times"), None, Some("UPI")),
            "UPI",
            "field",
        ),
    ] {
        assert_eq!(
            told(&body, known),
            (Some(agency.to_owned()), Some(evidence)),
            "{body}"
        );
    }
    assert_eq!(told(TEXT, known(Some("CNN"), None, None)), (None, None));
    assert_eq!(
        told(TEXT, known(Some("CNN"), Some("Ann Lee, CNN"), None)),
        (None, None)
    );
}

/// Whether the characters of `part` stand in `whole` in their order; credits are glued to words on either side.
fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut all = whole.chars();
    part.chars()
        .filter(|c| !c.is_whitespace())
        .all(|c| all.any(|other| other == c))
}

proptest! {
    /// No text panics, and nothing is put in or moved.
    #[test]
    fn the_body_is_a_subsequence_of_the_text(
        text in "(\\PC{0,20}|[A-Z]{2,8}|, |\\(Reuters\\)|\\(AP\\)|/TASS/| - | — |\n|___|By |©|Copyright 2025|【|】|\\(|\\)|Aug 17| ){0,24}"
    ) {
        let found = take(&text);
        prop_assert!(is_subsequence(&found.body, &text), "{:?} of {:?}", found.body, text);
        prop_assert_eq!(found.credit.agency.is_some(), found.credit.evidence.is_some());
    }

    /// Plain prose keeps every word.
    #[test]
    fn prose_is_left_alone(words in prop::collection::vec("[a-z]{1,9}", 1..60), lines in 1usize..5) {
        let text: Vec<String> = words.chunks(words.len().div_ceil(lines)).map(|w| w.join(" ")).collect();
        let text = text.join("\n");
        prop_assert_eq!(take(&text).body, text);
    }
}
