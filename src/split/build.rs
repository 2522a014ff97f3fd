//! What was read → [`Article`]: credits taken off, times resolved, the key made.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::Settings;
use super::boxes::tells_of;
use super::furniture::clean_body;
use super::glued::parted;
use super::label::Labels;
use super::language;
use super::page::Draft;
use super::region::is_dateline_line;
use super::signed::first_part;
use super::unit::{Kind, Unit};
use crate::article::{Article, Key, Moment, Place, Published, Role};
use crate::input::{Page, Record};
use crate::memo::{Memo, remembered, remembered_by};
use crate::text::count_words;
use crate::wire::{Credited, Found, Known, find_credit, published};

/// What a text brings besides its credits.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// The row's own id.
    pub(super) id: Option<String>,
    /// Where it starts.
    pub(super) place: Place,
    /// What it is on the page.
    pub(super) role: Role,
    /// Headline.
    pub(super) title: Option<String>,
    /// Who printed it.
    pub(super) publisher: Option<String>,
    /// As printed.
    pub(super) time: Option<String>,
    /// Who signed, as read from the page.
    pub(super) byline: Option<String>,
    /// Only a teaser, or cut.
    pub(super) partial: bool,
    /// Why the splitter doubts it.
    pub(super) weak: Option<&'static str>,
    /// What its body tells, where that is known already.
    pub(super) told: Option<Told>,
}

/// What a body without its credits tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    language: Option<&'static str>,
    words: u32,
}

/// Makes the article of a text whose credits are taken.
pub(super) fn article(
    parts: Parts,
    credited: Credited,
    record: &Record<'_>,
    settings: &Settings,
) -> Article {
    let anchor = record.fetched.or(settings.fetched);
    let mut credit = credited.credit;
    // read from the page it may be the first part of what the line says: `Ann Lee d'Enquête`
    let part = |said: &str| parts.byline.as_deref() == Some(first_part(said));
    if credit.byline.as_deref().is_none_or(part) {
        credit.byline = parts.byline;
    }
    let body = credited.body;
    let url = record.url.as_deref().map(str::to_owned);
    let key = Key::of(
        parts.id.as_deref(),
        url.as_deref(),
        parts.publisher.as_deref(),
        parts.title.as_deref(),
        &body,
    );
    let language = record.language.as_deref().and_then(language::given);
    let told = || match parts.told {
        Some(told) => told.language,
        None => language::language(&body),
    };
    let language = language.or_else(|| told().map(str::to_owned));
    Article {
        key,
        id: parts.id.unwrap_or_else(|| key.hex()),
        place: parts.place,
        role: parts.role,
        url,
        title: parts.title,
        publisher: parts.publisher,
        language,
        published: when(parts.time.as_deref(), anchor, settings),
        fetched: anchor,
        credit,
        words: parts.told.map_or(0, |told| told.words),
        partial: parts.partial || !body.is_empty() && is_cut(&body),
        digest: is_digest(&body),
        weak: parts.weak.map(str::to_owned),
        body,
    }
}

fn when(raw: Option<&str>, anchor: Option<Moment>, settings: &Settings) -> Published {
    raw.map_or_else(Published::default, |raw| {
        published(raw, anchor, &settings.timezone)
    })
}

