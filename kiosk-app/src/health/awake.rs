//! Since when this process runs without a break. One that was stopped, or whose machine was, finds every stage silent
//! when it goes on; none of them is at fault. It reads no clock.

use std::sync::atomic::{AtomicU64, Ordering};

/// A tick that comes this much later than the one before, in milliseconds, was held up with all else.
const HELD_MS: u64 = 1000;

/// Follows ticks of a thread that does nothing else. Times are milliseconds since the app's start.
#[derive(Debug)]
pub(super) struct Awake {
    /// The last tick; 0 before the first.
    tick_ms: AtomicU64,
    since_ms: AtomicU64,
}

impl Awake {
    pub(super) const fn new() -> Self {
        Self { tick_ms: AtomicU64::new(0), since_ms: AtomicU64::new(0) }
    }

    /// To be called several times a second, by one thread.
    pub(super) fn tick(&self, now_ms: u64) {
        // Whoever sees the tick sees what it says of the break before it.
        self.since_ms.store(self.since(now_ms), Ordering::Relaxed);
        self.tick_ms.store(now_ms.max(1), Ordering::Release);
    }

    /// Since when it runs: now, where the tick is overdue; 0 where there was no break, or nobody ticks.
    pub(super) fn since(&self, now_ms: u64) -> u64 {
        let tick_ms = self.tick_ms.load(Ordering::Acquire);
        let is_held = tick_ms != 0 && now_ms.saturating_sub(tick_ms) >= HELD_MS;
        if is_held { now_ms } else { self.since_ms.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_noticed_by_whoever_looks_first() {
        let awake = Awake::new();
        assert_eq!(awake.since(60_000), 0, "nobody ticks");
        for tick in 1..20 {
            awake.tick(250 * tick);
            assert_eq!(awake.since(250 * tick + 400), 0, "a little late");
        }
        assert_eq!(awake.since(10_000), 10_000, "before the next tick");
        awake.tick(10_010);
        awake.tick(10_260);
        assert_eq!(awake.since(10_300), 10_010, "and after it");
    }
}
