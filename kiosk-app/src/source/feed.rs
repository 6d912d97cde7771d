//! A live camera, which may be missing, busy, stalled or unplugged: a worker thread calls its driver, and the caller's
//! side never blocks longer than its time limit.
//!
//! In: a camera's driver, and the shopper's consent. Out: its newest picture, or what is wrong with it.
//! 1. The worker opens the camera and reads picture after picture; after an error, and where the camera sends pictures
//!    but sees nothing ([`picture_check`](super::picture_check)), it closes it and tries again after growing pauses.
//! 2. A driver's call may hang. If it takes longer than the stall time, its worker is abandoned and a new one started;
//!    the number of abandoned workers is limited.
//! 3. The caller's side only reads how long ago the last picture came, and what error the worker noted.

mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use carmine::frame::Rotation;
use thiserror::Error;

use self::worker::{Shared, Worker, WorkerState};
use super::Picture;
use crate::backoff::{Backoff, Pauses};
use crate::health;
use crate::session::Consent;
use crate::threads::holders;

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
    /// The clip or photo that plays it gives none any more.
    #[error("the clip or photo in the camera's place gives no pictures: check the drive that it lies on")]
    StalledFile,
    /// It sends one and the same picture again and again.
    #[error("the camera repeats one picture: pull its cable and plug it in again")]
    Frozen,
    /// It sends black pictures.
    #[error("the camera sees only black: take the cap off its lens, or give it light")]
    Black,
    /// Anything else, in the driver's words.
    #[error("the camera fails: {0}")]
    Failed(String),
}

/// A way to a camera. Calls may block for ever; only the worker thread makes them.
pub trait CameraDriver: Send + Sync {
    /// Opens the camera and starts its stream.
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError>;

    /// Whether its pictures are a sensor's, of which no two are equal: else a clip or photo plays the camera, and is not
    /// suspected of being frozen or black.
    fn is_live(&self) -> bool;

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
    /// The pauses between tries of a lost camera.
    pub retry: Pauses,
}

impl Default for CameraTimeouts {
    fn default() -> Self {
        let (first, most, held) = (Duration::from_secs(1), Duration::from_secs(16), Duration::from_secs(30));
        Self { stall: Duration::from_secs(2), retry: Pauses { first, most, held } }
    }
}

/// So many times the stall time may pass before an opened camera's first picture: many take seconds to warm up.
const FIRST_PICTURE: u32 = 4;
/// Workers that may hang in a driver at once, over all feeds of the process. A further one would most likely hang too.
const MAX_STUCK: usize = 3;

/// Whether more workers than that are left: those of ended sessions, whose camera never opened, have piled up.
pub fn has_piled_up() -> bool {
    holders::count(worker::NAME) > MAX_STUCK
}

/// A camera's newest picture, and whether it is alive.
pub struct CameraFeed {
    shared: Arc<Shared>,
    worker: Arc<Worker>,
    heard: Instant,
    /// When a worker that hangs is replaced.
    replaced_at: Option<Instant>,
}

/// Turns a camera off, whatever became of whoever holds its feed.
#[derive(Clone)]
pub struct OffSwitch(Arc<Shared>);

impl OffSwitch {
    /// The worker closes the camera as soon as its driver's call returns.
    pub fn turn_off(&self) {
        self.0.off.store(true, Ordering::Relaxed);
    }
}

/// One picture and how long decoding it took.
#[derive(Debug, Default)]
pub struct Taken {
    /// The picture, with its time since the feed's epoch.
    pub picture: Picture,
    /// Decoding time.
    pub decode: Duration,
}

impl CameraFeed {
    /// Starts opening the camera, with the shopper's consent. Picture times count from `epoch`.
    pub fn start(driver: Arc<dyn CameraDriver>, epoch: Instant, timeouts: CameraTimeouts, consent: &Consent) -> Self {
        log::info!("the camera is opened by consent, {} version {}", consent.market(), consent.version());
        let (retry, off) = (Mutex::new(Backoff::new(timeouts.retry)), AtomicBool::new(false));
        let shared = Arc::new(Shared { driver, timeouts, epoch, retry, off });
        let worker = Worker::start(&shared, None);
        Self { shared, worker, heard: Instant::now(), replaced_at: None }
    }

    /// What turns it off from outside.
    pub fn off_switch(&self) -> OffSwitch {
        OffSwitch(Arc::clone(&self.shared))
    }

    /// The newest picture, waiting for one at most `wait`.
    pub fn poll(&mut self, wait: Duration) -> Option<Taken> {
        if let Some(taken) = self.worker.slot.wait(wait) {
            (self.heard, self.replaced_at) = (Instant::now(), None);
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
        let stalled = health::silence_since(self.heard) > self.stall(&state);
        state.error.clone().or_else(|| stalled.then(|| self.shared.stalled()))
    }

    /// How long this camera may be silent now.
    fn stall(&self, state: &WorkerState) -> Duration {
        let stall = self.shared.timeouts.stall;
        if state.streaming { stall } else { stall * FIRST_PICTURE }
    }

    fn replace_stuck_worker(&mut self) {
        let is_stuck = {
            let state = self.worker.state();
            let stall = self.stall(&state);
            state.calling.is_some_and(|since| health::silence_since(since) > stall)
        };
        if !is_stuck {
            self.replaced_at = None;
            return;
        }
        let now = Instant::now();
        let shared = &self.shared;
        let due = *self.replaced_at.get_or_insert_with(|| now + shared.fail());
        if due <= now && !has_piled_up() {
            let fresh = Worker::start(shared, Some(shared.stalled()));
            std::mem::replace(&mut self.worker, fresh).leave();
            (self.heard, self.replaced_at) = (now, None);
        }
    }
}

impl Drop for CameraFeed {
    fn drop(&mut self) {
        // Not joined: a worker that hangs in its driver must not block the app's exit.
        self.worker.leave();
    }
}

#[cfg(test)]
#[path = "feed_tests.rs"]
pub(crate) mod tests;
