//! Pauses between tries that grow while a fault lasts, settle at the longest, and shrink to the first again once what
//! was mended has held for a while.
//!
//! In: failures and successes with their times. Out: how long to wait before the next try. It reads no clock.

use std::time::{Duration, Instant};

/// How pauses grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pauses {
    /// After the first failure.
    pub first: Duration,
    /// The longest; every pause is twice the one before until then.
    pub most: Duration,
    /// A success that lasted this long counts as mended: the next failure waits for the first pause.
    pub held: Duration,
}

/// Counts failures, and says when to try again.
#[derive(Clone, Debug)]
pub struct Backoff {
    pauses: Pauses,
    /// Failures since it was last mended.
    failures: u32,
    /// When the next try is due; `None` before the first failure and while it works.
    due: Option<Instant>,
    /// Since when it works.
    works_since: Option<Instant>,
}

impl Backoff {
    /// Without a failure so far.
    pub const fn new(pauses: Pauses) -> Self {
        Self { pauses, failures: 0, due: None, works_since: None }
    }

    /// A try failed, or what worked broke. Returns the pause before the next try.
    pub fn fail(&mut self, now: Instant) -> Duration {
        if self.works_since.take().is_some_and(|since| now.saturating_duration_since(since) >= self.pauses.held) {
            self.failures = 0;
        }
        let doublings = self.failures.min(16);
        self.failures = self.failures.saturating_add(1);
        let pause = self.pauses.first.saturating_mul(1 << doublings).min(self.pauses.most);
        self.due = Some(now + pause);
        pause
    }

    /// The next try may be made at once after all.
    pub fn hasten(&mut self) {
        self.due = None;
    }

    /// A try succeeded. The count of failures is kept until it has held.
    pub fn succeed(&mut self, now: Instant) {
        self.due = None;
        self.works_since.get_or_insert(now);
    }

    /// Whether a try may be made.
    pub fn is_due(&self, now: Instant) -> bool {
        self.due.is_none_or(|due| due <= now)
    }

    /// When the next try may be made; `None` if at once.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Failures since it was last mended.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Pauses =
        Pauses { first: Duration::from_millis(500), most: Duration::from_secs(8), held: Duration::from_secs(30) };

    #[test]
    fn pauses_double_and_settle() {
        let (mut backoff, mut now) = (Backoff::new(PAUSES), Instant::now());
        assert!(backoff.is_due(now));
        let mut waited = Vec::new();
        for _ in 0..40 {
            let pause = backoff.fail(now);
            assert!(!backoff.is_due(now) && backoff.is_due(now + pause));
            now += pause;
            waited.push(pause.as_millis());
        }
        assert_eq!(waited[..6], [500, 1000, 2000, 4000, 8000, 8000]);
        assert!(waited[5..].iter().all(|pause| *pause == 8000));
    }

    #[test]
    fn only_what_holds_is_mended() {
        let (mut backoff, now) = (Backoff::new(PAUSES), Instant::now());
        backoff.fail(now);
        backoff.succeed(now);
        assert!(backoff.is_due(now));
        assert_eq!(backoff.fail(now + Duration::from_secs(1)), Duration::from_secs(1), "it did not hold");
        let mended = now + Duration::from_secs(2);
        backoff.succeed(mended);
        backoff.succeed(mended + Duration::from_secs(20));
        assert_eq!(backoff.fail(mended + PAUSES.held), PAUSES.first, "it held");
        assert_eq!(backoff.failures(), 1);
    }
}
