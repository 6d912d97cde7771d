//! Motion JPEG without a container (`.mjpeg`): pictures one behind another, as network cameras and `ffmpeg -f mjpeg`
//! write them.
//!
//! In: a file that begins like a JPEG. Out: where each picture lies, or that it is one photo. Photos may have further
//! pictures behind them too, namely previews and versions for other screens; a stream is told by at least three
//! pictures of one size that follow each other without a byte between, in a file that does not announce several
//! versions of one.

use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use super::SourceError;
use super::jpeg::Anatomy;
use super::motion_jpeg::{FrameBytes, MAX_FRAME_BYTES, MAX_FRAMES, MotionJpeg, ReadSeek, open_bytes};
use crate::limited_read::go_on;

/// Fewest pictures of a stream whose name does not say that it is one.
const LEAST: usize = 3;
/// Pictures a second: a stream does not say.
const FPS: f64 = 25.0;
/// Endings that say that it is a stream.
const ENDINGS: [&str; 3] = ["mjpeg", "mjpg", "mjp"];

/// The clip, or `None` if the file is one photo.
pub fn open(path: &Path) -> Result<Option<MotionJpeg>, SourceError> {
    let read = |error| SourceError::Read { path: path.into(), error };
    let mut bytes = open_bytes(path)?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let least = if ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) { 1 } else { LEAST };
    let head = pictures(&mut bytes, LEAST).map_err(read)?;
    if head.len() < least || !is_stream(&mut bytes, &head).map_err(read)? {
        return Ok(None);
    }
    let frames = pictures(&mut bytes, MAX_FRAMES).map_err(read)?;
    let end = bytes.seek(SeekFrom::End(0)).map_err(read)?;
    let whole = frames.last().map_or(0, |last| last.offset + u64::from(last.length));
    let cut_off = (whole < end && frames.len() < MAX_FRAMES)
        .then(|| format!("{} is cut off; using the {} whole frames it has", path.display(), frames.len()));
    MotionJpeg::new(path, bytes, frames, FPS, cut_off).map(Some)
}

/// Whether the first pictures have one size, and none of them announces other versions of itself.
fn is_stream(bytes: &mut dyn ReadSeek, head: &[FrameBytes]) -> std::io::Result<bool> {
    let mut size = None;
    for frame in head {
        let mut jpeg = vec![0; frame.length as usize];
        bytes.seek(SeekFrom::Start(frame.offset))?;
        bytes.read_exact(&mut jpeg)?;
        let Anatomy { width, height, is_multi_picture, .. } = Anatomy::of(&jpeg);
        if is_multi_picture || *size.get_or_insert((width, height)) != (width, height) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The places of the whole pictures that lie one behind another from the file's beginning on, at most `most`.
fn pictures(bytes: &mut Box<dyn ReadSeek>, most: usize) -> std::io::Result<Vec<FrameBytes>> {
    bytes.rewind()?;
    let mut reader = Counted { bytes: BufReader::with_capacity(1 << 16, bytes), at: 0 };
    let mut frames = Vec::new();
    while frames.len() < most {
        let offset = reader.at;
        // A long file takes its time, which is no silence of its drive.
        go_on();
        if !reader.picture()? || reader.at - offset > u64::from(MAX_FRAME_BYTES) {
            break;
        }
        frames.push(FrameBytes { offset, length: (reader.at - offset) as u32 });
    }
    Ok(frames)
}

/// Bytes with their place.
struct Counted<R> {
    bytes: R,
    at: u64,
}

impl<R: BufRead> Counted<R> {
    fn next(&mut self) -> std::io::Result<Option<u8>> {
        let byte = self.bytes.fill_buf()?.first().copied();
        if byte.is_some() {
            self.bytes.consume(1);
            self.at += 1;
        }
        Ok(byte)
    }

    /// Passes over bytes up to the next 0xFF.
    fn skip_data(&mut self) -> std::io::Result<()> {
        loop {
            let waiting = self.bytes.fill_buf()?;
            let end = waiting.iter().position(|byte| *byte == 0xFF).unwrap_or(waiting.len());
            let (is_over, passed) = (end < waiting.len() || waiting.is_empty(), end);
            self.bytes.consume(passed);
            self.at += passed as u64;
            if is_over {
                return Ok(());
            }
        }
    }

    /// Passes over one picture; false where there is none, or not a whole one.
    fn picture(&mut self) -> std::io::Result<bool> {
        if (self.next()?, self.next()?) != (Some(0xFF), Some(0xD8)) {
            return Ok(false);
        }
        let mut in_data = false;
        loop {
            if in_data {
                self.skip_data()?;
            }
            if self.next()? != Some(0xFF) {
                return Ok(false);
            }
            let mut marker = self.next()?;
            while marker == Some(0xFF) {
                marker = self.next()?;
            }
            match marker {
                None => return Ok(false),
                Some(0xD9) => return Ok(true),
                // A byte of the data, a restart, or a marker that stands alone.
                Some(0x00 | 0x01 | 0xD0..=0xD8) => {}
                Some(marker) => {
                    let (Some(high), Some(low)) = (self.next()?, self.next()?) else { return Ok(false) };
                    let length = u64::from(u16::from_be_bytes([high, low])).saturating_sub(2);
                    for _ in 0..length {
                        self.next()?;
                    }
                    in_data = marker == 0xDA;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::jpeg::tests::sample;
    use super::super::jpeg::written::segment;
    use super::*;

    fn found(bytes: Vec<u8>, most: usize) -> Vec<u32> {
        let mut bytes: Box<dyn ReadSeek> = Box::new(std::io::Cursor::new(bytes));
        pictures(&mut bytes, most).unwrap().iter().map(|frame| frame.length).collect()
    }

    #[test]
    fn pictures_are_found_as_far_as_they_are_whole() {
        let frames = [sample(16, 8, 0), sample(16, 8, 90), sample(16, 8, 200)];
        let lengths: Vec<_> = frames.iter().map(|frame| frame.len() as u32).collect();
        assert_eq!(found(frames.concat(), 9), lengths);
        assert_eq!(found(frames.concat(), 2), lengths[..2]);
        let whole = frames.concat();
        assert_eq!(found(whole[..whole.len() - 5].to_vec(), 9), lengths[..2]);
        assert_eq!(found([&frames[0][..], b"\0\0", &frames[1]].concat(), 9), lengths[..1]);
        assert!(found(b"\xFF\xD8".to_vec(), 9).is_empty() && found(Vec::new(), 9).is_empty());
    }

    #[test]
    fn a_photo_with_its_other_versions_behind_it_is_no_stream() {
        let frame = sample(16, 8, 0);
        let versions = [&frame[..2], &segment(0xE2, b"MPF\0 and an index"), &frame[2..]].concat();
        let stream = |bytes: Vec<u8>| {
            let mut bytes: Box<dyn ReadSeek> = Box::new(std::io::Cursor::new(bytes));
            let head = pictures(&mut bytes, LEAST).unwrap();
            head.len() == LEAST && is_stream(&mut bytes, &head).unwrap()
        };
        assert!(stream(frame.repeat(3)));
        assert!(!stream([versions, frame.repeat(2)].concat()));
        assert!(!stream([frame.clone(), sample(8, 8, 0), frame.clone()].concat()), "previews are smaller");
        assert!(!stream(frame.repeat(2)));
    }
}
