//! Every other container, through an installed ffmpeg as a child process that writes frames into a pipe.
//!
//! 1. It is asked for [planes](Form::Planes), which costs least, and says of the first frame what it is. If planes
//!    would lose something of it, it is asked again for another [form].
//! 2. Each picture of the file comes once, so frame numbers are the file's own, at the time that it says (`said`) of it.

pub mod form;
mod frames;
mod pipe_end;
mod said;
mod version;

use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use self::form::Form;
use self::frames::Frames;
use self::said::{FrameWords, Said};
pub use self::version::version;
use super::ppm::PpmReader;
use super::y4m::Y4mReader;
use super::{FrameSource, Picture, SourceError, SourceInfo};
use crate::child::{ChildError, PatientPipe, Program};
use crate::service::Service;

/// How long ffmpeg may take to end once it has closed its pipe.
const ENDING: Duration = Duration::from_secs(2);
/// How long its last line may take to come after that.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// How long a first picture may take to come after the header, and its words to be heard by the thread that listens, on a
/// busy machine.
const FRAME_WORDS: Duration = Duration::from_secs(1);
/// How long the header may take, and each picture.
const SILENCE: Silence = Silence { header: Duration::from_secs(10), picture: Duration::from_secs(10) };
/// The same where somebody watches: less than a stage may take, and less than a camera may be silent.
const LIVE_SILENCE: Silence = Silence { header: Duration::from_secs(3), picture: Duration::from_millis(1200) };

/// How long ffmpeg may be silent.
#[derive(Clone, Copy)]
struct Silence {
    /// Until the first line has come.
    header: Duration,
    /// For each picture.
    picture: Duration,
}

/// A clip that ffmpeg decodes. The child is ended and reaped when this is dropped.
pub struct Ffmpeg {
    path: PathBuf,
    child: FfmpegProcess,
    frames: Frames,
    info: SourceInfo,
    /// What the first frame is, if that was said.
    first: Option<FrameWords>,
    /// The last frame's time.
    time: Option<Duration>,
    /// Nothing was said of a frame's time: an ffmpeg that does not know how.
    is_timeless: bool,
    /// What ffmpeg complained about, known once it has ended.
    complaint: Option<String>,
    ask: Ask,
}

/// What ffmpeg is asked for.
#[derive(Clone, Copy)]
struct Ask {
    form: Form,
    /// It is a picture, wanted as it is stored.
    is_still: bool,
    silence: Silence,
}

/// The process, and what it says on standard error.
struct FfmpegProcess {
    child: Program,
    said: Option<Said>,
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
        let line = self.said.take().map_or_else(String::new, |said| said.last_complaint(LAST_WORDS));
        match status {
            _ if !line.is_empty() => Some(line),
            Some(status) if status.success() => None,
            Some(status) => Some(format!("it ended with {status}")),
            None => Some("it did not end".to_owned()),
        }
    }
}

