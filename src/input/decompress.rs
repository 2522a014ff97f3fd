//! gzip (multi-member), zstd and bzip2 → bytes, told from their magic numbers, never held whole.
//!
//! A fault is an error of `read` whose text says what to do. Behind a damaged gzip member the next one is looked for,
//! and a later `read` goes on with it: what stood before and after is kept. Zip bombs end by [`Limits::ratio`].

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;

use super::Limits;

/// Bytes that any compressed input may unpack to, whatever the ratio: small files of one repeated line are no bombs.
pub const FREE: u64 = 256 << 20;

/// Damaged gzip members after which the rest of an input is given up.
const MOST_FAULTS: u32 = 16;

/// How an input is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
}

impl Packing {
    /// Told from the first bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            // a frame, or a skippable one before it
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [
                b'B',
                b'Z',
                b'h',
                b'1'..=b'9',
                0x31,
                0x41,
                0x59,
                0x26,
                0x53,
                0x59,
                ..,
            ] => Some(Self::Bzip2),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
        }
    }
}

/// A gzip member whose first bytes may have been taken off already.
type Member = GzDecoder<io::Chain<Cursor<Vec<u8>>, Raw>>;

type Raw = Metered<BufReader<Box<dyn Read + Send>>>;

enum Decoder {
    Gzip(Box<Member>),
    Zstd(zstd::stream::read::Decoder<'static, Raw>),
    Bzip2(bzip2::bufread::MultiBzDecoder<Raw>),
    Done,
}

/// Reads what a compressed input holds.
pub(super) struct Decompress {
    packing: Packing,
    decoder: Decoder,
    ratio: u64,
    out: u64,
    faults: u32,
}

impl Decompress {
    pub(super) fn new(
        packing: Packing,
        reader: Box<dyn Read + Send>,
        limits: Limits,
    ) -> io::Result<Self> {
        let raw = Metered {
            inner: BufReader::with_capacity(64 << 10, reader),
            taken: 0,
        };
        let decoder = match packing {
            Packing::Gzip => Decoder::Gzip(member(Vec::new(), raw)),
            Packing::Zstd => Decoder::Zstd(zstd::stream::read::Decoder::with_buffer(raw)?),
            Packing::Bzip2 => Decoder::Bzip2(bzip2::bufread::MultiBzDecoder::new(raw)),
        };
        Ok(Self {
            packing,
            decoder,
            ratio: limits.ratio.max(1),
            out: 0,
            faults: 0,
        })
    }

    /// Compressed bytes taken so far.
    fn taken(&self) -> u64 {
        match &self.decoder {
            Decoder::Gzip(decoder) => decoder.get_ref().get_ref().1.taken,
            Decoder::Zstd(decoder) => decoder.get_ref().taken,
            Decoder::Bzip2(decoder) => decoder.get_ref().taken,
            Decoder::Done => 0,
        }
    }

    /// The next gzip member, zeros that pad a tape or a download, or the end.
    fn next_member(&mut self) -> io::Result<bool> {
        let Decoder::Gzip(decoder) = std::mem::replace(&mut self.decoder, Decoder::Done) else {
            return Ok(false);
        };
        let mut raw = decoder.into_inner().into_inner().1;
        let mut padded = false;
        loop {
            let buffer = raw.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
            if zeros == 0 {
                break;
            }
            padded = true;
            raw.consume(zeros);
        }
        if !padded && raw.fill_buf()?.first() == Some(&0x1f) {
            self.decoder = Decoder::Gzip(member(Vec::new(), raw));
            return Ok(true);
        }
        let text = "something that is not gzip follows the gzip data: what stood before it is kept";
        Err(io::Error::new(io::ErrorKind::InvalidData, text))
    }

    /// What is wrong, in words; then the next gzip member if there is one.
    fn fault(&mut self, error: &io::Error) -> io::Error {
        let (name, at) = (self.packing.name(), self.taken());
        self.faults += 1;
        let decoder = std::mem::replace(&mut self.decoder, Decoder::Done);
        let resumed = match decoder {
            Decoder::Gzip(decoder) if self.faults < MOST_FAULTS => {
                find_member(decoder.into_inner().into_inner().1)
            }
            _ => None,
        };
        let rest = if resumed.is_some() {
            "reading goes on at the next member"
        } else {
            "what stood before it is kept; fetch the file again"
        };
        self.decoder = resumed.map_or(Decoder::Done, Decoder::Gzip);
        let text = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("truncated: the {name} data ends early, after {at} compressed bytes; {rest}")
        } else {
            format!("corrupt {name} data near compressed byte {at} ({error}); {rest}")
        };
        io::Error::new(io::ErrorKind::InvalidData, text)
    }

    fn bomb(&mut self) -> io::Error {
        let text = format!(
            "unpacks to more than {} times its size, after {} MiB: refused as a {} bomb; raise --max-ratio if it is none",
            self.ratio,
            self.out >> 20,
            self.packing.name()
        );
        self.decoder = Decoder::Done;
        io::Error::new(io::ErrorKind::InvalidData, text)
    }
}

