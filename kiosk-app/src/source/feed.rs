//! A live camera, which may be missing, busy, stalled or unplugged: a worker thread calls its driver, and the caller's
//! side never blocks longer than its time limit.
//!
//! In: a camera's driver, and the shopper's consent. Out: its newest picture, or what is wrong with it.
//! 1. The worker opens the camera and reads picture after picture; after an error it tries again at intervals.
//! 2. A driver's call may hang. If it takes longer than the stall time, its worker is abandoned and a new one started;
//!    the number of abandoned workers is limited.
//! 3. The caller's side only reads how long ago the last picture came, and what error the worker noted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use carmine::frame::Rotation;
use thiserror::Error;

use super::Picture;
use super::latest::Latest;
use crate::session::Consent;
use crate::threads::{holders, spawn_holder};

/// What is wrong with a camera.
#[cfg_attr(not(feature = "camera"), allow(dead_code, reason = "only real cameras have every trouble"))]
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CameraError {
    /// None is connected, or none with that number.
    #[error("no camera found: connect one, and see `carmine doctor`")]
    NotFound,
    /// None has this number.
    #[error("there is no camera {0}: see `carmine doctor` for those there are")]
    Missing(u32),
    /// Something else has it.
    #[error("the camera is in use by another program: close that one")]
    Busy,
    /// It has stopped giving pictures.
    #[error("the camera has stopped sending pictures: check its cable")]
    Stalled,
    /// Anything else, in the driver's words.
    #[error("the camera fails: {0}")]
    Failed(String),
}

/// A way to a camera. Calls may block for ever; only the worker thread makes them.
pub trait CameraDriver: Send + Sync {
    /// Opens the camera and starts its stream.
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError>;

    /// The turn that makes its pictures upright, by how it is mounted.
    fn rotation(&self) -> Rotation {
        Rotation::None
    }
}

/// An open camera.
pub trait CameraStream {
    /// Waits for the next picture and writes it into `into`. An error means that the stream is at its end.
    fn read(&mut self, into: &mut Picture) -> Result<Read, CameraError>;
}

/// What a camera sent.
#[cfg_attr(not(feature = "camera"), allow(dead_code, reason = "only real cameras have every trouble"))]
#[derive(Debug)]
pub enum Read {
    /// A picture; decoding it took so long.
    Picture(Duration),
    /// Something that is no whole picture, and why. Cables and cold cameras do that now and then.
    Bad(String),
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct CameraTimeouts {
    /// Without a picture for this long a camera counts as lost (a camera that is being opened gets four times that).
    pub stall: Duration,
    /// A lost camera is tried again this often.
    pub retry: Duration,
}

impl Default for CameraTimeouts {
    fn default() -> Self {
        Self { stall: Duration::from_secs(2), retry: Duration::from_secs(4) }
    }
}

/// So many times the stall time may pass before an opened camera's first picture: many take seconds to warm up.
const FIRST_PICTURE: u32 = 4;
/// Bad pictures in a row after which a camera counts as lost.
const MAX_BAD: u32 = 30;
/// Workers that may hang in a driver at once, over all feeds of the process. A further one would most likely hang too.
const MAX_STUCK: usize = 3;
/// The name of their threads.
const WORKER: &str = "camera";

/// A camera's newest picture, and whether it is alive.
pub struct CameraFeed {
    driver: Arc<dyn CameraDriver>,
    timeouts: CameraTimeouts,
    epoch: Instant,
    worker: Arc<Worker>,
    heard: Instant,
}

/// One picture and how long decoding it took.
#[derive(Debug, Default)]
pub struct Taken {
    /// The picture, with its time since the feed's epoch.
    pub picture: Picture,
    /// Decoding time.
    pub decode: Duration,
}

#[derive(Default)]
struct Worker {
    slot: Latest<Taken>,
    state: Mutex<WorkerState>,
}

#[derive(Default)]
struct WorkerState {
    error: Option<CameraError>,
    /// Since when it has been inside a driver's call.
    calling: Option<Instant>,
    /// The open stream has sent a picture.
    streaming: bool,
}

impl Worker {
    fn state(&self) -> MutexGuard<'_, WorkerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a driver's call, noting for how long.
    fn call<T>(&self, call: impl FnOnce() -> Result<T, CameraError>) -> Option<T> {
        self.state().calling = Some(Instant::now());
        let result = call();
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

    fn run(&self, driver: &dyn CameraDriver, epoch: Instant, retry: Duration) {
        while !self.slot.is_closed() {
            if let Some(mut stream) = self.call(|| driver.open()) {
                let mut bad = 0;
                while !self.slot.is_closed() {
                    let mut taken = self.slot.spare().unwrap_or_default();
                    match self.call(|| stream.read(&mut taken.picture)) {
                        None => break,
                        Some(Read::Picture(decode)) => {
                            bad = 0;
                            taken.decode = decode;
                            taken.picture.time = epoch.elapsed();
                            taken.picture.rotation = driver.rotation();
                            let mut state = self.state();
                            (state.error, state.streaming) = (None, true);
                            drop(state);
                            self.slot.publish(taken);
                        }
                        Some(Read::Bad(why)) => {
                            self.slot.recycle(taken);
                            bad += 1;
                            log::debug!("the camera sent no whole picture ({bad} in a row): {why}");
                            if bad > MAX_BAD {
                                self.state().error = Some(CameraError::Failed(why));
                                break;
                            }
                        }
                    }
                }
                self.state().streaming = false;
            }
            let until = Instant::now() + retry;
            while Instant::now() < until && !self.slot.is_closed() {
                thread::sleep(Duration::from_millis(20).min(retry));
            }
        }
    }
}

impl CameraFeed {
    /// Starts opening the camera, with the shopper's consent. Picture times count from `epoch`.
    pub fn start(driver: Arc<dyn CameraDriver>, epoch: Instant, timeouts: CameraTimeouts, consent: &Consent) -> Self {
        log::info!("the camera is opened by consent, {} version {}", consent.market(), consent.version());
        let worker = start_worker(&driver, epoch, timeouts.retry);
        Self { driver, timeouts, epoch, worker, heard: Instant::now() }
    }

