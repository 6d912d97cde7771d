//! Whether a process that is asked now and then still answers: a question every two seconds, one at a time. It reads no
//! clock.

use std::time::{Duration, Instant};

/// The pause between an answer and the next question.
const EVERY: Duration = Duration::from_secs(2);
/// How long an answer may take: it is given within a millisecond by a process that is well and gets the processor.
const ANSWER: Duration = Duration::from_secs(3);
/// How long the first may take: a process that starts may wait for drives that do not answer.
const FIRST: Duration = Duration::from_secs(15);

/// The questions to one process.
#[derive(Debug)]
pub struct Answers {
    /// When the next question is due.
    next: Instant,
    /// Since when an answer is waited for.
    asked: Option<Instant>,
    /// When the first sign of life came.
    since: Option<Instant>,
}

impl Answers {
    /// Of a process that starts now: the first question is due.
    pub fn new(now: Instant) -> Self {
        Self { next: now, asked: None, since: None }
    }

    /// Whether a question is to be put now; true once.
    pub fn is_due(&mut self, now: Instant) -> bool {
        let due = self.asked.is_none() && self.next <= now;
        if due {
            self.asked = Some(now);
        }
        due
    }

    /// It answered, or gave another sign of life.
    pub fn note(&mut self, now: Instant) {
        (self.asked, self.next) = (None, now + EVERY);
        self.since.get_or_insert(now);
    }

    /// Since when it has answered, if it ever did.
    pub fn since(&self) -> Option<Instant> {
        self.since
    }

    /// Whether an answer is overdue.
    pub fn is_silent(&self, now: Instant) -> bool {
        let limit = if self.since.is_some() { ANSWER } else { FIRST };
        self.asked.is_some_and(|asked| now.saturating_duration_since(asked) >= limit)
    }

    /// Nobody listened for a while.
    pub fn forgive(&mut self, now: Instant) {
        self.asked = self.asked.map(|_| now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stops_answering_is_found_out_within_five_seconds_and_nobody_else() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut answers = Answers::new(start);
        assert!(answers.is_due(start) && !answers.is_due(start), "one question at a time");
        assert!(!answers.is_silent(at(14_999)), "a start may be slow");
        answers.note(at(400));
        for second in 1..600 {
            let now = at(400 + second * 1000);
            if answers.is_due(now) {
                answers.note(now);
            }
            assert!(!answers.is_silent(now));
        }
        assert_eq!(answers.since(), Some(at(400)));
        let stopped = at(600_000);
        let found = (0..100).map(|tenth| stopped + Duration::from_millis(100 * tenth)).find(|now| {
            answers.is_due(*now);
            answers.is_silent(*now)
        });
        assert!(found.is_some_and(|found| found - stopped <= EVERY + ANSWER), "{found:?}");
    }

    #[test]
    fn one_that_never_answers_is_silent_and_a_keeper_that_slept_accuses_nobody() {
        let start = Instant::now();
        let mut answers = Answers::new(start);
        assert!(answers.is_due(start) && answers.is_silent(start + FIRST));
        let later = start + Duration::from_secs(3600);
        answers.forgive(later);
        assert!(!answers.is_silent(later) && !answers.is_due(later), "it is still asked");
        answers.note(later);
        answers.forgive(later + Duration::from_secs(3600));
        assert!(!answers.is_silent(later + Duration::from_secs(7200)), "it was not asked");
    }
}
