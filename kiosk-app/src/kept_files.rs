//! Small files of the state folder, written on a thread of their own: a disk that is full, read-only or does not answer
//! holds nothing up.
//!
//! In: a path and what the whole file should hold. Out: the file, sooner or later.
//! 1. The newest content of each file wins. What is on the disk already is not written again.
//! 2. What cannot be written is tried again after growing pauses; one line when that begins, one when all is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::backoff::{Backoff, Pauses};
use crate::error::AppError;
use crate::limited_read::{self, Patience, within};
use crate::{output, state_folder};

/// Pauses between tries: a full disk may have room again.
const PAUSES: Pauses =
    Pauses { first: Duration::from_secs(5), most: Duration::from_secs(300), held: Duration::from_secs(60) };
/// How long the last content may take when the process ends.
const LAST: Duration = Duration::from_secs(1);

/// The files of one process. Clones write on the same thread.
#[derive(Clone, Debug, Default)]
pub struct KeptFiles(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Made with the first file.
    jobs: OnceLock<Option<Sender<Job>>>,
}

enum Job {
    Put(PathBuf, Arc<[u8]>),
    /// Dropped once everything before it was tried.
    Flush(Sender<()>),
}

impl KeptFiles {
    /// The file at `path` should hold this. Returns at once.
    pub fn put(&self, path: &Path, bytes: Vec<u8>) {
        let start = || {
            let (sender, jobs) = channel();
            let thread = std::thread::Builder::new().name("kept files".into());
            let started = thread.spawn(move || Work::default().run(&jobs));
            if let Err(error) = &started {
                output::tell(&format!("carmine: nothing is kept in the state folder: no thread for it ({error})"));
            }
            started.is_ok().then_some(sender)
        };
        if let Some(jobs) = self.0.jobs.get_or_init(start) {
            // The thread lives as long as this.
            let _ = jobs.send(Job::Put(path.into(), bytes.into()));
        }
    }

    /// Waits until everything so far was written, or has failed; false if that takes long.
    pub fn flush(&self) -> bool {
        self.0.flush()
    }
}

impl Inner {
    fn flush(&self) -> bool {
        let (sender, tried) = channel::<()>();
        match self.jobs.get() {
            Some(Some(jobs)) if jobs.send(Job::Flush(sender)).is_ok() => {
                tried.recv_timeout(LAST) == Err(RecvTimeoutError::Disconnected)
            }
            _ => true,
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.flush();
    }
}

/// What is to be written.
#[derive(Default)]
struct Work {
    pending: BTreeMap<PathBuf, Pending>,
    is_told: bool,
}

struct Pending {
    bytes: Arc<[u8]>,
    tries: Backoff,
}

impl Work {
    fn run(&mut self, jobs: &Receiver<Job>) {
        loop {
            let due = self.pending.values().filter_map(|pending| pending.tries.due()).min();
            let job = match due {
                Some(due) => jobs.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut flushed = Vec::new();
            match job {
                Ok(job) => std::iter::once(job).chain(jobs.try_iter()).for_each(|job| match job {
                    Job::Put(path, bytes) => self.put(path, bytes),
                    Job::Flush(done) => flushed.push(done),
                }),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.write(Instant::now());
        }
    }

    fn put(&mut self, path: PathBuf, bytes: Arc<[u8]>) {
        let pending = Pending { bytes: Arc::clone(&bytes), tries: Backoff::new(PAUSES) };
        // The pauses of a file that fails go on growing.
        self.pending.entry(path).or_insert(pending).bytes = bytes;
    }

    fn write(&mut self, now: Instant) {
        self.pending.retain(|path, pending| {
            if !pending.tries.is_due(now) {
                return true;
            }
            let Err(error) = keep(path, &pending.bytes) else { return false };
            pending.tries.fail(Instant::now());
            if !std::mem::replace(&mut self.is_told, true) {
                output::tell(&format!("carmine: {error}; it is kept in memory, and written when that works again"));
            }
            true
        });
        if self.pending.is_empty() && std::mem::take(&mut self.is_told) {
            output::tell("carmine: everything is written to the state folder again");
        }
    }
}

/// Writes a file whole, unless it holds that already. Under a time limit: its drive may not answer.
fn keep(path: &Path, bytes: &Arc<[u8]>) -> Result<(), AppError> {
    let (to, bytes) = (path.to_owned(), Arc::clone(bytes));
    let work = move || {
        if let Some(folder) = to.parent() {
            state_folder::make(folder)?;
            // What a killed process left half-written.
            output::clean_folder(folder);
        }
        let old = limited_read::bytes(&to, bytes.len() as u64 + 1, Patience::default());
        if old.is_ok_and(|old| *old == *bytes) { Ok(()) } else { output::write_whole(&to, &bytes) }
    };
    let late = |late: limited_read::Unanswered| AppError::Output { path: path.into(), why: late.to_string() };
    within(path, Patience::default(), work).unwrap_or_else(|error| Err(late(error)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::limited_read::tests::Folder;

    #[test]
    fn the_newest_content_is_kept_and_nothing_is_written_twice() {
        let folder = Folder::new("kept");
        let (files, path) = (KeptFiles::default(), folder.0.join("state/inner/file"));
        for number in 0..100_u32 {
            files.put(&path, number.to_string().into());
        }
        files.flush();
        assert_eq!(std::fs::read(&path).unwrap(), b"99");
        let written = std::fs::metadata(&path).unwrap().modified().unwrap();
        files.put(&path, b"99".to_vec());
        files.flush();
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), written);
        files.put(&path, b"100".to_vec());
        drop(files);
        assert_eq!(std::fs::read(&path).unwrap(), b"100", "the last content is written at the end");
    }

    #[test]
    fn what_cannot_be_written_is_tried_again_and_holds_nothing_else_up() {
        let folder = Folder::new("unkept");
        // A file in a folder's place.
        std::fs::write(folder.0.join("state"), "").unwrap();
        let (path, other) = (folder.0.join("state/file"), folder.0.join("other"));
        let mut work = Work::default();
        work.put(path.clone(), b"1".to_vec().into());
        work.put(other.clone(), b"2".to_vec().into());
        let now = Instant::now();
        work.write(now);
        assert_eq!((work.pending.len(), work.is_told), (1, true));
        assert_eq!(std::fs::read(&other).unwrap(), b"2");
        std::fs::remove_file(folder.0.join("state")).unwrap();
        work.put(path.clone(), b"3".to_vec().into());
        work.write(now);
        assert!(!path.exists(), "not before its pause is over");
        work.write(now + PAUSES.first * 2);
        assert_eq!((work.pending.len(), work.is_told), (0, false));
        assert_eq!(std::fs::read(&path).unwrap(), b"3", "the newest content");
    }
}
