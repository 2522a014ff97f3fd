//! Stage `components`, one process: matches → the bucket of each component, its matches and articles; or, in any number
//! of processes, each match on a line of its own (`edges`).
//!
//! Four bytes an article; the matches themselves wait in a spool.

use std::io;

use super::blocks::route;
use super::compare::{match_of, put_match};
use super::lists::bucket;
use super::pack::Packed;
use super::stream::{Kind, Lines, Sink, bad, unpacked};
use crate::fold::Spool;
use crate::union::Components;
use crate::verify::Match;

/// Bytes that make a line.
const LINE: usize = 48 << 10;

/// Runs the stage; components go to so many buckets.
///
/// # Errors
/// When the lines cannot be read or written, or the spool cannot.
pub fn components(lines: &mut Lines<'_>, buckets: u32, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut components = Components::default();
    let mut spool = Spool::default();
    let mut places: Vec<(u64, u32)> = Vec::new();
    let mut most = 0;
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Matches => {
                each(line.payload, |m| {
                    components.join(m.a.0, m.b.0);
                    most = most.max(m.a.0).max(m.b.0);
                    Ok(())
                })?;
                let len =
                    u32::try_from(line.payload.len()).map_err(|_| bad("a line is too long"))?;
                places.push((spool.append(line.payload.to_vec())?, len));
            }
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    let mut lines = vec![Vec::new(); buckets as usize];
    for (offset, len) in places {
        each(spool.read(offset, len)?.as_bytes(), |m| {
            let bucket = u64::from(bucket(components.root(m.a.0), buckets));
            let Some(line) = lines.get_mut(bucket as usize) else {
                return Ok(());
            };
            put_match(line, m);
            if line.len() >= LINE {
                sink.packed(Kind::Matches, bucket, line)?;
                line.clear();
            }
            Ok(())
        })?;
    }
    for (line, bucket) in lines.iter().zip(0..) {
        if !line.is_empty() {
            sink.packed(Kind::Matches, bucket, line)?;
        }
    }
    write_routes(&mut components, most, buckets, sink)
}

/// Writes each match on a line of its own, from BUCKET (the larger number) to ORDER: for components that are found
/// elsewhere.
///
/// # Errors
/// When the lines cannot be read or written.
pub fn edges(lines: &mut Lines<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut edge = Vec::new();
    while let Some(line) = lines.next()? {
        match line.kind {
            Kind::Matches => each(line.payload, |m| {
                edge.clear();
                put_match(&mut edge, m);
                let (a, b) = (m.a.0.max(m.b.0), m.a.0.min(m.b.0));
                sink.packed_at(Kind::Matches, u64::from(a), &b.to_string(), &edge)
            })?,
            Kind::Count | Kind::Skipped => sink.line(line)?,
            _ => {}
        }
    }
    Ok(())
}

/// Says which articles each bucket needs: those of a component of two or more.
fn write_routes(
    components: &mut Components,
    most: u32,
    buckets: u32,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    // a root stands before the others of its component
    let mut sizes: std::collections::BTreeMap<u32, u64> = std::collections::BTreeMap::new();
    let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); buckets as usize];
    for number in 0..=most {
        let root = components.root(number);
        if root == number {
            continue;
        }
        if let Some(list) = numbers.get_mut(bucket(root, buckets) as usize) {
            let size = sizes.entry(root).or_insert_with(|| {
                list.push(root);
                1
            });
            *size += 1;
            list.push(number);
        }
    }
    for (numbers, bucket) in numbers.iter().zip(0..) {
        route(bucket, numbers, sink)?;
    }
    sink.counts(&[
        ("components", sizes.len() as u64),
        ("texts_clustered", sizes.values().sum()),
        (
            "largest_component",
            sizes.values().copied().max().unwrap_or(0),
        ),
    ])
}

/// Goes over the matches of a payload.
fn each(payload: &[u8], mut take: impl FnMut(&Match) -> io::Result<()>) -> io::Result<()> {
    let bytes = unpacked(payload)?;
    let mut packed = Packed(&bytes);
    while !packed.is_empty() {
        take(&match_of(&mut packed)?)?;
    }
    Ok(())
}
