//! Motion-JPEG clips in AVI: a short walk over the RIFF chunks, then one JPEG a frame.
//!
//! In: a file. Out: pictures in the order of the file.
//! 1. The walk goes through the lists (Microsoft's AVI RIFF file reference): rate and codec from `avih`, `strh` and
//!    `strf`, and where each chunk of the first video stream lies. The file's own index is not needed.
//! 2. Each chunk is a frame for [`MotionJpeg`]; an empty one shows the frame before it again.
//!
//! No length in the file is trusted: each is checked against the file's size before it is used.

use std::io::{Cursor, ErrorKind, SeekFrom};
use std::path::Path;

use super::motion_jpeg::{FrameBytes, MAX_FRAME_BYTES, MAX_FRAMES, MotionJpeg, ReadSeek, open_bytes};
use super::{FRAME_RATES, SourceError};

/// Most chunks that are looked at, of any kind: four to each frame.
const MAX_CHUNKS: usize = 4 * MAX_FRAMES;
/// Frames a second of a clip that does not say, or says what none has.
const FPS: f64 = 30.0;

/// `rate / scale` frames a second, as AVI writes it.
#[derive(Clone, Copy, Debug)]
struct Rate {
    scale: u32,
    rate: u32,
}

/// What the walk over the chunks found.
#[derive(Debug, Default)]
struct Index {
    /// Where each frame's bytes lie; an empty one repeats the frame before it.
    frames: Vec<FrameBytes>,
    /// From the video stream's header, else from the file's.
    rate: Option<Rate>,
    compression: Option<[u8; 4]>,
    video_stream: Option<u8>,
    streams: u8,
    chunks: usize,
    cut_off: bool,
}

/// What is in an AVI that holds no motion JPEG.
#[derive(Debug)]
pub enum AviError {
    /// It cannot be used.
    Source(SourceError),
    /// It is a sound AVI with another codec: a job for ffmpeg.
    OtherCodec,
}

/// Opens a clip file.
pub fn open(path: &Path) -> Result<MotionJpeg, AviError> {
    read(path, open_bytes(path).map_err(AviError::Source)?)
}

