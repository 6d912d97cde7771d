//! Threads that were left behind at files that did not answer. Whoever wants the same file meanwhile is refused at once,
//! so that neither threads nor waits pile up, while other drives are still read.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Threads that may be left behind at once.
const MOST: usize = 16;
/// In one folder.
const MOST_IN_A_FOLDER: usize = 2;

static LEFT: Mutex<Vec<Left>> = Mutex::new(Vec::new());

struct Left {
    work: u64,
    at: PathBuf,
}

/// A piece of work, as both threads know it.
#[derive(Debug)]
pub(super) struct Work {
    number: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Running,
    Done,
    GivenUp,
}

fn left() -> MutexGuard<'static, Vec<Left>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether work at this path would most likely hang as well: a thread hangs there or in a folder above it, two hang
/// beside it, or many hang anywhere.
pub(super) fn refuses(path: &Path) -> bool {
    let left = left();
    let beside = || left.iter().filter(|left| left.at.parent() == path.parent()).count();
    left.len() >= MOST || left.iter().any(|left| path.starts_with(&left.at)) || beside() >= MOST_IN_A_FOLDER
}

/// How many are left behind.
#[cfg(test)]
pub(super) fn count_below(folder: &Path) -> usize {
    left().iter().filter(|left| left.at.starts_with(folder)).count()
}

impl Work {
    pub(super) fn begin() -> Mutex<Self> {
        static NUMBER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Mutex::new(Self { number, state: State::Running })
    }

    /// It is left behind at this path, unless it has ended meanwhile.
    pub(super) fn leave(work: &Mutex<Self>, at: &Path) {
        let mut left = left();
        let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
        if work.state == State::Running {
            work.state = State::GivenUp;
            left.push(Left { work: work.number, at: at.into() });
        }
    }

    /// It has ended, perhaps after it was left behind.
    pub(super) fn end(work: &Mutex<Self>) {
        let mut left = left();
        let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
        if work.state == State::GivenUp {
            left.retain(|left| left.work != work.number);
        }
        work.state = State::Done;
    }
}
