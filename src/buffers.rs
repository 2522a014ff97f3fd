//! Large buffers that go round: what one thread has read out, another fills again. A freed block goes back to the
//! system and costs a fault a page when it is asked for anew, which a run that reads a gigabyte feels.

use std::sync::Mutex;

/// Buffers that are kept at most.
const MOST: usize = 8;

/// Bytes of those that are kept: smaller ones the allocator keeps itself, larger ones were one record's.
const KEPT: std::ops::RangeInclusive<usize> = 128 << 10..=4 << 20;

static FREE: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// An empty buffer with room for so many bytes.
pub fn take(bytes: usize) -> Vec<u8> {
    let kept = FREE.lock().ok().filter(|_| KEPT.contains(&bytes));
    let kept = kept.and_then(|mut free| {
        let fits = free.iter().position(|buffer| buffer.capacity() >= bytes)?;
        Some(free.swap_remove(fits))
    });
    kept.unwrap_or_else(|| Vec::with_capacity(bytes))
}

/// Gives a buffer back; what it holds is forgotten.
pub fn give(mut buffer: Vec<u8>) {
    if !KEPT.contains(&buffer.capacity()) {
        return;
    }
    buffer.clear();
    if let Ok(mut free) = FREE.lock()
        && free.len() < MOST
    {
        free.push(buffer);
    }
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
