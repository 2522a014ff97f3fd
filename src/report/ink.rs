//! What a colour means on a terminal.

use crate::verify::Relation;

/// What a colour means.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Plain,
    Title,
    Agency,
    Publisher,
    Faint,
    Note,
    /// The same text, or nearly.
    Same,
    /// Part of it.
    Part,
    /// Worked over.
    Reworked,
}

impl Ink {
    pub(super) fn of(relation: Relation) -> Self {
        match relation {
            Relation::Identical | Relation::Copy => Self::Same,
            Relation::Excerpt => Self::Part,
            Relation::Rewrite | Relation::Update => Self::Reworked,
        }
    }

    /// The SGR parameters (ECMA-48): the 16 colours that every theme sets for itself.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Plain => "0",
            Self::Title => "1",
            Self::Agency => "33",
            Self::Publisher => "36",
            Self::Faint => "2",
            Self::Note => "31",
            Self::Same => "32",
            Self::Part => "34",
            Self::Reworked => "35",
        }
    }
}
