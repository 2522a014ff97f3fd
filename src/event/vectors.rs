//! A story as a vector over its terms, or several added up, and what two of them share.
//!
//! In integers: every machine gives the same events.

/// The length of a unit vector.
pub(super) const UNIT: i64 = 1 << 14;

/// What a term is, for telling twins apart: words make the frame, names and numbers fill it.
pub(super) const KINDS: usize = 3;

/// A term of a story with its share of the unit vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// The term's identity, then two bits: 0 a word, 1 a name, 2 a number.
    tag: u32,
    pub(super) weight: u32,
}

impl Part {
    pub(super) fn new(id: u32, kind: usize, weight: u32) -> Self {
        Self {
            tag: (id << 2) | kind as u32,
            weight,
        }
    }

    pub(super) fn id(self) -> u32 {
        self.tag >> 2
    }

    /// What orders parts of one weight: the term's identity, then its kind.
    pub(super) fn tag(self) -> u32 {
        self.tag
    }

    pub(super) fn kind(self) -> usize {
        (self.tag & 3) as usize
    }
}

/// One story, or several added up, over the heaviest terms that another story has, too; ascending by term.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Vector {
    pub(super) parts: Vec<Part>,
    /// The length of all its terms, by kind; of several stories the sum of their lengths.
    length: [u64; KINDS],
    /// Terms that were read of it, or of all stories together.
    terms: u32,
}

/// What two vectors share, by kind: the sums of products.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Shared([u64; KINDS]);

impl Vector {
    /// Of one story; `rest` is the squared length of its terms that are not among the parts, by kind.
    pub(super) fn new(parts: Vec<Part>, rest: [u64; KINDS]) -> Self {
        let mut length = rest;
        for part in &parts {
            length[part.kind()] += u64::from(part.weight).pow(2);
        }
        Self {
            terms: parts.len() as u32,
            parts,
            length: length.map(u64::isqrt),
        }
    }

    /// The same of a story of which so many terms were read.
    pub(super) fn of_terms(self, terms: usize) -> Self {
        let terms = terms as u32;
        Self { terms, ..self }
    }

    /// Terms that were read of it, or of all stories together.
    pub(super) fn terms(&self) -> u32 {
        self.terms
    }

    /// The two added up, cut to the `most` heaviest parts.
    pub(super) fn plus(&self, other: &Self, most: usize) -> Self {
        let mut sum = Vec::with_capacity(self.parts.len() + other.parts.len());
        let (mut left, mut right) = (&self.parts[..], &other.parts[..]);
        while let (Some(one), Some(two)) = (left.first(), right.first()) {
            // the parts of the two follow each other at random: no jump depends on which comes next
            let order = one.id().cmp(&two.id());
            let (of_left, of_right) = (order.is_le(), order.is_ge());
            let tags = [one.tag, two.tag];
            let least = tags[usize::from(!of_left)];
            let weight = |part: &Part, is: bool| part.weight * u32::from(is);
            sum.push(Part {
                tag: if order.is_eq() {
                    one.tag.max(two.tag)
                } else {
                    least
                },
                weight: weight(one, of_left).saturating_add(weight(two, of_right)),
            });
            left = &left[usize::from(of_left)..];
            right = &right[usize::from(of_right)..];
        }
        sum.extend_from_slice(left);
        sum.extend_from_slice(right);
        if sum.len() > most {
            sum.select_nth_unstable_by_key(most, |part| (std::cmp::Reverse(part.weight), part.tag));
            sum.truncate(most);
            sum.sort_unstable_by_key(|part| part.tag);
        }
        Self {
            parts: sum,
            length: std::array::from_fn(|kind| self.length[kind] + other.length[kind]),
            terms: self.terms.saturating_add(other.terms),
        }
    }

    /// What it shares with another.
    pub(super) fn shared(&self, other: &Self) -> Shared {
        if self.parts.len() <= other.parts.len() {
            Opened::new(self).shared(other)
        } else {
            Opened::new(other).shared(self)
        }
    }

    /// What it shares with the rest of a sum that it is part of: the product, and the terms that weigh most in it, at
    /// most so many.
    pub(super) fn bond(&self, sum: &Self, most: usize) -> (i64, Vec<u32>) {
        let mut rest = &sum.parts[..];
        let mut product = 0;
        let mut shared: Vec<u64> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            rest = from_term(rest, part.id());
            let all = rest.first().filter(|other| other.id() == part.id());
            let others = all.map_or(0, |all| all.weight.saturating_sub(part.weight));
            let share = u64::from(part.weight) * u64::from(others);
            product += share;
            if share > 0 {
                // the least identity first among equals
                let share = (share / UNIT as u64).min(u64::from(u32::MAX));
                shared.push(share << 32 | u64::from(!part.id()));
            }
        }
        let terms = largest(shared, most);
        let terms = terms.into_iter().map(|key| !(key as u32)).collect();
        ((product / UNIT as u64) as i64, terms)
    }

    /// The heaviest parts in no order, at most so many; the least identity first among equals.
    pub(super) fn heaviest(&self, most: usize) -> impl Iterator<Item = Part> + '_ {
        let keys = self.parts.iter().zip(0u32..);
        let keys = keys.map(|(part, at)| u64::from(part.weight) << 32 | u64::from(!at));
        let mut keys: Vec<u64> = keys.collect();
        cut(&mut keys, most);
        let part = |key: u64| self.parts.get(!(key as u32) as usize).copied();
        keys.into_iter().filter_map(part)
    }
}

