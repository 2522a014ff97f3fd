//! The site a page is from, as its own lines name it: copyright line, breadcrumb, domain, menu.

use std::cell::OnceCell;

use memchr::memmem::Finder;

use super::furniture::is_promo;
use super::line::Marker;
use super::phrases::{Phrase, phrases};
use super::signed::is_agency;
use super::unit::{Unit, is_name};

/// The site of a page, told once it is asked for.
pub(super) struct Site<'u, 'a> {
    page: &'u [Unit<'a>],
    around: &'u [Unit<'a>],
    name: OnceCell<Option<String>>,
}

/// Units of a text that is one page for sure, even if a label inside looks like the start of another.
const ONE_PAGE: usize = 2000;

impl<'u, 'a> Site<'u, 'a> {
    /// That of the page of these units, which stands among the units of a text.
    pub(super) fn of(page: &'u [Unit<'a>], around: &'u [Unit<'a>]) -> Self {
        Self {
            page,
            around,
            name: OnceCell::new(),
        }
    }

    /// Its name, where the page tells it.
    pub(super) fn name(&self) -> Option<&str> {
        let text = Some(self.around).filter(|units| units.len() <= ONE_PAGE);
        let name = || site(self.page).or_else(|| site(text?));
        self.name.get_or_init(name).as_deref()
    }
}

