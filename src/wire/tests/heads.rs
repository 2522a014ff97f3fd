//! Datelines and tags in front of a text.

#![allow(clippy::too_many_lines)] // tables

use super::*;

/// Head before the text → dateline, agency; the body is the text alone.
pub(super) fn expect_heads(table: &[(&str, Option<&str>, Option<&str>)]) {
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
