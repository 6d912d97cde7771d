//! Log files, written on a thread of their own: a disk that does not answer holds nobody up.
//!
//! In: lines. Out: files, or a line that says why not. Lines wait while the disk is slow; beyond a number they are counted
//! as missing.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::LogFormat;
use super::files::Files;
use super::line::Line;
use super::sink::on_stderr;
use crate::backoff::{Backoff, Pauses};

/// Pauses between tries to write files after one failed: a full disk may have room again.
const PAUSES: Pauses =
    Pauses { first: Duration::from_secs(5), most: Duration::from_secs(300), held: Duration::from_secs(60) };
/// Most lines that wait for the disk.
const MOST_WAITING: usize = 2000;
/// A write that takes longer is told.
const SILENCE: Duration = Duration::from_secs(3);
/// How long the last lines may take when the process ends.
const LAST: Duration = Duration::from_secs(1);

/// The lines' way to the files.
pub(super) struct KeptLog {
    folder: PathBuf,
    entries: SyncSender<Entry>,
    shared: Arc<Shared>,
}

enum Entry {
    Line(String),
    /// Dropped once everything before it was tried.
    Flush(Sender<()>),
}

#[derive(Default)]
struct Shared {
    /// Since when the thread has been writing.
    writing: Mutex<Option<Instant>>,
    /// It was told that the disk does not answer.
    is_hung: AtomicBool,
    /// Lines for which there was no room to wait.
    missed: AtomicU64,
}

impl KeptLog {
    /// Into files in this folder. `format` is for what is to be said about them, here and on standard error.
    pub(super) fn start(folder: &Path, format: LogFormat) -> io::Result<Self> {
        let (entries, waiting) = sync_channel(MOST_WAITING);
        let shared = Arc::<Shared>::default();
        let (mut kept, seen) = (Kept::new(folder, format), Arc::clone(&shared));
        let thread = std::thread::Builder::new().name("log".into());
        thread.spawn(move || kept.run(&waiting, &seen))?;
        Ok(Self { folder: folder.into(), entries, shared })
    }

    /// Writes a line sooner or later. Returns what there is to say about it.
    pub(super) fn write(&self, line: String, now: Instant) -> Option<String> {
        if self.entries.try_send(Entry::Line(line)).is_err() {
            self.shared.missed.fetch_add(1, Ordering::Relaxed);
        }
        let writing = *self.shared.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_hung = writing.is_some_and(|since| now.saturating_duration_since(since) >= SILENCE);
        (is_hung && !self.shared.is_hung.swap(true, Ordering::Relaxed)).then(|| {
            let folder = self.folder.display();
            format!("carmine: the log is not kept in {folder}: its drive does not answer; lines wait for it")
        })
    }

    /// Waits until every line so far was written, or has failed.
    pub(super) fn flush(&self) {
        let (sender, tried) = channel::<()>();
        if self.entries.try_send(Entry::Flush(sender)).is_ok() {
            let _ = tried.recv_timeout(LAST);
        }
    }
}

/// Files, or the tries to have them.
struct Kept {
    folder: PathBuf,
    format: LogFormat,
    files: Option<Files>,
    backoff: Backoff,
    /// Lines that no file has got since it began to fail.
    missed: u64,
    is_told: bool,
}

impl Kept {
    fn new(folder: &Path, format: LogFormat) -> Self {
        Self { folder: folder.into(), format, files: None, backoff: Backoff::new(PAUSES), missed: 0, is_told: false }
    }

    fn run(&mut self, entries: &Receiver<Entry>, shared: &Shared) {
        let format = self.format;
        let tell = |told: &str| {
            let time = format!("{:.0}", jiff::Timestamp::now());
            on_stderr(&Line::told(told).on_stderr(format, &time));
        };
        let writing = |since| *shared.writing.lock().unwrap_or_else(PoisonError::into_inner) = since;
        for entry in entries {
            let line = match entry {
                Entry::Line(line) => line,
                Entry::Flush(done) => {
                    drop(done);
                    continue;
                }
            };
            writing(Some(Instant::now()));
            self.missed += shared.missed.swap(0, Ordering::Relaxed);
            let missed = self.missed;
            let told = self.write(&line, Instant::now());
            writing(None);
            if let Some(told) = told {
                tell(&told);
            } else if shared.is_hung.load(Ordering::Relaxed) && !self.is_told {
                tell(&format!("carmine: the log's drive answers again; lines that are missing there: {missed}"));
            }
            shared.is_hung.store(false, Ordering::Relaxed);
        }
    }

    /// Opens the files. Returns what there is to say about it.
    fn open(&mut self, now: Instant) -> Option<String> {
        match Files::open(&self.folder) {
            Ok(files) => {
                self.files = Some(files);
                None
            }
            Err(error) => self.failed(&error, now),
        }
    }

    /// Writes a line. Returns what there is to say about it.
    fn write(&mut self, line: &str, now: Instant) -> Option<String> {
        let mut told = None;
        if self.files.is_none() && self.backoff.is_due(now) {
            told = self.open(now);
        }
        let Some(files) = &mut self.files else {
            self.missed += 1;
            return told;
        };
        // Whoever reads the files alone is to know that they are not whole.
        let gap = (self.missed > 0).then(|| {
            let told = format!("carmine: {} lines are missing about here", self.missed);
            Line::told(&told).in_file(self.format, &format!("{:.0}", jiff::Timestamp::now()))
        });
        match gap.map_or(Ok(()), |gap| files.write(&gap)).and_then(|()| files.write(line)) {
            Ok(()) => {
                self.backoff.succeed(now);
                let missed = std::mem::take(&mut self.missed);
                std::mem::take(&mut self.is_told)
                    .then(|| format!("carmine: the log is kept in files again; lines that are missing there: {missed}"))
            }
            Err(error) => {
                self.missed += 1;
                self.failed(&error, now)
            }
        }
    }

    /// One line when it begins to fail.
    fn failed(&mut self, error: &io::Error, now: Instant) -> Option<String> {
        self.files = None;
        let _ = self.backoff.fail(now);
        let told = format!(
            "carmine: the log is not kept in {}: {error}; it goes to standard error alone until files can be written there",
            self.folder.display()
        );
        (!std::mem::replace(&mut self.is_told, true)).then_some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_written_are_told_once_and_tried_again() {
        let folder = std::env::temp_dir().join(format!("carmine-log-sink-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        // A file in the folder's place.
        std::fs::write(&folder, "").unwrap();
        let mut now = Instant::now();
        let mut kept = Kept::new(&folder, LogFormat::Plain);
        assert!(kept.open(now).is_some_and(|told| told.contains("not kept")));
        for _ in 0..1000 {
            now += Duration::from_millis(100);
            assert_eq!(kept.write("line", now), None, "one line when it begins");
        }
        std::fs::remove_file(&folder).unwrap();
        now += PAUSES.most;
        let told = kept.write("back", now);
        assert!(told.is_some_and(|told| told.contains("again") && told.ends_with(": 1000")));
        assert_eq!(kept.write("more", now), None);
        let text = super::super::files::newest(&folder, 1000);
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].ends_with("1000 lines are missing about here"), "{text}");
        assert_eq!(lines[1..], ["back", "more"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
