//! Large buffers that go round: what one thread has read out, another fills again. A freed block goes back to the
//! system and costs a fault a page when it is asked for anew, which a run that reads a gigabyte feels.

use std::sync::Mutex;

/// Buffers that are kept at most.
const MOST: usize = 8;

/// Bytes of those that are kept: smaller ones the allocator keeps itself, larger ones were one record's.
const KEPT: std::ops::RangeInclusive<usize> = 128 << 10..=4 << 20;

/// Those of one kind.
#[derive(Debug, Default)]
pub struct Pool<T>(Mutex<Vec<Vec<T>>>);

impl<T> Pool<T> {
    /// An empty one.
    pub const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// An empty buffer with room for so many.
    pub fn take(&self, count: usize) -> Vec<T> {
        let kept = self.0.lock().ok().filter(|_| is_kept::<T>(count));
        let kept = kept.and_then(|mut free| {
            let fits = free.iter().position(|buffer| buffer.capacity() >= count)?;
            Some(free.swap_remove(fits))
        });
        // with room for what is a little larger, or each would soon be too small
        let room = if is_kept::<T>(count) {
            count.next_power_of_two()
        } else {
            count
        };
        kept.unwrap_or_else(|| Vec::with_capacity(room))
    }

    /// Gives a buffer back; what it holds is forgotten.
    pub fn give(&self, mut buffer: Vec<T>) {
        if !is_kept::<T>(buffer.capacity()) {
            return;
        }
        buffer.clear();
        if let Ok(mut free) = self.0.lock()
            && free.len() < MOST
        {
            free.push(buffer);
        }
    }
}

/// Whether a buffer with room for so many is kept.
fn is_kept<T>(count: usize) -> bool {
    KEPT.contains(&(count * size_of::<T>()))
}

static FREE: Pool<u8> = Pool::new();

/// An empty buffer with room for so many bytes.
pub fn take(bytes: usize) -> Vec<u8> {
    FREE.take(bytes)
}

/// Gives a buffer of bytes back.
pub fn give(buffer: Vec<u8>) {
    FREE.give(buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_empty_and_large_enough() {
        give(vec![1; 1 << 20]);
        for bytes in [0, 10, 200 << 10, 2 << 20, 9 << 20] {
            let buffer = take(bytes);
            assert!(buffer.is_empty() && buffer.capacity() >= bytes);
        }
    }
}
