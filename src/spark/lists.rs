//! Lists of holders on their way to the articles that they link.
//!
//! A list goes once to each bucket of articles that has holders in it, not once to each pair: the start of a short list
//! up to the bucket's last holder; of a long one the centres and the bucket's own holders. So a star's bytes grow with
//! its length, and what a short list costs is bounded by its length times the smaller of length and buckets.
//!
//! In a window a hash has a list in every stretch of time; a list *between* two stretches links what stands for the one
//! (`side` 0) to what stands for the other (`side` 1), some dozens of articles at most.
//!
//! ```text
//! list  = count of entries × 4 + between? × 2 + long?, entries by ascending number
//! entry = (difference of numbers) × 4 + side × 2 + in the bucket's own?, place, (hits needed) × 2 + many tokens?, [tokens]
//! ```

use std::io;

use super::pack::{Packed, put};
use super::stream::{Kind, Sink};
use crate::candidates::{CENTRES, Need, STAR, Threshold, linked};

/// Bytes that make a line.
const LINE: usize = 64 << 10;

/// Holders of a long list that one record holds.
const PART: usize = 4096;

/// A holder of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    /// The article.
    pub number: u32,
    /// Where the hash stands in it.
    pub place: u16,
    /// What its size says.
    pub need: Need,
}

/// A holder as it stands in a list that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub holder: Holder,
    /// It is one of the bucket's own.
    pub own: bool,
    /// Between two stretches: it is of the second.
    pub second: bool,
}

impl Entry {
    fn new(holder: Holder, own: bool) -> Self {
        Self {
            holder,
            own,
            second: false,
        }
    }
}

/// What a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Each holder is linked to all earlier ones.
    Short,
    /// Each is linked to the centres, which come first.
    Long,
    /// Each is linked to the earlier ones of the other stretch.
    Between,
}

/// Sends lists to the buckets of their holders.
pub(super) struct Writer {
    buckets: u32,
    most_tokens: u32,
    lines: Vec<Vec<u8>>,
    /// Bucket and place in the list of each holder that is linked to an earlier one.
    owners: Vec<(u32, usize)>,
    /// Entries written.
    pub entries: u64,
}

impl Writer {
    pub(super) fn new(buckets: u32, threshold: Threshold) -> Self {
        Self {
            buckets,
            most_tokens: threshold.most_tokens(),
            lines: vec![Vec::new(); buckets as usize],
            owners: Vec::new(),
            entries: 0,
        }
    }

