//! Printed times as a table: what is seen on pages, and what it means.

mod languages;

use super::*;
use proptest::prelude::*;

/// 2025-08-17 20:00 UTC, a Sunday.
const FETCHED: &str = "2025-08-17T20:00:00Z";

fn read(raw: &str, anchor: Option<&str>) -> Option<String> {
    published(raw, anchor.and_then(Moment::parse), &TimeZone::UTC)
        .at
        .map(|at| at.to_string())
}

/// Each resolves against the anchor, to nothing without one, and is found as a line of its own.
fn expect_relative(table: &[(&str, &str)]) {
    for (raw, expected) in table {
        assert_eq!(
            read(raw, Some(FETCHED)).as_deref(),
            Some(*expected),
            "{raw}"
        );
        assert_eq!(read(raw, None), None, "{raw}: no anchor");
        assert!(find_time(raw).is_some(), "{raw}");
    }
}

#[test]
fn relative_times_in_english_and_short_forms() {
    expect_relative(&[
        ("8 hours ago", "2025-08-17T12:00:00Z"),
        ("time3 hours ago", "2025-08-17T17:00:00Z"),
        ("an hour ago", "2025-08-17T19:00:00Z"),
        ("2 hrs", "2025-08-17T18:00:00Z"),
        ("4h", "2025-08-17T16:00:00Z"),
        ("5u", "2025-08-17T15:00:00Z"),
        ("32 mins ago", "2025-08-17T19:28:00Z"),
        ("24m ago", "2025-08-17T19:36:00Z"),
        ("1 hour, 20 minutes ago", "2025-08-17T18:40:00Z"),
        ("1h 20m ago", "2025-08-17T18:40:00Z"),
        ("about 3 hours ago", "2025-08-17T17:00:00Z"),
        ("just now", "2025-08-17T20:00:00Z"),
        ("a day ago", "2025-08-16"),
        ("4 days ago", "2025-08-13"),
        ("1d", "2025-08-16"),
        ("2 weeks ago", "2025-08-03"),
        ("a month ago", "2025-07-17"),
        ("2 years ago", "2023-08-17"),
        ("yesterday", "2025-08-16"),
        ("Yesterday at 14:05", "2025-08-16T14:05:00Z"),
    ]);
}

#[test]
fn relative_times_in_many_languages() {
    expect_relative(&[
        ("vor 2 Std.", "2025-08-17T18:00:00Z"),
        ("vor einer Stunde", "2025-08-17T19:00:00Z"),
        ("vor 3 Tagen", "2025-08-14"),
        ("Heute, 14:05 Uhr", "2025-08-17T14:05:00Z"),
        ("il y a 3 heures", "2025-08-17T17:00:00Z"),
        ("Il y a 1 heure", "2025-08-17T19:00:00Z"),
        ("il y a une heure", "2025-08-17T19:00:00Z"),
        ("hace 2 horas", "2025-08-17T18:00:00Z"),
        ("Hace un día", "2025-08-16"),
        ("2 ore fa", "2025-08-17T18:00:00Z"),
        ("un'ora fa", "2025-08-17T19:00:00Z"),
        ("há 5 minutos", "2025-08-17T19:55:00Z"),
        ("2 horas atrás", "2025-08-17T18:00:00Z"),
        ("3 часа назад", "2025-08-17T17:00:00Z"),
        ("5 giờ trước", "2025-08-17T15:00:00Z"),
        ("10 phút trước", "2025-08-17T19:50:00Z"),
        ("3 uur geleden", "2025-08-17T17:00:00Z"),
        ("2 saat önce", "2025-08-17T18:00:00Z"),
        ("před 2 hodinami", "2025-08-17T18:00:00Z"),
        ("2 godziny temu", "2025-08-17T18:00:00Z"),
        ("3 timmar sedan", "2025-08-17T17:00:00Z"),
        ("för 3 timmar sedan", "2025-08-17T17:00:00Z"),
        ("2 jam yang lalu", "2025-08-17T18:00:00Z"),
        ("2時間前", "2025-08-17T18:00:00Z"),
        ("３分前", "2025-08-17T19:57:00Z"),
        ("1日前", "2025-08-16"),
        ("3小时前", "2025-08-17T17:00:00Z"),
        ("5分鐘前", "2025-08-17T19:55:00Z"),
        ("昨天 14:05", "2025-08-16T14:05:00Z"),
        ("2시간 전", "2025-08-17T18:00:00Z"),
        ("5분전", "2025-08-17T19:55:00Z"),
        ("منذ 3 ساعات", "2025-08-17T17:00:00Z"),
        ("2 घंटे पहले", "2025-08-17T18:00:00Z"),
    ]);
}

