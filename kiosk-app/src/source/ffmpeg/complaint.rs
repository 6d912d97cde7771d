//! What ffmpeg says on standard error: its last line, of which only the beginning is kept.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::child::Output;

/// Most bytes of a line that are kept.
const MAX_LINE: usize = 2048;

/// The last line so far. The thread that reads is never joined: another process may hold the pipe for ever.
pub(super) struct Complaint {
    line: Arc<Mutex<Vec<u8>>>,
    ended: Receiver<()>,
}

impl Complaint {
    /// Reads on a thread of its own: a damaged file makes more complaints than a pipe holds.
    pub(super) fn listen(stderr: Output) -> Self {
        let line = Arc::<Mutex<Vec<u8>>>::default();
        let (end, ended) = channel();
        let shared = Arc::clone(&line);
        // Without the thread there are no words to tell, and ffmpeg gets a closed pipe.
        let _ = std::thread::Builder::new().name("ffmpeg says".into()).spawn(move || {
            follow(stderr, &shared);
            drop(end);
        });
        Self { line, ended }
    }

    /// The last line, after waiting at most `limit` for the end of the pipe; empty if nothing was said.
    pub(super) fn last_line(&self, limit: Duration) -> String {
        match self.ended.recv_timeout(limit) {
            Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        words(&String::from_utf8_lossy(&self.line.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// Keeps the beginning of the newest line that is not blank.
fn follow(mut stderr: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut chunk = [0; 4096];
    let mut begun = false;
    loop {
        let read = match stderr.read(&mut chunk) {
            Ok(0) => return,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        let mut line = kept.lock().unwrap_or_else(PoisonError::into_inner);
        for byte in &chunk[..read] {
            match byte {
                b'\n' | b'\r' => begun = false,
                _ if !begun && byte.is_ascii_whitespace() => {}
                _ => {
                    if !begun {
                        line.clear();
                        begun = true;
                    }
                    if line.len() < MAX_LINE {
                        line.push(*byte);
                    }
                }
            }
        }
    }
}

/// A line of ffmpeg's without the part and address that it begins with: `[mov @ 0x55d0c0] moov atom not found`.
fn words(line: &str) -> String {
    let line = line.trim();
    let bare = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")).filter(|(part, _)| part.contains(" @ "));
    bare.map_or(line, |(_, words)| words).chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_of_its_words() {
        assert_eq!(words("[mov,mp4 @ 0x55d0c0] moov atom not found "), "moov atom not found");
        assert_eq!(words("[file] is not there"), "[file] is not there");
    }

    #[test]
    fn the_last_line_is_kept_and_no_more_of_it_than_its_beginning() {
        let last = |said: &[u8]| {
            let kept = Mutex::default();
            follow(said, &kept);
            kept.into_inner().unwrap()
        };
        assert_eq!(last(b"one\n two\n\n  \r\n"), b"two");
        assert_eq!(last(b""), b"");
        let endless = [b"first\n".to_vec(), vec![b'x'; 10_000_000]].concat();
        let kept = last(&endless);
        assert!(kept.len() == MAX_LINE && kept.capacity() <= 2 * MAX_LINE && kept.iter().all(|byte| *byte == b'x'));
    }
}
