//! A picture with its own bytes.

use std::time::Duration;

use carmine::Frame;
use carmine::frame::{FrameError, PixelFormat, Rotation, YuvCoding};

/// One picture with its own reusable bytes: what [`Frame`] borrows from.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Pixels, tightly packed.
    pub data: Vec<u8>,
    /// How the bytes lie.
    pub format: PixelFormat,
    /// How YUV becomes RGB.
    pub yuv: YuvCoding,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The turn that makes it upright.
    pub rotation: Rotation,
    /// When it was taken, on the app's monotonic clock (files: counted from their first frame).
    pub time: Duration,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            format: PixelFormat::Rgba8,
            yuv: YuvCoding::default(),
            width: 0,
            height: 0,
            rotation: Rotation::None,
            time: Duration::ZERO,
        }
    }
}

impl Picture {
    /// Gives the picture a shape and its buffer the length for it, keeping what is allocated. YUV coding becomes the
    /// default.
    pub fn shape(&mut self, format: PixelFormat, width: u32, height: u32) -> &mut [u8] {
        (self.format, self.width, self.height) = (format, width, height);
        self.yuv = YuvCoding::default();
        let pixels = width as usize * height as usize;
        let bytes = match format {
            PixelFormat::Rgba8 | PixelFormat::Bgra8 => pixels * 4,
            PixelFormat::Rgb8 => pixels * 3,
            PixelFormat::Yuyv => pixels * 2,
            _ => pixels + 2 * (width as usize / 2) * (height as usize / 2),
        };
        self.data.resize(bytes, 0);
        &mut self.data
    }

    /// Width and height of the upright picture in pixels.
    pub fn upright(&self) -> [u32; 2] {
        match self.rotation {
            Rotation::None | Rotation::Cw180 => [self.width, self.height],
            _ => [self.height, self.width],
        }
    }

    /// The picture as the engine takes it.
    pub fn frame(&self) -> Result<Frame<'_>, FrameError> {
        Ok(Frame::new(&self.data, self.format, self.width, self.height)?
            .with_yuv_coding(self.yuv)
            .with_rotation(self.rotation)
            .with_time(self.time))
    }

    /// Makes this a copy of `other`, reusing the buffer.
    pub fn copy_from(&mut self, other: &Self) {
        self.data.clone_from(&other.data);
        (self.format, self.yuv, self.rotation) = (other.format, other.yuv, other.rotation);
        (self.width, self.height, self.time) = (other.width, other.height, other.time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_frame() {
        let mut picture = Picture::default();
        for format in PixelFormat::ALL {
            picture.shape(format, 6, 4);
            let frame = picture.frame().unwrap();
            assert_eq!((frame.width(), frame.height()), (6, 4), "{format:?}");
        }
    }
}