#[test]
fn how_exact_a_relative_time_is() {
    for (raw, unit) in [
        ("8 hours ago", Some(TimeUnit::Hour)),
        ("time4 days ago", Some(TimeUnit::Day)),
        ("16 minutes ago", Some(TimeUnit::Minute)),
        ("yesterday", Some(TimeUnit::Day)),
        ("23-04-2025", None),
        ("14:05", None),
        ("soon", None),
    ] {
        let read = published(raw, None, &TimeZone::UTC);
        assert_eq!(read.unit, unit, "{raw}");
        assert_eq!(read.raw.as_deref(), Some(raw));
    }
}

#[test]
fn calendar_times() {
    for (raw, expected) in [
        ("2025-08-07T20:17:08+00:00", "2025-08-07T20:17:08Z"),
        ("2025-08-07T20:17:08.123Z", "2025-08-07T20:17:08Z"),
        ("2025-08-07 20:17:08", "2025-08-07T20:17:08Z"),
        ("2025-08-07", "2025-08-07"),
        ("2025/08/07", "2025-08-07"),
        ("20250807T201708Z", "2025-08-07T20:17:08Z"),
        ("Thu, 07 Aug 2025 20:17:08 +0200", "2025-08-07T18:17:08Z"),
        ("Thu, 07 Aug 2025 20:17:08 GMT", "2025-08-07T20:17:08Z"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z"),
        ("Wed Oct 16 12:43:00 EDT 2024", "2024-10-16T16:43:00Z"),
        ("14-06-2025", "2025-06-14"),
        ("23.04.2025", "2025-04-23"),
        ("03.04.2025", "2025-04-03"),
        ("30. 4. 2024", "2024-04-30"),
        ("06/14/2025", "2025-06-14"),
        ("14/06/25", "2025-06-14"),
        ("05-05-2025", "2025-05-05"),
        ("December 2, 2016", "2016-12-02"),
        ("Dec 13, 2024", "2024-12-13"),
        ("JAN. 13, 2017", "2017-01-13"),
        ("Dec 1st 2016 1:01PM", "2016-12-01T13:01:00Z"),
        ("November 19, 2019 /  12:21 AM", "2019-11-19T00:21:00Z"),
        (
            "November 19, 2019 / 12:21 AM / Updated 14 hours ago",
            "2019-11-19T00:21:00Z",
        ),
        ("Updated: 28-07-2021", "2021-07-28"),
        ("May. 17, 2022 22:01 PM EDT", "2022-05-18T02:01:00Z"),
        ("Oct 9, 2019, 11:05 IST", "2019-10-09T05:35:00Z"),
        ("Fri May 13, 2016 12:43pm EDT", "2016-05-13T16:43:00Z"),
        ("April 28, 2024 3:00 a.m.", "2024-04-28T03:00:00Z"),
        ("4:56 AM, June 02, 2018", "2018-06-02T04:56:00Z"),
        (
            "1:52\u{a0}pm CDT, Friday, May 31, 2019",
            "2019-05-31T18:52:00Z",
        ),
        ("June 3, 2024 at 5 PM ET", "2024-06-03T21:00:00Z"),
        ("31 May 2018 4:05 pm BST", "2018-05-31T15:05:00Z"),
        ("30.04.2024 - 16:48", "2024-04-30T16:48:00Z"),
        ("22.11.2024 07.57", "2024-11-22T07:57:00Z"),
        ("19. Oktober 2019 15:07", "2019-10-19T15:07:00Z"),
        ("Publié le 13 mars 2017 à 15h30", "2017-03-13T15:30:00Z"),
        (
            "Miércoles, 4 de Mayo de 2022 a las 07:46hrs.",
            "2022-05-04T07:46:00Z",
        ),
        ("16 maggio 2018", "2018-05-16"),
        ("22 января 2025 г., 09:22", "2025-01-22T09:22:00Z"),
        ("2018年6月18日 10:01", "2018-06-18T10:01:00Z"),
        ("2018年6月18日午後3時15分", "2018-06-18T15:15:00Z"),
        ("2024년 5월 3일 오후 3:15", "2024-05-03T15:15:00Z"),
        ("28-Jul-2021", "2021-07-28"),
    ] {
        assert_eq!(read(raw, None).as_deref(), Some(expected), "{raw}");
        assert!(find_time(raw).is_some(), "{raw}");
    }
}

#[test]
fn day_and_month_that_could_be_swapped_stay_raw_unless_one_day_is_impossible() {
    assert_eq!(read("03-04-2025", None), None);
    assert_eq!(read("03-04-2025", Some(FETCHED)), None);
    assert_eq!(read("11/8/2023 10:46 PM", Some(FETCHED)), None);
    // the 11th of December 2025 lies after the fetch
    assert_eq!(
        read("12-07-2025", Some(FETCHED)).as_deref(),
        Some("2025-07-12")
    );
}

#[test]
fn a_missing_year_is_that_of_the_latest_such_day_not_after_the_fetch() {
    assert_eq!(read("Nov 24", None), None);
    for (raw, expected) in [
        ("Nov 24", "2024-11-24"),
        ("Aug 17", "2025-08-17"),
        ("Jun 13, 4:03 PM EDT", "2025-06-13T20:03:00Z"),
        ("16 maggio", "2025-05-16"),
        ("6月18日", "2025-06-18"),
        ("29 February", "2024-02-29"),
    ] {
        assert_eq!(read(raw, Some(FETCHED)).as_deref(), Some(expected), "{raw}");
    }
}

#[test]
fn a_clock_alone_is_the_latest_not_after_the_fetch() {
    for (raw, expected) in [
        ("14:05", "2025-08-17T14:05:00Z"),
        ("23:40", "2025-08-16T23:40:00Z"),
        ("23 h 48", "2025-08-16T23:48:00Z"),
        ("3:15 PM", "2025-08-17T15:15:00Z"),
    ] {
        assert_eq!(read(raw, Some(FETCHED)).as_deref(), Some(expected), "{raw}");
        assert_eq!(read(raw, None), None, "{raw}");
    }
}

#[test]
fn the_given_zone_holds_where_none_is_printed() {
    let tokyo = TimeZone::get("Asia/Tokyo").expect("bundled");
    let read = |raw: &str| published(raw, None, &tokyo).at.map(|at| at.to_string());
    assert_eq!(
        read("2018年6月18日 10:01").as_deref(),
        Some("2018-06-18T01:01:00Z")
    );
    assert_eq!(
        read("18 Jun 2018 10:01 UTC").as_deref(),
        Some("2018-06-18T10:01:00Z")
    );
}

#[test]
fn what_is_no_time() {
    for line in [
        "",
        "5 min read",
        "Windows 10",
        "May the force be with you",
        "1984",
        "Top 10",
        "3 dead, 4 hurt",
        "99:99",
        "32-13-2025",
        "a",
        "on",
        "Published",
        "The bridge fell 3 hours ago",
        "March",
        "Monday",
        "24",
        "2025",
        "15 Comments",
    ] {
        assert_eq!(find_time(line), None, "{line}");
    }
}

#[test]
fn the_time_without_its_label() {
    for (line, time) in [
        ("time14-06-2025", "14-06-2025"),
        ("  time3 hours ago ", "3 hours ago"),
        ("Updated 14 hours ago", "14 hours ago"),
        ("• 3 hours ago", "3 hours ago"),
        (
            "June 11, 2020 / 6:50 PM / Updated an hour ago",
            "June 11, 2020 / 6:50 PM",
        ),
        ("Published: May 4, 2022 • 4 min read", "May 4, 2022"),
        ("Stand: 30.04.2024, 18:58 Uhr", "30.04.2024, 18:58 Uhr"),
        ("Mis à jour le 13 mars 2017", "13 mars 2017"),
        (
            "Miércoles, 4 de Mayo de 2022 a las 07:46hrs.",
            "Miércoles, 4 de Mayo de 2022 a las 07:46hrs.",
        ),
        ("Son Güncelleme : 30.04.2024 - 16:49", "30.04.2024 - 16:49"),
    ] {
        let found = find_time(line).map(|range| &line[range]);
        assert_eq!(found, Some(time), "{line}");
    }
}

fn glued<'a>(line: &'a str, names: &[&str]) -> Option<(&'a str, &'a str)> {
    let found = find_glued(line, &|name| names.contains(&name))?;
    Some((&line[found.publisher], &line[found.time]))
}

