//! A barrier that threads spin on, for waits of microseconds.
//!
//! 1. Arrivals are counted in a counter that only grows: a round ends at the next multiple of the number of threads.
//! 2. A thread that has arrived spins until then, and after a while yields its core.
//! 3. A thread that panics poisons the barrier, which then lets every thread through.

use std::hint;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// Spins before the core is offered to other threads: longer than strips differ when each has a core to itself,
/// shorter than a time slice when not.
const SPINS_BEFORE_YIELD: u32 = 2_000;

/// A reusable barrier.
#[derive(Debug)]
pub(super) struct SpinBarrier {
    threads: u64,
    arrivals: AtomicU64,
    poisoned: AtomicBool,
}

impl SpinBarrier {
    pub fn new(threads: usize) -> Self {
        Self { threads: threads as u64, arrivals: AtomicU64::new(0), poisoned: AtomicBool::new(false) }
    }

    /// Waits until every thread has called this as often.
    pub fn wait(&self) {
        let before = self.arrivals.fetch_add(1, Ordering::AcqRel);
        let round_end = (before / self.threads + 1) * self.threads;
        let mut spins = 0;
        while self.arrivals.load(Ordering::Acquire) < round_end && !self.is_poisoned() {
            spins += 1;
            if spins < SPINS_BEFORE_YIELD { hint::spin_loop() } else { thread::yield_now() }
        }
    }

    /// Releases all threads, and lets every later call return at once.
    pub fn poison(&self) {
        self.poisoned.store(true, Ordering::Release);
    }

    pub fn is_poisoned(&self) -> bool {
        self.poisoned.load(Ordering::Acquire)
    }
}
