//! What ffmpeg says on standard error while it decodes: of each frame its time, of the first one what its numbers mean,
//! and its last complaint.
//!
//! In: lines with their level, from `-loglevel level+info` and the filter `showinfo`. Out: those three. A line about a
//! frame is written before the frame itself: once a frame has come and all that was written is heard, nothing more will
//! be said of it. Of no line more than its beginning is kept, and of frames' times no more than could wait in a pipe.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::pipe_end::{OtherEnd, wait_for_input};
use crate::child::Output;

/// Most bytes of a line that are kept.
const MAX_LINE: usize = 2048;
/// Most times that are kept.
const MAX_TIMES: usize = 1 << 14;
/// How often it is looked whether all that was written is heard.
const LOOK: Duration = Duration::from_millis(5);

/// A frame's numbers, in ffmpeg's words; empty where nothing was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameWords {
    /// Such as `yuv420p10le`.
    pub layout: String,
    /// `tv`, `pc`, `unknown`.
    pub range: String,
    /// `bt709`, `smpte170m`, `bt2020nc`, `unknown`, …
    pub matrix: String,
    /// `bt709`, `bt2020`, `smpte432`, `unknown`, …
    pub primaries: String,
    /// `bt709`, `smpte2084`, `arib-std-b67`, `unknown`, …
    pub transfer: String,
}

/// What was said so far. The thread that reads is never joined: another process may hold the pipe for ever.
pub struct Said {
    shared: Arc<Shared>,
    /// The pipe once more, to look whether something waits in it.
    pipe: Option<OtherEnd>,
}

#[derive(Default)]
struct Shared {
    heard: Mutex<Heard>,
    more: Condvar,
}

#[derive(Default)]
struct Heard {
    /// The last complaint.
    complaint: String,
    /// Lines have levels, so that one without is only the rest of the line before.
    has_levels: bool,
    frame: FrameWords,
    is_described: bool,
    /// Seconds to a unit of times.
    time_base: Option<f64>,
    times: VecDeque<Duration>,
    /// The first frame's time, which is the clip's beginning.
    begin: Option<f64>,
    /// What was taken out of the pipe is being heard.
    is_listening: bool,
    has_ended: bool,
}

impl Said {
    /// Listens on a thread of its own: a damaged file makes more complaints than a pipe holds.
    pub fn listen(stderr: Output) -> Self {
        let shared = Arc::new(Shared::default());
        let heard = Arc::clone(&shared);
        let pipe = OtherEnd::of(&stderr);
        // Without the thread there are no words to tell, and ffmpeg gets a closed pipe.
        let started = std::thread::Builder::new().name("ffmpeg says".into()).spawn(move || {
            follow(Listener { pipe: stderr, shared: &heard }, &heard);
            lock(&heard).has_ended = true;
            heard.more.notify_all();
        });
        if started.is_err() {
            lock(&shared).has_ended = true;
        }
        Self { shared, pipe }
    }

    /// What the first frame is, which has come; `None` if nothing was said of it, or it is not heard within `limit`.
    pub fn first_frame(&self, limit: Duration) -> Option<FrameWords> {
        let heard = self.wait_for_words(limit, |heard| heard.is_described);
        heard.is_described.then(|| heard.frame.clone())
    }

    /// When the next frame, which has come, is shown, counted from the first; `None` as above.
    pub fn next_time(&self, limit: Duration) -> Option<Duration> {
        self.wait_for_words(limit, |heard| !heard.times.is_empty()).times.pop_front()
    }

    /// The last complaint, after waiting at most `limit` for the end of the pipe; empty if there was none.
    pub fn last_complaint(&self, limit: Duration) -> String {
        words(&self.wait(limit, |_| false).complaint)
    }

