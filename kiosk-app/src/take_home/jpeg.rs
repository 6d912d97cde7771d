//! A picture as a JPEG in memory that is wiped, wherever it grew.

use std::io::{self, Write};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageError};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::provenance;

/// High enough that a lipstick keeps its texture; about 1 MB for a portrait screen.
const QUALITY: u8 = 92;

/// A picture that cannot be encoded.
#[derive(Debug, Error)]
pub enum JpegEncodeError {
    /// Too few or too many pixels.
    #[error("a picture of {width}×{height} has {expected} bytes as RGBA, not {got}: please report this")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Bytes that it should have.
        expected: usize,
        /// Bytes that it has.
        got: usize,
    },
    /// The encoder refused it.
    #[error("the picture cannot become a JPEG: {0}")]
    Encode(#[from] ImageError),
}

/// An opaque RGBA8 picture, rows from the top, as a JPEG that [says](crate::provenance) how it was made and nothing else.
/// Every buffer on the way is wiped.
pub fn encode_jpeg(rgba: &[u8], width: u32, height: u32) -> Result<Zeroizing<Vec<u8>>, JpegEncodeError> {
    let expected = width as usize * height as usize * 4;
    if rgba.len() != expected {
        return Err(JpegEncodeError::Size { width, height, expected, got: rgba.len() });
    }
    let mut rgb = Zeroizing::new(Vec::with_capacity(expected / 4 * 3));
    rgb.extend(rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
    let mut bytes = Wiped::with_capacity(expected / 8);
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).write_image(&rgb, width, height, ExtendedColorType::Rgb8)?;
    let mut marked = Wiped::with_capacity(bytes.0.len() + provenance::JPEG_BYTES);
    provenance::write_marked_jpeg(&bytes.0, &mut marked).map_err(ImageError::IoError)?;
    Ok(marked.0)
}

/// Bytes that are wiped when they are dropped, and also where they lay before they grew.
pub struct Wiped(pub Zeroizing<Vec<u8>>);

impl Wiped {
    /// Room for so many before they must move.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(bytes)))
    }
}

impl Write for Wiped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            // A growing Vec frees its old place as it is.
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(2 * self.0.capacity())));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use image::ImageDecoder;

    use super::*;

    #[test]
    fn a_picture_is_the_same_within_jpegs_error() {
        let (width, height) = (37_u32, 53_u32);
        let rgba: Vec<u8> =
            (0..width * height).flat_map(|at| [(at % width * 6) as u8, (at / width * 4) as u8, 90, 255]).collect();
        let jpeg = encode_jpeg(&rgba, width, height).unwrap();
        let back = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap().into_rgb8();
        assert_eq!(back.dimensions(), (width, height));
        let off = back.as_raw().chunks(3).zip(rgba.chunks(4)).map(|(b, a)| (0..3).map(|c| a[c].abs_diff(b[c])).max());
        let worst = off.flatten().max().unwrap();
        assert!(worst < 14, "{worst}");
        // No application segment but JFIF's and the one that says how it was made: no time, no place, no maker.
        let segments: Vec<u8> =
            jpeg.windows(2).filter(|w| w[0] == 0xFF && (0xE1..=0xEF).contains(&w[1])).map(|w| w[1]).collect();
        assert_eq!(segments, [0xE1]);
        let mut decoder = image::codecs::jpeg::JpegDecoder::new(io::Cursor::new(jpeg.as_slice())).unwrap();
        let xmp = decoder.xmp_metadata().unwrap().expect("an XMP packet");
        assert_eq!(xmp, provenance::XMP.as_bytes());
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        assert!(matches!(encode_jpeg(&[0; 15], 2, 2), Err(JpegEncodeError::Size { expected: 16, got: 15, .. })));
        assert!(encode_jpeg(&[], 0, 0).is_err());
    }

    #[test]
    fn what_grows_keeps_its_bytes() {
        let mut bytes = Wiped::with_capacity(3);
        for part in [&b"12"[..], b"34567", b"", b"8"] {
            bytes.write_all(part).unwrap();
        }
        assert_eq!(bytes.0.as_slice(), b"12345678");
    }
}
