//! Packed integers: LEB128, as in WebAssembly and DWARF. Numbers that ascend are written as differences by the caller.

use std::io;

use super::stream::bad;

/// Appends an integer.
pub fn put(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// Appends eight bytes, least first.
pub fn put_eight(into: &mut Vec<u8>, value: u64) {
    into.extend_from_slice(&value.to_le_bytes());
}

/// Takes integers from a payload.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'p>(pub &'p [u8]);

impl Packed<'_> {
    /// Whether nothing is left.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The next integer.
    ///
    /// # Errors
    /// Where the payload ends inside one.
    pub fn u64(&mut self) -> io::Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or_else(cut)?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(cut())
    }

    /// The next integer, of 32 bits.
    ///
    /// # Errors
    /// Where the payload ends inside one, or it is larger.
    pub fn u32(&mut self) -> io::Result<u32> {
        u32::try_from(self.u64()?).map_err(|_| cut())
    }

    /// The next integer, of 16 bits.
    ///
    /// # Errors
    /// Where the payload ends inside one, or it is larger.
    pub fn u16(&mut self) -> io::Result<u16> {
        u16::try_from(self.u64()?).map_err(|_| cut())
    }

    /// Four bytes, least first.
    ///
    /// # Errors
    /// Where fewer are left.
    pub fn four(&mut self) -> io::Result<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>().ok_or_else(cut)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*bytes))
    }

    /// Bytes behind their number.
    ///
    /// # Errors
    /// Where fewer are left.
    pub fn bytes(&mut self) -> io::Result<&[u8]> {
        let len = usize::try_from(self.u64()?).map_err(|_| cut())?;
        let (bytes, rest) = self.0.split_at_checked(len).ok_or_else(cut)?;
        self.0 = rest;
        Ok(bytes)
    }

    /// Eight bytes, least first.
    ///
    /// # Errors
    /// Where fewer are left.
    pub fn eight(&mut self) -> io::Result<u64> {
        let (bytes, rest) = self.0.split_first_chunk::<8>().ok_or_else(cut)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*bytes))
    }
}

fn cut() -> io::Error {
    bad("a packed payload is cut or damaged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn integers_come_back(values: Vec<u64>) {
            let mut bytes = Vec::new();
            for &value in &values {
                put(&mut bytes, value);
            }
            let mut packed = Packed(&bytes);
            for &value in &values {
                prop_assert_eq!(packed.u64().unwrap(), value);
            }
            prop_assert!(packed.is_empty());
            prop_assert!(packed.u64().is_err());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
            let mut packed = Packed(&bytes);
            while packed.u64().is_ok() {}
            while packed.four().is_ok() {}
        }
    }
}
