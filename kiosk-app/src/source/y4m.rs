//! YUV4MPEG2 (Y4M), as mjpegtools defined it: what video tools pipe to each other.
//!
//! In: a stream of bytes. Out: pictures whose planes go to the engine as they are.
//! 1. The first line gives size, rate and chroma layout; the defaults are 30 a second and 4:2:0.
//! 2. Each frame is a line that begins with `FRAME`, then its planes.
//! 3. Pictures with an odd side, which the engine's I420 cannot hold, are padded, converted to RGBA and cut again.
//! 4. Pictures whose pixels are not square are converted to RGBA and stretched.

use std::io::{BufRead, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use carmine::Frame;
use carmine::frame::{PixelFormat, YuvCoding};

use super::aspect::Aspect;
use super::{FRAME_RATES, Picture, SourceError, SourceInfo};
use crate::limited_read::open_regular;

/// Longest header line accepted.
const MAX_LINE: u64 = 1024;

/// How the chroma planes lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chroma {
    Half,
    None,
}

/// The first line's values.
#[derive(Clone, Debug, PartialEq)]
struct Header {
    width: u32,
    height: u32,
    fps: f64,
    chroma: Chroma,
    yuv: YuvCoding,
    aspect: Aspect,
}

/// Reads frames from a stream of Y4M bytes.
pub struct Y4mReader<R> {
    path: PathBuf,
    bytes: R,
    header: Header,
    read: usize,
    planes: Vec<u8>,
}

impl<R: BufRead> Y4mReader<R> {
    /// Reads the header; `Ok(None)` if the stream ended before any byte. `path` is for messages.
    pub fn new(path: &Path, mut bytes: R) -> Result<Option<Self>, SourceError> {
        let Some(line) = read_line(path, &mut bytes)? else {
            return Ok(None);
        };
        let header = Header::parse(path, &line)?;
        Ok(Some(Self { path: path.into(), bytes, header, read: 0, planes: Vec::new() }))
    }

    /// Size and rate; the length of a stream is not known.
    pub fn info(&self) -> SourceInfo {
        let Header { width, height, fps, aspect, .. } = self.header;
        let [width, height] = aspect.squared(width, height);
        SourceInfo { width, height, fps: Some(fps), frames: None }
    }

    /// What the bytes come from.
    pub(super) fn bytes_mut(&mut self) -> &mut R {
        &mut self.bytes
    }

    /// Who writes the stream knows how its planes become colours, which the stream cannot say.
    pub(super) fn set_coding(&mut self, coding: YuvCoding) {
        self.header.yuv = coding;
    }

    /// How many frames have been read.
    pub fn frames_read(&self) -> usize {
        self.read
    }

    /// Reads the next frame into `into`, or returns false at the end.
    pub fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let Some(line) = read_line(&self.path, &mut self.bytes)? else {
            return if self.read > 0 { Ok(false) } else { Err(SourceError::Empty { path: self.path.clone() }) };
        };
        if !(line == "FRAME" || line.starts_with("FRAME ")) {
            return Err(SourceError::damaged(&self.path, format!("no frame where frame {} begins", self.read + 1)));
        }
        let (width, height) = (self.header.width, self.header.height);
        let even = width % 2 == 0 && height % 2 == 0;
        if even && self.header.aspect.is_square() {
            self.read_planes(&mut into.data)?;
            let read = into.data.len();
            into.shape(PixelFormat::I420, width, height)[read..].fill(128);
            into.yuv = self.header.yuv;
        } else {
            self.read_converted(into)?;
            if !self.header.aspect.is_square() {
                self.header.aspect.stretch(into);
            }
        }
        into.time = self.time();
        self.read += 1;
        Ok(true)
    }

    /// The planes of one picture. The buffer grows with what is there, not with what the header claims.
    fn read_planes(&mut self, into: &mut Vec<u8>) -> Result<(), SourceError> {
        let bytes = self.luma_and_chroma_bytes();
        into.clear();
        (&mut self.bytes).take(bytes as u64).read_to_end(into).map_err(|error| self.cut_off(error))?;
        if into.len() == bytes { Ok(()) } else { Err(self.cut_off(ErrorKind::UnexpectedEof.into())) }
    }

    fn time(&self) -> Duration {
        self.info().time_of(self.read)
    }

    fn luma_and_chroma_bytes(&self) -> usize {
        let (width, height) = (self.header.width as usize, self.header.height as usize);
        let chroma = match self.header.chroma {
            Chroma::Half => 2 * width.div_ceil(2) * height.div_ceil(2),
            Chroma::None => 0,
        };
        width * height + chroma
    }

    /// A picture as RGBA8. The engine's I420 has even sides, so one with an odd side gets one more row or column, is
    /// converted by the engine, and loses it again.
    fn read_converted(&mut self, into: &mut Picture) -> Result<(), SourceError> {
        let (width, height) = (self.header.width as usize, self.header.height as usize);
        let (even_width, even_height) = (width + width % 2, height + height % 2);
        let mut planes = std::mem::take(&mut self.planes);
        self.read_planes(&mut planes)?;
        let mut padded = Vec::with_capacity(even_width * even_height * 3 / 2);
        for row in (0..even_height).map(|y| y.min(height - 1)) {
            let luma = &planes[row * width..(row + 1) * width];
            padded.extend_from_slice(luma);
            padded.extend(std::iter::repeat_n(luma[width - 1], even_width - width));
        }
        padded.extend_from_slice(&planes[width * height..]);
        padded.resize(even_width * even_height * 3 / 2, 128);
        self.planes = planes;
        let frame = Frame::new(&padded, PixelFormat::I420, even_width as u32, even_height as u32)
            .map_err(|error| SourceError::damaged(&self.path, error.to_string()))?;
        let mut rgba = Vec::new();
        frame.with_yuv_coding(self.header.yuv).write_rgba(&mut rgba);
        let out = into.shape(PixelFormat::Rgba8, width as u32, height as u32);
        for (to, from) in out.chunks_exact_mut(width * 4).zip(rgba.chunks_exact(even_width * 4)) {
            to.copy_from_slice(&from[..width * 4]);
        }
        Ok(())
    }

    fn cut_off(&self, error: std::io::Error) -> SourceError {
        if error.kind() == ErrorKind::UnexpectedEof {
            let why = format!("it is cut off in frame {}; copy or export it again", self.read + 1);
            SourceError::damaged(&self.path, why)
        } else {
            SourceError::Read { path: self.path.clone(), error }
        }
    }
}

