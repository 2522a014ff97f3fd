//! What the grouping promises, on invented reports.

use proptest::prelude::*;

use super::*;

/// Four papers report a treaty, each in its own words; three more stories have nothing to do with it.
const REPORTS: [(&str, &str); 7] = [
    (
        "Envoy: Kalduria accepts outside guarantors for Venn Strait",
        "President Oswin Tarrek's envoy, Mirela Doss, said on Sunday that Kalduria has accepted foreign guarantors for \
         shipping in the Venn Strait.\nDoss, who took part in Friday's talks between Tarrek and Kaldurian leader Ivo \
         Brandt in Port Lune, told a broadcaster that the guarantors could act if a vessel of Sorrel came under fire. \
         Sorrel has asked for such a promise since the war began.",
    ),
    (
        "Allies to stand beside Sorrel's premier at talks",
        "Heads of government from the western alliance will travel with Premier Lena Halvorsen of Sorrel when she meets \
         President Oswin Tarrek on Monday, they announced on Sunday. Halvorsen is pressed to sign a quick settlement \
         with Kalduria after Tarrek met Ivo Brandt in Port Lune on Friday and came closer to the Kaldurian position. \
         The allies want firm guarantees for the Venn Strait before any line is drawn.",
    ),
    (
        "Alliance leaders join Halvorsen for meeting with Tarrek",
        "In a show of unity, alliance leaders said they would join Premier Lena Halvorsen at Monday's meeting with \
         President Oswin Tarrek about ending Kalduria's war in Sorrel. She had been left out of Friday's summit of \
         Tarrek and Ivo Brandt at Port Lune. Security guarantees are on the table, Tarrek's envoy Mirela Doss said.",
    ),
    (
        "For Halvorsen, two roads and both are steep",
        "Lena Halvorsen can anger Oswin Tarrek, or she can sign a fast peace with Kalduria and pay for it with land. \
         That is the choice before Sorrel's premier as she leaves for talks on Monday, days after the summit in Port \
         Lune at which Ivo Brandt gave nothing away. What the promised guarantees for the strait are worth, nobody \
         in her capital can say.",
    ),
    (
        "Glass plant to close its last furnace",
        "The glass works at Ostermark will put out its last furnace in spring, its owner said, and 240 people will \
         lose their work. Energy prices and cheap imports left no choice, according to manager Petra Aalto.",
    ),
    (
        "Museum shows a drowned village",
        "An exhibition in Brede follows the families who left their valley when the dam was built seventy years ago. \
         Photographs, letters and a church bell are shown until October.",
    ),
    (
        "New bridge opens for cyclists",
        "Cyclists can cross the river at Tamm from Saturday. The wooden bridge cost four million and saves a detour of \
         six kilometres, the council said.",
    ),
];

fn group(reports: &[(&str, &str)], order: impl Iterator<Item = usize>) -> Vec<Vec<u64>> {
    let terms: Vec<StoryTerms> = reports
        .iter()
        .map(|(title, body)| StoryTerms::of(Some("en"), Some(title), body))
        .collect();
    let inputs: Vec<EventInput<'_>> = order
        .map(|at| EventInput {
            id: Key(at as u64),
            terms: &terms[at],
            published: None,
            language: Some("en"),
        })
        .collect();
    let groups = events(&inputs, Weights::learned());
    let ids = |group: Grouping| group.stories.iter().map(|key| key.0).collect();
    groups.into_iter().map(ids).collect()
}

#[test]
fn four_reports_of_one_page_are_one_event() {
    assert_eq!(group(&REPORTS[..4], 0..4), [[0, 1, 2, 3]]);
}

#[test]
fn other_stories_stay_outside_in_any_order() {
    let forwards = group(&REPORTS, 0..7);
    assert_eq!(forwards, [[0, 1, 2, 3]]);
    assert_eq!(group(&REPORTS, (0..7).rev()), forwards);
    assert_eq!(group(&REPORTS, [3, 6, 0, 5, 2, 4, 1].into_iter()), forwards);
}

#[test]
fn unrelated_stories_alone_are_no_event() {
    assert_eq!(group(&REPORTS[4..], 0..3), Vec::<Vec<u64>>::new());
    assert_eq!(group(&REPORTS[3..5], 0..2), Vec::<Vec<u64>>::new());
    assert_eq!(group(&[], 0..0), Vec::<Vec<u64>>::new());
}

#[test]
fn empty_texts_are_no_event() {
    let nothing = [("", ""), ("", ""), ("", "")];
    assert_eq!(group(&nothing, 0..3), Vec::<Vec<u64>>::new());
}

