//! Watches files, and reads them again on a thread of its own when they change.
//!
//! In: which files, and how they are read. Out: what was read, for [`FileWatch::take`].
//! 1. Once every interval the files are stamped: path, time of the last change, length.
//! 2. If the stamps differ from the known ones, wait until two stamps in a row are the same: writing has ended.
//! 3. Read, hand over, and wake the kiosk.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
pub const WATCH_INTERVAL: Duration = Duration::from_secs(1);
/// A file that is still being written changes again within this time.
const SETTLE_TIME: Duration = Duration::from_millis(200);

/// A file's metadata, to detect changes.
#[derive(PartialEq, Eq)]
struct Stamp {
    path: PathBuf,
    /// `None` if the file does not exist, or its file system has no times.
    modified: Option<SystemTime>,
    length: u64,
}

/// Watches files as long as it lives.
#[derive(Debug)]
pub struct FileWatch<T> {
    read: Receiver<T>,
    /// Its end tells the thread to end.
    _stop: Sender<()>,
}

impl<T: Send + 'static> FileWatch<T> {
    /// Watches from now on, from a thread of this name: start it before the files are first read, so that no change
    /// falls between. `files` lists them anew every time. `wake` is called on the watching thread whenever
    /// [`take`](Self::take) has something new.
    pub fn start(
        name: &str,
        interval: Duration,
        files: impl Fn() -> Vec<PathBuf> + Send + 'static,
        read: impl Fn() -> T + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, std::io::Error> {
        let (stop, stopped) = channel();
        let (found, receiver) = channel();
        let mut known = stamps(files());
        let watch = move || {
            while pause(&stopped, interval) {
                let changed = stamps(files());
                if changed == known {
                    continue;
                }
                let Some(settled) = settled(changed, &files, &stopped) else { return };
                known = settled;
                if found.send(read()).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name(name.into()).spawn(watch)?;
        Ok(Self { read: receiver, _stop: stop })
    }

    /// The newest value read since the last call, or `None` if nothing changed. If reading fails, the kiosk keeps the
    /// old value; the next change is read again.
    pub fn take(&self) -> Option<T> {
        self.read.try_iter().last()
    }
}

/// Waits. Returns whether to go on.
fn pause(stopped: &Receiver<()>, time: Duration) -> bool {
    stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout)
}

/// The stamps once writing has ended; `None` if the watch has ended meanwhile.
fn settled(mut before: Vec<Stamp>, files: &impl Fn() -> Vec<PathBuf>, stopped: &Receiver<()>) -> Option<Vec<Stamp>> {
    loop {
        if !pause(stopped, SETTLE_TIME) {
            return None;
        }
        let after = stamps(files());
        if after == before {
            return Some(after);
        }
        before = after;
    }
}

fn stamps(files: Vec<PathBuf>) -> Vec<Stamp> {
    let stamp = |path: PathBuf| {
        let seen = path.metadata().ok();
        let length = seen.as_ref().map_or(0, std::fs::Metadata::len);
        Stamp { path, modified: seen.and_then(|seen| seen.modified().ok()), length }
    };
    files.into_iter().map(stamp).collect()
}