/// The name of the site, where the page tells it.
fn site(units: &[Unit<'_>]) -> Option<String> {
    // a domain as the first item of a breadcrumb or on a line of its own
    let domain = units
        .iter()
        .filter(|unit| unit.chars <= 30 && unit.marker != Marker::Bullet)
        .filter_map(|unit| Some((unit.marker == Marker::Number, domain(&unit.text)?)))
        .reduce(|best, next| if next.0 && !best.0 { next } else { best })
        .map(|(_, name)| name);
    domain
        .map(str::to_owned)
        .or_else(|| copyright(units))
        .or_else(|| menu(units))
        .or_else(|| opening(units))
}

/// The name on the first line of a page that a request to its reader tells again: `Thanks for reading The Slow Harbour!`.
fn opening(units: &[Unit<'_>]) -> Option<String> {
    let first = units
        .first()
        .filter(|unit| unit.is_name() && unit.words >= 2)?;
    let name = first.text.trim();
    let capitals = name
        .split(' ')
        .all(|word| !word.starts_with(char::is_lowercase));
    let again = Finder::new(name);
    let tells = |text: &str| again.find(text.as_bytes()).is_some() && has_word(text, name);
    let asks = |unit: &Unit<'_>| tells(&unit.text) && is_promo(&unit.text);
    (capitals && units.iter().skip(1).any(asks)).then(|| name.to_owned())
}

/// Units at the top of a page that may be its site's name.
const TOP: usize = 3;

/// The owner of the page's copyright. An agency owns the texts of others: it is the site only if the page opens with its
/// name.
fn copyright(units: &[Unit<'_>]) -> Option<String> {
    let opens_with = |name: &str| units.iter().take(TOP).any(|unit| unit.text.trim() == name);
    let owners = units.iter().rev().filter(|unit| unit.has_copyright());
    let owners = owners.filter_map(|unit| owner(&unit.text));
    let mut owners = owners.filter(|name| opens_with(name) || !is_agency(name));
    let last = owners.next()?;
    // lines of several owners are those of the page's articles
    owners
        .all(|other| last.contains(&other) || other.contains(&last))
        .then_some(last)
}

/// Units that must name a site besides the entry of its menu.
const MENTIONS: usize = 3;

/// The site whose menu has an entry about it: `About The Gazette`. Other lines name it, too.
fn menu(units: &[Unit<'_>]) -> Option<String> {
    let entries = units.iter().rev().filter(|unit| unit.chars <= 40);
    let mut names = entries.filter_map(|unit| {
        let name = unit.text.strip_prefix("About ")?.trim();
        let own = name.chars().next().is_some_and(char::is_uppercase)
            && !phrases(Phrase::NoSite).contains(&name.to_lowercase().as_str());
        (own && is_name(name)).then_some(name)
    });
    let named = |name: &str| {
        let short = units.iter().filter(|unit| unit.chars <= 60);
        short.filter(|unit| has_word(&unit.text, name)).count() > MENTIONS
    };
    names.find(|name| named(name)).map(str::to_owned)
}

/// Whether a name stands in a text, not as a part of a longer word.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// `Site.de`, `SITE.COM.TR’ye geri dön`.
fn domain(text: &str) -> Option<&str> {
    if !text.bytes().any(|byte| byte == b'.') {
        return None;
    }
    let word = text
        .split(|c: char| c.is_whitespace() || matches!(c, '’' | '\''))
        .next()?;
    let (name, end) = word.rsplit_once('.')?;
    let plausible = name.len() >= 2
        && (2..=3).contains(&end.len())
        && end.chars().all(|c| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && name
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    (plausible && !word.eq_ignore_ascii_case("a.m") && text.split_whitespace().count() <= 3)
        .then_some(word)
}

/// The owner of a copyright line: `© 2024 The Daily Star. All rights reserved`.
fn owner(text: &str) -> Option<String> {
    if text.len() > 300 {
        return None;
    }
    let at = text.find('©').map(|at| at + '©'.len_utf8())?;
    let mut rest = text.get(at..)?.trim_start();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '|')
        });
        rest = rest.strip_prefix("Copyright").unwrap_or(rest);
        if rest == before {
            break;
        }
    }
    let end = rest.find([',', '|', '(']).unwrap_or(rest.len());
    let mut name = rest.get(..end)?;
    for stop in [". ", " - ", " All ", " all ", " powered ", " is ", " Inc"] {
        name = name.split(stop).next().unwrap_or(name);
    }
    let name = name.trim().trim_end_matches('.').trim();
    // `© Daily News 2022`
    let name = match name.rsplit_once(' ') {
        Some((name, year)) if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
            name
        }
        _ => name,
    };
    // a line that names no owner
    let lower = name.to_lowercase();
    if phrases(Phrase::Rights)
        .iter()
        .any(|words| lower.starts_with(words))
    {
        return None;
    }
    // `© Ann Lee/Daily News` claims a picture
    let own = is_name(name) && !name.contains('/');
    (own && name.chars().next().is_some_and(char::is_uppercase)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_names_its_owner() {
        let owner = |text| owner(text).unwrap_or_default();
        assert_eq!(owner("© 2024 The Daily Star, LLC."), "The Daily Star");
        assert_eq!(owner("© 2024 All rights reserved"), "");
        assert_eq!(
            owner("© 2025 Copyright Channel 9 - All rights reserved."),
            "Channel 9"
        );
        assert_eq!(
            owner("© News.example 2003 - 2020 powered by X"),
            "News.example"
        );
        assert_eq!(owner("© 2024. All rights reserved"), "");
    }

    fn site_of(page: &str) -> Option<String> {
        let lines = super::super::line::lines(page);
        site(&super::super::unit::units(
            &lines,
            super::super::label::Labels::shipped(),
        ))
    }

    #[test]
    fn a_menu_and_the_lines_beside_it_name_a_site() {
        let menu = "Norra Radio on Rivers\nThe tide is late\nMore From Norra Radio\nAbout Norra Radio\nContact Norra Radio\n";
        assert_eq!(site_of(menu).as_deref(), Some("Norra Radio"));
        assert_eq!(site_of("The tide is late\nAbout Norra Radio\n"), None);
        assert_eq!(site_of("About Us\nAbout Us\nAbout Us\nAbout Us\n"), None);
    }

    #[test]
    fn an_agency_is_the_site_only_of_pages_that_open_with_it() {
        let story = "The tide is late.\n© 2024 The Associated Press. All rights reserved.\n";
        assert_eq!(site_of(story), None);
        let own = format!("The Associated Press\n\n{story}");
        assert_eq!(site_of(&own).as_deref(), Some("The Associated Press"));
    }

    #[test]
    fn several_owners_are_those_of_articles() {
        let list = "The tide is late.\n© Norra Post\nThe ferry sails.\n© The Quay\n";
        assert_eq!(site_of(list), None);
        assert_eq!(
            site_of("© 2024 Norra Post\n© Norra Post\n").as_deref(),
            Some("Norra Post")
        );
    }

    #[test]
    fn a_domain_is_a_name() {
        assert_eq!(domain("Anzeiger.de"), Some("Anzeiger.de"));
        assert_eq!(domain("HABER.COM.TR’ye dön"), Some("HABER.COM.TR"));
        assert_eq!(domain("Come in. It is late"), None);
    }
}
