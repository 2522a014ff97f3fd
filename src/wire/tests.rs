//! Credits as a table: every form of the guide, on invented text, with what must be left of it.

#![allow(clippy::too_many_lines)] // tables

use super::*;
use crate::article::AgencyEvidence;
use proptest::prelude::*;

const TEXT: &str =
    "The ferry between the two islands ran again on Tuesday, the harbour office said.";

fn take(body: &str) -> Credited {
    take_credit(body, Known::default())
}

/// Head before the text → dateline, agency; the body is the text alone.
fn expect_heads(table: &[(&str, Option<&str>, Option<&str>)]) {
    for (head, dateline, agency) in table {
        let found = take(&format!("{head}{TEXT}\nA second paragraph follows here."));
        let credit = &found.credit;
        assert_eq!(credit.dateline.as_deref(), *dateline, "{head}");
        assert_eq!(credit.agency.as_deref(), *agency, "{head}");
        let evidence = agency.map(|_| AgencyEvidence::Dateline);
        assert_eq!(credit.evidence, evidence, "{head}");
        assert_eq!(
            found.body,
            format!("{TEXT}\nA second paragraph follows here."),
            "{head}"
        );
    }
}

#[test]
fn reuters_heads() {
    let reuters = Some("Reuters");
    expect_heads(&[
        (
            "LONDON/KYIV/WASHINGTON, Aug 17 (Reuters) – ",
            Some("LONDON/KYIV/WASHINGTON, Aug 17"),
            reuters,
        ),
        ("SAO PAULO (Reuters) - ", Some("SAO PAULO"), reuters),
        (
            "SAO PAULO, Nov 7 (Reuters) - ",
            Some("SAO PAULO, Nov 7"),
            reuters,
        ),
        ("Nov 20 (Reuters) - ", Some("Nov 20"), reuters),
        ("(Reuters) - ", None, reuters),
        ("LONDON (Reuters) -", Some("LONDON"), reuters),
        ("LONDON, (Reuters) - ", Some("LONDON"), reuters),
        ("BEIJING (REUTERS) – ", Some("BEIJING"), reuters),
        (
            "LOS ANGELES, California (Reuters) -- ",
            Some("LOS ANGELES, California"),
            reuters,
        ),
        (
            "By Helen Roe NEW YORK (Reuters) – ",
            Some("NEW YORK"),
            reuters,
        ),
        (
            "PARIS, 10 août (Reuters) - ",
            Some("PARIS, 10 août"),
            reuters,
        ),
        (
            "(Corrects spelling of name in paragraph 4) BOSTON (Reuters) - ",
            Some("BOSTON"),
            reuters,
        ),
        ("OSLO (Reuters) ", Some("OSLO"), reuters),
    ]);
}

#[test]
fn heads_of_american_and_european_agencies() {
    expect_heads(&[
        ("KYIV, Ukraine (AP) -- ", Some("KYIV, Ukraine"), Some("AP")),
        ("WASHINGTON (AP) — ", Some("WASHINGTON"), Some("AP")),
        ("ATLANTA (AP) _ ", Some("ATLANTA"), Some("AP")),
        ("AP - ", None, Some("AP")),
        (
            "WASHINGTON, May 12 (AFP) -- ",
            Some("WASHINGTON, May 12"),
            Some("AFP"),
        ),
        (
            "STOCKHOLM, Aug 29, 2014 (AFP) - ",
            Some("STOCKHOLM, Aug 29, 2014"),
            Some("AFP"),
        ),
        ("Washington (AFP) –  ", Some("Washington"), Some("AFP")),
        ("AFP - ", None, Some("AFP")),
        (
            "Quito, 24 Set 2018 (AFP) - ",
            Some("Quito, 24 Set 2018"),
            Some("AFP"),
        ),
        ("Geneva (dpa) - ", Some("Geneva"), Some("dpa")),
        ("Hamburg (dpa/lno) – ", Some("Hamburg"), Some("dpa")),
        (
            "Berlin, 12. Mai (Reuters) - ",
            Some("Berlin, 12. Mai"),
            Some("Reuters"),
        ),
        (
            "HONOLULU, Dec. 23 (UPI) — ",
            Some("HONOLULU, Dec. 23"),
            Some("UPI"),
        ),
        ("Nov. 28 (UPI) -- ", Some("Nov. 28"), Some("UPI")),
        ("TORONTO (CP) -", Some("TORONTO"), Some("CP")),
        ("(Bloomberg) -- ", None, Some("Bloomberg")),
        ("WASHINGTON (CNN) — ", Some("WASHINGTON"), Some("CNN")),
        ("CNN — ", None, Some("CNN")),
        (
            "WASHINGTON (CNN NEWSOURCE/WKRC) - ",
            Some("WASHINGTON"),
            Some("CNN"),
        ),
        (
            "Madrid, 24 sep (EFE).- ",
            Some("Madrid, 24 sep"),
            Some("EFE"),
        ),
        ("(EFE).- ", None, Some("EFE")),
        (
            "(ANSA) - Rome, October 11 - ",
            Some("Rome, October 11"),
            Some("ANSA"),
        ),
        (
            "(ANSA) - MILANO, 16 MAG - ",
            Some("MILANO, 16 MAG"),
            Some("ANSA"),
        ),
        (
            "Praha 5. května (ČTK) - ",
            Some("Praha 5. května"),
            Some("ČTK"),
        ),
    ]);
}

