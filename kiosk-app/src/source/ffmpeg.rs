//! Every other container, through an installed ffmpeg as a child process that writes Y4M into a pipe.

use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use super::y4m::Y4mReader;
use super::{FrameSource, Picture, SourceError, SourceInfo};

/// A clip that ffmpeg decodes. The child is ended and reaped when this is dropped.
pub struct Ffmpeg {
    path: PathBuf,
    child: Running,
    reader: Y4mReader<BufReader<ChildStdout>>,
}

/// The child, and its last words.
struct Running {
    child: Child,
    last_line: Option<JoinHandle<String>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both may fail only because it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// What ffmpeg last said, once it has ended by itself or been ended.
    fn last_words(&mut self) -> Option<String> {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let line = self.last_line.take()?.join().ok()?;
        (!line.is_empty()).then_some(line)
    }
}

impl Ffmpeg {
    /// Starts ffmpeg on the file and reads the first header.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        // The option's name changed with ffmpeg 5.1; older and newer ones are both in use.
        match Self::start(path, "-fps_mode") {
            Err(SourceError::Ffmpeg { why, .. }) if why.contains("fps_mode") => Self::start(path, "-vsync"),
            other => other,
        }
    }

    fn start(path: &Path, passthrough: &str) -> Result<Self, SourceError> {
        // "file:" keeps a name with a colon from being taken for an address, and the whitelist keeps a playlist inside
        // the file from reaching for the network.
        let mut input = std::ffi::OsString::from("file:");
        input.push(path);
        let mut child = Command::new("ffmpeg")
            .args(["-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i"])
            .arg(input)
            .args(["-map", "0:v:0", passthrough, "passthrough", "-f", "yuv4mpegpipe", "-pix_fmt", "yuv420p", "pipe:1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => SourceError::NoFfmpeg { path: path.into() },
                _ => SourceError::Ffmpeg { path: path.into(), why: format!("it did not start: {error}") },
            })?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        // Read on a thread of its own: a damaged file makes more complaints than a pipe holds.
        let last_line = stderr.map(|stderr| {
            std::thread::spawn(move || {
                let lines = BufReader::new(stderr).split(b'\n').map_while(Result::ok);
                lines
                    .filter(|line| !line.is_empty())
                    .last()
                    .map_or_else(String::new, |line| String::from_utf8_lossy(&line).trim().chars().take(300).collect())
            })
        });
        let mut child = Running { child, last_line };
        let failed = |why: Option<String>| SourceError::Ffmpeg {
            path: path.into(),
            why: why.unwrap_or_else(|| "it holds no video; pass a clip with a picture".into()),
        };
        let Some(stdout) = stdout else {
            return Err(failed(None));
        };
        match Y4mReader::new(path, BufReader::with_capacity(1 << 20, stdout)) {
            Ok(Some(reader)) => Ok(Self { path: path.into(), child, reader }),
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
        self.reader.next_frame(into).map_err(|error| match error {
            SourceError::Damaged { path, why } => {
                SourceError::Ffmpeg { path, why: self.child.last_words().unwrap_or(why) }
            }
            other => other,
        })
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        *self = Self::open(&self.path)?;
        Ok(())
    }
}

/// What the installed ffmpeg calls itself, if there is one that answers in time.
pub fn version(deadline: std::time::Duration) -> Option<String> {
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
