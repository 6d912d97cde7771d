//! Station 1, capture: the sources of frames. One file per kind of source; file formats are handled only in this
//! folder.

pub mod aspect;
pub mod avi;
pub mod avif;
#[cfg(feature = "camera")]
pub mod camera;
pub mod clip;
pub mod clip_camera;
pub mod colour;
pub mod endings;
pub mod exif;
pub mod feed;
pub mod ffmpeg;
pub mod folder;
pub mod hdr;
#[cfg(feature = "heic")]
pub mod heic;
pub mod heif;
pub mod jpeg;
pub mod jpeg_stream;
pub mod kind;
pub mod latest;
pub mod left_out;
pub mod mannequin;
pub mod motion_jpeg;
#[cfg(feature = "mp4")]
pub mod mp4;
pub mod open;
pub mod picture;
pub mod picture_check;
pub mod png_file;
pub mod ppm;
#[cfg(test)]
pub(crate) mod scripted;
pub mod showing;
#[cfg(feature = "mp4")]
pub mod sps;
pub mod still;
pub mod webp;
pub mod whole;
pub mod y4m;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use carmine::face::Sequence;
use thiserror::Error;

use crate::limited_read::Unanswered;

pub use open::open;
pub use picture::Picture;

/// Frames a second that a clip can mean.
pub const FRAME_RATES: std::ops::RangeInclusive<f64> = 0.01..=1000.0;

/// Most bytes that one decoded picture may take.
pub const MAX_DECODED_BYTES: u64 = 256 << 20;

/// How pictures of other kinds become such as are read.
const MEND: &str = "save it as PNG or JPEG";
/// The same for kinds of JPEG.
const JPEG_MEND: &str = "save it as a baseline or progressive JPEG of 8 bits, or as PNG";

/// Longest complaint: a log wants a line.
const MAX_WHY_CHARS: usize = 400;

/// A source's properties, known before its first frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceInfo {
    /// Width of the upright picture in pixels.
    pub width: u32,
    /// Height of the upright picture in pixels.
    pub height: u32,
    /// Frames a second; `None` for a still picture.
    pub fps: Option<f64>,
    /// Frames in all, where the source knows.
    pub frames: Option<usize>,
}

impl SourceInfo {
    /// Whether this is one picture rather than a clip.
    pub fn is_still(&self) -> bool {
        self.fps.is_none()
    }

    /// How its pictures belong together.
    pub fn sequence(&self) -> Sequence {
        if self.is_still() { Sequence::Stills } else { Sequence::Stream }
    }

    /// When frame `index` is due, counted from the first.
    pub fn time_of(&self, index: usize) -> Duration {
        let seconds = self.fps.map_or(0.0, |fps| index as f64 / fps);
        Duration::try_from_secs_f64(seconds).unwrap_or_default()
    }
}

/// Pictures one after another, each written into a buffer that the caller reuses.
pub trait FrameSource: Send {
    /// Size, rate and length.
    fn info(&self) -> SourceInfo;

    /// Writes the next picture into `into` and returns true, or returns false after the last. A source without a
    /// single picture fails with [`SourceError::Empty`] instead.
    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError>;

    /// Passes over one picture, more cheaply than decoding it where that can be.
    fn skip_frame(&mut self, scratch: &mut Picture) -> Result<bool, SourceError> {
        self.next_frame(scratch)
    }

    /// Goes back to before the first picture.
    fn rewind(&mut self) -> Result<(), SourceError>;

    /// Whether there is always a next picture.
    fn is_endless(&self) -> bool {
        false
    }

    /// Somebody watches its pictures as they come, and a stage that waits for them must stay in time: a program that makes
    /// them is given less of it.
    fn play_live(&mut self) {}

    /// Something the user should know although the source can be used (a clip that is cut off). Some know it only when
    /// the last picture has been read.
    fn warning(&self) -> Option<String> {
        None
    }
}

