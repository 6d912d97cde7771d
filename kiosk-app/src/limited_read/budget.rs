//! How long all files together may keep a process waiting while it starts: ten drives that do not answer must not keep a
//! kiosk dark ten times as long as one.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Patience;

/// What all files may take together. What answers later than that is taken up while the kiosk runs.
const ALL: Patience = Patience { silence: Duration::from_millis(2500), whole: Duration::from_secs(20) };
/// What each of them gets even then: a sound drive answers in less.
const LEAST: Duration = Duration::from_millis(250);

static LEFT: Mutex<Option<Left>> = Mutex::new(None);

/// What is left of it.
#[derive(Clone, Copy, Debug)]
struct Left {
    silence: Duration,
    until: Instant,
}

/// Holds all reads of this process to one limit until it is dropped.
#[derive(Debug)]
pub struct Budget(());

impl Budget {
    /// From now on.
    pub fn begin() -> Self {
        *left() = Some(Left { silence: ALL.silence, until: Instant::now() + ALL.whole });
        Self(())
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        *left() = None;
    }
}

fn left() -> MutexGuard<'static, Option<Left>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The patience that is left for one piece of work.
pub fn limit(patience: Patience) -> Patience {
    match *left() {
        None => patience,
        Some(Left { silence, until }) => Patience {
            silence: patience.silence.min(silence.max(LEAST)),
            whole: patience.whole.min(until.saturating_duration_since(Instant::now()).max(LEAST)),
        },
    }
}

/// So much was waited in vain.
pub fn spend(waited: Duration) {
    if let Some(left) = left().as_mut() {
        left.silence = left.silence.saturating_sub(waited);
    }
}
