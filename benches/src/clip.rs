//! The bundled clip, decoded and scaled offline.

use std::fmt;
use std::fs;
use std::sync::OnceLock;
use std::time::Duration;

use carmine::Frame;
use carmine::frame::PixelFormat;
use image::imageops::{self, FilterType};
use image::{RgbImage, RgbaImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::{Fault, assets, avi};

/// Time from one frame of the clip to the next.
pub const STEP: Duration = Duration::from_millis(40);
/// Frames of the clip kept in memory: enough motion, without filling a small machine.
const KEPT: usize = 50;

/// Width and height of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u32, pub u32);

/// The sizes that every station is measured at.
pub const SIZES: [Size; 2] = [Size(640, 480), Size(1280, 720)];

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.0, self.1)
    }
}

/// Some frames of the clip at one size, played to and fro so that the face never jumps.
pub struct Clip {
    size: Size,
    frames: Vec<RgbaImage>,
}

impl Clip {
    /// The frames at `size`, made once and kept.
    pub fn at(size: Size) -> Result<&'static Self, Fault> {
        static CLIPS: [OnceLock<Clip>; 2] = [const { OnceLock::new() }; 2];
        let place = SIZES.iter().position(|&known| known == size).ok_or("a size that is not measured")?;
        if let Some(clip) = CLIPS[place].get() {
            return Ok(clip);
        }
        let file = encoded()?;
        let frames = avi::frames(&file).into_iter().take(KEPT).map(|jpeg| scaled(jpeg, size));
        let clip = Self { size, frames: frames.collect::<Result<_, _>>()? };
        Ok(CLIPS[place].get_or_init(|| clip))
    }

    /// The frame shown at step `index`, however large.
    pub fn frame(&self, index: usize) -> Frame<'_> {
        let last = self.frames.len() - 1;
        let at = index % (2 * last);
        let pixels = &self.frames[at.min(2 * last - at)];
        rgba(pixels, self.size, index)
    }
}

/// The bytes of `assets/clips/portrait.avi`.
pub fn encoded() -> Result<Vec<u8>, Fault> {
    Ok(fs::read(assets("clips").join("portrait.avi"))?)
}

/// RGBA pixels as the frame at step `index`.
pub fn rgba(pixels: &[u8], Size(width, height): Size, index: usize) -> Frame<'_> {
    match Frame::new(pixels, PixelFormat::Rgba8, width, height) {
        Ok(frame) => frame.with_time(STEP * index as u32),
        Err(error) => unreachable!("made for this size: {error}"),
    }
}

/// Decodes one JPEG into `out`, which must hold its RGBA pixels, or is made to.
pub fn decode(jpeg: &[u8], out: &mut Vec<u8>) -> Result<Size, Fault> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    decoder.decode_headers().map_err(|e| format!("{e:?}"))?;
    let (width, height) = decoder.dimensions().ok_or("a JPEG without a size")?;
    out.resize(width * height * 4, 0);
    decoder.decode_into(out).map_err(|e| format!("{e:?}"))?;
    Ok(Size(u32::try_from(width)?, u32::try_from(height)?))
}

/// One JPEG as it fills `size`: scaled in proportion, what sticks out cut off evenly.
pub fn scaled(jpeg: &[u8], Size(width, height): Size) -> Result<RgbaImage, Fault> {
    let mut pixels = Vec::new();
    let Size(from_width, from_height) = decode(jpeg, &mut pixels)?;
    let whole = RgbaImage::from_raw(from_width, from_height, pixels).ok_or("a JPEG of another size than it said")?;
    let scale = (f64::from(width) / f64::from(from_width)).max(f64::from(height) / f64::from(from_height));
    let to = |side: u32| (f64::from(side) * scale).round() as u32;
    let (to_width, to_height) = (to(from_width).max(width), to(from_height).max(height));
    let larger = imageops::resize(&whole, to_width, to_height, FilterType::Triangle);
    Ok(imageops::crop_imm(&larger, (to_width - width) / 2, (to_height - height) / 2, width, height).to_image())
}

/// The same without alpha.
pub fn scaled_rgb(jpeg: &[u8], size: Size) -> Result<RgbImage, Fault> {
    let rgba = scaled(jpeg, size)?;
    Ok(RgbImage::from_fn(size.0, size.1, |x, y| {
        let [r, g, b, _] = rgba.get_pixel(x, y).0;
        image::Rgb([r, g, b])
    }))
}
