//! An archive → JSON Lines that `add` reads back to an equal one: a line for what was counted, one for each part of the
//! inputs that gave no article, one for each article in the order of arrival.

use std::io::Write;

use super::{Archive, ArchiveError, lock};
use crate::fold::Member;
use crate::report::json::{Json, Shown, article};

impl Archive {
    /// Writes everything that cannot be derived.
    ///
    /// # Errors
    /// When the archive cannot be read, or `out` not be written.
    pub fn export(&self, out: &mut dyn Write) -> Result<(), ArchiveError> {
        let fold = self.whole()?;
        let claims = self.claims()?;
        let mut json = Json::new(out);
        json.open('{');
        json.value("exported", true);
        json.value("pages", fold.counts.pages);
        json.value("furniture", fold.counts.furniture);
        json.close('}');
        json.end_line()?;
        for skipped in &fold.skipped {
            json.open('{');
            json.value("exported", true);
            json.key("skipped");
            json.open('{');
            json.string("source", &skipped.place.source);
            json.value("offset", skipped.place.offset);
            json.value("line", skipped.place.line);
            json.string("reason", skipped.reason.message());
            let input = matches!(skipped.reason, crate::article::SkipReason::Input(_));
            json.value("input", input);
            json.close('}');
            json.close('}');
            json.end_line()?;
        }
        for (no, (member, claim)) in (0..).zip(fold.articles.iter().zip(claims)) {
            let body = fold.bodies.body(crate::article::ArticleNo(no))?;
            line(&mut json, member, claim, &body)?;
        }
        json.finish()?;
        Ok(())
    }

    /// The rows' own ids, in the order of arrival.
    fn claims(&self) -> Result<Vec<Option<String>>, ArchiveError> {
        let db = lock(&self.db);
        let mut statement = db.prepare("SELECT claim FROM articles ORDER BY no")?;
        let claims = statement.query_map((), |row| row.get(0))?;
        Ok(claims.collect::<Result<_, _>>()?)
    }
}

fn line(
    json: &mut Json<'_>,
    member: &Member,
    claim: Option<String>,
    body: &str,
) -> Result<(), ArchiveError> {
    let mut own = member.article.clone();
    // the claimed one: another archive may show it
    own.id = claim.unwrap_or_else(|| own.key.to_string());
    json.open('{');
    json.value("exported", true);
    article(
        json,
        &Shown {
            article: &own,
            body,
            seen: &member.seen,
            roundup: member.roundup,
        },
    );
    json.close('}');
    json.end_line()?;
    Ok(())
}
