//! Lists of holders on their way to the articles that they link.
//!
//! A list goes once to each bucket of articles that has holders in it, not once to each pair: the start of a short list
//! up to the bucket's last holder; of a long one the centres and the bucket's own holders. So a star's bytes grow with
//! its length, and what a short list costs is bounded by its length times the smaller of length and buckets.
//!
//! ```text
//! list  = count of entries × 2 + long?, entries by ascending number
//! entry = (difference of numbers) × 2 + in the bucket's own?, place, (hits needed) × 2 + many tokens?, [tokens]
//! ```

use std::io;

use super::pack::{Packed, put};
use super::stream::{Kind, Sink};
use crate::candidates::{CENTRES, Need, STAR, Threshold};

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
                let entries = start.map(|(at, &holder)| (holder, own(at)));
                self.put(bucket, false, last + 1, entries);
            } else {
                self.star(bucket, holders, of_bucket);
            }
            let line = self.lines.get_mut(bucket as usize);
            if let Some(line) = line.filter(|line| line.len() >= LINE) {
                sink.packed(Kind::Lists, u64::from(bucket), line)?;
                line.clear();
            }
        }
        self.owners = owners;
        Ok(())
    }

    /// The centres of a long list and the bucket's own holders.
    fn star(&mut self, bucket: u32, holders: &[Holder], own: &[(u32, usize)]) {
        let centres = holders.iter().take(CENTRES).enumerate();
        let of_centres = own.partition_point(|&(_, at)| at < CENTRES);
        let (inside, outside) = own.split_at(of_centres);
        if outside.is_empty() {
            let own = |at: usize| inside.contains(&(bucket, at));
            let entries = centres.map(|(at, &holder)| (holder, own(at)));
            self.put(bucket, true, CENTRES, entries);
            return;
        }
        for (part, owners) in outside.chunks(PART).enumerate() {
            // a centre's own links stand in the first part
            let own = |at: usize| part == 0 && inside.contains(&(bucket, at));
            let outer = owners.iter().filter_map(|&(_, at)| holders.get(at));
            let entries = centres
                .clone()
                .map(|(at, &holder)| (holder, own(at)))
                .chain(outer.map(|&holder| (holder, true)));
            self.put(bucket, true, CENTRES + owners.len(), entries);
        }
    }

    fn put(
        &mut self,
        bucket: u32,
        long: bool,
        count: usize,
        entries: impl Iterator<Item = (Holder, bool)>,
    ) {
        let Some(line) = self.lines.get_mut(bucket as usize) else {
            return;
        };
        self.entries += count as u64;
        put(line, (count as u64) << 1 | u64::from(long));
        let mut before = 0;
        for (holder, own) in entries {
            let ahead = u64::from(holder.number - before);
            before = holder.number;
            put(line, ahead << 1 | u64::from(own));
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
    /// It has more holders than [`STAR`].
    pub long: bool,
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
            long: head & 1 == 1,
            left: head >> 1,
            before: 0,
            most_tokens: threshold.most_tokens(),
        })
    }

    /// The next holder, and whether it is the bucket's own; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<(Holder, bool)>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let ahead = self.packed.u64()?;
        self.before = self.before.wrapping_add((ahead >> 1) as u32);
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
        Ok(Some((holder, ahead & 1 == 1)))
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
    use crate::candidates::linked;
    use std::collections::BTreeSet;

    /// The links that the buckets see of a list.
    fn links(length: u32, buckets: u32) -> (BTreeSet<(u32, u32)>, usize, u64) {
        let threshold = Threshold::default();
        let holder = |n: u32| Holder {
            number: n * 3,
            place: n as u16,
            need: Need {
                hits: 2,
                tokens: n % 300,
            },
        };
        let holders: Vec<Holder> = (0..length).map(holder).collect();
        let mut out = Vec::new();
        let mut sink = Sink::new(&mut out).unwrap();
        let mut writer = Writer::new(buckets, threshold);
        writer.list(&holders, &mut sink).unwrap();
        writer.finish(&mut sink).unwrap();
        let (mut found, mut told) = (BTreeSet::new(), 0);
        let mut stream = &out[..];
        let mut lines = Lines::new(&mut stream);
        while let Some(line) = lines.next().unwrap() {
            let bytes = unpacked(line.payload).unwrap();
            let mut packed = Packed(&bytes);
            while !packed.is_empty() {
                let mut list = Reader::new(packed, threshold).unwrap();
                let mut seen = Vec::new();
                while let Some((holder, own)) = list.next().unwrap() {
                    if own {
                        let earlier = seen.iter().take(linked(list.long, seen.len()));
                        for &earlier in earlier {
                            found.insert((earlier, holder.number));
                            told += 1;
                        }
                    }
                    seen.push(holder.number);
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
    fn a_long_list_costs_its_length() {
        assert!(links(100_000, 32).2 < 101_000);
    }
}
