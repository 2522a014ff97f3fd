//! Events as a user meets them: four reports of one happening stand beside each other, `-v` says why, and no story is
//! another one because of them.

use std::fmt::Write as _;

use assert_cmd::Command;
use serde_json::{Value, json};

/// Four papers on one treaty, and two stories that have nothing to do with it.
const REPORTS: [(&str, &str, &str); 6] = [
    (
        "Kalduria accepts outside guarantors for Venn Strait",
        "2025-08-17",
        "President Oswin Tarrek's envoy, Mirela Doss, said on Sunday that Kalduria has accepted foreign guarantors for \
         shipping in the Venn Strait. Doss, who took part in Friday's talks between Tarrek and Kaldurian leader Ivo \
         Brandt in Port Lune, told a broadcaster that the guarantors could act if a vessel of Sorrel came under fire. \
         Some 12 ships wait there.",
    ),
    (
        "Allies to stand beside Sorrel's premier at talks",
        "2025-08-17",
        "Heads of government from the western alliance will travel with Premier Lena Halvorsen of Sorrel when she meets \
         President Oswin Tarrek on Monday, they announced. Halvorsen is pressed to sign a quick settlement with Kalduria \
         after Tarrek met Ivo Brandt in Port Lune on Friday. The allies want firm guarantees for the Venn Strait, where \
         15 ships wait.",
    ),
    (
        "Alliance leaders join Halvorsen for meeting with Tarrek",
        "2025-08-18",
        "In a show of unity, alliance leaders said they would join Premier Lena Halvorsen at Monday's meeting with \
         President Oswin Tarrek about ending Kalduria's war in Sorrel. She had been left out of Friday's summit of \
         Tarrek and Ivo Brandt at Port Lune. Guarantees for the Venn Strait are on the table, Mirela Doss said.",
    ),
    (
        "For Halvorsen, two roads and both are steep",
        "2025-08-18",
        "Premier Lena Halvorsen can anger President Oswin Tarrek, or she can sign a fast peace with Kalduria and pay for \
         it with the Venn Strait. That is the choice before Sorrel's premier as she leaves for talks on Monday, days \
         after the summit in Port Lune at which Ivo Brandt gave nothing away and Tarrek asked for little.",
    ),
    (
        "Glass plant to close its last furnace",
        "2025-08-18",
        "The glass works at Ostermark will put out its last furnace in spring, its owner said, and 240 people will lose \
         their work. Energy prices and cheap imports left no choice, according to manager Petra Aalto.",
    ),
    (
        "Museum shows a drowned village",
        "2025-08-17",
        "An exhibition in Brede follows the families who left their valley when the dam was built seventy years ago. \
         Photographs, letters and a church bell are shown until October.",
    ),
];

fn rows() -> String {
    let mut rows = String::new();
    for (at, (title, day, text)) in REPORTS.iter().enumerate() {
        let row = json!({"id": format!("r{at}"), "title": title, "published": day, "text": text});
        writeln!(rows, "{row}").unwrap();
    }
    rows
}

fn wirefold(input: &str, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("wirefold").unwrap();
    let run = command
        .args(["--no-config", "-q"])
        .args(arguments)
        .write_stdin(input);
    String::from_utf8(run.assert().success().get_output().stdout.clone()).unwrap()
}

fn document(input: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&wirefold(input, &[&["-f", "json"], arguments].concat())).unwrap()
}

#[test]
fn four_reports_are_four_stories_and_one_event() {
    let document = document(&rows(), &[]);
    assert_eq!(document["stories"].as_array().map(Vec::len), Some(6));
    let events = document["events"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["stories"].as_array().map(Vec::len), Some(4));
    let keys: Vec<&String> = events[0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4, "the keys of the contract alone: {keys:?}");
}

