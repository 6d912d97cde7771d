//! Where lines go: standard error, and files where the process keeps some. Nothing here can stop the app.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::LogFormat;
use super::files::Files;
use super::line::Line;
use super::repeats::{Repeats, Verdict};
use crate::backoff::{Backoff, Pauses};

/// Pauses between tries to write files after one failed: a full disk may have room again.
const PAUSES: Pauses =
    Pauses { first: Duration::from_secs(5), most: Duration::from_secs(300), held: Duration::from_secs(60) };

/// The one place that every line passes.
pub(super) struct Sink {
    format: LogFormat,
    repeats: Repeats<Line>,
    kept: Option<Kept>,
}

/// Files, or the tries to have them.
struct Kept {
    folder: PathBuf,
    files: Option<Files>,
    backoff: Backoff,
    /// Lines that no file has got since it began to fail.
    missed: u64,
    is_told: bool,
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
        let mut kept =
            Kept { folder: folder.into(), files: None, backoff: Backoff::new(PAUSES), missed: 0, is_told: false };
        let told = kept.open(Instant::now());
        self.kept = Some(kept);
        if let Some(told) = told {
            self.put(&Line::told(&told), Instant::now());
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
        let told = self.kept.as_mut().and_then(|kept| kept.write(&line.in_file(self.format, &time), now));
        if let Some(told) = told {
            on_stderr(&Line::told(&told).on_stderr(self.format, &time));
        }
    }
}

fn repeated(count: u64) -> String {
    if count == 1 { "repeated once".to_owned() } else { format!("repeated {count} times") }
}

/// A closed standard error is nobody's fault.
fn on_stderr(line: &str) {
    let _ = io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}

impl Kept {
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

    fn write(&mut self, line: &str, now: Instant) -> Option<String> {
        let mut told = None;
        if self.files.is_none() && self.backoff.is_due(now) {
            told = self.open(now);
        }
        let Some(files) = &mut self.files else {
            self.missed += 1;
            return told;
        };
        match files.write(line) {
            Ok(()) => {
                self.backoff.succeed(now);
                let missed = std::mem::take(&mut self.missed);
                std::mem::take(&mut self.is_told)
                    .then(|| format!("carmine: the log is kept in files again; {missed} lines are missing there"))
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
            "carmine: the log is not kept in {}: {error}; it goes to standard error alone until there is room",
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
        let mut kept =
            Kept { folder: folder.clone(), files: None, backoff: Backoff::new(PAUSES), missed: 0, is_told: false };
        assert!(kept.open(now).is_some_and(|told| told.contains("not kept")));
        for _ in 0..1000 {
            now += Duration::from_millis(100);
            assert_eq!(kept.write("line", now), None, "one line when it begins");
        }
        std::fs::remove_file(&folder).unwrap();
        now += PAUSES.most;
        let told = kept.write("back", now);
        assert!(told.is_some_and(|told| told.contains("again") && told.contains("1000 lines")));
        assert_eq!(kept.write("more", now), None);
        assert_eq!(super::super::files::newest(&folder, 100), "back\nmore\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
