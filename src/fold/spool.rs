//! Keeps texts out of memory: up to a bound they stay there, beyond it they go to an unlinked temporary file.
//!
//! The one file of the fold that touches the world. The file has no name, so that nothing is left behind whatever ends
//! the run; `TMPDIR` says where it lies.

use std::borrow::Cow;
use std::fs::File;
use std::io;

use crate::buffers;

/// Bytes that stay in memory; what comes later goes to the file.
const IN_MEMORY: u64 = 8 << 20;

/// Bytes between two texts that are read with them: reading anew costs as much.
const GAP: u64 = 8 << 10;

/// Bytes of several texts that are read in one go, at most: they are to stay in the cache.
const AT_ONCE: u64 = 128 << 10;

/// Texts one after another, each found again by its offset and length.
#[derive(Debug, Default)]
pub struct Spool {
    /// The first texts, in blocks with their offsets.
    memory: Vec<(u64, Vec<u8>)>,
    /// Bytes in memory.
    held: u64,
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
}

impl Spool {
    /// Appends some texts, which are read back as parts of what is given here; returns the offset of the first byte.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub fn append(&mut self, texts: Vec<u8>) -> io::Result<u64> {
        let offset = self.held + self.written;
        if self.file.is_none() && self.held + texts.len() as u64 <= IN_MEMORY {
            self.hold(texts);
            return Ok(offset);
        }
        let file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile().map_err(|error| explain(&error))?,
        };
        write_at(&file, &texts, self.written).map_err(|error| explain(&error))?;
        self.file = Some(file);
        self.written += texts.len() as u64;
        buffers::give(texts);
        Ok(offset)
    }

    /// Keeps texts in memory: in the last block where they fit, else as the next one.
    fn hold(&mut self, texts: Vec<u8>) {
        let offset = self.held;
        self.held += texts.len() as u64;
        match self.memory.last_mut() {
            Some((_, last)) if last.capacity() - last.len() >= texts.len() => {
                last.extend_from_slice(&texts);
                buffers::give(texts);
            }
            _ => self.memory.push((offset, texts)),
        }
    }

    /// Reads a text back.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `offset` and `len` name no text.
    pub fn read(&self, offset: u64, len: u32) -> io::Result<Cow<'_, str>> {
        match self.bytes(offset, len)? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(io::Error::other),
            Cow::Owned(bytes) => String::from_utf8(bytes)
                .map(Cow::Owned)
                .map_err(io::Error::other),
        }
    }

    /// Reads several texts back, by their offsets and lengths: `tell` hears the number of each, and the text. What lies
    /// near the text before it is read from the file in one go with it, into `room`.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or a place is none of a text.
    pub fn each(
        &self,
        places: &[(u64, u32)],
        room: &mut Vec<u8>,
        tell: &mut dyn FnMut(usize, &str),
    ) -> io::Result<()> {
        let mut next = 0;
        while let Some(&(from, len)) = places.get(next) {
            if from < self.held || len == 0 {
                tell(next, &self.read(from, len)?);
                next += 1;
                continue;
            }
            let mut to = from + u64::from(len);
            let first = next;
            next += 1;
            while let Some(&(start, len)) = places.get(next) {
                let end = start + u64::from(len);
                if start < to || start - to > GAP || end - from > AT_ONCE {
                    break;
                }
                (to, next) = (end, next + 1);
            }
            let all = (to - from) as usize;
            if room.len() < all {
                room.resize(all, 0);
            }
            let room = &mut room[..all];
            let file = self.file.as_ref().ok_or(io::ErrorKind::UnexpectedEof)?;
            read_at(file, room, from - self.held)?;
            for (at, &(start, len)) in places[first..next].iter().enumerate() {
                let start = (start - from) as usize;
                let text = std::str::from_utf8(&room[start..start + len as usize]);
                tell(first + at, text.map_err(io::Error::other)?);
            }
        }
        Ok(())
    }

    /// Reads bytes back.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `offset` and `len` name none.
    pub fn bytes(&self, offset: u64, len: u32) -> io::Result<Cow<'_, [u8]>> {
        if len == 0 {
            return Ok(Cow::Borrowed(&[]));
        }
        if offset < self.held {
            return self
                .held_at(offset, len)
                .ok_or(io::ErrorKind::UnexpectedEof.into());
        }
        let file = self.file.as_ref().ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut bytes = vec![0; len as usize];
        read_at(file, &mut bytes, offset - self.held)?;
        Ok(Cow::Owned(bytes))
    }

    fn held_at(&self, offset: u64, len: u32) -> Option<Cow<'_, [u8]>> {
        let behind = self.memory.partition_point(|&(start, _)| start <= offset);
        let (start, block) = self.memory.get(behind.checked_sub(1)?)?;
        let from = usize::try_from(offset - start).ok()?;
        block.get(from..from + len as usize).map(Cow::Borrowed)
    }
}

fn explain(error: &io::Error) -> io::Error {
    let place = std::env::temp_dir();
    io::Error::new(
        error.kind(),
        format!(
            "cannot keep texts in a temporary file in {}: {error}; set TMPDIR to a folder with room",
            place.display()
        ),
    )
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        (bytes, offset) = (&bytes[written..], offset + written as u64);
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (bytes, offset) = (&mut bytes[read..], offset + read as u64);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_from_memory_and_from_the_file() {
        let mut spool = Spool::default();
        let large = "é".repeat(IN_MEMORY as usize / 8);
        let offsets: Vec<u64> = (0..9)
            .map(|_| spool.append(large.clone().into_bytes()).unwrap())
            .collect();
        assert!(spool.file.is_some());
        let last = spool.append(b"the end".to_vec()).unwrap();
        assert_eq!(spool.read(last, 7).unwrap(), "the end");
        assert!(
            offsets
                .iter()
                .all(|&offset| spool.read(offset, large.len() as u32).unwrap() == large)
        );
        assert!(spool.read(last, 8).is_err());
        let mut told = Vec::new();
        let mut tell = |at: usize, text: &str| told.push((at, text.len()));
        let places = [
            (0, 2),
            (offsets[8], 4),
            (offsets[8] + 6, 2),
            (last, 0),
            (last, 7),
        ];
        spool.each(&places, &mut Vec::new(), &mut tell).unwrap();
        assert_eq!(told, [(0, 2), (1, 4), (2, 2), (3, 0), (4, 7)]);
        let beyond = [(last, 7), (last + 7, 1)];
        assert!(
            spool
                .each(&beyond, &mut Vec::new(), &mut |_, _| ())
                .is_err()
        );
    }
}
