//! Vectors of 64 bytes for AVX-512, and plain numbers: how the one is made of the other.

use std::arch::x86_64::{
    __m512i, _mm512_loadu_si512, _mm512_set1_epi8, _mm512_set1_epi64, _mm512_storeu_si512,
};

/// Numbers of eight bytes in a vector.
pub const LANES: usize = 8;

/// The same number in all lanes of eight bytes.
#[inline]
#[target_feature(enable = "avx512f")]
pub fn numbers(number: u64) -> __m512i {
    _mm512_set1_epi64(number.cast_signed())
}

/// The same byte everywhere.
#[inline]
#[target_feature(enable = "avx512f")]
pub fn bytes(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte.cast_signed())
}

/// What stands in a row of 64 bytes.
#[inline]
#[target_feature(enable = "avx512f")]
pub fn load<T: Number, const COUNT: usize>(row: &[T; COUNT]) -> __m512i {
    const { assert!(size_of::<[T; COUNT]>() == 64) };
    // SAFETY: the row is as long as a vector, and all of it is set
    unsafe { _mm512_loadu_si512(row.as_ptr().cast()) }
}

/// Puts a vector into a row of 64 bytes.
#[inline]
#[target_feature(enable = "avx512f")]
pub fn store<T: Number, const COUNT: usize>(vector: __m512i, row: &mut [T; COUNT]) {
    const { assert!(size_of::<[T; COUNT]>() == 64) };
    // SAFETY: the row is as long as a vector, and any bits are such numbers
    unsafe { _mm512_storeu_si512(row.as_mut_ptr().cast(), vector) };
}

/// Numbers that any bits are one of, without gaps.
///
/// # Safety
/// The type must be so.
pub unsafe trait Number {}

// SAFETY: so are all whole numbers, and rows of them
unsafe impl Number for u8 {}
// SAFETY: the same
unsafe impl Number for u32 {}
// SAFETY: the same
unsafe impl Number for [u32; 2] {}
// SAFETY: the same
unsafe impl Number for u64 {}