/// Invented pairs, by whether the two reports come out as one event when nothing else is there.
fn joined(pairs: &str) -> Vec<bool> {
    let rows = pairs
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let joined = |pair: serde_json::Value| {
        let terms = ["a", "b"].map(|side| {
            let text = |name: &str| pair[side][name].as_str().unwrap_or_default().to_owned();
            StoryTerms::of(
                pair["language"].as_str(),
                Some(&text("title")),
                &text("text"),
            )
        });
        let input = |id: usize| EventInput {
            id: Key(id as u64),
            terms: &terms[id],
            published: None,
            language: pair["language"].as_str(),
        };
        !events(&[input(0), input(1)], Weights::learned()).is_empty()
    };
    rows.map(joined).collect()
}

#[test]
fn twins_are_kept_apart_and_siblings_joined() {
    let twins = joined(include_str!("../../fixtures/events/twins.jsonl"));
    assert!(twins.len() >= 100);
    let apart = twins.iter().filter(|joined| !**joined).count();
    assert!(
        apart * 100 >= twins.len() * 95,
        "{apart} of {}",
        twins.len()
    );
    let siblings = joined(include_str!("../../fixtures/events/siblings.jsonl"));
    let together = siblings.iter().filter(|joined| **joined).count();
    assert!(
        together * 100 >= siblings.len() * 95,
        "{together} of {}",
        siblings.len()
    );
}

