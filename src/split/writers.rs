//! Who wrote the articles of a list: persons that stand where publishers may, or below headlines, as the other articles of
//! the page prove.

use std::collections::HashSet;

use super::line::Marker;
use super::page::Draft;
use super::people::person;
use super::press::is_press;
use super::signed::{are_names, credited, is_agency};
use super::unit::Unit;
use crate::article::Role;

/// Articles of a list with a person at the same place.
const LEAST: usize = 2;

/// Gives articles their writers: publishers that are persons, and the persons above or below headlines.
pub(super) fn writers(units: &[Unit<'_>], drafts: &mut [Draft]) {
    let printed = printers(drafts);
    beside(units, drafts, &printed);
}

/// Persons are no publishers; where some of a page are, so is what only looks like one. Which articles have got a writer so.
fn printers(drafts: &mut [Draft]) -> Vec<bool> {
    let told: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| {
            draft
                .publisher
                .as_deref()
                .and_then(person)
                .map(str::to_owned)
        })
        .collect();
    let names: HashSet<&str> = told.iter().flatten().map(String::as_str).collect();
    let voted = names.len() >= LEAST;
    let mut taken = vec![false; drafts.len()];
    for ((draft, name), taken) in drafts.iter_mut().zip(&told).zip(&mut taken) {
        let alike = |name: &&str| voted && are_names(name) && !is_press(name) && !is_agency(name);
        let name = match name {
            Some(name) => Some(name.clone()),
            None => draft.publisher.as_deref().filter(alike).map(str::to_owned),
        };
        let Some(name) = name else { continue };
        let whole = draft.publisher.take();
        if draft.byline.is_none() {
            let signed = whole.map(|whole| credited(&whole, &name).to_owned());
            draft.signed = draft.signed.take().or(signed);
            draft.byline = Some(name);
            *taken = true;
        }
    }
    taken
}

/// Takes the persons on the line above each article of a list, or below it, as most of the list have them.
fn beside(units: &[Unit<'_>], drafts: &mut [Draft], printed: &[bool]) {
    let name = |at: Option<usize>| {
        let unit = units.get(at?).filter(|unit| {
            unit.marker == Marker::None && unit.words >= 2 && unit.is_name() && !unit.is_press()
        })?;
        Some((at?, person(&unit.text)?))
    };
    let mut above = Vec::with_capacity(drafts.len());
    let mut below = Vec::with_capacity(drafts.len());
    for (draft, printed) in drafts.iter().zip(printed) {
        let open = draft.publisher.is_none() && (draft.byline.is_none() || *printed);
        if !open || draft.role == Role::Main || draft.title.is_none() {
            above.push(None);
            below.push(None);
            continue;
        }
        let own = draft.head.iter().chain(&draft.body).copied();
        let (first, last) = (own.clone().min(), own.max());
        above.push(name(first).or_else(|| name(first?.checked_sub(1))));
        below.push(name(last).or_else(|| name(Some(last? + 1))));
    }
    let count = |found: &[Option<(usize, &str)>]| {
        found
            .iter()
            .flatten()
            .map(|(_, name)| *name)
            .collect::<HashSet<_>>()
            .len()
    };
    let found = if count(&below) >= count(&above) {
        below
    } else {
        above
    };
    if count(&found) < LEAST {
        return;
    }
    for (draft, found) in drafts.iter_mut().zip(found) {
        let Some((at, name)) = found else { continue };
        draft.byline = Some(name.to_owned());
        draft.signed = units
            .get(at)
            .map(|unit| credited(&unit.text, name).to_owned());
        draft.head.push(at);
    }
}

#[cfg(test)]
mod tests {
    use crate::split::page::drafts;
    use crate::split::testing;

    fn told(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
        testing::read(text, |units, _| {
            let drafts = drafts(units).into_iter();
            drafts
                .map(|draft| {
                    (
                        draft.title.unwrap_or_default(),
                        draft.publisher,
                        draft.byline,
                    )
                })
                .collect()
        })
    }

    fn signed(title: &str, person: &str) -> (String, Option<String>, Option<String>) {
        (title.to_owned(), None, Some(person.to_owned()))
    }

    #[test]
    fn persons_below_the_headlines_of_a_list_wrote_them() {
        let list = "Most read\n\n### Old lighthouse moves forty metres inland\n\nAnn Lee\n\n\
                    ### Ferry crew wins the regatta again\n\nTom van der Roe\n\n\
                    ### Harbour town gets its tower clock back\n\nEva Kettner and Jan Brandt\n\n";
        let want = [
            signed("Old lighthouse moves forty metres inland", "Ann Lee"),
            signed("Ferry crew wins the regatta again", "Tom van der Roe"),
            signed(
                "Harbour town gets its tower clock back",
                "Eva Kettner and Jan Brandt",
            ),
        ];
        assert_eq!(told(list), want);
    }

    #[test]
    fn persons_in_front_of_times_are_no_publishers() {
        let list = "Most read\n\nOld lighthouse moves forty metres inland\nAnn Lee, 8 January, 17:46\n\
                    Ferry crew wins the regatta again\nTom Roe, 8 January, 05:30\n\
                    Harbour town gets its tower clock back\nZibwe Brandt, 7 January, 13:10\n";
        let want = [
            signed("Old lighthouse moves forty metres inland", "Ann Lee"),
            signed("Ferry crew wins the regatta again", "Tom Roe"),
            signed("Harbour town gets its tower clock back", "Zibwe Brandt"),
        ];
        assert_eq!(told(list), want);
    }
}
