//! Stage `pairs`: postings → candidate pairs, by the core's rule for lists and its threshold.
//!
//! A bucket of postings holds whole lists: all holders of its hashes. With `part` the stage stops at lists, each on its
//! way to the buckets of the articles that hold it ([`lists`](super::lists)); a bucket of articles then knows everything
//! that these share with earlier ones, and the threshold decides. Without `part`, what it read is all there is.

use std::io;

use super::lists::{Entry, Holder, Reader, Writer};
use super::pack::{Packed, put};
use super::stream::{Ascending, Kind, Lines, Sink, bad, unpacked};
use super::tally::Tally;
use crate::candidates::{CENTRES, Need, STAR, Size, Stretch, Threshold};

/// Bytes that make a line.
const LINE: usize = 48 << 10;

/// What the stage is to do.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Stop at lists.
    pub part: bool,
    /// Buckets of articles.
    pub buckets: u32,
    /// What makes a candidate.
    pub threshold: Threshold,
}

/// Runs the stage.
///
/// # Errors
/// When the lines are not sorted or cannot be read or written.
pub fn pairs(lines: &mut Lines<'_>, settings: Settings, sink: &mut Sink<'_>) -> io::Result<()> {
    let buckets = if settings.part { settings.buckets } else { 1 };
    let mut ascending = Ascending::default();
    let mut postings = Postings::new(settings.threshold);
    let mut writer = Writer::new(buckets, settings.threshold);
    let mut bucket = Bucket::new(settings.threshold);
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Postings => {
                if ascending.enters(line.bucket)? {
                    postings.send(&mut writer, sink)?;
                }
                postings.take(line.payload)?;
            }
            Kind::Lists => {
                if ascending.enters(line.bucket)? {
                    bucket.write(sink)?;
                }
                bucket.take(&unpacked(line.payload)?)?;
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    if settings.part {
        postings.send(&mut writer, sink)?;
        writer.finish(sink)?;
    } else {
        let mut taken = Vec::new();
        let mut inner = Sink::new(&mut taken)?;
        postings.send(&mut writer, &mut inner)?;
        writer.finish(&mut inner)?;
        let mut taken = &taken[..];
        let mut lists = Lines::new(&mut taken);
        while let Some(line) = lists.next()? {
            bucket.take(&unpacked(line.payload)?)?;
        }
    }
    bucket.write(sink)?;
    sink.counts(&[
        (
            "list_entries",
            if settings.part { writer.entries } else { 0 },
        ),
        ("candidates", bucket.pairs),
    ])
}

/// A kept hash of an article; sorts by hash, stretch, then rank.
struct Posting {
    hash: u32,
    stretch: Stretch,
    holder: Holder,
}

/// The lists of a bucket of hashes.
struct Postings {
    threshold: Threshold,
    all: Vec<Posting>,
}

impl Postings {
    fn new(threshold: Threshold) -> Self {
        Self {
            threshold,
            all: Vec::new(),
        }
    }

    fn take(&mut self, payload: &[u8]) -> io::Result<()> {
        let bytes = unpacked(payload)?;
        let mut packed = Packed(&bytes);
        while !packed.is_empty() {
            let number = packed.u32()?;
            let need = self.threshold.need(Size {
                kept: packed.u32()?,
                tokens: packed.u32()?,
            });
            let stretch = unpacked_stretch(packed.u64()?);
            for _ in 0..packed.u32()? {
                let hash = packed.four()?;
                let place = packed.u16()?;
                self.all.push(Posting {
                    hash,
                    stretch,
                    holder: Holder {
                        number,
                        place,
                        need,
                    },
                });
            }
        }
        Ok(())
    }

    /// Sends the lists of two holders or more on, and those between stretches that lie side by side.
    fn send(&mut self, writer: &mut Writer, sink: &mut Sink<'_>) -> io::Result<()> {
        let key = |posting: &Posting| (posting.hash, posting.stretch, posting.holder.number);
        self.all.sort_unstable_by_key(key);
        // equal postings are one: a shard that is read twice adds nothing
        self.all.dedup_by_key(|posting| key(posting));
        let mut holders = Vec::new();
        let mut stretches = Vec::new();
        for hash in self.all.chunk_by(|a, b| a.hash == b.hash) {
            if hash.len() == 1 {
                continue;
            }
            holders.clear();
            holders.extend(hash.iter().map(|posting| posting.holder));
            stretches.clear();
            let mut start = 0;
            for list in hash.chunk_by(|a, b| a.stretch == b.stretch) {
                let end = start + list.len();
                if list.len() > 1 {
                    writer.list(&holders[start..end], sink)?;
                }
                let stretch = list.first().map_or(Stretch::WHOLE, |first| first.stretch);
                // what stands for the list in other stretches
                let stands = if list.len() > STAR {
                    start + CENTRES
                } else {
                    end
                };
                stretches.push((stretch, start..stands));
                start = end;
            }
            for (at, (stretch, one)) in stretches.iter().enumerate() {
                let later = stretches.iter().skip(at + 1);
                for (_, other) in later.filter(|(other, _)| other.is_beside(*stretch)) {
                    writer.between([&holders[one.clone()], &holders[other.clone()]], sink)?;
                }
            }
        }
        self.all.clear();
        Ok(())
    }
}

/// A stretch as it stands in postings.
pub(super) fn packed_stretch(Stretch(stretch): Stretch) -> u64 {
    // small numbers of both signs are short
    (stretch << 1 ^ stretch >> 63) as u64
}

fn unpacked_stretch(packed: u64) -> Stretch {
    Stretch((packed >> 1) as i64 ^ -((packed & 1) as i64))
}

/// That one of the bucket's articles stands in a list.
struct Standing {
    number: u32,
    need: Need,
    /// Where the list starts, and which entry it is there.
    list: u32,
    at: u16,
    place: u16,
}

/// A bucket of articles with the lists that they stand in.
struct Bucket {
    threshold: Threshold,
    lists: Vec<u8>,
    own: Vec<Standing>,
    tally: Tally,
    pairs: u64,
}

impl Bucket {
    fn new(threshold: Threshold) -> Self {
        Self {
            threshold,
            lists: Vec::new(),
            own: Vec::new(),
            tally: Tally::default(),
            pairs: 0,
        }
    }

    fn take(&mut self, payload: &[u8]) -> io::Result<()> {
        let from = self.lists.len();
        let mut packed = Packed(payload);
        while !packed.is_empty() {
            let start = from + payload.len() - packed.0.len();
            let start = u32::try_from(start)
                .map_err(|_| bad("a bucket of lists is over 4 GiB: take more partitions"))?;
            let mut list = Reader::new(packed, self.threshold)?;
            let mut at = 0;
            while let Some(Entry { holder, own, .. }) = list.next()? {
                if own {
                    self.own.push(Standing {
                        number: holder.number,
                        need: holder.need,
                        list: start,
                        at,
                        place: holder.place,
                    });
                }
                at = at.saturating_add(1);
            }
            packed = list.rest();
        }
        self.lists.extend_from_slice(payload);
        Ok(())
    }

    /// The bucket is complete: writes its candidates.
    fn write(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        let mut own = std::mem::take(&mut self.own);
        own.sort_unstable_by_key(|standing| (standing.number, standing.list));
        for of_one in own.chunk_by(|a, b| a.number == b.number) {
            self.count(of_one)?;
            let Some(&Standing { number, need, .. }) = of_one.first() else {
                continue;
            };
            for other in self.tally.entries() {
                if self.threshold.meets(&other.shared, need, other.need) {
                    self.pairs += 1;
                    put(&mut line, u64::from(number));
                    put(&mut line, u64::from(other.number));
                }
            }
            if line.len() >= LINE {
                sink.packed(Kind::Pairs, 0, &line)?;
                line.clear();
            }
        }
        if !line.is_empty() {
            sink.packed(Kind::Pairs, 0, &line)?;
        }
        self.lists.clear();
        Ok(())
    }

    /// Counts what one article shares with earlier ones.
    fn count(&mut self, of_one: &[Standing]) -> io::Result<()> {
        self.tally.clear();
        let tally = &mut self.tally;
        for standing in of_one {
            let bytes = self.lists.get(standing.list as usize..).unwrap_or_default();
            let list = Reader::new(Packed(bytes), self.threshold)?;
            list.links(usize::from(standing.at), |other| {
                let places = (standing.place, other.place);
                tally.count(other.number, other.need, places);
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_reads_back() {
        for stretch in [0, 1, -1, 7, -20_000, i64::MAX, i64::MIN].map(Stretch) {
            assert_eq!(unpacked_stretch(packed_stretch(stretch)), stretch);
        }
        assert!(packed_stretch(Stretch::WHOLE) < 128);
    }
}
