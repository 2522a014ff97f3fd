//! Credits and copyright lines behind a text.

#![allow(clippy::too_many_lines)] // tables

use super::*;

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
fn whose_a_picture_is_ends_no_text() {
    let body = format!("{TEXT}\n{TEXT}\n© Reuters/ Stringer The ferry leaves on Monday.\n{TEXT}");
    let found = take(&body);
    assert_eq!(found.body, body);
    assert_eq!(found.credit.agency, None);
}

#[test]
fn tails_with_an_agency() {
    let tail = Some(AgencyEvidence::Tail);
    expect_tails(&[
        ("\nQuelle: dpa", Some("dpa"), tail),
        (" Quelle: dpa", Some("dpa"), tail),
        ("\nBron: BELGA", Some("Belga"), tail),
        ("\ngem/dpa", Some("dpa"), tail),
        (" gem/dpa", Some("dpa"), tail),
        ("\n(dpa/gem)", Some("dpa"), tail),
        (" (dpa/gem)", Some("dpa"), tail),
        ("\n(APA/dpa)", Some("APA"), tail),
        (" (mit Material von dpa)", Some("dpa"), tail),
        ("\n(Con EFE)", Some("EFE"), tail),
        ("\nWith AP", Some("AP"), tail),
        (" (APA, 4.10.2022)", Some("APA"), tail),
        ("\nИсточник: ТАСС", Some("TASS"), tail),
        ("\nCon información de EFE", Some("EFE"), tail),
        ("\n(Avec AFP)", Some("AFP"), tail),
        ("\nAustralian Associated Press", Some("AAP"), tail),
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
            "\nCopyright 2031 The Associated Press. All rights reserved. This material may not be published or broadcast.",
            Some("AP"),
            copyright,
        ),
        (
            " Copyright 2031 The Associated Press. All rights reserved. This material may not be published or broadcast.",
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