/// The largest keys, the largest first.
fn largest(mut keys: Vec<u64>, most: usize) -> Vec<u64> {
    cut(&mut keys, most);
    keys.sort_unstable_by(|one, other| other.cmp(one));
    keys
}

/// Leaves the largest keys, in no order.
fn cut(keys: &mut Vec<u64>, most: usize) {
    if keys.len() > most {
        keys.select_nth_unstable_by(most, |one, other| other.cmp(one));
        keys.truncate(most);
    }
}

/// The parts from a term on, which is seldom far.
fn from_term(parts: &[Part], id: u32) -> &[Part] {
    let mut step = 1;
    while parts.get(step).is_some_and(|part| part.id() < id) {
        step *= 2;
    }
    let near = &parts[step / 2..(step + 1).min(parts.len())];
    &parts[step / 2 + near.partition_point(|part| part.id() < id)..]
}

/// A vector whose terms are found at once, for one that is compared with several.
pub(super) struct Opened<'a> {
    parts: &'a [Part],
    /// Place of a part, from 1, by its term; 0 is free. A power of two, at most half full.
    slots: Vec<u16>,
    /// A bit for some places of terms each, eight times as many as slots: set where it has one of them. Most terms of
    /// another vector are told to be missing by it, without a jump.
    marks: Vec<u64>,
}

impl<'a> Opened<'a> {
    pub(super) fn new(vector: &'a Vector) -> Self {
        let parts = &vector.parts[..vector.parts.len().min(usize::from(u16::MAX))];
        let mut slots = vec![0; (parts.len() * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        let mut marks = vec![0u64; (slots.len() / 8).max(1)];
        let last = marks.len() - 1;
        for (part, place) in parts.iter().zip(1u16..) {
            let id = part.id() as usize;
            marks[(id / 64) & last] |= 1 << (id % 64);
            let mut at = part.id() as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = place;
        }
        Self {
            parts,
            slots,
            marks,
        }
    }

    /// 1 where it may have a term.
    #[inline]
    fn mark(&self, id: u32) -> u64 {
        let id = id as usize;
        self.marks[(id / 64) & (self.marks.len() - 1)] >> (id % 64) & 1
    }

    #[inline]
    fn find(&self, id: u32) -> Option<Part> {
        let mask = self.slots.len() - 1;
        let mut at = id as usize & mask;
        loop {
            let place = usize::from(self.slots[at]).checked_sub(1)?;
            let part = self.parts.get(place)?;
            if part.id() == id {
                return Some(*part);
            }
            at = (at + 1) & mask;
        }
    }

    /// What it shares with another.
    pub(super) fn shared(&self, other: &Vector) -> Shared {
        let mut sums = [0u64; 4];
        for parts in other.parts.chunks(64) {
            let marked = parts.iter().zip(0u32..);
            let mut marked = marked.fold(0, |bits, (part, at)| bits | self.mark(part.id()) << at);
            while let Some(part) = parts.get(marked.trailing_zeros() as usize) {
                marked &= marked - 1;
                if let Some(same) = self.find(part.id()) {
                    // a name in one and a word in the other: a name
                    let kind = part.kind().max(same.kind());
                    sums[kind] += u64::from(part.weight) * u64::from(same.weight);
                }
            }
        }
        Shared([sums[0], sums[1], sums[2]])
    }
}

impl Shared {
    /// The product of the two vectors; for two stories the cosine, in parts of [`UNIT`].
    pub(super) fn product(self) -> i64 {
        (self.0.iter().sum::<u64>() / UNIT as u64) as i64
    }

    /// The cosine over one kind of terms alone, in thousandths; `None` where one of the two has no such term. Of two
    /// groups it is the mean over the pairs of their stories: the cosine of their sums would grow with their sizes,
    /// and that of words, which every report has, faster than that of names.
    pub(super) fn within(self, kind: usize, a: &Vector, b: &Vector) -> Option<i64> {
        let lengths = a.length[kind] * b.length[kind];
        (lengths > 0).then(|| (self.0[kind].saturating_mul(1000) / lengths).min(1000) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opened_vector_shares_what_a_walk_through_both_finds() {
        let part = |id: u32, weight: u32| Part::new(id, (id % 3) as usize, weight);
        // identities that meet in one slot, too
        let one = Vector::new(
            (0..300)
                .map(|n| part(n * 7 % 2048 + n / 100 * 2048, n))
                .collect(),
            [0; 3],
        );
        let other = Vector::new((0..400).map(|n| part(n * 5, 400 - n)).collect(), [0; 3]);
        let mut sums = [0u64; 3];
        for a in &one.parts {
            for b in other.parts.iter().filter(|b| b.id() == a.id()) {
                sums[a.kind().max(b.kind())] += u64::from(a.weight) * u64::from(b.weight);
            }
        }
        assert_eq!(one.shared(&other), Shared(sums));
        assert_eq!(other.shared(&one), Shared(sums));
    }
}
