//! The pixels of AVIF pictures, which are AV1, through an installed ffmpeg: it decodes them, and what the container says
//! of them is done here.

use heifer_isobmff::boxes::Property;
use image::{RgbaImage, imageops};

use super::ffmpeg::Ffmpeg;
use super::heif::{Container, Decoded};
use super::{FrameSource, MEND, Picture, SourceError};

/// What to do where there is no ffmpeg.
const MEND_WITHOUT: &str = "install ffmpeg (apt install ffmpeg), with which it does, or save it as PNG or JPEG";

/// Decodes the primary picture.
pub fn decode(container: &Container<'_>) -> Result<Decoded, SourceError> {
    let (file, primary) = (&container.file, container.file.primary_id);
    if !file.referencing_items(primary, b"auxl").is_empty() {
        return Err(container.unsupported("an AVIF picture with transparency", MEND));
    }
    if !container.is_on_disk {
        return Err(container.unsupported("an AVIF picture in memory", MEND));
    }
    let mut picture = Picture::default();
    let shown = Ffmpeg::open_still(container.path, container.profile.is_some())
        .and_then(|mut still| still.next_frame(&mut picture));
    match shown {
        Ok(true) => {}
        Ok(false) => return Err(container.damaged("it holds no picture")),
        Err(SourceError::NoFfmpeg { .. }) => return Err(container.unsupported("an AVIF picture", MEND_WITHOUT)),
        Err(SourceError::Ffmpeg { path, why }) => {
            return Err(SourceError::Ffmpeg { path, why: format!("{why}; {MEND}") });
        }
        Err(other) => return Err(other),
    }
    let (width, height) = (picture.width, picture.height);
    // Many versions of ffmpeg give the first of its parts for the whole.
    if container.stored_size() != Some((width, height)) {
        return Err(container.unsupported("an AVIF picture in parts, which this ffmpeg does not put together", MEND));
    }
    let mut rgba = Vec::new();
    picture.frame().map_err(|error| container.damaged(error))?.write_rgba(&mut rgba);
    let stored = RgbaImage::from_raw(width, height, rgba).ok_or_else(|| container.damaged("it has too few pixels"))?;
    let upright = container.properties().try_fold(stored, shown_as);
    let upright = upright.ok_or_else(|| container.damaged("it shows a part that it does not have"))?;
    let (width, height) = upright.dimensions();
    // Without a profile ffmpeg knows by the code points in the stream.
    let meaning = container.profile.clone().unwrap_or_default();
    Ok(Decoded { size: [width, height], bytes: upright.into_raw(), is_deep: false, meaning })
}

/// Cut, turned or mirrored as a property says. `None` if it leaves nothing, or more than there is.
fn shown_as(picture: RgbaImage, property: &Property) -> Option<RgbaImage> {
    Some(match *property {
        Property::CleanAperture { width, height, horiz_offset, vert_offset } => {
            let (whole_width, whole_height) = picture.dimensions();
            let (left, width) = cut(whole_width, width, horiz_offset)?;
            let (top, height) = cut(whole_height, height, vert_offset)?;
            imageops::crop_imm(&picture, left, top, width, height).to_image()
        }
        // Quarters against the clock.
        Property::Rotation(1) => imageops::rotate270(&picture),
        Property::Rotation(2) => imageops::rotate180(&picture),
        Property::Rotation(3) => imageops::rotate90(&picture),
        Property::Mirror(true) => imageops::flip_vertical(&picture),
        Property::Mirror(false) => imageops::flip_horizontal(&picture),
        _ => picture,
    })
}

/// Where a part of one side begins, and its length: from fractions of its length, and of how far its middle lies from
/// that of the whole.
fn cut(whole: u32, length: (u32, u32), offset: (i32, u32)) -> Option<(u32, u32)> {
    let length = (f64::from(length.0) / f64::from(length.1)).round();
    let begin = ((f64::from(whole) - length) / 2.0 + f64::from(offset.0) / f64::from(offset.1)).floor();
    // A fraction of nothing is no number, and fails this too.
    let fits = length >= 1.0 && begin >= 0.0 && begin + length <= f64::from(whole);
    fits.then_some((begin as u32, length as u32))
}
