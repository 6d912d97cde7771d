//! Every other container, through an installed ffmpeg as a child process that writes Y4M into a pipe.
//!
//! Each picture of the file comes once, so frame numbers are the file's own. The pipe has one rate, the container's, so
//! a clip of variable rate plays unevenly; `ffmpeg -i IN -fps_mode cfr OUT.mp4` makes it even.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::y4m::Y4mReader;
use super::{FrameSource, Picture, SourceError, SourceInfo};
use crate::child::{ChildError, Output, Program};
use crate::service::Service;

/// How long ffmpeg may take to end once it has closed its pipe.
const ENDING: Duration = Duration::from_secs(2);

/// A clip that ffmpeg decodes. The child is ended and reaped when this is dropped.
pub struct Ffmpeg {
    path: PathBuf,
    child: FfmpegProcess,
    reader: Y4mReader<BufReader<Output>>,
    /// What ffmpeg complained about, known once it has ended.
    complaint: Option<String>,
}

/// The process, and the end of its standard error.
struct FfmpegProcess {
    child: Program,
    last_line: Option<JoinHandle<String>>,
}

impl FfmpegProcess {
    /// What ffmpeg last said. Its pipe is at the end, so it is about to end by itself; it is not waited for long.
    fn last_words(&mut self) -> Option<String> {
        let until = Instant::now() + ENDING;
        let mut status = None;
        while status.is_none() && Instant::now() < until {
            status = self.child.try_wait().ok().flatten();
            if status.is_none() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        self.child.kill();
        let line = self.last_line.take()?.join().unwrap_or_default();
        match status {
            _ if !line.is_empty() => Some(line),
            Some(status) if status.success() => None,
            Some(status) => Some(format!("it ended with {status}")),
            None => Some("it did not end".to_owned()),
        }
    }
}

/// A line of ffmpeg's without the part and address that it begins with: `[mov @ 0x55d0c0] moov atom not found`.
fn words(line: &str) -> String {
    let line = line.trim();
    let bare = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")).filter(|(part, _)| part.contains(" @ "));
    bare.map_or(line, |(_, words)| words).chars().take(300).collect()
}

/// Program and arguments that decode a clip to Y4M on standard output; an ffmpeg before 5.1 is `old`.
pub fn command(path: &OsStr, old: bool) -> Vec<OsString> {
    // "file:" keeps a name with a colon from being taken for an address, and the whitelist keeps a playlist inside the
    // file from reaching for the network.
    let mut input = OsString::from("file:");
    input.push(path);
    let before = ["ffmpeg", "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i"];
    // Y4M has no tag for the matrix, so clips that are tagged with another one are converted to what is assumed.
    let after = ["-map", "0:v:0", "-vf", "scale=out_color_matrix=bt601:out_range=tv"];
    let passthrough = [if old { "-vsync" } else { "-fps_mode" }, "passthrough"];
    let out = ["-f", "yuv4mpegpipe", "-pix_fmt", "yuv420p", "pipe:1"];
    let words = |words: &[&'static str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    [words(&before), vec![input], words(&after), words(&passthrough), words(&out)].concat()
}

impl Ffmpeg {
    /// Starts ffmpeg on the file and reads the first header.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        // The option's name changed with ffmpeg 5.1; older and newer ones are both in use.
        match Self::start(path, false) {
            Err(SourceError::Ffmpeg { why, .. }) if why.contains("fps_mode") => Self::start(path, true),
            other => other,
        }
    }

    fn start(path: &Path, old: bool) -> Result<Self, SourceError> {
        let service = Service::Ffmpeg { path: path.into(), old };
        let mut program = Program::start(&service, &command(path.as_os_str(), old)).map_err(|error| match error {
            ChildError::Missing(_) => SourceError::NoFfmpeg { path: path.into() },
            error => SourceError::Ffmpeg { path: path.into(), why: format!("it did not start: {error}") },
        })?;
        program.end_with_session();
        drop(program.stdin.take());
        let (stdout, stderr) = (program.stdout.take(), program.stderr.take());
        // Read on a thread of its own: a damaged file makes more complaints than a pipe holds.
        let last_line = stderr.map(|stderr| {
            std::thread::spawn(move || {
                let lines = BufReader::new(stderr).split(b'\n').map_while(Result::ok);
                lines
                    .filter(|line| !line.is_empty())
                    .last()
                    .map_or_else(String::new, |line| words(&String::from_utf8_lossy(&line)))
            })
        });
        let mut child = FfmpegProcess { child: program, last_line };
        let failed = |why: Option<String>| SourceError::Ffmpeg {
            path: path.into(),
            why: why.unwrap_or_else(|| "it holds no video; pass a clip with a picture".into()),
        };
        let Some(stdout) = stdout else {
            return Err(failed(None));
        };
        match Y4mReader::new(path, BufReader::with_capacity(1 << 20, stdout)) {
            Ok(Some(reader)) => Ok(Self { path: path.into(), child, reader, complaint: None }),
            Ok(None) => Err(failed(child.last_words())),
            Err(error) => Err(error),
        }
    }
}

impl FrameSource for Ffmpeg {
    fn info(&self) -> SourceInfo {
        self.reader.info()
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let more = self.reader.next_frame(into);
        if !matches!(more, Ok(true)) && self.complaint.is_none() {
            self.complaint = self.child.last_words();
        }
        more.map_err(|error| match (error, &self.complaint) {
            (SourceError::Empty { path }, Some(why)) => SourceError::Ffmpeg { path, why: why.clone() },
            (SourceError::Damaged { path, why }, complaint) => {
                SourceError::Ffmpeg { path, why: complaint.clone().unwrap_or(why) }
            }
            (other, _) => other,
        })
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        *self = Self::open(&self.path)?;
        Ok(())
    }

    fn warning(&self) -> Option<String> {
        let (path, frames) = (self.path.display(), self.reader.frames_read());
        self.complaint
            .as_ref()
            .map(|why| format!("{path} is cut off or damaged (ffmpeg: {why}); using the {frames} frames it gave"))
    }
}

/// What the installed ffmpeg calls itself, if there is one that answers in time.
pub fn version(deadline: Duration) -> Option<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let output = Command::new("ffmpeg").arg("-version").stdin(Stdio::null()).output();
        // Nobody listens any more after the deadline.
        let _ = sender.send(output);
    });
    let output = receiver.recv_timeout(deadline).ok()?.ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    Some(text.lines().next()?.split(" Copyright").next()?.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses_are_left_out_of_its_words() {
        assert_eq!(super::words("[mov,mp4 @ 0x55d0c0] moov atom not found "), "moov atom not found");
        assert_eq!(super::words("[file] is not there"), "[file] is not there");
    }
}
