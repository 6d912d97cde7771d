//! Watches files, and reads them again when they change.
//!
//! In: which files, and how they are read. Out: what was read, for [`FileWatch::take`].
//! 1. Once every interval the files are stamped: path, time of the last change, length.
//! 2. If the stamps differ from the known ones, wait until two stamps in a row are the same: writing has ended. Files that
//!    never rest are read after a while nevertheless.
//! 3. Read, hand over, and wake the kiosk.
//!
//! A thread of its own touches the files, and another waits for it: where a drive does not answer, the kiosk is told
//! once, and what the files were is used until it answers and they are read again.

mod hand;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use self::hand::Hand;
use crate::limited_read::Unanswered;

/// How often the files are looked at.
pub const WATCH_INTERVAL: Duration = Duration::from_secs(1);
/// A file that is still being written changes again within this time.
const SETTLE_TIME: Duration = Duration::from_millis(200);
/// Files that change all the time are read after this long.
const RESTLESS_TIME: Duration = Duration::from_secs(2);

/// A file's metadata, to detect changes.
#[derive(Clone, PartialEq, Eq)]
struct Stamp {
    path: PathBuf,
    /// `None` if the file does not exist, or its file system has no times.
    modified: Option<SystemTime>,
    length: u64,
}

/// Who reads the files first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The caller, now. The watch begins with what the files are until then.
    Read,
    /// The watch: nobody waits for it.
    Unread,
}

/// Watches files as long as it lives.
#[derive(Debug)]
pub struct FileWatch<T, E> {
    read: Receiver<Result<T, E>>,
    /// Its end tells the thread to end.
    _stop: Sender<()>,
}

impl<T: Send + 'static, E: From<Unanswered> + Send + 'static> FileWatch<T, E> {
    /// Watches from now on, from a thread of this name: start it before the files are first read, so that no change
    /// falls between; or let it read them first itself. `files` lists them anew every time. `wake` is called on the watching thread whenever
    /// [`take`](Self::take) has something new.
    pub fn start(
        name: &str,
        interval: Duration,
        files: impl Fn() -> Vec<PathBuf> + Send + 'static,
        read: impl Fn() -> Result<T, E> + Send + 'static,
        wake: impl Fn() + Send + 'static,
        first: First,
    ) -> Result<Self, std::io::Error> {
        let (stop, stopped) = channel();
        let (found, receiver) = channel();
        let tell = move |result| found.send(result).map(|()| wake()).is_ok();
        let hand = Hand::start(name, files, read)?;
        let stamps = if first == First::Unread { hand.ask_first() } else { hand.first_stamps() };
        let mut watch = Watch { hand, stopped, tell };
        let told = first == First::Read;
        thread::Builder::new().name(name.into()).spawn(move || _ = watch.watch(stamps, told, interval))?;
        Ok(Self { read: receiver, _stop: stop })
    }

    /// The newest value read since the last call, or `None` if nothing changed. If reading fails, the kiosk keeps the
    /// old value; the next change is read again.
    pub fn take(&self) -> Option<Result<T, E>> {
        self.read.try_iter().last()
    }
}

/// The thread that waits.
struct Watch<T, E, Tell> {
    hand: Hand<T, E>,
    stopped: Receiver<()>,
    /// Hands a result over. False once nobody listens.
    tell: Tell,
}

/// The watch has ended.
struct Ended;

impl<T: Send + 'static, E: From<Unanswered> + Send + 'static, Tell: Fn(Result<T, E>) -> bool> Watch<T, E, Tell> {
    fn watch(&mut self, first: Option<Vec<Stamp>>, told: bool, interval: Duration) -> Result<(), Ended> {
        // Where the drive was long in answering, that was told as an error: reading takes it back. So is read what nobody has
        // read yet.
        let mut late = first.is_none();
        let mut known = match first {
            Some(stamps) => stamps,
            None => self.hand.first_stamps_late(&self.stopped, &self.tell, told)?,
        };
        // Whether a failure to read files that never rest has been told.
        let mut told = false;
        loop {
            self.pause(interval)?;
            let (changed, hung) = self.stamps()?;
            late |= hung;
            if changed == known && !late {
                continue;
            }
            late = false;
            let (settled, rests) = self.settle(changed)?;
            known = settled;
            let result = self.hand.read(&self.stopped, &self.tell)?;
            let quiet = told && !rests && result.is_err();
            told = !rests && (told || result.is_err());
            if !quiet && !(self.tell)(result) {
                return Err(Ended);
            }
        }
    }

    /// The stamps, and whether they were long in coming.
    fn stamps(&mut self) -> Result<(Vec<Stamp>, bool), Ended> {
        self.hand.stamps(&self.stopped, &self.tell)
    }

    /// The stamps once writing has ended, and whether it has: some files never rest.
    fn settle(&mut self, mut before: Vec<Stamp>) -> Result<(Vec<Stamp>, bool), Ended> {
        let begun = Instant::now();
        loop {
            self.pause(SETTLE_TIME)?;
            let (after, _) = self.stamps()?;
            let rests = after == before;
            if rests || begun.elapsed() >= RESTLESS_TIME {
                return Ok((after, rests));
            }
            before = after;
        }
    }

    fn pause(&self, time: Duration) -> Result<(), Ended> {
        pause(&self.stopped, time)
    }
}

fn pause(stopped: &Receiver<()>, time: Duration) -> Result<(), Ended> {
    if stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout) { Ok(()) } else { Err(Ended) }
}

#[cfg(all(test, unix))]
mod tests;
