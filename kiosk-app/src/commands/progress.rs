//! Progress of long work, on standard error, once it has lasted a second.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Says nothing about short work.
pub struct Progress {
    what: &'static str,
    total: Option<usize>,
    started: Instant,
    told: Instant,
    shown: bool,
    terminal: bool,
}

impl Progress {
    /// Begins; `total` where it is known.
    pub fn new(what: &'static str, total: Option<usize>) -> Self {
        let now = Instant::now();
        Self { what, total, started: now, told: now, shown: false, terminal: std::io::stderr().is_terminal() }
    }

    /// `done` frames are done.
    pub fn step(&mut self, done: usize) {
        // A log gets a line now and then, a terminal one line that is written over.
        let pause = if self.terminal || !self.shown { Duration::from_secs(1) } else { Duration::from_secs(10) };
        if self.told.elapsed() < pause {
            return;
        }
        self.told = Instant::now();
        self.shown = true;
        let rate = done as f64 / self.started.elapsed().as_secs_f64();
        let of = self.total.map_or_else(String::new, |total| format!(" of {total}"));
        let (start, end) = if self.terminal { ("\r", "") } else { ("", "\n") };
        let mut stderr = std::io::stderr().lock();
        // Progress that cannot be shown is no reason to stop the work.
        let _ = write!(stderr, "{start}{}: frame {done}{of}, {rate:.1} a second{end}", self.what);
        let _ = stderr.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown && self.terminal {
            crate::output::tell("");
        }
    }
}
