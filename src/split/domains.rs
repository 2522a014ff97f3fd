//! Lists that print where a story stands in brackets behind its headline: `Title (site.example)`. Where most headlines of a page
//! do, that is their publisher.

use super::page::Draft;

/// Headlines that make a list.
const LEAST: usize = 3;

/// Takes the domain behind headlines as their publisher.
pub(super) fn publishers(drafts: &mut [Draft]) {
    let own = |draft: &Draft| {
        let title = draft
            .title
            .as_deref()
            .filter(|title| draft.publisher.is_none() && title.ends_with(')'))?;
        let (title, rest) = title.rsplit_once(" (")?;
        let domain = rest.strip_suffix(')').filter(|domain| is_domain(domain))?;
        Some((title.trim_end().to_owned(), domain.to_owned()))
    };
    let found = drafts.iter().filter_map(own).count();
    if found < LEAST || found * 2 < drafts.len() {
        return;
    }
    for draft in drafts {
        if let Some((title, domain)) = own(draft) {
            draft.title = Some(title);
            draft.publisher = Some(domain);
        }
    }
}

/// Whether a word is the name of a site: `site.example`, `github.com/ann`.
fn is_domain(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or("");
    let end = host.rsplit_once('.').map_or("", |(_, end)| end);
    word.len() <= 60
        && (2..=10).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}
