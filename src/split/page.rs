//! A dump, read: sections, the vote on each, the main article, titles without texts. What comes out are [`Draft`]s: which
//! units of the page make which article.

use std::cell::OnceCell;
use std::ops::Range;

use super::alt_text;
use super::alternating;
use super::archive;
use super::aside;
use super::digest;
use super::domains;
use super::headlines;
use super::kicker;
use super::label::Effect;
use super::labelled;
use super::line::Marker;
use super::named;
use super::region;
use super::site::Site;
use super::template::Sight;
use super::unit::{Kind, Unit};
use super::untimed;
use super::writers;
use super::zone::{Zone, ZoneKind, in_cards, parts, zones};
use crate::article::Role;

/// An article as units of its page.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// What it is on the page.
    pub(super) role: Role,
    /// Its headline.
    pub(super) title: Option<String>,
    /// Who printed it.
    pub(super) publisher: Option<String>,
    /// Its time, as printed.
    pub(super) time: Option<String>,
    /// Who signed.
    pub(super) byline: Option<String>,
    /// The line that tells who signed, or stands where it would: it may name an agency.
    pub(super) signed: Option<String>,
    /// The units of its text, in page order.
    pub(super) body: Vec<usize>,
    /// Units below the text that may credit an agency.
    pub(super) tail: Vec<usize>,
    /// All its units but those of text and tail.
    pub(super) head: Vec<usize>,
    /// Why the splitter doubts it.
    pub(super) weak: Option<&'static str>,
}

impl Draft {
    /// The first unit of the article.
    pub(super) fn first(&self) -> usize {
        let all = self.head.iter().chain(&self.body);
        all.min().copied().unwrap_or(0)
    }
}

/// The page while it is read.
pub(super) struct Reader<'u, 'a> {
    pub(super) units: &'u [Unit<'a>],
    /// Whose each unit is: the number of a draft plus one, 0 for nobody's.
    owners: Vec<u32>,
    /// Behind the last unit that is somebody's.
    read: usize,
    drafts: Vec<Draft>,
    /// The site that the page is from; of several in one text that of the page being read.
    site: Site<'u, 'a>,
    sights: OnceCell<Vec<Sight>>,
}

/// Articles that most pages have no more than.
const DRAFTS: usize = 16;