#[test]
fn verbose_says_why_each_story_joined() {
    let text = wirefold(&rows(), &["-v", "--width", "200"]);
    assert_eq!(text.matches(" joins: ").count(), 4, "{text}");
    assert!(text.contains("names ") && text.contains("Tarrek"), "{text}");
    assert!(text.contains("2025-08-17 – 2025-08-18"), "{text}");
    assert!(text.contains("they differ on ships:"), "{text}");
    let short = wirefold(&rows(), &["--width", "200"]);
    assert!(!short.contains(" joins: "), "{short}");
    assert!(short.contains("they differ on ships:"), "{short}");
}

#[test]
fn no_story_is_another_one_because_of_events() {
    // the reports, each with an edited copy and a cut one
    let mut input = rows();
    for (at, (title, day, text)) in REPORTS.iter().enumerate() {
        let edited = text.replacen("said", "told reporters", 1);
        let cut: String = text.chars().take(text.len() * 3 / 5).collect();
        for (kind, text) in [("edited", edited), ("cut", cut)] {
            let row = json!({"id": format!("{kind}{at}"), "title": title, "published": day, "text": text});
            writeln!(input, "{row}").unwrap();
        }
    }
    let with = document(&input, &[]);
    let mut without = document(&input, &["--no-events"]);
    assert!(!with["events"].as_array().unwrap().is_empty());
    assert_eq!(without["events"], json!([]));
    let stories = without["stories"].as_array_mut().unwrap();
    assert!(
        stories
            .iter()
            .any(|story| !story["copies"].as_array().unwrap().is_empty())
    );
    for (story, other) in stories.iter_mut().zip(with["stories"].as_array().unwrap()) {
        assert_eq!(story["event"], Value::Null);
        story["event"] = other["event"].clone();
    }
    assert_eq!(without["stories"], with["stories"]);
}

/// The reports of one year, as rows.
fn of_year(year: u32) -> String {
    let rows = rows().replace("\"r", &format!("\"{year}r"));
    rows.replace("2025-", &format!("{year}-"))
}

/// The events of an archive with a window, to which these rows were added one after another.
fn archived(additions: &[&str], asked: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("news.db");
    let db = db.to_str().unwrap();
    for rows in additions {
        wirefold(
            rows,
            &["add", "-q", "--archive", db, "--window", "14d", "-"],
        );
    }
    let mut arguments = vec!["events", "--archive", db, "--json"];
    arguments.extend(asked);
    let printed = Command::cargo_bin("wirefold")
        .unwrap()
        .args(arguments)
        .output()
        .unwrap();
    serde_json::from_slice(&printed.stdout).unwrap()
}

#[test]
fn in_a_rolling_window_other_years_change_nothing() {
    let [old, now, later] = [2015, 2025, 2031].map(of_year);
    let august = ["--since", "2025-08-17", "--until", "2025-08-20"];
    let alone = archived(&[&now], &[]);
    assert_eq!(alone["events"].as_array().unwrap().len(), 1);
    assert_eq!(alone["events"][0]["stories"].as_array().unwrap().len(), 4);
    // whatever else is there, and in whatever order it came
    let whole = archived(&[&later, &old, &now], &[]);
    assert_eq!(whole["events"].as_array().unwrap().len(), 3);
    for additions in [[&old, &now, &later], [&later, &now, &old]] {
        let additions = additions.map(String::as_str);
        assert_eq!(archived(&additions, &august), alone);
        assert_eq!(archived(&additions, &[]), whole);
    }
    // a span without a beginning
    assert_eq!(
        archived(&[&old, &now], &["--until", "2016-01-01"])["events"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn events_grow_as_stories_arrive() {
    let now = of_year(2025);
    let lines: Vec<&str> = now.split_inclusive('\n').collect();
    let sizes = (2..=4).map(|reports| {
        let found = archived(
            &[&lines[..2].concat(), &lines[2..reports].concat()],
            &["--since", "2025-08-01"],
        );
        found["events"][0]["stories"].as_array().map_or(0, Vec::len)
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [2, 3, 4]);
}