/// Makes the article of a draft, and takes over what it says.
pub(super) fn draft(
    draft: &mut Draft,
    units: &[Unit<'_>],
    page: &Page<'_>,
    settings: &Settings,
    place: Place,
    id: Option<String>,
) -> Article {
    let (text, cut) = body_text(draft, units);
    let text = parted(&text);
    let id_is_own = id.is_some();
    let record = &page.record;
    let publisher = draft.publisher.take();
    let publisher = publisher.or_else(|| owned(record.publisher.as_deref()));
    let credited = credited(&text, draft, units, publisher.as_deref(), record);
    let main = draft.role == Role::Main;
    let own = |field: Option<&str>| if main { owned(field) } else { None };
    let parts = Parts {
        id,
        place,
        role: draft.role,
        title: draft.title.take().or_else(|| own(record.title.as_deref())),
        publisher,
        time: own(exact(record.published.as_deref()))
            .or_else(|| draft.time.take())
            .or_else(|| own(record.published.as_deref())),
        byline: draft
            .byline
            .take()
            .or_else(|| own(record.author.as_deref())),
        partial: cut,
        weak: draft.weak,
        told: Some(told(&credited.body)),
    };
    let mut article = article(parts, credited, record, settings);
    if !main && article.url.is_some() {
        // the row's own address is that of its main article
        article.url = None;
        let own = id_is_own.then(|| article.id.clone());
        rekey(&mut article, own.as_deref());
    }
    article
}

/// Makes the key anew after a part of it has changed.
pub(super) fn rekey(article: &mut Article, own: Option<&str>) {
    let url = article.url.as_deref();
    let title = article.title.as_deref();
    article.key = Key::of(own, url, article.publisher.as_deref(), title, &article.body);
    if own.is_none() {
        article.id = article.key.hex();
    }
}

/// A field that gives a clock: more than a page prints.
fn exact(published: Option<&str>) -> Option<&str> {
    published.filter(|raw| Moment::parse(raw.trim()).is_some_and(|at| !at.day_only))
}

fn owned(field: Option<&str>) -> Option<String> {
    field
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .map(str::to_owned)
}

/// The paragraphs of a draft, and whether a button at their end says that more was cut.
fn body_text(draft: &Draft, units: &[Unit<'_>]) -> (String, bool) {
    let labels = Labels::shipped();
    let all = draft.body.iter().filter_map(|&index| units.get(index));
    let mut text = String::with_capacity(all.map(|unit| unit.text.len() + 1).sum());
    let mut cut = false;
    let ending = draft.body.iter().rev().take_while(|&&index| {
        let unit = units.get(index).zip(draft.byline.as_deref());
        unit.is_some_and(|(unit, byline)| tells_of(&unit.text, byline))
    });
    let end = draft.body.len() - ending.count();
    for (at, &index) in draft.body.iter().take(end).enumerate() {
        let Some(unit) = units.get(index) else {
            continue;
        };
        if unit.kind == Kind::Rule && at == 0 {
            continue;
        }
        let mut paragraph = clean_body(&unit.text);
        if at + 1 == end {
            let (kept, tail) = labels.without_tail(paragraph);
            paragraph = kept;
            cut = tail;
        }
        if !text.is_empty() {
            let joins = at == 1
                && draft
                    .body
                    .first()
                    .and_then(|&first| units.get(first))
                    .is_some_and(is_dateline_line);
            text.push(if joins { ' ' } else { '\n' });
        }
        text.push_str(paragraph);
    }
    (text, cut)
}

/// Takes the credits off, reading those below the text, too, without letting them into the body.
fn credited(
    text: &str,
    draft: &Draft,
    units: &[Unit<'_>],
    publisher: Option<&str>,
    record: &Record<'_>,
) -> Credited {
    let known = Known {
        publisher,
        byline: draft.signed.as_deref().or(draft.byline.as_deref()),
        field: record.agency.as_deref(),
    };
    if draft.body.is_empty() {
        return taken("", known);
    }
    if draft.tail.is_empty() {
        return taken(text, known);
    }
    let mut whole = text.to_owned();
    for unit in draft.tail.iter().filter_map(|&unit| units.get(unit)) {
        whole.push('\n');
        whole.push_str(&unit.text);
    }
    let mut credited = taken(&whole, known);
    for unit in draft.tail.iter().rev().filter_map(|&unit| units.get(unit)) {
        if let Some(kept) = credited.body.strip_suffix(&*unit.text) {
            let kept = kept.trim_end().len();
            credited.body.truncate(kept);
        }
    }
    credited
}

/// Texts of which a thread remembers credits, language and words: pages of one site print the same stories again.
const REMEMBERED: usize = 1 << 11;

thread_local! {
    static CREDITS: RefCell<Memo<Rc<Found>>> = const { RefCell::new(Memo::new(REMEMBERED)) };
    static TOLD: RefCell<Memo<Told>> = const { RefCell::new(Memo::new(REMEMBERED)) };
}

/// What a body tells.
fn told(body: &str) -> Told {
    remembered(&TOLD, body, || Told {
        language: language::language(body),
        words: count_words(body),
    })
}

/// Takes the credits off a text.
fn taken(text: &str, known: Known<'_>) -> Credited {
    let fields = [known.publisher, known.byline, known.field];
    // a field that is not there is another than an empty one
    let hash = fields.iter().fold(xxh3_64(text.as_bytes()), |hash, field| {
        field.map_or(!hash, |field| xxh3_64_with_seed(field.as_bytes(), hash))
    });
    let found = remembered_by(&CREDITS, hash, || Rc::new(find_credit(text, known)));
    found.take(text)
}

/// Whether a text says that it is cut.
pub(super) fn is_cut(body: &str) -> bool {
    let end = body.trim_end();
    end.ends_with('…') || end.ends_with("...") || end.ends_with("[…]") || end.ends_with(" chars]")
}

/// Whether a text is many items in one: rows of dashes between them, or datelines of its own in many paragraphs.
fn is_digest(body: &str) -> bool {
    // both forms of a rule have one of these
    if RULES
        .iter()
        .all(|rule| rule.find(body.as_bytes()).is_none())
    {
        return false;
    }
    if body.contains(" ---------- ") {
        return true;
    }
    let rules = memchr::memmem::find_iter(body.as_bytes(), b"\n___\n").count()
        + memchr::memmem::find_iter(body.as_bytes(), b"\n---\n").count();
    rules >= 3
}

/// What is part of every rule between items.
static RULES: LazyLock<[Finder; 2]> = LazyLock::new(|| [Finder::new("---"), Finder::new("___")]);
