//! An article seen again: what its sightings say differently is settled by value, never by order of arrival.

use super::Member;
use crate::article::{Article, Credit, Published};

/// Adds a sighting of the same article (equal keys).
pub fn merge(member: &mut Member, seen: Article) {
    let article = &mut member.article;
    article.published = earliest(std::mem::take(&mut article.published), seen.published);
    article.role = article.role.min(seen.role);
    article.credit = better_credit(std::mem::take(&mut article.credit), seen.credit);
    article.language = first(article.language.take(), seen.language);
    article.fetched = [article.fetched, seen.fetched].into_iter().flatten().min();
    article.id = std::mem::take(&mut article.id).min(seen.id);
    article.weak = first(article.weak.take(), seen.weak);
    article.partial |= seen.partial;
    article.digest |= seen.digest;
    member.seen.push(seen.place);
}

/// The lesser of two values, if there is any.
fn first<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The earliest known time with what was printed; of equal or unknown ones the lesser text.
fn earliest(a: Published, b: Published) -> Published {
    let order = |p: &Published| (p.at.is_none(), p.at, p.raw.is_none(), p.raw.clone(), p.unit);
    if order(&b) < order(&a) { b } else { a }
}

/// The credit with the best evidence; of equal ones the lesser text.
fn better_credit(a: Credit, b: Credit) -> Credit {
    let order = |c: &Credit| {
        let absent = (
            c.evidence.is_none(),
            c.dateline.is_none(),
            c.byline.is_none(),
        );
        (
            absent,
            c.evidence,
            c.agency.clone(),
            c.dateline.clone(),
            c.byline.clone(),
            c.known,
        )
    };
    if order(&b) < order(&a) { b } else { a }
}
