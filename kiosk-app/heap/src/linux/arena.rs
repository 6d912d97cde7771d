//! The process's one arena: its blocks under a lock, and its bounds for those who may not wait for a lock.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::mapping;
use crate::blocks::Blocks;
use crate::overwrite::zero;
use crate::{LockError, Usage};

/// The global allocator.
pub struct Heap;

/// A futex, which allocates nothing.
static BLOCKS: Mutex<Blocks> = Mutex::new(Blocks::new());
static BASE: AtomicPtr<u8> = AtomicPtr::new(null_mut());
static SIZE: AtomicUsize = AtomicUsize::new(0);
/// Bytes from the base that are or have been in use; above them all is zero. Raised before a block there is handed out.
static USED: AtomicUsize = AtomicUsize::new(0);

/// The heap's blocks. A thread that panics inside would be a fault of talc's; others go on as well as they can.
fn blocks() -> MutexGuard<'static, Blocks> {
    let mut blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
    if !blocks.is_ready() {
        take_range(&mut blocks);
    }
    blocks
}

#[cold]
fn take_range(blocks: &mut Blocks) {
    let (base, size) = mapping::reserve();
    // SAFETY: fresh from the kernel, so zeroed and nobody else's.
    if !unsafe { blocks.claim(base, size) } {
        mapping::give_up();
    }
    SIZE.store(size, Ordering::Release);
    BASE.store(base, Ordering::Release);
    note_end(blocks);
}

fn note_end(blocks: &Blocks) {
    let used = blocks.end().addr() - BASE.load(Ordering::Relaxed).addr();
    if used != USED.load(Ordering::Relaxed) {
        USED.store(used, Ordering::Release);
    }
}

/// Start of the part in use, and its size. Takes no lock.
pub(super) fn used() -> (*mut u8, usize) {
    (BASE.load(Ordering::Acquire), USED.load(Ordering::Acquire))
}

// SAFETY: the blocks are talc's, which keeps the contract; zeroing touches only the bytes of the block at hand.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut blocks = blocks();
        // SAFETY: the caller's promise.
        let block = unsafe { blocks.alloc(layout) };
        note_end(&blocks);
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let mut blocks = blocks();
        // SAFETY: the caller's promise.
        let (block, written) = unsafe { blocks.alloc_fresh(layout) };
        note_end(&blocks);
        drop(blocks);
        if !block.is_null() {
            // SAFETY: no more than the block's size.
            unsafe { block.write_bytes(0, written) };
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise: the block is this large, and goes back now.
        unsafe {
            zero(block, layout.size());
            blocks().dealloc(block, layout);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if let Some(lost) = layout.size().checked_sub(size) {
            // SAFETY: these bytes are the block's, and will not be any more.
            unsafe { zero(block.add(size), lost) };
        }
        // SAFETY: the caller's promise.
        if unsafe { blocks().resize(block, layout, size) } {
            return block;
        }
        // SAFETY: the caller promises that size and alignment make a layout; both blocks are at least as large as what
        // is copied.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                moved.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

pub fn lock() -> Result<(), LockError> {
    drop(blocks());
    mapping::lock(BASE.load(Ordering::Acquire), SIZE.load(Ordering::Acquire))
}

pub fn trim() {
    let mut blocks = blocks();
    blocks.trim(mapping::release);
    note_end(&blocks);
    drop(blocks);
    #[cfg(target_env = "gnu")]
    // SAFETY: changes only free memory of the C library's.
    unsafe {
        libc::malloc_trim(0);
    }
}

pub fn usage() -> Usage {
    Usage { high_water: USED.load(Ordering::Acquire), size: SIZE.load(Ordering::Acquire) }
}