/// A source that cannot be used: what, why and how to mend it, on one line.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The file could not be opened or read.
    #[error("cannot read {path}: {}", mend(error))]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Nothing in the file, or a clip without a frame.
    #[error("{path} is empty, it holds no pictures: pass a PNG or JPEG photo, a clip, or a folder of frames")]
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// Neither a picture nor a clip.
    #[error(
        "{path} is not a picture or clip that carmine can read: pass PNG, JPEG, HEIC, WebP, AVIF, AVI, Y4M, MP4, MKV, WebM or GIF"
    )]
    Unknown {
        /// Which file.
        path: PathBuf,
    },
    /// A kind of picture or file that is known but not read.
    #[error("{path} is {kind}, which carmine does not read: {mend}")]
    Unsupported {
        /// Which file.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
        /// What to do about it.
        mend: &'static str,
    },
    /// A clip without a video.
    #[error("{path} holds sound but no picture: pass a clip with a video in it")]
    NoPicture {
        /// Which file.
        path: PathBuf,
    },
    /// Larger than the limits.
    #[error("{path} is too large ({width}×{height} px): at most 8192×8192 px and 256 MiB decoded; scale it down")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Width it claims, in pixels.
        width: u64,
        /// Height it claims, in pixels.
        height: u64,
    },
    /// Within the limits in pixels, but not in bytes.
    #[error(
        "{path} takes {mib} MiB decoded, at most 256 MiB are read: save it with 8 bits a channel, or scale it down"
    )]
    TooHeavy {
        /// Which file.
        path: PathBuf,
        /// What its pixels take.
        mib: u64,
    },
    /// The right format, but broken.
    #[error("{path} is damaged: {why}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is broken, and how to mend it.
        why: String,
    },
    /// A folder's frames differ in size.
    #[error(
        "{path} is {}×{} px but the folder's first frame is {}×{}; a folder is one clip, so give photos of other sizes one by one",
        size[0], size[1], first[0], first[1]
    )]
    OtherSize {
        /// Which file.
        path: PathBuf,
        /// Its width and height in pixels.
        size: [u32; 2],
        /// Those of the first.
        first: [u32; 2],
    },
    /// Its drive does not answer.
    #[error("cannot read {path}: {0}", path = .0.path.display())]
    Unanswered(#[from] Unanswered),
    /// A folder without frames.
    #[error("{path} holds no PNG or JPEG frames: put the clip's frames in it, or pass a file")]
    NoFrames {
        /// Which folder.
        path: PathBuf,
    },
    /// A name that begins like a mannequin's, but is none.
    #[error(
        "there is no '{name}', {why}: name a tone from 1 to 10 and, if you like, daylight, store or evening, as in mannequin:5:evening"
    )]
    Mannequin {
        /// What was asked for.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// ffmpeg is needed and missing.
    #[error(
        "{path} needs ffmpeg, which is not installed: install it (apt install ffmpeg) or pass motion-JPEG AVI or Y4M"
    )]
    NoFfmpeg {
        /// Which file.
        path: PathBuf,
    },
    /// ffmpeg could not read it.
    #[error("ffmpeg cannot read {path}: {why}")]
    Ffmpeg {
        /// Which file.
        path: PathBuf,
        /// Its last line.
        why: String,
    },
}

/// What the system said, and what to do about it.
fn mend(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist; check the name".to_owned(),
        ErrorKind::PermissionDenied => "no permission; let this user read it".to_owned(),
        ErrorKind::InvalidInput | ErrorKind::TimedOut => error.to_string(),
        ErrorKind::UnexpectedEof => "it ends too early; copy or export it again".to_owned(),
        _ => format!("{error}; check its drive, or pass a copy"),
    }
}

impl SourceError {
    /// A broken file, with its reason.
    pub fn damaged(path: &std::path::Path, why: impl Into<String>) -> Self {
        // Some of it may come from the file, which may hold anything.
        let why = why.into().chars().filter(|c| !c.is_control()).take(MAX_WHY_CHARS).collect();
        Self::Damaged { path: path.into(), why }
    }

    /// Whether what was read before it can still be used: the file is cut off or broken from here on.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Read { .. } | Self::Damaged { .. } | Self::Ffmpeg { .. } | Self::Unanswered(_))
    }

    /// Refuses sizes beyond the limits; the product is checked before anything is allocated.
    pub fn check_size(path: &std::path::Path, width: u64, height: u64) -> Result<(u32, u32), Self> {
        let max = u64::from(carmine::Frame::MAX_SIDE_PX);
        if width == 0 || height == 0 {
            return Err(Self::damaged(path, "it has no pixels (a side is 0); export it again"));
        }
        let bytes = width.checked_mul(height).and_then(|n| n.checked_mul(4));
        if width > max || height > max || bytes.is_none_or(|n| n > MAX_DECODED_BYTES) {
            return Err(Self::TooLarge { path: path.into(), width, height });
        }
        Ok((width as u32, height as u32))
    }
}
