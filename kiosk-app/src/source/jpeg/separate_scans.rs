//! Baseline JPEG whose channels lie in scans one after another, through `jpeg-decoder`: zune-jpeg takes the first scan
//! for the whole picture.

use carmine::frame::PixelFormat;
use jpeg_decoder::{ColorTransform, Decoder, Error, PixelFormat as Form};

use super::{Anatomy, Decoded, JpegDecodeError, Picture, damaged};
use crate::source::MAX_DECODED_BYTES;
use crate::source::colour::Channels;

/// Decodes it as it is encoded.
pub fn decode(bytes: &[u8], anatomy: &Anatomy, into: &mut Picture) -> Result<Decoded, JpegDecodeError> {
    let failed = |error: Error| match error {
        Error::Unsupported(_) => JpegDecodeError::Kind("a JPEG of an unusual kind in separate scans"),
        other => damaged(&other.to_string().replace('\n', " ")),
    };
    let mut decoder = Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MAX_DECODED_BYTES as usize);
    if anatomy.components == 3 && anatomy.adobe == Some(0) {
        // Else it goes by the channels' names first, which are those of luma and chroma in any picture.
        decoder.set_color_transform(ColorTransform::RGB);
    }
    let pixels = decoder.decode().map_err(failed)?;
    let exif = decoder.exif_data().map(<[u8]>::to_vec);
    let (format, channels) = match decoder.info().map(|info| info.pixel_format) {
        Some(Form::RGB24) => (PixelFormat::Rgb8, Channels::Rgb),
        Some(Form::CMYK32) => (PixelFormat::Rgba8, Channels::Cmyk),
        _ => return Err(JpegDecodeError::Kind("a JPEG of an unusual number of channels")),
    };
    let out = into.shape(format, anatomy.width.into(), anatomy.height.into());
    if out.len() != pixels.len() {
        return Err(damaged(&"its scans do not cover it; copy it again"));
    }
    out.copy_from_slice(&pixels);
    if channels == Channels::Cmyk && anatomy.adobe.is_none() {
        // The decoder turns inks over as Adobe's programs store them.
        out.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Ok(Decoded { channels, exif })
}
