//! Colours of single pixels, for code that reads a few here and there.

use super::{Frame, PixelFormat, Rotation};

/// Pixels stored upright with whole bytes per channel: the fast path of [`Frame::rgb_at`].
#[derive(Clone, Copy)]
pub(crate) struct Packed<'a> {
    data: &'a [u8],
    stride: usize,
    pixel: usize,
    red: usize,
    blue: usize,
}

impl Packed<'_> {
    /// The 8-bit sRGB colour of a pixel inside the frame.
    #[inline]
    pub(crate) fn rgb_at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = y as usize * self.stride + x as usize * self.pixel;
        let pixel = &self.data[at..at + 3];
        [pixel[self.red], pixel[1], pixel[self.blue]]
    }
}

impl<'a> Frame<'a> {
    /// The pixels, if they are upright RGB in whatever order.
    pub(crate) fn packed(&self) -> Option<Packed<'a>> {
        let (pixel, red, blue) = match self.format {
            PixelFormat::Rgba8 => (4, 0, 2),
            PixelFormat::Bgra8 => (4, 2, 0),
            PixelFormat::Rgb8 => (3, 0, 2),
            PixelFormat::Yuyv | PixelFormat::Nv12 | PixelFormat::I420 => return None,
        };
        let upright = self.rotation == Rotation::None;
        upright.then_some(Packed { data: self.data, stride: self.stride, pixel, red, blue })
    }
}

impl Frame<'_> {
    /// The 8-bit sRGB colour of an upright pixel; `x < width()`, `y < height()`.
    #[inline]
    pub(crate) fn rgb_at(&self, x: u32, y: u32) -> [u8; 3] {
        let last = [self.stored_width - 1, self.stored_height - 1];
        let [x, y] = self.rotation.stored_from_upright([x, y], last).map(|at| at as usize);
        let d = self.data;
        let row = y * self.stride;
        let plane = self.stride * self.stored_height as usize;
        match self.format {
            PixelFormat::Rgba8 => {
                let i = row + x * 4;
                [d[i], d[i + 1], d[i + 2]]
            }
            PixelFormat::Bgra8 => {
                let i = row + x * 4;
                [d[i + 2], d[i + 1], d[i]]
            }
            PixelFormat::Rgb8 => {
                let i = row + x * 3;
                [d[i], d[i + 1], d[i + 2]]
            }
            PixelFormat::Yuyv => {
                let pair = row + (x & !1) * 2;
                self.yuv.rgb(d[row + x * 2], self.yuv.chroma(d[pair + 1], d[pair + 3]))
            }
            PixelFormat::Nv12 => {
                let i = plane + (y / 2) * self.stride + (x & !1);
                self.yuv.rgb(d[row + x], self.yuv.chroma(d[i], d[i + 1]))
            }
            PixelFormat::I420 => {
                let half = self.stride / 2;
                let i = plane + (y / 2) * half + x / 2;
                let v = i + half * (self.stored_height as usize / 2);
                self.yuv.rgb(d[row + x], self.yuv.chroma(d[i], d[v]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::YuvCoding;

    #[test]
    fn every_format_reads_the_same_grey() {
        let grey = |format, data: &[u8]| {
            let yuv = YuvCoding { bt709: false, full_range: true };
            Frame::new(data, format, 2, 2).unwrap().with_yuv_coding(yuv).rgb_at(1, 1)
        };
        assert_eq!(grey(PixelFormat::Rgba8, &[90; 16]), [90; 3]);
        assert_eq!(grey(PixelFormat::Bgra8, &[90; 16]), [90; 3]);
        assert_eq!(grey(PixelFormat::Rgb8, &[90; 12]), [90; 3]);
        assert_eq!(grey(PixelFormat::Yuyv, &[90, 128, 90, 128, 90, 128, 90, 128]), [90; 3]);
        assert_eq!(grey(PixelFormat::Nv12, &[90, 90, 90, 90, 128, 128]), [90; 3]);
        assert_eq!(grey(PixelFormat::I420, &[90, 90, 90, 90, 128, 128]), [90; 3]);
    }

    #[test]
    fn rotation_turns_the_picture_clockwise() {
        // Stored: A B / C D. A quarter turn clockwise shows C A / D B.
        let data: Vec<u8> = [10, 20, 30, 40].iter().flat_map(|&v| [v, v, v]).collect();
        let frame = Frame::new(&data, PixelFormat::Rgb8, 2, 2).unwrap();
        let seen = |rotation| {
            let turned = frame.with_rotation(rotation);
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| turned.rgb_at(x, y)[0])
        };
        assert_eq!(seen(Rotation::None), [10, 20, 30, 40]);
        assert_eq!(seen(Rotation::Cw90), [30, 10, 40, 20]);
        assert_eq!(seen(Rotation::Cw180), [40, 30, 20, 10]);
        assert_eq!(seen(Rotation::Cw270), [20, 40, 10, 30]);
    }
}
