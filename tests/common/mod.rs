//! What several test programs share.
#![allow(dead_code)] // no program uses all of it

/// An invented corpus of any size.
pub mod corpus;
/// Reports without the places where articles stood.
pub mod places;
