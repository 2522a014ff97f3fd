//! Lists that print no times: headline and teaser by turns, with a name, a section or who signed between or behind them, or
//! with nothing that tells them from the crossheads of an article but that no article stands around them.

use std::ops::Range;

use super::content::{Words, content};
use super::kicker::is_kicker;
use super::kind::Kind;
use super::label::Effect;
use super::line::Marker;
use super::signs::is_wide;
use super::template::Card;
use super::unit::Unit;
use super::untimed::is_between;

/// What a card prints besides headline and teaser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// A name below the teaser.
    Last,
    /// A name or section between the two.
    Between,
    /// Who signed, between the two.
    Signed,
    /// Who signed, below the teaser.
    Below,
    /// Nothing, or the name of a section above.
    Plain,
}

const FORMS: [Form; 5] = [
    Form::Last,
    Form::Between,
    Form::Signed,
    Form::Below,
    Form::Plain,
];

/// Cards that make a list.
const LEAST: usize = 3;

/// Cards that make one where nothing else tells it from an article.
const PLAIN: usize = 4;

/// Characters of a teaser.
const TEASER: u32 = 500;

/// Cards of a page that prints no times at all: the longest run of one form.
pub(super) fn alternating(units: &[Unit<'_>], zone: &Range<usize>) -> Vec<Card> {
    let own = units.get(zone.clone()).unwrap_or_default();
    let heads = own
        .windows(3)
        .filter(|own| own[0].is_full() && (is_text(&own[1]) || is_text(&own[2])));
    // the last card of a page may stand on its last two units
    if heads.take(LEAST - 1).count() + 1 < LEAST {
        return Vec::new();
    }
    let mut best: Vec<Card> = Vec::new();
    for form in FORMS {
        let run = longest(units, zone, form);
        if run.len() > best.len() {
            best = run;
        }
    }
    let is_list =
        best.len() >= LEAST && (is_proven(units, &best) || stands_apart(units, zone, &best));
    if !is_list {
        return Vec::new();
    }
    if !names_printers(units, &best) {
        for card in &mut best {
            card.name = None;
        }
    }
    best
}

fn is_text(unit: &Unit<'_>) -> bool {
    unit.kind == Kind::Prose && unit.chars <= TEASER
}

/// The longest run of cards of a form.
fn longest(units: &[Unit<'_>], zone: &Range<usize>, form: Form) -> Vec<Card> {
    let mut best: Vec<Card> = Vec::new();
    let mut run: Vec<Card> = Vec::new();
    let mut at = zone.start;
    while at < zone.end {
        if let Some(mut own) = card(units, at, zone.end, form) {
            at = own.span.end;
            // a second paragraph, where a card follows it
            let second = own.body.end == at && units.get(at).is_some_and(is_text);
            if second && card(units, at + 1, zone.end, form).is_some() {
                at += 1;
                own.span.end = at;
                own.body.end = at;
            }
            run.push(own);
            continue;
        }
        // the line of a section above one
        let section = || {
            let above = units.get(at).is_some_and(|unit| match form {
                Form::Plain => is_kicker(unit) && !unit.is_press(),
                _ => unit.kind == Kind::Short,
            });
            // who took the picture may stand above it
            let reach = if form == Form::Below { 2 } else { 1 };
            above && (1..=reach).any(|down| card(units, at + down, zone.end, form).is_some())
        };
        let between = |unit: &Unit<'_>| is_between(unit) || unit.kind == Kind::Caption;
        if !units.get(at).is_some_and(between) && (run.is_empty() || !section()) {
            if run.len() > best.len() {
                best = std::mem::take(&mut run);
            }
            run.clear();
        }
        at += 1;
    }
    if run.len() > best.len() { run } else { best }
}

/// The card that starts at a unit.
fn card(units: &[Unit<'_>], at: usize, end: usize, form: Form) -> Option<Card> {
    let size = if form == Form::Plain { 2 } else { 3 };
    let own = units
        .get(at..(at + size).min(end))
        .filter(|own| own.len() == size)?;
    let (text, line) = match form {
        Form::Last | Form::Below => (1, Some(2)),
        Form::Between | Form::Signed => (2, Some(1)),
        Form::Plain => (1, None),
    };
    let name = |unit: &Unit<'_>| match form {
        Form::Signed | Form::Below => unit.kind == Kind::Byline,
        Form::Between if unit.is_section() => true,
        _ => unit.is_name() && unit.words <= 4 && unit.chars <= 30,
    };
    let fits = own.first()?.is_full_title()
        && is_text(own.get(text)?)
        && line.and_then(|line| own.get(line)).is_none_or(name);
    fits.then(|| Card {
        span: at..at + size,
        title: Some(at),
        name: line
            .filter(|_| !matches!(form, Form::Signed | Form::Below))
            .map(|own| at + own),
        body: at + text..at + text + 1,
        ..Card::default()
    })
}

/// Whether the cards say themselves that they are a list: by names, signatures, numbers, buttons below or cut teasers.
fn is_proven(units: &[Unit<'_>], cards: &[Card]) -> bool {
    let unit = |at: Option<usize>| at.and_then(|at| units.get(at));
    // without names only teasers that say that they are cut prove a list
    let cut = cards
        .iter()
        .filter(|card| {
            card.body
                .clone()
                .last()
                .and_then(|at| units.get(at))
                .is_some_and(is_cut)
        })
        .count();
    let signed = |card: &Card| card.name.is_some() || card.span.len() > card.body.len() + 1;
    let numbered =
        |card: &Card| unit(card.title).is_some_and(|title| title.marker == Marker::Number);
    // a button below each parts them, too
    let is_more = |unit: &Unit<'_>| unit.kind == Kind::Label(Effect::More);
    let buttons = cards
        .iter()
        .filter(|card| units.get(card.span.end).is_some_and(is_more));
    cards.iter().all(signed)
        || cards.iter().all(numbered)
        || buttons.count() + 1 >= cards.len()
        || cut * 2 >= cards.len()
}

fn is_cut(unit: &Unit<'_>) -> bool {
    unit.text.ends_with("...") || unit.text.ends_with('…') || unit.text.ends_with(']')
}

/// Whether the names of cards are those of publishers rather than of sections: one at least is known, or they are all
/// different and longer than a word.
fn names_printers(units: &[Unit<'_>], cards: &[Card]) -> bool {
    let names: Vec<&Unit<'_>> = cards
        .iter()
        .filter_map(|card| units.get(card.name?))
        .collect();
    let known = names.iter().any(|name| name.is_press());
    let few = names.iter().all(|name| name.words <= 1);
    let again = names.windows(2).any(|pair| pair[0].key == pair[1].key)
        || names.iter().any(|name| name.echoes > 1);
    known || !few && !again
}

/// Units above a list among which the head of an article is looked for.
const ABOVE: usize = 8;

/// Characters of a headline that is hardly a crosshead; a script without spaces needs fewer.
const HEADLINE: u32 = 24;
const WIDE: u32 = 11;

/// Whether cards of nothing but headline and teaser are a list. An article with crossheads has a text above the first, or who
/// signed and when, its sections speak of what its headline names, and some are longer than a paragraph.
fn stands_apart(units: &[Unit<'_>], zone: &Range<usize>, cards: &[Card]) -> bool {
    let (Some(first), Some(last)) = (cards.first(), cards.last()) else {
        return false;
    };
    let spaced = is_spaced(units, cards);
    if cards.len() < PLAIN && !spaced {
        return false;
    }
    let titles = || cards.iter().filter_map(|card| units.get(card.title?));
    let long = titles()
        .filter(|title| title.chars >= HEADLINE || title.chars >= WIDE && is_wide(&title.text));
    let asking = titles().filter(|title| title.text.ends_with(['?', '？', '؟']));
    if long.count() * 3 < cards.len() * 2 || asking.count() * 3 > cards.len() {
        return false;
    }
    let told = |unit: &&Unit<'_>| unit.kind == Kind::Prose || unit.is_short_sentence();
    let longer = cards.iter().filter(|card| card.body.len() > 1).count();
    let below = units
        .get(last.span.end)
        .filter(|_| last.span.end < zone.end);
    let rest = zone
        .clone()
        .filter_map(|at| units.get(at))
        .filter(told)
        .count();
    if longer * 4 > cards.len() || below.is_some_and(|unit| told(&unit)) || rest > 2 * cards.len() {
        return false;
    }
    let low = zone.start.max(first.span.start.saturating_sub(ABOVE));
    let mut timed = false;
    for unit in (low..first.span.start).rev().filter_map(|at| units.get(at)) {
        match unit.kind {
            Kind::Prose | Kind::Byline => return false,
            Kind::Time | Kind::Ticker => timed = true,
            _ if unit.is_short_sentence() => return false,
            // a headline above all others: what they stand under is an article, or speaks of one thing
            _ if unit.is_full_title() => {
                return spaced
                    && !timed
                    && !is_of(units, unit, cards)
                    && !is_of_first(units, cards);
            }
            _ => {}
        }
    }
    !is_of_first(units, cards)
}

/// Whether blank lines part the cards, and none stands inside one.
fn is_spaced(units: &[Unit<'_>], cards: &[Card]) -> bool {
    let gap = |at: usize| units.get(at).is_some_and(|unit| unit.gap);
    // a kicker or picture may stand above the headline
    let starts = |card: &Card| {
        let start = card.span.start;
        gap(start) || (1..=2).any(|above| start.checked_sub(above).is_some_and(gap))
    };
    let inside = |card: &Card| (card.span.start + 1..card.span.end).any(gap);
    cards.iter().skip(1).all(starts) && !cards.iter().any(inside)
}

fn is_of_first(units: &[Unit<'_>], cards: &[Card]) -> bool {
    let Some((first, rest)) = cards.split_first() else {
        return false;
    };
    let title = first.title.and_then(|title| units.get(title));
    title.is_some_and(|title| is_of(units, title, rest))
}

/// Whether half of the cards or more have a word of a headline.
fn is_of(units: &[Unit<'_>], headline: &Unit<'_>, cards: &[Card]) -> bool {
    let mut words = Words::default();
    words.add(&headline.text);
    let shares = |card: &&Card| {
        let own = units.get(card.span.clone()).unwrap_or_default();
        own.iter()
            .any(|unit| content(&unit.text).iter().any(|&word| words.has(word)))
    };
    cards.iter().filter(shares).count() * 2 >= cards.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::testing;

    const LIST: [[&str; 2]; 4] = [
        [
            "Residents of the mill quarter want their bus stop back",
            "Some two hundred people met in the square to ask that line twelve should pass again.",
        ],
        [
            "Bread museum opens a room for wood ovens",
            "Thirty pieces lent by bakers from the hills can be seen there until the summer ends.",
        ],
        [
            "Storm leaves three villages without light",
            "Crews are working to bring back what failed shortly before midnight, the mayor said.",
        ],
        [
            "Library to lend violins and guitars as well",
            "Whoever holds a card may take an instrument home for two weeks and pays nothing.",
        ],
    ];

    fn titles(text: &str) -> Vec<String> {
        testing::read(text, |units, zone| {
            let cards = alternating(units, zone);
            let title = |card: &Card| units[card.title.unwrap_or(0)].text.to_string();
            cards.iter().map(title).collect()
        })
    }

    fn list(parted: &str, inside: &str) -> String {
        LIST.map(|[title, teaser]| format!("{title}{inside}{teaser}{parted}"))
            .concat()
    }

    #[test]
    fn headlines_and_teasers_by_turns_are_a_list() {
        let all = LIST.map(|[title, _]| title).to_vec();
        assert_eq!(titles(&list("\n", "\n")), all);
        assert_eq!(titles(&list("\n\n", "\n\n")), all);
        assert_eq!(titles(&list("\n\n", "\nTown\n")), all);
        assert_eq!(titles(&list("\n", "\nby Ann Lee\n")), all);
        let signed = "\n\nBy Ann Lee\n\nPhoto\n\nCredit Tom Roe\n\nIn the hills\n\n";
        assert_eq!(titles(&list(signed, "\n\n")), all);
        // a menu and a picture are no article above it
        let page = format!(
            "Home\nTown\nSport\n\nPhoto: Ann Lee\n{}",
            list("\n\n", "\n")
        );
        assert_eq!(titles(&page), all);
    }

    #[test]
    fn one_card_may_have_two_paragraphs() {
        let page = list("\n\n", "\n\n");
        let more = |page: &str, teaser: &str| {
            page.replace(
                teaser,
                &format!("{teaser}\n\nThe next talks are to be held in June, she told the paper."),
            )
        };
        let one = more(&page, LIST[1][1]);
        assert_eq!(titles(&one).len(), LIST.len());
        assert!(titles(&more(&one, LIST[2][1])).is_empty());
    }

    #[test]
    fn crossheads_make_no_list() {
        let list = list("\n\n", "\n\n");
        let lead = "The council met on Monday to speak about all that the town still needs.";
        assert!(
            titles(&format!(
                "A year in the life of our town\n\nBy Ann Lee\n\n{list}"
            ))
            .is_empty()
        );
        assert!(titles(&format!("Four things to know this week\n\n{list}")).is_empty());
        // a text goes on below the last
        assert!(titles(&format!("{list}{lead}\n")).is_empty());
        // its sections speak of what the first line names
        let bread = "How bread is baked at home\n\nBaking bread is easier than many people think it is, and cheap.\n\n\
            Find the right kind of flour\n\nWheat does for a first loaf of bread and can be had in any shop.\n\n\
            Let the dough rest long enough\n\nYeast needs time, and baked too early the loaf stays flat and hard.\n\n\
            Heat the oven as far as it goes\n\nA stone or a heavy pot holds what the bread needs when the door opens.\n";
        assert!(titles(bread).is_empty());
        // three are too few where blank lines tell nothing
        assert!(titles(list.split("Library").next().unwrap_or("")).is_empty());
    }

    #[test]
    fn sections_are_no_publishers() {
        let named = |line: [&str; 4]| {
            let cards = LIST.iter().zip(line);
            let cards =
                cards.map(|([title, teaser], name)| format!("{title}\n{name}\n{teaser}\n\n"));
            let text = cards.collect::<Vec<_>>().concat();
            testing::read(&text, |units, zone| {
                let cards = alternating(units, zone);
                (
                    cards.len(),
                    cards.iter().filter(|card| card.name.is_some()).count(),
                )
            })
        };
        assert_eq!(named(["Inland", "Kultur", "Inland", "Inland"]), (4, 0));
        assert_eq!(
            named(["Port Post", "Harbour Gazette", "Metro Courier", "Port Post"]),
            (4, 4)
        );
    }
}
