//! [`Story`](crate::elect::Story) → [`Event`]: independent reports of one happening, beside each other.

use crate::article::Key;

/// Stories that report one happening; two or more.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// The least story id in it.
    pub id: Key,
    /// The most central headline.
    pub title: Option<String>,
    /// Ids of its stories, in the order of the report.
    pub stories: Vec<Key>,
    /// How many independent sources wrote about it.
    pub origins: u32,
}
