//! One PNG or JPEG picture.

use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use carmine::frame::PixelFormat;
use image::metadata::Orientation;
use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits};

use super::jpeg::{self, JpegDecodeError};
use super::{FrameSource, MAX_DECODED_BYTES, Picture, SourceError, SourceInfo};
use crate::limited_read::open_regular;

/// A photo: one frame, then the end.
pub struct Still {
    picture: Picture,
    given: bool,
}

impl Still {
    /// Decodes the picture at `path`, which is of `format`.
    pub fn open(path: &Path, format: ImageFormat) -> Result<Self, SourceError> {
        let mut picture = Picture::default();
        decode_file(path, format, &mut picture)?;
        Ok(Self { picture, given: false })
    }

    /// The first picture of a source as a photo.
    pub fn first_of(mut source: Box<dyn FrameSource>) -> Result<Self, SourceError> {
        let mut picture = Picture::default();
        source.next_frame(&mut picture)?;
        Ok(Self { picture, given: false })
    }

    /// A photo from memory; `name` is for messages.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SourceError> {
        let path = Path::new(name);
        let mut picture = Picture::default();
        match format_of(bytes) {
            Some(ImageFormat::Jpeg) => decode_jpeg(path, bytes, &mut picture)?,
            Some(_) => decode_png(path, Cursor::new(bytes), &mut picture)?,
            None => return Err(SourceError::Unknown { path: path.into() }),
        }
        Ok(Self { picture, given: false })
    }

    /// Shows a part of the photo instead, `scale` times as large: (x, y, width, height) in its pixels.
    pub fn cropped(mut self, [x, y, width, height]: [u32; 4], scale: f32) -> Self {
        let Picture { width: whole_width, height: whole_height, .. } = self.picture;
        let data = std::mem::take(&mut self.picture.data);
        if let Some(whole) = image::RgbaImage::from_raw(whole_width, whole_height, data) {
            let part = image::imageops::crop_imm(&whole, x, y, width, height).to_image();
            let side = |side: u32| ((side as f32 * scale).round() as u32).max(1);
            let filter = image::imageops::FilterType::CatmullRom;
            let part = image::imageops::resize(&part, side(part.width()), side(part.height()), filter);
            (self.picture.width, self.picture.height) = part.dimensions();
            self.picture.data = part.into_raw();
        }
        self
    }
}

impl FrameSource for Still {
    fn info(&self) -> SourceInfo {
        SourceInfo { width: self.picture.width, height: self.picture.height, fps: None, frames: Some(1) }
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        if std::mem::replace(&mut self.given, true) {
            return Ok(false);
        }
        into.copy_from(&self.picture);
        Ok(true)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.given = false;
        Ok(())
    }
}

/// Decodes a PNG or JPEG file, upright, within the limits.
pub fn decode_file(path: &Path, format: ImageFormat, into: &mut Picture) -> Result<(), SourceError> {
    into.time = std::time::Duration::ZERO;
    let read = |error| SourceError::Read { path: path.into(), error };
    match format {
        ImageFormat::Jpeg => {
            let mut bytes = Vec::new();
            let file = open_regular(path).map_err(read)?;
            file.take(MAX_DECODED_BYTES + 1).read_to_end(&mut bytes).map_err(read)?;
            if bytes.len() as u64 > MAX_DECODED_BYTES {
                return Err(SourceError::damaged(path, "a JPEG of more than 256 MiB; export it again"));
            }
            decode_jpeg(path, &bytes, into)
        }
        _ => decode_png(path, BufReader::new(open_regular(path).map_err(read)?), into),
    }
}

fn decode_jpeg(path: &Path, bytes: &[u8], into: &mut Picture) -> Result<(), SourceError> {
    let exif = jpeg::decode(bytes, into).map_err(|error| match error {
        JpegDecodeError::TooLarge { width, height } => SourceError::TooLarge { path: path.into(), width, height },
        JpegDecodeError::Damaged(why) => SourceError::damaged(path, why),
    })?;
    let turn = exif.and_then(|exif| Orientation::from_exif_chunk(&exif)).unwrap_or(Orientation::NoTransforms);
    if turn != Orientation::NoTransforms {
        stand_upright(into, turn);
    }
    Ok(())
}

