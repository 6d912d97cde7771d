//! An allocator that counts, for the programs that make it theirs.
#![allow(unsafe_code, reason = "an allocator cannot be written without; every call is passed on unchanged")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

static CALLS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, each request counted. Frees are not: what is never asked for need not be freed.
#[derive(Debug)]
pub struct Counting;

fn count(bytes: usize) {
    CALLS.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
    crate::causes::note(bytes);
}

// SAFETY: every method passes its arguments on to `System` and gives back what that gives.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are `System`'s.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size.saturating_sub(layout.size()));
        // SAFETY: the caller's promises are `System`'s.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are `System`'s.
        unsafe { System.dealloc(block, layout) }
    }
}

/// What one station asked for, over many frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    frames: u64,
    calls: u64,
    bytes: u64,
    /// Most requests in one frame.
    pub most: u64,
}

impl Counts {
    /// Runs `work`, adding what it asks for if `counted`.
    pub fn of<T>(&mut self, counted: bool, work: impl FnOnce() -> T) -> T {
        let before = (CALLS.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
        let result = work();
        if counted {
            let calls = CALLS.load(Ordering::Relaxed) - before.0;
            self.frames += 1;
            self.calls += calls;
            self.most = self.most.max(calls);
            self.bytes += BYTES.load(Ordering::Relaxed) - before.1;
        }
        result
    }

    /// Requests a frame.
    pub fn calls(&self) -> f64 {
        self.calls as f64 / self.frames.max(1) as f64
    }

    /// Bytes a frame.
    pub fn bytes(&self) -> f64 {
        self.bytes as f64 / self.frames.max(1) as f64
    }
}