#[test]
fn heads_of_asian_and_russian_agencies() {
    expect_heads(&[
        ("TOKYO (Kyodo) -- ", Some("TOKYO"), Some("Kyodo")),
        (
            "YILAN, Taiwan (Kyodo) -- ",
            Some("YILAN, Taiwan"),
            Some("Kyodo"),
        ),
        (
            "Tokyo, Aug. 17 (Jiji Press)--",
            Some("Tokyo, Aug. 17"),
            Some("Jiji"),
        ),
        (
            "BEIJING, March 31 (Xinhua) -- ",
            Some("BEIJING, March 31"),
            Some("Xinhua"),
        ),
        ("Jan. 1(Xinhua) --", Some("Jan. 1"), Some("Xinhua")),
        ("BEIJING (Xinhaunet) -- ", Some("BEIJING"), Some("Xinhua")),
        (
            "LISBOA, 18 jun (Xinhua) -- ",
            Some("LISBOA, 18 jun"),
            Some("Xinhua"),
        ),
        (
            "MOSCOW, January 21. /TASS/. ",
            Some("MOSCOW, January 21"),
            Some("TASS"),
        ),
        (
            "МОСКВА, 26 августа. /ТАСС/. ",
            Some("МОСКВА, 26 августа"),
            Some("TASS"),
        ),
        (
            "МОСКВА, 26 авг — РИА Новости. ",
            Some("МОСКВА, 26 авг"),
            Some("RIA Novosti"),
        ),
        (
            "SEOUL, Aug. 20 (Yonhap) -- ",
            Some("SEOUL, Aug. 20"),
            Some("Yonhap"),
        ),
        ("BHOPAL (PTI) -", Some("BHOPAL"), Some("PTI")),
        (
            "Damascus [Syria], June 9 (ANI): ",
            Some("Damascus [Syria], June 9"),
            Some("ANI"),
        ),
        (
            "New Delhi, Jan 10 (ANI): ",
            Some("New Delhi, Jan 10"),
            Some("ANI"),
        ),
        ("By IANS, Hyderabad: ", Some("Hyderabad"), Some("IANS")),
        ("【6月18日 AFP】", Some("6月18日"), Some("AFP")),
        (
            "［東京　１８日　ロイター］ - ",
            Some("東京　１８日"),
            Some("Reuters"),
        ),
        ("【ワシントン時事】", Some("ワシントン"), Some("Jiji")),
        ("新华社北京5月12日电 ", Some("北京5月12日"), Some("Xinhua")),
        (
            "(서울=연합뉴스) 홍길동 기자 = ",
            Some("서울"),
            Some("Yonhap"),
        ),
    ]);
}

#[test]
fn bare_datelines_stripped_tags_and_own_tags_name_no_agency() {
    expect_heads(&[
        ("PUTRAJAYA, Nov 22 — ", Some("PUTRAJAYA, Nov 22"), None),
        ("KOBE – ", Some("KOBE"), None),
        ("KYIV, Ukraine — ", Some("KYIV, Ukraine"), None),
        ("PLYMOUTH, Mich. - ", Some("PLYMOUTH, Mich."), None),
        ("AUBURN, Wash. —\u{a0}", Some("AUBURN, Wash."), None),
        ("SINGAPORE: ", Some("SINGAPORE"), None),
        ("NEW DELHI: ", Some("NEW DELHI"), None),
        ("[SINGAPORE] ", Some("SINGAPORE"), None),
        ("FLUSHING MEADOWS — ", Some("FLUSHING MEADOWS"), None),
        ("ST. LOUIS, MO (KTVI) – ", Some("ST. LOUIS, MO"), None),
        ("(Newser) – ", None, None),
        (
            "(Guantanamo Bay Navy Base, Cuba) -- ",
            Some("Guantanamo Bay Navy Base, Cuba"),
            None,
        ),
        ("AMSTERDAM  ", Some("AMSTERDAM"), None),
        ("SAN FRANCISCO ", Some("SAN FRANCISCO"), None),
        ("London/Teheran - ", Some("London/Teheran"), None),
        ("ABILENE, Texas () – ", Some("ABILENE, Texas"), None),
        ("WASHINGTON () - ", Some("WASHINGTON"), None),
    ]);
}

