//! Every other container, through an installed ffmpeg as a child process that writes Y4M into a pipe.
//!
//! Each picture of the file comes once, so frame numbers are the file's own. The pipe has one rate, the container's, so
//! a clip of variable rate plays unevenly; `ffmpeg -i IN -fps_mode cfr OUT.mp4` makes it even.

mod complaint;

use std::ffi::{OsStr, OsString};
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use self::complaint::Complaint;
use super::y4m::Y4mReader;
use super::{FrameSource, Picture, SourceError, SourceInfo};
use crate::child::{ChildError, PatientPipe, Program};
use crate::service::Service;

/// How long ffmpeg may take to end once it has closed its pipe.
const ENDING: Duration = Duration::from_secs(2);
/// How long its last line may take to come after that.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// How long the header may take, and each picture.
const SILENCE: Silence = Silence { header: Duration::from_secs(10), picture: Duration::from_secs(10) };
/// The same where somebody watches: less than a stage may take, and less than a camera may be silent.
const LIVE_SILENCE: Silence = Silence { header: Duration::from_secs(3), picture: Duration::from_millis(1500) };

/// How long ffmpeg may be silent.
#[derive(Clone, Copy)]
struct Silence {
    /// Until the first line has come.
    header: Duration,
    /// For each picture.
    picture: Duration,
}
/// More than any version's words.
const MOST_VERSION_BYTES: u64 = 1 << 14;

/// A clip that ffmpeg decodes. The child is ended and reaped when this is dropped.
pub struct Ffmpeg {
    path: PathBuf,
    child: FfmpegProcess,
    reader: Y4mReader<BufReader<PatientPipe>>,
    /// What ffmpeg complained about, known once it has ended.
    complaint: Option<String>,
    silence: Silence,
}

/// The process, and what it says on standard error.
struct FfmpegProcess {
    child: Program,
    complaint: Option<Complaint>,
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
        let line = self.complaint.take().map_or_else(String::new, |complaint| complaint.last_line(LAST_WORDS));
        match status {
            _ if !line.is_empty() => Some(line),
            Some(status) if status.success() => None,
            Some(status) => Some(format!("it ended with {status}")),
            None => Some("it did not end".to_owned()),
        }
    }
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
        Self::open_within(path, SILENCE)
    }

    fn open_within(path: &Path, silence: Silence) -> Result<Self, SourceError> {
        // The option's name changed with ffmpeg 5.1; older and newer ones are both in use.
        match Self::start(path, false, silence) {
            Err(SourceError::Ffmpeg { why, .. }) if why.contains("fps_mode") => Self::start(path, true, silence),
            other => other,
        }
    }

    fn start(path: &Path, old: bool, silence: Silence) -> Result<Self, SourceError> {
        let service = Service::Ffmpeg { path: path.into(), old };
        let mut program = Program::start(&service, &command(path.as_os_str(), old)).map_err(|error| match error {
            ChildError::Missing(_) => SourceError::NoFfmpeg { path: path.into() },
            error => SourceError::Ffmpeg { path: path.into(), why: format!("it did not start: {error}") },
        })?;
        program.end_with_session();
        drop(program.stdin.take());
        let (stdout, stderr) = (program.stdout.take(), program.stderr.take());
        let mut child = FfmpegProcess { child: program, complaint: stderr.map(Complaint::listen) };
        let failed = |why: Option<String>| SourceError::Ffmpeg {
            path: path.into(),
            why: why.unwrap_or_else(|| "it holds no video; pass a clip with a picture".into()),
        };
        let Some(stdout) = stdout else {
            return Err(failed(None));
        };
        let pipe = PatientPipe::new(stdout, silence.header);
        match Y4mReader::new(path, BufReader::with_capacity(1 << 20, pipe)) {
            Ok(Some(reader)) => Ok(Self { path: path.into(), child, reader, complaint: None, silence }),
            Ok(None) => Err(failed(child.last_words())),
            Err(error) => Err(silent(error, silence.header)),
        }
    }
}

/// Says so where ffmpeg sent nothing for too long.
fn silent(error: SourceError, silence: Duration) -> SourceError {
    match error {
        SourceError::Read { path, error } if error.kind() == ErrorKind::TimedOut => {
            let why = format!("it sent nothing for {} s and was ended; check the clip's drive", silence.as_secs_f32());
            SourceError::Ffmpeg { path, why }
        }
        other => other,
    }
}

impl FrameSource for Ffmpeg {
    fn info(&self) -> SourceInfo {
        self.reader.info()
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        self.reader.bytes_mut().get_mut().allow(self.silence.picture);
        let more = self.reader.next_frame(into).map_err(|error| silent(error, self.silence.picture));
        if let Err(error @ SourceError::Ffmpeg { .. }) = more {
            self.child.child.kill();
            return Err(error);
        }
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
        *self = Self::open_within(&self.path, self.silence)?;
        Ok(())
    }

    fn play_live(&mut self) {
        self.silence = LIVE_SILENCE;
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
    version_of(&mut Command::new("ffmpeg"), deadline)
}

fn version_of(program: &mut Command, deadline: Duration) -> Option<String> {
    let mut child =
        program.arg("-version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let _ = stdout.take(MOST_VERSION_BYTES).read_to_end(&mut said);
            // Nobody listens any more after the deadline.
            let _ = sender.send(said);
        });
    }
    let said = receiver.recv_timeout(deadline);
    // Both fail only where it has ended already.
    let _ = child.kill();
    let _ = child.wait();
    let said = said.ok()?;
    Some(String::from_utf8_lossy(&said).lines().next()?.split(" Copyright").next()?.to_owned())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use crate::child::tests::{ProgramFolder, is_gone};

    #[test]
    fn a_program_that_keeps_its_version_to_itself_is_ended() {
        let folder = ProgramFolder::new("ffmpeg-version");
        let version = |script: &str, deadline: Duration| {
            let command = folder.program("ffmpeg", script);
            version_of(Command::new(&command[0]).arg(&command[1]), deadline)
        };
        let said = version("echo 'ffmpeg version 7 Copyright (c) nobody'; cat", Duration::from_secs(60));
        assert_eq!(said.as_deref(), Some("ffmpeg version 7"));
        let hung = "echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600";
        assert_eq!(version(hung, Duration::from_secs(3)), None);
        assert!(is_gone(&folder.path("pid")), "it runs on");
    }
}