/// A labelled set of invented reports: its language, its reports, the event of each.
type Set = (&'static str, &'static str, &'static str);

/// The set in a folder of `fixtures/events/languages`.
macro_rules! set {
    ($language:literal, $folder:literal) => {
        (
            $language,
            include_str!(concat!(
                "../../fixtures/events/languages/",
                $folder,
                "/docs.jsonl"
            )),
            include_str!(concat!(
                "../../fixtures/events/languages/",
                $folder,
                "/clusters.tsv"
            )),
        )
    };
}

/// Happenings of many kinds, each with a twin.
const KINDS: [Set; 6] = [
    set!("en", "en-kinds"),
    set!("vi", "vi-kinds"),
    set!("ru", "ru-kinds"),
    set!("de", "de-kinds"),
    set!("zh", "zh-kinds"),
    set!("ja", "ja-kinds"),
];

/// The terms of a set's reports, with their labels.
fn labelled((language, docs, labels): Set) -> Vec<(StoryTerms, &'static str)> {
    let labels: Vec<&str> = labels
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let docs: Vec<serde_json::Value> = docs
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    assert_eq!(docs.len(), labels.len());
    let terms = docs.iter().map(|doc| {
        let text = doc["text"].as_str().unwrap_or_default();
        StoryTerms::of(Some(language), doc["title"].as_str(), text)
    });
    terms.zip(labels).collect()
}

/// Pairs of one event that were put together, that were put together at all, and that there are.
fn paired(language: &str, reports: &[&(StoryTerms, &str)]) -> [usize; 3] {
    let inputs: Vec<EventInput<'_>> = reports
        .iter()
        .zip(0u64..)
        .map(|((terms, _), at)| EventInput {
            id: Key(at),
            terms,
            published: None,
            language: Some(language),
        })
        .collect();
    let groups = events(&inputs, Weights::learned());
    let together = |a: usize, b: usize| {
        let has = |group: &Grouping, at: usize| group.stories.contains(&Key(at as u64));
        groups.iter().any(|group| has(group, a) && has(group, b))
    };
    let mut counts = [0; 3];
    for a in 0..reports.len() {
        for b in a + 1..reports.len() {
            let (same, found) = (reports[a].1 == reports[b].1, together(a, b));
            counts[0] += usize::from(same && found);
            counts[1] += usize::from(found);
            counts[2] += usize::from(same);
        }
    }
    counts
}

#[test]
fn one_setting_serves_all_languages() {
    let languages = [set!("vi", "vi"), set!("ru", "ru"), set!("de", "de")];
    for set in languages.into_iter().chain(KINDS) {
        let reports = labelled(set);
        let [right, found, there] = paired(set.0, &reports.iter().collect::<Vec<_>>());
        let language = set.0;
        // pair F1 of .9, and two floods are two events
        assert!(
            20 * right >= 9 * (found + there),
            "{language}: {right} of {found} and {there}"
        );
        assert!(right * 20 >= found * 19, "{language}: {right} of {found}");
    }
}

#[test]
fn two_reports_are_one_event_or_two_when_nothing_else_is_known() {
    let (mut right, mut found, mut there) = (0, 0, 0);
    for set in KINDS {
        let reports = labelled(set);
        for (at, one) in reports.iter().enumerate() {
            for other in &reports[at + 1..] {
                let pair = paired(set.0, &[one, other]);
                (right, found, there) = (right + pair[0], found + pair[1], there + pair[2]);
            }
        }
    }
    assert_eq!((right, there), (found, 48));
    assert!(right >= 44, "{right}");
}

#[test]
fn reports_far_apart_in_time_need_more_in_common() {
    let terms: Vec<StoryTerms> = REPORTS[1..3]
        .iter()
        .map(|(title, body)| StoryTerms::of(Some("en"), Some(title), body))
        .collect();
    let group = |days: i64| {
        let input = |at: usize| EventInput {
            id: Key(at as u64),
            terms: &terms[at],
            published: Some(Moment {
                seconds: at as i64 * days * 86_400,
                day_only: true,
            }),
            language: None,
        };
        events(&[input(0), input(1)], Weights::learned()).len()
    };
    assert_eq!((group(1), group(5000)), (1, 0));
}

#[test]
fn an_event_names_its_sources_times_and_what_its_reports_count_differently() {
    let reports = [
        (
            "Quake in Tarsk",
            "The quake in Tarsk killed at least 12 people, officials said.",
            Some("AP"),
        ),
        (
            "Tarsk digs",
            "Rescuers in Tarsk said 15 people were killed by the quake.",
            Some("Reuters"),
        ),
        (
            "After the quake",
            "In Tarsk 12 people were killed when the quake came.",
            Some("AP"),
        ),
    ];
    let reports: Vec<Report<'_>> = reports
        .iter()
        .enumerate()
        .map(|(at, (title, body, source))| Report {
            id: Key(at as u64),
            title: Some(title),
            body,
            source: *source,
            published: Moment::parse(["2025-08-17", "2025-08-18", "2025-08-19"][at]),
        })
        .collect();
    let grouping = Grouping {
        stories: vec![Key(0), Key(1), Key(2)],
        bonds: [300, 500, 400]
            .map(|likeness| Bond {
                likeness,
                terms: Vec::new(),
            })
            .to_vec(),
    };
    let event = Event::of(&grouping, &reports);
    assert_eq!((event.id, event.origins), (Key(0), 2));
    assert_eq!(event.title.as_deref(), Some("Tarsk digs"));
    assert_eq!(event.first, Moment::parse("2025-08-17"));
    assert_eq!(event.last, Moment::parse("2025-08-19"));
    assert_eq!(event.central(), [1, 2, 0]);
    let details = Details::of(&reports);
    assert_eq!(details.figures.len(), 1);
    assert_eq!(details.differences.len(), 1);
    assert_eq!(details.differences[0].claims.len(), 3);
}

/// A text of invented words: some of its topic's, some of everybody's.
fn invented(topic: u64, words: &[u64]) -> String {
    let word = |&n: &u64| match n % 4 {
        0 => format!("common{} ", n % 23),
        1 => format!("Name{} ", topic * 7 + n % 7),
        2 => format!("{} ", topic * 11 + n % 3),
        _ => format!("topic{} ", topic * 31 + n % 13),
    };
    words.iter().map(word).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_order_gives_the_same_events(
        reports in proptest::collection::vec(
            (0u64..6, proptest::option::of(0i64..40), 0u8..3, proptest::collection::vec(0u64..1000, 20..60)),
            2..50,
        ),
        seed in any::<u64>(),
    ) {
        let terms: Vec<StoryTerms> = reports
            .iter()
            .map(|(topic, _, _, words)| StoryTerms::of(None, None, &invented(*topic, words)))
            .collect();
        let mut inputs: Vec<EventInput<'_>> = reports
            .iter()
            .zip(&terms)
            .zip(0u64..)
            .map(|(((_, day, language, _), terms), at)| EventInput {
                id: Key(xxhash_rust::xxh3::xxh3_64(&at.to_le_bytes())),
                terms,
                published: day.map(|day| Moment { seconds: day * 86_400, day_only: true }),
                language: [Some("en"), Some("de"), None][usize::from(*language)],
            })
            .collect();
        let found = events(&inputs, Weights::learned());
        inputs.sort_by_key(|input| xxhash_rust::xxh3::xxh3_64_with_seed(&input.id.0.to_le_bytes(), seed));
        prop_assert_eq!(&found, &events(&inputs, Weights::learned()));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        prop_assert_eq!(&found, &pool.install(|| events(&inputs, Weights::learned())));
        // every story in one event at most
        let mut members: Vec<Key> = found.iter().flat_map(|group| group.stories.clone()).collect();
        let count = members.len();
        members.sort_unstable();
        members.dedup();
        prop_assert_eq!(members.len(), count);
    }
}
