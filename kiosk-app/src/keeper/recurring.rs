//! A fault that comes and goes: told when it begins and when it ends, the first time. What comes again soon after is
//! counted, and told at growing pauses while it goes on, and once it has stayed away. It reads no clock.

use std::time::{Duration, Instant};

/// A fault that stayed away for so long has ended; the next one is told as a new one.
const CALM: Duration = Duration::from_secs(60);
/// Pauses between lines of what is counted; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// What was not told one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How often it came.
    pub times: u32,
    /// How long it lasted, taken together.
    pub lasted: Duration,
    /// Whether it has stayed away since.
    pub is_over: bool,
}

/// One kind of fault.
#[derive(Debug, Default)]
pub struct Recurring {
    /// Since when it is there.
    since: Option<Instant>,
    /// When it was there last.
    last: Option<Instant>,
    /// Whether its end is told.
    is_told: bool,
    times: u32,
    lasted: Duration,
    /// When what was counted is told next, and the pause before that.
    next: Option<(Instant, Duration)>,
}

impl Recurring {
    /// It begins. True if that is to be told.
    pub fn begin(&mut self, now: Instant) -> bool {
        self.since = Some(now);
        self.is_told = self.is_calm(now);
        if self.is_told {
            self.next = None;
        } else {
            self.times += 1;
            self.next.get_or_insert((now + FIRST_PAUSE, FIRST_PAUSE));
        }
        self.is_told
    }

    /// It ends. How long it lasted, if that is to be told.
    pub fn end(&mut self, now: Instant) -> Option<Duration> {
        let lasted = now.saturating_duration_since(self.since.take()?);
        self.last = Some(now);
        if !self.is_told {
            self.lasted += lasted;
        }
        self.is_told.then_some(lasted)
    }

    /// What was counted, where it is time to tell it. To be called often.
    pub fn counted(&mut self, now: Instant) -> Option<Counted> {
        let (due, pause) = self.next?;
        let is_over = self.since.is_none() && self.is_calm(now);
        if !is_over && due > now {
            return None;
        }
        let pause = (pause * 2).min(LONGEST_PAUSE);
        self.next = (!is_over).then_some((now + pause, pause));
        let (times, lasted) = (std::mem::take(&mut self.times), std::mem::take(&mut self.lasted));
        (times > 0 || is_over).then_some(Counted { times, lasted, is_over })
    }

    fn is_calm(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.saturating_duration_since(last) >= CALM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// The lines of a fault that comes `times` times for two seconds, every so many: begins, ends, counts, and what was
    /// counted.
    fn lines(every: u32, times: u32) -> (u32, u32, Vec<Counted>) {
        let (start, mut fault) = (Instant::now(), Recurring::default());
        let (mut begins, mut ends, mut counted) = (0, 0, Vec::new());
        for second in 0..every * times + 4000 {
            let now = start + SECOND * second;
            if second < every * times {
                match second % every {
                    0 => begins += u32::from(fault.begin(now)),
                    2 => ends += u32::from(fault.end(now) == Some(SECOND * 2)),
                    _ => {}
                }
            }
            counted.extend(fault.counted(now));
        }
        (begins, ends, counted)
    }

    #[test]
    fn a_fault_is_told_when_it_begins_and_when_it_ends() {
        assert_eq!(lines(5, 1), (1, 1, Vec::new()));
        assert_eq!(lines(100, 3), (3, 3, Vec::new()), "each is one of its own");
    }

    #[test]
    fn what_comes_again_and_again_is_counted_whole() {
        let (begins, ends, counted) = lines(5, 12 * 60 * 24);
        assert_eq!((begins, ends), (1, 1));
        assert!(counted.len() < 35, "a day of it: {} lines", counted.len());
        let last = counted.last().unwrap();
        assert!(last.is_over && counted.iter().filter(|told| told.is_over).count() == 1, "{last:?}");
        assert_eq!(counted.iter().map(|told| told.times).sum::<u32>(), 12 * 60 * 24 - 1);
        assert_eq!(counted.iter().map(|told| told.lasted).sum::<Duration>(), SECOND * 2 * (12 * 60 * 24 - 1));
    }
}
