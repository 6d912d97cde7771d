//! Work with files under a time limit. The system can hold a call on a hung drive for ever, so the work runs on a thread
//! of its own, which is left behind where it does not answer.
//!
//! In: work that reads files. Out: its result, or which path did not answer.
//! 1. The work notes each path before it touches it.
//! 2. The caller waits as long as paths go on being noted.
//! 3. A thread that was left behind ends by itself once the drive answers; until then work at the same place is refused
//!    at once.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::budget;
use super::stuck::{Work, refuses};

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For one path.
    pub silence: Duration,
    /// For all of them together.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silence: Duration::from_secs(3), whole: Duration::from_secs(10) }
    }
}

/// A drive that does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("it does not answer ({}); check the drive or network that it lies on", in_words(*waited))]
pub struct Unanswered {
    /// The file or folder that was being read.
    pub path: PathBuf,
    /// For how long; not at all where others already wait for it.
    pub waited: Duration,
}

fn in_words(waited: Duration) -> String {
    if waited.is_zero() { "as before".into() } else { format!("waited {:.1} s", waited.as_secs_f32()) }
}

impl From<Unanswered> for std::io::Error {
    fn from(late: Unanswered) -> Self {
        Self::new(ErrorKind::TimedOut, late)
    }
}

/// Where a thread that works with files is, as whoever waits for it sees it.
#[derive(Clone)]
pub struct Supervised(Arc<Mutex<(PathBuf, Instant)>>);

thread_local! {
    static SUPERVISED: RefCell<Option<Supervised>> = const { RefCell::new(None) };
}

impl Supervised {
    /// Begins at this path.
    pub fn new(path: &Path) -> Self {
        Self(Arc::new(Mutex::new((path.into(), Instant::now()))))
    }

    /// The path noted last, and when.
    pub fn at(&self) -> (PathBuf, Instant) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// As long ago as `patience` allows, or `None` if there is time left: how much.
    fn overdue(&self, begun: Instant, patience: Patience) -> Result<Duration, Unanswered> {
        let (path, since) = self.at();
        let left = (since + patience.silence).min(begun + patience.whole).saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Unanswered { path, waited: since.elapsed().max(patience.silence.min(begun.elapsed())) });
        }
        Ok(left)
    }
}

/// Says that this thread is about to touch a path. Does nothing where nobody waits.
pub fn note(path: &Path) {
    SUPERVISED.with_borrow(|place| {
        if let Some(Supervised(place)) = place {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = (path.into(), Instant::now());
        }
    });
}

/// Says that this thread goes on where it is: it waits for something else than a drive. Does nothing where nobody waits.
pub fn go_on() {
    SUPERVISED.with_borrow(|place| {
        if let Some(Supervised(place)) = place {
            place.lock().unwrap_or_else(PoisonError::into_inner).1 = Instant::now();
        }
    });
}

/// From now on `place` follows what this thread notes: whoever started the thread waits for it, so [`within`] runs its
/// work here.
pub fn supervise(place: Supervised) {
    SUPERVISED.with_borrow_mut(|slot| *slot = Some(place));
}

/// Runs `work` and waits for its result. `path` is where it begins. A panic in it goes on in the caller.
///
/// # Errors
///
/// [`Unanswered`] with the path that the work was at when its time was up; the work is left behind, and its result is
/// dropped whenever it comes.
pub fn within<T: Send + 'static>(
    path: &Path,
    patience: Patience,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Unanswered> {
    if SUPERVISED.with_borrow(Option::is_some) {
        return Ok(work());
    }
    if refuses(path) {
        return Err(Unanswered { path: path.into(), waited: Duration::ZERO });
    }
    let patience = budget::limit(patience);
    let (place, state) = (Supervised::new(path), Arc::new(Work::begin()));
    let (sender, receiver) = sync_channel(1);
    let thread = thread::Builder::new().name("files".into()).spawn({
        let (place, state) = (place.clone(), Arc::clone(&state));
        move || {
            supervise(place);
            let _ended = Ended(state);
            // Nobody listens any more after the time limit.
            let _ = sender.send(work());
        }
    });
    let Ok(thread) = thread else { return Err(Unanswered { path: path.into(), waited: Duration::ZERO }) };
    let begun = Instant::now();
    loop {
        let late = match place.overdue(begun, patience) {
            Ok(left) => match receiver.recv_timeout(left) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => continue,
                // It broke off without a result.
                Err(RecvTimeoutError::Disconnected) => match thread.join() {
                    Err(panic) => resume_unwind(panic),
                    Ok(()) => Unanswered { path: path.into(), waited: begun.elapsed() },
                },
            },
            Err(late) => late,
        };
        budget::spend(late.waited);
        Work::leave(&state, &late.path);
        return Err(late);
    }
}

/// Says that a thread has ended, also where it was left behind.
struct Ended(Arc<Mutex<Work>>);

impl Drop for Ended {
    fn drop(&mut self) {
        Work::end(&self.0);
    }
}
