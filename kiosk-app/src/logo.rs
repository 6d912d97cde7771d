//! The brand's logo, decoded: what a PNG that somebody else made may be, and how large it is kept.

use std::io::Cursor;
use std::path::Path;

use egui::ColorImage;
use image::{ImageFormat, ImageReader, Limits};

use crate::limited_read::{self, Patience};

/// Largest file.
pub(crate) const MOST_BYTES: u64 = 8 << 20;
/// Longest side of the picture in it.
const MOST_SIDE_PX: u32 = 8192;
/// Longest side that is shown, on the largest screens.
const SHOWN_PX: u32 = 1024;

/// Reads it; else why it cannot be shown, with the mend. Blocks as long as its drive and the decoder take.
pub(crate) fn decode(path: &Path) -> Result<ColorImage, String> {
    let bytes = limited_read::bytes(path, MOST_BYTES + 1, Patience::default()).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it is larger than {} MiB; export a smaller one", MOST_BYTES >> 20));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE_PX);
    limits.max_image_height = Some(MOST_SIDE_PX);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| format!("{error}; export it again, as a PNG"))?;
    let is_larger = image.width().max(image.height()) > SHOWN_PX;
    let image = if is_larger { image.thumbnail(SHOWN_PX, SHOWN_PX) } else { image }.into_rgba8();
    let size = [image.width() as usize, image.height() as usize];
    Ok(ColorImage::from_rgba_unmultiplied(size, image.as_raw()))
}
