//! Keeps texts out of memory: up to a bound they stay there, beyond it they go to an unlinked temporary file.
//!
//! The one file of the fold that touches the world. The file has no name, so that nothing is left behind whatever ends
//! the run; `TMPDIR` says where it lies.

use std::borrow::Cow;
use std::fs::File;
use std::io;

/// Bytes up to which texts stay in memory.
const IN_MEMORY: usize = 4 << 20;

/// Texts one after another, each found again by its offset and length.
#[derive(Debug, Default)]
pub struct Spool {
    /// What is not in the file yet.
    memory: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
}

impl Spool {
    /// Appends some texts; returns the offset of the first byte.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub fn append(&mut self, texts: &[u8]) -> io::Result<u64> {
        let offset = self.written + self.memory.len() as u64;
        if self.file.is_none() && self.memory.len() + texts.len() > IN_MEMORY {
            self.file = Some(tempfile::tempfile().map_err(|error| explain(&error))?);
            let memory = std::mem::take(&mut self.memory);
            self.write(&memory)?;
        }
        if self.file.is_some() {
            self.write(texts)?;
        } else {
            self.memory.extend_from_slice(texts);
        }
        Ok(offset)
    }

    fn write(&mut self, texts: &[u8]) -> io::Result<()> {
        if let Some(file) = &self.file {
            write_at(file, texts, self.written).map_err(|error| explain(&error))?;
            self.written += texts.len() as u64;
        }
        Ok(())
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

    /// Reads bytes back.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `offset` and `len` name none.
    pub fn bytes(&self, offset: u64, len: u32) -> io::Result<Cow<'_, [u8]>> {
        let Some(file) = &self.file else {
            let start = usize::try_from(offset).map_err(io::Error::other)?;
            let bytes = self
                .memory
                .get(start..start + len as usize)
                .ok_or(io::ErrorKind::UnexpectedEof)?;
            return Ok(Cow::Borrowed(bytes));
        };
        let mut bytes = vec![0; len as usize];
        read_at(file, &mut bytes, offset)?;
        Ok(Cow::Owned(bytes))
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
        let large = "é".repeat(IN_MEMORY / 8);
        let offsets: Vec<u64> = (0..9)
            .map(|_| spool.append(large.as_bytes()).unwrap())
            .collect();
        assert!(spool.file.is_some());
        let last = spool.append("the end".as_bytes()).unwrap();
        assert_eq!(spool.read(last, 7).unwrap(), "the end");
        assert!(
            offsets
                .iter()
                .all(|&offset| spool.read(offset, large.len() as u32).unwrap() == large)
        );
        assert!(spool.read(last, 8).is_err());
    }
}
