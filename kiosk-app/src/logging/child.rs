//! The standard error of a child, line by line into this process' log.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::line::Line;
use super::sink;

/// Longest line; what comes after it, up to its end, is left out.
const MAX_LINE_BYTES: u64 = 8 << 10;
/// How long what was written last may take to be read after the child has ended.
const LAST_LINES: Duration = Duration::from_millis(500);

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
        let (ended, done) = channel();
        std::thread::Builder::new().name("log".into()).spawn(move || {
            read(BufReader::new(pipe), |line| sink().write(&Line::of_child(line)));
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
    fn lines_are_bounded_and_the_next_one_is_whole() {
        let text = format!("one\n{}\nthree\n\nlast", "x".repeat(1 << 20));
        let mut lines = Vec::new();
        read(text.as_bytes(), |line| lines.push(line.trim_end().to_owned()));
        assert_eq!(lines.len(), 5);
        assert_eq!((&*lines[0], lines[1].len(), &*lines[2], &*lines[4]), ("one", 8 << 10, "three", "last"));
    }
}
