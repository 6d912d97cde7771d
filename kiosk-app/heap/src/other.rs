//! Systems without the arena: the system's allocator, zeroed on free.

use std::alloc::{GlobalAlloc, Layout, System};

use crate::overwrite::zero;
use crate::{LockError, Usage};

/// The global allocator.
pub struct Heap;

// SAFETY: the system's allocator keeps the contract; a block is zeroed before it goes back. `realloc` is the trait's own,
// which always frees the old block.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise: the block is this large, and goes back now.
        unsafe {
            zero(block, layout.size());
            System.dealloc(block, layout);
        }
    }
}

pub fn lock() -> Result<(), LockError> {
    Err(LockError::Unsupported)
}

pub fn trim() {}

pub fn usage() -> Usage {
    Usage::default()
}

pub fn wipe_at_the_end() {}

pub fn wipe_and_exit(code: u8) -> ! {
    std::process::exit(code.into())
}
