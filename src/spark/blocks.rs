//! Stage `blocks`, one process: candidate pairs → blocks of pairs that are compared together, and the articles of each.
//!
//! Pairs that hang together follow each other, so a text is shipped once a block and not once a pair. A component that
//! is too large for one block is cut into several; a star's centre is then shipped to each.

use std::collections::HashMap;
use std::io;

use super::pack::{Packed, put};
use super::stream::{Kind, Lines, Sink, unpacked};
use crate::union::Components;

/// Pairs of one block: bounds the texts that one process holds.
const BLOCK: usize = 4096;

/// Runs the stage.
///
/// # Errors
/// When the lines cannot be read or written.
pub fn blocks(lines: &mut Lines<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut components = Components::default();
    // root, larger and smaller number
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Pairs => {
                let bytes = unpacked(line.payload)?;
                let mut packed = Packed(&bytes);
                while !packed.is_empty() {
                    let (a, b) = (packed.u32()?, packed.u32()?);
                    components.join(a, b);
                    pairs.push((0, a, b));
                }
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    for pair in &mut pairs {
        pair.0 = components.root(pair.1);
    }
    drop(components);
    pairs.sort_unstable();
    pairs.dedup();
    write(&pairs, sink)
}

/// Cuts the sorted pairs into blocks.
fn write(pairs: &[(u32, u32, u32)], sink: &mut Sink<'_>) -> io::Result<()> {
    let mut writer = Writer {
        block: 0,
        pairs: Vec::new(),
        texts: 0,
    };
    for component in pairs.chunk_by(|a, b| a.0 == b.0) {
        if writer.pairs.len() + component.len() > BLOCK {
            writer.flush(sink)?;
        }
        let mut pairs: Vec<(u32, u32)> = component.iter().map(|&(_, a, b)| (a, b)).collect();
        if pairs.len() > BLOCK {
            by_neighbourhood(&mut pairs);
        }
        for piece in pairs.chunks(BLOCK) {
            if writer.pairs.len() + piece.len() > BLOCK {
                writer.flush(sink)?;
            }
            writer.pairs.extend_from_slice(piece);
        }
    }
    writer.flush(sink)?;
    let mut all: Vec<u32> = pairs.iter().flat_map(|&(_, a, b)| [a, b]).collect();
    all.sort_unstable();
    all.dedup();
    sink.counts(&[
        ("blocks", writer.block),
        ("texts_compared", all.len() as u64),
        ("texts_shipped", writer.texts),
    ])
}

/// Sorts the pairs of one component so that neighbours stand together: by the order of a walk in breadth.
fn by_neighbourhood(pairs: &mut [(u32, u32)]) {
    let mut edges: Vec<(u32, u32)> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    edges.sort_unstable();
    let mut walk: Vec<u32> = edges.first().map(|&(node, _)| node).into_iter().collect();
    let mut place: HashMap<u32, u32> = walk.iter().map(|&node| (node, 0)).collect();
    let mut at = 0;
    while let Some(&node) = walk.get(at) {
        at += 1;
        let from = edges.partition_point(|&(other, _)| other < node);
        let of_node = edges
            .iter()
            .skip(from)
            .take_while(|&&(other, _)| other == node);
        for &(_, next) in of_node {
            let fresh = walk.len() as u32;
            place.entry(next).or_insert_with(|| {
                walk.push(next);
                fresh
            });
        }
    }
    let place = |node: u32| place.get(&node).copied().unwrap_or(u32::MAX);
    pairs.sort_by_cached_key(|&(a, b)| {
        let (a, b) = (place(a), place(b));
        (a.max(b), a.min(b))
    });
}

struct Writer {
    block: u64,
    pairs: Vec<(u32, u32)>,
    texts: u64,
}

impl Writer {
    fn flush(&mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        let mut line = Vec::new();
        for &(a, b) in &self.pairs {
            put(&mut line, u64::from(a));
            put(&mut line, u64::from(b));
        }
        sink.packed(Kind::Pairs, self.block, &line)?;
        let mut numbers: Vec<u32> = self.pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        route(self.block, &numbers, sink)?;
        self.texts += numbers.len() as u64;
        self.pairs.clear();
        self.block += 1;
        Ok(())
    }
}

/// Says which articles a bucket needs.
pub(super) fn route(bucket: u64, numbers: &[u32], sink: &mut Sink<'_>) -> io::Result<()> {
    for part in numbers.chunks(12 << 10) {
        let bytes: Vec<u8> = part
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        sink.packed(Kind::Route, bucket, &bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_of_a_long_chain_stand_beside_their_neighbours() {
        // numbers that say nothing of the place in the chain
        let number = |at: u32| at.wrapping_mul(0x9e37_79b1);
        let mut pairs: Vec<(u32, u32)> = (0..1000)
            .map(|at| {
                (
                    number(at).max(number(at + 1)),
                    number(at).min(number(at + 1)),
                )
            })
            .collect();
        pairs.sort_unstable();
        by_neighbourhood(&mut pairs);
        let shipped: usize = pairs
            .chunks(100)
            .map(|block| {
                let mut numbers: Vec<u32> = block.iter().flat_map(|&(a, b)| [a, b]).collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers.len()
            })
            .sum();
        assert!(shipped < 1050, "{shipped} texts for 1001 articles");
    }
}