    /// The newest picture, waiting for one at most `wait`.
    pub fn poll(&mut self, wait: Duration) -> Option<Taken> {
        if let Some(taken) = self.worker.slot.wait(wait) {
            self.heard = Instant::now();
            return Some(taken);
        }
        self.replace_stuck_worker();
        None
    }

    /// Gives a picture's buffer back.
    pub fn recycle(&self, taken: Taken) {
        self.worker.slot.recycle(taken);
    }

    /// Why there is no picture, once that is clear: at once after an error, else after the stall time.
    pub fn trouble(&self) -> Option<CameraError> {
        let state = self.worker.state();
        let stalled = self.heard.elapsed() > self.stall(&state);
        state.error.clone().or_else(|| stalled.then_some(CameraError::Stalled))
    }

    /// How long this camera may be silent now.
    fn stall(&self, state: &WorkerState) -> Duration {
        if state.streaming { self.timeouts.stall } else { self.timeouts.stall * FIRST_PICTURE }
    }

    fn replace_stuck_worker(&mut self) {
        let (stuck, retry_due) = {
            let state = self.worker.state();
            let stall = self.stall(&state);
            let stuck = state.calling.is_some_and(|since| since.elapsed() > stall);
            (stuck, self.heard.elapsed() > stall + self.timeouts.retry)
        };
        if stuck && retry_due && holders::count(WORKER) <= MAX_STUCK {
            let fresh = start_worker(&self.driver, self.epoch, self.timeouts.retry);
            fresh.state().error = Some(CameraError::Stalled);
            let old = std::mem::replace(&mut self.worker, fresh);
            old.slot.close();
            self.heard = Instant::now();
        }
    }
}

impl Drop for CameraFeed {
    fn drop(&mut self) {
        // Not joined: a worker that hangs in its driver must not block the app's exit.
        self.worker.slot.close();
    }
}

fn start_worker(driver: &Arc<dyn CameraDriver>, epoch: Instant, retry: Duration) -> Arc<Worker> {
    let worker = Arc::new(Worker::default());
    let (inside, driver) = (Arc::clone(&worker), Arc::clone(driver));
    let started = spawn_holder(WORKER, move || inside.run(driver.as_ref(), epoch, retry));
    if let Err(error) = started {
        worker.state().error = Some(CameraError::Failed(format!("no thread for it: {error}")));
    }
    worker
}

#[cfg(test)]
#[path = "feed_tests.rs"]
pub(crate) mod tests;
