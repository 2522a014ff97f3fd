//! Lines that sign.

use crate::wire::byline::{field, line};

fn read(text: &str) -> (Option<&str>, Option<&'static str>) {
    let found = line(text).unwrap_or_default();
    (found.names, found.agency.map(|agency| agency.name))
}

#[test]
fn an_agency_may_sign_with_a_paper() {
    for (text, agency) in [
        ("Par Le Quotidien et AFP", Some("AFP")),
        ("By Ann Lee and AP", Some("AP")),
        ("By Ann Lee and Bo Roe", None),
    ] {
        let (names, found) = read(text);
        assert_eq!(names, text.split_once(' ').map(|(_, names)| names));
        assert_eq!(found, agency, "{text}");
    }
}

#[test]
fn lines_that_sign() {
    for (text, names, agency) in [
        ("By Ann Lee", Some("Ann Lee"), None),
        (
            "By Ann Lee and Bo Roe, Associated Press Writers",
            Some("Ann Lee and Bo Roe"),
            Some("AP"),
        ),
        ("By ANN LEE= AP Sports Writer=", Some("ANN LEE"), Some("AP")),
        (
            "By Ann Lee - Associated Press - Friday, April 28, 2023",
            Some("Ann Lee"),
            Some("AP"),
        ),
        (
            "By Ann Lee and Bo Roe for Reuters",
            Some("Ann Lee and Bo Roe"),
            Some("Reuters"),
        ),
        (
            "Ann Lee and Bo Roe, Associated Press",
            Some("Ann Lee and Bo Roe"),
            Some("AP"),
        ),
        (
            "Ann Lee, Ap National Security Writer",
            Some("Ann Lee"),
            Some("AP"),
        ),
        ("By The Associated Press", None, Some("AP")),
        ("Associated Press", None, Some("AP")),
        ("Von dpa", None, Some("dpa")),
        (
            "By Ann Lee and Bo Roe Washington Post",
            Some("Ann Lee and Bo Roe"),
            Some("Washington Post"),
        ),
        (
            "Ann Lee and Bo M. RoeAssociated Press",
            Some("Ann Lee and Bo M. Roe"),
            Some("AP"),
        ),
        (
            "Los Angeles Times — Ann Lee Los Angeles Times",
            Some("Ann Lee"),
            Some("Los Angeles Times"),
        ),
        ("/ Source: Associated Press", None, Some("AP")),
        ("Le Quotidien avec AFP", None, Some("AFP")),
        ("Redazione ANSA", None, Some("ANSA")),
        ("By ANN LEE, CNN", Some("ANN LEE"), Some("CNN")),
        ("By NBC News and wire services", None, None),
        ("Par Anne Dupont", Some("Anne Dupont"), None),
    ] {
        assert!(line(text).is_some(), "{text}");
        assert_eq!(read(text), (names, agency), "{text}");
    }
}

#[test]
fn sentences_do_not() {
    for text in [
        "Ann Lee / Reuters",
        "By Monday, the water had reached the second floor of the school",
        "By the numbers",
        "Rivers rise in three states",
        "Minister quits, AP reports say",
        "By contrast, Reuters was told of two deaths.",
        "",
    ] {
        assert_eq!(line(text), None, "{text}");
    }
}

#[test]
fn what_a_page_calls_its_byline() {
    for (text, names, agency) in [
        ("Haberler - Anadolu Ajansı", None, Some("AA")),
        ("Periodista Digital: EFE", None, Some("EFE")),
        ("Por Agencia EFE", None, Some("EFE")),
        ("By Ann Lee", Some("Ann Lee"), None),
        ("李明", Some("李明"), None),
    ] {
        let found = field(text);
        assert_eq!(
            (found.names, found.agency.map(|a| a.name)),
            (names, agency),
            "{text}"
        );
    }
    assert_eq!(field("AFP, MANILA").place, Some("MANILA"));
}
