//! Detects by content which kind of source a path is.

use std::path::Path;
use std::time::Duration;

use image::ImageFormat;

use super::avi::{Avi, AviError};
use super::ffmpeg::Ffmpeg;
use super::folder::FrameFolder;
use super::mannequin::MannequinSource;
use super::still::{Still, format_of, head_of};
use super::whole::WholePictures;
use super::y4m::Y4mFile;
use super::{FrameSource, SourceError};
use crate::limited_read::{Patience, note, within};

/// Opening a clip walks over the whole file, and decodes a picture. An ffmpeg that is silent is ended before that.
const PATIENCE: Patience = Patience { silence: Duration::from_secs(15), whole: Duration::from_secs(60) };

/// Opens a photo, clip or folder of frames, or a mannequin by its name (`mannequin:5`, `mannequin:5:evening`). A file
/// of such a name can be given as `./mannequin:5`.
pub fn open(path: &Path) -> Result<Box<dyn FrameSource>, SourceError> {
    open_within(path, PATIENCE)
}

/// The same, with as long as a drive may take.
pub fn open_within(path: &Path, patience: Patience) -> Result<Box<dyn FrameSource>, SourceError> {
    if let Some(mannequin) = MannequinSource::named(path) {
        return Ok(Box::new(mannequin?));
    }
    let owned = path.to_owned();
    let source = within(path, patience, move || open_file(&owned))??;
    Ok(if source.info().is_still() { source } else { Box::new(WholePictures::of(source)) })
}

fn open_file(path: &Path) -> Result<Box<dyn FrameSource>, SourceError> {
    note(path);
    if std::fs::metadata(path).map_err(|error| SourceError::Read { path: path.into(), error })?.is_dir() {
        return Ok(Box::new(FrameFolder::open(path)?));
    }
    let head = head_of(path)?;
    match FileKind::of(&head) {
        FileKind::Empty => Err(SourceError::Empty { path: path.into() }),
        FileKind::Unknown => Err(SourceError::Unknown { path: path.into() }),
        FileKind::OtherPicture(format) => Err(SourceError::Unsupported { path: path.into(), format }),
        FileKind::Still(format) => Ok(Box::new(Still::open(path, format)?)),
        FileKind::Y4m => Ok(Box::new(Y4mFile::open(path)?)),
        FileKind::Avi => match Avi::open(path) {
            Ok(clip) => Ok(Box::new(clip)),
            Err(AviError::OtherCodec) => Ok(Box::new(Ffmpeg::open(path)?)),
            Err(AviError::Source(error)) => Err(error),
        },
        #[cfg(feature = "mp4")]
        FileKind::Mp4 => match super::mp4::Mp4::open(path) {
            Ok(clip) => Ok(Box::new(clip)),
            // Other codecs, fragmented files: ffmpeg knows more than the feature does.
            Err(error) => match Ffmpeg::open(path) {
                Ok(clip) => Ok(Box::new(clip)),
                Err(SourceError::NoFfmpeg { .. }) => Err(error),
                Err(other) => Err(other),
            },
        },
        #[cfg(not(feature = "mp4"))]
        FileKind::Mp4 => Ok(Box::new(Ffmpeg::open(path)?)),
        FileKind::Container => Ok(Box::new(Ffmpeg::open(path)?)),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum FileKind {
    Empty,
    Still(ImageFormat),
    OtherPicture(&'static str),
    Avi,
    Y4m,
    Mp4,
    Container,
    Unknown,
}

impl FileKind {
    /// Only what announces itself as a container goes to ffmpeg, which would make a film out of a text file.
    fn of(head: &[u8]) -> Self {
        let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        if head.is_empty() {
            return Self::Empty;
        }
        if let Some(format) = format_of(head) {
            return Self::Still(format);
        }
        let riff = at(0, b"RIFF");
        if riff && at(8, b"AVI ") {
            Self::Avi
        } else if at(0, b"YUV4MPEG2") {
            Self::Y4m
        } else if riff && at(8, b"WEBP") {
            Self::OtherPicture("WebP")
        } else if at(4, b"ftypheic") || at(4, b"ftypmif1") || at(4, b"ftypavif") {
            Self::OtherPicture("HEIC or AVIF")
        } else if at(0, b"BM") && at(6, &[0; 4]) {
            Self::OtherPicture("BMP")
        } else if at(0, b"II*\0") || at(0, b"MM\0*") {
            Self::OtherPicture("TIFF")
        } else if at(4, b"ftyp") {
            Self::Mp4
        } else if is_container(head) {
            Self::Container
        } else {
            Self::Unknown
        }
    }
}

/// Old QuickTime, Matroska and WebM, GIF, Ogg, FLV, ASF, MPEG program, video and transport streams.
fn is_container(head: &[u8]) -> bool {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    let atoms = [&b"moov"[..], b"mdat", b"wide", b"free", b"skip"];
    let starts =
        [&b"\x1A\x45\xDF\xA3"[..], b"GIF8", b"OggS", b"FLV\x01", b"\x30\x26\xB2\x75", b"\0\0\x01\xBA", b"\0\0\x01\xB3"];
    let transport_stream = at(0, b"G") && at(188, b"G");
    atoms.iter().any(|atom| at(4, atom)) || starts.iter().any(|start| at(0, start)) || transport_stream
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(FileKind::of(b""), FileKind::Empty);
        assert_eq!(FileKind::of(b"RIFF\0\0\0\0AVI LIST"), FileKind::Avi);
        assert_eq!(FileKind::of(b"YUV4MPEG2 W4"), FileKind::Y4m);
        assert_eq!(FileKind::of(b"\0\0\0\x20ftypisom"), FileKind::Mp4);
        assert_eq!(FileKind::of(b"\x1A\x45\xDF\xA3\x01"), FileKind::Container);
        assert_eq!(FileKind::of(b"RIFF\0\0\0\0WEBPVP8 "), FileKind::OtherPicture("WebP"));
        for text in [&b"hello, I am a text file"[..], b"#!/bin/sh", b"GET / HTTP/1.1", b"#EXTM3U\nhttp://x"] {
            assert_eq!(FileKind::of(text), FileKind::Unknown);
        }
    }
}
