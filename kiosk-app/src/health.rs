//! Whether the stages of the mirror work: each gives a heartbeat, and one place tells which of them are in time.
//!
//! In: [`Pulse::beat`] of every stage: the window, capture, track, beside, the camera's worker. Out: [`report`] for the
//! process that keeps the mirror, and each pulse's own answers for whoever starts its stage again. A silence counts
//! from when the process last ran on after a break (`awake`).
//!
//! A stage beats each time round its loop, whether there was work or not. So a camera that sends nothing is no fault of
//! the capture stage, which goes on asking for pictures, and a photo, which brings no new ones, is none of the tracker.

mod awake;
mod pulse;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use self::awake::Awake;

pub use pulse::Pulse;

/// A stage's last sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageHealth {
    /// The stage: `window`, `capture`, `track`, `beside` or `camera`.
    pub name: &'static str,
    /// Time since its last beat.
    pub age: Duration,
    /// Whether its next beat is not overdue, and not by so much that the mirror has failed to start it again.
    pub in_time: bool,
}

static AWAKE: Awake = Awake::new();
static STAGES: Mutex<Vec<Weak<Pulse>>> = Mutex::new(Vec::new());

fn stages() -> MutexGuard<'static, Vec<Weak<Pulse>>> {
    STAGES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The process runs: to be called several times a second, by one thread that does nothing else.
pub fn tick() {
    AWAKE.tick(now_ms());
}

/// Since when the process runs without having been stopped: what was not heard before is nobody's fault.
pub fn awake_since() -> Instant {
    crate::started() + Duration::from_millis(AWAKE.since(now_ms()))
}

/// For how long nothing was heard since this time, while the process ran.
pub fn silence_since(heard: Instant) -> Duration {
    heard.max(awake_since()).elapsed()
}

fn now_ms() -> u64 {
    u64::try_from(crate::started().elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// A new stage, in time now; it is late when it has not beaten for `limit`. It is reported until it is
/// [retired](Pulse::retire) or dropped.
pub fn watch(name: &'static str, limit: Duration) -> Arc<Pulse> {
    let pulse = Arc::new(Pulse::new(name, limit));
    let mut stages = stages();
    stages.retain(|stage| stage.strong_count() > 0);
    stages.push(Arc::downgrade(&pulse));
    pulse
}

/// Every stage that runs. Locks, and allocates: not for every frame.
pub fn report() -> Vec<StageHealth> {
    let running = |stage: &Weak<Pulse>| stage.upgrade().filter(|pulse| !pulse.is_retired());
    stages().iter().filter_map(running).map(|pulse| pulse.health()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Names of their own: the list is the whole process's.
    fn told(name: &str) -> Option<StageHealth> {
        report().into_iter().find(|stage| stage.name == name)
    }

    #[test]
    fn a_stage_that_gives_no_sign_is_late_until_it_beats_again() {
        let pulse = watch("a test's stage", Duration::from_millis(40));
        assert!(told("a test's stage").unwrap().in_time);
        std::thread::sleep(Duration::from_millis(50));
        assert!(!pulse.is_in_time(), "it is to be started again");
        std::thread::sleep(Duration::from_millis(50));
        let late = told("a test's stage").unwrap();
        assert!(!late.in_time && late.age >= Duration::from_millis(95), "nobody did: {late:?}");
        pulse.beat();
        assert!(told("a test's stage").unwrap().in_time && pulse.is_in_time());
        pulse.beat_for(Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(60));
        assert!(pulse.is_in_time(), "this step may take longer");
    }

    #[test]
    fn what_was_given_up_or_has_ended_is_not_reported() {
        let (stuck, ended) = (watch("stuck stage", Duration::ZERO), watch("ended stage", Duration::ZERO));
        assert!(told("stuck stage").is_some() && told("ended stage").is_some());
        stuck.retire();
        drop(ended);
        assert_eq!((told("stuck stage"), told("ended stage")), (None, None));
    }
}
