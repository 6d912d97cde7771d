//! Sounds one after the other: a worker thread hands each to its program, and the newest takes the place of one that
//! waits.

use std::ffi::OsString;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::child::{self, ChildError, Stop};
use crate::service::Service;

/// No sound of a kiosk is longer.
const LONGEST: Duration = Duration::from_secs(30);

struct Task {
    /// What is played.
    service: Service,
    /// A program and its arguments.
    command: Vec<OsString>,
    /// What it is given.
    input: Zeroizing<Vec<u8>>,
    /// Ends it.
    stop: Stop,
}

#[derive(Default)]
struct Slot {
    waiting: Option<Task>,
    /// Ends the one that runs.
    stop: Stop,
    is_closing: bool,
}

#[derive(Default)]
struct LaneState {
    slot: Mutex<Slot>,
    changed: Condvar,
}

impl LaneState {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One sound after the other on a thread of its own.
pub struct Lane {
    shared: Arc<LaneState>,
    thread: Option<JoinHandle<()>>,
}

impl Lane {
    /// `what` names it in the log. `None`, and told there, where the system has no thread for it.
    pub fn new(what: &'static str) -> Option<Self> {
        let shared = Arc::new(LaneState::default());
        let work = shared.clone();
        match thread::Builder::new().name("sound".into()).spawn(move || run(&work, what)) {
            Ok(thread) => Some(Self { shared, thread: Some(thread) }),
            Err(error) => {
                log::warn!("{what} stays silent: {error}");
                None
            }
        }
    }

    /// Plays this next, in the place of what waits.
    pub fn put(&self, service: Service, command: Vec<OsString>, input: Zeroizing<Vec<u8>>) {
        self.shared.slot().waiting = Some(Task { service, command, input, stop: Stop::default() });
        self.shared.changed.notify_one();
    }

    /// Ends what plays, and what waits.
    pub fn hush(&self) {
        let mut slot = self.shared.slot();
        slot.waiting = None;
        slot.stop.store(true, Ordering::Release);
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.hush();
        self.shared.slot().is_closing = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic there has printed its own message.
            let _ = thread.join();
        }
    }
}

fn run(shared: &LaneState, what: &str) {
    let mut told = false;
    while let Some(Task { service, command, input, stop }) = next(shared) {
        match child::run(&service, &command, input, LONGEST, &stop) {
            Ok(()) | Err(ChildError::Stopped(_)) => {}
            Err(error) if told => log::debug!("{what} is not heard: {error}"),
            Err(error) => {
                told = true;
                log::warn!("{what} is not heard: {error}");
            }
        }
    }
}

/// Waits for a task; `None` at the end.
fn next(shared: &LaneState) -> Option<Task> {
    let mut slot = shared.slot();
    loop {
        if slot.is_closing {
            return None;
        }
        if let Some(task) = slot.waiting.take() {
            slot.stop = Stop::clone(&task.stop);
            return Some(task);
        }
        slot = shared.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
    }
}
