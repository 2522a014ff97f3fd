//! Who wrote an article and where, and what told it.

/// What told who wrote an article, in the order in which it is believed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgencyEvidence {
    /// `LONDON, Aug 17 (Reuters) –` at the head of the text.
    Dateline,
    /// `(Reporting by …; Editing by …)`, `© KYODO`, `The-CNN-Wire`.
    Tail,
    /// `Copyright 2025 The Associated Press`.
    Copyright,
    /// A byline or publisher that is an agency.
    Byline,
    /// A field of the record.
    Field,
}

impl AgencyEvidence {
    const ALL: [Self; 5] = [
        Self::Dateline,
        Self::Tail,
        Self::Copyright,
        Self::Byline,
        Self::Field,
    ];

    /// As printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Tail => "tail",
            Self::Copyright => "copyright",
            Self::Byline => "byline",
            Self::Field => "field",
        }
    }

    /// Reads what [`AgencyEvidence::as_str`] prints.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|evidence| evidence.as_str() == text)
    }
}

/// Who wrote an article and where, as far as the text says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Credit {
    /// `Reuters`, `AP`, `AFP` …; an unknown tag of the same form as written.
    pub agency: Option<String>,
    /// What told it; `None` exactly when there is no agency.
    pub evidence: Option<AgencyEvidence>,
    /// Whether the agency stands in the table of agencies.
    pub known: bool,
    /// `LONDON/KYIV/WASHINGTON, Aug 17`: without the agency and the dash.
    pub dateline: Option<String>,
    /// Who signed, without `By`.
    pub byline: Option<String>,
}
