//! A rendered picture as the bytes of a PNG.

use png::{BitDepth, ColorType, Encoder, EncodingError};
use thiserror::Error;

use crate::provenance;

/// A picture that cannot be encoded.
#[derive(Debug, Error)]
pub enum PngEncodeError {
    /// Too few or too many pixels.
    #[error("a picture of {width}×{height} has {expected} bytes as RGBA, not {got}")]
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
    #[error(transparent)]
    Encode(#[from] EncodingError),
}

/// RGBA8 pixels in sRGB, rows from the top, as an opaque PNG that says so, and [how it was made](crate::provenance).
pub fn encode_png(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PngEncodeError> {
    let expected = width as usize * height as usize * 4;
    if rgba.len() != expected {
        return Err(PngEncodeError::Size { width, height, expected, got: rgba.len() });
    }
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.add_itxt_chunk(provenance::PNG_KEYWORD.into(), provenance::XMP.into())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::codecs::png::PngDecoder;
    use image::{DynamicImage, ImageDecoder};

    use super::*;

    #[test]
    fn a_png_keeps_every_pixel_and_says_how_it_was_made() {
        let (width, height) = (5_u32, 3_u32);
        let rgba: Vec<u8> = (0..width * height).flat_map(|at| [at as u8, 200, (at * 7) as u8, 255]).collect();
        let bytes = encode_png(&rgba, width, height).unwrap();
        let mut decoder = PngDecoder::new(Cursor::new(&bytes)).unwrap();
        let xmp = String::from_utf8(decoder.xmp_metadata().unwrap().expect("an XMP packet")).unwrap();
        assert!(xmp.contains("digitalsourcetype/compositeSynthetic"), "{xmp}");
        assert_eq!(DynamicImage::from_decoder(decoder).unwrap().into_rgba8().into_raw(), rgba);
        let reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!(reader.info().srgb, Some(png::SrgbRenderingIntent::Perceptual));
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        assert!(matches!(encode_png(&[0; 15], 2, 2), Err(PngEncodeError::Size { expected: 16, got: 15, .. })));
        assert!(encode_png(&[], 0, 0).is_err());
    }
}