impl Ffmpeg {
    /// Starts ffmpeg on the file and reads the first header.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        Self::open_as(path, Ask { form: Form::Planes, is_still: false, silence: SILENCE }, false)
    }

    /// The same for a picture's file: the picture comes as it is stored, not turned, and if it has a profile of its own
    /// without conversion of its colours.
    pub fn open_still(path: &Path, has_profile: bool) -> Result<Self, SourceError> {
        Self::open_as(path, Ask { form: Form::Planes, is_still: true, silence: SILENCE }, has_profile)
    }

    fn open_as(path: &Path, ask: Ask, has_profile: bool) -> Result<Self, SourceError> {
        let mut planes = Self::start_any(path, ask, None)?;
        planes.first = planes.first_words();
        planes.is_timeless = planes.first.is_none();
        if let Some(first) = planes.first.as_mut().filter(|_| has_profile) {
            (first.primaries, first.transfer) = (String::new(), String::new());
        }
        let form = planes.first.as_ref().map_or(Form::Planes, Form::of);
        if form == Form::Planes {
            planes.frames.set_coding(planes.first.as_ref());
            return Ok(planes);
        }
        let first = planes.first.take();
        let info = planes.info;
        // One ffmpeg at a time.
        drop(planes);
        let clip = Self::start_any(path, Ask { form, ..ask }, first)?;
        Ok(Self { info, ..clip })
    }

    /// What is said of the first picture. Once that comes, all that will be said of it is written.
    fn first_words(&mut self) -> Option<FrameWords> {
        self.frames.pipe().allow(FRAME_WORDS);
        // Where none comes, that is told when it is to be read.
        let limit = if self.frames.is_coming() { FRAME_WORDS } else { Duration::ZERO };
        self.child.said.as_ref()?.first_frame(limit)
    }

    /// The option's name changed with ffmpeg 5.1; older and newer ones are both in use.
    fn start_any(path: &Path, ask: Ask, first: Option<FrameWords>) -> Result<Self, SourceError> {
        match Self::start(path, false, ask, first.clone()) {
            Err(SourceError::Ffmpeg { why, .. }) if why.contains("fps_mode") || why.contains("checksum") => {
                Self::start(path, true, ask, first)
            }
            other => other,
        }
    }

    fn start(path: &Path, old: bool, ask: Ask, first: Option<FrameWords>) -> Result<Self, SourceError> {
        let Ask { form, is_still, silence } = ask;
        let service = Service::Ffmpeg { path: path.into(), old, form, is_still };
        let command = form::command(path.as_os_str(), old, form, is_still);
        let mut program = Program::start(&service, &command).map_err(|error| match error {
            ChildError::Missing(_) => SourceError::NoFfmpeg { path: path.into() },
            error => SourceError::Ffmpeg { path: path.into(), why: format!("it did not start: {error}") },
        })?;
        program.end_with_session();
        drop(program.stdin.take());
        let (stdout, stderr) = (program.stdout.take(), program.stderr.take());
        let mut child = FfmpegProcess { child: program, said: stderr.map(Said::listen) };
        let failed = |why: Option<String>| match why {
            Some(why) if why.contains("matches no streams") => SourceError::NoPicture { path: path.into() },
            why => SourceError::Ffmpeg {
                path: path.into(),
                why: why.unwrap_or_else(|| "it holds no video; pass a clip with a picture".into()),
            },
        };
        let Some(stdout) = stdout else {
            return Err(failed(None));
        };
        let pipe = BufReader::with_capacity(1 << 20, PatientPipe::new(stdout, silence.header));
        let clip = |child, frames, info| Self {
            path: path.into(),
            child,
            frames,
            info,
            first: first.clone(),
            time: None,
            is_timeless: false,
            complaint: None,
            ask,
        };
        if form != Form::Planes {
            let meaning = first.as_ref().map(form::meaning).unwrap_or_default();
            let info = SourceInfo { width: 0, height: 0, fps: Some(30.0), frames: None };
            return Ok(clip(child, Frames::Rgb(PpmReader::new(path, pipe, meaning)), info));
        }
        match Y4mReader::new(path, pipe) {
            Ok(Some(reader)) => {
                let info = reader.info();
                Ok(clip(child, Frames::Planes(reader), info))
            }
            Ok(None) => Err(failed(child.last_words())),
            Err(error) => Err(silent(error, silence.header)),
        }
    }

    /// The time of the frame that was just read: its own, else as far behind the last one as the clip's rate says.
    fn time_of_this(&mut self) -> Duration {
        let said = self.child.said.as_ref().filter(|_| !self.is_timeless);
        let said = said.and_then(|said| said.next_time(FRAME_WORDS));
        self.is_timeless |= said.is_none();
        let next = self.time.map_or(Duration::ZERO, |time| time + self.info.time_of(1));
        let time = said.unwrap_or(next).max(self.time.unwrap_or_default());
        self.time = Some(time);
        time
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
        self.info
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let limit = self.ask.silence.picture;
        self.frames.pipe().allow(limit);
        let more = self.frames.next(into).map_err(|error| silent(error, limit));
        if let Err(error @ SourceError::Ffmpeg { .. }) = more {
            self.child.child.kill();
            return Err(error);
        }
        if matches!(more, Ok(true)) {
            into.time = self.time_of_this();
        } else if self.complaint.is_none() {
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
        let (first, info) = (self.first.clone(), self.info);
        let is_timeless = self.is_timeless;
        let mut again = Self::start_any(&self.path, self.ask, first)?;
        again.frames.set_coding(again.first.as_ref());
        *self = Self { info, is_timeless, ..again };
        Ok(())
    }

    fn play_live(&mut self) {
        self.ask.silence = LIVE_SILENCE;
    }

    fn warning(&self) -> Option<String> {
        let (path, frames) = (self.path.display(), self.frames.count());
        self.complaint
            .as_ref()
            .map(|why| format!("{path} is cut off or damaged (ffmpeg: {why}); using the {frames} frames it gave"))
    }
}
