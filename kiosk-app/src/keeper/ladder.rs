//! How often the mirror failed of late, and what that means: how long to wait before the next one, and whether it starts
//! in safe mode. The count decays with time and outlasts the keeper in the state folder.

mod counter;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use self::counter::Counter;
use crate::backoff::{Backoff, Pauses};

const PAUSES: Pauses =
    Pauses { first: Duration::from_millis(500), most: Duration::from_secs(15), held: Duration::from_secs(60) };
/// Failures of late from which on the mirror starts in safe mode.
const SAFE: u32 = 4;
/// Failures of late from which on safe mode is kept.
const STILL_SAFE: u32 = 2;

/// The ladder of restarts.
pub struct Ladder {
    backoff: Backoff,
    counter: Counter,
    is_safe: bool,
    /// It failed and has not held since.
    is_troubled: bool,
    works_since: Option<Instant>,
}

impl Ladder {
    /// With the failures that are on record in the state folder; nothing is kept without one.
    pub fn open(folder: Option<PathBuf>) -> Self {
        let mut counter = Counter::open(folder);
        let is_safe = counter.failures() >= SAFE;
        Self { backoff: Backoff::new(PAUSES), counter, is_safe, is_troubled: false, works_since: None }
    }

    /// The mirror failed. Returns the pause before the next is started.
    pub fn failed(&mut self, now: Instant) -> Duration {
        self.counter.add();
        self.is_safe |= self.counter.failures() >= SAFE;
        (self.is_troubled, self.works_since) = (true, None);
        self.backoff.fail(now)
    }

    /// The mirror found no display, so many times in a row: safe mode does not mend that, and what failed before says
    /// nothing about it. Returns the pause before the next try.
    pub fn missed(&mut self, times: u32) -> Duration {
        (self.is_troubled, self.works_since) = (true, None);
        PAUSES.first.saturating_mul(1 << times.saturating_sub(1).min(16)).min(PAUSES.most)
    }

    /// The last failure was the end of its display, which is no fault of the mirror's.
    pub fn excuse(&mut self) {
        self.counter.take_back();
        self.is_safe &= self.counter.failures() >= SAFE;
    }

    /// A mirror shows its picture and answers in time. True once after failures, when it has done so for a while.
    pub fn holds(&mut self, now: Instant) -> bool {
        self.backoff.succeed(now);
        let since = *self.works_since.get_or_insert(now);
        now.saturating_duration_since(since) >= PAUSES.held && std::mem::take(&mut self.is_troubled)
    }

    /// Failures since the mirror last held for a while.
    pub fn in_a_row(&self) -> u32 {
        self.backoff.failures()
    }

    /// Whether the next mirror starts in safe mode.
    pub fn wants_safe_mode(&mut self) -> bool {
        self.is_safe &= self.counter.failures() >= STILL_SAFE;
        self.is_safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_settle_and_four_failures_mean_safe_mode() {
        let (mut ladder, mut now) = (Ladder::open(None), Instant::now());
        let mut pauses = Vec::new();
        for failure in 1..=10 {
            assert_eq!(ladder.wants_safe_mode(), failure > 4, "before failure {failure}");
            let pause = ladder.failed(now);
            now += pause;
            pauses.push(pause.as_millis());
        }
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000]);
        assert!(!ladder.holds(now) && !ladder.holds(now + Duration::from_secs(59)));
        assert!(ladder.holds(now + PAUSES.held), "the end of the trouble is told");
        assert!(!ladder.holds(now + PAUSES.held * 2), "once");
        assert_eq!(ladder.failed(now + PAUSES.held * 3), PAUSES.first);
    }

    #[test]
    fn tries_for_a_display_have_pauses_of_their_own_and_its_end_is_no_failure() {
        let (mut ladder, now) = (Ladder::open(None), Instant::now());
        for _ in 0..SAFE - 1 {
            ladder.failed(now);
        }
        // The display ends, the mirror with it.
        ladder.failed(now);
        assert!(ladder.wants_safe_mode());
        ladder.excuse();
        assert!(!ladder.wants_safe_mode());
        assert_eq!([1, 2, 3, 4].map(|times| ladder.missed(times).as_millis()), [500, 1000, 2000, 4000]);
    }
}