/// Reads all articles of a page, in page order.
pub(super) fn drafts(units: &[Unit<'_>]) -> Vec<Draft> {
    let mut reader = Reader {
        units,
        owners: vec![0; units.len()],
        read: 0,
        drafts: Vec::with_capacity(DRAFTS),
        site: Site::of(&[], &[]),
        sights: OnceCell::new(),
    };
    let parts = parts(units);
    let labelled = |part: &Range<usize>| {
        let first = units.get(part.start);
        first.is_some_and(|unit| unit.kind == Kind::Label(Effect::Start))
    };
    let one_site = parts.iter().skip(1).all(labelled);
    for part in parts {
        let own = units.get(part.clone()).unwrap_or_default();
        reader.site = Site::of(own, if one_site { units } else { own });
        reader.part(&part);
    }
    let mut drafts = reader.drafts;
    alt_text::without(units, &mut drafts);
    kicker::without_kickers(units, &mut drafts);
    kicker::without_sections(units, &mut drafts);
    domains::publishers(&mut drafts);
    writers::writers(units, &mut drafts);
    drafts.sort_by_cached_key(Draft::first);
    drafts
}

impl Reader<'_, '_> {
    /// Reads one page.
    fn part(&mut self, part: &Range<usize>) {
        let zones = zones(self.units, part);
        let before = self.drafts.len();
        if let Some(draft) = digest::digest(self.units, part) {
            self.claim(draft);
            return;
        }
        let mut named = archive::drafts(self.units, part);
        if named.is_empty() {
            named = labelled::drafts(self.units, part);
        }
        if !named.is_empty() {
            for draft in named {
                self.claim(draft);
            }
            return;
        }
        self.untimed_list(&zones);
        let strong = region::strongest(self.units, part)
            .filter(|region| !in_cards(self.units, &zones, region))
            .filter(|region| region.clone().all(|unit| !self.is_claimed(unit)));
        if let Some(region) = strong {
            self.main(part, &region);
            self.more_articles(part, &region, before);
        }
        self.cards(&zones);
        self.named_lists(&zones);
        self.mains_above_labels(part);
        if self.drafts.len() == before || !self.has_main(before) && self.open_is_unread(&zones) {
            self.weak_main(part, &zones);
            if self.has_main(before) && self.has_times(part) {
                // its own time misled the vote on the cards below
                self.cards(&zones);
            }
        }
        let main = self.has_main(before);
        for zone in &zones {
            self.kicked_lists(zone);
            self.titles(zone, main);
        }
        if main {
            self.headlines(part, &zones);
        }
        if self.drafts.len() == before {
            for card in named::headlines(self.units, part) {
                let mut draft = self.card_draft(&card);
                draft.weak = Some("a headline on a page of nothing else");
                self.claim(draft);
            }
        }
        for draft in self.drafts.iter_mut().skip(before) {
            if draft.role != Role::Main {
                draft.role = if main { Role::Related } else { Role::Listed };
            }
        }
    }

    /// Headlines below the main article that no label announces.
    fn headlines(&mut self, part: &Range<usize>, zones: &[Zone]) {
        let told = |unit: &Unit<'_>| unit.kind == Kind::Prose;
        let Some(text) = part
            .clone()
            .rfind(|&at| self.owner_is_main(at) && self.units.get(at).is_some_and(told))
        else {
            return;
        };
        for zone in zones.iter().filter(|zone| zone.range.end > text) {
            let range = zone.range.start.max(text + 1)..zone.range.end;
            for card in headlines::runs(self.units, &range, &|at| self.is_claimed(at)) {
                let mut draft = self.card_draft(&card);
                draft.weak = Some("a title without publisher and time");
                self.claim(draft);
            }
        }
    }

    /// Whether times are left that no article has.
    fn has_times(&self, part: &Range<usize>) -> bool {
        let free = |at: &usize| {
            let unit = self.units.get(*at);
            unit.is_some_and(|unit| unit.kind == Kind::Time) && !self.is_claimed(*at)
        };
        part.clone().filter(free).take(2).count() > 1
    }

    /// A list whose cards print no times.
    fn untimed_list(&mut self, zones: &[Zone]) {
        for zone in zones.iter().filter(|zone| zone.kind != ZoneKind::Off) {
            let mut cards = untimed::sourced(self.units, &zone.range);
            if cards.is_empty() && zone.kind == ZoneKind::Open {
                cards = untimed::datelined(self.units, &zone.range);
                if cards.is_empty() {
                    cards = alternating::alternating(self.units, &zone.range);
                }
            }
            for card in cards {
                let draft = self.card_draft(&card);
                self.claim(draft);
            }
        }
    }

    /// What templates ask of the units.
    pub(super) fn sights(&self) -> &[Sight] {
        self.sights
            .get_or_init(|| self.units.iter().map(Sight::of).collect())
    }

    /// Articles that follow the first with nothing between: each with a title and a byline or dateline of its own.
    fn more_articles(&mut self, part: &Range<usize>, first: &Range<usize>, before: usize) {
        if self.read <= first.start {
            return;
        }
        let mut more = false;
        loop {
            let rest = self.read..part.end.min(self.read.saturating_add(AHEAD));
            let Some(draft) = self.next_article(&rest) else {
                break;
            };
            more = true;
            self.claim(draft);
        }
        if more {
            for draft in self.drafts.iter_mut().skip(before) {
                draft.role = Role::Listed;
            }
        }
    }

    /// The next of several articles: with a title, and a byline or dateline of its own; without a title where it is a wire's.
    fn next_article(&self, rest: &Range<usize>) -> Option<Draft> {
        let wired = |unit: &Unit<'_>| region::has_dateline(unit) && region::names_agency(unit);
        // a short one only right below the last
        let next = || {
            region::weak(self.units, rest)
                .filter(|region| region.start <= rest.start + 1)
                .filter(|region| self.units.get(region.start).is_some_and(wired))
        };
        let region = self
            .stacked(rest)
            .or_else(|| region::strongest(self.units, rest))
            .or_else(next)?;
        let draft = region::article(self.units, rest, &region, &self.site)?;
        let first = draft.body.first().and_then(|&unit| self.units.get(unit));
        let dated = first.is_some_and(region::has_dateline);
        let full = draft.title.is_some() && draft.body.len() >= 2;
        // with headlines between, who signed wrote another
        let last = draft.head.iter().max().copied().unwrap_or_default();
        let between = last..draft.body.first().copied().unwrap_or_default();
        let other = |unit: &Unit<'_>| unit.is_full_title();
        let near = self
            .units
            .get(between)
            .is_some_and(|units| !units.iter().skip(1).any(other));
        let signed = draft.byline.is_some() && near;
        (full && (dated || signed) || first.is_some_and(wired)).then_some(draft)
    }

    /// The text of an article whose head stands right below the last one: headline, time or who signed, two paragraphs.
    fn stacked(&self, rest: &Range<usize>) -> Option<Range<usize>> {
        let unit = |at: usize| self.units.get(at).filter(|_| at < rest.end);
        let signs = |unit: &Unit<'_>| matches!(unit.kind, Kind::Time | Kind::Byline);
        let is_text = |unit: &Unit<'_>| unit.kind == Kind::Prose || unit.is_short_sentence();
        let near = |from: usize, is: &dyn Fn(&Unit<'_>) -> bool| {
            (from..from + STACKED).find(|&at| unit(at).is_some_and(is))
        };
        let title = near(rest.start, &|unit| {
            unit.is_full_title() && unit.marker == Marker::None
        })?;
        let signed = near(title + 1, &signs)?;
        let first = near(signed + 1, &|unit| unit.kind == Kind::Prose)?;
        let idle = |at: usize| unit(at).is_some_and(|unit| !unit.is_full_title());
        let end = (first..rest.end)
            .find(|&at| !unit(at).is_some_and(is_text))
            .unwrap_or(rest.end);
        ((title + 1..first).all(idle) && end >= first + 2).then_some(first..end)
    }

    fn has_main(&self, from: usize) -> bool {
        self.drafts
            .iter()
            .skip(from)
            .any(|draft| draft.role == Role::Main)
    }

    fn open_is_unread(&self, zones: &[Zone]) -> bool {
        zones
            .iter()
            .filter(|zone| zone.kind == ZoneKind::Open)
            .all(|zone| zone.range.clone().all(|unit| !self.is_claimed(unit)))
    }

    pub(super) fn is_claimed(&self, unit: usize) -> bool {
        self.owners.get(unit).is_none_or(|&owner| owner > 0)
    }

    pub(super) fn claim(&mut self, draft: Draft) {
        let number = self.drafts.len() as u32 + 1;
        let main = draft.role == Role::Main;
        for &unit in draft.head.iter().chain(&draft.body).chain(&draft.tail) {
            if let Some(owner) = self.owners.get_mut(unit) {
                if main || *owner == 0 {
                    *owner = number;
                }
                self.read = self.read.max(unit + 1);
            }
        }
        self.drafts.push(draft);
    }

    fn main(&mut self, bounds: &Range<usize>, region: &Range<usize>) {
        let low = (bounds.start..region.start)
            .rev()
            .find(|&unit| self.is_claimed(unit))
            .map_or(bounds.start, |unit| unit + 1);
        let bounds = low..bounds.end;
        if let Some(draft) = region::article(self.units, &bounds, region, &self.site) {
            self.claim(draft);
        }
    }

    /// A label that stands right under a main article: what is unread above it is that article.
    fn mains_above_labels(&mut self, part: &Range<usize>) {
        for index in part.clone() {
            if self
                .units
                .get(index)
                .is_none_or(|unit| unit.kind != Kind::Label(Effect::Under))
            {
                continue;
            }
            let low = (part.start..index).rev().find(|&unit| {
                self.is_claimed(unit)
                    || matches!(
                        self.units.get(unit).map(|unit| unit.kind),
                        Some(Kind::Label(
                            Effect::Under | Effect::Listed | Effect::Related
                        ))
                    )
            });
            let segment = low.map_or(part.start, |unit| unit + 1)..index;
            // the main article is read already where its text reaches down to the label
            let read = low.is_some_and(|unit| self.is_claimed(unit) && self.owner_is_main(unit));
            if read {
                continue;
            }
            let region = region::weak(self.units, &segment).unwrap_or(index..index);
            if let Some(draft) = region::article(self.units, &segment, &region, &self.site) {
                self.claim(draft);
            }
        }
    }

    fn owner_is_main(&self, unit: usize) -> bool {
        let owner = self.owners.get(unit).copied().unwrap_or_default() as usize;
        let draft = owner.checked_sub(1).and_then(|at| self.drafts.get(at));
        draft.is_some_and(|draft| draft.role == Role::Main)
    }

    /// An article of which little is there: the best stretch of the open section, where it is small or mostly text.
    fn weak_main(&mut self, part: &Range<usize>, zones: &[Zone]) {
        let open = zones
            .iter()
            .find(|zone| zone.kind == ZoneKind::Open)
            .map_or(part.clone(), |zone| zone.range.clone());
        let aside = aside::aside(self.units, open.end, part).is_some();
        let next = zones
            .iter()
            .find(|zone| aside && zone.range.start == open.end + 1);
        let open = open.start..next.map_or(open.end, |zone| zone.range.end);
        let small = open.len() <= 16;
        let found = region::weak(self.units, &open)
            .filter(|region| small || region::is_dense(self.units, region) && region.len() > 1)
            .filter(|region| region.clone().all(|unit| !self.is_claimed(unit)));
        if let Some(region) = found {
            self.main(&open, &region);
        }
    }
}

/// Units between two parts of the head of an article right below another.
const STACKED: usize = 4;

/// Units ahead among which the next of several articles is looked for.
const AHEAD: usize = 4096;
