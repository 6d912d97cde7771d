//! JPEG bytes to pixels, for stills, motion-JPEG clips and cameras alike.
//!
//! In: a JPEG (ITU-T T.81). Out: its pixels as they are encoded, and what it says of itself.
//!
//! 1. The `anatomy` tells the kind, which may be one that is not read, and whether the picture ends: the decoder would
//!    fill what is missing with grey.
//! 2. Where Huffman tables are missing, as in streams of cameras, the standard ones (`standard_tables`) are put in.
//! 3. The size must be within the limits.
//! 4. zune-jpeg decodes it; another decoder (`separate_scans`) where each colour has a scan of its own.
//!
//! What its numbers mean, its [`profile`] says.

mod anatomy;
pub mod profile;
mod separate_scans;
mod standard_tables;
#[cfg(test)]
pub(crate) mod written;

use std::borrow::Cow;

use carmine::frame::PixelFormat;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Picture;
use super::colour::Channels;
pub use anatomy::Anatomy;

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
    /// Of a kind that is not read, with its name.
    Kind(&'static str),
    /// Broken, with the reason.
    Damaged(String),
}

impl std::fmt::Display for JpegDecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { width, height } => write!(f, "{width}×{height} px is beyond 8192×8192"),
            Self::Kind(kind) => write!(f, "it is {kind}, which is not read; save or send it as a baseline JPEG"),
            Self::Damaged(why) => f.write_str(why),
        }
    }
}

fn damaged(why: &dyn std::fmt::Display) -> JpegDecodeError {
    JpegDecodeError::Damaged(why.to_string())
}

/// What a JPEG says of itself besides its pixels.
#[derive(Debug)]
pub struct Decoded {
    /// What the bytes in the picture are: of [`Channels::Grey`] and [`Channels::Rgb`] RGB8 or RGBA8 by the picture's
    /// format, of [`Channels::Cmyk`] four bytes a pixel, 0 being no ink.
    pub channels: Channels,
    /// Its EXIF block.
    pub exif: Option<Vec<u8>>,
}

/// Decodes a picture for a screen into `into`, as RGBA8 or RGB8: what cameras and clips send, whose numbers are sRGB.
pub fn decode(bytes: &[u8], into: &mut Picture) -> Result<Decoded, JpegDecodeError> {
    let decoded = decode_as_is(bytes, into)?;
    if decoded.channels == Channels::Cmyk {
        return Err(JpegDecodeError::Kind("a JPEG for print (CMYK)"));
    }
    Ok(decoded)
}

/// Decodes a picture as it is encoded. CMYK has the shape of RGBA8.
pub fn decode_as_is(bytes: &[u8], into: &mut Picture) -> Result<Decoded, JpegDecodeError> {
    let cut_off = || damaged(&"the picture is cut off before its end; copy it again");
    let anatomy = Anatomy::of(bytes);
    if let Some(kind) = anatomy.unread_kind() {
        return Err(JpegDecodeError::Kind(kind));
    }
    let (width, height) = (usize::from(anatomy.width), usize::from(anatomy.height));
    let max = carmine::Frame::MAX_SIDE_PX as usize;
    if width > max || height > max {
        return Err(JpegDecodeError::TooLarge { width: width as u64, height: height as u64 });
    }
    // A block of 8×8 takes a bit at least, so what a small file can claim is bounded.
    if !anatomy.is_whole || width.div_ceil(8) * height.div_ceil(8) > 8 * bytes.len() {
        return Err(cut_off());
    }
    if width == 0 || height == 0 {
        return Err(damaged(&"a side is 0; export it again"));
    }
    let bytes =
        if anatomy.lacks_tables() { Cow::Owned(standard_tables::put_into(bytes)) } else { Cow::Borrowed(bytes) };
    if anatomy.has_separate_scans() {
        return separate_scans::decode(&bytes, &anatomy, into);
    }
    let open = |space| {
        let options = DecoderOptions::default().set_strict_mode(false).set_max_width(65535).set_max_height(65535);
        let options = options.jpeg_set_out_colorspace(space);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes[..]), options);
        decoder.decode_headers().map_err(|error| in_one_line(&error))?;
        Ok(decoder)
    };
    let mut decoder = open(ColorSpace::RGBA)?;
    let input = decoder.input_colorspace();
    // What is encoded as it is shown goes through as it is.
    let (space, format, channels) = match (anatomy.components, input) {
        (4, Some(ColorSpace::YCCK)) => (ColorSpace::YCCK, PixelFormat::Rgba8, Channels::Cmyk),
        (4, _) => (ColorSpace::CMYK, PixelFormat::Rgba8, Channels::Cmyk),
        // Adobe's marker says of three channels too what it says of four; the decoder knows better by its own count.
        (3, Some(ColorSpace::RGB | ColorSpace::CMYK)) => (ColorSpace::RGB, PixelFormat::Rgb8, Channels::Rgb),
        (1, _) => (ColorSpace::RGBA, PixelFormat::Rgba8, Channels::Grey),
        _ => (ColorSpace::RGBA, PixelFormat::Rgba8, Channels::Rgb),
    };
    if space != ColorSpace::RGBA {
        decoder = open(space)?;
    }
    let out = into.shape(format, width as u32, height as u32);
    if decoder.output_buffer_size() != Some(out.len()) {
        return Err(JpegDecodeError::Kind("a JPEG of an unusual number of channels"));
    }
    decoder.decode_into(out).map_err(|error| in_one_line(&error))?;
    if channels == Channels::Cmyk {
        to_inks(out, space == ColorSpace::YCCK, anatomy.adobe.is_some());
    }
    Ok(Decoded { channels, exif: decoder.exif().cloned() })
}

fn in_one_line(error: &impl std::fmt::Debug) -> JpegDecodeError {
    damaged(&format!("{error:?}").replace('\n', " ").trim())
}

/// Four channels as inks, 0 being none. Adobe's programs store them upside down.
fn to_inks(pixels: &mut [u8], is_ycck: bool, is_adobe: bool) {
    for pixel in pixels.chunks_exact_mut(4) {
        if is_ycck {
            let (luma, blue, red) = (f32::from(pixel[0]), f32::from(pixel[1]) - 128.0, f32::from(pixel[2]) - 128.0);
            let light = [luma + 1.402 * red, luma - 0.344_136 * blue - 0.714_136 * red, luma + 1.772 * blue];
            for (ink, light) in pixel.iter_mut().zip(light) {
                *ink = 255 - light.round().clamp(0.0, 255.0) as u8;
            }
        }
        if is_adobe {
            pixel.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
    }
}

#[cfg(test)]
#[path = "jpeg/tests.rs"]
pub(crate) mod tests;
