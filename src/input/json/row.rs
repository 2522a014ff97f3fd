//! One JSON object → its fields, typed and borrowed: known names only, nothing built for the others.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::fields::{self, Name};
use super::loose::Loose;

/// A field with a known name.
pub(super) type Field<'a> = (&'static Name, Loose<'a>);

/// The known fields of an object, in its order.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    pub(super) fields: Vec<Field<'a>>,
    /// Names in no table, for the message where nothing else is there.
    pub(super) unknown: u32,
}

impl<'a> Row<'a> {
    /// The row of an object's members.
    pub(super) fn of(members: Vec<(std::borrow::Cow<'a, str>, Loose<'a>)>) -> Self {
        let mut row = Self::default();
        for (name, value) in members {
            match fields::look_up(&name) {
                Some(name) => row.fields.push((name, value)),
                None => row.unknown += 1,
            }
        }
        row
    }

    /// The value of a field by its compared name.
    pub(super) fn get(&self, name: &str) -> Option<&Loose<'a>> {
        self.fields
            .iter()
            .find(|(known, value)| known.text == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// Takes the value of a field by its compared name.
    pub(super) fn take(&mut self, name: &str) -> Option<Loose<'a>> {
        self.fields
            .iter_mut()
            .find(|(known, value)| known.text == name && !value.is_empty())
            .map(|(_, value)| std::mem::replace(value, Loose::Null))
    }
}

impl<'de> Deserialize<'de> for Row<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut row = Row {
            fields: Vec::with_capacity(12),
            unknown: 0,
        };
        while let Some(name) = map.next_key_seed(NameSeed)? {
            if let Some(name) = name {
                row.fields.push((name, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
                row.unknown += 1;
            }
        }
        Ok(row)
    }
}

/// Looks a key up without keeping it.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Option<&'static Name>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = Option<&'static Name>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(fields::look_up(name))
    }
}