#[test]
fn an_unknown_tag_is_kept_as_written() {
    let found = take(&format!("NICOSIA, May 3 (Levant Wire) - {TEXT}"));
    assert_eq!(found.credit.agency.as_deref(), Some("Levant Wire"));
    assert!(!found.credit.known);
    assert_eq!(found.body, TEXT);
    assert!(
        take(&format!("HONG KONG (Dow Jones)--{TEXT}"))
            .credit
            .agency
            .is_some()
    );
}

#[test]
fn what_starts_like_a_dateline_and_is_none() {
    for body in [
        "MORE: The ferry will stop for repairs, the harbour office said.",
        "ALSO READ: The ferry will stop for repairs, the harbour office said.",
        "WORLD EXCLUSIVE — The ferry will stop for repairs, the harbour office said.",
        "JANE ROE, HOST: The ferry will stop for repairs, the harbour office said.",
        "Jane Roe (D-Texas) - a lawyer by training - said the ferry would stop.",
        "The minister (left) - seen here - said the ferry would stop for repairs.",
        "One of them told Reuters: the ferry would stop for repairs on Tuesday.",
        "Reuters: what the agency wrote about the ferry",
        "AFP journalists saw the ferry leave the harbour on Tuesday.",
        "By Monday, the ferry had been repaired, the harbour office said.",
    ] {
        let found = take(body);
        assert_eq!(found.credit, Credit::default(), "{body}");
        assert_eq!(found.body, body);
    }
}

/// Tail behind the text → agency, evidence; the body is the text alone.
fn expect_tails(table: &[(&str, Option<&str>, Option<AgencyEvidence>)]) {
    for (tail, agency, evidence) in table {
        let body = format!("A first paragraph stands here.\n{TEXT}");
        let found = take(&format!("{body}{tail}"));
        assert_eq!(found.credit.agency.as_deref(), *agency, "{tail}");
        assert_eq!(found.credit.evidence, *evidence, "{tail}");
        assert_eq!(found.body, body, "{tail}");
    }
}

