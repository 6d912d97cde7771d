//! Photos and clips.

use std::path::Path;

use carmine::Frame;
use carmine_kiosk::source::avi::{self, AviError};
use carmine_kiosk::source::still::Still;
use carmine_kiosk::source::y4m::Y4mReader;
use carmine_kiosk::source::{FRAME_RATES, FrameSource, MAX_DECODED_BYTES, Picture, SourceError};

use crate::check_complaint;

/// Pictures of a clip that are looked at.
const MOST_FRAMES: usize = 8;

/// A JPEG photo.
pub fn jpeg(data: &[u8]) {
    if data.starts_with(b"\xFF\xD8\xFF") {
        check_still(data);
    }
}

/// A PNG photo.
pub fn png(data: &[u8]) {
    if data.starts_with(b"\x89PNG\r\n\x1a\n") {
        check_still(data);
    }
}

/// A WebP photo.
pub fn webp(data: &[u8]) {
    if data.starts_with(b"RIFF") && data.get(8..).is_some_and(|kind| kind.starts_with(b"WEBP")) {
        check_still(data);
    }
}

/// A HEIC photo.
pub fn heic(data: &[u8]) {
    if data.get(4..).is_some_and(|head| head.starts_with(b"ftyp")) {
        check_still(data);
    }
}

fn check_still(data: &[u8]) {
    match Still::from_bytes("photo", data) {
        Err(error) => check_complaint(&error),
        Ok(still) => {
            assert!(still.info().is_still());
            check_source(Box::new(still));
        }
    }
}

/// A motion-JPEG clip.
pub fn avi(data: &[u8]) {
    match avi::from_bytes("clip.avi", data.to_vec()) {
        Err(AviError::OtherCodec) => {}
        Err(AviError::Source(error)) => check_complaint(&error),
        Ok(clip) => check_source(Box::new(clip)),
    }
}

/// An H.264 clip.
#[cfg(feature = "mp4")]
pub fn mp4(data: &[u8]) {
    match carmine_kiosk::source::mp4::Mp4::from_bytes("clip.mp4", data.to_vec()) {
        Err(error) => check_complaint(&error),
        Ok(clip) => check_source(Box::new(clip)),
    }
}

/// A stream of Y4M.
pub fn y4m(data: &[u8]) {
    match Y4mReader::new(Path::new("clip.y4m"), data) {
        Err(error) => check_complaint(&error),
        Ok(None) => assert!(data.is_empty()),
        Ok(Some(mut reader)) => {
            let info = reader.info();
            let mut picture = Picture::default();
            for _ in 0..MOST_FRAMES {
                match reader.next_frame(&mut picture) {
                    Err(error) => return check_complaint(&error),
                    Ok(false) => break,
                    Ok(true) => check_picture(&picture, [info.width, info.height]),
                }
            }
            assert!(reader.frames_read() > 0, "a stream without a picture is an error");
        }
    }
}

/// Every picture is as large as the source says, and the first comes again after going back.
fn check_source(mut source: Box<dyn FrameSource>) {
    let info = source.info();
    if let Some(fps) = info.fps {
        assert!(FRAME_RATES.contains(&fps), "{fps} frames a second");
    }
    let mut picture = Picture::default();
    let mut first: Option<Picture> = None;
    for _ in 0..MOST_FRAMES {
        match source.next_frame(&mut picture) {
            Err(error) => return check_complaint(&error),
            Ok(false) => break,
            Ok(true) => check_picture(&picture, [info.width, info.height]),
        }
        first.get_or_insert_with(|| picture.clone());
    }
    if let Some(warning) = source.warning() {
        check_complaint(&warning);
    }
    let again: Result<bool, SourceError> = source.rewind().and_then(|()| source.next_frame(&mut picture));
    assert!(matches!(again, Ok(true)), "{again:?}");
    assert!(first.is_some_and(|first| first.data == picture.data), "another first picture");
}

fn check_picture(picture: &Picture, size: [u32; 2]) {
    assert_eq!(picture.upright(), size);
    assert!(picture.width <= Frame::MAX_SIDE_PX && picture.height <= Frame::MAX_SIDE_PX);
    assert!(picture.data.len() as u64 <= MAX_DECODED_BYTES);
    assert!(picture.frame().is_ok());
}