impl Read for Decompress {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            let read = match &mut self.decoder {
                Decoder::Gzip(decoder) => decoder.read(into),
                Decoder::Zstd(decoder) => decoder.read(into),
                Decoder::Bzip2(decoder) => decoder.read(into),
                Decoder::Done => return Ok(0),
            };
            match read {
                Ok(0) if self.packing == Packing::Gzip => {
                    if !self.next_member()? {
                        return Ok(0);
                    }
                }
                Ok(count) => {
                    self.out += count as u64;
                    if self.out > FREE && self.out / self.ratio > self.taken() {
                        return Err(self.bomb());
                    }
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fault(&error)),
            }
        }
    }
}

fn member(head: Vec<u8>, raw: Raw) -> Box<Member> {
    Box::new(GzDecoder::new(Cursor::new(head).chain(raw)))
}

/// Looks for the next gzip header: magic, deflate, no reserved flag.
fn find_member(mut raw: Raw) -> Option<Box<Member>> {
    let mut window = [0u8; 4];
    loop {
        let buffer = raw.fill_buf().ok()?;
        let length = buffer.len();
        if length == 0 {
            return None;
        }
        for at in 0..length {
            window.rotate_left(1);
            window[3] = *buffer.get(at)?;
            if window[..3] == [0x1f, 0x8b, 8] && window[3] < 0x20 {
                raw.consume(at + 1);
                return Some(member(window.to_vec(), raw));
            }
        }
        raw.consume(length);
    }
}

/// Counts the bytes that are taken from it.
struct Metered<R> {
    inner: R,
    taken: u64,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.taken += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.taken += count as u64;
        self.inner.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use crate::input::testing::{gzip, read, read_with};
    use crate::input::{Limits, Options};

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::stream::encode_all(bytes, 3).unwrap()
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn all_packings_are_undone_also_in_several_members() {
        for pack in [|bytes: &[u8]| gzip(bytes), zstd, bzip2] {
            let members = [pack(b"one\n"), pack(b""), pack(b"two\x0cthree\n")].concat();
            let found = read(&members);
            assert_eq!(found.texts(), ["one\ntwo", "three\n"]);
            assert!(found.skipped.is_empty(), "{:?}", found.skipped);
            assert_eq!(found.places(), [(0, 1), (8, 2)]);
        }
    }

    #[test]
    fn what_is_cut_short_is_told_and_what_stood_before_is_kept() {
        let rows: Vec<String> = (0..20_000)
            .map(|n| format!("{{\"id\": {n}, \"text\": \"row {}\"}}\n", n * 7919 % 10007))
            .collect();
        for pack in [|bytes: &[u8]| gzip(bytes), zstd, bzip2] {
            let whole = pack(rows.concat().as_bytes());
            let found = read(&whole[..whole.len() * 2 / 3]);
            let failed = found.failed();
            assert_eq!(failed.len(), 1, "{:?}", found.skipped);
            assert!(failed[0].contains("truncated"), "{failed:?}");
            assert!(found.bad().is_empty());
            // bzip2 gives whole blocks of 900 kB only
            assert!(found.pages.len() > 5000 || whole.starts_with(b"BZ"));
        }
    }

    #[test]
    fn padding_is_no_fault_and_garbage_is_one() {
        let padded = [gzip("{\"text\": \"a\"}\n"), vec![0; 1000]].concat();
        assert!(read(padded).skipped.is_empty());
        let garbage = [gzip("{\"text\": \"a\"}\n"), b"<html>".to_vec()].concat();
        let found = read(garbage);
        assert_eq!(found.texts(), ["a"]);
        assert!(found.failed()[0].contains("not gzip"));
    }

    #[test]
    fn a_wrong_checksum_is_told_and_the_next_member_is_read() {
        let mut first = gzip("{\"text\": \"a\"}\n");
        let end = first.len();
        first[end - 6] ^= 1;
        let found = read([first, gzip("{\"text\": \"b\"}\n")].concat());
        assert_eq!(found.texts(), ["a", "b"]);
        assert!(
            found.failed()[0].contains("corrupt gzip"),
            "{:?}",
            found.skipped
        );
    }

    #[test]
    fn a_bomb_ends_by_its_ratio() {
        // 300 MiB of blanks between two records
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"{\"text\": \"before\"}\n").unwrap();
        let line = [vec![b' '; (1 << 20) - 1], vec![b'\n']].concat();
        for _ in 0..300 {
            encoder.write_all(&line).unwrap();
        }
        encoder.write_all(b"{\"text\": \"behind\"}\n").unwrap();
        let bomb = encoder.finish().unwrap();
        let found = read(&bomb);
        assert_eq!(found.texts(), ["before"]);
        assert!(
            found.failed()[0].contains("--max-ratio"),
            "{:?}",
            found.skipped
        );
        let limits = Limits {
            ratio: 5000,
            ..Limits::default()
        };
        let found = read_with(
            &bomb,
            Options {
                limits,
                ..Options::default()
            },
        );
        assert_eq!(found.texts(), ["before", "behind"]);
    }
}