#[test]
fn tails_with_an_agency() {
    let tail = Some(AgencyEvidence::Tail);
    expect_tails(&[
        (
            "\n(Reporting by Ann Lee in Oslo; Additional reporting by Bo Roe; Writing by Cy Fox; Editing by Di Poe)",
            Some("Reuters"),
            tail,
        ),
        (
            "\nReporting by Ann Lee in Oslo and Bo Roe in Bergen; Editing by Cy Fox and Di Poe\nOur Standards:The Thomson Reuters Trust Principles.",
            Some("Reuters"),
            tail,
        ),
        (
            " (Reporting by Ann Lee; Editing by Bo Roe)",
            Some("Reuters"),
            tail,
        ),
        (
            " Reporting by Ann Lee; Editing by Bo Roe",
            Some("Reuters"),
            tail,
        ),
        (
            "\n((Ann.Lee@thomsonreuters.com; +44 000; Reuters Messaging: ann.lee))",
            Some("Reuters"),
            tail,
        ),
        (
            "\n(Reporting by Ann Lee; Editing by Bo Roe)\nKeywords: GOLF PGA/PLAYOFF",
            Some("Reuters"),
            tail,
        ),
        (
            "\nSource text for Eikon: [ID:nXXX]\nFurther company coverage: [FRRY.OL]",
            Some("Reuters"),
            tail,
        ),
        ("\n© Reuters", Some("Reuters"), tail),
        (" - Reuters", Some("Reuters"), tail),
        (" REUTERS", Some("Reuters"), tail),
        (
            "\n___\nAssociated Press writers Ann Lee, Bo Roe and Cy Fox contributed to this report.",
            Some("AP"),
            tail,
        ),
        (
            "\n—Associated Press writer Ann Lee in Oslo contributed to this report.",
            Some("AP"),
            tail,
        ),
        (
            " ___ Associated Press writer Ann Lee in Oslo contributed to this report.",
            Some("AP"),
            tail,
        ),
        (
            "\n___\nRoe reported from Bergen. Associated Press writer Ann Lee in Oslo contributed to this report.",
            Some("AP"),
            tail,
        ),
        ("\n© KYODO", Some("Kyodo"), tail),
        ("\n==Kyodo", Some("Kyodo"), tail),
        (" (Kyodo)", Some("Kyodo"), tail),
        (" (AFP)", Some("AFP"), tail),
        (" /ritzau/", Some("Ritzau"), tail),
        (" (ANSA).", Some("ANSA"), tail),
        ("\nEnditem", Some("Xinhua"), tail),
        ("\n lee@yna.co.kr\n(END)", Some("Yonhap"), tail),
        ("\n(With inputs from PTI)", Some("PTI"), tail),
        ("\nWith Additional Inputs from PTI", Some("PTI"), tail),
        (
            "\nThis report by The Canadian Press was first published Feb. 28, 2023.\nCompanies in this story: (TSX:FRY; TSX:SEA)\nAnn Lee, The Canadian Press",
            Some("CP"),
            tail,
        ),
        (
            "\n--With assistance from Ann Lee.\nTo contact the reporter on this story: Bo Roe in Oslo at broe@example.com",
            Some("Bloomberg"),
            tail,
        ),
        (
            "\nMost Read from Bloomberg\nFerries Are Back\nWhy Islands Sink",
            Some("Bloomberg"),
            tail,
        ),
        (
            " Most Read from BloombergFerries Are BackWhy Islands Sink",
            Some("Bloomberg"),
            tail,
        ),
        (
            "\nCNN's Ann Lee and Bo Roe contributed to this report\nThe-CNN-Wire\n™ & © 2013 Cable News Network, Inc., a Time Warner Company. All rights reserved.",
            Some("CNN"),
            tail,
        ),
        (
            "\nThis article originally appeared in The New York Times.",
            Some("NYT"),
            tail,
        ),
        ("\n(TNS)", Some("TNS"), tail),
    ]);
}

#[test]
fn copyright_lines() {
    let copyright = Some(AgencyEvidence::Copyright);
    expect_tails(&[
        (
            "\nCopyright 2025 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission.",
            Some("AP"),
            copyright,
        ),
        (
            " Copyright 2025 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission.",
            Some("AP"),
            copyright,
        ),
        ("\n© 2025 AFP", Some("AFP"), copyright),
        (" © 2025 AFP", Some("AFP"), copyright),
        ("\n© 2026 The Canadian Press", Some("CP"), copyright),
        (
            "\n©2025 Bloomberg L.P. Visit bloomberg.com. Distributed by Tribune Content Agency, LLC.",
            Some("Bloomberg"),
            copyright,
        ),
        (
            "\n2022 CQ-Roll Call, Inc., All Rights Reserved. Distributed by Tribune Content Agency, LLC.",
            Some("TNS"),
            copyright,
        ),
        (
            "\nCopyright 2018 by CNN NewSource. All rights reserved.",
            Some("CNN"),
            copyright,
        ),
        ("\nCopyright © 2023 The Harbour Times, LLC.", None, None),
    ]);
}

#[test]
fn tails_that_name_no_single_author() {
    expect_tails(&[
        (
            "\nThe Associated Press contributed to this report.",
            None,
            None,
        ),
        (
            "\nNBC News' Ann Lee, The Associated Press and Reuters contributed to this report.",
            None,
            None,
        ),
        (
            "\n(Except for the headline, this story has not been edited by Harbour Times staff and is published from a syndicated feed.)",
            None,
            None,
        ),
        ("\nAdditional reporting from PA", None, None),
        (
            "\nThis article has been adapted from its original source.",
            None,
            None,
        ),
        ("\nThis version corrects the name of the ferry.", None, None),
        ("\n___", None, None),
    ]);
}

#[test]
fn what_follows_the_last_credit_is_not_the_article() {
    let text = format!("{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}");
    for after in [
        "\nAdvertisement",
        "\nA reader thinks that ferries should fly.\nAnother does not.",
    ] {
        let found = take(&format!(
            "{text}\n(Reporting by Ann Lee; Editing by Bo Roe){after}"
        ));
        assert_eq!(found.credit.agency.as_deref(), Some("Reuters"));
        assert_eq!(found.body, text);
    }
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
