//! For how long the window may be silent before what it shows counts as frozen. Two seconds, or longer where the
//! machine is slow: what a picture takes there must not be taken for a hang. It reads no clock.

use std::time::{Duration, Instant};

/// Silence that counts, on a machine that is fast enough.
const LEAST: Duration = Duration::from_secs(2);
/// Silence that counts on any machine.
const MOST: Duration = Duration::from_secs(8);
/// How much longer than usual a silence must be.
const TIMES: u32 = 3;
/// Signs that come sooner were waiting together for one picture.
const TOGETHER: Duration = Duration::from_millis(100);
/// So many gaps tell what is usual.
const GAPS: usize = 32;

/// The gaps between a window's signs of life.
#[derive(Debug)]
pub struct Silence {
    heard: Instant,
    gaps: [Duration; GAPS],
    next: usize,
}

impl Silence {
    /// Nothing is known of the window yet.
    pub fn new(now: Instant) -> Self {
        Self { heard: now, gaps: [Duration::ZERO; GAPS], next: 0 }
    }

    /// It gave a sign.
    pub fn note(&mut self, now: Instant) {
        let gap = now.saturating_duration_since(self.heard);
        if gap >= TOGETHER {
            self.gaps[self.next] = gap;
            self.next = (self.next + 1) % GAPS;
        }
        self.heard = now;
    }

    /// Nobody listened for a while.
    pub fn forgive(&mut self, now: Instant) {
        self.heard = now;
    }

    /// When the silence counts, if it lasts.
    pub fn due(&self) -> Instant {
        self.heard + self.limit()
    }

    /// By the longest gap but one: a single hang says nothing about the machine.
    fn limit(&self) -> Duration {
        let [_, second] = self.gaps.iter().fold([Duration::ZERO; 2], |[first, second], gap| {
            if *gap > first { [*gap, first] } else { [first, second.max(*gap)] }
        });
        second.saturating_mul(TIMES).clamp(LEAST, MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// The limit after signs with these gaps, in milliseconds.
    fn limit_after(gaps_ms: &[u32]) -> u128 {
        let mut now = Instant::now();
        let mut silence = Silence::new(now);
        for gap in gaps_ms {
            now += MS * *gap;
            silence.note(now);
        }
        (silence.due() - now).as_millis()
    }

    #[test]
    fn a_slow_machine_is_given_more_time_and_one_hang_is_not() {
        assert_eq!(limit_after(&[250; 40]), 2000);
        assert_eq!(limit_after(&[250, 250, 9000, 250]), 2000, "one hang");
        // A picture takes 1.5 s; the signs that waited for it come together.
        let slow: Vec<u32> = [1500, 0, 0, 2, 0, 0].repeat(10);
        assert_eq!(limit_after(&slow), 4500);
        assert_eq!(limit_after(&[4000; 5]), 8000, "and never more");
        let later = [slow, vec![250; GAPS]].concat();
        assert_eq!(limit_after(&later), 2000, "what was is forgotten");
    }

    #[test]
    fn who_did_not_listen_accuses_nobody() {
        let start = Instant::now();
        let mut silence = Silence::new(start);
        silence.forgive(start + MS * 60_000);
        assert_eq!(silence.due(), start + MS * 62_000);
        silence.note(start + MS * 60_250);
        assert_eq!(silence.limit(), LEAST, "nor is it taken for a gap");
    }
}
