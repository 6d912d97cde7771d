//! Pictures that a surface did not give: how long to wait before the next is asked for, and when the surface counts as
//! lost although nobody said so.
//!
//! In: each acquisition's outcome, with its times. It reads no clock.

use std::time::{Duration, Instant};

use crate::backoff::{Backoff, Pauses};

/// Trouble that lasts so long is a loss: wgpu does not tell of a picture that was lost while it was being presented,
/// but afterwards pictures run out.
const LASTING: Duration = Duration::from_secs(2);
/// The first pause is short, since most misses come from a window that is being resized.
const PAUSES: Pauses =
    Pauses { first: Duration::from_millis(4), most: Duration::from_millis(256), held: Duration::from_secs(1) };
/// A surface that stays suboptimal for good is not configured for every frame.
const SUBOPTIMAL: Pauses =
    Pauses { first: Duration::from_millis(100), most: Duration::from_secs(30), held: Duration::from_secs(5) };

/// What is known of the last acquisitions.
pub(super) struct Misses {
    /// When the trouble began that is not over yet.
    since: Option<Instant>,
    /// Since when every acquisition gave a picture.
    good_since: Option<Instant>,
    pauses: Backoff,
    suboptimal: Backoff,
}

impl Misses {
    /// None so far.
    pub(super) fn new() -> Self {
        Self { since: None, good_since: None, pauses: Backoff::new(PAUSES), suboptimal: Backoff::new(SUBOPTIMAL) }
    }

    /// It gave a picture.
    pub(super) fn hit(&mut self, now: Instant) {
        self.pauses.succeed(now);
        let good = *self.good_since.get_or_insert(now);
        if now.saturating_duration_since(good) >= PAUSES.held {
            self.since = None;
        }
    }

    /// It gave none, asked at `asked`. Returns the pause before it is asked again; `None` if it counts as lost.
    pub(super) fn miss(&mut self, asked: Instant, now: Instant) -> Option<Duration> {
        self.good_since = None;
        let since = *self.since.get_or_insert(asked);
        let pause = self.pauses.fail(now);
        (now.saturating_duration_since(since) < LASTING).then_some(pause)
    }

    /// The picture was suboptimal, or not. Returns whether the surface should be configured anew.
    pub(super) fn reconfigures(&mut self, suboptimal: bool, now: Instant) -> bool {
        if !suboptimal {
            self.suboptimal.succeed(now);
            return false;
        }
        let due = self.suboptimal.is_due(now);
        if due {
            self.suboptimal.fail(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKED: Duration = Duration::from_secs(1);

    #[test]
    fn misses_are_paced_and_lasting_ones_are_a_loss() {
        let (mut misses, begun) = (Misses::new(), Instant::now());
        let (mut now, mut asked) = (begun, 0);
        while let Some(pause) = misses.miss(now, now) {
            now += pause;
            asked += 1;
        }
        assert!(now - begun >= LASTING && asked < 20, "{asked} times in {:?}", now - begun);
    }

    #[test]
    fn a_short_storm_passes() {
        let (mut misses, mut now) = (Misses::new(), Instant::now());
        for _ in 0..100 {
            for _ in 0..6 {
                now += misses.miss(now, now).unwrap();
            }
            misses.hit(now);
            now += PAUSES.held;
            misses.hit(now);
            now += Duration::from_secs(5);
        }
    }

    #[test]
    fn pictures_that_run_out_again_and_again_are_a_loss() {
        // Presented in vain: after every three pictures it blocks, and being configured gives it three more.
        let (mut misses, mut now, begun) = (Misses::new(), Instant::now(), Instant::now());
        loop {
            for _ in 0..3 {
                misses.hit(now);
                now += Duration::from_millis(16);
            }
            let asked = now;
            now += BLOCKED;
            let Some(pause) = misses.miss(asked, now) else { break };
            now += pause;
        }
        assert!(now - begun < Duration::from_millis(3200));
    }

    #[test]
    fn what_stays_suboptimal_is_configured_seldom() {
        let (mut misses, begun) = (Misses::new(), Instant::now());
        let frames = (0..600).map(|frame| begun + Duration::from_millis(16) * frame);
        let configured = frames.filter(|now| misses.reconfigures(true, *now)).count();
        assert!((5..10).contains(&configured), "{configured} times in ten seconds");
        let mended = begun + Duration::from_secs(60);
        assert!(!misses.reconfigures(false, mended));
        assert!(misses.reconfigures(true, mended + SUBOPTIMAL.held), "at once after it was well");
    }
}