#[test]
fn publisher_and_time_on_one_line() {
    for (line, publisher, time) in [
        ("NHK8 hours ago", "NHK", "8 hours ago"),
        ("Yahoo23-04-2025", "Yahoo", "23-04-2025"),
        ("RNZ News21-05-2025", "RNZ News", "21-05-2025"),
        ("Axios12-03-2025", "Axios", "12-03-2025"),
        ("Daily Maverickan hour ago", "Daily Maverick", "an hour ago"),
        ("DWa day ago", "DW", "a day ago"),
        ("DW2 days ago", "DW", "2 days ago"),
        (
            "Associated PressDecember 2, 2016",
            "Associated Press",
            "December 2, 2016",
        ),
        (
            "Fox Nation•October 3, 2016",
            "Fox Nation",
            "October 3, 2016",
        ),
        ("Jane Roe 1 day ago", "Jane Roe", "1 day ago"),
        (
            "LiveScience.com24 mins ago",
            "LiveScience.com",
            "24 mins ago",
        ),
        ("omg29 mins ago", "omg", "29 mins ago"),
        ("Reuters · 3h", "Reuters", "3h"),
        ("BBC4h ago", "BBC", "4h ago"),
        ("3 hours ago • NHK", "NHK", "3 hours ago"),
        ("3 hours agoNHK", "NHK", "3 hours ago"),
        ("Le Monde il y a 3 heures", "Le Monde", "il y a 3 heures"),
        ("読売新聞2時間前", "読売新聞", "2時間前"),
        ("Интерфакс3 часа назад", "Интерфакс", "3 часа назад"),
        ("Reuters | Updated: 28-07-2021", "Reuters", "28-07-2021"),
        ("Reuters 36 hours ago", "Reuters", "36 hours ago"),
    ] {
        assert_eq!(glued(line, &[]), Some((publisher, time)), "{line}");
    }
}

