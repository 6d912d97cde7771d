//! JPEG bytes to pixels, for stills, motion-JPEG clips and cameras alike.
//!
//! In: a JPEG (ITU-T T.81). Out: RGBA8, or RGB8 where it is CMYK, and its EXIF block.
//! 1. The segments are stepped over to see whether the end marker follows the picture data: the decoder would fill what
//!    is missing with grey.
//! 2. The header tells the size, which must be within the limits.
//! 3. zune-jpeg decodes it.

use carmine::frame::PixelFormat;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Picture;

/// Why a JPEG could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub enum JpegDecodeError {
    /// Beyond the limits.
    TooLarge {
        /// Width it claims, in pixels.
        width: u64,
        /// Height it claims, in pixels.
        height: u64,
    },
    /// Broken, with the reason.
    Damaged(String),
}

impl std::fmt::Display for JpegDecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { width, height } => write!(f, "{width}×{height} px is beyond 8192×8192"),
            Self::Damaged(why) => f.write_str(why),
        }
    }
}

/// Decodes a JPEG into `into` as RGBA8, or as RGB8 where it is CMYK. Returns its EXIF block, if any.
pub fn decode(bytes: &[u8], into: &mut Picture) -> Result<Option<Vec<u8>>, JpegDecodeError> {
    let damaged = |why: &dyn std::fmt::Display| JpegDecodeError::Damaged(why.to_string());
    // The decoder fills missing data with grey without an error, so it is checked here.
    let whole = is_whole(bytes);
    let cut_off = || damaged(&"the picture is cut off before its end; copy it again");
    let open = |space| {
        let options = DecoderOptions::default().set_strict_mode(false).set_max_width(65535).set_max_height(65535);
        let options = options.jpeg_set_out_colorspace(space);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        match decoder.decode_headers() {
            Err(_) if !whole => return Err(cut_off()),
            Err(error) => return Err(damaged(&format!("{error:?}").replace('\n', " ").trim())),
            Ok(()) => {}
        }
        Ok(decoder)
    };
    let mut decoder = open(ColorSpace::RGBA)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| damaged(&"it has no size"))?;
    let max = carmine::Frame::MAX_SIDE_PX as usize;
    if width > max || height > max {
        return Err(JpegDecodeError::TooLarge { width: width as u64, height: height as u64 });
    }
    if width == 0 || height == 0 {
        return Err(damaged(&"a side is 0"));
    }
    // A block of 8×8 takes a bit at least, so what a small file can claim is bounded.
    if !whole || width.div_ceil(8) * height.div_ceil(8) > 8 * bytes.len() {
        return Err(cut_off());
    }
    let inks = matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK));
    if inks {
        decoder = open(ColorSpace::RGB)?;
    }
    let format = if inks { PixelFormat::Rgb8 } else { PixelFormat::Rgba8 };
    let out = into.shape(format, width as u32, height as u32);
    if decoder.output_buffer_size() != Some(out.len()) {
        return Err(damaged(&"its colours are of a kind that is not read"));
    }
    decoder.decode_into(out).map_err(|error| damaged(&format!("{error:?}").replace('\n', " ").trim()))?;
    Ok(decoder.exif().cloned())
}

/// Whether the picture's end marker follows its picture data. Inside the data a 0xFF is always stuffed, so the marker
/// cannot occur by chance; an embedded thumbnail's marker lies in a header segment, which is stepped over.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 2) {
            Some([0xFF, 0xDA]) => break,
            Some([0xFF, 0xFF]) => at += 1,
            Some([0xFF, 0x01 | 0xD0..=0xD8]) => at += 2,
            Some([0xFF, _]) => match bytes.get(at + 2..at + 4) {
                Some(&[high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2),
                _ => return false,
            },
            // Stray bytes between segments: the decoder tolerates them, so does this.
            Some(_) => at += 1,
            None => return false,
        }
    }
    bytes[at..].windows(2).rev().any(|pair| pair == [0xFF, 0xD9])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A small JPEG with a gradient.
    pub fn sample(width: u32, height: u32, shade: u8) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8 * 4, y as u8 * 4, shade]));
        let mut out = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
        out.into_inner()
    }

    #[test]
    fn decodes_and_tells_a_cut_off_picture() {
        let bytes = sample(32, 16, 90);
        let mut picture = Picture::default();
        decode(&bytes, &mut picture).unwrap();
        assert_eq!((picture.width, picture.height, picture.data.len()), (32, 16, 32 * 16 * 4));
        let [r, g, b, a] = [0, 1, 2, 3].map(|channel| i32::from(picture.data[(8 * 32 + 20) * 4 + channel]));
        assert!((r - 80).abs() < 12 && (g - 32).abs() < 12 && (b - 90).abs() < 12 && a == 255, "{r} {g} {b} {a}");
        for cut in [0, 1, 2, 3, 20, bytes.len() / 2, bytes.len() - 2] {
            assert!(decode(&bytes[..cut], &mut picture).is_err(), "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, &mut Picture::default());
            let mut with_magic = vec![0xFF, 0xD8, 0xFF];
            with_magic.extend(&bytes);
            let _ = decode(&with_magic, &mut Picture::default());
        }

        #[test]
        fn flipped_bytes_never_panic(at in 2_usize..700, value in any::<u8>()) {
            let mut bytes = sample(24, 24, 10);
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = decode(&bytes, &mut Picture::default());
        }
    }
}
