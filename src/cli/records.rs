//! The JSON records of the inputs as they stood there, for `--unique`: spooled, and found again by their places.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use wirefold::article::Place;
use wirefold::fold::Spool;
use wirefold::input::{self, Chunk};

/// Records by source and offset.
#[derive(Default)]
pub struct Records {
    spool: Spool,
    /// Offset and length in the spool.
    places: HashMap<(Arc<str>, u64), (u64, u32)>,
}

impl Records {
    /// Keeps the records of a chunk.
    pub fn keep(&mut self, chunk: &Chunk) -> io::Result<()> {
        for (place, record) in input::records(chunk) {
            let text = String::from_utf8_lossy(record);
            let length = u32::try_from(text.len()).map_err(io::Error::other)?;
            let offset = self.spool.append(text.as_bytes().to_vec())?;
            self.places
                .insert((place.source, place.offset), (offset, length));
        }
        Ok(())
    }

    /// The record that starts at a place.
    pub fn at(&self, place: &Place) -> io::Result<Option<Cow<'_, str>>> {
        let key = (Arc::clone(&place.source), place.offset);
        let found = self.places.get(&key);
        found
            .map(|&(offset, length)| self.spool.read(offset, length))
            .transpose()
    }
}
