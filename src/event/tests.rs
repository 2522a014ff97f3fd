//! What the grouping promises, on invented reports.

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
        .map(|(title, body)| StoryTerms::of(Some(title), body))
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
