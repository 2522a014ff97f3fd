//! The site a page is from, as its own lines name it: copyright line, breadcrumb, domain.

use super::head::is_agency;
use super::line::Marker;
use super::unit::{Unit, is_name};

/// The name of the site, where the page tells it.
pub(super) fn site(units: &[Unit<'_>]) -> Option<String> {
    // a domain as the first item of a breadcrumb or on a line of its own
    let domain = units
        .iter()
        .filter(|unit| unit.chars <= 30 && unit.marker != Marker::Bullet)
        .filter_map(|unit| Some((unit.marker == Marker::Number, domain(&unit.text)?)))
        .reduce(|best, next| if next.0 && !best.0 { next } else { best })
        .map(|(_, name)| name);
    let owner = units
        .iter()
        .rev()
        .find_map(|unit| owner(&unit.text).filter(|name| !is_agency(name)));
    match (domain, owner) {
        (Some(domain), _) => Some(domain.to_owned()),
        (None, owner) => owner,
    }
}

/// `Site.de`, `SITE.COM.TR’ye geri dön`.
fn domain(text: &str) -> Option<&str> {
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
    (is_name(name) && name.chars().next().is_some_and(char::is_uppercase)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_names_its_owner() {
        let owner = |text| owner(text).unwrap_or_default();
        assert_eq!(owner("© 2024 The Daily Star, LLC."), "The Daily Star");
        assert_eq!(
            owner("© 2025 Copyright Channel 9 - All rights reserved."),
            "Channel 9"
        );
        assert_eq!(
            owner("© News.example 2003 - 2020 powered by X"),
            "News.example 2003"
        );
        assert_eq!(owner("© 2024. All rights reserved"), "");
    }

    #[test]
    fn a_domain_is_a_name() {
        assert_eq!(domain("Anzeiger.de"), Some("Anzeiger.de"));
        assert_eq!(domain("HABER.COM.TR’ye dön"), Some("HABER.COM.TR"));
        assert_eq!(domain("Come in. It is late"), None);
    }
}