/// Applies a phone's orientation tag, mirrored ones too.
fn stand_upright(picture: &mut Picture, turn: Orientation) {
    let data = std::mem::take(&mut picture.data);
    let (width, height) = (picture.width, picture.height);
    let image = match picture.format {
        PixelFormat::Rgb8 => image::RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8),
        _ => image::RgbaImage::from_raw(width, height, data).map(DynamicImage::ImageRgba8),
    };
    if let Some(mut image) = image {
        image.apply_orientation(turn);
        (picture.width, picture.height) = (image.width(), image.height());
        picture.data = image.into_bytes();
    }
}

fn decode_png(path: &Path, mut bytes: impl BufRead + Seek, into: &mut Picture) -> Result<(), SourceError> {
    let read = |error| SourceError::Read { path: path.into(), error };
    let head = PngHead::read(&mut bytes).map_err(read)?;
    let PngHead { width, height, bits_per_pixel } = head.unwrap_or_default();
    SourceError::check_size(path, width, height)?;
    let decoded_bytes = width * height * bits_per_pixel / 8;
    if decoded_bytes > MAX_DECODED_BYTES {
        return Err(SourceError::TooHeavy { path: path.into(), mib: decoded_bytes >> 20 });
    }
    let mut reader = ImageReader::with_format(bytes, ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(carmine::Frame::MAX_SIDE_PX);
    limits.max_image_height = Some(carmine::Frame::MAX_SIDE_PX);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| match error {
        ImageError::Limits(_) => SourceError::TooLarge { path: path.into(), width, height },
        ImageError::IoError(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            SourceError::Read { path: path.into(), error }
        }
        other => SourceError::damaged(path, format!("{other}; copy or export it again")),
    })?;
    // Alpha is dropped, as picture viewers for machine vision do: the engine composites onto opaque frames.
    let pixels = DynamicImage::ImageRgb8(image.into_rgb8()).into_rgba8();
    (into.width, into.height) = pixels.dimensions();
    into.format = PixelFormat::Rgba8;
    into.data = pixels.into_raw();
    Ok(())
}

/// What a PNG claims of itself.
struct PngHead {
    width: u64,
    height: u64,
    bits_per_pixel: u64,
}

impl Default for PngHead {
    /// Of a file whose head cannot be read: within every limit, for the decoder to refuse.
    fn default() -> Self {
        Self { width: 1, height: 1, bits_per_pixel: 1 }
    }
}

impl PngHead {
    /// Reads the header chunk (PNG specification, 11.2.1) and goes back to the start; `None` where the file is too short
    /// for one.
    fn read(bytes: &mut (impl BufRead + Seek)) -> std::io::Result<Option<Self>> {
        let mut head = Vec::with_capacity(26);
        bytes.take(26).read_to_end(&mut head)?;
        bytes.rewind()?;
        Ok(Self::of(&head))
    }

    fn of(head: &[u8]) -> Option<Self> {
        let side = |at: usize| Some(u64::from(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?)));
        // Grey, colour, palette (decoded to colour), grey and alpha, colour and alpha.
        let channels = match head.get(25)? {
            2 | 3 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        let bits_per_pixel = channels * u64::from(*head.get(24)?).max(8);
        Some(Self { width: side(16)?, height: side(20)?, bits_per_pixel })
    }
}

/// The still format that these first bytes announce.
pub fn format_of(head: &[u8]) -> Option<ImageFormat> {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if head.starts_with(b"\xFF\xD8\xFF") {
        Some(ImageFormat::Jpeg)
    } else {
        None
    }
}

/// The first bytes of a file, to detect its format by content, since its name may be wrong.
pub fn head_of(path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut head = Vec::with_capacity(512);
    open_regular(path)
        .and_then(|file| file.take(512).read_to_end(&mut head))
        .map_err(|error| SourceError::Read { path: PathBuf::from(path), error })?;
    Ok(head)
}
