//! Datelines in which place, day and agency are links of a chain, as the houses of many countries print them.

#![allow(clippy::too_many_lines)] // tables

use super::heads::expect_heads;
use super::*;

#[test]
fn houses_that_print_the_agency_as_a_link() {
    expect_heads(&[
        ("Wien. (apa)  ", Some("Wien"), Some("APA")),
        ("WIEN (APA). ", Some("WIEN"), Some("APA")),
        ("Köln (epd). ", Some("Köln"), Some("epd")),
        ("(sda) ", None, Some("Keystone-SDA")),
        ("(dpa) ", None, Some("dpa")),
        ("dpa Berlin. ", Some("Berlin"), Some("dpa")),
        ("Berlin. dpa. ", Some("Berlin"), Some("dpa")),
        ("Berlin – dpa – ", Some("Berlin"), Some("dpa")),
        (
            "Roma, 3 mar. (Adnkronos) - ",
            Some("Roma, 3 mar."),
            Some("Adnkronos"),
        ),
        (
            "Roma, 3 mar. (askanews) - ",
            Some("Roma, 3 mar."),
            Some("askanews"),
        ),
        (
            "Roma, 3 mar. - (Adnkronos) - ",
            Some("Roma, 3 mar."),
            Some("Adnkronos"),
        ),
        ("(ANSA) ROMA, 3 MAR - ", Some("ROMA, 3 MAR"), Some("ANSA")),
        ("(AGI) - Roma, 3 mar. - ", Some("Roma, 3 mar."), Some("AGI")),
        (
            "Milano, 3 mar. (LaPresse) - ",
            Some("Milano, 3 mar."),
            Some("LaPresse"),
        ),
        ("(LaPresse) ", None, Some("LaPresse")),
        (
            "Milano, 3 mar. (askanews) ",
            Some("Milano, 3 mar."),
            Some("askanews"),
        ),
        (
            "Agenzia Nova - Roma, 3 mar - ",
            Some("Roma, 3 mar"),
            Some("Agenzia Nova"),
        ),
        (
            "(Agenzia Vista) Roma, 3 marzo 2023 - ",
            Some("Roma, 3 marzo 2023"),
            Some("Agenzia Vista"),
        ),
        (
            "Madrid, 3 mar. (EFE).- ",
            Some("Madrid, 3 mar."),
            Some("EFE"),
        ),
        (
            "MADRID, 3 Mar. (EUROPA PRESS) - ",
            Some("MADRID, 3 Mar."),
            Some("Europa Press"),
        ),
        (
            "MADRID, 3 (EUROPA PRESS) ",
            Some("MADRID, 3"),
            Some("Europa Press"),
        ),
        ("(EUROPA PRESS) ", None, Some("Europa Press")),
        ("Lima, mar. 3. ", Some("Lima, mar. 3"), None),
        ("(Belga) ", None, Some("Belga")),
        ("(Agence Belga) - ", None, Some("Belga")),
        ("Genève (ats) - ", Some("Genève"), Some("Keystone-SDA")),
        (
            "МОСКВА, 3 мар - ПРАЙМ. ",
            Some("МОСКВА, 3 мар"),
            Some("Prime"),
        ),
        (
            "Москва. 3 марта. INTERFAX.RU - ",
            Some("Москва. 3 марта"),
            Some("Interfax"),
        ),
        ("INTERFAX.RU - ", None, Some("Interfax")),
        (
            "Москва. 3 марта. ИНТЕРФАКС - ",
            Some("Москва. 3 марта"),
            Some("Interfax"),
        ),
        ("КИЕВ. 3 марта. УНН. ", Some("КИЕВ. 3 марта"), Some("UNN")),
        (
            "КИЇВ. 3 березня. УНН. ",
            Some("КИЇВ. 3 березня"),
            Some("UNN"),
        ),
        ("Київ. УНН. ", Some("Київ"), Some("UNN")),
        ("АСТАНА. КАЗИНФОРМ - ", Some("АСТАНА"), Some("Kazinform")),
        (
            "АСТАНА. 3 марта. КАЗИНФОРМ - ",
            Some("АСТАНА. 3 марта"),
            Some("Kazinform"),
        ),
        (
            "NUR-SULTAN. KAZINFORM - ",
            Some("NUR-SULTAN"),
            Some("Kazinform"),
        ),
        (
            "Баку, 3 марта, АЗЕРТАДЖ ",
            Some("Баку, 3 марта"),
            Some("Azertac"),
        ),
        (
            "Baku, March 3, AZERTAC ",
            Some("Baku, March 3"),
            Some("Azertac"),
        ),
        (
            "YEREVAN, MARCH 3, ARMENPRESS. ",
            Some("YEREVAN, MARCH 3"),
            Some("Armenpress"),
        ),
        (
            "KYIV. March 3. KAZINFORM ",
            Some("KYIV. March 3"),
            Some("Kazinform"),
        ),
        ("AKIPRESS.COM - ", None, Some("AKIpress")),
        (
            "TOKYO, March 3, Kyodo - ",
            Some("TOKYO, March 3"),
            Some("Kyodo"),
        ),
        ("（ブルームバーグ）", None, Some("Bloomberg")),
        ("(ブルームバーグ): ", None, Some("Bloomberg")),
        (
            "PTI, New Delhi, Mar 3: ",
            Some("New Delhi, Mar 3"),
            Some("PTI"),
        ),
        (
            "नई दिल्ली, 3 मार्च (भाषा) ",
            Some("नई दिल्ली, 3 मार्च"),
            Some("PTI"),
        ),
        (
            "नई दिल्ली, 3 मार्च (आईएएनएस)। ",
            Some("नई दिल्ली, 3 मार्च"),
            Some("IANS"),
        ),
        (
            "नयी दिल्ली, 3 मार्च (वार्ता) ",
            Some("नयी दिल्ली, 3 मार्च"),
            Some("UNI"),
        ),
        (
            "ISLAMABAD, (APP - UrduPoint / Pakistan Point News - 3rd Mar, 2023): ",
            Some("ISLAMABAD"),
            Some("APP"),
        ),
        ("(BELGA) ", None, Some("Belga")),
        ("(NTB) ", None, Some("NTB")),
        ("/ritzau/ ", None, Some("Ritzau")),
        ("/TT/ ", None, Some("TT")),
        ("JAKARTA, KOMPAS.com - ", Some("JAKARTA"), None),
        ("TEMPO.CO, Jakarta - ", Some("Jakarta"), None),
        ("Liputan6.com, Jakarta - ", Some("Jakarta"), None),
        (
            "KUALA LUMPUR, 3 Mac (Bernama) -- ",
            Some("KUALA LUMPUR, 3 Mac"),
            Some("Bernama"),
        ),
        ("(TTXVN) ", None, Some("VNA")),
        (
            "Riyadh, March 03, 2023, SPA -- ",
            Some("Riyadh, March 03, 2023"),
            Some("SPA"),
        ),
        (
            "TEHRAN, Mar. 03 (MNA) – ",
            Some("TEHRAN, Mar. 03"),
            Some("Mehr"),
        ),
        ("TEHRAN (FNA)- ", Some("TEHRAN"), Some("Fars")),
        ("Tehran, IRNA – ", Some("Tehran"), Some("IRNA")),
        ("Damascus, SANA- ", Some("Damascus"), Some("SANA")),
        (
            "الرياض 3 مارس (رويترز) - ",
            Some("الرياض 3 مارس"),
            Some("Reuters"),
        ),
        ("القاهرة (رويترز) - ", Some("القاهرة"), Some("Reuters")),
        (
            "أبوظبي في 3 مارس / وام / ",
            Some("أبوظبي في 3 مارس"),
            Some("WAM"),
        ),
        ("القاهرة - أ ف ب: ", Some("القاهرة"), Some("AFP")),
        ("القاهرة - (أ ف ب) - ", Some("القاهرة"), Some("AFP")),
        ("(د ب أ) - ", None, Some("dpa")),
        (
            "بكين 3 مارس 2023 (شينخوا) ",
            Some("بكين 3 مارس 2023"),
            Some("Xinhua"),
        ),
        ("Sydney, AAP - ", Some("Sydney"), Some("AAP")),
        (
            "ACCRA, March 3, GNA – ",
            Some("ACCRA, March 3"),
            Some("GNA"),
        ),
        ("Accra, March 3, GNA- ", Some("Accra, March 3"), Some("GNA")),
        (
            "TORONTO, March 3, 2023 /CNW/ - ",
            Some("TORONTO, March 3, 2023"),
            Some("CNW"),
        ),
        (
            "VILNIUS, Mar 03, BNS - ",
            Some("VILNIUS, Mar 03"),
            Some("BNS"),
        ),
        (
            "TALLINN, March 3, BNS - ",
            Some("TALLINN, March 3"),
            Some("BNS"),
        ),
        (
            "ULAANBAATAR, March 3 (MONTSAME) - ",
            Some("ULAANBAATAR, March 3"),
            Some("Montsame"),
        ),
        (
            "Ulaanbaatar, March 3 /MONTSAME/. ",
            Some("Ulaanbaatar, March 3"),
            Some("Montsame"),
        ),
        ("VIENTIANE (KPL) - ", Some("VIENTIANE"), Some("KPL")),
        ("COLOMBO (News 1st) - ", Some("COLOMBO"), None),
        (
            "Colombo, March 3 (Daily Mirror) - ",
            Some("Colombo, March 3"),
            None,
        ),
        ("(The Center Square) – ", None, Some("The Center Square")),
        ("WASHINGTON — AFP: ", Some("WASHINGTON"), Some("AFP")),
        ("WASHINGTON, AFP — ", Some("WASHINGTON"), Some("AFP")),
    ]);
}

