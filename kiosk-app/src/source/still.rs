//! One picture: PNG, JPEG, WebP, HEIC or AVIF.

use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use carmine::frame::{PixelFormat, Rotation};
use image::DynamicImage;
use image::metadata::Orientation;

use super::colour::{self, Channels, Meaning, Pixels};
use super::exif::Exif;
use super::jpeg::profile::PartMissing;
use super::jpeg::{self, JpegDecodeError};
use super::kind::PictureKind;
use super::png_file::{self, Decoded};
use super::{FrameSource, JPEG_MEND, MAX_DECODED_BYTES, Picture, SourceError, SourceInfo, heif, webp};
use crate::limited_read::open_regular;

/// What is said of a picture that contradicts itself.
const TWO_PROFILES: &str = "it has two colour profiles that differ, of which the first is used; save it again with one";

/// A photo: one frame, then the end.
pub struct Still {
    picture: Picture,
    given: bool,
    warning: Option<String>,
}

impl Still {
    /// Decodes the picture at `path`, which is of this kind.
    pub fn open(path: &Path, kind: PictureKind) -> Result<Self, SourceError> {
        let mut picture = Picture::default();
        let warning = decode_file(path, kind, &mut picture)?;
        Ok(Self { picture, given: false, warning })
    }

    /// The first picture of a source as a photo.
    pub fn first_of(mut source: Box<dyn FrameSource>) -> Result<Self, SourceError> {
        let mut picture = Picture::default();
        source.next_frame(&mut picture)?;
        Ok(Self { picture, given: false, warning: source.warning() })
    }

    /// A photo from memory; `name` is for messages.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SourceError> {
        let path = Path::new(name);
        let mut picture = Picture::default();
        let kind = PictureKind::of(bytes).ok_or_else(|| SourceError::Unknown { path: path.into() })?;
        let warning = decode_bytes(path, kind, Cursor::new(bytes), false, &mut picture)?;
        Ok(Self { picture, given: false, warning })
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

    fn warning(&self) -> Option<String> {
        self.warning.clone()
    }
}

/// Decodes a picture file within the limits: upright, opaque, in sRGB. Returns what the user should know although it
/// can be used.
pub fn decode_file(path: &Path, kind: PictureKind, into: &mut Picture) -> Result<Option<String>, SourceError> {
    let file = open_regular(path).map_err(|error| SourceError::Read { path: path.into(), error })?;
    decode_bytes(path, kind, BufReader::new(file), true, into)
}

fn decode_bytes(
    path: &Path,
    kind: PictureKind,
    mut bytes: impl BufRead + Seek,
    is_on_disk: bool,
    into: &mut Picture,
) -> Result<Option<String>, SourceError> {
    (into.time, into.rotation) = (std::time::Duration::ZERO, Rotation::None);
    let Decoded { exif, warning } = match kind {
        PictureKind::Jpeg => return decode_jpeg(path, &whole(path, "a JPEG", &mut bytes)?, into),
        PictureKind::Heif => {
            let warning = heif::decode(path, &whole(path, "a picture", &mut bytes)?, is_on_disk, into)?;
            return Ok(told(path, warning));
        }
        PictureKind::WebP => webp::decode(path, bytes, into)?,
        PictureKind::Png => png_file::decode(path, bytes, into)?,
    };
    stand_upright(into, exif.orientation);
    Ok(told(path, warning))
}

/// All bytes of a file that cannot be decoded piece by piece.
fn whole(path: &Path, what: &str, bytes: &mut impl Read) -> Result<Vec<u8>, SourceError> {
    let mut all = Vec::new();
    bytes
        .take(MAX_DECODED_BYTES + 1)
        .read_to_end(&mut all)
        .map_err(|error| SourceError::Read { path: path.into(), error })?;
    if all.len() as u64 > MAX_DECODED_BYTES {
        return Err(SourceError::damaged(path, format!("{what} of more than 256 MiB; export it again")));
    }
    Ok(all)
}

fn decode_jpeg(path: &Path, bytes: &[u8], into: &mut Picture) -> Result<Option<String>, SourceError> {
    let decoded = jpeg::decode_as_is(bytes, into).map_err(|error| match error {
        JpegDecodeError::TooLarge { width, height } => SourceError::TooLarge { path: path.into(), width, height },
        JpegDecodeError::Kind(kind) => SourceError::Unsupported { path: path.into(), kind, mend: JPEG_MEND },
        JpegDecodeError::Damaged(why) => SourceError::damaged(path, why),
    })?;
    let exif = decoded.exif.as_deref().map(Exif::read).unwrap_or_default();
    let (meaning, fault) = match jpeg::profile::of(bytes) {
        Ok(Some(profile)) => match Meaning::of_icc(&profile.bytes) {
            Ok(meaning) => (meaning, profile.is_contradicted.then(|| TWO_PROFILES.to_owned())),
            Err(why) => (Meaning::Srgb, Some(colour::unreadable(&why))),
        },
        Err(PartMissing) => (Meaning::Srgb, Some(colour::unreadable("a part of it is missing"))),
        Ok(None) if exif.adobe_rgb && decoded.channels == Channels::Rgb => (Meaning::adobe_rgb(), None),
        Ok(None) => (Meaning::Srgb, None),
    };
    let is_srgb = matches!(meaning, Meaning::Srgb) && decoded.channels != Channels::Cmyk;
    let mut warning = fault;
    if !is_srgb {
        let encoded = std::mem::take(&mut into.data);
        // What lies in the decoder's output: three or four bytes a pixel, of which a grey picture's first is its own.
        let stride = if into.format == PixelFormat::Rgb8 { 3 } else { 4 };
        let (bytes, has_alpha) = match decoded.channels {
            Channels::Grey => (encoded.chunks_exact(stride).map(|pixel| pixel[0]).collect(), false),
            Channels::Rgb => (encoded, stride == 4),
            Channels::Cmyk => (encoded, false),
        };
        let pixels = Pixels { bytes: &bytes, channels: decoded.channels, has_alpha, is_deep: false };
        warning = meaning.convert(pixels, &mut into.data).or(warning);
        into.format = PixelFormat::Rgba8;
    }
    stand_upright(into, exif.orientation);
    Ok(told(path, warning))
}

fn told(path: &Path, warning: Option<String>) -> Option<String> {
    let words = |warning: String| warning.chars().filter(|c| !c.is_control()).take(300).collect::<String>();
    warning.map(|warning| format!("{}: {}", path.display(), words(warning)))
}

/// Turns it as its file says, mirrored ones too.
fn stand_upright(picture: &mut Picture, turn: Orientation) {
    if turn == Orientation::NoTransforms {
        return;
    }
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

/// The first bytes of a file, to detect its format by content, since its name may be wrong.
pub fn head_of(path: &Path) -> Result<Vec<u8>, SourceError> {
    let mut head = Vec::with_capacity(512);
    open_regular(path)
        .and_then(|file| file.take(512).read_to_end(&mut head))
        .map_err(|error| SourceError::Read { path: PathBuf::from(path), error })?;
    Ok(head)
}

#[cfg(test)]
#[path = "still_jpeg_tests.rs"]
mod jpeg_tests;
#[cfg(test)]
#[path = "still_tests.rs"]
pub(crate) mod tests;
