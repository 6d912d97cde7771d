//! The pictures that come from ffmpeg, in whichever [form](super::form).

use std::io::{BufRead, BufReader};

use super::form;
use super::said::FrameWords;
use crate::child::PatientPipe;
use crate::source::ppm::PpmReader;
use crate::source::y4m::Y4mReader;
use crate::source::{Picture, SourceError};

/// From ffmpeg.
pub type Pipe = BufReader<PatientPipe>;

/// The pipe, by what comes through it.
pub enum Frames {
    /// Y4M.
    Planes(Y4mReader<Pipe>),
    /// PPM or PAM.
    Rgb(PpmReader<Pipe>),
}

impl Frames {
    /// What the bytes come through.
    pub fn pipe(&mut self) -> &mut PatientPipe {
        match self {
            Self::Planes(reader) => reader.bytes_mut().get_mut(),
            Self::Rgb(reader) => reader.bytes_mut().get_mut(),
        }
    }

    /// Waits for the beginning of the next picture; false at the end, and where it does not come in time.
    pub fn is_coming(&mut self) -> bool {
        let begun = match self {
            Self::Planes(reader) => reader.bytes_mut().fill_buf(),
            Self::Rgb(reader) => reader.bytes_mut().fill_buf(),
        };
        begun.is_ok_and(|begun| !begun.is_empty())
    }

    /// Reads the next picture into `into`; false at the end.
    pub fn next(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        match self {
            Self::Planes(reader) => reader.next_frame(into),
            Self::Rgb(reader) => reader.next_frame(into),
        }
    }

    /// Planes mean what was said of the first frame.
    pub fn set_coding(&mut self, first: Option<&FrameWords>) {
        if let (Self::Planes(reader), Some(coding)) = (self, first.and_then(form::coding)) {
            reader.set_coding(coding);
        }
    }

    /// How many pictures have been read.
    pub fn count(&self) -> usize {
        match self {
            Self::Planes(reader) => reader.frames_read(),
            Self::Rgb(reader) => reader.frames_read(),
        }
    }
}