    /// Waits until something is so, or all that was written so far is heard.
    fn wait_for_words(&self, limit: Duration, is_so: impl Fn(&Heard) -> bool) -> MutexGuard<'_, Heard> {
        let until = Instant::now() + limit;
        let mut heard = lock(&self.shared);
        while !is_so(&heard) && !heard.has_ended && Instant::now() < until {
            drop(heard);
            // In this order: what is not in the pipe any more is being heard, or has been.
            let is_empty = self.pipe.as_ref().is_some_and(OtherEnd::is_empty);
            heard = lock(&self.shared);
            if is_so(&heard) || (is_empty && !heard.is_listening) {
                break;
            }
            heard = self.shared.more.wait_timeout(heard, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        heard
    }

    /// Waits until something is so, or nothing more can come.
    fn wait(&self, limit: Duration, is_so: impl Fn(&Heard) -> bool) -> MutexGuard<'_, Heard> {
        let until = Instant::now() + limit;
        let mut heard = lock(&self.shared);
        while !is_so(&heard) && !heard.has_ended {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            heard = self.shared.more.wait_timeout(heard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        heard
    }
}

/// The pipe as it is read, which says whether all that was taken out of it is heard.
struct Listener<'a> {
    pipe: Output,
    shared: &'a Shared,
}

impl Read for Listener<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        lock(self.shared).is_listening = false;
        self.shared.more.notify_all();
        wait_for_input(&self.pipe)?;
        lock(self.shared).is_listening = true;
        self.pipe.read(bytes)
    }
}

fn lock(shared: &Shared) -> MutexGuard<'_, Heard> {
    shared.heard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads line by line, of each only the beginning.
fn follow(mut stderr: impl Read, shared: &Shared) {
    let (mut chunk, mut line) = ([0; 4096], Vec::new());
    loop {
        let read = match stderr.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        for byte in &chunk[..read] {
            match byte {
                b'\n' | b'\r' => {
                    take(&line, shared);
                    line.clear();
                }
                _ if line.len() < MAX_LINE => line.push(*byte),
                _ => {}
            }
        }
    }
    take(&line, shared);
}

fn take(line: &[u8], shared: &Shared) {
    let line = String::from_utf8_lossy(line);
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    let mut heard = lock(shared);
    if let Some((part, words)) = line.split_once("[info] ") {
        if part.contains("showinfo") {
            heard.frame(words);
        }
    } else if ["[error]", "[fatal]", "[panic]"].iter().any(|level| line.contains(level)) {
        (heard.complaint, heard.has_levels) = (line.to_owned(), true);
    } else if ["[info]", "[warning]"].iter().any(|level| line.contains(level)) {
        heard.has_levels = true;
    } else if !heard.has_levels {
        heard.complaint = line.to_owned();
    }
    drop(heard);
    shared.more.notify_all();
}

impl Heard {
    /// A line of `showinfo`: the filter's time base, a frame, or what follows a frame's line about its colours.
    fn frame(&mut self, words: &str) {
        if let Some(config) = words.strip_prefix("config in ") {
            self.time_base = value(config, "time_base:").and_then(ratio);
        } else if words.starts_with("n:") {
            let ticks = value(words, " pts:").and_then(|ticks| ticks.parse::<f64>().ok());
            let seconds = ticks.zip(self.time_base).map(|(ticks, base)| ticks * base);
            if let Some(seconds) = seconds.filter(|_| self.times.len() < MAX_TIMES) {
                let begin = *self.begin.get_or_insert(seconds);
                self.times.push_back(Duration::try_from_secs_f64(seconds - begin).unwrap_or_default());
            }
            if !self.is_described {
                self.frame.layout = value(words, " fmt:").unwrap_or_default().to_owned();
            }
        } else if words.starts_with("color_range:") && !self.is_described {
            let word = |name| value(words, name).unwrap_or_default().to_owned();
            self.frame.range = word("color_range:");
            self.frame.matrix = word("color_space:");
            self.frame.primaries = word("color_primaries:");
            self.frame.transfer = word("color_trc:");
            self.is_described = true;
        }
    }
}

/// The word behind a name, with or without spaces between: `pts:  512`.
fn value<'a>(words: &'a str, name: &str) -> Option<&'a str> {
    let (_, behind) = words.split_once(name)?;
    behind.split([' ', ',']).find(|word| !word.is_empty())
}

fn ratio(words: &str) -> Option<f64> {
    let (over, under) = words.split_once('/')?;
    let (over, under) = (over.parse::<u32>().ok()?, under.parse::<u32>().ok()?);
    (over > 0 && under > 0).then(|| f64::from(over) / f64::from(under))
}