#[test]
fn sentences_that_only_look_like_a_chain() {
    for text in [
        "Wien. Die Stadt plant neue Brücken für den Fluss.",
        "The minister told Reuters that the city prepares bridges.",
        "Foto (dpa) zeigt die Brücke am Abend über dem Fluss.",
        "Die Stadt (rund 3000 Einwohner) plant neue Brücken.",
        "Nach Angaben der dpa. Die Stadt plant neue Brücken.",
        "Roma. La città prepara nuovi ponti per il fiume.",
        "Москва. Город готовит новые мосты через реку.",
        "Gespräche (AP) waren schwierig, sagte der Minister.",
        "Update: The city prepares new bridges for the river.",
        "Exclusive - The city prepares new bridges for the river.",
        "Lesen Sie auch: Die Stadt plant neue Brücken.",
        "Apa itu jembatan? Kota ini menyiapkan jembatan baru.",
        "Sport (SID) und Politik gehen hier nicht zusammen.",
        "PARIS SAINT-GERMAIN: Das Team spielt morgen.",
        "Video - La ville prépare de nouveaux ponts pour le fleuve.",
        "Politik. Die Stadt plant neue Brücken für den Fluss.",
        "Trump/AFP hat neue Brücken, sagt er dem Blatt heute.",
        "Na, 3 mar. - ele disse que a cidade prepara pontes.",
        "Der Euro. (Siehe Grafik) Die Stadt plant neue Brücken.",
    ] {
        let body = format!("{text} {TEXT}");
        let found = take(&body);
        assert_eq!(found.credit.agency, None, "{text}");
        assert_eq!(found.credit.dateline, None, "{text}");
        assert_eq!(found.body, body, "{text}");
    }
}
