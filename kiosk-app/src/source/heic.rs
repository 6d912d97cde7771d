//! The pixels of HEIC pictures, which are HEVC (ITU-T H.265), through `heifer`: in tiles as phones write them, turned,
//! mirrored and cut as the container says.

use std::panic::{AssertUnwindSafe, catch_unwind};

use carmine::Frame;
use heifer::Options;

use super::colour::Meaning;
use super::heif::{Container, Decoded};
use super::kind::HEIC_MEND;
use super::{MAX_DECODED_BYTES, SourceError};

/// As many pixels as any picture may have.
const MAX_PIXELS: u64 = Frame::MAX_SIDE_PX as u64 * Frame::MAX_SIDE_PX as u64;
/// Bytes of a pixel of 16 bits a channel.
const DEEP_PIXEL: u64 = 8;

/// Decodes the primary picture.
pub fn decode(container: &Container<'_>) -> Result<Decoded, SourceError> {
    let meaning = container.profile.clone().or_else(|| container.code_points()).unwrap_or_default();
    // High dynamic range would get bands in 8 bits.
    let is_deep = matches!(meaning, Meaning::Hdr(..));
    let pixels = container.stored_size().map_or(MAX_PIXELS, |(width, height)| u64::from(width) * u64::from(height));
    if is_deep && pixels * DEEP_PIXEL > MAX_DECODED_BYTES {
        return Err(SourceError::TooHeavy { path: container.path.into(), mib: (pixels * DEEP_PIXEL) >> 20 });
    }
    let options = Options { max_threads: 0, max_pixels: MAX_PIXELS };
    // A decoder of this size has faults, and a broken file must not end the app.
    let decoded = catch_unwind(AssertUnwindSafe(|| -> Result<([u32; 2], Vec<u8>), heifer::Error> {
        if is_deep {
            let image = heifer::decode_with_options(container.bytes, &options)?;
            return Ok(([image.width, image.height], widened(&image.data, image.max_value())));
        }
        let image = heifer::decode_rgba8(container.bytes, &options)?;
        Ok(([image.width, image.height], image.data))
    }));
    let decoded = decoded.map_err(|_| container.damaged("its picture cannot be decoded"))?;
    let (size, bytes) = decoded.map_err(|error| match error {
        heifer::Error::Unsupported(_) | heifer::Error::Hevc(heifer::heifer_hevc_dec::Error::Unimplemented(_)) => {
            container.unsupported("a HEIC picture of a rare kind", HEIC_MEND)
        }
        other => container.damaged(other),
    })?;
    Ok(Decoded { size, bytes, is_deep, meaning })
}

/// Levels up to `most` as 16 bits, the high byte first.
fn widened(levels: &[u16], most: u16) -> Vec<u8> {
    let most = u32::from(most.max(1));
    let wide = |level: u16| ((u32::from(level) * 65535 + most / 2) / most).min(65535) as u16;
    levels.iter().flat_map(|level| wide(*level).to_be_bytes()).collect()
}