/// Reads a clip from memory; `name` is for messages.
pub fn from_bytes(name: &str, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<MotionJpeg, AviError> {
    read(Path::new(name), Box::new(Cursor::new(bytes)))
}

fn read(path: &Path, mut bytes: Box<dyn ReadSeek>) -> Result<MotionJpeg, AviError> {
    let mut index = Index::default();
    index.walk_file(&mut bytes).map_err(|error| AviError::Source(SourceError::Read { path: path.into(), error }))?;
    if index.video_stream.is_none() && index.streams > 0 && !index.cut_off {
        return Err(AviError::Source(SourceError::NoPicture { path: path.into() }));
    }
    if let Some(codec) = index.compression
        && !codec.eq_ignore_ascii_case(b"MJPG")
    {
        return Err(AviError::OtherCodec);
    }
    if index.frames.iter().all(|frame| frame.length == 0) {
        let why = "the clip has no whole picture in it; copy or export it again";
        return Err(AviError::Source(SourceError::damaged(path, why)));
    }
    let fps = match index.rate {
        Some(Rate { scale, rate }) if scale > 0 && rate > 0 => f64::from(rate) / f64::from(scale),
        _ => FPS,
    };
    let fps = if FRAME_RATES.contains(&fps) { fps } else { FPS };
    let count = index.frames.len();
    let cut_off =
        index.cut_off.then(|| format!("{} is cut off; using the {count} whole frames it has", path.display()));
    MotionJpeg::new(path, bytes, index.frames, fps, cut_off).map_err(AviError::Source)
}

impl Index {
    fn walk_file(&mut self, bytes: &mut dyn ReadSeek) -> std::io::Result<()> {
        let end = bytes.seek(SeekFrom::End(0))?;
        let mut at = 0;
        // A long clip has further RIFF lists ("AVIX") after the first.
        while let Some(ChunkHead { id, length }) = chunk_head(bytes, at, end)? {
            let claimed = at + 8 + u64::from(length);
            self.cut_off |= claimed > end;
            self.chunks += 1;
            if self.chunks > MAX_CHUNKS {
                break;
            }
            if &id == b"RIFF" {
                self.walk(bytes, at + 12, claimed.min(end), 0)?;
            }
            at = padded(claimed);
        }
        Ok(())
    }

    fn walk(&mut self, bytes: &mut dyn ReadSeek, mut at: u64, end: u64, depth: u8) -> std::io::Result<()> {
        while let Some(ChunkHead { id, length }) = chunk_head(bytes, at, end)? {
            let (body, claimed) = (at + 8, at + 8 + u64::from(length));
            self.chunks += 1;
            if self.chunks > MAX_CHUNKS {
                self.cut_off = true;
                return Ok(());
            }
            match &id {
                b"LIST" if depth < 4 => self.walk(bytes, body + 4, claimed.min(end), depth + 1)?,
                b"avih" => self.file_header(&body_of::<8>(bytes, body, length)?),
                b"strh" => self.stream_header(&body_of::<28>(bytes, body, length)?),
                b"strf" => self.stream_format(&body_of::<20>(bytes, body, length)?),
                [tens, ones, b'd', b'b' | b'c'] if Some(number(*tens, *ones)) == self.video_stream.map(Some) => {
                    if claimed > end || length > MAX_FRAME_BYTES || self.frames.len() >= MAX_FRAMES {
                        self.cut_off = true;
                        return Ok(());
                    }
                    self.frames.push(FrameBytes { offset: body, length });
                }
                _ => {}
            }
            at = padded(claimed);
        }
        Ok(())
    }

    fn file_header(&mut self, head: &[u8; 8]) {
        let micros = u32_at(head, 0);
        if self.rate.is_none() && micros > 0 {
            self.rate = Some(Rate { scale: micros, rate: 1_000_000 });
        }
    }

    fn stream_header(&mut self, head: &[u8; 28]) {
        let stream = self.streams;
        self.streams = self.streams.saturating_add(1);
        if self.video_stream.is_none() && head.starts_with(b"vids") {
            self.video_stream = Some(stream);
            let (scale, rate) = (u32_at(head, 20), u32_at(head, 24));
            if scale > 0 && rate > 0 {
                self.rate = Some(Rate { scale, rate });
            }
        }
    }

    fn stream_format(&mut self, head: &[u8; 20]) {
        let is_video = self.video_stream.is_some() && self.video_stream == self.streams.checked_sub(1);
        if is_video && self.compression.is_none() {
            self.compression = Some([head[16], head[17], head[18], head[19]]);
        }
    }
}

fn padded(at: u64) -> u64 {
    at + (at & 1)
}

/// The stream that a chunk's two leading digits name.
fn number(tens: u8, ones: u8) -> Option<u8> {
    let digit = |c: u8| c.is_ascii_digit().then(|| c - b'0');
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// What a chunk begins with.
struct ChunkHead {
    id: [u8; 4],
    /// Of its body, in bytes.
    length: u32,
}

/// The chunk head at `at`, or `None` where no whole one is left before `end`.
fn chunk_head(bytes: &mut dyn ReadSeek, at: u64, end: u64) -> std::io::Result<Option<ChunkHead>> {
    if at.checked_add(8).is_none_or(|after| after > end) {
        return Ok(None);
    }
    let head = body_of::<8>(bytes, at, 8)?;
    Ok(Some(ChunkHead { id: [head[0], head[1], head[2], head[3]], length: u32_at(&head, 4) }))
}

/// The first `N` bytes of a chunk's body; zeros where it is shorter.
fn body_of<const N: usize>(bytes: &mut dyn ReadSeek, at: u64, length: u32) -> std::io::Result<[u8; N]> {
    let mut body = [0; N];
    let wanted = N.min(length as usize);
    bytes.seek(SeekFrom::Start(at))?;
    match bytes.read_exact(&mut body[..wanted]) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok([0; N]),
        other => other.map(|()| body),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
#[path = "avi_tests.rs"]
pub(crate) mod tests;
