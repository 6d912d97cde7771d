//! How the pictures come back after a stage hangs or breaks off: the pipeline is given up and another one started on
//! the same input, after pauses that grow. A fault that comes back again and again ends the mirror, for its keeper to
//! start it anew.
//!
//! One line tells that a fault began, one that it ended. It reads no clock.

use std::time::{Duration, Instant};

use crate::backoff::{Backoff, Pauses};
use crate::error::AppError;
use crate::output;

/// The first is short: most faults pass with the thread that had them.
const PAUSES: Pauses =
    Pauses { first: Duration::from_millis(250), most: Duration::from_secs(8), held: Duration::from_secs(60) };
/// Restarts in a row, none of which held, before the mirror ends.
const MOST_RESTARTS: u32 = 5;

/// The fault that there is, and those before it.
#[derive(Debug)]
pub(super) struct Recovery {
    backoff: Backoff,
    fault: Option<Fault>,
}

#[derive(Debug)]
struct Fault {
    since: Instant,
    restarts: u32,
    /// When the stages are started again; `None` while they run.
    again: Option<Instant>,
}

impl Default for Recovery {
    fn default() -> Self {
        Self { backoff: Backoff::new(PAUSES), fault: None }
    }
}

impl Recovery {
    /// No picture comes, and a stage is silent.
    pub(super) fn suspect(&mut self, stage: &str, now: Instant) {
        if self.fault.is_none() {
            output::tell(&format!("carmine: no new picture, and no sign of the {stage} stage"));
            self.fault = Some(Fault { since: now, restarts: 0, again: None });
        }
    }

    /// A stage hangs or broke off, and was given up with its pipeline. Fails if it happens too often.
    pub(super) fn broke(&mut self, stage: &'static str, why: &str, now: Instant) -> Result<(), AppError> {
        let pause = self.backoff.fail(now);
        if self.backoff.failures() > MOST_RESTARTS {
            return Err(AppError::ThreadBroke { name: stage, said: format!("{why}, again and again") });
        }
        if self.fault.is_none() {
            output::tell(&format!("carmine: the {stage} stage is started again: {why}"));
        } else {
            // A try within the same fault.
            log::info!("the {stage} stage is started again in {:.1} s: {why}", pause.as_secs_f32());
        }
        let Fault { restarts, again, .. } = self.fault.get_or_insert(Fault { since: now, restarts: 0, again: None });
        (*restarts, *again) = (*restarts + 1, Some(now + pause));
        Ok(())
    }

    /// Whether the stages are to be started now.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.fault.as_ref().and_then(|fault| fault.again).is_some_and(|again| again <= now)
    }

    /// The stages were started.
    pub(super) fn note_started(&mut self) {
        if let Some(fault) = &mut self.fault {
            fault.again = None;
        }
    }

    /// A picture came.
    pub(super) fn note_picture(&mut self, now: Instant) {
        if self.fault.as_ref().is_some_and(|fault| fault.again.is_some()) {
            return;
        }
        if let Some(Fault { since, restarts, .. }) = self.fault.take() {
            let seconds = now.saturating_duration_since(since).as_secs_f32();
            output::tell(&format!("carmine: the picture is back after {seconds:.1} s, restarts: {restarts}"));
            self.backoff.succeed(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_started_again_after_pauses_that_grow_and_not_for_ever() {
        let (mut recovery, mut now) = (Recovery::default(), Instant::now());
        assert!(!recovery.is_due(now));
        for pause_ms in [250, 500, 1000, 2000, 4000] {
            recovery.broke("track", "it gave no sign", now).unwrap();
            now += Duration::from_millis(pause_ms - 1);
            assert!(!recovery.is_due(now), "not before {pause_ms} ms");
            now += Duration::from_millis(1);
            assert!(recovery.is_due(now));
            recovery.note_started();
            assert!(!recovery.is_due(now), "once");
        }
        let error = recovery.broke("track", "it gave no sign", now).unwrap_err().to_string();
        assert!(error.contains("track") && error.contains("again and again"), "{error}");
    }

    #[test]
    fn what_held_for_a_minute_is_forgotten() {
        let (mut recovery, mut now) = (Recovery::default(), Instant::now());
        for _ in 0..20 {
            recovery.broke("capture", "a bug", now).unwrap();
            recovery.note_picture(now);
            assert!(recovery.is_due(now + PAUSES.first), "a picture of the old pipeline is no success");
            recovery.note_started();
            recovery.note_picture(now + PAUSES.first);
            now += PAUSES.first + PAUSES.held;
        }
    }

    #[test]
    fn a_silence_that_ends_by_itself_restarts_nothing() {
        let (mut recovery, now) = (Recovery::default(), Instant::now());
        recovery.suspect("track", now);
        assert!(!recovery.is_due(now + Duration::from_secs(60)));
        recovery.note_picture(now + Duration::from_secs(3));
        assert!(recovery.fault.is_none() && recovery.backoff.failures() == 0);
    }
}