/// A line of ffmpeg's without the part, address and level that it begins with:
/// `[mov @ 0x55d0c0] [error] moov atom not found`.
fn words(line: &str) -> String {
    let mut line = line.trim();
    while let Some((tag, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        if !tag.contains(" @ ") && !matches!(tag, "error" | "fatal" | "panic") {
            break;
        }
        line = rest;
    }
    line.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(said: &[u8]) -> Said {
        let shared = Arc::new(Shared::default());
        follow(said, &shared);
        lock(&shared).has_ended = true;
        Said { shared, pipe: None }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn words_that_were_written_are_heard_and_others_are_not_waited_for() {
        use std::io::Write;
        let (limit, soon) = (Duration::from_secs(60), Duration::from_secs(20));
        for says in [
            &b"[info] Input\n[Parsed_showinfo_0 @ 0x5] [info] n:   0 pts:   0 pts_time:0 fmt:yuv420p sar:1/1\n"[..],
            b"",
        ] {
            let (ours, mut theirs) = std::io::pipe().unwrap();
            let said = Said::listen(Box::new(ours));
            theirs.write_all(says).unwrap();
            let begun = Instant::now();
            assert_eq!(said.first_frame(limit), None, "the pipe stays open, and nothing is said of colours");
            assert!(begun.elapsed() < soon);
        }
        for _ in 0..200 {
            let (ours, mut theirs) = std::io::pipe().unwrap();
            let said = Said::listen(Box::new(ours));
            let noise = "[x264 @ 0x1] [info] and more\n".repeat(300);
            theirs.write_all(noise.as_bytes()).unwrap();
            theirs.write_all(b"[Parsed_showinfo_0 @ 0x5] [info] color_range:tv color_space:bt709 \n").unwrap();
            assert_eq!(said.first_frame(limit).unwrap().matrix, "bt709");
        }
    }

    #[test]
    fn times_come_from_the_frames_own_lines_in_the_filters_units() {
        let said = heard(
            b"[info] Input #0, mov, from 'file:a [info] pts:9.mp4':\n\
              [Parsed_showinfo_0 @ 0x5] [info] config in time_base: 1/15360, frame_rate: 30/1\n\
              [Parsed_showinfo_0 @ 0x5] [info] n:   0 pts:   1024 pts_time:0.0666667 pos:48 fmt:yuv420p10le sar:1/1 s:640x360\n\
              [Parsed_showinfo_0 @ 0x5] [info] color_range:tv color_space:bt2020nc color_primaries:bt2020 color_trc:smpte2084\n\
              [Parsed_showinfo_0 @ 0x5] [info] n:   1 pts:   2048 pts_time:0.133333 fmt:yuv420p sar:1/1\n\
              [Parsed_showinfo_0 @ 0x5] [info] color_range:pc color_space:bt709 color_primaries:bt709 color_trc:bt709\n\
              [Parsed_showinfo_0 @ 0x5] [info] n:   2 pts:  31744 pts_time:2.06667 fmt:yuv420p sar:1/1\n",
        );
        let limit = Duration::ZERO;
        let times: Vec<_> = std::iter::from_fn(|| said.next_time(limit)).map(|time| time.as_micros()).collect();
        assert_eq!(times, [0, 66_666, 2_000_000]);
        let frame = said.first_frame(limit).unwrap();
        let words = [frame.layout, frame.range, frame.matrix, frame.primaries, frame.transfer];
        assert_eq!(words, ["yuv420p10le", "tv", "bt2020nc", "bt2020", "smpte2084"]);
        assert_eq!(said.last_complaint(limit), "");
    }

    #[test]
    fn the_last_complaint_is_told_without_addresses_and_levels() {
        let last = |said: &[u8]| heard(said).last_complaint(Duration::ZERO);
        assert_eq!(last(b"[mov,mp4 @ 0x55d0c0] [error] moov atom not found \n[info] Input\n"), "moov atom not found");
        assert_eq!(
            last(b"[error] file:a.mp4: Invalid data\n[mjpeg @ 0x5] [warning] EOI missing\n"),
            "file:a.mp4: Invalid data"
        );
        let mapped =
            b"[info] Input\n[fatal] Stream map '0:V:0' matches no streams.\nTo ignore this, add a '?'.\n[info] \n";
        assert_eq!(last(mapped), "Stream map '0:V:0' matches no streams.");
        assert_eq!(last(b"one\n two\n\n  \r\n"), "two", "an older ffmpeg's, without a level");
        assert_eq!(last(b"[file] is not there"), "[file] is not there");
        assert_eq!(last(b""), "");
        assert_eq!(heard(b"").first_frame(Duration::ZERO), None);
    }

    #[test]
    fn no_more_is_kept_of_a_line_than_its_beginning() {
        let endless = [b"first\n".to_vec(), vec![b'x'; 10_000_000]].concat();
        let last = heard(&endless).last_complaint(Duration::ZERO);
        assert!(last.len() == 300 && last.bytes().all(|byte| byte == b'x'));
    }
}