    /// Sends one list; its holders by ascending number.
    pub(super) fn list(&mut self, holders: &[Holder], sink: &mut Sink<'_>) -> io::Result<()> {
        let mut owners = std::mem::take(&mut self.owners);
        owners.clear();
        let later = holders.iter().enumerate().skip(1);
        owners.extend(later.map(|(at, holder)| (bucket(holder.number, self.buckets), at)));
        owners.sort_unstable();
        for of_bucket in owners.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(bucket, last)) = of_bucket.last() else {
                continue;
            };
            if holders.len() <= STAR {
                let own = |at: usize| of_bucket.binary_search(&(bucket, at)).is_ok();
                let start = holders.iter().enumerate().take(last + 1);
                let entries = start.map(|(at, &holder)| Entry::new(holder, own(at)));
                self.put(bucket, Shape::Short, last + 1, entries);
            } else {
                self.star(bucket, holders, of_bucket);
            }
            self.send(bucket, sink)?;
        }
        self.owners = owners;
        Ok(())
    }

    /// Sends a list between two stretches: what stands for each, by ascending number.
    pub(super) fn between(
        &mut self,
        stretches: [&[Holder]; 2],
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let sides = stretches.into_iter().zip([false, true]);
        let mut entries: Vec<Entry> = sides
            .flat_map(|(holders, second)| {
                let entry = move |&holder| Entry {
                    holder,
                    own: false,
                    second,
                };
                holders.iter().map(entry)
            })
            .collect();
        entries.sort_unstable_by_key(|entry| entry.holder.number);
        let owners = entries.iter().skip(1);
        let mut buckets: Vec<u32> = owners
            .map(|entry| bucket(entry.holder.number, self.buckets))
            .collect();
        buckets.sort_unstable();
        buckets.dedup();
        for of in buckets {
            for (at, entry) in entries.iter_mut().enumerate() {
                entry.own = at > 0 && bucket(entry.holder.number, self.buckets) == of;
            }
            let count = entries
                .iter()
                .rposition(|entry| entry.own)
                .map_or(0, |last| last + 1);
            self.put(
                of,
                Shape::Between,
                count,
                entries.iter().take(count).copied(),
            );
            self.send(of, sink)?;
        }
        Ok(())
    }

    /// Sends a bucket's lists where there are enough of them.
    fn send(&mut self, bucket: u32, sink: &mut Sink<'_>) -> io::Result<()> {
        let line = self.lines.get_mut(bucket as usize);
        if let Some(line) = line.filter(|line| line.len() >= LINE) {
            sink.packed(Kind::Lists, u64::from(bucket), line)?;
            line.clear();
        }
        Ok(())
    }

    /// The centres of a long list and the bucket's own holders.
    fn star(&mut self, bucket: u32, holders: &[Holder], own: &[(u32, usize)]) {
        let centres = holders.iter().take(CENTRES).enumerate();
        let of_centres = own.partition_point(|&(_, at)| at < CENTRES);
        let (inside, outside) = own.split_at(of_centres);
        if outside.is_empty() {
            let own = |at: usize| inside.contains(&(bucket, at));
            let entries = centres.map(|(at, &holder)| Entry::new(holder, own(at)));
            self.put(bucket, Shape::Long, CENTRES, entries);
            return;
        }
        for (part, owners) in outside.chunks(PART).enumerate() {
            // a centre's own links stand in the first part
            let own = |at: usize| part == 0 && inside.contains(&(bucket, at));
            let outer = owners.iter().filter_map(|&(_, at)| holders.get(at));
            let entries = centres
                .clone()
                .map(|(at, &holder)| Entry::new(holder, own(at)))
                .chain(outer.map(|&holder| Entry::new(holder, true)));
            self.put(bucket, Shape::Long, CENTRES + owners.len(), entries);
        }
    }

    fn put(
        &mut self,
        bucket: u32,
        shape: Shape,
        count: usize,
        entries: impl Iterator<Item = Entry>,
    ) {
        let Some(line) = self.lines.get_mut(bucket as usize) else {
            return;
        };
        self.entries += count as u64;
        put(line, (count as u64) << 2 | shape as u64);
        let mut before = 0;
        for Entry {
            holder,
            own,
            second,
        } in entries
        {
            let ahead = u64::from(holder.number - before);
            before = holder.number;
            put(line, ahead << 2 | u64::from(second) << 1 | u64::from(own));
            put(line, u64::from(holder.place));
            let many = holder.need.tokens == self.most_tokens;
            put(line, u64::from(holder.need.hits) << 1 | u64::from(many));
            if !many {
                put(line, u64::from(holder.need.tokens));
            }
        }
    }

    /// Writes what is left.
    pub(super) fn finish(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        for (line, bucket) in self.lines.iter_mut().zip(0..) {
            if !line.is_empty() {
                sink.packed(Kind::Lists, bucket, line)?;
                line.clear();
            }
        }
        Ok(())
    }
}

/// The bucket of an article.
pub(super) fn bucket(number: u32, buckets: u32) -> u32 {
    let spread = number.wrapping_mul(0x9e37_79b1);
    ((u64::from(spread) * u64::from(buckets)) >> 32) as u32
}

/// One list as it came, its entries read one after another.
pub(super) struct Reader<'p> {
    packed: Packed<'p>,
    pub shape: Shape,
    left: u64,
    before: u32,
    most_tokens: u32,
}

impl<'p> Reader<'p> {
    /// The list that starts here.
    pub(super) fn new(mut packed: Packed<'p>, threshold: Threshold) -> io::Result<Self> {
        let head = packed.u64()?;
        Ok(Self {
            packed,
            shape: match head & 3 {
                0 => Shape::Short,
                1 => Shape::Long,
                _ => Shape::Between,
            },
            left: head >> 2,
            before: 0,
            most_tokens: threshold.most_tokens(),
        })
    }

