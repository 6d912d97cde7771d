//! The thread that calls a camera's driver: opens it, reads picture after picture, checks that the camera sees, and
//! after any trouble closes it and tries again after pauses that grow.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{CameraDriver, CameraError, CameraStream, CameraTimeouts, FIRST_PICTURE, Read, Taken};
use crate::backoff::Backoff;
use crate::health::{self, Pulse};
use crate::source::latest::Latest;
use crate::source::picture_check::{PictureCheck, Verdict};
use crate::threads::holders::Holder;
use crate::threads::spawn_known_holder;

/// Bad pictures in a row after which a camera counts as lost.
const MAX_BAD: u32 = 30;
/// The name of the threads.
pub(super) const NAME: &str = "camera";

/// What every worker of a feed needs. A worker that hangs leaves it to the next.
pub(super) struct Shared {
    pub driver: Arc<dyn CameraDriver>,
    pub timeouts: CameraTimeouts,
    pub epoch: Instant,
    /// When the camera is tried again; one for all workers, so that it grows whoever fails.
    pub retry: Mutex<Backoff>,
    /// The camera is not wanted any more, whoever still holds the feed.
    pub off: AtomicBool,
}

/// A worker, as both sides see it.
pub(super) struct Worker {
    pub slot: Latest<Taken>,
    state: Mutex<WorkerState>,
    pulse: Arc<Pulse>,
}

#[derive(Default)]
pub(super) struct WorkerState {
    pub error: Option<CameraError>,
    /// Since when it has been inside a driver's call.
    pub calling: Option<Instant>,
    /// The open stream has sent a picture that was shown.
    pub streaming: bool,
}

impl Shared {
    /// A try failed; returns the pause before the next.
    pub fn fail(&self) -> Duration {
        self.retry.lock().unwrap_or_else(PoisonError::into_inner).fail(Instant::now())
    }

    /// What is wrong where no pictures come.
    pub fn stalled(&self) -> CameraError {
        if self.driver.is_live() { CameraError::Stalled } else { CameraError::StalledFile }
    }

    fn succeed(&self) {
        self.retry.lock().unwrap_or_else(PoisonError::into_inner).succeed(Instant::now());
    }
}

impl Worker {
    /// Starts one; `error` is what is known to be wrong with the camera.
    pub fn start(shared: &Arc<Shared>, error: Option<CameraError>) -> Arc<Self> {
        // Whoever reads the slot replaces a worker that hangs; only if that fails, too, it is late.
        let limit = shared.timeouts.stall * FIRST_PICTURE + shared.timeouts.retry.most + Duration::from_secs(10);
        let state = WorkerState { error, ..WorkerState::default() };
        let pulse = health::watch(NAME, limit);
        let worker = Arc::new(Self { slot: Latest::default(), state: Mutex::new(state), pulse });
        let (inside, shared) = (Arc::clone(&worker), Arc::clone(shared));
        let started = spawn_known_holder(NAME, move |holder| {
            inside.run(&shared, holder);
            inside.pulse.retire();
        });
        if let Err(error) = started {
            worker.state().error = Some(CameraError::Failed(format!("no thread for it: {error}")));
            worker.pulse.retire();
        }
        worker
    }

    /// It is not needed any more; it ends when its driver's call returns.
    pub fn leave(&self) {
        self.slot.close();
        self.pulse.retire();
    }

    pub fn state(&self) -> MutexGuard<'_, WorkerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self, shared: &Shared) -> bool {
        self.slot.is_closed() || shared.off.load(Ordering::Relaxed)
    }

    /// Runs a driver's call, noting for how long. A driver that panics has failed.
    fn call<T>(&self, call: impl FnOnce() -> Result<T, CameraError>) -> Option<T> {
        self.pulse.beat();
        self.state().calling = Some(Instant::now());
        let result = catch_unwind(AssertUnwindSafe(call))
            .unwrap_or_else(|_| Err(CameraError::Failed("its driver broke off".into())));
        let mut state = self.state();
        state.calling = None;
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                state.error = Some(error);
                None
            }
        }
    }

    fn run(&self, shared: &Shared, holder: &Holder) {
        while !self.is_over(shared) {
            // A camera may take seconds to open. Until it is open there is no picture in this thread's hands, and those in
            // the slot go when that is closed: if the session ends meanwhile, it is left alone, and closes the camera then.
            holder.set_empty(true);
            let opened = self.call(|| shared.driver.open());
            holder.set_empty(false);
            if let Some(mut stream) = opened {
                self.read_all(shared, stream.as_mut());
                self.state().streaming = false;
                // Closing may hang as reading may.
                self.call(|| {
                    drop(stream);
                    Ok(())
                });
            }
            let until = Instant::now() + shared.fail();
            while Instant::now() < until && !self.is_over(shared) {
                self.pulse.beat();
                thread::sleep(Duration::from_millis(20).min(shared.timeouts.retry.first));
            }
        }
    }

    /// Reads until the stream ends, or does not see.
    fn read_all(&self, shared: &Shared, stream: &mut dyn CameraStream) {
        let before = self.state().error.clone();
        let mut check = shared.driver.is_live().then(|| PictureCheck::new(before.as_ref(), Instant::now()));
        let mut bad = 0;
        while !self.is_over(shared) {
            let mut taken = self.slot.spare().unwrap_or_default();
            match self.call(|| stream.read(&mut taken.picture)) {
                None => return,
                Some(Read::Picture(decode)) => {
                    bad = 0;
                    let verdict = check.as_mut().map(|check| check.judge(&taken.picture, Instant::now()));
                    match verdict {
                        None | Some(Verdict::Good) => {
                            taken.decode = decode;
                            taken.picture.time = shared.epoch.elapsed();
                            taken.picture.rotation = shared.driver.rotation();
                            self.publish(shared, taken);
                        }
                        Some(Verdict::Wait) => self.slot.recycle(taken),
                        Some(Verdict::Dead(error)) => {
                            self.slot.recycle(taken);
                            self.state().error = Some(error);
                            return;
                        }
                    }
                }
                Some(Read::Bad(why)) => {
                    self.slot.recycle(taken);
                    bad += 1;
                    log::debug!("the camera sent no whole picture ({bad} in a row): {why}");
                    if bad > MAX_BAD {
                        self.state().error = Some(CameraError::Failed(why));
                        return;
                    }
                }
            }
        }
    }

    fn publish(&self, shared: &Shared, taken: Taken) {
        let mut state = self.state();
        let first = !std::mem::replace(&mut state.streaming, true);
        state.error = None;
        drop(state);
        if first {
            shared.succeed();
        }
        self.slot.publish(taken);
    }
}
