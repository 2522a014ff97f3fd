//! How much work one story is worth: the fewer stories there are, the more of each is read, kept and compared.
//!
//! A hundred thousand stories are told apart by their heads, their weightiest terms and their nearest neighbours. For
//! some hundreds that is false thrift: whole texts, nearly all terms and nearly all neighbours cost less than a second.
//! The work stays linear in the number of stories.

/// Stories from which on each is worth the least.
const MANY: usize = 6_000;

/// So many times the least a story is worth at most.
const MOST: usize = 8;

/// Words of a body that are read: the least and the most.
const WORDS: (usize, usize) = (240, 720);

/// What one story of a set is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// In eighths of the least.
    eighths: usize,
}

impl Effort {
    /// For a set of so many stories.
    pub(super) fn of(stories: usize) -> Self {
        Self {
            eighths: (MANY * 8 / stories.max(1)).clamp(8, 8 * MOST),
        }
    }

    /// What is `least` for a story of a large set.
    pub(super) fn times(self, least: usize) -> usize {
        least * self.eighths / 8
    }

    /// Words of a body that are read.
    pub(super) fn words(self) -> usize {
        self.times(WORDS.0).min(WORDS.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_worth_less_the_more_there_are() {
        let work = |stories| Effort::of(stories).times(6);
        let stories = [0, 4, 750, 1_500, 3_000, 6_000, 100_000];
        assert_eq!(stories.map(work), [48, 48, 48, 24, 12, 6, 6]);
        let words = |stories| Effort::of(stories).words();
        assert_eq!([4, 2_000, 4_000, 100_000].map(words), [720, 720, 360, 240]);
    }
}