#[test]
fn a_label_glued_to_an_article_is_no_name() {
    assert_eq!(find_time("timea day ago"), Some(4..13));
    assert_eq!(find_time("timean hour ago"), Some(4..15));
}

#[test]
fn a_number_set_apart_in_a_short_form_is_not_shared_out() {
    assert_eq!(glued("De Telegraaf 12u", &[]), None);
}

#[test]
fn digits_between_a_name_and_a_number_are_shared_out() {
    assert_eq!(
        glued("France 248 hours ago", &[]),
        Some(("France 24", "8 hours ago"))
    );
    assert_eq!(
        glued("SoraNews243 hours ago", &[]),
        Some(("SoraNews24", "3 hours ago"))
    );
    assert_eq!(
        glued("SoraNews2411-03-2025", &[]),
        Some(("SoraNews24", "11-03-2025"))
    );
    assert_eq!(
        glued("Zebra 2412 hours ago", &[]),
        Some(("Zebra 24", "12 hours ago"))
    );
    // both readings are possible: the names of the page decide, else the number that is as long as can be
    assert_eq!(
        glued("Kanal 415 hours ago", &["Kanal 41"]),
        Some(("Kanal 41", "5 hours ago"))
    );
    assert_eq!(
        glued("Kanal 415 hours ago", &["Kanal 4"]),
        Some(("Kanal 4", "15 hours ago"))
    );
    assert_eq!(
        glued("Kanal 415 hours ago", &[]),
        Some(("Kanal 4", "15 hours ago"))
    );
}

