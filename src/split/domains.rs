//! Lists that print where a story stands behind its headline, in brackets or not: `Title (site.example)`. Where most headlines of
//! a page do, that is their publisher.

use super::page::Draft;

/// Headlines that make a list.
const LEAST: usize = 3;

/// Takes the domain behind headlines as their publisher.
pub(super) fn publishers(drafts: &mut [Draft]) {
    let own = |draft: &Draft| {
        // a reader's name in small letters is none of a publisher
        let known = draft
            .publisher
            .as_deref()
            .is_some_and(|name| !is_nick(name));
        let title = draft.title.as_deref().filter(|_| !known)?;
        memchr::memchr(b'.', title.as_bytes())?;
        let (title, last) = without_count(title).rsplit_once(' ')?;
        let inside = last
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let domain = inside.unwrap_or(last);
        // posts without a link stand on the site itself
        let own = inside.is_some() && domain.starts_with("self.");
        (own || is_domain(domain)).then(|| {
            let publisher = (!own).then(|| domain.to_owned());
            (title.trim_end().to_owned(), publisher)
        })
    };
    let found = drafts.iter().filter_map(own).count();
    if found < LEAST || found * 2 < drafts.len() {
        return;
    }
    for draft in drafts {
        if let Some((title, domain)) = own(draft) {
            draft.title = Some(title);
            draft.publisher = domain;
        }
    }
}

/// `Title (site.example) 42`: without the number of comments.
fn without_count(title: &str) -> &str {
    match title.rsplit_once(' ') {
        Some((rest, number))
            if rest.ends_with(')') && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            rest
        }
        _ => title,
    }
}

/// Whether a name is one that readers give themselves.
fn is_nick(name: &str) -> bool {
    let nick =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    name.bytes().all(nick)
}

/// Whether a word is the name of a site: `site.example`, `github.com/ann`.
pub(super) fn is_domain(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or("");
    let end = host.rsplit_once('.').map_or("", |(_, end)| end);
    word.len() <= 60
        && host.len() > end.len() + 2
        && (2..=10).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}
