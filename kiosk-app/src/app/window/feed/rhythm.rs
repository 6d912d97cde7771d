//! How long the next picture may take before the last one is not shown any more, by how the ones before came.
//!
//! A shopper must not look at an old picture for more than two seconds. Of these a frame that is being drawn and the one
//! with the words take two of the usual intervals at most, since every picture is drawn; the rest is left for waiting. But
//! what is usual on this machine is no reason for alarm, so the mean interval and its deviation, smoothed as TCP does for
//! its retransmissions (RFC 6298), are waited as far as a fixed limit allows, and one and a half intervals wherever each is
//! longer than that. It reads no clock.

use std::time::{Duration, Instant};

/// Nobody looks at an old picture for longer.
const IN_ALL: Duration = Duration::from_millis(1900);
/// A picture is waited for this long if there is time enough: cameras pause when they adapt to the light.
const MOST: Duration = Duration::from_millis(1400);
/// A picture is waited for this long at least.
const LEAST: Duration = Duration::from_millis(800);
/// Longer gaps count as this long, so that one of them is soon forgotten.
const LONGEST: Duration = Duration::from_secs(4);

/// The rhythm of the pictures.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    last: Option<Instant>,
    mean_and_deviation: Option<(Duration, Duration)>,
}

impl Rhythm {
    /// A picture came.
    pub(super) fn note(&mut self, now: Instant) {
        let Some(last) = self.last.replace(now) else { return };
        let interval = now.saturating_duration_since(last).min(LONGEST);
        self.mean_and_deviation = Some(match self.mean_and_deviation {
            None => (interval, interval / 4),
            Some((mean, deviation)) => ((mean * 7 + interval) / 8, (deviation * 3 + mean.abs_diff(interval)) / 4),
        });
    }

    /// The pictures pause for a reason; the gap until the next one tells nothing.
    pub(super) fn pause(&mut self) {
        self.last = None;
    }

    /// How long to wait for the next one.
    pub(super) fn patience(&self) -> Duration {
        let Some((mean, deviation)) = self.mean_and_deviation else { return MOST };
        let usual = (mean + deviation * 4).max(IN_ALL.saturating_sub(mean * 2)).max(LEAST);
        usual.min(MOST).max(mean + mean / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The patience after pictures at these intervals, again and again.
    fn patience(intervals_ms: &[u64]) -> Duration {
        let (mut rhythm, mut now) = (Rhythm::default(), Instant::now());
        for interval in intervals_ms.iter().cycle().take(60) {
            rhythm.note(now);
            now += Duration::from_millis(*interval);
        }
        rhythm.patience()
    }

    #[test]
    fn the_words_come_within_two_seconds_wherever_drawing_leaves_time_for_it() {
        assert_eq!(Rhythm::default().patience(), MOST, "nothing is known");
        assert_eq!(patience(&[33]), MOST);
        assert_eq!(patience(&[250]), MOST);
        for interval_ms in [300, 400, 500] {
            let patience = patience(&[interval_ms]);
            let words = patience + Duration::from_millis(2 * interval_ms);
            assert!(words < Duration::from_secs(2), "{interval_ms}: {patience:?}");
        }
    }

    #[test]
    fn what_is_usual_is_waited_for() {
        for intervals_ms in [&[33, 33, 33, 700][..], &[500, 800], &[1000, 1300], &[2700, 2500, 3000]] {
            let longest = Duration::from_millis(*intervals_ms.iter().max().unwrap());
            assert!(patience(intervals_ms) > longest, "{intervals_ms:?}");
        }
    }

    #[test]
    fn a_pause_tells_nothing_and_one_long_gap_is_forgotten() {
        let (mut rhythm, mut now) = (Rhythm::default(), Instant::now());
        let mut next = |rhythm: &mut Rhythm, ms| {
            now += Duration::from_millis(ms);
            rhythm.note(now);
        };
        for _ in 0..20 {
            next(&mut rhythm, 100);
        }
        rhythm.pause();
        next(&mut rhythm, 60_000);
        assert_eq!(rhythm.patience(), MOST);
        next(&mut rhythm, 60_000);
        for _ in 0..30 {
            next(&mut rhythm, 100);
        }
        assert_eq!(rhythm.patience(), MOST);
    }
}
