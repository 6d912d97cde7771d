//! Where lines go: standard error, and files where the process keeps some. Nothing here can stop the app.

use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use super::LogFormat;
use super::kept::KeptLog;
use super::line::Line;
use super::repeats::{Repeats, Verdict};

/// The one place that every line passes.
pub(super) struct Sink {
    format: LogFormat,
    repeats: Repeats<Line>,
    kept: Option<KeptLog>,
}

impl Sink {
    pub(super) fn new(format: LogFormat) -> Self {
        Self { format, repeats: Repeats::new(), kept: None }
    }

    pub(super) fn set_format(&mut self, format: LogFormat) {
        self.format = format;
    }

    /// From here on also into files in this folder.
    pub(super) fn keep_in(&mut self, folder: &Path) {
        match KeptLog::start(folder, self.format) {
            Ok(kept) => self.kept = Some(kept),
            Err(error) => {
                let told = format!("carmine: the log is not kept in {}: no thread for it ({error})", folder.display());
                self.put(&Line::told(&told), Instant::now());
            }
        }
    }

    /// Waits until the files have every line so far, or cannot have it.
    pub(super) fn flush(&self) {
        if let Some(kept) = &self.kept {
            kept.flush();
        }
    }

    /// Writes a line, unless too many of its kind came before.
    pub(super) fn write(&mut self, line: &Line) {
        let now = Instant::now();
        for (line, count) in self.repeats.stopped(now) {
            self.put(&line.and(&format!("({})", repeated(count))), now);
        }
        match self.repeats.note(line.kind(), line, now) {
            Verdict::Write => self.put(line, now),
            Verdict::WriteFor(count) => self.put(&line.and(&format!("({} before)", repeated(count))), now),
            Verdict::LeaveOut => {}
        }
    }

    fn put(&mut self, line: &Line, now: Instant) {
        let time = format!("{:.0}", jiff::Timestamp::now());
        on_stderr(&line.on_stderr(self.format, &time));
        let told = self.kept.as_mut().and_then(|kept| kept.write(line.in_file(self.format, &time), now));
        if let Some(told) = told {
            on_stderr(&Line::told(&told).on_stderr(self.format, &time));
        }
    }
}

fn repeated(count: u64) -> String {
    if count == 1 { "repeated once".to_owned() } else { format!("repeated {count} times") }
}

/// A pipe that has room takes as much as this at once (`PIPE_BUF`).
const PIECE: usize = 4096;
/// How long standard error may take nothing before lines for it are left out, in nanoseconds.
#[cfg(target_os = "linux")]
const PATIENCE_NS: i64 = 50_000_000;

/// A standard error that is closed is nobody's fault, and one that nobody reads stops nobody: what it does not take is left
/// out there.
pub(super) fn on_stderr(line: &str) {
    let line = format!("{line}\n");
    let mut stderr = io::stderr().lock();
    for piece in line.as_bytes().chunks(PIECE) {
        if !takes_more(&stderr) || stderr.write_all(piece).is_err() {
            return;
        }
    }
}

#[cfg(target_os = "linux")]
fn takes_more(stderr: &io::StderrLock<'_>) -> bool {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    static IS_READ: AtomicBool = AtomicBool::new(true);
    let patience = if IS_READ.load(Ordering::Relaxed) { PATIENCE_NS } else { 0 };
    let timeout = Timespec { tv_sec: 0, tv_nsec: patience };
    let ready = poll(&mut [PollFd::new(stderr, PollFlags::OUT)], Some(&timeout)) != Ok(0);
    IS_READ.store(ready, Ordering::Relaxed);
    ready
}

#[cfg(not(target_os = "linux"))]
fn takes_more(_: &io::StderrLock<'_>) -> bool {
    true
}
