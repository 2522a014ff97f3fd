//! The JSON Schema of the fold document (`wirefold schema`), kept as the file beside this one.

/// JSON Schema, draft 2020-12.
pub const SCHEMA: &str = include_str!("schema.json");
