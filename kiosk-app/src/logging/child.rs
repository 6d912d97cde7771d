//! The standard error of a child, line by line into this process' log.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::line::Line;
use super::sink;

/// Longest line; what comes after it, up to its end, is left out.
const MAX_LINE_BYTES: u64 = 8 << 10;
/// How long what was written last may take to be read after the child has ended.
const LAST_LINES: Duration = Duration::from_millis(500);

/// How a complaint begins; see [`tell`](crate::output::tell).
const COMPLAINT: &str = "carmine: ";
/// Complaints that are remembered; a child that has more of them is told each time.
const MOST_COMPLAINTS: usize = 32;

/// What children that follow each other complained of: where each fails for the same reason, the reason is told once.
#[derive(Clone, Default)]
pub struct Complaints(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// The newest child's number.
    child: u64,
    /// Each with the child that told it.
    complaints: Vec<(String, u64)>,
}

impl Complaints {
    /// A child works: what is told from now on is told again.
    pub fn forget(&self) {
        self.known().complaints.clear();
    }

    /// Another child; its number.
    fn next_child(&self) -> u64 {
        let mut known = self.known();
        known.child += 1;
        known.child
    }

    /// Whether this child's line is told: unless a child before it told the same.
    fn is_told(&self, line: &str, child: u64) -> bool {
        let mut known = self.known();
        match known.complaints.iter().find(|(complaint, _)| complaint == line) {
            Some((_, teller)) => *teller == child,
            None => {
                if line.starts_with(COMPLAINT) && known.complaints.len() < MOST_COMPLAINTS {
                    known.complaints.push((line.to_owned(), child));
                }
                true
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads until the pipe is closed.
pub struct ChildLog {
    done: Receiver<()>,
}

impl ChildLog {
    /// Begins to read, on a thread of its own: a child never waits for its log.
    ///
    /// # Errors
    ///
    /// Those of starting a thread.
    pub fn follow(pipe: impl Read + Send + 'static) -> std::io::Result<Self> {
        Self::follow_after(Complaints::default(), pipe)
    }

    /// The same for a child that may complain of what those before it complained of.
    ///
    /// # Errors
    ///
    /// Those of starting a thread.
    pub fn follow_after(told: Complaints, pipe: impl Read + Send + 'static) -> std::io::Result<Self> {
        let (ended, done) = channel();
        let child = told.next_child();
        std::thread::Builder::new().name("log".into()).spawn(move || {
            read(BufReader::new(pipe), |line| {
                if told.is_told(line, child) {
                    sink().write(&Line::of_child(line));
                }
            });
            // Nobody may be waiting.
            let _ = ended.send(());
        })?;
        Ok(Self { done })
    }

    /// Waits a moment for the last lines of a child that has ended.
    pub fn finish(self) {
        let _ = self.done.recv_timeout(LAST_LINES);
    }
}

fn read(mut pipe: impl BufRead, mut each: impl FnMut(&str)) {
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut pipe).take(MAX_LINE_BYTES).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => each(&String::from_utf8_lossy(&line)),
        }
        while line.last() != Some(&b'\n') {
            line.clear();
            match (&mut pipe).take(MAX_LINE_BYTES).read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_child_after_another_complains_of_is_told_once_until_one_works() {
        let complaints = Complaints::default();
        let told = |line: &str, child| complaints.is_told(line, child);
        let (first, second) = (complaints.next_child(), complaints.next_child());
        assert!(told("carmine: no device\n", first) && told("carmine: no device\n", first), "one child twice");
        assert!(!told("carmine: no device\n", second) && told("carmine: no camera\n", second));
        assert!(told("INFO started\n", first) && told("INFO started\n", second), "that is no complaint");
        complaints.forget();
        assert!(told("carmine: no device\n", second));
        for other in 0..2 * MOST_COMPLAINTS {
            assert!(told(&format!("carmine: {other}\n"), second));
        }
        assert_eq!(complaints.known().complaints.len(), MOST_COMPLAINTS);
    }

    #[test]
    fn lines_are_bounded_and_the_next_one_is_whole() {
        let text = format!("one\n{}\nthree\n\nlast", "x".repeat(1 << 20));
        let mut lines = Vec::new();
        read(text.as_bytes(), |line| lines.push(line.trim_end().to_owned()));
        assert_eq!(lines.len(), 5);
        assert_eq!((&*lines[0], lines[1].len(), &*lines[2], &*lines[4]), ("one", 8 << 10, "three", "last"));
    }
}