    /// The next holder; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let ahead = self.packed.u64()?;
        self.before = self.before.wrapping_add((ahead >> 2) as u32);
        let place = self.packed.u16()?;
        let hits = self.packed.u64()?;
        let tokens = if hits & 1 == 1 {
            self.most_tokens
        } else {
            self.packed.u32()?
        };
        let holder = Holder {
            number: self.before,
            place,
            need: Need {
                hits: (hits >> 1) as u32,
                tokens,
            },
        };
        Ok(Some(Entry {
            holder,
            own: ahead & 1 == 1,
            second: ahead & 2 == 2,
        }))
    }

    /// Tells the holders that the one at place `at` is linked to: earlier ones.
    pub(super) fn links(mut self, at: usize, mut tell: impl FnMut(Holder)) -> io::Result<()> {
        if self.shape == Shape::Between {
            let mut earlier = Vec::with_capacity(at);
            while let Some(entry) = self.next()? {
                if earlier.len() == at {
                    let others = earlier
                        .iter()
                        .filter(|other: &&Entry| other.second != entry.second);
                    others.for_each(|other| tell(other.holder));
                    break;
                }
                earlier.push(entry);
            }
            return Ok(());
        }
        for _ in 0..linked(self.shape == Shape::Long, at) {
            if let Some(entry) = self.next()? {
                tell(entry.holder);
            }
        }
        Ok(())
    }

    /// What follows the entries that were read.
    pub(super) fn rest(self) -> Packed<'p> {
        self.packed
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::{Lines, unpacked};
    use super::*;
    use std::collections::BTreeSet;

    fn holder(n: u32) -> Holder {
        Holder {
            number: n * 3,
            place: n as u16,
            need: Need {
                hits: 2,
                tokens: n % 300,
            },
        }
    }

    /// The links that the buckets see of a list.
    fn links(length: u32, buckets: u32) -> (BTreeSet<(u32, u32)>, usize, u64) {
        let holders: Vec<Holder> = (0..length).map(holder).collect();
        seen(buckets, |writer, sink| writer.list(&holders, sink).unwrap())
    }

    /// The links that the buckets see of what is written.
    fn seen(
        buckets: u32,
        write: impl FnOnce(&mut Writer, &mut Sink<'_>),
    ) -> (BTreeSet<(u32, u32)>, usize, u64) {
        let threshold = Threshold::default();
        let mut out = Vec::new();
        let mut sink = Sink::new(&mut out).unwrap();
        let mut writer = Writer::new(buckets, threshold);
        write(&mut writer, &mut sink);
        writer.finish(&mut sink).unwrap();
        let (mut found, mut told) = (BTreeSet::new(), 0);
        let mut stream = &out[..];
        let mut lines = Lines::new(&mut stream);
        while let Some(line) = lines.next().unwrap() {
            let bytes = unpacked(line.payload).unwrap();
            let mut packed = Packed(&bytes);
            while !packed.is_empty() {
                let mut list = Reader::new(packed, threshold).unwrap();
                let mut at = 0;
                while let Some(entry) = list.next().unwrap() {
                    if entry.own {
                        let again = Reader::new(packed, threshold).unwrap();
                        again
                            .links(at, |earlier| {
                                found.insert((earlier.number, entry.holder.number));
                                told += 1;
                            })
                            .unwrap();
                    }
                    at += 1;
                }
                packed = list.rest();
            }
        }
        (found, told, writer.entries)
    }

    #[test]
    fn every_link_of_a_list_reaches_one_bucket() {
        for length in [2, 3, 10, 64, 65, 200, 9000] {
            for buckets in [1, 2, 7, 100] {
                let (found, told, _) = links(length, buckets);
                let long = length as usize > STAR;
                let expected: BTreeSet<(u32, u32)> = (0..length)
                    .flat_map(|later| {
                        (0..linked(long, later as usize) as u32).map(move |at| (at * 3, later * 3))
                    })
                    .collect();
                assert_eq!(found, expected, "{length} {buckets}");
                assert_eq!(told, expected.len(), "{length} {buckets}");
            }
        }
    }

    #[test]
    fn every_link_between_two_stretches_reaches_one_bucket() {
        for buckets in [1, 2, 7, 100] {
            let one: Vec<Holder> = (0..40).filter(|n| n % 3 != 0).map(holder).collect();
            let other: Vec<Holder> = (0..40).filter(|n| n % 3 == 0).map(holder).collect();
            let (found, told, _) = seen(buckets, |writer, sink| {
                writer.between([&one, &other], sink).unwrap();
            });
            let pairs = one
                .iter()
                .flat_map(|a| other.iter().map(|b| (a.number, b.number)));
            let expected: BTreeSet<(u32, u32)> = pairs.map(|(a, b)| (a.min(b), a.max(b))).collect();
            assert_eq!(found, expected, "{buckets}");
            assert_eq!(told, expected.len(), "{buckets}");
        }
    }

    #[test]
    fn a_long_list_costs_its_length() {
        assert!(links(100_000, 32).2 < 101_000);
    }
}
