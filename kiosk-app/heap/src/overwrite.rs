//! Overwriting memory that is about to be freed.

use std::hint::black_box;

/// Zeroes `size` bytes. The compiler may not remove this as a dead store.
///
/// # Safety
/// `at` must be valid for writes of `size` bytes.
pub unsafe fn zero(at: *mut u8, size: usize) {
    // SAFETY: the caller's promise.
    unsafe { at.write_bytes(0, size) };
    // Lets the pointer escape, so the bytes might be read by somebody.
    black_box(at);
}
