//! One WebP picture; of an animation the first.

use std::io::{BufRead, ErrorKind, Seek};
use std::path::Path;

use carmine::frame::PixelFormat;
use image_webp::{DecodingError, WebPDecoder};

use super::colour::{Channels, Meaning, Pixels, unreadable};
use super::exif::Exif;
use super::png_file::Decoded;
use super::{MAX_DECODED_BYTES, Picture, SourceError};

/// Decodes a WebP into `into`, as opaque RGBA8 in sRGB, not yet turned.
pub fn decode(path: &Path, bytes: impl BufRead + Seek, into: &mut Picture) -> Result<Decoded, SourceError> {
    let failed = |error: DecodingError| match error {
        DecodingError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => {
            SourceError::Read { path: path.into(), error }
        }
        other => SourceError::damaged(path, format!("{other}; copy or export it again")),
    };
    let mut decoder = WebPDecoder::new(bytes).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    SourceError::check_size(path, width.into(), height.into())?;
    decoder.set_memory_limit(MAX_DECODED_BYTES as usize);
    let has_alpha = decoder.has_alpha();
    let length = decoder.output_buffer_size().unwrap_or_default();
    let mut encoded = vec![0; length];
    decoder.read_image(&mut encoded).map_err(failed)?;
    let (meaning, fault) = match decoder.icc_profile().ok().flatten().map(|icc| Meaning::of_icc(&icc)) {
        None => (Meaning::Srgb, None),
        Some(Ok(meaning)) => (meaning, None),
        Some(Err(why)) => (Meaning::Srgb, Some(unreadable(&why))),
    };
    let pixels = Pixels { bytes: &encoded, channels: Channels::Rgb, has_alpha, is_deep: false };
    into.data.clear();
    let warning = meaning.convert(pixels, &mut into.data).or(fault);
    let filled = into.data.len();
    into.shape(PixelFormat::Rgba8, width, height);
    if filled != into.data.len() {
        return Err(SourceError::damaged(path, "it has too few pixels; copy or export it again"));
    }
    let exif = decoder.exif_metadata().ok().flatten().map(|block| Exif::read(&block)).unwrap_or_default();
    Ok(Decoded { exif, warning })
}
