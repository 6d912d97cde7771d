//! The heartbeat of one stage: two time stamps in atomics, so that a beat neither locks nor allocates.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::{AWAKE, StageHealth, now_ms};

/// A heartbeat.
#[derive(Debug)]
pub struct Pulse {
    name: &'static str,
    limit: Duration,
    /// The last beat, in milliseconds since the app's start.
    beat_ms: AtomicU64,
    /// When the next is overdue, likewise.
    due_ms: AtomicU64,
    retired: AtomicBool,
}

impl Pulse {
    pub(super) fn new(name: &'static str, limit: Duration) -> Self {
        let (beat_ms, due_ms, retired) = Default::default();
        let pulse = Self { name, limit, beat_ms, due_ms, retired };
        pulse.beat();
        pulse
    }

    /// The stage works; its next beat may take as long as its limit.
    pub fn beat(&self) {
        self.beat_for(self.limit);
    }

    /// The stage works; its next beat may take this long: a step that is longer than the others begins.
    pub fn beat_for(&self, limit: Duration) {
        let now_ms = now_ms();
        // Relaxed: the stamps are only compared with the clock, and nothing else is read by them.
        self.due_ms.store(now_ms.saturating_add(millis(limit)), Ordering::Relaxed);
        self.beat_ms.store(now_ms, Ordering::Relaxed);
    }

    /// The stage.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Time since the last beat.
    pub fn age(&self) -> Duration {
        Duration::from_millis(now_ms().saturating_sub(self.beat_ms.load(Ordering::Relaxed)))
    }

    /// Whether the next beat is not overdue.
    pub fn is_in_time(&self) -> bool {
        let (since_ms, limit_ms) = self.silence_ms();
        now_ms() <= since_ms.saturating_add(limit_ms)
    }

    /// Since when its silence counts, and how long it may last.
    fn silence_ms(&self) -> (u64, u64) {
        let (beat_ms, due_ms) = (self.beat_ms.load(Ordering::Relaxed), self.due_ms.load(Ordering::Relaxed));
        (beat_ms.max(AWAKE.since(now_ms())), due_ms.saturating_sub(beat_ms))
    }

    /// Whether it has been silent for more than a third of what it may: no reason to start it again, but the likely one
    /// if nothing comes out of it.
    pub fn is_suspect(&self) -> bool {
        let (since_ms, limit_ms) = self.silence_ms();
        now_ms().saturating_sub(since_ms) > limit_ms / 3
    }

    /// The stage ends, or was given up: it is not reported any more.
    pub fn retire(&self) {
        self.retired.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_retired(&self) -> bool {
        self.retired.load(Ordering::Relaxed)
    }

    pub(super) fn health(&self) -> StageHealth {
        let (since_ms, limit_ms) = self.silence_ms();
        // Whoever starts the stage again has as long for it as the stage had.
        let in_time = now_ms() <= since_ms.saturating_add(limit_ms.saturating_mul(2));
        StageHealth { name: self.name, age: self.age(), in_time }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
