//! Counts lines that repeat, so that one fault neither fills the log nor hides another.
//!
//! A kind of line may come in a burst. Where it goes on, it is written at growing pauses, each time with how often it came
//! since; what was left out is told also when it has stopped.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Lines of a kind that may come at once.
const BURST: f64 = 20.0;
/// Lines of a kind a second that may come for ever.
const STEADY: f64 = 2.0;
/// Pauses between lines of a kind that comes more often.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A kind that did not come for so long has stopped.
const QUIET: Duration = Duration::from_secs(10);
/// Kinds that are told apart; the one that has not come for longest makes room.
const MOST_KINDS: usize = 128;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Write,
    /// It stands for so many before it, too, which were left out.
    WriteFor(u64),
    LeaveOut,
}

struct Kind<T> {
    /// Lines that may still be written at once.
    room: f64,
    last: Instant,
    left_out: u64,
    /// What is written at pauses: the current one and when it ends.
    slowed: Option<(Duration, Instant)>,
    /// The newest line that was left out.
    newest: Option<T>,
}

/// The kinds of late.
pub(super) struct Repeats<T> {
    kinds: HashMap<String, Kind<T>>,
}

impl<T: Clone> Repeats<T> {
    pub(super) fn new() -> Self {
        Self { kinds: HashMap::new() }
    }

    /// Whether a line of this kind is written.
    pub(super) fn note(&mut self, kind: String, line: &T, now: Instant) -> Verdict {
        if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&kind) {
            self.forget_oldest();
        }
        let new = Kind { room: BURST, last: now, left_out: 0, slowed: None, newest: None };
        let kind = self.kinds.entry(kind).or_insert(new);
        let silent = now.saturating_duration_since(kind.last);
        kind.last = now;
        kind.room = (kind.room + silent.as_secs_f64() * STEADY).min(BURST);
        if silent >= QUIET {
            kind.slowed = None;
        }
        match kind.slowed {
            None if kind.room >= 1.0 => {
                kind.room -= 1.0;
                kind.newest = None;
                match std::mem::take(&mut kind.left_out) {
                    0 => Verdict::Write,
                    left_out => Verdict::WriteFor(left_out),
                }
            }
            None => {
                kind.slowed = Some((FIRST_PAUSE, now + FIRST_PAUSE));
                kind.leave_out(line)
            }
            Some((pause, until)) if now >= until => {
                let pause = (pause * 2).min(LONGEST_PAUSE);
                kind.slowed = Some((pause, now + pause));
                kind.newest = None;
                Verdict::WriteFor(std::mem::take(&mut kind.left_out))
            }
            Some(_) => kind.leave_out(line),
        }
    }

    /// Lines that were left out last, of kinds that have stopped since, and how many.
    pub(super) fn stopped(&mut self, now: Instant) -> Vec<(T, u64)> {
        let mut stopped = Vec::new();
        for kind in self.kinds.values_mut() {
            if kind.left_out > 0
                && now.saturating_duration_since(kind.last) >= QUIET
                && let Some(line) = kind.newest.take()
            {
                stopped.push((line, std::mem::take(&mut kind.left_out)));
            }
        }
        stopped
    }

    fn forget_oldest(&mut self) {
        let oldest = self.kinds.iter().min_by_key(|(_, kind)| kind.last).map(|(name, _)| name.clone());
        if let Some(oldest) = oldest {
            self.kinds.remove(&oldest);
        }
    }
}

impl<T: Clone> Kind<T> {
    fn leave_out(&mut self, line: &T) -> Verdict {
        self.left_out += 1;
        self.newest = Some(line.clone());
        Verdict::LeaveOut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_a_second_for_an_hour_is_a_hundred_lines_and_every_one_is_counted() {
        let (mut repeats, start) = (Repeats::new(), Instant::now());
        let (mut written, mut counted) = (0_u64, 0_u64);
        for ms in 0..3_600_000_u64 {
            match repeats.note("fault".into(), &"fault", start + Duration::from_millis(ms)) {
                Verdict::Write => (written, counted) = (written + 1, counted + 1),
                Verdict::WriteFor(more) => (written, counted) = (written + 1, counted + 1 + more),
                Verdict::LeaveOut => {}
            }
        }
        assert!((20..120).contains(&written), "{written}");
        let later = start + Duration::from_secs(3700);
        // Another fault is not hidden meanwhile.
        assert_eq!(repeats.note("other".into(), &"other", later), Verdict::Write);
        let [(line, rest)] = repeats.stopped(later)[..] else { panic!("the end of the fault is not told") };
        assert_eq!((line, counted + rest), ("fault", 3_600_000));
        assert!(repeats.stopped(later).is_empty(), "told once");
        assert_eq!(repeats.note("fault".into(), &"fault", later), Verdict::Write, "it may come again");
    }

    #[test]
    fn two_a_second_are_all_written() {
        let (mut repeats, start) = (Repeats::new(), Instant::now());
        for half in 0..10_000 {
            let now = start + Duration::from_millis(500 * half);
            assert_eq!(repeats.note("screen".into(), &(), now), Verdict::Write);
        }
    }

    #[test]
    fn kinds_without_end_take_no_memory_without_end() {
        let (mut repeats, now) = (Repeats::new(), Instant::now());
        for name in 0..10_000 {
            repeats.note(format!("kind {name}"), &(), now + Duration::from_millis(name));
        }
        assert!(repeats.kinds.len() <= MOST_KINDS);
    }
}