impl Header {
    fn parse(path: &Path, line: &str) -> Result<Self, SourceError> {
        let damaged = |why: String| SourceError::damaged(path, why);
        let mut words = line.split(' ');
        if words.next() != Some("YUV4MPEG2") {
            return Err(damaged("its first line is not a Y4M header".into()));
        }
        let (mut width, mut height, mut fps, mut chroma) = (0_u64, 0_u64, 30.0, Chroma::Half);
        let mut aspect = Aspect::SQUARE;
        let mut yuv = YuvCoding::default();
        for word in words.filter(|word| !word.is_empty()) {
            let (key, value) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            match key {
                "W" => width = value.parse().map_err(|_| damaged(format!("width {value:?} is not a number")))?,
                "H" => height = value.parse().map_err(|_| damaged(format!("height {value:?} is not a number")))?,
                "A" => aspect = Aspect::parse(value),
                "F" => fps = parse_rate(value).unwrap_or(30.0),
                "C" => {
                    chroma = parse_chroma(value).ok_or_else(|| {
                        damaged(format!(
                            "colour layout {value:?} is not read; convert it: ffmpeg -i IN -pix_fmt yuv420p OUT.y4m"
                        ))
                    })?
                }
                // Untagged and tagged streams alike are BT.601 unless they say otherwise: Y4M has no standard tag
                // for the matrix, and ffmpeg decodes untagged video so.
                "X" if value.eq_ignore_ascii_case("COLORRANGE=FULL") => yuv.full_range = true,
                _ => {}
            }
        }
        let (width, height) = SourceError::check_size(path, width, height)?;
        let [across, down] = aspect.squared(width, height);
        SourceError::check_size(path, across.into(), down.into())?;
        Ok(Self { width, height, fps, chroma, yuv, aspect })
    }
}

fn parse_rate(value: &str) -> Option<f64> {
    let (rate, scale) = value.split_once(':')?;
    let fps = rate.parse::<u32>().ok().map(f64::from)? / scale.parse::<u32>().ok().map(f64::from)?;
    FRAME_RATES.contains(&fps).then_some(fps)
}

fn parse_chroma(value: &str) -> Option<Chroma> {
    match value {
        "420" | "420jpeg" | "420mpeg2" | "420paldv" => Some(Chroma::Half),
        "mono" => Some(Chroma::None),
        _ => None,
    }
}

/// One line without its end, or `None` at the end of the stream.
fn read_line(path: &Path, bytes: &mut impl BufRead) -> Result<Option<String>, SourceError> {
    let mut line = Vec::new();
    bytes
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)
        .map_err(|error| SourceError::Read { path: path.into(), error })?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(SourceError::damaged(path, "a header line does not end; copy or export it again"));
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

/// Whether a file that begins so is one whose frames the engine takes as they are: 8 bits, chroma at half resolution or
/// none, and square pixels. ffmpeg reads the others, or converts them faster.
pub fn is_plain(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    line.split(' ').skip(1).all(|word| match word.split_at_checked(1) {
        Some(("C", layout)) => parse_chroma(layout).is_some(),
        Some(("A", shape)) => Aspect::parse(shape).is_square(),
        _ => true,
    })
}

/// A Y4M file: a stream that can be rewound.
pub struct Y4mFile {
    reader: Y4mReader<std::io::BufReader<std::fs::File>>,
}

impl Y4mFile {
    /// Opens the file and reads its header.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let file = open_regular(path).map_err(|error| SourceError::Read { path: path.into(), error })?;
        let reader = Y4mReader::new(path, std::io::BufReader::new(file))?;
        Ok(Self { reader: reader.ok_or_else(|| SourceError::Empty { path: path.into() })? })
    }
}

impl super::FrameSource for Y4mFile {
    fn info(&self) -> SourceInfo {
        self.reader.info()
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        self.reader.next_frame(into)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        *self = Self::open(&self.reader.path)?;
        Ok(())
    }
}

#[cfg(test)]
#[path = "y4m_tests.rs"]
mod tests;