#[test]
fn lines_that_no_time_is_glued_to() {
    for line in [
        "NHK",
        "The talks ended three hours ago without a result, two people said",
        "Windows 10",
        "Route 4 h",
        "June 3, 2020 was a Wednesday",
    ] {
        assert_eq!(glued(line, &[]), None, "{line}");
    }
}

#[test]
fn a_time_inside_a_line() {
    for (line, time) in [
        (
            "By Ann Lee - Friday, April 28, 2023",
            Some("Friday, April 28, 2023"),
        ),
        ("Von dpa 30.04.2024, 18:58", Some("30.04.2024, 18:58")),
        (
            "Ann Lee | TNN | Updated: Oct 9, 2019, 11:05 IST",
            Some("Oct 9, 2019, 11:05 IST"),
        ),
        ("By Ann Lee", None),
        ("Score 14:05", None),
    ] {
        assert_eq!(find_in(line).map(|range| &line[range]), time, "{line}");
    }
}

proptest! {
    /// Nothing panics, and what is found lies on character bounds inside the line.
    #[test]
    fn any_text_is_survived(line in "\\PC{0,60}", tail in "[0-9:./ -]{0,12}( ago| hours|月|年|h|PM)?") {
        let line = format!("{line}{tail}");
        let _ = published(&line, Moment::parse(FETCHED), &TimeZone::UTC);
        let _ = find_in(&line).map(|range| line[range].len());
        let _ = find_time(&line).map(|range| line[range].len());
        if let Some(found) = find_glued(&line, &|_| false) {
            let (name, time) = (found.publisher, found.time);
            prop_assert!(name.end <= time.start || time.end <= name.start);
            prop_assert!(!line[name].is_empty() && !line[time].is_empty());
        }
    }

    /// Every day reads back from each of the common ways to print it.
    #[test]
    fn days_round_trip(seconds in 0i64..4_000_000_000) {
        let stamp = Timestamp::from_second(seconds).expect("in range");
        let clock = TimeZone::UTC.to_datetime(stamp);
        let exact = Moment::at(stamp).to_string();
        for form in ["%Y-%m-%d %H:%M:%S", "%a, %d %b %Y %H:%M:%S +0000", "%B %-d, %Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S", "%A, %-d %B %Y, %H:%M:%S UTC"] {
            let printed = clock.strftime(form).to_string();
            prop_assert_eq!(read(&printed, None), Some(exact.clone()), "{}", printed);
        }
        let day = Moment::day(clock.date()).to_string();
        for form in ["%Y-%m-%d", "%d %b %Y", "%B %-d, %Y", "%Y年%-m月%-d日", "%d.%m.%Y"] {
            let printed = clock.strftime(form).to_string();
            prop_assert_eq!(read(&printed, None), Some(day.clone()), "{}", printed);
        }
    }
}
