//! Clips whose every frame is a JPEG: pictures in the order of the file, from places that a container's reader has
//! found.
//!
//! An empty frame shows the one before it again. A frame that does not decode, or has another size than the others, is
//! left out and told.

use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::jpeg::{self, JpegDecodeError};
use super::left_out::LeftOut;
use super::{FrameSource, JPEG_MEND, Picture, SourceError, SourceInfo};
use crate::limited_read::open_regular;

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Most frames that a clip may have: nine hours at 30 a second.
pub const MAX_FRAMES: usize = 1 << 20;
/// Largest frame accepted.
pub const MAX_FRAME_BYTES: u32 = 64 << 20;

/// Where a frame's bytes lie in the file.
#[derive(Clone, Copy, Debug)]
pub struct FrameBytes {
    /// From the file's beginning.
    pub offset: u64,
    /// 0 repeats the frame before.
    pub length: u32,
}

/// An open clip.
pub struct MotionJpeg {
    path: PathBuf,
    bytes: Box<dyn ReadSeek>,
    frames: Vec<FrameBytes>,
    info: SourceInfo,
    next: usize,
    encoded: Vec<u8>,
    left_out: LeftOut,
    /// The last frame that failed: those that repeat it are not tried again.
    failed: Option<u64>,
    /// What the container's reader has to say.
    warning: Option<String>,
}

/// A clip's file, to be read from any place.
pub fn open_bytes(path: &Path) -> Result<Box<dyn ReadSeek>, SourceError> {
    let file = open_regular(path).map_err(|error| SourceError::Read { path: path.into(), error })?;
    Ok(Box::new(BufReader::new(file)))
}

impl MotionJpeg {
    /// Frames that lie at these places and come so many times a second. The first that can be decoded tells their size:
    /// a header may say anything.
    pub fn new(
        path: &Path,
        bytes: Box<dyn ReadSeek>,
        mut frames: Vec<FrameBytes>,
        fps: f64,
        warning: Option<String>,
    ) -> Result<Self, SourceError> {
        show_again(&mut frames);
        let info = SourceInfo { width: 0, height: 0, fps: Some(fps), frames: Some(frames.len()) };
        let (next, encoded, left_out) = (0, Vec::new(), LeftOut::default());
        let mut clip = Self { path: path.into(), bytes, frames, info, next, encoded, left_out, failed: None, warning };
        let mut picture = Picture::default();
        let count = clip.frames.len();
        LeftOut::first(count, |number| clip.decode(number, &mut picture)).map_err(|error| {
            let none = "the clip has no whole picture in it; export it again";
            error.unwrap_or_else(|| SourceError::damaged(path, none))
        })?;
        (clip.info.width, clip.info.height) = (picture.width, picture.height);
        Ok(clip)
    }

    fn decode(&mut self, number: usize, into: &mut Picture) -> Result<(), SourceError> {
        let damaged = |why: String| SourceError::damaged(&self.path, format!("frame {}: {why}", number + 1));
        let Some(&FrameBytes { offset, length }) = self.frames.get(number).filter(|frame| frame.length > 0) else {
            return Err(damaged("it is empty".into()));
        };
        let read = |error| SourceError::Read { path: self.path.clone(), error };
        self.bytes.seek(SeekFrom::Start(offset)).map_err(read)?;
        self.encoded.resize(length as usize, 0);
        self.bytes.read_exact(&mut self.encoded).map_err(read)?;
        let path = || self.path.clone();
        jpeg::decode(&self.encoded, into).map_err(|why| match why {
            JpegDecodeError::Kind(kind) => SourceError::Unsupported { path: path(), kind, mend: JPEG_MEND },
            JpegDecodeError::TooLarge { width, height } => SourceError::TooLarge { path: path(), width, height },
            JpegDecodeError::Damaged(why) => SourceError::damaged(&self.path, format!("frame {}: {why}", number + 1)),
        })?;
        let (width, height) = (self.info.width, self.info.height);
        if width != 0 && (into.width, into.height) != (width, height) {
            let size = format!("{}×{}", into.width, into.height);
            let why = format!("it is {size} px in a clip of {width}×{height}; export it again");
            return Err(SourceError::damaged(&self.path, format!("frame {}: {why}", number + 1)));
        }
        into.time = self.info.time_of(number);
        Ok(())
    }
}

/// Gives every empty frame the place of the one before it, and those at the beginning that of the first one behind.
fn show_again(frames: &mut [FrameBytes]) {
    let Some(mut shown) = frames.iter().find(|frame| frame.length > 0).copied() else { return };
    for frame in frames {
        if frame.length > 0 {
            shown = *frame;
        }
        *frame = shown;
    }
}

impl FrameSource for MotionJpeg {
    fn info(&self) -> SourceInfo {
        self.info
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        // Both are lent to what decodes a frame as a whole.
        let (mut left_out, mut next) = (std::mem::take(&mut self.left_out), self.next);
        let decoded = left_out.next(&mut next, self.frames.len(), |number| {
            let place = Some(self.frames[number].offset);
            if self.failed == place {
                let why = format!("frame {}: it repeats one that is left out", number + 1);
                return Err(SourceError::damaged(&self.path, why));
            }
            self.decode(number, into).inspect_err(|error| {
                if LeftOut::takes(error) {
                    self.failed = place;
                }
            })
        });
        (self.left_out, self.next) = (left_out, next);
        decoded.map(|number| number.is_some())
    }

    fn skip_frame(&mut self, _scratch: &mut Picture) -> Result<bool, SourceError> {
        let more = self.next < self.frames.len();
        self.next += usize::from(more);
        Ok(more)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.next = 0;
        Ok(())
    }

    fn warning(&self) -> Option<String> {
        let parts = [self.warning.clone(), self.left_out.warning(&self.path)];
        parts.into_iter().flatten().reduce(|all, next| format!("{all}; {next}"))
    }
}
